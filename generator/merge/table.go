package merge

import (
	"cmp"
	"fmt"
	"slices"
	"strings"

	"annex/generator/export"
	"annex/generator/spreadsheet"
)

// table is a sheet with the columns that were found in it.
type table struct {
	from    *spreadsheet.Sheet
	sheet   string                 // its name
	rows    []spreadsheet.SheetRow // below the head
	id      int                    // column of the ids
	project int                    // column of the projects; 0 for none
	columns map[string]int         // by key; those that are there
	derived []int                  // columns of what is derived, in their order; nil when one is gone
	others  []string               // heads of columns that are somebody's own
}

// find looks for the head of a list in a sheet: the first row that has the head
// of the ids and of one more column.
func find(s *spreadsheet.Sheet, l export.List) (*table, *Problem) {
	for i, r := range s.Rows {
		if i > 50 {
			break
		}
		heads := headsOf(r)
		if len(heads[plainHead(l.Columns[0].Title)]) == 0 || !slices.ContainsFunc(l.Columns, func(c export.Column) bool { return c.Key != "" && len(heads[plainHead(c.Title)]) > 0 }) {
			continue
		}
		t := &table{from: s, sheet: s.Name, rows: s.Rows[i+1:], columns: map[string]int{}}
		known := map[string]bool{}
		whole := true
		for j, c := range l.Columns {
			known[plainHead(c.Title)] = true
			at := heads[plainHead(c.Title)]
			if c.Key == "" && len(at) == 1 {
				t.derived = append(t.derived, at[0])
			} else if c.Key == "" {
				whole = false
			}
			switch {
			case len(at) == 0:
			case len(at) > 1 && (c.Key != "" || j == 0):
				return nil, &Problem{At: row(s.Name, r.Number), Message: fmt.Sprintf("two columns have the head %q", c.Title), Help: "give the one that you added another head"}
			case j == 0:
				t.id = at[0]
			case c.Key != "":
				t.columns[c.Key] = at[0]
			case c.Title == "Project":
				t.project = at[0]
			}
		}
		if !whole {
			t.derived = nil
		}
		for _, c := range r.Cells {
			if h := strings.TrimSpace(c.Text); h != "" && !known[plainHead(h)] {
				t.others = append(t.others, Said(h))
			}
		}
		return t, nil
	}
	return nil, &Problem{At: s.Name, Message: fmt.Sprintf("the sheet has no row with the heads %q and %q", l.Columns[0].Title, keyed(l)[0]), Help: "put the heads back as they were exported"}
}

// headsOf returns the columns of each head of a row.
func headsOf(r spreadsheet.SheetRow) map[string][]int {
	heads := map[string][]int{}
	for _, c := range r.Cells {
		h := plainHead(c.Text)
		heads[h] = append(heads[h], c.Column)
	}
	return heads
}

// keyed returns the heads of the columns that can be written back.
func keyed(l export.List) []string {
	var heads []string
	for _, c := range l.Columns {
		if c.Key != "" {
			heads = append(heads, c.Title)
		}
	}
	return heads
}

// in returns the cell of a row in a column, which is empty where nothing stands. One
// that lies below another which spreads over it is not empty: nobody cleared it.
func (t *table) in(r spreadsheet.SheetRow, column int) spreadsheet.ReadCell {
	c := in(r, column)
	if c.Kind == spreadsheet.HoldsNothing && !c.Formula {
		_, c.Covered = t.from.Covers(column, r.Number)
	}
	return c
}

// shared is in, but of a cell that lies below one further up in its column it is
// that one: it stands for all rows that it spreads over.
func (t *table) shared(r spreadsheet.SheetRow, column int) spreadsheet.ReadCell {
	first, number := t.from.First(column, r.Number)
	if first != column || number == r.Number {
		return t.in(r, column)
	}
	i, found := slices.BinarySearchFunc(t.from.Rows, number, func(r spreadsheet.SheetRow, n int) int { return cmp.Compare(r.Number, n) })
	if !found {
		return t.in(r, column)
	}
	c := in(t.from.Rows[i], column)
	c.At = spreadsheet.At(column, r.Number)
	return c
}

func in(r spreadsheet.SheetRow, column int) spreadsheet.ReadCell {
	for _, c := range r.Cells {
		if c.Column == column {
			return c
		}
	}
	return spreadsheet.ReadCell{Column: column, At: spreadsheet.At(column, r.Number)}
}

// filled reports whether a row holds anything under the heads of the list.
func (t *table) filled(r spreadsheet.SheetRow) bool {
	for _, column := range t.columns {
		if strings.TrimSpace(in(r, column).Text) != "" {
			return true
		}
	}
	return false
}
