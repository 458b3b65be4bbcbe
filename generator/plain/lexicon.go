package plain

import (
	"slices"
	"strings"
)

// Lexicon is the list of words, laid out for looking through texts. It is safe
// for use from several goroutines.
type Lexicon struct {
	words  []Word
	filter filter              // of key words
	keys   map[string][]phrase // by key word, longest phrases first
	forms  map[string]*Word
}

// phrase is one form of a word, taken apart at its key: the word in it that
// texts hold least, "needed" of "as needed".
type phrase struct {
	form          string
	before, after []string
	word          *Word
}

// New lays out the list.
func New() *Lexicon {
	l := &Lexicon{words: Words(), keys: map[string][]phrase{}, forms: map[string]*Word{}}
	for i := range l.words {
		w := &l.words[i]
		for _, form := range w.Forms {
			l.forms[form] = w
			parts := strings.FieldsFunc(form, func(r rune) bool { return r == ' ' || r == '-' })
			k := key(parts)
			l.keys[parts[k]] = append(l.keys[parts[k]], phrase{form, parts[:k], parts[k+1:], w})
			l.filter.add(parts[k])
		}
	}
	for _, list := range l.keys {
		slices.SortStableFunc(list, func(a, b phrase) int { return len(b.form) - len(a.form) })
	}
	return l
}

// key chooses the longest word of a phrase that does not stand everywhere.
func key(parts []string) int {
	best := -1
	for i, p := range parts {
		if !slices.Contains([]string{"and", "should", "shall", "from"}, p) && (best < 0 || len(p) > len(parts[best])) {
			best = i
		}
	}
	return best
}

// Find returns the entry that a form belongs to, or nil.
func (l *Lexicon) Find(form string) *Word { return l.forms[form] }

// Forms returns every form of the list in alphabetical order.
func (l *Lexicon) Forms() []string {
	var list []string
	for _, w := range l.words {
		list = append(list, w.Forms...)
	}
	slices.Sort(list)
	return list
}

// filter dismisses nearly all words that are not in it by their first two
// letters, their last, and their length: a set of bits, one for each hash of
// these.
type filter [1 << 13 / 64]uint64

func (f *filter) add(word string) {
	h := hash(word[0], word[1], word[len(word)-1], len(word))
	f[h/64] |= 1 << (h % 64)
}

// admits reports whether the word text[start:end] may be one that was added.
func (f *filter) admits(text []byte, start, end int) bool {
	h := hash(text[start], text[min(start+1, end-1)], text[end-1], end-start)
	return f[h/64]>>(h%64)&1 != 0
}

// hash takes small and capital letters for the same.
func hash(first, second, last byte, length int) uint32 {
	x := uint32(first&31) | uint32(second&31)<<5 | uint32(last&31)<<10 | uint32(length)<<15
	return x * 0x9e3779b1 >> (32 - 13) // Knuth's multiplicative hash
}
