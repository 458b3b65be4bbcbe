package edit

import (
	"slices"
	"strings"
	"unicode/utf8"

	"annex/generator/source"
)

// appendRecords makes the splices for new records.
func (d *document) appendRecords(kind string, records [][]Pair) error {
	at := d.first(kind)
	refuse := func(help, format string, args ...any) error {
		return d.problem(int(at.Line), int(at.Column), help, format, args...)
	}
	if kind == "" || strings.Contains(kind, ".") || !utf8.ValidString(kind) {
		return refuse("give the name of a kind of record, such as risk", "%q is not a kind of record", kind)
	}
	address, n := step("", kind), 0
	if list, ok := d.outline.Values[kind]; ok {
		if n = length(list); n < 0 {
			return refuse("make it a list of records: [["+kind+"]]", "%s is not a list of records in this file", kind)
		}
	}
	added := make([][]addition, len(records))
	for i, pairs := range records {
		seen := map[string]bool{}
		for _, p := range pairs {
			v, err := d.accept(Change{Key: p.Key, Value: p.Value}, &table{})
			if err != nil {
				return err
			}
			if seen[p.Key] {
				return refuse("leave one of the two out", "%s of this record is given twice", p.Key)
			}
			seen[p.Key] = true
			if v == nil {
				continue
			}
			names := strings.Split(p.Key, ".")
			added[i] = append(added[i], addition{names, v})
			key := element(address, n+i)
			for _, name := range names {
				key = step(key, name)
			}
			d.wanted[key] = v
		}
	}
	d.wanted[address+"[]"] = count(n + len(records))
	for _, pair := range d.tables[0].pairs {
		if slices.Equal(keys(pair), []string{kind}) {
			d.appendInline(value(pair), added)
			return nil
		}
	}
	d.appendTables(kind, added)
	return nil
}

// first returns where a text first speaks of a kind of record, or its beginning.
func (d *document) first(kind string) source.Place {
	for _, part := range d.outline.Parts {
		if keys(&part)[0] == kind {
			return part.Pos
		}
	}
	return source.Place{Line: 1, Column: 1}
}

// count is a wanted length of a list.
type count int

// length returns how many records a value holds; -1 if it is no list of records.
func length(x any) int {
	switch x := x.(type) {
	case []map[string]any:
		return len(x)
	case []any:
		tables := 0
		for _, item := range x {
			if _, ok := item.(map[string]any); ok {
				tables++
			}
		}
		if tables == len(x) {
			return tables
		}
	}
	return -1
}

// appendInline adds inline tables to a list of them.
func (d *document) appendInline(list *source.Part, records [][]addition) {
	space := " "
	spacing := d.spacing(nil)
	keep := make([]bool, len(list.Parts))
	for i := range list.Parts {
		keep[i] = true
		if last := &list.Parts[i]; len(last.Parts) > 0 {
			spacing = d.spacing(d.inline(last).pairs)
			if between := d.text[last.Start+1 : last.Parts[0].Start]; blank(between) {
				space = between
			}
		}
	}
	items := make([]string, len(records))
	for i, added := range records {
		var pairs []string
		for _, a := range added {
			pairs = append(pairs, spacing.key(a.names)+style{oneLine: true}.value(a.value, 0))
		}
		items[i] = "{" + space + strings.Join(pairs, ", ") + space + "}"
	}
	d.resequence(list, keep, items)
}

// appendTables adds tables with headers at the end of the text.
func (d *document) appendTables(kind string, records [][]addition) {
	broken := lineBreak(d.text, len(d.text))
	header := "[[" + quoteKey(kind) + "]]"
	var like []*source.Part // keys of the last record of the kind, or of any
	own := false
	for _, t := range d.tables {
		if t.header == nil {
			continue
		}
		same := t.list && slices.Equal(t.names, []string{kind})
		if same {
			header = d.text[t.header.Start:t.header.End]
		}
		if len(t.pairs) > 0 && (same || !own) {
			like, own = t.pairs, same
		}
	}
	spacing := d.spacing(like)
	if spacing.column > 0 {
		for _, added := range records {
			spacing.align(added)
		}
	}
	var b strings.Builder
	if d.text != "" {
		if !strings.HasSuffix(d.text, "\n") {
			b.WriteString(broken)
		}
		last := strings.TrimSuffix(strings.TrimSuffix(d.text, "\n"), "\r")
		if !strings.HasSuffix(d.text, "\n") || !blank(last[lineStart(last, len(last)):]) {
			b.WriteString(broken)
		}
	}
	for i, added := range records {
		if i > 0 {
			b.WriteString(broken)
		}
		b.WriteString(header + broken)
		for _, a := range added {
			line := spacing.indent + spacing.key(a.names)
			b.WriteString(line + style{lineBreak: broken}.value(a.value, utf8.RuneCountInString(line)) + broken)
		}
	}
	d.splice(len(d.text), len(d.text), b.String())
}

// align makes room for the longest of some keys.
func (s *spacing) align(added []addition) {
	for _, a := range added {
		s.column = max(s.column, utf8.RuneCountInString(spacing{}.key(a.names)))
	}
}
