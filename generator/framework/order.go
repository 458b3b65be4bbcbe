package framework

import "cmp"

// Compare orders refs the way people count: A.2.2 before A.10.2, Art.9 before
// Art.10. Runs of digits compare as numbers, the rest by bytes.
func Compare(a, b string) int {
	for a != "" && b != "" {
		if digit(a[0]) && digit(b[0]) {
			x, restA := number(a)
			y, restB := number(b)
			if x != y {
				return cmp.Compare(x, y)
			}
			a, b = restA, restB
			continue
		}
		if a[0] != b[0] {
			return cmp.Compare(a[0], b[0])
		}
		a, b = a[1:], b[1:]
	}
	return cmp.Compare(len(a), len(b))
}

func digit(c byte) bool { return '0' <= c && c <= '9' }

// number splits the leading digits of s from the rest.
func number(s string) (uint64, string) {
	var n uint64
	i := 0
	for i < len(s) && digit(s[i]) {
		n = n*10 + uint64(s[i]-'0')
		i++
	}
	return n, s[i:]
}
