package framework

import (
	"fmt"
	"slices"
	"strings"

	"annex/generator/aims"
	"annex/generator/diag"
	"annex/generator/source"
)

// catalog carries what is known while the entries of one catalog are read.
type catalog struct {
	f     *aims.Framework
	byRef map[string]*aims.Requirement

	bySlug map[string]*aims.Requirement
	diags  []diag.Diagnostic
	later  []func() // what may refer to entries further down
}

// Catalog reads the framework that the file describes, or nil and the
// diagnostics when it has errors of form.
func (file *File) Catalog() (*aims.Framework, []diag.Diagnostic) {
	c := &catalog{byRef: map[string]*aims.Requirement{}, bySlug: map[string]*aims.Requirement{}}
	r := source.NewReader(file.table, "catalog", &c.diags)
	c.f = &aims.Framework{
		ID:        r.ID("id"),
		Title:     r.RequiredText("title"),
		FullTitle: r.Text("full_title"),
		Edition:   r.Text("edition"),
		Version:   r.RequiredText("version"),
		Kind:      source.Word(r, "kind", []string{"standard", "law", "guideline", "questionnaire"}),
		Unit:      r.Text("unit"),
		Reference: r.Text("reference"),
		Note:      r.Text("note"),
		Sources:   texts(r.Tables("source")),
		Doubts:    texts(r.Tables("doubt")),
	}
	if c.f.Unit == "" {
		c.f.Unit = "requirement"
	}
	for _, t := range r.Tables("requirement") {
		q := c.requirement(t)
		t.Done()
		if q.Ref == "" {
			continue
		}
		if c.byRef[q.Ref] != nil {
			c.report(diag.DoubleID, t, "ref", "delete one of them", "requirement %s stands twice in the catalog", q.Ref)
			continue
		}
		c.address(t, q)
		c.byRef[q.Ref] = q
		c.f.Requirements = append(c.f.Requirements, q)
	}
	c.rules(r)
	r.Done()
	for _, resolve := range c.later {
		resolve()
	}
	if hasErrors(c.diags) {
		return nil, c.diags
	}
	return aims.NewFramework(*c.f), c.diags
}

// address holds that every entry can have a page or place of its own.
func (c *catalog) address(r *source.Reader, q *aims.Requirement) {
	name := q.Slug()
	switch other := c.bySlug[name]; {
	case name == "" || len(name) > 80 || name == "timeline" || source.Reserved(name):
		c.report(diag.BadID, r, "ref", "use letters and digits, at most 80, and not a name that lists or Windows take",
			"%q cannot be a ref: pages are named after refs", q.Ref)
	case other != nil:
		c.report(diag.DoubleID, r, "ref", "change more than the signs between letters and digits",
			"%s and %s would have the same page, %s.html", other.Ref, q.Ref, name)
	default:
		c.bySlug[name] = q
	}
}

func (c *catalog) report(code diag.Code, r *source.Reader, key, help, format string, args ...any) {
	c.diags = append(c.diags, diag.New(code, r.Pos(key), fmt.Sprintf(format, args...), help))
}

func (c *catalog) requirement(r *source.Reader) *aims.Requirement {
	q := &aims.Requirement{
		Ref:          r.RequiredText("ref"),
		Kind:         c.kind(r),
		Title:        r.RequiredText("title"),
		ObjectiveRef: r.Text("objective_ref"),
		Asks:         r.RequiredText("asks"),
		Guidance:     r.Text("guidance"),
		Note:         r.Text("note"),
		Classes:      source.Words(r, "classes", aims.RiskClasses()),
		Addressees:   items(r.Refs("addressees")),
		Auditors:     items(r.Refs("auditors")),
		Evidence:     items(r.Refs("evidence")),
	}
	if parent, ok := r.Ref("parent"); ok {
		if q.Parent = c.byRef[parent.Text]; q.Parent == nil {
			c.report(diag.UnknownRequirement, r, "parent", "list the heading first",
				"parent %s does not stand before %s in the catalog", parent.Text, q.Ref)
		}
	}
	if r.Has("documented") && !q.Assessable() && q.Kind != "" {
		c.report(diag.NotAssessable, r, "documented", "move it to a clause or control below", "%s is a heading, which calls for no documented information", q.Ref)
	}
	for _, t := range r.Tables("documented") {
		q.Documented = append(q.Documented, aims.DocumentedInformation{
			ID:       t.ID("id"),
			Title:    t.RequiredText("title"),
			KeptAs:   source.Word(t, "kept_as", []string{"document", "record"}),
			Register: source.Word(t, "register", aims.Registers()),
		})
		t.Done()
		if q.Documented[len(q.Documented)-1].Register == aims.RegisterSoA {
			c.later = append(c.later, func() { c.needsControls(t) })
		}
	}
	c.applications(r, &q.Applications)
	return q
}

// question is what a clause is called in a questionnaire.
const question aims.RequirementKind = "question"

// kind reads what an entry is. It must be said: a clause without a kind would
// pass for a heading, which nobody has to meet.
func (c *catalog) kind(r *source.Reader) aims.RequirementKind {
	kinds := aims.RequirementKinds()
	if c.f.Kind == "questionnaire" {
		kinds = append(kinds, question)
	}
	kind := source.RequiredWord(r, "kind", kinds)
	if kind == question {
		return aims.Clause
	}
	return kind
}

func items(list []source.Item) []string {
	var out []string
	for _, item := range list {
		out = append(out, item.Text)
	}
	return out
}

// applications reads since when a requirement or an obligation applies.
func (c *catalog) applications(r *source.Reader, into *[]aims.Application) {
	for _, t := range r.Tables("application") {
		*into = append(*into, aims.Application{From: t.Date("from"), DeployedBefore: t.Date("deployed_before"), Note: t.Text("note")})
		n := len(*into) - 1
		if !t.Has("from") {
			c.report(diag.MissingKey, t, "from", "write from = 2027-12-02, without quotes", "the application does not say since when")
		}
		c.entries(t, "grounds", func(list []*aims.Requirement) { (*into)[n].Grounds = list })
		t.Done()
	}
}

// entries looks up the entries that a key names once all of them are known.
func (c *catalog) entries(r *source.Reader, key string, set func([]*aims.Requirement)) {
	refs := r.Refs(key)
	c.later = append(c.later, func() {
		var list []*aims.Requirement
		for _, ref := range refs {
			q := c.byRef[ref.Text]
			if q == nil {
				c.diags = append(c.diags, diag.New(diag.UnknownRequirement, ref.Pos,
					fmt.Sprintf("the catalog has no entry %s", ref.Text), c.suggest(ref.Text)))
				continue
			}
			list = append(list, q)
		}
		set(list)
	})
}

// needsControls reports documented information that only a Statement of
// Applicability can answer, in a catalog that has none.
func (c *catalog) needsControls(r *source.Reader) {
	if !slices.ContainsFunc(c.f.Requirements, (*aims.Requirement).IsReferenceControl) {
		c.report(diag.UnknownValue, r, "register", `take it out, or give the reference controls kind = "control"`,
			`register cannot be "soa": the catalog has no reference controls`)
	}
}

func (c *catalog) suggest(ref string) string {
	return suggestion(ref, c.f.Requirements, "name an entry of this catalog by its ref")
}

// suggestion returns which entry was meant, or which stand near, or otherwise.
func suggestion(ref string, among []*aims.Requirement, otherwise string) string {
	meant, near := Meant(ref, among)
	if meant != nil {
		return fmt.Sprintf("did you mean %s?", meant.Ref)
	}
	if len(near) == 0 {
		return otherwise
	}
	refs := make([]string, len(near))
	for i, q := range near {
		refs[i] = q.Ref
	}
	return "entries near it: " + strings.Join(refs, ", ")
}
