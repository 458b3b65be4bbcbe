package check

import (
	"fmt"
	"slices"

	"annex/generator/aims"
	"annex/generator/diag"
	"annex/generator/readiness"
)

// systems calls visit for every AI system of the organization that is not
// retired.
func systems(f *Facts, visit func(*aims.System)) {
	for _, s := range f.Workspace.Systems() {
		if s.Project.Organization == f.Organization && !s.Retired(f.AsOf) {
			visit(s)
		}
	}
}

func system(s *aims.System) aims.Subject {
	return aims.Subject{Kind: aims.KindSystem, Record: s.Record}
}

// systemOwners finds AI systems that nobody answers for.
func systemOwners(f *Facts, report func(Issue)) {
	systems(f, func(s *aims.System) {
		if s.Owner == nil {
			report(Issue{
				Code: diag.SystemUnowned, Class: Unowned, Pos: s.Origin.Key("id"), Subject: system(s),
				Message: fmt.Sprintf("the AI system %q has no owner", s.Title),
				Help:    "add owner = the id of the role that answers for it and may switch it off",
			})
		}
	})
}

// stages finds AI systems whose stage contradicts their dates.
func stages(f *Facts, report func(Issue)) {
	for _, s := range f.Workspace.Systems() {
		if s.Project.Organization != f.Organization {
			continue
		}
		issue := Issue{Code: diag.StageAgainstDates, Class: Unjustified, Pos: s.Origin.Key("stage"), Subject: system(s), Owner: s.Owner}
		switch {
		case s.Stage == aims.StageRetired && s.RetiredOn.IsZero():
			issue.Message = fmt.Sprintf("the AI system %q is retired, but not since when", s.Title)
			issue.Help = "add retired_on with the day on which it went out of use"
		case s.Stage != "" && s.Stage != aims.StageRetired && !s.RetiredOn.IsZero() && !s.RetiredOn.After(f.AsOf):
			issue.Message = fmt.Sprintf("the AI system %q went out of use on %s, yet its stage is %s", s.Title, s.RetiredOn.Words(), s.Stage)
			issue.Help = `write stage = "retired", or correct retired_on`
			issue.Related = related(s.Origin, "retired_on", "retired here")
		case s.Stage == aims.StageOperation && s.DeployedOn.After(f.AsOf):
			issue.Message = fmt.Sprintf("the AI system %q is in operation, yet it is deployed only on %s", s.Title, s.DeployedOn.Words())
			issue.Help = "correct the stage or deployed_on"
			issue.Related = related(s.Origin, "deployed_on", "deployed here")
		case s.Stage == aims.StageOperation && s.DeployedOn.IsZero():
			issue.Message = fmt.Sprintf("the AI system %q is in operation, but not since when", s.Title)
			issue.Help = "add deployed_on with the day on which it went into use; the days of duties depend on it"
		case (s.Stage == aims.StageDesign || s.Stage == aims.StageDevelopment) && !s.DeployedOn.IsZero() && !s.DeployedOn.After(f.AsOf):
			issue.Message = fmt.Sprintf("the AI system %q is in use since %s, yet its stage is %s", s.Title, s.DeployedOn.Words(), s.Stage)
			issue.Help = "correct the stage or deployed_on"
			issue.Related = related(s.Origin, "deployed_on", "deployed here")
		default:
			continue
		}
		report(issue)
	}
}

func related(o aims.Origin, key, message string) []diag.Related {
	return []diag.Related{{Pos: o.Key(key), Message: message}}
}

// duties finds obligations that apply to an AI system and that no control at
// all serves, and those that will.
func duties(f *Facts, report func(Issue)) {
	systems(f, func(s *aims.System) {
		for _, d := range earliestOpen(f.Report.System(s).Duties) {
			q := d.Obligation.Requirement
			issue := Issue{
				Code: diag.DutyUnmet, Class: Overdue, Pos: s.Origin.Key("risk_class"), Subject: system(s), Owner: s.Owner, Due: d.From,
				Message: fmt.Sprintf("since %s %s, %s binds us for the AI system %q, and no control serves it", d.From.Words(), q, q.Title, s.Title),
				Help:    fmt.Sprintf("add %q to satisfies of a control that covers the system, or correct its role, class or grounds", q.String()),
			}
			if !d.Due(f.AsOf) {
				issue.Code, issue.Class = diag.DutyAhead, Informational
				issue.Message = fmt.Sprintf("from %s %s, %s will bind us for the AI system %q, and no control serves it", d.From.Words(), q, q.Title, s.Title)
			}
			report(issue)
		}
	})
}

// earliestOpen returns of the duties that nothing serves and that have a day
// the earliest from each requirement.
func earliestOpen(duties []readiness.Duty) []readiness.Duty {
	var list []readiness.Duty
	for _, d := range duties {
		if d.State != readiness.Gap || d.Supposed || d.From.IsZero() {
			continue
		}
		i := slices.IndexFunc(list, func(x readiness.Duty) bool { return x.Obligation.Requirement == d.Obligation.Requirement })
		switch {
		case i < 0:
			list = append(list, d)
		case d.From.Before(list[i].From):
			list[i] = d
		}
	}
	return list
}
