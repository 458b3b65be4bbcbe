package spreadsheet

import (
	"cmp"
	"encoding/xml"
	"errors"
	"fmt"
	"slices"
	"strconv"

	"github.com/xuri/excelize/v2"
)

// sheetReader reads the sheets of a workbook, one after another.
type sheetReader struct {
	archive  *unpacked
	shared   []string
	forms    []form
	from1904 bool

	sheet  *Sheet
	row    int // the last one
	merged []area
	filled []area // by one formula that stands in the first cell
	cols   []area // that do not show
}

// read reads one sheet. What stands before and after the cells tells of some of
// them, and what the sheet says of its own size is not believed.
func (s *sheetReader) read(name string, sheet *Sheet) error {
	s.sheet, s.row, s.merged, s.filled, s.cols = sheet, 0, nil, nil, nil
	err := s.archive.each(name, "worksheet", func(p *part, e xml.StartElement) error {
		switch e.Name.Local {
		case "cols":
			return p.children(s.column)
		case "sheetData":
			return p.children(func(e xml.StartElement) error {
				if e.Name.Local == "row" {
					return s.readRow(p, e)
				}
				return nil
			})
		case "mergeCells":
			return p.children(func(e xml.StartElement) error { return s.area(&s.merged, attribute(e, "ref")) })
		}
		return nil
	})
	if err == nil {
		err = s.order()
	}
	if err == nil {
		err = s.merge()
	}
	var refused *RefusedError
	if errors.As(err, &refused) && refused.Place == "" {
		refused.Place = s.place("")
	}
	if err != nil {
		return err
	}
	s.mark()
	return nil
}

// place names a cell for somebody who looks for it.
func (s *sheetReader) place(at string) string {
	if at == "" {
		return fmt.Sprintf("sheet %.60q", s.sheet.Name)
	}
	return fmt.Sprintf("sheet %.60q, cell %s", s.sheet.Name, at)
}

// wrong refuses a workbook for one of its cells.
func (s *sheetReader) wrong(at, cause string, values ...any) error {
	e := damaged(cause, values...)
	e.Place = s.place(at)
	return e
}

// column keeps which columns do not show.
func (s *sheetReader) column(e xml.StartElement) error {
	if !isOn(attribute(e, "hidden")) {
		return nil
	}
	first, err1 := strconv.Atoi(attribute(e, "min"))
	last, err2 := strconv.Atoi(attribute(e, "max"))
	if err1 != nil || err2 != nil || first < 1 || last < first || last > excelize.MaxColumns || len(s.cols) > excelize.MaxColumns {
		return damaged("it hides columns that there are not")
	}
	s.cols = append(s.cols, area{first: spot{first, 1}, last: spot{last, excelize.TotalRows}})
	return nil
}

// area keeps an area of cells.
func (s *sheetReader) area(list *[]area, ref string) error {
	a, ok := areaOf(ref)
	if !ok {
		return damaged("it speaks of cells %.40q, which there are not", ref)
	}
	if len(*list) == mostAreas {
		return refuse(saveValues, "The sheet has more than %d merged cells or formulas.", mostAreas)
	}
	if a.first != a.last {
		*list = append(*list, a)
	}
	return nil
}

// readRow reads a row. One without a number is the next.
func (s *sheetReader) readRow(p *part, e xml.StartElement) error {
	s.row++
	if r := attribute(e, "r"); r != "" {
		n, err := strconv.Atoi(r)
		if err != nil || n < 1 {
			return damaged("it has a row with the number %.40q", r)
		}
		s.row = n
	}
	if s.row > excelize.TotalRows {
		return damaged("it has a row %d, and no sheet has", s.row)
	}
	row := SheetRow{Number: s.row, Hidden: isOn(attribute(e, "hidden"))}
	column := 0
	err := p.children(func(e xml.StartElement) error {
		if e.Name.Local != "c" {
			return nil
		}
		column++
		at := attribute(e, "r")
		if at != "" {
			spot, ok := spotOf(at)
			if !ok || spot.row != row.Number {
				return damaged("it has a cell %.40q in row %d", at, row.Number)
			}
			column = spot.column
		}
		if column > excelize.MaxColumns {
			return damaged("row %d has too many cells", row.Number)
		}
		cell := ReadCell{At: at, Column: column}
		if at == "" {
			cell.At = At(column, row.Number)
		}
		if err := s.readCell(p, e, &cell); err != nil || cell.Kind == HoldsNothing && !cell.Formula {
			return err
		}
		if s.archive.cells--; s.archive.cells < 0 {
			return tooManyCells()
		}
		row.Cells = append(row.Cells, cell)
		return nil
	})
	if err == nil && len(row.Cells) > 0 {
		s.sheet.Rows = append(s.sheet.Rows, row)
	}
	return err
}

// order sorts rows and cells, which programs may write as they like, and refuses
// two of one place: programs would not agree which of them holds.
func (s *sheetReader) order() error {
	rows := s.sheet.Rows
	slices.SortStableFunc(rows, func(a, b SheetRow) int { return cmp.Compare(a.Number, b.Number) })
	for i, row := range rows {
		if i > 0 && rows[i-1].Number == row.Number {
			return damaged("it has the row %d twice", row.Number)
		}
		slices.SortStableFunc(row.Cells, func(a, b ReadCell) int { return cmp.Compare(a.Column, b.Column) })
		for j, c := range row.Cells {
			if j > 0 && row.Cells[j-1].Column == c.Column {
				return s.wrong(c.At, "the cell is there twice")
			}
		}
	}
	return nil
}
