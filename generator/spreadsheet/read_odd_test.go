package spreadsheet

import (
	"bytes"
	"testing"
)

func TestOddTexts(t *testing.T) {
	for _, s := range []string{"\x00", "\x1b[2J", "\r", "\v", "\x7f", "\u0085", "\u009b", "\u2028", "\u2029", "\u202a", "\u202e", "\u2066", "\u2069"} {
		if !(ReadCell{Text: "a" + s + "b"}).Odd() {
			t.Errorf("%q is not odd", s)
		}
	}
	for _, s := range []string{"", "a\tb\nc", "Überprüfung 質問 😀", "\u00a0\u200b\u200d\u200f\u061c", "\u2027\u202f\u2065\u206a", "עברית", "=1+1", "\ufffd", "\ufeff"} {
		if (ReadCell{Text: s}).Odd() {
			t.Errorf("%q is odd", s)
		}
	}
	cells := cellsOf(t, parts(rowsXML("<row>"+`<c t="inlineStr"><is><t>a_x001B_[2J</t></is></c><c t="str"><v>a`+"\u2028"+`b_x0000_</v></c><c t="inlineStr"><is><t>a_x0009_b_x000D_c</t></is></c></row>`)))
	if cells["A1"].Text != "a\x1b[2J" || cells["B1"].Text != "a\u2028b\x00" {
		t.Errorf("cells are %q and %q", cells["A1"].Text, cells["B1"].Text)
	}
	if !cells["A1"].Odd() || !cells["B1"].Odd() || cells["C1"].Odd() {
		t.Errorf("odd are %v, %v and %v", cells["A1"].Odd(), cells["B1"].Odd(), cells["C1"].Odd())
	}
	book, err := readList("a,\x1b[2J\n")
	if err != nil || !book.Sheets[0].Rows[0].Cells[1].Odd() {
		t.Errorf("a list gives %+v, %v", book, err)
	}
}

// TestNoSignOfAFileSteersATerminal puts signs that do into whatever a refusal names.
func TestNoSignOfAFileSteersATerminal(t *testing.T) {
	const evil, inXML = "x\x1b[2J\u009b\u202e%d", "x_x001B_\u009b\u202e%d"
	base := func(more ...entry) []byte {
		return zipped(t, with(parts(rowsXML("<row><c><v>1</v></c></row>")), more...))
	}
	links := func(kind, more string) entry {
		return entry{"xl/worksheets/_rels/sheet1.xml.rels", `<Relationships><Relationship Id="` + inXML + `" Type="` + kind + `" Target="x" TargetMode="External"/>` + more + `</Relationships>`}
	}
	sheets := func(s string) entry {
		return entry{"xl/workbook.xml", `<workbook xmlns:r="` + officeNS + `">` + s + `</workbook>`}
	}
	for i, data := range [][]byte{
		base(entry{evil, fill(" ", largestPart+1)}),
		base(entry{"../" + evil, ""}),
		base(entry{evil, ""}, entry{"X" + evil[1:], ""}),
		base(entry{"xl/vba" + evil, ""}),
		base(entry{"xl/" + evil + ".rels", ""}),
		base(entry{"xl/" + evil + ".rels", "<Relationships><b></Relationships>"}),
		base(entry{"xl/" + evil + ".rels", "<!DOCTYPE a>"}),
		base(entry{"xl/" + evil + ".rels", "<" + fill("a", longestPiece+1)}),
		base(entry{"xl/" + evil + ".rels", "<Relationships>" + fill("<a>", 1000)}),
		base(links("x/"+inXML, "")),
		base(links("hyperlink", `<Relationship Id="`+inXML+`"/>`)),
		base(linksPart("xl/_rels/workbook.xml.rels", "rId1", "worksheet", "worksheets/sheet1.xml", "rId3", "sharedStrings", inXML)),
		base(linksPart("xl/_rels/workbook.xml.rels", "rId1", inXML, "worksheets/sheet1.xml")),
		base(sheets(`<sheets><sheet name="` + inXML + `" r:id="none"/></sheets>`)),
		base(sheets(`<sheets><sheet name="`+inXML+`" r:id="rId1"/></sheets>`), entry{"xl/worksheets/sheet1.xml", "<worksheet><sheetData><row><c t=\"" + inXML + "\"><v>1</v></c></row></sheetData></worksheet>"}),
		base(sheets(`<definedNames><definedName name="` + inXML + `" xlm="1"/></definedNames>`)),
		base(entry{"xl/worksheets/sheet1.xml", `<worksheet xmlns:a="` + "x\u009b\u202e" + `" xmlns:b="y"><a:c></b:c></worksheet>`}),
	} {
		_, err := readBytes(data)
		if err == nil {
			t.Errorf("%d is read", i)
			continue
		}
		wantRefused(t, data, "")
		if (ReadCell{Text: err.Error()}).Odd() || bytes.Contains([]byte(err.Error()), []byte("%!")) || len(err.Error()) > 1000 {
			t.Errorf("%d is refused with %q", i, err)
		}
	}
}
