package framework

import (
	"fmt"
	"slices"

	"annex/generator/aims"
	"annex/generator/diag"
	"annex/generator/source"
)

// Ends returns the ids of the two frameworks that a crosswalk relates, with
// their places.
func (file *File) Ends() (from, to source.Item) {
	var ignored []diag.Diagnostic
	r := source.NewReader(file.table, crosswalkKind, &ignored)
	from, _ = r.Ref("from")
	to, _ = r.Ref("to")
	return from, to
}

// Crosswalk reads the crosswalk between two frameworks that the file describes,
// or nil and the diagnostics when it has errors of form.
//
//	kind = "crosswalk"
//	from = "iso-42001"
//	to = "iso-27001"
//	version = "2026.11.1"
//
//	[[strength]]
//	id = "related"
//	title = "Related"
//	means = "They share a process or evidence."
//
//	[[pair]]
//	from = "A.2.2"
//	to = "A.5.1"
//	strength = "related"
//	provenance = "editorial"
func (file *File) Crosswalk(from, to *aims.Framework) (*aims.Crosswalk, []diag.Diagnostic) {
	var diags []diag.Diagnostic
	r := source.NewReader(file.table, crosswalkKind, &diags)
	for _, known := range []string{"kind", "from", "to"} {
		r.RequiredText(known)
	}
	x := &aims.Crosswalk{
		From: from, To: to,
		Title:   r.Text("title"),
		Version: r.RequiredText("version"),
		Note:    r.Text("note"),
		Sources: texts(r.Tables("source")),
		Doubts:  texts(r.Tables("doubt")),
	}
	var ids []string
	for _, t := range r.Tables("strength") {
		s := &aims.Strength{
			ID: t.ID("id"), Title: t.RequiredText("title"), Means: t.RequiredText("means"),
			Shares: source.Word(t, "shares", aims.Sharings()),
		}
		t.Done()
		if s.ID != "" && slices.Contains(ids, s.ID) {
			diags = append(diags, diag.New(diag.DoubleID, t.Pos("id"), fmt.Sprintf("strength %s stands twice in the crosswalk", s.ID), "delete one of them"))
			continue
		}
		x.Strengths = append(x.Strengths, s)
		ids = append(ids, s.ID)
	}
	seen := map[[2]*aims.Requirement]bool{}
	for _, t := range r.Tables("pair") {
		p := &aims.Pair{
			Crosswalk:  x,
			From:       end(t, "from", from, &diags),
			To:         end(t, "to", to, &diags),
			Provenance: t.RequiredText("provenance"),
			Note:       t.Text("note"),
		}
		id := t.RequiredText("strength")
		if i := slices.Index(ids, id); i >= 0 {
			p.Strength = x.Strengths[i]
		} else if id != "" {
			diags = append(diags, diag.New(diag.UnknownValue, t.Pos("strength"),
				fmt.Sprintf("the crosswalk has no strength %q", id), oneOf("strength", ids)))
		}
		t.Done()
		key := [2]*aims.Requirement{p.From, p.To}
		if p.From == nil || p.To == nil {
			continue
		}
		if seen[key] {
			diags = append(diags, diag.New(diag.DoubleID, t.At(), fmt.Sprintf("the pair %s and %s stands twice in the crosswalk", p.From.Ref, p.To.Ref), "delete one of them"))
			continue
		}
		seen[key] = true
		x.Pairs = append(x.Pairs, p)
	}
	r.Done()
	if hasErrors(diags) {
		return nil, diags
	}
	return x, diags
}

// end looks up one end of a pair.
func end(r *source.Reader, key string, f *aims.Framework, diags *[]diag.Diagnostic) *aims.Requirement {
	ref := r.RequiredText(key)
	q := f.Find(ref)
	if q == nil && ref != "" {
		help := suggestion(ref, f.Requirements, fmt.Sprintf("the catalog of %s lists its entries", f.Title))
		*diags = append(*diags, diag.New(diag.UnknownRequirement, r.Pos(key), fmt.Sprintf("%s has no entry %s", f.Title, ref), help))
	}
	return q
}
