package audience

import "annex/generator/aims"

// Each function here copies one kind of record. What a stand-in keeps stands in
// the list below the question whether it is one; relations and texts follow for
// both, and c.words and c.prose know what to say.

func (c *cutter) document(x *aims.Document) aims.Document {
	y := *x
	if c.why[&x.Record] != "" {
		y = aims.Document{Kind: x.Kind, Status: x.Status, ApprovedOn: x.ApprovedOn, NextReview: x.NextReview}
	}
	y.Record = c.head(aims.KindDocument, &x.Record)
	y.Owner, y.ApprovedBy = twin(c, x.Owner), twin(c, x.ApprovedBy)
	y.Version = c.words(&x.Record, x.Version)
	y.Satisfies = c.wanted(x.Satisfies)
	y.Impact = c.impact(x)
	y.Body = c.prose(&x.Record, x.Body)
	return y
}

func (c *cutter) impact(d *aims.Document) *aims.Impact {
	x, r := d.Impact, &d.Record
	if x == nil {
		return nil
	}
	y := &aims.Impact{
		System: twin(c, x.System), AssessedOn: x.AssessedOn, Assessors: twins(c, x.Assessors),
		IntendedUse: c.words(r, x.IntendedUse), Misuse: c.words(r, x.Misuse), Environment: c.words(r, x.Environment),
		Data: c.words(r, x.Data), Model: c.words(r, x.Model), Parties: c.words(r, x.Parties), Conclusion: c.words(r, x.Conclusion),
		Origin: c.at(aims.KindDocument, r, x.Origin),
	}
	for _, e := range x.Effects {
		y.Effects = append(y.Effects, aims.Effect{
			On: e.On, Harm: e.Harm, Text: c.words(r, e.Text), Likelihood: e.Likelihood, Severity: e.Severity,
			Controls: twins(c, e.Controls), Origin: c.at(aims.KindDocument, r, e.Origin),
		})
	}
	return y
}

func (c *cutter) control(x *aims.Control) aims.Control {
	y := *x
	if c.why[&x.Record] != "" {
		y = aims.Control{Level: x.Level, Status: x.Status, Due: x.Due, ImplementedOn: x.ImplementedOn, Cadence: x.Cadence}
	}
	y.Record = c.head(aims.KindControl, &x.Record)
	y.Satisfies = c.wanted(x.Satisfies)
	y.Owner, y.Responsible = twin(c, x.Owner), twins(c, x.Responsible)
	y.Consulted, y.Informed = twins(c, x.Consulted), twins(c, x.Informed)
	y.Documents, y.Risks, y.Systems = twins(c, x.Documents), twins(c, x.Risks), twins(c, x.Systems)
	y.Description = c.prose(&x.Record, x.Description)
	y.Executions = nil
	for i, e := range x.Executions {
		y.Executions = append(y.Executions, c.execution(x, i, e))
	}
	return y
}

func (c *cutter) execution(of *aims.Control, i int, x *aims.Execution) *aims.Execution {
	y := twin(c, x)
	*y = aims.Execution{
		Control: twin(c, of), On: x.On, By: twin(c, x.By), Result: x.Result, Evidence: twins(c, x.Evidence),
		System: twin(c, x.System), Note: say(c.withheldExecution(x), x.Note), Origin: c.at(aims.KindControl, &of.Record, x.Origin),
	}
	if c.withhold {
		y.Origin.Pos.Filename = nth(y.Origin.Pos.Filename, i) // executions of several files may stand on the same line
	}
	return y
}

func (c *cutter) decision(x *aims.Decision) aims.Decision {
	y := *x
	if c.why[&x.Record] != "" {
		y = aims.Decision{
			Requirement: x.Requirement, Decided: x.Decided, Applicable: x.Applicable,
			Reasons: x.Reasons, Basis: x.Basis, DecidedOn: x.DecidedOn,
		}
	}
	y.Record = c.head(aims.KindDecision, &x.Record)
	y.Justification = c.words(&x.Record, x.Justification)
	y.Owner, y.DecidedBy = twin(c, x.Owner), twin(c, x.DecidedBy)
	return y
}

// decided returns the decisions on requirements that go along.
func (c *cutter) decided() []*aims.Decision {
	var list []*aims.Decision
	for _, d := range c.Before.Decisions {
		if c.audience.Wants(d.Requirement.Framework) {
			list = append(list, d)
		}
	}
	return list
}

// evidence keeps the digest of a file that does not go along: it lets a reader
// tell whether a file that is shown on the spot is the one that was recorded.
func (c *cutter) evidence(x *aims.Evidence) aims.Evidence {
	y := *x
	if c.why[&x.Record] != "" {
		y = aims.Evidence{Effective: x.Effective, Expires: x.Expires}
		if x.File != "" {
			c.files++
		}
	}
	y.Record = c.head(aims.KindEvidence, &x.Record)
	y.Owner, y.Direct = twin(c, x.Owner), twins(c, x.Direct)
	y.Description = c.prose(&x.Record, x.Description)
	if y.File != "" && (!c.audience.Evidence || c.hidden[y.File]) {
		y.File, y.Size, y.Apart = "", 0, true
		c.files++
		if c.hidden[x.File] {
			y.SHA256 = "" // another record of the same file is withheld
		}
	}
	return y
}

func (c *cutter) risk(x *aims.Risk) aims.Risk {
	y := *x
	if c.why[&x.Record] != "" {
		y = aims.Risk{
			Affects: x.Affects, Likelihood: x.Likelihood, Impact: x.Impact, Treatment: x.Treatment,
			ResidualLikelihood: x.ResidualLikelihood, ResidualImpact: x.ResidualImpact, Status: x.Status,
			AcceptedOn: x.AcceptedOn, AssessedOn: x.AssessedOn, NextReview: x.NextReview,
		}
	}
	y.Record = c.head(aims.KindRisk, &x.Record)
	y.Description = c.prose(&x.Record, x.Description)
	y.Owner, y.AcceptedBy, y.Systems = twin(c, x.Owner), twin(c, x.AcceptedBy), twins(c, x.Systems)
	return y
}

// objective keeps of the values only on which side of the target they are.
func (c *cutter) objective(x *aims.Objective) aims.Objective {
	y := *x
	if c.why[&x.Record] != "" {
		y = aims.Objective{Target: 1, Direction: aims.AtLeast, Due: x.Due, Status: x.Status}
		for _, m := range x.Measurements {
			value := 0.0
			if x.Meets(m.Value) {
				value = 1
			}
			y.Measurements = append(y.Measurements, aims.Measurement{On: m.On, Value: value})
		}
	}
	y.Record = c.head(aims.KindObjective, &x.Record)
	y.Description = c.prose(&x.Record, x.Description)
	y.Measure, y.Owner, y.Satisfies = c.words(&x.Record, x.Measure), twin(c, x.Owner), c.wanted(x.Satisfies)
	return y
}

func (c *cutter) role(x *aims.Role) aims.Role {
	y := *x
	if c.why[&x.Record] != "" {
		y = aims.Role{}
	}
	y.Record = c.head(aims.KindRole, &x.Record)
	y.Deputy = twin(c, x.Deputy)
	y.Description = c.prose(&x.Record, x.Description)
	return y
}

func (c *cutter) party(x *aims.Party) aims.Party {
	y := *x
	if c.why[&x.Record] != "" {
		y = aims.Party{Kind: x.Kind, Addressed: x.Addressed}
	}
	y.Record = c.head(aims.KindParty, &x.Record)
	y.Expectations, y.How = c.prose(&x.Record, x.Expectations), c.words(&x.Record, x.How)
	return y
}
