package render_test

import (
	"bytes"
	"fmt"
	"strings"
	"testing"
	"testing/fstest"

	"annex/generator/aims"
	"annex/generator/audience"
	"annex/generator/render"
	"annex/generator/sample"
)

func write(t *testing.T, p render.Page) string {
	t.Helper()
	var b bytes.Buffer
	if err := p.Write(&b); err != nil {
		t.Fatalf("%s: %v", p.Path, err)
	}
	return b.String()
}

func first(t *testing.T, site *render.Site) string {
	t.Helper()
	p, ok := site.StartPage()
	if !ok || p.Path != "index.html" {
		t.Fatalf("the start page is %q, %v", p.Path, ok)
	}
	return write(t, p)
}

const shelves = `
[[control]]
id = "backups"
title = "Backups"
status = "implemented"
owner = "lead"
[[control.execution]]
on = 2026-05-12
result = "effective"
evidence = ["both"]
[[control]]
id = "alarms"
title = "Alarms"
status = "implemented"
[[evidence]]
id = "both"
title = "Test of\talarms and backups"
file = "evidence/a/report.txt"
effective = 2026-05-12
controls = ["alarms"]
[[evidence]]
id = "later"
title = "Later test"
file = "evidence/b/Report.txt"
effective = 2026-06-12
expires = 2026-07-12
controls = ["alarms"]
classification = "restricted"
[[evidence]]
id = "list"
title = "List"
file = "evidence/contents.txt"
effective = 2026-06-01
controls = ["alarms"]
classification = "internal"
[[evidence]]
id = "alone"
title = "Alone"
file = "evidence/alone.txt"
effective = 2026-06-12
[[evidence]]
id = "seen"
title = "Seen on the spot"
note = "Kept in\nthe safe."
effective = 2026-06-12
controls = ["backups"]
-- organization/evidence/a/report.txt --
one
-- organization/evidence/b/Report.txt --
two
-- organization/evidence/contents.txt --
three
-- organization/evidence/alone.txt --
four
-- organization/documents/text.md --
+++
id = "text"
title = "Text"
kind = "record"
status = "draft"
+++
Look at [the report](../evidence/a/report.txt).
`

// TestPlacesOfEvidence holds that a file lies once, under the first control that
// it serves, under a name that no other has on a system that tells no case apart.
func TestPlacesOfEvidence(t *testing.T) {
	site := siteOf(t, sample.Load(t, shelves), &render.Pack{})
	var got []string
	for _, f := range site.Evidence() {
		ids, controls := []string{}, []string{}
		for _, e := range f.Evidence {
			ids = append(ids, e.ID)
		}
		for _, c := range f.Controls {
			controls = append(controls, c.ID)
		}
		got = append(got, fmt.Sprintf("%s < %s %v %v %s", f.To, strings.TrimPrefix(f.From, "organization/"), ids, controls, f.Classification))
	}
	want := []string{
		"evidence/alarms/Report-later.txt < evidence/b/Report.txt [later] [alarms] restricted",
		"evidence/alarms/contents-list.txt < evidence/contents.txt [list] [alarms] internal",
		"evidence/alarms/report.txt < evidence/a/report.txt [both] [alarms backups] confidential",
		"evidence/other/alone.txt < evidence/alone.txt [alone] [] confidential",
	}
	if strings.Join(got, "\n") != strings.Join(want, "\n") {
		t.Errorf("got\n%s\nwant\n%s", strings.Join(got, "\n"), strings.Join(want, "\n"))
	}
	for c := range site.Copies() {
		if strings.Contains(c.From, "evidence") {
			t.Errorf("the site has a copy of %s", c.From)
		}
	}
	pages := pagesOf(t, site)
	for path, link := range map[string]string{
		"evidence.html":       `href="../evidence/alarms/Report-later.txt"`,
		"documents/text.html": `href="../../evidence/alarms/report.txt"`,
	} {
		if !strings.Contains(pages[path], link) {
			t.Errorf("%s has no %s", path, link)
		}
	}
}

// TestContentsOfTheFoldersOfEvidence holds what stands in each folder's index.
func TestContentsOfTheFoldersOfEvidence(t *testing.T) {
	got := map[string]string{}
	for _, p := range siteOf(t, sample.Load(t, shelves), &render.Pack{}).EvidenceContents() {
		got[p.Path] = write(t, p)
	}
	for path, want := range map[string][]string{
		"evidence/backups/CONTENTS.txt": {"Backups\n\nControl: backups\nOwner: Lead\nAs of: 24 Nov 2026\nEvidence: 2\n", "Seen on the spot\n", "   Note: Kept in the safe.\n", "Test of alarms and backups\n", "   File: evidence/alarms/report.txt, 4 B\n   SHA-256: 2c8b08da5ce60398e1f19af0e5dccc744df274b826abe585eaba68c525434806\n"},
		"evidence/alarms/CONTENTS.txt":  {"Owner: None\n", "1. Later test\n   Id: later\n   Classification: Restricted\n   Owner: None\n   Effective: 12 Jun 2026\n   Expires: 12 Jul 2026\n   Status: Expired\n   File: Report-later.txt, 4 B\n", "   File: report.txt, 4 B\n"},
		"evidence/other/CONTENTS.txt":   {"Evidence that shows no control\n", "1. Alone\n"},
	} {
		for _, part := range want {
			if !strings.Contains(got[path], part) {
				t.Errorf("%s does not hold %q:\n%s", path, part, got[path])
			}
		}
	}
	if len(got) != 3 {
		t.Errorf("%d folders have contents", len(got))
	}
}

// TestWithheldEvidenceShowsAsWithheld looks at a pack as an audience gets it.
func TestWithheldEvidenceShowsAsWithheld(t *testing.T) {
	w := sample.Load(t, shelves+"-- annex.toml --\nframeworks = [\"mini\"]\n[organization]\nname = \"Sample Ltd\"\n[site]\nclassification = \"internal\"\n[[audience]]\nid = \"guest\"\nceiling = \"confidential\"\nevidence = true\ndrafts = true\n")
	site := siteOf(t, audience.For(w, w.Audience("guest")), &render.Pack{})
	for _, f := range site.Evidence() {
		if f.Classification.Above(aims.Confidential) || strings.Contains(f.To, "later") {
			t.Errorf("%s goes along", f.To)
		}
	}
	contents := ""
	for _, p := range site.EvidenceContents() {
		contents += write(t, p)
	}
	if !strings.Contains(contents, "1. Withheld (restricted)\n   Effective: 12 Jun 2026\n   Expires: 12 Jul 2026\n   Status: Expired\n   File: Withheld\n") || strings.Contains(contents, "Later") {
		t.Errorf("contents:\n%s", contents)
	}
}

// TestTheStartPageSaysWhatIsMissing holds that a step without records says so, and
// that one with records leads to them.
func TestTheStartPageSaysWhatIsMissing(t *testing.T) {
	page := first(t, siteOf(t, sample.Load(t, "[[risk]]\nid = \"r\"\ntitle = \"Risk\"\n"), &render.Pack{Exports: []string{"exports/soa.pdf"}}))
	if n := strings.Count(page, "Nothing is recorded"); n != 13 { // of 16: roles, the statement and risks are there
		t.Errorf("nothing is recorded for %d steps", n)
	}
	for _, part := range []string{
		`href="site/risks.html">Risks (1)</a>`, `href="site/roles.html">Roles (1)</a>`, `href="exports/soa.pdf"`, `href="README.txt"`, `href="MANIFEST.sha256"`,
		`href="site/sampling.html"`, `href="site/assets/annex.css"`, `data-root="site/"`, `<a href="index.html" aria-current="true">Start page</a>`, "No standard in use has a clause for it.",
	} {
		if !strings.Contains(page, part) {
			t.Errorf("the start page has no %s", part)
		}
	}
}

// TestTheStartPageSaysHowToVerify holds the commands for each system, and that the
// pack before is named where there is one.
func TestTheStartPageSaysHowToVerify(t *testing.T) {
	w := sample.Load(t, shelves)
	for before, said := range map[string]int{"": 0, strings.Repeat("ab", 32): 1} {
		page := first(t, siteOf(t, w, &render.Pack{Before: before}))
		for part, n := range map[string]int{
			"<code>sha256sum -c MANIFEST.sha256</code>": 1, "<code>shasum -a 256 -c MANIFEST.sha256</code>": 1,
			"The pack before this one has the digest": said, "<code>" + strings.Repeat("ab", 32) + "</code>": said,
		} {
			if got := strings.Count(page, part); got != n {
				t.Errorf("before %q: %q stands %d times, want %d", before, part, got, n)
			}
		}
	}
}

// TestOnlyAPackHasThePagesOfOne holds that a site by itself is as it always was.
func TestOnlyAPackHasThePagesOfOne(t *testing.T) {
	w := sample.Load(t, shelves)
	alone, packed := siteOf(t, w, nil), siteOf(t, w, &render.Pack{})
	if _, ok := alone.StartPage(); ok || alone.Evidence() != nil || alone.EvidenceContents() != nil {
		t.Error("a site by itself has a start page or evidence beside it")
	}
	in := func(site *render.Site) map[string]bool {
		paths := map[string]bool{}
		for p := range site.Pages() {
			paths[p.Path] = true
		}
		return paths
	}
	before, after := in(alone), in(packed)
	for path := range before {
		if !after[path] {
			t.Errorf("the pack has no %s", path)
		}
	}
	for _, path := range []string{"sampling.html", "sampling/items.js", "print.html"} {
		if before[path] || !after[path] {
			t.Errorf("%s: by itself %v, in a pack %v", path, before[path], after[path])
		}
	}
	for path, page := range pagesOf(t, alone) {
		if strings.Contains(page, "Sampling") || strings.Contains(page, "Start page") {
			t.Errorf("%s speaks of a pack", path)
		}
	}
}

// TestTheSeedOfASheet holds which seed draws: that of the command, or one of
// organization and day.
func TestTheSeedOfASheet(t *testing.T) {
	for seed, want := range map[string]string{"": "sample 2026-11-24", "it's <mine>": "it&#39;s &lt;mine&gt;"} {
		page := pagesOf(t, siteOf(t, sample.Load(t, shelves), &render.Pack{Seed: seed}))["sampling.html"]
		if !strings.Contains(page, `<code id="seed">`+want+`</code>`) {
			t.Errorf("the seed is not %s\n%s", want, main(page))
		}
	}
}

// TestMuchIsPrintedInChapters makes a workspace of more documents than one page to
// print holds.
func TestMuchIsPrintedInChapters(t *testing.T) {
	files := sample.Files("")
	for i := range 260 {
		files[fmt.Sprintf("organization/documents/d%03d.md", i)] = &fstest.MapFile{Data: fmt.Appendf(nil, "+++\nid = \"d%03d\"\ntitle = \"Document %d\"\nkind = \"record\"\nstatus = \"draft\"\n+++\nWhat it says. See [[d%03d]].\n", i, i, 259-i)}
	}
	pages := pagesOf(t, siteOf(t, sample.LoadFiles(t, files), &render.Pack{}))
	texts := 0
	for path, page := range pages {
		if strings.HasPrefix(path, "print-") {
			texts += strings.Count(page, "What it says.")
		}
	}
	if texts != 260 || strings.Contains(pages["print.html"], "What it says.") {
		t.Errorf("%d of 260 documents are printed in chapters", texts)
	}
	// Document 0 leads to document 259, which stands on the second page of the chapter.
	if page := pages["print-documents.html"]; !strings.Contains(page, `<a href="print-documents-2.html#s`) || !strings.Contains(pages["print.html"], `<a href="print-documents-2.html#s`) {
		t.Error("no link leads from one page to print to another")
	}
}

// TestEvidenceLeadsToItsFile holds that pages that list evidence lead to its file
// too, in a site by itself and in a pack, whatever signs the name of the file has.
func TestEvidenceLeadsToItsFile(t *testing.T) {
	w := sample.Load(t, `
[[control]]
id = "backups"
title = "Backups"
status = "implemented"
implemented_on = 2026-01-12
satisfies = ["mini:A.1"]
[[control.execution]]
on = 2026-05-12
result = "effective"
evidence = ["named", "seen"]
[[evidence]]
id = "named"
title = "Test \"one\""
file = "evidence/100% #1.txt"
effective = 2026-05-12
[[evidence]]
id = "seen"
title = "Seen"
note = "On the spot."
effective = 2026-05-12
-- organization/evidence/100% #1.txt --
one
`)
	for name, c := range map[string]struct {
		site *render.Site
		file string
	}{
		"alone":  {siteOf(t, w, nil), "evidence/named/100%25%20%231.txt"},
		"a pack": {siteOf(t, w, &render.Pack{}), "../evidence/backups/100%25%20%231.txt"},
	} {
		pages := pagesOf(t, c.site)
		behind := `href="../evidence.html#named">Test &#34;one&#34;</a> <a class="file" href="../` + c.file + `" aria-label="File: Test &#34;one&#34;">File</a>`
		for path, want := range map[string]string{
			"controls/backups.html":    behind,
			"frameworks/mini/a-1.html": strings.ReplaceAll(behind, `href="../`, `href="../../`),
			"evidence.html":            `<div class="source"><a class="file" href="` + c.file + `">File</a>, 4 B</div></th>`,
		} {
			if !strings.Contains(pages[path], want) {
				t.Errorf("%s, %s has no %s\n%s", name, path, want, main(pages[path]))
			}
		}
		if n := strings.Count(pages["controls/backups.html"], `class="file"`); n != 2 {
			t.Errorf("%s: the control leads to %d files, want one for where it runs and one for what was done", name, n)
		}
	}
}
