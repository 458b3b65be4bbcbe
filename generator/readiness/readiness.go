// Package readiness derives how far an AI management system is on one day: the
// state of every control and requirement, the documented information of stage
// 1, and the counts over them.
//
//	report := readiness.Assess(workspace, organization, asOf)
//	report.Requirement(q).State // gap, planned, documented, implemented, operating, verified
//
// Everything is a pure function of the workspace and the as-of date. Each
// state comes from a rule in words, [State.Rule], that the site prints.
package readiness

import (
	"slices"

	"annex/generator/aims"
)

// Report is how one organization project stands on the as-of date.
type Report struct {
	Workspace    *aims.Workspace
	Organization *aims.Project
	AsOf         aims.Date
	Frameworks   []*Framework
	Journey      *Journey

	controls     map[*aims.Control]*Control
	requirements map[*aims.Requirement]*Requirement
	systems      map[*aims.System]*System
	duties       map[*aims.Requirement][]Duty
}

// Framework is how the requirements of one framework stand.
type Framework struct {
	Framework    *aims.Framework
	Requirements []*Requirement // assessable ones, in order
	Documented   []Information
}

// Requirement is how one requirement stands.
type Requirement struct {
	Requirement   *aims.Requirement
	Applicability aims.Applicability // for reference controls
	State         State
	Controls      []*Control
	Documents     []*aims.Document
	Findings      []*aims.Finding // open ones
	Flags         []Flag
	Audit         *aims.Audit // internal audit of the last year that covered it, or nil
}

// Control returns how a control stands.
func (r *Report) Control(c *aims.Control) *Control { return r.controls[c] }

// Requirement returns how an assessable requirement stands, or nil for a
// heading.
func (r *Report) Requirement(q *aims.Requirement) *Requirement { return r.requirements[q] }

// Assess derives the state of everything on the as-of date.
func Assess(w *aims.Workspace, organization *aims.Project, asOf aims.Date) *Report {
	r := &Report{
		Workspace:    w,
		Organization: organization,
		AsOf:         asOf,
		controls:     make(map[*aims.Control]*Control, len(w.Controls)),
		requirements: map[*aims.Requirement]*Requirement{},
		systems:      map[*aims.System]*System{},
		duties:       map[*aims.Requirement][]Duty{},
	}
	for _, c := range w.Controls {
		r.controls[c] = assessControl(w, c, asOf)
	}
	r.deriveDuties()
	r.assessSystems()
	for _, f := range w.Frameworks {
		part := &Framework{Framework: f}
		for _, q := range f.Assessable() {
			s := r.assessRequirement(q)
			r.requirements[q] = s
			part.Requirements = append(part.Requirements, s)
			for _, info := range q.Documented {
				part.Documented = append(part.Documented, r.documented(q, info))
			}
		}
		r.Frameworks = append(r.Frameworks, part)
	}
	r.Journey = r.journey()
	return r
}

func (r *Report) assessRequirement(q *aims.Requirement) *Requirement {
	w := r.Workspace
	s := &Requirement{Requirement: q, State: Gap, Documents: w.DocumentsFor(q)}
	if q.IsReferenceControl() {
		s.Applicability = w.Applicability(r.Organization, q, r.AsOf)
	}
	for _, c := range w.ControlsFor(q) {
		s.Controls = append(s.Controls, r.controls[c])
	}
	for _, f := range w.FindingsOn(q) {
		if f.Open(r.AsOf) {
			s.Findings = append(s.Findings, f)
		}
	}
	s.Audit = r.internalAudit(q)
	s.State = r.state(s)
	s.Flags = r.flags(s)
	return s
}

// state applies the rules in order: the worst control decides, and documents
// alone reach Documented.
func (r *Report) state(s *Requirement) State {
	if s.Requirement.IsReferenceControl() {
		switch {
		case !s.Applicability.Decided:
			return NotAssessed
		case !s.Applicability.Applicable:
			return NotApplicable
		}
	}
	if r.nobodyHas(s.Requirement) {
		return NotApplicable
	}
	approved := slices.ContainsFunc(s.Documents, func(d *aims.Document) bool { return d.Approved(r.AsOf) })
	if len(s.Controls) == 0 {
		if approved {
			return Documented
		}
		return Gap
	}
	worst := s.Controls[0].State
	for _, c := range s.Controls {
		worst = min(worst, c.State)
	}
	return r.raise(s.Requirement, worst, approved)
}

// raise lifts the worst state of the controls for a requirement: an approved
// document makes more of a plan, an internal audit of what operates.
func (r *Report) raise(q *aims.Requirement, worst State, approved bool) State {
	if worst == Planned && approved {
		return Documented
	}
	major := slices.ContainsFunc(r.Workspace.FindingsOn(q), func(f *aims.Finding) bool { return f.Open(r.AsOf) && f.Grade == aims.Major })
	if worst == Operating && !major && r.internalAudit(q) != nil {
		return Verified
	}
	return worst
}

// nobodyHas reports whether a requirement binds only by obligations, none of
// which follows for an AI system in scope. A prohibition binds everybody.
func (r *Report) nobodyHas(q *aims.Requirement) bool {
	return len(r.duties[q]) == 0 && !q.Prohibited() && slices.ContainsFunc(q.Framework.Obligations, func(o *aims.Obligation) bool { return o.Requirement == q })
}

// internalAudit returns the newest internal audit of the year up to the as-of
// date that covered the requirement.
func (r *Report) internalAudit(q *aims.Requirement) *aims.Audit {
	var newest *aims.Audit
	for _, a := range r.Workspace.Audits {
		if a.Kind != aims.InternalAudit || !a.Done(r.AsOf) || !a.Covers(q) || !a.In(r.Organization) {
			continue
		}
		recent := !aims.Period{N: 1, Unit: aims.Years}.After(a.Last()).Before(r.AsOf)
		if recent && (newest == nil || a.Last().After(newest.Last())) {
			newest = a
		}
	}
	return newest
}

func (r *Report) flags(s *Requirement) []Flag {
	var flags []Flag
	if s.State == NotApplicable {
		return nil
	}
	for _, c := range s.Controls {
		flags = append(flags, c.Flags...)
	}
	for _, d := range s.Documents {
		flag := Flag{Kind: ReviewOverdue, Date: d.NextReview, Document: d}
		seen := slices.ContainsFunc(flags, func(f Flag) bool { return f.Kind == flag.Kind && f.Document == d })
		if d.ReviewOverdue(r.AsOf) && !seen {
			flags = append(flags, flag)
		}
	}
	for _, f := range s.Findings {
		if !slices.ContainsFunc(flags, func(g Flag) bool { return g.Finding == f }) {
			flags = append(flags, Flag{Kind: OpenFinding, Date: f.Due, Finding: f})
		}
	}
	return flags
}

// Count counts requirements by state.
func Count(list []*Requirement) map[State]int {
	n := map[State]int{}
	for _, s := range list {
		n[s.State]++
	}
	return n
}
