package render

import (
	"slices"

	"annex/generator/aims"
	"annex/generator/chart"
	"annex/generator/matrix"
	"annex/generator/readiness"
	"annex/generator/soa"
)

// frameworkView is the overview of one framework.
type frameworkView struct {
	Framework *aims.Framework
	Groups    []requirementGroup
	Areas     []areaRow
	Chart     *chart.Chart
	Stages    *chart.Chart
	Stage1    []readiness.Information
	Answered  int
}

type requirementGroup struct {
	Heading *aims.Requirement
	Rows    []*readiness.Requirement
}

// requirementView is one requirement.
type requirementView struct {
	*readiness.Requirement
	Stage1         []readiness.Information
	Objectives     []*aims.Objective
	Previous, Next *aims.Requirement
}

func (s *Site) frameworkPages(yield func(Page) bool) bool {
	for _, f := range s.report.Frameworks {
		section := "framework-" + f.Framework.ID
		view := frameworkView{Framework: f.Framework, Groups: groups(s.report, f.Framework), Areas: areas(f), Stage1: f.Documented}
		for _, d := range f.Documented {
			if d.Answered() {
				view.Answered++
			}
		}
		view.Chart = areaChart(s, view.Areas, func(a *aims.Requirement) string { return "#" + slug(a.Ref) })
		view.Stages = stageChart(s, view.Areas)
		if !yield(s.make(frameworkPath(f.Framework), "framework.html", page{Title: f.Framework.Title, Section: section, View: view, Charts: true})) {
			return false
		}
		for i, q := range f.Requirements {
			v := requirementView{Requirement: q, Objectives: s.Workspace.ObjectivesFor(q.Requirement)}
			for _, d := range f.Documented {
				if d.Requirement == q.Requirement {
					v.Stage1 = append(v.Stage1, d)
				}
			}
			if i > 0 {
				v.Previous = f.Requirements[i-1].Requirement
			}
			if i+1 < len(f.Requirements) {
				v.Next = f.Requirements[i+1].Requirement
			}
			title := q.Requirement.Ref + " " + q.Requirement.Title
			if !yield(s.make(s.paths.of(subject(q.Requirement)), "requirement.html", page{Title: title, Section: section, View: v})) {
				return false
			}
		}
	}
	return true
}

// groups puts the requirements under their headings, in the framework's order.
func groups(report *readiness.Report, f *aims.Framework) []requirementGroup {
	var list []requirementGroup
	for _, q := range f.Requirements {
		if !q.Assessable() {
			list = append(list, requirementGroup{Heading: q})
			continue
		}
		if len(list) == 0 {
			list = append(list, requirementGroup{})
		}
		last := &list[len(list)-1]
		last.Rows = append(last.Rows, report.Requirement(q))
	}
	return list
}

// statementView is a Statement of Applicability.
type statementView struct {
	*soa.Statement
	Holder     string // the organization that states
	Areas      []soaArea
	Additional []soa.Additional
}

type soaArea struct {
	Area *aims.Requirement
	Rows []soa.Row
}

func (s *Site) statementPages(yield func(Page) bool) bool {
	for _, st := range s.Statements {
		view := statementView{Statement: st, Holder: s.Workspace.Organization.Name, Additional: st.Additional}
		for _, row := range st.Rows {
			if n := len(view.Areas); n == 0 || view.Areas[n-1].Area != row.Requirement.Parent {
				view.Areas = append(view.Areas, soaArea{Area: row.Requirement.Parent})
			}
			last := &view.Areas[len(view.Areas)-1]
			last.Rows = append(last.Rows, row)
		}
		version := ""
		if st.Approval != nil {
			version = ", " + s.words.say("version") + " " + st.Approval.Version
		}
		p := page{
			Title: "Statement of Applicability", Section: "soa-" + st.Framework.ID, View: view,
			Print: s.words.say("Statement of Applicability") + ", " + st.Framework.Title + version,
		}
		if !yield(s.make(soaPath(st.Framework), "soa.html", p)) {
			return false
		}
	}
	return true
}

// controlListView is one page of the list of controls.
type controlListView struct {
	Rows  []*readiness.Control
	Total int
	Pager pager
}

// controlView is one control.
type controlView struct {
	*readiness.Control
	Evidence []*aims.Evidence
	Findings []*aims.Finding
}

func (s *Site) controlPages(yield func(Page) bool) bool {
	all := s.Workspace.Controls
	for n, part := range parts(all) {
		view := controlListView{Total: len(all), Pager: s.pager("index", n, len(all))}
		for _, c := range part {
			view.Rows = append(view.Rows, s.report.Control(c))
		}
		if !yield(s.make("controls/"+shard("index", n), "controls.html", page{Title: "Controls", Section: "controls", View: view})) {
			return false
		}
	}
	for _, c := range all {
		view := controlView{s.report.Control(c), newestFirst(s.Workspace.EvidenceOf(c)), s.Workspace.FindingsOf(c)}
		if !yield(s.make("controls/"+c.ID+".html", "control.html", page{Title: c.Title, Section: "controls", Class: c.Classification, View: view})) {
			return false
		}
	}
	return true
}

func newestFirst(list []*aims.Evidence) []*aims.Evidence {
	list = slices.Clone(list)
	slices.SortStableFunc(list, func(a, b *aims.Evidence) int { return b.Effective.Compare(a.Effective) })
	return list
}

// documentListView is one page of the list of documents.
type documentListView struct {
	Rows  []*aims.Document
	Total int
	Pager pager
}

// documentView is one governed document.
type documentView struct {
	*aims.Document
	Overdue  bool
	Contents []aims.Heading // of the two upper levels, if there are enough
	Controls []*aims.Control
}

func (s *Site) documentPages(yield func(Page) bool) bool {
	all := s.Workspace.Documents
	for n, part := range parts(all) {
		view := documentListView{part, len(all), s.pager("index", n, len(all))}
		if !yield(s.make("documents/"+shard("index", n), "documents.html", page{Title: "Documents", Section: "documents", View: view})) {
			return false
		}
	}
	for _, d := range all {
		view := documentView{Document: d, Overdue: d.ReviewOverdue(s.AsOf), Controls: s.Workspace.ControlsDocumentedBy(d)}
		for _, h := range d.Body.Headings {
			if h.Level <= 3 {
				view.Contents = append(view.Contents, h)
			}
		}
		if len(view.Contents) < 3 {
			view.Contents = nil
		}
		p := page{Title: d.Title, Section: "documents", Class: d.Classification, View: view}
		if d.Version != "" {
			p.Print = d.Title + ", " + s.words.say("version") + " " + d.Version
		}
		if !yield(s.make("documents/"+d.ID+".html", "document.html", p)) {
			return false
		}
	}
	return true
}

// systemView is one AI system.
type systemView struct {
	*aims.System
	Controls []*readiness.Control
	Risks    []*aims.Risk
}

func (s *Site) systemPages(yield func(Page) bool) bool {
	systems := s.Workspace.Systems()
	if !yield(s.make("systems/index.html", "systems.html", page{Title: "AI systems", Section: "systems", View: systems})) {
		return false
	}
	for _, x := range systems {
		view := systemView{System: x}
		for _, c := range s.Workspace.Controls {
			if slices.Contains(s.Workspace.SystemsInScope(c, s.AsOf), x) {
				view.Controls = append(view.Controls, s.report.Control(c))
			}
		}
		for _, r := range s.Workspace.Risks {
			if slices.Contains(r.Systems, x) {
				view.Risks = append(view.Risks, r)
			}
		}
		if !yield(s.make("systems/"+x.ID+".html", "system.html", page{Title: x.Title, Section: "systems", Class: x.Classification, View: view})) {
			return false
		}
	}
	return true
}

// matrixView is one page of a matrix.
type matrixView struct {
	*matrix.Matrix
	Rows  []matrix.Row
	Total int
	Pager pager
}

func (s *Site) matrixPages(yield func(Page) bool) bool {
	if !yield(s.make("matrices/index.html", "matrices.html", page{Title: "Matrices", Section: "matrices", View: s.Matrices})) {
		return false
	}
	for _, m := range s.Matrices {
		for n, part := range parts(m.Rows) {
			view := matrixView{m, part, len(m.Rows), s.pager(m.Name, n, len(m.Rows))}
			if !yield(s.make(matrixPath(m.Name, n), "matrix.html", page{Title: m.Title, Section: "matrices", View: view})) {
				return false
			}
		}
	}
	return true
}
