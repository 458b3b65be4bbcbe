package merge

import (
	"fmt"
	"slices"
	"strings"

	"annex/generator/aims"
	"annex/generator/export"
	"annex/generator/framework"
	"annex/generator/spreadsheet"
)

// Columns says which column of a foreign sheet is what.
type Columns struct {
	Heads     map[string]string // by key: ref = "Control"
	Sheet     string            // name; empty for the first that has the heads
	Framework string            // id; empty for the only one that has a Statement of Applicability, or as the refs say
	In        string            // id of the organization project; empty for the first
}

// Ref is the key that the column of the reference controls goes by.
const Ref = "ref"

// Foreign finds what a Statement of Applicability that another program made
// says: a decision for each row whose number is that of a reference control.
// Cells that are empty change nothing. The error is a [NotOursError] when the
// columns cannot be found.
func Foreign(book *spreadsheet.Workbook, sides []Side, columns Columns) (*Plan, error) {
	c := &comparison{Plan: &Plan{}}
	at := slices.IndexFunc(sides, func(s Side) bool { return columns.In == "" || s.Organization.ID == columns.In })
	if at < 0 {
		return nil, &NotOursError{fmt.Sprintf("there is no organization project %q", columns.In), "Name one of the workspace with --in"}
	}
	c.side = sides[at]
	f, err := statedBy(c.side, columns.Framework)
	if err != nil {
		return nil, err
	}
	c.base = &base{kind: aims.KindDecision, within: f.ID, organization: c.side.Organization.ID, rows: map[string]baseRow{}}
	c.now, _ = c.side.list(aims.KindDecision, f.ID)
	for _, col := range c.now.Columns {
		if _, mapped := columns.Heads[col.Key]; mapped && col.Key != "" {
			c.base.keys, c.base.heads = append(c.base.keys, col.Key), append(c.base.heads, columns.Heads[col.Key])
		}
	}
	if err := known(c.now, columns); err != nil {
		return nil, err
	}
	if err := c.locate(book, columns); err != nil {
		return nil, err
	}
	c.at = map[string]int{}
	for i, r := range c.now.Rows {
		c.at[r.ID] = i
	}
	c.foreignRows(f)
	return c.Plan, nil
}

// statedBy returns the framework that decisions are for.
func statedBy(s Side, id string) (*aims.Framework, error) {
	var with []*aims.Framework
	var ids []string
	for _, f := range s.Frameworks {
		if len(f.ReferenceControls()) > 0 {
			with, ids = append(with, f), append(ids, f.ID)
		}
	}
	for _, f := range with {
		if f.ID == id || id == "" && len(with) == 1 {
			return f, nil
		}
	}
	if id == "" {
		return nil, &NotOursError{"several frameworks have a Statement of Applicability: " + strings.Join(ids, ", "), "Say which one the sheet is for with --framework"}
	}
	return nil, &NotOursError{fmt.Sprintf("no framework in use with the id %q has a Statement of Applicability", id), "Frameworks that have one: " + strings.Join(ids, ", ")}
}

// known refuses keys that a decision does not have.
func known(l export.List, columns Columns) error {
	var keys []string
	for _, c := range l.Columns {
		if c.Key != "" {
			keys = append(keys, c.Key)
		}
	}
	for key := range columns.Heads {
		if key != Ref && !slices.Contains(keys, key) {
			return &NotOursError{fmt.Sprintf("a decision has no key %q", key), strings.TrimSpace(near(key, keys) + " Keys are " + Ref + ", " + strings.Join(keys, ", "))}
		}
	}
	if columns.Heads[Ref] == "" {
		return &NotOursError{"the map does not say which column holds the reference controls", "Add ref=..., with the head of the column that holds numbers such as A.6.2.4"}
	}
	return nil
}

// locate finds the sheet and the row with the heads.
func (c *comparison) locate(book *spreadsheet.Workbook, columns Columns) error {
	var seen []string
	for i := range book.Sheets {
		s := &book.Sheets[i]
		if s.Hidden && columns.Sheet == "" || columns.Sheet != "" && s.Name != columns.Sheet {
			continue
		}
		for j, r := range s.Rows[:min(len(s.Rows), 50)] {
			t := &table{sheet: s.Name, rows: s.Rows[j+1:], columns: map[string]int{}}
			heads := map[string]int{}
			for _, x := range r.Cells {
				h := plainHead(x.Text)
				if _, twice := heads[h]; !twice && h != "" {
					heads[h] = x.Column
					if len(seen) < 40 {
						seen = append(seen, strings.TrimSpace(x.Text))
					}
				}
			}
			t.id = heads[plainHead(columns.Heads[Ref])]
			for k, key := range c.base.keys {
				if at := heads[plainHead(c.base.heads[k])]; at > 0 {
					t.columns[key] = at
				}
			}
			if t.id > 0 && len(t.columns) == len(c.base.keys) {
				c.table, c.base.sheet = t, s.Name
				return nil
			}
		}
	}
	var wanted []string
	for _, h := range append([]string{columns.Heads[Ref]}, c.base.heads...) {
		wanted = append(wanted, fmt.Sprintf("%q", h))
	}
	return &NotOursError{"no row of the file has all of the heads " + strings.Join(wanted, ", "), "Write them as they stand in the file. Texts in its first rows: " + strings.Join(seen[:min(len(seen), 20)], ", ")}
}

// plainHead is a head without differences that nobody sees.
func plainHead(s string) string { return strings.ToLower(strings.Join(strings.Fields(s), " ")) }

// foreignRows reads each row that names a reference control.
func (c *comparison) foreignRows(f *aims.Framework) {
	passed := 0
	first := map[string]int{}
	for _, r := range c.table.rows {
		text := strings.TrimSpace(in(r, c.table.id).Text)
		if text == "" {
			continue
		}
		q := meant(f, text)
		if q == nil {
			passed++
			continue
		}
		c.Rows++
		if n, twice := first[q.Ref]; twice {
			c.refuse(r, c.name(q.Ref), fmt.Sprintf("%s stands in row %d already", q.Ref, n), "keep one of the two rows")
			continue
		}
		first[q.Ref] = r.Number
		c.foreignRow(r, q)
	}
	if passed > 0 {
		c.note("%s %s no reference control of %s, such as headings and remarks, and %s passed over", count(passed, "row"), verb(passed, "names", "name"), f.Title, verb(passed, "was", "were"))
	}
	if missing := len(f.ReferenceControls()) - len(first); missing > 0 {
		c.note("%s of %s %s not in the sheet", count(missing, "reference control"), f.Title, verb(missing, "is", "are"))
	}
}

// meant returns the reference control that a text names: A.6.2.4, A 6.2.4, 6.2.4
// or A.6.2.4 with its title behind it.
func meant(f *aims.Framework, text string) *aims.Requirement {
	text = strings.TrimPrefix(text, f.ID+":")
	if q := f.Find(text); q != nil {
		return referenceControl(q)
	}
	fields := strings.FieldsFunc(text, func(r rune) bool { return strings.ContainsRune(" \t\n:–—-", r) })
	for n := min(len(fields), 2); n > 0; n-- {
		for _, try := range []string{strings.Join(fields[:n], "."), strings.Join(fields[:n], "")} {
			try = strings.TrimRight(try, ".")
			for _, name := range []string{try, "A." + try, strings.Replace(strings.ToUpper(try), "A", "A.", 1)} {
				if q := f.Find(name); q != nil && q.IsReferenceControl() {
					return q
				}
			}
		}
	}
	if q, _ := framework.Meant(text, f.ReferenceControls()); q != nil && strings.EqualFold(q.Title, text) {
		return q
	}
	return nil
}

func referenceControl(q *aims.Requirement) *aims.Requirement {
	if q.IsReferenceControl() {
		return q
	}
	return nil
}

// foreignRow plans what a row says of its reference control.
func (c *comparison) foreignRow(r spreadsheet.SheetRow, q *aims.Requirement) {
	values := make([]*read, len(c.base.keys))
	for k, key := range c.base.keys {
		x := in(r, c.table.columns[key])
		col := c.column(key)
		x.Text = c.translated(key, x.Text)
		v, why := valueOf(x, col)
		if why != nil {
			c.Refused = append(c.Refused, Problem{cell(c.base.sheet, x.At), c.name(q.Ref), fmt.Sprintf("%s: %s", c.base.heads[k], why.message), why.help})
			return
		}
		if v.value != nil && !v.assumed {
			values[k] = &v
		}
	}
	now := c.valuesNow(c.at[q.Ref])
	if edited := c.differing(values, now); len(edited) > 0 {
		c.change(r, c.at[q.Ref], edited, values)
	}
}

// translated writes the words of other people as ours.
func (c *comparison) translated(key, text string) string {
	switch key {
	case "reasons":
		var list []string
		for _, word := range export.Split(strings.ReplaceAll(text, "/", ",")) {
			list = append(list, reason(word))
		}
		return strings.Join(list, ", ")
	case "owner", "decided_by":
		for _, role := range c.side.Roles {
			if strings.EqualFold(strings.TrimSpace(text), role.Title) || role.Person != "" && strings.EqualFold(strings.TrimSpace(text), role.Person) {
				return role.ID
			}
		}
	}
	return text
}

// reason returns the reason that a word or one of the usual abbreviations of
// Statements of Applicability stands for.
func reason(word string) string {
	switch plainly(word) {
	case "lr", "legal", "legalrequirement", "legalrequirements", "law", "regulatory", "statutory":
		return "legal"
	case "co", "contractual", "contract", "contractualobligation", "contractualobligations":
		return "contractual"
	case "br", "bp", "brbp", "bestpractice", "bestpractices", "adoptedbestpractices", "businessrequirement", "businessrequirements", "goodpractice":
		return "best-practice"
	case "rra", "ra", "risk", "risktreatment", "riskassessment", "resultsofriskassessment":
		return "risk-treatment"
	}
	return word
}
