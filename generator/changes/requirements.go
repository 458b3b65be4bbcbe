package changes

import (
	"fmt"
	"strings"

	"annex/generator/aims"
	"annex/generator/readiness"
)

// level ranks the states that a requirement can fall from or rise to: nothing,
// something on paper, in place, operating, verified. It is -1 for one that is
// not in the order.
func level(s readiness.State) int {
	switch s {
	case readiness.Gap:
		return 0
	case readiness.Planned, readiness.Documented:
		return 1
	case readiness.Implemented:
		return 2
	case readiness.Operating:
		return 3
	case readiness.Verified:
		return 4
	}
	return -1
}

// requirementTurns compares the state of every requirement of both catalogs. A
// requirement that did not apply and is now a gap fell; one that is no gap any
// more because it does not apply rose.
func (p *pair) requirementTurns(turn func(*Turn, bool)) {
	for _, f := range p.after.report.Frameworks {
		for _, now := range f.Requirements {
			was := p.before.requirements[now.Requirement.String()]
			if was == nil {
				continue
			}
			t := &Turn{About: about(requirement(now.Requirement)), Topic: OfRequirement, Before: was.State.String(), After: now.State.String()}
			name := named(now.Requirement)
			from, to := level(was.State), level(now.State)
			switch {
			case was.State == readiness.NotApplicable && now.State == readiness.Gap:
				t.Sentence = fmt.Sprintf("%s now applies, and nothing satisfies it.", name)
				t.Because = p.whyApplies(now)
				turn(t, true)
			case was.State == readiness.Gap && now.State == readiness.NotApplicable:
				t.Sentence = fmt.Sprintf("%s was a gap and does not apply any more.", name)
				turn(t, false)
			case from < 0 || to < 0 || from == to:
			case to < from:
				t.Sentence = fmt.Sprintf("%s fell from %s to %s.", name, was.State, now.State)
				t.Because = p.whyFell(was, now)
				turn(t, true)
			default:
				t.Sentence = fmt.Sprintf("%s rose from %s to %s.", name, was.State, now.State)
				t.Because = p.whyRose(now)
				turn(t, false)
			}
		}
	}
}

// named returns a requirement as sentences have it.
func named(q *aims.Requirement) string { return fmt.Sprintf("%s (%s)", q, q.Title) }

// whyApplies says who decided that a requirement applies, or for which AI
// systems a duty follows.
func (p *pair) whyApplies(now *readiness.Requirement) []Reason {
	var list []Reason
	if d := now.Applicability.Organization; d != nil && d.Applicable {
		list = append(list, Reason{decided(d), "The organization decided that it applies."})
	}
	for _, d := range now.Applicability.Systems {
		list = append(list, Reason{decided(d).naming(&d.Project.Record), fmt.Sprintf("The AI system %q needs it.", d.Project.Title)})
	}
	for _, d := range p.after.report.Duties(now.Requirement) {
		list = append(list, Reason{about(system(d.System)), fmt.Sprintf("The duty follows for the AI system %q.", d.System.Title)})
	}
	return list
}

// whyFell says what a requirement lost.
func (p *pair) whyFell(was, now *readiness.Requirement) []Reason {
	if was.State == readiness.Verified && now.State == readiness.Operating {
		return p.whyUnverified(was, now)
	}
	var list []Reason
	if len(now.Controls) == 0 {
		list = append(list, p.lostControls(was)...)
	}
	if now.State == readiness.Gap {
		list = append(list, p.lostDocuments(was.Documents, "satisfies it")...)
	}
	for _, s := range now.Controls {
		if level(s.State) > level(now.State) {
			continue
		}
		before := p.before.controls[s.Control.ID]
		switch {
		case s.Control.Withheld != "":
			list = append(list, Reason{about(control(s.Control)), fmt.Sprintf("A control that is withheld is %s.", word(s.State))})
		case before == nil && p.before.hides(aims.KindControl):
			list = append(list, Reason{about(control(s.Control)), fmt.Sprintf("The control %q was not shown before, and is %s.", s.Control.Title, s.State)})
		case before == nil:
			list = append(list, Reason{about(control(s.Control)), fmt.Sprintf("The control %q is new, and %s.", s.Control.Title, s.State)})
		case level(before.State) > level(s.State):
			list = append(list, p.whyControl(before, s)...)
		default:
			list = append(list, Reason{about(control(s.Control)), fmt.Sprintf("The control %q serves it as well now, and is %s.", s.Control.Title, s.State)})
		}
	}
	return list
}

// lostControls says what became of the controls that satisfied a requirement.
func (p *pair) lostControls(was *readiness.Requirement) []Reason {
	var list []Reason
	for _, s := range was.Controls {
		if p.after.controls[s.Control.ID] == nil {
			list = append(list, Reason{gone(about(control(s.Control))), p.after.lost(aims.KindControl, "control", &s.Control.Record)})
			continue
		}
		now := p.after.controls[s.Control.ID].Control
		list = append(list, Reason{about(control(now)), fmt.Sprintf("The control %q no longer satisfies it.", now.Title)})
	}
	return list
}

// lostDocuments says what became of documents that were approved. What says
// what they did: "satisfies it".
func (p *pair) lostDocuments(was []*aims.Document, what string) []Reason {
	var list []Reason
	for _, d := range was {
		if !d.Approved(p.before.day) {
			continue
		}
		now := p.after.documents[d.ID]
		switch {
		case now == nil:
			list = append(list, Reason{gone(about(document(d))), p.after.lost(aims.KindDocument, "document", &d.Record)})
		case now.Status != aims.Approved:
			list = append(list, Reason{about(document(now)), fmt.Sprintf("The document %q is no longer approved: its status is %s.", now.Title, now.Status)})
		case !now.Approved(p.after.day):
			list = append(list, Reason{about(document(now)), fmt.Sprintf("The document %q is approved from %s only.", now.Title, now.ApprovedOn.Words())})
		default:
			list = append(list, Reason{about(document(now)), fmt.Sprintf("The document %q no longer %s.", now.Title, what)})
		}
	}
	return list
}

// whyUnverified says why an internal audit speaks for a requirement no more.
func (p *pair) whyUnverified(was, now *readiness.Requirement) []Reason {
	var list []Reason
	for _, f := range now.Findings {
		if f.Grade == aims.Major {
			list = append(list, Reason{about(finding(f)), fmt.Sprintf("%s is open since %s.", called("major finding", &f.Record), f.Raised.Words())})
		}
	}
	if now.Audit != nil || was.Audit == nil {
		return list
	}
	a := p.after.audits[was.Audit.ID]
	switch {
	case a == nil:
		return append(list, Reason{gone(about(audit(was.Audit))), p.lostAudit(was.Audit)})
	case !a.Covers(now.Requirement) || a.Status != aims.AuditDone || a.Kind != aims.InternalAudit:
		return append(list, Reason{about(audit(a)), fmt.Sprintf("The internal audit %q is no longer recorded as one that covered it.", a.Title)})
	}
	return append(list, Reason{about(audit(a)), fmt.Sprintf("The last internal audit that covered it, %q, ended on %s, more than a year ago.", a.Title, a.To.Words())})
}

// whyRose says what a requirement rests on now.
func (p *pair) whyRose(now *readiness.Requirement) []Reason {
	var list []Reason
	if now.State == readiness.Verified && now.Audit != nil {
		list = append(list, Reason{about(audit(now.Audit)), called("internal audit", &now.Audit.Record) + " covered it."})
	}
	for _, s := range now.Controls {
		if before := p.before.controls[s.Control.ID]; before == nil || level(s.State) > level(before.State) {
			list = append(list, Reason{about(control(s.Control)), fmt.Sprintf("%s is %s.", called("control", &s.Control.Record), word(s.State))})
		}
	}
	for _, d := range now.Documents {
		before := p.before.documents[d.ID]
		if d.Approved(p.after.day) && (before == nil || !before.Approved(p.before.day)) {
			list = append(list, Reason{about(document(d)), fmt.Sprintf("%s was approved on %s.", called("document", &d.Record), d.ApprovedOn.Words())})
		}
	}
	return list
}

// word returns a state as sentences have it: not applicable.
func word(s fmt.Stringer) string { return strings.ReplaceAll(s.String(), "-", " ") }
