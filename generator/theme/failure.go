package theme

import (
	"fmt"
	"regexp"
	"strings"
)

// Shapes of the library's messages about values.
var (
	noField     = regexp.MustCompile(`^can't evaluate field (\S+) in type (.*)$`)
	unexported  = regexp.MustCompile(`^(\S+) is an unexported field of struct type (.*)$`)
	nilPointer  = regexp.MustCompile(`^nil (?:pointer|data).*?(?:evaluating .*\.|entry for key ")(\w+)"?$`)
	wrongNumber = regexp.MustCompile(`^wrong number of args for (\w+): want (.*) got (.*)$`)
	wrongType   = regexp.MustCompile(`^wrong type for value; expected (.*); got (.*)$`)
	wrongFixed  = regexp.MustCompile(`^expected (\w+); found (.*)$`)
	noList      = regexp.MustCompile(`^range can't iterate over `)
	callFailed  = regexp.MustCompile(`(?s)^error calling (\w+): (.*)$`)
	noArguments = regexp.MustCompile(`^(\w+) (?:has arguments but cannot be invoked as function|is not a method but has arguments)$`)
)

// failure puts a message about values in plain words. Instruction is the one
// that failed, data what the page is made of.
func (p *Templates) failure(said, instruction string, data any) (message, help string) {
	match := func(shape *regexp.Regexp) []string { return shape.FindStringSubmatch(said) }
	if m := match(noField); m != nil {
		return fmt.Sprintf("there is no field %q here", m[1]), fieldHelp(m[1], m[2], data)
	}
	if m := match(unexported); m != nil {
		return fmt.Sprintf("the field %q is not for templates", m[1]), fieldHelp(m[1], m[2], data)
	}
	if m := match(nilPointer); m != nil {
		return fmt.Sprintf("the field %q is asked of something that is not there", m[1]),
			"not every page has it: put {{with ...}} and {{end}} around, with what stands before ." + m[1]
	}
	if m := match(wrongNumber); m != nil {
		return fmt.Sprintf("%s takes %s, not %s", m[1], values(m[2]), m[3]), "put brackets around a value that is a call itself: {{" + m[1] + " (...)}}"
	}
	if m := match(wrongType); m != nil {
		return fmt.Sprintf("this is %s, and %s belongs here", typeName(m[2]), typeName(m[1])), "compare it with the built-in template of the same name"
	}
	if m := match(wrongFixed); m != nil {
		return fmt.Sprintf("%s stands where %s belongs", m[2], typeName(m[1])), "compare it with the built-in template of the same name"
	}
	if m := match(noArguments); m != nil {
		return fmt.Sprintf("%q is a field and takes no values", m[1]), "write it alone: {{." + m[1] + "}}"
	}
	if m := match(callFailed); m != nil {
		if what, _, ok := strings.Cut(m[2], " is not a subject"); ok {
			return fmt.Sprintf("%s cannot be used with %s", m[1], typeName(strings.TrimPrefix(what, "render: "))),
				"it takes a record such as a control, document, risk or role, a requirement, or an AI system"
		}
		return fmt.Sprintf("%s fails: %s", m[1], strings.TrimPrefix(m[2], "render: ")), ""
	}
	switch {
	case noList.MatchString(said):
		return "there is no list here to go through", "{{range}} takes a list; {{with}} and {{if}} take a single value"
	case strings.HasPrefix(said, "exceeded maximum template depth"):
		return "the template calls itself without end", "take the {{template}} instruction away, or put it within an {{if}}"
	}
	return fmt.Sprintf("{{%s}} fails: %s", strings.Trim(instruction, "{}"), said), "compare it with the built-in template of the same name"
}

func values(n string) string {
	if n == "1" {
		return "1 value"
	}
	return n + " values"
}

// typeName calls a Go type by a word that people know.
func typeName(t string) string {
	switch strings.TrimLeft(t, "*") {
	case "string", "template.HTML":
		return "a text"
	case "int", "int64", "uint", "uint64", "float64", "integer":
		return "a number"
	case "bool", "boolean":
		return "true or false"
	case "aims.Date":
		return "a date"
	case "<nil>", "invalid":
		return "nothing"
	}
	if strings.HasPrefix(t, "[]") {
		return "a list"
	}
	name := t[strings.LastIndexByte(t, '.')+1:]
	return "a value of the kind " + strings.TrimLeft(name, "*")
}
