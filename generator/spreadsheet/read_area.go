package spreadsheet

import (
	"cmp"
	"slices"
	"strconv"
	"strings"

	"github.com/xuri/excelize/v2"
)

// spot is the place of a cell, and area a rectangle of them.
type (
	spot struct{ column, row int }
	area struct{ first, last spot }
)

// spotOf reads a place as B7.
func spotOf(at string) (spot, bool) {
	var p spot
	i := 0
	for ; i < len(at) && i < 3 && at[i] >= 'A' && at[i] <= 'Z'; i++ {
		p.column = p.column*26 + int(at[i]-'A') + 1
	}
	row := at[i:]
	if i == 0 || row == "" || len(row) > 7 || row[0] == '0' || strings.Trim(row, "0123456789") != "" {
		return spot{}, false
	}
	p.row, _ = strconv.Atoi(row)
	return p, p.column <= excelize.MaxColumns && p.row <= excelize.TotalRows
}

// At returns the name of a cell as programs show it: B7 for column 2 of row 7.
func At(column, row int) string {
	letters := ""
	for ; column > 0; column = (column - 1) / 26 {
		letters = string(rune('A'+(column-1)%26)) + letters
	}
	return letters + strconv.Itoa(row)
}

// areaOf reads an area as B7:D9, or a single cell.
func areaOf(ref string) (area, bool) {
	from, to, two := strings.Cut(ref, ":")
	first, ok := spotOf(from)
	if !two {
		return area{first, first}, ok
	}
	last, ok2 := spotOf(to)
	return area{first, last}, ok && ok2 && first.column <= last.column && first.row <= last.row
}

func (a area) String() string {
	return At(a.first.column, a.first.row) + ":" + At(a.last.column, a.last.row)
}

// mark tells the cells of a sheet what stands elsewhere in it.
func (s *sheetReader) mark() {
	rows := s.sheet.Rows
	within(rows, s.filled, func(c *ReadCell) { c.Formula = true })
	within(rows, s.cols, func(c *ReadCell) { c.Hidden = true })
	for _, row := range rows {
		for i := range row.Cells {
			c := &row.Cells[i]
			c.Hidden = c.Hidden || row.Hidden
			here := spot{c.Column, row.Number}
			if a, ok := s.sheet.merged.at(here); ok && a.first == here {
				c.Merged = a.String()
			} else {
				c.Covered = ok
			}
		}
	}
}

// within calls f for every cell that lies in an area. It goes down the rows once
// and keeps in a Fenwick tree how many areas cover each column, so that neither
// large areas nor many of them cost more than their number.
func within(rows []SheetRow, areas []area, f func(c *ReadCell)) {
	type edge struct{ row, column, change int }
	edges := make([]edge, 0, 4*len(areas))
	for _, a := range areas {
		edges = append(edges,
			edge{a.first.row, a.first.column, 1}, edge{a.first.row, a.last.column + 1, -1},
			edge{a.last.row + 1, a.first.column, -1}, edge{a.last.row + 1, a.last.column + 1, 1},
		)
	}
	slices.SortFunc(edges, func(a, b edge) int { return cmp.Compare(a.row, b.row) })
	var tree [excelize.MaxColumns + 2]int
	for _, row := range rows {
		for ; len(edges) > 0 && edges[0].row <= row.Number; edges = edges[1:] {
			for i := edges[0].column; i < len(tree); i += i & -i {
				tree[i] += edges[0].change
			}
		}
		for j := range row.Cells {
			covering := 0
			for i := row.Cells[j].Column; i > 0; i -= i & -i {
				covering += tree[i]
			}
			if covering > 0 {
				f(&row.Cells[j])
			}
		}
	}
}
