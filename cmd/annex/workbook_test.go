package main

import (
	"encoding/csv"
	"os"
	"strconv"
	"strings"

	"github.com/rogpeppe/go-internal/testscript"
	"github.com/xuri/excelize/v2"
)

// setCells edits a workbook as somebody does in Excel: a number is a number,
// =1+1 a formula, all else a text, and nothing behind the equals sign empties
// the cell.
func setCells(ts *testscript.TestScript, neg bool, args []string) {
	if neg || len(args) < 3 {
		ts.Fatalf("usage: set-cells FILE SHEET B7=VALUE...")
	}
	name := ts.MkAbs(args[0])
	f, err := excelize.OpenFile(name)
	ts.Check(err)
	defer f.Close()
	for _, arg := range args[2:] {
		at, value, _ := strings.Cut(arg, "=")
		n, err := strconv.Atoi(value)
		switch {
		case value == "":
			ts.Check(f.SetCellValue(args[1], at, nil))
		case err == nil:
			ts.Check(f.SetCellInt(args[1], at, int64(n)))
		case strings.HasPrefix(value, "="):
			ts.Check(f.SetCellFormula(args[1], at, value[1:]))
		default:
			ts.Check(f.SetCellStr(args[1], at, strings.ReplaceAll(value, `\n`, "\n")))
		}
	}
	ts.Check(f.SaveAs(name))
}

// makeWorkbook makes the workbook of another program out of a CSV file.
func makeWorkbook(ts *testscript.TestScript, neg bool, args []string) {
	if neg || len(args) != 2 {
		ts.Fatalf("usage: make-workbook FILE.xlsx FILE.csv")
	}
	in, err := os.Open(ts.MkAbs(args[1]))
	ts.Check(err)
	defer in.Close()
	r := csv.NewReader(in)
	r.FieldsPerRecord = -1
	rows, err := r.ReadAll()
	ts.Check(err)
	f := excelize.NewFile()
	defer f.Close()
	for i, row := range rows {
		for j, value := range row {
			at, err := excelize.CoordinatesToCellName(j+1, i+1)
			ts.Check(err)
			ts.Check(f.SetCellStr("Sheet1", at, value))
		}
	}
	ts.Check(f.SaveAs(ts.MkAbs(args[0])))
}

// showCell prints the value of a cell.
func showCell(ts *testscript.TestScript, neg bool, args []string) {
	if neg || len(args) != 3 {
		ts.Fatalf("usage: show-cell FILE SHEET B7")
	}
	f, err := excelize.OpenFile(ts.MkAbs(args[0]))
	ts.Check(err)
	defer f.Close()
	value, err := f.GetCellValue(args[1], args[2])
	ts.Check(err)
	_, err = ts.Stdout().Write([]byte(value + "\n"))
	ts.Check(err)
}
