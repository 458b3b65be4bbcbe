package render

import (
	"cmp"
	"slices"

	"annex/generator/aims"
	"annex/generator/chart"
	"annex/generator/readiness"
)

// areaRow is how the requirements of one clause or control area stand.
type areaRow struct {
	Area   *aims.Requirement
	Counts []areaCount // in the order of readiness.States
	Total  int
}

type areaCount struct {
	State readiness.State
	N     int
}

// areas counts the states of requirements by clause and control area.
func areas(f *readiness.Framework) []areaRow {
	var rows []areaRow
	at := map[*aims.Requirement]int{}
	for _, q := range f.Requirements {
		top := q.Requirement.Top()
		if _, ok := at[top]; !ok {
			at[top] = len(rows)
			row := areaRow{Area: top}
			for _, state := range readiness.States() {
				row.Counts = append(row.Counts, areaCount{State: state})
			}
			rows = append(rows, row)
		}
		row := &rows[at[top]]
		row.Total++
		row.Counts[slices.Index(readiness.States(), q.State)].N++
	}
	return rows
}

// areaChart draws the states by area as stacked bars, the largest gaps first.
func areaChart(s *part, rows []areaRow, address func(*aims.Requirement) string) *chart.Chart {
	sorted := slices.Clone(rows)
	slices.SortStableFunc(sorted, func(a, b areaRow) int { return cmp.Compare(open(b), open(a)) })
	bars := chart.Bars{Title: s.words.say("Status by clause and control area"), Unit: s.words.say("requirements")}
	for _, r := range sorted {
		bars.Categories = append(bars.Categories, chart.Category{Name: r.Area.Ref + " " + r.Area.Title, Link: address(r.Area)})
	}
	for _, group := range stateGroups() {
		series := chart.Series{Name: s.words.say(group.title), Tone: group.tone}
		for _, r := range sorted {
			n := 0
			for _, c := range r.Counts {
				if slices.Contains(group.states, c.State) {
					n += c.N
				}
			}
			series.Values = append(series.Values, float64(n))
		}
		bars.Series = append(bars.Series, series)
	}
	return bars.Chart()
}

// stateGroup joins states to the at most five that a chart shows. What does not
// apply asks for nothing and is left out.
type stateGroup struct {
	title  string
	tone   chart.Tone
	states []readiness.State
}

func stateGroups() []stateGroup {
	return []stateGroup{
		{"Gap", chart.Bad, []readiness.State{readiness.Gap}},
		{"Not assessed", chart.Unknown, []readiness.State{readiness.NotAssessed}},
		{"Planned", chart.Planned, []readiness.State{readiness.Planned}},
		{"Documented or implemented", chart.Partial, []readiness.State{readiness.Documented, readiness.Implemented}},
		{"Operating or verified", chart.Good, []readiness.State{readiness.Operating, readiness.Verified}},
	}
}

// open counts the requirements of a row that need action.
func open(r areaRow) int {
	n := 0
	for _, c := range r.Counts {
		switch c.State {
		case readiness.Gap, readiness.NotAssessed:
			n += 100 * c.N
		case readiness.Planned:
			n += 10 * c.N
		case readiness.Documented, readiness.Implemented:
			n += c.N
		}
	}
	return n
}

// stageChart shows how many applicable requirements of each area have come to
// each stage: on paper, in place, at work, audited.
func stageChart(s *part, rows []areaRow) *chart.Chart {
	stages := []readiness.State{readiness.Documented, readiness.Implemented, readiness.Operating, readiness.Verified}
	h := chart.Heat{
		Title: s.words.say("How far each area is"), Unit: s.words.say("per cent of the applicable requirements"),
		XName: s.words.say("Stage"), YName: s.words.say("Area"), Most: 100,
	}
	for _, stage := range stages {
		h.X = append(h.X, s.words.word(stage.String()))
	}
	for _, r := range rows {
		reached, applicable := make([]int, len(stages)), 0
		for _, c := range r.Counts {
			if c.State == readiness.NotApplicable {
				continue
			}
			applicable += c.N
			for i, stage := range stages {
				if c.State >= stage {
					reached[i] += c.N
				}
			}
		}
		values, marks := make([]float64, len(stages)), make([]string, len(stages))
		for i, n := range reached {
			values[i] = float64(100 * n / max(applicable, 1))
			marks[i] = s.words.say("%d of %d", n, applicable)
		}
		h.Y, h.Values, h.Marks = append(h.Y, r.Area.Ref+" "+r.Area.Title), append(h.Values, values), append(h.Marks, marks)
		h.Links = append(h.Links, "#"+r.Area.Slug())
	}
	return h.Chart()
}
