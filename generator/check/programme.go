package check

import (
	"fmt"

	"annex/generator/aims"
	"annex/generator/diag"
)

// documents holds governed documents to clause 7.5.
func documents(f *Facts, report func(Issue)) {
	for _, d := range f.Workspace.Documents {
		if d.Project.Organization != f.Organization || d.Status == aims.Retired {
			continue
		}
		issue := Issue{Subject: document(d), Owner: d.Owner}
		if d.ReviewOverdue(f.AsOf) {
			issue.Code, issue.Class, issue.Pos, issue.Due = diag.ReviewOverdue, Overdue, d.Origin.Key("next_review"), d.NextReview
			issue.Message = fmt.Sprintf("the document %q was due for review on %s", d.Title, d.NextReview.Words())
			issue.Help = "review it, raise its version if it changes, and set the next review"
			report(issue)
		}
		if d.Status != aims.Approved {
			continue
		}
		issue.Pos, issue.Due = d.Origin.Key("status"), aims.Date{}
		if d.ApprovedBy == nil && !d.Origin.Has("approved_by") || d.ApprovedOn.IsZero() && !d.Origin.Has("approved_on") {
			issue.Code, issue.Class = diag.NoApprover, Unjustified
			issue.Message = fmt.Sprintf("the document %q is approved, but does not say by whom and when", d.Title)
			issue.Help = "add approved_by = a role id, and approved_on = a date"
			report(issue)
		}
		if d.NextReview.IsZero() && !d.Origin.Has("next_review") {
			issue.Code, issue.Class = diag.NoReviewDate, Unjustified
			issue.Message = fmt.Sprintf("the document %q is approved, but has no date of next review", d.Title)
			issue.Help = "add next_review = a date, a year ahead at most"
			report(issue)
		}
	}
}

// risks holds the risk register to clauses 6.1.2 and 6.1.3.
func risks(f *Facts, report func(Issue)) {
	for _, r := range f.Workspace.Risks {
		if r.Project.Organization != f.Organization || r.Status == aims.RiskClosed {
			continue
		}
		issue := Issue{Subject: aims.Subject{Kind: aims.KindRisk, Record: &r.Record}, Owner: r.Owner}
		limit := f.Organization.AcceptUpTo
		above := limit > 0 && r.Score() > limit
		if above && r.Treatment != aims.Retain && len(f.Workspace.ControlsTreating(r)) == 0 {
			issue.Code, issue.Class, issue.Pos = diag.RiskUntreated, Blocks, r.Origin.Key("impact")
			issue.Message = fmt.Sprintf("the risk %q scores %d, above the %d that may be retained, and no control treats it", r.Title, r.Score(), limit)
			issue.Help = fmt.Sprintf("add risks = [%q] to the control that treats it", r.ID)
			report(issue)
		}
		residual := r.ResidualScore()
		if r.Treatment == aims.Retain || residual == 0 && r.Status == aims.RiskAccepted {
			residual = r.Score()
		}
		if limit > 0 && residual > limit && (r.AcceptedBy == nil || r.AcceptedOn.IsZero()) {
			issue.Code, issue.Class, issue.Pos = diag.RiskNotAccepted, Blocks, r.Origin.Key("treatment")
			issue.Message = fmt.Sprintf("the risk %q stays at %d, above the %d that may be retained, and nobody accepted it", r.Title, residual, limit)
			issue.Help = "treat it further, or add accepted_by and accepted_on"
			report(issue)
		}
		if !r.NextReview.IsZero() && r.NextReview.Before(f.AsOf) {
			issue.Code, issue.Class, issue.Pos, issue.Due = diag.RiskReviewOverdue, Overdue, r.Origin.Key("next_review"), r.NextReview
			issue.Message = fmt.Sprintf("the risk %q was due for review on %s", r.Title, r.NextReview.Words())
			issue.Help = "assess it again and set assessed_on and next_review"
			report(issue)
		}
	}
}

// findings holds corrective action to clause 10.2.
func findings(f *Facts, report func(Issue)) {
	for _, x := range f.Workspace.Findings {
		if !x.Open(f.AsOf) {
			continue
		}
		issue := Issue{Subject: aims.Subject{Kind: aims.KindFinding, Record: &x.Record}, Owner: x.Owner, Due: x.Due, Project: x.About}
		if x.Grade == aims.Major {
			issue.Code, issue.Class, issue.Pos = diag.MajorOpen, Blocks, x.Origin.Key("grade")
			issue.Message = fmt.Sprintf("the major nonconformity %q is open", x.Title)
			issue.Help = "correct it, act on its cause, check the effect, and set closed"
			report(issue)
		}
		if x.Overdue(f.AsOf) {
			issue.Code, issue.Class, issue.Pos = diag.FindingOverdue, Overdue, x.Origin.Key("due")
			issue.Message = fmt.Sprintf("the finding %q was due on %s", x.Title, x.Due.Words())
			issue.Help = "close it, or agree a new date with the auditor"
			report(issue)
		}
	}
}

// reviewActions finds actions of management reviews that are late (9.3.3).
func reviewActions(f *Facts, report func(Issue)) {
	for _, r := range f.Workspace.Reviews {
		if r.Project.Organization != f.Organization {
			continue
		}
		for i := range r.Actions {
			a := &r.Actions[i]
			if !a.Overdue(f.AsOf) {
				continue
			}
			report(Issue{
				Code: diag.ActionOverdue, Class: Overdue, Pos: a.Origin.Key("due"), Owner: a.Owner, Due: a.Due,
				Subject: aims.Subject{Kind: aims.KindReview, Record: &r.Record},
				Message: fmt.Sprintf("the action %q of %q was due on %s", a.Text, r.Title, a.Due.Words()),
				Help:    "finish it and set done, or let the next review set a new date",
			})
		}
	}
}

// objectives holds AI objectives to clause 6.2: they are measured.
func objectives(f *Facts, report func(Issue)) {
	for _, o := range f.Workspace.Objectives {
		if o.Project.Organization != f.Organization || o.Status == aims.Dropped {
			continue
		}
		if _, ok := o.Latest(f.AsOf); ok {
			continue
		}
		report(Issue{
			Code: diag.ObjectiveUnmeasured, Class: Unjustified, Pos: o.Origin.Key("id"), Owner: o.Owner, Due: o.Due,
			Subject: aims.Subject{Kind: aims.KindObjective, Record: &o.Record},
			Message: fmt.Sprintf("the objective %q was never measured", o.Title),
			Help:    "add [[objective.measurement]] with on and value",
		})
	}
}
