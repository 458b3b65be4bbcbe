// Package walk derives the order in which an auditor goes through a management
// system, and what is to be seen at each step: the clauses that ask for it, the
// documents and the evidence that answer, and what was found wrong.
//
//	for _, step := range walk.Steps(report) {
//		step.Title     // "Internal audit"
//		step.Clauses   // 9.2.1 and 9.2.2 of each standard in use
//		step.Documents // that serve them
//	}
//
// Which clause belongs to a step is told by the harmonized structure that ISO's
// management system standards share: 4.3 is the scope in each of them. What else
// is in use, laws and guidelines, stands beside, as far as a crosswalk leads
// there from one of the clauses.
package walk

import (
	"slices"

	"annex/generator/aims"
	"annex/generator/readiness"
)

// Step is one subject of an audit.
type Step struct {
	ID    string // scope
	Title string
	About string // what it is, as a sentence

	Clauses   []*readiness.Requirement // in the order of the frameworks and their clauses
	Beside    []*aims.Requirement      // of other frameworks, by crosswalk
	Controls  []*readiness.Control     // that satisfy the clauses; all of them in Operation
	Documents []*aims.Document         // each stands in one step
	Evidence  []*aims.Evidence         // of the controls, the newest first
	Findings  []*aims.Finding          // on the clauses and controls, open and closed; all in Improvement
}

// Empty reports whether no record answers the step.
func (s *Step) Empty() bool {
	return len(s.Controls)+len(s.Documents)+len(s.Evidence)+len(s.Findings) == 0
}

// Open returns the findings that are open on a day.
func (s *Step) Open(asOf aims.Date) []*aims.Finding {
	return slices.DeleteFunc(slices.Clone(s.Findings), func(f *aims.Finding) bool { return !f.Open(asOf) })
}

// Steps returns the steps in the working order of auditors, each as the
// organization of a report stands.
func Steps(r *readiness.Report) []*Step {
	var list []*Step
	for _, k := range kinds() {
		s := &Step{ID: k.id, Title: k.title, About: k.about}
		for _, f := range r.Frameworks {
			if !harmonized(f.Framework) {
				continue
			}
			for _, q := range f.Requirements {
				if k.asks(q.Requirement) {
					s.Clauses = append(s.Clauses, q)
				}
			}
		}
		s.gather(r, k)
		list = append(list, s)
	}
	share(r.Workspace, list)
	return list
}

// harmonized reports whether a framework numbers its clauses by the harmonized
// structure, so that a number says what the clause is about: 5.2 the policy, 9.3
// the management review. ISO/IEC 27701:2019 is a standard that does not.
func harmonized(f *aims.Framework) bool {
	return f.Standard() && !slices.ContainsFunc([]string{"4.3", "5.2", "6.1.2", "6.2", "9.3", "10.2"}, func(ref string) bool { return f.Find(ref) == nil })
}

// gather adds the records that answer a step.
func (s *Step) gather(r *readiness.Report, k kind) {
	if k.stated {
		return
	}
	w := r.Workspace
	controls, beside, documents := once[*readiness.Control]{}, once[*aims.Requirement]{}, once[*aims.Document]{}
	evidence, findings := once[*aims.Evidence]{}, once[*aims.Finding]{}
	for _, q := range s.Clauses {
		controls.add(q.Controls...)
		documents.add(q.Documents...)
		findings.add(w.FindingsOn(q.Requirement)...)
		for _, n := range w.Neighbours(q.Requirement) {
			if !harmonized(n.Requirement.Framework) && n.Requirement.Assessable() {
				beside.add(n.Requirement)
			}
		}
	}
	serving := controls.list
	if k.everyControl {
		for _, c := range w.Controls {
			controls.add(r.Control(c))
		}
	}
	if k.everyFinding {
		findings.add(w.Findings...)
	}
	for _, c := range serving {
		documents.add(c.Control.Documents...)
	}
	for _, c := range controls.list {
		evidence.add(w.EvidenceOf(c.Control)...)
		findings.add(w.FindingsOf(c.Control)...)
	}
	for _, d := range w.Documents {
		if k.documents != nil && k.documents(w, d) {
			documents.add(d)
		}
	}
	s.Documents = documents.list
	s.Controls, s.Beside, s.Evidence, s.Findings = controls.list, ordered(w, beside.list), evidence.list, findings.list
	slices.SortStableFunc(s.Evidence, func(a, b *aims.Evidence) int { return b.Effective.Compare(a.Effective) })
}

// ordered puts requirements in the order of the frameworks in use and of their
// catalogs.
func ordered(w *aims.Workspace, list []*aims.Requirement) []*aims.Requirement {
	var sorted []*aims.Requirement
	for _, f := range w.Frameworks {
		for _, q := range f.Requirements {
			if slices.Contains(list, q) {
				sorted = append(sorted, q)
			}
		}
	}
	return sorted
}

// once is a list in which each stands once.
type once[T comparable] struct {
	list []T
	seen map[T]bool
}

func (o *once[T]) add(all ...T) {
	if o.seen == nil {
		o.seen = map[T]bool{}
	}
	for _, x := range all {
		if !o.seen[x] {
			o.seen[x] = true
			o.list = append(o.list, x)
		}
	}
}

// share lets each document stand in the first step that it serves: one that says
// so itself before one that only has a control that follows it. What serves no
// clause stands with the controls that follow it, and the rest with the documented
// information.
func share(w *aims.Workspace, steps []*Step) {
	own := kinds()
	in := map[*aims.Document]*Step{}
	claim := func(s *Step, d *aims.Document) {
		if in[d] == nil {
			in[d] = s
		}
	}
	for i, s := range steps {
		for _, d := range s.Documents {
			if own[i].documents != nil && own[i].documents(w, d) || slices.ContainsFunc(d.Satisfies, s.asks) {
				claim(s, d)
			}
		}
	}
	for _, s := range steps {
		for _, d := range s.Documents {
			claim(s, d)
		}
		s.Documents = nil
	}
	at := func(id string) *Step { return steps[slices.IndexFunc(steps, func(s *Step) bool { return s.ID == id })] }
	for _, d := range w.Documents {
		if len(w.ControlsDocumentedBy(d)) > 0 || len(d.Satisfies) > 0 {
			claim(at(Operation), d)
		}
		claim(at(Documents), d)
		in[d].Documents = append(in[d].Documents, d)
	}
}

// asks reports whether a requirement is one of the clauses of the step.
func (s *Step) asks(q *aims.Requirement) bool {
	return slices.ContainsFunc(s.Clauses, func(c *readiness.Requirement) bool { return c.Requirement == q })
}
