package export

import (
	"annex/generator/aims"
	"annex/generator/spreadsheet"
)

func (x *lister) documents() List {
	type d = *aims.Document
	tones := map[aims.DocumentStatus]spreadsheet.Tone{aims.Approved: spreadsheet.Good, aims.InReview: spreadsheet.Partial, aims.Draft: spreadsheet.Ahead, aims.Retired: spreadsheet.Off}
	return list(List{}, x.w.Documents, []column[d]{
		told("Document", func(r d) string { return r.Title }),
		told("Id", func(r d) string { return r.ID }),
		told("Kind", func(r d) string { return string(r.Kind) }),
		shown("Status", func(r d) spreadsheet.Cell { return spreadsheet.Status(string(r.Status), tones[r.Status]) }),
		told("Version", func(r d) string { return r.Version }),
		told("Owner", func(r d) string { return title(r.Owner) }),
		told("Approved by", func(r d) string { return title(r.ApprovedBy) }),
		dated("Approved on", func(r d) aims.Date { return r.ApprovedOn }),
		dated("Next review", func(r d) aims.Date { return r.NextReview }),
		shown("Review", func(r d) spreadsheet.Cell {
			if r.ReviewOverdue(x.Report.AsOf) {
				return spreadsheet.Status("overdue", spreadsheet.Bad)
			}
			return spreadsheet.Cell{}
		}),
		told("Satisfies", func(r d) string { return refs(r.Satisfies) }),
		told("Classification", func(r d) string { return string(r.Classification) }),
		told("Project", func(r d) string { return r.Project.Title }),
	})
}

func (x *lister) systems() List {
	type s = *aims.System
	asOf := x.Report.AsOf
	return list(List{}, x.w.Systems(), []column[s]{
		told("AI system", func(r s) string { return r.Title }),
		told("Id", func(r s) string { return r.ID }),
		told("Our role", func(r s) string { return Joined(stringsOf(r.Roles)) }),
		told("Risk class", func(r s) string { return string(r.RiskClass) }),
		told("Rests on", func(r s) string { return refs(r.Grounds) }),
		told("Stage", func(r s) string { return string(r.Stage) }),
		told("Owner", func(r s) string { return title(r.Owner) }),
		told("Purpose", func(r s) string { return x.plain(&r.Purpose) }),
		dated("Deployed on", func(r s) aims.Date { return r.DeployedOn }),
		dated("Retired on", func(r s) aims.Date { return r.RetiredOn }),
		counted("Controls at work", func(r s) int { return x.Report.System(r).AtWork() }),
		counted("Controls in all", func(r s) int { return len(x.Report.System(r).Runs) }),
		counted("Duties met", func(r s) int { met, _ := x.Report.System(r).Met(asOf); return met }),
		counted("Duties that apply", func(r s) int { _, due := x.Report.System(r).Met(asOf); return due }),
		told("Impact assessment", func(r s) string { return title(r.ImpactAssessment) }),
		dated("Its next review", func(r s) aims.Date { return r.ImpactReview }),
		told("Classification", func(r s) string { return string(r.Classification) }),
	})
}

func (x *lister) objectives() List {
	type o = *aims.Objective
	asOf := x.Report.AsOf
	return list(List{}, x.w.Objectives, []column[o]{
		told("Objective", func(r o) string { return r.Title }),
		told("Id", func(r o) string { return r.ID }),
		told("Measure", func(r o) string { return r.Measure }),
		told("Direction", func(r o) string { return string(r.Direction) }),
		shown("Target", func(r o) spreadsheet.Cell { return unless(r.Withheld, r.Target) }),
		told("Unit", func(r o) string { return r.Unit }),
		shown("Latest value", func(r o) spreadsheet.Cell {
			if m, ok := r.Latest(asOf); ok {
				return unless(r.Withheld, m.Value)
			}
			return spreadsheet.Cell{}
		}),
		dated("Measured on", func(r o) aims.Date { m, _ := r.Latest(asOf); return m.On }),
		shown("Against the target", func(r o) spreadsheet.Cell {
			switch m, ok := r.Latest(asOf); {
			case !ok:
				return spreadsheet.Status("not measured", spreadsheet.Plain)
			case r.Meets(m.Value):
				return spreadsheet.Status("on target", spreadsheet.Good)
			}
			return spreadsheet.Status("off target", spreadsheet.Bad)
		}),
		told("Status", func(r o) string { return string(r.Status) }),
		dated("Due", func(r o) aims.Date { return r.Due }),
		told("Owner", func(r o) string { return title(r.Owner) }),
		told("Serves", func(r o) string { return refs(r.Satisfies) }),
	})
}

// unless returns a number, or that it is withheld.
func unless(withheld string, n float64) spreadsheet.Cell {
	if withheld != "" {
		return spreadsheet.Text("withheld (" + withheld + ")")
	}
	return spreadsheet.Number(n)
}

func (x *lister) roles() List {
	controls, documents, risks := map[*aims.Role]int{}, map[*aims.Role]int{}, map[*aims.Role]int{}
	for _, c := range x.w.Controls {
		controls[c.Owner]++
	}
	for _, d := range x.w.Documents {
		documents[d.Owner]++
	}
	for _, r := range x.w.Risks {
		risks[r.Owner]++
	}
	type r = *aims.Role
	return list(List{}, x.w.Roles, []column[r]{
		told("Role", func(r r) string { return r.Title }),
		told("Id", func(r r) string { return r.ID }),
		told("Person", func(r r) string { return r.Person }),
		told("Deputy", func(r r) string { return title(r.Deputy) }),
		counted("Accountable for controls", func(r r) int { return controls[r] }),
		counted("Owns documents", func(r r) int { return documents[r] }),
		counted("Owns risks", func(r r) int { return risks[r] }),
		told("Description", func(r r) string { return x.plain(&r.Description) }),
	})
}

func (x *lister) parties() List {
	type p = *aims.Party
	return list(List{}, x.w.Parties, []column[p]{
		told("Party", func(r p) string { return r.Title }),
		told("Id", func(r p) string { return r.ID }),
		told("Kind", func(r p) string { return string(r.Kind) }),
		told("Expectations", func(r p) string { return x.plain(&r.Expectations) }),
		shown("Addressed", func(r p) spreadsheet.Cell {
			if r.Addressed {
				return spreadsheet.Status(Yes, spreadsheet.Good)
			}
			return spreadsheet.Text(No)
		}),
		told("How", func(r p) string { return trimmed(r.How) }),
	})
}

func (x *lister) audits() List {
	type a = *aims.Audit
	return list(List{}, x.w.Audits, []column[a]{
		told("Audit", func(r a) string { return r.Title }),
		told("Id", func(r a) string { return r.ID }),
		told("Kind", func(r a) string { return string(r.Kind) }),
		shown("Status", func(r a) spreadsheet.Cell {
			return spreadsheet.Status(string(r.Status), map[aims.AuditStatus]spreadsheet.Tone{aims.AuditDone: spreadsheet.Good, aims.AuditPlanned: spreadsheet.Ahead}[r.Status])
		}),
		dated("From", func(r a) aims.Date { return r.From }),
		dated("To", func(r a) aims.Date { return r.To }),
		told("Auditor", func(r a) string { return r.Auditor }),
		told("Independence", func(r a) string { return trimmed(r.Independence) }),
		told("Criteria", func(r a) string { return refs(r.Criteria) }),
		told("Frameworks", func(r a) string { return value(r, "frameworks") }),
		told("Projects", func(r a) string { return titles(r.Projects) }),
		told("Sample", func(r a) string { return trimmed(r.Sample) }),
		told("Summary", func(r a) string { return x.plain(&r.Summary) }),
		told("Report", func(r a) string { return title(r.Report) }),
	})
}

func (x *lister) reviews() List {
	type r = *aims.Review
	return list(List{}, x.w.Reviews, []column[r]{
		told("Review", func(r r) string { return r.Title }),
		told("Id", func(r r) string { return r.ID }),
		dated("Held on", func(r r) aims.Date { return r.HeldOn }),
		told("Chair", func(r r) string { return title(r.Chair) }),
		told("Attendees", func(r r) string { return titles(r.Attendees) }),
		told("Minutes", func(r r) string { return title(r.Minutes) }),
		counted("Inputs", func(r r) int { return len(r.Inputs) }),
		counted("Decisions", func(r r) int { return len(r.Decisions) }),
		counted("Actions", func(r r) int { return len(r.Actions) }),
	})
}

func (x *lister) signoffs() List {
	type s = *aims.Signoff
	return list(List{}, x.w.Signoffs, []column[s]{
		told("Signoff", func(r s) string { return r.Title }),
		told("Id", func(r s) string { return r.ID }),
		told("What", func(r s) string {
			if r.Signed.IsZero() {
				return r.Subject
			}
			return r.Signed.Title()
		}),
		told("By", func(r s) string { return title(r.By) }),
		dated("On", func(r s) aims.Date { return r.On }),
		told("Decision", func(r s) string { return string(r.Decision) }),
		shown("Since then", func(r s) spreadsheet.Cell {
			switch {
			case len(r.Changed(x.w)) > 0:
				return spreadsheet.Status("changed", spreadsheet.Bad)
			case len(r.Marks) > 0:
				return spreadsheet.Status("unchanged", spreadsheet.Good)
			}
			return spreadsheet.Text("not fixed by a digest")
		}),
		told("Statement", func(r s) string { return trimmed(r.Statement) }),
	})
}
