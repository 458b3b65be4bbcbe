package spreadsheet

import (
	"errors"
	"io"
	"strings"
	"testing"

	"annex/generator/aims"
)

func TestCellsOfEveryKind(t *testing.T) {
	for _, c := range []struct {
		xml  string
		want ReadCell
	}{
		{`<c r="A1" t="s"><v>0</v></c>`, ReadCell{Kind: HoldsText, Text: "shared"}},
		{`<c r="A1" t="inlineStr"><is><t>in line</t></is></c>`, ReadCell{Kind: HoldsText, Text: "in line"}},
		{`<c r="A1" t="inlineStr"><is><t>=1+1</t></is></c>`, ReadCell{Kind: HoldsText, Text: "=1+1"}},
		{`<c r="A1" t="inlineStr"><is><r><rPr><b/></rPr><t>bold</t></r><r><t xml:space="preserve"> and </t></r><r><t>not</t></r><rPh sb="0" eb="1"><t>said</t></rPh><phoneticPr fontId="1"/></is></c>`, ReadCell{Kind: HoldsText, Text: "bold and not"}},
		{`<c r="A1"><v>12.5</v></c>`, ReadCell{Kind: HoldsNumber, Number: 12.5, Text: "12.5"}},
		{`<c r="A1" t="n"><v> -3 </v></c>`, ReadCell{Kind: HoldsNumber, Number: -3, Text: "-3"}},
		{`<c r="A1"><v>0.30000000000000004</v></c>`, ReadCell{Kind: HoldsNumber, Number: 0.30000000000000004, Text: "0.3"}},
		{`<c r="A1"><v>1E300</v></c>`, ReadCell{Kind: HoldsNumber, Number: 1e300, Text: "1E+300"}},
		{`<c r="A1" s="99"><v>46350</v></c>`, ReadCell{Kind: HoldsNumber, Number: 46350, Text: "46350"}},
		{`<c r="A1" s="1"><v>46350</v></c>`, ReadCell{Kind: HoldsDay, Day: day(2026, 11, 24), Text: "2026-11-24"}},
		{`<c r="A1" s="2"><v>46350</v></c>`, ReadCell{Kind: HoldsDay, Day: day(2026, 11, 24), Text: "2026-11-24"}},
		{`<c r="A1" s="3"><v>46350</v></c>`, ReadCell{Kind: HoldsNumber, Number: 46350, Text: "46350"}},
		{`<c r="A1" s="6"><v>46350.604166666664</v></c>`, ReadCell{Kind: HoldsDay, Day: day(2026, 11, 24), Text: "2026-11-24", Clock: "14:30:00"}},
		{`<c r="A1" s="4"><v>46350.5</v></c>`, ReadCell{Kind: HoldsDay, Day: day(2026, 11, 24), Text: "2026-11-24", Clock: "12:00:00"}},
		{`<c r="A1" s="4"><v>0.5</v></c>`, ReadCell{Kind: HoldsNumber, Number: 0.5, Text: "12:00:00", Clock: "12:00:00"}},
		{`<c r="A1" s="5"><v>1.5</v></c>`, ReadCell{Kind: HoldsNumber, Number: 1.5, Text: "1.5"}},
		{`<c r="A1" s="1"><v>-1</v></c>`, ReadCell{Kind: HoldsNumber, Number: -1, Text: "-1"}},
		{`<c r="A1" t="d"><v>2026-11-24</v></c>`, ReadCell{Kind: HoldsDay, Day: day(2026, 11, 24), Text: "2026-11-24"}},
		{`<c r="A1" t="d"><v>2026-11-24T14:30:00.000</v></c>`, ReadCell{Kind: HoldsDay, Day: day(2026, 11, 24), Text: "2026-11-24", Clock: "14:30:00"}},
		{`<c r="A1" t="b"><v>1</v></c>`, ReadCell{Kind: HoldsBool, Text: "TRUE"}},
		{`<c r="A1" t="b"><v>0</v></c>`, ReadCell{Kind: HoldsBool, Text: "FALSE"}},
		{`<c r="A1" t="e"><v>#N/A</v></c>`, ReadCell{Kind: HoldsError, Text: "#N/A"}},
		{`<c r="A1"><f>1+1</f><v>2</v></c>`, ReadCell{Kind: HoldsNumber, Number: 2, Text: "2", Formula: true}},
		{`<c r="A1" s="1"><f>TODAY()</f><v>46350</v></c>`, ReadCell{Kind: HoldsDay, Day: day(2026, 11, 24), Text: "2026-11-24", Formula: true}},
		{`<c r="A1" t="str"><f>B1</f><v> text</v></c>`, ReadCell{Kind: HoldsText, Text: " text", Formula: true}},
		{`<c r="A1" t="str"><f t="shared" si="0"/><v></v></c>`, ReadCell{Formula: true}},
		{`<c r="A1"><f>cmd|'/C calc'!A0</f></c>`, ReadCell{Formula: true}},
		{`<c><v>1</v></c>`, ReadCell{Kind: HoldsNumber, Number: 1, Text: "1"}},
		{`<c r="A1" xmlns:x="urn:other" x:t="b"><v>1</v><extLst><ext><v>5</v></ext></extLst></c>`, ReadCell{Kind: HoldsNumber, Number: 1, Text: "1"}},
	} {
		c.want.At, c.want.Column = "A1", 1
		cells := cellsOf(t, parts(rowsXML(`<row r="1">`+c.xml+`</row>`)))
		if got := cells["A1"]; len(cells) != 1 || got != c.want {
			t.Errorf("%s gives\n%+v, want\n%+v", c.xml, got, c.want)
		}
	}
	for k, want := range map[Kind]string{HoldsNothing: "nothing", HoldsDay: "day", HoldsError: "error", 99: "error"} {
		if k.String() != want {
			t.Errorf("kind %d is called %s", k, k)
		}
	}
}

func TestEmptyCellsAreLeftOut(t *testing.T) {
	book, err := readBytes(zipped(t, parts(`<dimension ref="A1:XFD1048576"/>`+rowsXML(
		`<row r="1"/><row r="3"><c r="A3"/><c r="B3" s="1"/><c r="C3" t="s"><v>1</v></c><c r="D3" t="inlineStr"><is><t></t></is></c><c r="F3"><v>1</v></c></row><row><c r="B4"><v>2</v></c><c><v>3</v></c></row><row r="1048576"><c r="XFD1048576"><v>4</v></c></row>`))))
	if err != nil {
		t.Fatal(err)
	}
	var got []string
	for _, r := range book.Sheets[0].Rows {
		for _, c := range r.Cells {
			got = append(got, c.At+"="+c.Text)
		}
	}
	if want := "F3=1 B4=2 C4=3 XFD1048576=4"; strings.Join(got, " ") != want {
		t.Errorf("cells are %v, want %s", got, want)
	}
}

func TestSignsThatXMLCannotHoldAreDecodedOnce(t *testing.T) {
	for _, c := range []struct{ in, want string }{
		{"a_x000D__x000A_b", "a\nb"},
		{"a_x000D_\nb", "a\nb"},
		{"a_x000d_b", "a\nb"},
		{"a\r\nb\rc", "a\nb\nc"},
		{"a&#13;&#10;b", "a\nb"},
		{"_x0041_", "A"},
		{"_x005F_x0041_", "_x0041_"},
		{"_x005F_x005F_x005F_x0041_", "_x005F_x0041_"},
		{"_x005F_x005F_", "_x005F_"},
		{"_xD83D__xDE00_", "😀"},
		{"_xD83D_", "\ufffd"},
		{"_xDE00__xD83D_!", "\ufffd\ufffd!"},
		{"_x0009__x0000_", "\t\x00"},
		{"_X0041_ _x41_ _x00410_ _x004", "_X0041_ _x41_ _x00410_ _x004"},
		{"ä_x00E4_", "ää"},
		{"&lt;a&gt;&amp;amp;", "<a>&amp;"},
		{"a<![CDATA[<b>]]>c<!-- d -->", "a<b>c"},
	} {
		if got := cellsOf(t, parts(rowsXML(`<row><c t="inlineStr"><is><t xml:space="preserve">`+c.in+`</t></is></c></row>`)))["A1"].Text; got != c.want {
			t.Errorf("%q is read as %q, want %q", c.in, got, c.want)
		}
	}
}

func TestBlanksAroundATextAreKeptWhenItSaysSo(t *testing.T) {
	cells := cellsOf(t, parts(rowsXML(`<row><c t="inlineStr"><is><t> a </t></is></c><c t="inlineStr"><is><t xml:space="preserve"> a
 </t></is></c><c t="inlineStr"><is><t xml:space="preserve">   </t></is></c><c t="inlineStr"><is><t>   </t></is></c></row>`)))
	if cells["A1"].Text != "a" || cells["B1"].Text != " a\n " || cells["C1"].Text != "   " || len(cells) != 3 {
		t.Errorf("cells are %v", cells)
	}
}

func TestMergedHiddenAndFilledCellsTell(t *testing.T) {
	cells := cellsOf(t, parts(`<cols><col min="1" max="2" width="9"/><col min="3" max="3" hidden="1"/></cols>`+rowsXML(
		`<row r="1"><c r="A1"><v>1</v></c><c r="B1"><v>2</v></c><c r="C1"><v>3</v></c></row>`+
			`<row r="2" hidden="1"><c r="A2"><v>4</v></c><c r="B2"><v>5</v></c></row>`+
			`<row r="3"><c r="A3"><f t="array" ref="A3:B4">X</f><v>6</v></c><c r="B3"><v>7</v></c><c r="D3"><v>8</v></c></row>`+
			`<row r="4"><c r="B4"><v>9</v></c><c r="C4"><v>10</v></c></row>`+
			`<row r="5"><c r="B5"><v>11</v></c></row>`)+
		`<mergeCells count="2"><mergeCell ref="A1:B2"/><mergeCell ref="D3:XFD1048576"/></mergeCells>`))
	for at, want := range map[string]ReadCell{
		"A1": {Merged: "A1:B2"}, "B1": {Covered: true}, "C1": {Hidden: true},
		"A2": {Covered: true, Hidden: true}, "B2": {Covered: true, Hidden: true},
		"A3": {Formula: true}, "B3": {Formula: true}, "D3": {Merged: "D3:XFD1048576"},
		"B4": {Formula: true}, "C4": {Hidden: true}, "B5": {},
	} {
		c := cells[at]
		if got := (ReadCell{Merged: c.Merged, Covered: c.Covered, Formula: c.Formula, Hidden: c.Hidden}); got != want || c.Number == 0 {
			t.Errorf("%s is %+v, want %+v", at, got, want)
		}
	}
}

func TestRowsAndCellsInAnyOrder(t *testing.T) {
	book, err := readBytes(zipped(t, parts(rowsXML(`<row r="9"><c r="C9"><v>3</v></c><c r="A9"><v>2</v></c></row><row r="2"><c r="A2"><v>1</v></c></row>`))))
	if err != nil {
		t.Fatal(err)
	}
	rows := book.Sheets[0].Rows
	if len(rows) != 2 || rows[0].Number != 2 || rows[1].Number != 9 || rows[1].Cells[0].At != "A9" || rows[1].Cells[1].At != "C9" {
		t.Errorf("rows are %+v", rows)
	}
}

func TestSheetsOfAWorkbook(t *testing.T) {
	book := entry{"xl/workbook.xml", `<x:workbook xmlns:x="http://purl.oclc.org/ooxml/spreadsheetml/main" xmlns:r="http://purl.oclc.org/ooxml/officeDocument/relationships"><x:workbookPr date1904="1"/>` +
		`<x:sheets><x:sheet name="Risks &amp; more" sheetId="7" r:id="a"/><x:sheet name="Chart" sheetId="8" r:id="b"/><x:sheet name="Hidden" sheetId="9" state="veryHidden" r:id="c"/></x:sheets>` +
		`<x:definedNames><x:definedName name="_xlnm.Print_Area" localSheetId="0">'Risks &amp; more'!$A$1:$C$9</x:definedName><x:definedName name="T">Table1[[#All],[Owner]]+Table1[1]+Risks!$A$1</x:definedName></x:definedNames></x:workbook>`}
	links := linksPart("xl/_rels/workbook.xml.rels", "a", "worksheet", "worksheets/Sheet1.xml", "b", "chartsheet", "chartsheets/sheet1.xml", "c", "worksheet", "../xl/worksheets/sheet2.xml", "d", "styles", "styles.xml")
	got, err := readBytes(zipped(t, with(parts(rowsXML(`<row><c s="1"><v>0</v></c><c s="1"><v>44888</v></c></row>`)), book, links,
		entry{"xl/chartsheets/sheet1.xml", "<chartsheet/>"}, entry{"xl/worksheets/sheet2.xml", `<x:worksheet xmlns:x="http://purl.oclc.org/ooxml/spreadsheetml/main"><x:sheetData><x:row><x:c t="b"><x:v>true</x:v></x:c></x:row></x:sheetData></x:worksheet>`})))
	if err != nil {
		t.Fatal(err)
	}
	if len(got.Sheets) != 2 || got.Sheets[0].Name != "Risks & more" || got.Sheets[0].Hidden || got.Sheets[1].Name != "Hidden" || !got.Sheets[1].Hidden {
		t.Fatalf("sheets are %+v", got.Sheets)
	}
	first := got.Sheets[0].Rows[0].Cells
	if first[0].Day != aims.NewDate(1904, 1, 1) || first[1].Day != day(2026, 11, 24) || got.Sheets[1].Rows[0].Cells[0].Text != "TRUE" {
		t.Errorf("cells are %+v, %+v", first, got.Sheets[1].Rows)
	}
}

func TestWhatIsPassedOver(t *testing.T) {
	list := with(parts(rowsXML(`<row><c><v>1</v></c></row>`)+`<conditionalFormatting sqref="A1"><cfRule type="expression"><formula>A1&gt;1</formula></cfRule></conditionalFormatting><dataValidations><dataValidation sqref="A1"><formula1>"a,b"</formula1></dataValidation></dataValidations><hyperlinks><hyperlink ref="A1" r:id="rId1" xmlns:r="`+officeNS+`"/></hyperlinks><drawing/><legacyDrawing/><tableParts/>`),
		entry{"xl/worksheets/_rels/sheet1.xml.rels", `<Relationships ` + relationNS + `><Relationship Id="rId1" Type="` + officeNS + `/hyperlink" Target="https://example.org/" TargetMode="External"/><Relationship Id="rId2" Type="` + officeNS + `/comments" Target="../comments1.xml"/><Relationship Id="rId3" Type="` + officeNS + `/printerSettings" Target="../printerSettings/printerSettings1.bin"/></Relationships>`},
		entry{"xl/comments1.xml", "<!DOCTYPE x><not read"},
		entry{"xl/printerSettings/printerSettings1.bin", "\x00\x01"},
		entry{"xl/pivotTables/pivotTable1.xml", "<not read"},
		entry{"xl/charts/chart1.xml", "<not read"},
		entry{"xl/theme/theme1.xml", "<not read"},
		entry{"xl/media/", ""},
		entry{"xl/media/image1.png", "\x89PNG"},
		entry{"customXml/item1.xml", `<p:properties xmlns:p="http://schemas.microsoft.com/office/2006/metadata/properties"/>`},
		typesPart("/xl/workbook.xml", strings.Replace(mainType, "sheet.main", "template.main", 1), "/xl/printerSettings/printerSettings1.bin", "application/vnd.openxmlformats-officedocument.spreadsheetml.printerSettings"),
	)
	if got := cellsOf(t, list)["A1"].Text; got != "1" {
		t.Errorf("A1 is %q", got)
	}
}

func TestErrorsOfTheMachineAreNotThoseOfTheFile(t *testing.T) {
	data := zipped(t, parts(rowsXML("")))
	for _, fails := range []int64{0, 100, int64(len(data)) - 10} {
		_, err := Read(brokenDisk{strings.NewReader(string(data)), fails}, int64(len(data)))
		var refused *RefusedError
		if err == nil || errors.As(err, &refused) || err.Error() != "reading a workbook: disk is gone" {
			t.Errorf("a disk that fails at %d gives %v", fails, err)
		}
	}
	if _, err := ReadCSV(brokenDisk{strings.NewReader("a"), 0}, 1); err == nil || err.Error() != "reading a list: disk is gone" {
		t.Errorf("a list on it gives %v", err)
	}
	// A file that is shorter than was said has been cut off meanwhile.
	_, err := Read(strings.NewReader(string(data[:len(data)/2])), int64(len(data)))
	var refused *RefusedError
	if !errors.As(err, &refused) {
		t.Errorf("a file that shrinks gives %v", err)
	}
}

// brokenDisk fails when a byte is read that lies at or behind a place.
type brokenDisk struct {
	io.ReaderAt
	fails int64
}

func (b brokenDisk) ReadAt(p []byte, off int64) (int, error) {
	if off+int64(len(p)) > b.fails {
		return 0, errors.New("disk is gone")
	}
	return b.ReaderAt.ReadAt(p, off)
}
