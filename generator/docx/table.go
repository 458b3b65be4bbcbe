package docx

import "strconv"

// maxColumns is the most columns that Word takes in a table, less a few.
const maxColumns = 60

// longRow is how many lines a row may have before it may go over a page.
const longRow = 24

func (f *flow) table(t Table, at place) {
	if n := t.columns(); n > maxColumns {
		for _, part := range t.split(n) {
			f.table(part, at)
		}
		return
	} else if n == 0 {
		return
	}
	if f.turn {
		f.paragraph(look{style: "Gap"}, nil)
	}
	widths := t.widths(at.width)
	f.open("w:tbl")
	f.tableLook(t, at)
	f.open("w:tblGrid")
	for _, w := range widths {
		f.empty("w:gridCol", "w:w", strconv.Itoa(w))
	}
	f.close()
	for i, row := range t.Rows {
		in := rowPlace{head: i < t.Heads, long: row.lines(widths) > longRow}
		in.keep = t.Heads > 0 && i < t.Heads+2 && i < len(t.Rows)-1 && !in.long
		f.row(t, row, widths, at, in)
	}
	f.close()
	f.paragraph(look{style: "Gap"}, nil) // Word joins tables with nothing between
}

// columns counts the columns of a table.
func (t Table) columns() int {
	n := len(t.Columns)
	for _, row := range t.Rows {
		if !row.Group {
			n = max(n, len(row.Cells))
		}
	}
	return n
}

// split makes several tables of one that is too wide, each with the first
// column.
func (t Table) split(n int) []Table {
	var list []Table
	for from := 1; from < n; from += maxColumns - 1 {
		part := Table{Caption: t.Caption, Heads: t.Heads, Facts: t.Facts, Small: t.Small}
		for _, row := range t.Rows {
			cut := row
			if !row.Group {
				cut.Cells = append([]Cell{}, row.Cells[:min(1, len(row.Cells))]...)
				cut.Cells = append(cut.Cells, row.Cells[min(from, len(row.Cells)):min(from+maxColumns-1, len(row.Cells))]...)
			}
			part.Rows = append(part.Rows, cut)
		}
		list = append(list, part)
	}
	return list
}

func (f *flow) tableLook(t Table, at place) {
	style, first, headed := "AnnexTable", "0", "1"
	if t.Facts {
		style, first, headed = "AnnexFacts", "1", "0"
	}
	if t.Heads == 0 {
		headed = "0"
	}
	f.open("w:tblPr")
	f.value("w:tblStyle", style)
	f.empty("w:tblW", "w:w", strconv.Itoa(at.width), "w:type", "dxa")
	if at.indent > 0 {
		f.empty("w:tblInd", "w:w", strconv.Itoa(at.indent), "w:type", "dxa")
	}
	f.empty("w:tblLayout", "w:type", "fixed")
	f.empty("w:tblLook", "w:val", "0"+first+headed+"0", "w:firstRow", headed, "w:lastRow", "0", "w:firstColumn", first, "w:lastColumn", "0", "w:noHBand", "1", "w:noVBand", "1")
	if t.Caption != "" {
		f.value("w:tblCaption", t.Caption)
	}
	f.close()
}

// rowPlace is where a row stands in its table. The head and the two rows below
// keep with the next: a head over a single row at the foot of a page looks lost,
// and there LibreOffice 7.4 loses all rows that follow, if rows may not break.
type rowPlace struct{ head, keep, long bool }

func (f *flow) row(t Table, row Row, widths []int, at place, in rowPlace) {
	f.open("w:tr")
	f.open("w:trPr")
	if !in.long {
		f.empty("w:cantSplit")
	}
	if row.Tall > 0 {
		f.empty("w:trHeight", "w:val", strconv.Itoa(row.Tall*20), "w:hRule", "atLeast")
	}
	if in.head {
		f.empty("w:tblHeader")
	}
	f.close()
	if row.Group {
		f.cell(row.first(), cellLook{width: sum(widths), span: len(widths), style: "TableGroup", keep: in.keep}, at)
		f.close()
		return
	}
	for i, w := range widths {
		c := Cell{}
		if i < len(row.Cells) {
			c = row.Cells[i]
		}
		l := cellLook{width: w, style: "TableText", head: in.head, keep: in.keep}
		switch {
		case in.head && t.Small:
			l.style = "TableHeadSmall"
		case in.head:
			l.style = "TableHead"
		case t.Small:
			l.style = "TableSmall"
		case t.Facts && i == 0:
			l.style = "TableName"
		}
		f.cell(c, l, at)
	}
	f.close()
}

func (r Row) first() Cell {
	if len(r.Cells) == 0 {
		return Cell{}
	}
	return r.Cells[0]
}

// cellLook is how a cell looks beside its content.
type cellLook struct {
	width, span int
	style       string
	head, keep  bool
}

func (f *flow) cell(c Cell, l cellLook, at place) {
	f.open("w:tc")
	f.open("w:tcPr")
	f.empty("w:tcW", "w:w", strconv.Itoa(l.width), "w:type", "dxa")
	if l.span > 1 {
		f.value("w:gridSpan", strconv.Itoa(l.span))
	}
	if l.style == "TableGroup" {
		f.empty("w:shd", "w:val", "clear", "w:color", "auto", "w:fill", "F3F5F7")
	}
	f.close()
	blocks := c.Blocks
	inner := place{width: l.width - 2*cellMargin, style: l.style, align: c.Align, cell: true, keep: l.keep}
	before := f.note
	f.note = before || l.head // a repeated row would repeat its footnotes
	f.blocks(blocks, inner)
	f.note = before
	if len(blocks) == 0 {
		f.paragraph(look{style: l.style, keep: l.keep}, nil) // Word wants a paragraph in each cell
	}
	f.close()
}

func sum(list []int) int {
	n := 0
	for _, x := range list {
		n += x
	}
	return n
}
