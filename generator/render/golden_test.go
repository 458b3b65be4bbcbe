package render_test

import (
	"bytes"
	"flag"
	"os"
	"path/filepath"
	"regexp"
	"slices"
	"strings"
	"testing"

	"golang.org/x/tools/txtar"

	"annex/generator/aims"
	"annex/generator/check"
	"annex/generator/integration"
	"annex/generator/matrix"
	"annex/generator/readiness"
	"annex/generator/render"
	"annex/generator/sample"
	"annex/generator/soa"
	"annex/generator/theme"
	"annex/themes"
)

var update = flag.Bool("update", false, "write what pages are into the golden files")

// made renders the site of a sample and returns its pages.
func made(t *testing.T, text string) map[string]string {
	t.Helper()
	return pagesOf(t, siteOf(t, sample.Load(t, text), nil))
}

// siteOf prepares the site of a sample, as a part of a pack if there is one.
func siteOf(t *testing.T, w *aims.Workspace, pack *render.Pack) *render.Site {
	t.Helper()
	report := readiness.Assess(w, w.Organizations()[0], sample.Day())
	look, err := theme.New(themes.Default(), nil)
	if err != nil {
		t.Fatal(err)
	}
	site, err := render.New(render.Input{
		Parts: []render.Part{{
			Report: report, Statements: soa.All(report), Matrices: matrix.All(report),
			Integration: integration.Derive(report), Issues: check.Run(report),
		}},
		AsOf: sample.Day(), Theme: look, Version: "test", Pack: pack,
	})
	if err != nil {
		t.Fatal(err)
	}
	return site
}

// pagesOf makes the pages of a site.
func pagesOf(t *testing.T, site *render.Site) map[string]string {
	t.Helper()
	pages := map[string]string{}
	for p := range site.Pages() {
		if filepath.Ext(p.Path) != ".html" {
			continue
		}
		var b bytes.Buffer
		if err := p.Write(&b); err != nil {
			t.Fatal(err)
		}
		if _, twice := pages[p.Path]; twice {
			t.Errorf("%s is made twice", p.Path)
		}
		pages[p.Path] = b.String()
	}
	return pages
}

// What package chart pins is left out.
var (
	icons   = regexp.MustCompile(`<svg class="icon".*?</svg>`)
	options = regexp.MustCompile(`data-option="[^"]*"`)
)

// main returns what stands in the main part of a page, one element a line.
func main(page string) string {
	_, rest, _ := strings.Cut(page, "<main id=\"_main\">\n")
	rest, _, _ = strings.Cut(rest, "\n</main>")
	rest = icons.ReplaceAllString(rest, "<svg/>")
	rest = options.ReplaceAllString(rest, `data-option="…"`)
	for _, tag := range []string{"<tr", "<td", "<th", "<li", "<dt", "<h2", "<p>", "</table>"} {
		rest = strings.ReplaceAll(rest, tag, "\n"+tag)
	}
	var lines []string
	for line := range strings.Lines(rest) {
		if line = strings.TrimSpace(line); line != "" {
			lines = append(lines, line)
		}
	}
	return strings.Join(lines, "\n") + "\n"
}

// TestGoldenPages renders the workspaces of testdata and compares the pages
// named in each file. A file holds a sample, then a section for each page,
// "want: PATH", with what stands in the main part. With -update, pages that are
// named are written anew.
func TestGoldenPages(t *testing.T) {
	files, err := filepath.Glob("testdata/*.txtar")
	if err != nil || len(files) == 0 {
		t.Fatalf("no golden files: %v", err)
	}
	for _, name := range files {
		t.Run(strings.TrimSuffix(filepath.Base(name), ".txtar"), func(t *testing.T) {
			archive, err := txtar.ParseFile(name)
			if err != nil {
				t.Fatal(err)
			}
			_, records, _ := bytes.Cut(archive.Comment, []byte("\n\n")) // behind the line that says what it shows
			input := &txtar.Archive{Comment: records}
			for _, f := range archive.Files {
				if !strings.HasPrefix(f.Name, "want: ") {
					input.Files = append(input.Files, f)
				}
			}
			pages := made(t, string(txtar.Format(input)))
			changed := false
			for i, f := range archive.Files {
				path, ok := strings.CutPrefix(f.Name, "want: ")
				if !ok {
					continue
				}
				page, ok := pages[path]
				if !ok {
					t.Errorf("there is no page %s", path)
					continue
				}
				got := main(page)
				if got == string(f.Data) {
					continue
				}
				if *update {
					archive.Files[i].Data, changed = []byte(got), true
					continue
				}
				t.Errorf("%s is not as it was; if it was meant, run: go test ./generator/render -update\n%s", path, difference(string(f.Data), got))
			}
			if changed {
				if err := os.WriteFile(name, txtar.Format(archive), 0o644); err != nil {
					t.Fatal(err)
				}
			}
		})
	}
}

// difference returns the lines that are in one text only.
func difference(want, got string) string {
	a, b := strings.Split(want, "\n"), strings.Split(got, "\n")
	var out strings.Builder
	for _, line := range a {
		if !slices.Contains(b, line) {
			out.WriteString("- " + line + "\n")
		}
	}
	for _, line := range b {
		if !slices.Contains(a, line) {
			out.WriteString("+ " + line + "\n")
		}
	}
	return out.String()
}

// TestTheShellMarksTheSection holds head, navigation and foot of pages at every
// depth.
func TestTheShellMarksTheSection(t *testing.T) {
	pages := made(t, "[[control]]\nid = \"a\"\ntitle = \"A <b> & \\\"c\\\"\"\nstatus = \"planned\"\nclassification = \"restricted\"\n")
	for path, want := range map[string][]string{
		"index.html":                {`data-running="Readiness · Sample Ltd · Internal · as of 24 Nov 2026"`, `<p class="running">Readiness · Sample Ltd · Internal · as of <time datetime="2026-11-24">24 Nov 2026</time></p>`, `<title>Readiness · Sample Ltd</title>`, `href="assets/annex.css"`, `<a href="index.html" aria-current="true">Readiness</a>`, `<span class="class">Internal</span>`},
		"controls/a.html":           {`data-running="A &lt;b&gt; &amp; &#34;c&#34; · Sample Ltd · Restricted · as of 24 Nov 2026"`, `<title>A &lt;b&gt; &amp; &#34;c&#34; · Sample Ltd</title>`, `href="../assets/annex.css"`, `<a href="../controls/index.html" aria-current="true">Controls</a>`, `<span class="class">Restricted</span>`},
		"frameworks/mini/a-10.html": {`<title>A.10 Tenth control · Sample Ltd</title>`, `href="../../assets/annex.css"`, `<a href="../../frameworks/mini/index.html" aria-current="true">Mini standard</a>`},
	} {
		for _, part := range want {
			if !strings.Contains(pages[path], part) {
				t.Errorf("%s has no %s\n%.1500s", path, part, pages[path])
			}
		}
	}
}

// TestHostileTextsStayText puts mark-up into every kind of field.
func TestHostileTextsStayText(t *testing.T) {
	const evil = `\"><script>alert(1)</script><img src=x onerror=alert(1)>{{.}}'`
	record := func(kind, rest string) string {
		return "[[" + kind + "]]\nid = \"x\"\ntitle = \"" + evil + "\"\n" + rest + "\n"
	}
	pages := made(t, record("control", "status = \"implemented\"\nsatisfies = [\"mini:A.1\"]\nrisks = [\"x\"]")+
		record("evidence", "effective = 2026-01-01\nnote = \""+evil+"\"\ncontrols = [\"x\"]")+
		record("risk", "likelihood = 5\nimpact = 5")+record("objective", "measure = \""+evil+"\"\nunit = \""+evil+"\"\n[[objective.measurement]]\non = 2026-01-01\nvalue = 1\n[[objective.measurement]]\non = 2026-02-01\nvalue = 2")+
		record("role", "person = \""+evil+"\"")+record("party", "how = \""+evil+"\"")+
		record("audit", "auditor = \""+evil+"\"")+record("finding", "grade = \"major\"\nraised = 2026-01-01\ncause = \""+evil+"\"")+
		record("review", "held_on = 2026-01-01\n[[review.decision]]\ntext = \""+evil+"\"")+
		"[[decision]]\nrequirement = \"mini:A.1\"\napplicable = true\nreasons = [\"policy\"]\njustification = \""+evil+"\"\n")
	for path, page := range pages {
		for _, bad := range []string{"<script>alert", "<img src=x", "onerror=alert(1)>{"} {
			if strings.Contains(page, bad) {
				t.Errorf("%s holds %s", path, bad)
			}
		}
	}
}
