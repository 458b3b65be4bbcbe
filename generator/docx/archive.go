package docx

import (
	"archive/zip"
	"io"
	"time"
)

// file is one file of the zip that a Word file is.
type file struct {
	name  string
	kind  string // content type; empty for one that follows from the ending
	bytes []byte
}

const (
	wordTypes     = "application/vnd.openxmlformats-officedocument.wordprocessingml."
	packageTypes  = "application/vnd.openxmlformats-package."
	relationTypes = "http://schemas.openxmlformats.org/officeDocument/2006/relationships/"
)

// archive writes all files of the document, the list of contents first:
// programs know a Word file by it.
func (b *book) archive(w io.Writer) error {
	files := []file{
		{"_rels/.rels", "", rootRelations()},
		{"word/document.xml", wordTypes + "document.main+xml", b.main.Bytes()},
		{"word/_rels/document.xml.rels", "", b.links.xml(b.partRelations())},
		{"word/styles.xml", wordTypes + "styles+xml", styles(b.document.Language)},
		{"word/numbering.xml", wordTypes + "numbering+xml", b.numbering()},
		{"word/settings.xml", wordTypes + "settings+xml", settings(b.document.Language)},
		{"word/fontTable.xml", wordTypes + "fontTable+xml", fonts()},
		{"word/header1.xml", wordTypes + "header+xml", b.band("w:hdr", "Header", b.document.Header)},
		{"word/footer1.xml", wordTypes + "footer+xml", b.band("w:ftr", "Footer", b.document.Footer)},
		{"word/footnotes.xml", wordTypes + "footnotes+xml", b.notes.xml()},
		{"docProps/core.xml", packageTypes + "core-properties+xml", b.core()},
		{"docProps/app.xml", "application/vnd.openxmlformats-officedocument.extended-properties+xml", b.app()},
		{"docProps/custom.xml", "application/vnd.openxmlformats-officedocument.custom-properties+xml", b.custom()},
	}
	if rels := b.notes.links.xml(nil); rels != nil {
		files = append(files, file{"word/_rels/footnotes.xml.rels", "", rels})
	}
	for _, p := range b.pictures.list {
		files = append(files, file{"word/" + p.name, "", p.bytes})
	}
	files = append([]file{{"[Content_Types].xml", "", contentTypes(files)}}, files...)
	out := zip.NewWriter(w)
	day := time.Date(1980, time.January, 1, 0, 0, 0, 0, time.UTC) // the first that a zip can say
	for _, f := range files {
		to, err := out.CreateHeader(&zip.FileHeader{Name: f.name, Method: zip.Deflate, Modified: day})
		if err != nil {
			return err
		}
		if _, err := to.Write(f.bytes); err != nil {
			return err
		}
	}
	return out.Close()
}

func contentTypes(files []file) []byte {
	m := &markup{}
	m.WriteString(declaration)
	m.open("Types", "xmlns", "http://schemas.openxmlformats.org/package/2006/content-types")
	for _, x := range [][2]string{
		{"rels", packageTypes + "relationships+xml"}, {"xml", "application/xml"}, {"png", "image/png"}, {"jpg", "image/jpeg"},
	} {
		m.empty("Default", "Extension", x[0], "ContentType", x[1])
	}
	for _, f := range files {
		if f.kind != "" {
			m.empty("Override", "PartName", "/"+f.name, "ContentType", f.kind)
		}
	}
	m.close()
	return m.Bytes()
}

func rootRelations() []byte {
	return (&relations{}).xml([]relation{
		{"rId1", relationTypes + "officeDocument", "word/document.xml", false},
		{"rId2", "http://schemas.openxmlformats.org/package/2006/relationships/metadata/core-properties", "docProps/core.xml", false},
		{"rId3", relationTypes + "extended-properties", "docProps/app.xml", false},
		{"rId4", relationTypes + "custom-properties", "docProps/custom.xml", false},
	})
}

// partRelations are those from the text to the files around it.
func (b *book) partRelations() []relation {
	list := []relation{
		{"rIdStyles", relationTypes + "styles", "styles.xml", false},
		{"rIdNumbering", relationTypes + "numbering", "numbering.xml", false},
		{"rIdSettings", relationTypes + "settings", "settings.xml", false},
		{"rIdFonts", relationTypes + "fontTable", "fontTable.xml", false},
		{"rIdHeader", relationTypes + "header", "header1.xml", false},
		{"rIdFooter", relationTypes + "footer", "footer1.xml", false},
		{"rIdNotes", relationTypes + "footnotes", "footnotes.xml", false},
	}
	for _, p := range b.pictures.list {
		list = append(list, relation{p.id, relationTypes + "image", p.name, false})
	}
	return list
}
