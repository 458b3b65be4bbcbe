package aims

import "slices"

// weight returns how grave a class is: 0 for prohibited.
func (c RiskClass) weight() int { return slices.Index(RiskClasses(), c) }

// Lighter reports whether a class is lighter than another.
func (c RiskClass) Lighter(than RiskClass) bool { return c.weight() > than.weight() }

// Ground reports whether the entry may be the ground of a classification.
func (r *Requirement) Ground() bool { return len(r.Classes) > 0 }

// LeadsTo reports whether the entry leads to a class by itself. That is the
// lightest of its classes: with the graver ones it only stands beside another
// ground, as Article 50 of the EU AI Act does for a high-risk system that talks
// with people.
func (r *Requirement) LeadsTo(class RiskClass) bool {
	return slices.Contains(r.Classes, class) && !slices.ContainsFunc(r.Classes, func(c RiskClass) bool { return c.Lighter(class) })
}

// GroundsFor returns the entries that lead to a class by themselves, without
// those below them: first those that lead to no other class.
func (f *Framework) GroundsFor(class RiskClass) []*Requirement {
	leads := func(r *Requirement) bool { return r != nil && r.LeadsTo(class) }
	list := f.filter(func(r *Requirement) bool { return leads(r) && !leads(r.Parent) })
	slices.SortStableFunc(list, func(a, b *Requirement) int { return len(a.Classes) - len(b.Classes) })
	return list
}

// Grounds returns the entries that may be the ground of a classification,
// without those below them.
func (f *Framework) Grounds() []*Requirement {
	return f.filter(func(r *Requirement) bool { return r.Ground() && (r.Parent == nil || !r.Parent.Ground()) })
}

// Excepts reports whether one ground takes an AI system out of what another
// would make of it: every class of the one is lighter than all of the other's.
// Nothing excepts from a prohibition, and Article 6(3) of the EU AI Act only
// from the uses of Annex III.
func (r *Requirement) Excepts(other *Requirement) bool {
	if r.Framework != other.Framework || !r.Ground() || !other.Ground() || other.Prohibited() {
		return false
	}
	if uses := r.Framework.Find("Annex III"); r.Ref == "Art.6(3)" && uses != nil && !other.Within(uses) && other.Ref != "Art.6(2)" {
		return false
	}
	for _, class := range r.Classes {
		if slices.ContainsFunc(other.Classes, func(c RiskClass) bool { return !class.Lighter(c) }) {
			return false
		}
	}
	return true
}
