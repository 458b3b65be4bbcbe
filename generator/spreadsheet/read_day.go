package spreadsheet

import (
	"math"
	"strconv"
	"strings"
	"time"

	"annex/generator/aims"
)

// dayOf returns the day that a number with the form of a day stands for, and the
// time beside it. Day 1 is 1 January 1900 and day 60 is 29 February of that year,
// which never was; from 1904 on day 0 is 1 January 1904. There is none for a
// number that Excel shows as no day.
func dayOf(number float64, from1904 bool) (d aims.Date, time string, ok bool) {
	seconds := math.Round(number * 86400) // a day that falls short by a hair is that day
	if !(seconds >= 0 && seconds < 3e6*86400) {
		return d, "", false
	}
	whole, rest := int(seconds)/86400, int(seconds)%86400
	last := 2958465 // 31 December 9999
	first := aims.NewDate(1899, 12, 30)
	switch {
	case from1904:
		first, last = aims.NewDate(1904, 1, 1), last-1462
	case whole == 0, whole == 60:
		return d, clockOf(rest), false
	case whole < 60:
		first = aims.NewDate(1899, 12, 31)
	}
	if whole > last {
		return d, "", false
	}
	return first.AddDays(whole), clockOf(rest), true
}

// clockOf returns a time of day as 14:30:00, or "" for midnight.
func clockOf(seconds int) string {
	if seconds == 0 {
		return ""
	}
	return time.Unix(int64(seconds), 0).UTC().Format(time.TimeOnly)
}

// writtenDay reads a day as the strict kind of workbooks has it: 2026-05-12, with
// or without T14:30:00 behind it.
func writtenDay(s string) (d aims.Date, clock string, ok bool) {
	for _, form := range []string{time.DateOnly, "2006-01-02T15:04:05", "2006-01-02T15:04", time.RFC3339} {
		if t, err := time.Parse(form, s); err == nil {
			return aims.DateOf(t), clockOf(t.Hour()*3600 + t.Minute()*60 + t.Second()), true
		}
	}
	return d, "", false
}

// number reads a number as XML has it, without the other forms that Go knows.
func number(s string) (float64, bool) {
	if strings.Trim(s, "0123456789+-.eE") != "" || len(s) > 400 {
		return 0, false
	}
	n, err := strconv.ParseFloat(s, 64)
	return n, err == nil
}

// shown returns a number with the 15 digits that Excel shows of it: 0.3 for the
// sum of 0.1 and 0.2.
func shown(n float64) string {
	s := strconv.FormatFloat(n, 'G', 15, 64)
	if short, err := strconv.ParseFloat(s, 64); err == nil && !strings.Contains(s, "E") {
		return strconv.FormatFloat(short, 'f', -1, 64)
	}
	return s
}
