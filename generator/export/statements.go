package export

import (
	"strings"

	"annex/generator/aims"
	"annex/generator/readiness"
	"annex/generator/soa"
	"annex/generator/spreadsheet"
)

// statement is the Statement of Applicability for one framework. What the
// organization decided can be written back; what its AI systems decided, and how
// a reference control is met, is derived.
func (x *lister) statement(s *soa.Statement) List {
	blank := &aims.Decision{}
	decision := func(r soa.Row) *aims.Decision {
		if d := r.Applies.Organization; d != nil {
			return d
		}
		return blank
	}
	of := func(r soa.Row) (string, *aims.Record) {
		if d := r.Applies.Organization; d != nil {
			return r.Requirement.Ref, &d.Record
		}
		return r.Requirement.Ref, nil
	}
	l := List{Sheet: "SoA " + s.Framework.ID, Kind: aims.KindDecision, Within: s.Framework.ID}
	return rows(l, s.Rows, of, []column[soa.Row]{
		told("Control", func(r soa.Row) string { return r.Requirement.Ref }),
		told("Title", func(r soa.Row) string { return r.Requirement.Title }),
		yesNo("Applicable", "applicable", func(r soa.Row) (bool, bool) { d := decision(r); return d.Applicable, d.Decided }),
		chosenMany("Reasons", "reasons", aims.Reasons(), func(r soa.Row) []aims.Reason { return decision(r).Reasons }),
		text("Justification", "justification", func(r soa.Row) string { return decision(r).Justification }),
		chosen("Basis of an exclusion", "basis", aims.Bases(), func(r soa.Row) aims.Basis { return decision(r).Basis }),
		one("Owner", "owner", x.w.Roles, func(r soa.Row) *aims.Role { return decision(r).Owner }),
		one("Decided by", "decided_by", x.w.Roles, func(r soa.Row) *aims.Role { return decision(r).DecidedBy }),
		day("Decided on", "decided_on", func(r soa.Row) aims.Date { return decision(r).DecidedOn }),
		shown("Applies", applies),
		told("Needed by AI systems", neededBy),
		shown("State", func(r soa.Row) spreadsheet.Cell { return state(r.Status.State) }),
		told("Met by controls", func(r soa.Row) string { return titles(r.Controls) }),
		told("Met by documents", func(r soa.Row) string { return titles(r.Documents) }),
		told("Accountable", func(r soa.Row) string { return titles(r.Owners) }),
		told("Risks treated", func(r soa.Row) string { return titles(r.Risks) }),
		told("AI systems", func(r soa.Row) string { return titles(r.Systems) }),
		counted("Evidence in force", func(r soa.Row) int { return r.Evidence }),
		dated("Newest evidence", func(r soa.Row) aims.Date { return r.Newest }),
	})
}

// applies says what all projects of the organization decide together.
func applies(r soa.Row) spreadsheet.Cell {
	switch a := r.Applies; {
	case a.Contradicted():
		return spreadsheet.Status("contradiction", spreadsheet.Bad)
	case !a.Decided:
		return spreadsheet.Status("undecided", spreadsheet.Plain)
	case a.Applicable:
		return spreadsheet.Text(Yes)
	}
	return spreadsheet.Status("excluded", spreadsheet.Off)
}

func neededBy(r soa.Row) string {
	var list []string
	for _, d := range r.Applies.Systems {
		text := d.Project.Title
		if d.Justification != "" {
			text += ": " + trimmed(d.Justification)
		}
		list = append(list, text)
	}
	return strings.Join(list, "\n")
}

// additional is the controls of the organization's own beside those of a
// framework.
func (x *lister) additional(s *soa.Statement) List {
	l := List{Sheet: "Additional " + s.Framework.ID}
	return rows(l, s.Additional, nil, []column[soa.Additional]{
		told("Control", func(a soa.Additional) string { return a.Control.Control.Title }),
		told("Id", func(a soa.Additional) string { return a.Control.Control.ID }),
		shown("State", func(a soa.Additional) spreadsheet.Cell { return state(a.Control.State) }),
		told("Owner", func(a soa.Additional) string { return title(a.Control.Control.Owner) }),
		told("Risks treated", func(a soa.Additional) string { return titles(a.Control.Control.Risks) }),
		counted("Evidence in force", func(a soa.Additional) int { return a.Evidence }),
		dated("Newest evidence", func(a soa.Additional) aims.Date { return a.Newest }),
	})
}

// systemDecisions is what AI system projects decide for themselves.
func (x *lister) systemDecisions() List {
	var own []*aims.Decision
	for _, d := range x.w.Decisions {
		if d.Project.System != nil {
			own = append(own, d)
		}
	}
	l := List{}
	return rows(l, own, nil, []column[*aims.Decision]{
		told("AI system", func(d *aims.Decision) string { return d.Project.Title }),
		told("Reference control", func(d *aims.Decision) string { return d.Requirement.String() }),
		told("Title", func(d *aims.Decision) string { return d.Requirement.Title }),
		told("Applicable", func(d *aims.Decision) string {
			switch {
			case !d.Decided:
				return "undecided"
			case d.Applicable:
				return Yes
			}
			return No
		}),
		told("Reasons", func(d *aims.Decision) string { return Joined(stringsOf(d.Reasons)) }),
		told("Justification", func(d *aims.Decision) string { return trimmed(d.Justification) }),
		told("Basis of an exclusion", func(d *aims.Decision) string { return string(d.Basis) }),
		told("Owner", func(d *aims.Decision) string { return title(d.Owner) }),
		dated("Decided on", func(d *aims.Decision) aims.Date { return d.DecidedOn }),
	})
}

// requirements is how each requirement of a framework stands.
func (x *lister) requirements(f *readiness.Framework) List {
	l := List{Sheet: "Req " + f.Framework.ID}
	return rows(l, f.Requirements, nil, []column[*readiness.Requirement]{
		told("Requirement", func(q *readiness.Requirement) string { return q.Requirement.Ref }),
		told("Title", func(q *readiness.Requirement) string { return q.Requirement.Title }),
		told("Below", func(q *readiness.Requirement) string { return below(q.Requirement) }),
		shown("State", func(q *readiness.Requirement) spreadsheet.Cell { return state(q.State) }),
		told("Controls", func(q *readiness.Requirement) string { return controlTitles(q.Controls) }),
		told("Documents", func(q *readiness.Requirement) string { return titles(q.Documents) }),
		counted("Evidence in force", func(q *readiness.Requirement) int { return len(readiness.InForce(q.Controls)) }),
		told("Open findings", func(q *readiness.Requirement) string { return titles(q.Findings) }),
		told("Audited by", func(q *readiness.Requirement) string { return title(q.Audit) }),
		told("Flags", func(q *readiness.Requirement) string { return flags(q.Flags) }),
		told("What it asks, in our words", func(q *readiness.Requirement) string { return q.Requirement.Asks }),
	})
}

// below names the headings over a requirement, the highest first.
func below(q *aims.Requirement) string {
	var names []string
	for up := q.Parent; up != nil; up = up.Parent {
		names = append([]string{up.Ref + " " + up.Title}, names...)
	}
	return strings.Join(names, " / ")
}

func controlTitles(list []*readiness.Control) string {
	controls := make([]*aims.Control, len(list))
	for i, c := range list {
		controls[i] = c.Control
	}
	return titles(controls)
}

// flags says what needs attention, each with its day.
func flags(list []readiness.Flag) string {
	lines := make([]string, len(list))
	for i, f := range list {
		lines[i] = string(f.Kind)
		if !f.Date.IsZero() {
			lines[i] += " " + f.Date.String()
		}
	}
	return strings.Join(lines, "\n")
}
