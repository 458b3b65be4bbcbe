package preview_test

import (
	"context"
	"strings"
	"testing"
	"time"

	"github.com/chromedp/cdproto/page"
	"github.com/chromedp/chromedp"
	"github.com/chromedp/chromedp/kb"
)

// testPagesShowWhatWasSaved changes files while a browser looks on.
func testPagesShowWhatWasSaved(t *testing.T, browser context.Context) {
	w := example(t)
	s := start(t, w.dir, 0)
	x := open(t, browser, s.address)

	t.Run("a document", func(t *testing.T) {
		x, w := x.as(t), w.as(t)
		x.visit(documentPage)
		w.put(document, "## Scales", "## Scales of today")
		x.shows("Scales of today")
		for i := range 5 { // one after the other, without waiting
			w.put(document, "## Scales of today"+strings.Repeat("!", i), "## Scales of today"+strings.Repeat("!", i+1))
		}
		x.shows("Scales of today!!!!!")
	})
	t.Run("another page stays", func(t *testing.T) {
		x, w := x.as(t), w.as(t)
		x.visit("parties.html")
		x.mark()
		before := x.looks()
		w.put(document, "## Scales of today!!!!!", "## Scales")
		x.after(before)
		x.is(survived, true)
	})
	t.Run("a record that many pages show", func(t *testing.T) {
		x, w := x.as(t), w.as(t)
		x.visit("documents/index.html")
		x.mark()
		w.put(document, `title = "AI risk assessment and treatment"`, `title = "Risks, judged"`)
		x.shows("Risks, judged")
		x.until(reloaded)
		w.put(document, `title = "Risks, judged"`, `title = "AI risk assessment and treatment"`)
	})
	x.quiet()
}

// testReloadKeepsThePlace does to a page what a reader does, and saves a file.
func testReloadKeepsThePlace(t *testing.T, browser context.Context) {
	w := example(t)
	s := start(t, w.dir, 0)
	x := open(t, browser, s.address)
	// Every frame from the first on notes where the page is, so that a jump shows.
	x.run(chromedp.EmulateViewport(700, 500), chromedp.ActionFunc(func(ctx context.Context) error {
		_, err := page.AddScriptToEvaluateOnNewDocument(`
			window.frames_ = [];
			const note = () => { if (document.body) frames_.push(Math.round(scrollY)); requestAnimationFrame(note); };
			requestAnimationFrame(note);`).Do(ctx)
		return err
	}))
	x.visit(soaPage)
	x.run(
		chromedp.SendKeys("main .filter input[type=search]", "ai"),
		chromedp.Evaluate(`(() => {
			for (const d of document.querySelectorAll("main details")) d.open = !d.open;
			document.querySelectorAll("table.soa thead th button")[0].click();
			document.querySelectorAll("table.soa thead th button")[0].click();
			const wrap = document.querySelector(".table-wrap:has(table.soa)");
			wrap.scrollTo(40, 700);
			const side = document.querySelector("nav.side");
			scrollTo({top: 333, behavior: "instant"});
			side.scrollTo(60, 0);
		})()`, nil),
	)
	const state = `JSON.stringify({
		page: Math.round(scrollY), wrap: [document.querySelector(".table-wrap:has(table.soa)").scrollLeft, document.querySelector(".table-wrap:has(table.soa)").scrollTop],
		side: document.querySelector("nav.side").scrollLeft,
		details: [...document.querySelectorAll("main details")].map((d) => d.open).join(),
		said: document.querySelector(".filter output").textContent,
		value: document.querySelector("main .filter input").value,
		sorted: document.querySelector("table.soa thead th").getAttribute("aria-sort"),
		first: document.querySelector("table.soa tbody th").textContent,
		focus: document.activeElement.outerHTML.slice(0, 60),
		caret: document.activeElement.selectionStart,
		shown: [...document.querySelectorAll("table.soa tbody tr")].filter(r => !r.hidden).length,
	}, null, 1)`
	x.run(chromedp.Evaluate(`document.querySelector("main .filter input").setSelectionRange(1, 1)`, nil))
	before := x.value(state)
	x.mark()
	w.put(decisions, "Ostermark builds some systems", "The AI of Ostermark builds some systems")
	x.until(reloaded)
	x.shows("The AI of Ostermark builds some systems")
	if after := x.value(state); after != before {
		t.Errorf("after the reload\n%s\nbefore it\n%s", after, before)
	}
	x.is(`frames_.length > 0 && frames_.every((y) => y === 333)`, true)

	t.Run("search", func(t *testing.T) {
		x, w := x.as(t), w.as(t)
		x.run(
			chromedp.Focus("header.top input"),
			chromedp.KeyEvent("validation"),
			chromedp.WaitVisible(".found a"),
		)
		x.mark()
		w.put(decisions, "The AI of Ostermark builds some systems", "Ostermark builds some systems")
		x.until(reloaded)
		x.until(`document.activeElement.value === "validation" && !document.querySelector(".found").hidden`)
		x.run(chromedp.KeyEvent(kb.Escape))
	})
	t.Run("details", func(t *testing.T) {
		x, w := x.as(t), w.as(t)
		x.visit(documentPage + "#assessing") // and scrolled away from there
		x.run(chromedp.Evaluate(`document.querySelector("main details").open = false; scrollTo({top: 200, behavior: "instant"}); document.querySelector("main details summary").focus({preventScroll: true})`, nil))
		x.mark()
		x.touch("main")
		w.put(document, "## Scales", "## Scales of today")
		x.until(reloaded)
		x.shows("Scales of today")
		x.is(`document.querySelector("main details").open`, false)
		x.is(`document.activeElement.tagName`, "SUMMARY")
		x.is(`frames_.length > 0 && frames_.every((y) => y === 200)`, true)
		x.until(`history.scrollRestoration === "auto"`) // so that going back leads to where one was
	})
	t.Run("the table beside a chart", func(t *testing.T) {
		x, w := x.as(t), w.as(t)
		x.visit("index.html")
		x.until(`!!document.querySelector("main button.toggle")`)
		x.run(chromedp.Click("main button.toggle"))
		x.mark()
		x.touch(".brand")
		w.put("annex.toml", `name = "`, `name = "The `)
		x.until(reloaded)
		x.until(`document.querySelector("main button.toggle").getAttribute("aria-expanded") === "true"`)
		x.until(`!!document.querySelector(".drawing svg path")`)
	})
	x.quiet()
}

// testTextIsPutInPlace changes texts that no script has a part in: the page stays,
// and with it all that was done to it.
func testTextIsPutInPlace(t *testing.T, browser context.Context) {
	w := example(t)
	w.git("init", "-q")
	w.git("add", "-A")
	w.git("commit", "-q", "-m", "all")
	s := start(t, w.dir, 0)

	x := open(t, browser, s.address)
	const kept = `JSON.stringify([Math.round(scrollY), document.querySelector("main details").open, document.activeElement.tagName, getSelection().toString(), document.querySelector(".prose .table-wrap, .prose table").parentElement.scrollLeft])`
	visit := func() {
		x.visit(documentPage)
		time.Sleep(400 * time.Millisecond) // the client keeps what was sent
		x.run(chromedp.Evaluate(`
			document.querySelector("main details").open = false;
			document.querySelector("main details summary").focus();
			getSelection().selectAllChildren(document.querySelector(".prose p"));
			scrollTo({top: 300, behavior: "instant"});`, nil))
		x.mark()
	}
	visit()
	before := x.value(kept)
	same := func(t *testing.T) {
		t.Helper()
		x.as(t).is(survived, true)
		x.as(t).is(kept, before)
	}
	for _, of := range []struct{ name, old, text, shows string }{
		{"a heading", "## Scales\n", "## Scales of today\n", "Scales of today"},
		{"a cell", "| 1 | Rare |", "| 1 | Hardly ever |", "Hardly ever"},
		{"a fact", `version = "2.1"`, `version = "2.2"`, "2.2"},
	} {
		t.Run(of.name, func(t *testing.T) {
			w.as(t).put(document, of.old, of.text)
			x.as(t).shows(of.shows)
			same(t)
		})
	}
	t.Run("the title", func(t *testing.T) {
		w.as(t).put(document, `title = "AI risk assessment and treatment"`, `title = "Risks, judged"`)
		x.as(t).shows("Risks, judged")
		x.as(t).is(survived, true)
		x.as(t).is(`document.title.startsWith("Risks, judged")`, true)
		x.as(t).is(`document.documentElement.dataset.running.startsWith("Risks, judged")`, true)
	})
	t.Run("paragraphs", func(t *testing.T) {
		w.as(t).put(document, "## Criteria\n", "One more.\n\n- And\n- a list\n\n## Criteria\n\n## More\n")
		x.as(t).shows("One more.")
		x.as(t).is(survived, true)
		x.as(t).is(`document.querySelector("main details").open`, false)
		x.as(t).is(`scrollY`, 300.0)
		x.as(t).is(`document.activeElement.tagName`, "SUMMARY")
		x.as(t).is(`document.querySelector(".contents").textContent.includes("More")`, true)
	})
	t.Run("as a new load would show it", func(t *testing.T) {
		x := x.as(t)
		const html = `[...document.querySelectorAll("main")].map((e) => { const c = e.cloneNode(true); for (const d of c.querySelectorAll("details")) d.open = true; return c.outerHTML; })[0]`
		inPlace := x.value(html)
		x.visit(documentPage)
		if fresh := x.value(html); fresh != inPlace {
			t.Errorf("in place:\n%s\nafter a load:\n%s", inPlace, fresh)
		}
	})
	t.Run("what scripts have a part in is loaded", func(t *testing.T) {
		x, w := x.as(t), w.as(t)
		x.visit("documents/index.html")
		time.Sleep(400 * time.Millisecond)
		x.mark()
		w.put(document, `title = "Risks, judged"`, `title = "AI risk assessment and treatment"`)
		x.shows("AI risk assessment and treatment")
		x.until(reloaded)
		x.until(`!!document.querySelector(".filter output").textContent`)
	})
	x.quiet()
}

// testStyleIsSwapped changes a style sheet of the workspace.
func testStyleIsSwapped(t *testing.T, browser context.Context) {
	w := example(t)
	s := start(t, w.dir, 0)
	x := open(t, browser, s.address)
	const sheet = "theme/styles/9-own.css"
	const colour = `getComputedStyle(document.querySelector("h1")).color`
	x.visit(documentPage)
	x.mark()
	before := x.value(colour)
	w.write(sheet, "h1 { color: rgb(1, 2, 3); }")
	x.until(colour + ` === "rgb(1, 2, 3)"`)
	w.write(sheet, "h1 { color: rgb(4, 5, 6); }")
	x.until(colour + ` === "rgb(4, 5, 6)"`)
	for _, c := range []string{"7", "8", "9", "10"} { // faster than sheets load
		w.write(sheet, "h1 { color: rgb("+c+", 0, 0); }")
	}
	x.until(colour + ` === "rgb(10, 0, 0)"`)
	w.remove(sheet)
	x.until(colour + ` === "` + before.(string) + `"`)
	x.until(`document.querySelectorAll('link[href*="annex.css"]').length === 1`)
	x.is(survived, true)

	// Charts take their colours from the sheet.
	x.visit("index.html")
	x.until(`!!document.querySelector(".drawing svg path")`)
	x.mark()
	w.write(sheet, ":root { --bad: rgb(1, 2, 3); --good: rgb(1, 2, 3); --partial: rgb(1, 2, 3) }")
	x.until(`document.querySelector(".drawing svg").outerHTML.includes("rgb(1, 2, 3)") || document.querySelector(".drawing svg").outerHTML.includes("rgb(1,2,3)") || document.querySelector(".drawing svg").outerHTML.includes("#010203")`)
	x.is(survived, true)
	x.quiet()
}
