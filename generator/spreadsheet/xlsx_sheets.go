package spreadsheet

import (
	"fmt"
	"strconv"

	"github.com/xuri/excelize/v2"

	"annex/generator/aims"
)

// cover writes the first sheet: what the workbook is about and what is in it.
func (x *workbook) cover(book Book, sheets []string) error {
	if err := x.page(CoverName, "portrait", 1); err != nil {
		return err
	}
	sheet, err := x.file.NewStreamWriter(CoverName)
	if err != nil {
		return err
	}
	lines := [][]Cell{}
	for _, l := range book.About {
		lines = append(lines, []Cell{Text(l.Name), l.Value})
	}
	if !book.Day.IsZero() {
		lines = append(lines, []Cell{Text("As of"), Day(book.Day)})
	}
	for i, t := range book.Tables {
		lines = append(lines, []Cell{Text("Sheet " + sheets[i]), Text(rowsWord(len(t.Rows)))})
	}
	if err := setWidths(sheet, []float64{34, coverWidth}); err != nil {
		return err
	}
	if err := sheet.SetRow("A1", []any{excelize.Cell{StyleID: x.title, Value: fit(clean(book.Title))}}); err != nil {
		return err
	}
	for _, note := range book.Notes {
		lines = append(lines, []Cell{{}, Text(note)})
	}
	for i, line := range lines {
		if err := x.row(sheet, i+3, line, false, heightOf(line, []float64{34, coverWidth})); err != nil {
			return err
		}
	}
	return sheet.Flush()
}

// coverWidth is how many characters wide the second column of a cover is.
const coverWidth = 84

func rowsWord(n int) string {
	if n == 1 {
		return "1 row"
	}
	return strconv.Itoa(n) + " rows"
}

// prepare makes the sheet of a table with everything but its cells.
func (x *workbook) prepare(t Table, name string) error {
	if len(t.Rows) >= maxRows {
		return fmt.Errorf("a sheet has room for %d rows, and there are %d", maxRows-1, len(t.Rows))
	}
	if _, err := x.file.NewSheet(name); err != nil {
		return err
	}
	last, err := excelize.CoordinatesToCellName(max(1, len(t.Columns)), len(t.Rows)+1)
	if err != nil {
		return err
	}
	if len(t.Columns) > 0 {
		if err := x.file.AutoFilter(name, "A1:"+last, nil); err != nil {
			return err
		}
	}
	if err := x.page(name, "landscape", pagesWide(widths(t))); err != nil {
		return err
	}
	if err := x.file.SetDefinedName(&excelize.DefinedName{Name: "_xlnm.Print_Titles", Scope: name, RefersTo: fmt.Sprintf("'%[1]s'!$A:$A,'%[1]s'!$1:$1", name)}); err != nil {
		return err
	}
	return x.choices(t, name)
}

// table writes the cells of a sheet.
func (x *workbook) table(t Table, name string) error {
	sheet, err := x.file.NewStreamWriter(name)
	if err != nil {
		return err
	}
	wide := widths(t)
	if err := setWidths(sheet, wide); err != nil {
		return err
	}
	if err := sheet.SetPanes(&excelize.Panes{Freeze: true, XSplit: 1, YSplit: 1, TopLeftCell: "B2", ActivePane: "bottomRight"}); err != nil {
		return err
	}
	head := make([]any, len(t.Columns))
	for i, h := range t.Columns {
		style := x.head
		if h.Derived {
			style = x.grey
		}
		head[i] = excelize.Cell{StyleID: style, Value: fit(clean(h.Title))}
	}
	if err := sheet.SetRow("A1", head); err != nil {
		return err
	}
	for i, row := range t.Rows {
		if len(row) > len(t.Columns) {
			return fmt.Errorf("row %d has %d cells for a head of %d", i+1, len(row), len(t.Columns))
		}
		if err := x.row(sheet, i+2, row, true, heightOf(row, wide)); err != nil {
			return err
		}
	}
	return sheet.Flush()
}

// page sets a sheet up for paper: A4, as wide as so many pages.
func (x *workbook) page(name, orientation string, wide int) error {
	size, high, fitted := 9, 0, true
	if err := x.file.SetPageLayout(name, &excelize.PageLayoutOptions{Size: &size, Orientation: &orientation, FitToWidth: &wide, FitToHeight: &high}); err != nil {
		return err
	}
	return x.file.SetSheetProps(name, &excelize.SheetPropsOptions{FitToPage: &fitted})
}

// row writes the cells of a row, the first of them as its head or not.
func (x *workbook) row(sheet *excelize.StreamWriter, number int, cells []Cell, headed bool, height excelize.RowOpts) error {
	values := make([]any, len(cells))
	for i, c := range cells {
		switch c.kind {
		case isText:
			style := x.text
			if headed && i == 0 {
				style = x.key
			}
			if c.tone != Plain {
				style = x.tones[c.tone]
			}
			values[i] = excelize.Cell{StyleID: style, Value: fit(c.text)}
		case isNumber:
			values[i] = excelize.Cell{StyleID: x.number, Value: c.number}
		case isDay:
			values[i] = x.date(c.day)
		}
	}
	at, err := excelize.CoordinatesToCellName(1, number)
	if err != nil {
		return err
	}
	return sheet.SetRow(at, values, height)
}

// date returns a day as the number that Excel keeps for it. It counts days from
// 1900 with a 29 February that there was not; days before March 1900 stay texts.
func (x *workbook) date(d aims.Date) excelize.Cell {
	if d.Before(aims.NewDate(1900, 3, 1)) {
		return excelize.Cell{StyleID: x.text, Value: d.String()}
	}
	return excelize.Cell{StyleID: x.day, Value: aims.NewDate(1899, 12, 30).DaysUntil(d)}
}
