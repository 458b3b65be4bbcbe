package source

import (
	"bytes"
	"fmt"
	"go/token"
	"slices"
	"strings"
	"time"

	"github.com/BurntSushi/toml"

	"annex/generator/aims"
	"annex/generator/diag"
)

// Table is a TOML table with the place of everything in it.
type Table struct {
	Path    string // of the file
	Pos     Place
	Entries []Entry // in the order of the file

	index  map[string]int // of Entries, once there are many
	origin *aims.Origin   // once it was asked for
	clean  bool           // a reader found nothing in it that is not known
	traits uint64         // of its keys, to see that one is not there without a search
}

// Place is a place in a file. It is a position without the name of the file,
// since a workspace has hundreds of thousands of them.
type Place struct{ Line, Column int32 }

// Position returns a place in the table's file.
func (t *Table) Position(p Place) token.Position {
	return token.Position{Filename: t.Path, Line: int(p.Line), Column: int(p.Column)}
}

// Entry is one key of a table.
type Entry struct {
	Key   string
	Pos   Place // of the key
	Value Value
}

// Value is one value. Exactly one of its payloads is set.
type Value struct {
	Pos    Place
	Text   Place   // of the first character of a string's contents
	Scalar any     // string, int64, float64, bool, aims.Date or time.Time
	Items  []Value // of a list
	Table  *Table
	List   bool // whether Items holds a list, which may be empty
}

// ParseTOML parses one file or front matter. FirstLine is the line of the file
// on which text begins.
//
// Values and syntax are BurntSushi/toml's. It does not tell where a key stands
// when the key is in an array of tables, so places come from a scanner of our
// own, which walks the text once it is known to be valid. On a syntax error the
// table is nil and the diagnostic is AX0101.
func ParseTOML(path string, text []byte, firstLine int) (*Table, []diag.Diagnostic) {
	values, diags := decode(path, text, firstLine)
	if diags != nil {
		return nil, diags
	}
	s := &scanner{path: path, text: text, line: firstLine}
	root := &Table{Path: path, Pos: Place{int32(firstLine), 1}}
	s.document(root, values)
	return root, nil
}

// decode returns what a text says.
func decode(path string, text []byte, firstLine int) (map[string]any, []diag.Diagnostic) {
	if at, deep := nesting(text); deep {
		return nil, []diag.Diagnostic{diag.New(diag.TooDeep, place(path, text, firstLine, at),
			fmt.Sprintf("keys or lists are nested more than %d levels deep here", maxNesting), "no record of annex is nested more than three levels deep")}
	}
	var values map[string]any
	if _, err := toml.Decode(string(text), &values); err != nil {
		return nil, []diag.Diagnostic{syntaxError(path, text, firstLine, err)}
	}
	return values, nil
}

func syntaxError(path string, text []byte, firstLine int, err error) diag.Diagnostic {
	pos := token.Position{Filename: path, Line: firstLine, Column: 1}
	message := err.Error()
	var parse toml.ParseError
	if p, ok := err.(toml.ParseError); ok { //nolint:errorlint // Decode returns it unwrapped
		parse = p
		pos = place(path, text, firstLine, parse.Position.Start)
		message = parse.Message
		if message == "" {
			_, message, _ = strings.Cut(parse.Error(), ": ")
		}
	}
	return diag.New(diag.TOMLSyntax, pos, "this is not valid TOML: "+strings.TrimSuffix(message, "."), syntaxHelp(message))
}

// syntaxHelp says how to mend the mistakes that people make most often.
func syntaxHelp(message string) string {
	has := func(parts ...string) bool {
		return slices.ContainsFunc(parts, func(s string) bool { return strings.Contains(message, s) })
	}
	switch {
	case has("“", "”", "„", "‘", "’", "«", "»"):
		return `these are the quotes of a word processor; write straight ones: "text"`
	case has("datetime", "leading zeroes", "Invalid float", "Invalid integer"):
		return "write a day as 2027-09-01, a number as 12 or 3.5, and put any other text between straight quotes"
	case has("escape"):
		return `write / in paths, or \\ where a text has to hold a backslash`
	case has("already been defined", "already exists"):
		return "this key or table stands twice; delete one of the two"
	case has(`"yes"`, `"no"`, `"Yes"`, `"No"`, `"True"`, `"False"`, `"TRUE"`, `"FALSE"`):
		return "write true or false"
	case has("expected value"):
		return `put texts between straight quotes: "text"`
	}
	return "look here and in the line above for a missing quote, bracket or equals sign"
}

// maxNesting is how deep keys and lists may be nested. The TOML library uses
// memory in proportion to its square.
const maxNesting = 100

// nesting finds the place at which brackets, or the parts of one key, are nested
// too deep. What it lets through is parsed, so it need not know all of TOML.
func nesting(text []byte) (at int, deep bool) {
	depth, dots := 0, 0
	for i := 0; i < len(text); i++ {
		switch text[i] {
		case '"', '\'':
			i = stringEnd(text, i)
		case '#':
			for i+1 < len(text) && text[i+1] != '\n' {
				i++
			}
		case '{', '[':
			depth++
			dots = 0
		case '}', ']':
			depth = max(depth-1, 0)
		case '.':
			dots++
		case '=', ',', '\n':
			dots = 0
		}
		if depth > maxNesting || dots > maxNesting {
			return i, true
		}
	}
	return 0, false
}

// stringEnd returns the offset of the last quote of the string that begins at
// an offset.
func stringEnd(text []byte, at int) int {
	quote := text[at]
	closing := []byte{quote}
	if triple := bytes.Repeat(closing, 3); bytes.HasPrefix(text[at:], triple) {
		closing = triple
	}
	for i := at + len(closing); i < len(text); i++ {
		switch {
		case text[i] == '\\' && quote == '"':
			i++
		case text[i] == '\n' && len(closing) == 1:
			return i
		case bytes.HasPrefix(text[i:], closing):
			return i + len(closing) - 1
		}
	}
	return len(text)
}

// place returns the position of an offset.
func place(path string, text []byte, firstLine, offset int) token.Position {
	offset = min(max(offset, 0), len(text))
	before := string(text[:offset])
	line := strings.Count(before, "\n")
	column := len([]rune(before[strings.LastIndexByte(before, '\n')+1:])) + 1
	return token.Position{Filename: path, Line: firstLine + line, Column: column}
}

// many is how many entries a table has before it gets an index.
const many = 16

// find returns the index of the entry of a key, or -1.
func (t *Table) find(key string) int {
	if t.traits&trait(key) == 0 {
		return -1
	}
	if t.index != nil {
		if i, ok := t.index[key]; ok {
			return i
		}
		return -1
	}
	for i := range t.Entries { // entries are large; nothing here copies them
		if t.Entries[i].Key == key {
			return i
		}
	}
	return -1
}

// trait returns a bit that few keys have in common.
func trait(key string) uint64 {
	if key == "" {
		return 1
	}
	return 1 << ((7*len(key) + int(key[0]) + 3*int(key[len(key)-1])) & 63)
}

// entry returns the entry of a key, or nil.
func (t *Table) entry(key string) *Entry {
	if i := t.find(key); i >= 0 {
		return &t.Entries[i]
	}
	return nil
}

func (t *Table) add(e Entry) *Entry {
	t.Entries = append(t.Entries, e)
	t.traits |= trait(e.Key)
	switch {
	case t.index != nil:
		t.index[e.Key] = len(t.Entries) - 1
	case len(t.Entries) > many:
		t.index = make(map[string]int, 2*len(t.Entries))
		for i, e := range t.Entries {
			t.index[e.Key] = i
		}
	}
	return &t.Entries[len(t.Entries)-1]
}

// scalar turns a decoded value into the payload of a Value.
func scalar(x any) any {
	t, ok := x.(time.Time)
	if !ok {
		return x
	}
	if t.Location().String() == "date-local" {
		return aims.NewDate(t.Date())
	}
	return t
}

// describe says what a value is, in words for people who do not program.
func (v *Value) describe() string {
	switch x := v.Scalar.(type) {
	case string:
		return "a text"
	case int64, float64:
		return "a number"
	case bool:
		return fmt.Sprintf("%t", x)
	case aims.Date:
		return "a date"
	case time.Time:
		return "a time"
	}
	if v.List {
		return "a list"
	}
	return "a table"
}
