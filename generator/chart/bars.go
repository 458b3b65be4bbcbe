package chart

import (
	"github.com/go-echarts/go-echarts/v2/charts"
	"github.com/go-echarts/go-echarts/v2/opts"
)

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
