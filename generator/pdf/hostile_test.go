package pdf

import (
	"context"
	"errors"
	"fmt"
	"net/http"
	"net/http/httptest"
	"os"
	"slices"
	"strings"
	"sync"
	"sync/atomic"
	"testing"
	"time"

	"github.com/chromedp/cdproto/cdp"
	"github.com/chromedp/cdproto/page"
	"github.com/chromedp/cdproto/target"
)

// TestNothingElseIsLoaded holds that a page gets nothing but the site, whatever it
// asks for and however: a server of ours, on this machine, gets no request.
func TestNothingElseIsLoaded(t *testing.T) {
	var asked atomic.Int64
	server := httptest.NewServer(http.HandlerFunc(func(http.ResponseWriter, *http.Request) { asked.Add(1) }))
	defer server.Close()
	secret := t.TempDir() + "/secret.txt"
	if err := os.WriteFile(secret, []byte("SECRET"), 0o600); err != nil {
		t.Fatal(err)
	}
	const rest = `<p>the rest of the page</p>`
	s := small()
	for name, body := range map[string]string{
		"image":        `<img src="URL/a.png">` + rest,
		"style":        `<link rel="stylesheet" href="URL/a.css">` + rest,
		"script":       `<script src="URL/a.js"></script>` + rest,
		"frame":        `<iframe src="URL/a.html"></iframe>` + rest,
		"own frame":    `<iframe src="long.html"></iframe>` + rest,
		"file frame":   `<iframe src="file://SECRET"></iframe><object data="file://SECRET"></object><img src="file://SECRET">` + rest,
		"prefetch":     `<link rel="prefetch" href="URL/a"><link rel="dns-prefetch" href="URL"><link rel="preconnect" href="URL"><link rel="prerender" href="URL">` + rest,
		"refresh":      `<meta http-equiv="refresh" content="0;url=URL/a.html">` + rest,
		"own refresh":  `<meta http-equiv="refresh" content="0;url=long.html">` + rest,
		"fetch":        rest + `<script>fetch("URL/a").catch(() => {}); navigator.sendBeacon("URL/b", "x"); new WebSocket("URL/c".replace("http", "ws")); new EventSource("URL/d")</script>`,
		"go elsewhere": rest + `<script>location.href = "URL/a.html"</script>`,
		"go to itself": rest + `<script>if (!location.search) location.search = "x"</script>`,
		"open":         rest + `<script>window.open("URL/a.html"); window.open("file://SECRET"); window.open("long.html")</script>`,
		"form":         `<form action="URL/a" method="post"><input name="a" value="b"></form>` + rest + `<script>document.forms[0].submit()</script>`,
		"worker":       rest + `<script>new Worker(URL_.createObjectURL(new Blob(["fetch('URL/a'); importScripts('URL/b')"])))</script>`,
		"missing":      `<img src="assets/none.png"><img src="../../etc/passwd"><img src="assets/%2e%2e/a%20b.png"><img src="assets//a.css">` + rest,
		"download":     rest + `<a download href="assets/a.css" id="a"></a><script>document.getElementById("a").click()</script>`,
	} {
		body = strings.NewReplacer("URL_", "URL", "URL", server.URL, "SECRET", secret).Replace(body)
		s[name+".html"] = document(body)
	}
	p := opened(t, Options{File: s.file, Limit: 20 * time.Second})
	for path := range s {
		name, page := strings.CutSuffix(path, ".html")
		if _, own := small()[path]; own || !page {
			continue
		}
		got, err := p.Print(t.Context(), path)
		if slices.Contains([]string{"refresh", "own refresh", "go elsewhere", "go to itself", "form", "download"}, name) {
			var failed *PageError
			if !errors.As(err, &failed) || !strings.HasPrefix(failed.Message, "it leads away to ") {
				t.Errorf("%s: %v", name, err)
			}
			continue
		}
		if err != nil {
			t.Errorf("%s: %v", name, err)
			continue
		}
		if all := text(t, got.Content); !strings.Contains(all, "the rest of the page") || strings.Contains(all, "Long") {
			t.Errorf("%s: printed %q", name, all)
		}
		switch name {
		case "image", "style", "script", "frame":
			if !slices.ContainsFunc(got.Refused, func(a string) bool { return strings.HasPrefix(a, server.URL+"/a") }) {
				t.Errorf("%s: what was refused is not told: %q", name, got.Refused)
			}
		case "own frame":
			if !slices.Equal(got.Refused, []string{"long.html"}) {
				t.Errorf("%s: refused %q", name, got.Refused)
			}
		case "missing":
			if !slices.Contains(got.Refused, "assets/none.png") || !slices.Contains(got.Refused, "etc/passwd") {
				t.Errorf("%s: refused %q", name, got.Refused)
			}
		}
	}
	if n := asked.Load(); n > 0 {
		t.Errorf("%d requests left the site", n)
	}
}

// TestWhatAPolicyForbidsIsTold holds that the report names also what the browser
// did not even ask for.
func TestWhatAPolicyForbidsIsTold(t *testing.T) {
	s := small()
	s["index.html"] = `<!doctype html><html lang="en"><head><title>x</title><meta http-equiv="Content-Security-Policy" content="default-src 'none'; img-src 'self'"></head><body><img src="https://example.org/a.png"></body></html>`
	got := printed(t, opened(t, Options{File: s.file}), "index.html")
	if !slices.Equal(got.Refused, []string{"https://example.org/a.png"}) {
		t.Errorf("%q", got.Refused)
	}
}

// TestAPageThatIsNeverReadyEndsWithItsTime prints pages that do not come to an end,
// and one that does, with the same browser.
func TestAPageThatIsNeverReadyEndsWithItsTime(t *testing.T) {
	s := small()
	for name, script := range map[string]string{
		"busy":       `for (;;) {}`,
		"busy later": `setTimeout(() => { for (;;) {} }, 50)`,
		"printing":   `addEventListener("beforeprint", () => { for (;;) {} })`,
	} {
		s[name+".html"] = document(`<h1>x</h1><script>` + script + `</script>`)
	}
	const limit = 4 * time.Second
	p := opened(t, Options{File: s.file, Limit: limit})
	for _, name := range []string{"busy", "busy later", "printing"} {
		start := time.Now()
		_, err := p.Print(t.Context(), name+".html")
		var failed *PageError
		if name == "busy later" && err == nil {
			continue // it may be printed before
		}
		if !errors.As(err, &failed) || err.Error() != "the page "+name+".html cannot be printed: it was not ready to print after 4s" {
			t.Errorf("%s: %v", name, err)
		}
		if took := time.Since(start); took > limit+waitLimit+2*time.Second {
			t.Errorf("%s took %v", name, took)
		}
	}
	p.options.Limit = time.Minute
	printed(t, p, "index.html")
}

// TestPagesThatAskOrMeddleArePrinted holds that dialogs keep nothing up, and that
// what a script does to its own world does not reach ours.
func TestPagesThatAskOrMeddleArePrinted(t *testing.T) {
	s := small()
	for name, script := range map[string]string{
		"dialogs": `alert("a"); confirm("b"); prompt("c"); addEventListener("beforeunload", (e) => e.preventDefault())`,
		"meddling": `Array.prototype[Symbol.iterator] = null; Promise.all = null; URL.parse = null; window.CSSStyleSheet = null;
			document.querySelectorAll = () => { throw 1 }; requestAnimationFrame = () => {}; Object.defineProperty(document, "title", { get() { throw 2 } });
			Element.prototype.getAttribute = () => { throw 3 }; JSON.stringify = null; HTMLImageElement.prototype.decode = () => new Promise(() => {})`,
		"errors": `null.x; throw "y"`,
	} {
		s[name+".html"] = document(`<h1>Here</h1><a href="index.html">z</a><script>` + script + `</script>`)
	}
	p := opened(t, Options{File: s.file})
	for _, name := range []string{"dialogs", "meddling", "errors"} {
		got := printed(t, p, name+".html")
		if !strings.Contains(text(t, got.Content), "Here") || strings.Contains(string(got.Content), "annex.invalid") {
			t.Errorf("%s is not printed as it should be", name)
		}
	}
}

// TestALinkThatComesAtTheLastMomentIsNoticed holds that no address of ours gets out
// when a script of a theme makes links while the page is printed.
func TestALinkThatComesAtTheLastMomentIsNoticed(t *testing.T) {
	s := small()
	s["index.html"] = document(`<h1>x</h1><script>addEventListener("beforeprint", () => { document.body.innerHTML += '<a href="long.html">late</a>' })</script>`)
	_, err := opened(t, Options{File: s.file}).Print(t.Context(), "index.html")
	if err == nil || !strings.Contains(err.Error(), "a link leads to the address that the page had") {
		t.Errorf("%v", err)
	}
}

// TestGivingUpEndsAtOnce holds that a page is let go when nobody waits for it.
func TestGivingUpEndsAtOnce(t *testing.T) {
	s := small()
	s["busy.html"] = document(`<script>for (;;) {}</script>`)
	p := opened(t, Options{File: s.file})
	ctx, cancel := context.WithTimeout(t.Context(), 2*time.Second)
	defer cancel()
	start := time.Now()
	if _, err := p.Print(ctx, "busy.html"); !errors.Is(err, context.DeadlineExceeded) {
		t.Errorf("%v", err)
	}
	if took := time.Since(start); took > 2*time.Second+waitLimit+2*time.Second {
		t.Errorf("took %v", took)
	}
	ended, end := context.WithCancel(t.Context())
	end()
	if _, err := p.Print(ended, "index.html"); !errors.Is(err, context.Canceled) {
		t.Errorf("%v", err)
	}
}

// TestABrowserThatDiesIsToldOf kills the browser while pages are printed.
func TestABrowserThatDiesIsToldOf(t *testing.T) {
	s := small()
	s["busy.html"] = document(`<script>for (;;) {}</script>`)
	p := opened(t, Options{File: s.file})
	printed(t, p, "index.html")
	var all sync.WaitGroup
	for range 2 {
		all.Go(func() {
			_, err := p.Print(t.Context(), "busy.html")
			if !errors.Is(err, errGone) || !strings.Contains(err.Error(), "the browser ended in the middle") {
				t.Errorf("%v", err)
			}
		})
	}
	time.Sleep(2 * time.Second)
	if err := p.browser.command.Process.Kill(); err != nil {
		t.Fatal(err)
	}
	all.Wait()
	if _, err := p.Print(t.Context(), "index.html"); !errors.Is(err, errGone) {
		t.Errorf("%v", err)
	}
}

// TestAWindowThatDiesIsToldOf ends the process of one page. The others go on.
func TestAWindowThatDiesIsToldOf(t *testing.T) {
	s := small()
	s["slow.html"] = document(`<img src="slow.png">`)
	asked, ended := make(chan struct{}), make(chan struct{})
	p := opened(t, Options{File: func(path string) ([]byte, bool, error) {
		if path == "slow.png" {
			close(asked)
			<-ended
		}
		return s.file(path)
	}})
	done := make(chan error)
	go func() {
		_, err := p.Print(t.Context(), "slow.html")
		done <- err
	}()
	<-asked
	root := cdp.WithExecutor(t.Context(), p.browser.root())
	windows, err := target.GetTargets().Do(root)
	if err != nil {
		t.Fatal(err)
	}
	for _, w := range windows {
		if w.URL != origin+"slow.html" {
			continue
		}
		id, err := target.AttachToTarget(w.TargetID).WithFlatten(true).Do(root)
		if err != nil {
			t.Fatal(err)
		}
		ctx, cancel := context.WithTimeout(t.Context(), time.Second)
		defer cancel()
		_ = page.Crash().Do(cdp.WithExecutor(ctx, session{p.browser.wire, string(id)})) // there is no answer
	}
	var failed *PageError
	if err := <-done; !errors.As(err, &failed) || failed.Message != "the browser's window for it crashed" {
		t.Errorf("%v", err)
	}
	close(ended)
	printed(t, p, "index.html")
}

// TestClosingWhilePagesArePrinted ends them, and may be done twice.
func TestClosingWhilePagesArePrinted(t *testing.T) {
	s := small()
	s["busy.html"] = document(`<script>for (;;) {}</script>`)
	p := opened(t, Options{File: s.file})
	done := make(chan error)
	go func() {
		_, err := p.Print(t.Context(), "busy.html")
		done <- err
	}()
	time.Sleep(2 * time.Second)
	if err := p.Close(); err != nil {
		t.Error(err)
	}
	if err := <-done; !errors.Is(err, errGone) {
		t.Errorf("%v", err)
	}
}

// TestAFileThatCannotBeReadEndsThePage tells the error of the disk as it is.
func TestAFileThatCannotBeReadEndsThePage(t *testing.T) {
	s := small()
	broken := errors.New("the disk is on fire")
	p := opened(t, Options{File: func(path string) ([]byte, bool, error) {
		if path == "assets/a.css" {
			return nil, false, broken
		}
		return s.file(path)
	}})
	if _, err := p.Print(t.Context(), "index.html"); !errors.Is(err, broken) {
		t.Errorf("%v", err)
	}
	for _, path := range []string{"none.html", "", "/index.html", "../index.html"} {
		_, err := p.Print(t.Context(), path)
		var failed *PageError
		if !errors.As(err, &failed) || failed.Message != "the site has no such page" {
			t.Errorf("%q: %v", path, err)
		}
	}
}

// TestManyPagesNeedNoMoreMemory prints one page after the other, and holds that
// the browser is not larger in the end.
func TestManyPagesNeedNoMoreMemory(t *testing.T) {
	p := opened(t, Options{File: small().file})
	var before int
	for i := range 25 {
		printed(t, p, "deep/other.html")
		if i == 9 {
			before = resident(t, p.browser.command.Process.Pid)
		}
	}
	if after := resident(t, p.browser.command.Process.Pid); after > before+30<<10 {
		t.Errorf("the browser has %d KB after 25 pages, and had %d KB after 10", after, before)
	}
}

// resident returns the memory of a process in KB.
func resident(t *testing.T, pid int) (kb int) {
	t.Helper()
	status, err := os.ReadFile(fmt.Sprintf("/proc/%d/status", pid))
	if err != nil {
		t.Skip(err)
	}
	_, rest, _ := strings.Cut(string(status), "VmRSS:")
	if _, err := fmt.Sscan(rest, &kb); err != nil {
		t.Fatal(err)
	}
	return kb
}
