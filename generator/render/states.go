package render

import "annex/generator/readiness"

// gap reports whether a state is one that asks for action before all others:
// nothing satisfies the requirement, or nobody has decided whether it applies.
// What does not apply is no gap.
func gap(x readiness.State) bool { return x == readiness.Gap || x == readiness.NotAssessed }

// rule returns the sentence that says why a requirement has its state. Of the
// two ways not to apply it says the one that fits.
func rule(q *readiness.Requirement) string {
	switch {
	case q.State != readiness.NotApplicable:
		return q.State.Rule()
	case q.Applicability.Excluded():
		return "The organization decided that the reference control does not apply, and no AI system in scope needs it."
	}
	return "It binds by role and risk class, and no AI system in scope has the duty."
}

// reached counts requirements by how far they are. What is not counted in one
// of the numbers is left out as not applicable.
type reached struct {
	AtWork      int // operating or verified
	Partly      int // documented or implemented
	Planned     int
	Gaps        int
	NotAssessed int
	Of          int // all that are not left out: the whole of each number
}

func reach(counts map[readiness.State]int) reached {
	n := reached{
		AtWork:      counts[readiness.Operating] + counts[readiness.Verified],
		Partly:      counts[readiness.Documented] + counts[readiness.Implemented],
		Planned:     counts[readiness.Planned],
		Gaps:        counts[readiness.Gap],
		NotAssessed: counts[readiness.NotAssessed],
	}
	n.Of = n.AtWork + n.Partly + n.Planned + n.Gaps + n.NotAssessed
	return n
}
