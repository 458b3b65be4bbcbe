package plain

import (
	"bytes"
	"unicode"
	"unicode/utf8"
)

// longest is more than the length of the longest key word.
const longest = 24

// match looks at the word text[start:end], which the filter let through.
func (l *Lexicon) match(text []byte, start, end int) (Match, bool) {
	if end-start > longest {
		return Match{}, false
	}
	var small [longest]byte
	for i, c := range text[start:end] {
		small[i] = c | 0x20
	}
	list := l.keys[string(small[:end-start])]
	for i := range list {
		m := Match{start, end, &list[i]}
		if m.phrase.around(text, &m) && whole(text, m.Start, m.End) {
			return m, true
		}
	}
	return Match{}, false
}

// around widens a match from the key to the whole phrase, if it stands there.
func (p *phrase) around(text []byte, m *Match) bool {
	for i := len(p.before) - 1; i >= 0; i-- {
		start, ok := wordBefore(text, m.Start, p.before[i])
		if !ok {
			return false
		}
		m.Start = start
	}
	for _, w := range p.after {
		end, ok := wordAfter(text, m.End, w)
		if !ok {
			return false
		}
		m.End = end
	}
	return true
}

// wordAfter reports whether a word stands next behind an offset, and where it
// ends.
func wordAfter(text []byte, at int, word string) (end int, ok bool) {
	start := gapAfter(text, at)
	end = start + len(word)
	return end, start > at && end <= len(text) && bytes.EqualFold(text[start:end], []byte(word)) && !letterAt(text, end)
}

// wordBefore reports whether a word stands next before an offset, and where it
// begins.
func wordBefore(text []byte, at int, word string) (start int, ok bool) {
	end := gapBefore(text, at)
	start = end - len(word)
	return start, end < at && start >= 0 && bytes.EqualFold(text[start:end], []byte(word)) && !letterBefore(text, start)
}

// Between the words of a phrase may stand blanks, a line break with the marks
// of the quote that goes on, the marks of emphasis or of a link, or a hyphen.
const gaps = " \t\r\n>*_~[\\-"

func gapAfter(text []byte, at int) int {
	lines := 0
	for ; at < len(text); at++ {
		switch {
		case bytes.HasPrefix(text[at:], []byte("\u00a0")):
			at++
		case bytes.HasPrefix(text[at:], []byte("&nbsp;")):
			at += 5
		case bytes.IndexByte([]byte(gaps), text[at]) < 0:
			return at
		}
		if text[at] == '\n' {
			if lines++; lines > 1 { // another paragraph
				return at
			}
		}
	}
	return at
}

func gapBefore(text []byte, at int) int {
	lines := 0
	for ; at > 0; at-- {
		switch {
		case bytes.HasSuffix(text[:at], []byte("\u00a0")):
			at--
		case bytes.HasSuffix(text[:at], []byte("&nbsp;")):
			at -= 5
		case bytes.IndexByte([]byte(gaps), text[at-1]) < 0:
			return at
		}
		if text[at-1] == '\n' {
			if lines++; lines > 1 {
				return at
			}
		}
	}
	return at
}

// whole reports whether no letter touches text[start:end], and no word is tied
// to it with a hyphen, as in "age-appropriate".
func whole(text []byte, start, end int) bool {
	if letterBefore(text, start) || letterAt(text, end) {
		return false
	}
	return (start == 0 || text[start-1] != '-' || !letterBefore(text, start-1)) &&
		(end == len(text) || text[end] != '-' || !letterAt(text, end+1))
}

// letterAt reports whether a letter or digit of any script begins at an offset.
func letterAt(text []byte, at int) bool {
	r, _ := utf8.DecodeRune(text[min(at, len(text)):])
	return partOfWord(r)
}

func letterBefore(text []byte, at int) bool {
	r, _ := utf8.DecodeLastRune(text[:at])
	return partOfWord(r)
}

func partOfWord(r rune) bool {
	return r != utf8.RuneError && (unicode.IsLetter(r) || unicode.IsDigit(r) || unicode.IsMark(r))
}
