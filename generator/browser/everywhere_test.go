package browser_test

import (
	"bytes"
	"encoding/json"
	"net/url"
	"os"
	"os/exec"
	"path/filepath"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/chromedp/cdproto/emulation"
	"github.com/chromedp/chromedp"

	"annex/content"
	"annex/generator/sampling"
)

// window is a browser with one page, whichever the browser is.
type window interface {
	visit(address string)
	evaluate(script string) string // in the page; the value as text
	complaints() []string
}

// TestAPackInEveryBrowser opens a pack from disk as a certifier does, whose
// browser we do not choose: the start page leads to files that are there, the
// search finds, the sampling sheet draws by another seed, charts draw, and no page
// has an error.
func TestAPackInEveryBrowser(t *testing.T) {
	pack := unpacked(t, content.Example(), "certifier")
	notesErrors(t, pack)
	for name, open := range map[string]func(*testing.T) window{"chromium": chromiumWindow, "firefox": firefox, "webkit": webkit} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			r := reader{t, open(t), pack}
			r.open("index.html")
			r.leadsToFiles("exports/", "evidence/", "site/documents/", "README.txt")
			r.finds("release", "site/controls/validation-before-release.html")
			r.open("site/sampling.html")
			r.leadsToFiles("evidence/", "index.html")
			r.draws("it's 50 % ä")
			r.open("site/evidence.html")
			r.leadsToFiles("evidence/")
			r.showsRow("detection-exercise-2026-11")
			r.open("site/controls/validation-before-release.html")
			r.leadsToFiles("evidence/")
			r.open("site/index.html")
			r.until("the charts", `[...document.querySelectorAll("figure.chart")].every(f => f.querySelector(".drawing svg path"))`)
			r.open("site/print.html")
			r.leadsToFiles("evidence/")
			for _, said := range r.complaints() {
				t.Error(said)
			}
		})
	}
}

// TestAPackWithoutScripts opens the pages of a pack with scripts off: everything
// is there to read, to follow and to print.
func TestAPackWithoutScripts(t *testing.T) {
	pack := unpacked(t, content.Example(), "certifier")
	tab := open(t, chromium(t))
	tab.run(emulation.SetScriptExecutionDisabled(true))
	r := reader{t, tabWindow{tab}, pack}
	for name, says := range map[string][]string{
		"index.html":         {"Internal audit", "ISO/IEC 42001:2023", "Scope of the AI management system"},
		"site/sampling.html": {"ostermark 2026-11-24", "control:", "Conforms"},
		"site/print.html":    {"Contents", "Statement of Applicability", "Risks"},
	} {
		r.open(name)
		text := r.evaluate(`document.querySelector("main").innerText`)
		for _, want := range says {
			if !strings.Contains(text, want) {
				t.Errorf("%s does not say %q", name, want)
			}
		}
		r.leadsToFiles("evidence/")
	}
	r.pack = unpacked(t, content.Empty(), "") // the example prints on 326 sheets, which takes its time
	r.open("site/print.html")
	if pdf := tab.pdf(); bytes.Count(pdf, []byte("/Type /Page\n")) < 16 {
		t.Errorf("%d sheets for 16 chapters", bytes.Count(pdf, []byte("/Type /Page\n")))
	}
	tab.quiet("without scripts")
}

// notesErrors lets the first script of every page take note of errors and of
// broken policies, for browsers whose drivers do not tell.
func notesErrors(t *testing.T, pack string) {
	t.Helper()
	name := filepath.Join(pack, "site", "assets", "annex.js")
	script, err := os.ReadFile(name)
	if err != nil {
		t.Fatal(err)
	}
	const note = `window.noted=[];for(const e of["error","unhandledrejection","securitypolicyviolation"])addEventListener(e,x=>noted.push(e+": "+(x.message??x.reason??x.violatedDirective)));` + "\n"
	if err := os.WriteFile(name, append([]byte(note), script...), 0o644); err != nil {
		t.Fatal(err)
	}
}

// reader reads a pack in a window.
type reader struct {
	t *testing.T
	window
	pack string
}

func (r reader) open(name string) {
	r.t.Helper()
	r.visit((&url.URL{Scheme: "file", Path: filepath.Join(r.pack, filepath.FromSlash(name))}).String())
	if noted := r.evaluate(`JSON.stringify(window.noted ?? [])`); noted != "[]" {
		r.t.Errorf("%s: %s", name, noted)
	}
}

// until waits for something to be so.
func (r reader) until(what, script string) {
	r.t.Helper()
	for end := time.Now().Add(20 * time.Second); r.evaluate("String("+script+")") != "true"; time.Sleep(50 * time.Millisecond) {
		if time.Now().After(end) {
			r.t.Fatalf("waited in vain for %s", what)
		}
	}
}

// leadsToFiles holds every link of the page, as the browser understands it, to a
// file of the pack, and some of them to places that they have to reach.
func (r reader) leadsToFiles(to ...string) {
	r.t.Helper()
	var links []string
	if err := json.Unmarshal([]byte(r.evaluate(`JSON.stringify([...new Set([...document.links].map(a => a.href))])`)), &links); err != nil {
		r.t.Fatal(err)
	}
	reached := map[string]bool{}
	for _, link := range links {
		u, err := url.Parse(link)
		if err != nil {
			r.t.Errorf("%s: %v", link, err)
			continue
		}
		if u.Scheme != "file" {
			continue
		}
		name, err := filepath.Rel(r.pack, u.Path)
		if _, missing := os.Stat(u.Path); err != nil || missing != nil || strings.HasPrefix(name, "..") {
			r.t.Errorf("%s leads nowhere", link)
		}
		for _, want := range to {
			reached[want] = reached[want] || strings.HasPrefix(filepath.ToSlash(name), want)
		}
	}
	for _, want := range to {
		if !reached[want] {
			r.t.Errorf("no link leads to %s", want)
		}
	}
}

// showsRow follows a link to a row of a long table, and holds that the row stands
// whole below the head of the table, which stays where it is.
func (r reader) showsRow(id string) {
	r.t.Helper()
	r.evaluate(`(() => { location.hash = ` + quote(r.t, id) + `; return ""; })()`)
	r.until("the row "+id, `(() => {
		const row = document.querySelector("tr:target"), head = row?.closest("table").tHead.rows[0].cells[0];
		if (!row || !row.closest(".table-wrap").scrollTop) return false;
		const {top, bottom} = row.getBoundingClientRect();
		return top >= head.getBoundingClientRect().bottom && bottom <= innerHeight && row.contains(document.elementFromPoint(row.getBoundingClientRect().left + 20, top + 5));
	})()`)
}

// finds searches for a word and looks for a page among what was found.
func (r reader) finds(word, page string) {
	r.t.Helper()
	r.evaluate(`(() => { const i = document.querySelector(".search input"); i.value = ` + quote(r.t, word) + `; i.dispatchEvent(new Event("input", {bubbles: true})); return ""; })()`)
	r.until("the search", `document.querySelectorAll(".found a").length > 0`)
	if found := r.evaluate(`[...document.querySelectorAll(".found a")].map(a => a.href).join(" ")`); !strings.Contains(found, "/"+page) {
		r.t.Errorf("%q finds %s", word, found)
	}
}

// draws gives the sheet a seed of the auditor's own, and compares what it draws
// with what Go does.
func (r reader) draws(seed string) {
	r.t.Helper()
	const drawn = `JSON.stringify([...document.querySelectorAll("table[data-list=controls] tbody th code:first-of-type")].map(c => c.textContent))`
	r.until("the field for the seed", `!!document.querySelector("#draw input")`)
	before := r.evaluate(drawn)
	r.evaluate(`(() => { const i = document.querySelectorAll("#draw input"); i[0].value = ` + quote(r.t, seed) + `; i[1].value = 7; document.querySelector("#draw button").click(); return ""; })()`)
	var keys, got, want []string
	if err := json.Unmarshal([]byte(r.evaluate(`JSON.stringify(annexItems.controls.map(c => c.key))`)), &keys); err != nil {
		r.t.Fatal(err)
	}
	after := r.evaluate(drawn)
	if err := json.Unmarshal([]byte(after), &got); err != nil {
		r.t.Fatal(err)
	}
	for _, x := range sampling.Draw(seed, keys, 7) {
		want = append(want, keys[x.Index])
	}
	if len(keys) < 50 || !slices.Equal(got, want) || after == before {
		r.t.Errorf("of %d controls the sheet draws %q, Go %q", len(keys), got, want)
	}
	r.tells(seed, "printf '%s\\n%s' '"+strings.ReplaceAll(seed, "'", `'\''`)+"' '"+want[0]+"' | sha256sum", "Chosen by hand; 3 executions or pieces of evidence of each.")
	ruled := r.evaluate(`(() => { const i = document.querySelectorAll("#draw input"); i[0].value = "x"; i[1].value = document.querySelector("table[data-list=controls]").dataset.size; i[3].value = 2; document.querySelector("#draw button").click(); return document.querySelector("table[data-list=controls] tbody code").textContent; })()`)
	r.tells("x", `printf '%s\n%s' 'x' '`+ruled+"' | sha256sum", "The square root of how many there are, and three at least; 2 executions or pieces of evidence of each.")
}

// tells holds what the sheet says of how its sample was drawn.
func (r reader) tells(want ...string) {
	r.t.Helper()
	var said []string
	if err := json.Unmarshal([]byte(r.evaluate(`JSON.stringify(["seed", "check", "sizes"].map(id => document.getElementById(id).textContent))`)), &said); err != nil {
		r.t.Fatal(err)
	}
	if !slices.Equal(said, want) {
		r.t.Errorf("the sheet says %q, want %q", said, want)
	}
}

func quote(t *testing.T, text string) string {
	t.Helper()
	data, err := json.Marshal(text)
	if err != nil {
		t.Fatal(err)
	}
	return string(data)
}

// tabWindow is a page of Chromium as a window.
type tabWindow struct{ *tab }

func chromiumWindow(t *testing.T) window { return tabWindow{open(t, chromium(t))} }

func (w tabWindow) visit(address string) { w.run(chromedp.Navigate(address)) }

func (w tabWindow) evaluate(script string) (value string) {
	w.t.Helper()
	w.run(chromedp.Evaluate(script, &value))
	return value
}

func (w tabWindow) complaints() []string { return w.said }

// installed returns the path of a program, and ends the test where there is none.
func installed(t *testing.T, what, packages string, names ...string) string {
	t.Helper()
	for _, name := range names {
		if found, err := exec.LookPath(name); err == nil {
			return found
		}
	}
	absent(t, what, packages)
	return ""
}

// absent ends a test that a browser is missing for.
func absent(t *testing.T, what, packages string) {
	t.Helper()
	if os.Getenv("ANNEX_TEST_BROWSER") == "required" {
		t.Fatalf("%s is not there; run: %s", what, packages)
	}
	t.Skipf("%s is not there; run: %s", what, packages)
}

// started starts a program that ends with the test.
func started(t *testing.T, run *exec.Cmd) {
	t.Helper()
	if err := run.Start(); err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() {
		_ = run.Process.Signal(os.Interrupt)
		ended := time.AfterFunc(5*time.Second, func() { _ = run.Process.Kill() })
		defer ended.Stop()
		_ = run.Wait()
	})
}
