package preview_test

import (
	"context"
	"encoding/json"
	"fmt"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"github.com/chromedp/cdproto/emulation"
	"github.com/chromedp/cdproto/runtime"
	"github.com/chromedp/chromedp"
	"github.com/chromedp/chromedp/kb"
)

// testPagesOfThePreview opens pages of many kinds as the preview serves them:
// charts draw, search finds, the console stays empty and no policy is broken.
func testPagesOfThePreview(t *testing.T, browser context.Context) {
	w := example(t)
	s := start(t, w.dir, 0)
	x := open(t, browser, s.address)
	for _, name := range []string{
		"", "next.html", "soa/iso-42001.html", "frameworks/iso-42001/index.html", "frameworks/iso-42001/a-6-2-4.html",
		"controls/index.html", "documents/index.html", documentPage, "systems/health-pricing.html",
		"projects/ostermark.html", "risks.html", "objectives.html", "evidence.html", "matrices/traceability.html", "trend.html", "about.html",
	} {
		x.visit(name)
		x.is(`[...document.querySelectorAll("figure.chart")].filter(f => !f.querySelector(".drawing svg path")).length`, 0.0)
		x.is(`!!document.querySelector('script[src$="client.js"]')`, true)
	}
	x.run(chromedp.Focus("header.top input"), chromedp.KeyEvent("verification release"), chromedp.WaitVisible(".found a"))
	x.run(chromedp.KeyEvent(kb.Enter))
	x.until(`location.pathname.startsWith("/controls/") && document.readyState === "complete"`)
	x.quiet()
}

// looks are the windows in which pages are looked at.
var windows = []struct {
	name          string
	width, height int64
	scheme        string
}{
	{"wide", 1280, 800, "light"},
	{"wide-dark", 1280, 800, "dark"},
	{"narrow", 320, 640, "light"},
	{"narrow-dark", 320, 640, "dark"},
}

// testLookOfProblems looks at what the preview adds to pages, wide and narrow,
// light and dark: axe finds nothing, nothing is wider than the window, and most of
// the site stays in sight. On paper there is nothing of it.
func testLookOfProblems(t *testing.T, browser context.Context) {
	axe, err := os.ReadFile("../../themes/node_modules/axe-core/axe.min.js")
	if err != nil {
		t.Skip("axe is not there; run: go generate ./themes")
	}
	w := example(t)
	s := start(t, w.dir, 0)
	x := open(t, browser, s.address)
	clear := func() {
		for _, name := range []string{wrong, long} {
			_ = os.Remove(w.path(name))
		}
		x.until(mended)
	}
	look := func(t *testing.T, name string) {
		x := x.as(t)
		x.run(chromedp.Evaluate(string(axe), nil))
		for _, v := range windows {
			x.run(
				emulation.SetDeviceMetricsOverride(v.width, v.height, 1, v.width < 600),
				emulation.SetEmulatedMedia().WithFeatures([]*emulation.MediaFeature{{Name: "prefers-color-scheme", Value: v.scheme}}),
				chromedp.Sleep(50*time.Millisecond),
			)
			x.picture(name + "-" + v.name)
			x.is(`document.documentElement.scrollWidth`, float64(v.width))
			x.is(`(document.querySelector(".annex-problems")?.offsetHeight ?? 0) <= innerHeight / 2`, true)
			x.is(`[...document.querySelectorAll(".annex-problems button, .annex-put-away")].every((b) => b.offsetHeight >= 44 && b.offsetWidth >= 44)`, true)
			if name != "eight" && v.name != "wide" && v.name != "narrow-dark" {
				continue // the colours and sizes are those of all lists
			}
			for _, violation := range x.violations() {
				t.Errorf("%s: axe: %s", v.name, violation)
			}
		}
		x.run(emulation.SetEmulatedMedia().WithMedia("print"))
		x.is(`[...document.querySelectorAll(".annex-problems, .annex-put-away, .annex-lost")].every((e) => !e.checkVisibility())`, true)
		x.run(emulation.SetEmulatedMedia(), emulation.SetDeviceMetricsOverride(1280, 800, 1, false))
	}
	x.visit(documentPage)
	for _, of := range []struct {
		name string
		do   func()
	}{
		{"one", func() { w.broken(wrong, "iso-42001:A.6.2.99") }},
		{"eight", func() { w.write(wrong, eight()) }},
		{"long line", func() {
			w.write(wrong, "[[control]]\nid = \"broken\"\ntitle = \"Broken\"\nstatus = \"planned\"\nsatisfies = ["+strings.Repeat("\"iso-42001:A.2.2\", ", 300)+"\"iso-42001:A.2.99\""+strings.Repeat(", \"iso-42001:A.2.2\"", 300)+"]\n")
		}},
		{"long path", func() { w.broken(long, "iso-42001:A.6.2.99") }},
	} {
		t.Run(of.name, func(t *testing.T) {
			of.do()
			x.as(t).until(shown)
			look(t, strings.ReplaceAll(of.name, " ", "-"))
			clear()
		})
	}
	t.Run("machine", func(t *testing.T) {
		moved := w.dir + "-moved"
		if err := os.Rename(w.dir, moved); err != nil {
			t.Fatal(err)
		}
		x.as(t).until(shown)
		look(t, "machine")
		if err := os.Rename(moved, w.dir); err != nil {
			t.Fatal(err)
		}
		x.as(t).until(mended)
	})
	t.Run("put away", func(t *testing.T) {
		x := x.as(t)
		w.broken(wrong, "iso-42001:A.6.2.99")
		x.until(shown)
		x.run(chromedp.KeyEvent(kb.Escape))
		x.until(hidden)
		look(t, "away")
		clear()
	})
	t.Run("keyboard", func(t *testing.T) {
		x := x.as(t)
		x.visit("roles.html")
		w.write(wrong, eight())
		x.until(shown)
		x.run(chromedp.KeyEvent(kb.Tab))
		x.is(`document.activeElement.textContent`, "Hide")
		x.is(`getComputedStyle(document.activeElement).outlineWidth`, "3px")
		x.picture("keyboard")
		x.run(chromedp.Focus("main td a"), chromedp.KeyEvent(kb.Escape)) // from wherever one is
		x.until(hidden)
		x.run(chromedp.KeyEvent(kb.Tab))
		x.is(`document.activeElement.closest("main") !== null`, true) // the focus stays where it was
		clear()
		// Esc in a field is for the field.
		x.visit(soaPage)
		w.broken(wrong, "iso-42001:A.6.2.99")
		x.until(shown)
		x.run(chromedp.SendKeys("main .filter input[type=search]", "excluded"), chromedp.KeyEvent(kb.Escape))
		x.is(`document.querySelector("main .filter input").value`, "")
		x.is(shown, true)
		// Nothing is hidden behind the list for good.
		x.run(chromedp.Evaluate(`scrollTo(0, document.documentElement.scrollHeight)`, nil))
		x.is(`document.querySelector("footer.bottom").getBoundingClientRect().bottom <= document.querySelector(".annex-problems").getBoundingClientRect().top`, true)
		clear()
	})
	t.Run("notice", func(t *testing.T) {
		x := x.as(t)
		x.visit("no/such/page.html")
		look(t, "notice")
		w.broken(wrong, "iso-42001:A.6.2.99")
		x.until(shown)
		look(t, "notice-problems")
		x.quietly()
	})
	t.Run("no site", func(t *testing.T) {
		other := example(t)
		other.broken(wrong, "iso-42001:A.6.2.99")
		y := open(t, browser, start(t, other.dir, 0).address)
		y.visit("")
		y.until(shown)
		x = y
		look(t, "no-site")
	})
	t.Run("no server", func(t *testing.T) {
		other := example(t)
		s := start(t, other.dir, 0)
		y := open(t, browser, s.address)
		y.visit("roles.html")
		s.stop()
		y.until(`!!document.querySelector(".annex-lost")`)
		x = y
		look(t, "lost")
	})
}

const long = "systems/claims-triage/a-folder-with-a-long-name-that-somebody-chose/another-folder-with-a-long-name-in-it/and-a-file-that-is-called-like-the-heading-of-its-first-record.toml"

// eight returns records with eight mistakes.
func eight() string {
	var b strings.Builder
	for i := range 8 {
		fmt.Fprintf(&b, "[[control]]\nid = \"broken-%d\"\ntitle = \"Broken %d\"\nsatisfies = [\"iso-42001:A.6.2.%d\"]\nstatus = \"planned\"\n\n", i, i, 90+i)
	}
	return b.String()
}

// violations runs axe and returns what it finds.
func (x *tab) violations() []string {
	x.t.Helper()
	var result string
	x.run(chromedp.Evaluate(`axe.run({preload: false}).then(r => JSON.stringify(r.violations.map(v => v.id + ": " + v.help + ": " + v.nodes.slice(0, 3).map(n => n.html.slice(0, 160)).join(" | "))))`,
		&result, func(p *runtime.EvaluateParams) *runtime.EvaluateParams { return p.WithAwaitPromise(true) }))
	var list []string
	if err := json.Unmarshal([]byte(result), &list); err != nil {
		x.t.Fatal(err)
	}
	return list
}

// picture takes a picture of the window when -screenshots asks for it.
func (x *tab) picture(name string) {
	x.t.Helper()
	if *screenshots == "" {
		return
	}
	var data []byte
	x.run(chromedp.CaptureScreenshot(&data))
	if err := os.MkdirAll(*screenshots, 0o755); err != nil {
		x.t.Fatal(err)
	}
	if err := os.WriteFile(filepath.Join(*screenshots, name+".png"), data, 0o644); err != nil {
		x.t.Fatal(err)
	}
}
