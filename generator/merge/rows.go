package merge

import (
	"cmp"
	"fmt"
	"path"
	"slices"
	"strings"

	"annex/generator/aims"
	"annex/generator/export"
	"annex/generator/spreadsheet"
)

// column returns the column of the list with a key.
func (c *comparison) column(key string) export.Column {
	i := slices.IndexFunc(c.now.Columns, func(x export.Column) bool { return x.Key == key })
	if i < 0 {
		return export.Column{Key: key} // of an older export; nothing changes under it
	}
	return c.now.Columns[i]
}

// read reads the cells of a row, one for each key of the export. A cell of a
// column that is gone is nil. It reports false, and refuses the row, when one
// cannot be taken.
func (c *comparison) read(r spreadsheet.SheetRow, id string) (values []*read, ok bool) {
	values = make([]*read, len(c.base.keys))
	ok = true
	for i, key := range c.base.keys {
		at := c.table.columns[key]
		if at == 0 {
			continue
		}
		x := c.table.in(r, at)
		v, why := valueOf(x, c.column(key))
		if why != nil {
			c.Refused = append(c.Refused, Problem{cell(c.base.sheet, x.At), id, fmt.Sprintf("%s: %s", c.base.heads[i], why.message), why.help})
			ok = false
			continue
		}
		values[i] = &v
	}
	return values, ok
}

// differing returns which values of a row are others than texts.
func (c *comparison) differing(values []*read, texts []string) []int {
	var list []int
	for i, v := range values {
		if v != nil && v.text != c.canonical(i, texts[i]) {
			list = append(list, i)
		}
	}
	return list
}

// canonical returns an exported value as it would be read from its cell.
func (c *comparison) canonical(i int, text string) string {
	if c.column(c.base.keys[i]).Form == export.ListForm {
		return listOf(text, c.column(c.base.keys[i])).text
	}
	return strings.TrimRight(text, " \t\r\n")
}

func (c *comparison) differingTexts(a, b []string) []int {
	var list []int
	for i := range a {
		if a[i] != b[i] {
			list = append(list, i)
		}
	}
	return list
}

// changes says which values change from what to what.
func (c *comparison) changes(which []int, before []string, after []*read) string {
	texts := make([]string, len(before))
	for i, v := range after {
		if v != nil {
			texts[i] = v.text
		}
	}
	return c.changesTexts(which, before, texts)
}

func (c *comparison) changesTexts(which []int, before, after []string) string {
	var list []string
	for _, i := range which {
		list = append(list, fmt.Sprintf("%s from %s to %s", c.base.heads[i], Said(before[i]), Said(after[i])))
	}
	return strings.Join(list, "; ")
}

// Said is a value in a sentence: its beginning, on one line, between quotes.
func Said(text string) string {
	if text = brief(text); text == "" {
		return "nothing"
	}
	return `"` + text + `"`
}

// brief is the beginning of a text, on one line.
func brief(text string) string {
	const most = 60
	if len(text) > 100*most { // of a very long one, no more is looked at
		text = strings.ToValidUTF8(text[:100*most], "")
	}
	text = strings.Join(strings.Fields(text), " ")
	if r := []rune(text); len(r) > most {
		return string(r[:most-1]) + "…"
	}
	return text
}

// mostListed is how many texts of a file a sentence lists.
const mostListed = 20

// listed joins texts for a sentence, the first of many.
func listed(list []string) string {
	if more := len(list) - mostListed; more > 0 {
		return strings.Join(list[:mostListed], ", ") + fmt.Sprintf(" and %d more", more)
	}
	return strings.Join(list, ", ")
}

// Apart is two values so that it shows where they part: of long ones without what
// they have in common at both ends.
func Apart(before, after string) (string, string) {
	a, b := []rune(oneLine(before)), []rune(oneLine(after))
	const lead = 15 // signs of what is alike that still show
	start, end := 0, 0
	for start < min(len(a), len(b)) && a[start] == b[start] {
		start++
	}
	for end < min(len(a), len(b))-start && a[len(a)-1-end] == b[len(b)-1-end] {
		end++
	}
	start, end = max(0, start-lead), max(0, end-lead)
	for start > 0 && a[start-1] != ' ' { // at a word
		start--
	}
	for end > 0 && a[len(a)-end] != ' ' {
		end--
	}
	if start <= lead {
		start = 0
	}
	if end <= lead {
		end = 0
	}
	part := func(r []rune) string {
		text := string(r[start : len(r)-end])
		if start > 0 {
			text = "…" + text
		}
		if end > 0 {
			text += "…"
		}
		return Whole(text)
	}
	return part(a), part(b)
}

// Whole is a value as a plan shows it: on one line, and of very long ones how much
// there is beyond what shows.
func Whole(text string) string {
	const most = 600
	text = oneLine(text)
	if text == "" {
		return "nothing"
	}
	if r := []rune(text); len(r) > most {
		return fmt.Sprintf(`"%s" and %d signs more`, string(r[:most]), len(r)-most)
	}
	return `"` + text + `"`
}

func oneLine(text string) string { return strings.Join(strings.Fields(text), " ") }

func (c *comparison) conflict(r spreadsheet.SheetRow, id, why string, values []*read, before []string, edited []int) {
	c.refuseConflict(r, id, why, c.changes(edited, before, values))
}

func (c *comparison) refuseConflict(r spreadsheet.SheetRow, id, why, edits string) {
	c.Conflicts = append(c.Conflicts, Problem{
		row(c.base.sheet, r.Number), id, fmt.Sprintf("the workbook changes %s, but %s", edits, why),
		"export again and make the change there, or write it into the record by hand",
	})
}

// derived notes values that somebody changed though they are not read.
func (c *comparison) derived(r spreadsheet.SheetRow, id string, was baseRow) {
	var texts []string
	for _, t := range c.table.derived {
		texts = append(texts, strings.TrimRight(in(r, t).Text, " \t\r\n"))
	}
	if c.table.derived != nil && was.derived != "" && export.Digest(texts) != was.derived {
		c.note("%s: something was changed below a grey head; that is derived from the records and was not read", row(c.base.sheet, r.Number))
	}
}

// change plans the change of a record.
func (c *comparison) change(r spreadsheet.SheetRow, i int, edited []int, values []*read) {
	x := c.now.Rows[i]
	if x.Record == nil { // a decision that is not there yet
		c.add(r, x.ID, values)
		return
	}
	rec := Record{
		Kind: c.base.kind, ID: c.name(x.ID), Title: x.Record.Title, Project: x.Record.Project, At: row(c.base.sheet, r.Number),
		Place: Place{x.Record.Origin.Pos.Filename, x.Record.Origin.Pos.Line, x.Record.Origin.Pos.Column},
	}
	now := c.valuesNow(i)
	for _, k := range edited {
		if c.cut(x, c.base.keys[k]) {
			c.Refused = append(c.Refused, Problem{cell(c.base.sheet, in(r, c.table.columns[c.base.keys[k]]).At), x.ID, "the text is longer than a cell can hold, so that the workbook has only its beginning", "change it in its file"})
			return
		}
		rec.Fields = append(rec.Fields, c.field(r, k, now[k], values[k]))
	}
	c.Records = append(c.Records, rec)
}

// cut reports whether a cell shows only the beginning of a value.
func (c *comparison) cut(x export.Row, key string) bool {
	for i, col := range c.now.Columns {
		if col.Key == key {
			return x.Cells[i].Shown() != x.Cells[i].String()
		}
	}
	return false
}

func (c *comparison) field(r spreadsheet.SheetRow, k int, before string, v *read) Field {
	key := c.base.keys[k]
	return Field{Key: key, Title: c.base.heads[k], At: cell(c.base.sheet, in(r, c.table.columns[key]).At), Before: before, After: v.text, Value: v.value}
}

// name is the id of a record in messages and in the files: of a decision its
// requirement.
func (c *comparison) name(id string) string {
	if c.base.kind == aims.KindDecision {
		return c.base.within + ":" + id
	}
	return id
}

// add plans a new record out of all values that are given.
func (c *comparison) add(r spreadsheet.SheetRow, id string, values []*read) {
	rec := Record{Kind: c.base.kind, ID: c.name(id), Project: c.side.Organization, At: row(c.base.sheet, r.Number)}
	if i, there := c.at[id]; there && c.base.kind == aims.KindDecision {
		rec.Title = c.now.Rows[i].Cells[1].String()
	}
	if c.table.project > 0 {
		at := in(r, c.table.project)
		if name := strings.TrimSpace(at.Text); name != "" {
			i := slices.IndexFunc(c.side.Projects, func(p *aims.Project) bool { return p.ID == name })
			if i < 0 {
				c.Refused = append(c.Refused, Problem{cell(c.base.sheet, at.At), id, fmt.Sprintf("there is no project %s", Said(name)), cmp.Or(near(name, projectIDs(c.side.Projects)), "projects of this organization are "+strings.Join(projectIDs(c.side.Projects), ", "))})
				return
			}
			rec.Project = c.side.Projects[i]
		}
	}
	for k, v := range values {
		if v != nil && v.value != nil && !v.assumed {
			rec.Fields = append(rec.Fields, c.field(r, k, "", v))
			if c.base.keys[k] == "title" {
				rec.Title = v.text
			}
		}
	}
	if len(rec.Fields) == 0 && c.base.kind != aims.KindDecision {
		c.refuse(r, id, "the row holds nothing but its id", "fill it in, or delete the row")
	}
	if len(rec.Fields) == 0 {
		return
	}
	rec.Into = c.into(rec.Project, id)
	c.Records = append(c.Records, rec)
}

// into returns the file that a new record of a project goes into: the one that
// has most records of the kind, or one of its own where each has one.
func (c *comparison) into(p *aims.Project, id string) string {
	counts := map[string]int{}
	best := ""
	for _, x := range c.now.Rows {
		if x.Record == nil || x.Record.Project != p {
			continue
		}
		file := x.Record.Origin.Pos.Filename
		counts[file]++
		if n, most := counts[file], counts[best]; best == "" || n > most || n == most && file < best {
			best = file
		}
	}
	if counts[best] > 1 {
		return best
	}
	folder, name := string(c.base.kind)+"s", id
	switch c.base.kind {
	case aims.KindEvidence:
		folder = "records"
	case aims.KindDecision:
		name = c.base.within
	}
	return path.Join(p.Dir, folder, name+".toml")
}

func projectIDs(list []*aims.Project) []string {
	ids := make([]string, len(list))
	for i, p := range list {
		ids[i] = p.ID
	}
	return ids
}
