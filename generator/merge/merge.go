// Package merge finds what a workbook that annex exported and somebody edited
// changes in the records, three-way: what a row was when it was exported, what it
// is in the workbook, and what the record says by now.
//
//	plan, err := merge.Compare(workbook, sides)
//	for _, r := range plan.Records {
//		fmt.Println(r.At, r.ID, r.Fields) // Controls, row 7: status planned -> implemented
//	}
//	files, problems, err := plan.Apply(workspaceFiles)
//
// A row that was changed on both sides is a conflict and is refused alone; all
// others go in. Rows are known by their ids and columns by their heads, so that
// both may move, and columns of somebody's own may stand between. What annex
// derives is never read back. A row that is missing deletes nothing.
//
// [Foreign] does the same with a sheet that annex did not make, for a map from
// keys to the heads of its columns; there is nothing to compare with then but the
// records as they are.
//
// The package reads workbooks as [spreadsheet.Read] gives them and changes texts
// through package edit, so that comments, order and layout of the records stay.
package merge

import (
	"fmt"
	"strconv"

	"annex/generator/aims"
	"annex/generator/export"
)

// Plan is what a workbook changes.
type Plan struct {
	Records   []Record  // that would be changed or are new, in the order of the workbook
	Conflicts []Problem // rows that were changed on both sides
	Refused   []Problem // rows and cells that cannot be taken
	Notes     []string  // what was passed over
	Rows      int       // that were read
}

// Record is one record that changes.
type Record struct {
	Kind    aims.Kind
	ID      string // of a decision its requirement
	Title   string
	Project *aims.Project
	Place   Place   // where it stands; zero for a new one
	Into    string  // the file that a new one goes into, there or not
	At      string  // its row: "Controls, row 7"
	Fields  []Field // that change; of a new record all that are given
}

// New reports whether the record is not there yet.
func (r Record) New() bool { return r.Place == Place{} }

// Place is where a record begins.
type Place struct {
	File         string
	Line, Column int
}

// Field is one value that changes.
type Field struct {
	Key           string
	Title         string // head of its column
	At            string // its cell: "Controls!F7"
	Before, After string // as a workbook shows them; empty for none
	Value         any    // for package edit; nil takes the key out
}

// Problem is a row or cell that is not taken.
type Problem struct {
	At      string // "Controls!F7" or "Controls, row 7"
	ID      string // of the record, where it is known
	Message string
	Help    string
}

// Side is what the records of one organization say by now.
type Side struct {
	Organization *aims.Project
	Projects     []*aims.Project // it and its AI systems, for new records
	Roles        []*aims.Role
	Frameworks   []*aims.Framework // in use
	Offers       []export.Offer
}

// list returns the list of records of a kind, of decisions that for a framework.
func (s Side) list(kind aims.Kind, within string) (export.List, bool) {
	name := map[aims.Kind]string{aims.KindDecision: "soa-" + within, aims.KindControl: "controls", aims.KindEvidence: "evidence", aims.KindRisk: "risks", aims.KindFinding: "findings"}[kind]
	for _, o := range s.Offers {
		if o.Name == name && name != "" {
			return o.Make(), true
		}
	}
	return export.List{}, false
}

// row names a row of a sheet for people.
func row(sheet string, n int) string {
	if sheet == "" {
		return "row " + strconv.Itoa(n)
	}
	return fmt.Sprintf("%s, row %d", sheet, n)
}

// cell names a cell of a sheet as spreadsheets do.
func cell(sheet, at string) string {
	if sheet == "" {
		return at
	}
	return sheet + "!" + at
}
