package calendar

import (
	"cmp"
	"fmt"

	"annex/generator/aims"
	"annex/generator/readiness"
)

// performances finds the days by which controls in place have to be performed
// again, one for each AI system where they are performed for each.
func performances(r *readiness.Report, add func(Event)) {
	for _, c := range r.Workspace.Controls {
		if c.Status != aims.Implemented {
			continue
		}
		for _, run := range r.Control(c).Runs {
			if run.NextDue.Before(r.AsOf) && !run.Overdue {
				continue // said to be in place only from a later day on
			}
			e := about(aims.KindControl, &c.Record, c.Owner)
			e.Day = run.NextDue
			e.Title = "Perform the control " + quote(c.Title)
			e.Help = fmt.Sprintf("Perform it and record the execution with its evidence. Its cadence is %s.", c.Cadence)
			if run.System != nil {
				e = e.in(run.System)
			}
			add(e)
		}
	}
}

// implementations finds the days by which planned controls have to be in place.
func implementations(r *readiness.Report, add func(Event)) {
	for _, c := range r.Workspace.Controls {
		if c.Status == aims.Implemented {
			continue
		}
		e := about(aims.KindControl, &c.Record, c.Owner)
		e.Day = c.Due
		e.Title = "Implement the control " + quote(c.Title)
		e.Help = "Put it in place and set status and implemented_on, or agree a new date with its owner."
		add(e)
	}
}

// expiries finds the last days of evidence on which a control rests: that of
// its latest performance, and direct evidence. What newer evidence has replaced
// may expire unnoticed.
func expiries(r *readiness.Report, add func(Event)) {
	shows := map[*aims.Evidence]*aims.Control{} // the first of the controls
	for _, c := range r.Workspace.Controls {
		status := r.Control(c)
		for _, x := range status.InForce() {
			shows[x] = cmp.Or(shows[x], c)
		}
		for _, f := range status.Flags {
			if f.Kind == readiness.EvidenceExpired {
				shows[f.Evidence] = cmp.Or(shows[f.Evidence], c)
			}
		}
	}
	for _, x := range r.Workspace.Evidence {
		c := shows[x]
		if c == nil {
			continue
		}
		e := about(aims.KindEvidence, &x.Record, cmp.Or(x.Owner, c.Owner))
		e.Day = x.Expires
		e.Title = "The evidence " + quote(x.Title) + " expires"
		e.Help = "Collect it again before this day is over, and record it as new evidence."
		add(e)
	}
}
