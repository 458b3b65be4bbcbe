package spreadsheet

import (
	"math"
	"slices"
	"strconv"
	"strings"
	"unicode/utf16"
	"unicode/utf8"

	"github.com/xuri/excelize/v2"
)

// The sheets that every workbook may have beside its tables.
const (
	CoverName = "About"       // the first
	listsName = "annex lists" // of the words that columns offer, out of sight
)

// SheetNames returns the name of each table's sheet as Excel allows them: at most
// 31 UTF-16 units, none of : \ / ? * [ ] and no apostrophe, different from each
// other and from the cover whatever their case.
func SheetNames(tables []Table) []string {
	var names []string
	taken := map[string]bool{"history": true} // Excel keeps it for itself
	for _, name := range []string{CoverName, listsName, hiddenName(0)} {
		taken[strings.ToLower(name)] = true
	}
	for i, t := range tables {
		base := strings.TrimSpace(strings.Map(func(r rune) rune {
			switch {
			case strings.ContainsRune(`:\/?*[]`, r) || r < ' ':
				return '-'
			case r == '\'':
				return '’'
			}
			return r
		}, clean(t.Name)))
		if base == "" {
			base = "Sheet " + strconv.Itoa(i+1)
		}
		name := cut(base, excelize.MaxSheetNameLength)
		for n := 2; taken[strings.ToLower(name)]; n++ {
			suffix := " " + strconv.Itoa(n)
			name = cut(base, excelize.MaxSheetNameLength-len(suffix)) + suffix
		}
		taken[strings.ToLower(name)] = true
		names = append(names, name)
	}
	return names
}

// cut shortens a text to so many UTF-16 units, without cutting a sign in two.
func cut(s string, units int) string {
	for i, r := range s {
		if units -= utf16.RuneLen(r); units < 0 {
			return s[:i]
		}
	}
	return s
}

// fit cuts a text that is too long for a cell, and says so with its last sign.
func fit(s string) string {
	if len(s) <= maxText || len(utf16.Encode([]rune(s))) <= maxText {
		return s
	}
	return cut(s, maxText-1) + "…"
}

// The widths that columns may have, in characters.
const (
	narrowest = 8
	widest    = 50
)

// widths returns how wide the columns of a table are: as its longest line, within
// limits.
func widths(t Table) []float64 {
	list := make([]float64, len(t.Columns))
	for i, h := range t.Columns {
		list[i] = float64(longestLine(h.Title) + 3) // beside the sign of the filter
	}
	for _, row := range t.Rows {
		for i, c := range row {
			if i < len(list) {
				list[i] = max(list[i], float64(longestLine(c.String())+1))
			}
		}
	}
	for i := range list {
		list[i] = min(max(list[i], narrowest), widest)
	}
	return list
}

// pageWidth is how many characters can still be read on a page across.
const pageWidth = 190

// pagesWide returns on how many pages side by side a table is printed.
func pagesWide(widths []float64) int {
	sum := 0.0
	for _, w := range widths {
		sum += w
	}
	return max(1, int(sum+pageWidth-1)/pageWidth)
}

// The height of one line in points, and the most that a row may have.
const (
	lineHeight = 15
	maxHeight  = 400
)

// heightOf returns how high a row is, about: not every program finds out before
// somebody edits the row.
func heightOf(row []Cell, widths []float64) excelize.RowOpts {
	lines := 1
	for i, c := range row {
		if c.kind != isText || i >= len(widths) {
			continue
		}
		n := 0
		for line := range strings.SplitSeq(c.text, "\n") {
			n += max(1, int(math.Ceil(float64(utf8.RuneCountInString(line))/widths[i])))
		}
		lines = max(lines, n)
	}
	return excelize.RowOpts{Height: float64(min(lines*lineHeight, maxHeight))}
}

func longestLine(s string) int {
	n := 0
	for line := range strings.SplitSeq(s, "\n") {
		n = max(n, utf8.RuneCountInString(line))
	}
	return n
}

// setWidths sets the widths of the first columns. Excelize writes them in the
// opposite order, and Excel expects them from left to right.
func setWidths(sheet *excelize.StreamWriter, list []float64) error {
	for i, width := range slices.Backward(list) {
		if err := sheet.SetColWidth(i+1, i+1, width); err != nil {
			return err
		}
	}
	return nil
}
