package docx

import "strconv"

// notes is the file with the footnotes.
type notes struct {
	markup
	links relations
	count int
}

// footnote writes the mark of a footnote and puts its text below. A footnote
// cannot have footnotes: there the text stands in brackets.
func (f *flow) footnote(blocks []Block) {
	if f.note || f.links == nil {
		for _, x := range blocks {
			if p, ok := x.(Paragraph); ok {
				f.runs(append(append(Text(" ("), p.Runs...), Run{Text: ")"}))
			}
		}
		return
	}
	n := &f.book.notes
	n.count++
	id := strconv.Itoa(n.count)
	f.open("w:r")
	f.open("w:rPr")
	f.value("w:rStyle", "FootnoteReference")
	f.close()
	f.empty("w:footnoteReference", "w:id", id)
	f.close()
	below := &flow{markup: &n.markup, book: f.book, links: &n.links, note: true}
	below.open("w:footnote", "w:id", id)
	below.notation(blocks)
	below.close()
}

// notation writes the text of a footnote, its number first.
func (f *flow) notation(blocks []Block) {
	at := place{width: f.book.document.textWidth(), style: "FootnoteText"}
	f.open("w:p")
	f.open("w:pPr")
	f.value("w:pStyle", at.style)
	f.close()
	f.open("w:r")
	f.open("w:rPr")
	f.value("w:rStyle", "FootnoteReference")
	f.close()
	f.empty("w:footnoteRef")
	f.close()
	f.words(Run{Text: " "}, false)
	if len(blocks) > 0 {
		if p, ok := blocks[0].(Paragraph); ok {
			f.runs(p.Runs)
			blocks = blocks[1:]
		}
	}
	f.close()
	f.blocks(blocks, at)
}

// xml returns the whole file, with the two lines that part notes from text.
func (n *notes) xml() []byte {
	m := &markup{}
	m.root("w:footnotes")
	for _, x := range [][3]string{{"-1", "separator", "w:separator"}, {"0", "continuationSeparator", "w:continuationSeparator"}} {
		m.open("w:footnote", "w:type", x[1], "w:id", x[0])
		m.open("w:p")
		m.open("w:r")
		m.empty(x[2])
		m.close()
		m.close()
		m.close()
	}
	m.Write(n.Bytes())
	m.close()
	return m.Bytes()
}

// flatTable writes the rows of a table as lines, where no table can stand.
func (f *flow) flatTable(t Table, at place) {
	for _, row := range t.Rows {
		var line []Run
		for i, c := range row.Cells {
			if i > 0 {
				line = append(line, Run{Text: " | "})
			}
			for _, x := range c.Blocks {
				if p, ok := x.(Paragraph); ok {
					line = append(line, p.Runs...)
				}
			}
		}
		f.paragraph(f.look(at, at.style), line)
	}
}
