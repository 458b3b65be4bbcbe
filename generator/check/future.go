package check

import (
	"fmt"

	"annex/generator/aims"
	"annex/generator/diag"
	"annex/generator/readiness"
)

// futureDates finds events that have not happened yet on the as-of date, though
// the records say that they have.
func futureDates(f *Facts, report func(Issue)) {
	ahead := func(r *aims.Record, kind aims.Kind, key string, on aims.Date, owner *aims.Role, what string) {
		if on.After(f.AsOf) && r.Project.Organization == f.Organization {
			report(future(f, Issue{Pos: r.Origin.Key(key), Subject: aims.Subject{Kind: kind, Record: r}, Owner: owner}, what, on))
		}
	}
	inScope(f, func(s *readiness.Control) {
		for _, x := range s.Control.Executions {
			if x.On.After(f.AsOf) {
				report(future(f, Issue{Pos: x.Origin.Key("on"), Subject: control(s.Control), Owner: s.Control.Owner},
					fmt.Sprintf("the control %q is recorded as performed", s.Control.Title), x.On))
			}
		}
	})
	for _, a := range f.Workspace.Audits {
		if a.Status == aims.AuditDone {
			key := "to"
			if a.To.IsZero() {
				key = "from"
			}
			ahead(&a.Record, aims.KindAudit, key, a.Last(), nil, fmt.Sprintf("the audit %q is recorded as done", a.Title))
		}
	}
	for _, r := range f.Workspace.Reviews {
		if r.Minutes != nil || len(r.Decisions) > 0 { // without them it is planned
			ahead(&r.Record, aims.KindReview, "held_on", r.HeldOn, r.Chair, fmt.Sprintf("the management review %q is recorded with its results", r.Title))
		}
	}
	for _, x := range f.Workspace.Findings {
		ahead(&x.Record, aims.KindFinding, "raised", x.Raised, x.Owner, fmt.Sprintf("the finding %q is recorded as raised", x.Title))
	}
}

// future completes the issue of an event that is dated after the as-of date.
func future(f *Facts, issue Issue, what string, on aims.Date) Issue {
	issue.Code, issue.Class = diag.FutureDate, Informational
	issue.Message = fmt.Sprintf("%s on %s, after the as-of date %s", what, on.Words(), f.AsOf.Words())
	issue.Help = "correct the date, or build for a later as-of date"
	return issue
}
