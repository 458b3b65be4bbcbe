package export

import (
	"annex/generator/aims"
	"annex/generator/readiness"
	"annex/generator/spreadsheet"
)

// identity is the columns that lists of records begin with.
func identity[T headed](what string) []column[T] {
	return []column[T]{
		told("Id", func(r T) string { return r.Head().ID }),
		text(what, "title", func(r T) string { return r.Head().Title }),
	}
}

// ending is the columns that lists of records end with.
func ending[T headed]() []column[T] {
	return []column[T]{
		chosen("Classification", "classification", aims.Classifications(), func(r T) aims.Classification { return r.Head().Classification }).or(string(aims.Confidential)),
		told("Project", func(r T) string { return r.Head().Project.ID }),
	}
}

// around puts the columns of a kind between those that all kinds have.
func around[T headed](what string, own ...column[T]) []column[T] {
	return append(append(identity[T](what), own...), ending[T]()...)
}

func (x *lister) controls() List {
	status := x.Report.Control
	type c = *aims.Control
	return list(List{Kind: aims.KindControl}, x.w.Controls, around("Control",
		requirements("Satisfies", "satisfies", func(r c) []*aims.Requirement { return r.Satisfies }),
		chosen("Level", "level", aims.Levels(), func(r c) aims.Level { return r.Level }).or(string(aims.LevelOrganization)),
		one("Owner", "owner", x.w.Roles, func(r c) *aims.Role { return r.Owner }),
		many("Responsible", "responsible", func(r c) []*aims.Role { return r.Responsible }),
		many("Consulted", "consulted", func(r c) []*aims.Role { return r.Consulted }),
		many("Informed", "informed", func(r c) []*aims.Role { return r.Informed }),
		chosen("Status", "status", aims.Statuses(), func(r c) aims.Status { return r.Status }),
		day("Due", "due", func(r c) aims.Date { return r.Due }),
		day("Implemented on", "implemented_on", func(r c) aims.Date { return r.ImplementedOn }),
		text("Cadence", "cadence", func(r c) string { return r.Cadence.String() }),
		many("Documents", "documents", func(r c) []*aims.Document { return r.Documents }),
		many("Risks treated", "risks", func(r c) []*aims.Risk { return r.Risks }),
		many("AI systems", "systems", func(r c) []*aims.System { return r.Systems }),
		text("Description", "description", func(r c) string { return x.prose(&r.Description) }),
		shown("State", func(r c) spreadsheet.Cell { return state(status(r).State) }),
		dated("Last performed", func(r c) aims.Date { return status(r).LastOn() }),
		dated("Next due", func(r c) aims.Date { return status(r).NextDue() }),
		counted("Evidence in force", func(r c) int { return len(status(r).InForce()) }),
		told("Flags", func(r c) string { return flags(status(r).Flags) }),
	))
}

// executions is each performance of a control.
func (x *lister) executions() List {
	var all []*aims.Execution
	for _, c := range x.w.Controls {
		all = append(all, c.Executions...)
	}
	type e = *aims.Execution
	return rows(List{Sheet: "Performances"}, all, nil, []column[e]{
		told("Control", func(r e) string { return r.Control.Title }),
		told("Id", func(r e) string { return r.Control.ID }),
		dated("On", func(r e) aims.Date { return r.On }),
		told("AI system", func(r e) string { return title(r.System) }),
		told("By", func(r e) string { return title(r.By) }),
		shown("Result", func(r e) spreadsheet.Cell {
			return spreadsheet.Status(string(r.Result), map[aims.Result]spreadsheet.Tone{aims.Effective: spreadsheet.Good, aims.PartlyEffective: spreadsheet.Partial, aims.Ineffective: spreadsheet.Bad}[r.Result])
		}),
		told("Evidence", func(r e) string { return titles(r.Evidence) }),
		told("Note", func(r e) string { return r.Note }),
	})
}

func (x *lister) evidence() List {
	type e = *aims.Evidence
	return list(List{Kind: aims.KindEvidence}, x.w.Evidence, around("Evidence",
		text("File", "file", x.file),
		text("Link", "url", func(r e) string { return r.URL }),
		text("Note", "note", func(r e) string { return r.Note }),
		day("Effective", "effective", func(r e) aims.Date { return r.Effective }),
		day("Expires", "expires", func(r e) aims.Date { return r.Expires }),
		one("Owner", "owner", x.w.Roles, func(r e) *aims.Role { return r.Owner }),
		many("Shows without a performance", "controls", func(r e) []*aims.Control { return r.Direct }),
		text("Description", "description", func(r e) string { return x.prose(&r.Description) }),
		shown("State", func(r e) spreadsheet.Cell { return force(r, x.Report.AsOf) }),
		told("Shows controls", func(r e) string { return titles(x.w.ControlsShownBy(r)) }),
		shown("Bytes", func(r e) spreadsheet.Cell { return size(r) }),
		told("SHA-256", func(r e) string { return r.SHA256 }),
	))
}

// file returns where the file of a piece of evidence is: in the workspace, or for
// an audience, which does not have that, in what it has.
func (x *lister) file(e *aims.Evidence) string {
	switch {
	case e.File != "" && x.Place != nil:
		return x.Place(e)
	case e.File != "" && x.w.Cut != nil:
		return x.root() + e.Place()
	}
	return value(e, "file")
}

// value returns a field as it stands in the files.
func value(r interface{ Fields() []aims.Field }, name string) string {
	for _, f := range r.Fields() {
		if f.Name == name {
			return f.Value
		}
	}
	return ""
}

func size(e *aims.Evidence) spreadsheet.Cell {
	if e.File == "" {
		return spreadsheet.Cell{}
	}
	return spreadsheet.Number(e.Size)
}

// force says whether evidence is in force.
func force(e *aims.Evidence, asOf aims.Date) spreadsheet.Cell {
	switch {
	case e.Expired(asOf):
		return spreadsheet.Status("expired", spreadsheet.Bad)
	case e.ExpiresWithin(asOf, readiness.ExpiringDays):
		return spreadsheet.Status("expiring", spreadsheet.Partial)
	case e.Current(asOf):
		return spreadsheet.Status("in force", spreadsheet.Good)
	}
	return spreadsheet.Status("not yet", spreadsheet.Ahead)
}

func (x *lister) risks() List {
	type r = *aims.Risk
	accept := x.Report.Organization.AcceptUpTo
	return list(List{Kind: aims.KindRisk}, x.w.Risks, around("Risk",
		text("Description", "description", func(r r) string { return x.prose(&r.Description) }),
		one("Owner", "owner", x.w.Roles, func(r r) *aims.Role { return r.Owner }),
		chosenMany("Affects", "affects", aims.AffectedGroups(), func(r r) []aims.Affected { return r.Affects }),
		many("AI systems", "systems", func(r r) []*aims.System { return r.Systems }),
		grade("Likelihood", "likelihood", func(r r) int { return r.Likelihood }),
		grade("Impact", "impact", func(r r) int { return r.Impact }),
		chosen("Treatment", "treatment", aims.Treatments(), func(r r) aims.Treatment { return r.Treatment }),
		grade("Likelihood after treatment", "residual_likelihood", func(r r) int { return r.ResidualLikelihood }),
		grade("Impact after treatment", "residual_impact", func(r r) int { return r.ResidualImpact }),
		chosen("Status", "status", aims.RiskStatuses(), func(r r) aims.RiskStatus { return r.Status }),
		one("Accepted by", "accepted_by", x.w.Roles, func(r r) *aims.Role { return r.AcceptedBy }),
		day("Accepted on", "accepted_on", func(r r) aims.Date { return r.AcceptedOn }),
		day("Assessed on", "assessed_on", func(r r) aims.Date { return r.AssessedOn }),
		day("Next review", "next_review", func(r r) aims.Date { return r.NextReview }),
		shown("Score", func(r r) spreadsheet.Cell { return positive(r.Score()) }),
		shown("Score after treatment", func(r r) spreadsheet.Cell { return positive(r.ResidualScore()) }),
		shown("Against the criteria", func(r r) spreadsheet.Cell {
			switch {
			case accept == 0 || r.ResidualScore() == 0:
				return spreadsheet.Cell{}
			case r.ResidualScore() > accept:
				return spreadsheet.Status("above criteria", spreadsheet.Bad)
			}
			return spreadsheet.Status("within criteria", spreadsheet.Good)
		}),
		told("Controls", func(r r) string { return titles(x.w.ControlsTreating(r)) }),
	))
}

func (x *lister) findings() List {
	type f = *aims.Finding
	asOf := x.Report.AsOf
	return list(List{Kind: aims.KindFinding}, x.w.Findings, around("Finding",
		one("Audit", "audit", x.w.Audits, func(r f) *aims.Audit { return r.Audit }),
		chosen("Grade", "grade", aims.Grades(), func(r f) aims.Grade { return r.Grade }),
		keyed("Requirement", "requirement", TextForm, nil, func(r f) spreadsheet.Cell {
			if r.Requirement == nil {
				return spreadsheet.Cell{}
			}
			return spreadsheet.Text(r.Requirement.String())
		}),
		one("Control", "control", x.w.Controls, func(r f) *aims.Control { return r.Control }),
		one("About project", "project", x.w.Projects, func(r f) *aims.Project { return r.About }),
		one("Owner", "owner", x.w.Roles, func(r f) *aims.Role { return r.Owner }),
		day("Raised", "raised", func(r f) aims.Date { return r.Raised }),
		day("Due", "due", func(r f) aims.Date { return r.Due }),
		text("Description", "description", func(r f) string { return x.prose(&r.Description) }),
		text("Cause", "cause", func(r f) string { return r.Cause }),
		text("Correction", "correction", func(r f) string { return r.Correction }),
		text("Corrective action", "corrective_action", func(r f) string { return r.CorrectiveAction }),
		text("Effectiveness", "effectiveness", func(r f) string { return r.Effectiveness }),
		day("Effect checked on", "effectiveness_on", func(r f) aims.Date { return r.EffectivenessOn }),
		day("Closed", "closed", func(r f) aims.Date { return r.Closed }),
		shown("State", func(r f) spreadsheet.Cell { return standing(r.Open(asOf), r.Overdue(asOf)) }),
		counted("Age in days", func(r f) int { return r.Age(asOf) }),
	))
}

// standing says whether something that has to be done is done.
func standing(open, overdue bool) spreadsheet.Cell {
	switch {
	case overdue:
		return spreadsheet.Status("overdue", spreadsheet.Bad)
	case open:
		return spreadsheet.Status("open", spreadsheet.Partial)
	}
	return spreadsheet.Status("closed", spreadsheet.Good)
}
