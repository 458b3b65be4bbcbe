package merge

import (
	"bytes"
	"testing"

	"github.com/xuri/excelize/v2"

	"annex/generator/spreadsheet"
)

// TestMergedCellsTakeNothingAway merges the owners of two controls, as people do
// who say the same for both. Excel empties the second cell.
func TestMergedCellsTakeNothingAway(t *testing.T) {
	o := exported(t, records)
	o.set(t, "Controls", "act", "Owner", spreadsheet.Text("lead"))
	var b bytes.Buffer
	if err := spreadsheet.WriteXLSX(&b, o.book); err != nil {
		t.Fatal(err)
	}
	f, err := excelize.OpenReader(&b)
	if err != nil {
		t.Fatal(err)
	}
	defer f.Close()
	for _, step := range []error{f.SetCellValue("Controls", "E3", nil), f.MergeCell("Controls", "E2", "E3")} {
		if step != nil {
			t.Fatal(step)
		}
	}
	var merged bytes.Buffer
	if err := f.Write(&merged); err != nil {
		t.Fatal(err)
	}
	book, err := spreadsheet.Read(bytes.NewReader(merged.Bytes()), int64(merged.Len()))
	if err != nil {
		t.Fatal(err)
	}
	p, err := Compare(book, must(sides(t, o.files)))
	if err != nil {
		t.Fatal(err)
	}
	hold(t, p, "control act owner:>lead\nrefused Controls!E3 watch: Owner: this cell lies below another that spreads over it\n")
}
