package docx

import (
	"archive/zip"
	"bytes"
	"encoding/xml"
	"errors"
	"io"
	"strings"
	"testing"
	"time"
)

// parts writes a document and returns its files by name. Every one of them must
// be well-formed XML, but for pictures.
func parts(t testing.TB, d Document) map[string]string {
	t.Helper()
	var b bytes.Buffer
	if err := Write(&b, d); err != nil {
		t.Fatal(err)
	}
	r, err := zip.NewReader(bytes.NewReader(b.Bytes()), int64(b.Len()))
	if err != nil {
		t.Fatal(err)
	}
	files := map[string]string{}
	for _, f := range r.File {
		in, err := f.Open()
		if err != nil {
			t.Fatal(err)
		}
		content, err := io.ReadAll(in)
		if err != nil {
			t.Fatal(err)
		}
		files[f.Name] = string(content)
		if !strings.HasPrefix(f.Name, "word/media/") {
			wellFormed(t, f.Name, string(content))
		}
	}
	return files
}

func wellFormed(t testing.TB, name, content string) {
	t.Helper()
	d := xml.NewDecoder(strings.NewReader(content))
	for {
		if _, err := d.Token(); err == io.EOF {
			return
		} else if err != nil {
			t.Fatalf("%s is not XML: %v", name, err)
		}
	}
}

// text returns the words of a file, with / between paragraphs and | between
// cells.
func text(t testing.TB, content string) string {
	t.Helper()
	d := xml.NewDecoder(strings.NewReader(content))
	var b strings.Builder
	for {
		token, err := d.Token()
		if err != nil {
			return strings.TrimRight(strings.TrimPrefix(b.String(), "\n"), "/") // after the declaration
		}
		switch x := token.(type) {
		case xml.CharData:
			b.Write(x)
		case xml.StartElement:
			switch x.Name.Local {
			case "br":
				b.WriteByte('\n')
			case "tab":
				if len(x.Attr) == 0 { // no stop of a tab
					b.WriteByte('\t')
				}
			}
		case xml.EndElement:
			switch x.Name.Local {
			case "p":
				b.WriteByte('/')
			case "tc":
				b.WriteByte('|')
			}
		}
	}
}

func body(blocks ...Block) Document { return Document{Title: "T", Blocks: blocks} }

func para(s string) Paragraph { return Paragraph{Runs: Text(s)} }

// sample is a document with one of everything.
func sample() Document {
	return Document{
		Title: "Title", Subtitle: "Sub", Language: "de", Header: Band{Left: Text("left"), Right: Text("right")},
		Footer: Band{Right: []Run{{Field: PageNumber}, {Text: " of "}, {Field: PageCount}}},
		Properties: Properties{
			Subject: "subject", Category: "category", Keywords: []string{"one", "two"}, Version: "1.0", Status: "Approved",
			Day: time.Date(2026, 11, 24, 0, 0, 0, 0, time.UTC), Custom: []Property{{"Version", "1.0"}, {"Classification", "Internal"}},
		},
		Blocks: []Block{
			Contents{Title: "Contents", Depth: 2},
			Heading{Level: 1, ID: "a", Runs: Text("First")},
			Paragraph{Runs: []Run{
				{Text: "bold", Bold: true},
				{Text: "italic", Italic: true},
				{Text: "struck", Strike: true},
				{Text: "code", Code: true},
				{Break: true},
				{Text: "web", Link: "https://example.org/a?b=c&d=e"},
				{Text: "here", Anchor: "a"},
				{Note: []Block{para("a note"), para("and more")}},
				{Text: "state", Tone: Good},
				{Text: "2", Raised: true},
				{Image: &Image{Alt: "words of a picture"}},
			}},
			List{Ordered: true, Start: 3, Items: [][]Block{{para("three"), List{Items: [][]Block{{para("inner")}}}}, {para("four")}}},
			Table{Caption: "Table 1", Heads: 1, Rows: []Row{
				{Cells: []Cell{{Blocks: []Block{para("A")}}, {Blocks: []Block{para("B")}}}},
				{Group: true, Cells: []Cell{{Blocks: []Block{para("group")}}}},
				{Cells: []Cell{{Align: Right, Blocks: []Block{para("1")}}, {}}},
			}},
			Table{Facts: true, Columns: []Column{{1}, {3}}, Rows: []Row{{Tall: 40, Cells: []Cell{{Blocks: []Block{para("name")}}, {Blocks: []Block{para("value")}}}}}},
			Code{"func main() {\n\tx()\n}\n"},
			Rule{},
			PageBreak{},
			Container{Kind: Quote, Blocks: []Block{para("said")}},
			Container{Kind: Warning, Title: Text("Warning"), Blocks: []Block{para("care"), List{Items: [][]Block{{para("point")}}}}},
			Paragraph{Style: Term, Runs: Text("term")},
			Container{Kind: Definition, Blocks: []Block{para("meaning")}},
		},
	}
}

func TestEverythingIsWritten(t *testing.T) {
	files := parts(t, sample())
	const want = "Title/Sub/Contents/ TOC \\o \"1-2\" \\n \\h \\z \\u First//First/bolditalicstruckcode\nwebherestate2words of a picture/three/inner/four/A/|B/|group/|1/|/|/name/|value/|/func main() {\n\tx()\n}//said/Warning/care/point/term/meaning"
	if got := text(t, files["word/document.xml"]); got != want {
		t.Errorf("text is\n%q want\n%q", got, want)
	}
	for name, wants := range map[string][]string{
		"word/document.xml": {
			`<w:pStyle w:val="Heading1"/>`, `<w:bookmarkStart w:id="1" w:name="_Toc1"/>`, `<w:hyperlink w:anchor="_Toc1"`, `<w:tblHeader/>`,
			`<w:tblCaption w:val="Table 1"/>`, `<w:pageBreakBefore/>`, `<w:footnoteReference w:id="1"/>`, `<w:pgSz w:w="11906" w:h="16838"/>`, `<w:strike/>`,
		},
		"word/footnotes.xml":           {"a note", "and more", "<w:footnoteRef/>"},
		"word/header1.xml":             {"left", "<w:tab/>", "right"},
		"word/footer1.xml":             {`w:instr=" PAGE "`, `w:instr=" NUMPAGES "`},
		"word/numbering.xml":           {`<w:startOverride w:val="3"/>`},
		"word/styles.xml":              {`w:styleId="Heading6"`, `<w:name w:val="heading 1"/>`, `<w:lang w:val="de-DE"`, `<w:outlineLvl w:val="5"/>`},
		"word/_rels/document.xml.rels": {`Target="https://example.org/a?b=c&amp;d=e" TargetMode="External"`},
		"docProps/core.xml":            {"<dc:title>Title</dc:title>", "<dc:creator>annex</dc:creator>", "2026-11-24T00:00:00Z", "<cp:keywords>one, two</cp:keywords>", "<cp:category>category</cp:category>"},
		"docProps/custom.xml":          {`name="Classification"><vt:lpwstr>Internal</vt:lpwstr>`, `pid="2"`, `pid="3"`},
	} {
		for _, want := range wants {
			if !strings.Contains(files[name], want) {
				t.Errorf("%s has no %s", name, want)
			}
		}
	}
}

func TestTheSameDocumentGivesTheSameBytes(t *testing.T) {
	var first bytes.Buffer
	if err := Write(&first, sample()); err != nil {
		t.Fatal(err)
	}
	for range 20 {
		var again bytes.Buffer
		if err := Write(&again, sample()); err != nil {
			t.Fatal(err)
		}
		if !bytes.Equal(first.Bytes(), again.Bytes()) {
			t.Fatal("the bytes differ")
		}
	}
	r, err := zip.NewReader(bytes.NewReader(first.Bytes()), int64(first.Len()))
	if err != nil {
		t.Fatal(err)
	}
	for i, f := range r.File {
		if f.Modified.Year() != 1980 || i == 0 && f.Name != "[Content_Types].xml" {
			t.Errorf("file %d is %s of %s", i, f.Name, f.Modified)
		}
	}
}

// TestNothingLeadsOutsideButLinks holds that the file asks nothing of the world.
func TestNothingLeadsOutsideButLinks(t *testing.T) {
	d := sample()
	d.Blocks = append(d.Blocks, Paragraph{Runs: []Run{
		{Text: "a", Link: "file:///etc/passwd"},
		{Text: "b", Link: "javascript:alert(1)"},
		{Text: "c", Link: `\\evil\share`},
		{Text: "d", Link: "ftp://x.example/"},
		{Note: []Block{Paragraph{Runs: []Run{{Text: "e", Link: "mailto:a@b.example"}}}}},
	}})
	for name, content := range parts(t, d) {
		for relation := range strings.SplitSeq(content, "<Relationship ") {
			if strings.Contains(relation, "External") && !strings.Contains(relation, "/hyperlink\" Target=\"https://") && !strings.Contains(relation, "/hyperlink\" Target=\"mailto:") {
				t.Errorf("%s: %s", name, relation)
			}
		}
		for _, word := range []string{"passwd", "javascript", "evil", "ftp:", "vba", "macro", "oleObject", "attachedTemplate", "INCLUDE", "DDE"} {
			if strings.Contains(content, word) {
				t.Errorf("%s holds %s", name, word)
			}
		}
	}
}

func TestAnEmptyDocument(t *testing.T) {
	for _, d := range []Document{{}, body(), body(Contents{Title: "C"}, List{}, Table{}, Container{}, Code{}, PageBreak{}, Paragraph{}, Heading{}), body(Table{Rows: []Row{{}}}, List{Items: [][]Block{{}}})} {
		if files := parts(t, d); !strings.Contains(files["word/document.xml"], "</w:sectPr></w:body>") {
			t.Errorf("%+v has no section", d)
		}
	}
}

// broken takes n bytes and then fails.
type broken struct{ n int }

func (b *broken) Write(p []byte) (int, error) {
	if b.n -= len(p); b.n < 0 {
		return 0, errors.New("disk full")
	}
	return len(p), nil
}

func TestAFullDiskIsAnError(t *testing.T) {
	for n := 0; n < 8000; n += 500 {
		if err := Write(&broken{n}, sample()); err == nil || !strings.Contains(err.Error(), "writing a Word file: disk full") {
			t.Errorf("after %d bytes: %v", n, err)
		}
	}
}
