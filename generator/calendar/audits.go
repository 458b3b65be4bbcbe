package calendar

import (
	"cmp"
	"strings"

	"annex/generator/aims"
	"annex/generator/readiness"
)

// audits finds the audits that are planned, by whichever side (clause 9.2).
func audits(r *readiness.Report, add func(Event)) {
	for _, a := range r.Workspace.Audits {
		if a.Status != aims.AuditPlanned {
			continue
		}
		e := about(aims.KindAudit, &a.Record, nil)
		e.Day, e.Last = cmp.Or(a.From, a.To), cmp.Or(a.To, a.From)
		e.Title = "The audit " + quote(a.Title) + " takes place"
		e.Help = "Have records and people ready. After it set status to done, and record its findings."
		if a.Auditor != "" {
			e.Help += " The auditor is " + strings.TrimRight(a.Auditor, ".") + "."
		}
		add(e)
	}
}

// stages finds the planned days of the two stages of certification. A stage
// whose audit is recorded for that day, or is done, is left to the audit.
func stages(r *readiness.Report, add func(Event)) {
	planned, class := r.Organization.Certification, r.Organization.Classification
	if planned == (aims.Certification{}) {
		planned, class = r.Workspace.Certification, r.Workspace.Site.Classification
	}
	for _, s := range []struct {
		kind        aims.AuditKind
		day         aims.Date
		title, help string
	}{
		{"stage-1", planned.Stage1, "Stage 1 of the certification begins", "Have the documented information approved and at hand."},
		{"stage-2", planned.Stage2, "Stage 2 of the certification begins", "Have evidence current, audits and the management review done, and actions on findings taken."},
	} {
		if recorded(r, s.kind, s.day) {
			continue
		}
		if planned.Body != "" {
			s.help += " The certification body is " + strings.TrimRight(planned.Body, ".") + "."
		}
		add(Event{ID: string(s.kind), Day: s.day, Title: s.title, Help: s.help, Project: r.Organization, Classification: class})
	}
}

// recorded reports whether there is an audit of a kind that took place or that
// is planned for a day.
func recorded(r *readiness.Report, kind aims.AuditKind, day aims.Date) bool {
	for _, a := range r.Workspace.Audits {
		if a.Kind != kind {
			continue
		}
		if a.Status == aims.AuditDone && !a.To.After(r.AsOf) {
			return true
		}
		if a.Status == aims.AuditPlanned && !day.Before(cmp.Or(a.From, a.To)) && !day.After(cmp.Or(a.To, a.From)) {
			return true
		}
	}
	return false
}
