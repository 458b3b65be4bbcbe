package aims

import (
	"slices"
	"strconv"
	"strings"

	"github.com/maruel/natural"
)

// Field is one thing that a record says, under the name of its key in the
// files:
//
//	{Name: "owner", Value: "head-of-ml"}
//	{Name: "approved_on", Value: "2026-05-12"}
//	{Name: "satisfies", Value: "iso-42001:A.2.2, iso-42001:A.10.3"}
//	{Name: "description", Value: "<p>See <ref to=\"ai-policy\"></ref>.</p>\n", Text: true}
//
// Every kind of record has a method Fields. The fields of a kind are always the
// same, in the same order, whether they are given or not; the value of one that
// is not given is empty. Values have the form of the files: a record is its id,
// a requirement framework:ref, a day 2026-05-12, a period "6 months", a yes or
// no true or false. The elements of a list are joined with ", " in natural
// order, for no list of a record depends on its order. The value of a prose is
// its HTML, with each reference as <ref to="target" at="heading">label</ref>
// and each path of a file in its place; no text can look like one of these.
//
// A key of a table within has the names of both, impact.data. Where a table is
// given several times it carries its number, counted from 1: action.2.due. Only
// such fields, and the digests of a signoff, are as many as there are.
//
// What the model only derives has no field: places in files, the other end of a
// reference, the size of a file beside its digest.
type Field struct {
	Name  string
	Value string
	Text  bool // whether it is prose
	Form  Form // how the files write the value

	items []string
	prose *Prose
}

// Form says how the files write the value of a field.
type Form uint8

// The forms of values. Words, references and prose are texts.
const (
	TextForm   Form = iota // "head-of-ml"
	DayForm                // 2026-05-12
	NumberForm             // 4.5
	YesForm                // true
	ListForm               // ["iso-42001:A.2.2", "iso-42001:A.10.3"]
)

// String returns the field as "owner: head-of-ml".
func (f Field) String() string { return f.Name + ": " + f.Value }

// Items returns the elements of a list, in natural order.
func (f Field) Items() []string { return f.items }

// Prose returns the prose that the field is about, nil for any other field.
func (f Field) Prose() *Prose { return f.prose }

// Table is what a record says several times: the executions of a control, the
// actions of a review.
type Table struct {
	Name string   // in the files: execution, impact.effect
	Key  []string // the fields that tell one row from another
	Rows [][]Field
}

// fields returns the fields of all rows of a table, numbered from 1.
func (t Table) fields() []Field {
	var list []Field
	for i, row := range t.Rows {
		for _, f := range row {
			f.Name = t.Name + "." + strconv.Itoa(i+1) + "." + f.Name
			list = append(list, f)
		}
	}
	return list
}

// table makes a table out of the rows of a record.
func table[T any](name string, key []string, rows []T, fields func(T) []Field) Table {
	t := Table{Name: name, Key: key}
	for _, r := range rows {
		t.Rows = append(t.Rows, fields(r))
	}
	return t
}

// head returns the fields that most records have.
func (r *Record) head() []Field {
	return []Field{word("id", r.ID), word("title", r.Title), word("classification", r.Classification)}
}

// word returns the field of a text or of a word from a list.
func word[T ~string](name string, v T) Field { return Field{Name: name, Value: string(v)} }

// prose returns the field of a Markdown text.
func prose(name string, p *Prose) Field {
	return Field{Name: name, Value: p.Canonical(), Text: true, prose: p}
}

// date returns the field of a date.
func date(name string, d Date) Field { return Field{Name: name, Value: d.String(), Form: DayForm} }

// grade returns the field of a number of which 0 means that it is not given.
func grade(name string, n int) Field {
	if n == 0 {
		return Field{Name: name}
	}
	return Field{Name: name, Value: strconv.Itoa(n), Form: NumberForm}
}

// number returns the field of a number of which 0 may be meant.
func number(name string, x float64, given bool) Field {
	if x == 0 && !given {
		return Field{Name: name}
	}
	return Field{Name: name, Value: strconv.FormatFloat(x, 'f', -1, 64), Form: NumberForm}
}

// yes returns the field of a yes or no.
func yes(name string, x, given bool) Field {
	if !x && !given {
		return Field{Name: name}
	}
	return Field{Name: name, Value: strconv.FormatBool(x), Form: YesForm}
}

// one returns the field of a reference, which may be nil.
func one[T interface {
	comparable
	Head() *Record
}](name string, v T) Field {
	var none T
	if v == none {
		return Field{Name: name}
	}
	return Field{Name: name, Value: v.Head().ID}
}

// many returns the field of a list of references.
func many[T interface{ Head() *Record }](name string, list []T) Field {
	return joined(name, list, func(x T) string { return x.Head().ID })
}

// words returns the field of a list of words.
func words[T ~string](name string, list []T) Field {
	return joined(name, list, func(x T) string { return string(x) })
}

// framework returns the field of a framework, which may be nil.
func framework(name string, f *Framework) Field {
	if f == nil {
		return Field{Name: name}
	}
	return Field{Name: name, Value: f.ID}
}

// requirement returns the field of a requirement, which may be nil.
func requirement(name string, q *Requirement) Field {
	if q == nil {
		return Field{Name: name}
	}
	return Field{Name: name, Value: q.String()}
}

// requirements returns the field of a list of requirements.
func requirements(name string, list []*Requirement) Field {
	return joined(name, list, (*Requirement).String)
}

func joined[T any](name string, list []T, say func(T) string) Field {
	values := make([]string, len(list))
	for i, x := range list {
		values[i] = say(x)
	}
	slices.SortFunc(values, natural.Compare)
	return Field{Name: name, Value: strings.Join(values, ", "), Form: ListForm, items: values}
}
