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
// framework:ref. Report is nil when the state does not have the organization.
type side struct {
	report       *readiness.Report
	day          aims.Date
	statements   map[string]*soa.Statement // by framework
	controls     map[string]*readiness.Control
	evidence     map[string]*aims.Evidence
	documents    map[string]*aims.Document
	audits       map[string]*aims.Audit
	requirements map[string]*readiness.Requirement
}

// pairs matches the organizations of two states by id: those of the state after
// in its order, then those that are gone.
func pairs(before, after State) []*pair {
	was := map[string]*readiness.Report{}
	for _, r := range before.Reports {
		was[r.Organization.ID] = r
	}
	var list []*pair
	for _, r := range after.Reports {
		id := r.Organization.ID
		list = append(list, &pair{r.Organization, sideOf(was[id], before), sideOf(r, after)})
		delete(was, id)
	}
	for _, r := range before.Reports {
		if was[r.Organization.ID] != nil {
			list = append(list, &pair{r.Organization, sideOf(r, before), side{}})
		}
	}
	return list
}

func sideOf(r *readiness.Report, state State) side {
	if r == nil {
		return side{}
	}
	s := side{
		report: r, day: r.AsOf,
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
		s.controls[c.ID] = r.Control(c)
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
		m[x.Head().ID] = x
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
