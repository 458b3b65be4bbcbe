package render

import (
	"math"

	"annex/generator/aims"
	"annex/generator/chart"
	"annex/generator/trend"
)

// progressView is how the organization went on, from the git history of its
// records.
type progressView struct {
	Notes      []string
	Points     []progressPoint // newest first
	Chart      *chart.Chart    // nil with fewer than two points
	Frameworks []*aims.Framework
}

// progressPoint is one day, with the counts of each framework in use.
type progressPoint struct {
	trend.Point
	ByFramework []trend.Requirements // in the order of the view's frameworks
}

func (s *part) progressPages(yield func(Page) bool) bool {
	if s.Trend == nil {
		return true
	}
	v := progressView{Notes: s.Trend.Notes, Frameworks: s.Workspace.Frameworks}
	for i := len(s.Trend.Points) - 1; i >= 0; i-- {
		p := progressPoint{Point: s.Trend.Points[i]}
		for _, f := range v.Frameworks {
			p.ByFramework = append(p.ByFramework, p.Point.Framework(f.ID))
		}
		v.Points = append(v.Points, p)
	}
	if len(s.Trend.Points) > 1 {
		v.Chart = s.burnUp(s.Trend.Points)
	}
	return yield(s.make("trend.html", "trend.html", page{Title: "Progress", Section: "trend", View: v, Charts: v.Chart != nil}))
}

// burnUp draws how many requirements were implemented, operated and were
// verified, with a rule on the last day of each audit.
func (s *part) burnUp(points []trend.Point) *chart.Chart {
	u := chart.BurnUp{
		Title: s.words.say("Requirements of all frameworks in use"), Day: s.words.say("Day"), Unit: s.words.say("requirements"),
		Series: []chart.Series{
			{Name: s.words.say("Applicable"), Tone: chart.Off},
			{Name: s.words.say("Implemented or more"), Tone: chart.Partial},
			{Name: s.words.say("Operating or verified"), Tone: chart.Neutral},
			{Name: s.words.say("Verified"), Tone: chart.Good},
		},
	}
	for _, p := range points {
		u.Days = append(u.Days, p.Day.String())
		for i, n := range []int{p.Applicable, p.Implemented, p.Operating, p.Verified} {
			v := float64(n)
			if p.Problem != "" {
				v = math.NaN()
			}
			u.Series[i].Values = append(u.Series[i].Values, v)
		}
		if len(p.Audits) > 0 {
			u.Rules = append(u.Rules, chart.Rule{Day: p.Day.String(), Label: s.words.word(string(p.Audits[0].Kind))})
		}
	}
	return u.Chart()
}
