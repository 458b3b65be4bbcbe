// Package ics writes events as an iCalendar file (RFC 5545), which calendar
// programs import or subscribe to.
//
//	err := ics.Write(w, calendar.Events(report), ics.Options{
//		Name: "Ostermark Mutual", Organization: "ostermark", AsOf: asOf, Version: "1.2.0",
//	})
//
// makes of the review of a document, among lines that say who wrote it and when,
//
//	BEGIN:VEVENT
//	UID:document-ai-policy@ostermark.annex.invalid
//	DTSTART;VALUE=DATE:20270115
//	DTEND;VALUE=DATE:20270116
//	SUMMARY:Review the document "AI policy"
//	CATEGORIES:Document review
//	CLASS:PRIVATE
//	...
//
// The same events and options give the same bytes, whatever the clock, time
// zone and machine: the time stamp is the start of the as-of date, and the
// number of revision counts the days up to it, so that a program which has an
// older file takes over days that moved. There is no METHOD: that would make the
// file a message about meetings (RFC 5546), which has to name an organizer by
// mail address. Due days keep nobody busy (TRANSP).
//
// The work is done by github.com/arran4/golang-ical: it has releases, and it
// escapes texts and folds lines at 75 octets between characters. The tests read
// its files with github.com/emersion/go-ical, which is the stricter parser, and
// checks what it writes, but does not fold lines (its issue 18). Two things are
// left to us: line ends, which golang-ical makes LF everywhere unless told, and
// control characters, which it writes as they come.
package ics

import (
	"bufio"
	"io"

	ical "github.com/arran4/golang-ical"

	"annex/generator/aims"
	"annex/generator/calendar"
)

// Options says what a file is, beside its events.
type Options struct {
	Name         string    // of the calendar, as programs show it
	Organization string    // id of the organization project
	AsOf         aims.Date // of the report that the events are from
	Version      string    // of annex

	// Base is the web address of the site, and Path the place of an event's
	// page below it, empty for none. Without a Base events have no address:
	// a site that is read from disk has none that a calendar could keep.
	Base string
	Path func(calendar.Event) string
}

// lines are as RFC 5545 wants them, on every machine.
func lines() *ical.SerializationConfiguration {
	return &ical.SerializationConfiguration{MaxLength: 75, PropertyMaxLength: 75, NewLine: "\r\n"}
}

// Most is how many events a file has. Programs on telephones grow slow with more,
// and a later file brings what is left out.
const Most = 2000

// Write writes events in their order, the first [Most] of them. A file without events is one that
// subscribers may still ask for, so it is written as well.
func Write(w io.Writer, events []calendar.Event, o Options) error {
	address, err := o.addresses()
	if err != nil {
		return err
	}
	head := ical.NewCalendarFor("annex") // sets the version of the format
	head.SetProductId("-//annex//annex " + clean(o.Version) + "//EN")
	head.SetCalscale("GREGORIAN")
	head.SetXWRCalName(clean(o.Name))

	events = events[:min(Most, len(events))]
	// One event at a time, so that a long file is never in memory as a whole.
	out := bufio.NewWriter(w) // keeps the first error, some of which the library drops
	_, _ = out.WriteString("BEGIN:VCALENDAR\r\n")
	for _, p := range head.CalendarProperties {
		if err := p.SerializeTo(out, lines()); err != nil {
			return err
		}
	}
	for _, e := range events {
		component := o.event(e)
		url, err := address(e)
		if err != nil {
			return err
		}
		if url != "" {
			component.SetURL(url)
		}
		if err := component.SerializeTo(out, lines()); err != nil {
			return err
		}
	}
	_, _ = out.WriteString("END:VCALENDAR\r\n")
	return out.Flush()
}
