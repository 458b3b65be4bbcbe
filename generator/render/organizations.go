package render

import (
	"annex/generator/aims"
	"annex/generator/check"
	"annex/generator/soa"
)

// organizationRow is one organization on the page that leads to all.
type organizationRow struct {
	Project                     *aims.Project
	Path                        string
	Blocking, Overdue, Expiring int
	Systems, Controls           int
	Frameworks                  []frameworkRow
	Statements                  []*soa.Statement
	Base                        string
}

// over returns the maker of pages that stand over several organizations.
func (site *Site) over() *part {
	root := *site.parts[0]
	root.base, root.overall, root.about = "", true, site.parts[0].base
	root.shells = newShells()
	root.sections = []section{{"organizations", "All organizations", "index.html"}}
	if root.pack != nil {
		root.sections = append([]section{{"start", "Start page", root.ownStart()}}, root.sections...)
	}
	for _, p := range site.parts {
		root.sections = append(root.sections, section{p.report.Organization.ID, p.report.Organization.Title, p.base + "index.html"})
	}
	return &root
}

// overview yields the one page at the root of a site with several
// organizations.
func (site *Site) overview(yield func(Page) bool) bool {
	var rows []organizationRow
	for _, p := range site.parts {
		o := p.report.Organization
		next := p.next()
		rows = append(rows, organizationRow{
			Project: o, Path: p.base + "index.html", Base: p.base,
			Blocking: len(check.OfClass(next, check.Blocks)), Overdue: len(check.OfClass(next, check.Overdue)),
			Expiring: len(check.OfClass(next, check.Expiring)),
			Systems:  len(p.Workspace.Systems()), Controls: len(p.Workspace.Controls),
			Frameworks: p.frameworkRows(), Statements: p.Statements,
		})
	}
	return yield(site.over().make("index.html", "organizations.html", page{Title: "All organizations", Section: "organizations", View: rows}))
}
