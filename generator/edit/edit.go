// Package edit changes values in a TOML text and leaves everything else byte for
// byte as it is: comments, order, blank lines, quotes, line ends, the layout of
// lists.
//
//	[[control]]                        edit.Change{Kind: "control", Line: 1, Key: "owner", Value: "qa-lead"}
//	id    = "validation"   # by hand   edit.Change{Kind: "control", Line: 1, Key: "cadence", Value: "1 year"}
//	owner = 'head-of-ml'   # or deputy
//
// becomes
//
//	[[control]]
//	id    = "validation"   # by hand
//	owner = 'qa-lead'   # or deputy
//	cadence = "1 year"
//
// A new value takes the style of the old one where that can hold it. Line breaks
// count as one and the same whether they are written LF or CRLF: TOML leaves it
// to the reader which of them a break within a text is, so a text takes the line
// ends of its file.
//
// The places of keys and values are those of source's own scanner. The AST of
// go-toml's package unstable (v2.4.3) was tried for it: it gives no range for
// lists and headers, only the bracket of an inline table, refuses a byte order
// mark, and may read a text otherwise than the library that loads it.
//
// No encoder is involved, so each result is read again: every other value must
// be what it was, and each changed one what was asked for. Otherwise there is an
// error and no text.
package edit

import (
	"errors"
	"fmt"
	"go/token"
	"strings"

	"annex/generator/diag"
	"annex/generator/source"
)

// Change gives one key of one record another value, or takes it out.
type Change struct {
	Kind   string // the name in the record's header or the end of it: "control", "execution" of [[control.execution]]; "" for the keys at the top of the file
	Line   int    // on which the record begins, as in [aims.Origin]; any for the top
	Column int    // of the record's name; 0 where no other record begins on the line
	Key    string // one key, or several with dots between them: "impact.text"
	Value  any    // string, bool, int64, float64, aims.Date or []string; nil takes the key out with its line
}

// Pair is one key of a new record. One without a value is left out.
type Pair struct {
	Key   string
	Value any // as in a Change
}

// Problem is a reason why a text was not changed.
type Problem struct {
	Pos     token.Position
	Message string // one sentence, no full stop at its end
	Help    string // what to do about it
}

// Error returns the problem with its place.
func (p *Problem) Error() string {
	return fmt.Sprintf("%s: %s; %s", p.Pos, p.Message, p.Help)
}

// byteOrderMark may stand before a text; the loader does not see it.
const byteOrderMark = "\ufeff"

// Apply returns a text with changes made. All places are those of the text as
// it is given. Name is that of the file, for problems.
//
// A key that a record lacks is added after the last one of its own; to take out
// one that it lacks changes nothing. A list keeps the elements that are in the
// new list too where they are, in their order. If any change has a problem, all
// problems are returned as one error, each a [*Problem], and no text.
func Apply(name string, text []byte, changes []Change) ([]byte, error) {
	mark, d, err := open(name, text)
	if err != nil {
		return nil, err
	}
	var problems []error
	for _, c := range changes {
		if err := d.change(c); err != nil {
			problems = append(problems, err)
		}
	}
	if problems != nil {
		return nil, errors.Join(problems...)
	}
	return d.finish(mark)
}

// Append adds records of a kind at the end of a text, in the style of those that
// are there, each with its keys in the order given. Name is that of the file, for
// problems.
func Append(name string, text []byte, kind string, records ...[]Pair) ([]byte, error) {
	mark, d, err := open(name, text)
	if err != nil {
		return nil, err
	}
	if err := d.appendRecords(kind, records); err != nil {
		return nil, err
	}
	return d.finish(mark)
}

// document is a text on its way from one state to the next.
type document struct {
	name    string
	text    string
	outline *source.Outline
	tables  []*table
	splices []splice
	wanted  map[string]any // address of each changed value, for the check; nil where it is taken out
}

// open reads a text, its byte order mark apart.
func open(name string, text []byte) (mark string, d *document, err error) {
	rest, found := strings.CutPrefix(string(text), byteOrderMark)
	if found {
		mark = byteOrderMark
	}
	outline, diags := source.ReadOutline(name, []byte(rest))
	if len(diags) > 0 {
		return "", nil, invalid(diags[0])
	}
	d = &document{name: name, text: rest, outline: outline, wanted: map[string]any{}}
	d.tables = readTables(rest, outline)
	return mark, d, nil
}

func invalid(d diag.Diagnostic) error {
	return &Problem{d.Pos, d.Message, d.Help}
}

// problem says why a change at a place cannot be made.
func (d *document) problem(line, column int, help, format string, args ...any) error {
	return &Problem{token.Position{Filename: d.name, Line: line, Column: column}, fmt.Sprintf(format, args...), help}
}

// byHand is the help where annex does not know how to make a change.
const byHand = "make this change in the file by hand"

// finish returns the text with all changes, once it is checked.
func (d *document) finish(mark string) ([]byte, error) {
	for _, t := range d.tables {
		d.settle(t)
	}
	text, ok := join(d.text, d.splices)
	if !ok {
		return nil, d.problem(1, 1, byHand, "two of the changes touch the same place of the file")
	}
	if text != d.text {
		if err := d.verify(text); err != nil {
			return nil, err
		}
	}
	return []byte(mark + text), nil
}
