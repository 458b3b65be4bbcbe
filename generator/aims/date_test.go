package aims

import (
	"testing"
	"testing/quick"
	"time"
)

func day(t *testing.T, s string) Date {
	t.Helper()
	d, err := ParseDate(s)
	if err != nil {
		t.Fatal(err)
	}
	return d
}

func TestPeriodsFollowTheCalendar(t *testing.T) {
	for _, c := range []struct{ from, period, to string }{
		{"2026-05-12", "6 months", "2026-11-12"},
		{"2026-01-31", "1 month", "2026-02-28"},
		{"2028-01-31", "1 month", "2028-02-29"}, // a leap year
		{"2028-02-29", "1 year", "2029-02-28"},
		{"2026-08-31", "6 months", "2027-02-28"},
		{"2026-12-15", "2 weeks", "2026-12-29"},
		{"2026-12-15", "30 days", "2027-01-14"},
		{"2026-10-25", "1 day", "2026-10-26"}, // clocks go back in much of Europe
	} {
		p, err := ParsePeriod(c.period)
		if err != nil {
			t.Fatal(err)
		}
		if got := p.After(day(t, c.from)); got != day(t, c.to) {
			t.Errorf("%s after %s is %s, want %s", c.period, c.from, got, c.to)
		}
		if p.String() != c.period {
			t.Errorf("%q is written %q", c.period, p)
		}
	}
}

func TestWhatIsNoPeriodOrDate(t *testing.T) {
	for _, s := range []string{"", "6", "months", "six months", "0 days", "-1 days", "1.5 years", "6 months ", "6  months", "9999999999 days", "6 Months"} {
		if p, err := ParsePeriod(s); err == nil {
			t.Errorf("%q is read as %s", s, p)
		}
	}
	for _, s := range []string{"", "2026-5-12", "12.05.2026", "2026-02-30", "2026-05-12T00:00:00Z"} {
		if d, err := ParseDate(s); err == nil {
			t.Errorf("%q is read as %s", s, d)
		}
	}
}

func TestDatesAreWrittenAndReadAlike(t *testing.T) {
	same := func(n int16) bool {
		d := NewDate(2026, 1, 1).AddDays(int(n))
		if d.IsZero() {
			return true // no day at all
		}
		back, err := ParseDate(d.String())
		return err == nil && back == d && DateOf(d.Time()) == d && d.AddDays(40).DaysUntil(d) == -40
	}
	if err := quick.Check(same, nil); err != nil {
		t.Error(err)
	}
	if s := NewDate(2026, 5, 2).Words(); s != "2 May 2026" {
		t.Errorf("in words: %q", s)
	}
}

func TestNoDayIsNotADay(t *testing.T) {
	var none Date
	if !none.IsZero() || none.String() != "" || NewDate(1970, time.January, 1).IsZero() {
		t.Error("the zero date is not free")
	}
}

func TestADayIsThatOfItsTimeZone(t *testing.T) {
	zone := time.FixedZone("east", 14*3600)
	if d := DateOf(time.Date(2026, 5, 12, 1, 0, 0, 0, zone)); d != NewDate(2026, 5, 12) {
		t.Errorf("got %s", d)
	}
}
