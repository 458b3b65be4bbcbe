package render

import (
	"fmt"
	"slices"
	"sync"

	"annex/generator/aims"
	"annex/generator/chart"
)

// registerPages are the registers of single records: evidence, risks,
// objectives, roles and interested parties.
func (s *part) registerPages(yield func(Page) bool) bool {
	return s.evidencePages(yield) && s.riskPages(yield) && s.smallRegisters(yield)
}

// evidenceListView is one page of the evidence register.
type evidenceListView struct {
	Rows      []evidenceRow
	Total     int
	Expired   int
	Expiring  int
	Freshness *chart.Chart
	Pager     pager
}

type evidenceRow struct {
	*aims.Evidence
	Current, Expired, Expiring bool
	State                      evidenceState
	Controls                   []*aims.Control
}

// evidenceState is how a piece of evidence stands on the as-of date.
type evidenceState struct {
	Mark string // kind of its badge
	Word string
}

func (s *part) evidenceRow(e *aims.Evidence) evidenceRow {
	row := evidenceRow{Evidence: e, Current: e.Current(s.AsOf), Expired: e.Expired(s.AsOf), Expiring: e.ExpiresWithin(s.AsOf, 30), Controls: s.Workspace.ControlsShownBy(e)}
	switch {
	case row.Expired:
		row.State = evidenceState{"bad", "expired"}
	case row.Expiring:
		row.State = evidenceState{"partial", "expiring"}
	case row.Current:
		row.State = evidenceState{"good", "in force"}
	default:
		row.State = evidenceState{"planned", "not yet"}
	}
	return row
}

func (s *part) evidencePages(yield func(Page) bool) bool {
	all := s.Workspace.Evidence
	whole := sync.OnceValue(func() evidenceListView {
		view := evidenceListView{Total: len(all), Freshness: s.freshness()}
		for _, e := range all {
			if e.Expired(s.AsOf) {
				view.Expired++
			}
			if e.ExpiresWithin(s.AsOf, 30) {
				view.Expiring++
			}
		}
		return view
	})
	for n, part := range parts(all) {
		list := func() page {
			v := whole()
			for _, e := range part {
				v.Rows = append(v.Rows, s.evidenceRow(e))
			}
			v.Pager = s.pager("evidence", n, len(all))
			return page{Title: "Evidence", Section: "evidence", View: v, Charts: true}
		}
		if !yield(s.later(shard("evidence", n), "evidence.html", list)) {
			return false
		}
	}
	return true
}

// freshness is the age of the evidence in force, in the five spans of look.md.
func (s *part) freshness() *chart.Chart {
	bars := chart.Bars{Title: s.words.say("Age of the evidence in force, in days"), Unit: s.words.say("pieces of evidence"), Upright: true, Categories: s.spans()}
	series := chart.Series{Name: s.words.say("Evidence"), Tone: chart.Neutral, Values: make([]float64, len(bars.Categories))}
	for _, e := range s.Workspace.Evidence {
		if e.Current(s.AsOf) {
			series.Values[span(e.Effective.DaysUntil(s.AsOf))]++
		}
	}
	bars.Series = []chart.Series{series}
	return bars.Chart()
}

// spans are the five spans of age that charts show.
func (s *part) spans() []chart.Category {
	var list []chart.Category
	for _, name := range []string{"0–30", "31–90", "91–180", "181–365", "over 365"} {
		list = append(list, chart.Category{Name: s.words.say(name)})
	}
	return list
}

// span returns which of the spans an age in days falls into.
func span(age int) int {
	ends := []int{30, 90, 180, 365}
	i, _ := slices.BinarySearch(ends, age)
	return i
}

// findingAges is the age of open findings by grade.
func (s *part) findingAges(rows []findingRow) *chart.Chart {
	bars := chart.Bars{Title: s.words.say("Age of open findings, in days"), Unit: s.words.say("findings"), Upright: true, Categories: s.spans()}
	tones := map[aims.Grade]chart.Tone{aims.Major: chart.Bad, aims.Minor: chart.Partial, aims.Observation: chart.Planned, aims.Opportunity: chart.Off}
	for _, grade := range aims.Grades() {
		series := chart.Series{Name: s.words.word(string(grade)), Tone: tones[grade], Values: make([]float64, len(bars.Categories))}
		for _, f := range rows {
			if f.Open && f.Grade == grade {
				series.Values[span(f.Age)]++
			}
		}
		bars.Series = append(bars.Series, series)
	}
	return bars.Chart()
}

// riskListView is one page of the risk register.
type riskListView struct {
	Rows   []riskRow
	Total  int
	Accept int
	Heat   *chart.Chart
	Pager  pager
}

type riskRow struct {
	*aims.Risk
	Above    bool // score before treatment
	StillUp  bool // score after treatment
	Overdue  bool
	Controls []*aims.Control
}

func (s *part) riskPages(yield func(Page) bool) bool {
	all := s.Workspace.Risks
	accept := s.report.Organization.AcceptUpTo
	rows := make([]riskRow, len(all))
	for i, r := range all {
		rows[i] = riskRow{
			Risk: r, Above: accept > 0 && r.Score() > accept, StillUp: accept > 0 && r.ResidualScore() > accept,
			Overdue: !r.NextReview.IsZero() && r.NextReview.Before(s.AsOf), Controls: s.Workspace.ControlsTreating(r),
		}
	}
	heat := s.riskHeat()
	for n, part := range parts(rows) {
		view := riskListView{part, len(all), accept, heat, s.pager("risks", n, len(all))}
		if !yield(s.make(shard("risks", n), "risks.html", page{Title: "Risks", Section: "risks", View: view, Charts: true})) {
			return false
		}
	}
	return true
}

// riskHeat counts the risks by likelihood and impact before treatment.
func (s *part) riskHeat() *chart.Chart {
	h := chart.Heat{
		Title: s.words.say("Risks by likelihood and impact, before treatment"), Unit: s.words.say("risks"),
		XName: s.words.say("Likelihood"), YName: s.words.say("Impact"), Values: make([][]float64, 5),
	}
	for i := range 5 {
		h.X = append(h.X, fmt.Sprint(i+1))
		h.Y = append(h.Y, fmt.Sprint(5-i))
		h.Values[i] = make([]float64, 5)
	}
	for _, r := range s.Workspace.Risks {
		if r.Score() > 0 && r.Status != aims.RiskClosed {
			h.Values[5-r.Impact][r.Likelihood-1]++
		}
	}
	return h.Chart()
}

// objectiveView is one objective with its measurements.
type objectiveView struct {
	*aims.Objective
	Latest   aims.Measurement
	Measured bool
	OnTarget bool
	Overdue  bool
	Chart    *chart.Chart  // of two measurements and more
	Taken    []measurement // up to the as-of date
}

// measurement is one measured value against the target.
type measurement struct {
	aims.Measurement
	OnTarget bool
}

// roleView is one role with what it is accountable for.
type roleView struct {
	*aims.Role
	Controls  []*aims.Control
	Documents []*aims.Document
	Risks     []*aims.Risk
}

func (s *part) smallRegisters(yield func(Page) bool) bool {
	return yield(s.make("objectives.html", "objectives.html", page{Title: "Objectives", Section: "objectives", View: s.objectives(), Charts: true})) &&
		yield(s.make("roles.html", "roles.html", page{Title: "Roles", Section: "roles", View: s.roles()})) &&
		yield(s.make("parties.html", "parties.html", page{Title: "Interested parties", Section: "parties", View: s.Workspace.Parties}))
}

func (s *part) objectives() []objectiveView {
	var list []objectiveView
	for _, o := range s.Workspace.Objectives {
		v := objectiveView{Objective: o, Overdue: o.Status == aims.Active && !o.Due.IsZero() && o.Due.Before(s.AsOf)}
		v.Latest, v.Measured = o.Latest(s.AsOf)
		v.OnTarget = v.Measured && o.Meets(v.Latest.Value)
		line := chart.Line{Title: o.Title, Unit: o.Unit, Target: o.Target, ValueName: s.words.say("Measured"), TargetName: s.words.say("Target"), Bare: true}
		for _, m := range o.Measurements {
			if !m.On.After(s.AsOf) {
				v.Taken = append(v.Taken, measurement{m, o.Meets(m.Value)})
				line.Points = append(line.Points, chart.Point{On: m.On.String(), Value: m.Value})
			}
		}
		if len(line.Points) > 1 && o.Withheld == "" { // the values of a stand-in say only on which side of the target they are
			v.Chart = line.Chart()
		}
		list = append(list, v)
	}
	return list
}

func (s *part) roles() []roleView {
	at := map[*aims.Role]*roleView{}
	list := make([]roleView, len(s.Workspace.Roles))
	for i, r := range s.Workspace.Roles {
		list[i].Role = r
		at[r] = &list[i]
	}
	for _, c := range s.Workspace.Controls {
		if v := at[c.Owner]; v != nil {
			v.Controls = append(v.Controls, c)
		}
	}
	for _, d := range s.Workspace.Documents {
		if v := at[d.Owner]; v != nil {
			v.Documents = append(v.Documents, d)
		}
	}
	for _, r := range s.Workspace.Risks {
		if v := at[r.Owner]; v != nil {
			v.Risks = append(v.Risks, r)
		}
	}
	return list
}
