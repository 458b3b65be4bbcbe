package spreadsheet

import (
	"archive/zip"
	"bytes"
	"encoding/binary"
	"errors"
	"fmt"
	"runtime/debug"
	"runtime/metrics"
	"strings"
	"sync"
	"testing"
	"time"
)

// fill repeats a text up to so many bytes.
func fill(s string, bytes int) string { return strings.Repeat(s, bytes/len(s)) }

// manySheets is a workbook with so many sheets of the same XML.
func manySheets(n int, sheet string) []entry {
	list := parts("")
	var sheets strings.Builder
	links := []string{"s", "styles", "styles.xml"}
	for i := range n {
		fmt.Fprintf(&sheets, `<sheet name="S%d" r:id="r%d"/>`, i, i)
		links = append(links, fmt.Sprintf("r%d", i), "worksheet", fmt.Sprintf("worksheets/sheet%d.xml", i+1))
		list = with(list, entry{fmt.Sprintf("xl/worksheets/sheet%d.xml", i+1), "<worksheet>" + sheet + "</worksheet>"})
	}
	return with(list, linksPart("xl/_rels/workbook.xml.rels", links...),
		entry{"xl/workbook.xml", `<workbook xmlns:r="` + officeNS + `"><sheets>` + sheets.String() + `</sheets></workbook>`})
}

// TestCostsStayWithinLimits reads the worst files that we could think of. Each is
// read or refused in a few seconds and with less than 150 MB. The minute is for a machine that has
// much else to do.
func TestCostsStayWithinLimits(t *testing.T) {
	var rich, cells strings.Builder
	for i := range mostCells {
		fmt.Fprintf(&cells, `<c t="s"><v>%d</v></c>`, i)
		if i%100 == 99 {
			cells.WriteString("</row><row>")
		}
	}
	for i := range mostCells {
		fmt.Fprintf(&rich, `<si><t>text number %d</t></si>`, i)
	}
	inline := func(n, size int) string {
		return rowsXML("<row>" + strings.Repeat(`<c t="inlineStr"><is><t>`+strings.Repeat("x", size)+`</t></is></c></row><row>`, n) + "</row>")
	}
	sst := func(s string) entry { return entry{"xl/sharedStrings.xml", "<sst>" + s + "</sst>"} }
	const tooLong = `sheet "Risks", cell A1: The cell holds a text that is longer than Excel has room for`
	oneCell := rowsXML(`<row><c t="s"><v>0</v></c></row>`)
	var areas strings.Builder
	for i := range mostAreas - 1 {
		fmt.Fprintf(&areas, `<mergeCell ref="A1:%s"/>`, At(2+i%16000, 1048576-i))
	}
	for _, c := range []struct {
		name string
		make func() []entry
		want string // why it is refused, or empty
	}{
		{"a dimension of all cells", func() []entry { return parts(`<dimension ref="A1:XFD1048576"/>` + oneCell) }, ""},
		{"20,000 rows with a cell in the last column", func() []entry {
			return parts(rowsXML(strings.Repeat(`<row><c/><c r=""/></row>`, 10) + func() string {
				var b strings.Builder
				for i := range 20000 {
					fmt.Fprintf(&b, `<row r="%d"><c r="XFD%d"><v>1</v></c></row>`, i+11, i+11)
				}
				return b.String()
			}()))
		}, ""},
		{"a million empty cells with looks", func() []entry {
			return manySheets(2, rowsXML("<row>"+fill(fill(`<c s="1"/>`, 10000)+"</row><row>", 10<<20)+"</row>"))
		}, ""},
		{"a part of 17 MB", func() []entry { return parts(rowsXML(fill(`<row/>`, 17<<20))) }, "has 18 MB, and up to 16 MB are read"},
		{"270 MB together", func() []entry { return manySheets(18, fill(" ", 15<<20)) }, "over 256 MB"},
		{"80 MB of sheets", func() []entry { return manySheets(5, rowsXML(fill("<row r=\"1\"><c/></row>", 16<<20-1000))) }, "over 64 MB"},
		{"251 sheets", func() []entry { return manySheets(251, "") }, "more than 250 sheets"},
		{"a tag of 2 MB", func() []entry { return parts(rowsXML(`<row ` + fill(`a="" `, 2<<20) + `/>`)) }, "a piece of it is longer"},
		{"tags of 1 MB", func() []entry { return parts(rowsXML(strings.Repeat(`<row `+fill(`a="" `, 1<<20-100)+`/>`, 15))) }, ""},
		{"tags of many names", func() []entry { return parts(rowsXML(strings.Repeat(`<row `+fill(`xmlns:a="" `, 1<<20-100)+`/>`, 15))) }, ""},
		{"a text of 2 MB", func() []entry { return parts(inline(1, 2<<20)) }, "a piece of it is longer"},
		{"a text of 900 KB", func() []entry { return parts(inline(1, 900<<10)) }, tooLong},
		{"a text of pieces", func() []entry {
			return parts(rowsXML(`<row><c t="inlineStr"><is>` + fill(`<r><t>ab</t></r>`, 15<<20) + `</is></c></row>`))
		}, tooLong},
		{"a value of pieces", func() []entry {
			return parts(rowsXML(`<row><c t="str"><v>` + fill(`a<!---->`, 15<<20) + `</v></c></row>`))
		}, tooLong},
		{"a comment of 2 MB", func() []entry { return parts(`<!--` + fill(`a`, 2<<20) + `-->`) }, "a piece of it is longer"},
		{"comments", func() []entry { return parts(fill(`<!---->`, 15<<20)) }, ""},
		{"deep", func() []entry { return parts(fill(`<a>`, 15<<20)) }, "nested deeper"},
		{"60 MB of texts", func() []entry { return manySheets(4, inline(500, 30000)) }, "more than 32 MB"},
		{"20 MB of texts", func() []entry { return manySheets(2, inline(mostCells/2-1, 100)) }, ""},
		{"200,000 texts of a list", func() []entry { return with(parts(rowsXML("<row>"+cells.String()+"</row>")), sst(rich.String())) }, ""},
		{"200,001 texts of a list", func() []entry { return with(parts(oneCell), sst(rich.String()+"<si/>")) }, "more than 200000 filled cells"},
		{"a list of a million empty texts", func() []entry { return with(parts(oneCell), sst(fill("<si/>", 15<<20))) }, "more than 200000 filled cells"},
		{"one text 32 times as long, in 200,000 cells", func() []entry {
			return with(parts(rowsXML("<row>"+strings.Repeat(`<c t="s"><v>0</v></c></row><row>`, mostCells)+"</row>")), sst("<si><t>"+fill("x", 1<<20-100)+"</t></si>"))
		}, tooLong},
		{"one text as long as Excel has room for, in 16,000 cells of a row", func() []entry {
			return with(parts(rowsXML("<row>"+strings.Repeat(`<c t="s"><v>0</v></c>`, 16000)+"</row>")), sst("<si><t>"+fill("x", 32767)+"</t></si>"))
		}, "more than 64 MB of text"},
		{"a usual text in 200,000 cells", func() []entry {
			return with(parts(rowsXML("<row>"+strings.Repeat(`<c t="s"><v>0</v></c></row><row>`, mostCells)+"</row>")), sst("<si><t>"+fill("x", 330)+"</t></si>"))
		}, ""},
		{"200,001 cells", func() []entry {
			return parts(rowsXML("<row>" + strings.Repeat(`<c t="s"><v>0</v></c></row><row>`, mostCells+1) + "</row>"))
		}, "more than 200000 filled cells"},
		{"formulas without a value", func() []entry {
			return parts(rowsXML("<row>" + strings.Repeat(`<c><f/></c></row><row>`, mostCells+1) + "</row>"))
		}, "more than 200000 filled cells"},
		{"areas over each other", func() []entry {
			return with(parts(rowsXML("<row>"+strings.Repeat(`<c><v>0</v></c></row><row>`, mostCells)+"</row>")+"<mergeCells>"+areas.String()+"</mergeCells>"), sst(""))
		}, "lie over each other"},
		{"high areas beside each other", func() []entry {
			var b strings.Builder
			for i := range mostAreas - 1 { // six in a column, with a row of their own to begin and to end
				from := 2 + i/16384*120_000 + i%16384*2
				fmt.Fprintf(&b, `<mergeCell ref="%s:%s"/>`, At(1+i%16384, from), At(1+i%16384, from+80_000+i*7919%7000))
			}
			return with(parts(rowsXML("<row>"+strings.Repeat(`<c><v>0</v></c></row><row>`, mostCells)+"</row>")+"<mergeCells>"+b.String()+"</mergeCells>"), sst(""))
		}, ""},
		{"wide areas below each other", func() []entry {
			var b strings.Builder
			for i := range mostAreas - 1 {
				fmt.Fprintf(&b, `<mergeCell ref="A%d:XFD%d"/>`, i+1, i+1)
			}
			return with(parts(rowsXML("<row>"+strings.Repeat(`<c><v>0</v></c></row><row>`, mostCells)+"</row>")+"<mergeCells>"+b.String()+"</mergeCells>"), sst(""))
		}, ""},
		{"too many areas", func() []entry { return parts("<mergeCells>" + areas.String() + areas.String() + "</mergeCells>") }, "more than 100000 merged cells"},
		{"hidden columns", func() []entry {
			return parts("<cols>" + strings.Repeat(`<col min="1" max="16384" hidden="1"/>`, 16000) + "</cols>" + oneCell)
		}, ""},
		{"formats", func() []entry {
			return with(parts(oneCell), entry{"xl/styles.xml", "<styleSheet><numFmts>" + fill(`<numFmt numFmtId="1" formatCode="[h]yyyy"/>`, 8<<20) + "</numFmts><cellXfs>" + fill("<xf/>", 7<<20) + "</cellXfs></styleSheet>"})
		}, ""},
		{"one long format", func() []entry {
			return with(parts(oneCell), entry{"xl/styles.xml", "<styleSheet><numFmts>" + strings.Repeat(`<numFmt numFmtId="1" formatCode="`+fill("[&quot;", 1<<20-100)+`"/>`, 15) + "</numFmts></styleSheet>"})
		}, ""},
		{"links", func() []entry {
			return with(parts(oneCell), entry{"xl/worksheets/_rels/sheet1.xml.rels", "<Relationships>" + func() string {
				var b strings.Builder
				for i := range 150000 {
					fmt.Fprintf(&b, `<Relationship Id="r%d" Type="x/hyperlink" Target="http://example.org/" TargetMode="External"/>`, i)
				}
				return b.String()
			}() + "</Relationships>"})
		}, ""},
		{"names", func() []entry {
			return with(parts(oneCell), workbookPart("<definedNames>"+strings.Repeat("<definedName>"+fill("[a]'", longestFormula)+"</definedName>", 400)+"</definedNames>"))
		}, ""},
		{"types", func() []entry {
			return with(parts(oneCell), entry{"[Content_Types].xml", strings.Replace(typesPart().text, "</Types>", func() string {
				var b strings.Builder
				for i := range 300000 {
					fmt.Fprintf(&b, `<Override PartName="/%d" ContentType="a"/>`, i)
				}
				return b.String()
			}()+"</Types>", 1)})
		}, ""},
	} {
		t.Run(c.name, func(t *testing.T) {
			data := zipped(t, c.make())
			if len(data) > 20<<20 {
				t.Fatalf("the file has %d MB", len(data)>>20)
			}
			took, peak := cost(func() {
				if c.want != "" {
					wantRefused(t, data, c.want)
				} else if book, err := readBytes(data); err != nil || len(book.Sheets) == 0 {
					t.Errorf("it is not read: %v", err)
				}
			})
			t.Logf("%.1f s, %d MB for a file of %d KB", took.Seconds(), peak>>20, len(data)>>10)
			if took > time.Minute || peak > 150<<20 {
				t.Errorf("it takes %s and %d MB", took, peak>>20)
			}
		})
	}
}

// cost returns how long f takes, and how much more memory is in use at most than
// before, garbage included.
func cost(f func()) (took time.Duration, peak uint64) {
	inUse := func() uint64 {
		list := []metrics.Sample{{Name: "/memory/classes/heap/objects:bytes"}}
		metrics.Read(list)
		return list[0].Value.Uint64()
	}
	debug.FreeOSMemory()
	before := inUse()
	stop := make(chan struct{})
	var watching sync.WaitGroup
	watching.Go(func() {
		for {
			peak = max(peak, inUse())
			select {
			case <-stop:
				return
			case <-time.After(2 * time.Millisecond):
			}
		}
	})
	start := time.Now()
	f()
	took = time.Since(start)
	close(stop)
	watching.Wait()
	return took, peak - min(peak, before)
}

func TestTooLargeAFileIsNotOpened(t *testing.T) {
	data := zipped(t, parts(rowsXML("")))
	_, err := Read(bytes.NewReader(data), largestFile+1)
	var refused *RefusedError
	if !errors.As(err, &refused) || refused.Cause != "The file has 51 MB, and up to 50 MB are read." {
		t.Errorf("a file of 50 MB and a byte gives %v", err)
	}
}

// TestManyPartsCostNothing makes lists of parts that are longer than they say.
func TestManyPartsCostNothing(t *testing.T) {
	list := parts(rowsXML(""))
	for i := range mostParts {
		list = append(list, entry{fmt.Sprintf("xl/media/%d", i), ""})
	}
	wantRefused(t, zipped(t, list), "more than 5000 parts")

	var b bytes.Buffer
	z := zip.NewWriter(&b)
	for range 1 << 19 {
		if _, err := z.CreateHeader(&zip.FileHeader{Name: "a"}); err != nil {
			t.Fatal(err)
		}
	}
	if err := z.Close(); err != nil {
		t.Fatal(err)
	}
	data := b.Bytes()
	for _, count := range []uint16{0xffff, 0, 1} {
		data := bytes.Clone(data)
		binary.LittleEndian.PutUint16(data[len(data)-12:], count)
		took, peak := cost(func() { wantRefused(t, data, "") })
		if took > time.Second || peak > 40<<20 {
			t.Errorf("half a million parts that say to be %d take %s and %d MB", count, took, peak>>20)
		}
	}
}

func TestLongTextsAreReadWholeOrRefused(t *testing.T) {
	for _, c := range []struct {
		text string
		read bool
	}{
		{strings.Repeat("ä", 32767), true},
		{strings.Repeat("ä", longestText), true},
		{strings.Repeat("😀", longestText/2), true},
		{strings.Repeat("ä", longestText+1), false},
		{strings.Repeat("😀", longestText/2) + "a", false},
	} {
		for kind, list := range map[string][]entry{
			"inline":  parts(rowsXML(`<row><c/><c t="inlineStr"><is><t>` + c.text + `</t></is></c></row>`)),
			"formula": parts(rowsXML(`<row><c/><c t="str"><f/><v>` + c.text + `</v></c></row>`)),
			"shared":  with(parts(rowsXML(`<row><c/><c t="s"><v>0</v></c></row>`)), entry{"xl/sharedStrings.xml", "<sst><si><t>" + c.text + "</t></si></sst>"}),
		} {
			if !c.read {
				wantRefused(t, zipped(t, list), `sheet "Risks", cell B1: The cell holds a text that is longer`)
			} else if got := cellsOf(t, list)["B1"].Text; got != c.text {
				t.Errorf("%s: a text of %d bytes is read with %d", kind, len(c.text), len(got))
			}
		}
	}
}

// TestWhatCellsHoldTogetherIsBounded joins the texts of all cells of a file that is
// just read, as those do who compare them, and adds one use more.
func TestWhatCellsHoldTogetherIsBounded(t *testing.T) {
	const size = 32 << 10
	book := func(uses int) []byte {
		return zipped(t, with(parts(rowsXML("<row>"+strings.Repeat(`<c t="s"><v>0</v></c>`, uses)+"</row>")), entry{"xl/sharedStrings.xml", "<sst><si><t>" + fill("x", size) + "</t></si></sst>"}))
	}
	_, peak := cost(func() {
		read, err := readBytes(book(mostShown / size))
		if err != nil {
			t.Fatal(err)
		}
		var all strings.Builder
		for _, c := range read.Sheets[0].Rows[0].Cells {
			all.WriteString(c.Text)
		}
		if all.Len() != mostShown {
			t.Errorf("the cells hold %d bytes", all.Len())
		}
	})
	if peak > 300<<20 { // the builder grows by copies
		t.Errorf("joining them takes %d MB", peak>>20)
	}
	_, peak = cost(func() {
		wantRefused(t, book(mostShown/size+1), "The cells of the workbook hold more than 64 MB of text")
	})
	if peak > 30<<20 {
		t.Errorf("refusing takes %d MB", peak>>20)
	}
}

// BenchmarkReadXLSX reads a list of 5,000 rows and 12 columns of our own.
func BenchmarkReadXLSX(b *testing.B) {
	table := Table{Name: "Risks", Columns: Columns("A", "B", "C", "D", "E", "F", "G", "H", "I", "J", "K", "L")}
	for r := range 5000 {
		row := make([]Cell, 12)
		for c := range row {
			switch c % 4 {
			case 0:
				row[c] = Day(day(2026, 1, 1+r%300))
			case 1:
				row[c] = Number(r * c)
			default:
				row[c] = Text(fmt.Sprintf("A text of usual length, number %d of column %d", r, c))
			}
		}
		table.Rows = append(table.Rows, row)
	}
	data := written(b, Book{Tables: []Table{table}})
	b.SetBytes(int64(len(data)))
	b.ReportAllocs()
	_, peak := cost(func() { _, _ = readBytes(data) })
	b.ReportMetric(float64(peak>>20), "peak-MB")
	for b.Loop() {
		if _, err := readBytes(data); err != nil {
			b.Fatal(err)
		}
	}
}
