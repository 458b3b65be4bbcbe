// Package render turns a management system and what was derived from it into
// the pages of a site: a path and the bytes of each.
//
//	site, err := render.New(render.Input{Workspace: w, Reports: reports, Theme: theme, ...})
//	for page := range site.Pages() {
//		err := page.Write(&buffer)
//	}
//
// Templates and assets come from a [theme.Theme]. A page is made when it is
// asked for, from any goroutine, so that a large site is never in
// memory at once. What all pages share, such as the navigation, is made once.
// The package touches no disk and no clock.
package render

import (
	"bytes"
	"cmp"
	"errors"
	"fmt"
	"html/template"
	"iter"
	"strings"
	"sync"

	"annex/generator/aims"
	"annex/generator/calendar"
	"annex/generator/check"
	"annex/generator/export"
	"annex/generator/integration"
	"annex/generator/matrix"
	"annex/generator/readiness"
	"annex/generator/revision"
	"annex/generator/soa"
	"annex/generator/theme"
	"annex/generator/trend"
)

// Input is all that a site is made of.
type Input struct {
	Parts   []Part // one for each organization project
	AsOf    aims.Date
	Theme   *theme.Theme
	Version string // of annex, shown on about.html
	Pack    *Pack  // that the site is a part of; nil for a site by itself
}

// Part is what was derived for one organization project, from the part of the
// workspace that belongs to it.
type Part struct {
	Report      *readiness.Report
	Statements  []*soa.Statement
	Matrices    []*matrix.Matrix
	Integration *integration.Integration                      // nil when no standards are run as one
	Trend       *trend.Trend                                  // from the git history; nil when nobody asked for it
	Changes     func() Changes                                // since an earlier state; nil when nobody asked for them
	Revisions   func() map[*aims.Document][]revision.Revision // nil when nobody asked for them
	Issues      []check.Issue
}

// Page is one file of the site.
type Page struct {
	Path     string                    // relative to the site, with slashes
	Template string                    // that it is made from; "" for none
	Write    func(*bytes.Buffer) error // adds its content; safe to call from any goroutine
}

// Site makes the pages. With one organization project they stand at the root.
// With several, each has a site of its own below organizations/<id>/, and the
// root has one page that leads to them.
type Site struct {
	parts  []*part
	places *places // of the evidence in a pack, else nil
}

// New prepares a site. It fails with a [theme.Error] if the templates or texts
// of the workspace cannot be read.
func New(in Input) (*Site, error) {
	if len(in.Parts) == 0 {
		return nil, fmt.Errorf("a site needs an organization project")
	}
	site := &Site{}
	if in.Pack != nil {
		site.places = newPlaces(in.Parts[0].Report.Workspace.Whole())
	}
	for _, x := range in.Parts {
		base := ""
		if len(in.Parts) > 1 {
			base = organizationDir(x.Report.Organization)
		}
		p, err := newPart(in, x, base, site)
		if err != nil {
			return nil, err
		}
		site.parts = append(site.parts, p)
	}
	return site, nil
}

func organizationDir(p *aims.Project) string { return "organizations/" + p.ID + "/" }

// Charts reports whether the theme brings the script that draws charts. A site
// without it shows the tables alone.
func (site *Site) Charts() bool { return site.parts[0].hasChart }

// Pages yields every page and asset of the site, in a fixed order.
func (site *Site) Pages() iter.Seq[Page] {
	return func(yield func(Page) bool) {
		if len(site.parts) > 1 && !site.overview(yield) {
			return
		}
		for _, p := range site.parts {
			if !p.pages(yield) {
				return
			}
		}
		site.parts[0].assetPages(yield)
	}
}

// part makes the pages of one organization.
type part struct {
	Part
	AsOf      aims.Date
	Theme     *theme.Theme
	Version   string
	Workspace *aims.Workspace // the organization's part
	report    *readiness.Report
	all       *Site
	overall   bool   // whether it is the page over several organizations
	about     string // folder of its about.html, from the root of its pages
	base      string // folder of its pages below the root: "" or organizations/<id>/
	words     words
	templates *theme.Templates
	bound     map[string]*template.Template // by the way from a page to the root of its site
	shells    *shells
	assets    []asset
	hasScript bool
	hasChart  bool
	pack      *Pack
	issuesOn  func() map[any][]check.Issue
	signoffs  []signoffRow
	signedBy  map[any][]signoffRow // the same by what was signed
	next      func() []check.Issue // those that call for action, in their order
	events    func() []calendar.Event
	offers    []export.Offer // lists to download
	paths     addresses
	sections  []section
	folders   func() map[*aims.Project]*folder
	files     map[string]*aims.Asset // that documents show, by their path in the workspace
}

func newPart(in Input, x Part, base string, all *Site) (*part, error) {
	w := x.Report.Workspace
	s := &part{
		Part: x, AsOf: in.AsOf, Theme: in.Theme, Version: in.Version, Workspace: w, report: x.Report,
		all: all, pack: in.Pack, base: base, paths: newAddresses(w, base != ""), issuesOn: sync.OnceValue(func() map[any][]check.Issue { return issuesBySubject(x.Issues) }),
		files: map[string]*aims.Asset{},
	}
	s.paths.foreign = s.foreign
	for _, a := range w.Assets {
		s.files[a.File] = a
	}
	var err error
	if s.words, err = readWords(in.Theme, w.Site.Language); err != nil {
		return nil, err
	}
	if err := s.readAssets(); err != nil {
		return nil, err
	}
	if err := s.parseTemplates(); err != nil {
		return nil, err
	}
	s.shells = newShells()
	s.offers = export.Offers(s.exportPart())
	s.sections = s.sectionList()
	s.makeSignoffs()
	s.folders = sync.OnceValue(s.makeFolders)
	s.next = sync.OnceValue(func() []check.Issue { return check.Next(x.Issues) })
	s.events = sync.OnceValue(func() []calendar.Event { return calendar.Events(x.Report) })
	return s, nil
}

// pages yields the pages of the organization, below its folder.
func (s *part) pages(yield func(Page) bool) bool {
	placed := func(p Page) bool { p.Path = s.base + p.Path; return yield(p) }
	return s.sitePages(placed) && s.printPages(placed)
}

// sitePages yields the pages of the organization but for those to print, by their
// paths in its folder.
func (s *part) sitePages(yield func(Page) bool) bool {
	groups := []func(func(Page) bool) bool{
		s.startPages, s.overviewPages, s.certificationPages, s.progressPages, s.changePages, s.calendarPages, s.projectPages, s.frameworkPages, s.statementPages, s.integrationPages, s.controlPages,
		s.documentPages, s.systemPages, s.registerPages, s.auditPages, s.matrixPages, s.downloadPages, s.searchPage, s.samplingPages,
	}
	for _, pages := range groups {
		if !pages(yield) {
			return false
		}
	}
	return true
}

// foreign returns the path of what belongs to another organization, seen from
// the folder of this one, and false for what is this one's own.
func (s *part) foreign(x aims.Subject) (string, bool) {
	if s.base == "" || x.Record == nil || s.paths.own[x.Record] {
		return "", false
	}
	var found *part
	for _, other := range s.all.parts {
		if other == s || !other.paths.own[x.Record] {
			continue
		}
		if found == nil || x.Record.Project.Organization == other.report.Organization { // its owner's rather than a borrower's
			found = other
		}
	}
	if found == nil {
		return "", false
	}
	return "../../" + found.base + found.paths.of(x), true
}

// file returns the path of a file that a text leads to. Files of another
// organization stand on its site.
func (s *part) file(name string, kind aims.HoleKind) string {
	w, whole := s.Workspace, s.Workspace.Whole()
	if kind == aims.LinkAddress {
		if d := w.DocumentAt(name); d != nil {
			return s.paths.of(subject(d))
		}
		if d := whole.DocumentAt(name); d != nil {
			return s.paths.of(subject(d))
		}
	}
	if e := w.EvidenceAt(name); e != nil {
		return s.evidenceFile(e)
	}
	if e := whole.EvidenceAt(name); e != nil {
		return s.paths.of(subject(e))
	}
	if a := s.files[name]; a != nil {
		return assetPath(a)
	}
	for _, other := range s.all.parts {
		if a := other.files[name]; a != nil {
			return "../../" + other.base + assetPath(a)
		}
	}
	return assetPath(&aims.Asset{File: name})
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
	Script  string // of this page alone; empty for none
}

// make returns a page that is made from a template when asked for.
func (s *part) make(path, name string, p page) Page {
	return Page{Path: path, Template: name, Write: func(b *bytes.Buffer) error { return s.execute(b, path, upFrom(path), name, p) }}
}

// later is make for a page whose view is made when the page is.
func (s *part) later(path, name string, make func() page) Page {
	return Page{Path: path, Template: name, Write: func(b *bytes.Buffer) error { return s.execute(b, path, upFrom(path), name, make()) }}
}

// upFrom returns the way from a page to the root of its site: "../" for soa/x.html.
func upFrom(path string) string { return strings.Repeat("../", strings.Count(path, "/")) }

// execute writes a page. Root is the way from it to the root of its site.
func (s *part) execute(b *bytes.Buffer, path, root, name string, p page) error {
	class := p.Class
	if class == "" {
		class = s.Workspace.Site.Classification
	}
	if cut := s.Workspace.Cut; cut != nil { // the page of a stand-in holds nothing of what it stands for
		class = class.Lower(cut.Audience.Ceiling)
	}
	around, err := s.shell(shellKey{root, p.Section, class, p.Charts && s.hasChart, p.Script})
	if err == nil {
		title := s.words.say(p.Title)
		around.open(b, title, cmp.Or(p.Print, title))
	}
	// The content is made in any case, so that its mistakes show beside those of the shell.
	failed := s.templates.Explain(s.bound[root].ExecuteTemplate(b, name, p), name, p)
	if err := errors.Join(err, failed); err != nil {
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
