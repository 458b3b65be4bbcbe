// Package render turns a management system and what was derived from it into
// the pages of a site: a path and the bytes of each.
//
//	site, err := render.New(render.Input{Workspace: w, Reports: reports, Theme: themes.Default(), ...})
//	for page := range site.Pages() {
//		html, err := page.Bytes()
//	}
//
// Templates and assets come from a theme, an [fs.FS]. A page is made when its
// Bytes are asked for, from any goroutine, so that a large site is never in
// memory at once. What all pages share, such as the navigation, is made once.
// The package touches no disk and no clock.
package render

import (
	"bytes"
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
	Path  string                 // relative to the site, with slashes
	Bytes func() ([]byte, error) // makes its content; safe to call from any goroutine
}

// Site makes the pages.
type Site struct {
	Input
	report    *readiness.Report // of the first organization
	words     words
	byDepth   [3]*template.Template // bound to "", "../" and "../../"
	nav       map[navKey]template.HTML
	assets    []asset
	hasScript bool
	hasChart  bool
	issuesOn  map[any][]check.Issue
	paths     addresses
}

type navKey struct {
	depth   int
	section string
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
	s.makeNav()
	return s, nil
}

// Charts reports whether the theme brings the script that draws charts. A site
// without it shows the tables alone.
func (s *Site) Charts() bool { return s.hasChart }

// Pages yields every page and asset of the site, in a fixed order.
func (s *Site) Pages() iter.Seq[Page] {
	groups := []func(func(Page) bool) bool{
		s.overviewPages, s.frameworkPages, s.statementPages, s.controlPages,
		s.documentPages, s.systemPages, s.registerPages, s.auditPages, s.matrixPages, s.assetPages,
	}
	return func(yield func(Page) bool) {
		for _, pages := range groups {
			if !pages(yield) {
				return
			}
		}
	}
}

// page is what every template gets.
type page struct {
	Title   string
	Section string // of the navigation
	Class   aims.Classification
	Print   string // line of the running head in print; empty for the title
	View    any
	Nav     template.HTML
	Site    *siteView
	Charts  bool
}

// siteView is what head and foot show of the site.
type siteView struct {
	Title, Organization, Language string
	Class                         aims.Classification
	AsOf                          aims.Date
	Version                       string
	Root                          string // path to the root of the site: "", "../"
	Scripts                       bool
}

// make returns a page that is made from a template when asked for.
func (s *Site) make(path, name string, p page) Page {
	return Page{Path: path, Bytes: func() ([]byte, error) { return s.execute(path, name, p) }}
}

func (s *Site) execute(path, name string, p page) ([]byte, error) {
	depth := strings.Count(path, "/")
	p.Nav = s.nav[navKey{depth, p.Section}]
	if p.Class == "" {
		p.Class = s.Workspace.Site.Classification
	}
	p.Site = s.view(depth)
	p.Charts = p.Charts && s.hasChart
	var b bytes.Buffer
	if err := s.byDepth[depth].ExecuteTemplate(&b, name, p); err != nil {
		return nil, fmt.Errorf("making %s: %w", path, err)
	}
	return b.Bytes(), nil
}

func (s *Site) view(depth int) *siteView {
	w := s.Workspace
	return &siteView{
		Title: w.Site.Title, Organization: w.Organization.Name, Language: w.Site.Language, Class: w.Site.Classification,
		AsOf: s.AsOf, Version: s.Version, Root: strings.Repeat("../", depth), Scripts: s.hasScript,
	}
}

// section is an entry of the navigation.
type section struct{ Name, Title, Path string }

func (s *Site) sections() []section {
	list := []section{{"readiness", "Readiness", "index.html"}, {"next", "Next actions", "next.html"}}
	for _, st := range s.Statements {
		list = append(list, section{"soa-" + st.Framework.ID, "Applicability", soaPath(st.Framework)})
	}
	for _, f := range s.Workspace.Frameworks {
		list = append(list, section{"framework-" + f.ID, f.Title, frameworkPath(f)})
	}
	return append(list,
		section{"controls", "Controls", "controls/index.html"},
		section{"documents", "Documents", "documents/index.html"},
		section{"systems", "AI systems", "systems/index.html"},
		section{"risks", "Risks", "risks.html"},
		section{"objectives", "Objectives", "objectives.html"},
		section{"evidence", "Evidence", "evidence.html"},
		section{"audits", "Audits", "audits/index.html"},
		section{"reviews", "Reviews", "reviews.html"},
		section{"roles", "Roles", "roles.html"},
		section{"parties", "Parties", "parties.html"},
		section{"matrices", "Matrices", "matrices/index.html"},
		section{"about", "Method", "about.html"},
	)
}

// makeNav renders the navigation once for each depth and section.
func (s *Site) makeNav() {
	s.nav = map[navKey]template.HTML{}
	sections := s.sections()
	for depth := range len(s.byDepth) {
		root := strings.Repeat("../", depth)
		for _, current := range append(sections, section{}) {
			var b strings.Builder
			for _, x := range sections {
				mark := ""
				if x.Name == current.Name {
					mark = ` aria-current="true"`
				}
				fmt.Fprintf(&b, `<li><a href="%s"%s>%s</a></li>`, template.HTMLEscapeString(root+x.Path), mark, template.HTMLEscapeString(s.words.say(x.Title)))
			}
			s.nav[navKey{depth, current.Name}] = template.HTML(b.String())
		}
	}
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
	}
	return nil
}
