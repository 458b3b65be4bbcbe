package oscal

import (
	"cmp"
	"slices"

	"annex/generator/aims"
	"annex/generator/readiness"
)

// assessmentPlan makes the audit programme a plan: each audit, planned or done,
// is an activity and a task; performing the controls is one more of each.
func (e *export) assessmentPlan() *assessmentPlan {
	d := e.document()
	d.organization()
	p := &assessmentPlan{System: reference{Href: systemFile}}
	local := &planDefinitions{}
	covered := map[*aims.Requirement]bool{}
	for _, a := range e.w.Audits {
		for _, q := range e.covered(a) {
			covered[q] = true
		}
		local.Activities = append(local.Activities, d.audit(a))
		p.Tasks = append(p.Tasks, d.task(a))
	}
	for _, q := range e.performedFor() {
		covered[q] = true
	}
	if len(e.performed) > 0 {
		local.Activities = append(local.Activities, d.performing())
		p.Tasks = append(p.Tasks, task{
			UUID: e.names.uuid("task", "performance"), Type: "action", Title: "Perform the controls",
			Description: "Each control is performed in its cadence, and the result recorded.",
			Activities:  []associatedActivity{{e.names.uuid("activity", "performance"), []assessmentSubject{{Type: "component", All: &everything{}}}}},
		})
	}
	if len(local.Activities) > 0 {
		p.Local = local
	}
	var list []*aims.Requirement
	for _, s := range e.applies {
		if covered[s.Requirement] {
			list = append(list, s.Requirement)
		}
	}
	p.Reviewed = e.reviewed(list, "What all audits and performances together look at.")
	p.head = d.head(planFile, "Audits of "+e.Report.Organization.Title, "")
	p.BackMatter = d.backMatter()
	return p
}

// audit is the activity that an audit is.
func (d *document) audit(a *aims.Audit) activity {
	x := activity{UUID: d.names.uuid("activity", a.ID), Title: line(a.Title, a.ID), Description: line(a.Title, a.ID) + "."}
	d.saw(&a.Record)
	if a.Withheld == "" {
		x.Description = d.texts.prose(&a.Summary)
		if a.Sample != "" {
			x.Description = paragraphs(a.Sample)
		}
		x.Description = cmp.Or(x.Description, line(a.Title, a.ID)+".")
		if list := d.covered(a); len(list) > 0 {
			r := d.reviewed(list, "")
			x.Related = &r
		}
	}
	x.Props = examines()
	return x
}

// performing is the activity that performing the controls is.
func (d *document) performing() activity {
	x := activity{
		UUID: d.names.uuid("activity", "performance"), Title: "Performance of controls",
		Description: "What is done in the cadence of each control, and looked at afterwards.", Props: examines(),
	}
	if list := d.performedFor(); len(list) > 0 {
		r := d.reviewed(list, "")
		x.Related = &r
	}
	return x
}

// examines returns how an activity is done, which OSCAL wants to know.
func examines() []prop { return []prop{{Name: "method", Value: "EXAMINE"}} }

// task puts an audit into the calendar.
func (d *document) task(a *aims.Audit) task {
	t := task{
		UUID: d.names.record(aims.KindAudit, &a.Record), Type: "action", Title: line(a.Title, a.ID), Props: about(&a.Record),
		Activities: []associatedActivity{{d.names.uuid("activity", a.ID), d.looksAt(a)}},
	}
	if a.Withheld != "" {
		return t
	}
	p := props(t.Props)
	p.add("kind", string(a.Kind))
	p.add("status", string(a.Status))
	p.add("auditor", a.Auditor)
	p.add("independence", a.Independence)
	for _, f := range a.Frameworks {
		p.add("framework", f.ID)
	}
	t.Props = p
	for _, doc := range []*aims.Document{a.Programme, a.Report} {
		if doc != nil {
			t.Links = append(t.Links, d.text(doc))
		}
	}
	switch from, to := day(a.From), day(a.Last()); {
	case from == "":
	case to == from || to == "":
		t.Timing = &timing{On: &onDate{from}}
	default:
		t.Timing = &timing{Within: &dateRange{from, to}}
	}
	return t
}

// looksAt returns what an audit is about: the AI systems whose projects it names,
// or the management system as a whole.
func (d *document) looksAt(a *aims.Audit) []assessmentSubject {
	s := assessmentSubject{Type: "component"}
	for _, p := range a.Projects {
		if p.System != nil && slices.Contains(d.w.Systems(), p.System) && a.Withheld == "" {
			s.Include = append(s.Include, subjectID{d.names.record(aims.KindSystem, p.System.Record), "component"})
		}
	}
	if a.Withheld == "" {
		s.Include = append(s.Include, subjectID{d.names.uuid("this-system"), "component"})
	} else {
		s.All = &everything{}
	}
	return []assessmentSubject{s}
}

// covered returns the requirements in the profile that an audit covers, as far
// as that may be told.
func (e *export) covered(a *aims.Audit) []*aims.Requirement {
	var list []*aims.Requirement
	if a.Withheld != "" {
		return nil
	}
	for _, s := range e.applies {
		if a.Covers(s.Requirement) {
			list = append(list, s.Requirement)
		}
	}
	return list
}

// performedFor returns the requirements in the profile that performances of
// controls serve.
func (e *export) performedFor() []*aims.Requirement {
	done := map[*aims.Control]bool{}
	for _, x := range e.performed {
		done[x.Control] = true
	}
	var list []*aims.Requirement
	for _, s := range e.applies {
		if slices.ContainsFunc(s.Controls, func(c *readiness.Control) bool { return done[c.Control] }) {
			list = append(list, s.Requirement)
		}
	}
	return list
}

// reviewed chooses requirements for a review. Where the records name none OSCAL
// leaves no choice but all.
func (e *export) reviewed(list []*aims.Requirement, description string) reviewedControls {
	s := controlSelection{}
	for _, q := range list {
		s.Include = append(s.Include, reviewedSelected{e.names.tokens[q]})
	}
	if len(list) == 0 {
		s.All = &everything{}
		s.Description = "No requirement is named, so that any of them may have been looked at."
	}
	return reviewedControls{Description: description, Selections: []controlSelection{s}}
}
