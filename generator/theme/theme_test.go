package theme_test

import (
	"errors"
	"fmt"
	"html/template"
	"io"
	"strings"
	"testing"
	"testing/fstest"

	"annex/generator/diag"
	"annex/generator/theme"
)

// The pages of the tests are made from these.
type (
	page struct {
		Title string
		View  any
	}
	view struct {
		Total int
		Rows  []row
		None  *row
	}
	row struct {
		Name string
		Tags []string
	}
)

func (r row) Shout() string { return strings.ToUpper(r.Name) }

func sample() page {
	return page{Title: "Controls", View: view{Total: 2, Rows: []row{{Name: "a"}, {Name: "b"}}}}
}

// builtIn is a theme of two pages with one part that they share.
func builtIn() fstest.MapFS {
	return files("templates/head.html", `{{define "head"}}<main>{{end}}{{define "foot"}}</main>{{end}}{{define "pager"}}<p>{{.Total}}</p>{{end}}`,
		"templates/controls.html", `{{with .View}}<h1>Controls</h1>{{template "pager" .}}{{end}}`,
		"templates/risks.html", `{{with .View}}<h1>Risks</h1>{{template "pager" .}}{{end}}`,
		"styles/base.css", "p{}", "lang/de.json", `{"Controls":"Kontrollen"}`)
}

func files(pairs ...string) fstest.MapFS {
	m := fstest.MapFS{}
	for i := 0; i < len(pairs); i += 2 {
		m[pairs[i]] = &fstest.MapFile{Data: []byte(pairs[i+1])}
	}
	return m
}

func funcs() template.FuncMap {
	return template.FuncMap{
		"date": func(s string) string { return s },
		"add":  func(a, b int) int { return a + b },
		"href": func(x any) string { panic(fmt.Sprintf("render: %T is not a subject", x)) },
	}
}

// open reads a theme with files of a workspace over the built-in ones.
func open(t *testing.T, own fstest.MapFS) *theme.Theme {
	t.Helper()
	look, err := theme.New(builtIn(), own)
	if err != nil {
		t.Fatal(err)
	}
	return look
}

// lines puts diagnostics in one line each.
func lines(list []diag.Diagnostic) string {
	var all []string
	for _, d := range list {
		all = append(all, fmt.Sprintf("%s %s: %s | %s", d.Pos, d.Code, d.Message, d.Help))
	}
	return strings.Join(all, "\n")
}

// made makes a page and returns what is wrong with it.
func made(t *testing.T, own fstest.MapFS, name string) []diag.Diagnostic {
	t.Helper()
	set, err := open(t, own).Parse(funcs())
	if err != nil {
		return theme.Mistakes(err)
	}
	clone, err := set.Set().Clone()
	if err != nil {
		t.Fatal(err)
	}
	return theme.Mistakes(set.Explain(clone.ExecuteTemplate(io.Discard, name, sample()), name, sample()))
}

func TestMistakesInATemplate(t *testing.T) {
	for name, test := range map[string]struct{ text, want string }{
		"unknown function":      {"<p>\n  {{dat .Title}}", `2:5 AX1101: there is no function "dat" | did you mean date?`},
		"function in a text":    {`<p>dat {{dat .Title}}`, `1:10 AX1101: there is no function "dat" | did you mean date?`},
		"unknown keyword":       {`{{rnage .View.Rows}}{{end}}`, `1:3 AX1101: there is no function "rnage" | did you mean range?`},
		"field without a dot":   {`{{Date}}`, `1:3 AX1101: there is no function "Date" | a field begins with a dot: {{.Date}}`},
		"part within a block":   {`{{if .Title}}{{define "a"}}{{end}}{{end}}`, `1:16 AX1101: {{define}} stands within another block`},
		"empty instruction":     {`<p>{{}}</p>`, `1:4 AX1101: this instruction is empty`},
		"unknown variable":      {`{{$x}}`, `1:3 AX1101: there is no variable $x here`},
		"block without end":     {"<p>\n{{if .Title}}{{with .View}}{{end}}\n</p>\n", "2:1 AX1101: this block has no {{end}}"},
		"end of a comment":      {"{{/* {{if}} */}}{{if .Title}}", "1:17 AX1101: this block has no {{end}}"},
		"end too many":          {`é{{if .Title}}a{{end}}{{end}}`, "1:23 AX1101: this {{end}} closes nothing"},
		"else alone":            {`{{else}}`, "1:3 AX1101: this {{else}} belongs to no"},
		"instruction open":      {"<p>{{.Title", "1:4 AX1101: an instruction does not close"},
		"quote open":            {"{{.Title}} {{print \"a}}\n{{.Title}}", "1:12 AX1101: a quote does not close"},
		"brace missing":         {`<p>{{.Title</p>`, "1:12 AX1101: the sign < cannot stand within an instruction"},
		"no condition":          {`{{if}}a{{end}}`, "1:3 AX1101: {{if}} does not say what it is about"},
		"stray sign":            {`{{= .Title}}`, `1:3 AX1101: "=" cannot stand here`},
		"near field":            {"<h1>Süß {{.Titel}}", `1:11 AX1102: there is no field "Titel" here | did you mean Title?`},
		"field of the view":     {`{{.Total}}`, `1:3 AX1102: there is no field "Total" here | did you mean .View.Total?`},
		"field behind the view": {`{{.View.Totl}}`, `1:8 AX1102: there is no field "Totl" here | did you mean Total?`},
		"field of an item":      {`{{range .View.Rows}}{{.Nme}}{{end}}`, `1:23 AX1102: there is no field "Nme" here | did you mean Name?`},
		"method of an item":     {`{{range .View.Rows}}{{.Shot}}{{end}}`, `1:23 AX1102: there is no field "Shot" here | did you mean Shout?`},
		"list of fields":        {`{{range .View.Rows}}{{.Xyzzy}}{{end}}`, `fields here are Name, Shout, Tags;`},
		"field of a text":       {`{{.Title.Name}}`, `1:9 AX1102: there is no field "Name" here | this is a text, which has no fields`},
		"nothing there":         {`{{.View.None.Name}}`, `1:8 AX1102: the field "Name" is asked of something that is not there`},
		"no list":               {`{{range .Title}}{{end}}`, `AX1102: there is no list here to go through`},
		"too few values":        {`{{add 1}}`, `1:3 AX1102: add takes 2 values, not 1`},
		"wrong value":           {`{{date .View.Total}}`, `AX1102: this is a number, and a text belongs here`},
		"wrong constant":        {`{{add "a" 1}}`, `1:7 AX1102: "a" stands where a number belongs`},
		"field with values":     {`{{.Title 3}}`, `AX1102: "Title" is a field and takes no values`},
		"no record":             {`{{href .Title}}`, `1:3 AX1102: href cannot be used with a text`},
		"out of range":          {`{{index .View.Rows 7}}`, `1:3 AX1102: index fails: index out of range: 7`},
		"endless":               {`{{template "controls.html" .}}`, `1:12 AX1102: the template calls itself without end`},
		"unknown template":      {`{{template "pagr" .}}`, `1:12 AX1102: there is no template "pagr" | did you mean pager?`},
		"part used wrongly":     {"<p>\n{{template \"pager\" .}}", `2:12 AX1102: the built-in template "pager" cannot be used like this: there is no field "Total" here`},
		"quote of an attribute": {"<p>a</p>\n<a href=\"x>b</a>", `2:1 AX1103: a quote " in the tag that begins here does not close`},
		"tag":                   {"<p>a</p> <a ", `1:10 AX1103: the tag that begins here does not close`},
		"comment":               {"<p>a</p>\n<!-- {{.Title}}", `2:1 AX1103: the comment that begins here does not close`},
		"script":                {"<title>a</title><script>{{.Title}}", `1:17 AX1103: <script> that begins here does not close`},
		"quotes that cross":     {"<p>é</p><a href=\"x>b</a><p class=\"c\">", `AX1103: the sign " stands where the name of an attribute belongs`},
		"value without quotes":  {"<p>a</p>\n<p class=a=b>", `2:10 AX1103: the sign = stands in the value of an attribute that has no quotes`},
		"branches":              {`<p {{if .Title}}class="{{end}}>`, `1:9 AX1103: the branches of this block end in different places`},
		"part of an address":    {`<a href="{{if .Title}}?x={{end}}{{.Title}}">`, `AX1103: annex cannot tell in which part of an address this stands`},
		"escaped by hand":       {`{{.Title | html | len}}`, `AX1103: html and urlquery cannot be used here`},
	} {
		t.Run(name, func(t *testing.T) {
			got := lines(made(t, files("templates/controls.html", test.text), "controls.html"))
			if !strings.HasPrefix(got, "theme/templates/controls.html:") || !strings.Contains(got, test.want) {
				t.Errorf("got  %s\nwant %s", got, test.want)
			}
		})
	}
}

func TestMistakesThatShowInBuiltInTemplates(t *testing.T) {
	for name, test := range map[string]struct {
		own  fstest.MapFS
		want string
	}{
		"a part is gone": {
			files("templates/head.html", `{{define "head"}}{{end}}{{define "foot"}}{{end}}`),
			`theme/templates/head.html:1:1 AX1102: the template "pager" is missing, and built-in templates call it | the built-in head.html holds it`,
		},
		"a part leaves a quote open": {
			files("templates/own.html", `<p>a</p>{{define "pager"}}<a title="{{end}}`),
			`theme/templates/own.html:1:27 AX1103: a quote " in the tag that begins here does not close`,
		},
		"a part of two files": {
			files("templates/own.html", `{{define "pager"}}{{template "next" .}}{{end}}`, "templates/two.html", `{{define "next"}}{{.Totl}}{{end}}`),
			`theme/templates/two.html:1:20 AX1102: there is no field "Totl" here | did you mean Total?`,
		},
	} {
		t.Run(name, func(t *testing.T) {
			if got := lines(made(t, test.own, "controls.html")); !strings.HasPrefix(got, test.want) {
				t.Errorf("got  %s\nwant %s", got, test.want)
			}
		})
	}
}

func TestAMistakeOfTheBuiltInThemeIsNoDiagnostic(t *testing.T) {
	set, err := open(t, nil).Parse(funcs())
	if err != nil {
		t.Fatal(err)
	}
	broken := errors.New("template: gone")
	if err := set.Explain(broken, "controls.html", sample()); !errors.Is(err, broken) || theme.Mistakes(err) != nil {
		t.Errorf("got %v", err)
	}
	if err := set.Explain(nil, "controls.html", sample()); err != nil {
		t.Errorf("got %v for no error", err)
	}
}
