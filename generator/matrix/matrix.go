// Package matrix derives tables that relate two kinds of things: requirements
// to controls and evidence, controls to AI systems, documents to requirements,
// risks to controls, roles to controls, and one framework to another.
//
// Each is a [Matrix] of rows and cells that name subjects; how they are linked
// and paged is up to the site.
package matrix

import (
	"strconv"

	"annex/generator/aims"
	"annex/generator/readiness"
)

// Matrix is one table of relations.
type Matrix struct {
	Name    string // in addresses, traceability
	Title   string
	About   string // what a reader can find out from it, one or two sentences
	Corner  string // head of the first column
	Columns []Column
	Rows    []Row
	Gaps    int    // rows that lack something
	GapWord string // what a gap is; empty for "with a gap"
	Heat    bool   // whether its cells are states that a chart can show

	From, To   *aims.Framework   // of a crosswalk, else nil
	Crosswalks []*aims.Crosswalk // that it is made from
	Then       *Matrix           // a second table on the same page, or nil
}

// Column is a column after the first.
type Column struct {
	Title   string
	Subject aims.Subject // what it stands for, if anything
}

// Row is one row.
type Row struct {
	Head  aims.Subject
	Cells []Cell // one for each column
	Gap   bool   // whether the row lacks what the matrix looks for
}

// Cell holds what is at a crossing. At most one of its forms is used; an empty
// cell says None.
type Cell struct {
	Items  []aims.Subject   // things to link to
	Full   bool             // whether requirements show their titles
	More   int              // things that are not named
	Text   string           // a word or a number
	Own    bool             // whether Text is in the words of a catalog
	Letter string           // a mark with a meaning, such as R of RACI
	State  *readiness.State // a state
	Note   string           // beside the text
	Date   aims.Date
}

// All returns all matrices of a framework and its organization.
func All(report *readiness.Report) []*Matrix {
	list := []*Matrix{
		Traceability(report),
		ControlsBySystem(report),
		DocumentsByRequirement(report),
		RisksByControl(report),
		RolesByControl(report),
	}
	return append(list, Crosswalks(report)...)
}

func (m *Matrix) add(r Row) {
	m.Rows = append(m.Rows, r)
	if r.Gap {
		m.Gaps++
	}
}

func control(c *aims.Control) aims.Subject {
	return aims.Subject{Kind: aims.KindControl, Record: &c.Record}
}

func state(s readiness.State) Cell { return Cell{State: &s} }

// some names at most five subjects and counts the rest.
func some(list []aims.Subject) Cell {
	const most = 5
	if len(list) > most {
		return Cell{Items: list[:most], More: len(list) - most}
	}
	return Cell{Items: list}
}

func count(n int) Cell { return Cell{Text: strconv.Itoa(n)} }

func score(n int) string {
	if n == 0 {
		return "not assessed"
	}
	return strconv.Itoa(n)
}
