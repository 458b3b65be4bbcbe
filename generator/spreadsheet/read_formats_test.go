package spreadsheet

import (
	"strings"
	"testing"

	"github.com/xuri/excelize/v2"

	"annex/generator/aims"
)

func TestFormatsOfDays(t *testing.T) {
	for _, c := range []struct {
		code string
		want form
	}{
		{"yyyy-mm-dd", dayForm},
		{"YYYY-MM-DD", dayForm},
		{"yyyymmdd", dayForm},
		{`dd\.mm\.yyyy`, dayForm},
		{"[$-409]d-mmm-yy;@", dayForm},
		{`[$-F800]dddd\,\ mmmm\ dd\,\ yyyy`, dayForm},
		{"[$-x-sysdate]dddd, mmmm dd, yyyy", dayForm},
		{"mmm", dayForm},
		{"mmmm yy", dayForm},
		{"m/d/yy h:mm", dayForm},
		{`yyyy"年"m"月"d"日"`, dayForm},
		{"yyyy年m月", dayForm},
		{"ge.m.d", dayForm},
		{"[Red]yyyy", dayForm},
		{"0;yyyy", dayForm},
		{"h:mm", clockForm},
		{"hh:mm:ss", clockForm},
		{"h:mm AM/PM", clockForm},
		{"h:mm a/p", clockForm},
		{"mm:ss.0", clockForm},
		{"mmss", clockForm},
		{"h", clockForm},
		{"[h]:mm:ss", plainForm},
		{"[h]:mm", plainForm},
		{"[hh]", plainForm},
		{"[mm]:ss", plainForm},
		{"[ss]", plainForm},
		{"General", plainForm},
		{"Standard", plainForm},
		{"GENERAL", plainForm},
		{"@", plainForm},
		{"", plainForm},
		{"0.00", plainForm},
		{"0.00E+00", plainForm},
		{"0.0e-0", plainForm},
		{"# ?/?", plainForm},
		{"0%", plainForm},
		{`"day "0`, plainForm},
		{`0" days"`, plainForm},
		{`0\d`, plainForm},
		{"_d0*y", plainForm},
		{"[Red]0;[Blue]-0", plainForm},
		{"[$USD] #,##0", plainForm},
		{"[$€-407] #,##0.00", plainForm},
		{"[Magenta][<=100]0;[Yellow]0", plainForm},
		{`"`, plainForm},
		{"[", plainForm},
		{"[h", plainForm},
		{`\`, plainForm},
		{"_", plainForm},
		{`"yyyy`, plainForm},
		{"[yyyy", plainForm},
	} {
		if got := formOf(c.code); got != c.want {
			t.Errorf("the format %s is of the form %d, want %d", c.code, got, c.want)
		}
	}
	for id, want := range map[int]form{0: plainForm, 1: plainForm, 13: plainForm, 14: dayForm, 17: dayForm, 18: clockForm, 21: clockForm, 22: dayForm, 23: plainForm, 27: dayForm, 36: dayForm, 37: plainForm, 44: plainForm, 45: clockForm, 46: plainForm, 47: clockForm, 49: plainForm, 50: dayForm, 58: dayForm, 59: plainForm, -1: plainForm} {
		if got := builtIn(id); got != want {
			t.Errorf("format %d is of the form %d, want %d", id, got, want)
		}
	}
}

func TestDaysOfNumbers(t *testing.T) {
	for _, c := range []struct {
		number     float64
		from1904   bool
		day, clock string
	}{
		{1, false, "1900-01-01", ""},
		{59, false, "1900-02-28", ""},
		{60, false, "", ""}, // Excel shows 29 February 1900
		{61, false, "1900-03-01", ""},
		{46350, false, "2026-11-24", ""},
		{46349.9999999999, false, "2026-11-24", ""},
		{46350.0000000001, false, "2026-11-24", ""},
		{46350.999988, false, "2026-11-24", "23:59:59"},
		{2958465, false, "9999-12-31", ""},
		{2958465.5, false, "9999-12-31", "12:00:00"},
		{2958466, false, "", ""},
		{0, false, "", ""},
		{0.75, false, "", "18:00:00"},
		{-1, false, "", ""},
		{1e300, false, "", ""},
		{0, true, "1904-01-01", ""},
		{60, true, "1904-03-01", ""},
		{44888, true, "2026-11-24", ""},
		{2957003, true, "9999-12-31", ""},
		{2957004, true, "", ""},
		{-1, true, "", ""},
	} {
		d, clock, ok := dayOf(c.number, c.from1904)
		if ok != (c.day != "") || ok && d.String() != c.day || clock != c.clock {
			t.Errorf("%v is the day %q at %q, %v; want %q at %q", c.number, d, clock, ok, c.day, c.clock)
		}
	}
	for _, from1904 := range []bool{false, true} {
		for n := 61; n <= 2957003; n += 13 {
			want, err := excelize.ExcelDateToTime(float64(n), from1904)
			if err != nil {
				t.Fatal(err)
			}
			if got, _, ok := dayOf(float64(n), from1904); !ok || got != aims.DateOf(want) {
				t.Fatalf("%d is %s, and %s for excelize", n, got, want)
			}
		}
	}
}

func TestPlacesOfCells(t *testing.T) {
	for _, column := range []int{1, 2, 26, 27, 52, 53, 702, 703, 16383, 16384} {
		for _, row := range []int{1, 9, 10, 1048576} {
			want, err := excelize.CoordinatesToCellName(column, row)
			if err != nil {
				t.Fatal(err)
			}
			if got := At(column, row); got != want {
				t.Errorf("column %d of row %d is called %s, want %s", column, row, got, want)
			}
			if got, ok := spotOf(want); !ok || got != (spot{column, row}) {
				t.Errorf("%s is read as %v", want, got)
			}
		}
	}
	for _, bad := range []string{"", "A", "1", "A0", "A01", "a1", "$A$1", "XFE1", "AAAA1", "A1048577", "A99999999", "A1B", "A-1", "A+1", "A 1", "Ä1", strings.Repeat("A", 1000)} {
		if got, ok := spotOf(bad); ok {
			t.Errorf("%q is read as %v", bad, got)
		}
	}
	for ref, want := range map[string]bool{"A1": true, "A1:A1": true, "A1:B2": true, "A1:": false, "B1:A1": false, "A2:A1": false, "A1:B2:C3": false, "": false, "A:A": false, "1:1": false} {
		if _, ok := areaOf(ref); ok != want {
			t.Errorf("%q is an area: %v", ref, ok)
		}
	}
}

// TestCellsWithinAreas compares with a search that looks at each area for each cell.
func TestCellsWithinAreas(t *testing.T) {
	seed := uint32(1)
	next := func(n int) int {
		seed = seed*1664525 + 1013904223
		return int(seed>>8) % n
	}
	for range 200 {
		var areas []area
		for range next(12) {
			a := area{first: spot{1 + next(8), 1 + next(12)}}
			a.last = spot{a.first.column + next(4), a.first.row + next(5)}
			areas = append(areas, a)
		}
		var rows []SheetRow
		for r := 1; r <= 12; r += 1 + next(2) {
			row := SheetRow{Number: r}
			for c := 1; c <= 10; c++ {
				row.Cells = append(row.Cells, ReadCell{Column: c})
			}
			rows = append(rows, row)
		}
		within(rows, areas, func(c *ReadCell) { c.Covered = true })
		for _, row := range rows {
			for _, c := range row.Cells {
				want := false
				for _, a := range areas {
					want = want || a.first.row <= row.Number && row.Number <= a.last.row && a.first.column <= c.Column && c.Column <= a.last.column
				}
				if c.Covered != want {
					t.Fatalf("column %d of row %d is covered: %v, by %v", c.Column, row.Number, c.Covered, areas)
				}
			}
		}
	}
}
