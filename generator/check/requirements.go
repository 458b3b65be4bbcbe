package check

import (
	"fmt"
	"slices"

	"annex/generator/aims"
	"annex/generator/diag"
)

// clausesMet finds clauses that nothing satisfies. Those of a standard cannot be
// excluded and hold up certification; those of a guideline or questionnaire are
// worth knowing. What a law asks for is left to the rule on duties.
func clausesMet(f *Facts, report func(Issue)) {
	for _, framework := range f.Workspace.Frameworks {
		if len(framework.Obligations) > 0 {
			continue
		}
		code, class := diag.ClauseUnmet, Blocks
		if !framework.Standard() {
			code, class = diag.RequirementUnmet, Informational
		}
		for _, q := range framework.Assessable() {
			if q.Kind != aims.Clause || len(f.Workspace.ControlsFor(q)) > 0 {
				continue
			}
			if slices.ContainsFunc(f.Workspace.DocumentsFor(q), func(d *aims.Document) bool { return d.Approved(f.AsOf) }) {
				continue
			}
			report(Issue{
				Code: code, Class: class, Pos: f.Organization.Origin.Pos,
				Message: fmt.Sprintf("nothing satisfies %s, %s", q, q.Title),
				Help:    fmt.Sprintf("add %q to satisfies of a control or of an approved document", q.String()),
				Subject: aims.Subject{Requirement: q},
			})
		}
	}
}
