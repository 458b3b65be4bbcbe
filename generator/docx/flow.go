package docx

import (
	"strconv"
	"strings"
)

// flow writes blocks into one file of the document.
type flow struct {
	*markup
	book  *book
	links *relations
	note  bool // within a footnote, which holds neither footnotes nor tables
	turn  bool // whether the next paragraph begins a page
}

// place is where a block stands.
type place struct {
	indent int    // twips from the left side of the page's text
	width  int    // twips from there to the right side
	lists  int    // lists around the block
	style  string // of plain paragraphs
	frame  *frame // of the container around; nil for none
	mark   *mark  // that the next paragraph bears, as the first of a list's item
	align  Align
	cell   bool // within a table
	keep   bool // with the next row of the table
}

// mark is the bullet or number of a list's item.
type mark struct{ list, level int }

// step is by how much a list or definition is indented.
const step = 360

func (p place) deeper(twips int) place {
	least := 2400 // what is nested too deep goes on straight down
	if p.cell {
		least = 700
	}
	if p.width-twips > least {
		p.indent, p.width = p.indent+twips, p.width-twips
	}
	p.mark = nil
	return p
}

func (f *flow) blocks(list []Block, at place) {
	for _, x := range list {
		f.block(x, at)
		at.mark = nil
	}
}

func (f *flow) block(x Block, at place) {
	if at.mark != nil {
		if _, ok := x.(Paragraph); !ok { // a mark needs a paragraph to stand before
			f.paragraph(f.look(at, "ListParagraph"), nil)
			at.mark = nil
		}
	}
	switch x := x.(type) {
	case Heading:
		f.heading(x, at)
	case Paragraph:
		f.text(x, at)
	case List:
		f.list(x, at)
	case Container:
		f.container(x, at)
	case Code:
		f.paragraph(f.look(at, "Code"), Text(strings.TrimRight(x.Text, "\n")))
	case Table:
		if f.note {
			f.flatTable(x, at)
		} else {
			f.table(x, at)
		}
	case Contents:
		f.tableOfContents(x)
	case PageBreak:
		f.turn = !f.note
	case Rule:
		f.paragraph(f.look(at, "Rule"), nil)
	}
}

func (f *flow) heading(h Heading, at place) {
	if f.note {
		f.paragraph(f.look(at, at.style), Strong(Words(h.Runs)))
		return
	}
	f.book.headings++
	l := f.look(at, "Heading"+strconv.Itoa(h.level()))
	l.bookmark = f.book.headings
	f.paragraph(l, h.Runs)
}

func (f *flow) text(p Paragraph, at place) {
	style := at.style
	switch {
	case p.Style == Term:
		style = "Term"
	case at.mark != nil && !at.cell:
		style = "ListParagraph"
	case p.Style == Small && !at.cell:
		style = "Small"
	}
	l := f.look(at, style)
	if p.Align != Left {
		l.align = p.Align
	}
	f.paragraph(l, p.Runs)
}

// look is how a paragraph looks beside its style.
type look struct {
	style    string
	mark     *mark
	indent   int
	hanging  bool
	frame    *frame
	align    Align
	keep     bool // with the next paragraph
	bookmark int  // number of the heading; 0 for none
	tab      int  // place of a tab that ends at the right, in twips; 0 for none
}

func (f *flow) look(at place, style string) look {
	return look{style: style, mark: at.mark, indent: at.indent, hanging: at.mark != nil, frame: at.frame, align: at.align, keep: at.keep}
}

// paragraph writes a paragraph. Word wants its properties in this order.
func (f *flow) paragraph(l look, runs []Run) {
	f.open("w:p")
	f.open("w:pPr")
	f.value("w:pStyle", l.style)
	if l.keep {
		f.empty("w:keepNext")
	}
	if f.turn {
		f.empty("w:pageBreakBefore")
		f.turn = false
	}
	if l.mark != nil {
		f.open("w:numPr")
		f.value("w:ilvl", strconv.Itoa(l.mark.level))
		f.value("w:numId", strconv.Itoa(l.mark.list))
		f.close()
	}
	if l.frame != nil {
		f.border(l)
	}
	if l.tab > 0 {
		f.open("w:tabs")
		f.empty("w:tab", "w:val", "right", "w:pos", strconv.Itoa(l.tab))
		f.close()
	}
	backwards := rightToLeft(Words(runs))
	if backwards {
		f.empty("w:bidi")
	}
	switch {
	case l.hanging:
		f.empty("w:ind", "w:left", strconv.Itoa(l.indent), "w:hanging", strconv.Itoa(min(step, l.indent)))
	case l.indent > 0:
		f.empty("w:ind", "w:left", strconv.Itoa(l.indent))
	}
	switch l.align {
	case Center:
		f.value("w:jc", "center")
	case Right:
		f.value("w:jc", "right")
	}
	f.close()
	if l.bookmark > 0 {
		f.empty("w:bookmarkStart", "w:id", strconv.Itoa(l.bookmark), "w:name", markName(l.bookmark-1))
	}
	f.runs(runs)
	if l.bookmark > 0 {
		f.empty("w:bookmarkEnd", "w:id", strconv.Itoa(l.bookmark))
	}
	f.close()
}
