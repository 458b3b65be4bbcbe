package aims

import (
	"iter"
	"strings"
)

// Subject is anything that can be linked to: a requirement, a record of some
// kind, or the Statement of Applicability for a framework.
type Subject struct {
	Kind        Kind         // of a record, else empty
	Record      *Record      // nil for anything else
	Requirement *Requirement // nil for anything else
	Document    *Document    // set for documents as well
	Statement   *Framework   // nil for anything else
}

// IsZero reports whether there is nothing to link to.
func (s Subject) IsZero() bool { return s.Record == nil && s.Requirement == nil && s.Statement == nil }

// Title returns the words that a link to the subject shows.
func (s Subject) Title() string {
	if s.Requirement != nil {
		return s.Requirement.Ref + " " + s.Requirement.Title
	}
	if s.Statement != nil {
		return "Statement of Applicability, " + s.Statement.Title
	}
	return s.Record.Title
}

// Framework returns the framework in use with an id, or nil.
func (w *Workspace) Framework(id string) *Framework {
	for _, f := range w.Frameworks {
		if f.ID == id {
			return f
		}
	}
	return nil
}

// Resolve returns what a reference in a text may mean: framework:ref for a
// requirement, an id for a record of any kind, kind:id for one of that kind.
// More than one result means that the reference is ambiguous.
func (w *Workspace) Resolve(target string) []Subject {
	prefix, rest, found := strings.Cut(target, ":")
	if !found {
		return w.subjects[target]
	}
	if f := w.Framework(prefix); f != nil {
		if r := f.Find(rest); r != nil {
			return []Subject{{Requirement: r}}
		}
		return nil
	}
	for _, s := range w.subjects[rest] {
		if string(s.Kind) == prefix {
			return []Subject{s}
		}
	}
	return nil
}

// Subjects yields every record that can be referred to, in no order.
func (w *Workspace) Subjects() iter.Seq[Subject] {
	return func(yield func(Subject) bool) {
		for _, list := range w.subjects {
			for _, x := range list {
				if !yield(x) {
					return
				}
			}
		}
	}
}

// DocumentAt returns the document that was read from a file, or nil.
func (w *Workspace) DocumentAt(file string) *Document { return w.documentAt[file] }

// EvidenceAt returns the evidence that points to a file, or nil.
func (w *Workspace) EvidenceAt(file string) *Evidence { return w.evidenceAt[file] }

// SubjectIDs returns every id that a text may refer to, in no order.
func (w *Workspace) SubjectIDs() []string {
	list := make([]string, 0, len(w.subjects))
	for id := range w.subjects {
		list = append(list, id)
	}
	return list
}

func (w *Workspace) indexSubjects() {
	n := len(w.Documents) + len(w.Controls) + len(w.Evidence) + len(w.Risks)
	w.subjects = make(map[string][]Subject, n)
	w.documentAt = make(map[string]*Document, len(w.Documents))
	w.evidenceAt = map[string]*Evidence{}
	all := make([]Subject, 0, n) // lists of one are parts of it
	put := func(id string, x Subject) {
		if before := w.subjects[id]; before != nil {
			w.subjects[id] = append(before, x)
			return
		}
		all = append(all, x)
		w.subjects[id] = all[len(all)-1 : len(all) : len(all)]
	}
	add := func(kind Kind, r *Record) { put(r.ID, Subject{Kind: kind, Record: r}) }
	for _, d := range w.Documents {
		w.documentAt[d.Origin.Pos.Filename] = d
		put(d.ID, Subject{Kind: KindDocument, Record: &d.Record, Document: d})
	}
	for _, e := range w.Evidence {
		if e.File != "" {
			w.evidenceAt[e.File] = e
		}
		add(KindEvidence, &e.Record)
	}
	for _, s := range w.Systems() {
		add(KindSystem, s.Record)
	}
	addAll(add, KindControl, w.Controls)
	addAll(add, KindRisk, w.Risks)
	addAll(add, KindObjective, w.Objectives)
	addAll(add, KindRole, w.Roles)
	addAll(add, KindParty, w.Parties)
	addAll(add, KindAudit, w.Audits)
	addAll(add, KindFinding, w.Findings)
	addAll(add, KindReview, w.Reviews)
}

func addAll[T interface{ Head() *Record }](add func(Kind, *Record), kind Kind, list []T) {
	for _, x := range list {
		add(kind, x.Head())
	}
}
