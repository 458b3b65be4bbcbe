package ics

import (
	"fmt"
	"net/url"
	"strings"

	ical "github.com/arran4/golang-ical"

	"annex/generator/aims"
	"annex/generator/calendar"
)

// alarms returns when programs remind of an event, in days before it. They do so
// as the day begins.
func alarms() []int { return []int{30, 7, 1} }

func (o Options) event(e calendar.Event) *ical.VEvent {
	v := ical.NewEvent(o.uid(e))
	v.SetDtStampTime(o.AsOf.Time())
	v.SetSequence(o.revision())
	v.SetAllDayStartAt(e.Day.Time())
	v.SetAllDayEndAt(e.Last.AddDays(1).Time()) // the first day after it
	v.SetSummary(clean(e.Title))
	v.SetDescription(clean(description(e)))
	v.AddCategory(clean(e.Kind.Title()))
	if e.Overdue {
		v.AddCategory("Overdue")
	}
	v.SetClass(class(e.Classification))
	v.SetTimeTransparency(ical.TransparencyTransparent)
	for _, days := range alarms() {
		a := v.AddAlarm()
		a.SetAction(ical.ActionDisplay)
		a.SetTrigger(fmt.Sprintf("-P%dD", days))
		a.SetProperty(ical.ComponentPropertyDescription, clean(e.Title))
	}
	return v
}

// uid names an event for good: it hangs on ids alone. The part after the sign
// is the organization's, below a name that can never be a host (RFC 2606).
func (o Options) uid(e calendar.Event) string {
	return e.ID + "@" + o.Organization + ".annex.invalid"
}

// revision counts the days from the start of 2000 to the as-of date, so that a
// later file is a later revision.
func (o Options) revision() int { return max(0, aims.NewDate(2000, 1, 1).DaysUntil(o.AsOf)) }

// description says what to do, and whose it is.
func description(e calendar.Event) string {
	var b strings.Builder
	if e.Overdue {
		fmt.Fprintf(&b, "Overdue: the day was %s.\n", e.Last.Words())
	}
	b.WriteString(e.Help + "\n")
	if e.Owner != nil {
		b.WriteString("\nOwner: " + e.Owner.Title)
	}
	if e.Project != nil {
		b.WriteString("\nProject: " + e.Project.Title)
	}
	return strings.TrimSpace(b.String())
}

// class says who may see an event where a calendar is shared. RFC 5545 fixes
// only the order of the three words. Nothing but what is public may be shown to
// anybody, so what is internal is PRIVATE, and above that CONFIDENTIAL, which
// Outlook shows as company confidential.
func class(c aims.Classification) ical.Classification {
	switch c {
	case aims.Public:
		return ical.ClassificationPublic
	case aims.Internal:
		return ical.ClassificationPrivate
	}
	return ical.ClassificationConfidential
}

// addresses returns the function that finds the address of an event.
func (o Options) addresses() (func(calendar.Event) (string, error), error) {
	if o.Base == "" || o.Path == nil {
		return func(calendar.Event) (string, error) { return "", nil }, nil
	}
	base, err := url.Parse(o.Base)
	if err != nil || base.Scheme != "https" && base.Scheme != "http" || base.Host == "" {
		return nil, fmt.Errorf("the address of the site is %q, not a web address", o.Base)
	}
	base = base.JoinPath("/") // a folder, whether or not it was written as one
	return func(e calendar.Event) (string, error) {
		path := o.Path(e)
		if path == "" {
			return "", nil
		}
		page, err := base.Parse(path)
		if err != nil {
			return "", fmt.Errorf("finding the address of %s: %w", e.ID, err)
		}
		return page.String(), nil
	}, nil
}

// clean makes a text one that a calendar can hold: valid UTF-8 whose only
// control characters are tabs and line feeds. Every way to end a line becomes a
// line feed, since some programs end a line of the file at any of them.
func clean(text string) string {
	text = strings.ReplaceAll(strings.ToValidUTF8(text, "\uFFFD"), "\r\n", "\n")
	return strings.Map(func(r rune) rune {
		switch {
		case r == '\t':
			return r
		case r == '\n', r == '\v', r == '\f', r == '\r', r == '\u0085', r == '\u2028', r == '\u2029':
			return '\n'
		case r < ' ', r >= '\u007f' && r < '\u00a0':
			return -1
		}
		return r
	}, text)
}
