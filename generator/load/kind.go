package load

import (
	"fmt"
	"slices"
	"strings"

	"annex/generator/aims"
	"annex/generator/diag"
	"annex/generator/source"
)

// keysOf returns the keys that only projects of one kind have.
func keysOf(kind aims.ProjectKind) []string {
	if kind == aims.OrganizationProject {
		return []string{"scope", "risk_criteria", "certification", "certificate", "shared_documents", "soa"}
	}
	return []string{
		"organization", "purpose", "description", "role", "stage", "risk_class", "risk_class_basis", "grounds", "circumstances",
		"owner", "intended_users", "affected_persons", "data", "models", "suppliers", "human_oversight", "deployed_on",
		"retired_on", "impact_assessment", "impact_review",
	}
}

// kind reads the kind of a project. It is empty when it is missing or wrong, and
// then says so once: none of the other keys can be judged.
func (l *loader) kind(r *source.Reader) aims.ProjectKind {
	kind := source.RequiredWord(r, "kind", aims.ProjectKinds())
	if kind == "" {
		l.strangers(r)
		return ""
	}
	for _, other := range aims.ProjectKinds() {
		if foreign := given(r, keysOf(other)); other != kind && len(foreign) > len(given(r, keysOf(kind))) {
			l.report(diag.New(diag.Conflict, r.Pos("kind"), fmt.Sprintf("the project says kind = %q, but its keys are those of kind = %q: %s", kind, other, some(foreign)),
				fmt.Sprintf("write kind = %q, or take these keys out", other)))
			return ""
		}
	}
	return kind
}

// given returns the keys that a project has, without counting them as read.
func given(r *source.Reader, keys []string) []string {
	return slices.DeleteFunc(keys, func(key string) bool { return !r.Given(key) })
}

// strangers reports the keys that no kind of project has.
func (l *loader) strangers(r *source.Reader) {
	known := []string{"kind", "id", "title", "classification", "ai_roles"}
	for _, kind := range aims.ProjectKinds() {
		known = append(known, keysOf(kind)...)
	}
	for _, key := range known {
		r.Has(key)
	}
	r.Done()
}

// standIn puts a project in the place of one that cannot be read, so that the
// files below it are read all the same, and nothing else follows from it.
func (l *loader) standIn(dir string, origin aims.Origin) {
	p := &aims.Project{Dir: dir}
	p.Record = aims.Record{Title: dir, Project: p, Classification: aims.Confidential, Origin: origin}
	l.ws.Projects = append(l.ws.Projects, p)
	l.kindless = true
}

// alternatives joins what one may write with an or before the last.
func alternatives(list []string) string {
	last := len(list) - 1
	if last < 1 {
		return strings.Join(list, "")
	}
	return strings.Join(list[:last], ", ") + " or " + list[last]
}
