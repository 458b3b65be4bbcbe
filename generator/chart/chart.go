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
