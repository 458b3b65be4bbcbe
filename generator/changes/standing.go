package changes

import (
	"fmt"

	"annex/generator/aims"
	"annex/generator/readiness"
	"annex/generator/soa"
)

// informationTurns compares the documented information of stage 1.
func (p *pair) informationTurns(turn func(*Turn, bool)) {
	key := func(d readiness.Information) string { return d.Requirement.String() + "\x00" + d.Information.ID }
	known := map[string]readiness.Information{}
	for _, f := range p.before.report.Frameworks {
		for _, d := range f.Documented {
			known[key(d)] = d
		}
	}
	for _, f := range p.after.report.Frameworks {
		for _, now := range f.Documented {
			was, ok := known[key(now)]
			if !ok || was.Answered() == now.Answered() {
				continue
			}
			t := &Turn{About: about(requirement(now.Requirement)), Topic: OfInformation, Before: "answered", After: "missing"}
			if now.Answered() {
				t.Before, t.After = t.After, t.Before
				t.Sentence = fmt.Sprintf("%s is answered: %s.", named(now.Requirement), now.Information.Title)
				t.Because = p.whyAnswered(now)
				turn(t, false)
				continue
			}
			t.Sentence = fmt.Sprintf("%s calls for documented information that is no longer there: %s.", named(now.Requirement), now.Information.Title)
			t.Because = p.lostDocuments(was.Documents, "answers it")
			if was.Register {
				t.Because = append(t.Because, Reason{t.About, lostRegister(was.Information.Register)})
			}
			for _, e := range was.Evidence {
				t.Because = append(t.Because, p.lostEvidence(e)...)
			}
			turn(t, true)
		}
	}
}

// lostRegister says what is wrong with a register of annex that answered
// documented information and does so no more.
func lostRegister(name string) string {
	switch name {
	case "soa":
		return "The Statement of Applicability is no longer approved."
	case "risks":
		return "No risk is assessed any more."
	case "risk-treatment":
		return "No assessed risk has a treatment any more."
	}
	return fmt.Sprintf("The register of %s no longer answers it.", name)
}

func (p *pair) whyAnswered(now readiness.Information) []Reason {
	var list []Reason
	for _, d := range now.Documents {
		list = append(list, Reason{about(document(d)), called("document", &d.Record) + " is approved."})
	}
	if now.Register {
		list = append(list, Reason{about(requirement(now.Requirement)), fmt.Sprintf("The register of %s answers it.", now.Information.Register)})
	}
	for _, e := range now.Evidence {
		list = append(list, Reason{about(evidence(e)), called("evidence", &e.Record) + " is in force."})
	}
	return list
}

// standing says how the decision on a reference control stands.
func standing(r soa.Row) string {
	switch {
	case r.Applies.Contradicted():
		return "contradictory"
	case !r.Applies.Decided:
		return "undecided"
	case r.Applies.Applicable:
		return "applicable"
	}
	return "excluded"
}

// rowTurns compares whether the rows of the Statements of Applicability are
// decided without contradiction.
func (p *pair) rowTurns(turn func(*Turn, bool)) {
	known := map[string]soa.Row{}
	for _, s := range p.before.statements {
		for _, r := range s.Rows {
			known[r.Requirement.String()] = r
		}
	}
	for _, f := range p.after.report.Frameworks {
		s := p.after.statements[f.Framework.ID]
		if s == nil {
			continue
		}
		for _, now := range s.Rows {
			was, ok := known[now.Requirement.String()]
			from, to := standing(was), standing(now)
			if !ok || from == to {
				continue
			}
			t := &Turn{About: about(requirement(now.Requirement)), Topic: OfRow, Before: from, After: to}
			open := func(state string) bool { return state == "undecided" || state == "contradictory" }
			switch {
			case to == "undecided":
				t.Sentence = fmt.Sprintf("It is no longer decided whether %s applies.", named(now.Requirement))
				t.Because = undecided(was, now)
				turn(t, true)
			case to == "contradictory":
				t.Sentence = fmt.Sprintf("The decisions on %s contradict each other.", named(now.Requirement))
				t.Because = contradiction(now)
				turn(t, true)
			case open(from):
				t.Sentence = fmt.Sprintf("It is decided that %s %s.", named(now.Requirement), map[string]string{"applicable": "applies", "excluded": "does not apply"}[to])
				turn(t, false)
			}
		}
	}
}

func undecided(was, now soa.Row) []Reason {
	if d := now.Applies.Organization; d != nil {
		return []Reason{{decided(d), "The decision of the organization is open again."}}
	}
	var list []Reason
	if d := was.Applies.Organization; d != nil {
		list = append(list, Reason{gone(decided(d)), "The decision of the organization is no longer recorded."})
	}
	for _, d := range was.Applies.Systems {
		list = append(list, Reason{gone(decided(d)).naming(&d.Project.Record), fmt.Sprintf("No decision of the AI system %q says any more that it applies.", d.Project.Title)})
	}
	return list
}

func contradiction(now soa.Row) []Reason {
	list := []Reason{{decided(now.Applies.Organization), "The organization decided that it does not apply."}}
	for _, d := range now.Applies.Systems {
		list = append(list, Reason{decided(d).naming(&d.Project.Record), fmt.Sprintf("The AI system %q needs it.", d.Project.Title)})
	}
	return list
}

// evidenceTurns finds evidence that expired or is in force again.
func (p *pair) evidenceTurns(turn func(*Turn, bool)) {
	for _, now := range p.after.report.Workspace.Evidence {
		was := p.before.evidence[now.ID]
		if was == nil {
			continue
		}
		t := &Turn{About: about(evidence(now)), Topic: OfEvidence, Before: "in force", After: "expired"}
		from, to := was.Expired(p.before.day), now.Expired(p.after.day)
		switch {
		case to && !from:
			t.Sentence = fmt.Sprintf("The evidence %q expired on %s.", now.Title, now.Expires.Words())
			t.Because = p.whatItShows(now)
			turn(t, true)
		case from && now.Current(p.after.day):
			t.Before, t.After = t.After, t.Before
			t.Sentence = fmt.Sprintf("The evidence %q is in force again.", now.Title)
			turn(t, false)
		}
	}
}

// whatItShows names the controls that stand or fall with evidence.
func (p *pair) whatItShows(e *aims.Evidence) []Reason {
	var list []Reason
	for _, c := range p.after.report.Workspace.ControlsShownBy(e) {
		s := p.after.controls[c.ID]
		if s == nil {
			continue // of another organization, or withheld
		}
		text := fmt.Sprintf("It shows the control %q, which is %s.", c.Title, s.State)
		if s.State >= readiness.Operating {
			text = fmt.Sprintf("It shows the control %q, which operates on other evidence.", c.Title)
		}
		list = append(list, Reason{about(control(c)), text})
	}
	return list
}
