package export

import (
	"slices"
	"strings"

	"github.com/maruel/natural"

	"annex/generator/aims"
	"annex/generator/readiness"
	"annex/generator/spreadsheet"
)

// column is a column of records of one kind, with what its cells say of each.
type column[T any] struct {
	Column
	say func(T) spreadsheet.Cell
}

// shown returns a column of what is derived.
func shown[T any](title string, say func(T) spreadsheet.Cell) column[T] {
	return column[T]{Column{Column: spreadsheet.Column{Title: title}}, say}
}

// told is shown for a text.
func told[T any](title string, say func(T) string) column[T] {
	return shown(title, func(x T) spreadsheet.Cell { return spreadsheet.Text(say(x)) })
}

// counted is shown for a number.
func counted[T any](title string, say func(T) int) column[T] {
	return shown(title, func(x T) spreadsheet.Cell { return spreadsheet.Number(say(x)) })
}

// dated is shown for a day.
func dated[T any](title string, say func(T) aims.Date) column[T] {
	return shown(title, func(x T) spreadsheet.Cell { return spreadsheet.Day(say(x)) })
}

// keyed returns a column of the value of a key.
func keyed[T any](title, key string, form Form, words []string, say func(T) spreadsheet.Cell) column[T] {
	return column[T]{Column{Column: spreadsheet.Column{Title: title, Words: words, Many: form == ListForm}, Key: key, Form: form}, say}
}

func text[T any](title, key string, say func(T) string) column[T] {
	return keyed(title, key, TextForm, nil, func(x T) spreadsheet.Cell { return spreadsheet.Text(trimmed(say(x))) })
}

func chosen[T any, W ~string](title, key string, words []W, say func(T) W) column[T] {
	return keyed(title, key, WordForm, stringsOf(words), func(x T) spreadsheet.Cell { return spreadsheet.Text(string(say(x))) })
}

// or says what an empty cell of a column stands for.
func (c column[T]) or(empty string) column[T] {
	c.Empty = empty
	return c
}

func day[T any](title, key string, say func(T) aims.Date) column[T] {
	return keyed(title, key, DayForm, nil, func(x T) spreadsheet.Cell { return spreadsheet.Day(say(x)) })
}

// grade returns a column of numbers from 1 to 5, of which 0 is none.
func grade[T any](title, key string, say func(T) int) column[T] {
	return keyed(title, key, NumberForm, nil, func(x T) spreadsheet.Cell { return positive(say(x)) })
}

func positive(n int) spreadsheet.Cell {
	if n == 0 {
		return spreadsheet.Cell{}
	}
	return spreadsheet.Number(n)
}

// yesNo returns a column of yes, no, and nothing where it is not given.
func yesNo[T any](title, key string, say func(T) (yes, given bool)) column[T] {
	return keyed(title, key, YesNoForm, []string{Yes, No}, func(x T) spreadsheet.Cell {
		yes, given := say(x)
		switch {
		case !given:
			return spreadsheet.Cell{}
		case yes:
			return spreadsheet.Text(Yes)
		}
		return spreadsheet.Text(No)
	})
}

// The words of a yes or no.
const (
	Yes = "yes"
	No  = "no"
)

// headed is a record that a reference may name. It may be nil.
type headed interface {
	comparable
	Head() *aims.Record
}

// one returns a column of a reference to one of the records of a list.
func one[T any, R headed](title, key string, among []R, say func(T) R) column[T] {
	return keyed(title, key, WordForm, ids(among), func(x T) spreadsheet.Cell { return spreadsheet.Text(id(say(x))) })
}

// many returns a column of references.
func many[T any, R headed](title, key string, say func(T) []R) column[T] {
	return keyed(title, key, ListForm, nil, func(x T) spreadsheet.Cell { return spreadsheet.Text(Joined(ids(say(x)))) })
}

func chosenMany[T any, W ~string](title, key string, words []W, say func(T) []W) column[T] {
	return keyed(title, key, ListForm, stringsOf(words), func(x T) spreadsheet.Cell { return spreadsheet.Text(Joined(stringsOf(say(x)))) })
}

func requirements[T any](title, key string, say func(T) []*aims.Requirement) column[T] {
	return keyed(title, key, ListForm, nil, func(x T) spreadsheet.Cell { return spreadsheet.Text(refs(say(x))) })
}

func refs(list []*aims.Requirement) string {
	names := make([]string, len(list))
	for i, q := range list {
		names[i] = q.String()
	}
	return Joined(names)
}

// Joined writes the elements of a list into one cell, in natural order: with
// commas between them, or on lines of their own where one has a comma or a line.
func Joined(list []string) string {
	list = slices.SortedFunc(slices.Values(list), natural.Compare)
	for _, x := range list {
		if strings.ContainsAny(x, ",;\n") {
			return strings.Join(list, "\n") + "\n" // the last line end tells one such element from two
		}
	}
	return strings.Join(list, ", ")
}

// list returns a list of records with its columns.
func list[T headed](l List, records []T, columns []column[T]) List {
	return rows(l, records, func(x T) (string, *aims.Record) { return x.Head().ID, x.Head() }, columns)
}

// rows returns a list of anything with its columns.
func rows[T any](l List, things []T, of func(T) (string, *aims.Record), columns []column[T]) List {
	for _, c := range columns {
		l.Columns = append(l.Columns, c.Column)
	}
	cells := make([]spreadsheet.Cell, len(things)*len(columns))
	for _, x := range things {
		r := Row{Cells: cells[:len(columns):len(columns)]}
		cells = cells[len(columns):]
		if of != nil {
			r.ID, r.Record = of(x)
		}
		for i, c := range columns {
			r.Cells[i] = c.say(x)
		}
		l.Rows = append(l.Rows, r)
	}
	return l
}

func id[R headed](x R) string {
	var none R
	if x == none {
		return ""
	}
	return x.Head().ID
}

func ids[R headed](records []R) []string {
	list := make([]string, len(records))
	for i, x := range records {
		list[i] = x.Head().ID
	}
	return list
}

// titles names records by their titles, as pages do.
func titles[R headed](records []R) string {
	list := make([]string, len(records))
	for i, x := range records {
		list[i] = x.Head().Title
	}
	return strings.Join(list, "; ")
}

// title names a record, or nothing.
func title[R headed](x R) string {
	var none R
	if x == none {
		return ""
	}
	return x.Head().Title
}

func stringsOf[W ~string](list []W) []string {
	out := make([]string, len(list))
	for i, w := range list {
		out[i] = string(w)
	}
	return out
}

// state shows a state on its fill.
func state(s readiness.State) spreadsheet.Cell {
	tones := map[readiness.State]spreadsheet.Tone{
		readiness.Verified: spreadsheet.Good, readiness.Operating: spreadsheet.Good,
		readiness.Implemented: spreadsheet.Partial, readiness.Documented: spreadsheet.Partial,
		readiness.Gap: spreadsheet.Bad, readiness.Planned: spreadsheet.Ahead, readiness.NotApplicable: spreadsheet.Off,
	}
	return spreadsheet.Status(s.String(), tones[s])
}

// trimmed takes the line ends after a text away, which a cell would show.
func trimmed(s string) string { return strings.TrimRight(s, " \t\r\n") }
