package framework

import (
	"slices"
	"strconv"
	"strings"
	"unicode"

	"annex/generator/aims"
	"annex/generator/source"
)

// Meant returns the entry that somebody who wrote a ref probably meant, or nil
// and the entries that stand nearest to it.
//
// Only letters and digits count, in runs: "Art. 4", "art 4" and "Art.4" are one.
// A missing "A." is added. Otherwise one run may hold a slip of the keyboard: a
// word with a wrong letter, a number that is off by one, has two digits swapped
// or a digit doubled. Numbers that are further away mean something else.
func Meant(ref string, among []*aims.Requirement) (meant *aims.Requirement, near []*aims.Requirement) {
	want := runs(ref)
	if len(want) == 0 {
		return nil, nil
	}
	for _, like := range []func(have []string) bool{
		func(have []string) bool { return slices.Equal(have, want) },
		func(have []string) bool { return strings.Join(have, "") == strings.Join(want, "") },
		func(have []string) bool { return slices.EqualFunc(have, want, sameWord) },
		func(have []string) bool { return !isNumber(have[0]) && slices.Equal(have[1:], want) },
	} {
		switch found := matching(among, like); {
		case len(found) == 1:
			return found[0], nil
		case len(found) > 1:
			return nil, found
		}
	}
	for at := len(want) - 1; at >= 0; at-- { // a slip near the end is likelier
		found := matching(among, func(have []string) bool { return slipAt(have, want, at) })
		if len(found) == 1 {
			return found[0], nil
		}
	}
	return nil, nearest(want, among)
}

func matching(among []*aims.Requirement, like func([]string) bool) []*aims.Requirement {
	var list []*aims.Requirement
	for _, q := range among {
		if have := runs(q.Ref); len(have) > 0 && like(have) {
			list = append(list, q)
		}
	}
	return list
}

// runs splits a ref into its runs of letters and of digits.
func runs(ref string) []string {
	var list []string
	open := false
	for _, c := range strings.ToLower(ref) {
		digit := c >= '0' && c <= '9'
		switch {
		case !digit && !unicode.IsLetter(c):
			open = false
			continue
		case open && digit == isNumber(list[len(list)-1]):
			list[len(list)-1] += string(c)
		default:
			list = append(list, string(c))
		}
		open = true
	}
	return list
}

func isNumber(run string) bool { return run[0] >= '0' && run[0] <= '9' }

// sameWord reports whether two runs are equal or one is a word cut short:
// article, art.
func sameWord(a, b string) bool {
	return a == b || !isNumber(a) && len(a) > 2 && len(b) > 2 && (strings.HasPrefix(a, b) || strings.HasPrefix(b, a))
}

// slipAt reports whether two refs differ in one run alone, by a slip.
func slipAt(have, want []string, at int) bool {
	if len(have) != len(want) {
		return false
	}
	for i := range want {
		if i != at && !sameWord(have[i], want[i]) {
			return false
		}
	}
	return slip(have[at], want[at])
}

func slip(a, b string) bool {
	x, y := number(a), number(b)
	switch {
	case x >= 0 && y >= 0:
		return x-y == 1 || y-x == 1 || doubled(a, b) || doubled(b, a) || swapped(a, b)
	case x < 0 && y < 0 && min(len(a), len(b)) > 2:
		return source.Nearest(a, []string{b}) == b
	}
	return false
}

// number returns the number that a run of digits or a Roman numeral stands for,
// or -1.
func number(run string) int {
	if n, err := strconv.Atoi(run); err == nil {
		return n
	}
	return slices.Index([]string{"", "i", "ii", "iii", "iv", "v", "vi", "vii", "viii", "ix", "x", "xi", "xii", "xiii"}, run)
}

// doubled reports whether long is short with one of its digits twice.
func doubled(long, short string) bool {
	if len(long) != len(short)+1 {
		return false
	}
	for i := range short {
		if short[:i+1]+short[i:] == long {
			return true
		}
	}
	return false
}

// swapped reports whether two neighbouring digits of a stand the other way in b.
func swapped(a, b string) bool {
	if len(a) != len(b) {
		return false
	}
	for i := range len(a) - 1 {
		if a[:i]+a[i+1:i+2]+a[i:i+1]+a[i+2:] == b {
			return a != b
		}
	}
	return false
}

// shown is how many entries stand for the neighbourhood of a ref.
const shown = 2

// nearest returns the entries that begin as a ref does and go on with the
// nearest numbers, those as long as it first, in the order of the catalog.
func nearest(want []string, among []*aims.Requirement) []*aims.Requirement {
	most := 1
	var list []*aims.Requirement
	for _, q := range among {
		switch n := common(runs(q.Ref), want); {
		case n > most:
			most, list = n, []*aims.Requirement{q}
		case n == most:
			list = append(list, q)
		}
	}
	inOrder := slices.Clone(list)
	rank := func(q *aims.Requirement) []int {
		have := runs(q.Ref)
		longer := len(have) - len(want)
		return append([]int{max(longer, -longer)}, away(have[most:], want[most:])...)
	}
	slices.SortStableFunc(list, func(a, b *aims.Requirement) int { return slices.Compare(rank(a), rank(b)) })
	list = list[:min(shown, len(list))]
	return slices.DeleteFunc(inOrder, func(q *aims.Requirement) bool { return !slices.Contains(list, q) })
}

// common returns with how many equal runs two refs begin.
func common(a, b []string) int {
	n := 0
	for n < min(len(a), len(b)) && sameWord(a[n], b[n]) {
		n++
	}
	return n
}

// away returns how far the rest of a ref is from that of another, run by run.
func away(have, want []string) []int {
	const far = 1000
	var list []int
	for i := range max(len(have), len(want)) {
		x, y := 0, 0
		if i < len(have) {
			x = number(have[i])
		}
		if i < len(want) {
			y = number(want[i])
		}
		switch {
		case i < min(len(have), len(want)) && have[i] == want[i]:
			list = append(list, 0)
		case x < 0 || y < 0:
			list = append(list, far)
		default:
			list = append(list, max(x-y, y-x))
		}
	}
	return list
}
