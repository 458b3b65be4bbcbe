package docx

import (
	"bytes"
	"image"
	"image/gif"
	"image/jpeg"
	"image/png"
	"regexp"
	"strings"
	"testing"
)

func TestEachOrderedListCountsOnItsOwn(t *testing.T) {
	one := List{Ordered: true, Start: 1, Items: [][]Block{{para("a"), List{Ordered: true, Start: 5, Items: [][]Block{{para("b")}}}}, {para("c")}}}
	files := parts(t, body(one, one, List{Items: [][]Block{{para("d")}}}, List{Items: [][]Block{{para("e")}}}))
	var got []string
	for _, m := range regexp.MustCompile(`<w:ilvl w:val="(\d)"/><w:numId w:val="(\d+)"/>`).FindAllStringSubmatch(files["word/document.xml"], -1) {
		got = append(got, m[1]+":"+m[2])
	}
	if want := "0:2 1:3 0:2 0:4 1:5 0:4 0:1 0:1"; strings.Join(got, " ") != want {
		t.Errorf("levels and lists are %v, want %s", got, want)
	}
	if n := strings.Count(files["word/numbering.xml"], "<w:startOverride"); n != 4 {
		t.Errorf("%d lists begin anew, want 4", n)
	}
}

func TestColumnsFillTheWidth(t *testing.T) {
	cells := func(texts ...string) (r Row) {
		for _, s := range texts {
			r.Cells = append(r.Cells, Cell{Blocks: []Block{para(s)}})
		}
		return r
	}
	for name, c := range map[string]struct {
		table Table
		check func([]int) bool
	}{
		"given":               {Table{Columns: []Column{{1}, {3}}, Rows: []Row{cells("a", "b")}}, func(w []int) bool { return w[1] == 3*w[0] }},
		"by texts":            {Table{Rows: []Row{cells("1", strings.Repeat("many words ", 20))}}, func(w []int) bool { return w[1] > 10*w[0] }},
		"a word fits":         {Table{Rows: []Row{cells("Organization", strings.Repeat("many words ", 50))}}, func(w []int) bool { return w[0] > 12*letter }},
		"all alike":           {Table{Rows: []Row{cells("a", "b", "c")}}, func(w []int) bool { return w[0] == w[1] }},
		"too much for a page": {Table{Rows: []Row{cells(strings.Split(strings.Repeat("incomprehensibilities ", 40), " ")[:40]...)}}, func(w []int) bool { return w[0] == w[1] }},
		"a group is no cell":  {Table{Rows: []Row{{Group: true, Cells: cells(strings.Repeat("x", 200)).Cells}, cells("a", "b")}}, func(w []int) bool { return w[0] == w[1] }},
		"fewer shares":        {Table{Columns: []Column{{1}}, Rows: []Row{cells("a", "b")}}, func(w []int) bool { return w[0] == w[1] }},
	} {
		const total = 9000
		w := c.table.widths(total)
		if sum(w) != total || !c.check(w) {
			t.Errorf("%s: %v adds up to %d", name, w, sum(w))
		}
		for _, x := range w {
			if x <= 0 {
				t.Errorf("%s: %v", name, w)
			}
		}
	}
}

func TestRowsDoNotBreakUnlessTheyAreLong(t *testing.T) {
	row := func(s string) Table { return Table{Rows: []Row{{Cells: []Cell{{Blocks: []Block{para(s)}}}}}} }
	if s := parts(t, body(row("short")))["word/document.xml"]; !strings.Contains(s, "<w:cantSplit/>") {
		t.Error("a short row breaks")
	}
	if s := parts(t, body(row(strings.Repeat("long text ", 2000))))["word/document.xml"]; strings.Contains(s, "<w:cantSplit/>") {
		t.Error("a row longer than a page does not break")
	}
}

func TestAHeadKeepsWithTwoRowsBelow(t *testing.T) {
	for rows, want := range map[int]int{1: 0, 2: 1, 3: 2, 4: 3, 5: 3, 9: 3} {
		table := Table{Heads: 1}
		for range rows {
			table.Rows = append(table.Rows, Row{Cells: []Cell{{Blocks: []Block{para("x")}}}})
		}
		if n := strings.Count(parts(t, Document{Blocks: []Block{table}})["word/document.xml"], "<w:keepNext/>"); n != want {
			t.Errorf("of %d rows %d keep with the next, want %d", rows, n, want)
		}
	}
}

func TestPictures(t *testing.T) {
	picture := image.NewGray(image.Rect(0, 0, 3000, 300))
	var p, j, g bytes.Buffer
	if err := png.Encode(&p, picture); err != nil {
		t.Fatal(err)
	}
	if err := jpeg.Encode(&j, picture, nil); err != nil {
		t.Fatal(err)
	}
	if err := gif.Encode(&g, picture, nil); err != nil {
		t.Fatal(err)
	}
	show := func(alt string, b []byte) Block { return Paragraph{Runs: []Run{{Image: &Image{Alt: alt, Bytes: b}}}} }
	bomb := bytes.Clone(p.Bytes())
	copy(bomb[16:24], "\x7f\xff\xff\xff\x7f\xff\xff\xff") // its size in pixels
	files := parts(t, body(
		show("a chart & more", p.Bytes()), show("again", p.Bytes()), show("photo", j.Bytes()),
		show("moving", g.Bytes()), show("vector", []byte("<svg/>")), show("nothing", nil), show("bomb", bomb),
		Paragraph{Runs: []Run{{Note: []Block{show("in a note", p.Bytes())}}}},
	))
	main := files["word/document.xml"]
	if files["word/media/image1.png"] != p.String() || files["word/media/image2.jpg"] != j.String() || len(files["word/media/image3.png"]) > 0 {
		t.Error("the pictures are not there, once each")
	}
	if n := strings.Count(main, "<w:drawing>"); n != 3 {
		t.Errorf("%d pictures are shown, want 3", n)
	}
	for _, want := range []string{`descr="a chart &amp; more"`, ">moving<", ">vector<", ">nothing<", ">bomb<"} {
		if !strings.Contains(main, want) {
			t.Errorf("no %s", want)
		}
	}
	if !strings.Contains(files["word/footnotes.xml"], "in a note") {
		t.Error("a picture in a footnote lost its words")
	}
	most := Document{}.textWidth() * emuTwip
	if cx, cy := (picture2{3000, 300}).of().fit(Document{}.textWidth(), 10000); cx != most || cy < most/10-2 || cy > most/10+2 {
		t.Errorf("3000 by 300 pixels become %d by %d", cx, cy)
	}
	if cx, cy := (picture2{10, 100000}).of().fit(1000, 1000); cy != 1000*emuTwip || cx < 1 {
		t.Errorf("a tall picture becomes %d by %d", cx, cy)
	}
}

type picture2 struct{ width, height int }

func (p picture2) of() picture { return picture{size: image.Config{Width: p.width, Height: p.height}} }

func TestContentsHaveTheHeadingsOfTheirDepth(t *testing.T) {
	files := parts(t, body(
		Contents{Title: "Contents", Depth: 2},
		Heading{Level: 1, ID: "x", Runs: []Run{{Text: "One "}, {Text: "bold", Bold: true}, {Note: []Block{para("note")}}}},
		Container{Blocks: []Block{Heading{Level: 2, ID: "x", Runs: Text("Quoted")}}}, Heading{Level: 3, Runs: Text("Deep")},
		List{Items: [][]Block{{Heading{Level: 2, Runs: Text("In a list")}}}},
		Paragraph{Runs: []Run{{Text: "to x", Anchor: "x"}, {Text: "nowhere", Anchor: "y"}}},
	))
	main := files["word/document.xml"]
	toc := main[strings.Index(main, "<w:sdt>"):strings.Index(main, "</w:sdt>")]
	if got := text(t, "<x>"+toc[strings.Index(toc, "<w:p>"):strings.LastIndex(toc, "</w:p>")]+"</w:p></x>"); got != `Contents/ TOC \o "1-2" \n \h \z \u One bold/Quoted/In a list` {
		t.Errorf("contents are %q", got)
	}
	for i, mark := range []string{"_Toc1", "_Toc2", "_Toc3", "_Toc4"} {
		if n := strings.Count(main, `w:name="`+mark+`"`); n != 1 {
			t.Errorf("heading %d has %d bookmarks", i, n)
		}
	}
	if !strings.Contains(main, `<w:hyperlink w:anchor="_Toc1" w:history="1"><w:r><w:rPr><w:rStyle w:val="Hyperlink"/></w:rPr><w:t xml:space="preserve">to x`) {
		t.Error("the link to x does not lead to its first heading")
	}
	if strings.Contains(main, `w:anchor="y"`) {
		t.Error("a link leads nowhere")
	}
}

func TestScriptsFromRightToLeft(t *testing.T) {
	for text, want := range map[string][2]bool{ // paragraph, run
		"שלום 12":      {true, true},
		"مرحبا world":  {true, false},
		"Hello שלום":   {false, false},
		"123 שלום":     {true, true},
		"123":          {false, false},
		"Grüße, 検証 ok": {false, false},
	} {
		content := parts(t, Document{Blocks: []Block{para(text)}})["word/document.xml"]
		if got := [2]bool{strings.Contains(content, "<w:bidi/>"), strings.Contains(content, "<w:rtl/>")}; got != want {
			t.Errorf("%q: %v, want %v", text, got, want)
		}
	}
}

func TestLinksOfOneAddressAreOne(t *testing.T) {
	link := func(s, to string) Run { return Run{Text: s, Link: to} }
	content := parts(t, body(Paragraph{Runs: []Run{
		link("a", "https://a.example"), {Text: "b", Link: "https://a.example", Bold: true}, link("c", "https://c.example"), {Text: "plain"}, link("d", "https://a.example"), link("e", "no address"),
	}}))
	if n := strings.Count(content["word/document.xml"], "<w:hyperlink"); n != 3 {
		t.Errorf("%d links, want 3", n)
	}
	if n := strings.Count(content["word/_rels/document.xml.rels"], "External"); n != 2 {
		t.Errorf("%d addresses, want 2", n)
	}
}
