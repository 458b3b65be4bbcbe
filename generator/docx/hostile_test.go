package docx

import (
	"fmt"
	"strings"
	"testing"
	"unicode/utf8"
)

func TestTextsThatXMLCannotHold(t *testing.T) {
	long := strings.Repeat("word ", 6400) + "end"
	for in, want := range map[string]string{
		"plain":                     "plain",
		"a\x00b\x01\x08\x0b\x1fc":   "abc",
		"a\tb\nc\r\nd\re":           "a\tb\nc\nd\ne",
		"\x00\tx\x00":               "\tx",
		"]]> <![CDATA[ <!-- --> ?>": "]]> <![CDATA[ <!-- --> ?>",
		"&amp; & <w:p> \" '":        "&amp; & <w:p> \" '",
		"_x0000_ _x000D_":           "_x0000_ _x000D_",
		"bad \xff\xfe utf":          "bad \ufffd\ufffd utf",
		"\ufffe\uffff\ufeffx":       "\ufeffx",
		"שלום עולם, مرحبا":          "שלום עולם, مرحبا",
		"👩‍👩‍👧‍👦 🏳️‍🌈 e\u0301": "👩‍👩‍👧‍👦 🏳️‍🌈 e\u0301",
		"  two  blanks  ":    "  two  blanks  ",
		"\u202eturned\u202c": "\u202eturned\u202c",
		long:                 long,
	} {
		d := Document{
			Title: in, Subtitle: in, Header: Band{Left: Text(in), Right: Text(in)}, Properties: Properties{Subject: in, Keywords: []string{in}, Custom: []Property{{in, in}}},
			Blocks: []Block{
				para(in),
				Heading{Level: 9, ID: in, Runs: Text(in)},
				Code{in},
				Table{Caption: in, Rows: []Row{{Cells: []Cell{{Blocks: []Block{para(in)}}}}}},
				Paragraph{Runs: []Run{{Text: in, Link: "https://example.org/" + in, Anchor: in}, {Image: &Image{Alt: in, Bytes: []byte(in)}}, {Note: []Block{para(in)}}}},
			},
		}
		got := strings.Split(text(t, parts(t, d)["word/document.xml"]), "/")
		if len(got) < 3 || got[0] != want || got[2] != want {
			t.Errorf("%.60q becomes %.60q", in, got)
		}
	}
}

func TestAddresses(t *testing.T) {
	for in, want := range map[string]string{
		"https://example.org":             "https://example.org",
		"HTTP://Example.org/a b":          "http://example.org/a%20b",
		"https://example.org/ü?q=ü#ü":     "https://example.org/%C3%BC?q=ü#%C3%BC",
		"mailto:a@b.example":              "mailto:a@b.example",
		"https://bücher.example/":         "https://xn--bcher-kva.example/",
		"http://[::1]:8080/x":             "",
		"http://":                         "",
		"http://a..b/":                    "",
		"http://a:99999/":                 "",
		"http://a b/":                     "",
		"http://user:secret@a.example/":   "",
		"mailto:":                         "",
		"mailto:a b@c.example":            "",
		"javascript:alert(1)":             "",
		"#here":                           "",
		"relative.md":                     "",
		"":                                "",
		"https://e.example/" + long(3000): "",
	} {
		got, ok := webAddress(in)
		if ok != (want != "") || ok && got != want {
			t.Errorf("%.60q becomes %q, %v", in, got, ok)
		}
	}
}

func long(n int) string { return strings.Repeat("x", n) }

// deep nests a block in n others.
func deep(n int, around func(Block) Block) Block {
	var b Block = para("bottom")
	for range n {
		b = around(b)
	}
	return b
}

func TestDeepNesting(t *testing.T) {
	for name, around := range map[string]func(Block) Block{
		"lists":       func(b Block) Block { return List{Items: [][]Block{{para("x"), b}}} },
		"bare lists":  func(b Block) Block { return List{Ordered: true, Items: [][]Block{{b}}} },
		"quotes":      func(b Block) Block { return Container{Blocks: []Block{b}} },
		"alerts":      func(b Block) Block { return Container{Kind: Tip, Title: Text("Tip"), Blocks: []Block{b}} },
		"definitions": func(b Block) Block { return Container{Kind: Definition, Blocks: []Block{b}} },
		"tables":      func(b Block) Block { return Table{Rows: []Row{{Cells: []Cell{{Blocks: []Block{b}}}}}} },
		"notes":       func(b Block) Block { return Paragraph{Runs: []Run{{Note: []Block{b}}}} },
	} {
		n := 100
		if name == "tables" {
			n = 8 // Markdown nests none
		}
		files := parts(t, body(deep(n, around)))
		if !strings.Contains(files["word/document.xml"]+files["word/footnotes.xml"], "bottom") {
			t.Errorf("%s lost what is at the bottom", name)
		}
		for _, bad := range []string{`w:left="-`, `w:w="-`, `w:ilvl w:val="9"`, `w:space="32"`} {
			if strings.Contains(files["word/document.xml"], bad) {
				t.Errorf("%s have %s", name, bad)
			}
		}
	}
}

func TestATableOfManyColumnsBecomesSeveral(t *testing.T) {
	var rows []Row
	for i := range 3 {
		var row Row
		for j := range 130 {
			row.Cells = append(row.Cells, Cell{Blocks: []Block{para(fmt.Sprintf("c%d.%d", i, j))}})
		}
		rows = append(rows, row)
	}
	content := parts(t, body(Table{Heads: 1, Rows: rows}))["word/document.xml"]
	if n := strings.Count(content, "<w:tbl>"); n != 3 {
		t.Errorf("%d tables, want 3", n)
	}
	for _, row := range strings.Split(content, "<w:tr>")[1:] {
		if n := strings.Count(row, "<w:tc>"); n > maxColumns {
			t.Errorf("a row of %d cells", n)
		}
	}
	for i := range 3 {
		for j := range 130 {
			want := 1
			if j == 0 {
				want = 3
			}
			if n := strings.Count(content, fmt.Sprintf(">c%d.%d<", i, j)); n != want {
				t.Errorf("cell %d.%d stands there %d times", i, j, n)
			}
		}
	}
}

func TestAHugeTable(t *testing.T) {
	row := Row{Cells: []Cell{{Blocks: []Block{para("a cell")}}, {Blocks: []Block{para("another")}}}}
	rows := make([]Row, 20000)
	for i := range rows {
		rows[i] = row
	}
	if n := strings.Count(parts(t, body(Table{Heads: 1, Rows: rows}))["word/document.xml"], "<w:tr>"); n != len(rows) {
		t.Errorf("%d rows", n)
	}
}

// FuzzWrite puts any text everywhere and wants well-formed files with the text
// in them.
func FuzzWrite(f *testing.F) {
	for _, s := range []string{"a", "\x00", "]]>", "_x0000_", "<w:t>", "\xff", "שלום", "https://a.example/", "mailto:a@b", "\u2028", "http://%zz"} {
		f.Add(s)
	}
	f.Fuzz(func(t *testing.T, s string) {
		files := parts(t, Document{Title: s, Header: Band{Left: Text(s)}, Blocks: []Block{
			Heading{Level: len(s), ID: s, Runs: Text(s)},
			Paragraph{Runs: []Run{{Text: s, Link: s}, {Text: s, Anchor: s, Code: true}, {Note: []Block{para(s), Code{s}}}}},
			Table{Caption: s, Heads: 1, Rows: []Row{{Cells: []Cell{{Blocks: []Block{para(s)}}}}}},
			Container{Kind: Kind(len(s) % 7), Title: Text(s), Blocks: []Block{Code{s}}},
		}})
		if word := strings.Map(func(r rune) rune {
			if r < 0x20 || !allowed(r) || r == utf8.RuneError {
				return -1
			}
			return r
		}, s); utf8.ValidString(s) && word == s && !strings.Contains(text(t, files["word/document.xml"]), s) {
			t.Errorf("%q is lost", s)
		}
	})
}
