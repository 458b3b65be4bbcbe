package spreadsheet

import (
	"archive/zip"
	"bytes"
	"compress/flate"
	"errors"
	"fmt"
	"io"
	"strings"
	"testing"
)

// entry is a file of a zip that a test makes.
type entry struct{ name, text string }

const (
	mainNS     = `xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main"`
	officeNS   = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
	relationNS = `xmlns="http://schemas.openxmlformats.org/package/2006/relationships"`
	mainType   = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet.main+xml"
)

// typesPart lists the types of parts; more are overrides, name and type in turn.
func typesPart(more ...string) entry {
	var b strings.Builder
	b.WriteString(`<Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types"><Default Extension="xml" ContentType="application/xml"/>` +
		`<Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/>`)
	if len(more) == 0 || more[0] != "/xl/workbook.xml" {
		more = append(more, "/xl/workbook.xml", mainType)
	}
	for i := 0; i < len(more); i += 2 {
		fmt.Fprintf(&b, `<Override PartName="%s" ContentType="%s"/>`, more[i], more[i+1])
	}
	return entry{"[Content_Types].xml", b.String() + "</Types>"}
}

// linksPart is the list of links of a part: id, last word of the type, target.
func linksPart(name string, links ...string) entry {
	var b strings.Builder
	fmt.Fprintf(&b, `<Relationships %s>`, relationNS)
	for i := 0; i < len(links); i += 3 {
		fmt.Fprintf(&b, `<Relationship Id="%s" Type="%s/%s" Target="%s"/>`, links[i], officeNS, links[i+1], links[i+2])
	}
	return entry{name, b.String() + "</Relationships>"}
}

// workbookPart is the main part with one sheet; more stands before the sheets.
func workbookPart(more string) entry {
	return entry{"xl/workbook.xml", `<workbook ` + mainNS + ` xmlns:r="` + officeNS + `">` + more + `<sheets><sheet name="Risks" sheetId="1" r:id="rId1"/></sheets></workbook>`}
}

// formats are the styles that tests use by their number.
const formats = `<styleSheet ` + mainNS + `><numFmts count="2"><numFmt numFmtId="164" formatCode="yyyy\-mm\-dd"/><numFmt numFmtId="165" formatCode="&quot;day &quot;0"/></numFmts>` +
	`<cellStyleXfs><xf numFmtId="14"/></cellStyleXfs>` +
	`<cellXfs><xf numFmtId="0"/><xf numFmtId="14"/><xf numFmtId="164"/><xf numFmtId="165"/><xf numFmtId="20"/><xf numFmtId="46"/><xf numFmtId="22"/></cellXfs></styleSheet>`

// parts are those of a workbook with one sheet, whose XML is given.
func parts(sheet string) []entry {
	return []entry{
		typesPart(),
		linksPart("_rels/.rels", "rId1", "officeDocument", "xl/workbook.xml"),
		workbookPart(""),
		linksPart("xl/_rels/workbook.xml.rels", "rId1", "worksheet", "worksheets/sheet1.xml", "rId2", "styles", "/xl/styles.xml", "rId3", "sharedStrings", "sharedStrings.xml"),
		{"xl/worksheets/sheet1.xml", `<worksheet ` + mainNS + `>` + sheet + `</worksheet>`},
		{"xl/styles.xml", formats},
		{"xl/sharedStrings.xml", `<sst ` + mainNS + `><si><t>shared</t></si><si><t></t></si></sst>`},
	}
}

// with replaces entries of the same name and adds the others.
func with(list []entry, more ...entry) []entry {
	for _, m := range more {
		found := false
		for i := range list {
			if list[i].name == m.name {
				list[i], found = m, true
			}
		}
		if !found {
			list = append(list, m)
		}
	}
	return list
}

func rowsXML(rows string) string { return "<sheetData>" + rows + "</sheetData>" }

func zipped(t testing.TB, list []entry) []byte {
	t.Helper()
	var b bytes.Buffer
	z := zip.NewWriter(&b)
	z.RegisterCompressor(zip.Deflate, func(w io.Writer) (io.WriteCloser, error) { return flate.NewWriter(w, flate.BestSpeed) })
	for _, e := range list {
		w, err := z.CreateHeader(&zip.FileHeader{Name: e.name, Method: zip.Deflate})
		if err != nil {
			t.Fatal(err)
		}
		if _, err := w.Write([]byte(e.text)); err != nil {
			t.Fatal(err)
		}
	}
	if err := z.Close(); err != nil {
		t.Fatal(err)
	}
	return b.Bytes()
}

func readBytes(data []byte) (*Workbook, error) {
	return Read(bytes.NewReader(data), int64(len(data)))
}

// cellsOf reads a sheet and returns its cells by name.
func cellsOf(t testing.TB, list []entry) map[string]ReadCell {
	t.Helper()
	book, err := readBytes(zipped(t, list))
	if err != nil {
		t.Fatal(err)
	}
	return byName(book.Sheets[0])
}

func byName(s Sheet) map[string]ReadCell {
	all := map[string]ReadCell{}
	for _, r := range s.Rows {
		for _, c := range r.Cells {
			all[c.At] = c
		}
	}
	return all
}

// wantRefused checks that a file is refused with a sentence, and with help.
func wantRefused(t *testing.T, data []byte, sentence string) {
	t.Helper()
	book, err := readBytes(data)
	var refused *RefusedError
	if !errors.As(err, &refused) {
		t.Errorf("it is read: %v, %v; want %q", book, err, sentence)
		return
	}
	whole := refused.Cause
	if refused.Place != "" {
		whole = refused.Place + ": " + whole
	}
	if !strings.Contains(whole, sentence) {
		t.Errorf("it is refused with\n%q, want\n%q", whole, sentence)
	}
	for _, s := range []string{refused.Cause, refused.Help} {
		if !strings.HasSuffix(s, ".") || strings.ToUpper(s[:1]) != s[:1] || strings.Contains(s, "%!") {
			t.Errorf("%q is no sentence", s)
		}
	}
}
