package spreadsheet

import (
	"strings"
	"unicode"
)

// Odd reports whether the text of a cell holds signs that nobody types into a cell
// and that show as nothing or as something else: control characters other than tab
// and line feed, such as NUL and ESC, which steers a terminal; the separators of
// lines and paragraphs, U+2028 and U+2029; and the controls that turn the direction
// of text, which are the same that documents may not hold. The reader keeps them as
// they come.
func (c ReadCell) Odd() bool {
	return strings.ContainsFunc(c.Text, func(r rune) bool {
		switch {
		case r == '\t', r == '\n':
			return false
		case r == 0x2028, r == 0x2029:
			return true
		case r >= 0x202a && r <= 0x202e, r >= 0x2066 && r <= 0x2069: // embeddings, overrides, isolates
			return true
		}
		return unicode.IsControl(r)
	})
}
