package spreadsheet

import (
	"encoding/xml"
	"fmt"
	"io"
	"strings"
	"time"

	"github.com/xuri/excelize/v2"

	"annex/generator/aims"
)

// limits of a sheet, from the specification of Excel.
const (
	maxRows = 1 << 20 // head included
	maxText = 32767   // UTF-16 units in one cell
)

// WriteXLSX writes a workbook: a cover, then a sheet for each table with a head
// that stays in sight and a filter over every column. It holds no formula, no
// macro and no link.
func WriteXLSX(w io.Writer, book Book) error {
	f := excelize.NewFile()
	defer f.Close()
	f.SetZipWriter(newArchive)
	x := &workbook{file: f}
	if err := x.write(book); err != nil {
		return fmt.Errorf("making a workbook: %w", err)
	}
	if err := f.Write(w); err != nil {
		return fmt.Errorf("writing a workbook: %w", err)
	}
	return nil
}

// workbook is a file with the styles of its cells.
type workbook struct {
	file                           *excelize.File
	title, head, text, number, day int
}

func (x *workbook) write(book Book) error {
	if err := x.styles(); err != nil {
		return err
	}
	if err := x.properties(book); err != nil {
		return err
	}
	names := sheetNames(book.Tables)
	if err := x.cover(book, names[0], names[1:]); err != nil {
		return err
	}
	for i, t := range book.Tables {
		if err := x.table(t, names[i+1]); err != nil {
			return fmt.Errorf("table %q: %w", t.Name, err)
		}
	}
	return nil
}

// properties says who made the workbook, and that it was made on its day. It is
// written here in the form that Excel gives it; that of excelize is one that
// some programs cannot read.
func (x *workbook) properties(book Book) error {
	made := book.Day
	if made.IsZero() {
		made = aims.NewDate(1980, time.January, 1)
	}
	var title strings.Builder
	if err := xml.EscapeText(&title, []byte(clean(book.Title))); err != nil {
		return err
	}
	const form = xml.Header + `<cp:coreProperties xmlns:cp="http://schemas.openxmlformats.org/package/2006/metadata/core-properties"` +
		` xmlns:dc="http://purl.org/dc/elements/1.1/" xmlns:dcterms="http://purl.org/dc/terms/" xmlns:xsi="http://www.w3.org/2001/XMLSchema-instance">` +
		`<dc:title>%[1]s</dc:title><dc:creator>annex</dc:creator>` +
		`<dcterms:created xsi:type="dcterms:W3CDTF">%[2]sT00:00:00Z</dcterms:created><dcterms:modified xsi:type="dcterms:W3CDTF">%[2]sT00:00:00Z</dcterms:modified>` +
		`</cp:coreProperties>`
	x.file.Pkg.Store("docProps/core.xml", fmt.Appendf(nil, form, title.String(), made))
	return nil
}

func (x *workbook) styles() error {
	top := &excelize.Alignment{Vertical: "top", WrapText: true}
	date := "yyyy-mm-dd"
	for _, s := range []struct {
		id    *int
		style excelize.Style
	}{
		{&x.title, excelize.Style{Font: &excelize.Font{Bold: true, Size: 16}, Alignment: &excelize.Alignment{Vertical: "top"}}},
		{&x.head, excelize.Style{
			Font: &excelize.Font{Bold: true}, Alignment: top,
			Fill:   excelize.Fill{Type: "pattern", Pattern: 1, Color: []string{"E8EAED"}},
			Border: []excelize.Border{{Type: "bottom", Color: "5F6368", Style: 1}},
		}},
		{&x.text, excelize.Style{Alignment: top, NumFmt: 49}}, // as text, also when somebody edits it
		{&x.number, excelize.Style{Alignment: &excelize.Alignment{Vertical: "top"}}},
		{&x.day, excelize.Style{Alignment: &excelize.Alignment{Vertical: "top", Horizontal: "left"}, CustomNumFmt: &date}},
	} {
		var err error
		if *s.id, err = x.file.NewStyle(&s.style); err != nil {
			return err
		}
	}
	return nil
}
