package render

import (
	"bytes"

	"annex/generator/aims"
	"annex/generator/check"
)

// startAllView is the first page of a pack with several organizations.
type startAllView struct {
	Organizations []startOrganization
	Cut           *aims.Cut // for an audience, else nil
	Frameworks    []*aims.Framework
	Before        string // digest of the pack before, empty for none
	Exports       []string
}

// startOrganization is one organization with the way to its start page.
type startOrganization struct {
	Project  *aims.Project
	Path     string
	Sentence check.Sentence
	Systems  int
	Controls int
}

// startOverAll makes the first page of a pack with several organizations.
func (site *Site) startOverAll() Page {
	root := site.over()
	view := startAllView{Cut: root.Workspace.Cut, Frameworks: root.Workspace.Frameworks, Before: root.pack.Before, Exports: root.pack.Exports}
	for _, p := range site.parts {
		view.Organizations = append(view.Organizations, startOrganization{
			p.report.Organization, p.base + p.ownStart(), check.Ready(p.report, p.next()), len(p.Workspace.Systems()), len(p.Workspace.Controls),
		})
	}
	return Page{Path: "index.html", Template: "startall.html", Write: func(b *bytes.Buffer) error {
		return root.execute(b, "index.html", siteDir, "startall.html", page{Title: "Start page for auditors", Section: "start", View: view})
	}}
}
