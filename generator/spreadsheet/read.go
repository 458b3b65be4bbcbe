package spreadsheet

import (
	"fmt"
	"io"

	"annex/generator/aims"
)

// Workbook is what a file that somebody hands in holds: its values, no looks.
type Workbook struct {
	Sheets    []Sheet
	Encoding  string // of a CSV: "UTF-8", "UTF-16" or "Windows-1252"
	Guessed   bool   // whether the encoding of a CSV is a guess, so that letters may be wrong
	Separator rune   // of a CSV: comma, semicolon or tab
}

// Sheet is a sheet with cells. Sheets that are charts are left out.
type Sheet struct {
	Name   string // empty for that of a CSV
	Hidden bool
	Rows   []SheetRow // that hold something, by number

	merged *areaIndex // for Covers and First; nil without merged cells
}

// SheetRow is a row that holds something.
type SheetRow struct {
	Number int // as programs show it, from 1
	Hidden bool
	Cells  []ReadCell // that hold something, by column
}

// ReadCell is a cell that holds something.
type ReadCell struct {
	At      string // "B7"
	Column  int    // 1 for A
	Kind    Kind
	Text    string // a text as it is, another value in its plain form: "12.5", "2026-05-12", "TRUE", "#N/A"
	Number  float64
	Day     aims.Date
	Clock   string // the time beside a day, or in place of one, "14:30:00"; Day leaves it out
	Formula bool   // whether a formula made the value, or fills this cell from another
	Merged  string // "B7:D9" when the cell spreads over this area
	Covered bool   // whether it lies below another that spreads over it: nobody sees it; most of these hold nothing, see [Sheet.Covers]
	Hidden  bool   // whether its row or its column does not show
}

// Kind is what a cell holds.
type Kind uint8

// The kinds of values. Only a formula without a result holds nothing.
const (
	HoldsNothing Kind = iota
	HoldsText
	HoldsNumber
	HoldsDay
	HoldsBool  // Text is TRUE or FALSE
	HoldsError // Text is #N/A, #REF!, ...
)

// String returns the kind as running text names it.
func (k Kind) String() string {
	return [...]string{"nothing", "text", "number", "day", "yes or no", "error"}[min(k, HoldsError)]
}

// The limits of what is read. All are far above a list that people keep by hand,
// and together they hold the reader to some 150 MB and a few seconds.
const (
	largestFile      = 50 << 20  // bytes
	largestUnpacked  = 256 << 20 // bytes of all parts together
	largestPart      = 16 << 20  // bytes
	largestDirectory = 2 << 20   // bytes of the list of parts
	mostParts        = 5000
	mostSheets       = 250
	mostCells        = 200_000 // that hold something, in all sheets
	mostAreas        = 100_000 // merged cells and formulas that fill others, of one sheet
	mostXML          = 64 << 20
	mostText         = 32 << 20 // bytes that are kept
	mostShown        = 64 << 20 // bytes of all cells together, each with the whole of a text that many share
	longestText      = 40_000   // UTF-16 units of a cell; Excel has room for 32,767
	longestRow       = 4 << 20  // bytes of a row of a list
	longestName      = 1000     // bytes of the name of a sheet; Excel has room for 31 units
	longestPiece     = 1 << 20  // bytes of a tag or a text; the longest text of Excel, escaped, is a third of it
	deepest          = 100      // elements within each other
)

// Read reads a workbook that somebody hands in (.xlsx, or a template .xltx). The
// error is a [RefusedError] when the file is at fault: no workbook, damaged, too
// large, or with something in it that runs or reaches outside, such as macros
// and links to other workbooks. Charts, comments, pivot tables, looks and
// hyperlinks are passed over. Formulas are never computed: a cell tells that it
// has one, with the value that the program kept.
//
// Excelize could read workbooks too, and we do not let it: of 2.11.1, a file of
// 3.5 KB (20,000 rows whose only cell stands in the last column) made GetRows
// take over 6 GB, one of 24 KB with many attributes 475 MB. It takes a sheet
// that breaks off in the middle for a whole one, since it passes over the errors
// of zip and XML; it tells no formula from a value; and it creates temporary
// files. Here zip and XML are read by the standard library, a piece at a time,
// and the limits are held before a piece is kept.
func Read(r io.ReaderAt, size int64) (*Workbook, error) {
	in := &source{from: r, allowance: largestDirectory}
	book, err := readWorkbook(in, size)
	if in.err != nil {
		return nil, fmt.Errorf("reading a workbook: %w", in.err)
	}
	if err != nil {
		return nil, err
	}
	return book, nil
}

// readWorkbook looks through all parts of a workbook before it reads a value.
func readWorkbook(in *source, size int64) (*Workbook, error) {
	a, err := openArchive(in, size)
	if err != nil {
		return nil, err
	}
	main, err := a.inspect()
	if err != nil {
		return nil, err
	}
	return a.values(main)
}

// values reads the sheets of a workbook whose main part is given.
func (a *unpacked) values(main string) (*Workbook, error) {
	links, err := a.relationsOf(main)
	if err != nil {
		return nil, err
	}
	plan, err := a.plan(main, links)
	if err != nil {
		return nil, err
	}
	reading := &sheetReader{archive: a, from1904: plan.from1904}
	if reading.forms, err = a.forms(links); err != nil {
		return nil, err
	}
	if reading.shared, err = a.sharedStrings(links); err != nil {
		return nil, err
	}
	book := &Workbook{}
	for _, s := range plan.sheets {
		sheet := Sheet{Name: s.name, Hidden: s.hidden}
		if err := reading.read(s.part, &sheet); err != nil {
			return nil, err
		}
		book.Sheets = append(book.Sheets, sheet)
	}
	return book, nil
}
