package check

import (
	"fmt"
	"slices"

	"annex/generator/aims"
	"annex/generator/diag"
	"annex/generator/readiness"
)

// inScope calls visit for every control that belongs to the organization or to
// one of its systems.
func inScope(f *Facts, visit func(*readiness.Control)) {
	for _, c := range f.Workspace.Controls {
		if c.Project.Organization == f.Organization {
			visit(f.Report.Control(c))
		}
	}
}

// controlOwners finds controls that nobody is accountable for.
func controlOwners(f *Facts, report func(Issue)) {
	inScope(f, func(s *readiness.Control) {
		c := s.Control
		if c.Owner != nil || c.Origin.Has("owner") {
			return
		}
		report(Issue{
			Code: diag.NoOwner, Class: Unowned, Pos: c.Origin.Key("id"), Subject: control(c),
			Message: fmt.Sprintf("the control %q has no owner", c.Title),
			Help:    "add owner = the id of the role that is accountable for it",
		})
	})
}

// controlEvidence finds implemented controls without evidence in force, and
// evidence about to lapse.
func controlEvidence(f *Facts, report func(Issue)) {
	inScope(f, func(s *readiness.Control) {
		c := s.Control
		issue := Issue{Pos: c.Origin.Key("status"), Subject: control(c), Owner: c.Owner}
		if c.Status == aims.Implemented {
			for _, r := range s.Runs {
				if len(r.Current) == 0 {
					issue.Project = projectOf(c, r.System)
					issue.Code, issue.Class = diag.NoCurrentEvidence, Overdue
					issue.Message = fmt.Sprintf("the control %q is implemented%s, but has no current evidence", c.Title, forSystem(r.System))
					issue.Help = "record an execution with evidence, or evidence with controls = [\"" + c.ID + "\"]"
					report(issue)
				}
			}
			if c.Cadence.IsZero() {
				report(Issue{
					Code: diag.NoCadence, Class: Informational, Pos: c.Origin.Key("status"), Subject: control(c), Owner: c.Owner,
					Message: fmt.Sprintf("the control %q is implemented, but has no cadence", c.Title),
					Help:    `add cadence = "6 months", or how often it has to be performed`,
				})
			}
		}
		for _, flag := range s.Flags {
			evidenceFlag(s, flag, report)
		}
	})
}

func evidenceFlag(s *readiness.Control, flag readiness.Flag, report func(Issue)) {
	e := flag.Evidence
	if e == nil {
		return
	}
	owner := e.Owner
	if owner == nil {
		owner = s.Control.Owner
	}
	issue := Issue{Pos: e.Origin.Key("expires"), Subject: evidence(e), Owner: owner, Due: flag.Date}
	switch flag.Kind {
	case readiness.EvidenceExpired:
		issue.Code, issue.Class = diag.EvidenceExpired, Overdue
		issue.Message = fmt.Sprintf("the evidence %q expired on %s", e.Title, e.Expires.Words())
		issue.Help = "collect it again and record it as new evidence"
	case readiness.EvidenceExpiring:
		issue.Code, issue.Class = diag.EvidenceExpiring, Expiring
		issue.Message = fmt.Sprintf("the evidence %q expires on %s", e.Title, e.Expires.Words())
		issue.Help = "plan to collect it again"
	}
	report(issue)
}

// projectOf returns the project in which a performance is to be done: that of
// the AI system, so that its owner finds it there.
func projectOf(c *aims.Control, s *aims.System) *aims.Project {
	if s == nil {
		return c.Project
	}
	return s.Project
}

func forSystem(s *aims.System) string {
	if s == nil {
		return ""
	}
	return fmt.Sprintf(" for the AI system %q", s.Title)
}

// controlExecution finds controls that were not performed on time, or whose
// latest performance went wrong.
func controlExecution(f *Facts, report func(Issue)) {
	inScope(f, func(s *readiness.Control) {
		c := s.Control
		for _, r := range s.Runs {
			issue := Issue{Pos: c.Origin.Key("cadence"), Subject: control(c), Owner: c.Owner, Project: projectOf(c, r.System)}
			if r.Overdue {
				issue.Code, issue.Class, issue.Due = diag.ExecutionOverdue, Overdue, r.NextDue
				issue.Message = fmt.Sprintf("the control %q was due on %s%s", c.Title, r.NextDue.Words(), forSystem(r.System))
				issue.Help = fmt.Sprintf("perform it and record [[control.execution]]; its cadence is %s", c.Cadence)
				report(issue)
			}
			if r.Last != nil && r.Last.Result == aims.Ineffective {
				issue.Code, issue.Class, issue.Due = diag.LastIneffective, Overdue, aims.Date{}
				issue.Pos = r.Last.Origin.Key("result")
				issue.Message = fmt.Sprintf("the control %q was found ineffective on %s%s", c.Title, r.Last.On.Words(), forSystem(r.System))
				issue.Help = "raise a finding, mend the cause and perform the control again"
				for _, x := range f.Workspace.FindingsOf(c) {
					if x.Open(f.AsOf) {
						issue.Help = fmt.Sprintf("act on the finding %q, then perform the control again", x.Title)
					}
				}
				report(issue)
			}
			if r.System != nil && r.Last == nil && c.Status == aims.Implemented {
				issue.Code, issue.Class, issue.Due = diag.SystemNotExecuted, Overdue, aims.Date{}
				issue.Pos = c.Origin.Key("level")
				issue.Message = fmt.Sprintf("the control %q was never performed%s", c.Title, forSystem(r.System))
				issue.Help = fmt.Sprintf("record [[control.execution]] with system = %q", r.System.ID)
				report(issue)
			}
		}
	})
}

// strayExecutions finds executions for AI systems that the control is not
// performed for: they count nowhere.
func strayExecutions(f *Facts, report func(Issue)) {
	inScope(f, func(s *readiness.Control) {
		c := s.Control
		for _, x := range c.Executions {
			if c.Level != aims.LevelSystem || x.System == nil {
				continue
			}
			own := x.System.Project.Organization == c.Project.Organization
			named := len(c.Systems) == 0 || slices.Contains(c.Systems, x.System)
			if own && named && (c.Project.System == nil || len(c.Systems) > 0 || c.Project.System == x.System) {
				continue
			}
			help := fmt.Sprintf("add %q to systems of the control, or take the execution out", x.System.ID)
			if !own {
				help = "the system belongs to another organization: give it a control of its own"
			}
			report(Issue{
				Code: diag.ExecutionStray, Class: Unjustified, Pos: x.Origin.Pos, Subject: control(c), Owner: c.Owner, Project: x.System.Project,
				Message: fmt.Sprintf("the execution of %q on %s is for the AI system %q, which the control is not performed for", c.Title, x.On.Words(), x.System.Title),
				Help:    help,
			})
		}
	})
}

// implementationDates finds controls whose planned implementation is late.
func implementationDates(f *Facts, report func(Issue)) {
	inScope(f, func(s *readiness.Control) {
		c := s.Control
		if c.Status == aims.Implemented || c.Due.IsZero() || !c.Due.Before(f.AsOf) {
			return
		}
		report(Issue{
			Code: diag.ImplementationOverdue, Class: Overdue, Pos: c.Origin.Key("due"), Subject: control(c), Owner: c.Owner, Due: c.Due,
			Message: fmt.Sprintf("the control %q should have been implemented by %s", c.Title, c.Due.Words()),
			Help:    "finish it, or set a new date that its owner agrees to",
		})
	})
}

// evidenceUse finds evidence that shows nothing.
func evidenceUse(f *Facts, report func(Issue)) {
	for _, e := range f.Workspace.Evidence {
		if e.Project.Organization != f.Organization || len(f.Workspace.Whole().ControlsShownBy(e)) > 0 {
			continue
		}
		report(Issue{
			Code: diag.EvidenceUnused, Class: Informational, Pos: e.Origin.Key("id"), Subject: evidence(e), Owner: e.Owner,
			Message: fmt.Sprintf("the evidence %q shows no control", e.Title),
			Help:    "name it in an execution, or add controls = [...] to it",
		})
	}
}
