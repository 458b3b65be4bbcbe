package spreadsheet

import (
	"bufio"
	"fmt"
	"io"
	"strings"
	"unicode"
)

// byteOrderMark at the beginning of a CSV says that it is UTF-8. Without it
// Excel reads the letters of other alphabets wrong and says nothing; a program
// that stumbles over the mark says so at once, and knows how to skip it. Of the
// two mistakes we leave the loud one.
const byteOrderMark = "\ufeff"

// WriteCSV writes a table as comma-separated values (RFC 4180): every value in
// quotes, lines ended by CR LF, UTF-8 with a byte order mark.
//
// Spreadsheets run a text that begins like a formula, quoted or not. Such a text
// gets an apostrophe before it, which spreadsheets show as text. The same goes
// for what follows a semicolon, tab or line break within a text, since a program
// that takes one of these for the end of a cell would see a beginning there.
func WriteCSV(w io.Writer, t Table) error {
	out := bufio.NewWriter(w)
	fmt.Fprint(out, byteOrderMark)
	head := make([]Cell, len(t.Columns))
	for i, h := range t.Columns {
		head[i] = Text(h.Title)
	}
	for _, row := range append([][]Cell{head}, t.Rows...) {
		for i := range t.Columns {
			if i > 0 {
				fmt.Fprint(out, ",")
			}
			value := ""
			if i < len(row) {
				value = row[i].String()
				if row[i].kind == isText {
					value = harmless(value)
				}
			}
			fmt.Fprint(out, `"`, strings.ReplaceAll(value, `"`, `""`), `"`)
		}
		fmt.Fprint(out, "\r\n")
	}
	if err := out.Flush(); err != nil {
		return fmt.Errorf("writing CSV: %w", err)
	}
	return nil
}

// harmless puts an apostrophe before what would begin a formula. Blanks and
// quotes before a sign do not make it safe.
func harmless(s string) string {
	var b strings.Builder
	if strings.HasPrefix(s, "\t") || strings.HasPrefix(s, "\n") {
		b.WriteByte('\'')
	}
	begin := true
	for _, r := range s {
		if begin && strings.ContainsRune("=+-@＝＋－＠", r) {
			b.WriteByte('\'')
		}
		b.WriteRune(r)
		begin = strings.ContainsRune(";\t\n", r) || begin && (r == '"' || unicode.IsSpace(r) || unicode.Is(unicode.Cf, r))
	}
	return b.String()
}
