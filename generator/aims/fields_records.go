package aims

// Fields returns what the control says, without its executions.
func (c *Control) Fields() []Field {
	return append(c.head(),
		requirements("satisfies", c.Satisfies),
		word("level", c.Level),
		one("owner", c.Owner),
		many("responsible", c.Responsible),
		many("consulted", c.Consulted),
		many("informed", c.Informed),
		word("status", c.Status),
		date("due", c.Due),
		date("implemented_on", c.ImplementedOn),
		word("cadence", c.Cadence.String()),
		many("documents", c.Documents),
		many("risks", c.Risks),
		many("systems", c.Systems),
		prose("description", &c.Description),
	)
}

// Tables returns the executions of the control.
func (c *Control) Tables() []Table {
	return []Table{table("execution", []string{"on", "system"}, c.Executions, (*Execution).Fields)}
}

// Fields returns what the execution says.
func (x *Execution) Fields() []Field {
	return []Field{
		one("control", x.Control),
		date("on", x.On),
		one("by", x.By),
		word("result", x.Result),
		many("evidence", x.Evidence),
		one("system", x.System),
		word("note", x.Note),
	}
}

// Fields returns what the decision says. Its requirement is its id and title.
func (d *Decision) Fields() []Field {
	return []Field{
		requirement("requirement", d.Requirement),
		word("classification", d.Classification),
		yes("applicable", d.Decided && d.Applicable, d.Decided),
		words("reasons", d.Reasons),
		word("justification", d.Justification),
		word("basis", d.Basis),
		one("owner", d.Owner),
		one("decided_by", d.DecidedBy),
		date("decided_on", d.DecidedOn),
	}
}

// Fields returns what the evidence says. The path of its file counts from the
// folder of its project, as in the files, and its digest is that of the file as
// it is.
func (e *Evidence) Fields() []Field {
	return append(e.head(),
		word("file", e.Project.within(e.File)),
		word("sha256", e.SHA256),
		word("url", e.URL),
		word("note", e.Note),
		date("effective", e.Effective),
		date("expires", e.Expires),
		one("owner", e.Owner),
		many("controls", e.Direct),
		prose("description", &e.Description),
	)
}

// Fields returns what the risk says.
func (r *Risk) Fields() []Field {
	return append(r.head(),
		prose("description", &r.Description),
		one("owner", r.Owner),
		words("affects", r.Affects),
		many("systems", r.Systems),
		grade("likelihood", r.Likelihood),
		grade("impact", r.Impact),
		word("treatment", r.Treatment),
		grade("residual_likelihood", r.ResidualLikelihood),
		grade("residual_impact", r.ResidualImpact),
		word("status", r.Status),
		one("accepted_by", r.AcceptedBy),
		date("accepted_on", r.AcceptedOn),
		date("assessed_on", r.AssessedOn),
		date("next_review", r.NextReview),
	)
}

// Fields returns what the objective says, without its measurements.
func (o *Objective) Fields() []Field {
	return append(o.head(),
		prose("description", &o.Description),
		one("owner", o.Owner),
		word("measure", o.Measure),
		number("target", o.Target, o.Origin.Has("target")),
		word("unit", o.Unit),
		word("direction", o.Direction),
		date("due", o.Due),
		word("status", o.Status),
		requirements("satisfies", o.Satisfies),
	)
}

// Tables returns the measurements of the objective.
func (o *Objective) Tables() []Table {
	return []Table{table("measurement", []string{"on"}, o.Measurements, Measurement.Fields)}
}

// Fields returns what the measurement says.
func (m Measurement) Fields() []Field {
	return []Field{date("on", m.On), number("value", m.Value, true), word("note", m.Note)}
}

// Fields returns what the role says.
func (r *Role) Fields() []Field {
	return append(r.head(), word("person", r.Person), one("deputy", r.Deputy), prose("description", &r.Description))
}

// Fields returns what is said of the interested party.
func (p *Party) Fields() []Field {
	return append(p.head(),
		word("kind", p.Kind),
		prose("expectations", &p.Expectations),
		yes("addressed", p.Addressed, p.Origin.Has("addressed")),
		word("how", p.How),
	)
}
