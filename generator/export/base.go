package export

import (
	"crypto/sha256"
	"encoding/hex"
	"encoding/json"
	"slices"
	"unicode/utf16"

	"annex/generator/spreadsheet"
)

// A workbook that can be read back has a sheet that nobody sees. It says which
// sheet holds which records under which keys, and of each row what it was made
// from:
//
//	annex       | 1
//	sheet       | Controls | control | (framework) | sample | ["title","satisfies"] | ["Control","Satisfies"]
//	other       | Performances | 0f31c9d2...
//	row         | Controls | review-of-triage | 5f70bf18... | 91c4e2aa... | ["Review of triage","iso-42001:A.6.2.4"]
//
// The digests of a row are those of the values that can be written back, and of
// those that are derived; that of another sheet is of its rows in any order. Values
// that do not fit one cell go on in the next.

// BaseForm is the version of the hidden sheet.
const BaseForm = 1

// The words that lines of the hidden sheet begin with.
const (
	LineForm  = "annex"
	LineSheet = "sheet"
	LineRow   = "row"
	LineOther = "other" // a sheet that cannot be read back
)

// maxCell is how many UTF-16 units of a text one cell of the hidden sheet holds.
const maxCell = 32000

// bases returns the hidden sheet of a workbook, and what its cover says of
// reading it back. Without a list of records there is none.
func bases(parts []Part, lists [][]List, all []List, tables []spreadsheet.Table) ([]spreadsheet.Table, []string) {
	t := spreadsheet.Table{Rows: [][]spreadsheet.Cell{{spreadsheet.Text(LineForm), spreadsheet.Number(BaseForm)}}}
	names := spreadsheet.SheetNames(tables)
	var rows [][]spreadsheet.Cell
	n, records := 0, false
	for i, own := range lists {
		for range own {
			l, name := all[n], names[n]
			n++
			if l.Kind == "" {
				rows = append(rows, cells(LineOther, name, l.digest()))
				continue
			}
			records = true
			keys, heads := l.keys()
			t.Rows = append(t.Rows, cells(LineSheet, name, string(l.Kind), l.Within, parts[i].Report.Organization.ID, encoded(keys), encoded(heads)))
			for _, r := range l.Rows {
				values := l.Values(r)
				rows = append(rows, append(cells(LineRow, name, r.ID, Digest(values), Digest(l.derived(r))), split(encoded(values))...))
			}
		}
	}
	if !records {
		return nil, nil
	}
	t.Rows = append(t.Rows, rows...)
	return []spreadsheet.Table{t}, []string{
		"Edit what stands below blue heads and bring it back with `annex import`. What stands below grey heads in italics is derived and is not read.",
		"The first column tells which record a row is: leave it as it is. A new id makes a new record, in the project that its row names. A row that is deleted here stays in the records. Rows and columns may be moved, and columns of your own added.",
	}
}

// keys returns the keys of the columns that can be written back, and their heads.
func (l List) keys() (keys, heads []string) {
	for _, c := range l.Columns {
		if c.Key != "" {
			keys, heads = append(keys, c.Key), append(heads, c.Title)
		}
	}
	return keys, heads
}

// Values returns what a row says under each key, in the order of the columns.
func (l List) Values(r Row) []string {
	var list []string
	for i, c := range l.Columns {
		if c.Key != "" {
			list = append(list, r.Cells[i].Shown())
		}
	}
	return list
}

// derived returns what a row shows of what is derived.
func (l List) derived(r Row) []string {
	var list []string
	for i, c := range l.Columns {
		if c.Key == "" {
			list = append(list, trimmed(r.Cells[i].Shown()))
		}
	}
	return list
}

// digest is that of all rows.
func (l List) digest() string {
	rows := make([][]string, len(l.Rows))
	for i, r := range l.Rows {
		for _, c := range r.Cells {
			rows[i] = append(rows[i], c.Shown())
		}
	}
	return DigestRows(rows)
}

// DigestRows is the SHA-256, in hex, of the texts of rows, in whichever order they
// stand, without blanks at the end of a text and empty cells at the end of a row.
func DigestRows(rows [][]string) string {
	lines := make([]string, len(rows))
	for i, r := range rows {
		texts := make([]string, len(r))
		for j, text := range r {
			texts[j] = trimmed(text)
		}
		for len(texts) > 0 && texts[len(texts)-1] == "" {
			texts = texts[:len(texts)-1]
		}
		lines[i] = encoded(texts)
	}
	slices.Sort(lines)
	return Digest(lines)
}

// Digest is the SHA-256, in hex, of the values of a row.
func Digest(values []string) string {
	sum := sha256.Sum256([]byte(encoded(values)))
	return hex.EncodeToString(sum[:])
}

func encoded(values []string) string {
	text, err := json.Marshal(values)
	if err != nil { // texts can always be written
		return ""
	}
	return string(text)
}

func cells(texts ...string) []spreadsheet.Cell {
	row := make([]spreadsheet.Cell, len(texts))
	for i, s := range texts {
		row[i] = spreadsheet.Text(s)
	}
	return row
}

// split cuts a text into cells.
func split(text string) []spreadsheet.Cell {
	var row []spreadsheet.Cell
	start, units := 0, 0
	for i, r := range text {
		if units += utf16.RuneLen(r); units > maxCell {
			row = append(row, spreadsheet.Text(text[start:i]))
			start, units = i, utf16.RuneLen(r)
		}
	}
	return append(row, spreadsheet.Text(text[start:]))
}
