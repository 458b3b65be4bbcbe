package changes

import (
	"fmt"

	"annex/generator/aims"
	"annex/generator/readiness"
)

// cause is a reason that holds in some of the places where a control is
// performed: for the organization, or for AI systems. Its sentence names these
// between its two halves.
type cause struct {
	about         About
	before, after string
	systems       []*aims.System
}

// causes gathers causes, those that say the same of several AI systems in one.
type causes []cause

// add adds a cause for an AI system, nil for the organization. Systems are
// gathered by classification, so that those that may be named stay named.
func (c *causes) add(at About, before string, s *aims.System, after string) {
	if s == nil {
		*c = append(*c, cause{about: at, before: before, after: after})
		return
	}
	for i := range *c {
		x := &(*c)[i]
		if x.before == before && x.after == after && len(x.systems) > 0 && x.systems[0].Classification == s.Classification {
			x.systems = append(x.systems, s)
			return
		}
	}
	*c = append(*c, cause{at, before, after, []*aims.System{s}})
}

func (c causes) reasons() []Reason {
	var list []Reason
	for _, x := range c {
		list = append(list, Reason{x.about.naming(recordsFor(x.systems)...), x.before + place(x.systems) + x.after})
	}
	return list
}

// whyControl says why a control does not operate as it did.
func (p *pair) whyControl(was, now *readiness.Control) []Reason {
	c := now.Control
	if c.Status != aims.Implemented {
		text := fmt.Sprintf("The status of the control %q is %s.", c.Title, c.Status)
		if old := was.Control.Status; old != c.Status {
			text = fmt.Sprintf("The status of the control %q was %s and is %s.", c.Title, old, c.Status)
		}
		return []Reason{{about(control(c)), text}}
	}
	if c.ImplementedOn.After(p.after.day) {
		return []Reason{{about(control(c)), fmt.Sprintf("The control %q is implemented from %s only.", c.Title, c.ImplementedOn.Words())}}
	}
	var list causes
	for _, r := range now.Runs {
		before := runIn(was, r.System)
		if r.State < readiness.Operating && (before == nil || before.State >= readiness.Operating) {
			p.whyRun(&list, c, before, r)
		}
	}
	return list.reasons()
}

// whyRun says why a control does not operate in one place. Before is nil for a
// place that is new.
func (p *pair) whyRun(to *causes, c *aims.Control, before *readiness.Run, r readiness.Run) {
	at := about(control(c))
	if r.Last == nil {
		to.add(at, fmt.Sprintf("The control %q has not been performed", c.Title), r.System, ".")
		return
	}
	last := r.Last.On.Words()
	switch {
	case r.Last.Result == aims.Ineffective:
		to.add(at, fmt.Sprintf("The control %q was found ineffective on %s", c.Title, last), r.System, ".")
	case r.Overdue:
		to.add(at, fmt.Sprintf("The control %q was due by %s", c.Title, r.NextDue.Words()), r.System, fmt.Sprintf("; it was last performed on %s.", last))
	case c.Cadence.IsZero() && aims.Period{N: 1, Unit: aims.Years}.After(r.Last.On).Before(p.after.day):
		to.add(at, fmt.Sprintf("The control %q was last performed on %s", c.Title, last), r.System, ", more than a year ago.")
	}
	if len(r.Current) > 0 {
		return
	}
	shown := r.Last.Evidence
	if before != nil {
		shown = before.Current
	}
	found := false
	for _, e := range shown {
		for _, lost := range p.lostEvidence(e) {
			to.add(lost.About, lost.Sentence, nil, "")
			found = true
		}
	}
	if !found {
		to.add(at, fmt.Sprintf("No evidence in force shows the performance of %q on %s", c.Title, last), r.System, ".")
	}
}

// lostEvidence says why evidence shows nothing any more.
func (p *pair) lostEvidence(e *aims.Evidence) []Reason {
	now := p.after.evidence[e.ID]
	switch {
	case e.Withheld != "":
		return nil // nobody can say what became of it
	case now == nil:
		return []Reason{{gone(about(evidence(e))), p.after.lost(aims.KindEvidence, "evidence", &e.Record)}}
	case now.Expired(p.after.day):
		return []Reason{{about(evidence(now)), fmt.Sprintf("The evidence %q expired on %s.", now.Title, now.Expires.Words())}}
	case !now.Current(p.after.day):
		return []Reason{{about(evidence(now)), fmt.Sprintf("The evidence %q takes effect on %s only.", now.Title, now.Effective.Words())}}
	}
	return nil
}

// performed says since when a control operates.
func (p *pair) performed(was, now *readiness.Control) []Reason {
	var list causes
	for _, r := range now.Runs {
		before := runIn(was, r.System)
		if r.State < readiness.Operating || r.Last == nil || before != nil && before.State >= readiness.Operating {
			continue
		}
		list.add(about(control(now.Control)), "It was performed on "+r.Last.On.Words(), r.System, ".")
		for _, e := range r.Current {
			list.add(about(evidence(e)), called("evidence", &e.Record)+" is in force.", nil, "")
		}
	}
	return list.reasons()
}
