package chart

import (
	"github.com/go-echarts/go-echarts/v2/charts"
	"github.com/go-echarts/go-echarts/v2/opts"
)

// Line is measured values over time, with the target as a level line.
type Line struct {
	Title, Unit, ValueName, TargetName string
	Target                             float64
	Points                             []Point
	Bare                               bool // whether the numbers already stand as a table beside the chart
}

// Point is one measured value; On is an ISO date.
type Point struct {
	On    string
	Value float64
}

// Chart returns the chart of the line.
func (l Line) Chart() *Chart {
	line := charts.NewLine()
	c := &Chart{Title: l.Title, Height: 160, Legend: []Key{{l.ValueName, Neutral}, {l.TargetName, Off}}, Table: Table{Head: []string{"", l.Unit}}}
	var days []string
	var values, targets []opts.LineData
	for _, p := range l.Points {
		days = append(days, p.On)
		values = append(values, opts.LineData{Value: p.Value, Symbol: "circle", SymbolSize: 8})
		targets = append(targets, opts.LineData{Value: l.Target, Symbol: "none"})
		c.Table.Rows = append(c.Table.Rows, TableRow{Name: p.On, Cells: []string{number(p.Value)}})
	}
	line.SetGlobalOptions(
		charts.WithAnimation(false),
		charts.WithTooltipOpts(opts.Tooltip{Show: opts.Bool(true), Trigger: "axis"}),
		charts.WithLegendOpts(opts.Legend{Show: opts.Bool(false)}),
		charts.WithGridOpts(opts.Grid{ContainLabel: opts.Bool(true), Left: "8", Right: "24", Top: "12", Bottom: "8"}),
	)
	line.SetXAxis(days)
	line.AddSeries(l.Title, values, charts.WithLineStyleOpts(opts.LineStyle{Color: Neutral.color()}), charts.WithItemStyleOpts(opts.ItemStyle{Color: Neutral.color()}))
	line.AddSeries(l.TargetName, targets, charts.WithLineStyleOpts(opts.LineStyle{Color: Off.color(), Type: "dashed"}), charts.WithItemStyleOpts(opts.ItemStyle{Color: Off.color()}))
	line.Validate()
	if l.Bare {
		c.Table = Table{}
	}
	c.Option = marshal(line.JSON())
	return c
}
