package spreadsheet

import (
	"fmt"
	"strings"
	"testing"

	"github.com/xuri/excelize/v2"
)

func choosing() Book {
	var many []string
	for i := range 60 {
		many = append(many, fmt.Sprintf("role-%02d", i))
	}
	t := Table{Name: "Controls", Columns: []Column{
		{Title: "Control"},
		{Title: "Status", Words: []string{"planned", "implemented"}},
		{Title: "Owner", Words: many},
		{Title: "Reasons", Words: []string{"legal", "policy"}, Many: true},
		{Title: "State", Words: []string{"gap"}, Derived: true},
		{Title: "Odd", Words: []string{"a,b", `"quoted"`}},
	}}
	t.Rows = append(t.Rows, []Cell{Text("c"), Text("planned"), Text("role-01"), Text("legal"), Status("gap", Bad), Text("a,b")})
	return Book{Title: "Choices", Tables: []Table{t, t}, Hidden: []Table{{Rows: [][]Cell{{Text("one"), Text("two")}}}}}
}

func TestColumnsOfferTheirWords(t *testing.T) {
	f := read(t, choosing())
	list, err := f.GetDataValidations("Controls")
	if err != nil {
		t.Fatal(err)
	}
	var got []string
	for _, v := range list {
		prompt := ""
		if v.Prompt != nil {
			prompt = *v.Prompt
		}
		got = append(got, strings.Join([]string{v.Sqref, v.Type, v.Formula1, prompt}, "|"))
	}
	want := []string{
		`B2:B501|list|"planned,implemented"|`,
		`C2:C501|list|'annex lists'!$A$1:$A$60|`,
		`D2:D501|||One or more, with commas between: legal, policy`,
		`F2:F501|list|'annex lists'!$B$1:$B$2|`,
	}
	if strings.Join(got, "\n") != strings.Join(want, "\n") {
		t.Errorf("choices are\n%s\nwant\n%s", strings.Join(got, "\n"), strings.Join(want, "\n"))
	}
	for at, want := range map[string]string{"A1": "role-00", "A60": "role-59", "B2": `"quoted"`} {
		if got, _ := f.GetCellValue(listsName, at); got != want {
			t.Errorf("the list holds %q at %s, want %q", got, at, want)
		}
	}
}

func TestHiddenSheetsAreSeenByProgramsAlone(t *testing.T) {
	f := read(t, choosing())
	if got := strings.Join(f.GetSheetList(), "|"); got != "About|Controls|Controls 2|annex|annex lists" {
		t.Errorf("sheets are %s", got)
	}
	for name, want := range map[string]bool{"About": true, "Controls": true, "annex": false, "annex lists": false} {
		if got, err := f.GetSheetVisible(name); err != nil || got != want {
			t.Errorf("%s is visible: %t, %v", name, got, err)
		}
	}
	book := files(t, written(t, choosing()))["xl/workbook.xml"]
	if n := strings.Count(book, `state="veryHidden"`); n != 2 {
		t.Errorf("%d sheets are out of reach of Unhide, want 2: %s", n, book)
	}
	if got, _ := f.GetCellValue("annex", "B1"); got != "two" {
		t.Errorf("the hidden sheet holds %q", got)
	}
}

func TestAStatusIsAWordOnAFill(t *testing.T) {
	f := read(t, choosing())
	id, err := f.GetCellStyle("Controls", "E2")
	if err != nil {
		t.Fatal(err)
	}
	style, err := f.GetStyle(id)
	if err != nil || len(style.Fill.Color) != 1 || style.Fill.Color[0] != "B3261E" || style.Font.Color != "FFFFFF" {
		t.Errorf("a gap has the style %+v, %v", style, err)
	}
	if got, _ := f.GetCellValue("Controls", "E2"); got != "gap" {
		t.Errorf("a gap says %q", got)
	}
	head := func(at string) bool {
		id, _ := f.GetCellStyle("Controls", at)
		style, _ := f.GetStyle(id)
		return style.Font.Italic
	}
	if head("B1") || !head("E1") {
		t.Error("what is derived does not stand out in the head")
	}
	if kind, _ := f.GetCellType("Controls", "E2"); kind != excelize.CellTypeInlineString {
		t.Errorf("a status is of type %d", kind)
	}
}
