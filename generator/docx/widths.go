package docx

import (
	"strings"
	"unicode/utf8"
)

// Measures of table text, in twips. A letter is as wide as the average one of
// the type that tables are set in; the letters of a single word may be wider.
const (
	letter     = 100
	boldLetter = 122
	cellMargin = 85
	narrowest  = 360
)

// wide and wordy bound what one text can ask for, in letters.
const (
	wide  = 60
	wordy = 22
)

// widths shares the width of the page out among the columns of a table. Where
// none are given they follow from the texts: first each column gets its longest
// word, then what is left goes to those with long lines.
func (t Table) widths(total int) []int {
	n := t.columns()
	out := make([]int, n)
	if shares := t.shares(); shares > 0 && len(t.Columns) == n {
		left := total
		for i, c := range t.Columns {
			out[i] = max(total*c.Width/shares, narrowest)
			left -= out[i]
		}
		out[n-1] = max(out[n-1]+left, narrowest)
		return out
	}
	least, want := make([]int, n), make([]int, n)
	for _, row := range t.Rows {
		for i, c := range row.Cells {
			if row.Group || i >= n {
				break
			}
			word, line := c.measure()
			least[i] = max(least[i], min(word, wordy))
			want[i] = max(want[i], min(line, wide))
		}
	}
	for i := range n {
		least[i] = max(least[i]*boldLetter+2*cellMargin, narrowest)
		want[i] = max(want[i]*letter+2*cellMargin, least[i])
	}
	return share(total, least, want)
}

func (t Table) shares() int {
	n := 0
	for _, c := range t.Columns {
		n += c.Width
	}
	return n
}

// share gives each column its least, and of what is left in proportion to what
// it wants beyond. Too little for all is shared out in proportion to the least.
func share(total int, least, want []int) []int {
	out := make([]int, len(least))
	base, extra, rest := sum(least), sum(want)-sum(least), total
	for i := range out {
		switch {
		case base >= total:
			out[i] = max(total*least[i]/base, 1)
		case extra == 0:
			out[i] = total * least[i] / base
		default:
			out[i] = least[i] + (total-base)*(want[i]-least[i])/extra
		}
		rest -= out[i]
	}
	out[len(out)-1] = max(out[len(out)-1]+rest, 1) // what rounding left over
	return out
}

// measure returns the lengths of the longest word and the longest line of a cell,
// in letters.
func (c Cell) measure() (word, line int) {
	each := func(text string) {
		line = max(line, utf8.RuneCountInString(text))
		for w := range strings.FieldsSeq(text) {
			word = max(word, utf8.RuneCountInString(w))
		}
	}
	measure(c.Blocks, each)
	return word, line
}

func measure(blocks []Block, each func(string)) {
	for _, x := range blocks {
		switch x := x.(type) {
		case Paragraph:
			each(Words(x.Runs))
		case Heading:
			each(Words(x.Runs))
		case Code:
			each(x.Text)
		case List:
			for _, item := range x.Items {
				measure(item, each)
			}
		case Container:
			measure(x.Blocks, each)
		}
	}
}

// lines guesses how many lines a row has.
func (r Row) lines(widths []int) int {
	most := 0
	for i, c := range r.Cells {
		n := 0
		measure(c.Blocks, func(text string) {
			width := sum(widths)
			if !r.Group && i < len(widths) {
				width = widths[i]
			}
			n += 1 + utf8.RuneCountInString(text)*letter/max(width-2*cellMargin, letter)
		})
		most = max(most, n)
	}
	return most
}
