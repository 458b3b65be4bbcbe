package records

import (
	"cmp"
	"regexp"
	"slices"
	"strconv"
	"strings"

	"annex/generator/aims"
	"annex/generator/edit"
)

// table writes one record with the tables within it.
func (e *writer) table(kind string, x record, folder string) string {
	var b strings.Builder
	b.WriteString("[[" + kind + "]]\n")
	e.fields(&b, kind, own(x), folder)
	for _, t := range tables(x) {
		e.rows(&b, kind+"."+t.Name, t, folder)
	}
	return b.String()
}

// tables returns the tables within a record.
func tables(x any) []aims.Table {
	if t, ok := x.(interface{ Tables() []aims.Table }); ok {
		return t.Tables()
	}
	return nil
}

// rows writes a table within a record.
func (e *writer) rows(b *strings.Builder, name string, t aims.Table, folder string) {
	for _, row := range t.Rows {
		b.WriteString("\n[[" + name + "]]\n")
		e.fields(b, name, slices.DeleteFunc(slices.Clone(row), func(f aims.Field) bool {
			return t.Name == "execution" && f.Name == "control" // it stands within its control
		}), folder)
	}
}

// own returns what a record says without the tables within it, with what only a
// pack says.
func own(x record) []aims.Field {
	within := tables(x)
	list := slices.DeleteFunc(x.Fields(), func(f aims.Field) bool {
		return slices.ContainsFunc(within, func(t aims.Table) bool { return strings.HasPrefix(f.Name, t.Name+".") })
	})
	at := slices.IndexFunc(list, func(f aims.Field) bool { return f.Name == "classification" })
	list = slices.Insert(list, at, aims.Field{Name: "withheld", Value: x.Head().Withheld})
	if p, ok := x.(*aims.Evidence); ok {
		list = ofEvidence(p, list)
	}
	return list
}

// ofEvidence says where the file of evidence was, and whether it goes along.
func ofEvidence(x *aims.Evidence, list []aims.Field) []aims.Field {
	for i, f := range list {
		if f.Name == "file" && x.File != "" {
			list[i].Value = within(x)
		}
	}
	if x.Apart {
		list = append(list, aims.Field{Name: "apart", Value: "true", Form: aims.YesForm})
	}
	return list
}

// fields writes the keys of a table that are given, then the tables of keys that
// have two names: impact.data is data in the table impact.
func (e *writer) fields(b *strings.Builder, table string, list []aims.Field, folder string) {
	var below []string
	for _, f := range list {
		if name, _, nested := strings.Cut(f.Name, "."); nested && f.Value != "" {
			if !slices.Contains(below, name) {
				below = append(below, name)
			}
			continue
		}
		e.field(b, f.Name, f, folder)
	}
	for _, name := range below {
		e.header(b, table, name)
		for _, f := range list {
			if key, ok := strings.CutPrefix(f.Name, name+"."); ok {
				e.field(b, key, f, folder)
			}
		}
	}
}

// header begins a table of keys.
func (e *writer) header(b *strings.Builder, table, name string) {
	if b.Len() > 0 {
		b.WriteByte('\n')
	}
	if table != "" {
		table += "."
	}
	b.WriteString("[" + table + name + "]\n")
}

// bare reports whether TOML takes a key without quotes.
func bare(key string) bool {
	return key != "" && strings.IndexFunc(key, func(r rune) bool {
		return r != '-' && r != '_' && (r < '0' || r > '9') && (r < 'a' || r > 'z') && (r < 'A' || r > 'Z')
	}) < 0
}

// field writes one key, if it is given.
func (e *writer) field(b *strings.Builder, key string, f aims.Field, folder string) {
	if f.Value == "" {
		return
	}
	if !bare(key) {
		key = edit.Written(key, 0)
	}
	key += " = "
	b.WriteString(key + e.value(f, folder, len(key)) + "\n")
}

func (e *writer) value(f aims.Field, folder string, column int) string {
	switch {
	case f.Prose() != nil:
		text := e.markdown(f.Prose(), folder)
		if strings.Count(text, "\n") == 1 {
			text = strings.TrimSuffix(text, "\n")
		}
		return edit.Written(text, column)
	case f.Form == aims.ListForm:
		return edit.Written(slices.Compact(f.Items()), column)
	case f.Form == aims.DayForm || f.Form == aims.YesForm:
		return f.Value
	case f.Form == aims.NumberForm:
		return number(f.Value)
	}
	if strings.Contains(f.Value, "+++") && fence.MatchString(f.Value) {
		return edit.OneLine(f.Value)
	}
	return edit.Written(f.Value, column)
}

// fence is a line that would end front matter.
var fence = regexp.MustCompile(`(?m)^\+\+\+\s*$`)

// number writes a number that TOML takes: a whole one, or one with a point.
func number(s string) string {
	if _, err := strconv.ParseInt(s, 10, 64); err == nil {
		return s
	}
	x, err := strconv.ParseFloat(s, 64)
	return cmp.Or(map[bool]string{true: edit.Written(x, 0)}[err == nil], s)
}
