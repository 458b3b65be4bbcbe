package load

import (
	"fmt"

	"annex/generator/aims"
	"annex/generator/diag"
	"annex/generator/source"
)

// statements reads the approvals of the Statements of Applicability, one for a
// framework.
func (l *loader) statements(p *aims.Project, r *source.Reader) {
	places := map[*aims.Framework]source.Item{}
	for _, t := range r.Tables("soa") {
		s := &aims.SoAApproval{
			Scope:      l.prose(t, "scope", &p.Record),
			Version:    t.RequiredText("version"),
			Status:     source.Word(t, "status", []aims.DocumentStatus{aims.Draft, aims.Approved}),
			ApprovedBy: one(l, t, "approved_by", l.index.roles, aims.KindRole),
			ApprovedOn: t.Date("approved_on"),
			NextReview: t.Date("next_review"),
			Origin:     t.Origin(),
		}
		ref, ok := t.Ref("framework")
		if !ok && (!t.Has("framework") || ref.Pos.IsValid()) { // missing or empty, not of another type
			l.report(diag.New(diag.MissingKey, t.Pos("framework"), "the [[soa]] does not say for which framework it is", l.statementHelp("write")))
		}
		t.Done()
		if s.Framework = l.stated(ref, ok); s.Framework == nil {
			continue
		}
		if first, taken := places[s.Framework]; taken {
			d := diag.New(diag.DoubleID, ref.Pos, fmt.Sprintf("%s has two [[soa]]", s.Framework.Title),
				"keep the one that holds; a framework has one Statement of Applicability")
			d.Related = []diag.Related{{Pos: first.Pos, Message: "the first stands here"}}
			l.report(d)
			continue
		}
		places[s.Framework] = ref
		p.SoAs = append(p.SoAs, s)
	}
}

// stated looks up the framework of a Statement of Applicability.
func (l *loader) stated(ref source.Item, given bool) *aims.Framework {
	f := l.ws.Framework(ref.Text)
	switch {
	case !given:
	case f == nil:
		l.report(l.unknownFramework(ref, ref.Text, true))
	case len(f.ReferenceControls()) == 0:
		l.report(diag.New(diag.NotReferenceControl, ref.Pos,
			fmt.Sprintf("%s has no reference controls, and so no Statement of Applicability", f.Title), l.statementHelp("delete it, or write")))
		return nil
	}
	return f
}

// statementHelp says for which frameworks there are Statements of Applicability.
func (l *loader) statementHelp(order string) string {
	var ids []string
	for _, f := range l.ws.Frameworks {
		if len(f.ReferenceControls()) > 0 {
			ids = append(ids, fmt.Sprintf("framework = %q", f.ID))
		}
	}
	if len(ids) == 0 {
		return "delete it: no framework in use has reference controls"
	}
	return order + " " + alternatives(ids)
}
