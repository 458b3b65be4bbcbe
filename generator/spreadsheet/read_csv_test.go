package spreadsheet

import (
	"bytes"
	"errors"
	"fmt"
	"os"
	"path/filepath"
	"reflect"
	"strings"
	"testing"
	"time"
	"unicode/utf16"
)

func readList(data string) (*Workbook, error) {
	return ReadCSV(strings.NewReader(data), int64(len(data)))
}

// listOf returns the cells of a list by name.
func listOf(t *testing.T, data string) map[string]string {
	t.Helper()
	book, err := readList(data)
	if err != nil {
		t.Fatalf("%.60q: %v", data, err)
	}
	all := map[string]string{}
	for _, r := range book.Sheets[0].Rows {
		for _, c := range r.Cells {
			if c.Kind != HoldsText || c.At != At(c.Column, r.Number) || c.Formula {
				t.Errorf("a cell is %+v in row %d", c, r.Number)
			}
			all[c.At] = c.Text
		}
	}
	return all
}

// inUTF16 writes a text as UTF-16 with its mark, low byte first or last.
func inUTF16(s string, low int) string {
	var b strings.Builder
	for _, u := range utf16.Encode([]rune("\ufeff" + s)) {
		pair := [2]byte{byte(u), byte(u >> 8)}
		b.WriteByte(pair[low])
		b.WriteByte(pair[1-low])
	}
	return b.String()
}

func TestListsInEveryEncoding(t *testing.T) {
	const text = "Risiko;Größe\r\nÜber 5 €;„hoch“\r\n"
	windows := "Risiko;Gr\xf6\xdfe\r\n\xdcber 5 \x80;\x84hoch\x93\r\n"
	for _, c := range []struct {
		data, encoding string
		guessed        bool
	}{
		{text, "UTF-8", false},
		{"\ufeff" + text, "UTF-8", false},
		{inUTF16(text, 0), "UTF-16", false},
		{inUTF16(text, 1), "UTF-16", false},
		{windows, "Windows-1252", true},
	} {
		book, err := readList(c.data)
		if err != nil {
			t.Fatal(err)
		}
		if book.Encoding != c.encoding || book.Guessed != c.guessed || book.Separator != ';' || len(book.Sheets) != 1 {
			t.Errorf("%q is read as %+v", c.data, book)
		}
		if got, want := listOf(t, c.data), listOf(t, text); !reflect.DeepEqual(got, want) || got["A2"] != "Über 5 €" || got["B2"] != "„hoch“" {
			t.Errorf("%q gives %q", c.data, got)
		}
	}
}

func TestSeparatorsAreFound(t *testing.T) {
	for _, c := range []struct {
		data string
		want rune
	}{
		{"a,b,c\n1,2,3\n", ','},
		{"a;b;c\n1,5;2,5;3\n", ';'},
		{"a\tb\tc\n1,5\t2;5\t3\n", '\t'},
		{"Name, first;Age;City\nx, y;1;Bonn\nz;2;Köln\n", ';'},
		{"Name;Text\nx;one, two, three\ny;four\n", ';'},
		{"\"a;b\",\"c;d\"\n\"e;f;g\",\"h\"\n", ','},
		{"\"a\n;;;;\n\",b\nc,d", ','},
		{"single column\nno separator\n", ','},
		{"a;b", ';'},
		{"\n\na;b\n1;2\n", ';'},
		{"Risks of Sample Ltd, 2026\n\na;b;c\n1;2;3\n", ';'},
		{"1,5;2,5\n3,5;4,5\n", ';'},
		{"Name,Notes\nx,a; b\ny,c; d\n", ','},
		{"sep=;\na,b;c\n", ';'},
		{"sep=\t\r\na,b\tc\r\n", '\t'},
	} {
		book, err := readList(c.data)
		if err != nil || book.Separator != c.want {
			t.Errorf("%q is separated by %q, %v", c.data, book.Separator, err)
		}
	}
	if got := listOf(t, "sep=;\na,b;c\n"); got["A1"] != "a,b" || got["B1"] != "c" || len(got) != 2 {
		t.Errorf("after the line with the separator there is %q", got)
	}
}

func TestRowsOfAListHaveTheNumbersOfASpreadsheet(t *testing.T) {
	got := listOf(t, "\na,b\n\n\r\n\"two\r\nlines\",d\n,\n\"\"\n e ,\"f \"\"g\"\"\"\n\n=1+1,'x")
	want := map[string]string{"A2": "a", "B2": "b", "A5": "two\nlines", "B5": "d", "A8": " e ", "B8": `f "g"`, "A10": "=1+1", "B10": "'x"}
	if !reflect.DeepEqual(got, want) {
		t.Errorf("cells are\n%q, want\n%q", got, want)
	}
	if got := listOf(t, "a;b\rc;d\r"); got["B2"] != "d" || len(got) != 4 {
		t.Errorf("lines of an old Mac give %q", got)
	}
	if got := listOf(t, "a,b,c\nd\ne,f,g,h,i\n"); got["E3"] != "i" || len(got) != 9 {
		t.Errorf("rows of other lengths give %q", got)
	}
	if book, err := readList("\n\n,,\n"); err != nil || len(book.Sheets[0].Rows) != 0 {
		t.Errorf("a list of nothing gives %+v, %v", book, err)
	}
}

func TestListsThatAreRefused(t *testing.T) {
	for _, c := range []struct{ name, data, want string }{
		{"nothing", "", "The file is empty."},
		{"UTF-8 that is none", "\ufeffa,\xff", "says that it is UTF-8, and it is not"},
		{"workbook", string(zipped(t, parts(rowsXML("")))), "but a workbook or a zip"},
		{"picture", "\x89PNG\r\n\x1a\n\x00", "holds signs that no text has"},
		{"UTF-16 without mark", "a\x00,\x00b\x00", "holds signs that no text has"},
		{"quote alone", "a,b\nc,d\"e\n", "line 2: A quote stands alone"},
		{"quote not closed", "a,b\n\"c,d\ne,f\n", "line 2: A quote stands alone"},
		{"quote closed early", "a,b\n\"c\"d,e\n", "line 2: A quote stands alone"},
		{"other separator", "sep=|\na|b\n", `separated by '|'`},
		{"too many columns", strings.Repeat(",", 16384), "16385 values"},
		{"too long a row", "a\n" + strings.Repeat("\x80", 2<<20) + "\n", "A row of the list has 7 MB, and up to 4 MB are read"},
		{"too many cells", strings.Repeat("a,b,c,d,e\n", 40001), "more than 200000 filled cells"},
		{"too large", strings.Repeat("a", largestPart+1), "has 17 MB, and up to 16 MB"},
	} {
		t.Run(c.name, func(t *testing.T) {
			_, err := readList(c.data)
			var refused *RefusedError
			if !errors.As(err, &refused) {
				t.Fatalf("it is read, %v", err)
			}
			if got := strings.TrimPrefix(refused.Place+": "+refused.Cause, ": "); !strings.Contains(got, c.want) || !strings.HasSuffix(refused.Help, ".") {
				t.Errorf("it is refused with %q and %q, want %q", got, refused.Help, c.want)
			}
		})
	}
}

func TestCostsOfLists(t *testing.T) {
	for name, data := range map[string]string{
		"separators":    strings.Repeat(strings.Repeat(",", 16383)+"\n", 1000),
		"empty lines":   strings.Repeat("\n", largestPart),
		"quotes":        strings.Repeat(`"`, largestPart),
		"one text":      `"` + strings.Repeat("x", largestPart-2) + `"`,
		"many columns":  strings.Repeat(",", largestPart),
		"no UTF-8":      strings.Repeat("\x80", largestPart),
		"marks":         strings.Repeat("\ufeff", largestPart/3),
		"short texts":   strings.Repeat(strings.Repeat("text,", 15)+"\n", 13000),
		"quoted breaks": strings.Repeat("\"\n\",", largestPart/4),
	} {
		t.Run(name, func(t *testing.T) {
			took, peak := cost(func() { _, _ = readList(data) })
			t.Logf("%.1f s, %d MB", took.Seconds(), peak>>20)
			if took > time.Minute || peak > 200<<20 {
				t.Errorf("it takes %s and %d MB", took, peak>>20)
			}
		})
	}
}

func TestOurOwnListsAreRead(t *testing.T) {
	table := foreignTable()
	got := listOf(t, csvOf(t, table))
	for i, row := range table.Rows {
		for j, cell := range row {
			want := cell.String()
			if cell.kind == isText {
				want = harmless(want)
			}
			if at := At(j+1, i+2); got[at] != want {
				t.Errorf("%s is %.40q, want %.40q", at, got[at], want)
			}
		}
	}
}

func TestListsOfLibreOffice(t *testing.T) {
	own := filepath.Join(t.TempDir(), "own.xlsx")
	table := foreignTable()
	if err := os.WriteFile(own, written(t, Book{Tables: []Table{table}}), 0o644); err != nil {
		t.Fatal(err)
	}
	// Separator, quote, encoding (76 is UTF-8, 1 is Windows-1252, 65535 UTF-16), first line, ..., sheet 2.
	for filter, encoding := range map[string]string{"44,34,76": "UTF-8", "59,34,65535": "UTF-16", "9,34,76": "UTF-8", "59,34,1": "Windows-1252"} {
		t.Run(fmt.Sprint(filter), func(t *testing.T) {
			out := convert(t, own, "csv:Text - txt - csv (StarCalc):"+filter+",1,,0,false,true,false,false,false,2")
			found, err := filepath.Glob(filepath.Join(filepath.Dir(out), "*.csv"))
			if err != nil || len(found) != 1 {
				t.Fatalf("%v, %v", found, err)
			}
			data, err := os.ReadFile(found[0])
			if err != nil {
				t.Fatal(err)
			}
			book, err := ReadCSV(bytes.NewReader(data), int64(len(data)))
			if err != nil {
				t.Fatal(err)
			}
			if book.Encoding != encoding || string(book.Separator) != map[string]string{"44": ",", "59": ";", "9\x2c": "\t"}[filter[:2]] {
				t.Errorf("it is read as %s with %q", book.Encoding, book.Separator)
			}
			cells := byName(book.Sheets[0])
			for i, want := range foreignTexts() {
				if encoding == "Windows-1252" && strings.ContainsFunc(want, func(r rune) bool { return r > 0xff }) {
					continue // it has no room for them
				}
				if got := cells[At(1, i+2)].Text; got != want {
					t.Errorf("%.40q is read as %.40q", want, got)
				}
			}
			for i, want := range foreignDays() {
				if got := cells[At(3, i+2)].Text; got != want.String() {
					t.Errorf("%s is read as %q", want, got)
				}
			}
		})
	}
}
