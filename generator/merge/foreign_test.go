package merge

import (
	"fmt"
	"slices"
	"strings"
	"testing"
	"testing/fstest"
	"time"

	"annex/frameworks"
	"annex/generator/aims"
	"annex/generator/export"
	"annex/generator/load"
	"annex/generator/readiness"
	"annex/generator/sample"
	"annex/generator/soa"
	"annex/generator/spreadsheet"
)

// house returns the sides of a workspace that uses a framework of annex.
func house(t testing.TB, framework string, more ...string) []Side {
	t.Helper()
	files := sample.Files("")
	files["annex.toml"] = &fstest.MapFile{Data: []byte(fmt.Sprintf("frameworks = [%q]\n\n[organization]\nname = \"Sample\"\n\n[site]\nclassification = \"internal\"\n", framework))}
	files["organization/roles.toml"] = &fstest.MapFile{Data: []byte("[[role]]\nid = \"lead\"\ntitle = \"Lead\"\nperson = \"Ada Byte\"\n")}
	delete(files, "frameworks/mini.toml")
	for _, id := range more {
		files[id+"/project.toml"] = &fstest.MapFile{Data: []byte(fmt.Sprintf("kind = \"organization\"\nid = %q\ntitle = %q\n", id, id))}
	}
	w, diags, err := load.Load(files, frameworks.Files())
	if err != nil || len(diags) > 0 && len(more) == 0 {
		t.Fatal(diags, err)
	}
	var list []Side
	for _, o := range w.Organizations() {
		r := readiness.Assess(w, o, sample.Day())
		list = append(list, Side{Organization: o, Projects: w.Projects, Roles: w.Roles, Frameworks: w.Frameworks, Offers: export.Offers(export.Part{Report: r, Statements: soa.All(r), Version: "test"})})
	}
	return list
}

// sheetOf makes a sheet out of texts; what stands between is empty.
func sheetOf(name string, rows ...[]string) spreadsheet.Sheet {
	s := spreadsheet.Sheet{Name: name}
	for i, row := range rows {
		r := spreadsheet.SheetRow{Number: i + 1}
		for j, text := range row {
			if text != "" {
				r.Cells = append(r.Cells, spreadsheet.ReadCell{At: spreadsheet.At(j+1, i+1), Column: j + 1, Kind: spreadsheet.HoldsText, Text: text})
			}
		}
		if len(r.Cells) > 0 {
			s.Rows = append(s.Rows, r)
		}
	}
	return s
}

func foreignBook(sheets ...spreadsheet.Sheet) *spreadsheet.Workbook {
	return &spreadsheet.Workbook{Sheets: sheets}
}

// two is a map of the two columns that most tests have.
func two() Columns {
	return Columns{Heads: map[string]string{Ref: "Control", "applicable": "Applicable"}}
}

func heads() []string { return []string{"Control", "Applicable"} }

func foreignPlan(t testing.TB, sides []Side, columns Columns, sheets ...spreadsheet.Sheet) *Plan {
	t.Helper()
	p, err := Foreign(foreignBook(sheets...), sides, columns)
	if err != nil {
		t.Fatal(err)
	}
	return p
}

// outcome is what became of a single row: its control, or why there is none.
func outcome(p *Plan) string {
	switch {
	case len(p.Records) == 1 && len(p.Refused) == 0:
		return strings.TrimPrefix(p.Records[0].ID, "iso-42001:")
	case len(p.Records) == 0 && len(p.Refused) == 1:
		return "refused: " + p.Refused[0].Message + "; " + p.Refused[0].Help
	case len(p.Records) == 0 && strings.Contains(p.Notes[0], "row 2"):
		return "passed over and named"
	}
	return say(p)
}

// TestHowPeopleWriteAControl holds for each writing which control is meant.
func TestHowPeopleWriteAControl(t *testing.T) {
	sides := house(t, "iso-42001")
	several := func(text string) string {
		return fmt.Sprintf("refused: \"%s\" names several reference controls; give each reference control a row of its own", text)
	}
	slip := func(text, meant string) string {
		return fmt.Sprintf("refused: \"%s\" is no reference control of ISO/IEC 42001:2023; did you mean %s?", text, meant)
	}
	const passed = "passed over and named"
	for _, c := range []struct{ text, want string }{
		{"A.6.2.4", "A.6.2.4"},
		{" A.6.2.4 ", "A.6.2.4"},
		{"A.6.2.4.", "A.6.2.4"},
		{"A 6.2.4", "A.6.2.4"},
		{"A. 6.2.4", "A.6.2.4"},
		{"A6.2.4", "A.6.2.4"},
		{"a.6.2.6", "A.6.2.6"},
		{"A-7-6", "A.7.6"},
		{"A‑7‑6", "A.7.6"}, // with hyphens that do not break
		{"A.07.06", "A.7.6"},
		{"6.2.4", "A.6.2.4"},
		{"6.1.2", "A.6.1.2"}, // which is a clause too
		{"5.2", "A.5.2"},
		{"(A.8.3)", "A.8.3"},
		{"[A.8.3]", "A.8.3"},
		{"• A.8.3", "A.8.3"},
		{"A.8.3,", "A.8.3"},
		{"A.8.3;", "A.8.3"},
		{"A.8.3):", "A.8.3"},
		{"A.8.3: External reporting", "A.8.3"},
		{"A.6.2.4\u00a0Verification", "A.6.2.4"},
		{"A.6.2.4\nVerification", "A.6.2.4"},
		{"A.6.2.4 – Verification and validation", "A.6.2.4"},
		{"A.6.2.4 (see A.6.2.5)", "A.6.2.4"},
		{"A.6.2.4 (A.6.2)", "A.6.2.4"},
		{"A.6.2.4/B.6.2.4", "A.6.2.4"}, // its guidance
		{"\u200bA.6.2.4\ufeff", "A.6.2.4"},
		{"Annex A.4.3", "A.4.3"},
		{"Annex A 4.3", "A.4.3"},
		{"Annex A, A.4.3", "A.4.3"},
		{"Annex A control 4.3", "A.4.3"},
		{"Control A.4.3", "A.4.3"},
		{"ISO 42001 A.5.2", "A.5.2"},
		{"ISO/IEC 42001:2023 A.5.2", "A.5.2"},
		{"ISO/IEC 42001:2023, Annex A, A.5.2", "A.5.2"},
		{"iso-42001:A.5.2", "A.5.2"},
		{"AI policy", "A.2.2"},
		{"ai  POLICY.", "A.2.2"},
		{"A.2.2 AI policy", "A.2.2"},
		{"5.2 AI policy", passed}, // the clause
		{"6.1.2 AI risk assessment", passed},
		{"6.1.2 Objectives for responsible development of AI system", "A.6.1.2"},
		{"ISO/IEC 42001:2019 A.5.2", passed}, // another edition
		{"ISO 27001 A.5.3", passed},
		{"B.6.2.4", passed},
		{"A.6.2 4 controls", passed}, // an area
		{"A.6.2", passed},
		{"A.6.2.1", passed}, // an objective
		{"A.2.1 Objective", passed},
		{"4.1", passed},
		{"3", passed},
		{"Total", passed},
		{"a 24 hour service", passed},
		{"A.77.1", passed},
		{"2026-05-12", passed},
		{strings.Repeat("A.6.2.4 and more ", 13), passed},
		{"A.5.3–A.5.5", several("A.5.3–A.5.5")},
		{"A.5.3-A.5.5", several("A.5.3-A.5.5")},
		{"A.5.3 to A.5.5", several("A.5.3 to A.5.5")},
		{"A.5.3 - 5.5", several("A.5.3 - 5.5")},
		{"A.5.3-5", several("A.5.3-5")},
		{"5.3–5.5", several("5.3–5.5")},
		{"A.4.4, A.4.5", several("A.4.4, A.4.5")},
		{"A.4.4 A.4.5", several("A.4.4 A.4.5")},
		{"A.4.4\nA.4.5", several("A.4.4 A.4.5")},
		{"A.4.4; A.4.5; A.4.6", several("A.4.4; A.4.5; A.4.6")},
		{"A.7.3/A.7.4", several("A.7.3/A.7.4")},
		{"A.7.3/4", several("A.7.3/4")},
		{"A.7.3 and A.7.4", several("A.7.3 and A.7.4")},
		{"A.4.4 Tooling resources; A.4.5 Computing", several("A.4.4 Tooling resources; A.4.5 Computing")},
		{"A.5 – A.7", several("A.5 – A.7")},
		{"A.6.2.44", slip("A.6.2.44", "A.6.2.4")},
		{"6.2.44", slip("6.2.44", "A.6.2.4")},
		{"A.62.4", slip("A.62.4", "A.6.2.4")},
		{"A.6.2.4a", slip("A.6.2.4a", "A.6.2.4")},
		{"A.6.2.4\a", "refused: the text has the control character U+0007 in it, which nobody sees; write the text anew in place of it"},
	} {
		p := foreignPlan(t, sides, two(), sheetOf("S", heads(), []string{c.text, "yes"}))
		if got := outcome(p); got != c.want {
			t.Errorf("%q is %s, want %s", c.text, got, c.want)
		}
	}
}

// TestEveryControlIsFoundByEachWriting goes through whole catalogs. Breakers had
// lost 17 of 38 and 79 of 93 rows of bare numbers.
func TestEveryControlIsFoundByEachWriting(t *testing.T) {
	for id, want := range map[string]int{"iso-42001": 38, "iso-27001": 93, "iso-27701": 78} {
		sides := house(t, id)
		for name, write := range map[string]func(*aims.Requirement) string{
			"ref":              func(q *aims.Requirement) string { return q.Ref },
			"bare":             func(q *aims.Requirement) string { return q.Ref[2:] },
			"bare and title":   func(q *aims.Requirement) string { return q.Ref[2:] + " " + q.Title },
			"hyphens":          func(q *aims.Requirement) string { return strings.ReplaceAll(q.Ref, ".", "-") },
			"annex and title":  func(q *aims.Requirement) string { return "Annex " + q.Ref + " – " + strings.ToUpper(q.Title) },
			"standard":         func(q *aims.Requirement) string { return q.Framework.Title + ", " + q.Ref },
			"small with blank": func(q *aims.Requirement) string { return strings.ToLower(q.Ref) + "\u00a0" + q.Title },
		} {
			rows := [][]string{heads()}
			var controls []*aims.Requirement
			for _, f := range sides[0].Frameworks {
				for _, q := range f.ReferenceControls() {
					rows, controls = append(rows, []string{write(q), "yes"}), append(controls, q)
				}
			}
			p := foreignPlan(t, sides, two(), sheetOf("S", rows...))
			if len(p.Records) != want || len(p.Refused)+len(p.Notes) > 0 {
				t.Errorf("%s, %s: %d records of %d\n%s", id, name, len(p.Records), want, say(&Plan{Refused: p.Refused, Notes: p.Notes}))
				continue
			}
			for i, r := range p.Records {
				if r.ID != controls[i].String() {
					t.Errorf("%s, %s: row %d is %s, want %s", id, name, i+2, r.ID, controls[i])
				}
			}
		}
	}
}

// TestANumberThatMayHaveLostAZeroIsRefused reads a real workbook with numbers.
func TestANumberThatMayHaveLostAZeroIsRefused(t *testing.T) {
	table := spreadsheet.Table{Name: "S", Columns: []spreadsheet.Column{{Title: "Control"}, {Title: "Applicable"}}}
	for _, n := range []float64{5.1, 5.2, 5.3, 5.4, 8.3, 8.11} {
		table.Rows = append(table.Rows, []spreadsheet.Cell{spreadsheet.Number(n), spreadsheet.Text("yes")})
	}
	table.Rows = append(table.Rows, []spreadsheet.Cell{spreadsheet.Text("5.10"), spreadsheet.Text("yes")}, []spreadsheet.Cell{spreadsheet.Day(aims.NewDate(2026, 10, 5)), spreadsheet.Text("yes")})
	o := &office{book: spreadsheet.Book{Title: "T", Tables: []spreadsheet.Table{table}}}
	p, err := Foreign(o.read(t), house(t, "iso-27001"), two())
	if err != nil {
		t.Fatal(err)
	}
	hold(t, p, "decision iso-27001:A.5.4 new in organization/decisions/iso-27001.toml applicable:>yes\n"+
		"decision iso-27001:A.8.11 new in organization/decisions/iso-27001.toml applicable:>yes\n"+
		"decision iso-27001:A.5.10 new in organization/decisions/iso-27001.toml applicable:>yes\n"+
		"refused S, row 2 : the number 5.1 may be A.5.1 or A.5.10: a number loses its last zero\n"+
		"refused S, row 3 : the number 5.2 may be A.5.2 or A.5.20: a number loses its last zero\n"+
		"refused S, row 4 : the number 5.3 may be A.5.3 or A.5.30: a number loses its last zero\n"+
		"refused S, row 6 : the number 8.3 may be A.8.3 or A.8.30: a number loses its last zero\n"+
		"refused S, row 9 : a program took the number of the reference control for a day, 2026-10-05\n"+
		"note 90 reference controls of ISO/IEC 27001:2022 are not in the sheet\n")
	if got, want := p.Refused[0].Help, "format the column as text and write 5.10, or A.5.1"; got != want {
		t.Errorf("the help is %q, want %q", got, want)
	}
}

// TestTextsInAListWhoseNumbersLostAZero has 5.1 twice, as a CSV does that was
// saved from numbers, and a comma where programs write one.
func TestTextsInAListWhoseNumbersLostAZero(t *testing.T) {
	p := foreignPlan(t, house(t, "iso-27001"), two(), sheetOf("", heads(), []string{"5.1", "yes"}, []string{"5.1", "no"}, []string{"5,11", "no"}, []string{"27002 5.12", "no"}, []string{"ISO 27002:2022 5.12", "no"}))
	hold(t, p, "decision iso-27001:A.5.11 new in organization/decisions/iso-27001.toml applicable:>no\n"+
		"decision iso-27001:A.5.12 new in organization/decisions/iso-27001.toml applicable:>no\n"+
		"refused row 2 iso-27001:A.5.1: A.5.1 stands in row 3 too\nrefused row 3 iso-27001:A.5.1: A.5.1 stands in row 2 too\n"+
		"note 1 row that says something names no reference control of ISO/IEC 27001:2022 and was passed over: row 5 \"27002 5.12\"\n"+
		"note 90 reference controls of ISO/IEC 27001:2022 are not in the sheet\n")
}

// TestABareClauseBesideNumbersWithTheLetter holds that a sheet with clauses and
// controls takes no clause for a control.
func TestABareClauseBesideNumbersWithTheLetter(t *testing.T) {
	columns := two()
	p := foreignPlan(t, house(t, "iso-42001"), columns, sheetOf("S", []string{"Control", "Applicable", "Title"},
		[]string{"6.1.2", "yes", "AI risk assessment"}, []string{"6.1.3", "yes"}, []string{"7.2", "yes", "Data for development and enhancement of AI system"}, []string{"6.2.4", "yes"}, []string{"A.6.1.2", "yes"}))
	hold(t, p, "decision iso-42001:A.7.2 new in organization/decisions/iso-42001.toml applicable:>yes\n"+
		"decision iso-42001:A.6.2.4 new in organization/decisions/iso-42001.toml applicable:>yes\n"+
		"decision iso-42001:A.6.1.2 new in organization/decisions/iso-42001.toml applicable:>yes\n"+
		"refused S, row 3 : 6.1.3 may be the clause or A.6.1.3, since other rows write the letter\n"+
		"note 1 row that says something names no reference control of ISO/IEC 42001:2023 and was passed over: row 2 \"6.1.2\"\n"+
		"note 35 reference controls of ISO/IEC 42001:2023 are not in the sheet\n")
}

func TestRowsThatArePassedOverAreNamedWhenTheySaySomething(t *testing.T) {
	rows := [][]string{heads(), {"A.6.2 AI system life cycle"}, {"A.2.2", "yes"}, {"Control", "Applicable"}, {"A.5.3, A.5.4"}, {"", "yes", "Remark"}, {"A.2.3"}}
	for i := range 25 {
		rows = append(rows, []string{fmt.Sprintf("Total %d of %s", i, strings.Repeat("long ", 30)), "no"})
	}
	p := foreignPlan(t, house(t, "iso-42001"), two(), sheetOf("S", rows...))
	if len(p.Records) != 1 || len(p.Refused) != 0 || len(p.Notes) != 3 {
		t.Fatal(say(p))
	}
	if !strings.HasPrefix(p.Notes[0], `26 rows that say something name no reference control of ISO/IEC 42001:2023 and were passed over: row 6 "yes", row 8 "Total 0 of long long long`) || !strings.HasSuffix(p.Notes[0], " and 6 more") || strings.Count(p.Notes[0], "row ") != 20 {
		t.Error(p.Notes[0])
	}
	if len(p.Notes[0]) > 20*80+150 {
		t.Errorf("the note has %d bytes", len(p.Notes[0]))
	}
	if p.Notes[1] != "3 rows name no reference control of ISO/IEC 42001:2023, such as headings and remarks, and were passed over" || !strings.HasPrefix(p.Notes[2], "36 reference controls") {
		t.Error(p.Notes[1:])
	}
}

// TestValuesOfForeignSheets holds what is read from the words that people use.
func TestValuesOfForeignSheets(t *testing.T) {
	sides := house(t, "iso-42001")
	for _, c := range []struct{ key, text, want string }{
		{"applicable", "j", "yes"},
		{"applicable", "Ja", "yes"},
		{"applicable", "(x)", "yes"},
		{"applicable", "[X]", "yes"},
		{"applicable", "n", "no"},
		{"applicable", "Nein.", "no"},
		{"applicable", "Not applicable", "no"},
		{"applicable", "perhaps", `refused: Head: "perhaps" is neither yes nor no`},
		{"applicable", strings.Repeat("long ", 5000), `refused: Head: "long long long long long long long long long long long long…" is neither yes nor no`},
		{"reasons", "LR + CO", "contractual, legal"},
		{"reasons", "LR&BP", "best-practice, legal"},
		{"reasons", "Legal and contractual requirements", "contractual, legal"},
		{"reasons", "LR/CO/RRA", "contractual, legal, risk-treatment"},
		{"reasons", "legal\nrisk assessment, LR", "legal, risk-treatment"},
		{"decided_on", "12.05.2026", "2026-05-12"},
		{"decided_on", "1.2.2026", "2026-02-01"},
		{"decided_on", "12. 5. 2026", "2026-05-12"},
		{"decided_on", "12.5.26", `refused: Head: "12.5.26" is not a day`},
		{"decided_on", "31.02.2026", `refused: Head: "31.02.2026" is not a day`},
		{"owner", "ada byte", "lead"},
		{"decided_by", "LEAD", "lead"},
		{"justification", "Tab\tand\nline", "Tab\tand\nline"},
		{"justification", "bell\a", "refused: Head: the text has the control character U+0007 in it, which nobody sees"},
		{"justification", "line\rback", "refused: Head: the text has the control character U+000D in it, which nobody sees"},
	} {
		columns := Columns{Heads: map[string]string{Ref: "Control", c.key: "Head"}}
		p := foreignPlan(t, sides, columns, sheetOf("S", []string{"Control", "Head"}, []string{"A.2.2", c.text}))
		got := say(p)
		if len(p.Records) == 1 && len(p.Records[0].Fields) == 1 {
			got = p.Records[0].Fields[0].After
		} else if len(p.Refused) == 1 {
			got = "refused: " + p.Refused[0].Message
		}
		if got != c.want {
			t.Errorf("%s: %q is %q, want %q", c.key, c.text, got, c.want)
		}
	}
}

// TestLongTextsCostNothing reads 3,000 long texts in the column of the controls,
// ten times what took 9 seconds.
func TestLongTextsCostNothing(t *testing.T) {
	rows := [][]string{heads()}
	for i := range 3000 {
		rows = append(rows, []string{fmt.Sprintf("A.%d.%s", i, strings.Repeat("A.5.3, 4 controls; ", 65)), "yes"})
	}
	sides := house(t, "iso-27001")
	begun := time.Now()
	p := foreignPlan(t, sides, two(), sheetOf("S", rows...))
	if took := time.Since(begun); took > 3*time.Second || len(p.Notes) != 2 {
		t.Errorf("it took %v: %s", took, say(p))
	}
	for i := range rows[1:] { // as long as a name may be, and nearly right
		rows[i+1][0] = fmt.Sprintf("A.%d.%d ", i%9, i) + strings.Repeat("A.5,3-4;", 20)
	}
	begun = time.Now()
	foreignPlan(t, sides, two(), sheetOf("S", rows...))
	if took := time.Since(begun); took > 3*time.Second {
		t.Errorf("it took %v", took)
	}
}

// TestCoveredNamesAreRefused has a control whose cell spreads over two rows.
func TestCoveredNamesAreRefused(t *testing.T) {
	s := sheetOf("S", heads(), []string{"A.2.2", "yes"}, []string{"A.2.3", "yes"}, []string{"", "no"})
	s.Rows[2].Cells[0].Covered = true
	p := foreignPlan(t, house(t, "iso-42001"), two(), s)
	if len(p.Records) != 1 || len(p.Refused) != 1 || !strings.Contains(p.Refused[0].Message, "lies below another") || !strings.Contains(p.Notes[0], `row 4 "no"`) {
		t.Error(say(p))
	}
}

// TestForeignIsTheSameEachTime holds that no map order shows.
func TestForeignIsTheSameEachTime(t *testing.T) {
	sides := house(t, "iso-42001")
	var seen []string
	for range 20 {
		_, err := Foreign(foreignBook(sheetOf("S", heads())), sides, Columns{Heads: map[string]string{Ref: "Control", "b": "x", "a": "y", "c": "z"}})
		if text := err.Error(); !slices.Contains(seen, text) {
			seen = append(seen, text)
		}
	}
	if len(seen) != 1 {
		t.Errorf("%q", seen)
	}
}
