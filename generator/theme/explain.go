package theme

import (
	"errors"
	"fmt"
	"html/template"
	"path"
	"regexp"
	"strconv"
	"strings"
	"text/template/parse"

	texttemplate "text/template"

	"annex/generator/diag"
)

// mistake is what went wrong when a template made a page.
type mistake struct {
	code          diag.Code
	file          string // without folder; "" when it is not known
	template      string // the part that failed
	line, column  int    // column counts bytes from zero; line is 0 when it is not known
	offset        int    // in the file, when line is 0
	message, help string
	missing       string // the template that was called and is not there
}

// Explain says what went wrong when the template page was executed with data.
// The error is an [Error] when the workspace has templates or texts of its own;
// otherwise the built-in theme is wrong.
func (p *Templates) Explain(err error, page string, data any) error {
	if err == nil {
		return nil
	}
	if !p.theme.ChangesPages() {
		return fmt.Errorf("making a page from the template %s: %w", page, err)
	}
	return &Error{[]diag.Diagnostic{p.report(p.understand(err, data), page)}}
}

// Shapes of the library's messages.
var (
	executing = regexp.MustCompile(`(?s)^template: (.*?):(\d+):(\d+): executing (".*?") at <(.*?)>: (.*)$`)
	located   = regexp.MustCompile(`^(.*):(\d+):(\d+)$`)
	undefined = regexp.MustCompile(`^html/template: "(.*)" is (?:undefined|an incomplete template)$`)
)

// understand reads an error of the template libraries.
func (p *Templates) understand(err error, data any) mistake {
	var wrong *template.Error
	var failed texttemplate.ExecError
	switch {
	case errors.As(err, &wrong):
		return p.understandHTML(wrong)
	case errors.As(err, &failed):
		m := executing.FindStringSubmatch(err.Error())
		if m == nil {
			break
		}
		x := mistake{code: diag.TemplateFails, file: m[1], template: plainName(failed.Name)}
		x.line, _ = strconv.Atoi(m[2]) // digits
		x.column, _ = strconv.Atoi(m[3])
		x.message, x.help = p.failure(m[6], m[5], data)
		return x
	}
	if m := undefined.FindStringSubmatch(err.Error()); m != nil {
		return mistake{code: diag.TemplateFails, missing: m[1]}
	}
	return mistake{code: diag.TemplateFails, message: strings.TrimPrefix(err.Error(), "template: ")}
}

// plainName is the name of a template without what the library adds for the
// place in which it is used.
func plainName(name string) string {
	name, _, _ = strings.Cut(name, "$htmltemplate_")
	return name
}

// understandHTML reads an error about the HTML of a template.
func (p *Templates) understandHTML(err *template.Error) mistake {
	x := mistake{code: diag.TemplateHTML, template: plainName(err.Name), line: err.Line}
	if err.Node != nil {
		where, _ := (*parse.Tree)(nil).ErrorContext(err.Node)
		if m := located.FindStringSubmatch(where); m != nil {
			x.file = m[1]
			x.line, _ = strconv.Atoi(m[2]) // digits
			x.column, _ = strconv.Atoi(m[3])
		}
	}
	if x.file == "" {
		x.file = p.fileOf(x.template)
	}
	if call, ok := err.Node.(*parse.TemplateNode); ok && err.ErrorCode == template.ErrNoSuchTemplate {
		x.code, x.missing = diag.TemplateFails, plainName(call.Name)
		x.message = fmt.Sprintf("there is no template %q", x.missing)
		x.help = suggest(x.missing, p.names(), `a template is a file in theme/templates, or a part made with {{define "`+x.missing+`"}} ... {{end}}`)
		return x
	}
	p.markup(&x, err)
	return x
}

// fileOf returns the file in which a template is defined, or "".
func (p *Templates) fileOf(name string) string {
	t := p.set.Lookup(name)
	if t == nil || t.Tree == nil {
		return ""
	}
	return t.Tree.ParseName
}

// names are those of all templates.
func (p *Templates) names() []string {
	var list []string
	for _, t := range p.set.Templates() {
		if t.Name() != "" {
			list = append(list, t.Name())
		}
	}
	return list
}

func (p *Templates) owns(file string) bool {
	return file != "" && p.theme.Own(path.Join("templates", file))
}

// report makes the diagnostic. It stands at the mistake when that is in a file
// of the workspace, and else at the file of the workspace that led to it.
func (p *Templates) report(x mistake, page string) diag.Diagnostic {
	if p.owns(x.file) {
		name, text := path.Join("templates", x.file), p.texts[x.file]
		if x.line > 0 {
			return diag.New(x.code, placeInLine(name, text, x.line, x.column), x.message, x.help)
		}
		return diag.New(x.code, place(name, text, x.offset), x.message, x.help)
	}
	if x.missing != "" {
		return p.reportMissing(x)
	}
	message := x.message
	if x.file != "" {
		message = fmt.Sprintf("the built-in template %q cannot be used like this: %s", x.template, x.message)
	}
	own := p.ownReached(page)
	if at, ok := p.called(x.template, own); ok {
		return diag.New(x.code, at, message, "compare this call with those in the built-in templates; "+x.help)
	}
	if x.code == diag.TemplateHTML {
		for _, t := range own {
			if wrong := p.alone(t); wrong != nil {
				if inner := p.understandHTML(wrong); p.owns(inner.file) {
					return p.report(inner, page)
				}
			}
		}
	}
	if files := p.filesOf(own); len(files) == 1 {
		return diag.New(x.code, at(path.Join("templates", files[0]), 1, 1), message, x.help)
	} else if len(files) > 1 {
		return diag.New(x.code, at("", 1, 1), message,
			fmt.Sprintf("%s is made from %s of this theme; compare them with the built-in ones", page, strings.Join(files, ", ")))
	}
	return diag.New(x.code, at("", 1, 1), message, "the mistake could not be followed to a file of this theme; take its files away one by one to find it")
}

// reportMissing is about a template that built-in ones call, and that a file of
// the workspace no longer defines.
func (p *Templates) reportMissing(x mistake) diag.Diagnostic {
	message := fmt.Sprintf("the template %q is missing, and built-in templates call it", x.missing)
	for _, f := range p.theme.own {
		if !isTemplate(f.Path) {
			continue
		}
		if before, ok := p.theme.replaced(f.Path); ok && defines(before, x.missing) {
			return diag.New(diag.TemplateFails, at(f.Path, 1, 1), message,
				fmt.Sprintf(`the built-in %s holds it: copy it from there, from {{define "%s"}} to its {{end}}`, path.Base(f.Path), x.missing))
		}
	}
	return diag.New(diag.TemplateFails, at("", 1, 1), message, `define it: {{define "`+x.missing+`"}} ... {{end}}`)
}

// replaced returns the text of the built-in file that one of the workspace
// stands over.
func (t *Theme) replaced(name string) (string, bool) {
	for _, under := range t.under {
		if under == name {
			data, err := (&Theme{builtIn: t.builtIn}).Read(name)
			return string(data), err == nil
		}
	}
	return "", false
}

func defines(text, name string) bool {
	return regexp.MustCompile(`\{\{-?\s*(?:define|block)\s+"` + regexp.QuoteMeta(name) + `"`).MatchString(text)
}
