package render

import (
	"math"

	"annex/generator/chart"
	"annex/generator/matrix"
	"annex/generator/readiness"
)

// stateHeat draws the states of a matrix, the table of which stands below.
func (s *part) stateHeat(m *matrix.Matrix, rows []matrix.Row) *chart.Chart {
	h := chart.Heat{Title: s.words.say(m.Title), Unit: s.words.say("state"), Most: 5, Bare: true}
	for _, c := range m.Columns {
		h.X = append(h.X, c.Title)
	}
	for _, r := range rows {
		values, marks := make([]float64, len(r.Cells)), make([]string, len(r.Cells))
		for i, c := range r.Cells {
			values[i] = math.NaN()
			if c.State != nil {
				values[i], marks[i] = float64(*c.State-readiness.Gap), initial(*c.State)
			}
		}
		h.Y, h.Values, h.Marks = append(h.Y, r.Head.Title()), append(h.Values, values), append(h.Marks, marks)
		h.Links = append(h.Links, "")
	}
	return h.Chart()
}

// stateKey says what the marks of a chart of states mean.
func (s *part) stateKey() string {
	key := ""
	for _, state := range []readiness.State{readiness.Verified, readiness.Operating, readiness.Implemented, readiness.Documented, readiness.Planned} {
		key += initial(state) + " " + s.words.word(state.String()) + " · "
	}
	return key + s.words.say("Blank: not performed for it")
}

// initial is the mark of a state in a cell of a chart: its shape as a sign, so
// that neither colour nor language is needed.
func initial(x readiness.State) string {
	switch x {
	case readiness.Verified:
		return "✓✓"
	case readiness.Operating:
		return "✓"
	case readiness.Implemented:
		return "◐"
	case readiness.Documented:
		return "¶"
	case readiness.Planned:
		return "◇"
	}
	return "△"
}
