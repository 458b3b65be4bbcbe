package aims

// Fields returns what the front matter says, with the fields of an impact
// assessment, and the text.
func (d *Document) Fields() []Field {
	x := d.Impact
	if x == nil {
		x = &Impact{}
	}
	w := d.Wording
	if w == nil {
		w = &Wording{}
	}
	list := append(d.head(),
		word("kind", d.Kind),
		one("owner", d.Owner),
		word("version", d.Version),
		word("status", d.Status),
		one("approved_by", d.ApprovedBy),
		date("approved_on", d.ApprovedOn),
		date("next_review", d.NextReview),
		requirements("satisfies", d.Satisfies),
		words("accepted_words", w.Accepted),
		one("impact.system", x.System),
		date("impact.assessed_on", x.AssessedOn),
		many("impact.assessors", x.Assessors),
		word("impact.intended_use", x.IntendedUse),
		word("impact.misuse", x.Misuse),
		word("impact.environment", x.Environment),
		word("impact.data", x.Data),
		word("impact.model", x.Model),
		word("impact.parties", x.Parties),
		word("impact.conclusion", x.Conclusion),
	)
	for _, t := range d.Tables() {
		list = append(list, t.fields()...)
	}
	return append(list, prose("text", &d.Body))
}

// Tables returns the effects of an impact assessment.
func (d *Document) Tables() []Table {
	var effects []Effect
	if d.Impact != nil {
		effects = d.Impact.Effects
	}
	return []Table{table("impact.effect", []string{"on", "kind", "text"}, effects, Effect.Fields)}
}

// Fields returns what is said of a benefit or harm.
func (e Effect) Fields() []Field {
	kind := "benefit"
	if e.Harm {
		kind = "harm"
	}
	return []Field{
		word("on", e.On),
		word("kind", kind),
		word("text", e.Text),
		grade("likelihood", e.Likelihood),
		grade("severity", e.Severity),
		many("controls", e.Controls),
	}
}
