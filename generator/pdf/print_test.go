package pdf

import (
	"bytes"
	"encoding/base64"
	"fmt"
	"os"
	"os/user"
	"regexp"
	"slices"
	"strings"
	"sync"
	"testing"
	"time"

	reader "github.com/ledongthuc/pdf"
)

// pixel is a picture of one red pixel.
var pixel, _ = base64.StdEncoding.DecodeString("iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mP8z8BQDwAEhQGAhKmMIQAAAABJRU5ErkJggg==")

// small is a site whose pages have what pages have.
func small() site {
	return site{
		"index.html":      document(`<h1>First</h1><p>Words with <strong>strong</strong> and <em>stressed</em> ones: official classification.</p>`),
		"deep/other.html": strings.ReplaceAll(document(`<h1>Other</h1><img src="../a%20b.png" alt="A picture">`), `"assets/`, `"../assets/`),
		"a b.png":         string(pixel),
		"assets/a.css":    `@page { size: A4; margin: 18mm; } @page wide { size: A4 landscape; } .wide { page: wide } @media print { .screen { display: none } }`,
		"assets/a.js":     `document.body.append("written by the script"); addEventListener("beforeprint", () => document.body.append(", and before printing"));`,
		"long.html": document(`<h1>Long</h1><h2 id="one">Part one</h2><table><thead><tr><th scope="col">Head</th><th scope="col">Other</th></tr></thead><tbody>` +
			strings.Repeat(`<tr><th scope="row">row</th><td>cell</td></tr>`, 100) + `</tbody></table><h2 id="two">Part two</h2><h3>Below two</h3>`),
		"german.html": `<!doctype html><html lang="de-CH" data-title="Erklärung (Stand) · Überall"><head><title>x</title></head><body><h1>Erklärung</h1></body></html>`,
		"plain.html":  `<!doctype html><html lang="en"><head><title>A title (endobj) of its own</title></head><body><h1>x</h1></body></html>`,
		"bare.html":   `<h1>Bare</h1>`,
	}
}

// TestAPrintedPageSaysWhatItIs holds what programs read of a PDF: title, language,
// day, outline, structure.
func TestAPrintedPageSaysWhatItIs(t *testing.T) {
	p := opened(t, Options{File: small().file})
	long := printed(t, p, "long.html")
	said := poppler(t, long.Content, "pdfinfo", "-isodates")
	for _, want := range []string{
		`Title: +A page · An organization`, `Creator: +annex`, `CreationDate: +2031-02-03T00:00:00Z`, `ModDate: +2031-02-03T00:00:00Z`,
		`Tagged: +yes`, `JavaScript: +no`, `Form: +none`, `Encrypted: +no`, `Page size: +59[45]\.\d+ x 84[12]\.\d+ pts \(A4\)`, `Pages: +[3-9]`,
	} {
		if !regexp.MustCompile(`(?m)^` + want).MatchString(said) {
			t.Errorf("%s is not in\n%s", want, said)
		}
	}
	if long.Title != "A page · An organization" {
		t.Errorf("title %q", long.Title)
	}
	r := understood(t, long.Content)
	root := r.Trailer().Key("Root")
	if got := root.Key("Lang").Text(); got != "en" {
		t.Errorf("language %q", got)
	}
	if !root.Key("ViewerPreferences").Key("DisplayDocTitle").Bool() {
		t.Error("readers would show the name of the file and not the title")
	}
	if got, want := outline(r.Outline(), ""), "Long\n Part one\n Part two\n  Below two\n"; got != want {
		t.Errorf("outline\n%swant\n%s", got, want)
	}
	structure := poppler(t, long.Content, "pdfinfo", "-struct-text")
	for _, want := range []string{"H1 (block)", "H2 (block)", "H3 (block)", "Table (block)", "TR\n", "TH", "TD", `"Part one"`, `"cell"`} {
		if !strings.Contains(structure, want) {
			t.Errorf("the structure has no %s", want)
		}
	}
	if got := strings.Count(structure, `"cell"`); got != 100 {
		t.Errorf("the structure has %d of 100 cells", got)
	}
	if all := text(t, long.Content); strings.Count(all, "Head Other") < 3 {
		t.Error("the head of the table does not repeat on each sheet")
	}
}

func outline(o reader.Outline, indent string) (all string) {
	for _, c := range o.Child {
		all += indent + c.Title + "\n" + outline(c, indent+" ")
	}
	return all
}

// TestEmphasizedWordsAreReadAloud holds that the structure has names that readers
// of PDF 1.4 know: others are passed over with their words.
func TestEmphasizedWordsAreReadAloud(t *testing.T) {
	p := opened(t, Options{File: small().file})
	structure := poppler(t, printed(t, p, "index.html").Content, "pdfinfo", "-struct-text") // complains of unknown names
	for _, want := range []string{`"strong"`, `"stressed"`} {
		if !strings.Contains(structure, want) {
			t.Errorf("the structure has no %s:\n%s", want, structure)
		}
	}
}

// TestPicturesHaveWords holds that whatever the structure calls a figure has a text
// for who cannot see it.
func TestPicturesHaveWords(t *testing.T) {
	s := small()
	s["index.html"] = document(`<figure><figcaption>About it</figcaption><div role="img" aria-label="A drawing"><svg width="40" height="20"><text y="15">drawn</text></svg></div></figure><figure><img src="a%20b.png" alt="A pixel"></figure>`)
	r := understood(t, printed(t, opened(t, Options{File: s.file}), "index.html").Content)
	var alts []string
	var walk func(v reader.Value)
	walk = func(v reader.Value) {
		if v.Key("S").Name() == "Figure" {
			alts = append(alts, v.Key("Alt").Text())
		}
		k := v.Key("K")
		for i := range k.Len() {
			walk(k.Index(i))
		}
		if k.Kind() == reader.Dict {
			walk(k)
		}
	}
	walk(r.Trailer().Key("Root").Key("StructTreeRoot"))
	if want := []string{"A drawing", "A pixel"}; !slices.Equal(alts, want) {
		t.Errorf("%q, want %q", alts, want)
	}
}

// TestTitlesAndLanguages holds that they come from the page, whatever it has.
func TestTitlesAndLanguages(t *testing.T) {
	p := opened(t, Options{File: small().file})
	for path, want := range map[string]struct{ title, language string }{
		"german.html": {"Erklärung (Stand) · Überall", "de-CH"},
		"plain.html":  {"A title (endobj) of its own", "en"},
		"bare.html":   {"Bare", "en-US"}, // the browser's own
	} {
		got := printed(t, p, path)
		trailer := understood(t, got.Content).Trailer()
		if title := trailer.Key("Info").Key("Title").Text(); title != want.title || got.Title != want.title {
			t.Errorf("%s: title %q, %q", path, title, got.Title)
		}
		if language := trailer.Key("Root").Key("Lang").Text(); language != want.language {
			t.Errorf("%s: language %q", path, language)
		}
	}
}

// TestAPageHasItsFiles holds that styles, scripts and pictures are there, beside
// and above the page, under a strict policy too.
func TestAPageHasItsFiles(t *testing.T) {
	s := small()
	s["strict.html"] = strings.Replace(document(`<p class="screen">not on paper</p>`), "<head>", `<head><meta http-equiv="Content-Security-Policy" content="default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' data:; base-uri 'none'; form-action 'none'">`, 1)
	p := opened(t, Options{File: s.file})
	strict := printed(t, p, "strict.html")
	if got := text(t, strict.Content); got != "written by the script, and before printing" {
		t.Errorf("%q", got)
	}
	other := printed(t, p, "deep/other.html")
	if pictures := poppler(t, other.Content, "pdfimages", "-list"); strings.Count(pictures, "image") < 1 {
		t.Errorf("no picture:\n%s", pictures)
	}
	if len(strict.Refused)+len(other.Refused) > 0 {
		t.Errorf("refused %q, %q", strict.Refused, other.Refused)
	}
}

// TestWhatIsFoldedInIsPrinted holds that details are open, also those of which one
// is open at a time.
func TestWhatIsFoldedInIsPrinted(t *testing.T) {
	s := small()
	s["index.html"] = document(`<details name="x"><summary>S1</summary>inside one</details><details name="x"><summary>S2</summary>inside two<details><summary>S3</summary>inside three</details></details>`)
	got := text(t, printed(t, opened(t, Options{File: s.file}), "index.html").Content)
	for _, want := range []string{"inside one", "inside two", "inside three"} {
		if !strings.Contains(got, want) {
			t.Errorf("%s is not in %q", want, got)
		}
	}
}

// TestPagesArePrintedForLight holds that a dark theme is not printed, and that what
// follows from the width knows that of the sheet.
func TestPagesArePrintedForLight(t *testing.T) {
	s := small()
	s["assets/a.js"] = `
		const say = () => { document.querySelector("p").textContent = ["light", "dark"].filter((c) => matchMedia("(prefers-color-scheme: " + c + ")").matches) + " " + innerWidth + " " + matchMedia("print").matches; };
		say(); addEventListener("resize", say); matchMedia("print").addEventListener("change", say);`
	s["index.html"] = document(`<p></p>`)
	s["wide.html"] = strings.Replace(s["index.html"], "<body>", `<body class="wide">`, 1)
	for _, c := range []struct {
		paper             Paper
		upright, sideways string // what pages say
		a, b              string // sizes that pdfinfo says
	}{
		{A4, "light 657 true", "light 986 true", `Page size: +59[45]\.\d+ x 84[12]`, `Page size: +84[12]\.\d+ x 59[45]`},
		{Letter, "light 679 true", "light 919 true", `Page size: +612 x 792`, `Page size: +792 x 612`},
	} {
		p := opened(t, Options{File: s.file, Paper: c.paper})
		for path, want := range map[string][2]string{"index.html": {c.upright, c.a}, "wide.html": {c.sideways, c.b}} {
			got := printed(t, p, path).Content
			if said := text(t, got); said != want[0] {
				t.Errorf("paper %d, %s: %q, want %q", c.paper, path, said, want[0])
			}
			if size := poppler(t, got, "pdfinfo"); !regexp.MustCompile(want[1]).MatchString(size) {
				t.Errorf("paper %d, %s:\n%s", c.paper, path, size)
			}
		}
	}
}

// TestLinksThatWorkOnPaperStay holds that links within the page and to the web
// work, that others are their text alone, and that no address of ours is told.
func TestLinksThatWorkOnPaperStay(t *testing.T) {
	s := small()
	s["deep/other.html"] = document(`<h1 id="top-ä">Links</h1>
		<a href="#top-%C3%A4">within</a> <a href="other.html#top-%C3%A4">within by name</a> <a href="#nowhere">to nothing</a> <a href="#%zz">to nonsense</a>
		<a href="../index.html">next page</a> <a href="/">the root</a> <a href="file:///etc/passwd">a file</a> <a href="http://annex.invalid/index.html">our address</a>
		<a href="http://user@annex.invalid/x">with a name</a> <a href="javascript:alert(1)">a script</a> <a href="//annex.invalid:80/x">with a port</a>
		<a href="https://example.org/a?b=(c)">the web</a> <a href="mailto:a@example.org">a letter</a>
		<svg width="80" height="30"><a href="../index.html"><text y="15">drawn</text></a></svg>`)
	got := printed(t, opened(t, Options{File: s.file}), "deep/other.html")
	var within int
	var web []string
	r := understood(t, got.Content)
	for n := 1; n <= r.NumPage(); n++ {
		notes := r.Page(n).V.Key("Annots")
		for i := range notes.Len() {
			a := notes.Index(i)
			switch {
			case a.Key("A").Key("S").Name() == "URI":
				web = append(web, a.Key("A").Key("URI").RawString())
			case !a.Key("Dest").IsNull():
				within++
			default:
				t.Errorf("a link of another kind: %v", a)
			}
		}
	}
	if want := []string{"https://example.org/a?b=(c)", "mailto:a@example.org"}; within != 2 || !slices.Equal(slices.Compact(web), want) {
		t.Errorf("%d links within, to the web %q", within, web)
	}
	all := text(t, got.Content)
	for _, want := range []string{"within by name", "to nothing", "next page", "a file", "our address", "with a port", "a script", "drawn"} {
		if !strings.Contains(all, want) {
			t.Errorf("the text %q is gone", want)
		}
	}
	for _, leak := range []string{"annex.invalid", "file:", "passwd", "javascript"} {
		if bytes.Contains(got.Content, []byte(leak)) {
			t.Errorf("the PDF has %s", leak)
		}
	}
}

// TestTheSamePageGivesTheSameBytes prints it first and last, alone and among
// others, in this browser and in another.
func TestTheSamePageGivesTheSameBytes(t *testing.T) {
	s := small()
	p := opened(t, Options{File: s.file})
	first := map[string][]byte{}
	for _, path := range []string{"index.html", "long.html", "deep/other.html"} {
		first[path] = printed(t, p, path).Content
	}
	t.Setenv("TZ", "Asia/Kathmandu")
	t.Setenv("LC_ALL", "de_DE.UTF-8")
	for _, p := range []*Printer{p, opened(t, Options{File: s.file})} {
		var all sync.WaitGroup
		for range 2 {
			for path, want := range first {
				all.Go(func() {
					got, err := p.Print(t.Context(), path)
					if err != nil {
						t.Error(err)
					} else if !bytes.Equal(got.Content, want) {
						t.Errorf("%s: other bytes", path)
					}
				})
			}
		}
		all.Wait()
	}
}

// TestNothingOfTheMachineIsTold looks for its names and for today.
func TestNothingOfTheMachineIsTold(t *testing.T) {
	p := opened(t, Options{File: small().file})
	got := printed(t, p, "long.html").Content
	host, err := os.Hostname()
	if err != nil {
		t.Fatal(err)
	}
	words := []string{host, os.TempDir(), p.browser.folder, "annex.invalid", "about:blank", "Linux", time.Now().Format("D:2006"), fmt.Sprint(os.Getpid()) + " "}
	if u, err := user.Current(); err == nil && u.Username != "root" { // "root" is a word of PDF
		words = append(words, u.Username)
	}
	for _, w := range words {
		if bytes.Contains(got, []byte(w)) {
			t.Errorf("the PDF has %q", w)
		}
	}
}
