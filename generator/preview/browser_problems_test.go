package preview_test

import (
	"context"
	"fmt"
	"testing"
	"time"

	"github.com/chromedp/chromedp"
	"github.com/chromedp/chromedp/kb"
)

// What the tests look for in the list of problems.
const (
	shown  = `!!document.querySelector(".annex-problems")`
	hidden = `!document.querySelector(".annex-problems") && !!document.querySelector(".annex-put-away")`
	mended = `document.readyState === "complete" && !document.querySelector(".annex-problems, .annex-put-away")`
)

func listed(n int) string {
	return fmt.Sprintf(`document.querySelectorAll(".annex-problems li").length === %d`, n)
}

// wrong is a file of the workspace that no other needs.
const wrong = "organization/wrong.toml"

// testProblemsShow breaks files while a browser looks on, and mends them.
func testProblemsShow(t *testing.T, browser context.Context) {
	w := example(t)
	w.git("init", "-q")
	w.git("add", "-A")
	w.git("commit", "-q", "-m", "all")
	s := start(t, w.dir, 0)
	x := open(t, browser, s.address)
	x.visit(documentPage)

	t.Run("as text, with place, line and help", func(t *testing.T) {
		x, w := x.as(t), w.as(t)
		x.mark()
		w.broken(wrong, "iso-42001:<img src=x onerror=alert(1)>")
		x.until(shown)
		x.is(problems+`.querySelector("h2").textContent`, "1 error")
		x.is(problems+`.querySelector(".place").textContent`, wrong+":5:14")
		x.is(problems+`.querySelector("pre").textContent`, "5 | satisfies = [\"iso-42001:<img src=x onerror=alert(1)>\"]\n  |              ^")
		x.is(problems+`.querySelector(".message").textContent.includes("<img src=x onerror=alert(1)>")`, true)
		x.is(problems+`.querySelector(".help").textContent.startsWith("Help: ")`, true)
		x.is(problems+`.querySelectorAll("img").length`, 0.0)
		x.is(survived, true) // the page behind is the last good one
		x.is(`document.querySelector("h1").textContent`, "AI risk assessment and treatment")
	})
	t.Run("on other pages too", func(t *testing.T) {
		x := x.as(t)
		x.run(chromedp.Click(`nav.side a[href$="next.html"]`))
		x.until(`location.pathname === "/next.html" && ` + shown)
		y := open(t, browser, s.address) // as it does on one that is opened only now
		y.visit("roles.html")
		y.until(shown)
		y.quiet()
	})
	t.Run("until they are mended", func(t *testing.T) {
		x, w := x.as(t), w.as(t)
		for _, way := range []struct {
			name         string
			break_, mend func()
		}{
			{"by another text", func() {}, func() { w.write(wrong, "# nothing\n") }},
			{"by deleting the file", func() { w.broken(wrong, "iso-42001:A.99") }, func() { w.remove(wrong) }},
			{"by renaming it", func() { w.broken(wrong, "iso-42001:A.99") }, func() { w.rename(wrong, "organization/_wrong.toml") }},
			{"by renaming its folder", func() { w.broken("organization/new/wrong.toml", "iso-42001:A.99") }, func() { w.rename("organization/new", "organization/_new") }},
			{"by git", func() { w.put(decisions, "iso-42001:A.2.2", "iso-42001:A.2.99") }, func() { w.git("checkout", "-q", "--", ".") }},
			{"by another branch", func() {
				w.git("checkout", "-q", "-b", "other")
				w.broken(wrong, "iso-42001:A.99")
				w.git("add", wrong)
				w.git("commit", "-q", "-m", "wrong")
			}, func() { w.git("checkout", "-q", "-") }},
		} {
			way.break_()
			x.until(shown)
			way.mend()
			x.until(mended)
			if t.Failed() {
				t.Fatal(way.name)
			}
		}
	})
	t.Run("one after the other", func(t *testing.T) {
		x, w := x.as(t), w.as(t)
		w.broken(wrong, "iso-42001:A.98")
		w.broken("organization/wrong2.toml", "iso-42001:A.99")
		x.until(listed(3)) // both have the same id
		w.remove(wrong)
		x.until(listed(1))
		x.shows("A.99")
		w.remove("organization/wrong2.toml")
		x.until(mended)
	})
	t.Run("out of sight for a while", func(t *testing.T) {
		x, w := x.as(t), w.as(t)
		w.broken(wrong, "iso-42001:A.98")
		x.until(shown)
		x.run(chromedp.Click(".annex-problems .head button"))
		x.until(hidden)
		x.is(`document.activeElement.textContent`, "Show 1 error")
		x.run(chromedp.KeyEvent(kb.Enter))
		x.until(shown)
		x.is(`document.activeElement.textContent`, "Hide")
		x.run(chromedp.KeyEvent(kb.Escape))
		x.until(hidden)
		w.broken(wrong, "iso-42001:A.99") // which is another
		x.until(shown)
		x.run(chromedp.KeyEvent(kb.Escape))
		x.until(hidden)
		w.remove(wrong)
		x.until(mended)
	})
	t.Run("and what is new with them", func(t *testing.T) {
		x, w := x.as(t), w.as(t)
		x.visit(documentPage)
		x.mark()
		w.broken(wrong, "iso-42001:A.98")
		x.until(shown)
		w.put(document, "## Scales", "## Scales of today")
		time.Sleep(300 * time.Millisecond)
		x.is(`document.body.innerText.includes("Scales of today")`, false)
		w.remove(wrong)
		x.shows("Scales of today")
	})
	x.quiet()
}

// testBrokenFromTheStart opens a preview of a workspace that has no site yet.
func testBrokenFromTheStart(t *testing.T, browser context.Context) {
	w := example(t)
	w.broken(wrong, "iso-42001:A.99")
	s := start(t, w.dir, 0)
	x, y := open(t, browser, s.address), open(t, browser, s.address)
	for _, z := range []*tab{x, y} {
		front(z)
		z.run(chromedp.Navigate(s.address + map[*tab]string{x: documentPage, y: "no/such/page.html"}[z]))
		z.shows("There is no site yet")
		z.until(shown)
		z.shows("A.99")
		z.quietly()
	}
	w.remove(wrong)
	front(x)
	x.shows("What is assessed")
	x.until(noErrors)
	x.quiet()
	front(y)
	y.shows("not part of the site")
}

// testPageComesAndGoes takes a document away, and brings it back.
func testPageComesAndGoes(t *testing.T, browser context.Context) {
	w := example(t)
	s := start(t, w.dir, 0)
	const name = "organization/documents/planning/a-new-one.md"
	const text = "+++\nid = \"new-one\"\ntitle = \"A new one\"\nkind = \"procedure\"\nowner = \"chief-risk-officer\"\nversion = \"0.1\"\nstatus = \"draft\"\nclassification = \"internal\"\n+++\n\nIts words.\n"
	x := open(t, browser, s.address)
	x.visit("documents/new-one.html")
	x.shows("not part of the site")
	w.write(name, text)
	x.shows("Its words.")
	w.remove(name)
	x.shows("not part of the site")
	w.write(name, text)
	x.shows("Its words.")
	w.put(name, `id = "new-one"`, `id = "other-one"`)
	x.shows("not part of the site")
	w.put(name, `id = "other-one"`, `id = "new-one"`)
	x.shows("Its words.")
}

// testServerComesAndGoes stops the preview under an open page.
func testServerComesAndGoes(t *testing.T, browser context.Context) {
	w := example(t)
	s := start(t, w.dir, 0)
	x := open(t, browser, s.address)
	x.visit(documentPage)
	x.mark()
	s.stop()
	x.until(`!!document.querySelector(".annex-lost")`)
	x.is(`document.querySelector("h1").textContent`, "AI risk assessment and treatment")
	x.is(survived, true)
	again := start(t, w.dir, s.port)
	x.until(`!document.querySelector(".annex-lost")`)
	x.is(survived, true) // nothing was missed
	again.stop()
	w.put(document, "## Scales", "## Scales of today") // which nobody sees
	start(t, w.dir, s.port)
	x.shows("Scales of today")
	x.until(`!document.querySelector(".annex-lost")`)
}

// testHiddenTabs opens more tabs than a browser opens connections to a server.
func testHiddenTabs(t *testing.T, browser context.Context) {
	w := example(t)
	s := start(t, w.dir, 0)
	var tabs []*tab
	for range 8 {
		x := open(t, browser, s.address)
		x.run(chromedp.Navigate(s.address + documentPage))
		x.shows("What is assessed")
		x.mark()
		tabs = append(tabs, x)
	}
	x := tabs[0]
	if x.value(`document.visibilityState`) != "hidden" {
		t.Fatalf("the first of eight tabs is %v", x.value(`document.visibilityState`))
	}
	before := x.looks()
	w.put(document, "## Scales", "## Scales of today")
	tabs[7].shows("Scales of today")
	time.Sleep(200 * time.Millisecond)
	if x.looks() != before {
		t.Error("a hidden tab asks for the state")
	}
	x.is(survived, true)
	front(x)
	x.shows("Scales of today")
	for _, x := range tabs {
		x.quiet()
	}
}
