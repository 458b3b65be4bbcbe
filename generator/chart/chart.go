// Package chart turns numbers into charts: the option that ECharts draws, and
// the same numbers as a table.
//
//	bars := chart.Bars{Title: "Status by area", Categories: ..., Series: ...}
//	c := bars.Chart()
//	c.Option // JSON for the script of the site
//	c.Table  // what shows beside it, without scripts, and in print
//
// go-echarts serves as the typed builder of the option only; its own renderers
// would load scripts from a third party. Colours are names of the theme, such
// as "tone:good"; the script of the site replaces them, so that a chart follows
// the light and the dark theme. No option holds JavaScript.
package chart

import (
	"encoding/json"
	"strconv"

	"github.com/go-echarts/go-echarts/v2/charts"
	"github.com/go-echarts/go-echarts/v2/opts"
)

// Chart is one chart as data.
type Chart struct {
	Title  string
	Option string   // JSON
	Links  []string // address behind each category, relative to the root of the site; may be empty
	Height int      // of the drawing in CSS pixels
	Legend []Key    // what its colours mean; empty when there is one
	Table  Table
}

// Key says what a colour of a chart means.
type Key struct {
	Name string
	Tone Tone
}

// LinksJSON returns the links as a JSON list, for a data attribute.
func (c *Chart) LinksJSON() string { return marshal(c.Links) }

// Table is the numbers of a chart.
type Table struct {
	Head []string
	Rows []TableRow
}

// TableRow is one row: its name, where it leads to, and its numbers.
type TableRow struct {
	Name  string
	Link  string // empty for none
	Cells []string
}

// Tone names a colour of the theme by what it means.
type Tone string

// The tones. Colour is never alone: every series has a name and a legend.
const (
	Good    Tone = "good"
	Partial Tone = "partial"
	Bad     Tone = "bad"
	Planned Tone = "planned"
	Off     Tone = "off"
	Neutral Tone = "neutral"
	Unknown Tone = "unknown" // drawn as an outline, without a fill
)

func (t Tone) color() string { return "tone:" + string(t) }

// fill is how a bar of this tone is drawn.
func (t Tone) fill() opts.ItemStyle {
	if t == Unknown {
		return opts.ItemStyle{Color: "transparent", BorderColor: "tone:text", BorderWidth: 1}
	}
	return opts.ItemStyle{Color: t.color()}
}

// Category is a place on the axis, with the list behind it.
type Category struct {
	Name string
	Link string
}

// Series is one number for each category.
type Series struct {
	Name   string
	Tone   Tone
	Values []float64
}

// Bars are stacked bars from zero, lying unless Upright.
type Bars struct {
	Title, Unit string
	Categories  []Category
	Series      []Series
	Upright     bool
}

// Chart returns the chart of the bars.
func (b Bars) Chart() *Chart {
	bar := charts.NewBar()
	names := make([]string, len(b.Categories))
	c := &Chart{Title: b.Title, Table: Table{Head: []string{""}}}
	for i, x := range b.Categories {
		names[i] = x.Name
		if x.Link != "" {
			c.Links = append(c.Links, x.Link)
		}
		c.Table.Rows = append(c.Table.Rows, TableRow{Name: x.Name, Link: x.Link})
	}
	bar.SetGlobalOptions(
		charts.WithAnimation(false),
		charts.WithTooltipOpts(opts.Tooltip{Show: opts.Bool(true), Trigger: "axis"}),
		charts.WithLegendOpts(opts.Legend{Show: opts.Bool(false)}),
		charts.WithGridOpts(opts.Grid{ContainLabel: opts.Bool(true), Left: "8", Right: "24", Top: "8", Bottom: "8"}),
	)
	bar.SetXAxis(names)
	for _, s := range b.Series {
		data := make([]opts.BarData, len(s.Values))
		for i, v := range s.Values {
			data[i] = opts.BarData{Value: v}
			c.Table.Rows[i].Cells = append(c.Table.Rows[i].Cells, number(v))
		}
		bar.AddSeries(s.Name, data, charts.WithBarChartOpts(opts.BarChart{Stack: "all", BarCategoryGap: "30%"}), charts.WithItemStyleOpts(s.Tone.fill()))
		if len(b.Series) > 1 {
			c.Legend = append(c.Legend, Key{s.Name, s.Tone})
		}
		c.Table.Head = append(c.Table.Head, s.Name)
	}
	c.Height = 260
	if !b.Upright {
		bar.XYReversal()
		c.Height = 32 + 21*len(b.Categories)
	}
	bar.Validate()
	option := bar.JSON()
	if !b.Upright {
		invert(option) // the first category on top
	}
	c.Option = marshal(option)
	return c
}

// invert turns the category axis of lying bars so that it reads downwards.
func invert(option map[string]any) {
	if axes, ok := option["yAxis"].([]opts.YAxis); ok && len(axes) > 0 {
		option["yAxis"] = []any{inverted{YAxis: axes[0], Inverse: true}}
	}
}

type inverted struct {
	opts.YAxis
	Inverse bool `json:"inverse"`
}

// Heat is a grid of numbers in five steps of one hue. Values are by row.
type Heat struct {
	Title, Unit  string
	X, Y         []string
	XName, YName string
	Values       [][]float64
}

// Chart returns the chart of the grid.
func (h Heat) Chart() *Chart {
	heat := charts.NewHeatMap()
	c := &Chart{Title: h.Title, Height: 300, Table: Table{Head: append([]string{h.YName + " / " + h.XName}, h.X...)}}
	var data []opts.HeatMapData
	most := 1.0
	for y, row := range h.Values {
		tableRow := TableRow{Name: h.Y[y]}
		for x, v := range row {
			most = max(most, v)
			data = append(data, opts.HeatMapData{Value: []any{x, y, v}})
			tableRow.Cells = append(tableRow.Cells, number(v))
		}
		c.Table.Rows = append(c.Table.Rows, tableRow)
	}
	heat.SetGlobalOptions(
		charts.WithAnimation(false),
		charts.WithTooltipOpts(opts.Tooltip{Show: opts.Bool(true)}),
		charts.WithGridOpts(opts.Grid{ContainLabel: opts.Bool(true), Left: "8", Right: "24", Top: "24", Bottom: "24"}),
		charts.WithXAxisOpts(opts.XAxis{Type: "category", Name: h.XName, NameLocation: "middle", NameGap: 24}),
		charts.WithYAxisOpts(opts.YAxis{Type: "category", Name: h.YName, Data: h.Y}),
		charts.WithVisualMapOpts(opts.VisualMap{
			Show: opts.Bool(false), Min: 0, Max: float32(most),
			InRange: &opts.VisualMapInRange{Color: []string{"heat:1", "heat:2", "heat:3", "heat:4", "heat:5"}},
		}),
	)
	heat.SetXAxis(h.X)
	heat.AddSeries(h.Unit, data, charts.WithLabelOpts(opts.Label{Show: opts.Bool(true)}))
	heat.Validate()
	c.Option = marshal(heat.JSON())
	return c
}

// Line is measured values over time, with the target as a level line.
type Line struct {
	Title, Unit, ValueName, TargetName string
	Target                             float64
	Points                             []Point
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
	c.Option = marshal(line.JSON())
	return c
}

func number(v float64) string { return strconv.FormatFloat(v, 'f', -1, 64) }

// marshal writes JSON. Everything given to it is plain data, so that it cannot
// fail.
func marshal(x any) string {
	data, err := json.Marshal(x)
	if err != nil {
		panic("chart: " + err.Error())
	}
	return string(data)
}
