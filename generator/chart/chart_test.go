package chart

import (
	"encoding/json"
	"strings"
	"testing"
)

func TestBarsCarryTheSameNumbersInOptionAndTable(t *testing.T) {
	c := Bars{
		Title: "Status", Categories: []Category{{"A.2", "a.html"}, {"A.3", "b.html"}},
		Series: []Series{{"Gap", Bad, []float64{1, 2}}, {"Operating", Good, []float64{3, 4}}},
	}.Chart()
	var option struct {
		YAxis []struct {
			Data    []string
			Inverse bool
		}
		Series []struct {
			Name, Type, Stack string
			Data              []struct{ Value float64 }
			ItemStyle         struct{ Color string }
		}
		Animation *bool
	}
	if err := json.Unmarshal([]byte(c.Option), &option); err != nil {
		t.Fatal(err)
	}
	if len(option.YAxis) != 1 || !option.YAxis[0].Inverse || strings.Join(option.YAxis[0].Data, " ") != "A.2 A.3" {
		t.Errorf("category axis = %+v\n%s", option.YAxis, c.Option)
	}
	if option.Animation == nil || *option.Animation {
		t.Errorf("animation is on: %s", c.Option)
	}
	for i, s := range option.Series {
		for j, d := range s.Data {
			if got := c.Table.Rows[j].Cells[i]; got != number(d.Value) {
				t.Errorf("%s: table %s, option %v", s.Name, got, d.Value)
			}
		}
	}
	if option.Series[0].ItemStyle.Color != "tone:bad" {
		t.Errorf("colour = %q", option.Series[0].ItemStyle.Color)
	}
	if c.LinksJSON() != `["a.html","b.html"]` {
		t.Errorf("links = %s", c.LinksJSON())
	}
}

func TestOptionsHoldNoScript(t *testing.T) {
	hostile := `</script><img src=x onerror=alert(1)> function(){}`
	charts := []*Chart{
		Bars{Title: hostile, Categories: []Category{{hostile, hostile}}, Series: []Series{{hostile, Bad, []float64{1}}}}.Chart(),
		Heat{Title: hostile, X: []string{hostile}, Y: []string{hostile}, Values: [][]float64{{1}}}.Chart(),
		Line{Title: hostile, TargetName: hostile, Points: []Point{{hostile, 1}, {"b", 2}}}.Chart(),
	}
	for _, c := range charts {
		if strings.Contains(c.Option, "</script") || strings.Contains(c.Option, "__f__") {
			t.Errorf("option holds script: %s", c.Option)
		}
		if !json.Valid([]byte(c.Option)) {
			t.Errorf("option is not JSON: %s", c.Option)
		}
	}
}

// TestEveryColumnOfAHeatShowsItsName holds the axis to no name left out.
func TestEveryColumnOfAHeatShowsItsName(t *testing.T) {
	for _, bare := range []bool{false, true} {
		c := Heat{X: []string{"Documented", "Implemented"}, Y: []string{"A"}, Values: [][]float64{{1, 2}}, Bare: bare}.Chart()
		var option struct {
			XAxis []struct {
				AxisLabel struct {
					Interval string
					Rotate   float64
				}
			}
		}
		if err := json.Unmarshal([]byte(c.Option), &option); err != nil {
			t.Fatal(err)
		}
		if x := option.XAxis[0].AxisLabel; x.Interval != "0" || (x.Rotate != 0) != bare {
			t.Errorf("bare %t: label = %+v", bare, x)
		}
	}
}

func TestALineBesideATableOfThePageHasNone(t *testing.T) {
	line := Line{Title: "Days", Points: []Point{{"2026-01-01", 1}, {"2026-02-01", 2}}}
	if n := len(line.Chart().Table.Rows); n != 2 {
		t.Errorf("%d rows, want 2", n)
	}
	line.Bare = true
	if c := line.Chart(); len(c.Table.Rows) != 0 || !strings.Contains(c.Option, "2026-02-01") {
		t.Errorf("table = %+v, option = %s", c.Table, c.Option)
	}
}
