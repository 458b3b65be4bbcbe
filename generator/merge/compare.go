package merge

import (
	"fmt"
	"slices"
	"strconv"
	"strings"

	"annex/generator/aims"
	"annex/generator/export"
	"annex/generator/spreadsheet"
)

// Compare finds what an exported workbook changes. The error is a
// [NotOursError] when it cannot be read back.
func Compare(book *spreadsheet.Workbook, sides []Side) (*Plan, error) {
	o, err := originOf(book)
	if err != nil {
		return nil, err
	}
	p := &Plan{}
	read := map[string]bool{}
	for _, b := range o.bases {
		c := &comparison{Plan: p, base: b}
		c.sheet(book, sides, o)
		if c.table != nil {
			read[c.table.sheet] = true
		}
	}
	for i := range book.Sheets {
		p.passed(&book.Sheets[i], o, read)
	}
	return p, nil
}

// passed notes a sheet that was not read, where somebody wrote something in it.
func (p *Plan) passed(s *spreadsheet.Sheet, o *origin, read map[string]bool) {
	if s.Hidden || read[s.Name] || s.Name == spreadsheet.CoverName || len(s.Rows) > 0 && texts(s.Rows[0])[0] == export.LineForm {
		return
	}
	was, exported := o.others[s.Name]
	if !exported {
		if slices.ContainsFunc(o.bases, func(b *base) bool { return b.sheet == s.Name }) {
			return // refused already
		}
		p.Notes = append(p.Notes, fmt.Sprintf("the sheet %s is none that annex exported; it was not read", Said(s.Name)))
		return
	}
	var rows [][]string
	for i, r := range s.Rows {
		if i > 0 {
			rows = append(rows, texts(r))
		}
	}
	if export.DigestRows(rows) != was {
		p.Notes = append(p.Notes, fmt.Sprintf("the sheet %s was changed; what it shows is derived from the records, and it was not read", Said(s.Name)))
	}
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

func (c *comparison) sheet(book *spreadsheet.Workbook, sides []Side, o *origin) {
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
	for i, key := range c.base.keys {
		if c.column(key).Title != c.base.heads[i] {
			c.Refused = append(c.Refused, Problem{At: c.base.sheet, Message: "the sheet was exported by another version of annex, or the hidden sheet was changed", Help: "export the workbook again, and copy your changes over"})
			return
		}
	}
	if c.locateSheet(book, o); c.table == nil {
		return
	}
	c.tell()
	c.at = map[string]int{}
	for i, r := range c.now.Rows {
		c.at[r.ID] = i
	}
	c.rows()
}

// locateSheet finds the sheet by its name, or else by its heads under another.
func (c *comparison) locateSheet(book *spreadsheet.Workbook, o *origin) {
	known := func(name string) bool {
		_, other := o.others[name]
		return other || slices.ContainsFunc(o.bases, func(b *base) bool { return b.sheet == name })
	}
	var alike []*table
	for i := range book.Sheets {
		s := &book.Sheets[i]
		if s.Hidden {
			continue
		}
		t, problem := find(s, c.now)
		switch {
		case s.Name == c.base.sheet && problem != nil:
			c.Refused = append(c.Refused, *problem)
			return
		case s.Name == c.base.sheet:
			c.table = t
			return
		case problem == nil && !known(s.Name) && len(t.columns) == len(c.base.keys):
			alike = append(alike, t)
		}
	}
	switch {
	case len(alike) == 1:
		c.table = alike[0]
		c.note("the sheet %q is called %s by now", c.base.sheet, Said(c.table.sheet))
		c.base.sheet = c.table.sheet
	case len(c.base.rows) > 0:
		c.note("the sheet %q is not in the workbook any more, or has another name; nothing was read from it", c.base.sheet)
	}
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
	var hidden []string
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
			if r.Hidden {
				hidden = append(hidden, strconv.Itoa(r.Number))
			}
		}
		c.Rows++
	}
	if kept > 0 {
		c.note("%s of the sheet %q changed in the records since the export and not in the workbook; the records stay as they are", count(kept, "row"), c.base.sheet)
	}
	if len(hidden) > 0 {
		c.note("of the sheet %q rows that do not show were read too: %s", c.base.sheet, listed(hidden))
	}
	gone := 0
	for _, id := range c.base.order {
		if _, still := c.at[id]; still && seen[id] == 0 {
			gone++
			c.twins(id)
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
		default:
			c.both(r, i, edited, values, was.values, now)
		}
	}
	return false
}

// both compares a row that was edited with its record. What both say alike by now
// is no difference, as after an import of the same workbook; of the rest a record
// that changed too is a conflict.
func (c *comparison) both(r spreadsheet.SheetRow, i int, edited []int, values []*read, was, now []string) {
	differs := c.differing(values, now)
	edited = slices.DeleteFunc(edited, func(k int) bool { return !slices.Contains(differs, k) })
	var since []int
	for _, k := range c.differingTexts(was, now) {
		if values[k] == nil || slices.Contains(differs, k) {
			since = append(since, k)
		}
	}
	switch {
	case len(edited) == 0:
	case len(since) == 0:
		c.change(r, i, edited, values)
	default:
		c.conflict(r, c.now.Rows[i].ID, "the record was changed in the files since the export: "+c.changesTexts(since, was, now), values, was, edited)
	}
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

// twins refuses a new record that looks like one whose row is gone: somebody gave
// it another id, under which nothing of it would follow.
func (c *comparison) twins(id string) {
	var title string
	for i, key := range c.base.keys {
		if key == "title" {
			title = c.base.rows[id].values[i]
		}
	}
	c.Records = slices.DeleteFunc(c.Records, func(r Record) bool {
		twin := title != "" && r.New() && r.Kind == c.base.kind && r.Title == title
		if twin {
			c.Refused = append(c.Refused, Problem{r.At, r.ID, fmt.Sprintf("this looks like %s under another id, whose row is gone", id), "change the id in its file, and wherever the record is named; annex check tells where that is"})
		}
		return twin
	})
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
