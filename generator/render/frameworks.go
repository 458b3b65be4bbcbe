package render

import (
	"slices"

	"annex/generator/aims"
	"annex/generator/chart"
	"annex/generator/readiness"
)

// frameworkRow is one framework in the list of those in use.
type frameworkRow struct {
	Framework  *aims.Framework
	Total      int // requirements
	Applicable int
	AtWork     int // operating or verified
	Gaps       int // gap or not assessed
	Statement  bool
	Timeline   bool
}

func (s *part) frameworkRows() []frameworkRow {
	var rows []frameworkRow
	for _, f := range s.report.Frameworks {
		n := readiness.Count(f.Requirements)
		rows = append(rows, frameworkRow{
			Framework: f.Framework, Total: len(f.Requirements),
			Applicable: len(f.Requirements) - n[readiness.NotApplicable],
			AtWork:     n[readiness.Operating] + n[readiness.Verified],
			Gaps:       n[readiness.Gap] + n[readiness.NotAssessed],
			Statement:  len(f.Framework.ReferenceControls()) > 0,
			Timeline:   dated(f.Framework),
		})
	}
	return rows
}

func (s *part) frameworkPages(yield func(Page) bool) bool {
	if len(s.report.Frameworks) > 1 && !yield(s.make("frameworks/index.html", "frameworks.html", page{Title: "Frameworks", Section: "frameworks", View: s.frameworkRows()})) {
		return false
	}
	for _, f := range s.report.Frameworks {
		if !s.frameworkPage(f, yield) || dated(f.Framework) && !s.timelinePage(f.Framework, yield) {
			return false
		}
	}
	return true
}

// frameworkView is the overview of one framework.
type frameworkView struct {
	Framework *aims.Framework
	Groups    []requirementGroup
	Areas     []areaRow
	Chart     *chart.Chart
	Stages    *chart.Chart
	Stage1    []readiness.Information
	Answered  int

	Timeline   bool // whether its requirements have dates
	Crosswalks []crosswalkLink
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
	Duties         []readiness.Duty
	Neighbours     []neighbourRow
	Previous, Next *aims.Requirement
}

// frameworkPage yields the overview of a framework and the pages of its
// requirements.
func (s *part) frameworkPage(f *readiness.Framework, yield func(Page) bool) bool {
	view := frameworkView{
		Framework: f.Framework, Groups: groups(s.report, f.Framework), Areas: areas(f), Stage1: f.Documented,
		Timeline: dated(f.Framework), Crosswalks: s.crosswalksOf(f.Framework),
	}
	for _, d := range f.Documented {
		if d.Answered() {
			view.Answered++
		}
	}
	view.Chart = areaChart(s, view.Areas, func(a *aims.Requirement) string { return "#" + a.Slug() })
	view.Stages = stageChart(s, view.Areas)
	if !yield(s.make(frameworkPath(f.Framework), "framework.html", page{Title: f.Framework.Title, Section: "frameworks", View: view, Charts: true})) {
		return false
	}
	for i, q := range f.Requirements {
		v := requirementView{
			Requirement: q, Objectives: s.Workspace.ObjectivesFor(q.Requirement),
			Duties: s.report.Duties(q.Requirement), Neighbours: s.neighbours(q.Requirement),
		}
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
		if !yield(s.make(s.paths.of(subject(q.Requirement)), "requirement.html", page{Title: title, Section: "frameworks", View: v})) {
			return false
		}
	}
	return true
}

// crosswalkLink leads to the matrix of two frameworks.
type crosswalkLink struct {
	To   *aims.Framework
	Path string // beside the other matrices
}

// crosswalksOf returns the matrices that lead from a framework to others.
func (s *part) crosswalksOf(f *aims.Framework) []crosswalkLink {
	var list []crosswalkLink
	for _, m := range s.Matrices {
		if m.From == f {
			list = append(list, crosswalkLink{m.To, matrixPath(m.Name, 0)})
		}
	}
	return list
}

// neighbourRow is a requirement of another framework beside one, and how far it
// is; nil for an entry that nobody assesses.
type neighbourRow struct {
	aims.Neighbour
	Status *readiness.Requirement
}

func (s *part) neighbours(q *aims.Requirement) []neighbourRow {
	var rows []neighbourRow
	for _, n := range s.Workspace.Neighbours(q) {
		rows = append(rows, neighbourRow{n, s.report.Requirement(n.Requirement)})
	}
	order := func(f *aims.Framework) int { return slices.Index(s.Workspace.Frameworks, f) }
	slices.SortStableFunc(rows, func(a, b neighbourRow) int {
		return order(a.Requirement.Framework) - order(b.Requirement.Framework)
	})
	return rows
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
