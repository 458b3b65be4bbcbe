package theme

import (
	"errors"
	"fmt"
	"html/template"
	"maps"
	"path"
	"regexp"
	"slices"
	"strconv"
	"strings"

	"annex/generator/diag"
	"annex/generator/source"
)

// Templates are the templates of a theme, parsed.
type Templates struct {
	theme *Theme
	set   *template.Template
	texts map[string]string // by file name without folder
	funcs []string
}

// Parse parses the templates. Those of the workspace come last, so that a part
// that they define wins over the built-in one. The error is an [Error] with one
// diagnostic for each file that cannot be parsed.
func (t *Theme) Parse(funcs template.FuncMap) (*Templates, error) {
	p := &Templates{theme: t, set: template.New("").Funcs(funcs), texts: map[string]string{}, funcs: functionNames(funcs)}
	files := t.Files("templates", ".html")
	slices.SortStableFunc(files, func(a, b string) int { return rank(t.Own(a)) - rank(t.Own(b)) })
	var mistakes []diag.Diagnostic
	for _, file := range files {
		data, err := t.Read(file)
		if err != nil {
			return nil, err
		}
		name := path.Base(file)
		p.texts[name] = string(data)
		if _, err = p.set.New(name).Parse(string(data)); err == nil {
			continue
		}
		if !t.Own(file) {
			return nil, fmt.Errorf("reading the built-in theme: %w", err)
		}
		mistakes = append(mistakes, p.syntaxMistake(file, err))
	}
	if len(mistakes) > 0 {
		return nil, &Error{mistakes}
	}
	return p, nil
}

func rank(own bool) int {
	if own {
		return 1
	}
	return 0
}

// Set returns the parsed templates, to be cloned before they are executed.
func (p *Templates) Set() *template.Template { return p.set }

// builtIns are the functions that the template library brings.
var builtIns = []string{"and", "call", "eq", "ge", "gt", "html", "index", "js", "le", "len", "lt", "ne", "not", "or", "print", "printf", "println", "slice", "urlquery"}

func functionNames(funcs template.FuncMap) []string {
	return slices.Sorted(slices.Values(append(slices.Collect(maps.Keys(funcs)), builtIns...)))
}

// syntaxPlace is where the library says that parsing stopped.
var syntaxPlace = regexp.MustCompile(`(?s)^template: .*?\.html:(\d+): (.*)$`)

// syntaxMistake says why a template cannot be parsed.
func (p *Templates) syntaxMistake(file string, err error) diag.Diagnostic {
	text := p.texts[path.Base(file)]
	var tooLate *template.Error
	m := syntaxPlace.FindStringSubmatch(err.Error())
	if m == nil || errors.As(err, &tooLate) {
		return diag.New(diag.TemplateSyntax, at(file, 1, 1), strings.TrimPrefix(err.Error(), "template: "), "")
	}
	line, _ := strconv.Atoi(m[1]) // digits
	message, help, near := p.syntax(m[2])
	if open, ok := unclosed(text); ok && strings.HasPrefix(m[2], "unexpected EOF") {
		return diag.New(diag.TemplateSyntax, place(file, text, open), message, help)
	}
	pos := placeInLine(file, text, line, 0)
	if source, ok := lineOf(text, line); ok {
		pos = placeInLine(file, text, line, columnOf(source, near))
	}
	return diag.New(diag.TemplateSyntax, pos, message, help)
}

var (
	noFunction  = regexp.MustCompile(`^function "(.*)" not defined$`)
	noVariable  = regexp.MustCompile(`^undefined variable "(.*)"$`)
	unexpected  = regexp.MustCompile(`^unexpected (.*?)(?: in (.*))?$`)
	noValue     = regexp.MustCompile(`^missing value for (.*)$`)
	unclosedEnd = regexp.MustCompile(`^(unclosed action|unclosed left paren|unclosed comment|unterminated|comment ends)`)
)

// syntax puts a message of the parser in plain words. Near is what to look for
// in the line.
func (p *Templates) syntax(said string) (message, help, near string) {
	if m := noFunction.FindStringSubmatch(said); m != nil {
		return fmt.Sprintf("there is no function %q", m[1]),
			suggest(m[1], p.funcs, "a field begins with a dot: {{."+m[1]+"}}; functions are "+strings.Join(p.funcs, ", ")), m[1]
	}
	if m := noVariable.FindStringSubmatch(said); m != nil {
		return "there is no variable " + m[1] + " here", "a variable is made with {{" + m[1] + " := ...}} and is known up to the {{end}} of the block that it is made in", m[1]
	}
	if m := noValue.FindStringSubmatch(said); m != nil {
		return "{{" + m[1] + "}} does not say what it is about", "write what it asks for, such as {{" + m[1] + " .Title}}", m[1]
	}
	switch {
	case strings.HasPrefix(said, "unexpected EOF"):
		return "this block has no {{end}}", "every {{if}}, {{range}}, {{with}}, {{block}} and {{define}} needs an {{end}} of its own; it may be missing here or in a block within", ""
	case strings.HasPrefix(said, "unexpected {{end}}"):
		return "this {{end}} closes nothing", "delete it, or put back the {{if}}, {{range}}, {{with}} or {{define}} that it belongs to", "end"
	case strings.HasPrefix(said, "unexpected {{else"):
		return "this {{else}} belongs to no {{if}}, {{range}} or {{with}}", "put it between {{if ...}} and its {{end}}", "else"
	case strings.HasPrefix(said, "unterminated"):
		return "a quote does not close", "close every \" within the braces before the line ends", ""
	case unclosedEnd.MatchString(said):
		return "an instruction does not close", "end it with }} (a comment with */}}, a bracket with ) before that)", ""
	}
	if m := unexpected.FindStringSubmatch(said); m != nil {
		return m[1] + " cannot stand here", "an instruction is {{.Field}}, {{function value}}, {{if ...}}, {{range ...}}, {{with ...}} or {{template \"name\" .}}", unquoted(m[1])
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

// block finds the instructions that open and close blocks, and comments.
var block = regexp.MustCompile(`(?s)\{\{-?\s*(?:(/\*.*?\*/)|(if|range|with|define|block|end)\b)`)

// unclosed returns the offset of the innermost block without an end.
func unclosed(text string) (int, bool) {
	var open []int
	for _, m := range block.FindAllStringSubmatchIndex(text, -1) {
		switch {
		case m[4] < 0: // a comment
		case text[m[4]:m[5]] != "end":
			open = append(open, m[0])
		case len(open) > 0:
			open = open[:len(open)-1]
		}
	}
	if len(open) == 0 {
		return 0, false
	}
	return open[len(open)-1], true
}

func lineOf(text string, n int) (string, bool) {
	lines := strings.Split(text, "\n")
	if n < 1 || n > len(lines) {
		return "", false
	}
	return lines[n-1], true
}

// columnOf returns the offset of a word within the instructions of a line, or
// of the first instruction.
func columnOf(line, word string) int {
	start := max(0, strings.Index(line, "{{"))
	if word == "" {
		return start
	}
	found := regexp.MustCompile(edge(word[0]) + regexp.QuoteMeta(word) + edge(word[len(word)-1])).FindStringIndex(line[start:])
	if found == nil {
		return start
	}
	return start + found[0]
}

// edge keeps a word from being found within a longer one.
func edge(c byte) string {
	if c == '_' || c >= '0' && c <= '9' || c >= 'A' && c <= 'Z' || c >= 'a' && c <= 'z' {
		return `\b`
	}
	return ""
}

// suggest names the candidate that a word was probably meant to be, or falls
// back to another help.
func suggest(word string, candidates []string, otherwise string) string {
	if near := source.Nearest(word, candidates); near != "" {
		return "did you mean " + near + "?"
	}
	return otherwise
}
