package render

import (
	"slices"
	"strings"

	"annex/generator/aims"
	"annex/generator/chart"
)

// due is the calendar of what falls due in the year after the as-of date:
// reviews, performances, evidence and actions.
func (s *part) due() *chart.Chart {
	last := aims.Period{N: 1, Unit: aims.Years}.After(s.AsOf)
	c := chart.Calendar{
		Title: s.words.say("What falls due in the next twelve months"), Unit: s.words.say("due"), Month: s.words.say("Month"),
		From: s.AsOf.String(), To: last.String(),
		Kinds: []string{s.words.say("Document reviews"), s.words.say("Risk reviews"), s.words.say("Controls to perform"), s.words.say("Evidence that expires"), s.words.say("Findings and actions")},
	}
	const (
		documents = iota
		risks
		controls
		evidence
		actions
	)
	days := map[aims.Date][]int{}
	add := func(kind int, d aims.Date) {
		if d.IsZero() || d.Before(s.AsOf) || d.After(last) {
			return
		}
		if days[d] == nil {
			days[d] = make([]int, len(c.Kinds))
		}
		days[d][kind]++
	}
	w := s.Workspace
	for _, d := range w.Documents {
		if d.Approved(s.AsOf) {
			add(documents, d.NextReview)
		}
	}
	for _, x := range w.Systems() {
		if !x.Retired(s.AsOf) {
			add(documents, x.ImpactReview)
		}
	}
	for _, r := range w.Risks {
		if r.Status != aims.RiskClosed {
			add(risks, r.NextReview)
		}
	}
	for _, x := range w.Controls {
		for _, run := range s.report.Control(x).Runs {
			if x.Status == aims.Implemented {
				add(controls, run.NextDue)
			}
		}
	}
	for _, e := range w.Evidence {
		add(evidence, e.Expires)
	}
	for _, f := range w.Findings {
		if f.Open(s.AsOf) {
			add(actions, f.Due)
		}
	}
	for _, r := range w.Reviews {
		for _, a := range r.Actions {
			if a.Done.IsZero() {
				add(actions, a.Due)
			}
		}
	}
	for d, counts := range days {
		c.Days = append(c.Days, chart.Day{On: d.String(), Counts: counts})
	}
	if len(c.Days) == 0 {
		return nil
	}
	slices.SortFunc(c.Days, func(a, b chart.Day) int { return strings.Compare(a.On, b.On) })
	return c.Chart()
}
