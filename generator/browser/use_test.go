package browser_test

import (
	"path/filepath"
	"testing"

	"github.com/chromedp/cdproto/input"
	"github.com/chromedp/chromedp"
	"github.com/chromedp/chromedp/kb"

	"annex/content"
	"annex/generator/sample"
)

// TestPagesByKeyboard searches, filters and sorts as a user without a mouse.
func TestPagesByKeyboard(t *testing.T) {
	browser := chromium(t)
	site := filepath.Join(t.TempDir(), "site")
	if !build(t, sample.Lay(t, content.Example()), site).Charts {
		t.Skip("the scripts are not there; run: go generate ./themes")
	}
	tab := open(t, browser)

	t.Run("search", func(t *testing.T) {
		tab.visit(filepath.Join(site, "soa", "iso-42001.html"))
		var first, count, address string
		tab.run(
			input.DispatchKeyEvent(input.KeyDown).WithKey("/").WithText("/"), // chromedp's own would write the sign as well
			chromedp.KeyEvent("VERIFICATION release"),                        // case does not matter
			chromedp.WaitVisible(".found a"),
			chromedp.Text(".found a", &first, chromedp.ByQuery),
			chromedp.Text(".found output", &count, chromedp.ByQuery),
			chromedp.KeyEvent(kb.Escape),
			chromedp.WaitNotVisible(".found"),
			chromedp.KeyEvent("A.6.2.4"),
			chromedp.WaitVisible(".found a"),
			chromedp.KeyEvent(kb.ArrowDown),
			chromedp.KeyEvent(kb.Enter),
			chromedp.WaitVisible("h1"),
			chromedp.Location(&address),
		)
		if first != "Verification and validation before release Control" || count == "" {
			t.Errorf("found %q, said %q", first, count)
		}
		if filepath.Base(address) != "a-6-2-4.html" {
			t.Errorf("Enter led to %s", address)
		}
	})
	t.Run("filter", func(t *testing.T) {
		tab.visit(filepath.Join(site, "soa", "iso-42001.html"))
		var said string
		var shown int
		tab.run(
			chromedp.SendKeys(".filter input[type=search]", "excluded"),
			chromedp.Text(".filter output", &said, chromedp.ByQuery),
			chromedp.Evaluate(`[...document.querySelectorAll("table.soa tbody tr")].filter(r => !r.hidden).length`, &shown),
		)
		if said != "3 of 38 rows" || shown != 3 {
			t.Errorf("said %q, %d rows show", said, shown)
		}
	})
	t.Run("gaps", func(t *testing.T) {
		const label = `document.querySelector(".filter label:has([type=checkbox])")?.textContent.trim() ?? "none"`
		for page, want := range map[string]string{
			"matrices/crosswalk-iso-42001-eu-ai-act.html": "Only without a neighbour",
			"matrices/traceability.html":                  "Only with a gap",
			"evidence.html":                               "Only expired",
			"frameworks/eu-ai-act/index.html":             "none", // what does not apply is no gap
		} {
			tab.visit(filepath.Join(site, filepath.FromSlash(page)))
			var said string
			tab.run(chromedp.Evaluate(label, &said))
			if said != want {
				t.Errorf("%s: the filter says %q, want %q", page, said, want)
			}
		}
	})
	t.Run("sort", func(t *testing.T) {
		tab.visit(filepath.Join(site, "soa", "iso-42001.html"))
		var up, down, sorted string
		const first = `document.querySelector("table.soa tbody th").textContent.split(" ")[0]`
		tab.run(
			chromedp.Focus("table.soa thead th button"),
			chromedp.KeyEvent(kb.Enter),
			chromedp.Evaluate(first, &up),
			chromedp.KeyEvent(kb.Enter),
			chromedp.Evaluate(first, &down),
			chromedp.AttributeValue("table.soa thead th", "aria-sort", &sorted, nil),
		)
		if up != "A.2.2" || down != "A.10.4" || sorted != "descending" {
			t.Errorf("up %s, down %s, aria-sort %s; A.10 comes behind A.9", up, down, sorted)
		}
	})
	tab.quiet("keyboard")
}
