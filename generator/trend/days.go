package trend

import (
	"slices"
	"time"

	"annex/generator/aims"
	"annex/generator/readiness"
)

// audits returns the finished audits of an organization by their last days.
func audits(report *readiness.Report) map[aims.Date][]*aims.Audit {
	ended := map[aims.Date][]*aims.Audit{}
	for _, a := range report.Workspace.Audits {
		day := a.To
		if day.IsZero() {
			day = a.From
		}
		if a.Done(report.AsOf) && !day.IsZero() {
			ended[day] = append(ended[day], a)
		}
	}
	return ended
}

// monthEnds returns the last days of months from the first day to the one
// before the as-of date, and whether these are all of them.
func monthEnds(first, asOf aims.Date) (ends []aims.Date, all bool) {
	year, month, _ := first.Time().Date()
	lastYear, lastMonth, _ := asOf.Time().Date()
	months := (lastYear-year)*12 + int(lastMonth-month) // that ended by then
	skip := max(0, months-maxMonths)
	for n := skip; ; n++ {
		end := aims.NewDate(year, month+time.Month(n)+1, 0) // the day before the first of the next
		if !end.Before(asOf) {
			break
		}
		ends = append(ends, end)
	}
	return ends, skip == 0
}

// days returns the days of the points before the as-of date, in order.
func days(months []aims.Date, ended map[aims.Date][]*aims.Audit, first, asOf aims.Date) []aims.Date {
	list := slices.Clone(months)
	for day := range ended {
		if !day.Before(first) && day.Before(asOf) {
			list = append(list, day)
		}
	}
	slices.SortFunc(list, aims.Date.Compare)
	return slices.Compact(list)
}
