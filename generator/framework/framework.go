// Package framework reads catalogs: a TOML file that lists the requirements of
// a standard, law, guideline or questionnaire becomes an [aims.Framework].
//
//	id = "iso-42001"
//	title = "ISO/IEC 42001:2023"
//
//	[[requirement]]
//	ref = "A.6.2.4"
//	kind = "control"
//	parent = "A.6.2"
//	title = "AI system verification and validation"
//	asks = "What it asks, in our own words."
//
// Built-in catalogs and those of a workspace have the same form and go through
// the same checks: refs are unique and parents stand before their children.
package framework

import (
	"fmt"
	"io/fs"
	"path"
	"slices"

	"annex/generator/aims"
	"annex/generator/diag"
	"annex/generator/source"
)

// Read reads the catalog in one file.
//
// It returns nil and the diagnostics when the catalog has errors of form. An
// error is one of the file system.
func Read(fsys fs.FS, name string) (*aims.Framework, []diag.Diagnostic, error) {
	text, diags, err := source.ReadText(fsys, name)
	if err != nil || hasErrors(diags) {
		return nil, diags, err
	}
	table, more := source.ParseTOML(name, text, 1)
	diags = append(diags, more...)
	if table == nil {
		return nil, diags, nil
	}
	f := catalog(source.NewReader(table, "catalog", &diags), &diags)
	if hasErrors(diags) {
		return nil, diags, nil
	}
	return f, diags, nil
}

// ReadAll reads every catalog of a folder, in the order of the file names.
func ReadAll(fsys fs.FS, dir string) ([]*aims.Framework, []diag.Diagnostic, error) {
	names, err := fs.Glob(fsys, path.Join(dir, "*.toml"))
	if err != nil {
		return nil, nil, fmt.Errorf("listing catalogs: %w", err)
	}
	var all []*aims.Framework
	var diags []diag.Diagnostic
	for _, name := range names {
		f, more, err := Read(fsys, name)
		if err != nil {
			return nil, nil, fmt.Errorf("reading catalog: %w", err)
		}
		diags = append(diags, more...)
		if f != nil {
			all = append(all, f)
		}
	}
	return all, diags, nil
}

func hasErrors(diags []diag.Diagnostic) bool {
	return slices.ContainsFunc(diags, func(d diag.Diagnostic) bool { return d.Severity == diag.Error })
}

func catalog(r *source.Reader, diags *[]diag.Diagnostic) *aims.Framework {
	f := aims.Framework{
		ID:        r.ID("id"),
		Title:     r.RequiredText("title"),
		FullTitle: r.Text("full_title"),
		Edition:   r.Text("edition"),
		Version:   r.RequiredText("version"),
		Kind:      source.Word(r, "kind", []string{"standard", "law", "guideline", "questionnaire"}),
		Reference: r.Text("reference"),
		Sources:   texts(r.Tables("source")),
		Doubts:    texts(r.Tables("doubt")),
	}
	byRef := map[string]*aims.Requirement{}
	for _, t := range r.Tables("requirement") {
		q := requirement(t, byRef, diags)
		t.Done()
		if q.Ref == "" {
			continue
		}
		if byRef[q.Ref] != nil {
			*diags = append(*diags, diag.New(diag.DoubleID, t.Pos("ref"),
				fmt.Sprintf("requirement %s stands twice in the catalog", q.Ref), "delete one of them"))
			continue
		}
		byRef[q.Ref] = q
		f.Requirements = append(f.Requirements, q)
	}
	r.Done()
	return aims.NewFramework(f)
}

func texts(tables []*source.Reader) []string {
	var list []string
	for _, t := range tables {
		list = append(list, t.RequiredText("text"))
		t.Done()
	}
	return list
}

func requirement(r *source.Reader, known map[string]*aims.Requirement, diags *[]diag.Diagnostic) *aims.Requirement {
	q := &aims.Requirement{
		Ref:          r.RequiredText("ref"),
		Kind:         source.Word(r, "kind", aims.RequirementKinds()),
		Title:        r.RequiredText("title"),
		ObjectiveRef: r.Text("objective_ref"),
		Asks:         r.RequiredText("asks"),
		Guidance:     r.Text("guidance"),
	}
	if parent, ok := r.Ref("parent"); ok {
		q.Parent = known[parent.Text]
		if q.Parent == nil {
			*diags = append(*diags, diag.New(diag.UnknownRequirement, parent.Pos,
				fmt.Sprintf("parent %s does not stand before %s in the catalog", parent.Text, q.Ref),
				"list the heading first"))
		}
	}
	for _, item := range r.Refs("auditors") {
		q.Auditors = append(q.Auditors, item.Text)
	}
	for _, item := range r.Refs("evidence") {
		q.Evidence = append(q.Evidence, item.Text)
	}
	for _, t := range r.Tables("documented") {
		q.Documented = append(q.Documented, aims.DocumentedInformation{
			ID:       t.ID("id"),
			Title:    t.RequiredText("title"),
			KeptAs:   source.Word(t, "kept_as", []string{"document", "record"}),
			Register: source.Word(t, "register", aims.Registers()),
		})
		t.Done()
	}
	return q
}
