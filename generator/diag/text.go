package diag

import (
	"bufio"
	"bytes"
	"fmt"
	"io"
	"io/fs"
	"path"
	"strings"
	"unicode"
	"unicode/utf8"
)

// Text writes diagnostics for a person to read: place, sentence, the source
// line with a caret below it, and help. Lines come from files, which may be
// nil.
func Text(w io.Writer, list []Diagnostic, files fs.FS) error {
	out := bufio.NewWriter(w)
	lines := &lineReader{files: files}
	for i, d := range list {
		if i > 0 {
			fmt.Fprintln(out)
		}
		fmt.Fprintf(out, "%s: %s[%s]: %s\n", Place(d), d.Severity, d.Code, Plain(d.Message))
		if line, ok := lines.line(d.Pos.Filename, d.Pos.Line); ok {
			number := fmt.Sprintf("%5d", d.Pos.Line)
			line, column := window(line, d.Pos.Column)
			fmt.Fprintf(out, "%s | %s\n", number, line)
			fmt.Fprintf(out, "%s | %s^\n", strings.Repeat(" ", len(number)), indent(line, column))
		}
		for _, r := range d.Related {
			fmt.Fprintf(out, "      note: %s:%d:%d: %s\n", r.Pos.Filename, r.Pos.Line, r.Pos.Column, Plain(r.Message))
		}
		if d.Help != "" {
			fmt.Fprintf(out, "      help: %s\n", Plain(d.Help))
		}
	}
	if err := out.Flush(); err != nil {
		return fmt.Errorf("printing diagnostics: %w", err)
	}
	return nil
}

// Excerpts returns a function that returns the line that a diagnostic is about,
// or "" when there is nothing to show. Files may be nil.
func Excerpts(files fs.FS) func(Diagnostic) string {
	lines := &lineReader{files: files}
	return func(d Diagnostic) string {
		line, ok := lines.line(d.Pos.Filename, d.Pos.Line)
		if !ok {
			return ""
		}
		return line
	}
}

// Place returns the place of a diagnostic as text: file:line:column.
func Place(d Diagnostic) string {
	return fmt.Sprintf("%s:%d:%d", Plain(d.Pos.Filename), d.Pos.Line, d.Pos.Column)
}

// Plain returns a text without control and direction signs, so that what a
// file says cannot steer the terminal that shows it.
func Plain(s string) string {
	return strings.Map(func(r rune) rune {
		switch {
		case r == '\t' || r == '\n':
			return ' '
		case unicode.IsControl(r), r == utf8.RuneError,
			r >= 0x202a && r <= 0x202e, r >= 0x2066 && r <= 0x2069, r == 0x200e, r == 0x200f, r == 0x61c:
			return -1
		}
		return r
	}, s)
}

// indent returns the blanks that bring a caret under a column of a line that
// is shown as it is.
func indent(line string, column int) string {
	var b strings.Builder
	for range min(column-1, utf8.RuneCountInString(line)) {
		b.WriteByte(' ')
	}
	return b.String()
}

// lineReader reads lines of files, keeping the file it read last.
type lineReader struct {
	files fs.FS
	name  string
	lines [][]byte
}

// widest is how many characters of a source line are shown.
const widest = 160

// largest is the size of the largest file whose lines are shown, in bytes.
const largest = 1 << 20

// read reads a text file. Devices, which might never end, large files and those
// that hold something other than text are not read.
func (r *lineReader) read(name string) ([]byte, bool) {
	switch ext := path.Ext(name); {
	case ext == ".toml", ext == ".md":
	case strings.HasPrefix(name, "theme/") && (ext == ".html" || ext == ".css" || ext == ".js" || ext == ".json"):
	default:
		return nil, false
	}
	info, err := fs.Lstat(r.files, name)
	if err != nil || !info.Mode().IsRegular() || info.Size() > largest {
		return nil, false
	}
	data, err := fs.ReadFile(r.files, name)
	return data, err == nil
}

func (r *lineReader) line(name string, n int) (string, bool) {
	if r.files == nil || n < 1 {
		return "", false
	}
	if r.name != name {
		r.name, r.lines = name, nil
		if data, ok := r.read(name); ok {
			r.lines = bytes.Split(data, []byte("\n"))
		}
	}
	if n > len(r.lines) {
		return "", false
	}
	text := Plain(strings.TrimSuffix(string(r.lines[n-1]), "\r"))
	return text, strings.TrimSpace(text) != ""
}

// before is how many characters are shown before the column when the beginning
// of a long line is left out.
const before = 60

// window shortens a long line to the part around a column, and returns the
// column within that part.
func window(line string, column int) (part string, within int) {
	runes := []rune(line)
	if len(runes) <= widest {
		return line, column
	}
	mark := ""
	if column > widest {
		from := min(column-before, len(runes)) - 1
		mark, runes, column = "…", runes[from:], before+2
	}
	if len(runes) > widest {
		return mark + string(runes[:widest]) + "…", column
	}
	return mark + string(runes), column
}
