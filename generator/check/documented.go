package check

import (
	"fmt"
	"strings"

	"annex/generator/aims"
	"annex/generator/diag"
	"annex/generator/readiness"
)

// documentedInformation finds what stage 1 would miss.
func documentedInformation(f *Facts, report func(Issue)) {
	for _, framework := range f.Report.Frameworks {
		for _, d := range framework.Documented {
			if d.Answered() {
				continue
			}
			issue := Issue{
				Code: diag.DocumentedMissing, Class: Blocks, Pos: f.Organization.Origin.Pos,
				Message: fmt.Sprintf("%s calls for documented information that is missing: %s", d.Requirement, d.Information.Title),
				Help:    documentedHelp(f, d),
				Subject: aims.Subject{Requirement: d.Requirement},
			}
			if d.Statement != nil {
				issue.Pos = d.Statement.Origin.Pos
			}
			report(issue)
		}
	}
}

// documentedHelp says what would answer documented information.
func documentedHelp(f *Facts, d readiness.Information) string {
	ref, framework := d.Requirement.String(), d.Requirement.Framework
	forIt, named := "", ""
	if len(standards(f)) > 1 {
		forIt = " for " + framework.Title
		named = " and name it in risks of a control" + forIt
	}
	document := fmt.Sprintf("approve a report with %q in satisfies", ref)
	switch {
	case d.IsStatement():
		return statementHelp(d.Statement, framework, f.AsOf)
	case len(d.Drafts) > 0:
		return fmt.Sprintf("approve %q", d.Drafts[0].Title)
	}
	switch d.Information.Register {
	case "risks":
		return fmt.Sprintf("record [[risk]] with likelihood and impact%s, or %s", named, document)
	case "risk-treatment":
		return fmt.Sprintf("record [[risk]] with likelihood, impact and treatment%s, or %s", named, document)
	case "objectives":
		return fmt.Sprintf("add [[objective]] with %q in satisfies, or write a document with it, and approve it", ref)
	case "audits":
		return fmt.Sprintf("do an internal audit and record [[audit]] with kind = \"internal\", status = \"done\" and frameworks = [%q], or %s", framework.ID, document)
	case "findings":
		return fmt.Sprintf("record each nonconformity%s as [[finding]] with grade = \"major\" or \"minor\"; if there was none, %s that says so", forIt, document)
	case "reviews":
		return fmt.Sprintf("hold one and record [[review]] with held_on, or %s", document)
	}
	if d.Information.KeptAs == "record" {
		return fmt.Sprintf("record evidence of a control that satisfies %q, or approve a report; a procedure or a plan is no record", ref)
	}
	return fmt.Sprintf("write a document with %q in satisfies, and approve it", ref)
}

// statementApproved asks for an approved Statement of Applicability of every
// framework that has reference controls.
func statementApproved(f *Facts, report func(Issue)) {
	for _, framework := range f.Workspace.Frameworks {
		if len(framework.ReferenceControls()) == 0 {
			continue
		}
		s := f.Organization.SoA(framework)
		switch {
		case !s.In(f.AsOf):
			issue := Issue{
				Code: diag.SoANotApproved, Class: Blocks, Pos: f.Organization.Origin.Pos,
				Message: fmt.Sprintf("the Statement of Applicability for %s is not approved", framework.Title),
				Subject: aims.Subject{Statement: framework},
				Help:    statementHelp(s, framework, f.AsOf),
			}
			if s != nil {
				issue.Pos = s.Origin.Pos
			}
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

// statementHelp says what is missing for a Statement of Applicability to be
// approved.
func statementHelp(s *aims.SoAApproval, framework *aims.Framework, asOf aims.Date) string {
	if s == nil {
		return fmt.Sprintf("add [[soa]] to project.toml with framework = %q, version, status = \"approved\", approved_by, approved_on and next_review", framework.ID)
	}
	var missing []string
	if s.Status != aims.Approved {
		missing = append(missing, `status = "approved"`)
	}
	if s.ApprovedBy == nil {
		missing = append(missing, "approved_by")
	}
	if s.ApprovedOn.IsZero() {
		missing = append(missing, "approved_on")
	}
	if len(missing) == 0 {
		return fmt.Sprintf("its [[soa]] is approved only on %s, after the as-of date %s; correct approved_on, or wait for the day", s.ApprovedOn.Words(), asOf.Words())
	}
	return fmt.Sprintf("set %s in its [[soa]] once top management has approved it", strings.Join(missing, ", "))
}
