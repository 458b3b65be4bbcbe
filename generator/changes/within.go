package changes

import (
	"slices"

	"annex/generator/aims"
)

// Within returns what is left of the changes for readers who may see records up
// to a ceiling: turns, reasons, records, rows and fields above it are left out,
// and a record of which nothing is left. A record that was added or removed
// stays without the name of a project that is above the ceiling. Counts stay
// as they are: they name nothing.
func (c *Changes) Within(ceiling aims.Classification) *Changes {
	w := *c
	w.Organizations = []*Organization{}
	w.Settings = within(c.Settings, ceiling)
	for _, o := range c.Organizations {
		part := *o
		part.Fails, part.Passes = turnsWithin(o.Fails, ceiling), turnsWithin(o.Passes, ceiling)
		part.Records = []Group{}
		for _, g := range o.Records {
			if g.Records = recordsWithin(g.Records, ceiling); len(g.Records) > 0 {
				part.Records = append(part.Records, g)
			}
		}
		w.Organizations = append(w.Organizations, &part)
	}
	return &w
}

// class lets the entries of a list be treated alike.
func (a About) class() aims.Classification       { return a.Classification }
func (f FieldChange) class() aims.Classification { return f.Classification }
func (r RowChange) class() aims.Classification   { return r.Classification }

// within returns the entries that are not above a ceiling.
func within[T interface{ class() aims.Classification }](list []T, ceiling aims.Classification) []T {
	return slices.DeleteFunc(slices.Clone(list), func(x T) bool { return x.class().Above(ceiling) })
}

func turnsWithin(list []Turn, ceiling aims.Classification) []Turn {
	list = within(list, ceiling)
	for i := range list {
		list[i].Because = within(list[i].Because, ceiling)
	}
	return list
}

func recordsWithin(list []RecordChange, ceiling aims.Classification) []RecordChange {
	list = within(list, ceiling)
	for i := range list {
		r := &list[i]
		r.Fields = within(r.Fields, ceiling)
		r.Tables = within(r.Tables, ceiling)
		for n := range r.Tables {
			r.Tables[n].Fields = within(r.Tables[n].Fields, ceiling)
		}
		r.Tables = slices.DeleteFunc(r.Tables, func(x RowChange) bool { return x.Change == Changed && len(x.Fields) == 0 })
		if p := r.Record.Project; p != nil && p.Classification.Above(ceiling) {
			r.Project = ""
		}
	}
	return slices.DeleteFunc(list, func(r RecordChange) bool { return r.Change == Changed && len(r.Fields)+len(r.Tables) == 0 })
}
