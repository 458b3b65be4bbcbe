package source

import (
	"bytes"

	"annex/generator/diag"
)

// Outline is a TOML text piece by piece, for those who want to change a piece
// and leave the rest as it is.
type Outline struct {
	Parts  []Part         // headers and pairs, in the order of the text
	Values map[string]any // what the text says: maps, lists and scalars as in a Part
}

// Part is a piece of a text with its ends.
type Part struct {
	Kind       PartKind
	Start, End int    // offsets in the text; End is behind the last byte
	Pos        Place  // of Start
	Name       string // of a key
	Scalar     any    // of a scalar: string, int64, float64, bool, aims.Date or time.Time
	Parts      []Part // what is in it, in the order of the text
}

// PartKind says what a piece of a text is.
type PartKind uint8

// The kinds of pieces.
const (
	HeaderPart PartKind = iota + 1 // [a.b] or [[a.b]]; its parts are keys
	PairPart                       // a.b = "c"; its parts are keys, then a value
	KeyPart                        // a
	ScalarPart                     // "c"
	ListPart                       // ["c", "d"]; its parts are values
	InlinePart                     // {a = "c"}; its parts are pairs
)

// ReadOutline reads the outline of a text. Path is for the diagnostics, which
// are those of [ParseTOML].
func ReadOutline(path string, text []byte) (*Outline, []diag.Diagnostic) {
	values, diags := decode(path, text, 1)
	if diags != nil {
		return nil, diags
	}
	dates(values)
	s := &scanner{path: path, text: text, line: 1, outline: &outline{unfinished: []Part{{}}}}
	s.document(&Table{Path: path, Pos: Place{1, 1}}, values)
	return &Outline{Parts: s.outline.unfinished[0].Parts, Values: values}, nil
}

// dates makes dates of the library's dates in all of a value, and returns it.
func dates(x any) any {
	switch x := x.(type) {
	case map[string]any:
		for key, value := range x {
			x[key] = dates(value)
		}
	case []map[string]any:
		for _, table := range x {
			dates(table)
		}
	case []any:
		for i, item := range x {
			x[i] = dates(item)
		}
	}
	return scalar(x)
}

// outline takes down what a scanner walks over.
type outline struct {
	unfinished []Part // the whole text, and what is open within
}

// open notes that a part begins at the next byte. A value's kind is seen from it.
func (s *scanner) open(kind PartKind) {
	if s.outline == nil {
		return
	}
	switch c := s.next(); {
	case kind == ScalarPart && c == '[':
		kind = ListPart
	case kind == ScalarPart && c == '{':
		kind = InlinePart
	}
	s.outline.unfinished = append(s.outline.unfinished, Part{Kind: kind, Start: s.at, Pos: s.pos()})
}

// close notes that the part that was opened last has ended, but for blanks.
func (s *scanner) close(name string, scalar any) {
	if s.outline == nil {
		return
	}
	list := s.outline.unfinished
	part := list[len(list)-1]
	list = list[:len(list)-1]
	part.End = part.Start + len(bytes.TrimRight(s.text[part.Start:min(s.at, len(s.text))], " \t"))
	part.Name, part.Scalar = name, scalar
	above := &list[len(list)-1]
	above.Parts = append(above.Parts, part)
	s.outline.unfinished = list
}
