package markdown

import (
	"bytes"
	"fmt"
	"strings"

	"annex/generator/diag"
)

// Limits on what goldmark gets to see. Without them a text of 90 KB can make it
// use up all memory.
const (
	maxNesting = 100      // of lists and quotes
	maxBlock   = 16 << 10 // bytes of one paragraph, heading or table row
	maxColumns = 100      // of a table
	maxCells   = 20000    // of a table, where short rows are filled up
)

// refuse looks through the lines of a text, once, for what goldmark must not
// see. It reports whether there was any.
func (w *walk) refuse() bool {
	var fence []byte // that the current code block was opened with
	size := 0        // of the current paragraph
	first := true    // line of the current paragraph
	table := false
	columns, cells := 0, 0 // of the current table
	for start := 0; start < len(w.source); {
		line := w.source[start:]
		if end := bytes.IndexByte(line, '\n'); end >= 0 {
			line = line[:end]
		}
		next := start + len(line) + 1
		depth, content := containers(line)
		switch {
		case fence != nil:
			if bytes.HasPrefix(content, fence) && len(bytes.Trim(content, string(fence[:1])+" \t\r")) == 0 {
				fence = nil
			}
			size, first, table = 0, true, false
		case depth > maxNesting:
			w.report(diag.TooDeep, start, fmt.Sprintf("lists or quotes are nested more than %d levels deep here", maxNesting),
				"begin the line with fewer blanks, > signs or list marks")
			return true
		case len(bytes.TrimSpace(content)) == 0:
			size, first, table = 0, true, false
		default:
			if f := opensFence(content); f != nil && !indented(line) {
				fence = f
				break
			}
			if !first && isDelimiter(content) {
				table = true
				columns, cells = bytes.Count(content, []byte("|"))+1, 0
			}
			if table {
				size = 0
				cells += columns
				if columns > maxColumns+1 || cells > maxCells {
					w.report(diag.BlockTooLarge, start, fmt.Sprintf("this table has more than %d columns or %d cells", maxColumns, maxCells),
						"make several of it, or keep it as an evidence file")
					return true
				}
			}
			size += len(line) + 1
			first = false
			if size > maxBlock && !w.packed || size > 2*maxBlock { // what was written again may have a backslash for each sign
				w.report(diag.BlockTooLarge, start, fmt.Sprintf("this paragraph has more than %d KB", maxBlock>>10),
					"break it up with empty lines")
				return true
			}
		}
		start = next
	}
	return false
}

// containers counts the lists and quotes that a line may open or go on with,
// and returns what follows them. Two blanks of indentation can mean one level.
func containers(line []byte) (depth int, content []byte) {
	for i := 0; i < len(line); {
		blanks := 0
		for i < len(line) && (line[i] == ' ' || line[i] == '\t') {
			if line[i] == '\t' {
				blanks += 3
			}
			blanks++
			i++
		}
		depth += blanks / 2
		rest := line[i:]
		mark := 0
		switch {
		case len(rest) > 0 && rest[0] == '>':
			mark = 1
		case len(rest) > 0 && strings.IndexByte("-+*", rest[0]) >= 0 && (len(rest) == 1 || rest[1] == ' ' || rest[1] == '\t'):
			mark = 1
		default:
			for mark < len(rest) && mark < 9 && rest[mark] >= '0' && rest[mark] <= '9' {
				mark++
			}
			if mark == 0 || mark == len(rest) || rest[mark] != '.' && rest[mark] != ')' ||
				mark+1 < len(rest) && rest[mark+1] != ' ' && rest[mark+1] != '\t' {
				return depth, rest
			}
			mark++
		}
		depth++
		i += mark
	}
	return depth, nil
}

// opensFence returns the run of backquotes or tildes that opens a code block.
func opensFence(content []byte) []byte {
	n := 0
	for n < len(content) && content[n] == content[0] {
		n++
	}
	if n < 3 || content[0] != '`' && content[0] != '~' || content[0] == '`' && bytes.IndexByte(content[n:], '`') >= 0 {
		return nil
	}
	return content[:n]
}

// indented reports whether a line begins with four blanks, so that it goes on
// with a paragraph or is code, and opens nothing.
func indented(line []byte) bool {
	return bytes.HasPrefix(line, []byte("    ")) || bytes.HasPrefix(line, []byte("\t"))
}

// isDelimiter reports whether a line is the row of dashes below a table's head.
func isDelimiter(content []byte) bool {
	return bytes.IndexByte(content, '-') >= 0 && len(bytes.Trim(content, " \t\r|:-")) == 0
}
