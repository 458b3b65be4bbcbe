package source

import "slices"

// Nearest returns the candidate that word was probably meant to be, or "" when
// none is near. Swapped neighbours count as one mistake (Damerau-Levenshtein
// with adjacent transpositions). Of equally near ones the first by the alphabet
// wins, so that the answer does not depend on the order of candidates.
func Nearest(word string, candidates []string) string {
	best, bestDistance := "", 1+max(1, min(3, len(word)/3))
	for _, c := range candidates {
		if abs(len(c)-len(word)) > bestDistance {
			continue
		}
		d := distance(word, c)
		if d < bestDistance || d == bestDistance && best != "" && c < best {
			best, bestDistance = c, d
		}
	}
	return best
}

func abs(n int) int { return max(n, -n) }

// distance is the number of single mistakes that lead from a to b.
func distance(a, b string) int {
	x, y := []rune(a), []rune(b)
	if len(x) > 200 || len(y) > 200 {
		return 1000
	}
	before := make([]int, len(y)+1)
	previous := make([]int, len(y)+1)
	current := make([]int, len(y)+1)
	for j := range previous {
		previous[j] = j
	}
	for i := 1; i <= len(x); i++ {
		current[0] = i
		for j := 1; j <= len(y); j++ {
			cost := 1
			if x[i-1] == y[j-1] {
				cost = 0
			}
			current[j] = slices.Min([]int{previous[j] + 1, current[j-1] + 1, previous[j-1] + cost})
			if i > 1 && j > 1 && x[i-1] == y[j-2] && x[i-2] == y[j-1] {
				current[j] = min(current[j], before[j-2]+1)
			}
		}
		before, previous, current = previous, current, before
	}
	return previous[len(y)]
}
