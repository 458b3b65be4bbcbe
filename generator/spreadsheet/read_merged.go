package spreadsheet

import (
	"cmp"
	"iter"
	"slices"

	"github.com/xuri/excelize/v2"
)

// Covers reports whether a cell lies below another that spreads over it, and over
// which area that one spreads, as "B7:D9". Nobody sees what such a cell holds, and
// programs empty it: it is not among the cells of the sheet, and yet nobody has
// cleared it. The cell may be any, in a row that holds nothing too. The cost grows
// with the logarithm of the number of areas.
func (s *Sheet) Covers(column, row int) (area string, ok bool) {
	a, ok := s.merged.at(spot{column, row})
	if !ok || a.first == (spot{column, row}) {
		return "", false
	}
	return a.String(), true
}

// First returns the place of the cell that shows where another stands: of the top
// left one of the area that covers it, or its own where none does.
func (s *Sheet) First(column, row int) (firstColumn, firstRow int) {
	if a, ok := s.merged.at(spot{column, row}); ok {
		return a.first.column, a.first.row
	}
	return column, row
}

// merge keeps the merged cells of a sheet. Two areas that lie over each other are
// refused: programs would not agree which cell shows there.
func (s *sheetReader) merge() error {
	slices.SortFunc(s.merged, func(a, b area) int {
		return cmp.Or(cmp.Compare(a.first.row, b.first.row), cmp.Compare(a.first.column, b.first.column), cmp.Compare(a.last.row, b.last.row), cmp.Compare(a.last.column, b.last.column))
	})
	s.merged = slices.Compact(s.merged) // said twice, it is still the same
	if one, other, found := overlapping(s.merged); found {
		return damaged("its merged cells %s and %s lie over each other", one, other)
	}
	s.sheet.merged = indexed(s.merged)
	return nil
}

// areaIndex finds the area in which a cell lies. It is a segment tree over the rows
// in which areas begin and end: an area stands in the few nodes that make up its
// rows, so that the areas of a node lie side by side, by column.
type areaIndex struct {
	areas []area
	rows  []int   // at which a leaf begins, by number
	nodes [][]int // areas; node i is above 2i and 2i+1, and leaf i is node len(rows)+i
}

// indexed makes an index of areas that do not lie over each other.
func indexed(areas []area) *areaIndex {
	if len(areas) == 0 {
		return nil
	}
	x := &areaIndex{areas: slices.Clone(areas)}
	slices.SortFunc(x.areas, func(a, b area) int { return cmp.Compare(a.first.column, b.first.column) })
	for _, a := range areas {
		x.rows = append(x.rows, a.first.row, a.last.row+1)
	}
	slices.Sort(x.rows)
	x.rows = slices.Compact(x.rows)
	x.nodes = make([][]int, 2*len(x.rows))
	for i, a := range x.areas {
		from, _ := slices.BinarySearch(x.rows, a.first.row)
		to, _ := slices.BinarySearch(x.rows, a.last.row+1)
		for from, to = from+len(x.rows), to+len(x.rows); from < to; from, to = from/2, to/2 {
			if from%2 == 1 {
				x.nodes[from] = append(x.nodes[from], i)
				from++
			}
			if to%2 == 1 {
				to--
				x.nodes[to] = append(x.nodes[to], i)
			}
		}
	}
	return x
}

// at returns the area in which a cell lies. A nil index has none.
func (x *areaIndex) at(p spot) (area, bool) {
	if x == nil {
		return area{}, false
	}
	leaf, begins := slices.BinarySearch(x.rows, p.row)
	if !begins {
		leaf--
	}
	if leaf < 0 {
		return area{}, false
	}
	for n := leaf + len(x.rows); n > 0; n /= 2 {
		list := x.nodes[n]
		behind, _ := slices.BinarySearchFunc(list, p.column+1, func(i, column int) int { return cmp.Compare(x.areas[i].first.column, column) })
		if behind > 0 && x.areas[list[behind-1]].last.column >= p.column {
			return x.areas[list[behind-1]], true
		}
	}
	return area{}, false
}

// overlapping returns two areas that lie over each other, if there are any, of areas
// in the order of their first rows. It goes down the rows and keeps a bit for each
// column that an area covers.
func overlapping(areas []area) (one, other area, found bool) {
	byLast := slices.Clone(areas)
	slices.SortFunc(byLast, func(a, b area) int { return cmp.Compare(a.last.row, b.last.row) })
	var covered [excelize.MaxColumns/64 + 1]uint64
	for i, a := range areas {
		for ; byLast[0].last.row < a.first.row; byLast = byLast[1:] { // a itself ends later
			for word, mask := range byLast[0].columns() {
				covered[word] &^= mask
			}
		}
		for word, mask := range a.columns() {
			if covered[word]&mask == 0 {
				covered[word] |= mask
				continue
			}
			for _, b := range areas[:i] {
				if b.last.row >= a.first.row && b.first.column <= a.last.column && b.last.column >= a.first.column {
					return b, a, true
				}
			}
		}
	}
	return area{}, area{}, false
}

// columns yields the columns of an area as bits, 64 columns at a time.
func (a area) columns() iter.Seq2[int, uint64] {
	return func(yield func(int, uint64) bool) {
		for word := a.first.column / 64; word <= a.last.column/64; word++ {
			mask := ^uint64(0)
			if word == a.first.column/64 {
				mask <<= a.first.column % 64
			}
			if word == a.last.column/64 {
				mask &= ^uint64(0) >> (63 - a.last.column%64)
			}
			if !yield(word, mask) {
				return
			}
		}
	}
}
