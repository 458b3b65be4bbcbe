package edit

import (
	"fmt"
	"math"
	"strconv"
	"strings"
	"unicode/utf8"

	"annex/generator/aims"
)

// style is how values are written in a place.
type style struct {
	lineBreak string
	oneLine   bool // no line breaks within values
}

// width is how long a line may be before a list in it gets a line for each of
// its elements.
const width = 100

// value returns a value as TOML writes it behind the given column.
func (s style) value(v any, column int) string {
	switch v := v.(type) {
	case string:
		if !s.oneLine && strings.Contains(v, "\n") {
			return s.multiline(v, true)
		}
		return basic(v)
	case []string:
		items := s.items(v)
		line := "[" + strings.Join(items, ", ") + "]"
		if s.oneLine || len(items) < 2 || column+utf8.RuneCountInString(line) <= width {
			return line
		}
		return "[" + s.lineBreak + "  " + strings.Join(items, ","+s.lineBreak+"  ") + "," + s.lineBreak + "]"
	case float64:
		return float(v)
	case aims.Date:
		return v.String()
	}
	return fmt.Sprint(v)
}

// items returns texts as elements of a list.
func (s style) items(texts []string) []string {
	items := make([]string, len(texts))
	for i, text := range texts {
		items[i] = basic(text)
	}
	return items
}

// float returns a number that TOML does not take for a whole one.
func float(f float64) string {
	switch {
	case math.IsNaN(f):
		return "nan"
	case math.IsInf(f, 1):
		return "inf"
	case math.IsInf(f, -1):
		return "-inf"
	}
	s := strconv.FormatFloat(f, 'g', -1, 64)
	if !strings.ContainsAny(s, ".e") {
		s += ".0"
	}
	return s
}

// basic returns a text between quotes on one line.
func basic(text string) string {
	if !strings.ContainsFunc(text, func(r rune) bool {
		return r < ' ' || r == '"' || r == '\\' || r >= 0x7f && r < 0xa0 || r == utf8.RuneError
	}) {
		return `"` + text + `"`
	}
	var b strings.Builder
	for _, r := range text {
		switch {
		case r == '\n':
			b.WriteString(`\n`)
		case r == '\t':
			b.WriteString(`\t`)
		case r == '"':
			b.WriteString(`\"`)
		default:
			b.WriteString(escape(r))
		}
	}
	return `"` + b.String() + `"`
}

// escape returns a character within double quotes, of one line or several.
func escape(r rune) string {
	switch {
	case r == '\\':
		return `\\`
	case r == '\r':
		return `\r`
	case r == '\t':
		return "\t"
	case r < ' ' || r >= 0x7f && r < 0xa0:
		return fmt.Sprintf(`\u%04X`, r)
	}
	return string(r)
}

// tripled returns the contents of a text between triple double quotes. Quotes
// are written as they are where TOML can tell them from the end.
func (s style) tripled(text string) string {
	var b strings.Builder
	quotes := 0
	for i, r := range text {
		if r != '"' {
			quotes = 0
		}
		switch {
		case r == '\n':
			b.WriteString(s.lineBreak)
		case r == '"' && (quotes == 2 || i == len(text)-1):
			b.WriteString(`\"`)
			quotes = 0
		case r == '"':
			b.WriteByte('"')
			quotes++
		default:
			b.WriteString(escape(r))
		}
	}
	return b.String()
}

// multiline returns a text between triple double quotes, which begins on the
// line after them or on theirs.
func (s style) multiline(text string, below bool) string {
	opening := `"""`
	if below || strings.HasPrefix(text, "\n") {
		opening += s.lineBreak // TOML does not count a line break that follows the quotes
	}
	return opening + s.tripled(text) + `"""`
}

// literal returns a text between triple single quotes, which know no escapes;
// false if it cannot stand there.
func (s style) literal(text string, below bool) (string, bool) {
	special := func(r rune) bool { return r < ' ' && r != '\t' && r != '\n' || r >= 0x7f && r < 0xa0 }
	if strings.ContainsFunc(text, special) || strings.Contains(text, "'''") || strings.HasSuffix(text, "'") {
		return "", false
	}
	opening := "'''"
	if below || strings.HasPrefix(text, "\n") {
		opening += s.lineBreak
	}
	return opening + strings.ReplaceAll(text, "\n", s.lineBreak) + "'''", true
}

// wrap breaks the lines of what stands between triple double quotes, with a
// backslash after a blank: it takes away the break and the blanks that follow.
func (s style) wrap(contents, before string) string {
	lines := strings.Split(contents, s.lineBreak)
	for i, line := range lines {
		var b strings.Builder
		column := 0
		for _, word := range strings.SplitAfter(line, " ") {
			if length := utf8.RuneCountInString(word); column > 0 && column+length > width && word != " " && word != "" && strings.HasSuffix(b.String(), " ") {
				b.WriteString(`\` + s.lineBreak + before)
				column = len(before)
			}
			b.WriteString(word)
			column += utf8.RuneCountInString(word)
		}
		lines[i] = b.String()
	}
	return strings.Join(lines, s.lineBreak)
}

// OneLine returns a text as TOML writes it on one line, whatever is in it.
func OneLine(text string) string { return basic(text) }

// Written returns a value as TOML writes it behind the given column of a new
// file. It may be all that the value of a [Change] may be. A text of several
// lines with backslashes, such as Markdown, stands between quotes that leave
// them alone.
func Written(v any, column int) string {
	s := style{lineBreak: "\n"}
	if text, ok := v.(string); ok && strings.Contains(text, "\n") && strings.Contains(text, `\`) {
		if literal, fits := s.literal(text, true); fits {
			return literal
		}
	}
	return s.value(v, column)
}
