package render_test

import (
	"bytes"
	"io/fs"
	"strings"
	"testing"
	"testing/fstest"

	"annex/generator/check"
	"annex/generator/diag"
	"annex/generator/matrix"
	"annex/generator/readiness"
	"annex/generator/render"
	"annex/generator/sample"
	"annex/generator/soa"
	"annex/generator/theme"
	"annex/themes"
)

const twoControls = `
[[control]]
id = "first"
title = "First"
satisfies = ["mini:A.1"]
status = "planned"

[[control]]
id = "second"
title = "Second"
satisfies = ["mini:A.2"]
status = "planned"
`

// themedSite makes the site of a small workspace with a theme of its own.
func themedSite(t *testing.T, own fs.FS) *render.Site {
	t.Helper()
	look, err := theme.New(themes.Default(), own)
	if err != nil {
		t.Fatal(err)
	}
	w := sample.Load(t, twoControls)
	report := readiness.Assess(w, w.Organizations()[0], sample.Day())
	site, err := render.New(render.Input{
		Parts: []render.Part{{Report: report, Statements: soa.All(report), Matrices: matrix.All(report), Issues: check.Run(report)}},
		AsOf:  sample.Day(), Theme: look, Version: "test",
	})
	if err != nil {
		t.Fatal(err)
	}
	return site
}

func template(text string) *fstest.MapFile { return &fstest.MapFile{Data: []byte(text)} }

func TestTheBuiltInThemeCanStandInAWorkspace(t *testing.T) {
	site := themedSite(t, themes.Default())
	if err := site.TryAll(); err != nil {
		t.Error(err)
	}
	look, err := theme.New(themes.Default(), themes.Default())
	if err != nil {
		t.Fatal(err)
	}
	list, err := render.CheckTheme(look)
	if err != nil {
		t.Fatal(err)
	}
	for _, d := range list {
		if d.Code != diag.UnusedThemeFile { // the licence of the scripts
			t.Errorf("%+v", d)
		}
	}
}

func TestTryFindsOneMistakeInEachTemplate(t *testing.T) {
	own := fstest.MapFS{}
	pages := map[string]bool{}
	for p := range themedSite(t, nil).Pages() {
		if p.Template != "" {
			pages[p.Template] = true
			own["templates/"+p.Template] = template("<h1>{{.Title}}</h1>\n{{.Nothing}}")
		}
	}
	if len(pages) < 20 {
		t.Fatalf("the site has pages of %d templates only", len(pages))
	}
	list := theme.Mistakes(themedSite(t, own).Try())
	if len(list) != len(pages) {
		t.Errorf("%d diagnostics for %d templates", len(list), len(pages))
	}
	for _, d := range list {
		if !pages[strings.TrimPrefix(d.Pos.Filename, "theme/templates/")] || d.Pos.Line != 2 || d.Pos.Column != 3 || d.Code != diag.TemplateFails {
			t.Errorf("%+v", d)
		}
	}
}

func TestTryFindsMistakesInTheShellAndOnPagesAtOnce(t *testing.T) {
	list := theme.Mistakes(themedSite(t, fstest.MapFS{
		"templates/own.html":   template(`{{define "foot"}}{{.Sitee}}{{end}}`),
		"templates/risks.html": template(`{{.Titel}}`),
	}).Try())
	if len(list) != 2 || list[0].Pos.String() != "theme/templates/own.html:1:20" || list[0].Help != "did you mean Site?" ||
		list[1].Pos.String() != "theme/templates/risks.html:1:3" {
		t.Errorf("%+v", list)
	}
}

func TestOnlyTheLaterPageFails(t *testing.T) {
	site := themedSite(t, fstest.MapFS{"templates/control.html": template(`{{if eq .Title "Second"}}{{.Nothing}}{{end}}`)})
	if err := site.Try(); err != nil {
		t.Errorf("Try: %v", err)
	}
	list := theme.Mistakes(site.TryAll())
	if len(list) != 1 || list[0].Pos.String() != "theme/templates/control.html:1:28" {
		t.Errorf("TryAll: %+v", list)
	}
	for p := range site.Pages() {
		var b bytes.Buffer
		if err := p.Write(&b); (err != nil) != (p.Path == "controls/second.html") || err != nil && theme.Mistakes(err) == nil {
			t.Errorf("%s: %v", p.Path, err)
		}
	}
}
