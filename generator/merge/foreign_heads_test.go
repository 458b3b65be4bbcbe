package merge

import (
	"bytes"
	"errors"
	"strings"
	"testing"

	"github.com/xuri/excelize/v2"

	"annex/generator/export"
	"annex/generator/spreadsheet"
)

// TestWhatTheMapLeavesOpenIsRefused holds the sentences for maps and sheets that
// may mean more than one thing.
func TestWhatTheMapLeavesOpenIsRefused(t *testing.T) {
	one := house(t, "iso-42001")
	merged := sheetOf("S", []string{"Control", "Applicable", "", "Why"}, []string{"A.2.2", "yes"})
	merged.Rows[0].Cells[1].Merged = "B1:C1"
	hidden := sheetOf("annex", []string{export.LineForm, "1"})
	hidden.Hidden = true
	twice := sheetOf("S", []string{"Control", "Applicable", "applicable "}, []string{"A.2.2", "yes"})
	long := sheetOf("S", []string{strings.Repeat("wide ", 100)}, strings.Split(strings.Repeat("x", 30), ""), strings.Split("abcdefghijklmnopqrstuvw", ""))
	with := func(pairs ...string) Columns {
		c := Columns{Heads: map[string]string{}}
		for i := 0; i < len(pairs); i += 2 {
			c.Heads[pairs[i]] = pairs[i+1]
		}
		return c
	}
	named := func(sheet string) Columns {
		c := two()
		c.Sheet = sheet
		return c
	}
	in := func(id string) Columns {
		c := two()
		c.In = id
		return c
	}
	plain := sheetOf("S", heads(), []string{"A.2.2", "yes"})
	second := sheetOf("Second", []string{"nothing"})
	for _, c := range []struct {
		name, want string
		sides      []Side
		columns    Columns
		sheets     []spreadsheet.Sheet
	}{
		{"two columns with a head", `two columns have the head "Applicable": S!B1 and S!C1. Give the one that is not meant another head`, one, two(), []spreadsheet.Sheet{twice}},
		{"a head over two columns", `the head "Applicable" spreads over several columns, S!B1:C1, so that it is open which one is meant. Name the heads below it, such as reasons.legal=LR, or split the merged cells and give each column a head`, one, two(), []spreadsheet.Sheet{merged}},
		{"a sheet of another case", `the file has no sheet "s". Its sheets are "S", "Second"`, one, named("s"), []spreadsheet.Sheet{plain, second}},
		{"a sheet of a CSV", `the file has no sheet "s". Leave --sheet out: the file is one list`, one, named("s"), []spreadsheet.Sheet{sheetOf("", heads())}},
		{"an export of annex", "this workbook was exported by annex. Import it without --map", one, two(), []spreadsheet.Sheet{plain, hidden}},
		{"several organizations", "the workspace has several organization projects: other, sample. Say whose Statement of Applicability the sheet is with --in", house(t, "iso-42001", "other"), two(), []spreadsheet.Sheet{plain}},
		{"an organization that is not there", `there is no organization project "x". Name one of the workspace with --in: sample`, one, in("x"), []spreadsheet.Sheet{plain}},
		{"one column for two keys", `the map takes the column "Applicable" for both applicable and basis. Name another column for one of them`, one, with(Ref, "Control", "applicable", "Applicable", "basis", "Applicable"), []spreadsheet.Sheet{plain}},
		{"the controls alone", "the map has no column besides that of the reference controls. Add what the sheet says of them, such as applicable=..., with the heads of the columns", one, with(Ref, "Control"), []spreadsheet.Sheet{plain}},
		{"an unknown reason", `there is no reason "leagl". did you mean reasons.legal? Columns of one reason are reasons.risk-treatment, reasons.legal, reasons.contractual, reasons.policy, reasons.best-practice`, one, with(Ref, "Control", "reasons.leagl", "LR"), []spreadsheet.Sheet{plain}},
		{"reasons in both forms", "the map has both reasons and reasons.legal. Take reasons when one column holds all of them, and keys such as reasons.legal when each has a column of its own", one, with(Ref, "Control", "reasons", "R", "reasons.legal", "LR"), []spreadsheet.Sheet{plain}},
		{"an unknown key", `a decision has no key "classification". Keys are ref, applicable, reasons, justification, basis, owner, decided_by, decided_on`, one, with(Ref, "Control", "classification", "C", "zzz", "Z"), []spreadsheet.Sheet{plain}},
		{"heads that are not there", `no row of the file has all of the heads "Control", "Applicable". Write them as they stand in the file. Texts in its first rows: wide wide wide wide wide wide wide wide wide wide wide wide…, x, a, b, c, d, e, f, g, h, i, j, k, l, m, n, o, p, q, r and 1 more`, one, two(), []spreadsheet.Sheet{long}},
	} {
		_, err := Foreign(foreignBook(c.sheets...), c.sides, c.columns)
		var refused *NotOursError
		if !errors.As(err, &refused) {
			t.Errorf("%s: the error is %v", c.name, err)
		} else if err.Error() != c.want {
			t.Errorf("%s:\n%s\nwant\n%s", c.name, err, c.want)
		}
	}
	several := house(t, "iso-42001", "other")
	if p := foreignPlan(t, several, in("other"), plain); len(p.Records) != 1 || p.Records[0].Into != "other/decisions/iso-42001.toml" {
		t.Error(say(p))
	}
}

func TestOtherSheetsWithTheSameHeadsAreNamed(t *testing.T) {
	row := func(ref string) spreadsheet.Sheet { return sheetOf(ref, heads(), []string{ref, "yes"}) }
	hidden := row("A.2.4")
	hidden.Hidden = true
	note := func(p *Plan) string { return strings.Join(p.Notes, "\n") }
	sides := house(t, "iso-42001")
	p := foreignPlan(t, sides, two(), row("A.2.2"), sheetOf("Cover", []string{"Hello"}), row("A.2.3"), hidden)
	if len(p.Records) != 1 || !strings.HasPrefix(note(p), `only the sheet "A.2.2" was read; another has the same heads: "A.2.3" (read with --sheet NAME)`+"\n") {
		t.Error(say(p))
	}
	for name, want := range map[string]string{"A.2.3": "iso-42001:A.2.3", "A.2.4": "iso-42001:A.2.4"} {
		columns := two()
		columns.Sheet = name
		p := foreignPlan(t, sides, columns, row("A.2.2"), row("A.2.3"), hidden)
		if len(p.Records) != 1 || p.Records[0].ID != want || strings.Contains(note(p), "--sheet") {
			t.Errorf("%s: %s", name, say(p))
		}
	}
}

// marks is the map of the usual form: one column for each reason.
func marks() Columns {
	return Columns{Heads: map[string]string{Ref: "Control", "applicable": "Applicable", "reasons.legal": "LR", "reasons.contractual": "CO", "reasons.best-practice": "BR/BP", "reasons.risk-treatment": "RRA"}}
}

func TestOneColumnForEachReason(t *testing.T) {
	sides := house(t, "iso-42001")
	const into = " new in organization/decisions/iso-42001.toml "
	p := foreignPlan(t, sides, marks(), sheetOf("S", []string{"Control", "Applicable", "LR", "CO", "BR/BP", "RRA"},
		[]string{"A.2.2", "yes", "X", "", "x", "no"},
		[]string{"A.2.3", "yes", "LR", "CO", "BR/BP", "RRA"},
		[]string{"A.2.4", "no", "-", "[ ]", "☐", "–"},
		[]string{"A.3.2", "", "", "", "", "(x)"},
		[]string{"A.3.3", "", "GDPR", "x", "maybe", ""},
		[]string{"Total", "", "", "", "4", ""}))
	hold(t, p, "decision iso-42001:A.2.2"+into+"applicable:>yes reasons:>best-practice, legal\n"+
		"decision iso-42001:A.2.3"+into+"applicable:>yes reasons:>best-practice, contractual, legal, risk-treatment\n"+
		"decision iso-42001:A.2.4"+into+"applicable:>no\n"+
		"decision iso-42001:A.3.2"+into+"reasons:>risk-treatment\n"+
		"refused S!C6 iso-42001:A.3.3: LR: \"GDPR\" is neither yes nor no\n"+
		"refused S!E6 iso-42001:A.3.3: BR/BP: \"maybe\" is neither yes nor no\n"+
		"note 1 row that says something names no reference control of ISO/IEC 42001:2023 and was passed over: row 7 \"Total\"\n"+
		"note 33 reference controls of ISO/IEC 42001:2023 are not in the sheet\n")
	if f := p.Records[0].Fields[1]; f.Title != "Reasons" || f.At != "S!C2" {
		t.Errorf("the reasons are called %q at %s", f.Title, f.At)
	}
}

// TestHeadsInTwoRows has a head over four columns and their own heads below it.
func TestHeadsInTwoRows(t *testing.T) {
	s := sheetOf("S", []string{"Statement of Applicability"}, []string{"Control", "Applicable", "Reasons"}, []string{"", "", "LR", "CO", "BR/BP", "RRA"}, []string{"A.2.2", "yes", "x"})
	s.Rows[1].Cells[0].Merged, s.Rows[1].Cells[2].Merged = "A2:A3", "C2:F2"
	p := foreignPlan(t, house(t, "iso-42001"), marks(), s)
	if !strings.HasPrefix(say(p), "decision iso-42001:A.2.2 new in organization/decisions/iso-42001.toml applicable:>yes reasons:>legal\n") || len(p.Notes) != 1 {
		t.Error(say(p))
	}
}

// TestMergedCellsOfForeignSheets has an answer that stands for two rows, a control
// that goes on in a second row, and a band over the whole row; the workbook is real.
func TestMergedCellsOfForeignSheets(t *testing.T) {
	f := excelize.NewFile()
	defer f.Close()
	for i, row := range [][]any{
		{"Control", "Applicable", "Why"},
		{"A.2 Policies related to AI"},
		{"A.2.2", "yes", "One."},
		{"A.2.3", nil, "Two."},
		{"A.2.4", nil, nil},
		{"A.3.2", "no", "Three."},
		{nil, nil, "Four."},
		{"A.3.3", "no", "Five."},
		{nil, nil, nil},
	} {
		if err := f.SetSheetRow("Sheet1", spreadsheet.At(1, i+1), &row); err != nil {
			t.Fatal(err)
		}
	}
	for _, area := range [][2]string{{"A2", "C2"}, {"B3", "B5"}, {"A6", "A7"}, {"A8", "A9"}, {"B8", "B9"}} {
		if err := f.MergeCell("Sheet1", area[0], area[1]); err != nil {
			t.Fatal(err)
		}
	}
	file, err := f.WriteToBuffer()
	if err != nil {
		t.Fatal(err)
	}
	book, err := spreadsheet.Read(bytes.NewReader(file.Bytes()), int64(file.Len()))
	if err != nil {
		t.Fatal(err)
	}
	columns := two()
	columns.Heads["justification"] = "Why"
	p, err := Foreign(book, house(t, "iso-42001"), columns)
	if err != nil {
		t.Fatal(err)
	}
	const into = " new in organization/decisions/iso-42001.toml applicable:>"
	hold(t, p, "decision iso-42001:A.2.2"+into+"yes justification:>One.\n"+
		"decision iso-42001:A.2.3"+into+"yes justification:>Two.\n"+
		"decision iso-42001:A.2.4"+into+"yes\n"+
		"decision iso-42001:A.3.2"+into+"no justification:>Three.\n"+
		"decision iso-42001:A.3.3"+into+"no justification:>Five.\n"+
		"refused Sheet1, row 7 : the cell of the reference control lies below another that spreads over it\n"+
		"note 1 row names no reference control of ISO/IEC 42001:2023, such as headings and remarks, and was passed over\n"+
		"note 33 reference controls of ISO/IEC 42001:2023 are not in the sheet\n")
}
