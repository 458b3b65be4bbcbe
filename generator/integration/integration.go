// Package integration derives what an integrated management system shares: the
// processes that serve clauses of several standards at once, and the work that
// belongs to one standard alone.
//
//	i := integration.Derive(report)
//	i.Processes // 4.1 of all standards together, with the controls that serve all
//	i.Alone     // what only one standard asks for
//
// Clauses belong together when a crosswalk pairs them with a strength that says
// what can be shared (see [aims.Sharing]): the harmonized structure of ISO's
// management system standards in its data, not in code.
package integration

import (
	"slices"

	"annex/generator/aims"
	"annex/generator/readiness"
)

// Integration is how several management system standards are run as one.
type Integration struct {
	Frameworks []*aims.Framework // that have clauses in common, in the order of annex.toml
	Processes  []Process
	Alone      []Alone
	Shared     []Work                     // controls that serve more than one of the frameworks
	Single     map[*aims.Framework][]Work // controls that serve one of them alone
}

// Process is a set of clauses that belong together.
type Process struct {
	Title   string
	Shares  aims.Sharing
	Clauses [][]*readiness.Requirement // of each framework, in their order; none where it has none
	All     []*readiness.Control       // controls that serve every clause
	Some    []Work                     // controls that serve some of them only
}

// Missing returns the clauses that no control serves.
func (p Process) Missing() []*aims.Requirement {
	var list []*aims.Requirement
	for _, of := range p.Clauses {
		for _, q := range of {
			if len(q.Controls) == 0 {
				list = append(list, q.Requirement)
			}
		}
	}
	return list
}

// Work is a control and the frameworks of the integration that it serves.
type Work struct {
	Control    *readiness.Control
	Frameworks []*aims.Framework
}

// Alone is a clause that only one of the standards has.
type Alone struct{ Requirement *readiness.Requirement }

// Derive finds what the frameworks of a report share. It returns nil when no
// two of them have clauses in common.
func Derive(report *readiness.Report) *Integration {
	w := report.Workspace
	groups := join(w)
	i := &Integration{Single: map[*aims.Framework][]Work{}}
	for _, f := range w.Frameworks {
		if slices.ContainsFunc(groups, func(g group) bool { return len(g.of(f)) > 0 }) {
			i.Frameworks = append(i.Frameworks, f)
		}
	}
	if len(i.Frameworks) < 2 {
		return nil
	}
	member := map[*aims.Requirement]bool{}
	for _, g := range groups {
		i.Processes = append(i.Processes, i.process(report, g))
		for _, q := range g.clauses {
			member[q] = true
		}
	}
	for _, f := range i.Frameworks {
		for _, q := range f.Assessable() {
			if q.Kind == aims.Clause && !member[q] {
				i.Alone = append(i.Alone, Alone{report.Requirement(q)})
			}
		}
	}
	for _, c := range w.Controls {
		work := i.work(report.Control(c))
		switch len(work.Frameworks) {
		case 0:
		case 1:
			f := work.Frameworks[0]
			i.Single[f] = append(i.Single[f], work)
		default:
			i.Shared = append(i.Shared, work)
		}
	}
	return i
}

// work returns which of the frameworks a control serves.
func (i *Integration) work(c *readiness.Control) Work {
	x := Work{Control: c}
	for _, f := range i.Frameworks {
		if slices.ContainsFunc(c.Control.Satisfies, func(q *aims.Requirement) bool { return q.Framework == f }) {
			x.Frameworks = append(x.Frameworks, f)
		}
	}
	return x
}

func (i *Integration) process(report *readiness.Report, g group) Process {
	p := Process{Title: g.clauses[0].Title, Shares: g.shares}
	var serving []*readiness.Control
	for _, f := range i.Frameworks {
		var of []*readiness.Requirement
		for _, q := range g.of(f) {
			status := report.Requirement(q)
			of = append(of, status)
			for _, c := range status.Controls {
				if !slices.Contains(serving, c) {
					serving = append(serving, c)
				}
			}
		}
		p.Clauses = append(p.Clauses, of)
	}
	for _, c := range serving {
		work := Work{Control: c}
		served := 0
		for _, q := range g.clauses {
			if !slices.Contains(c.Control.Satisfies, q) {
				continue
			}
			served++
			if !slices.Contains(work.Frameworks, q.Framework) {
				work.Frameworks = append(work.Frameworks, q.Framework)
			}
		}
		if served == len(g.clauses) {
			p.All = append(p.All, c)
		} else {
			p.Some = append(p.Some, work)
		}
	}
	return p
}

// group is a set of clauses that crosswalks pair.
type group struct {
	clauses []*aims.Requirement
	shares  aims.Sharing
}

func (g group) of(f *aims.Framework) []*aims.Requirement {
	var list []*aims.Requirement
	for _, q := range g.clauses {
		if q.Framework == f {
			list = append(list, q)
		}
	}
	return list
}

// join gathers the clauses that belong together, in the order of the first
// framework. A group shares only the form if one of its pairs does.
func join(w *aims.Workspace) []group {
	at := map[*aims.Requirement]*group{}
	for _, x := range w.Crosswalks {
		for _, p := range x.Pairs {
			if p.Strength.Shares == "" || !p.From.Assessable() || !p.To.Assessable() {
				continue
			}
			a, b := at[p.From], at[p.To]
			switch {
			case a == nil && b == nil:
				a = &group{shares: p.Strength.Shares}
				a.add(at, p.From, p.To)
			case a == nil:
				a = b
				a.add(at, p.From)
			case b == nil:
				a.add(at, p.To)
			case a != b:
				a.add(at, b.clauses...)
				a.weaken(b.shares)
			}
			a.weaken(p.Strength.Shares)
		}
	}
	var list []group
	seen := map[*group]bool{}
	for _, f := range w.Frameworks {
		for _, q := range f.Requirements {
			if g := at[q]; g != nil && !seen[g] {
				seen[g] = true
				list = append(list, *g)
			}
		}
	}
	return list
}

func (g *group) add(at map[*aims.Requirement]*group, clauses ...*aims.Requirement) {
	for _, q := range clauses {
		g.clauses = append(g.clauses, q)
		at[q] = g
	}
}

func (g *group) weaken(s aims.Sharing) {
	if s == aims.SharesForm {
		g.shares = s
	}
}
