package readiness

import (
	"slices"

	"annex/generator/aims"
)

// Register is a register of annex that can answer documented information.
type Register struct {
	Name  string
	Rule  string // when it answers for a framework, as a sentence
	holds func(*Report, *aims.Framework) bool
}

// Registers returns the rules by which registers answer. What has no framework
// of its own is shared out: with one standard in use everything is about it.
func Registers() []Register {
	return []Register{
		{aims.RegisterSoA, "The Statement of Applicability for the framework is approved: by whom and when is said, and that day has come.", func(r *Report, f *aims.Framework) bool {
			return r.Organization.SoA(f).In(r.AsOf)
		}},
		{"risks", "A risk is assessed by the day, and a control that treats it serves the framework; with one standard in use every risk counts.", func(r *Report, f *aims.Framework) bool {
			return slices.ContainsFunc(r.Workspace.Risks, func(k *aims.Risk) bool { return r.assessed(k) && r.riskFor(k, f) })
		}},
		{"risk-treatment", "For such a risk the treatment is decided as well.", func(r *Report, f *aims.Framework) bool {
			return slices.ContainsFunc(r.Workspace.Risks, func(k *aims.Risk) bool { return k.Treatment != "" && r.assessed(k) && r.riskFor(k, f) })
		}},
		{"objectives", "An objective that was not dropped satisfies a requirement of the framework; with one standard in use every objective counts.", func(r *Report, f *aims.Framework) bool {
			return slices.ContainsFunc(r.Workspace.Objectives, func(o *aims.Objective) bool {
				return o.Status != aims.Dropped && (r.oneStandard() || ofFramework(o.Satisfies, f))
			})
		}},
		{"audits", "An internal audit of the framework in this organization was done by the day.", func(r *Report, f *aims.Framework) bool {
			return slices.ContainsFunc(r.Workspace.Audits, func(a *aims.Audit) bool {
				return a.Kind == aims.InternalAudit && a.Done(r.AsOf) && a.Of(f) && a.In(r.Organization)
			})
		}},
		{"findings", "A nonconformity, major or minor, was raised by the day: on a requirement of the framework, in an audit of it or on a control that serves it.", func(r *Report, f *aims.Framework) bool {
			return slices.ContainsFunc(r.Workspace.Findings, func(x *aims.Finding) bool {
				return x.Nonconformity() && !x.Raised.After(r.AsOf) && findingFor(x, f)
			})
		}},
		{"reviews", "A management review was held by the day.", func(r *Report, _ *aims.Framework) bool {
			return slices.ContainsFunc(r.Workspace.Reviews, func(x *aims.Review) bool { return !x.HeldOn.After(r.AsOf) })
		}},
		{"evidence", "Evidence in force on the day shows a control that serves the framework.", func(r *Report, f *aims.Framework) bool {
			return slices.ContainsFunc(r.Workspace.Evidence, func(e *aims.Evidence) bool {
				return e.Current(r.AsOf) && serves(r.Workspace.ControlsShownBy(e), f)
			})
		}},
	}
}

// registered reports whether a register answers for a framework on the as-of
// date.
func (r *Report) registered(name string, f *aims.Framework) bool {
	return slices.ContainsFunc(Registers(), func(x Register) bool { return x.Name == name && x.holds(r, f) })
}

// assessed reports whether a risk was assessed by the as-of date.
func (r *Report) assessed(k *aims.Risk) bool { return k.Score() > 0 && !k.AssessedOn.After(r.AsOf) }

// riskFor reports whether a risk is about a framework.
func (r *Report) riskFor(k *aims.Risk, f *aims.Framework) bool {
	return r.oneStandard() || serves(r.Workspace.ControlsTreating(k), f)
}

// oneStandard reports whether the organization runs no more than one management
// system, which is then what all records are about.
func (r *Report) oneStandard() bool {
	n := 0
	for _, f := range r.Workspace.Frameworks {
		if f.Standard() {
			n++
		}
	}
	return n < 2
}

// findingFor reports whether a finding is about a framework: by its requirement,
// or without one by its audit or its control. One that names nothing is about
// all.
func findingFor(x *aims.Finding, f *aims.Framework) bool {
	switch {
	case x.Requirement != nil:
		return x.Requirement.Framework == f
	case x.Audit != nil && (len(x.Audit.Frameworks) > 0 || len(x.Audit.Criteria) > 0):
		return x.Audit.Of(f)
	case x.Control != nil:
		return ofFramework(x.Control.Satisfies, f)
	}
	return true
}

// serves reports whether one of the controls satisfies a requirement of a
// framework.
func serves(controls []*aims.Control, f *aims.Framework) bool {
	return slices.ContainsFunc(controls, func(c *aims.Control) bool { return ofFramework(c.Satisfies, f) })
}

func ofFramework(list []*aims.Requirement, f *aims.Framework) bool {
	return slices.ContainsFunc(list, func(q *aims.Requirement) bool { return q.Framework == f })
}
