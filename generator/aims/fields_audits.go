package aims

import "slices"

// Fields returns what the audit says.
func (a *Audit) Fields() []Field {
	ids := make([]string, len(a.Frameworks))
	for i, f := range a.Frameworks {
		ids[i] = f.ID
	}
	return append(a.head(),
		word("kind", a.Kind),
		date("from", a.From),
		date("to", a.To),
		word("status", a.Status),
		one("programme", a.Programme),
		word("auditor", a.Auditor),
		word("independence", a.Independence),
		requirements("criteria", a.Criteria),
		words("frameworks", ids),
		many("projects", a.Projects),
		word("sample", a.Sample),
		prose("summary", &a.Summary),
		one("report", a.Report),
	)
}

// Fields returns what the finding says.
func (f *Finding) Fields() []Field {
	return append(f.head(),
		one("audit", f.Audit),
		word("grade", f.Grade),
		requirement("requirement", f.Requirement),
		one("control", f.Control),
		one("project", f.About),
		one("owner", f.Owner),
		date("raised", f.Raised),
		date("due", f.Due),
		prose("description", &f.Description),
		word("cause", f.Cause),
		word("correction", f.Correction),
		word("corrective_action", f.CorrectiveAction),
		word("effectiveness", f.Effectiveness),
		date("effectiveness_on", f.EffectivenessOn),
		date("closed", f.Closed),
	)
}

// Fields returns what the review says, with its inputs, decisions and actions.
func (r *Review) Fields() []Field {
	list := append(r.head(),
		date("held_on", r.HeldOn),
		one("chair", r.Chair),
		many("attendees", r.Attendees),
		one("minutes", r.Minutes),
	)
	for _, t := range r.Tables() {
		list = append(list, t.fields()...)
	}
	return list
}

// Tables returns the inputs, decisions and actions of the review.
func (r *Review) Tables() []Table {
	return []Table{
		table("input", []string{"topic"}, r.Inputs, ReviewInput.Fields),
		table("decision", []string{"text"}, r.Decisions, func(text string) []Field { return []Field{word("text", text)} }),
		table("action", []string{"text"}, r.Actions, ReviewAction.Fields),
	}
}

// Fields returns what the input says.
func (i ReviewInput) Fields() []Field {
	return []Field{word("topic", i.Topic), word("text", i.Text)}
}

// Fields returns what the action says.
func (a ReviewAction) Fields() []Field {
	return []Field{word("text", a.Text), one("owner", a.Owner), date("due", a.Due), date("done", a.Done)}
}

// Fields returns what the signoff says. A title that only says the id again
// counts as not given.
func (s *Signoff) Fields() []Field {
	list := append(s.head(),
		word("subject", s.Subject),
		word("kind", s.SubjectKind),
		one("by", s.By),
		date("on", s.On),
		word("decision", s.Decision),
		word("statement", s.Statement),
	)
	for _, m := range s.Marks {
		list = append(list, Field{Name: "digest." + m.Field, Value: m.SHA256})
	}
	if i := slices.IndexFunc(list, func(f Field) bool { return f.Name == "title" }); s.Title == s.ID {
		list[i].Value = ""
	}
	return list
}
