package load

import (
	"fmt"
	"slices"

	"annex/generator/aims"
	"annex/generator/diag"
	"annex/generator/source"
)

// audiences reads whom builds are for. The projects that an audience names are
// looked up once they are known.
func (l *loader) audiences(r *source.Reader) {
	for _, t := range r.Tables("audience") {
		a := &aims.Audience{ID: t.ID("id"), Title: t.Text("title"), Watermark: t.Text("watermark"), Origin: t.Origin()}
		if a.Title == "" {
			a.Title = a.ID
		}
		a.Ceiling = source.RequiredWord(t, "ceiling", aims.Classifications())
		for _, ref := range l.some(t, "frameworks") {
			if f := l.ws.Framework(ref.Text); f == nil {
				l.report(l.unknownFramework(ref, ref.Text, true))
			} else if !slices.Contains(a.Frameworks, f) {
				a.Frameworks = append(a.Frameworks, f)
			}
		}
		a.Evidence, a.History, a.Drafts = flag(t, "evidence", true), flag(t, "history", false), flag(t, "drafts", false)
		for _, name := range t.Refs("accept") {
			a.Accept = append(a.Accept, name.Text)
		}
		refs := l.some(t, "projects")
		l.pending = append(l.pending, func() {
			for _, ref := range refs {
				if p, ok := find(l, l.index.projects, aims.KindProject, ref); ok && !slices.Contains(a.Projects, p) {
					a.Projects = append(a.Projects, p)
				}
			}
		})
		t.Done()
		if a.ID == "" {
			continue
		}
		if first := l.ws.Audience(a.ID); first != nil {
			d := diag.New(diag.DoubleID, t.Pos("id"), fmt.Sprintf("the audience id %q is given twice", a.ID), "give one of the two another id")
			d.Related = []diag.Related{{Pos: first.Origin.Key("id"), Message: "first given here"}}
			l.report(d)
			continue
		}
		l.ws.Audiences = append(l.ws.Audiences, a)
	}
}

// some reads a list that chooses. An empty one would choose nothing, while no
// list at all chooses everything.
func (l *loader) some(r *source.Reader, key string) []source.Item {
	refs := r.Refs(key)
	if r.Has(key) && len(refs) == 0 {
		l.report(diag.New(diag.MissingKey, r.Pos(key), fmt.Sprintf("the list %s chooses nothing", key),
			"name one, or delete the line: without it all go along"))
	}
	return refs
}

// flag reads a yes or no that has a default.
func flag(r *source.Reader, key string, otherwise bool) bool {
	if v, given := r.Bool(key); given {
		return v
	}
	return otherwise
}
