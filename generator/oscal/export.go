package oscal

import (
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
}

func newExport(in Input) *export {
	w := in.Report.Workspace
	e := &export{
		Input: in, w: w, names: newNames(w, in.Report.Organization), texts: newTexts(w),
		statements: map[*aims.Framework]*soa.Statement{},
	}
	for _, s := range in.Statements {
		e.statements[s.Framework] = s
	}
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

// all returns the requirements of all frameworks that are in the profile.
func (e *export) all() []*readiness.Requirement {
	var list []*readiness.Requirement
	for _, f := range e.frameworks() {
		list = append(list, e.includedOf(f)...)
	}
	return list
}

// hasSystem reports whether there is a system security plan: OSCAL has none
// without any requirement, and no assessments without such a plan.
func (e *export) hasSystem() bool { return len(e.all()) > 0 }

// address returns where the file of a record stands, or "".
func (e *export) address(s aims.Subject, path string) string {
	if e.Address != nil {
		return e.Address(s)
	}
	return pathAddress(path)
}
