package merge

import (
	"fmt"
	"slices"
	"strings"

	"annex/generator/aims"
	"annex/generator/export"
	"annex/generator/spreadsheet"
)

// rows reads each row that names a reference control, and tells of all others
// that hold something.
func (c *foreign) rows(f *aims.Framework) {
	c.controls.mixed = slices.ContainsFunc(c.table.rows, func(r spreadsheet.SheetRow) bool {
		return c.controls.lettered(in(r, c.table.id).Text)
	})
	var named []*aims.Requirement // by row; nil for one that is not read
	rows := map[*aims.Requirement][]int{}
	var passed []string
	headings := 0
	for _, r := range c.table.rows {
		q, why := c.named(r)
		says := c.says(r)
		switch {
		case !says:
			if q == nil && strings.TrimSpace(in(r, c.table.id).Text) != "" {
				headings++
			} else if q != nil {
				rows[q] = append(rows[q], 0)
			}
			q = nil
		case why != nil:
			c.Rows++
			c.refuse(r, "", why.message, why.help)
		case q != nil:
			c.Rows++
			rows[q] = append(rows[q], r.Number)
		default:
			passed = append(passed, fmt.Sprintf("row %d %s", r.Number, Said(firstText(r, c.table.id))))
		}
		named = append(named, q)
	}
	for i, r := range c.table.rows {
		if q := named[i]; q != nil {
			if twice := slices.DeleteFunc(slices.Clone(rows[q]), func(n int) bool { return n == 0 || n == r.Number }); len(twice) > 0 {
				c.refuse(r, c.name(q.Ref), fmt.Sprintf("%s stands in row %d too", q.Ref, twice[0]), "keep one of the rows; when a number lost its last zero, as 5.10 does, format the column as text and write it again")
				continue
			}
			c.row(r, q)
		}
	}
	if len(passed) > 0 {
		c.note("%s that %s something %s no reference control of %s and %s passed over: %s", count(len(passed), "row"), verb(len(passed), "says", "say"), verb(len(passed), "names", "name"), f.Title, verb(len(passed), "was", "were"), listed(passed))
	}
	if headings > 0 {
		c.note("%s %s no reference control of %s, such as headings and remarks, and %s passed over", count(headings, "row"), verb(headings, "names", "name"), f.Title, verb(headings, "was", "were"))
	}
	if missing := len(f.ReferenceControls()) - len(rows); missing > 0 {
		c.note("%s of %s %s not in the sheet", count(missing, "reference control"), f.Title, verb(missing, "is", "are"))
	}
}

// named returns the reference control of a row, or why it cannot be told.
func (c *foreign) named(r spreadsheet.SheetRow) (*aims.Requirement, *refusal) {
	x := c.table.in(r, c.table.id)
	switch {
	case x.Covered:
		return nil, &refusal{"the cell of the reference control lies below another that spreads over it", "split the merged cells, so that each row has its own"}
	case plainHead(x.Text) == plainHead(c.sought[0].head): // the heads once more, as on a new page
		return nil, nil
	}
	return c.controls.named(x, r)
}

// says reports whether a row holds anything under the heads of the map, or a cell
// further up does for it. Heads that are there once more say nothing.
func (c *foreign) says(r spreadsheet.SheetRow) bool {
	ref := c.table.in(r, c.table.id)
	if plainHead(ref.Text) == plainHead(c.sought[0].head) {
		return false
	}
	cell := c.table.shared
	if ref.Covered { // it goes on with the row above, and counts where it says more
		cell = in
	}
	for _, column := range c.columns {
		if strings.TrimSpace(cell(r, column).Text) != "" {
			return true
		}
	}
	return false
}

// firstText returns the text by which people find a row: that of a column, or
// the first that there is.
func firstText(r spreadsheet.SheetRow, column int) string {
	if text := strings.TrimSpace(in(r, column).Text); text != "" {
		return text
	}
	for _, x := range r.Cells {
		if strings.TrimSpace(x.Text) != "" {
			return x.Text
		}
	}
	return ""
}

// row plans what a row says of its reference control.
func (c *foreign) row(r spreadsheet.SheetRow, q *aims.Requirement) {
	values := make([]*read, len(c.base.keys))
	taken := true
	for k, key := range c.base.keys {
		if key == "reasons" && len(c.marks) > 0 {
			var ok bool
			values[k], ok = c.marked(r, q)
			taken = taken && ok
			continue
		}
		x := c.table.shared(r, c.table.columns[key])
		x.Text = c.translated(key, x.Text)
		v, why := valueOf(x, c.column(key))
		if why != nil {
			c.refuseCell(x, q, c.base.heads[k], why)
			taken = false
		} else if v.value != nil && !v.assumed {
			values[k] = &v
		}
	}
	if !taken {
		return
	}
	now := c.valuesNow(c.at[q.Ref])
	if edited := c.differing(values, now); len(edited) > 0 {
		c.change(r, c.at[q.Ref], edited, values)
	}
}

func (c *foreign) refuseCell(x spreadsheet.ReadCell, q *aims.Requirement, head string, why *refusal) {
	c.Refused = append(c.Refused, Problem{cell(c.base.sheet, x.At), c.name(q.Ref), head + ": " + why.message, why.help})
}

// marked reads the columns that mark a row with one reason each. A row without a
// mark says nothing. It reports false when a cell cannot be taken.
func (c *foreign) marked(r spreadsheet.SheetRow, q *aims.Requirement) (*read, bool) {
	var list []string
	ok := true
	for _, m := range c.marks {
		x := c.table.shared(r, m.column)
		if word := strings.TrimSpace(x.Text); plainly(word) == plainly(m.head) || reason(word) == string(m.reason) {
			x.Text = export.Yes // LR below the head LR
		} else if unmarked(word) {
			x.Text = ""
		}
		v, why := valueOf(x, export.Column{Form: export.YesNoForm})
		if why != nil {
			why.help = "mark the reasons of a row with x or yes, and leave all others empty"
			c.refuseCell(x, q, m.head, why)
			ok = false
		} else if v.value == true {
			list = append(list, string(m.reason))
		}
	}
	if len(list) == 0 {
		return nil, ok
	}
	v := listOf(export.Joined(list), c.column("reasons"))
	return &v, ok
}

// translated writes the words of other people as ours.
func (c *foreign) translated(key, text string) string {
	switch key {
	case "reasons":
		list := split(text, c.column(key))
		for i, word := range list {
			list[i] = reason(word)
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
	case "lr", "legal", "legalrequirement", "legalrequirements", "law", "regulatory", "regulatoryrequirements", "statutory":
		return "legal"
	case "co", "contractual", "contract", "contractualobligation", "contractualobligations", "contractualrequirement", "contractualrequirements":
		return "contractual"
	case "br", "bp", "brbp", "bestpractice", "bestpractices", "adoptedbestpractices", "businessrequirement", "businessrequirements", "goodpractice":
		return "best-practice"
	case "rra", "ra", "risk", "risktreatment", "riskassessment", "resultsofriskassessment":
		return "risk-treatment"
	}
	return word
}
