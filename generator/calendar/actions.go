package calendar

import (
	"cmp"
	"strconv"

	"annex/generator/aims"
	"annex/generator/readiness"
)

// findings finds the days by which open findings have to be closed (clause
// 10.2).
func findings(r *readiness.Report, add func(Event)) {
	for _, f := range r.Workspace.Findings {
		if !f.Open(r.AsOf) {
			continue
		}
		e := about(aims.KindFinding, &f.Record, f.Owner)
		e.Day = f.Due
		e.Title = "Close the finding " + quote(f.Title)
		e.Help = "Correct it, act on its cause, check the effect, and set closed, or agree a new date with the auditor."
		e.Project = cmp.Or(f.About, f.Project)
		add(e)
	}
}

// actions finds the days by which open actions of management reviews have to be
// done (clause 9.3.3). An action has no id of its own: it is known by its place
// in the review.
func actions(r *readiness.Report, add func(Event)) {
	for _, v := range r.Workspace.Reviews {
		for i, a := range v.Actions {
			if !a.Done.IsZero() && !a.Done.After(r.AsOf) {
				continue
			}
			e := about(aims.KindReview, &v.Record, a.Owner)
			e.ID = join(v.ID, strconv.Itoa(i+1))
			e.Day = a.Due
			e.Title = "Finish the action of " + quote(v.Title) + ": " + a.Text
			e.Help = "Finish it and set done, or let the next review set a new date."
			add(e)
		}
	}
}

// objectives finds the days by which objectives have to be reached that are
// neither achieved nor dropped (clause 6.2).
func objectives(r *readiness.Report, add func(Event)) {
	for _, o := range r.Workspace.Objectives {
		if o.Status == aims.Achieved || o.Status == aims.Dropped {
			continue
		}
		e := about(aims.KindObjective, &o.Record, o.Owner)
		e.Day = o.Due
		e.Title = "Reach the objective " + quote(o.Title)
		e.Help = "Measure it, and set status, or agree a new date."
		add(e)
	}
}
