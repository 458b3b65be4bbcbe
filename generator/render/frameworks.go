package render

import (
	"slices"

	"annex/generator/aims"
	"annex/generator/chart"
	"annex/generator/readiness"
)

// frameworkRow is one framework in the list of those in use.
type frameworkRow struct {
	Framework *aims.Framework
	Total     int // requirements
	reached
	Documented documentedRow // of stage 1; Total is 0 where nothing is called for
	Statement  bool
	Timeline   bool
}

// Excluded counts the requirements that do not apply.
func (r frameworkRow) Excluded() int { return r.Total - r.Of }

// Open reports whether anything asks for action before all others.
func (r frameworkRow) Open() bool { return r.Gaps+r.NotAssessed > 0 }

func (s *part) frameworkRows() []frameworkRow {
	var rows []frameworkRow
	for _, f := range s.report.Frameworks {
		rows = append(rows, frameworkRow{
			Framework: f.Framework, Total: len(f.Requirements), reached: reach(readiness.Count(f.Requirements)),
			Documented: documentedOf(f),
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
	Chapters  []chapter
	Areas     []areaRow
	Chart     *chart.Chart
	Stages    *chart.Chart
	Stage1    []readiness.Information
	Answered  int

	Timeline   bool // whether its requirements have dates
	Crosswalks []crosswalkLink
}

// requirementView is one requirement.
type requirementView struct {
	*readiness.Requirement
	Rule           string // why it has its state
	Since          []entry
	Evidence       []*aims.Evidence // in force, of the controls that satisfy it, newest first
	More           int              // pieces of evidence beyond those listed
	Stage1         []readiness.Information
	Objectives     []*aims.Objective
	Duties         []dutyRow
	Neighbours     []neighbourRow
	Previous, Next *aims.Requirement
}

// mostEvidence is how many pieces of evidence the page of a requirement lists.
const mostEvidence = 100

// frameworkPage yields the overview of a framework and the pages of its
// requirements.
func (s *part) frameworkPage(f *readiness.Framework, yield func(Page) bool) bool {
	overview := func() page {
		return page{Title: f.Framework.Title, Section: "frameworks", View: s.frameworkView(f), Charts: true}
	}
	if !yield(s.later(frameworkPath(f.Framework), "framework.html", overview)) {
		return false
	}
	for i, q := range f.Requirements {
		one := func() page {
			title := q.Requirement.Ref + " " + q.Requirement.Title
			return page{Title: title, Section: "frameworks", View: s.requirementView(f, i)}
		}
		if !yield(s.later(s.paths.of(subject(q.Requirement)), "requirement.html", one)) {
			return false
		}
	}
	return true
}

func (s *part) frameworkView(f *readiness.Framework) frameworkView {
	view := frameworkView{
		Framework: f.Framework, Chapters: chapters(s.report, f.Framework), Areas: areas(f), Stage1: f.Documented,
		Timeline: dated(f.Framework), Crosswalks: s.crosswalksOf(f.Framework),
	}
	for _, d := range f.Documented {
		if d.Answered() {
			view.Answered++
		}
	}
	view.Chart = areaChart(s, view.Areas, func(a *aims.Requirement) string { return "#" + a.Slug() })
	view.Stages = stageChart(s, view.Areas)
	return view
}

// requirementView is the page of the i-th requirement of a framework.
func (s *part) requirementView(f *readiness.Framework, i int) requirementView {
	q := f.Requirements[i]
	v := requirementView{
		Requirement: q, Rule: rule(q), Since: entries(q.Requirement),
		Objectives: s.Workspace.ObjectivesFor(q.Requirement), Neighbours: s.neighbours(q.Requirement),
	}
	v.Evidence, v.More = most(newestFirst(readiness.InForce(q.Controls)), mostEvidence)
	for _, d := range s.report.Duties(q.Requirement) {
		v.Duties = append(v.Duties, dutyRow{d, !d.Due(s.AsOf)})
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
	return v
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
