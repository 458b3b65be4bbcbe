// Package plain finds words in Markdown texts that nobody can test: what is
// "appropriate", what happens "as needed", what is done "regularly" without a
// period. A policy that says so can be neither kept nor broken.
//
//	text := []byte("Backups are tested regularly, if possible.")
//	for _, m := range plain.New().Scan(text) {
//		m.Stands(text, 0, len(text)) // true for "regularly" and "if possible"
//	}
//
// It works in two steps, since most documents hold few such words, and some
// none. [Lexicon.Scan] goes over the source of a whole document once, knows
// nothing of Markdown, and costs less than a nanosecond a byte. Package markdown
// knows which of the matches are running text, and asks [Match.Stands] about
// each of these whether its sentence makes it testable after all.
//
// The list is in words.go. It knows English only.
package plain

import (
	"encoding/binary"
	"math/bits"
)

// Match is a word or phrase of the list in a text.
type Match struct {
	Start, End int // offsets into the text
	phrase     *phrase
}

// Form returns the match as the list writes it: "appropriately".
func (m Match) Form() string { return m.phrase.form }

// Scan returns every place of a text where a word or phrase of the list may
// stand, in the order of the text; nil if there is none.
//
// It looks at 64 bytes at a time: a bit mask of which of them are letters shows
// where words begin and end, and a filter of first and last letters and lengths
// dismisses all but one word in twenty.
func (l *Lexicon) Scan(text []byte) []Match {
	var found []Match
	var rest [64]byte // of the text, then zeros
	start := 0        // of the word that was begun last
	before := uint64(0)
	for at := 0; at <= len(text); at += 64 {
		var letters uint64
		if at+64 <= len(text) {
			letters = letterMask((*[64]byte)(text[at:]))
		} else {
			copy(rest[:], text[at:])
			letters = letterMask(&rest)
		}
		inside := before != 0
		edges := letters ^ (letters<<1 | before)
		before = letters >> 63
		for ; edges != 0; edges &= edges - 1 {
			i := at + bits.TrailingZeros64(edges)
			if inside = !inside; inside {
				start = i
				continue
			}
			if l.filter.admits(text, start, i) {
				if m, ok := l.match(text, start, i); ok {
					found = append(found, m)
				}
			}
		}
	}
	return found
}

// letterMask returns a mask of the ASCII letters among 64 bytes, the first byte
// in the lowest bit.
func letterMask(block *[64]byte) (mask uint64) {
	const each, high = 0x0101010101010101, 0x8080808080808080
	for i := 0; i < 64; i += 8 {
		eight := binary.LittleEndian.Uint64(block[i:])
		low := (eight | 0x20*each) &^ high // small letters; carries cannot reach the next byte
		atLeastA := low + (0x80-'a')*each
		aboveZ := low + (0x80-'z'-1)*each
		letters := atLeastA &^ aboveZ &^ eight & high
		mask |= (letters >> 7 * 0x0102040810204080 >> 56) << i // one bit of each byte
	}
	return mask
}
