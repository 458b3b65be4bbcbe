package merge

import (
	"fmt"
	"slices"
	"strings"

	"annex/generator/aims"
	"annex/generator/spreadsheet"
)

// sought is a column of a foreign sheet that is looked for.
type sought struct{ key, head string }

// mark is a column that marks the rows with one reason.
type mark struct {
	reason aims.Reason
	head   string
	column int
}

// reasonsKey begins the key of a column of marks: reasons.legal.
const reasonsKey = "reasons."

// headsWithin is how many rows from the top the heads may stand in.
const headsWithin = 50

// seek lists the columns to look for, in the order of our own, and the keys that
// they fill.
func (c *foreign) seek(columns Columns) {
	c.sought = []sought{{Ref, columns.Heads[Ref]}}
	for _, col := range c.now.Columns {
		if head := columns.Heads[col.Key]; head != "" && col.Key != "" {
			c.sought = append(c.sought, sought{col.Key, head})
			c.base.keys, c.base.heads = append(c.base.keys, col.Key), append(c.base.heads, head)
			continue
		}
		if col.Key != "reasons" {
			continue
		}
		for _, r := range aims.Reasons() {
			if head := columns.Heads[reasonsKey+string(r)]; head != "" {
				c.sought = append(c.sought, sought{reasonsKey + string(r), head})
				c.marks = append(c.marks, mark{reason: r, head: head})
			}
		}
		if len(c.marks) > 0 {
			c.base.keys, c.base.heads = append(c.base.keys, col.Key), append(c.base.heads, col.Title)
		}
	}
}

// locate finds the sheet and the row with the heads, and notes which other
// sheets have them too.
func (c *foreign) locate(book *spreadsheet.Workbook, name string) error {
	if name != "" && !slices.ContainsFunc(book.Sheets, func(s spreadsheet.Sheet) bool { return s.Name == name }) {
		return noSheet(book, name)
	}
	var others, seen []string
	for i := range book.Sheets {
		s := &book.Sheets[i]
		if s.Hidden && name == "" || name != "" && s.Name != name {
			continue
		}
		heads, below := c.headsIn(s)
		switch {
		case heads == nil:
			seen = append(seen, firstTexts(s)...)
		case c.table != nil:
			others = append(others, Said(s.Name))
		default:
			if err := c.take(s, heads, below); err != nil {
				return err
			}
		}
	}
	if c.table == nil {
		var wanted []string
		for _, x := range c.sought {
			wanted = append(wanted, fmt.Sprintf("%q", x.head))
		}
		return &NotOursError{"no row of the file has all of the heads " + strings.Join(wanted, ", "), "Write them as they stand in the file. Texts in its first rows: " + listed(seen)}
	}
	if len(others) > 0 {
		c.note("only the sheet %s was read; %s the same heads: %s (read with --sheet NAME)", Said(c.table.sheet), verb(len(others), "another has", "others have"), listed(others))
	}
	return nil
}

// noSheet says which sheets there are.
func noSheet(book *spreadsheet.Workbook, name string) error {
	var names []string
	for _, s := range book.Sheets {
		if !s.Hidden && s.Name != "" {
			names = append(names, Said(s.Name))
		}
	}
	if len(names) == 0 {
		return &NotOursError{fmt.Sprintf("the file has no sheet %q", name), "Leave --sheet out: the file is one list"}
	}
	return &NotOursError{fmt.Sprintf("the file has no sheet %q", name), "Its sheets are " + listed(names)}
}

// headsIn returns the cells of the row that has all heads that are looked for,
// and how many rows are above the list. Heads may stand in two rows, when a head
// spreads over both or the lower one parts the one above.
func (c *foreign) headsIn(s *spreadsheet.Sheet) (map[string][]spreadsheet.ReadCell, int) {
	top := s.Rows[:min(len(s.Rows), headsWithin)]
	for i, r := range top {
		if heads := headCells(r.Cells); c.hasAll(heads) {
			return heads, i + 1
		}
	}
	for i := 1; i < len(top); i++ {
		lower := top[i].Cells
		if top[i].Number != top[i-1].Number+1 {
			continue
		}
		both := slices.Clone(lower)
		for _, x := range top[i-1].Cells {
			if strings.TrimSpace(in(top[i], x.Column).Text) == "" {
				both = append(both, x)
			}
		}
		if heads := headCells(both); c.hasAll(heads) {
			return heads, i + 1
		}
	}
	return nil, 0
}

func (c *foreign) hasAll(heads map[string][]spreadsheet.ReadCell) bool {
	return !slices.ContainsFunc(c.sought, func(x sought) bool { return len(heads[plainHead(x.head)]) == 0 })
}

// take takes a sheet for the one that is read, unless a head leaves open which
// column is meant.
func (c *foreign) take(s *spreadsheet.Sheet, heads map[string][]spreadsheet.ReadCell, below int) error {
	t := &table{from: s, sheet: s.Name, rows: s.Rows[below:], columns: map[string]int{}}
	taken := map[int]string{}
	for _, x := range c.sought {
		cells := heads[plainHead(x.head)]
		at := cells[0]
		if len(cells) > 1 {
			return &NotOursError{fmt.Sprintf("two columns have the head %q: %s and %s", x.head, cell(s.Name, at.At), cell(s.Name, cells[1].At)), "Give the one that is not meant another head"}
		}
		if sideways(at.Merged) {
			return &NotOursError{fmt.Sprintf("the head %q spreads over several columns, %s, so that it is open which one is meant", x.head, cell(s.Name, at.Merged)), "Name the heads below it, such as reasons.legal=LR, or split the merged cells and give each column a head"}
		}
		if other, twice := taken[at.Column]; twice {
			return &NotOursError{fmt.Sprintf("the map takes the column %q for both %s and %s", x.head, other, x.key), "Name another column for one of them"}
		}
		taken[at.Column] = x.key
		if x.key != Ref {
			c.columns = append(c.columns, at.Column)
		}
		if i := slices.IndexFunc(c.marks, func(m mark) bool { return reasonsKey+string(m.reason) == x.key }); i >= 0 {
			c.marks[i].column = at.Column
			if first := t.columns["reasons"]; first == 0 || at.Column < first {
				t.columns["reasons"] = at.Column // where messages point to
			}
		} else if x.key == Ref {
			t.id = at.Column
		} else {
			t.columns[x.key] = at.Column
		}
	}
	c.table, c.base.sheet = t, s.Name
	return nil
}

// headCells returns the cells that show something, by their plain texts.
func headCells(cells []spreadsheet.ReadCell) map[string][]spreadsheet.ReadCell {
	heads := map[string][]spreadsheet.ReadCell{}
	for _, x := range cells {
		if h := plainHead(x.Text); h != "" && !x.Covered {
			heads[h] = append(heads[h], x)
		}
	}
	return heads
}

// sideways reports whether a merged area such as B7:D7 has several columns.
func sideways(area string) bool {
	first, last, _ := strings.Cut(area, ":")
	return strings.TrimRight(first, "0123456789") != strings.TrimRight(last, "0123456789")
}

// firstTexts returns texts of the first rows of a sheet, as they may be heads.
func firstTexts(s *spreadsheet.Sheet) []string {
	var list []string
	for _, r := range s.Rows[:min(len(s.Rows), headsWithin)] {
		for _, x := range r.Cells {
			if text := brief(x.Text); text != "" && !slices.Contains(list, text) {
				list = append(list, text)
			}
			if len(list) > mostListed {
				return list
			}
		}
	}
	return list
}

// plainHead is a head without differences that nobody sees.
func plainHead(s string) string { return strings.ToLower(strings.Join(strings.Fields(s), " ")) }
