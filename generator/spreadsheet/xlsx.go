package spreadsheet

import (
	"encoding/xml"
	"fmt"
	"io"
	"maps"
	"slices"
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
// and a first column that stay in sight, a filter over every column, and a list
// to choose from where a column has words. It holds no formula, no macro and no
// link.
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
	file                                      *excelize.File
	title, head, grey, key, text, number, day int
	tones                                     [Off + 1]int
	lists                                     lists
}

func (x *workbook) write(book Book) error {
	if err := x.styles(); err != nil {
		return err
	}
	if err := x.properties(book); err != nil {
		return err
	}
	names := SheetNames(book.Tables)
	if err := x.file.SetSheetName("Sheet1", CoverName); err != nil {
		return err
	}
	for i, t := range book.Tables {
		if err := x.prepare(t, names[i]); err != nil {
			return fmt.Errorf("table %q: %w", t.Name, err)
		}
	}
	hidden, err := x.hide(book.Hidden)
	if err != nil {
		return err
	}
	if err := x.cover(book, names); err != nil {
		return err
	}
	for i, t := range book.Tables {
		if err := x.table(t, names[i]); err != nil {
			return fmt.Errorf("table %q: %w", t.Name, err)
		}
	}
	for _, name := range slices.Sorted(maps.Keys(hidden)) {
		if err := x.bare(name, hidden[name]); err != nil {
			return err
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
	var text [3]strings.Builder
	for i, s := range []string{book.Title, book.Subject, book.Language} {
		if err := xml.EscapeText(&text[i], []byte(clean(s))); err != nil {
			return err
		}
	}
	const form = xml.Header + `<cp:coreProperties xmlns:cp="http://schemas.openxmlformats.org/package/2006/metadata/core-properties"` +
		` xmlns:dc="http://purl.org/dc/elements/1.1/" xmlns:dcterms="http://purl.org/dc/terms/" xmlns:xsi="http://www.w3.org/2001/XMLSchema-instance">` +
		`<dc:title>%[1]s</dc:title><dc:subject>%[3]s</dc:subject><dc:creator>annex</dc:creator><dc:language>%[4]s</dc:language>` +
		`<dcterms:created xsi:type="dcterms:W3CDTF">%[2]sT00:00:00Z</dcterms:created><dcterms:modified xsi:type="dcterms:W3CDTF">%[2]sT00:00:00Z</dcterms:modified>` +
		`</cp:coreProperties>`
	x.file.Pkg.Store("docProps/core.xml", fmt.Appendf(nil, form, text[0].String(), made, text[1].String(), text[2].String()))
	return nil
}

// tones returns the fill of each tone and the ink on it, those of the site.
func tones() [Off + 1][2]string {
	return [Off + 1][2]string{
		Good: {"00664F", "FFFFFF"}, Partial: {"E69F00", "000000"}, Bad: {"B3261E", "FFFFFF"}, Ahead: {"0072B2", "FFFFFF"}, Off: {"6B7280", "FFFFFF"},
	}
}

func (x *workbook) styles() error {
	top := &excelize.Alignment{Vertical: "top", WrapText: true}
	date := "yyyy-mm-dd"
	below := []excelize.Border{{Type: "bottom", Color: "5F6368", Style: 1}}
	fill := func(color string) excelize.Fill {
		return excelize.Fill{Type: "pattern", Pattern: 1, Color: []string{color}}
	}
	type named struct {
		id    *int
		style excelize.Style
	}
	list := []named{
		{&x.title, excelize.Style{Font: &excelize.Font{Bold: true, Size: 16}, Alignment: &excelize.Alignment{Vertical: "top"}}},
		{&x.head, excelize.Style{Font: &excelize.Font{Bold: true}, Alignment: top, Fill: fill("BBD6F0"), Border: below}},
		{&x.grey, excelize.Style{Font: &excelize.Font{Bold: true, Italic: true}, Alignment: top, Fill: fill("E8EAED"), Border: below}},
		{&x.key, excelize.Style{Font: &excelize.Font{Bold: true}, Alignment: top, NumFmt: 49}},
		{&x.text, excelize.Style{Alignment: top, NumFmt: 49}}, // as text, also when somebody edits it
		{&x.number, excelize.Style{Alignment: &excelize.Alignment{Vertical: "top"}}},
		{&x.day, excelize.Style{Alignment: &excelize.Alignment{Vertical: "top", Horizontal: "left"}, CustomNumFmt: &date}},
	}
	for tone, colors := range tones() {
		if colors[0] != "" {
			list = append(list, named{&x.tones[tone], excelize.Style{Font: &excelize.Font{Color: colors[1]}, Alignment: top, Fill: fill(colors[0]), NumFmt: 49}})
		}
	}
	for _, s := range list {
		var err error
		if *s.id, err = x.file.NewStyle(&s.style); err != nil {
			return err
		}
	}
	return nil
}
