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
		if framework.Kind != "standard" {
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

// documentedInformation finds what stage 1 would miss.
func documentedInformation(f *Facts, report func(Issue)) {
	for _, framework := range f.Report.Frameworks {
		for _, d := range framework.Documented {
			if d.Answered() {
				continue
			}
			help := fmt.Sprintf("write a document with %q in satisfies, and approve it", d.Requirement.String())
			if d.Information.KeptAs == "record" {
				help = fmt.Sprintf("record evidence of a control that satisfies %q, or approve a report; a procedure is no record", d.Requirement.String())
			}
			if len(d.Drafts) > 0 {
				help = fmt.Sprintf("approve %q", d.Drafts[0].Title)
			}
			report(Issue{
				Code: diag.DocumentedMissing, Class: Blocks, Pos: f.Organization.Origin.Pos,
				Message: fmt.Sprintf("%s calls for documented information that is missing: %s", d.Requirement, d.Information.Title),
				Help:    help,
				Subject: aims.Subject{Requirement: d.Requirement},
			})
		}
	}
}

// statementApproved asks for an approved Statement of Applicability of every
// framework that has reference controls.
func statementApproved(f *Facts, report func(Issue)) {
	for _, framework := range f.Workspace.Frameworks {
		if len(framework.ReferenceControls()) == 0 {
			continue
		}
		s := f.Organization.SoA(framework)
		issue := Issue{
			Code: diag.SoANotApproved, Class: Blocks, Pos: f.Organization.Origin.Pos,
			Message: fmt.Sprintf("the Statement of Applicability for %s is not approved", framework.Title),
			Subject: aims.Subject{Statement: framework},
			Help:    "add [[soa]] to project.toml with framework, version, status = \"approved\", approved_by, approved_on and next_review",
		}
		switch {
		case s == nil:
			report(issue)
		case s.Status != aims.Approved || s.ApprovedBy == nil || s.ApprovedOn.IsZero() || s.ApprovedOn.After(f.AsOf):
			issue.Pos = s.Origin.Pos
			report(issue)
		case !s.NextReview.IsZero() && s.NextReview.Before(f.AsOf):
			report(Issue{
				Code: diag.ReviewOverdue, Class: Overdue, Pos: s.Origin.Key("next_review"), Due: s.NextReview, Owner: s.ApprovedBy,
				Subject: aims.Subject{Statement: framework},
				Message: fmt.Sprintf("the Statement of Applicability for %s was due for review on %s", framework.Title, s.NextReview.Words()),
				Help:    "review it, raise its version and set the next review",
			})
		}
	}
}
