package merge

import (
	"fmt"
	"slices"
	"strings"

	"annex/generator/aims"
	"annex/generator/export"
	"annex/generator/spreadsheet"
)

// Compare finds what an exported workbook changes. The error is a
// [NotOursError] when it cannot be read back.
func Compare(book *spreadsheet.Workbook, sides []Side) (*Plan, error) {
	list, err := bases(book)
	if err != nil {
		return nil, err
	}
	p := &Plan{}
	for _, b := range list {
		c := &comparison{Plan: p, base: b}
		c.sheet(book, sides)
	}
	return p, nil
}

// comparison compares one sheet.
type comparison struct {
	*Plan
	base  *base
	side  Side
	now   export.List
	at    map[string]int // rows of now by id
	table *table
}

func (c *comparison) note(format string, args ...any) {
	c.Notes = append(c.Notes, fmt.Sprintf(format, args...))
}

func (c *comparison) sheet(book *spreadsheet.Workbook, sides []Side) {
	i := slices.IndexFunc(book.Sheets, func(s spreadsheet.Sheet) bool { return s.Name == c.base.sheet && !s.Hidden })
	if i < 0 {
		if len(c.base.rows) > 0 {
			c.note("the sheet %q is not in the workbook any more, or has another name; nothing was read from it", c.base.sheet)
		}
		return
	}
	at := slices.IndexFunc(sides, func(s Side) bool { return s.Organization.ID == c.base.organization })
	if at < 0 {
		c.Refused = append(c.Refused, Problem{At: c.base.sheet, Message: fmt.Sprintf("there is no organization project %q any more", c.base.organization), Help: "export the workbook again"})
		return
	}
	c.side = sides[at]
	var ok bool
	if c.now, ok = c.side.list(c.base.kind, c.base.within); !ok {
		c.Refused = append(c.Refused, Problem{At: c.base.sheet, Message: fmt.Sprintf("there is no Statement of Applicability for %q any more", c.base.within), Help: "export the workbook again"})
		return
	}
	var problem *Problem
	if c.table, problem = find(&book.Sheets[i], c.now); problem != nil {
		c.Refused = append(c.Refused, *problem)
		return
	}
	c.tell()
	c.at = map[string]int{}
	for i, r := range c.now.Rows {
		c.at[r.ID] = i
	}
	c.rows()
}

// tell notes the columns that are gone and those that are somebody's own.
func (c *comparison) tell() {
	for i, key := range c.base.keys {
		if c.table.columns[key] == 0 {
			c.note("the column %q of the sheet %q is gone; what it says in the records stays", c.base.heads[i], c.base.sheet)
		}
	}
	if len(c.table.others) > 0 {
		c.note("the sheet %q has columns of your own, which were not read: %s", c.base.sheet, listed(c.table.others))
	}
}

// rows compares each row, and says which are gone.
func (c *comparison) rows() {
	seen := map[string]int{}
	for _, r := range c.table.rows {
		seen[c.id(r)]++
	}
	kept := 0
	for _, r := range c.table.rows {
		id := c.id(r)
		switch {
		case id == "" && !c.table.filled(r):
			continue
		case id == "":
			c.refuse(r, "", "the row has no "+strings.ToLower(c.now.Columns[0].Title), "give it one, such as model-review, or delete the row")
		case seen[id] > 1:
			c.refuse(r, id, fmt.Sprintf("%s stands in more than one row", brief(id)), "keep one of them")
		default:
			if c.one(r, id) {
				kept++
			}
		}
		c.Rows++
	}
	if kept > 0 {
		c.note("%s of the sheet %q changed in the records since the export and not in the workbook; the records stay as they are", count(kept, "row"), c.base.sheet)
	}
	gone := 0
	for _, id := range c.base.order {
		if _, still := c.at[id]; still && seen[id] == 0 {
			gone++
		}
	}
	if gone > 0 {
		c.note("%s of the sheet %q %s not there any more; nothing is deleted by that. To delete a record, delete it in its file", count(gone, "row"), c.base.sheet, verb(gone, "is", "are"))
	}
}

func (c *comparison) id(r spreadsheet.SheetRow) string {
	return strings.TrimSpace(in(r, c.table.id).Text)
}

func (c *comparison) refuse(r spreadsheet.SheetRow, id, message, help string) {
	c.Refused = append(c.Refused, Problem{row(c.base.sheet, r.Number), brief(id), message, help})
}

// one compares one row, and reports whether only the record changed.
func (c *comparison) one(r spreadsheet.SheetRow, id string) (kept bool) {
	values, ok := c.read(r, id)
	if !ok {
		return false
	}
	was, exported := c.base.rows[id]
	i, there := c.at[id]
	if !there && c.base.kind == aims.KindDecision {
		c.refuse(r, id, fmt.Sprintf("%s has no reference control %s", c.base.within, brief(id)), "the first column holds the number of a reference control, such as A.2.2")
		return false
	}
	var now []string
	if there {
		now = c.valuesNow(i)
	}
	switch {
	case !exported && !there:
		c.add(r, id, values)
	case !exported:
		if d := c.differing(values, now); len(d) > 0 {
			c.conflict(r, id, "a record with this id was added since the export, and says something else", values, now, d)
		}
	default:
		edited := c.differing(values, was.values)
		c.derived(r, id, was)
		switch {
		case len(edited) == 0:
			return there && len(c.differing(values, now)) > 0
		case !there:
			c.refuseConflict(r, id, "the record was deleted or has another id since the export", c.changes(edited, was.values, values))
		case slices.Equal(now, was.values):
			c.change(r, i, edited, values)
		case len(c.differing(values, now)) > 0:
			since := c.differingTexts(was.values, now)
			c.conflict(r, id, "the record was changed in the files since the export: "+c.changesTexts(since, was.values, now), values, was.values, edited)
		}
	}
	return false
}

// valuesNow returns what a record says under the keys of the export.
func (c *comparison) valuesNow(i int) []string {
	keys := map[string]string{}
	values := c.now.Values(c.now.Rows[i])
	n := 0
	for _, col := range c.now.Columns {
		if col.Key != "" {
			keys[col.Key] = values[n]
			n++
		}
	}
	out := make([]string, len(c.base.keys))
	for i, k := range c.base.keys {
		out[i] = keys[k]
	}
	return out
}

func count(n int, word string) string {
	if n == 1 {
		return "1 " + word
	}
	return fmt.Sprintf("%d %ss", n, word)
}

func verb(n int, one, many string) string {
	if n == 1 {
		return one
	}
	return many
}
