package export

import (
	"strings"

	"annex/generator/changes"
	"annex/generator/spreadsheet"
)

// Changes turns the changes between two states into tables: what fails and
// passes, the records, the frameworks and catalogs, the counts.
func Changes(c *changes.Changes) []spreadsheet.Table {
	turns := &table{Name: "Fails and passes", Columns: spreadsheet.Columns("Organization", "Now", "What", "Kind", "Id", "Sentence", "Before", "After", "Because")}
	records := &table{Name: "Records", Columns: spreadsheet.Columns("Organization", "Change", "Kind", "Id", "Title", "Project", "Field", "Before", "After")}
	counts := &table{Name: "Counts", Columns: spreadsheet.Columns("Organization", "What", "Before", "After")}
	for _, o := range c.Organizations {
		turns.turns(o, "fails", o.Fails)
		turns.turns(o, "passes", o.Passes)
		for _, g := range o.Records {
			for _, r := range g.Records {
				records.record(o, r)
			}
		}
		for _, n := range o.Counts.Rows() {
			counts.add(spreadsheet.Text(o.Title), spreadsheet.Text(n.Name), spreadsheet.Number(n.Before), spreadsheet.Number(n.After))
		}
	}
	for _, f := range c.Settings {
		before, after := f.Values()
		records.texts("", string(changes.Changed), "settings", "", "", "", f.Name, before, after)
	}
	catalogs := &table{Name: "Frameworks and catalogs", Columns: spreadsheet.Columns("Change", "Kind", "Id", "Title", "What changed")}
	for _, x := range c.Catalogs {
		catalogs.texts(string(x.Change), x.Kind, x.ID, x.Title, strings.Join(x.Sentences(), "\n"))
	}
	return []spreadsheet.Table{spreadsheet.Table(*turns), spreadsheet.Table(*records), spreadsheet.Table(*catalogs), spreadsheet.Table(*counts)}
}

// table is a table that rows are added to.
type table spreadsheet.Table

func (t *table) add(cells ...spreadsheet.Cell) { t.Rows = append(t.Rows, cells) }

// texts adds a row of texts.
func (t *table) texts(texts ...string) {
	row := make([]spreadsheet.Cell, len(texts))
	for i, text := range texts {
		row[i] = spreadsheet.Text(text)
	}
	t.add(row...)
}

func (t *table) turns(o *changes.Organization, now string, list []changes.Turn) {
	for _, x := range list {
		because := make([]string, len(x.Because))
		for i, r := range x.Because {
			because[i] = r.Sentence
		}
		t.texts(o.Title, now, string(x.Topic), x.Kind, x.ID, x.Sentence, x.Before, x.After, strings.Join(because, "\n"))
	}
}

// record adds a row for a record that was added or removed, and for each field
// and each row within that changed.
func (t *table) record(o *changes.Organization, r changes.RecordChange) {
	line := func(field, before, after string) {
		t.texts(o.Title, string(r.Change), r.Kind, r.ID, r.Title, r.Project, field, before, after)
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
