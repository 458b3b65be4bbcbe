package chart

import (
	"slices"

	"github.com/go-echarts/go-echarts/v2/charts"
	"github.com/go-echarts/go-echarts/v2/opts"
)

// Calendar is a number for each day of at most a year, and the same numbers by
// month and kind as its table.
type Calendar struct {
	Title, Unit, Month string
	From, To           string // ISO dates, the first and last day
	Kinds              []string
	Days               []Day // in the order of their dates
}

// Day is what falls on one day: a number for each kind of the calendar.
type Day struct {
	On     string // ISO date
	Counts []int
}

// Chart returns the chart of the calendar.
func (c Calendar) Chart() *Chart {
	heat := charts.NewHeatMap()
	out := &Chart{Title: c.Title, Height: 190, Table: Table{Head: slices.Concat([]string{c.Month}, c.Kinds)}}
	var data []opts.HeatMapData
	most := 1
	months := map[string][]int{}
	var order []string
	for _, d := range c.Days {
		month := d.On[:7]
		if months[month] == nil {
			months[month] = make([]int, len(c.Kinds))
			order = append(order, month)
		}
		sum := 0
		for i, n := range d.Counts {
			sum += n
			months[month][i] += n
		}
		most = max(most, sum)
		data = append(data, opts.HeatMapData{Name: d.On, Value: []any{d.On, sum}})
	}
	for _, month := range order {
		row := TableRow{Name: month}
		for _, n := range months[month] {
			row.Cells = append(row.Cells, number(float64(n)))
		}
		out.Table.Rows = append(out.Table.Rows, row)
	}
	heat.SetGlobalOptions(
		charts.WithAnimation(false),
		charts.WithTooltipOpts(opts.Tooltip{Show: opts.Bool(true)}),
		charts.WithLegendOpts(opts.Legend{Show: opts.Bool(false)}),
		charts.WithVisualMapOpts(opts.VisualMap{
			Show: opts.Bool(false), Min: 0, Max: float32(most),
			InRange: &opts.VisualMapInRange{Color: []string{"heat:2", "heat:3", "heat:4", "heat:5"}},
		}),
	)
	heat.AddCalendar(&opts.Calendar{
		Range: []string{c.From, c.To}, Left: "32", Right: "8", Top: "28", Bottom: "8", CellSize: "auto",
		ItemStyle: &opts.ItemStyle{Color: "transparent", BorderColor: "tone:rule", BorderWidth: 1},
		SplitLine: &opts.SplitLine{Show: opts.Bool(true), LineStyle: &opts.LineStyle{Color: "tone:text-2"}},
		DayLabel:  &opts.CalendarLabel{FirstDay: 1, Color: "tone:text-2"}, MonthLabel: &opts.CalendarLabel{Color: "tone:text-2"},
		YearLabel: &opts.CalendarLabel{Show: opts.Bool(false)},
	})
	heat.AddSeries(c.Unit, data, charts.WithCoordinateSystem("calendar"))
	heat.Validate()
	option := heat.JSON()
	delete(option, "xAxis") // days have no axes
	delete(option, "yAxis")
	out.Option = marshal(option)
	return out
}
