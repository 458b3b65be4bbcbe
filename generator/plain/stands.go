package plain

import "unicode/utf8"

// window is how many bytes before and behind a match are looked at, so that a
// block of nothing but matches does not take time in proportion to its square.
const window = 600

// Stands reports whether a match counts in the block text[from:to] that it was
// found in: a paragraph, a heading, an item of a list, a row of a table. It does
// not count between quotation marks, before a word that makes a term of it
// ("reasonably foreseeable"), and in a sentence that says enough ("regularly,
// every 6 months").
func (m Match) Stands(text []byte, from, to int) bool {
	if m.Start < from || m.End > to {
		return false // a phrase over two blocks
	}
	for _, w := range m.phrase.word.before {
		if _, ok := wordBefore(text, m.Start, w); ok {
			return false
		}
	}
	for _, w := range m.phrase.word.after {
		if _, ok := wordAfter(text, m.End, w); ok {
			return false
		}
	}
	from, to = max(from, m.Start-window), min(to, m.End+window)
	block, start, end := text[from:to], m.Start-from, m.End-from
	return !quoted(block, start, end) && !m.fine(block, start, end)
}

// quoted reports whether block[start:end] stands between quotation marks.
func quoted(block []byte, start, end int) bool {
	var straight, curly, single quotation
	found := false
	for i := 0; i < len(block); i++ {
		switch block[i] {
		case '"', '\'', "“"[0], "«"[0]:
		default:
			continue
		}
		r, size := utf8.DecodeRune(block[i:])
		switch r {
		case '"':
			if !straight.open {
				straight = quotation{i, true}
			} else {
				found = straight.closes(start, end, i) || found
			}
		case '„', '«':
			curly = quotation{i, true}
		case '“', '”', '»': // “ opens in English and closes in German
			if r == '“' && !curly.open {
				curly = quotation{i, true}
			} else {
				found = curly.closes(start, end, i) || found
			}
		case '\'', '‘', '’': // may be an apostrophe
			if before, after := letterBefore(block, i), letterAt(block, i+size); r != '’' && !before && after {
				single = quotation{i, true}
			} else if r != '‘' && !after {
				found = single.closes(start, end, i) || found
			}
		}
	}
	return found
}

// quotation is what stands between two marks.
type quotation struct {
	at   int // of the first mark
	open bool
}

// closes ends a quotation with a mark at an offset, and reports whether it holds
// all between start and end.
func (q *quotation) closes(start, end, at int) bool {
	holds := q.open && q.at < start && at >= end
	q.open = false
	return holds
}
