// Package soa derives the Statement of Applicability of one organization for
// one framework, as ISO/IEC 42001 6.1.3 asks for it: every reference control
// and every additional control, whether it applies, why or why not, and how it
// is met.
package soa

import (
	"slices"

	"annex/generator/aims"
	"annex/generator/readiness"
)

// Statement is a Statement of Applicability on the as-of date.
type Statement struct {
	Organization *aims.Project
	Framework    *aims.Framework
	Scope        *aims.Prose       // of the management system for the framework
	Approval     *aims.SoAApproval // nil while there is none
	AsOf         aims.Date
	Rows         []Row
	Additional   []Additional // controls of the organization's own
	Counts       Counts
}

// Row is one reference control.
type Row struct {
	Requirement *aims.Requirement
	Status      *readiness.Requirement
	Applies     aims.Applicability
	Controls    []*aims.Control
	Documents   []*aims.Document
	Owners      []*aims.Role
	Risks       []*aims.Risk
	Systems     []*aims.System // that it is performed for or that need it
	Evidence    int            // pieces of evidence in force
	Newest      aims.Date      // effective date of the newest of them
}

// Additional is a control of the organization's own that treats a risk and
// stands outside the reference controls.
type Additional struct {
	Control  *readiness.Control
	Evidence int
	Newest   aims.Date
}

// Counts sums the rows up. Applicable, Excluded and Undecided add up to Total.
type Counts struct {
	Total, Applicable, Excluded, Undecided int
	InPlace                                int // applicable and at least implemented
}

// All makes the statements for every framework that has reference controls.
func All(report *readiness.Report) []*Statement {
	var list []*Statement
	for _, f := range report.Workspace.Frameworks {
		if s := Derive(report, f); s != nil {
			list = append(list, s)
		}
	}
	return list
}

// Derive makes the statement for one framework from a readiness report. It
// returns nil when the framework has no reference controls.
func Derive(report *readiness.Report, f *aims.Framework) *Statement {
	controls := f.ReferenceControls()
	if len(controls) == 0 {
		return nil
	}
	s := &Statement{Organization: report.Organization, Framework: f, Scope: report.Organization.ScopeFor(f), Approval: report.Organization.SoA(f), AsOf: report.AsOf}
	for _, q := range controls {
		row := derive(report, q)
		s.Rows = append(s.Rows, row)
		s.Counts.add(row)
	}
	s.Additional = additional(report, f)
	return s
}

func (c *Counts) add(r Row) {
	c.Total++
	switch {
	case !r.Applies.Decided:
		c.Undecided++
	case r.Applies.Applicable:
		c.Applicable++
		if r.Status.State >= readiness.Implemented {
			c.InPlace++
		}
	default:
		c.Excluded++
	}
}

func derive(report *readiness.Report, q *aims.Requirement) Row {
	w := report.Workspace
	status := report.Requirement(q)
	row := Row{Requirement: q, Status: status, Applies: status.Applicability, Documents: slices.Clone(status.Documents)}
	if d := row.Applies.Organization; d != nil && d.Owner != nil {
		row.Owners = append(row.Owners, d.Owner)
	}
	var shown []*aims.Evidence
	for _, c := range w.ControlsFor(q) {
		row.Controls = append(row.Controls, c)
		for _, d := range c.Documents {
			row.Documents = once(row.Documents, d)
		}
		if c.Owner != nil {
			row.Owners = once(row.Owners, c.Owner)
		}
		for _, r := range c.Risks {
			row.Risks = once(row.Risks, r)
		}
		for _, s := range w.SystemsInScope(c, report.AsOf) {
			row.Systems = once(row.Systems, s)
		}
		for _, e := range report.Control(c).InForce() {
			shown = once(shown, e)
		}
	}
	for _, d := range row.Applies.Systems {
		row.Systems = once(row.Systems, d.Project.System)
	}
	row.Evidence, row.Newest = evidence(shown)
	return row
}

// evidence counts pieces of evidence and returns the newest effective date.
func evidence(list []*aims.Evidence) (n int, newest aims.Date) {
	for _, e := range list {
		if e.Effective.After(newest) {
			newest = e.Effective
		}
	}
	return len(list), newest
}

// additional returns the controls that treat a risk and satisfy no reference
// control of the framework.
func additional(report *readiness.Report, f *aims.Framework) []Additional {
	var list []Additional
	for _, c := range report.Workspace.Controls {
		if len(c.Risks) == 0 || c.Project.Organization != report.Organization {
			continue
		}
		if slices.ContainsFunc(c.Satisfies, func(q *aims.Requirement) bool { return q.Framework == f && q.IsReferenceControl() }) {
			continue
		}
		status := report.Control(c)
		n, newest := evidence(status.InForce())
		list = append(list, Additional{status, n, newest})
	}
	return list
}

func once[T comparable](list []T, x T) []T {
	if slices.Contains(list, x) {
		return list
	}
	return append(list, x)
}
