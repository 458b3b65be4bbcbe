package changes

import (
	"slices"
	"strings"

	"annex/generator/aims"
)

// RowChange is a row of a table within a record that was added, removed or
// changed: an execution of a control, an action of a review.
type RowChange struct {
	Table  string        `json:"table"` // execution, measurement, action
	Name   string        `json:"name"`  // what tells the row apart: "2026-05-12 triage"
	Change Change        `json:"change"`
	Fields []FieldChange `json:"fields"` // of one that was added or removed none

	Classification aims.Classification `json:"classification,omitempty"` // highest of the records that the name names
}

// String returns the change in plain words: "execution 2026-05-12 triage: added".
func (r RowChange) String() string {
	s := r.Table + " " + r.Name + ": " + string(r.Change)
	for i, f := range r.Fields {
		if i == 0 {
			s += ", "
		} else {
			s += "; "
		}
		s += f.String()
	}
	return s
}

// own returns the fields of a record without those of the tables within it.
func own(record interface{ Fields() []aims.Field }) []aims.Field {
	tables := tablesOf(record)
	return slices.DeleteFunc(record.Fields(), func(f aims.Field) bool {
		return slices.ContainsFunc(tables, func(t aims.Table) bool { return strings.HasPrefix(f.Name, t.Name+".") })
	})
}

func tablesOf(record any) []aims.Table {
	if r, ok := record.(interface{ Tables() []aims.Table }); ok {
		return r.Tables()
	}
	return nil
}

// tables compares the tables within two records. Rows are matched by their key,
// those with the same key in their order. What was removed comes last.
func (c classes) tables(was, now []aims.Table) []RowChange {
	var list []RowChange
	for i, t := range now {
		old := map[string][][]aims.Field{}
		for _, row := range was[i].Rows {
			key := rowKey(t, row)
			old[key] = append(old[key], row)
		}
		for _, row := range t.Rows {
			key := rowKey(t, row)
			change := c.row(t.Name, key, Added)
			if len(old[key]) > 0 {
				change.Change = Changed
				change.Fields = append(change.Fields, c.fields(old[key][0], row)...)
				old[key] = old[key][1:]
			}
			if change.Change == Added || len(change.Fields) > 0 {
				list = append(list, change)
			}
		}
		for _, row := range was[i].Rows {
			key := rowKey(t, row)
			if len(old[key]) > 0 {
				old[key] = old[key][1:]
				list = append(list, c.row(t.Name, key, Removed))
			}
		}
	}
	return list
}

func (c classes) row(table, key string, change Change) RowChange {
	values := strings.Split(key, "\x00")
	name := strings.Join(slices.DeleteFunc(slices.Clone(values), func(v string) bool { return v == "" }), " ")
	return RowChange{Table: table, Name: name, Change: change, Fields: []FieldChange{}, Classification: c.naming(values...)}
}

// rowKey returns the values that tell a row from another.
func rowKey(t aims.Table, row []aims.Field) string {
	values := make([]string, len(t.Key))
	for i, name := range t.Key {
		if n := slices.IndexFunc(row, func(f aims.Field) bool { return f.Name == name }); n >= 0 {
			values[i] = row[n].Value
		}
	}
	return strings.Join(values, "\x00")
}
