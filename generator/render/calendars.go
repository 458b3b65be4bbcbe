package render

import (
	"bytes"
	"strings"

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

const (
	mostAhead = 60 // events that the page of an owner lists

	// mostEvents is how many events a calendar has, those of the nearest days.
	// Programs on telephones grow slow with more, and the next build brings
	// what is left out.
	mostEvents = 2000
)

// calendarPages yields the calendars, of all and of each owner, and the page of
// each owner.
func (s *part) calendarPages(yield func(Page) bool) bool {
	if !yield(s.calendar("calendar.ics", s.holder(), s.events)) {
		return false
	}
	byOwner := map[*aims.Role][]check.Issue{}
	for _, i := range s.next {
		byOwner[i.Owner] = append(byOwner[i.Owner], i)
	}
	events := map[*aims.Role][]calendar.Event{}
	for _, e := range s.events {
		events[e.Owner] = append(events[e.Owner], e)
	}
	for _, role := range s.Workspace.Roles {
		own := byOwner[role]
		v := ownerView{Role: role, Total: len(own), More: max(0, len(own)-mostActions)}
		v.Classes = byClass(own[:min(mostActions, len(own))], own, false)
		for _, e := range events[role] {
			switch {
			case e.Overdue:
			case len(v.Ahead) < mostAhead:
				v.Ahead = append(v.Ahead, e)
			default:
				v.Later++
			}
		}
		title := s.words.say("Next actions: %s", role.Title)
		if !yield(s.make(ownerPath(role.ID), "owner.html", page{Title: title, Section: "next", Class: role.Classification, View: v})) ||
			!yield(s.calendar("calendar/"+role.ID+".ics", s.holder()+", "+role.Title, events[role])) {
			return false
		}
	}
	return true
}

func ownerPath(id string) string { return "next/" + id + ".html" }

func (s *part) calendar(path, name string, events []calendar.Event) Page {
	events = events[:min(mostEvents, len(events))] // by day
	return Page{Path: path, Write: func(b *bytes.Buffer) error {
		return ics.Write(b, events, ics.Options{Name: name, Organization: s.report.Organization.ID, AsOf: s.AsOf, Version: s.Version})
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
	for _, e := range s.events { // by day
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
