package export

import (
	"bufio"
	"encoding/json"
	"fmt"
	"io"
	"strings"
	"unicode"

	"annex/generator/spreadsheet"
)

// json writes a list for programs, a row on each line. A column has the name of
// the key that it holds, or else its title in small letters with underscores; a
// value that is not there is null.
//
//	{"list": "risks", "title": "Risks", "as_of": "2026-11-24", "rows": [
//	{"id": "unsafe-triage", "title": "Unsafe triage", "affects": ["individuals"], "likelihood": 4},
//	...
//	]}
func (c *choice) json(w io.Writer, l List) error {
	out := &objects{to: bufio.NewWriter(w)}
	out.print("{")
	out.pair("list", l.Name)
	out.print(", ")
	out.pair("title", l.Title)
	out.print(", ")
	out.pair("as_of", c.Report.AsOf.String())
	out.print(`, "rows": [`)
	names := l.names()
	for i, r := range l.Rows {
		if i > 0 {
			out.print(",")
		}
		out.print("\n{")
		for j, cell := range r.Cells {
			if j > 0 {
				out.print(", ")
			}
			out.pair(names[j], plainValue(l.Columns[j].Form, cell))
		}
		out.print("}")
	}
	out.print("\n]}\n")
	if out.err == nil {
		out.err = out.to.Flush()
	}
	if out.err != nil {
		return fmt.Errorf("writing JSON: %w", out.err)
	}
	return nil
}

// objects writes JSON whose keys keep their order.
type objects struct {
	to  *bufio.Writer
	err error
}

func (o *objects) print(s string) {
	if o.err == nil {
		_, o.err = o.to.WriteString(s)
	}
}

func (o *objects) pair(name string, value any) {
	text, err := json.Marshal(value)
	if o.err == nil {
		o.err = err
	}
	key, _ := json.Marshal(name) // a text can always be written
	o.print(string(key) + ": " + string(text))
}

// plainValue returns a cell as JSON has it.
func plainValue(form Form, c spreadsheet.Cell) any {
	switch text := c.String(); {
	case text == "" && form == ListForm:
		return []string{}
	case text == "":
		return nil
	case form == ListForm:
		return Split(text)
	case form == YesNoForm:
		return text == Yes
	case c.IsNumber():
		return json.Number(text)
	default:
		return text
	}
}

// Split is the inverse of Joined.
func Split(text string) []string {
	separators := ",;"
	if strings.Contains(text, "\n") {
		separators = "\n"
	}
	var list []string
	for part := range strings.FieldsFuncSeq(text, func(r rune) bool { return strings.ContainsRune(separators, r) }) {
		if part = strings.TrimSpace(part); part != "" {
			list = append(list, part)
		}
	}
	return list
}

// names returns the name of each column, no two the same.
func (l List) names() []string {
	names := make([]string, len(l.Columns))
	taken := map[string]bool{}
	for _, c := range l.Columns { // keys keep their names
		taken[c.Key] = true
	}
	for i, c := range l.Columns {
		if names[i] = c.Key; c.Key != "" {
			continue
		}
		base := strings.Join(strings.FieldsFunc(strings.ToLower(c.Title), func(r rune) bool { return !unicode.IsLetter(r) && !unicode.IsDigit(r) }), "_")
		names[i] = base
		for n := 2; taken[names[i]]; n++ {
			names[i] = fmt.Sprintf("%s_%d", base, n)
		}
		taken[names[i]] = true
	}
	return names
}
