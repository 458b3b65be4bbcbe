package export

import (
	"strconv"
	"strings"

	"annex/generator/matrix"
	"annex/generator/spreadsheet"
)

// matrix is a matrix as a list: what stands in a cell of it is named by titles.
func (x *lister) matrix(m *matrix.Matrix) List {
	columns := []column[matrix.Row]{told(m.Corner, func(r matrix.Row) string { return r.Head.Title() })}
	for i, c := range m.Columns {
		columns = append(columns, shown(c.Title, func(r matrix.Row) spreadsheet.Cell { return crossing(r.Cells[i]) }))
	}
	columns = append(columns, told("Gap", func(r matrix.Row) string {
		if r.Gap {
			return Yes
		}
		return No
	}))
	return rows(List{Sheet: m.Name}, m.Rows, nil, columns)
}

func crossing(c matrix.Cell) spreadsheet.Cell {
	switch {
	case c.State != nil:
		return state(*c.State)
	case len(c.Items) > 0:
		return spreadsheet.Text(items(c))
	case c.Letter != "":
		return spreadsheet.Text(c.Letter)
	case c.Text != "":
		if n, err := strconv.Atoi(c.Text); err == nil && !c.Own {
			return spreadsheet.Number(n)
		}
		text := c.Text
		if c.Note != "" {
			text += " (" + c.Note + ")"
		}
		return spreadsheet.Text(text)
	}
	return spreadsheet.Day(c.Date)
}

// items names what stands at a crossing, and how many more there are.
func items(c matrix.Cell) string {
	names := make([]string, len(c.Items))
	for i, x := range c.Items {
		names[i] = x.Title()
	}
	text := strings.Join(names, "; ")
	if c.More > 0 {
		text += "; and " + strconv.Itoa(c.More) + " more"
	}
	return text
}
