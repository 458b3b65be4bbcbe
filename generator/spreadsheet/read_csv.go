package spreadsheet

import (
	"bytes"
	"encoding/csv"
	"errors"
	"fmt"
	"io"
	"iter"
	"strings"
	"unicode/utf8"

	"github.com/xuri/excelize/v2"
	"golang.org/x/text/encoding"
	"golang.org/x/text/encoding/charmap"
	"golang.org/x/text/encoding/unicode"
)

// ReadCSV reads a list of values with commas, semicolons or tabs between them, as
// a workbook of one sheet. Every cell is a text, as the file has it: what is a
// number or a day, the caller knows. The apostrophe that [WriteCSV] puts before
// what would begin a formula stays.
//
// The text is UTF-8, or UTF-16 with its mark. Any other is taken for
// Windows-1252, which Excel writes in most of Europe and America, and the workbook
// says that this is a guess. The error is a [RefusedError] when the file is at
// fault.
func ReadCSV(r io.ReaderAt, length int64) (*Workbook, error) {
	if length > largestPart {
		return nil, refuse(splitIt, "The file has %d MB, and up to %d MB are read of a list.", (length+1<<20-1)>>20, largestPart>>20)
	}
	raw := make([]byte, max(length, 0))
	if n, err := r.ReadAt(raw, 0); err != nil && !errors.Is(err, io.EOF) {
		return nil, fmt.Errorf("reading a list: %w", err)
	} else if raw = raw[:n]; n == 0 {
		return nil, refuse(getItAgain, "The file is empty.")
	}
	book := &Workbook{}
	text, err := book.decode(raw)
	if err != nil {
		return nil, err
	}
	if !bytes.Contains(text, []byte("\n")) && bytes.Contains(text, []byte("\r")) {
		text = bytes.ReplaceAll(text, []byte("\r"), []byte("\n")) // as old Macs end lines
	}
	if line, rest, _ := bytes.Cut(text, []byte("\n")); len(bytes.TrimRight(line, "\r")) == 5 && bytes.HasPrefix(line, []byte("sep=")) {
		book.Separator, text = rune(line[4]), rest // Excel does not show this line either
		if !strings.ContainsRune(separators, book.Separator) {
			return nil, refuse("Save the file with commas or semicolons.", "The values of the list are separated by %q.", book.Separator)
		}
	} else {
		book.Separator = separatorOf(text)
	}
	values, size := longestRecord(text, book.Separator)
	if values > excelize.MaxColumns {
		return nil, refuse(splitIt, "A row of the list has %d values, more than a spreadsheet has columns.", values)
	}
	if size > longestRow {
		return nil, refuse(splitIt, "A row of the list has %d MB, and up to %d MB are read.", (size+1<<20-1)>>20, longestRow>>20)
	}
	rows, err := readRecords(text, book.Separator)
	if err != nil {
		return nil, err
	}
	book.Sheets = []Sheet{{Rows: rows}}
	return book, nil
}

// decode turns the bytes of a list into UTF-8.
func (b *Workbook) decode(raw []byte) ([]byte, error) {
	var from encoding.Encoding
	switch {
	case bytes.HasPrefix(raw, []byte(byteOrderMark)):
		b.Encoding, raw = "UTF-8", raw[len(byteOrderMark):]
		if !utf8.Valid(raw) {
			return nil, refuse("Save it anew as “CSV UTF-8”.", "The file says that it is UTF-8, and it is not.")
		}
	case bytes.HasPrefix(raw, []byte("\xff\xfe")), bytes.HasPrefix(raw, []byte("\xfe\xff")):
		b.Encoding, from = "UTF-16", unicode.UTF16(unicode.LittleEndian, unicode.ExpectBOM)
	case utf8.Valid(raw):
		b.Encoding = "UTF-8"
	default:
		b.Encoding, b.Guessed, from = "Windows-1252", true, charmap.Windows1252
	}
	if from != nil && !(b.Guessed && bytes.IndexByte(raw, 0) >= 0) {
		decoded := make([]byte, 3*len(raw)) // no sign of either encoding takes more
		n, _, err := from.NewDecoder().Transform(decoded, raw, true)
		if err != nil {
			return nil, refuse("Save it anew as “CSV UTF-8”.", "The file cannot be read as a text.")
		}
		raw = decoded[:n]
	}
	if bytes.IndexByte(raw, 0) < 0 {
		return raw, nil
	}
	if bytes.HasPrefix(raw, []byte("PK")) {
		return nil, refuse("Give it a name that ends in .xlsx, if it is one. Otherwise save it as CSV.", "This is no list of values, but a workbook or a zip.")
	}
	return nil, refuse("Save it anew as “CSV UTF-8”.", "This is no list of values: it holds signs that no text has.")
}

// separators are what may stand between values. Of two that fit as well the first
// is taken: many a list with semicolons has a comma in every number.
const separators = "\t;,"

// separatorOf returns the separator that gives most of the first lines of a list
// the same number of values. Lines above the list, such as a title, do not count.
func separatorOf(text []byte) rune {
	text = text[:min(len(text), 64<<10)]
	best, most := ',', 0
	for _, separator := range separators {
		alike := map[int]int{}
		for n := range records(text, separator) {
			if alike[n]++; n > 1 && alike[n] > most {
				best, most = separator, alike[n]
			}
		}
	}
	return best
}

// longestRecord returns how many values and how many bytes the longest rows have.
// The reader of the standard library would make room for as many as there are,
// several times over.
func longestRecord(text []byte, separator rune) (values, size int) {
	for n, length := range records(text, separator) {
		values, size = max(values, n), max(size, length)
	}
	return values, size
}

// records yields how many values and bytes each row of a list has, as far as its
// quotes are in order.
func records(text []byte, separator rune) iter.Seq2[int, int] {
	return func(yield func(values, size int) bool) {
		quoted, n, start := false, 1, 0
		for i, c := range text {
			switch {
			case c == '"':
				quoted = !quoted
			case !quoted && rune(c) == separator:
				n++
			}
			if !quoted && c == '\n' || i == len(text)-1 {
				if !yield(n, i+1-start) {
					return
				}
				n, start = 1, i+1
			}
		}
	}
}

// readRecords reads the lines of a list. A row has the number under which a
// spreadsheet shows it: lines that are empty count, breaks within quotes do not.
func readRecords(text []byte, separator rune) ([]SheetRow, error) {
	r := csv.NewReader(bytes.NewReader(text))
	r.Comma, r.FieldsPerRecord, r.ReuseRecord = separator, -1, true
	var rows []SheetRow
	cells, number, from := mostCells, 0, int64(0)
	for {
		record, err := r.Read()
		if errors.Is(err, io.EOF) {
			return rows, nil
		}
		var wrong *csv.ParseError
		if errors.As(err, &wrong) {
			e := refuse("Put the whole value in quotes and double each quote within, or save the file anew from Excel or LibreOffice.", "A quote stands alone, so that nobody can tell where the value ends.")
			e.Place = fmt.Sprintf("line %d", wrong.StartLine)
			return nil, e
		}
		if err != nil {
			return nil, fmt.Errorf("reading a list: %w", err)
		}
		number += 1 + emptyLines(text[from:])
		from = r.InputOffset()
		row := SheetRow{Number: number}
		for i, value := range record {
			if value == "" {
				continue
			}
			if cells--; cells < 0 {
				return nil, tooManyCells()
			}
			row.Cells = append(row.Cells, ReadCell{At: At(i+1, number), Column: i + 1, Kind: HoldsText, Text: newlines(value)})
		}
		if len(row.Cells) > 0 {
			rows = append(rows, row)
		}
	}
}

// emptyLines counts the lines that a text begins with and that hold nothing.
func emptyLines(text []byte) int {
	n := 0
	for {
		switch {
		case bytes.HasPrefix(text, []byte("\n")):
			text = text[1:]
		case bytes.HasPrefix(text, []byte("\r\n")):
			text = text[2:]
		default:
			return n
		}
		n++
	}
}
