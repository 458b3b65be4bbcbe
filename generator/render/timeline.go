package render

import (
	"slices"

	"annex/generator/aims"
	"annex/generator/chart"
	"annex/generator/readiness"
)

// timelineView is when the requirements of a law apply, and to which of our AI
// systems.
type timelineView struct {
	Framework *aims.Framework
	Days      []timelineDay
	Chart     *chart.Chart // duties of our systems by day; nil when there are none
}

// timelineDay is one day from which something applies.
type timelineDay struct {
	On      aims.Date
	Past    bool
	Entries []entry
	Duties  int // of our systems that begin on the day
	Open    int // of them, without a control at work
	Systems []*aims.System
}

// dated reports whether the requirements of a framework or its obligations have
// days of application.
func dated(f *aims.Framework) bool {
	return slices.ContainsFunc(f.Requirements, func(q *aims.Requirement) bool { return len(q.Applications) > 0 }) ||
		slices.ContainsFunc(f.Obligations, func(o *aims.Obligation) bool { return len(o.Applications) > 0 })
}

func timelinePath(f *aims.Framework) string { return "frameworks/" + f.ID + "/timeline.html" }

func (s *part) timelinePage(f *aims.Framework, yield func(Page) bool) bool {
	view := timelineView{Framework: f, Days: s.timeline(f)}
	view.Chart = s.dutyChart(view.Days)
	return yield(s.make(timelinePath(f), "timeline.html", page{
		Title: s.words.say("Timeline of the %s", f.Title), Section: "frameworks", View: view, Charts: view.Chart != nil,
	}))
}

func (s *part) timeline(f *aims.Framework) []timelineDay {
	at := map[aims.Date]*timelineDay{}
	day := func(d aims.Date) *timelineDay {
		if at[d] == nil {
			at[d] = &timelineDay{On: d, Past: !d.After(s.AsOf)}
		}
		return at[d]
	}
	for _, q := range f.Requirements {
		for _, e := range entries(q) {
			d := day(e.Application.From)
			d.Entries = append(d.Entries, e)
		}
	}
	for _, x := range s.Workspace.Systems() {
		for _, duty := range s.report.System(x).Duties {
			if duty.Obligation.Requirement.Framework != f || duty.From.IsZero() {
				continue
			}
			d := day(duty.From)
			d.Duties++
			if duty.State < readiness.Operating {
				d.Open++
			}
			if n := len(d.Systems); n == 0 || d.Systems[n-1] != x {
				d.Systems = append(d.Systems, x)
			}
		}
	}
	var days []timelineDay
	for _, d := range at {
		days = append(days, *d)
	}
	slices.SortFunc(days, func(a, b timelineDay) int { return a.On.Compare(b.On) })
	return days
}

// dutyChart draws the duties of our systems by the day on which they begin.
func (s *part) dutyChart(days []timelineDay) *chart.Chart {
	bars := chart.Bars{Title: s.words.say("Duties of our AI systems by the day from which they apply"), Unit: s.words.say("duties"), Upright: true}
	open := chart.Series{Name: s.words.say("Without a control at work"), Tone: chart.Bad}
	met := chart.Series{Name: s.words.say("With a control at work"), Tone: chart.Good}
	for _, d := range days {
		if d.Duties == 0 {
			continue
		}
		bars.Categories = append(bars.Categories, chart.Category{Name: s.words.date(d.On), Link: "#d" + d.On.String()})
		open.Values = append(open.Values, float64(d.Open))
		met.Values = append(met.Values, float64(d.Duties-d.Open))
	}
	if len(bars.Categories) == 0 {
		return nil
	}
	bars.Series = []chart.Series{open, met}
	return bars.Chart()
}
