package edit

import (
	"strconv"
	"strings"
	"unicode/utf8"

	"annex/generator/source"
)

// rewrite returns what stands in the place of an old value to say a text. Of an
// old text all that the new one begins and ends with stays as it is written,
// with its escapes and wrapped lines.
func (s style) rewrite(raw string, old any, text string) string {
	was, isText := old.(string)
	if !isText {
		return s.value(text, 0)
	}
	quotes := quotesOf(raw)
	multiline := len(quotes) == 3
	breaks := strings.Contains(text, "\n") && !strings.Contains(was, "\n")
	if multiline || !breaks || s.oneLine {
		if patched, ok := s.patch(raw, quotes, plainBreaks(was), text); ok && says(patched, text) {
			return patched
		}
	}
	if !multiline && (!breaks || s.oneLine) {
		return basic(text)
	}
	below := !multiline || raw[3] == '\n' || raw[3] == '\r'
	if quotes[0] == '\'' {
		if literal, ok := s.literal(text, below); ok {
			return literal
		}
	}
	return s.multiline(text, below)
}

// quotesOf returns the quotes around a text.
func quotesOf(raw string) string {
	if strings.HasPrefix(raw, `"""`) || strings.HasPrefix(raw, "'''") {
		return raw[:3]
	}
	return raw[:1]
}

// says reports whether what was written is a text.
func says(written, text string) bool {
	outline, diags := source.ReadOutline("", []byte("x = "+written))
	if diags != nil || len(outline.Values) != 1 {
		return false
	}
	s, ok := outline.Values["x"].(string)
	return ok && plainBreaks(s) == text
}

// patch replaces the middle of a text, from the first to the last character that
// the old and the new one do not share. It may fail, or write what says
// something else; the caller looks.
func (s style) patch(raw, quotes, was, text string) (string, bool) {
	list, ok := strokes(raw, quotes, was)
	if !ok {
		return "", false
	}
	first, start := 0, 0 // the first stroke that differs, and where it does in text
	for i, k := range list {
		if k.says == "" {
			continue
		}
		if !strings.HasPrefix(text[start:], k.says) {
			break
		}
		first, start = i+1, start+len(k.says)
	}
	last, end := len(list), len(text)
	for last > first && (list[last-1].says == "" || strings.HasSuffix(text[start:end], list[last-1].says)) {
		last--
		end -= len(list[last].says)
	}
	middle := text[start:end]
	// The backslash that ends a line takes away the blanks after it, so what
	// begins with one takes its place.
	for first < last && list[first].says == "" && middle != "" && !strings.ContainsRune(" \t\n", rune(middle[0])) {
		first++
	}
	from, to := len(raw)-len(quotes), len(raw)-len(quotes)
	if first < len(list) {
		from = list[first].start
	}
	if last < len(list) {
		to = list[last].start
	}
	return raw[:from] + s.contents(middle, quotes, raw, list) + raw[to:], true
}

// contents writes a text between given quotes, wrapped as what it replaces is.
func (s style) contents(text, quotes, raw string, was []stroke) string {
	switch quotes {
	case `"`:
		written := basic(text)
		return written[1 : len(written)-1]
	case `"""`:
		written := s.tripled(text)
		for i, k := range was {
			if k.says == "" && i+1 < len(was) {
				return s.wrap(written, indent(raw, was[i+1].start))
			}
		}
		return written
	}
	return strings.ReplaceAll(text, "\n", s.lineBreak)
}

// stroke is a stretch of a text as it is written, with the character that it
// stands for: none for a backslash that ends a line.
type stroke struct {
	start int
	says  string
}

// strokes takes a text apart; false if what they say is not the text.
func strokes(raw, quotes, text string) ([]stroke, bool) {
	at := len(quotes)
	end := len(raw) - len(quotes)
	if len(quotes) == 3 { // a line break after the quotes does not count
		if strings.HasPrefix(raw[at:], "\r\n") {
			at += 2
		} else if strings.HasPrefix(raw[at:], "\n") {
			at++
		}
	}
	var list []stroke
	var all strings.Builder
	for at < end {
		k := stroke{start: at}
		rest := raw[at:end]
		switch {
		case strings.HasPrefix(rest, "\r\n"):
			k.says = "\n"
			at += 2
		case rest[0] == '\\' && quotes[0] == '"':
			length := 0
			k.says, length = escaped(rest)
			at += length
		default:
			_, length := utf8.DecodeRuneInString(rest)
			k.says = rest[:length]
			at += length
		}
		all.WriteString(k.says)
		list = append(list, k)
	}
	return list, at == end && all.String() == text
}

// escaped returns what the escape at the beginning of a text stands for, and its
// length.
func escaped(s string) (says string, length int) {
	if len(s) < 2 {
		return "", len(s)
	}
	digits := 0
	switch c := s[1]; c {
	case 'b', 't', 'n', 'f', 'r', 'e', '"', '\\':
		i := strings.IndexByte(`btnfre"\`, c)
		return "\b\t\n\f\r\x1b\"\\"[i : i+1], 2
	case 'x':
		digits = 2
	case 'u':
		digits = 4
	case 'U':
		digits = 8
	default:
		return "", len(s) - len(strings.TrimLeft(s[1:], " \t\r\n"))
	}
	code, err := strconv.ParseUint(s[2:min(len(s), 2+digits)], 16, 32)
	if err != nil {
		return "", len(s)
	}
	return string(rune(code)), 2 + digits
}
