package spreadsheet

import (
	"bytes"
	"encoding/json"
	"fmt"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"github.com/tealeg/xlsx/v3"

	"annex/generator/aims"
)

// foreignTexts are texts that other programs must bring through. All are texts,
// whatever they look like.
func foreignTexts() []string {
	return []string{
		"Review of triage", "Überprüfung 質問 😀", "  leading", "trailing  ", "'apostrophe", "=1+1", "+1", "-1", "@SUM(A1)", "007", "2026-05-12", "12.5", "TRUE", "#N/A",
		"two\nlines", "a\ttab", `<a&b>"'`, strings.Repeat("long ", 6000) + "end", strings.Repeat("x", 32767), "&amp;", "é e\u0301", "عربى", "   ", "%41", "a_b_x",
	}
}

// foreignNumbers and foreignDays are values that programs keep as numbers.
func foreignNumbers() []float64 {
	return []float64{0, 1, -1, 12.5, 0.1, -0.000012345, 123456789012345, 1e21, 1.5e-7, 46350}
}

func foreignDays() []aims.Date {
	return []aims.Date{day(1900, 3, 1), day(1999, 12, 31), day(2000, 2, 29), day(2026, 5, 12), day(2026, 11, 24), day(9999, 12, 31)}
}

// foreignTable has all of them: the texts in column A, numbers in B, days in C.
func foreignTable() Table {
	t := Table{Name: "Values", Columns: Columns("Text", "Number", "Day")}
	for i, s := range foreignTexts() {
		row := []Cell{Text(s), {}, {}}
		if i < len(foreignNumbers()) {
			row[1] = Number(foreignNumbers()[i])
		}
		if i < len(foreignDays()) {
			row[2] = Day(foreignDays()[i])
		}
		t.Rows = append(t.Rows, row)
	}
	return t
}

// wantForeign compares a sheet with the table, which begins in row 2. The tab is
// what a program made of the tab.
func wantForeign(t *testing.T, s Sheet, tab string) {
	t.Helper()
	cells := byName(s)
	for i, want := range foreignTexts() {
		want = strings.ReplaceAll(want, "\t", tab)
		if got := cells[At(1, i+2)]; got.Kind != HoldsText || got.Text != want {
			t.Errorf("%.40q is read as the %s %.40q (%d bytes of %d)", want, got.Kind, got.Text, len(got.Text), len(want))
		}
	}
	for i, want := range foreignNumbers() {
		if got := cells[At(2, i+2)]; got.Kind != HoldsNumber || got.Number != want {
			t.Errorf("%v is read as the %s %v", want, got.Kind, got)
		}
	}
	for i, want := range foreignDays() {
		if got := cells[At(3, i+2)]; got.Kind != HoldsDay || got.Day != want || got.Clock != "" {
			t.Errorf("%v is read as the %s %v", want, got.Kind, got)
		}
	}
	if want := len(foreignTexts()) + len(foreignNumbers()) + len(foreignDays()) + 3; len(cells) != want {
		t.Errorf("there are %d cells, want %d", len(cells), want)
	}
}

func TestOurOwnWorkbooksAreRead(t *testing.T) {
	book, err := readBytes(written(t, Book{Title: "Values", Tables: []Table{foreignTable()}}))
	if err != nil {
		t.Fatal(err)
	}
	if len(book.Sheets) != 2 || book.Sheets[1].Name != "Values" {
		t.Fatalf("sheets are %+v", book.Sheets)
	}
	wantForeign(t, book.Sheets[1], "\t")
}

// program returns the path of a program, or skips the test without it.
func program(t *testing.T, name string) string {
	t.Helper()
	path, err := exec.LookPath(name)
	if err != nil {
		if os.Getenv("ANNEX_TEST_BROWSER") == "required" {
			t.Fatal(err)
		}
		t.Skip(err)
	}
	return path
}

// convert lets LibreOffice turn a file into one of another kind.
func convert(t *testing.T, file, kind string) string {
	t.Helper()
	out := t.TempDir()
	cmd := exec.Command(program(t, "soffice"), "-env:UserInstallation=file://"+filepath.Join(out, "profile"), "--headless", "--convert-to", kind, "--outdir", out, file)
	if text, err := cmd.CombinedOutput(); err != nil {
		t.Fatalf("%v: %s", err, text)
	}
	return filepath.Join(out, strings.TrimSuffix(filepath.Base(file), filepath.Ext(file))+"."+kind)
}

func readFile(t *testing.T, name string) (*Workbook, error) {
	t.Helper()
	data, err := os.ReadFile(name)
	if err != nil {
		t.Fatal(err)
	}
	return readBytes(data)
}

func TestWorkbooksOfLibreOffice(t *testing.T) {
	own := filepath.Join(t.TempDir(), "own.xlsx")
	if err := os.WriteFile(own, written(t, Book{Title: "Values", Tables: []Table{foreignTable()}}), 0o644); err != nil {
		t.Fatal(err)
	}
	ods := convert(t, own, "ods")
	tab := map[string]string{"xlsx": "\t", "ods and xlsx": ""} // LibreOffice 7.4 drops it when it reads .ods
	for name, file := range map[string]string{"xlsx": convert(t, own, "xlsx"), "ods and xlsx": convert(t, ods, "xlsx")} {
		t.Run(name, func(t *testing.T) {
			book, err := readFile(t, file)
			if err != nil {
				t.Fatal(err)
			}
			wantForeign(t, book.Sheets[1], tab[name])
		})
	}
	for file, want := range map[string]string{ods: "OpenDocument file", convert(t, own, "xls"): "old or encrypted", convert(t, own, "fods"): "OpenDocument file (.fods)"} {
		data, err := os.ReadFile(file)
		if err != nil {
			t.Fatal(err)
		}
		wantRefused(t, data, want)
	}
}

// TestWhatElseLibreOfficeWrites begins with a document of its own, with what our
// workbooks do not have.
func TestWhatElseLibreOfficeWrites(t *testing.T) {
	const document = `<?xml version="1.0" encoding="UTF-8"?>
<office:document xmlns:office="urn:oasis:names:tc:opendocument:xmlns:office:1.0" xmlns:table="urn:oasis:names:tc:opendocument:xmlns:table:1.0" xmlns:text="urn:oasis:names:tc:opendocument:xmlns:text:1.0"
 xmlns:style="urn:oasis:names:tc:opendocument:xmlns:style:1.0" xmlns:number="urn:oasis:names:tc:opendocument:xmlns:datastyle:1.0" xmlns:of="urn:oasis:names:tc:opendocument:xmlns:of:1.2" xmlns:xlink="http://www.w3.org/1999/xlink" office:version="1.3" office:mimetype="application/vnd.oasis.opendocument.spreadsheet">
<office:automatic-styles>
 <number:date-style style:name="N1"><number:day number:style="long"/><number:text>.</number:text><number:month number:style="long"/><number:text>.</number:text><number:year number:style="long"/></number:date-style>
 <number:date-style style:name="N2"><number:month number:textual="true" number:style="long"/><number:text> day of </number:text><number:year/><number:text> </number:text><number:hours/><number:text>:</number:text><number:minutes/></number:date-style>
 <number:time-style style:name="N3" number:truncate-on-overflow="false"><number:hours/><number:text>:</number:text><number:minutes number:style="long"/></number:time-style>
 <style:style style:name="c1" style:family="table-cell" style:data-style-name="N1"/><style:style style:name="c2" style:family="table-cell" style:data-style-name="N2"/><style:style style:name="c3" style:family="table-cell" style:data-style-name="N3"/>
 <style:style style:name="ta2" style:family="table"><style:table-properties table:display="false"/></style:style>
</office:automatic-styles>
<office:body><office:spreadsheet>
<table:table table:name="First"><table:table-column/><table:table-column table:visibility="collapse"/>
 <table:table-row><table:table-cell office:value-type="boolean" office:boolean-value="true"/><table:table-cell office:value-type="string"><text:p>hidden</text:p></table:table-cell><table:table-cell table:formula="of:=1+1" office:value-type="float" office:value="2"/></table:table-row>
 <table:table-row table:visibility="collapse"><table:table-cell table:style-name="c1" office:value-type="date" office:date-value="2026-05-12"/></table:table-row>
 <table:table-row><table:table-cell table:style-name="c2" office:value-type="date" office:date-value="2026-05-12T14:30:00"/></table:table-row>
 <table:table-row><table:table-cell table:style-name="c3" office:value-type="time" office:time-value="PT36H30M00S"/></table:table-row>
 <table:table-row><table:table-cell table:number-columns-spanned="3" table:number-rows-spanned="2" office:value-type="string"><text:p>spread <text:span>out</text:span></text:p></table:table-cell></table:table-row>
 <table:table-row/>
 <table:table-row><table:table-cell office:value-type="percentage" office:value="0.25"/><table:table-cell/><table:table-cell table:formula="of:=NA()"/></table:table-row>
 <table:table-row><table:table-cell office:value-type="string"><text:p><text:a xlink:href="https://example.org/">a link</text:a></text:p></table:table-cell><table:table-cell/><table:table-cell table:formula="of:={1;2}" table:number-matrix-rows-spanned="1" table:number-matrix-columns-spanned="2"/></table:table-row>
</table:table>
<table:table table:name="Second" table:style-name="ta2"><table:table-column/><table:table-row><table:table-cell office:value-type="float" office:value="1"/></table:table-row></table:table>
</office:spreadsheet></office:body></office:document>`
	file := filepath.Join(t.TempDir(), "a.fods")
	if err := os.WriteFile(file, []byte(document), 0o644); err != nil {
		t.Fatal(err)
	}
	book, err := readFile(t, convert(t, file, "xlsx"))
	if err != nil {
		t.Fatal(err)
	}
	if len(book.Sheets) != 2 || book.Sheets[0].Hidden || !book.Sheets[1].Hidden {
		t.Errorf("sheets are %+v", book.Sheets)
	}
	cells := byName(book.Sheets[0])
	for _, want := range []ReadCell{
		{At: "A1", Column: 1, Kind: HoldsBool, Text: "TRUE"},
		{At: "B1", Column: 2, Kind: HoldsText, Text: "hidden", Hidden: true},
		{At: "C1", Column: 3, Kind: HoldsNumber, Number: 2, Text: "2", Formula: true},
		{At: "A2", Column: 1, Kind: HoldsDay, Day: day(2026, 5, 12), Text: "2026-05-12", Hidden: true},
		{At: "A3", Column: 1, Kind: HoldsDay, Day: day(2026, 5, 12), Text: "2026-05-12", Clock: "14:30:00"},
		{At: "A4", Column: 1, Kind: HoldsNumber, Number: 36.5 / 24, Text: "1.52083333333333"},
		{At: "A5", Column: 1, Kind: HoldsText, Text: "spread out", Merged: "A5:C6"},
		{At: "A7", Column: 1, Kind: HoldsNumber, Number: 0.25, Text: "0.25"},
		{At: "C7", Column: 3, Kind: HoldsError, Text: "#N/A", Formula: true},
		{At: "A8", Column: 1, Kind: HoldsText, Text: "a link"},
		{At: "C8", Column: 3, Kind: HoldsNumber, Number: 1, Text: "1", Formula: true},
	} {
		got := cells[want.At]
		if want.At == "A4" && got.Number-want.Number < 1e-12 {
			got.Number = want.Number
		}
		if got != want {
			t.Errorf("%s is\n%+v, want\n%+v", want.At, got, want)
		}
	}
	if !cells["D8"].Formula {
		t.Errorf("D8, which the formula in C8 fills, is %+v", cells["D8"])
	}
}

// script runs a program of Node with the packages of themes and returns what it
// writes, a workbook.
func script(t *testing.T, text string) []byte {
	t.Helper()
	var days []string
	for _, d := range foreignDays() {
		days = append(days, d.String())
	}
	values, err := json.Marshal(map[string]any{"texts": foreignTexts(), "numbers": foreignNumbers(), "days": days})
	if err != nil {
		t.Fatal(err)
	}
	cmd := exec.Command(program(t, "node"), "--input-type=commonjs", "-e", "const values = JSON.parse(require('fs').readFileSync(0, 'utf8'));"+text)
	cmd.Dir = filepath.Join("..", "..", "themes") // go generate ./themes
	cmd.Stdin = bytes.NewReader(values)
	cmd.Env = append(os.Environ(), "TZ=America/New_York")
	var complaints strings.Builder
	cmd.Stderr = &complaints
	out, err := cmd.Output()
	if err != nil {
		t.Fatalf("%v: %s", err, complaints.String())
	}
	return out
}

func TestWorkbooksOfExcelJS(t *testing.T) {
	for _, shared := range []string{"true", "false"} {
		data := script(t, `
const ExcelJS = require('exceljs');
const out = new ExcelJS.stream.xlsx.WorkbookWriter({ stream: process.stdout, useStyles: true, useSharedStrings: `+shared+` });
const sheet = out.addWorksheet('Values');
sheet.addRow(['Text', 'Number', 'Day']).commit();
values.texts.forEach((text, i) => {
  const row = sheet.getRow(i + 2);
  row.getCell(1).value = text;
  if (i < values.numbers.length) row.getCell(2).value = values.numbers[i];
  if (i < values.days.length) { row.getCell(3).value = new Date(values.days[i] + 'T00:00:00Z'); row.getCell(3).numFmt = 'dd/mm/yyyy'; }
  row.commit();
});
const more = out.addWorksheet('More', { state: 'veryHidden' });
more.addRow([true, { formula: 'A1', result: 7 }, { error: '#REF!' }, { richText: [{ text: 'rich ' }, { font: { bold: true }, text: 'text' }] }, { text: 'link', hyperlink: 'https://example.org/' }]).commit();
more.commit(); sheet.commit(); out.commit();`)
		book, err := readBytes(data)
		if err != nil {
			t.Fatal(err)
		}
		wantForeign(t, book.Sheets[0], "\t")
		more := byName(book.Sheets[1])
		for at, want := range map[string]string{"A1": "yes or no TRUE false", "B1": "number 7 true", "C1": "error #REF! false", "D1": "text rich text false", "E1": "text link false"} {
			if got := fmt.Sprint(more[at].Kind, " ", more[at].Text, " ", more[at].Formula); got != want {
				t.Errorf("%s is %s, want %s", at, got, want)
			}
		}
		if !book.Sheets[1].Hidden {
			t.Error("a hidden sheet shows")
		}
	}
}

func TestWorkbooksOfSheetJS(t *testing.T) {
	for _, options := range []string{"{}", "{cellDates: true}", "{bookSST: true, compression: true}"} {
		data := script(t, `
const XLSX = require('xlsx');
const rows = values.texts.map((text, i) => [
  { t: 's', v: text },
  i < values.numbers.length ? { t: 'n', v: values.numbers[i] } : null,
  i < values.days.length ? (`+options+`.cellDates ? { t: 'd', v: new Date(values.days[i] + 'T00:00:00') } : { t: 'n', v: Date.parse(values.days[i]) / 86400000 + 25569, z: 'd-mmm-yy' }) : null,
]);
const sheet = XLSX.utils.aoa_to_sheet([['Text', 'Number', 'Day'], ...rows]);
const book = XLSX.utils.book_new();
XLSX.utils.book_append_sheet(book, sheet, 'Values');
process.stdout.write(XLSX.write(book, { type: 'buffer', bookType: 'xlsx', ...`+options+` }));`)
		book, err := readBytes(data)
		if err != nil {
			t.Fatal(err)
		}
		wantForeign(t, book.Sheets[0], "\t")
	}
	for kind, want := range map[string]string{"xlsb": "(.xlsb)", "xlsm": "holds macros", "biff8": "old or encrypted", "biff2": "old Excel file", "fods": ".fods", "ods": ".ods", "csv": "text file", "html": "web page", "xlml": "XML Spreadsheet 2003", "dif": "text file"} {
		t.Run(kind, func(t *testing.T) {
			wantRefused(t, script(t, `const XLSX = require('xlsx'); const book = XLSX.utils.book_new(); XLSX.utils.book_append_sheet(book, XLSX.utils.aoa_to_sheet([['a', 1], ['b', 2]]), 'A');
process.stdout.write(XLSX.write(book, { type: 'buffer', bookType: '`+kind+`' }));`), want)
		})
	}
}

func TestWorkbooksOfTealeg(t *testing.T) {
	out := xlsx.NewFile()
	sheet, err := out.AddSheet("Values")
	if err != nil {
		t.Fatal(err)
	}
	head := sheet.AddRow()
	for _, s := range []string{"Text", "Number", "Day"} {
		head.AddCell().SetString(s)
	}
	for i, s := range foreignTexts() {
		row := sheet.AddRow()
		row.AddCell().SetString(s)
		if cell := row.AddCell(); i < len(foreignNumbers()) {
			cell.SetFloat(foreignNumbers()[i])
		}
		if cell := row.AddCell(); i < len(foreignDays()) {
			cell.SetDateWithOptions(foreignDays()[i].Time(), xlsx.DateTimeOptions{Location: time.UTC, ExcelTimeFormat: `[$-F800]dddd\,\ mmmm\ dd\,\ yyyy`})
		}
	}
	var b bytes.Buffer
	if err := out.Write(&b); err != nil {
		t.Fatal(err)
	}
	book, err := readBytes(b.Bytes())
	if err != nil {
		t.Fatal(err)
	}
	wantForeign(t, book.Sheets[0], "\t")
}
