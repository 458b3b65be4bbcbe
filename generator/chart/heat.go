package chart

import (
	"math"

	"github.com/go-echarts/go-echarts/v2/charts"
	"github.com/go-echarts/go-echarts/v2/opts"
)

// Heat is a grid of numbers in five steps of one hue. Values are by row; NaN is a
// crossing without one.
type Heat struct {
	Title, Unit  string
	X, Y         []string
	XName, YName string
	Values       [][]float64
	Marks        [][]string // what a cell says in place of its value, if not nil
	Most         float64    // the value of the darkest step; the highest one if 0
	Links        []string   // behind each row, if not nil
	Bare         bool       // whether the numbers already stand as a table beside the chart
}

// Chart returns the chart of the grid.
func (h Heat) Chart() *Chart {
	heat := charts.NewHeatMap()
	c := &Chart{Title: h.Title, Height: 60 + 30*max(len(h.Y), 8), Table: Table{Head: append([]string{h.YName + " / " + h.XName}, h.X...)}}
	var data []opts.HeatMapData
	most := max(h.Most, 1)
	for y, row := range h.Values {
		tableRow := TableRow{Name: h.Y[y]}
		if h.Links != nil {
			tableRow.Link = h.Links[y]
		}
		for x, v := range row {
			if math.IsNaN(v) {
				tableRow.Cells = append(tableRow.Cells, "–")
				continue
			}
			if h.Most == 0 {
				most = max(most, v)
			}
			mark := number(v)
			if h.Marks != nil {
				mark = h.Marks[y][x]
			}
			data = append(data, opts.HeatMapData{Name: mark, Value: []any{x, y, v}})
			tableRow.Cells = append(tableRow.Cells, mark)
		}
		c.Table.Rows = append(c.Table.Rows, tableRow)
	}
	x := opts.XAxis{
		Type: "category", Data: h.X, Name: h.XName, NameLocation: "middle", NameGap: 24,
		AxisLabel: &opts.AxisLabel{Interval: "0"}, // every column shows its name; the script turns long ones
	}
	if h.Bare { // its columns are things with long names
		x.AxisLabel.Rotate = 40
		c.Height += 100
	}
	heat.SetGlobalOptions(
		charts.WithAnimation(false),
		charts.WithTooltipOpts(opts.Tooltip{Show: opts.Bool(true)}),
		charts.WithGridOpts(opts.Grid{ContainLabel: opts.Bool(true), Left: "8", Right: "24", Top: "24", Bottom: "24"}),
		charts.WithXAxisOpts(x),
		charts.WithYAxisOpts(opts.YAxis{Type: "category", Name: h.YName, NameLocation: "start", Data: h.Y}),
		charts.WithVisualMapOpts(opts.VisualMap{
			Show: opts.Bool(false), Min: 0, Max: float32(most),
			InRange: &opts.VisualMapInRange{Color: []string{"heat:1", "heat:2", "heat:3", "heat:4", "heat:5"}},
		}),
	)
	heat.AddSeries(h.Unit, data, charts.WithLabelOpts(opts.Label{Show: opts.Bool(true), Formatter: "{b}"}))
	heat.Validate()
	option := heat.JSON()
	invert(option) // the first row on top
	if h.Bare {
		c.Table = Table{}
	}
	c.Option = marshal(option)
	return c
}
