package render

import (
	"slices"

	"annex/generator/aims"
	"annex/generator/readiness"
)

// chapter is a clause, a control area or a chapter at the top of a framework
// with all that stands below it, in the framework's order.
type chapter struct {
	Heading *aims.Requirement // nil for requirements that stand below none
	Rows    []chapterRow
	Plain   bool // whether none of the rows is assessed
}

// chapterRow is one entry of a chapter.
type chapterRow struct {
	Entry  *aims.Requirement
	Depth  int                    // of headings and requirements between it and the chapter
	Heads  bool                   // whether assessable entries stand below it
	Status *readiness.Requirement // nil for an entry that nobody assesses
}

// Gap reports whether the entry asks for action before all others.
func (r chapterRow) Gap() bool { return r.Status != nil && gap(r.Status.State) }

// Anchored reports whether links to the entry lead to its row, as it has no
// page of its own or is a chapter in itself.
func (r chapterRow) Anchored() bool { return r.Status == nil || r.Entry.Parent == nil }

// chapters puts every entry of a framework below the one at its top. Entries
// that nobody assesses stay where they stand, so that what follows one is not
// taken for a part of it.
func chapters(report *readiness.Report, f *aims.Framework) []chapter {
	var list []chapter
	for _, q := range f.Requirements {
		top := q.Top()
		if top.Assessable() {
			top = nil
		}
		if n := len(list); n == 0 || list[n-1].Heading != top {
			list = append(list, chapter{Heading: top, Plain: true})
		}
		if q == top {
			continue
		}
		last := &list[len(list)-1]
		row := chapterRow{Entry: q, Depth: depth(q, top), Status: report.Requirement(q)}
		row.Heads = row.Status == nil && slices.ContainsFunc(f.Requirements, func(x *aims.Requirement) bool { return x.Assessable() && x.Within(q) })
		last.Rows = append(last.Rows, row)
		last.Plain = last.Plain && row.Status == nil
	}
	return list
}

// depth counts the entries between q and the top of its chapter.
func depth(q, top *aims.Requirement) int {
	n := 0
	for up := q.Parent; up != nil && up != top; up = up.Parent {
		n++
	}
	return n
}
