package oscal

import (
	"cmp"
	"slices"

	"annex/generator/aims"
)

// on returns the requirement that a finding is on: its own, or the first that
// its control serves. It is nil when there is none in a catalog of the export.
func (e *export) on(f *aims.Finding) *aims.Requirement {
	if f.Requirement != nil {
		if e.names.tokens[f.Requirement] == "" {
			return nil
		}
		return f.Requirement
	}
	if f.Control != nil {
		for _, q := range f.Control.Satisfies {
			if e.included(q) {
				return q
			}
		}
	}
	return nil
}

// raised returns the day of a finding; OSCAL wants one.
func (d *document) raised(f *aims.Finding) string {
	return cmp.Or(day(f.Raised), day(d.Report.AsOf))
}

func (d *document) findingUUID(f *aims.Finding) string {
	return d.names.record(aims.KindFinding, &f.Record)
}

func (d *document) observationUUID(f *aims.Finding) string {
	return d.names.uuid("observation", f.ID)
}

func (d *document) riskUUID(f *aims.Finding) string { return d.names.uuid("risk-of-finding", f.ID) }

// facts returns the properties of a finding.
func (d *document) facts(f *aims.Finding) props {
	d.saw(&f.Record)
	p := about(&f.Record)
	if f.Withheld != "" {
		return p
	}
	p.add("grade", string(f.Grade))
	p.day("raised", f.Raised)
	p.day("due", f.Due)
	if !f.Open(d.Report.AsOf) {
		p.day("closed", f.Closed)
	}
	if f.Overdue(d.Report.AsOf) {
		p.add("flag", "overdue")
	}
	if f.Owner != nil {
		p.add("owner", d.role(f.Owner))
	}
	if f.Control != nil && f.Control.Withheld == "" {
		p.add("control", f.Control.ID)
	}
	return p
}

// story returns what a finding says, in Markdown.
func (d *document) story(f *aims.Finding) string {
	if text := d.texts.prose(&f.Description); text != "" && f.Withheld == "" {
		return text
	}
	return line(f.Title, f.ID) + "."
}

// origins returns who found it, and in which audit.
func (d *document) origins(f *aims.Finding, plan bool) []origin {
	if f.Withheld != "" {
		return nil
	}
	o := origin{Actors: []actor{{Type: "party", UUID: d.organization()}}}
	if a := f.Audit; a != nil && a.Withheld == "" {
		o.Actors[0].UUID = d.team(a)
		if plan && slices.Contains(d.w.Audits, a) {
			o.Tasks = []relatedTask{{d.names.record(aims.KindAudit, &a.Record)}}
		}
	}
	return []origin{o}
}

// observed makes a finding an observation, which every finding of OSCAL rests on.
func (d *document) observed(f *aims.Finding) observation {
	o := observation{
		UUID: d.observationUUID(f), Title: line(f.Title, f.ID), Description: d.story(f), Props: d.facts(f),
		Methods: []string{"UNKNOWN"}, Types: []string{"finding"}, Origins: d.origins(f, true), Collected: d.raised(f),
	}
	if f.Withheld != "" {
		o.Collected = day(d.Report.AsOf)
		return o
	}
	if c := f.Control; c != nil && slices.Contains(d.w.Controls, c) {
		o.Subjects = append(o.Subjects, subject{d.names.record(aims.KindControl, &c.Record), "component", line(c.Title, c.ID)})
	}
	if p := f.About; p != nil && p.System != nil && slices.Contains(d.w.Systems(), p.System) {
		o.Subjects = append(o.Subjects, subject{d.names.record(aims.KindSystem, p.System.Record), "component", line(p.Title, p.ID)})
	}
	return o
}

// risk says what has to be done about a finding. There is none for what is only
// observed and calls for nothing.
func (d *document) risk(f *aims.Finding) (risk, bool) {
	open := f.Open(d.Report.AsOf)
	calls := f.Nonconformity() || f.CorrectiveAction != "" || f.Correction != "" || !f.Due.IsZero()
	if f.Withheld != "" || !calls {
		return risk{}, false
	}
	r := risk{
		UUID: d.riskUUID(f), Title: line(f.Title, f.ID), Description: d.story(f), Props: d.facts(f),
		Statement: cmp.Or(paragraphs(f.Cause), "The cause is not told yet."), Status: "open", Deadline: day(f.Due),
		Observations: []relatedObservation{{d.observationUUID(f)}},
	}
	lifecycle := "planned"
	switch {
	case !open:
		r.Status, lifecycle = "closed", "completed"
		r.Log = &riskLog{[]riskEntry{{
			UUID: d.names.uuid("closed", f.ID), Title: "Closed", Description: paragraphs(f.Effectiveness), Start: cmp.Or(day(f.Closed), day(d.Report.AsOf)), Status: "closed",
		}}}
	case f.CorrectiveAction != "" || f.Correction != "":
		r.Status = "remediating"
	}
	for _, x := range []struct{ title, text string }{{"Correction", f.Correction}, {"Corrective action", f.CorrectiveAction}} {
		if plain(x.text) != "" {
			r.Remediations = append(r.Remediations, remediation{
				UUID: d.names.uuid("remediation", f.ID, x.title), Lifecycle: lifecycle, Title: x.title, Description: paragraphs(x.text),
			})
		}
	}
	return r, true
}

// finding makes a finding one of OSCAL. One that is on no requirement stays an
// observation with its risk, for OSCAL wants to know the statement it is on.
func (d *document) finding(f *aims.Finding) (finding, bool) {
	q := d.on(f)
	if q == nil || f.Withheld != "" {
		return finding{}, false
	}
	x := finding{
		UUID: d.findingUUID(f), Title: line(f.Title, f.ID), Description: d.story(f), Props: d.facts(f), Origins: d.origins(f, true),
		Target:       target{Type: "statement-id", ID: d.statementOf(q), Title: line(q.Ref+" "+q.Title, q.Ref), Status: d.standing(f)},
		Observations: []relatedObservation{{d.observationUUID(f)}},
	}
	if _, ok := d.risk(f); ok {
		x.Risks = []relatedRisk{{d.riskUUID(f)}}
	}
	return x, true
}

// statementOf returns the id of the part that holds what an entry asks.
func (e *export) statementOf(q *aims.Requirement) string {
	if q.Assessable() {
		return statementID(e.names.tokens[q])
	}
	return e.names.tokens[q] + "_ovw"
}

// standing says whether a requirement is met as far as a finding goes. Only a
// nonconformity says that it is not, as long as it is open.
func (d *document) standing(f *aims.Finding) targetStatus {
	switch {
	case !f.Nonconformity():
		return targetStatus{State: "satisfied", Reason: "other"}
	case f.Open(d.Report.AsOf):
		return targetStatus{State: "not-satisfied", Reason: "fail"}
	}
	return targetStatus{State: "satisfied", Reason: "pass"}
}
