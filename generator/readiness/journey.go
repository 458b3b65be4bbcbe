package readiness

import (
	"slices"
	"strings"

	"annex/generator/aims"
)

// Stage is an audit by the certification body on the way to a certificate and
// through its three years (ISO/IEC 17021-1 9.1.3 and 9.3.1).
type Stage struct {
	Kind        aims.AuditKind
	Number      int // of a surveillance: the first or the second
	Framework   *aims.Framework
	Day         aims.Date // when it begins; zero while there is no date
	Latest      bool      // whether Day is the last day by the rules, not a planned one
	Audit       *aims.Audit
	Passed      bool
	Certificate *aims.Certificate // that it keeps up; nil before there is one
}

// Name returns what the stage is called: Stage 1, First surveillance.
func (s *Stage) Name() string {
	switch {
	case s.Kind == aims.StageOne:
		return "Stage 1"
	case s.Kind == aims.StageTwo:
		return "Stage 2"
	case s.Number == 1:
		return "First surveillance"
	case s.Number == 2:
		return "Second surveillance"
	}
	return "Recertification"
}

// Within returns the name as it stands within a sentence.
func (s *Stage) Within() string { return strings.ToLower(s.Name()) }

// Late reports whether the stage should have been passed before a day.
func (s *Stage) Late(asOf aims.Date) bool { return !s.Passed && !s.Day.IsZero() && s.Day.Before(asOf) }

// Journey is the way of an organization to certification.
type Journey struct {
	Framework *aims.Framework // that the way leads to a certificate of; nil if none can be had
	Stages    []Stage         // of this framework first, then of other certificates
}

// Next returns the stage that the organization has to be ready for: the first of
// the framework that is not passed. It is nil when there is none.
func (j *Journey) Next() *Stage {
	for i := range j.Stages {
		if s := &j.Stages[i]; s.Framework == j.Framework && !s.Passed {
			return s
		}
	}
	return nil
}

// Level says what has to be shown next: 1 documented information, 2 operation.
func (j *Journey) Level() int {
	if next := j.Next(); next == nil || next.Kind == aims.StageOne {
		return 1
	}
	return 2
}

// journey derives the stages from the certificates, the planned dates and the
// audits.
func (r *Report) journey() *Journey {
	j := &Journey{}
	for _, f := range r.Workspace.Frameworks {
		if f.Standard() {
			j.Framework = f
			break
		}
	}
	if j.Framework == nil {
		return j
	}
	certificate := r.certificate(j.Framework)
	if certificate == nil {
		planned := r.Organization.Certification
		if planned == (aims.Certification{}) {
			planned = r.Workspace.Certification
		}
		j.Stages = append(j.Stages, r.stage(aims.StageOne, j.Framework, planned.Stage1), r.stage(aims.StageTwo, j.Framework, planned.Stage2))
	}
	if certificate != nil {
		j.Stages = append(j.Stages, r.upkeep(certificate)...)
	}
	for _, f := range r.Workspace.Frameworks {
		if c := r.certificate(f); c != nil && f != j.Framework {
			j.Stages = append(j.Stages, r.upkeep(c)...)
		}
	}
	return j
}

// certificate returns the newest certificate for a framework that was issued by
// the as-of date.
func (r *Report) certificate(f *aims.Framework) *aims.Certificate {
	var newest *aims.Certificate
	for _, c := range r.Organization.Certificates {
		if c.Framework == f && !c.IssuedOn.After(r.AsOf) && (newest == nil || c.IssuedOn.After(newest.IssuedOn)) {
			newest = c
		}
	}
	return newest
}

// stage finds the audit of a stage. Without one the planned day counts.
func (r *Report) stage(kind aims.AuditKind, f *aims.Framework, planned aims.Date) Stage {
	s := Stage{Kind: kind, Framework: f, Day: planned}
	for _, a := range r.audits(kind, f) {
		s.Audit, s.Day = a, a.From
		s.Passed = r.passed(a)
		if s.Passed {
			break
		}
	}
	return s
}

// upkeep returns the audits that keep a certificate up: a surveillance within
// each of the first two years, and the audit for the next certificate before it
// expires.
func (r *Report) upkeep(c *aims.Certificate) []Stage {
	after := func(list []*aims.Audit) []*aims.Audit {
		return slices.DeleteFunc(list, func(a *aims.Audit) bool { return !a.From.After(c.IssuedOn) || a.From.After(c.ExpiresOn) })
	}
	surveillances := after(r.audits(aims.Surveillance, c.Framework))
	var list []Stage
	for n := 1; n <= 2; n++ {
		last := aims.Period{N: n, Unit: aims.Years}.After(c.IssuedOn)
		list = append(list, r.kept(Stage{Kind: aims.Surveillance, Number: n, Framework: c.Framework, Certificate: c}, surveillances, n-1, last))
	}
	again := after(r.audits(aims.Recertification, c.Framework))
	return append(list, r.kept(Stage{Kind: aims.Recertification, Framework: c.Framework, Certificate: c}, again, 0, c.ExpiresOn))
}

// kept fills a stage from the n-th audit of a list, or from the last day that
// the rules allow.
func (r *Report) kept(s Stage, audits []*aims.Audit, n int, last aims.Date) Stage {
	if n < len(audits) {
		s.Audit, s.Day, s.Passed = audits[n], audits[n].From, r.passed(audits[n])
		return s
	}
	s.Day, s.Latest = last, true
	return s
}

// audits returns the audits of a kind that are about a framework and this
// organization, the earliest first.
func (r *Report) audits(kind aims.AuditKind, f *aims.Framework) []*aims.Audit {
	var list []*aims.Audit
	for _, a := range r.Workspace.Audits {
		if a.Kind == kind && a.Of(f) && a.In(r.Organization) {
			list = append(list, a)
		}
	}
	slices.SortStableFunc(list, func(a, b *aims.Audit) int { return a.From.Compare(b.From) })
	return list
}

// passed reports whether an audit took place and none of its major findings is
// open.
func (r *Report) passed(a *aims.Audit) bool {
	return a.Done(r.AsOf) && !slices.ContainsFunc(r.Workspace.Findings, func(f *aims.Finding) bool {
		return f.Audit == a && f.Grade == aims.Major && f.Open(r.AsOf)
	})
}
