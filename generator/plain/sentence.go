package plain

import (
	"bytes"
	"unicode/utf8"
)

// sentence is the sentence around a match, and its words and numbers in small
// letters, with an empty one in the place of the match.
type sentence struct {
	text       []byte
	start, end int // of the match in text
	letters    []byte
	words      []int32 // where each ends in letters
	match      int     // which of the words
}

// word returns the i-th word, or nothing when there is none.
func (s *sentence) word(i int) []byte {
	switch {
	case i < 0 || i >= len(s.words):
		return nil
	case i == 0:
		return s.letters[:s.words[0]]
	}
	return s.letters[s.words[i-1]:s.words[i]]
}

// fine reports whether the rest of its sentence makes a match testable. It is
// asked thousands of times in a large workspace, and allocates nothing for
// sentences of ordinary length.
func (m Match) fine(block []byte, start, end int) bool {
	test := m.phrase.word.unless
	if test == never {
		return false
	}
	var letters [600]byte
	var words [100]int32
	s := sentenceAround(block, start, end)
	s.letters, s.words, s.match = split(s.text, s.start, s.end, letters[:0], words[:0])
	switch test {
	case settled:
		return s.asks() || s.leadsOn() || s.refers()
	case referred:
		return s.refers()
	case periodic:
		return s.namesPeriod() || s.leadsOn() || s.refers()
	case limited:
		return s.namesLimit() || s.leadsOn() || s.refers()
	default:
		return s.counts() || s.givesExamples()
	}
}

func sentenceAround(block []byte, start, end int) sentence {
	from, to := 0, len(block)
	for i, c := range block {
		if c != '.' && c != '!' && c != '?' || !endsSentence(block, i) {
			continue
		}
		if i < start {
			from = i + 1
		} else if i >= end {
			to = i + 1
			break
		}
	}
	return sentence{text: block[from:to], start: start - from, end: end - from}
}

// endsSentence reports whether the sign at an offset ends a sentence: what comes
// behind it and a blank does not begin small or with a digit, as behind "e.g.".
func endsSentence(block []byte, at int) bool {
	rest := bytes.TrimLeft(block[at+1:], "\"')*_]”’»")
	next := bytes.TrimLeft(rest, " \t\r\n>")
	if len(next) == 0 {
		return true
	}
	next = bytes.TrimLeft(next, "\"'(*_[“‘«")
	return len(next) < len(rest) && (len(next) == 0 || (next[0] < 'a' || next[0] > 'z') && (next[0] < '0' || next[0] > '9'))
}

// split adds the words of a sentence to letters and ends.
func split(text []byte, start, end int, letters []byte, ends []int32) (_ []byte, _ []int32, match int) {
	for i := 0; i < len(text); {
		c, size, part := text[i], 1, true
		switch {
		case i == start:
			ends = closed(letters, ends)
			match = len(ends)
			ends = append(ends, int32(len(letters)))
			i = end
			continue
		case c >= 'A' && c <= 'Z':
			c |= 0x20
		case c >= 'a' && c <= 'z', c >= '0' && c <= '9':
		case c < utf8.RuneSelf:
			part = false
		default:
			var r rune
			r, size = utf8.DecodeRune(text[i:])
			part = partOfWord(r)
		}
		if part {
			letters = append(letters, c)
			letters = append(letters, text[i+1:i+size]...)
		} else {
			ends = closed(letters, ends)
		}
		i += size
	}
	return letters, closed(letters, ends), match
}

// closed ends the word that was begun, if one was.
func closed(letters []byte, ends []int32) []int32 {
	if n := int32(len(letters)); n > 0 && (len(ends) == 0 || ends[len(ends)-1] < n) {
		return append(ends, n)
	}
	return ends
}

// asks reports whether somebody has to judge: "decides whether the data are
// adequate", "says why it is reasonable", "Is the evidence sufficient?"
func (s *sentence) asks() bool {
	for i := range s.match {
		if w := s.word(i); string(w) == "whether" || string(w) == "why" {
			return true
		}
	}
	return bytes.HasSuffix(bytes.TrimRight(s.text, " \t\r\n\"')*_]”’»"), []byte("?"))
}

// leadsOn reports whether the sentence announces what follows: "a suitable plan,
// which names:"
func (s *sentence) leadsOn() bool {
	return bytes.HasSuffix(bytes.TrimRight(s.text, " \t\r\n*_"), []byte(":"))
}

// refers reports whether the sentence leads to the place that says more: "in a
// timely manner, as defined in [[patching]]".
func (s *sentence) refers() bool {
	if !bytes.Contains(s.text, []byte("[[")) && !bytes.Contains(s.text, []byte("](")) {
		return false
	}
	for i := range s.words {
		switch string(s.word(i)) {
		case "according", "accordance", "defined", "described", "listed", "set", "specified":
			return true
		}
	}
	return false
}

// givesExamples reports whether the sentence means to give examples.
func (s *sentence) givesExamples() bool {
	for i := range s.words {
		switch before := string(s.word(i - 1)); string(s.word(i)) {
		case "example", "examples":
			return true
		case "g":
			if before == "e" {
				return true
			}
		case "as":
			if before == "such" {
				return true
			}
		}
	}
	return false
}

// counts reports whether a number stands before the match, so that everybody
// can go on counting: "2026-01 and so on".
func (s *sentence) counts() bool {
	before := bytes.TrimRight(s.text[:s.start], " \t\r\n>`*_)]\"',.…")
	return len(before) > 0 && before[len(before)-1] >= '0' && before[len(before)-1] <= '9'
}
