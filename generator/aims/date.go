package aims

import (
	"fmt"
	"strconv"
	"strings"
	"time"
)

// Date is a day of the calendar. The zero Date means that no day was given.
type Date struct{ days int32 } // days since 31 Dec 1969, so that the zero value is free

// NewDate returns the day of a year, month and day; days out of the month roll
// over as in [time.Date].
func NewDate(year int, month time.Month, day int) Date {
	t := time.Date(year, month, day, 0, 0, 0, 0, time.UTC)
	return Date{int32(t.Unix()/86400) + 1}
}

// DateOf returns the day on which t falls in its own time zone.
func DateOf(t time.Time) Date { return NewDate(t.Date()) }

// ParseDate reads a day as 2026-05-12.
func ParseDate(s string) (Date, error) {
	t, err := time.Parse(time.DateOnly, s)
	if err != nil {
		return Date{}, fmt.Errorf("%q is not a date like 2026-05-12", s)
	}
	return DateOf(t), nil
}

// Time returns midnight UTC at the start of the day.
func (d Date) Time() time.Time { return time.Unix(int64(d.days-1)*86400, 0).UTC() }

// IsZero reports whether no day was given.
func (d Date) IsZero() bool { return d.days == 0 }

// Before reports whether d comes before e.
func (d Date) Before(e Date) bool { return d.days < e.days }

// After reports whether d comes after e.
func (d Date) After(e Date) bool { return d.days > e.days }

// Compare returns -1, 0 or +1 as d comes before, is, or comes after e.
func (d Date) Compare(e Date) int {
	switch {
	case d.days < e.days:
		return -1
	case d.days > e.days:
		return 1
	}
	return 0
}

// DaysUntil returns the number of days from d to e, negative when e is past.
func (d Date) DaysUntil(e Date) int { return int(e.days - d.days) }

// AddDays returns the day n days later.
func (d Date) AddDays(n int) Date { return Date{d.days + int32(n)} }

// Words returns the day as running text has it: 24 Nov 2026.
func (d Date) Words() string { return d.Time().Format("2 Jan 2006") }

// String returns the day as 2026-05-12, or "" when none was given.
func (d Date) String() string {
	if d.IsZero() {
		return ""
	}
	return d.Time().Format(time.DateOnly)
}

// Unit is a unit of a Period.
type Unit string

// The units of a Period.
const (
	Days   Unit = "day"
	Weeks  Unit = "week"
	Months Unit = "month"
	Years  Unit = "year"
)

// Period is a span of the calendar such as "6 months". The zero Period means
// that none was given.
type Period struct {
	N    int
	Unit Unit
}

// ParsePeriod reads "30 days", "2 weeks", "6 months" or "1 year".
func ParsePeriod(s string) (Period, error) {
	number, unit, _ := strings.Cut(s, " ")
	n, err := strconv.Atoi(number)
	if err == nil && n > 0 && n <= 1000 {
		for _, u := range []Unit{Days, Weeks, Months, Years} {
			if unit == string(u) || unit == string(u)+"s" {
				return Period{n, u}, nil
			}
		}
	}
	return Period{}, fmt.Errorf("%q is not a period like \"6 months\"", s)
}

// IsZero reports whether no period was given.
func (p Period) IsZero() bool { return p.N == 0 }

// After returns the day one period after d. A day that the month does not have
// becomes its last one: one month after 31 January is 28 or 29 February.
func (p Period) After(d Date) Date {
	switch p.Unit {
	case Weeks:
		return d.AddDays(7 * p.N)
	case Months, Years:
		months := p.N
		if p.Unit == Years {
			months *= 12
		}
		y, m, day := d.Time().Date()
		last := time.Date(y, m+time.Month(months)+1, 0, 0, 0, 0, 0, time.UTC).Day()
		return NewDate(y, m+time.Month(months), min(day, last))
	}
	return d.AddDays(p.N)
}

// String returns the period as it is written, "6 months".
func (p Period) String() string {
	switch p.N {
	case 0:
		return ""
	case 1:
		return "1 " + string(p.Unit)
	}
	return strconv.Itoa(p.N) + " " + string(p.Unit) + "s"
}
