package spreadsheet

import (
	"bytes"
	"math/rand/v2"
	"os"
	"path/filepath"
	"testing"
	"time"

	"github.com/xuri/excelize/v2"
)

// mergedWorkbook is made by excelize: a list whose owner is said once for three
// rows, and whose last area covers a row that holds nothing else.
func mergedWorkbook(t *testing.T) []byte {
	t.Helper()
	f := excelize.NewFile()
	defer f.Close()
	for at, v := range map[string]any{"A1": "Key", "B1": "Owner", "C1": "Level", "A2": "r-1", "B2": "Ann", "C2": 3, "A3": "r-2", "C3": 4, "A4": "r-3", "C4": 5, "A5": "r-4", "C5": 6, "A6": "Notes"} {
		if err := f.SetCellValue("Sheet1", at, v); err != nil {
			t.Fatal(err)
		}
	}
	for _, a := range [][2]string{{"B2", "B4"}, {"A6", "C7"}} {
		if err := f.MergeCell("Sheet1", a[0], a[1]); err != nil {
			t.Fatal(err)
		}
	}
	var b bytes.Buffer
	if err := f.Write(&b); err != nil {
		t.Fatal(err)
	}
	return b.Bytes()
}

func TestCoveredCellsThatHoldNothingAreKnown(t *testing.T) {
	made := mergedWorkbook(t)
	for name, data := range map[string]func(t *testing.T) []byte{
		"excelize": func(*testing.T) []byte { return made },
		"LibreOffice": func(t *testing.T) []byte {
			file := filepath.Join(t.TempDir(), "a.xlsx")
			if err := os.WriteFile(file, made, 0o644); err != nil {
				t.Fatal(err)
			}
			saved, err := os.ReadFile(convert(t, file, "xlsx"))
			if err != nil {
				t.Fatal(err)
			}
			return saved
		},
	} {
		t.Run(name, func(t *testing.T) {
			book, err := readBytes(data(t))
			if err != nil {
				t.Fatal(err)
			}
			sheet := &book.Sheets[0]
			cells := byName(*sheet)
			if c := cells["B2"]; c.Text != "Ann" || c.Merged != "B2:B4" || c.Covered {
				t.Errorf("B2 is %+v", c)
			}
			if c, there := cells["B3"]; there {
				t.Errorf("B3 holds %+v", c)
			}
			for at, want := range map[string]string{
				"A1": "", "B1": "", "B2": "", "A3": "", "C3": "", "B5": "", "A6": "", "D6": "", "A8": "", "C8": "", "XFD1048576": "",
				"B3": "B2:B4", "B4": "B2:B4", "B6": "A6:C7", "C6": "A6:C7", "A7": "A6:C7", "C7": "A6:C7",
			} {
				p, _ := spotOf(at)
				area, ok := sheet.Covers(p.column, p.row)
				if area != want || ok != (want != "") {
					t.Errorf("%s is covered by %q, %v, want %q", at, area, ok, want)
				}
				first := at
				if want != "" {
					first = want[:2]
				}
				if column, row := sheet.First(p.column, p.row); At(column, row) != first {
					t.Errorf("%s shows what %s holds, want %s", at, At(column, row), first)
				}
			}
		})
	}
}

func TestASheetWithoutMergedCellsCoversNothing(t *testing.T) {
	for _, s := range []*Sheet{{}, {merged: indexed(nil)}} {
		if area, ok := s.Covers(1, 1); ok || area != "" {
			t.Errorf("A1 is covered by %q", area)
		}
		if column, row := s.First(7, 9); column != 7 || row != 9 {
			t.Errorf("G9 shows what %s holds", At(column, row))
		}
	}
}

func TestAnAreaThatIsSaidTwiceCountsOnce(t *testing.T) {
	book, err := readBytes(zipped(t, parts(rowsXML(`<row><c><v>1</v></c></row>`)+`<mergeCells><mergeCell ref="A1:B2"/><mergeCell ref="A3:B3"/><mergeCell ref="A1:B2"/><mergeCell ref="C1:C1"/></mergeCells>`)))
	if err != nil {
		t.Fatal(err)
	}
	if area, ok := book.Sheets[0].Covers(2, 2); !ok || area != "A1:B2" {
		t.Errorf("B2 is covered by %q", area)
	}
}

// TestTheIndexFindsWhatALookAtAllAreasFinds compares it on random areas, with those
// that lie over each other left out, and looks for these too.
func TestTheIndexFindsWhatALookAtAllAreasFinds(t *testing.T) {
	random := rand.New(rand.NewPCG(3, 4))
	clash := func(a, b area) bool {
		return a.first.row <= b.last.row && b.first.row <= a.last.row && a.first.column <= b.last.column && b.first.column <= a.last.column
	}
	clashes := 0
	for range 400 {
		var apart []area
		for range random.IntN(40) {
			a := area{first: spot{1 + random.IntN(140), 1 + random.IntN(30)}}
			a.last = spot{a.first.column + random.IntN(70), a.first.row + random.IntN(9)}
			free := true
			for _, b := range apart {
				free = free && !clash(a, b)
			}
			s := sheetReader{sheet: &Sheet{}, merged: append(append([]area{}, apart...), a)}
			if err := s.merge(); (err == nil) != free {
				t.Fatalf("%v and %v: %v", apart, a, err)
			}
			if free {
				apart = append(apart, a)
			} else {
				clashes++
			}
		}
		index := indexed(apart)
		for row := range 42 {
			for column := range 215 {
				var want area
				for _, a := range apart {
					if clash(a, area{spot{column, row}, spot{column, row}}) {
						want = a
					}
				}
				if got, ok := index.at(spot{column, row}); got != want || ok != (want != area{}) {
					t.Fatalf("%s lies in %v, want %v of %v", At(column, row), got, want, apart)
				}
			}
		}
	}
	if clashes < 100 {
		t.Errorf("only %d areas lay over others", clashes)
	}
}

// TestAskingForEveryCellIsCheap asks for 5,000 rows of 20 columns beside as many
// areas as are read. To look at each of them would be ten billion looks.
func TestAskingForEveryCellIsCheap(t *testing.T) {
	var areas []area
	for i := range mostAreas {
		first := spot{1 + i%20*2, 1 + i/20*3}
		areas = append(areas, area{first, spot{first.column + 1, first.row + 2}})
	}
	s := &Sheet{merged: indexed(areas)}
	begin, covered := time.Now(), 0
	for row := range 5000 {
		for column := range 20 {
			if _, ok := s.Covers(column+1, row+1); ok {
				covered++
			}
		}
	}
	took := time.Since(begin)
	t.Logf("%s", took)
	if covered != 100_000-1667*10 || took > 5*time.Second {
		t.Errorf("%d of 100,000 are covered, after %s", covered, took)
	}
}
