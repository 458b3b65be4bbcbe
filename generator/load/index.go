package load

import (
	"fmt"
	"go/token"
	"slices"
	"strings"

	"annex/generator/aims"
	"annex/generator/diag"
	"annex/generator/framework"
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
	decisions  map[string]*aims.Decision // by folder of the project and requirement
}

// newIndex returns an index for about as many documents, controls and pieces of
// evidence as there are files.
func newIndex(files int) index {
	return index{
		projects:   map[string]*aims.Project{},
		systems:    map[string]*aims.System{},
		documents:  make(map[string]*aims.Document, files),
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
	q := l.entry(ref, (*aims.Requirement).Assessable)
	if q != nil && !q.Assessable() {
		l.report(diag.New(diag.NotAssessable, ref.Pos,
			fmt.Sprintf("%s is a heading (%s), not a requirement", ref.Text, q.Title), instead(q)))
		return nil
	}
	return q
}

// entry looks up one entry of a framework. Fits says which entries can be meant
// where it stands.
func (l *loader) entry(ref source.Item, fits func(*aims.Requirement) bool) *aims.Requirement {
	id, number, found := strings.Cut(ref.Text, ":")
	f := l.ws.Framework(id)
	if !found || f == nil {
		l.report(l.unknownFramework(ref, id, found))
		return nil
	}
	q := f.Find(number)
	if q == nil {
		l.report(l.unknownRequirement(ref, f, number, fits))
	}
	return q
}

// anyEntry fits where headings may stand as well.
func anyEntry(*aims.Requirement) bool { return true }

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

func (l *loader) unknownRequirement(ref source.Item, f *aims.Framework, number string, fits func(*aims.Requirement) bool) diag.Diagnostic {
	among := slices.DeleteFunc(slices.Clone(f.Requirements), func(q *aims.Requirement) bool { return !fits(q) })
	help := fmt.Sprintf("the catalog of %s lists its %d requirements", f.Title, len(f.Assessable()))
	meant, near := framework.Meant(number, among)
	switch {
	case meant != nil:
		help = fmt.Sprintf("did you mean %s, %q?", meant, meant.Title)
	case len(near) > 0:
		help = fmt.Sprintf("%s near it: %s", plural(f.Unit), some(names(near, false)))
	}
	for _, q := range f.Requirements {
		if q.ObjectiveRef == number {
			help = fmt.Sprintf("%s is the objective of area %s; %s", number, q.Ref, instead(q))
		}
	}
	return diag.New(diag.UnknownRequirement, ref.Pos, fmt.Sprintf("%s has no requirement %s", f.Title, number), help)
}

// plural returns the word for more than one of what a framework is made of.
func plural(unit string) string {
	if stem, ok := strings.CutSuffix(unit, "y"); ok {
		return stem + "ies"
	}
	return unit + "s"
}

// instead says what to name in the place of a heading: what stands below it, or
// else above it.
func instead(heading *aims.Requirement) string {
	var list []*aims.Requirement
	for _, q := range heading.Framework.Assessable() {
		if q.Within(heading) {
			list = append(list, q)
		}
	}
	if len(list) > 0 {
		return "name one below it: " + some(names(list, true))
	}
	for up := heading.Parent; up != nil; up = up.Parent {
		if up.Assessable() {
			return fmt.Sprintf("name what it belongs to: %s, %q", up, up.Title)
		}
	}
	if heading.Ground() {
		return "take it out; a risk class rests on it, so that it belongs into grounds of an AI system"
	}
	return "take it out; nothing below it can be satisfied"
}

// names returns how entries are written, alone or with their framework.
func names(list []*aims.Requirement, whole bool) []string {
	out := make([]string, len(list))
	for i, q := range list {
		out[i] = q.Ref
		if whole {
			out[i] = q.String()
		}
	}
	return out
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
