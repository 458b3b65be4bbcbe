package changes

import (
	"strconv"
	"strings"

	"annex/generator/aims"
)

// Catalog is a framework or crosswalk that is in use in one state only, or that
// is another edition or version of itself. Requirements are named by their refs.
type Catalog struct {
	Kind         string        `json:"kind"` // framework or crosswalk
	ID           string        `json:"id"`   // of a crosswalk iso-42001/iso-27001
	Title        string        `json:"title"`
	Change       Change        `json:"change"`
	Fields       []FieldChange `json:"fields"`
	Requirements struct {
		Added   []string `json:"added"`
		Removed []string `json:"removed"`
		Changed []string `json:"changed"` // that are called or ask something else
	} `json:"requirements"`
}

// catalog is a framework or crosswalk as far as it is compared.
type catalog struct {
	kind, id, title string
	fields          []aims.Field
	refs            []string
	asks            map[string]string
}

func catalogsOf(w *aims.Workspace) []catalog {
	var list []catalog
	for _, f := range w.Frameworks {
		c := catalog{kind: "framework", id: f.ID, title: f.Title, asks: map[string]string{}, fields: []aims.Field{
			{Name: "title", Value: f.Title},
			{Name: "full_title", Value: f.FullTitle},
			{Name: "edition", Value: f.Edition},
			{Name: "version", Value: f.Version},
			{Name: "obligations", Value: strconv.Itoa(len(f.Obligations))},
		}}
		for _, q := range f.Requirements {
			c.refs = append(c.refs, q.Ref)
			c.asks[q.Ref] = asks(q)
		}
		list = append(list, c)
	}
	for _, x := range w.Crosswalks {
		list = append(list, catalog{kind: "crosswalk", id: x.From.ID + "/" + x.To.ID, title: x.Title, fields: []aims.Field{
			{Name: "title", Value: x.Title},
			{Name: "version", Value: x.Version},
			{Name: "pairs", Value: strconv.Itoa(len(x.Pairs))},
		}})
	}
	return list
}

// asks returns what a requirement is and asks for.
func asks(q *aims.Requirement) string {
	parts := []string{string(q.Kind), q.Title, q.Asks, q.Note, strings.Join(q.Addressees, ",")}
	for _, d := range q.Documented {
		parts = append(parts, d.ID, d.Title, d.KeptAs, d.Register)
	}
	for _, a := range q.Applications {
		parts = append(parts, a.From.String(), a.Note)
	}
	return strings.Join(parts, "\x00")
}

// catalogs compares the frameworks and crosswalks in use. Two crosswalks
// between the same frameworks are matched in their order.
func catalogs(before, after *aims.Workspace) []Catalog {
	list := []Catalog{}
	old := map[string][]catalog{}
	for _, c := range catalogsOf(before) {
		old[c.kind+c.id] = append(old[c.kind+c.id], c)
	}
	for _, now := range catalogsOf(after) {
		key := now.kind + now.id
		if len(old[key]) == 0 {
			list = append(list, now.changed(Added))
			continue
		}
		was := old[key][0]
		old[key] = old[key][1:]
		c := now.changed(Changed)
		c.Fields = append(c.Fields, classes(nil).fields(was.fields, now.fields)...)
		q := &c.Requirements
		for _, ref := range now.refs {
			switch asked, ok := was.asks[ref]; {
			case !ok:
				q.Added = append(q.Added, ref)
			case asked != now.asks[ref]:
				q.Changed = append(q.Changed, ref)
			}
		}
		for _, ref := range was.refs {
			if _, ok := now.asks[ref]; !ok {
				q.Removed = append(q.Removed, ref)
			}
		}
		if len(c.Fields)+len(q.Added)+len(q.Removed)+len(q.Changed) > 0 {
			list = append(list, c)
		}
	}
	for _, c := range catalogsOf(before) {
		if len(old[c.kind+c.id]) > 0 {
			old[c.kind+c.id] = old[c.kind+c.id][1:]
			list = append(list, c.changed(Removed))
		}
	}
	return list
}

func (c catalog) changed(how Change) Catalog {
	x := Catalog{Kind: c.kind, ID: c.id, Title: c.title, Change: how, Fields: []FieldChange{}}
	x.Requirements.Added, x.Requirements.Removed, x.Requirements.Changed = []string{}, []string{}, []string{}
	return x
}

// Sentences returns in words what became of a catalog.
func (c Catalog) Sentences() []string {
	var list []string
	for _, f := range c.Fields {
		list = append(list, f.String())
	}
	for _, part := range []struct {
		refs []string
		what string
	}{{c.Requirements.Added, "added"}, {c.Requirements.Removed, "removed"}, {c.Requirements.Changed, "changed"}} {
		if len(part.refs) > 0 {
			list = append(list, count(len(part.refs), "requirement")+" "+part.what+": "+strings.Join(part.refs, ", "))
		}
	}
	return list
}
