package spreadsheet

import (
	"encoding/csv"
	"strings"
	"testing"

	"annex/generator/aims"
)

func csvOf(t testing.TB, table Table) string {
	t.Helper()
	var b strings.Builder
	if err := WriteCSV(&b, table); err != nil {
		t.Fatal(err)
	}
	return b.String()
}

func TestCSVIsQuotedAndEndsLinesWithCRLF(t *testing.T) {
	got := csvOf(t, Table{Columns: Columns("Control", `The "due"`, "N"), Rows: [][]Cell{
		{Text("Überprüfung, jährlich"), Day(aims.NewDate(2026, 11, 24)), Number(-1.5)},
		{Text("two\r\nlines\x00")},
	}})
	want := "\ufeff\"Control\",\"The \"\"due\"\"\",\"N\"\r\n\"Überprüfung, jährlich\",\"2026-11-24\",\"-1.5\"\r\n\"two\nlines\",\"\",\"\"\r\n"
	if got != want {
		t.Errorf("CSV is\n%q want\n%q", got, want)
	}
	if err := WriteCSV(brokenPipe{}, Table{Columns: Columns("A")}); err == nil || !strings.Contains(err.Error(), "broken pipe") {
		t.Errorf("a broken pipe gives %v", err)
	}
}

func TestCSVNeutralisesFormulas(t *testing.T) {
	for _, c := range []struct{ in, want string }{
		{"=1+1", "'=1+1"},
		{"+1", "'+1"},
		{"-1", "'-1"},
		{"@SUM(A1)", "'@SUM(A1)"},
		{"\t=1", "'\t'=1"},
		{"\r=1", "'\n'=1"},
		{"\tplain", "'\tplain"},
		{" =1", " '=1"},
		{"\u00a0=1", "\u00a0'=1"},
		{"\u200b=1", "\u200b'=1"},
		{"＝1", "'＝1"},
		{"a;=1", "a;'=1"},
		{"a; =1", "a; '=1"},
		{"a\n-b", "a\n'-b"},
		{"a\r-b", "a\n'-b"},
		{`"=1`, `"'=1`},
		{"'=1", "'=1"},
		{"a=1, b-c @d", "a=1, b-c @d"},
		{"ends in ;", "ends in ;"},
		{"", ""},
	} {
		text := csvOf(t, Table{Columns: Columns("A"), Rows: [][]Cell{{Text(c.in)}}})
		rows, err := csv.NewReader(strings.NewReader(strings.TrimPrefix(text, byteOrderMark))).ReadAll()
		if err != nil {
			t.Fatal(err)
		}
		if got := rows[1][0]; got != c.want {
			t.Errorf("%q becomes %q, want %q", c.in, got, c.want)
		}
	}
}

// TestNoReaderSeesAFormula reads the file as programs do that take a semicolon
// or a tab for the end of a cell.
func TestNoReaderSeesAFormula(t *testing.T) {
	table := Table{Columns: Columns("=Head", "Text")}
	for _, h := range hostile() {
		table.Rows = append(table.Rows, []Cell{Text(h), Text(h)}, []Cell{Text("a"), Text(`x"` + h)})
	}
	text := csvOf(t, table)
	for _, separator := range []rune{',', ';', '\t'} {
		r := csv.NewReader(strings.NewReader(strings.TrimPrefix(text, byteOrderMark)))
		r.Comma, r.LazyQuotes, r.FieldsPerRecord = separator, true, -1
		rows, err := r.ReadAll()
		if err != nil {
			t.Fatal(err)
		}
		for _, row := range rows {
			for _, cell := range row {
				if begins := strings.TrimLeft(cell, " \u00a0\u200b\""); begins != "" && strings.ContainsRune("=+-@", rune(begins[0])) {
					t.Errorf("with %q a cell is %q", separator, cell)
				}
			}
		}
	}
}
