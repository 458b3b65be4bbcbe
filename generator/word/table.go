package word

import (
	"annex/generator/aims"
	"annex/generator/docx"
)

// cell is a cell of paragraphs.
func cell(paragraphs ...[]docx.Run) docx.Cell {
	c := docx.Cell{}
	for _, runs := range paragraphs {
		c.Blocks = append(c.Blocks, docx.Paragraph{Runs: runs})
	}
	return c
}

// heads is the head of a table.
func (w Maker) heads(titles ...string) docx.Row {
	row := docx.Row{}
	for _, title := range titles {
		row.Cells = append(row.Cells, cell(docx.Text(w.say(title))))
	}
	return row
}

// columns gives columns their shares of the width.
func columns(shares ...int) []docx.Column {
	list := make([]docx.Column, len(shares))
	for i, n := range shares {
		list[i].Width = n
	}
	return list
}

// none says that there is nothing, so that no cell is empty.
func (w Maker) none() []docx.Run { return []docx.Run{{Text: w.say("None"), Quiet: true}} }

// text is a text, or that there is none.
func (w Maker) text(s string) []docx.Run {
	if s == "" {
		return w.none()
	}
	return docx.Text(s)
}

// titled is anything with a title: a record, a document, a control.
type titled interface{ Head() *aims.Record }

// titles is a cell with the titles of records, one below the other.
func titles[T titled](w Maker, list []T) docx.Cell {
	if len(list) == 0 {
		return cell(w.none())
	}
	c := docx.Cell{}
	for _, x := range list {
		c.Blocks = append(c.Blocks, docx.Paragraph{Runs: docx.Text(x.Head().Title)})
	}
	return c
}

// role is the title of a role, or that there is none.
func (w Maker) role(r *aims.Role) []docx.Run {
	if r == nil {
		return w.none()
	}
	return docx.Text(r.Title)
}

// facts is a list of names and values.
type facts struct {
	word Maker
	rows []docx.Row
}

func (f *facts) add(name string, value docx.Cell) {
	f.rows = append(f.rows, docx.Row{Cells: []docx.Cell{cell(docx.Text(f.word.say(name))), value}})
}

// text adds a text, and nothing when it is empty.
func (f *facts) text(name, value string) {
	if value != "" {
		f.add(name, cell(docx.Text(value)))
	}
}

func (f *facts) table(caption string, names, values int) docx.Table {
	return docx.Table{Caption: f.word.say(caption), Columns: columns(names, values), Rows: f.rows, Facts: true}
}
