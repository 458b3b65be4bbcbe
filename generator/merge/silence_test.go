package merge

import (
	"strings"
	"testing"
	"testing/fstest"

	"annex/generator/spreadsheet"
)

// TestGoingOnInTheSameWorkbookIsNoConflict imports, edits on in the same workbook,
// and imports again: what both sides say alike by now is no difference.
func TestGoingOnInTheSameWorkbookIsNoConflict(t *testing.T) {
	o := exported(t, records)
	o.set(t, "Controls", "act", "Control", spreadsheet.Text("Acting"))
	p := o.compare(t)
	texts, err := p.Apply(o.files)
	if err != nil {
		t.Fatal(err)
	}
	o.files["organization/records.toml"] = &fstest.MapFile{Data: texts["organization/records.toml"]}
	hold(t, o.compare(t), "")
	o.set(t, "Controls", "act", "Status", spreadsheet.Text("in-progress"))
	hold(t, o.compare(t), "control act status:planned>in-progress\n")
}

func TestSheetsThatAreNotReadAreTold(t *testing.T) {
	o := exported(t, records)
	_, p := sides(t, o.files)
	o.book = bookOf(p, "controls", "performances", "actions")
	hold(t, o.compare(t), "")
	table := o.sheet("Performances")
	table.Rows = append(table.Rows, []spreadsheet.Cell{spreadsheet.Text("mine")})
	o.book.Tables = append(o.book.Tables, spreadsheet.Table{Name: "Controls (2)", Columns: o.book.Tables[0].Columns, Rows: o.book.Tables[0].Rows})
	hold(t, o.compare(t), "note the sheet \"Performances\" was changed; what it shows is derived from the records, and it was not read\nnote the sheet \"Controls (2)\" is none that annex exported; it was not read\n")
}

func TestASheetMayBeRenamed(t *testing.T) {
	o := exported(t, records)
	o.set(t, "Controls", "act", "Control", spreadsheet.Text("Acting"))
	book := o.read(t)
	for i := range book.Sheets {
		if book.Sheets[i].Name == "Controls" {
			book.Sheets[i].Name = "Our controls"
		}
	}
	p, err := Compare(book, must(sides(t, o.files)))
	if err != nil {
		t.Fatal(err)
	}
	hold(t, p, "control act title:Act>Acting\nnote the sheet \"Controls\" is called \"Our controls\" by now\n")
	if at := p.Records[0].At; at != "Our controls, row 2" {
		t.Errorf("the row is %s", at)
	}
}

// TestAnotherIDIsNoNewRecord changes the id of a row: the new record would have
// none of what leads to the old one.
func TestAnotherIDIsNoNewRecord(t *testing.T) {
	o := exported(t, records)
	o.set(t, "Controls", "act", "Id", spreadsheet.Text("acting"))
	p := o.compare(t)
	if got := say(p); !strings.HasPrefix(got, "refused Controls, row 2 acting: this looks like act under another id, whose row is gone\n") || len(p.Records) > 0 {
		t.Errorf("the plan is\n%s", got)
	}
}

func TestARowOfAnIDAloneIsRefused(t *testing.T) {
	o := exported(t, records)
	table := o.sheet("Controls")
	row := make([]spreadsheet.Cell, len(table.Columns))
	row[0] = spreadsheet.Text("alone")
	table.Rows = append(table.Rows, row)
	hold(t, o.compare(t), "refused Controls, row 4 alone: the row holds nothing but its id\n")
}

// TestAHeadOfTheHiddenSheetCannotLie gives a key another head in the hidden sheet,
// so that a plan would say that something else changes.
func TestAHeadOfTheHiddenSheetCannotLie(t *testing.T) {
	o := exported(t, records)
	for i, row := range o.book.Hidden[0].Rows {
		for j, c := range row {
			if strings.Contains(c.String(), `"Owner"`) {
				o.book.Hidden[0].Rows[i][j] = spreadsheet.Text(strings.Replace(c.String(), `"Owner"`, `"Note"`, 1))
			}
		}
	}
	p := o.compare(t)
	if got := say(p); !strings.Contains(got, "refused Controls : the sheet was exported by another version of annex, or the hidden sheet was changed\n") {
		t.Errorf("the plan is\n%s", got)
	}
}

func TestPlansShowWhereValuesPart(t *testing.T) {
	long := strings.Repeat("The same words again and again. ", 30)
	for _, c := range []struct{ before, after, a, b string }{
		{"planned", "implemented", `"planned"`, `"implemented"`},
		{"", "new", "nothing", `"new"`},
		{"one two three", "one 2 three", `"one two three"`, `"one 2 three"`},
		{long + "Here it was. " + long, long + "Here it is now. " + long, `"…again. Here it was. The same words…"`, `"…again. Here it is now. The same words…"`},
		{long, long + "EVIL TAIL", `"…again and again."`, `"…again and again. EVIL TAIL"`},
		{"x" + long, "y" + long, "", ""},
	} {
		a, b := Apart(c.before, c.after)
		if c.a != "" && (a != c.a || b != c.b) {
			t.Errorf("%.20q and %.20q part as\n%s\n%s\nwant\n%s\n%s", c.before, c.after, a, b, c.a, c.b)
		}
		if len(a) > 700 || len(b) > 700 {
			t.Errorf("%d and %d signs", len(a), len(b))
		}
	}
	if got := Whole(strings.Repeat("word ", 400)); !strings.HasSuffix(got, "and 1399 signs more") {
		t.Errorf("a long value ends in %s", got[len(got)-30:])
	}
}
