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
	from, to := lineOf(text, line)
	offset := from + columnOf(text[from:to], near)
	unclosed, stray := blocks(text)
	switch {
	case strings.HasPrefix(m[2], "unexpected EOF") && unclosed >= 0:
		offset = unclosed
	case strings.HasPrefix(m[2], "unexpected {{end}}") && stray >= 0:
		offset = stray
	case notClosed.MatchString(m[2]):
		offset = max(0, strings.LastIndex(text[:to], "{{"))
	}
	return diag.New(diag.TemplateSyntax, place(file, text, offset), message, help)
}

// block finds the instructions that open and close blocks, and comments.
var block = regexp.MustCompile(`(?s)\{\{-?\s*(?:(/\*.*?\*/)|(if|range|with|define|block|end)\b)`)

// blocks returns the offsets of the innermost block without an end and of the
// first end without a block, or -1.
func blocks(text string) (unclosed, stray int) {
	var open []int
	stray = -1
	for _, m := range block.FindAllStringSubmatchIndex(text, -1) {
		switch {
		case m[4] < 0: // a comment
		case text[m[4]:m[5]] != "end":
			open = append(open, m[0])
		case len(open) > 0:
			open = open[:len(open)-1]
		case stray < 0:
			stray = m[0]
		}
	}
	if len(open) == 0 {
		return -1, stray
	}
	return open[len(open)-1], stray
}

// lineOf returns where a line begins and ends.
func lineOf(text string, n int) (from, to int) {
	for ; n > 1; n-- {
		next := strings.IndexByte(text[from:], '\n')
		if next < 0 {
			break
		}
		from += next + 1
	}
	if end := strings.IndexByte(text[from:], '\n'); end >= 0 {
		return from, from + end
	}
	return from, len(text)
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
