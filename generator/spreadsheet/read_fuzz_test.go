package spreadsheet

import (
	"bytes"
	"errors"
	"math"
	"math/rand/v2"
	"strings"
	"testing"

	"annex/generator/aims"
)

// FuzzRead changes the XML of a sheet, its texts, styles and main part. A file is
// read or refused, whatever stands in it, and the cells that are read are in
// order and where they say.
func FuzzRead(f *testing.F) {
	f.Add(`<sheetData><row r="1"><c r="A1" t="s"><v>0</v></c><c t="inlineStr"><is><t>a_x000D_</t></is></c></row></sheetData><mergeCells><mergeCell ref="A1:B2"/></mergeCells>`, `<si><r><t>a</t></r></si>`, `<numFmts><numFmt numFmtId="164" formatCode="[h]yy;&quot;"/></numFmts><cellXfs><xf numFmtId="164"/></cellXfs>`, `<workbookPr date1904="1"/>`)
	f.Add(`<cols><col min="1" max="2" hidden="1"/></cols><sheetData><row><c s="0"><f t="array" ref="A1:C3">X</f><v>1.5</v></c></row><row hidden="1"><c t="d"><v>2026-05-12</v></c><c t="e"><v>#N/A</v></c><c t="b"><v>1</v></c></row></sheetData>`, `<si><t/></si>`, ``, `<definedNames><definedName name="a">[1]A!B</definedName></definedNames>`)
	f.Add(`<sheetData><row r="2"/><row r="1"><c r="XFD1"><v>1e5</v></c></row></sheetData>`, ``, `<!DOCTYPE a>`, ``)
	f.Fuzz(func(t *testing.T, sheet, texts, styles, main string) {
		data := zipped(t, with(parts(sheet), workbookPart(main), entry{"xl/sharedStrings.xml", "<sst>" + texts + "</sst>"}, entry{"xl/styles.xml", "<styleSheet>" + styles + "</styleSheet>"}))
		wantSound(t, data)
	})
}

// FuzzReadZip changes the bytes of a whole workbook.
func FuzzReadZip(f *testing.F) {
	whole := zipped(f, parts(rowsXML(`<row><c><v>1</v></c></row>`)))
	f.Add(whole, 0, []byte(nil))
	f.Add(whole, len(whole)-20, []byte("\xff\xff\xff\xff"))
	f.Fuzz(func(t *testing.T, data []byte, at int, change []byte) {
		data = bytes.Clone(data)
		if at >= 0 && at < len(data) {
			copy(data[at:], change)
		}
		wantSound(t, data)
	})
}

func wantSound(t *testing.T, data []byte) {
	t.Helper()
	book, err := readBytes(data)
	var refused *RefusedError
	if err != nil {
		if !errors.As(err, &refused) || refused.Cause == "" || refused.Help == "" {
			t.Fatalf("the error is %#v", err)
		}
		return
	}
	for _, s := range book.Sheets {
		last := 0
		for _, r := range s.Rows {
			if r.Number <= last || len(r.Cells) == 0 {
				t.Fatalf("row %d follows on %d, with %d cells", r.Number, last, len(r.Cells))
			}
			last = r.Number
			column := 0
			for _, c := range r.Cells {
				if c.Column <= column || c.At != At(c.Column, r.Number) || c.Kind == HoldsNothing && !c.Formula {
					t.Fatalf("cell %+v follows on column %d in row %d", c, column, r.Number)
				}
				column = c.Column
			}
		}
	}
}

// FuzzReadCSV holds that a list is read or refused, and that its texts are in it.
func FuzzReadCSV(f *testing.F) {
	for _, s := range []string{"a,b\n1,2\n", "a;b\r\n\"x\ny\";z", "\xff\xfea\x00\n\x00", "sep=;\na;b", "\ufeffä\tö\r", "\x80;\x81"} {
		f.Add([]byte(s))
	}
	f.Fuzz(func(t *testing.T, data []byte) {
		book, err := ReadCSV(bytes.NewReader(data), int64(len(data)))
		if err != nil {
			var refused *RefusedError
			if !errors.As(err, &refused) {
				t.Fatalf("the error is %#v", err)
			}
			return
		}
		for _, r := range book.Sheets[0].Rows {
			for _, c := range r.Cells {
				for _, piece := range strings.FieldsFunc(c.Text, func(r rune) bool { return r == '"' || r == '\n' }) {
					if book.Encoding == "UTF-8" && !bytes.Contains(data, []byte(piece)) {
						t.Fatalf("the text %q of %s is not in the file", c.Text, c.At)
					}
				}
			}
		}
	})
}

// TestWhatIsWrittenIsRead writes and reads tables of random values.
func TestWhatIsWrittenIsRead(t *testing.T) {
	random := rand.New(rand.NewPCG(1, 2))
	signs := []rune("ab =+-@'\"<>&_x0041\n\t ,;\u00a0äß質😀\u0301\ufffd\x00\r\x1b")
	for range 60 {
		var tables []Table
		for range 1 + random.IntN(3) {
			table := Table{Name: "T", Columns: Columns(make([]string, 1+random.IntN(8))...)}
			for range random.IntN(30) {
				row := make([]Cell, random.IntN(len(table.Columns)+1))
				for i := range row {
					switch random.IntN(5) {
					case 0:
						row[i] = Number(float64(random.IntN(1e15)) / math.Pow(10, float64(random.IntN(20)))) // excelize writes 15 digits
					case 1:
						row[i] = Number(random.IntN(100000) - 50000)
					case 2:
						row[i] = Day(aims.NewDate(1900, 3, 1).AddDays(random.IntN(2958465 - 61)))
					case 3:
						text := make([]rune, random.IntN(20))
						for j := range text {
							text[j] = signs[random.IntN(len(signs))]
						}
						row[i] = Text(string(text))
					}
				}
				table.Rows = append(table.Rows, row)
			}
			tables = append(tables, table)
		}
		book, err := readBytes(written(t, Book{Tables: tables}))
		if err != nil {
			t.Fatal(err)
		}
		if len(book.Sheets) != len(tables)+1 {
			t.Fatalf("there are %d sheets", len(book.Sheets))
		}
		for n, table := range tables {
			cells := byName(book.Sheets[n+1])
			filled := 0
			for r, row := range table.Rows {
				for c, want := range row {
					got := cells[At(c+1, r+2)]
					kind := map[kind]Kind{empty: HoldsNothing, isText: HoldsText, isNumber: HoldsNumber, isDay: HoldsDay}[want.kind]
					if kind != HoldsNothing {
						filled++
					}
					if got.Kind != kind || got.Number != want.number || got.Day != want.day || want.kind == isText && got.Text != want.text {
						t.Errorf("%+v comes back as %+v", want, got)
					}
				}
			}
			if len(cells) != filled {
				t.Errorf("%d cells come back, of %d", len(cells), filled)
			}
		}
	}
}
