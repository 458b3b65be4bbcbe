package oscal

import (
	"cmp"
	"slices"
	"strconv"

	"annex/generator/aims"
)

// hasResults reports whether there is anything to tell of assessments.
func (e *export) hasResults() bool {
	return len(e.audits) > 0 || len(e.performed) > 0 || len(e.loose()) > 0
}

// loose returns the findings that belong to no audit that took place.
func (e *export) loose() []*aims.Finding {
	var list []*aims.Finding
	for _, f := range e.w.Findings {
		if !f.Raised.After(e.Report.AsOf) && !slices.Contains(e.audits, f.Audit) {
			list = append(list, f)
		}
	}
	return list
}

// assessmentResults makes each audit that took place a result, with one more for
// the performances of controls and one for findings outside of audits.
func (e *export) assessmentResults() *assessmentResults {
	d := e.document()
	d.organization()
	r := &assessmentResults{Plan: reference{Href: planFile}}
	for _, a := range e.audits {
		r.Results = append(r.Results, d.result(a))
	}
	if list := e.performed; len(list) > 0 {
		r.Results = append(r.Results, d.performances(list))
	}
	if list := e.loose(); len(list) > 0 {
		x := result{
			UUID: e.names.uuid("result", "outside"), Title: "Findings outside of audits",
			Description: "Findings that belong to no audit that took place.",
			Start:       day(e.Report.AsOf), Reviewed: e.reviewed(e.foundOn(list), ""),
		}
		for _, f := range list {
			if at := d.raised(f); at < x.Start {
				x.Start = at
			}
			d.found(&x, f)
		}
		r.Results = append(r.Results, x)
	}
	r.head = d.head(resultsFile, "Results of audits and performances of "+e.Report.Organization.Title, "")
	r.BackMatter = d.backMatter()
	return r
}

func (d *document) result(a *aims.Audit) result {
	d.saw(&a.Record)
	start := day(d.Report.AsOf)
	if a.Withheld == "" {
		start = cmp.Or(day(a.From), day(a.Last()), start)
	}
	x := result{
		UUID: d.names.uuid("result", a.ID), Title: line(a.Title, a.ID), Description: line(a.Title, a.ID) + ".",
		Start: start, Props: about(&a.Record),
	}
	covered := d.covered(a)
	if a.Withheld == "" {
		x.End = cmp.Or(day(a.Last()), start)
		x.Description = cmp.Or(d.texts.prose(&a.Summary), x.Description)
		p := props(x.Props)
		p.add("kind", string(a.Kind))
		p.add("auditor", a.Auditor)
		p.add("sample", a.Sample)
		x.Props = p
		if a.Report != nil {
			x.Links = []link{d.text(a.Report)}
		}
	}
	var list []*aims.Finding
	for _, f := range d.w.Findings {
		if f.Audit == a && !f.Raised.After(d.Report.AsOf) {
			list = append(list, f)
			d.found(&x, f)
		}
	}
	if len(covered) == 0 {
		covered = d.foundOn(list)
	}
	x.Reviewed = d.reviewed(covered, "")
	return x
}

// foundOn returns the requirements in the profile that findings are on.
func (e *export) foundOn(list []*aims.Finding) []*aims.Requirement {
	on := map[*aims.Requirement]bool{}
	for _, f := range list {
		on[e.on(f)] = true
	}
	var found []*aims.Requirement
	for _, s := range e.applies {
		if on[s.Requirement] {
			found = append(found, s.Requirement)
		}
	}
	return found
}

// found adds a finding to a result.
func (d *document) found(x *result, f *aims.Finding) {
	x.Observations = append(x.Observations, d.observed(f))
	if r, ok := d.risk(f); ok {
		x.Risks = append(x.Risks, r)
	}
	if y, ok := d.finding(f); ok {
		x.Findings = append(x.Findings, y)
	}
}

// performances makes the performances of controls observations.
func (d *document) performances(list []*aims.Execution) result {
	x := result{
		UUID: d.names.uuid("result", "performance"), Title: "Performances of controls",
		Description: "What came out when the controls were performed, up to " + d.Report.AsOf.Words() + ".",
		Start:       day(d.Report.AsOf), End: day(d.Report.AsOf), Reviewed: d.reviewed(d.performedFor(), ""),
	}
	if d.withheld > 0 {
		var p props
		p.add("withheld", strconv.Itoa(d.withheld)+" performances")
		x.Props = p
	}
	nth := map[string]int{}
	for _, p := range list {
		if at := day(p.On); at < x.Start {
			x.Start = at
		}
		x.Observations = append(x.Observations, d.performance(p, nth))
	}
	return x
}

// performance makes one performance an observation. Nth counts those that only
// their order tells apart.
func (d *document) performance(p *aims.Execution, nth map[string]int) observation {
	c := p.Control
	words := []string{"performance", c.ID, p.On.String()}
	if p.System != nil {
		words = append(words, p.System.ID)
	}
	first := d.names.uuid(words...)
	nth[first]++
	for i := 1; i < nth[first]; i++ {
		words = append(words, "again")
	}
	o := observation{
		UUID: d.names.uuid(words...), Title: line(c.Title, c.ID) + ", " + p.On.Words(), Description: line(c.Title, c.ID) + ".",
		Methods: []string{"EXAMINE"}, Types: []string{"control-objective"}, Collected: day(p.On),
		Origins:  []origin{{Actors: []actor{d.performer(p)}, Tasks: []relatedTask{{d.names.uuid("task", "performance")}}}},
		Subjects: []subject{{d.names.record(aims.KindControl, &c.Record), "component", line(c.Title, c.ID)}},
	}
	var r props
	r.add("result", string(p.Result))
	if p.By != nil {
		r.add("by", d.role(p.By))
	}
	o.Props = r
	o.Description = cmp.Or(paragraphs(p.Note), "Performed; the result was "+string(p.Result)+".")
	if p.System != nil && slices.Contains(d.w.Systems(), p.System) {
		o.Subjects = append(o.Subjects, subject{d.names.record(aims.KindSystem, p.System.Record), "component", line(p.System.Title, p.System.ID)})
	}
	for _, e := range p.Evidence {
		o.Evidence = append(o.Evidence, relevant{Href: d.evidence(e).Href, Description: line(e.Title, e.ID)})
	}
	return o
}

// performer returns who performed a control: the person of the role, or the
// organization in that role.
func (d *document) performer(p *aims.Execution) actor {
	a := actor{Type: "party", UUID: d.organization()}
	if p.By != nil {
		a.RoleID = d.role(p.By)
		if p.By.Withheld == "" && plain(p.By.Person) != "" {
			a.UUID = d.person(p.By.Person)
		}
	}
	return a
}
