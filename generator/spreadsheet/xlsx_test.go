package spreadsheet

import (
	"archive/zip"
	"bytes"
	"errors"
	"io"
	"math"
	"os"
	"strings"
	"testing"
	"time"

	"github.com/xuri/excelize/v2"

	"annex/generator/aims"
)

func day(y int, m time.Month, d int) aims.Date { return aims.NewDate(y, m, d) }

// hostile are texts that a spreadsheet might run.
func hostile() []string {
	return []string{
		"=1+1", "+1", "-1", "@SUM(A1)", "\t=1", "\r=1", "\n=1", "=HYPERLINK(\"https://evil.example\")", "=cmd|' /C calc'!A0",
		" =1", "\u00a0=1", "\ufeff=1", "\u200b=1", "＝1", "＋1", "a;=1", "a\n=1", "a\t@x", `";"=1`, `"=1`, "'=1",
	}
}

func sampleBook() Book {
	t := Table{Name: "Controls", Columns: Columns("Control", "Next due", "Evidence", "Part")}
	t.Rows = append(t.Rows,
		[]Cell{Text("Review of triage"), Day(day(2026, 11, 24)), Number(3), Number(0.25)},
		[]Cell{Text("Two\r\nlines"), Day(aims.Date{}), Number(-1)},
		[]Cell{Text("007"), Text("2026-11-24"), Text("3"), Text("")},
	)
	var odd Table
	odd.Name, odd.Columns = "Odd", Columns("=Head")
	for _, h := range hostile() {
		odd.Rows = append(odd.Rows, []Cell{Text(h)})
	}
	return Book{Title: "Controls of Sample Ltd", Day: day(2026, 11, 24), About: []Line{{"Organization", Text("=Sample Ltd")}}, Tables: []Table{t, odd}}
}

func written(t testing.TB, b Book) []byte {
	t.Helper()
	var out bytes.Buffer
	if err := WriteXLSX(&out, b); err != nil {
		t.Fatal(err)
	}
	return out.Bytes()
}

func read(t testing.TB, b Book) *excelize.File {
	t.Helper()
	f, err := excelize.OpenReader(bytes.NewReader(written(t, b)))
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { f.Close() })
	return f
}

func TestCellsComeBackAsWhatTheyAre(t *testing.T) {
	f := read(t, sampleBook())
	for _, c := range []struct {
		at, want string
		kind     excelize.CellType
	}{
		{"A1", "Control", excelize.CellTypeInlineString},
		{"A2", "Review of triage", excelize.CellTypeInlineString},
		{"B2", "2026-11-24", excelize.CellTypeUnset},
		{"C2", "3", excelize.CellTypeUnset},
		{"D2", "0.25", excelize.CellTypeUnset},
		{"A3", "Two\nlines", excelize.CellTypeInlineString},
		{"B3", "", excelize.CellTypeUnset},
		{"C3", "-1", excelize.CellTypeUnset},
		{"A4", "007", excelize.CellTypeInlineString},
		{"B4", "2026-11-24", excelize.CellTypeInlineString},
		{"C4", "3", excelize.CellTypeInlineString},
	} {
		got, err := f.GetCellValue("Controls", c.at)
		if err != nil {
			t.Fatal(err)
		}
		kind, _ := f.GetCellType("Controls", c.at)
		if kind == excelize.CellTypeNumber {
			kind = excelize.CellTypeUnset // a number may say so or not
		}
		if got != c.want || kind != c.kind {
			t.Errorf("%s is %q of type %d, want %q of type %d", c.at, got, kind, c.want, c.kind)
		}
	}
	raw, _ := f.GetCellValue("Controls", "B2", excelize.Options{RawCellValue: true})
	if raw != "46350" {
		t.Errorf("24 November 2026 is kept as %s", raw)
	}
}

func TestDaysAreThoseOfExcel(t *testing.T) {
	days := []aims.Date{day(1900, 2, 28), day(1900, 3, 1), day(2000, 2, 29), day(2026, 5, 12), day(9999, 12, 31)}
	var rows [][]Cell
	for _, d := range days {
		rows = append(rows, []Cell{Day(d)})
	}
	f := read(t, Book{Tables: []Table{{Name: "Days", Columns: Columns("Day"), Rows: rows}}})
	for i, d := range days {
		at, _ := excelize.CoordinatesToCellName(1, i+2)
		if got, _ := f.GetCellValue("Days", at); got != d.String() {
			t.Errorf("%s comes back as %s", d, got)
		}
	}
}

func TestNothingIsAFormula(t *testing.T) {
	b := sampleBook()
	f := read(t, b)
	for _, sheet := range f.GetSheetList() {
		rows, err := f.GetRows(sheet)
		if err != nil {
			t.Fatal(err)
		}
		for r, row := range rows {
			for c := range row {
				at, _ := excelize.CoordinatesToCellName(c+1, r+1)
				if formula, _ := f.GetCellFormula(sheet, at); formula != "" {
					t.Errorf("%s!%s is the formula %s", sheet, at, formula)
				}
			}
		}
	}
	for i, row := range b.Tables[1].Rows {
		at, _ := excelize.CoordinatesToCellName(1, i+2)
		if got, _ := f.GetCellValue("Odd", at); got != row[0].String() {
			t.Errorf("%q comes back as %q", row[0], got)
		}
	}
	for name, text := range files(t, written(t, b)) {
		if strings.HasPrefix(name, "xl/worksheets/") && strings.Contains(text, "<f>") || strings.Contains(name, "vba") || strings.Contains(name, "externalLink") {
			t.Errorf("%s holds something that runs", name)
		}
	}
}

func TestTextsThatXMLCannotHold(t *testing.T) {
	long := strings.Repeat("ä", maxText) + "end"
	wide := strings.Repeat("😀", maxText)
	for _, c := range []struct{ in, want string }{
		{"a\x00b\x1bc\x7fd\u0085e", "abcde"},
		{"a\ufffeb\uffffc", "abc"},
		{"a\u202eb", "ab"},
		{"\xffa", "a"},
		{"_x0041_", "_x0041_"}, // Excel's own way to write an A
		{"<a&b>'\"", "<a&b>'\""},
		{"  blanks  ", "  blanks  "},
		{long, strings.Repeat("ä", maxText-1) + "…"},
		{wide, strings.Repeat("😀", (maxText-1)/2) + "…"},
		{long[:2*maxText], long[:2*maxText]},
	} {
		f := read(t, Book{Tables: []Table{{Name: "T", Columns: Columns("Text"), Rows: [][]Cell{{Text(c.in)}}}}})
		if got, _ := f.GetCellValue("T", "A2"); got != c.want {
			t.Errorf("%.40q comes back as %.40q (%d bytes), want %.40q (%d bytes)", c.in, got, len(got), c.want, len(c.want))
		}
	}
	f := read(t, Book{Title: "<a&b>\x00", Tables: []Table{{Name: "T", Columns: Columns("N"), Rows: [][]Cell{{Number(math.NaN())}, {Number(math.Inf(1))}, {Number(1e300)}}}}})
	if got, _ := f.GetCellValue("T", "A2"); got != "NaN" {
		t.Errorf("no number comes back as %q", got)
	}
	if p, err := f.GetDocProps(); err != nil || p.Title != "<a&b>" || p.Created != "1980-01-01T00:00:00Z" {
		t.Errorf("properties are %+v, %v", p, err)
	}
}

func TestSheetsHaveHeadFilterAndWidths(t *testing.T) {
	f := read(t, sampleBook())
	panes, err := f.GetPanes("Controls")
	if err != nil || !panes.Freeze || panes.YSplit != 1 {
		t.Errorf("panes are %+v, %v", panes, err)
	}
	sheet := files(t, written(t, sampleBook()))["xl/worksheets/sheet2.xml"]
	if !strings.Contains(sheet, `<autoFilter ref="$A$1:$D$4"`) && !strings.Contains(sheet, `<autoFilter ref="A1:D4"`) {
		t.Errorf("the sheet has no filter: %s", sheet)
	}
	for column, want := range map[string]float64{"A": 17, "B": 11, "C": 11, "D": 8} {
		if got, _ := f.GetColWidth("Controls", column); got != want {
			t.Errorf("column %s is %v wide, want %v", column, got, want)
		}
	}
	wide := Table{Name: "W", Columns: Columns("A"), Rows: [][]Cell{{Text(strings.Repeat("x", 500))}}}
	if got := widths(wide)[0]; got != widest {
		t.Errorf("a long text makes a column %v wide", got)
	}
}

func TestTheCoverSaysWhatTheWorkbookHolds(t *testing.T) {
	f := read(t, sampleBook())
	if got := f.GetSheetList(); strings.Join(got, ",") != "About,Controls,Odd" || f.GetActiveSheetIndex() != 0 {
		t.Errorf("sheets are %v", got)
	}
	rows, err := f.GetRows("About")
	if err != nil {
		t.Fatal(err)
	}
	var got []string
	for _, r := range rows {
		got = append(got, strings.Join(r, " "))
	}
	if want := "Controls of Sample Ltd||Organization =Sample Ltd|As of 2026-11-24|Sheet Controls 3 rows|Sheet Odd 21 rows"; strings.Join(got, "|") != want {
		t.Errorf("the cover says %q", strings.Join(got, "|"))
	}
	p, err := f.GetDocProps()
	if err != nil || p.Title != "Controls of Sample Ltd" || p.Creator != "annex" || p.Created != "2026-11-24T00:00:00Z" || p.Modified != p.Created {
		t.Errorf("properties are %+v, %v", p, err)
	}
}

func TestTheSameBookGivesTheSameBytes(t *testing.T) {
	local := time.Local
	defer func() { time.Local = local }()
	first := written(t, sampleBook())
	for i := range 10 {
		time.Local = time.FixedZone("somewhere", (i-5)*3*3600)
		if !bytes.Equal(written(t, sampleBook()), first) {
			t.Fatalf("other bytes in %s", time.Local)
		}
	}
	z, err := zip.NewReader(bytes.NewReader(first), int64(len(first)))
	if err != nil {
		t.Fatal(err)
	}
	for i, f := range z.File {
		if (f.Name == "[Content_Types].xml") != (i == 0) {
			t.Errorf("file %d is %s", i, f.Name)
		}
		if !f.Modified.Equal(time.Date(1980, time.January, 1, 0, 0, 0, 0, time.UTC)) {
			t.Errorf("%s carries the time %v", f.Name, f.Modified)
		}
	}
}

func TestSheetNamesAreThoseThatExcelAllows(t *testing.T) {
	list := []string{"About", "ABOUT", "History", "", "a/b\\c?d*e[f]:g", "it's", strings.Repeat("long ", 20), strings.Repeat("long ", 20), strings.Repeat("😀", 40), "\x00", "  "}
	var tables []Table
	for _, n := range list {
		tables = append(tables, Table{Name: n, Columns: Columns("A"), Rows: [][]Cell{{Text("x")}}})
	}
	names := read(t, Book{Tables: tables}).GetSheetList()
	want := []string{
		"About", "About 2", "ABOUT 3", "History 2", "Sheet 4", "a-b-c-d-e-f--g", "it’s", "long long long long long long l", "long long long long long long 2",
		strings.Repeat("😀", 15), "Sheet 10", "Sheet 11",
	}
	if strings.Join(names, "|") != strings.Join(want, "|") {
		t.Errorf("names are\n%q want\n%q", names, want)
	}
}

func TestEmptyBooksAndTables(t *testing.T) {
	read(t, Book{})
	f := read(t, Book{Tables: []Table{{Name: "None", Columns: Columns("A", "B")}, {Name: "No head"}}})
	if rows, err := f.GetRows("None"); err != nil || len(rows) != 1 {
		t.Errorf("%v, %v", rows, err)
	}
	err := WriteXLSX(io.Discard, Book{Tables: []Table{{Name: "T", Columns: Columns("A"), Rows: [][]Cell{{Text("a"), Text("b")}}}}})
	if err == nil || err.Error() != `making a workbook: table "T": row 1 has 2 cells for a head of 1` {
		t.Errorf("a row that is too long gives %v", err)
	}
	err = WriteXLSX(io.Discard, Book{Tables: []Table{{Name: "T", Columns: Columns("A"), Rows: make([][]Cell, maxRows)}}})
	if err == nil || !strings.Contains(err.Error(), "room for 1048575 rows") {
		t.Errorf("too many rows give %v", err)
	}
	if err := WriteXLSX(brokenPipe{}, sampleBook()); err == nil || !strings.Contains(err.Error(), "broken pipe") {
		t.Errorf("a broken pipe gives %v", err)
	}
}

// TestManyRows writes more than excelize keeps in memory. It puts the rest into
// a temporary file, which must not stay.
func TestManyRows(t *testing.T) {
	dir := t.TempDir()
	t.Setenv("TMPDIR", dir)
	table := Table{Name: "Many", Columns: Columns("N", "Text")}
	text := Text(strings.Repeat("text ", 6000))
	for i := range 600 {
		table.Rows = append(table.Rows, []Cell{Number(i), text})
	}
	sheet := files(t, written(t, Book{Tables: []Table{table}}))["xl/worksheets/sheet2.xml"]
	if !strings.Contains(sheet, `<c r="A601" s="6"><v>599</v></c>`) {
		t.Error("the last row is missing")
	}
	if rest, err := os.ReadDir(dir); err != nil || len(rest) > 0 {
		t.Errorf("%v stays, %v", rest, err)
	}
}

// TestRowsAreAsHighAsTheirTexts holds that a row shows all of its lines, and that
// its height does not stay when somebody edits it.
func TestRowsAreAsHighAsTheirTexts(t *testing.T) {
	table := Table{Name: "T", Columns: Columns("A", "B"), Rows: [][]Cell{{Text("one"), Text("short")}, {Text("two"), Text(strings.Repeat("word ", 60))}, {Text("three\nlines\nhere")}}}
	sheet := files(t, written(t, Book{Tables: []Table{table}}))["xl/worksheets/sheet2.xml"]
	for _, want := range []string{`<row r="2" ht="15">`, `<row r="3" ht="90">`, `<row r="4" ht="45">`} {
		if !strings.Contains(sheet, want) {
			t.Errorf("there is no %s in %s", want, sheet)
		}
	}
}

type brokenPipe struct{}

func (brokenPipe) Write([]byte) (int, error) { return 0, errors.New("broken pipe") }

// files returns the files of a workbook as texts.
func files(t testing.TB, data []byte) map[string]string {
	t.Helper()
	z, err := zip.NewReader(bytes.NewReader(data), int64(len(data)))
	if err != nil {
		t.Fatal(err)
	}
	all := map[string]string{}
	for _, f := range z.File {
		r, err := f.Open()
		if err != nil {
			t.Fatal(err)
		}
		text, err := io.ReadAll(r)
		if err != nil {
			t.Fatal(err)
		}
		all[f.Name] = string(text)
	}
	return all
}
