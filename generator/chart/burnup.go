package chart

import (
	"math"

	"github.com/go-echarts/go-echarts/v2/charts"
	"github.com/go-echarts/go-echarts/v2/opts"
)

// BurnUp is counts over time, one line each, with upright rules on days that
// matter, such as audits.
type BurnUp struct {
	Title, Day, Unit string // Day is what the column of days is called
	Days             []string
	Series           []Series // one value a day; NaN where there is none
	Rules            []Rule
}

// Rule is an upright line on one of the days.
type Rule struct{ Day, Label string }

// Chart returns the chart of the lines. Its table has a row for each day.
func (u BurnUp) Chart() *Chart {
	line := charts.NewLine()
	c := &Chart{Title: u.Title, Height: 320, Table: Table{Head: []string{u.Day}}}
	for _, s := range u.Series {
		c.Legend = append(c.Legend, Key{s.Name, s.Tone})
		c.Table.Head = append(c.Table.Head, s.Name)
	}
	for i, day := range u.Days {
		row := TableRow{Name: day}
		for _, s := range u.Series {
			cell := "–"
			if v := s.Values[i]; !math.IsNaN(v) {
				cell = number(v)
			}
			row.Cells = append(row.Cells, cell)
		}
		c.Table.Rows = append(c.Table.Rows, row)
	}
	line.SetGlobalOptions(
		charts.WithAnimation(false),
		charts.WithTooltipOpts(opts.Tooltip{Show: opts.Bool(true), Trigger: "axis"}),
		charts.WithLegendOpts(opts.Legend{Show: opts.Bool(false)}),
		charts.WithGridOpts(opts.Grid{ContainLabel: opts.Bool(true), Left: "8", Right: "24", Top: "40", Bottom: "8"}),
	)
	line.SetXAxis(u.Days)
	for i, s := range u.Series {
		options := []charts.SeriesOpts{
			charts.WithLineStyleOpts(opts.LineStyle{Color: s.Tone.color(), Width: 2}), charts.WithItemStyleOpts(opts.ItemStyle{Color: s.Tone.color()}),
		}
		if i == 0 {
			for _, r := range u.Rules {
				options = append(options, charts.WithMarkLineNameXAxisItemOpts(opts.MarkLineNameXAxisItem{Name: r.Label, XAxis: r.Day}))
			}
			options = append(options, charts.WithMarkLineStyleOpts(opts.MarkLineStyle{
				Symbol: []string{"none", "none"}, Label: &opts.Label{Show: opts.Bool(true), Formatter: "{b}", Color: "tone:text", Position: "insideEndTop"},
				LineStyle: &opts.LineStyle{Color: Off.color(), Type: "dashed"},
			}))
		}
		line.AddSeries(s.Name, points(s, i), options...)
	}
	line.Validate()
	c.Option = marshal(line.JSON())
	return c
}

// points returns the values of the n-th line. Their shape tells the lines apart
// without colour; a day without a value is a gap.
func points(s Series, n int) []opts.LineData {
	shapes := []string{"circle", "rect", "triangle", "diamond", "emptyCircle"}
	list := make([]opts.LineData, len(s.Values))
	for i, v := range s.Values {
		list[i] = opts.LineData{Value: v, Symbol: shapes[n%len(shapes)], SymbolSize: 7}
		if math.IsNaN(v) {
			list[i].Value = "-" // ECharts' word for nothing
		}
	}
	return list
}
