package edit

import (
	"cmp"
	"slices"
	"strings"
)

// splice puts a text in the place of a stretch of another.
type splice struct {
	start, end int
	text       string
}

// join returns a text with splices made; false if two of them overlap. Where
// several begin at one place, what is only added comes first, in its order.
func join(text string, splices []splice) (string, bool) {
	slices.SortStableFunc(splices, func(a, b splice) int {
		return cmp.Or(cmp.Compare(a.start, b.start), cmp.Compare(a.end, b.end))
	})
	var b strings.Builder
	at := 0
	for _, s := range splices {
		if s.start < at {
			return "", false
		}
		b.WriteString(text[at:s.start])
		b.WriteString(s.text)
		at = s.end
	}
	b.WriteString(text[at:])
	return b.String(), true
}

func (d *document) splice(start, end int, text string) {
	if d.text[start:end] != text {
		d.splices = append(d.splices, splice{start, end, text})
	}
}

// lineStart returns the offset at which the line of an offset begins.
func lineStart(text string, at int) int { return strings.LastIndexByte(text[:at], '\n') + 1 }

// lineEnd returns the offset at which the next line begins.
func lineEnd(text string, at int) int {
	if n := strings.IndexByte(text[at:], '\n'); n >= 0 {
		return at + n + 1
	}
	return len(text)
}

// indent returns the blanks with which the line of an offset begins.
func indent(text string, at int) string {
	line := text[lineStart(text, at):]
	return line[:len(line)-len(strings.TrimLeft(line, " \t"))]
}

// blank reports whether a text is nothing but blanks on one line.
func blank(s string) bool { return strings.Trim(s, " \t") == "" }

// lineBreak returns the line break nearest after an offset, or before it.
func lineBreak(text string, at int) string {
	n := strings.IndexByte(text[at:], '\n')
	if n >= 0 {
		n += at
	} else if n = strings.LastIndexByte(text[:at], '\n'); n < 0 {
		return "\n"
	}
	if n > 0 && text[n-1] == '\r' {
		return "\r\n"
	}
	return "\n"
}

// plainBreaks returns a text in which each line break is one LF.
func plainBreaks(s string) string {
	for strings.Contains(s, "\r\n") {
		s = strings.ReplaceAll(s, "\r\n", "\n")
	}
	return s
}
