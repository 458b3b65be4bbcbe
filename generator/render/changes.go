package render

import (
	"annex/generator/aims"
	"annex/generator/changes"
	"annex/generator/revision"
)

// Changes is what became of one organization since an earlier state.
type Changes struct {
	Note          string // why there is nothing to compare with; empty when there is
	Before, After changes.Point
	Organization  *changes.Organization // nil when there is nothing to compare with
	Settings      []changes.FieldChange
	Catalogs      []changes.Catalog
}

// changesView is the page of changes.
type changesView struct {
	Changes
	Groups []changeGroup
	None   bool
}

// changeGroup is the changed records of one kind, as many as a page can hold.
type changeGroup struct {
	changes.Group
	Rows []changes.RecordChange
	More int
}

// mostChanges is how many changed records of one kind the page lists.
const mostChanges = 100

func (s *part) changePages(yield func(Page) bool) bool {
	if s.Changes == nil {
		return true
	}
	return yield(s.later("changes.html", "changes.html", func() page {
		return page{Title: "Changes", Section: "changes", View: newChangesView(s.Changes())}
	}))
}

func newChangesView(c Changes) changesView {
	v := changesView{Changes: c}
	if o := c.Organization; o != nil {
		v.None = o.None() && len(c.Settings)+len(c.Catalogs) == 0
		for _, g := range o.Records {
			v.Groups = append(v.Groups, changeGroup{g, g.Records[:min(mostChanges, len(g.Records))], max(0, len(g.Records)-mostChanges)})
		}
	}
	return v
}

// revisionsOf returns the revisions of a document, newest first.
func (s *part) revisionsOf(d *aims.Document) []revision.Revision {
	if s.Revisions == nil {
		return nil
	}
	return s.Revisions()[d]
}

// leads returns what an entry of changes leads to: its subject, or nothing when
// it is gone or has no page.
func leads(a changes.About) aims.Subject {
	if a.Gone || a.Kind == string(aims.KindSignoff) {
		return aims.Subject{}
	}
	return a.Subject
}
