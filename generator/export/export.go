// Package export says what of a management system goes into a file for other
// programs: as lists, each of a name, columns and rows.
//
//	part := export.Part{Report: report, Statements: statements, ...}
//	for _, own := range export.ByFile(export.Offers(part)) {
//		err := spreadsheet.WriteXLSX(w, export.Book(part, own[0].Title, export.Make(own)))
//	}
//
// A list of records has columns of two kinds. One that names a key of the files
// holds what the record says under that key, in a form that can be written back:
// a record is its id, a requirement framework:ref, the elements of a list stand
// with commas between them, a text is its Markdown. Every other column shows
// what annex derives from the whole.
//
// [Files] and [Single] return the files of what somebody asks for, lists and all
// else. How a list becomes a workbook or CSV is the business of package
// spreadsheet, what is read rather than counted that of word; what is written
// back, that of merge.
package export

import (
	"cmp"
	"io/fs"

	"annex/generator/aims"
	"annex/generator/check"
	"annex/generator/matrix"
	"annex/generator/readiness"
	"annex/generator/soa"
	"annex/generator/spreadsheet"
	"annex/generator/word"
)

// Part is what was derived for one organization project.
type Part struct {
	Report     *readiness.Report
	Statements []*soa.Statement
	Matrices   []*matrix.Matrix
	Issues     []check.Issue
	Version    string            // of annex
	Texts      map[string]string // of the interface, for Word files; nil for English
	Files      fs.FS             // of the workspace, for pictures in Word files; nil shows their words

	// Place says where the file of a piece of evidence lies in a pack, and Page
	// where what is told of a subject does, both from the top of the pack. Outside
	// of packs both are nil: places then count from the root of the site.
	Place func(*aims.Evidence) string
	Page  func(aims.Subject) string
}

// PackDir is the folder of a pack that its exported files lie in.
const PackDir = "exports/"

// Word returns what the Word files of the organization are made from.
func (p Part) Word() word.Maker {
	return word.Maker{Workspace: p.Report.Workspace, AsOf: p.Report.AsOf, Texts: p.Texts, Files: p.Files}
}

// List is one list of a management system.
type List struct {
	Name    string // in commands and addresses: controls, soa-iso-42001, matrix-traceability
	Title   string
	Sheet   string    // name of its sheet among others
	Kind    aims.Kind // of the records behind its rows; empty where rows are none
	Within  string    // the framework whose requirements the rows are keyed by; empty for ids
	Columns []Column
	Rows    []Row
}

// Column is a column of a list.
type Column struct {
	spreadsheet.Column
	Key   string // in the files of the records; empty for what is derived
	Form  Form
	Empty string // what an empty cell stands for, where that is not nothing
}

// Form is how the value of a key is written in a cell.
type Form uint8

// The forms of values.
const (
	TextForm   Form = iota
	WordForm        // one of the column's words
	ListForm        // several, with commas between
	DayForm         // a day
	NumberForm      // a number
	YesNoForm       // yes or no
)

// Row is a row of a list.
type Row struct {
	ID     string       // of its record, or the ref of its requirement; empty for what is derived
	Record *aims.Record // nil where there is none yet
	Cells  []spreadsheet.Cell
}

// Offer is a list that can be made.
type Offer struct {
	Name  string // of the list
	Title string
	File  string // of the workbook that it stands in, without its ending
	Group string // what commands know it under together with others
	Make  func() List
}

// Offers returns all lists of an organization, in the order in which a workbook
// of all of them has them.
func Offers(p Part) []Offer {
	x := &lister{Part: p, w: p.Report.Workspace}
	var all []Offer
	offer := func(name, title, file, group string, make func() List) {
		all = append(all, Offer{name, title, file, group, func() List {
			l := make()
			l.Name, l.Title, l.Sheet = name, title, cmp.Or(l.Sheet, title)
			return l
		}})
	}
	for _, s := range p.Statements {
		file := "soa-" + s.Framework.ID
		offer(file, "Statement of Applicability, "+s.Framework.Title, file, "soa", func() List { return x.statement(s) })
		offer("additional-"+s.Framework.ID, "Additional controls, "+s.Framework.Title, file, "soa", func() List { return x.additional(s) })
	}
	offer("decisions-of-systems", "Decisions of AI systems", "decisions-of-systems", "soa", x.systemDecisions)
	offer("controls", "Controls", "controls", "controls", x.controls)
	offer("performances", "Performances of controls", "controls", "controls", x.executions)
	offer("evidence", "Evidence", "evidence", "evidence", x.evidence)
	offer("risks", "Risks", "risks", "risks", x.risks)
	offer("findings", "Findings", "findings", "findings", x.findings)
	offer("actions", "Next actions", "actions", "actions", x.actions)
	offer("corrective-actions", "Corrective actions and actions of reviews", "actions", "actions", x.corrective)
	offer("documents", "Documents", "documents", "documents", x.documents)
	offer("systems", "AI systems", "systems", "systems", x.systems)
	offer("objectives", "Objectives", "objectives", "objectives", x.objectives)
	offer("roles", "Roles", "roles", "roles", x.roles)
	offer("parties", "Interested parties", "parties", "parties", x.parties)
	offer("audits", "Audits", "audits", "audits", x.audits)
	offer("reviews", "Management reviews", "reviews", "reviews", x.reviews)
	offer("signoffs", "Signoffs", "reviews", "reviews", x.signoffs)
	for _, f := range p.Report.Frameworks {
		file := "requirements-" + f.Framework.ID
		offer(file, "Requirements of "+f.Framework.Title, file, "requirements", func() List { return x.requirements(f) })
	}
	for _, m := range p.Matrices {
		file := "matrix-" + m.Name
		offer(file, m.Title, file, "matrices", func() List { return x.matrix(m) })
		if m.Then != nil {
			offer("matrix-"+m.Then.Name, m.Then.Title, file, "matrices", func() List { return x.matrix(m.Then) })
		}
	}
	offer("audit-index", "Audit index", "audit-index", "audit-index", x.auditIndex)
	return all
}

// ByFile returns the offers of each workbook together.
func ByFile(offers []Offer) [][]Offer {
	var files [][]Offer
	for _, o := range offers {
		if n := len(files); n > 0 && files[n-1][0].File == o.File {
			files[n-1] = append(files[n-1], o)
		} else {
			files = append(files, []Offer{o})
		}
	}
	return files
}

// Make makes lists.
func Make(offers []Offer) []List {
	lists := make([]List, len(offers))
	for i, o := range offers {
		lists[i] = o.Make()
	}
	return lists
}

// Table returns the list as a table of a spreadsheet.
func (l List) Table() spreadsheet.Table {
	t := spreadsheet.Table{Name: l.Sheet, Columns: make([]spreadsheet.Column, len(l.Columns)), Rows: make([][]spreadsheet.Cell, len(l.Rows))}
	for i, c := range l.Columns {
		t.Columns[i] = c.Column
		t.Columns[i].Derived = c.Key == "" && l.Kind != ""
	}
	for i, r := range l.Rows {
		t.Rows[i] = r.Cells
	}
	return t
}

// lister makes the lists of an organization.
type lister struct {
	Part
	w *aims.Workspace
}
