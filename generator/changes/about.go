package changes

import (
	"strings"

	"annex/generator/aims"
)

// about names a subject of the state after.
func about(s aims.Subject) About {
	if q := s.Requirement; q != nil {
		return About{Kind: "requirement", ID: q.String(), Subject: s}
	}
	return About{Kind: string(s.Kind), ID: s.Record.ID, Classification: s.Record.Classification, Subject: s, Record: s.Record}
}

// decided names a decision. It is shown where its requirement is.
func decided(d *aims.Decision) About {
	return About{
		Kind: string(aims.KindDecision), ID: d.ID, Classification: d.Classification,
		Subject: requirement(d.Requirement), Record: &d.Record,
	}
}

// gone names what only the state before has.
func gone(a About) About {
	a.Gone = true
	return a
}

// naming adds records that a sentence names beside its subject.
func (a About) naming(records ...*aims.Record) About {
	for _, r := range records {
		a.Classification = higher(a.Classification, r.Classification)
	}
	return a
}

// higher returns the higher of two classifications; none is the lowest.
func higher(a, b aims.Classification) aims.Classification {
	if b.Above(a) {
		return b
	}
	return a
}

// classes holds the highest classification of the records with an id.
type classes map[string]aims.Classification

func classesOf(states ...*aims.Workspace) classes {
	c := classes{}
	for _, w := range states {
		for _, r := range recordsOf(w) {
			c[r.head.ID] = higher(c[r.head.ID], r.head.Classification)
		}
	}
	return c
}

// naming returns the highest classification of the records that a value names.
func (c classes) naming(values ...string) aims.Classification {
	var highest aims.Classification
	for _, v := range values {
		for id := range strings.SplitSeq(v, ", ") {
			highest = higher(highest, c[id])
		}
	}
	return highest
}

func requirement(q *aims.Requirement) aims.Subject { return aims.Subject{Requirement: q} }

func control(c *aims.Control) aims.Subject {
	return aims.Subject{Kind: aims.KindControl, Record: &c.Record}
}

func document(d *aims.Document) aims.Subject {
	return aims.Subject{Kind: aims.KindDocument, Record: &d.Record, Document: d}
}

func evidence(e *aims.Evidence) aims.Subject {
	return aims.Subject{Kind: aims.KindEvidence, Record: &e.Record}
}

func finding(f *aims.Finding) aims.Subject {
	return aims.Subject{Kind: aims.KindFinding, Record: &f.Record}
}

func audit(a *aims.Audit) aims.Subject {
	return aims.Subject{Kind: aims.KindAudit, Record: &a.Record}
}

func system(s *aims.System) aims.Subject {
	return aims.Subject{Kind: aims.KindSystem, Record: s.Record}
}
