package merge

import (
	"fmt"
	"slices"
	"strings"

	"annex/generator/aims"
	"annex/generator/export"
	"annex/generator/spreadsheet"
)

// Columns says which column of a foreign sheet is what.
type Columns struct {
	Heads     map[string]string // by key: ref = "Control"; reasons.legal = "LR" is a column of marks
	Sheet     string            // name; empty for the first that has the heads
	Framework string            // id; empty for the only one that has a Statement of Applicability
	In        string            // id of the organization project; empty for the only one
}

// Ref is the key that the column of the reference controls goes by.
const Ref = "ref"

// foreign reads a sheet that annex did not make.
type foreign struct {
	*comparison
	controls *controls
	sought   []sought
	marks    []mark // columns of one reason each
	columns  []int  // of all that says something of a control
}

// Foreign finds what a Statement of Applicability that another program made
// says: a decision for each row that names a reference control. Cells that are
// empty change nothing. The error is a [NotOursError] when the columns cannot be
// found, or when it is not clear which.
func Foreign(book *spreadsheet.Workbook, sides []Side, columns Columns) (*Plan, error) {
	if exportedByAnnex(book) {
		return nil, &NotOursError{"this workbook was exported by annex", "Import it without --map"}
	}
	c := &foreign{comparison: &comparison{Plan: &Plan{}}}
	var err error
	if c.side, err = sideOf(sides, columns.In); err != nil {
		return nil, err
	}
	f, err := statedBy(c.side, columns.Framework)
	if err != nil {
		return nil, err
	}
	c.base = &base{kind: aims.KindDecision, within: f.ID, organization: c.side.Organization.ID}
	c.now, _ = c.side.list(aims.KindDecision, f.ID)
	if err := known(c.now, columns); err != nil {
		return nil, err
	}
	c.seek(columns)
	if err := c.locate(book, columns.Sheet); err != nil {
		return nil, err
	}
	c.at = map[string]int{}
	for i, r := range c.now.Rows {
		c.at[r.ID] = i
	}
	c.controls = newControls(f)
	c.rows(f)
	return c.Plan, nil
}

// exportedByAnnex reports whether a workbook has the hidden sheet of an export.
func exportedByAnnex(book *spreadsheet.Workbook) bool {
	return slices.ContainsFunc(book.Sheets, func(s spreadsheet.Sheet) bool {
		return s.Hidden && len(s.Rows) > 0 && len(s.Rows[0].Cells) > 1 && s.Rows[0].Cells[0].Text == export.LineForm
	})
}

// sideOf returns the organization that decides.
func sideOf(sides []Side, id string) (Side, error) {
	var ids []string
	for _, s := range sides {
		ids = append(ids, s.Organization.ID)
	}
	at := slices.Index(ids, id)
	switch {
	case at >= 0:
		return sides[at], nil
	case id == "" && len(sides) == 1:
		return sides[0], nil
	case id == "":
		return Side{}, &NotOursError{"the workspace has several organization projects: " + strings.Join(ids, ", "), "Say whose Statement of Applicability the sheet is with --in"}
	}
	return Side{}, &NotOursError{fmt.Sprintf("there is no organization project %q", id), "Name one of the workspace with --in: " + strings.Join(ids, ", ")}
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
	keys := []string{}
	for _, c := range l.Columns {
		if c.Key != "" {
			keys = append(keys, c.Key)
		}
	}
	var reasons []string
	for _, r := range aims.Reasons() {
		reasons = append(reasons, reasonsKey+string(r))
	}
	for _, key := range mapped(columns) {
		switch {
		case key == Ref || slices.Contains(keys, key) || slices.Contains(reasons, key):
		case strings.HasPrefix(key, reasonsKey):
			return &NotOursError{fmt.Sprintf("there is no reason %q", strings.TrimPrefix(key, reasonsKey)), strings.TrimSpace(near(key, reasons) + " Columns of one reason are " + strings.Join(reasons, ", "))}
		default:
			return &NotOursError{fmt.Sprintf("a decision has no key %q", key), strings.TrimSpace(near(key, keys) + " Keys are " + Ref + ", " + strings.Join(keys, ", "))}
		}
		if _, whole := columns.Heads["reasons"]; whole && strings.HasPrefix(key, reasonsKey) {
			return &NotOursError{"the map has both reasons and " + key, "Take reasons when one column holds all of them, and keys such as " + key + " when each has a column of its own"}
		}
	}
	if columns.Heads[Ref] == "" {
		return &NotOursError{"the map does not say which column holds the reference controls", "Add ref=..., with the head of the column that holds numbers such as A.6.2.4"}
	}
	if len(columns.Heads) == 1 {
		return &NotOursError{"the map has no column besides that of the reference controls", "Add what the sheet says of them, such as applicable=..., with the heads of the columns"}
	}
	return nil
}

// mapped returns the keys of a map, in their order.
func mapped(columns Columns) []string {
	var keys []string
	for key := range columns.Heads {
		keys = append(keys, key)
	}
	slices.Sort(keys)
	return keys
}
