package framework

import (
	"fmt"
	"strings"

	"annex/generator/aims"
	"annex/generator/diag"
	"annex/generator/source"
)

// rules reads the circumstances and obligations of a catalog.
func (c *catalog) rules(r *source.Reader) {
	known := map[string]*aims.Circumstance{}
	for _, t := range r.Tables("circumstance") {
		x := &aims.Circumstance{ID: t.ID("id"), Title: t.RequiredText("title"), Asks: t.RequiredText("asks")}
		t.Done()
		if x.ID != "" && known[x.ID] != nil {
			c.report(diag.DoubleID, t, "id", "delete one of them", "circumstance %s stands twice in the catalog", x.ID)
		}
		known[x.ID] = x
		c.f.Circumstances = append(c.f.Circumstances, x)
	}
	ids := map[string]bool{}
	for _, t := range r.Tables("obligation") {
		o := c.obligation(t, known)
		t.Done()
		if o.ID != "" && ids[o.ID] {
			c.report(diag.DoubleID, t, "id", "delete one of them", "obligation %s stands twice in the catalog", o.ID)
		}
		ids[o.ID] = true
		c.f.Obligations = append(c.f.Obligations, o)
	}
}

func (c *catalog) obligation(r *source.Reader, known map[string]*aims.Circumstance) *aims.Obligation {
	o := &aims.Obligation{
		ID:        r.ID("id"),
		Paragraph: r.Text("paragraph"),
		Title:     r.RequiredText("title"),
		Note:      r.Text("note"),
		Roles:     source.Words(r, "roles", aims.SystemRoles()),
		Classes:   source.Words(r, "classes", aims.RiskClasses()),
	}
	r.RequiredText("requirement")
	if ref, ok := r.Ref("requirement"); ok {
		switch q := c.byRef[ref.Text]; {
		case q == nil:
			c.report(diag.UnknownRequirement, r, "requirement", c.suggest(ref.Text), "the catalog has no entry %s", ref.Text)
		case !q.Assessable():
			c.report(diag.NotAssessable, r, "requirement", "name the entry that somebody can meet", "%s is a heading, not a requirement", ref.Text)
		default:
			o.Requirement = q
		}
	}
	c.entries(r, "grounds", func(list []*aims.Requirement) { o.Grounds = list })
	c.entries(r, "without_grounds", func(list []*aims.Requirement) { o.WithoutGround = list })
	for _, ref := range r.Refs("circumstances") {
		x := known[ref.Text]
		if x == nil {
			c.diags = append(c.diags, diag.New(diag.UnknownValue, ref.Pos,
				fmt.Sprintf("the catalog has no circumstance %q", ref.Text), oneOf("circumstance", circumstanceIDs(c.f))))
			continue
		}
		o.Circumstances = append(o.Circumstances, x)
	}
	c.applications(r, &o.Applications)
	return o
}

// oneOf says which ids of a kind of table there are.
func oneOf(table string, ids []string) string {
	if len(ids) == 0 {
		return fmt.Sprintf("it has no [[%s]] yet; add one with this id", table)
	}
	return fmt.Sprintf("its [[%s]] tables are %s", table, strings.Join(ids, ", "))
}

func circumstanceIDs(f *aims.Framework) []string {
	var ids []string
	for _, x := range f.Circumstances {
		ids = append(ids, x.ID)
	}
	return ids
}
