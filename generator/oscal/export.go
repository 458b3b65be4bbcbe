package oscal

import (
	"slices"

	"annex/generator/aims"
	"annex/generator/readiness"
	"annex/generator/soa"
)

// export is what the files of one organization have in common.
type export struct {
	Input
	w          *aims.Workspace
	names      names
	texts      texts
	statements map[*aims.Framework]*soa.Statement
	applies    []*readiness.Requirement                   // those in the profile, of all frameworks
	serves     map[*aims.Control][]*readiness.Requirement // those that a control satisfies
	audits     []*aims.Audit                              // that took place by the as-of date, the earliest first
	performed  []*aims.Execution                          // up to the as-of date, of what is not withheld
	withheld   int                                        // performances that are
}

func newExport(in Input) *export {
	w := in.Report.Workspace
	e := &export{
		Input: in, w: w, names: newNames(w, in.Report.Organization), texts: newTexts(w),
		statements: map[*aims.Framework]*soa.Statement{},
		serves:     map[*aims.Control][]*readiness.Requirement{},
	}
	for _, s := range in.Statements {
		e.statements[s.Framework] = s
	}
	for _, f := range e.frameworks() {
		e.applies = append(e.applies, e.includedOf(f)...)
	}
	for _, s := range e.applies {
		for _, c := range s.Controls {
			e.serves[c.Control] = append(e.serves[c.Control], s)
		}
	}
	for _, a := range w.Audits {
		if a.Done(in.Report.AsOf) {
			e.audits = append(e.audits, a)
		}
	}
	slices.SortStableFunc(e.audits, func(a, b *aims.Audit) int { return a.Last().Compare(b.Last()) })
	e.perform()
	return e
}

// frameworks returns those that hold anything that can be satisfied. Without
// that there is nothing for a profile to choose.
func (e *export) frameworks() []*aims.Framework {
	var list []*aims.Framework
	for _, f := range e.w.Frameworks {
		if len(f.Assessable()) > 0 {
			list = append(list, f)
		}
	}
	return list
}

// included reports whether a requirement is in the profile: a reference control
// once it is decided that it applies, anything else that can be satisfied.
func (e *export) included(q *aims.Requirement) bool {
	s := e.Report.Requirement(q)
	if s == nil {
		return false
	}
	return !q.IsReferenceControl() || s.Applicability.Decided && s.Applicability.Applicable
}

// includedOf returns the requirements of a framework that are in the profile.
func (e *export) includedOf(f *aims.Framework) []*readiness.Requirement {
	var list []*readiness.Requirement
	for _, q := range f.Assessable() {
		if e.included(q) {
			list = append(list, e.Report.Requirement(q))
		}
	}
	return list
}

// perform collects the performances of controls that can be told of.
func (e *export) perform() {
	for _, c := range e.w.Controls {
		for _, x := range c.Executions {
			switch {
			case x.On.After(e.Report.AsOf) || day(x.On) == "":
			case c.Withheld != "" || x.System != nil && x.System.Withheld != "":
				e.withheld++
			default:
				e.performed = append(e.performed, x)
			}
		}
	}
}

// hasSystem reports whether there is a system security plan: OSCAL has none
// without any requirement, and no assessments without such a plan.
func (e *export) hasSystem() bool { return len(e.applies) > 0 }

// address returns where the file of a record stands, or "".
func (e *export) address(s aims.Subject, path string) string {
	if e.Address != nil {
		return e.Address(s)
	}
	return pathAddress(path)
}
