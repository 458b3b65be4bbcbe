// Package sampling draws samples that anybody can draw again: random enough that
// nobody chose them, and the same wherever they are drawn.
//
//	chosen := sampling.Draw("ostermark 2026-11-24", []string{"control:a", "control:b"}, 1)
//
// The items are sorted by the SHA-256 of the seed, a line break and the key of the
// item, and the first n are taken. The shell does it too:
//
//	printf '%s\n%s' 'ostermark 2026-11-24' 'control:a' | sha256sum
//
// themes/src/draw.js is the same in the browser.
package sampling

import (
	"bytes"
	"crypto/sha256"
	"math"
	"slices"
)

// Item is one item of a sample.
type Item struct {
	Index  int // in the list that was drawn from
	Digest [sha256.Size]byte
}

// Draw chooses n items by their keys, in the order in which they were drawn; all
// of them where there are no more.
func Draw(seed string, keys []string, n int) []Item {
	items := make([]Item, len(keys))
	for i, key := range keys {
		items[i] = Item{i, sha256.Sum256([]byte(seed + "\n" + key))}
	}
	slices.SortStableFunc(items, func(a, b Item) int { return bytes.Compare(a.Digest[:], b.Digest[:]) })
	return items[:min(max(n, 0), len(items))]
}

// least is the smallest sample of a list that has as many.
const least = 3

// Size returns how many of n items a sample has when nobody says so: the square
// root, as is usual among auditors for lists of like items, and three at least.
func Size(n int) int {
	return min(n, max(least, int(math.Ceil(math.Sqrt(float64(n))))))
}
