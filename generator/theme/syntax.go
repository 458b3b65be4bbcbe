package theme

import (
	"fmt"
	"regexp"
	"slices"
	"strconv"
	"strings"

	"annex/generator/source"
)

// Shapes of the parser's messages.
var (
	noFunction = regexp.MustCompile(`^function "(.*)" not defined$`)
	noVariable = regexp.MustCompile(`^undefined variable "(.*)"$`)
	unexpected = regexp.MustCompile(`^unexpected (.*?)(?: in (.*))?$`)
	noValue    = regexp.MustCompile(`^missing value for (.*)$`)
	strayed    = regexp.MustCompile(`^(?:bad|unrecognized) character.*? U\+[0-9A-F]+ '(.+)'`)
	notClosed  = regexp.MustCompile(`^(?:unclosed|unterminated|comment ends)`)
)

// keywords begin instructions.
var keywords = []string{"block", "define", "else", "end", "if", "range", "template", "with"}

// syntax puts a message of the parser in plain words. Near is what to look for
// in the line.
func (p *Templates) syntax(said string) (message, help, near string) {
	if m := noFunction.FindStringSubmatch(said); m != nil {
		field := "a field begins with a dot: {{." + m[1] + "}}; functions are " + strings.Join(p.funcs, ", ")
		if m[1][0] >= 'A' && m[1][0] <= 'Z' {
			return fmt.Sprintf("there is no function %q", m[1]), field, m[1]
		}
		return fmt.Sprintf("there is no function %q", m[1]), suggest(m[1], append(slices.Clone(p.funcs), keywords...), field), m[1]
	}
	if m := noVariable.FindStringSubmatch(said); m != nil {
		return "there is no variable " + m[1] + " here", "a variable is made with {{" + m[1] + " := ...}} and is known up to the {{end}} of the block that it is made in", m[1]
	}
	if m := noValue.FindStringSubmatch(said); m != nil && m[1] != "command" {
		return "{{" + m[1] + "}} does not say what it is about", "write what it asks for, such as {{" + m[1] + " .Title}}", m[1]
	}
	switch {
	case strings.HasPrefix(said, "unexpected EOF"):
		return "this block has no {{end}}", "every {{if}}, {{range}}, {{with}}, {{block}} and {{define}} needs an {{end}} of its own; it may be missing here or in a block within", ""
	case strings.HasPrefix(said, "unexpected {{end}}"):
		return "this {{end}} closes nothing", "delete it, or put back the {{if}}, {{range}}, {{with}} or {{define}} that it belongs to", "end"
	case strings.HasPrefix(said, "unexpected {{else"):
		return "this {{else}} belongs to no {{if}}, {{range}} or {{with}}", "put it between {{if ...}} and its {{end}}", "else"
	case strings.HasPrefix(said, "unexpected <define>"):
		return "{{define}} stands within another block", "move it to the end of the file, after the last {{end}}", "define"
	case said == "missing value for command":
		return "this instruction is empty", "write a field or a function between the braces, or delete them", ""
	case strings.HasPrefix(said, "unterminated"):
		return "a quote does not close", "close every \" within the braces before the line ends", ""
	case notClosed.MatchString(said):
		return "an instruction does not close", "end it with }} (a comment with */}}, a bracket with ) before that)", ""
	}
	if m := strayed.FindStringSubmatch(said); m != nil {
		return "the sign " + m[1] + " cannot stand within an instruction", "the instruction may lack its }} before this, or a text its quotes", m[1]
	}
	if m := unexpected.FindStringSubmatch(said); m != nil {
		return m[1] + " cannot stand here", "the instruction before may lack its }}; one is {{.Field}}, {{function value}}, {{if ...}}, {{range ...}}, {{with ...}} or {{template \"name\" .}}", unquoted(m[1])
	}
	return said, "", ""
}

// unquoted returns the text between quotes with which the parser names a token.
func unquoted(token string) string {
	quote := strings.IndexByte(token, '"')
	if quote < 0 {
		return ""
	}
	text, err := strconv.Unquote(token[quote:])
	if err != nil {
		return ""
	}
	return text
}

// suggest names the candidate that a word was probably meant to be, or falls
// back to another help.
func suggest(word string, candidates []string, otherwise string) string {
	if near := source.Nearest(word, candidates); near != "" {
		return "did you mean " + near + "?"
	}
	return otherwise
}
