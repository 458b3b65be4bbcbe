package render

import (
	"cmp"

	"annex/generator/aims"
	"annex/generator/check"
	"annex/generator/readiness"
)

// certificationView is the way to the certificate and through its three years:
// the stages, and what each of the first two asks for.
type certificationView struct {
	Journey    *readiness.Journey
	Body       string // that certifies, empty for none
	Stages     []stageRow
	Conditions []conditionGroup
	Documented []documentedRow
	Operation  []operationRow // on this page of the list
	Late       int            // controls that were performed late at least once
	Total      int
	Pager      pager
}

// stageRow is one audit of the certification body.
type stageRow struct {
	readiness.Stage
	Next bool // that the organization has to be ready for
	Late bool
}

// conditionGroup is what one stage asks for.
type conditionGroup struct {
	Stage int
	Rows  []conditionRow
	Met   int
}

type conditionRow struct {
	check.Condition
	Open []check.Issue
	More int // open points beyond those listed
}

// documentedRow counts the documented information of one framework.
type documentedRow struct {
	Framework       *aims.Framework
	Answered, Total int
}

// operationRow is how a control was performed in one place since it was
// implemented.
type operationRow struct {
	Control *readiness.Control
	System  *aims.System
	readiness.Operation
}

// most open points of a condition that its row lists.
const mostOpen = 12

func (s *part) certificationPages(yield func(Page) bool) bool {
	view := certificationView{Journey: s.report.Journey, Body: s.certifier(), Stages: s.stageRows(), Conditions: s.conditions()}
	for _, f := range s.report.Frameworks {
		if len(f.Documented) > 0 {
			view.Documented = append(view.Documented, documentedOf(f))
		}
	}
	rows := s.operations()
	view.Total = len(rows)
	for _, r := range rows {
		if r.Operation.Late > 0 {
			view.Late++
		}
	}
	for n, part := range parts(rows) {
		v := view
		v.Operation, v.Pager = part, s.pager("certification", n, len(rows))
		if !yield(s.make(shard("certification", n), "certification.html", page{Title: "Certification", Section: "certification", View: v})) {
			return false
		}
	}
	return true
}

// certifier names the certification body of the organization.
func (s *part) certifier() string {
	return cmp.Or(s.report.Organization.Certification.Body, s.Workspace.Certification.Body)
}

func documentedOf(f *readiness.Framework) documentedRow {
	row := documentedRow{Framework: f.Framework, Total: len(f.Documented)}
	for _, d := range f.Documented {
		if d.Answered() {
			row.Answered++
		}
	}
	return row
}

func (s *part) stageRows() []stageRow {
	next := s.report.Journey.Next()
	var rows []stageRow
	for i := range s.report.Journey.Stages {
		x := &s.report.Journey.Stages[i]
		rows = append(rows, stageRow{*x, x == next, x.Late(s.AsOf)})
	}
	return rows
}

func (s *part) conditions() []conditionGroup {
	var groups []conditionGroup
	for _, c := range check.Conditions() {
		if n := len(groups); n == 0 || groups[n-1].Stage != c.Stage {
			groups = append(groups, conditionGroup{Stage: c.Stage})
		}
		last := &groups[len(groups)-1]
		open := check.Next(c.Open(s.Issues))
		if len(open) == 0 {
			last.Met++
		}
		row := conditionRow{Condition: c}
		row.Open, row.More = most(open, mostOpen)
		last.Rows = append(last.Rows, row)
	}
	return groups
}

// operations returns the controls that are implemented, in every place.
func (s *part) operations() []operationRow {
	var rows []operationRow
	for _, c := range s.Workspace.Controls {
		status := s.report.Control(c)
		for _, run := range status.Runs {
			if o := status.Operation(run, s.AsOf); !o.Since.IsZero() {
				rows = append(rows, operationRow{status, run.System, o})
			}
		}
	}
	return rows
}
