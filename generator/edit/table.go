package edit

import (
	"fmt"
	"slices"
	"strconv"
	"strings"

	"annex/generator/source"
)

// table is a table of a text that has keys of its own: a record, a table within
// one, or what stands above the first header.
type table struct {
	names   []string // of its header, or of the key that an inline table is the value of
	address string   // in the document, told apart from the next of its kind
	at      source.Place
	header  *source.Part // nil for the top of the text and for inline tables
	inline  *source.Part // nil for others
	list    bool         // whether it is one of several
	pairs   []*source.Part

	removed map[*source.Part]bool
	added   []addition
	changed map[string]bool // keys, so that none is changed twice
}

// addition is a key that a table is to have.
type addition struct {
	names []string
	value any
}

// readTables lists all tables of a text in its order; the first is its top.
func readTables(text string, outline *source.Outline) []*table {
	list := []*table{{}}
	counts := map[string]int{} // of the elements of each array of tables so far
	current := list[0]
	for i := range outline.Parts {
		part := &outline.Parts[i]
		if part.Kind == source.PairPart {
			current.pairs = append(current.pairs, part)
			list = inlineTables(list, current, part)
			continue
		}
		last := part.Parts[len(part.Parts)-1]
		current = &table{names: keys(part), at: last.Pos, header: part, list: strings.HasPrefix(text[part.Start:], "[[")}
		for n, name := range current.names {
			current.address = step(current.address, name)
			if n == len(current.names)-1 && current.list {
				counts[current.address]++
			}
			if count := counts[current.address]; count > 0 {
				current.address = element(current.address, count-1)
			}
		}
		list = append(list, current)
	}
	return list
}

// inlineTables adds the inline tables within a pair of a table to a list.
func inlineTables(list []*table, in *table, pair *source.Part) []*table {
	names := slices.Concat(in.names, keys(pair))
	address := in.address
	for _, name := range keys(pair) {
		address = step(address, name)
	}
	add := func(part *source.Part, address string, among bool) {
		t := &table{names: names, address: address, at: part.Pos, inline: part, list: among}
		list = append(list, t)
		for i := range part.Parts {
			t.pairs = append(t.pairs, &part.Parts[i])
			list = inlineTables(list, t, &part.Parts[i])
		}
	}
	v := value(pair)
	if v.Kind == source.InlinePart {
		add(v, address, false)
	}
	if v.Kind == source.ListPart {
		for i := range v.Parts {
			if v.Parts[i].Kind == source.InlinePart {
				add(&v.Parts[i], element(address, i), true)
			}
		}
	}
	return list
}

// step returns the address of a key within a table.
func step(address, name string) string { return address + "." + strconv.Quote(name) }

// element returns the address of an element of a list.
func element(address string, i int) string { return fmt.Sprintf("%s[%d]", address, i) }

// keys returns the names of a header or pair.
func keys(part *source.Part) []string {
	var names []string
	for _, p := range part.Parts {
		if p.Kind == source.KeyPart {
			names = append(names, p.Name)
		}
	}
	return names
}

// value returns the value of a pair.
func value(pair *source.Part) *source.Part { return &pair.Parts[len(pair.Parts)-1] }

// record finds the table that a change is about.
func (d *document) record(c Change) (*table, error) {
	if c.Kind == "" {
		return d.tables[0], nil
	}
	var found []*table
	for _, t := range d.tables[1:] {
		if int(t.at.Line) == c.Line && strings.HasSuffix("."+strings.Join(t.names, "."), "."+c.Kind) &&
			(c.Column == 0 || t.inline == nil || int(t.at.Column) == c.Column) {
			found = append(found, t)
		}
	}
	switch len(found) {
	case 1:
		return found[0], nil
	case 0:
		return nil, d.problem(c.Line, c.Column, "the file may have changed since it was read; read it again, or "+byHand, "no [[%s]] begins here", c.Kind)
	}
	return nil, d.problem(c.Line, c.Column, byHand, "more than one record of the kind %s begins on this line", c.Kind)
}

// find goes down from a table to the one that has a key or would have it, and
// returns what is left of the key and the pair, which is nil for a new key.
func (d *document) find(t *table, names []string) (*table, []string, *source.Part, error) {
	whole := strings.Join(names, ".")
	for _, pair := range t.pairs {
		has := keys(pair)
		v := value(pair)
		at := func(format string, args ...any) error {
			return d.problem(int(pair.Pos.Line), int(pair.Pos.Column), byHand, format, args...)
		}
		switch {
		case slices.Equal(has, names):
			if v.Kind == source.InlinePart {
				return nil, nil, nil, at("%s is a table, not a single value", whole)
			}
			return t, names, pair, nil
		case begins(names, has) && v.Kind == source.InlinePart:
			return d.find(d.inline(v), names[len(has):])
		case begins(names, has):
			return nil, nil, nil, at("%s is no table, so it has no %s", strings.Join(has, "."), whole)
		case begins(has, names) && len(names) == 1:
			return nil, nil, nil, at("%s is a table, not a single value", whole)
		}
	}
	for _, sub := range d.below(t) {
		rest := sub.names[len(t.names):]
		at := func(format string, args ...any) error {
			return d.problem(int(sub.at.Line), int(sub.at.Column), byHand, format, args...)
		}
		switch {
		case begins(rest, names) || slices.Equal(rest, names):
			return nil, nil, nil, at("%s is a table, not a single value", whole)
		case begins(names, rest) && sub.list:
			return nil, nil, nil, at("%s is a list of tables, so %s is in each of them", strings.Join(rest, "."), whole)
		case begins(names, rest):
			return d.find(sub, names[len(rest):])
		}
	}
	return t, names, nil, nil
}

// begins reports whether a key begins with the whole of another, shorter one.
func begins(names, with []string) bool {
	return len(with) < len(names) && slices.Equal(names[:len(with)], with)
}

// inline returns the table of an inline table.
func (d *document) inline(part *source.Part) *table {
	return d.tables[slices.IndexFunc(d.tables, func(t *table) bool { return t.inline == part })]
}

// below lists the tables with headers that belong to a table: those that are
// one of several first, then those with the longest names.
func (d *document) below(t *table) []*table {
	if t.inline != nil {
		return nil
	}
	var list []*table
	for _, other := range d.tables[slices.Index(d.tables, t)+1:] {
		if other.header == nil {
			continue
		}
		if len(other.names) <= len(t.names) && slices.Equal(t.names[:len(other.names)], other.names) {
			break // the next record, or the next of what the record is in
		}
		if begins(other.names, t.names) {
			list = append(list, other)
		}
	}
	slices.SortStableFunc(list, func(a, b *table) int {
		switch {
		case a.list && !b.list:
			return -1
		case b.list && !a.list:
			return 1
		}
		return len(b.names) - len(a.names)
	})
	return list
}
