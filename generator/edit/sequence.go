package edit

import (
	"strings"

	"annex/generator/source"
)

// sequence is a list or inline table from which elements go and to which others
// come. Offsets are those of the document.
type sequence struct {
	text       string
	start, end int // of the brackets and all between them
	elements   []source.Part
	keep       []bool
	commas     []int  // behind each element; -1 for none
	gone       []bool // bytes that go, from start on
	insert     []splice
}

// resequence makes the splices for a list or inline table.
func (d *document) resequence(part *source.Part, keep []bool, added []string) {
	s := &sequence{text: d.text, start: part.Start, end: part.End, elements: part.Parts, keep: keep, gone: make([]bool, part.End-part.Start)}
	s.findCommas()
	for i := 0; i < len(keep); i++ {
		if keep[i] {
			continue
		}
		last := i
		for last+1 < len(keep) && !keep[last+1] && s.together(s.elements[last].End, s.elements[last+1].Start) {
			last++
		}
		s.remove(i, last)
		i = last
	}
	s.mendCommas(len(added) > 0)
	if len(added) > 0 {
		s.add(added)
	} else {
		s.closeUp()
	}
	d.splices = append(d.splices, s.splices()...)
}

// findCommas notes the comma behind each element.
func (s *sequence) findCommas() {
	for i, e := range s.elements {
		end := s.end - 1
		if i+1 < len(s.elements) {
			end = s.elements[i+1].Start
		}
		comma := -1
		for at := e.End; at < end && comma < 0; at++ {
			switch s.text[at] {
			case ',':
				comma = at
			case '#':
				at = lineEnd(s.text, at) - 1
			}
		}
		s.commas = append(s.commas, comma)
	}
}

// together reports whether two offsets are on one line.
func (s *sequence) together(a, b int) bool { return !strings.Contains(s.text[a:b], "\n") }

// last returns the last element that stays, or -1.
func (s *sequence) last() int {
	for i := len(s.keep) - 1; i >= 0; i-- {
		if s.keep[i] {
			return i
		}
	}
	return -1
}

// leads reports whether there is nothing on the line before an offset, and the
// line begins within the brackets.
func (s *sequence) leads(at int) bool {
	start := lineStart(s.text, at)
	return start > s.start && blank(s.text[start:at])
}

// trails reports whether there is nothing on the line after an offset but a
// comment.
func (s *sequence) trails(at int) bool {
	rest := strings.TrimLeft(s.text[at:s.end], " \t")
	return strings.HasPrefix(rest, "\n") || strings.HasPrefix(rest, "\r\n") || strings.HasPrefix(rest, "#")
}

func (s *sequence) erase(from, to int) {
	for i := from; i < to; i++ {
		s.gone[i-s.start] = true
	}
}

// remove erases elements that stand together on one line with a comma of
// theirs, and the line if nothing else is on it.
func (s *sequence) remove(first, last int) {
	from, to := s.elements[first].Start, s.elements[last].End
	leading := first > 0 && s.commas[first-1] >= 0 && s.leads(s.commas[first-1]) && s.together(s.commas[first-1], from)
	switch comma := s.commas[last]; {
	case leading: // lines begin with commas
		from = s.commas[first-1]
	case comma >= 0 && s.together(to, comma):
		to = comma + 1
	case comma >= 0:
		s.erase(comma, comma+1)
	}
	follows := last+1 < len(s.elements) && s.together(to, s.elements[last+1].Start)
	behind := first > 0 && s.together(s.elements[first-1].End, s.elements[first].Start)
	switch {
	case s.leads(from) && s.trails(to):
		s.erase(lineStart(s.text, from), lineEnd(s.text, to))
	case behind && s.commas[first-1] >= 0:
		s.erase(s.commas[first-1]+1, to)
	case follows && !leading:
		s.erase(from, s.elements[last+1].Start)
	default:
		if s.trails(to) {
			for s.text[from-1] == ' ' || s.text[from-1] == '\t' {
				from--
			}
		}
		s.erase(from, to)
	}
}

// mendCommas leaves one comma between elements that stay, and behind the last
// one if there was one behind the last before or others follow.
func (s *sequence) mendCommas(more bool) {
	const none = -1
	before, survives := none, none
	gap := func(want bool) {
		switch {
		case want && survives == none:
			end := s.elements[before].End
			s.insert = append(s.insert, splice{end, end, ","})
		case !want && survives != none:
			s.erase(survives, survives+1)
		}
	}
	for i, comma := range s.commas {
		if s.keep[i] {
			gap(before != none)
			before, survives = i, none
		}
		if comma < 0 || s.gone[comma-s.start] {
			continue
		}
		if survives != none {
			s.erase(comma, comma+1)
			continue
		}
		survives = comma
	}
	if len(s.keep) > 0 {
		gap(before != none && (more || s.trailing()))
	}
}

// trailing reports whether there was a comma behind the last element.
func (s *sequence) trailing() bool {
	return len(s.commas) > 0 && s.commas[len(s.commas)-1] >= 0
}

// comma returns the offset behind the comma that stays after an element, or
// that behind the element if one is inserted.
func (s *sequence) comma(i int) int {
	for j := i; j < len(s.commas) && (j == i || !s.keep[j]); j++ {
		if c := s.commas[j]; c >= 0 && !s.gone[c-s.start] {
			return c + 1
		}
	}
	return s.elements[i].End
}

// add inserts elements after the last one that stays, as it stands: on its line,
// or each on a line of its own. If the last one of all goes and had a line of
// its own, they take its place.
func (s *sequence) add(added []string) {
	trailing := ""
	if s.trailing() {
		trailing = ","
	}
	broken := lineBreak(s.text, s.start)
	last := s.last()
	if len(s.elements) == 0 {
		s.fill(added, broken)
		return
	}
	if end := len(s.elements) - 1; last < end {
		for end > last+1 && s.together(s.elements[end-1].End, s.elements[end].Start) {
			end--
		}
		at := s.elements[end].Start
		start := lineStart(s.text, at)
		switch before := s.text[start:at]; {
		case s.leads(at) && s.gone[start-s.start]:
			s.lines(start, before, added, trailing, broken)
			return
		case s.leads(at):
			s.put(at, strings.Join(added, ","+broken+before)+trailing)
			return
		case last < 0:
			s.put(at, strings.Join(added, ","+s.separator())+trailing)
			return
		}
	}
	e := s.elements[last]
	at := s.comma(last)
	if s.together(s.start, e.Start) {
		separator := s.separator()
		s.put(at, separator+strings.Join(added, ","+separator)+trailing)
		return
	}
	before := indent(s.text, e.Start)
	rest := at
	for rest < s.end && (s.gone[rest-s.start] || s.text[rest] == ' ' || s.text[rest] == '\t') {
		rest++
	}
	if s.trails(rest) {
		s.lines(lineEnd(s.text, rest), before, added, trailing, broken)
		return
	}
	before = broken + before
	s.put(at, before+strings.Join(added, ","+before)+trailing)
}

// lines inserts elements where a line begins.
func (s *sequence) lines(at int, before string, added []string, trailing, broken string) {
	s.put(at, before+strings.Join(added, ","+broken+before)+trailing+broken)
}

func (s *sequence) put(at int, text string) {
	s.insert = append(s.insert, splice{at, at, text})
}

// separator returns what stands between a comma and the element after it on one
// line.
func (s *sequence) separator() string {
	if len(s.elements) > 1 && s.commas[0] >= 0 {
		if between := s.text[s.commas[0]+1 : s.elements[1].Start]; blank(between) {
			return between
		}
	}
	return " "
}

// fill puts elements into what has none.
func (s *sequence) fill(added []string, broken string) {
	closing := s.end - 1
	within := s.text[s.start+1 : closing]
	if strings.Contains(within, "\n") {
		before := indent(s.text, s.start) + "  "
		if start := lineStart(s.text, s.start+1+strings.LastIndexByte(within, '\n')); start > s.start && !blank(strings.TrimRight(s.text[start:closing], "\r\n")) {
			before = indent(s.text, start) // that of the last comment
		}
		s.lines(lineStart(s.text, closing), before, added, ",", broken)
		return
	}
	s.put(s.start+1, within+strings.Join(added, ", "))
}

// closeUp takes out the blank lines that the last elements leave before the
// bracket if it stood on their line, and all blanks if no element is left.
func (s *sequence) closeUp() {
	end, last := len(s.elements)-1, s.last()
	if last == end {
		return
	}
	from, to := s.start+1, s.end-1
	if last >= 0 {
		if !s.together(s.elements[end].End, s.end) {
			return
		}
		from = s.elements[last].End
		to = s.elements[end].End // what was before the bracket stays
	}
	for i := from; i < to; i++ {
		if !s.gone[i-s.start] && !strings.ContainsRune(" \t\r\n", rune(s.text[i])) {
			return // a comment, or the comma behind
		}
	}
	s.erase(from, to)
}

// splices returns what is erased and inserted, in pieces that do not overlap.
func (s *sequence) splices() []splice {
	list := s.insert
	cuts := map[int]bool{}
	for _, p := range s.insert {
		cuts[p.start] = true
	}
	for i := 0; i < len(s.gone); i++ {
		if !s.gone[i] {
			continue
		}
		from := s.start + i
		for i+1 < len(s.gone) && s.gone[i+1] && !cuts[s.start+i+1] {
			i++
		}
		list = append(list, splice{from, s.start + i + 1, ""})
	}
	return list
}
