package word

import (
	"bytes"
	"errors"
	"flag"
	"fmt"
	"io/fs"
	"os"
	"os/exec"
	"path/filepath"
	"regexp"
	"slices"
	"strings"
	"testing"
	"testing/fstest"
	"time"

	"annex/content"
	"annex/frameworks"
	"annex/generator/aims"
	"annex/generator/docx"
	"annex/generator/load"
	"annex/generator/readiness"
	"annex/generator/soa"
)

var wordFolder = flag.String("word", "", "folder that the Word files of the example are put into, with a PDF of each")

// program returns the path of a program that a test needs.
func program(t testing.TB, name string) string {
	t.Helper()
	path, err := exec.LookPath(name)
	if err != nil {
		missing(t, "there is no "+name+" on the PATH")
	}
	return path
}

func missing(t testing.TB, what string) {
	t.Helper()
	if os.Getenv("ANNEX_TEST_BROWSER") == "required" {
		t.Fatal(what)
	}
	t.Skip(what)
}

// exampleFiles returns the Word files of the example by name.
func exampleFiles(t testing.TB) map[string]docx.Document {
	t.Helper()
	files := content.Example()
	w, _, err := load.Load(files, frameworks.Files())
	if err != nil {
		t.Fatal(err)
	}
	word := Maker{Workspace: w, AsOf: aims.NewDate(2026, 11, 24), Files: files}
	all := map[string]docx.Document{}
	for _, st := range soa.All(readiness.Assess(w, w.Organizations()[0], word.AsOf)) {
		all["soa-"+st.Framework.ID] = word.Statement(st)
	}
	for _, d := range w.Documents {
		all[d.ID] = word.Document(d)
	}
	return all
}

// put writes Word files into a folder and returns their paths, sorted.
func put(t testing.TB, dir string, all map[string]docx.Document) []string {
	t.Helper()
	var paths []string
	for name, d := range all {
		var b bytes.Buffer
		if err := docx.Write(&b, d); err != nil {
			t.Fatal(err)
		}
		path := filepath.Join(dir, name+".docx")
		if err := os.WriteFile(path, b.Bytes(), 0o644); err != nil {
			t.Fatal(err)
		}
		paths = append(paths, path)
	}
	slices.Sort(paths)
	return paths
}

// convert has LibreOffice open files and save them in a format.
func convert(t testing.TB, office, format, dir string, paths []string) {
	t.Helper()
	arguments := append([]string{"-env:UserInstallation=file://" + filepath.ToSlash(t.TempDir()), "--headless", "--convert-to", format, "--outdir", dir}, paths...)
	if out, err := exec.Command(office, arguments...).CombinedOutput(); err != nil || strings.Contains(string(out), "Error") {
		t.Fatalf("%v\n%s", err, out)
	}
}

func output(t testing.TB, name string, arguments ...string) string {
	t.Helper()
	out, err := exec.Command(name, arguments...).Output()
	if err != nil {
		t.Fatal(err)
	}
	return string(out)
}

// TestTheExampleInAnOffice opens the Statements of Applicability and all
// documents of the example, and a document of hostile texts, in LibreOffice. As
// a PDF each has its title, its paper, and every word; some, saved as a Word file
// again, have every line and row.
func TestTheExampleInAnOffice(t *testing.T) {
	office := program(t, "soffice")
	program(t, "pdftotext")
	all := exampleFiles(t)
	if len(all) < 40 {
		t.Fatalf("only %d files", len(all))
	}
	all["hostile"] = hostile()
	dir := t.TempDir()
	if *wordFolder != "" {
		dir = *wordFolder
	}
	paths := put(t, dir, all)
	back := t.TempDir()
	convert(t, office, "pdf", dir, paths)
	again := slices.DeleteFunc(slices.Clone(paths), func(path string) bool {
		return !regexp.MustCompile(`^(soa-iso-42001|hostile|impact-.*|change-.*)\.docx$`).MatchString(filepath.Base(path))
	})
	convert(t, office, "docx", back, again)
	for name, d := range all {
		t.Run(name, func(t *testing.T) {
			lines := plainText(unzip(t, d)["word/document.xml"])
			checkPDF(t, filepath.Join(dir, name+".pdf"), d, lines)
			if slices.Contains(again, filepath.Join(dir, name+".docx")) {
				checkAgain(t, filepath.Join(back, name+".docx"), lines)
			}
		})
	}
}

func checkPDF(t *testing.T, path string, d docx.Document, lines string) {
	about := output(t, "pdfinfo", path)
	paper := "595.304 x 841.89 pts (A4)"
	if d.Landscape {
		paper = "841.89 x 595.304 pts (A4)"
	}
	pages := regexp.MustCompile(`(?m)^Pages: +(\d+)$`).FindStringSubmatch(about)
	if title := strings.Join(strings.Fields(d.Title), " "); pages == nil || !strings.Contains(strings.Join(strings.Fields(about), " "), "Title: "+title) || !strings.Contains(about, paper) {
		t.Errorf("no title %q, pages or paper %s in\n%s", d.Title, paper, about)
		return
	}
	text := output(t, "pdftotext", path, "-")
	if foot := fmt.Sprintf("Page %s of %s", pages[1], pages[1]); len(d.Footer.Right) > 0 && !strings.Contains(text, foot) {
		t.Errorf("the last page does not say %q", foot)
	}
	has := map[string]int{}
	for w := range strings.FieldsSeq(text) {
		has[w]++
	}
	whole := func(s string) string { return strings.ReplaceAll(squeeze(s), "-", "") } // pdftotext takes hyphens at line ends out
	flat := whole(text)
	for w := range strings.FieldsSeq(strings.ReplaceAll(lines, "|", " ")) {
		if has[w]--; has[w] < 0 && !strings.Contains(flat, whole(w)) && !odd(w) { // a long word may go over lines
			t.Errorf("the PDF lacks the word %q", w)
		}
	}
	for _, x := range d.Blocks {
		if h, ok := x.(docx.Heading); ok && !strings.Contains(flat, whole(docx.Words(h.Runs))) && !odd(docx.Words(h.Runs)) {
			t.Errorf("the PDF lacks the heading %q", docx.Words(h.Runs))
		}
	}
}

// odd reports whether a text has characters that fonts lack or that pdftotext
// puts in another order.
func odd(s string) bool {
	return strings.ContainsFunc(s, func(r rune) bool {
		return r < ' ' || r >= 0x590 && r < 0x700 || r >= 0x200b && r < 0x2030 || r >= 0xfe00
	})
}

// checkAgain compares the lines and rows of a file with what LibreOffice made of
// them.
func checkAgain(t *testing.T, path, lines string) {
	again := strings.ReplaceAll(plainText(readPart(t, path, "word/document.xml")), "_x005F_", "_") // LibreOffice escapes as Excel does
	has := map[string]int{}
	for line := range strings.SplitSeq(again, "\n") {
		has[squeeze(line)]++
	}
	for line := range strings.SplitSeq(lines, "\n") {
		if has[squeeze(line)]--; has[squeeze(line)] < 0 {
			t.Errorf("LibreOffice lost the line %.200q", line)
		}
	}
	if styles := readPart(t, path, "word/document.xml"); strings.Contains(lines, "Satisfies|") && !strings.Contains(styles, `w:val="Title"`) {
		t.Error("LibreOffice knows no title")
	}
}

func squeeze(s string) string { return strings.Join(strings.Fields(s), "") }

// readPart returns a part of a Word file.
func readPart(t testing.TB, path, name string) string {
	t.Helper()
	return output(t, "unzip", "-p", path, name)
}

// hostile is a document of texts that break programs.
func hostile() docx.Document {
	para := func(s string) docx.Block { return docx.Paragraph{Runs: docx.Text(s)} }
	d := docx.Document{Title: `Hostile ]]> & "texts" <w:p>`, Header: docx.Band{Left: docx.Text(strings.Repeat("long title ", 30)), Right: docx.Text("right")}}
	d.Blocks = append(d.Blocks, docx.Contents{Title: "Contents", Depth: 6})
	for i, s := range []string{
		"\x00\x01\x08 control \x1b[31m", strings.Repeat("thirtytwo k ", 2700), strings.Repeat("x", 5000), "שלום עולם ABC 123", "مرحبا بالعالم", "👩‍👩‍👧‍👦 emoji 🏳️‍🌈", "]]> <![CDATA[ x",
		"_x0000_ _x000D_", "\ufeff\u200b\u2028 blanks", "\u202eturned", "bad \xff utf", "{ MACROBUTTON x }", "=1+1",
	} {
		d.Blocks = append(d.Blocks, docx.Heading{Level: i%8 + 1, ID: s, Runs: docx.Text("H" + s[:min(len(s), 60)])}, para(s), docx.Code{Text: s},
			docx.Container{Kind: docx.Kind(i % 7), Title: docx.Text("Title"), Blocks: []docx.Block{para(s)}},
			docx.Paragraph{Runs: []docx.Run{{Text: "noted"}, {Note: []docx.Block{para(s), docx.Table{Rows: []docx.Row{{Cells: []docx.Cell{{Blocks: []docx.Block{para(s)}}}}}}}}}},
			docx.Table{Caption: s, Heads: 1, Rows: []docx.Row{{Cells: []docx.Cell{{Blocks: []docx.Block{para("head")}}, {}}}, {Cells: []docx.Cell{{Blocks: []docx.Block{para(s)}}, {Align: docx.Right, Blocks: []docx.Block{para("1")}}}}}})
	}
	var list docx.Block = para("the deepest")
	for i := range 40 {
		list = docx.List{Ordered: i%2 == 0, Start: i, Items: [][]docx.Block{{para(fmt.Sprint("level", i)), list}}}
	}
	var quote docx.Block = para("the deepest quote")
	for range 40 {
		quote = docx.Container{Blocks: []docx.Block{quote}}
	}
	huge := docx.Table{Heads: 1}
	for i := range 1500 {
		huge.Rows = append(huge.Rows, docx.Row{Cells: []docx.Cell{{Blocks: []docx.Block{para(fmt.Sprint("row", i))}}, {Blocks: []docx.Block{para("b")}}, {Blocks: []docx.Block{para("c")}}}})
	}
	wide := docx.Row{}
	for i := range 100 {
		wide.Cells = append(wide.Cells, docx.Cell{Blocks: []docx.Block{para(fmt.Sprint("w", i))}})
	}
	d.Blocks = append(d.Blocks, list, quote, huge, docx.Table{Heads: 1, Rows: []docx.Row{wide, wide}}, para("the end"))
	return d
}

// TestWordFilesAreValid has the validator of the Open XML SDK, which is what Word
// itself goes by, look at a Statement of Applicability, documents, and hostile
// and empty ones.
func TestWordFilesAreValid(t *testing.T) {
	node := program(t, "node")
	library, err := filepath.Abs("../../themes/node_modules/@ooxml-tools/validate/dist/npm/index.js")
	if err != nil {
		t.Fatal(err)
	}
	if _, err := os.Stat(library); errors.Is(err, fs.ErrNotExist) {
		missing(t, "the validator is not there; run: go generate ./themes")
	}
	word, st := edition(t, records+plan+approved+assessment)
	all := map[string]docx.Document{"empty": {}, "statement": word.Statement(st), "hostile": withoutHuge(hostile())}
	for i, d := range word.Workspace.Documents {
		all[fmt.Sprint("document-", i)] = word.Document(d)
	}
	dir := t.TempDir()
	paths := put(t, dir, all)
	wrong := filepath.Join(dir, "wrong.docx")
	spoil(t, paths[0], wrong)
	script := filepath.Join(dir, "validate.mjs")
	code := `import { readFile } from "node:fs/promises";
import { pathToFileURL } from "node:url";
const { default: validate } = await import(pathToFileURL(process.argv[2]));
for (const path of process.argv.slice(3)) {
  const errors = await validate(await readFile(path), "docx", "Microsoft365");
  console.log(path + ": " + errors.length + " errors " + errors.slice(0, 5).map((e) => e.path.partUri + " " + e.path.xpath + " " + e.description).join("; "));
}
process.exit(0);
`
	if err := os.WriteFile(script, []byte(code), 0o644); err != nil {
		t.Fatal(err)
	}
	out := output(t, node, append([]string{script, library, wrong}, paths...)...)
	for _, path := range paths {
		if !strings.Contains(out, path+": 0 errors") {
			t.Errorf("%s is not valid", filepath.Base(path))
		}
	}
	if strings.Contains(out, wrong+": 0 errors") {
		t.Error("the validator finds nothing wrong with a broken file")
	}
	if t.Failed() {
		t.Log(out)
	}
}

// withoutHuge leaves out what would take the validator minutes.
func withoutHuge(d docx.Document) docx.Document {
	d.Blocks = slices.DeleteFunc(d.Blocks, func(x docx.Block) bool { t, ok := x.(docx.Table); return ok && len(t.Rows) > 1000 })
	return d
}

// spoil copies a Word file with its paragraphs' properties out of order.
func spoil(t *testing.T, from, to string) {
	t.Helper()
	content, err := os.ReadFile(from)
	if err != nil {
		t.Fatal(err)
	}
	if err := os.WriteFile(to, rezip(t, content, func(name, part string) string {
		if name == "word/document.xml" {
			return strings.Replace(part, "<w:sectPr>", "<w:p><w:pPr><w:jc w:val=\"left\"/><w:pStyle w:val=\"Title\"/></w:pPr></w:p><w:sectPr>", 1)
		}
		return part
	}), 0o644); err != nil {
		t.Fatal(err)
	}
}

// BenchmarkStatement writes the Statement of Applicability of the example.
func BenchmarkStatement(b *testing.B) {
	files := content.Example()
	w, _, err := load.Load(files, frameworks.Files())
	if err != nil {
		b.Fatal(err)
	}
	word := Maker{Workspace: w, AsOf: aims.NewDate(2026, 11, 24)}
	st := soa.All(readiness.Assess(w, w.Organizations()[0], word.AsOf))[0]
	b.ReportAllocs()
	measure(b, func() docx.Document { return word.Statement(st) })
}

// BenchmarkDocument writes a document of twenty pages.
func BenchmarkDocument(b *testing.B) {
	section := "\n## Rules of a chapter\n\n" + strings.Repeat("The data steward reviews the **impact assessment** before each release, in line with `R-0421` and [[mini:A.2]]. ", 12) +
		"\n\n- One point\n- Another one\n\n| a | b | c |\n|---|---|---|\n" + strings.Repeat("| some text | more text in a cell | 12 |\n", 12)
	word, _ := edition(b, "-- organization/long.md --\n+++\nid = \"long\"\ntitle = \"Long\"\n+++\n"+strings.Repeat(section, 26))
	word.Files = fstest.MapFS{}
	measure(b, func() docx.Document { return word.Document(word.Workspace.Documents[0]) })
}

func measure(b *testing.B, make func() docx.Document) {
	start, n := time.Now(), 0
	for b.Loop() {
		var out bytes.Buffer
		if err := docx.Write(&out, make()); err != nil {
			b.Fatal(err)
		}
		b.SetBytes(int64(out.Len()))
		n++
	}
	b.ReportMetric(float64(n)/time.Since(start).Seconds(), "files/s")
}
