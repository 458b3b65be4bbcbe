package changes

import (
	"annex/generator/aims"
	"annex/generator/readiness"
	"annex/generator/soa"
)

// pair is one organization in both states.
type pair struct {
	project       *aims.Project // after, or before where it is gone
	before, after side
}

// side is an organization in one state. Its maps are by id, requirements by
// framework:ref, and hold no stand-ins, whose ids mean nothing in another state. Report is nil when the state does not have the organization.
type side struct {
	report       *readiness.Report
	day          aims.Date
	veil         veil
	statements   map[string]*soa.Statement // by framework
	controls     map[string]*readiness.Control
	evidence     map[string]*aims.Evidence
	documents    map[string]*aims.Document
	audits       map[string]*aims.Audit
	requirements map[string]*readiness.Requirement
}

// pairs matches the organizations of two states: those of the state after in its
// order, then those that are gone.
func pairs(before, after State) []*pair {
	home := organizations(before, after)
	was := map[string]*readiness.Report{} // by the id that it has after
	for _, r := range before.Reports {
		if id, ok := home[r.Organization.ID]; ok {
			was[id] = r
		}
	}
	var list []*pair
	for _, r := range after.Reports {
		list = append(list, &pair{r.Organization, sideOf(was[r.Organization.ID], before), sideOf(r, after)})
	}
	for _, r := range before.Reports {
		if _, ok := home[r.Organization.ID]; !ok {
			list = append(list, &pair{r.Organization, sideOf(r, before), side{}})
		}
	}
	return list
}

// organizations returns the id that each organization of the state before has
// after: its own. A stand-in has none, so that it is matched only where there is
// one organization left in each state.
func organizations(before, after State) map[string]string {
	home := map[string]string{}
	open := map[string]*aims.Project{}
	for _, r := range after.Reports {
		open[r.Organization.ID] = r.Organization
	}
	var left []*aims.Project
	for _, r := range before.Reports {
		o := r.Organization
		if now := open[o.ID]; now != nil && o.Withheld == "" && now.Withheld == "" {
			home[o.ID] = o.ID
			delete(open, o.ID)
			continue
		}
		left = append(left, o)
	}
	if len(left) == 1 && len(open) == 1 {
		for id, now := range open {
			if now.Withheld != "" || left[0].Withheld != "" {
				home[left[0].ID] = id
			}
		}
	}
	return home
}

func sideOf(r *readiness.Report, state State) side {
	if r == nil {
		return side{}
	}
	s := side{
		report: r, day: r.AsOf, veil: veilOf(r.Workspace),
		statements:   map[string]*soa.Statement{},
		controls:     map[string]*readiness.Control{},
		requirements: map[string]*readiness.Requirement{},
		evidence:     byID(r.Workspace.Evidence),
		documents:    byID(r.Workspace.Documents),
		audits:       byID(r.Workspace.Audits),
	}
	for _, x := range state.Statements {
		if x.Organization == r.Organization {
			s.statements[x.Framework.ID] = x
		}
	}
	for _, c := range r.Workspace.Controls {
		if c.Withheld == "" {
			s.controls[c.ID] = r.Control(c)
		}
	}
	for _, f := range r.Frameworks {
		for _, q := range f.Requirements {
			s.requirements[q.Requirement.String()] = q
		}
	}
	return s
}

func byID[T interface{ Head() *aims.Record }](list []T) map[string]T {
	m := make(map[string]T, len(list))
	for _, x := range list {
		if x.Head().Withheld == "" {
			m[x.Head().ID] = x
		}
	}
	return m
}

// turns finds what fell and what rose.
func (p *pair) turns(o *Organization) {
	turn := func(t *Turn, fell bool) {
		if t == nil {
			return
		}
		if t.Because = unique(t.Because); fell {
			o.Fails = append(o.Fails, *t)
		} else {
			o.Passes = append(o.Passes, *t)
		}
	}
	p.requirementTurns(turn)
	p.controlTurns(turn)
	p.informationTurns(turn)
	p.rowTurns(turn)
	p.evidenceTurns(turn)
}

// unique leaves out reasons that were given already.
func unique(list []Reason) []Reason {
	out := []Reason{}
	seen := map[string]bool{}
	for _, r := range list {
		if !seen[r.Sentence] {
			seen[r.Sentence] = true
			out = append(out, r)
		}
	}
	return out
}
