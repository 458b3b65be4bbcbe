package spreadsheet

import (
	"fmt"
	"slices"
	"strconv"
	"strings"

	"github.com/xuri/excelize/v2"
)

// maxInline is how long the words of a list may be that stands with its column,
// in UTF-16 units. A longer one stands on a sheet that nobody sees.
const maxInline = 255

// lists is the sheet of the words that columns offer, a column for each list.
type lists struct{ columns [][]string }

// place returns where a list stands on the sheet, and adds it if it is new.
func (l *lists) place(words []string) (string, error) {
	i := slices.IndexFunc(l.columns, func(c []string) bool { return slices.Equal(c, words) })
	if i < 0 {
		i = len(l.columns)
		l.columns = append(l.columns, words)
	}
	column, err := excelize.ColumnNumberToName(i + 1)
	return fmt.Sprintf("'%s'!$%s$1:$%s$%d", listsName, column, column, len(words)), err
}

// choices lets the columns of a sheet offer their words, for rows that are added
// below as well.
func (x *workbook) choices(t Table, sheet string) error {
	for i, c := range t.Columns {
		if len(c.Words) == 0 || c.Derived {
			continue
		}
		column, err := excelize.ColumnNumberToName(i + 1)
		if err != nil {
			return err
		}
		v := excelize.NewDataValidation(true)
		v.SetSqref(fmt.Sprintf("%s2:%s%d", column, column, min(len(t.Rows)+500, maxRows)))
		if err := x.choice(v, c); err != nil {
			return err
		}
		if err := x.file.AddDataValidation(sheet, v); err != nil {
			return err
		}
	}
	return nil
}

func (x *workbook) choice(v *excelize.DataValidation, c Column) error {
	inline := strings.Join(c.Words, ",")
	fits := len(inline) <= maxInline && !slices.ContainsFunc(c.Words, func(w string) bool { return strings.ContainsAny(w, ",\"") })
	if c.Many { // a list to choose from would take one of them alone
		if fits {
			v.SetInput(cut(clean(c.Title), 32), cut("One or more, with commas between: "+strings.Join(c.Words, ", "), maxInline))
		}
		return nil
	}
	if fits {
		v.SetError(excelize.DataValidationErrorStyleStop, cut(clean(c.Title), 32), cut("Choose one of "+strings.Join(c.Words, ", ")+".", maxInline))
		return v.SetDropList(c.Words)
	}
	place, err := x.lists.place(c.Words)
	if err != nil {
		return err
	}
	v.SetError(excelize.DataValidationErrorStyleWarning, cut(clean(c.Title), 32), "This is none of the values that were known when the file was made.")
	v.SetSqrefDropList(place)
	return nil
}

// hiddenName is the name of the n-th sheet that only programs see.
func hiddenName(n int) string {
	if n == 0 {
		return "annex"
	}
	return "annex " + strconv.Itoa(n+1)
}

// hide makes the sheets that only programs see and that of the lists, and returns
// the rows of each. They are hidden before anything is written: excelize would
// read every written sheet again.
func (x *workbook) hide(tables []Table) (map[string][][]Cell, error) {
	rows := map[string][][]Cell{}
	var names []string
	for i, t := range tables {
		names = append(names, hiddenName(i))
		rows[hiddenName(i)] = t.Rows
	}
	if len(x.lists.columns) > 0 {
		names = append(names, listsName)
		rows[listsName] = x.lists.rows()
	}
	for _, name := range names {
		if _, err := x.file.NewSheet(name); err != nil {
			return nil, err
		}
		if err := x.file.SetSheetVisible(name, false, true); err != nil {
			return nil, err
		}
	}
	return rows, nil
}

// rows returns the lists as columns beside each other.
func (l *lists) rows() [][]Cell {
	var rows [][]Cell
	for c, words := range l.columns {
		for r, word := range words {
			if r == len(rows) {
				rows = append(rows, nil)
			}
			rows[r] = append(rows[r], make([]Cell, c+1-len(rows[r]))...)
			rows[r][c] = Text(word)
		}
	}
	return rows
}

// bare writes the cells of a sheet without a head.
func (x *workbook) bare(name string, rows [][]Cell) error {
	sheet, err := x.file.NewStreamWriter(name)
	if err != nil {
		return err
	}
	for i, row := range rows {
		if err := x.row(sheet, i+1, row, false, excelize.RowOpts{}); err != nil {
			return err
		}
	}
	return sheet.Flush()
}
