package spreadsheet

import (
	"archive/zip"
	"bytes"
	"encoding/binary"
	"fmt"
	"io/fs"
	"strings"
	"testing"
)

func TestFilesThatAreNoWorkbook(t *testing.T) {
	sheetOnly := parts(rowsXML(""))
	for _, c := range []struct {
		name string
		data []byte
		want string
	}{
		{"nothing", nil, "The file is empty."},
		{"xls", []byte("\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + strings.Repeat("\x00", 504)), "This is an old or encrypted Excel file."},
		{"BIFF5", []byte("\x09\x08\x08\x00\x00\x05"), "old Excel file (.xls)"},
		{"csv", []byte("Risk,Owner\r\nBias,me\r\n"), "This is a text file"},
		{"csv in UTF-16", []byte("\xff\xfeR\x00i\x00s\x00k\x00"), "This is a text file"},
		{"csv with a mark", []byte("\ufeffRisk;Owner"), "This is a text file"},
		{"pdf", []byte("%PDF-1.7\n"), "This is a PDF"},
		{"html", []byte("\r\n<HTML><body><table>"), "This is a web page"},
		{"xml of 2003", []byte(`<?xml version="1.0"?><?mso-application progid="Excel.Sheet"?><Workbook xmlns="urn:schemas-microsoft-com:office:spreadsheet">`), "XML Spreadsheet 2003"},
		{"fods", []byte(`<?xml version="1.0"?><office:document office:mimetype="application/vnd.oasis.opendocument.spreadsheet">`), "OpenDocument"},
		{"gzip", []byte("\x1f\x8b\x08\x00"), "gzip"},
		{"lfs", []byte("version https://git-lfs.github.com/spec/v1\noid sha256:00\n"), "Git LFS"},
		{"random", []byte("\x01\x02\x03\x04\xff\xfe\x00\x01"), "This is not an Excel workbook."},
		{"png", []byte("\x89PNG\r\n\x1a\n\x00\x00\x00\rIHDR"), "This is not an Excel workbook."},
		{"ods", zipped(t, []entry{{"mimetype", "application/vnd.oasis.opendocument.spreadsheet"}, {"content.xml", "<x/>"}}), "OpenDocument file (such as .ods)"},
		{"numbers", zipped(t, []entry{{"Index/Document.iwa", "x"}}), "Numbers file of Apple"},
		{"zip", zipped(t, []entry{{"notes.txt", "x"}}), "This is a zip, but no Excel workbook."},
		{"empty zip", []byte("PK\x05\x06" + strings.Repeat("\x00", 18)), "is not whole, or is no workbook"},
		{"docx", zipped(t, with(sheetOnly, typesPart("/xl/workbook.xml", "application/vnd.openxmlformats-officedocument.wordprocessingml.document.main+xml"))), "This is a Word document"},
		{"pptx", zipped(t, with(sheetOnly, typesPart("/xl/workbook.xml", "application/vnd.openxmlformats-officedocument.presentationml.presentation.main+xml"))), "PowerPoint"},
		{"xlsb", zipped(t, with(sheetOnly, typesPart("/xl/workbook.xml", "application/vnd.ms-excel.sheet.binary.macroEnabled.main"))), "(.xlsb)"},
		{"other package", zipped(t, with(sheetOnly, typesPart("/xl/workbook.xml", "application/vnd.ms-package.3dmanufacturing-3dmodel+xml"))), "This is not an Excel workbook."},
	} {
		t.Run(c.name, func(t *testing.T) { wantRefused(t, c.data, c.want) })
	}
}

func TestWhatRunsOrReachesOutsideIsRefused(t *testing.T) {
	base := func(more ...entry) []byte {
		return zipped(t, with(parts(rowsXML("<row><c><v>1</v></c></row>")), more...))
	}
	sheetLinks := func(text string) entry {
		return entry{"xl/worksheets/_rels/sheet1.xml.rels", `<Relationships ` + relationNS + `>` + text + `</Relationships>`}
	}
	link := func(kind, target, mode string) entry {
		return sheetLinks(fmt.Sprintf(`<Relationship Id="r" Type="%s" Target="%s" TargetMode="%s"/>`, kind, target, mode))
	}
	const macros, elsewhere, embedded, activeX, connected, addIn = "holds macros", "from other workbooks or programs", "embedded in it", "ActiveX", "from a database or from the web", "add-in"
	for _, c := range []struct {
		name string
		data []byte
		want string
	}{
		{"xlsm", base(typesPart("/xl/workbook.xml", "application/vnd.ms-excel.sheet.macroEnabled.main+xml")), macros},
		{"xltm", base(typesPart("/xl/workbook.xml", "application/vnd.ms-excel.template.macroEnabled.main+xml")), macros},
		{"xlam", base(typesPart("/xl/workbook.xml", "application/vnd.ms-excel.addin.macroEnabled.main+xml")), macros},
		{"VBA by name", base(entry{"xl/vbaProject.bin", "x"}), macros},
		{"VBA by name in another case", base(entry{"XL/VBAPROJECT.BIN", "x"}), macros},
		{"VBA by type", base(entry{"xl/harmless.bin", "x"}, typesPart("/xl/harmless.bin", "application/vnd.ms-office.vbaProject")), macros},
		{"VBA by ending", base(entry{"xl/harmless.bin", "x"}, entry{"[Content_Types].xml", strings.Replace(typesPart().text, "<Override", `<Default Extension="BIN" ContentType="application/vnd.ms-office.vbaProject"/><Override`, 1)}), macros},
		{"VBA by link", base(link("http://schemas.microsoft.com/office/2006/relationships/vbaProject", "harmless.bin", "Internal")), macros},
		{"macro sheet", base(linksPart("xl/_rels/workbook.xml.rels", "rId1", "worksheet", "worksheets/sheet1.xml", "rId9", "xlMacrosheet", "sheets/a.xml")), macros},
		{"macro sheet by type", base(entry{"xl/worksheets/sheet2.xml", "<x/>"}, typesPart("/xl/worksheets/sheet2.xml", "application/vnd.ms-excel.macrosheet+xml")), macros},
		{"dialog sheet", base(entry{"xl/dialogsheets/sheet1.xml", "<x/>"}), macros},
		{"name of a macro", base(workbookPart(`<definedNames><definedName name="Auto_Open" xlm="1">M!A1</definedName></definedNames>`)), `name "Auto_Open": The workbook holds macros`},
		{"menus", base(entry{"customUI/customUI14.xml", "<x/>"}), "buttons of its own"},
		{"menus by link", base(linksPart("_rels/.rels", "rId1", "officeDocument", "xl/workbook.xml", "rId2", "ui/extensibility", "x/y.xml")), "buttons of its own"},
		{"external link", base(entry{"xl/externalLinks/externalLink1.xml", "<x/>"}), elsewhere},
		{"external link by type", base(entry{"xl/a.xml", `<x/>`}, typesPart("/xl/a.xml", "application/vnd.openxmlformats-officedocument.spreadsheetml.externalLink+xml")), elsewhere},
		{"external references", base(workbookPart(`<externalReferences><externalReference/></externalReferences>`)), elsewhere},
		{"real time", base(entry{"xl/volatileDependencies.xml", "<x/>"}), elsewhere},
		{"name elsewhere", base(workbookPart(`<definedNames><definedName name="Rate">[1]Sheet1!$A$1</definedName></definedNames>`)), `a name, "Rate", for cells of another workbook`},
		{"quoted name elsewhere", base(workbookPart(`<definedNames><definedName name="Rate">'C:\x\[a.xlsx]My sheet'!$A$1</definedName></definedNames>`)), `a name, "Rate", for cells of another workbook`},
		{"embedded", base(entry{"xl/embeddings/oleObject1.bin", "x"}), embedded},
		{"embedded by link", base(link(officeNS+"/package", "../other/a.docx", "Internal")), embedded},
		{"OLE by type", base(entry{"xl/a.bin", "x"}, typesPart("/xl/a.bin", "application/vnd.openxmlformats-officedocument.oleObject")), embedded},
		{"ActiveX", base(entry{"xl/activeX/activeX1.xml", "<x/>"}), activeX},
		{"ActiveX by link", base(link(officeNS+"/control", "../a.xml", "Internal")), activeX},
		{"connections", base(entry{"xl/connections.xml", "<x/>"}), connected},
		{"query table", base(link(officeNS+"/queryTable", "../a.xml", "Internal")), connected},
		{"data model", base(entry{"xl/model/item.data", "x"}), connected},
		{"add-in", base(entry{"xl/webextensions/webextension1.xml", "<x/>"}), addIn},
		{"query", base(entry{"customXml/item1.xml", "\xff\xfe<\x00D\x00a\x00t\x00a\x00M\x00a\x00s\x00h\x00u\x00p\x00 \x00"}), "Power Query"},
		{"picture elsewhere", base(link(officeNS+"/image", "https://evil.example/a.png", "External")), "takes something from elsewhere (\"image\", as its part \"xl/worksheets/_rels/sheet1.xml.rels\" says)."},
		{"picture elsewhere in another case", base(link(officeNS+"/image", "https://evil.example/a.png", "external")), "takes something from elsewhere (\"image\", as its part \"xl/worksheets/_rels/sheet1.xml.rels\" says)."},
		{"OLE elsewhere", base(link(officeNS+"/oleObject", "file:///a", "External")), embedded},
		{"main part elsewhere", base(sheetLinks(""), entry{"_rels/.rels", `<Relationships ` + relationNS + `><Relationship Id="r" Type="` + officeNS + `/officeDocument" Target="https://evil.example/a" TargetMode="External"/></Relationships>`}), "where its sheets are"},
	} {
		t.Run(c.name, func(t *testing.T) { wantRefused(t, c.data, c.want) })
	}
}

func TestDamagedWorkbooks(t *testing.T) {
	base := func(more ...entry) []byte {
		return zipped(t, with(parts(rowsXML("<row><c><v>1</v></c></row>")), more...))
	}
	rows := func(s string) []byte { return zipped(t, parts(rowsXML(s))) }
	sheet := func(s string) []byte { return base(entry{"xl/worksheets/sheet1.xml", s}) }
	for _, c := range []struct {
		name string
		data []byte
		want string
	}{
		{"sheet missing", base(linksPart("xl/_rels/workbook.xml.rels", "rId1", "worksheet", "worksheets/none.xml")), `its sheet "Risks" is missing`},
		{"links missing", zipped(t, parts("")[:3]), `its sheet "Risks" is missing`},
		{"strings missing", base(linksPart("xl/_rels/workbook.xml.rels", "rId1", "worksheet", "worksheets/sheet1.xml", "rId3", "sharedStrings", "none.xml")), `its part "xl/none.xml" is missing`},
		{"no sheets", base(entry{"xl/workbook.xml", "<workbook/>"}), "it has no sheets"},
		{"sheets of one name", base(entry{"xl/workbook.xml", `<workbook xmlns:r="` + officeNS + `"><sheets><sheet name="A" r:id="rId1"/><sheet name="a" r:id="rId1"/></sheets></workbook>`}), `two sheets with the name "a"`},
		{"sheet of no kind", base(linksPart("xl/_rels/workbook.xml.rels", "rId1", "styles", "styles.xml")), `its sheet "Risks" is a "styles"`},
		{"ids twice", base(linksPart("xl/_rels/workbook.xml.rels", "rId1", "worksheet", "worksheets/sheet1.xml", "rId1", "styles", "styles.xml")), `uses the id "rId1" twice`},
		{"types twice", base(typesPart("/xl/styles.xml", "a", "/XL/Styles.xml", "b")), `says twice what "xl/styles.xml" is`},
		{"sheet breaks off", sheet(`<worksheet><sheetData><row><c><v>1</v></c></row><row><c><v>2</v>`), "unexpected EOF"},
		{"sheet is empty", sheet(""), "is empty"},
		{"sheet is another", sheet("<styleSheet/>"), `holds a "styleSheet" where a "worksheet" belongs`},
		{"two roots", sheet("<worksheet/><worksheet/>"), "two beginnings"},
		{"DTD", sheet(`<!DOCTYPE x [<!ENTITY a "aaaa"><!ENTITY b "&a;&a;">]><worksheet><sheetData><row><c t="inlineStr"><is><t>&b;</t></is></c></row></sheetData></worksheet>`), "declares a document type"},
		{"external entity", sheet(`<!DOCTYPE x SYSTEM "file:///etc/passwd"><worksheet/>`), "declares a document type"},
		{"DTD in the list of types", base(entry{"[Content_Types].xml", "<!DOCTYPE x>" + typesPart().text}), "declares a document type"},
		{"entity", rows(`<row><c t="inlineStr"><is><t>&nbsp;</t></is></c></row>`), "invalid character entity"},
		{"control sign", rows(`<row><c t="inlineStr"><is><t>&#0;</t></is></c></row>`), "illegal character code"},
		{"UTF-8", rows("<row><c t=\"inlineStr\"><is><t>a\xff</t></is></c></row>"), "invalid UTF-8"},
		{"UTF-16", sheet("\xfe\xff\x00<\x00w"), "cannot be read"},
		{"other encoding", sheet(`<?xml version="1.0" encoding="UTF-7"?><worksheet/>`), "cannot be read"},
		{"elements crossed", rows(`<row><c></row></c>`), "cannot be read"},
		{"cell twice", rows(`<row r="1"><c r="B1"><v>1</v></c><c r="A1"/><c r="B1"><v>2</v></c></row>`), `sheet "Risks", cell B1: The workbook is damaged: the cell is there twice.`},
		{"row twice", rows(`<row r="2"><c r="B2"><v>1</v></c></row><row r="1"><c r="A1"><v>1</v></c></row><row r="2"><c r="A2"><v>2</v></c></row>`), "the row 2 twice"},
		{"row 0", rows(`<row r="0"/>`), `a row with the number "0"`},
		{"row -1", rows(`<row r="-1"/>`), `a row with the number "-1"`},
		{"row too far", rows(`<row r="1048577"/>`), "it has a row 1048577, and no sheet has"},
		{"row behind the last", rows(`<row r="1048576"/><row/>`), "it has a row 1048577, and no sheet has"},
		{"column too far", rows(`<row r="1"><c r="XFE1"/></row>`), `a cell "XFE1" in row 1`},
		{"column behind the last", rows(`<row r="1"><c r="XFD1"/><c/></row>`), "row 1 has too many cells"},
		{"cell of another row", rows(`<row r="1"><c r="A2"/></row>`), `a cell "A2" in row 1`},
		{"cell without row", rows(`<row r="1"><c r="A"/></row>`), `a cell "A" in row 1`},
		{"cell with long name", rows(`<row r="1"><c r="A` + strings.Repeat("1", 500) + `"/></row>`), `a cell "A1111`},
		{"string out of list", rows(`<row><c t="s"><v>2</v></c></row>`), `cell A1: The workbook is damaged: the cell holds the text "2" of a list of 2.`},
		{"string before list", rows(`<row><c t="s"><v>-1</v></c></row>`), `the text "-1"`},
		{"number in hex", rows(`<row><c><v>0x10</v></c></row>`), `holds the number "0x10"`},
		{"no number", rows(`<row><c><v>NaN</v></c></row>`), `holds the number "NaN"`},
		{"number without end", rows(`<row><c><v>1e999</v></c></row>`), `holds the number "1e999"`},
		{"no day", rows(`<row><c t="d"><v>24.11.2026</v></c></row>`), `holds the day "24.11.2026"`},
		{"kind", rows(`<row><c t="x"><v>1</v></c></row>`), `holds a "x"`},
		{"error", rows(`<row><c t="e"><v>` + strings.Repeat("#", 41) + `</v></c></row>`), "holds the error"},
		{"merged", zipped(t, parts(`<sheetData/><mergeCells><mergeCell ref="B2:A1"/></mergeCells>`)), `cells "B2:A1", which there are not`},
		{"merged twice", zipped(t, parts(`<sheetData/><mergeCells><mergeCell ref="B2:C3"/><mergeCell ref="A9:A10"/><mergeCell ref="A1:B2"/></mergeCells>`)), `sheet "Risks": The workbook is damaged: its merged cells A1:B2 and B2:C3 lie over each other.`},
		{"merged across", zipped(t, parts(`<sheetData/><mergeCells><mergeCell ref="A2:XFD2"/><mergeCell ref="BM1:BM9"/></mergeCells>`)), "its merged cells BM1:BM9 and A2:XFD2 lie over each other"},
		{"name of a sheet", base(entry{"xl/workbook.xml", `<workbook xmlns:r="` + officeNS + `"><sheets><sheet name="` + strings.Repeat("a", longestName+1) + `" r:id="rId1"/></sheets></workbook>`}), `has a name that is longer than Excel has room for`},
		{"filled", rows(`<row><c><f t="array" ref="A0">X</f></c></row>`), `cells "A0", which there are not`},
		{"columns", zipped(t, parts(`<cols><col min="0" max="99999" hidden="1"/></cols>`)), "hides columns that there are not"},
	} {
		t.Run(c.name, func(t *testing.T) { wantRefused(t, c.data, c.want) })
	}
}

func TestHostileZips(t *testing.T) {
	whole := zipped(t, parts(rowsXML("<row><c><v>1</v></c></row>")))
	if _, err := readBytes(whole); err != nil {
		t.Fatal(err)
	}
	named := func(name string) []byte {
		return zipped(t, append(parts(rowsXML("")), entry{name, "x"}))
	}
	// lie changes a number in the entry of the last file in the list of parts.
	lie := func(offset, size int, value uint64) []byte {
		data := bytes.Clone(whole)
		at := bytes.LastIndex(data, []byte("PK\x01\x02")) + offset
		var b [8]byte
		binary.LittleEndian.PutUint64(b[:], value)
		copy(data[at:at+size], b[:])
		return data
	}
	for _, c := range []struct {
		name string
		data []byte
		want string
	}{
		{"cut in half", whole[:len(whole)/2], "is not whole"},
		{"end cut off", whole[:len(whole)-3], "is not whole"},
		{"upwards", named("xl/../../evil.xml"), "reaches out of it"},
		{"absolute", named("/xl/evil.xml"), "reaches out of it"},
		{"backslash", named(`xl\evil.xml`), "reaches out of it"},
		{"drive", named("C:evil.xml"), "reaches out of it"},
		{"twice", named("xl/workbook.xml"), "two parts with the name"},
		{"twice but for case", named("XL/Workbook.xml"), "two parts with the name"},
		{"folder with content", lieFolder(t), "that is no file"},
		{"encrypted", lie(8, 2, 1|8), "is encrypted"},
		{"other packing", lie(10, 2, 12), "packed in a way"},
		{"claims 4 GB", lie(24, 4, 0xfffffffe), "4096 MB, and up to 16 MB"},
		{"claims less", lie(24, 4, 5), "cannot be"},
		{"claims more", lie(24, 4, 16<<20), "cannot be"},
		{"claims zip64 without it", lie(24, 4, 0xffffffff), "4096 MB, and up to 16 MB"},
		{"wrong checksum", lie(16, 4, 12345), "checksum"},
		{"data elsewhere", lie(42, 4, 7), "cannot be unpacked"},
		{"data behind the end", lie(42, 4, 1<<30), "cannot be unpacked"},
		{"count of parts", func() []byte {
			data := bytes.Clone(whole)
			binary.LittleEndian.PutUint16(data[len(data)-12:], 3)
			return data
		}(), "is not whole"},
		{"link", func() []byte {
			var b bytes.Buffer
			z := zip.NewWriter(&b)
			h := &zip.FileHeader{Name: "xl/workbook.xml"}
			h.SetMode(fs.ModeSymlink | 0o777)
			w, _ := z.CreateHeader(h)
			_, _ = w.Write([]byte("/etc/passwd"))
			_ = z.Close()
			return b.Bytes()
		}(), "that is no file"},
	} {
		t.Run(c.name, func(t *testing.T) { wantRefused(t, c.data, c.want) })
	}
}

// TestAPlaceBeforeTheFile holds that it is the file which is wrong, not the disk: a
// zip64 can give a part a place below zero.
func TestAPlaceBeforeTheFile(t *testing.T) {
	in := &source{from: strings.NewReader("text"), listed: true}
	if n, err := in.ReadAt(make([]byte, 2), -1); n != 0 || err == nil || in.err != nil {
		t.Errorf("%d bytes, %v, %v", n, err, in.err)
	}
	if n, err := in.ReadAt(make([]byte, 2), 1); n != 2 || err != nil {
		t.Errorf("%d bytes, %v", n, err)
	}
}

// lieFolder is a workbook with a folder that has content.
func lieFolder(t *testing.T) []byte {
	t.Helper()
	data := zipped(t, append(parts(rowsXML("")), entry{"xl/evil_", "content"}))
	return bytes.ReplaceAll(data, []byte("xl/evil_"), []byte("xl/evil/"))
}
