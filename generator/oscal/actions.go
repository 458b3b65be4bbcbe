package oscal

import (
	"strconv"

	"annex/generator/aims"
	"annex/generator/check"
)

// openFindings returns the findings that are open on the as-of date.
func (e *export) openFindings() []*aims.Finding {
	var list []*aims.Finding
	for _, f := range e.w.Findings {
		if f.Open(e.Report.AsOf) {
			list = append(list, f)
		}
	}
	return list
}

// openAction is an action of a management review that is not done.
type openAction struct {
	review *aims.Review
	n      int // counted from 1
	action aims.ReviewAction
}

func (e *export) openActions() []openAction {
	var list []openAction
	for _, r := range e.w.Reviews {
		if r.HeldOn.After(e.Report.AsOf) {
			continue
		}
		for i, a := range r.Actions {
			if a.Done.IsZero() || a.Done.After(e.Report.AsOf) {
				list = append(list, openAction{r, i + 1, a})
			}
		}
	}
	return list
}

// issues returns what the checks found beside the findings and actions, which
// speak for themselves.
func (e *export) issues() []check.Issue {
	var list []check.Issue
	for _, i := range check.Next(e.Issues) {
		if i.Subject.Kind != aims.KindFinding && i.Subject.Kind != aims.KindReview {
			list = append(list, i)
		}
	}
	return list
}

func (e *export) hasActions() bool {
	return len(e.openFindings()) > 0 || len(e.openActions()) > 0 || len(e.issues()) > 0
}

// planOfAction lists what is open: findings, actions of management reviews, and
// what the checks find, in this order.
func (e *export) planOfAction() *planOfAction {
	d := e.document()
	d.organization()
	p := &planOfAction{ID: d.systemID()}
	if e.hasSystem() {
		p.System = &reference{Href: systemFile}
	}
	for _, f := range e.openFindings() {
		p.Items = append(p.Items, d.open(p, f))
	}
	for _, a := range e.openActions() {
		p.Items = append(p.Items, d.decided(a))
	}
	seen := map[string]int{}
	for _, i := range e.issues() {
		p.Items = append(p.Items, d.issue(i, seen))
	}
	p.head = d.head(actionFile, "Plan of action of "+e.Report.Organization.Title, "")
	p.BackMatter = d.backMatter()
	return p
}

// open makes an item of a finding and adds what it rests on to the plan.
func (d *document) open(p *planOfAction, f *aims.Finding) planItem {
	item := planItem{
		UUID: d.names.uuid("item", string(aims.KindFinding), f.ID), Title: line(f.Title, f.ID), Description: d.story(f), Props: d.facts(f),
		Observations: []relatedObservation{{d.observationUUID(f)}},
	}
	if o := d.origins(f, false); o != nil {
		item.Origins = o
	}
	o := d.observed(f)
	alone(o.Origins)
	p.Observations = append(p.Observations, o)
	if r, ok := d.risk(f); ok {
		p.Risks = append(p.Risks, r)
		item.Risks = []relatedRisk{{r.UUID}}
	}
	if x, ok := d.finding(f); ok {
		alone(x.Origins)
		p.Findings = append(p.Findings, x)
		item.Findings = []relatedFinding{{x.UUID}}
	}
	return item
}

// alone takes the tasks out of origins: a plan of action has no tasks to refer
// to.
func alone(list []origin) {
	for i := range list {
		list[i].Tasks = nil
	}
}

// decided makes an item of an action of a management review.
func (d *document) decided(a openAction) planItem {
	r := a.review
	d.saw(&r.Record)
	item := planItem{
		UUID: d.names.uuid("item", string(aims.KindReview), r.ID, strconv.Itoa(a.n)), Title: line(r.Title, r.ID), Description: line(r.Title, r.ID) + ".",
		Props: about(&r.Record),
	}
	if r.Withheld != "" {
		return item
	}
	item.Title = line(a.action.Text, r.Title)
	item.Description = paragraphs(a.action.Text) + "\n\nDecided in: " + line(r.Title, r.ID) + "."
	p := props(item.Props)
	p.day("held_on", r.HeldOn)
	p.day("due", a.action.Due)
	if a.action.Overdue(d.Report.AsOf) {
		p.add("flag", "overdue")
	}
	if a.action.Owner != nil {
		p.add("owner", d.role(a.action.Owner))
	}
	item.Props = p
	if r.Minutes != nil {
		item.Links = []link{d.text(r.Minutes)}
	}
	item.Origins = []origin{{Actors: []actor{{Type: "party", UUID: d.organization()}}}}
	return item
}

// issue makes an item of what a check found. Seen counts those that say the same.
func (d *document) issue(i check.Issue, seen map[string]int) planItem {
	words := []string{"item", "issue", string(i.Code), i.Message}
	if i.Subject.Record != nil {
		words = append(words, string(i.Subject.Kind), i.Subject.Record.ID)
	}
	first := d.names.uuid(words...)
	seen[first]++
	if n := seen[first]; n > 1 {
		words = append(words, strconv.Itoa(n))
	}
	id := d.names.uuid(words...)
	if r := i.Subject.Record; r != nil && r.Withheld != "" {
		return planItem{UUID: id, Title: line(r.Title, r.ID), Description: line(r.Title, r.ID) + ".", Props: about(r)}
	}
	item := planItem{UUID: id, Title: line(capital(i.Message), string(i.Code)), Description: paragraphs(capital(i.Message)) + "."}
	if i.Help != "" {
		item.Description += "\n\nWhat to do: " + commands(paragraphs(i.Help)) + "."
	}
	var p props
	p.add("code", string(i.Code))
	p.add("class", i.Class.String())
	p.day("due", i.Due)
	if i.Owner != nil {
		p.add("owner", d.role(i.Owner))
	}
	switch s := i.Subject; {
	case s.Requirement != nil:
		p.add("control-id", d.names.tokens[s.Requirement])
	case s.Record != nil:
		d.saw(s.Record)
		p.add("about", string(s.Kind)+":"+s.Record.ID)
	}
	item.Props = p
	return item
}
