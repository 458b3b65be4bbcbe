package browser_test

import (
	"context"
	"encoding/json"
	"flag"
	"fmt"
	"net/url"
	"os"
	"os/exec"
	"path/filepath"
	"slices"
	"strings"
	"sync"
	"testing"
	"time"

	"github.com/chromedp/cdproto/cdp"
	"github.com/chromedp/cdproto/emulation"
	"github.com/chromedp/cdproto/log"
	"github.com/chromedp/cdproto/network"
	"github.com/chromedp/cdproto/page"
	"github.com/chromedp/cdproto/runtime"
	"github.com/chromedp/chromedp"

	"annex/content"
	"annex/generator/sample"
)

var screenshots = flag.String("screenshots", "", "folder that the browser test puts pictures of all pages into")

// kinds is one page of each kind of the example's site.
var kinds = []string{
	"index.html", "next.html", "soa/iso-42001.html", "frameworks/iso-42001/index.html",
	"frameworks/iso-42001/a-6-2-4.html", "frameworks/iso-42001/6-1-3.html",
	"controls/index.html", "controls/validation-before-release.html",
	"documents/index.html", "documents/ai-risk-procedure.html",
	"systems/index.html", "systems/health-pricing.html", "documents/impact-health-pricing.html",
	"projects/index.html", "projects/ostermark.html", "projects/health-pricing.html",
	"integrated.html", "frameworks/index.html", "frameworks/eu-ai-act/index.html", "frameworks/eu-ai-act/art-26.html", "frameworks/eu-ai-act/art-50.html", "frameworks/eu-ai-act/timeline.html",
	"soa/index.html", "soa/iso-27001.html",
	"risks.html", "objectives.html", "evidence.html", "audits/index.html", "audits/internal-audit-2026.html", "certification.html", "reviews.html", "roles.html", "parties.html",
	"matrices/index.html", "matrices/traceability.html", "matrices/documents-requirements.html",
	"matrices/risks-controls.html", "matrices/roles-controls.html", "matrices/controls-systems.html",
	"matrices/crosswalk-iso-42001-eu-ai-act.html", "about.html",
	"trend.html", "changes.html", "next/ai-governance-lead.html",
}

// TestPagesInABrowser opens a page of every kind from disk in headless Chromium,
// wide and narrow, light, dark and in print. Charts draw, nothing is written to
// the console, no policy is broken, no request leaves the folder, axe finds
// nothing, and nothing is wider than the window.
func TestPagesInABrowser(t *testing.T) {
	t.Parallel()
	browser := chromium(t)
	axe, err := os.ReadFile("../../themes/node_modules/axe-core/axe.min.js")
	if err != nil {
		t.Skip("axe is not there; run: go generate ./themes")
	}
	site := filepath.Join(t.TempDir(), "site")
	if !build(t, sample.Kept(t, content.Example()), site).Charts {
		t.Skip("the scripts are not there; run: go generate ./themes")
	}
	for _, name := range kinds {
		t.Run(name, func(t *testing.T) {
			tab := open(t, browser)
			tab.visit(filepath.Join(site, filepath.FromSlash(name)))
			tab.check(string(axe), strings.NewReplacer("/", "_", ".html", "").Replace(name))
		})
	}
}

// TestPagesWithoutScripts opens pages with scripts off: every chart shows its
// table and every section is there to read.
func TestPagesWithoutScripts(t *testing.T) {
	browser := chromium(t)
	site := filepath.Join(t.TempDir(), "site")
	build(t, sample.Kept(t, content.Example()), site)
	for _, name := range []string{"index.html", "evidence.html", "risks.html", "objectives.html", "matrices/traceability.html"} {
		tab := open(t, browser)
		tab.run(emulation.SetScriptExecutionDisabled(true))
		tab.visit(filepath.Join(site, filepath.FromSlash(name)))
		var hidden, tables int
		tab.run(
			chromedp.Evaluate(`[...document.querySelectorAll("table")].filter(t => t.checkVisibility && !t.checkVisibility() && !t.closest("details")).length`, &hidden),
			chromedp.Evaluate(`document.querySelectorAll("table").length`, &tables),
		)
		if tables == 0 || hidden > 0 {
			t.Errorf("%s: %d of %d tables do not show", name, hidden, tables)
		}
		tab.quiet(name)
	}
}

// chromium starts a headless browser that lasts as long as the test.
func chromium(t *testing.T) context.Context {
	t.Helper()
	var path string
	for _, name := range []string{"chromium", "chromium-browser", "google-chrome"} {
		if found, err := exec.LookPath(name); err == nil {
			path = found
			break
		}
	}
	if path == "" {
		if os.Getenv("ANNEX_TEST_BROWSER") == "required" {
			t.Fatal("there is no Chromium on the PATH")
		}
		t.Skip("there is no Chromium on the PATH")
	}
	options := append(slices.Clone(chromedp.DefaultExecAllocatorOptions[:]),
		chromedp.ExecPath(path), chromedp.UserDataDir(t.TempDir()), chromedp.NoSandbox, chromedp.DisableGPU,
		chromedp.Flag("disable-quic", true), chromedp.Flag("disable-component-update", true),
		chromedp.Flag("force-color-profile", "srgb"), chromedp.WSURLReadTimeout(time.Minute),
	)
	allocator, stop := chromedp.NewExecAllocator(context.Background(), options...)
	t.Cleanup(stop)
	browser, _ := chromedp.NewContext(allocator)
	t.Cleanup(func() { _ = chromedp.Cancel(browser) }) // waits, so that the profile folder can go
	if err := chromedp.Run(browser); err != nil {
		t.Fatalf("starting %s: %v", path, err)
	}
	return browser
}

// tab is one page in the browser, with what it complained of.
type tab struct {
	t   *testing.T
	ctx context.Context

	mu   sync.Mutex
	said []string // console messages, exceptions, broken policies, requests
}

func open(t *testing.T, browser context.Context) *tab {
	t.Helper()
	ctx, cancel := chromedp.NewContext(browser)
	t.Cleanup(cancel)
	ctx, stop := context.WithTimeout(ctx, 2*time.Minute)
	t.Cleanup(stop)
	x := &tab{t: t, ctx: ctx}
	chromedp.ListenTarget(ctx, x.listen)
	x.run(network.Enable(), log.Enable(), runtime.Enable())
	return x
}

func (x *tab) listen(event any) {
	var said string
	switch e := event.(type) {
	case *runtime.EventConsoleAPICalled:
		said = "console: " + string(e.Type)
		for _, a := range e.Args {
			said += " " + string(a.Value)
		}
	case *runtime.EventExceptionThrown:
		said = "exception: " + e.ExceptionDetails.Error()
	case *log.EventEntryAdded:
		said = fmt.Sprintf("log: %s %s", e.Entry.Source, e.Entry.Text)
	case *network.EventRequestWillBeSent:
		if u, err := url.Parse(e.Request.URL); err == nil && (u.Scheme == "file" || u.Scheme == "data") {
			return
		}
		said = "request: " + e.Request.URL
	default:
		return
	}
	x.mu.Lock()
	defer x.mu.Unlock()
	x.said = append(x.said, said)
}

func (x *tab) run(actions ...chromedp.Action) {
	x.t.Helper()
	if err := chromedp.Run(x.ctx, actions...); err != nil {
		x.t.Fatal(err)
	}
}

func (x *tab) visit(file string) {
	x.t.Helper()
	x.run(chromedp.Navigate((&url.URL{Scheme: "file", Path: filepath.ToSlash(file)}).String()))
}

func (x *tab) quiet(name string) {
	x.t.Helper()
	x.mu.Lock()
	defer x.mu.Unlock()
	for _, s := range x.said {
		x.t.Errorf("%s: %s", name, s)
	}
}

// views are the ways in which every page is looked at, with the rules of axe that
// are run in each. In dark those on colours are, in narrow those on places: the
// others look at what the wide light page has as well. Nobody operates paper. What
// is narrow and dark has the places of the one and the colours of the other.
var views = []struct {
	name          string
	width, height int64
	scheme, media string
	rules         string
}{
	{"wide", 1280, 800, "light", "screen", `{}`},
	{"wide-dark", 1280, 800, "dark", "screen", `{runOnly: ["cat.color"]}`},
	{"narrow", 320, 640, "light", "screen", `{runOnly: ["scrollable-region-focusable", "region", "skip-link"]}`},
	{"print", 794, 1123, "light", "print", ""},
}

func (x *tab) check(axe, name string) {
	x.t.Helper()
	x.run(chromedp.Evaluate(axe, nil))
	for _, v := range views {
		x.run(
			emulation.SetDeviceMetricsOverride(v.width, v.height, 1, v.width < 600),
			emulation.SetEmulatedMedia().WithMedia(v.media).WithFeatures([]*emulation.MediaFeature{{Name: "prefers-color-scheme", Value: v.scheme}}),
			chromedp.Sleep(100*time.Millisecond), // charts draw again for the new width
		)
		width := v.width
		if v.media == "print" {
			var columns bool // tables of many columns print on their side
			x.run(chromedp.Evaluate(`!!document.querySelector("thead th:nth-child(8)")`, &columns))
			if columns {
				width = 1123
				x.run(emulation.SetDeviceMetricsOverride(width, v.width, 1, false), chromedp.Sleep(100*time.Millisecond))
			}
		}
		var wide, undrawn int64
		x.run(
			chromedp.Evaluate(`document.documentElement.scrollWidth`, &wide),
			chromedp.Evaluate(`[...document.querySelectorAll("figure.chart")].filter(f => !f.querySelector(".drawing svg path")).length`, &undrawn),
		)
		if wide > width {
			x.t.Errorf("%s: the page is %d pixels wide in a window of %d", v.name, wide, width)
		}
		if undrawn > 0 {
			x.t.Errorf("%s: %d charts did not draw", v.name, undrawn)
		}
		if v.rules != "" {
			for _, violation := range x.violations(v.rules) {
				x.t.Errorf("%s: axe: %s", v.name, violation)
			}
		}
		x.picture(name, v.name, v.media == "print")
	}
	x.quiet(name)
}

// alike takes out the rows of tables that are made of the same kinds of elements as
// two rows above, and returns what puts them back. Axe takes its time by the
// element, seen or not, and finds nothing new in them.
const alike = `(() => {
	const out = [];
	for (const body of document.querySelectorAll("tbody")) {
		const seen = {};
		for (const row of body.rows) {
			const parts = [...row.querySelectorAll("*")].map(e => [e.tagName, ...[...e.attributes].map(a => a.name), e.getAttribute("class")].join(" "));
			const kind = [...new Set(parts)].sort().join();
			if ((seen[kind] = (seen[kind] ?? 0) + 1) > 2 && !row.hidden) out.push([row, document.createComment("")]);
		}
	}
	for (const [row, place] of out) row.replaceWith(place);
	return () => { for (const [row, place] of out) place.replaceWith(row); };
})()`

// violations runs axe and returns what it finds against WCAG 2.2 AA and good
// practice.
func (x *tab) violations(rules string) []string {
	x.t.Helper()
	var result string
	x.run(chromedp.Evaluate(`(async () => {
		const back = `+alike+`;
		const r = await axe.run({preload: false, resultTypes: ["violations"], ...`+rules+`});
		back();
		return JSON.stringify(r.violations.map(v => v.id + ": " + v.help + ": " + v.nodes.slice(0, 3).map(n => n.html.slice(0, 160)).join(" | ")));
	})()`, &result, func(p *runtime.EvaluateParams) *runtime.EvaluateParams { return p.WithAwaitPromise(true) }))
	var list []string
	if err := json.Unmarshal([]byte(result), &list); err != nil {
		x.t.Fatal(err)
	}
	return list
}

// pdf prints the page.
func (x *tab) pdf() (data []byte) {
	x.t.Helper()
	x.run(chromedp.ActionFunc(func(ctx context.Context) (err error) {
		data, _, err = page.PrintToPDF().WithPrintBackground(true).WithPreferCSSPageSize(true).WithGenerateTaggedPDF(true).Do(cdp.WithExecutor(ctx, chromedp.FromContext(ctx).Target))
		return err
	}))
	return data
}

// picture takes a picture of the page when -screenshots asks for it.
func (x *tab) picture(name, view string, print bool) {
	if *screenshots == "" {
		return
	}
	x.t.Helper()
	var data []byte
	suffix := ".png"
	if print {
		suffix = ".pdf"
		data = x.pdf()
	} else {
		x.run(chromedp.FullScreenshot(&data, 100))
	}
	if err := os.MkdirAll(*screenshots, 0o755); err != nil {
		x.t.Fatal(err)
	}
	if err := os.WriteFile(filepath.Join(*screenshots, name+"-"+view+suffix), data, 0o644); err != nil {
		x.t.Fatal(err)
	}
}
