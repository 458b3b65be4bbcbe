// Package render turns a management system and what was derived from it into
// the pages of a site: a path and the bytes of each.
//
//	site, err := render.New(render.Input{Workspace: w, Reports: reports, Theme: themes.Default(), ...})
//	for page := range site.Pages() {
//		err := page.Write(&buffer)
//	}
//
// Templates and assets come from a theme, an [fs.FS]. A page is made when it is
// asked for, from any goroutine, so that a large site is never in
// memory at once. What all pages share, such as the navigation, is made once.
// The package touches no disk and no clock.
package render

import (
	"bytes"
	"cmp"
	"fmt"
	"html/template"
	"io/fs"
	"iter"
	"strings"

	"annex/generator/aims"
	"annex/generator/check"
	"annex/generator/matrix"
	"annex/generator/readiness"
	"annex/generator/soa"
)

// Input is all that a site is made of.
type Input struct {
	Workspace  *aims.Workspace
	Reports    []*readiness.Report // one for each organization project
	Statements []*soa.Statement
	Matrices   []*matrix.Matrix
	Issues     []check.Issue
	AsOf       aims.Date
	Theme      fs.FS  // templates, styles, scripts, lang
	Version    string // of annex, shown on about.html
}

// Page is one file of the site.
type Page struct {
	Path  string                    // relative to the site, with slashes
	Write func(*bytes.Buffer) error // adds its content; safe to call from any goroutine
}

// Site makes the pages.
type Site struct {
	Input
	report    *readiness.Report // of the first organization
	words     words
	byDepth   [3]*template.Template // bound to "", "../" and "../../"
	shells    shells
	assets    []asset
	hasScript bool
	hasChart  bool
	issuesOn  map[any][]check.Issue
	paths     addresses
}

// New prepares a site. It fails if a template of the theme is wrong.
func New(in Input) (*Site, error) {
	if len(in.Reports) == 0 {
		return nil, fmt.Errorf("a site needs an organization project")
	}
	s := &Site{Input: in, report: in.Reports[0], paths: newAddresses(in.Workspace), issuesOn: issuesBySubject(in.Issues)}
	var err error
	if s.words, err = readWords(in.Theme, in.Workspace.Site.Language); err != nil {
		return nil, err
	}
	if err := s.readAssets(); err != nil {
		return nil, err
	}
	if err := s.parseTemplates(); err != nil {
		return nil, err
	}
	s.shells.made = map[shellKey]*shell{}
	return s, nil
}

// Charts reports whether the theme brings the script that draws charts. A site
// without it shows the tables alone.
func (s *Site) Charts() bool { return s.hasChart }

// Pages yields every page and asset of the site, in a fixed order.
func (s *Site) Pages() iter.Seq[Page] {
	groups := []func(func(Page) bool) bool{
		s.overviewPages, s.frameworkPages, s.statementPages, s.controlPages,
		s.documentPages, s.systemPages, s.registerPages, s.auditPages, s.matrixPages, s.searchPage, s.assetPages,
	}
	return func(yield func(Page) bool) {
		for _, pages := range groups {
			if !pages(yield) {
				return
			}
		}
	}
}

// page is what the template of a page gets. The template makes what stands in
// the main part; the templates "head" and "foot" go around it.
type page struct {
	Title   string
	Section string // of the navigation
	Class   aims.Classification
	Print   string // line of the running head in print; empty for the title
	View    any
	Charts  bool
}

// make returns a page that is made from a template when asked for.
func (s *Site) make(path, name string, p page) Page {
	return Page{Path: path, Write: func(b *bytes.Buffer) error { return s.execute(b, path, name, p) }}
}

func (s *Site) execute(b *bytes.Buffer, path, name string, p page) error {
	depth := strings.Count(path, "/")
	class := p.Class
	if class == "" {
		class = s.Workspace.Site.Classification
	}
	around, err := s.shell(shellKey{depth, p.Section, class, p.Charts && s.hasChart})
	if err != nil {
		return err
	}
	title := s.words.say(p.Title)
	around.open(b, title, cmp.Or(p.Print, title))
	if err := s.byDepth[depth].ExecuteTemplate(b, name, p); err != nil {
		return fmt.Errorf("making %s: %w", path, err)
	}
	b.WriteString(around.foot)
	return nil
}

func issuesBySubject(issues []check.Issue) map[any][]check.Issue {
	m := map[any][]check.Issue{}
	for _, i := range issues {
		if key := subjectKey(i.Subject); key != nil {
			m[key] = append(m[key], i)
		}
	}
	return m
}

// subjectKey returns the pointer that stands for a subject, or nil.
func subjectKey(x aims.Subject) any {
	switch {
	case x.Requirement != nil:
		return x.Requirement
	case x.Record != nil:
		return x.Record
	case x.Statement != nil:
		return x.Statement
	}
	return nil
}
