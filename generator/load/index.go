package load

import (
	"fmt"
	"go/token"
	"slices"
	"strings"

	"annex/generator/aims"
	"annex/generator/diag"
	"annex/generator/source"
)

// index finds records by id while they are being loaded.
type index struct {
	projects   map[string]*aims.Project
	systems    map[string]*aims.System
	documents  map[string]*aims.Document
	controls   map[string]*aims.Control
	evidence   map[string]*aims.Evidence
	risks      map[string]*aims.Risk
	objectives map[string]*aims.Objective
	roles      map[string]*aims.Role
	parties    map[string]*aims.Party
	audits     map[string]*aims.Audit
	findings   map[string]*aims.Finding
	reviews    map[string]*aims.Review
	signoffs   map[string]*aims.Signoff
	decisions  map[string]*aims.Decision // by project and requirement
}

func newIndex() index {
	return index{
		projects:   map[string]*aims.Project{},
		systems:    map[string]*aims.System{},
		documents:  map[string]*aims.Document{},
		controls:   map[string]*aims.Control{},
		evidence:   map[string]*aims.Evidence{},
		risks:      map[string]*aims.Risk{},
		objectives: map[string]*aims.Objective{},
		roles:      map[string]*aims.Role{},
		parties:    map[string]*aims.Party{},
		audits:     map[string]*aims.Audit{},
		findings:   map[string]*aims.Finding{},
		reviews:    map[string]*aims.Review{},
		signoffs:   map[string]*aims.Signoff{},
		decisions:  map[string]*aims.Decision{},
	}
}

// headed is a record of any kind.
type headed interface{ Head() *aims.Record }

// add puts a record under its id and reports an id that is taken.
func add[T headed](l *loader, index map[string]T, kind aims.Kind, id source.Item, record T) bool {
	if id.Text == "" {
		return false
	}
	first, taken := index[id.Text]
	if !taken {
		index[id.Text] = record
		return true
	}
	place := first.Head().Origin.Key("id")
	d := diag.New(diag.DoubleID, id.Pos, fmt.Sprintf("the %s id %q is given twice", kind, id.Text),
		"give one of the two another id")
	d.Related = []diag.Related{{Pos: place, Message: "first given here"}}
	l.report(d)
	return false
}

// find looks up one reference to a record.
func find[T any](l *loader, index map[string]T, kind aims.Kind, ref source.Item) (T, bool) {
	record, ok := index[ref.Text]
	if !ok {
		l.report(diag.New(diag.UnknownRecord, ref.Pos,
			fmt.Sprintf("there is no %s with the id %q", kind, ref.Text), suggest(ref.Text, keys(index), "add the "+string(kind))))
	}
	return record, ok
}

// one reads a key that refers to one record.
func one[T any](l *loader, r *source.Reader, key string, index map[string]T, kind aims.Kind) T {
	var none T
	ref, ok := r.Ref(key)
	if !ok {
		return none
	}
	record, _ := find(l, index, kind, ref)
	return record
}

// many reads a key that refers to a list of records.
func many[T any](l *loader, r *source.Reader, key string, index map[string]T, kind aims.Kind) []T {
	var list []T
	for _, ref := range r.Refs(key) {
		if record, ok := find(l, index, kind, ref); ok {
			list = append(list, record)
		}
	}
	return list
}

// requirement looks up one assessable requirement.
func (l *loader) requirement(ref source.Item) *aims.Requirement {
	id, number, found := strings.Cut(ref.Text, ":")
	f := l.ws.Framework(id)
	if !found || f == nil {
		l.report(l.unknownFramework(ref, id, found))
		return nil
	}
	q := f.Find(number)
	if q == nil {
		l.report(l.unknownRequirement(ref, f, number))
		return nil
	}
	if !q.Assessable() {
		l.report(diag.New(diag.NotAssessable, ref.Pos,
			fmt.Sprintf("%s is a heading (%s), not a requirement", ref.Text, q.Title), below(f, q)))
		return nil
	}
	return q
}

func (l *loader) requirements(r *source.Reader, key string) []*aims.Requirement {
	var list []*aims.Requirement
	for _, ref := range r.Refs(key) {
		if q := l.requirement(ref); q != nil {
			list = append(list, q)
		}
	}
	return list
}

func (l *loader) unknownFramework(ref source.Item, id string, found bool) diag.Diagnostic {
	if !found {
		return diag.New(diag.UnknownRequirement, ref.Pos, fmt.Sprintf("%q does not name a framework", ref.Text),
			"write framework:number, such as iso-42001:A.6.2.4")
	}
	help := "frameworks in use: " + strings.Join(frameworkIDs(l.ws.Frameworks), ", ")
	if slices.Contains(l.frameworkIDs(), id) {
		help = fmt.Sprintf("add %q to frameworks in annex.toml", id)
	}
	if near := source.Nearest(id, l.frameworkIDs()); near != "" && near != id {
		help = fmt.Sprintf("did you mean %s?", near)
	}
	return diag.New(diag.UnknownFramework, ref.Pos, fmt.Sprintf("the framework %q is not in use", id), help)
}

func (l *loader) unknownRequirement(ref source.Item, f *aims.Framework, number string) diag.Diagnostic {
	refs := make([]string, 0, len(f.Requirements))
	for _, q := range f.Requirements {
		if q.Assessable() {
			refs = append(refs, q.Ref)
		}
	}
	help := fmt.Sprintf("the catalog of %s lists its %d requirements", f.Title, len(refs))
	if near := source.Nearest(number, refs); near != "" {
		help = fmt.Sprintf("did you mean %s:%s, %q?", f.ID, near, f.Find(near).Title)
	}
	for _, q := range f.Requirements {
		if q.ObjectiveRef == number {
			help = fmt.Sprintf("%s is the objective of area %s; %s", number, q.Ref, below(f, q))
		}
	}
	return diag.New(diag.UnknownRequirement, ref.Pos, fmt.Sprintf("%s has no requirement %s", f.Title, number), help)
}

// below names the requirements under a heading.
func below(f *aims.Framework, heading *aims.Requirement) string {
	var refs []string
	for _, q := range f.Assessable() {
		for up := q.Parent; up != nil; up = up.Parent {
			if up == heading {
				refs = append(refs, f.ID+":"+q.Ref)
			}
		}
	}
	return "name one below it: " + some(refs)
}

// some lists at most six names.
func some(names []string) string {
	if len(names) > 6 {
		names = append(names[:6:6], "…")
	}
	return strings.Join(names, ", ")
}

func frameworkIDs(list []*aims.Framework) []string {
	ids := make([]string, len(list))
	for i, f := range list {
		ids[i] = f.ID
	}
	return ids
}

func keys[T any](m map[string]T) []string {
	list := make([]string, 0, len(m))
	for k := range m {
		list = append(list, k)
	}
	return list
}

// suggest returns "did you mean" for the nearest candidate, or otherwise.
func suggest(word string, candidates []string, otherwise string) string {
	if near := source.Nearest(word, candidates); near != "" {
		return fmt.Sprintf("did you mean %s?", near)
	}
	return otherwise
}

func at(file string) token.Position { return token.Position{Filename: file, Line: 1, Column: 1} }
