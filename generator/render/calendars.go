package render

import (
	"bytes"
	"strings"
	"sync"

	"annex/generator/aims"
	"annex/generator/calendar"
	"annex/generator/chart"
	"annex/generator/check"
	"annex/generator/ics"
)

// ownerView is what one role has to do: what is open, and what comes.
type ownerView struct {
	Role    *aims.Role
	Classes []classView
	Total   int
	More    int
	Ahead   []calendar.Event // not overdue, the nearest first
	Later   int              // events beyond those listed
}

// mostAhead is how many events the page of an owner lists.
const mostAhead = 60

// calendarPages yields the calendars, of all and of each owner, and the page of
// each owner.
func (s *part) calendarPages(yield func(Page) bool) bool {
	if !yield(s.calendar("calendar.ics", s.holder(), s.events)) {
		return false
	}
	actions := sync.OnceValue(func() map[*aims.Role][]check.Issue {
		by := map[*aims.Role][]check.Issue{}
		for _, i := range s.next() {
			by[i.Owner] = append(by[i.Owner], i)
		}
		return by
	})
	events := sync.OnceValue(func() map[*aims.Role][]calendar.Event {
		by := map[*aims.Role][]calendar.Event{}
		for _, e := range s.events() {
			by[e.Owner] = append(by[e.Owner], e)
		}
		return by
	})
	for _, role := range s.Workspace.Roles {
		own := func() []calendar.Event { return events()[role] }
		if !yield(s.later(ownerPath(role.ID), "owner.html", func() page { return s.ownerPage(role, actions()[role], own()) })) ||
			!yield(s.calendar("calendar/"+role.ID+".ics", s.holder()+", "+role.Title, own)) {
			return false
		}
	}
	return true
}

func (s *part) ownerPage(role *aims.Role, own []check.Issue, events []calendar.Event) page {
	v := ownerView{Role: role, Total: len(own), More: max(0, len(own)-mostActions)}
	v.Classes = byClass(own[:min(mostActions, len(own))], own, false)
	for _, e := range events {
		switch {
		case e.Overdue:
		case len(v.Ahead) < mostAhead:
			v.Ahead = append(v.Ahead, e)
		default:
			v.Later++
		}
	}
	return page{Title: s.words.say("Next actions: %s", role.Title), Section: "next", Class: role.Classification, View: v}
}

func ownerPath(id string) string { return "next/" + id + ".html" }

func (s *part) calendar(path, name string, list func() []calendar.Event) Page {
	return Page{Path: path, Write: func(b *bytes.Buffer) error {
		return ics.Write(b, list(), ics.Options{Name: name, Organization: s.report.Organization.ID, AsOf: s.AsOf, Version: s.Version})
	}}
}

// due is the calendar of what falls due in the year after the as-of date.
func (s *part) due() *chart.Chart {
	last := aims.Period{N: 1, Unit: aims.Years}.After(s.AsOf)
	c := chart.Calendar{
		Title: s.words.say("What falls due in the next twelve months"), Unit: s.words.say("due"), Month: s.words.say("Month"),
		From: s.AsOf.String(), To: last.String(),
	}
	rows := map[calendar.Kind]int{}
	for row, kinds := range [][]calendar.Kind{
		{calendar.DocumentReview, calendar.ImpactReview, calendar.StatementReview},
		{calendar.RiskReview},
		{calendar.Performance, calendar.Implementation},
		{calendar.Expiry},
		{calendar.Finding, calendar.Action, calendar.Objective},
		{calendar.Audit, calendar.Stage, calendar.Duty, calendar.Statute},
	} {
		for _, k := range kinds {
			rows[k] = row
		}
	}
	for _, title := range []string{"Documents to review", "Risks to review", "Controls to perform", "Evidence that expires", "Findings, actions, objectives", "Audits and duties"} {
		c.Kinds = append(c.Kinds, s.words.say(title))
	}
	for _, e := range s.events() { // by day
		if e.Overdue || e.Day.After(last) {
			continue
		}
		on := e.Day.String()
		if e.Day.Before(s.AsOf) {
			on = s.AsOf.String() // an audit that has begun
		}
		if n := len(c.Days); n == 0 || strings.Compare(c.Days[n-1].On, on) != 0 {
			c.Days = append(c.Days, chart.Day{On: on, Counts: make([]int, len(c.Kinds))})
		}
		c.Days[len(c.Days)-1].Counts[rows[e.Kind]]++
	}
	if len(c.Days) == 0 {
		return nil
	}
	return c.Chart()
}
