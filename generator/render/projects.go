package render

import (
	"annex/generator/aims"
	"annex/generator/check"
	"annex/generator/readiness"
)

// folder is what one project holds: the records of its own, and what is to be
// done in it. Work on an AI system stands in the folder of the system, even
// where the control is the organization's.
type folder struct {
	Project   *aims.Project
	Documents []*aims.Document
	Controls  []*aims.Control
	Decisions []*aims.Decision
	Evidence  []*aims.Evidence
	Risks     []*aims.Risk
	Findings  []*aims.Finding
	Issues    []check.Issue // all, advice included
	Next      []check.Issue // those that call for action, in order
}

// folders sorts the records and issues by project.
func (s *part) makeFolders() map[*aims.Project]*folder {
	folders := map[*aims.Project]*folder{}
	of := func(p *aims.Project) *folder {
		if folders[p] == nil {
			folders[p] = &folder{Project: p}
		}
		return folders[p]
	}
	w := s.Workspace
	for _, p := range w.Projects {
		of(p)
	}
	for _, x := range w.Documents {
		f := of(x.Project)
		f.Documents = append(f.Documents, x)
	}
	for _, x := range w.Controls {
		f := of(x.Project)
		f.Controls = append(f.Controls, x)
	}
	for _, x := range w.Decisions {
		f := of(x.Project)
		f.Decisions = append(f.Decisions, x)
	}
	for _, x := range w.Evidence {
		f := of(x.Project)
		f.Evidence = append(f.Evidence, x)
	}
	for _, x := range w.Risks {
		f := of(x.Project)
		f.Risks = append(f.Risks, x)
	}
	for _, x := range w.Findings {
		about := x.Project
		if x.About != nil {
			about = x.About
		}
		f := of(about)
		f.Findings = append(f.Findings, x)
	}
	for _, x := range s.Issues {
		f := of(x.Project)
		f.Issues = append(f.Issues, x)
	}
	for _, f := range folders {
		f.Next = check.Next(f.Issues)
	}
	return folders
}

// projectView is one project: what is to be done in it, and what it holds.
type projectView struct {
	*folder
	System                      *systemRow // of a system project, else nil
	Blocking, Overdue, Expiring int
	AtWork, Runs                int // controls at work, of all that run in it
	Classes                     []classView
	More                        int
}

// most actions that a project page lists; the rest stand on the page of all.
const mostActions = 200

func (s *part) projectPages(yield func(Page) bool) bool {
	all := func() page {
		views := make([]projectView, len(s.Workspace.Projects))
		for i, p := range s.Workspace.Projects {
			views[i] = s.projectView(p)
		}
		return page{Title: "Projects", Section: "projects", View: views}
	}
	if !yield(s.later("projects/index.html", "projects.html", all)) {
		return false
	}
	for _, p := range s.Workspace.Projects {
		one := func() page {
			return page{Title: p.Title, Section: "projects", Class: p.Classification, View: s.projectView(p)}
		}
		if !yield(s.later(projectPath(&p.Record), "project.html", one)) {
			return false
		}
	}
	return true
}

func (s *part) projectView(p *aims.Project) projectView {
	f := s.folders()[p]
	v := projectView{
		folder:   f,
		Blocking: len(check.OfClass(f.Next, check.Blocks)),
		Overdue:  len(check.OfClass(f.Next, check.Overdue)),
		Expiring: len(check.OfClass(f.Next, check.Expiring)),
		More:     max(0, len(f.Next)-mostActions),
	}
	v.Classes = byClass(f.Next[:min(mostActions, len(f.Next))], f.Next, false)
	if p.System != nil {
		row := s.systemRow(p.System)
		v.System = &row
		v.AtWork, v.Runs = row.Standing.AtWork(), len(row.Standing.Runs)
		return v
	}
	for _, c := range f.Controls {
		if c.Level == aims.LevelOrganization {
			v.Runs++
			if s.report.Control(c).State >= readiness.Operating {
				v.AtWork++
			}
		}
	}
	return v
}
