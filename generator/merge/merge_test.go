package merge

import (
	"bytes"
	"errors"
	"fmt"
	"io/fs"
	"maps"
	"slices"
	"strings"
	"testing"
	"testing/fstest"

	"annex/generator/aims"
	"annex/generator/export"
	"annex/generator/readiness"
	"annex/generator/sample"
	"annex/generator/soa"
	"annex/generator/spreadsheet"
)

const records = `# Ours.
[[decision]]
requirement = "mini:A.1"
applicable = true
reasons = ["policy"]
justification = "Our policy asks for it."

[[control]]
id = "watch"
title = "Watch"
satisfies = ["mini:A.1"]
status = "implemented"   # since spring
owner = "lead"

[[control]]
id = "act"
title = "Act"
status = "planned"
due = 2026-06-01

[[risk]]
id = "fire"
title = "Fire"
likelihood = 3
impact = 4
`

// office is a workspace, and the workbook that somebody has open.
type office struct {
	files fstest.MapFS
	book  spreadsheet.Book
}

func sides(t testing.TB, files fstest.MapFS) ([]Side, export.Part) {
	t.Helper()
	w := sample.LoadFiles(t, files)
	o := w.Organizations()[0]
	r := readiness.Assess(w, o, sample.Day())
	p := export.Part{Report: r, Statements: soa.All(r), Version: "test"}
	return []Side{{Organization: o, Projects: w.Projects, Roles: w.Roles, Frameworks: w.Frameworks, Offers: export.Offers(p)}}, p
}

// export exports all lists of records.
func exported(t testing.TB, text string) *office {
	t.Helper()
	o := &office{files: sample.Files(text)}
	_, p := sides(t, o.files)
	var lists []export.List
	for _, l := range export.Make(export.Offers(p)) {
		if l.Kind != "" {
			lists = append(lists, l)
		}
	}
	o.book = export.Book(p, "Test", lists)
	return o
}

// bookOf exports the lists with these names.
func bookOf(p export.Part, names ...string) spreadsheet.Book {
	var lists []export.List
	for _, o := range export.Offers(p) {
		if slices.Contains(names, o.Name) {
			lists = append(lists, o.Make())
		}
	}
	return export.Book(p, "Test", lists)
}

// sheet returns the table with a name.
func (o *office) sheet(name string) *spreadsheet.Table {
	for i := range o.book.Tables {
		if o.book.Tables[i].Name == name {
			return &o.book.Tables[i]
		}
	}
	return nil
}

// set writes a cell of the row with an id, under a head.
func (o *office) set(t testing.TB, sheet, id, head string, c spreadsheet.Cell) {
	t.Helper()
	table := o.sheet(sheet)
	for _, row := range table.Rows {
		for i, col := range table.Columns {
			if row[0].String() == id && col.Title == head {
				row[i] = c
				return
			}
		}
	}
	t.Fatalf("%s has no %s of %s", sheet, head, id)
}

func (o *office) compare(t testing.TB) *Plan {
	t.Helper()
	p, err := Compare(o.read(t), must(sides(t, o.files)))
	if err != nil {
		t.Fatal(err)
	}
	return p
}

func must(s []Side, _ export.Part) []Side { return s }

func (o *office) read(t testing.TB) *spreadsheet.Workbook {
	t.Helper()
	var b bytes.Buffer
	if err := spreadsheet.WriteXLSX(&b, o.book); err != nil {
		t.Fatal(err)
	}
	book, err := spreadsheet.Read(bytes.NewReader(b.Bytes()), int64(b.Len()))
	if err != nil {
		t.Fatal(err)
	}
	return book
}

// say shows a plan as lines.
func say(p *Plan) string {
	var b strings.Builder
	for _, r := range p.Records {
		fmt.Fprintf(&b, "%s %s", r.Kind, r.ID)
		if r.New() {
			fmt.Fprintf(&b, " new in %s", r.Into)
		}
		for _, f := range r.Fields {
			fmt.Fprintf(&b, " %s:%s>%s", f.Key, f.Before, f.After)
		}
		b.WriteString("\n")
	}
	for _, x := range p.Conflicts {
		fmt.Fprintf(&b, "conflict %s %s: %s\n", x.At, x.ID, x.Message)
	}
	for _, x := range p.Refused {
		fmt.Fprintf(&b, "refused %s %s: %s\n", x.At, x.ID, x.Message)
	}
	for _, n := range p.Notes {
		b.WriteString("note " + n + "\n")
	}
	return b.String()
}

func hold(t *testing.T, p *Plan, want string) {
	t.Helper()
	if got := say(p); got != want {
		t.Errorf("the plan is\n%swant\n%s", got, want)
	}
}

// after applies a plan and returns the text of the records.
func (o *office) after(t testing.TB, p *Plan) string {
	t.Helper()
	texts, err := p.Apply(o.files)
	if err != nil {
		t.Fatal(err)
	}
	if text, ok := texts["organization/records.toml"]; ok {
		return string(text)
	}
	return string(o.files["organization/records.toml"].Data)
}

func TestNothingEditedChangesNothing(t *testing.T) {
	o := exported(t, records)
	p := o.compare(t)
	hold(t, p, "")
	if texts, err := p.Apply(o.files); err != nil || len(texts) > 0 {
		t.Errorf("%d texts, %v", len(texts), err)
	}
}

func TestEachFormOfValueComesBack(t *testing.T) {
	o := exported(t, records)
	o.set(t, "Controls", "watch", "Status", spreadsheet.Text("In progress"))
	o.set(t, "Controls", "watch", "Satisfies", spreadsheet.Text("mini:A.2;mini:A.1"))
	o.set(t, "Controls", "watch", "Owner", spreadsheet.Cell{})
	o.set(t, "Controls", "act", "Due", spreadsheet.Day(aims.NewDate(2027, 1, 31)))
	o.set(t, "Risks", "fire", "Impact", spreadsheet.Number(5))
	o.set(t, "Risks", "fire", "Affects", spreadsheet.Text("Society, individuals"))
	o.set(t, "SoA mini", "A.1", "Applicable", spreadsheet.Text("No"))
	o.set(t, "SoA mini", "A.1", "Justification", spreadsheet.Text("Not\nany more."))
	p := o.compare(t)
	hold(t, p, "decision mini:A.1 applicable:yes>no justification:Our policy asks for it.>Not\nany more.\n"+
		"control act due:2026-06-01>2027-01-31\n"+
		"control watch satisfies:mini:A.1>mini:A.1, mini:A.2 owner:lead> status:implemented>in-progress\n"+
		"risk fire affects:>individuals, society impact:4>5\n")
	want := strings.NewReplacer(
		"applicable = true", "applicable = false", `justification = "Our policy asks for it."`, "justification = \"\"\"\nNot\nany more.\"\"\"",
		`satisfies = ["mini:A.1"]`, `satisfies = ["mini:A.1", "mini:A.2"]`, `status = "implemented"   # since spring`+"\nowner = \"lead\"", `status = "in-progress"   # since spring`,
		"due = 2026-06-01", "due = 2027-01-31", "impact = 4", "impact = 5\naffects = [\"individuals\", \"society\"]",
	).Replace(records)
	if got := o.after(t, p); got != want {
		t.Errorf("the file is\n%s\nwant\n%s", got, want)
	}
}

func TestRowsAndColumnsMayMove(t *testing.T) {
	o := exported(t, records)
	o.set(t, "Controls", "act", "Control", spreadsheet.Text("Act now"))
	table := o.sheet("Controls")
	table.Rows[0], table.Rows[1] = table.Rows[1], table.Rows[0]
	for i, row := range table.Rows { // the last column comes first, and a new one second
		table.Rows[i] = append([]spreadsheet.Cell{row[len(row)-1], spreadsheet.Text("mine")}, row[:len(row)-1]...)
	}
	last := len(table.Columns) - 1
	table.Columns = append([]spreadsheet.Column{table.Columns[last], {Title: "Remarks"}}, table.Columns[:last]...)
	hold(t, o.compare(t), "control act title:Act>Act now\nnote the sheet \"Controls\" has columns of your own, which were not read: \"Remarks\"\n")
}

func TestAColumnThatIsGoneTakesNothingAway(t *testing.T) {
	o := exported(t, records)
	table := o.sheet("Controls")
	for i, row := range table.Rows {
		table.Rows[i] = append(row[:4:4], row[5:]...)
	}
	table.Columns = append(table.Columns[:4:4], table.Columns[5:]...)
	hold(t, o.compare(t), "note the column \"Owner\" of the sheet \"Controls\" is gone; what it says in the records stays\n")
}

func TestWhatHappensOnBothSides(t *testing.T) {
	change := func(o *office, old, by string) {
		text := string(o.files["organization/records.toml"].Data)
		o.files["organization/records.toml"] = &fstest.MapFile{Data: []byte(strings.Replace(text, old, by, 1))}
	}
	for _, c := range []struct {
		name     string
		old, by  string // in the file
		edit     string // title of act in the workbook
		want     string
		addTitle bool
	}{
		{"only in the file", `title = "Act"`, `title = "Acts"`, "Act", "note 1 row of the sheet \"Controls\" changed in the records since the export and not in the workbook; the records stay as they are\n", false},
		{"the same on both", `title = "Act"`, `title = "Acts"`, "Acts", "", false},
		{"different on both", `title = "Act"`, `title = "Acts"`, "Acting", "conflict Controls, row 2 act: the workbook changes Control from \"Act\" to \"Acting\", but the record was changed in the files since the export: Control from \"Act\" to \"Acts\"\n", false},
		{"different keys", `due = 2026-06-01`, `due = 2026-07-01`, "Acting", "conflict Controls, row 2 act: the workbook changes Control from \"Act\" to \"Acting\", but the record was changed in the files since the export: Due from \"2026-06-01\" to \"2026-07-01\"\n", false},
		{"deleted in the file", "[[control]]\nid = \"act\"\ntitle = \"Act\"\nstatus = \"planned\"\ndue = 2026-06-01\n", "", "Acting", "conflict Controls, row 2 act: the workbook changes Control from \"Act\" to \"Acting\", but the record was deleted or has another id since the export\n", false},
		{"deleted in the file, not edited", "[[control]]\nid = \"act\"\ntitle = \"Act\"\nstatus = \"planned\"\ndue = 2026-06-01\n", "", "Act", "", false},
		{"a comment in the file", `title = "Act"`, `title = "Act" # so`, "Acting", "control act title:Act>Acting\n", false},
	} {
		t.Run(c.name, func(t *testing.T) {
			o := exported(t, records)
			o.set(t, "Controls", "act", "Control", spreadsheet.Text(c.edit))
			change(o, c.old, c.by)
			hold(t, o.compare(t), c.want)
		})
	}
}

func TestNewRows(t *testing.T) {
	o := exported(t, records)
	table := o.sheet("Controls")
	row := func(id, title string) []spreadsheet.Cell {
		cells := make([]spreadsheet.Cell, len(table.Columns))
		cells[0], cells[1], cells[8] = spreadsheet.Text(id), spreadsheet.Text(title), spreadsheet.Text("planned")
		return cells
	}
	there := row("there", "There")
	away := row("away", "Away")
	away[len(away)-1] = spreadsheet.Text("nowhere")
	table.Rows = append(table.Rows, row("brand-new", "Brand new"), row("", "No id"), there, there, away)
	p := o.compare(t)
	hold(t, p, "control brand-new new in organization/records.toml title:>Brand new status:>planned\n"+
		"refused Controls, row 5 : the row has no id\n"+
		"refused Controls, row 6 there: there stands in more than one row\n"+
		"refused Controls, row 7 there: there stands in more than one row\n"+
		"refused Controls!W8 away: there is no project \"nowhere\"\n")
	if got := o.after(t, p); got != records+"\n[[control]]\nid = \"brand-new\"\ntitle = \"Brand new\"\nstatus = \"planned\"\n" {
		t.Errorf("the file is\n%s", got)
	}
	if got := p.Records[0].Title; got != "Brand new" {
		t.Errorf("it is called %q", got)
	}
}

// TestWhatIsInTheWayOfANewFile holds that a row whose file cannot be there is
// refused alone.
func TestWhatIsInTheWayOfANewFile(t *testing.T) {
	folder, link := &fstest.MapFile{Mode: fs.ModeDir | 0o755}, &fstest.MapFile{Mode: fs.ModeSymlink | 0o777, Data: []byte("elsewhere")}
	const into = "organization/decisions/mini.toml"
	for _, c := range []struct {
		name string
		is   *fstest.MapFile
		want string
	}{
		{into, folder, into + " is a folder"},
		{into, link, into + " is a link or a special file"},
		{"organization/decisions", &fstest.MapFile{Data: []byte("x")}, "organization/decisions is a file, so there can be no " + into},
		{"organization/decisions", link, "organization/decisions is a link or a special file, so there can be no " + into},
		{"organization/decisions", folder, ""},
	} {
		o := exported(t, records)
		o.set(t, "SoA mini", "A.10", "Applicable", spreadsheet.Text("yes"))
		o.set(t, "SoA mini", "A.10", "Reasons", spreadsheet.Text("Legal"))
		o.set(t, "Risks", "fire", "Likelihood", spreadsheet.Number(2))
		p := o.compare(t)
		o.files[c.name] = c.is
		texts, err := p.Apply(o.files)
		if err != nil {
			t.Errorf("%s: %v", c.want, err)
			continue
		}
		if c.want == "" {
			if len(texts) != 2 || len(p.Refused) != 0 {
				t.Errorf("%v, refused %v", slices.Sorted(maps.Keys(texts)), p.Refused)
			}
			continue
		}
		if len(texts) != 1 || len(p.Records) != 1 || len(p.Refused) != 1 {
			t.Errorf("%s: %v, refused %v", c.want, slices.Sorted(maps.Keys(texts)), p.Refused)
			continue
		}
		if r := p.Refused[0]; r.At != "SoA mini, row 4" || r.ID != "mini:A.10" || r.Message != c.want || !strings.Contains(r.Help, "the new record would go into "+into) {
			t.Errorf("it says %+v", r)
		}
	}
}

// TestADecisionThatWasOpenIsAdded decides on a reference control that has no
// record, and names one that the framework does not have.
func TestADecisionThatWasOpenIsAdded(t *testing.T) {
	o := exported(t, records)
	o.set(t, "SoA mini", "A.10", "Applicable", spreadsheet.Text("yes"))
	o.set(t, "SoA mini", "A.10", "Reasons", spreadsheet.Text("Legal"))
	o.set(t, "SoA mini", "A.2", "Control", spreadsheet.Text("A.3"))
	p := o.compare(t)
	hold(t, p, "decision mini:A.10 new in organization/decisions/mini.toml applicable:>yes reasons:>legal\n"+
		"refused SoA mini, row 3 A.3: mini has no reference control A.3\n"+
		"note 1 row of the sheet \"SoA mini\" is not there any more; nothing is deleted by that. To delete a record, delete it in its file\n")
	texts, err := p.Apply(o.files)
	if want := "[[decision]]\nrequirement = \"mini:A.10\"\napplicable = true\nreasons = [\"legal\"]\n"; err != nil || string(texts["organization/decisions/mini.toml"]) != want {
		t.Errorf("%q, %v", texts["organization/decisions/mini.toml"], err)
	}
}

func TestCellsThatCannotBeTaken(t *testing.T) {
	for _, c := range []struct {
		head, want string
		cell       spreadsheet.Cell
	}{
		{"Due", `refused Controls!J2 act: Due: "soon" is not a day`, spreadsheet.Text("soon")},
		{"Due", "control act due:2026-06-01>2026-12-24", spreadsheet.Text("2026-12-24")},
		{"Due", "control act due:2026-06-01>2026-12-24", spreadsheet.Text("24.12.2026")},
		{"Due", `refused Controls!J2 act: Due: "31.02.2026" is not a day`, spreadsheet.Text("31.02.2026")},
		{"Due", `refused Controls!J2 act: Due: "12/24/2026" is not a day`, spreadsheet.Text("12/24/2026")},
		{"Control", "control act title:Act>2027", spreadsheet.Number(2027)},
		{"Control", "control act title:Act>=1+1", spreadsheet.Text("=1+1")},
		{"Status", "control act status:planned>no-such", spreadsheet.Text("no-such")}, // the rules of the records refuse it
	} {
		o := exported(t, records)
		o.set(t, "Controls", "act", c.head, c.cell)
		hold(t, o.compare(t), c.want+"\n")
	}
	for _, c := range []struct{ text, want string }{{"4", "risk fire impact:4>4"}, {"5", "risk fire impact:4>5"}, {"many", `refused Risks!H2 fire: Impact: "many" is not a number`}, {"4.5", "refused Risks!H2 fire: Impact: 4.5 is not a whole number"}} {
		o := exported(t, records)
		o.set(t, "Risks", "fire", "Impact", spreadsheet.Text(c.text))
		if c.text == "4" {
			c.want = ""
		} else {
			c.want += "\n"
		}
		hold(t, o.compare(t), c.want)
	}
}

func TestDerivedCellsAreNotReadAndTold(t *testing.T) {
	o := exported(t, records)
	o.set(t, "Controls", "act", "State", spreadsheet.Text("verified"))
	hold(t, o.compare(t), "note Controls, row 2: something was changed below a grey head; that is derived from the records and was not read\n")
}

func TestSheetsThatAreGoneOrRenamed(t *testing.T) {
	o := exported(t, records)
	book := o.read(t)
	for i := range book.Sheets {
		switch book.Sheets[i].Name {
		case "Controls":
			book.Sheets[i].Name = "Mine"
		case "Risks":
			book.Sheets[i].Rows = book.Sheets[i].Rows[1:] // without its head
		}
	}
	p, err := Compare(book, must(sides(t, o.files)))
	if err != nil {
		t.Fatal(err)
	}
	hold(t, p, "refused Risks : the sheet has no row with the heads \"Id\" and \"Risk\"\nnote the sheet \"Controls\" is called \"Mine\" by now\n")
}

func TestWorkbooksThatCannotComeBack(t *testing.T) {
	damage := func(change func(*spreadsheet.Sheet)) string {
		o := exported(t, records)
		book := o.read(t)
		for i := range book.Sheets {
			if book.Sheets[i].Hidden && book.Sheets[i].Rows[0].Cells[0].Text == export.LineForm {
				change(&book.Sheets[i])
			}
		}
		_, err := Compare(book, must(sides(t, o.files)))
		var foreign *NotOursError
		if err != nil && !errors.As(err, &foreign) {
			t.Errorf("the error is %v", err)
		}
		return fmt.Sprint(err)
	}
	row := func(s *spreadsheet.Sheet, word string) *spreadsheet.SheetRow {
		for i := range s.Rows {
			if s.Rows[i].Cells[0].Text == word {
				return &s.Rows[i]
			}
		}
		return nil
	}
	for name, c := range map[string]struct {
		change func(*spreadsheet.Sheet)
		want   string
	}{
		"no hidden sheet":   {func(s *spreadsheet.Sheet) { s.Rows = nil }, "only what annex derives"},
		"shown again":       {func(s *spreadsheet.Sheet) { s.Hidden = false }, "<nil>"},
		"a newer form":      {func(s *spreadsheet.Sheet) { s.Rows[0].Cells[1].Text = "2" }, "newer annex"},
		"another value":     {func(s *spreadsheet.Sheet) { row(s, LineRow).Cells[5].Text = `["x"]` }, "was changed"},
		"another digest":    {func(s *spreadsheet.Sheet) { row(s, LineRow).Cells[3].Text = "00" }, "was changed"},
		"no JSON":           {func(s *spreadsheet.Sheet) { row(s, LineRow).Cells[5].Text = "{" }, "was changed"},
		"an unknown sheet":  {func(s *spreadsheet.Sheet) { row(s, LineRow).Cells[1].Text = "Nothing" }, "was changed"},
		"an unknown line":   {func(s *spreadsheet.Sheet) { row(s, LineRow).Cells[0].Text = "x" }, "was changed"},
		"keys without head": {func(s *spreadsheet.Sheet) { row(s, LineSheet).Cells[6].Text = `[]` }, "was changed"},
		"a row twice":       {func(s *spreadsheet.Sheet) { s.Rows = append(s.Rows, *row(s, LineRow)) }, "was changed"},
	} {
		if got := damage(c.change); !strings.Contains(got, c.want) {
			t.Errorf("%s: %s", name, got)
		}
	}
}

// The words of the hidden sheet.
const (
	LineRow   = export.LineRow
	LineSheet = export.LineSheet
)

// TestATextTooLongForACellIsLeftAlone holds that a text of which the workbook has
// only the beginning can be kept, and not be changed.
func TestATextTooLongForACellIsLeftAlone(t *testing.T) {
	long := strings.TrimSpace(strings.Repeat("Long. ", 8000))
	o := exported(t, strings.Replace(records, "Our policy asks for it.", long, 1))
	hold(t, o.compare(t), "")
	o.set(t, "SoA mini", "A.1", "Justification", spreadsheet.Text("Short."))
	hold(t, o.compare(t), "refused SoA mini!E2 A.1: the text is longer than a cell can hold, so that the workbook has only its beginning\n")
}
