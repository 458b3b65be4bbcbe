package spreadsheet

import (
	"fmt"
	"io"
	"testing"

	"annex/generator/aims"
)

// rowsOf returns a table of so many rows as a list of controls has them.
func rowsOf(n int) Table {
	t := Table{Name: "Controls", Columns: Columns("Id", "Control", "Satisfies", "Owner", "Status", "Due", "Implemented on", "Cadence", "Documents", "Description", "State", "Evidence")}
	for i := range n {
		t.Rows = append(t.Rows, []Cell{
			Text(fmt.Sprintf("control-%d", i)), Text(fmt.Sprintf("Review of the system number %d", i)), Text("iso-42001:A.6.2.4, iso-27001:A.8.29"), Text("head-of-ml"), Text("implemented"),
			Day(aims.NewDate(2026, 5, 12).AddDays(i % 300)), Day(aims.NewDate(2025, 5, 12)), Text("6 months"), Text("ai-development-procedure"),
			Text(fmt.Sprintf("What we do in the case number %d, in two sentences. It is done before each release, by those who did not build it.", i)),
			Status("operating", Good), Number(i % 7),
		})
	}
	return t
}

// BenchmarkWriteXLSX writes a small workbook, as a site has dozens of, and one of
// 5,000 rows.
func BenchmarkWriteXLSX(b *testing.B) {
	for _, n := range []int{20, 5000} {
		book := Book{Title: "Controls", Tables: []Table{rowsOf(n)}}
		b.Run(fmt.Sprint(n), func(b *testing.B) {
			b.ReportAllocs()
			for b.Loop() {
				if err := WriteXLSX(io.Discard, book); err != nil {
					b.Fatal(err)
				}
			}
		})
	}
}
