package render

import (
	"annex/generator/aims"
	"annex/generator/changes"
)

// Changes is what became of one organization since an earlier state.
type Changes struct {
	Note          string // why there is nothing to compare with; empty when there is
	Before, After changes.Point
	Organization  *changes.Organization // nil when there is nothing to compare with
	Settings      []changes.FieldChange
	Catalogs      []changes.Catalog
}

// asked reports whether somebody asked what changed.
func (c Changes) asked() bool { return c.Note != "" || c.Organization != nil }

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
	if !s.Changes.asked() {
		return true
	}
	v := changesView{Changes: s.Changes}
	if o := s.Changes.Organization; o != nil {
		v.None = o.None() && len(s.Changes.Settings)+len(s.Changes.Catalogs) == 0
		for _, g := range o.Records {
			v.Groups = append(v.Groups, changeGroup{g, g.Records[:min(mostChanges, len(g.Records))], max(0, len(g.Records)-mostChanges)})
		}
	}
	return yield(s.make("changes.html", "changes.html", page{Title: "Changes", Section: "changes", View: v}))
}

// leads returns what an entry of changes leads to: its subject, or nothing when
// it is gone or has no page.
func leads(a changes.About) aims.Subject {
	if a.Gone || a.Kind == string(aims.KindSignoff) {
		return aims.Subject{}
	}
	return a.Subject
}
