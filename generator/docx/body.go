package docx

import "strconv"

// book is a document that is being written.
type book struct {
	document Document
	main     markup // word/document.xml
	links    relations
	notes    notes
	pictures pictures
	marks    map[string]string // names of bookmarks by the ids of headings
	contents []entry
	headings int     // written so far
	orders   []order // ordered lists so far
}

// entry is a line of the contents.
type entry struct {
	level      int
	mark, text string
}

func newBook(d Document) *book {
	b := &book{document: d, marks: map[string]string{}}
	each(d.Blocks, func(h Heading) {
		mark := markName(len(b.contents))
		b.contents = append(b.contents, entry{h.level(), mark, Words(h.Runs)})
		if _, taken := b.marks[h.ID]; !taken && h.ID != "" {
			b.marks[h.ID] = mark
		}
	})
	return b
}

// markName is the name of the bookmark at the n-th heading. Word takes letters,
// digits and at most 40 of them.
func markName(n int) string { return "_Toc" + strconv.Itoa(n+1) }

// level keeps the level of a heading within those that Word has styles for.
func (h Heading) level() int { return min(max(h.Level, 1), 6) }

// each calls a function for all headings, in the order in which they are written.
func each(blocks []Block, do func(Heading)) {
	for _, x := range blocks {
		switch x := x.(type) {
		case Heading:
			do(x)
		case Container:
			each(x.Blocks, do)
		case List:
			for _, item := range x.Items {
				each(item, do)
			}
		case Table:
			for _, row := range x.Rows {
				for _, cell := range row.Cells {
					each(cell.Blocks, do)
				}
			}
		}
	}
}

// Sizes of A4 in twips, twentieths of a point.
const (
	paperShort      = 11906
	paperLong       = 16838
	marginPortrait  = 1361 // 24 mm
	marginLandscape = 1021 // 18 mm
	marginTop       = 1474 // 26 mm, with the header in it
	marginBottom    = 1304
)

// paper returns the size of the page and its side margins.
func (d Document) paper() (width, height, margin int) {
	if d.Landscape {
		return paperLong, paperShort, marginLandscape
	}
	return paperShort, paperLong, marginPortrait
}

// textWidth is how wide the lines are.
func (d Document) textWidth() int {
	width, _, margin := d.paper()
	return width - 2*margin
}

const (
	wordSpace     = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"
	relationSpace = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
	drawingSpace  = "http://schemas.openxmlformats.org/drawingml/2006/wordprocessingDrawing"
	pictureSpace  = "http://schemas.openxmlformats.org/drawingml/2006/picture"
	mainDrawing   = "http://schemas.openxmlformats.org/drawingml/2006/main"
)

// root opens the root element of a file with text in it.
func (m *markup) root(name string) {
	m.WriteString(declaration)
	m.open(name, "xmlns:w", wordSpace, "xmlns:r", relationSpace, "xmlns:wp", drawingSpace, "xmlns:a", mainDrawing, "xmlns:pic", pictureSpace)
}

func (b *book) body() {
	f := &flow{markup: &b.main, book: b, links: &b.links}
	f.root("w:document")
	f.open("w:body")
	top := place{width: b.document.textWidth(), style: "BodyText"}
	if b.document.Title != "" {
		f.paragraph(look{style: "Title"}, Text(b.document.Title))
	}
	if b.document.Subtitle != "" {
		f.paragraph(look{style: "Subtitle"}, Text(b.document.Subtitle))
	}
	f.blocks(b.document.Blocks, top)
	f.section()
	f.close()
	f.close()
}

// section says how the pages look.
func (f *flow) section() {
	width, height, margin := f.book.document.paper()
	f.open("w:sectPr")
	f.empty("w:headerReference", "w:type", "default", "r:id", "rIdHeader")
	f.empty("w:footerReference", "w:type", "default", "r:id", "rIdFooter")
	size := []string{"w:w", strconv.Itoa(width), "w:h", strconv.Itoa(height)}
	if f.book.document.Landscape {
		size = append(size, "w:orient", "landscape")
	}
	f.empty("w:pgSz", size...)
	side := strconv.Itoa(margin)
	f.empty("w:pgMar", "w:top", strconv.Itoa(marginTop), "w:right", side, "w:bottom", strconv.Itoa(marginBottom), "w:left", side,
		"w:header", "680", "w:footer", "567", "w:gutter", "0")
	f.close()
}
