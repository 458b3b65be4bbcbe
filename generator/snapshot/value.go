package snapshot

import (
	"annex/generator/aims"
	"annex/generator/markdown"
	"annex/generator/readiness"
)

// given returns a value, or nil where none was given.
func given[T comparable](v T) *T {
	var none T
	if v == none {
		return nil
	}
	return &v
}

func date(d aims.Date) *Date { return given(Date(d.String())) }

func state(s readiness.State) State { return State(s.String()) }

// one returns the id of a record, or nil.
func one[T interface {
	comparable
	Head() *aims.Record
}](x T) *string {
	var none T
	if x == none {
		return nil
	}
	return given(x.Head().ID)
}

// many returns the ids of records.
func many[T interface{ Head() *aims.Record }](list []T) []string {
	return each(list, func(x T) string { return x.Head().ID })
}

// each returns a list of what becomes of each, never nil.
func each[T, U any](list []T, become func(T) U) []U {
	out := make([]U, 0, len(list))
	for _, x := range list {
		out = append(out, become(x))
	}
	return out
}

// words returns a list that is never nil.
func words[T any](list []T) []T {
	if list == nil {
		return []T{}
	}
	return list
}

func refs(list []*aims.Requirement) []string { return each(list, (*aims.Requirement).String) }

func ref(q *aims.Requirement) *string {
	if q == nil {
		return nil
	}
	return given(q.String())
}

func system(s *aims.System) *string {
	if s == nil {
		return nil
	}
	return given(s.ID)
}

// head returns what every record has. A record that belongs to no project here
// was cut loose from it.
func head(r *aims.Record) Head {
	h := Head{ID: r.ID, Title: r.Title, Classification: r.Classification, Withheld: given(r.Withheld), At: r.Origin.Pos.String()}
	if r.Project != nil {
		h.Project = given(r.Project.ID)
	}
	return h
}

// prose returns a text with its words, or nil without one.
func prose(w *aims.Workspace, p *aims.Prose) *Prose {
	if p == nil || p.IsZero() {
		return nil
	}
	return &Prose{HTML: p.Canonical(), Text: markdown.Lines(p.Told(w))}
}
