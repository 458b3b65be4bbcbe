package render

import (
	"slices"

	"annex/generator/aims"
)

// entry is a day from which a requirement applies, or one obligation of it that
// has a day of its own, with whom and which AI systems it binds as far as the
// obligations of the catalog say.
type entry struct {
	Requirement   *aims.Requirement
	Obligation    *aims.Obligation // whose own day it is, else nil
	Application   aims.Application
	Binds         []string             // nobody named: everybody
	Classes       []aims.RiskClass     // that all it asks for is limited to
	Grounds       []*aims.Requirement  // the same of grounds, or those that the day is for
	Circumstances []*aims.Circumstance // that all it asks for comes with
	Said          bool                 // whether an obligation says which AI systems it is about
}

// entries returns the days of a requirement and those of its obligations that
// differ from them.
func entries(q *aims.Requirement) []entry {
	var list []entry
	rest := obligations(q)
	for _, a := range q.Applications {
		var same []*aims.Obligation
		for _, o := range rest {
			if len(o.Applications) == 0 || slices.ContainsFunc(o.Applications, func(own aims.Application) bool { return alike(own, a) }) {
				same = append(same, o)
			}
		}
		list = append(list, limited(entry{Requirement: q, Application: a, Binds: q.Addressees}, same))
	}
	for _, o := range rest {
		for _, own := range o.Applications {
			if slices.ContainsFunc(q.Applications, func(a aims.Application) bool { return alike(own, a) }) {
				continue // it stands with the requirement
			}
			list = append(list, limited(entry{Requirement: q, Obligation: o, Application: own}, []*aims.Obligation{o}))
		}
	}
	return list
}

func obligations(q *aims.Requirement) []*aims.Obligation {
	var list []*aims.Obligation
	for _, o := range q.Framework.Obligations {
		if o.Requirement == q {
			list = append(list, o)
		}
	}
	return list
}

// alike reports whether two days are the same day for the same systems.
func alike(a, b aims.Application) bool {
	return a.From == b.From && a.DeployedBefore == b.DeployedBefore && slices.Equal(a.Grounds, b.Grounds)
}

// limited adds to an entry what its obligations are all limited to.
func limited(e entry, obligations []*aims.Obligation) entry {
	e.Said = len(obligations) > 0
	e.Classes = union(obligations, func(o *aims.Obligation) []aims.RiskClass { return o.Classes })
	e.Grounds = e.Application.Grounds
	if len(e.Grounds) == 0 {
		e.Grounds = union(obligations, func(o *aims.Obligation) []*aims.Requirement { return o.Grounds })
	}
	e.Circumstances = union(obligations, func(o *aims.Obligation) []*aims.Circumstance { return o.Circumstances })
	if len(e.Binds) == 0 {
		for _, role := range union(obligations, func(o *aims.Obligation) []aims.SystemRole { return o.Roles }) {
			e.Binds = append(e.Binds, string(role))
		}
	}
	return e
}

// union returns what obligations are limited to together; none if one of them
// has no such limit.
func union[T comparable](obligations []*aims.Obligation, limits func(*aims.Obligation) []T) []T {
	var all []T
	for _, o := range obligations {
		own := limits(o)
		if len(own) == 0 {
			return nil
		}
		for _, x := range own {
			if !slices.Contains(all, x) {
				all = append(all, x)
			}
		}
	}
	return all
}
