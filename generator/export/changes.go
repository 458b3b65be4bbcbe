package export

import (
	"strings"

	"annex/generator/changes"
)

// Changes turns the changes between two states into tables: what fails and
// passes, the records, the frameworks and catalogs, the counts.
func Changes(c *changes.Changes) []Table {
	turns := Table{Name: "Fails and passes", Head: []string{"Organization", "Now", "What", "Kind", "Id", "Sentence", "Before", "After", "Because"}}
	records := Table{Name: "Records", Head: []string{"Organization", "Change", "Kind", "Id", "Title", "Project", "Field", "Before", "After"}}
	counts := Table{Name: "Counts", Head: []string{"Organization", "What", "Before", "After"}}
	for _, o := range c.Organizations {
		turns.turns(o, "fails", o.Fails)
		turns.turns(o, "passes", o.Passes)
		for _, g := range o.Records {
			for _, r := range g.Records {
				records.record(o, r)
			}
		}
		for _, n := range o.Counts.Rows() {
			counts.add(Text(o.Title), Text(n.Name), Number(n.Before), Number(n.After))
		}
	}
	for _, f := range c.Settings {
		before, after := f.Values()
		records.add(Text(""), Text(string(changes.Changed)), Text("settings"), Text(""), Text(""), Text(""), Text(f.Name), Text(before), Text(after))
	}
	catalogs := Table{Name: "Frameworks and catalogs", Head: []string{"Change", "Kind", "Id", "Title", "What changed"}}
	for _, x := range c.Catalogs {
		catalogs.add(Text(string(x.Change)), Text(x.Kind), Text(x.ID), Text(x.Title), Text(strings.Join(x.Sentences(), "\n")))
	}
	return []Table{turns, records, catalogs, counts}
}

func (t *Table) add(cells ...Cell) { t.Rows = append(t.Rows, cells) }

func (t *Table) turns(o *changes.Organization, now string, list []changes.Turn) {
	for _, x := range list {
		because := make([]string, len(x.Because))
		for i, r := range x.Because {
			because[i] = r.Sentence
		}
		t.add(Text(o.Title), Text(now), Text(string(x.Topic)), Text(x.Kind), Text(x.ID), Text(x.Sentence), Text(x.Before), Text(x.After), Text(strings.Join(because, "\n")))
	}
}

// record adds a row for a record that was added or removed, and for each field
// and each row within that changed.
func (t *Table) record(o *changes.Organization, r changes.RecordChange) {
	line := func(field, before, after string) {
		t.add(Text(o.Title), Text(string(r.Change)), Text(r.Kind), Text(r.ID), Text(r.Title), Text(r.Project), Text(field), Text(before), Text(after))
	}
	if r.Change != changes.Changed {
		line("", "", "")
	}
	for _, f := range r.Fields {
		before, after := f.Values()
		line(f.Name, before, after)
	}
	for _, row := range r.Tables {
		place := row.Table + " " + row.Name
		if row.Change != changes.Changed {
			line(place, "", string(row.Change))
		}
		for _, f := range row.Fields {
			before, after := f.Values()
			line(place+": "+f.Name, before, after)
		}
	}
}
