// Package spreadsheet turns tables into files for other programs: XLSX workbooks for
// people, CSV for programs.
//
//	t := spreadsheet.Table{
//		Name:    "Controls",
//		Columns: spreadsheet.Columns("Control", "Next due", "Pieces of evidence"),
//		Rows:    [][]spreadsheet.Cell{{spreadsheet.Text("Review of triage"), spreadsheet.Day(due), spreadsheet.Number(3)}},
//	}
//	err := spreadsheet.WriteXLSX(w, spreadsheet.Book{Title: "Controls of Sample Ltd", Day: asOf, Tables: []spreadsheet.Table{t}})
//	err = spreadsheet.WriteCSV(w, t)
//
// The same tables give the same bytes. A text is a text wherever it is opened:
// none is a formula, none steers the program.
//
// It is the only package that imports excelize.
package spreadsheet

import (
	"strconv"
	"strings"
	"unicode"
	"unicode/utf8"

	"annex/generator/aims"
)

// Book is a workbook: a cover, and a sheet for each table.
type Book struct {
	Title    string
	Language string    // BCP 47; empty for none
	Subject  string    // what it is about, among its properties
	About    []Line    // on the cover, below the title
	Notes    []string  // on the cover, below the list of sheets
	Day      aims.Date // as-of date; the workbook says that it was made on this day
	Tables   []Table
	Hidden   []Table // on sheets that only programs see
}

// Line is one line of a cover: a name and what it stands for.
type Line struct {
	Name  string
	Value Cell
}

// Table is a list with a head. A row may be shorter than the head, not longer.
type Table struct {
	Name    string // of the sheet
	Columns []Column
	Rows    [][]Cell
}

// Column is what the cells of a table below each other have in common.
type Column struct {
	Title   string
	Words   []string // a workbook offers for its cells; none for any value
	Many    bool     // whether a cell may hold several of the words
	Derived bool     // whether it only shows what follows from other values
}

// Columns returns columns of any value with these titles.
func Columns(titles ...string) []Column {
	list := make([]Column, len(titles))
	for i, t := range titles {
		list[i].Title = t
	}
	return list
}

// Cell is a text, a number or a day. The zero Cell is empty.
type Cell struct {
	kind   kind
	tone   Tone
	text   string
	number float64
	day    aims.Date
}

type kind uint8

const (
	empty kind = iota
	isText
	isNumber
	isDay
)

// Text returns a cell that shows a text, or is empty for none.
func Text(s string) Cell {
	if s = clean(s); s == "" {
		return Cell{}
	}
	return Cell{kind: isText, text: s}
}

// Tone is what a status means, for the fill of its cell.
type Tone uint8

// The tones of the states.
const (
	Plain   Tone = iota // no fill
	Good                // operating, in force, closed
	Partial             // partly there
	Bad                 // a gap, overdue, expired
	Ahead               // planned
	Off                 // not applicable
)

// Status returns a cell that shows a word on a fill of its tone.
func Status(word string, tone Tone) Cell {
	c := Text(word)
	c.tone = tone
	return c
}

// Number returns a cell that holds a number.
func Number[N int | int64 | float64](n N) Cell { return Cell{kind: isNumber, number: float64(n)} }

// Day returns a cell that holds a day, or is empty for none.
func Day(d aims.Date) Cell {
	if d.IsZero() {
		return Cell{}
	}
	return Cell{kind: isDay, day: d}
}

// String returns what a cell shows: a day as 2026-05-12.
func (c Cell) String() string {
	switch c.kind {
	case isNumber:
		return strconv.FormatFloat(c.number, 'f', -1, 64)
	case isDay:
		return c.day.String()
	}
	return c.text
}

// IsNumber reports whether the cell holds a number.
func (c Cell) IsNumber() bool { return c.kind == isNumber }

// Shown returns what a workbook shows of a cell: as String, but of a text no more
// than a cell has room for.
func (c Cell) Shown() string { return fit(c.String()) }

// clean takes signs out of a text that no file of these kinds can hold, or that
// turn the direction of what follows. Lines end in a line feed.
func clean(s string) string {
	s = strings.ReplaceAll(s, "\r\n", "\n")
	return strings.Map(func(r rune) rune {
		switch {
		case r == '\r':
			return '\n'
		case r == '\n', r == '\t':
			return r
		case unicode.IsControl(r), r == utf8.RuneError, r == 0xfffe, r == 0xffff, r == 0xfeff,
			r >= 0x202a && r <= 0x202e, r >= 0x2066 && r <= 0x2069, r == 0x200e, r == 0x200f, r == 0x61c:
			return -1
		}
		return r
	}, s)
}
