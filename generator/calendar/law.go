package calendar

import (
	"cmp"
	"fmt"
	"slices"
	"strings"

	"annex/generator/aims"
	"annex/generator/readiness"
)

// duties finds the days on which the duties of AI systems begin. A duty that
// follows only if a ground is one that the system does not state is left out:
// the missing ground is a gap of its own.
func duties(r *readiness.Report, add func(Event)) {
	for _, s := range r.Workspace.Systems() {
		for _, d := range r.System(s).Duties {
			if d.Supposed {
				continue
			}
			o := d.Obligation
			f := o.Requirement.Framework
			e := about(aims.KindSystem, s.Record, s.Owner)
			e.ID = join(f.ID, o.ID, s.ID)
			e.Day, e.Framework = d.From, f
			e.Title = fmt.Sprintf("The duty %s (%s, %s) begins for %s",
				quote(o.Title), f.Title, cmp.Or(o.Paragraph, o.Requirement.Ref), quote(s.Title))
			e.Help = "Have a control in place that serves it."
			if d.State >= readiness.Operating {
				e.Help = "A control at work serves it already."
			}
			if d.Application.Note != "" {
				e.Help += " " + d.Application.Note
			}
			add(e)
		}
	}
}

// statutes finds the days on which requirements of the laws in use begin to
// apply to whomever they bind. Such a day is known by its date: another date is
// another day.
func statutes(r *readiness.Report, add func(Event)) {
	for _, f := range r.Workspace.Frameworks {
		begin := map[aims.Date][]string{}
		var days []aims.Date
		for _, q := range f.Requirements {
			for _, a := range q.Applications {
				if begin[a.From] == nil {
					days = append(days, a.From)
				}
				if !slices.Contains(begin[a.From], q.Ref) {
					begin[a.From] = append(begin[a.From], q.Ref)
				}
			}
		}
		for _, day := range days {
			refs := begin[day]
			e := Event{
				ID: join(f.ID, day.String()), Day: day, Framework: f,
				Title:          fmt.Sprintf("%s: %d requirements begin to apply", f.Title, len(refs)),
				Help:           "Look whether they bind you: " + strings.Join(refs, ", ") + ".",
				Project:        r.Organization,
				Classification: aims.Public, // it names nothing but the law
			}
			if len(refs) == 1 {
				e.Title = fmt.Sprintf("%s: %s begins to apply", f.Title, refs[0])
				e.Help = "Look whether it binds you: " + f.Find(refs[0]).Title + "."
			}
			add(e)
		}
	}
}
