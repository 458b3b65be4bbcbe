package generator

import (
	"bytes"
	"flag"
	"fmt"
	"io/fs"
	"maps"
	"math/rand/v2"
	"slices"
	"strings"
	"testing"
	"testing/fstest"

	"annex/content"
	"annex/generator/aims"
	"annex/generator/edit"
	"annex/generator/export"
	"annex/generator/spreadsheet"
)

var (
	cellEdits = flag.Int("celledits", 1500, "how many random edits of cells TestRandomEditsOfWorkbooks makes")
	cellSeed  = flag.Uint64("cellseed", 42001, "seed of the random edits")
)

// TestRandomEditsOfWorkbooks exports the example and the starter, edits cells,
// moves rows and columns, changes records behind the back of the workbook, and
// imports. It holds of every edit that it is in the records afterwards exactly,
// or refused or in conflict by its name; that nothing else is another value than
// before; and that files without an edit are not touched.
func TestRandomEditsOfWorkbooks(t *testing.T) {
	t.Parallel()
	if testing.Short() {
		t.Skip("takes half a minute")
	}
	r := &rounds{random: rand.New(rand.NewPCG(*cellSeed, 7)), options: Options{AsOf: aims.NewDate(2026, 11, 24), Version: "test"}}
	for _, w := range []struct {
		name  string
		files fs.FS
		share int
	}{{"starter", content.Starter(), *cellEdits / 2}, {"example", content.Example(), *cellEdits - *cellEdits/2}} {
		t.Run(w.name, func(t *testing.T) {
			files := inMemory(t, w.files)
			for r.left = w.share; r.left > 0; {
				r.round(t, files)
			}
		})
	}
	t.Logf("%d edits of cells in %d workbooks: %d taken, %d refused, %d in conflict, %d said what stood there; %d rows moved, %d columns added", r.edits, r.books, r.taken, r.refused, r.conflicts, r.same, r.moved, r.added)
	if r.taken < r.edits/3 || r.conflicts == 0 || r.refused == 0 {
		t.Error("too few edits of a kind to show anything")
	}
}

// inMemory copies the files of a workspace.
func inMemory(t *testing.T, from fs.FS) fstest.MapFS {
	files := fstest.MapFS{}
	err := fs.WalkDir(from, ".", func(name string, d fs.DirEntry, err error) error {
		if err != nil || d.IsDir() {
			return err
		}
		data, err := fs.ReadFile(from, name)
		files[name] = &fstest.MapFile{Data: data}
		return err
	})
	if err != nil {
		t.Fatal(err)
	}
	return files
}

type rounds struct {
	random  *rand.Rand
	options Options
	left    int

	edits, books, taken, refused, conflicts, same, moved, added int
}

// cellEdit is one edit of a cell.
type cellEdit struct {
	list, row, column int
	id, key           string
	shown             string // what the cell is to show
}

func (r *rounds) round(t *testing.T, files fstest.MapFS) {
	m, err := read(files, r.options)
	if err != nil || m.broken {
		t.Fatalf("the workspace cannot be read: %v", err)
	}
	part := exportPart(m.parts[0], "test")
	var lists []export.List
	for _, l := range export.Make(export.Offers(part)) {
		if l.Kind != "" {
			lists = append(lists, l)
		}
	}
	book := export.Book(part, "Test", lists)
	edits := r.edit(lists, &book)
	now := maps.Clone(files)
	behind := r.behind(t, m, lists, now)
	r.shuffle(&book)
	read := r.workbook(t, book)
	in, err := planImport(now, read, r.options, nil)
	if err != nil {
		t.Fatal(err)
	}
	if n := len(in.Result.Diagnostics); n > 0 && m.broken {
		t.Fatalf("%d diagnostics", n)
	}
	r.books++
	r.check(t, lists, edits, behind, now, in)
}

// edit changes cells of a workbook, at most one of each.
func (r *rounds) edit(lists []export.List, book *spreadsheet.Book) []cellEdit {
	var edits []cellEdit
	seen := map[[3]int]bool{}
	for want := min(r.left, 60+r.random.IntN(60)); len(edits) < want; {
		l := r.random.IntN(len(lists))
		if len(lists[l].Rows) == 0 {
			continue
		}
		row, column := r.random.IntN(len(lists[l].Rows)), r.random.IntN(len(lists[l].Columns))
		c := lists[l].Columns[column]
		if c.Key == "" || seen[[3]int{l, row, column}] {
			continue
		}
		seen[[3]int{l, row, column}] = true
		value := r.value(lists[l], c, lists[l].Rows[row].Cells[column])
		book.Tables[l].Rows[row] = slices.Clone(book.Tables[l].Rows[row])
		book.Tables[l].Rows[row][column] = value
		shown := strings.TrimRight(value.Shown(), " \t\r\n")
		if shown == "" {
			shown = c.Empty
		}
		if c.Form == export.ListForm {
			shown = export.Joined(slices.Compact(slices.Sorted(slices.Values(export.Split(shown)))))
		}
		edits = append(edits, cellEdit{l, row, column, lists[l].Rows[row].ID, c.Key, shown})
		r.edits++
		r.left--
	}
	return edits
}

// value makes a value of the form of a column: mostly a good one.
func (r *rounds) value(l export.List, c export.Column, was spreadsheet.Cell) spreadsheet.Cell {
	pick := func(list ...string) string { return list[r.random.IntN(len(list))] }
	if r.random.IntN(8) == 0 {
		return spreadsheet.Cell{}
	}
	other := func() spreadsheet.Cell { // of another row
		row := l.Rows[r.random.IntN(len(l.Rows))]
		for i, x := range l.Columns {
			if x.Key == c.Key {
				return row.Cells[i]
			}
		}
		return was
	}
	switch c.Form {
	case export.DayForm:
		return spreadsheet.Day(aims.NewDate(2024, 1, 1).AddDays(r.random.IntN(1500)))
	case export.NumberForm:
		return spreadsheet.Number(1 + r.random.IntN(6))
	case export.YesNoForm, export.WordForm:
		if len(c.Words) == 0 || r.random.IntN(12) == 0 {
			return spreadsheet.Text(pick("nobody", "no-such-word", "=1+1", "planed"))
		}
		return spreadsheet.Text(pick(c.Words...))
	case export.ListForm:
		all := append(export.Split(was.String()), export.Split(other().String())...)
		if len(c.Words) > 0 {
			all = append(all, pick(c.Words...))
		}
		r.random.Shuffle(len(all), func(i, j int) { all[i], all[j] = all[j], all[i] })
		return spreadsheet.Text(export.Joined(all[:r.random.IntN(len(all)+1)]))
	}
	switch c.Key {
	case "cadence":
		return spreadsheet.Text(pick("1 month", "30 days", "2 years", "often"))
	case "requirement", "file", "url":
		return other()
	case "description":
		return spreadsheet.Text(pick("One line.", "Two\nlines with **bold** and `code`.", "A list:\n\n- one\n- two", "Quotes \"\"\" and ''' and \\ here.", "Ends in a quote\"", "See [[nothing-of-this-name]]."))
	}
	return spreadsheet.Text(pick(
		"Plain words.", "Größe, naïve, 日本語, 😀", `Quotes " and ' and \ backslash`, `""" and '''`, "=1+1", "@SUM(A1)", "-5", "007", "1e5", "true", "2026-05-12",
		"Line one\nline two", "  leading blanks", "trailing blanks  ", "_x000D_ and _x0041_", "a\tb", "# no comment", "[[control]]", "x = 1", strings.Repeat("long ", 700), was.String()+" More.", "",
	))
}

// behind changes some records in their files, as somebody does while the
// workbook is out, and returns their rows.
func (r *rounds) behind(t *testing.T, m model, lists []export.List, files fstest.MapFS) map[string]bool {
	rows := map[string]bool{}
	if r.random.IntN(3) > 0 {
		return rows
	}
	changes := map[string][]edit.Change{}
	for range 25 {
		l := r.random.IntN(len(lists))
		if len(lists[l].Rows) == 0 {
			continue
		}
		row := lists[l].Rows[r.random.IntN(len(lists[l].Rows))]
		name := fmt.Sprint(l, " ", row.ID)
		if row.Record == nil || rows[name] {
			continue
		}
		key := map[aims.Kind]string{aims.KindDecision: "justification"}[lists[l].Kind]
		if key == "" {
			key = "title"
		}
		rows[name] = true
		at := row.Record.Origin.Pos
		changes[at.Filename] = append(changes[at.Filename], edit.Change{Kind: string(lists[l].Kind), Line: at.Line, Column: at.Column, Key: key, Value: "Changed behind its back."})
	}
	for file, list := range changes {
		text, err := edit.Apply(file, files[file].Data, list)
		if err != nil {
			t.Fatal(err)
		}
		files[file] = &fstest.MapFile{Data: text}
	}
	return rows
}

// shuffle moves rows, adds columns of somebody's own and moves columns.
func (r *rounds) shuffle(book *spreadsheet.Book) {
	for i := range book.Tables {
		t := &book.Tables[i]
		if r.random.IntN(2) == 0 {
			r.random.Shuffle(len(t.Rows), func(a, b int) { t.Rows[a], t.Rows[b] = t.Rows[b], t.Rows[a] })
			r.moved += len(t.Rows)
		}
		if r.random.IntN(3) == 0 {
			at := r.random.IntN(len(t.Columns) + 1)
			t.Columns = slices.Insert(slices.Clone(t.Columns), at, spreadsheet.Column{Title: "My own"})
			rows := make([][]spreadsheet.Cell, len(t.Rows))
			for j, row := range t.Rows {
				rows[j] = slices.Insert(slices.Clone(row), at, spreadsheet.Text("mine"))
			}
			t.Rows = rows
			r.added++
		}
	}
}

// workbook writes the book and reads it back.
func (r *rounds) workbook(t *testing.T, book spreadsheet.Book) *spreadsheet.Workbook {
	var b bytes.Buffer
	if err := spreadsheet.WriteXLSX(&b, book); err != nil {
		t.Fatal(err)
	}
	read, err := spreadsheet.Read(bytes.NewReader(b.Bytes()), int64(b.Len()))
	if err != nil {
		t.Fatal(err)
	}
	return read
}

// check compares what the records say after the import with what they must say.
func (r *rounds) check(t *testing.T, lists []export.List, edits []cellEdit, behind map[string]bool, files fstest.MapFS, in *Import) {
	t.Helper()
	planned, denied := map[string]bool{}, map[string]string{}
	for _, x := range in.Records {
		planned[x.ID] = true
	}
	for _, p := range slices.Concat(in.Refused, in.Conflicts) {
		denied[p.ID] = p.Message
	}
	changed := map[string]bool{}
	after := maps.Clone(files)
	for _, f := range in.Files {
		changed[f.Path] = true
		after[f.Path] = &fstest.MapFile{Data: f.After}
	}
	was, is := r.values(t, files), r.values(t, after)
	want := maps.Clone(was)
	for _, e := range edits {
		name := e.id
		l := lists[e.list]
		if l.Kind == aims.KindDecision {
			name = l.Within + ":" + e.id
		}
		place := l.Name + " " + e.id + " " + e.key
		switch exported := lists[e.list].Rows[e.row].Cells[e.column].Shown(); {
		case denied[name] != "" || denied[e.id] != "":
			if strings.Contains(denied[name]+denied[e.id], "since the export") {
				r.conflicts++
				if !behind[fmt.Sprint(e.list, " ", e.id)] {
					t.Errorf("%s is in conflict, and nobody else changed it: %s", place, denied[name]+denied[e.id])
				}
			} else {
				r.refused++
			}
			if planned[name] {
				t.Errorf("%s is refused and taken", place)
			}
		case e.shown == was[place]:
			r.same++
		case behind[fmt.Sprint(e.list, " ", e.id)] && e.shown == exported:
			r.same++
		case !planned[name]:
			t.Errorf("the edit of %s to %q is lost: was %q", place, e.shown, was[place])
		default:
			r.taken++
			want[place] = e.shown
		}
	}
	for place, value := range is {
		if value != want[place] {
			t.Errorf("%s is %q, want %q (was %q)", place, value, want[place], was[place])
		}
	}
	if len(is) != len(was) {
		// Only decisions that were not there may come.
		for place := range was {
			if _, still := is[place]; !still {
				t.Errorf("%s is gone", place)
			}
		}
	}
	touched := map[string]bool{}
	for _, x := range in.Records {
		touched[x.File()] = true
	}
	for name := range changed {
		if !touched[name] {
			t.Errorf("%s changed, though no record in it does", name)
		}
	}
}

// values returns everything that all records say.
func (r *rounds) values(t *testing.T, files fs.FS) map[string]string {
	t.Helper()
	m, err := read(files, r.options)
	if err != nil || m.broken {
		t.Fatalf("after the import the workspace cannot be read: %v %v", err, m.form)
	}
	all := map[string]string{}
	for _, l := range export.Make(export.Offers(exportPart(m.parts[0], "test"))) {
		if l.Kind == "" {
			continue
		}
		for _, row := range l.Rows {
			values := l.Values(row)
			n := 0
			for _, c := range l.Columns {
				if c.Key != "" {
					all[l.Name+" "+row.ID+" "+c.Key] = values[n]
					n++
				}
			}
		}
	}
	return all
}
