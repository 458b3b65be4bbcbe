package preview

import (
	"context"
	"fmt"
	"net/http"
	"net/http/httptest"
	"os"
	"os/exec"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/chromedp/cdproto/runtime"
	"github.com/chromedp/chromedp"
)

// another is a page of another site. It asks for TARGET in all ways that pages
// have, and lists those that let something in.
const another = `<!doctype html><title>another</title><script>
async function attempts(target) {
  const got = [];
  const wait = (make, name) => new Promise((done) => {
    const e = make();
    const end = setTimeout(done, 3000);
    e.onload = () => { if (name(e)) got.push(name(e)); clearTimeout(end); done(); };
    e.onerror = () => { clearTimeout(end); done(); };
    if (e.nodeType) document.documentElement.append(e);
  });
  const element = (kind, more) => () => Object.assign(document.createElement(kind), more);
  for (const mode of ["cors", "no-cors"]) {
    try { const r = await fetch(target + "/_annex/state?path=/", { mode, credentials: "include" }); got.push("fetch " + mode + " " + r.type); } catch {}
  }
  await wait(element("script", { src: target + "/_annex/client.js" }), () => "script");
  await wait(element("script", { src: target + "/assets/annex.js", type: "module" }), () => "module");
  await wait(element("img", { src: target + "/evidence/drawing/a.svg" }), () => "image");
  await wait(element("link", { href: target + "/assets/annex.css", rel: "stylesheet" }), () => "style");
  for (const kind of ["iframe", "embed", "object"]) {
    await wait(element(kind, kind === "object" ? { data: target + "/" } : { src: target + "/" }), (e) => {
      try { return e.contentDocument && e.contentDocument.location.href !== "about:blank" ? kind : ""; } catch { return ""; }
    });
  }
  await new Promise((done) => { const e = new EventSource(target + "/_annex/events"); e.onmessage = () => { got.push("events"); done(); }; e.onerror = () => { e.close(); done(); }; });
  await new Promise((done) => { const e = new WebSocket(target.replace("http", "ws") + "/_annex/events"); e.onopen = () => { got.push("socket"); done(); }; e.onerror = () => done(); });
  try { new SharedWorker(target + "/_annex/client.js"); got.push("worker"); } catch {}
  const opened = open(target + "/");
  await new Promise((done) => setTimeout(done, 300));
  try { if (opened.document.title !== "") got.push("window"); } catch {}
  if (opened) opened.close();
  return got;
}
</script>`

func TestAnotherSiteInTheSameBrowserReadsNothing(t *testing.T) {
	t.Parallel()
	browser := chromium(t)
	a := attack(t, besieged, nil)
	write(t, a.dir+"/organization/evidence/drawing/a.svg", "<svg xmlns='http://www.w3.org/2000/svg' width='9' height='9'></svg>")
	evil := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, _ *http.Request) {
		w.Header().Set("Content-Type", "text/html")
		fmt.Fprint(w, another)
	}))
	defer evil.Close()
	target := strings.TrimSuffix(a.Address(), "/")
	for _, site := range []string{evil.URL, strings.Replace(evil.URL, "127.0.0.1", "localhost", 1)} { // across sites, and on the same
		var got []string
		run(t, browser, chromedp.Navigate(site), evaluate(`attempts("`+target+`")`, &got))
		if len(got) > 0 {
			t.Errorf("%s reads %s by %q", site, target, got)
		}
	}
	var title string
	run(t, browser, chromedp.Navigate(evil.URL), chromedp.Evaluate(`void location.assign("`+target+`/")`, nil), chromedp.WaitVisible("main h1"), chromedp.Title(&title))
	if title == "another" {
		t.Error("a link on another site does not lead to the preview")
	}
}

// TestEvidenceInABrowser holds the same as [TestEvidenceIsShownAndNeverRun] where
// it counts.
func TestEvidenceInABrowser(t *testing.T) {
	t.Parallel()
	browser := chromium(t)
	a := attack(t, besieged, nil)
	const run1 = "<html xmlns='http://www.w3.org/1999/xhtml'><head><title>still</title></head><body><script>document.title = 'run'</script></body></html>"
	for id, name := range evidence {
		text := run1
		switch name {
		case "a.svg":
			text = "<svg xmlns='http://www.w3.org/2000/svg'><title>still</title><script>document.title = 'run'</script></svg>"
		case "a.js", "a.mjs":
			text = "document.title = 'run'"
		case "a.css":
			text = "body { color: rgb(1, 2, 3) }"
		}
		write(t, a.dir+"/organization/evidence/"+id+"/"+name, text)
	}
	for _, id := range []string{"page", "old", "strict", "drawing", "data", "upper", "text", "root"} {
		var title string
		run(t, browser, chromedp.Navigate(a.Address()+"evidence/"+id+"/"+evidence[id]), chromedp.Sleep(20*time.Millisecond), chromedp.Title(&title))
		if title == "run" {
			t.Errorf("%s runs", evidence[id])
		}
	}
	var got string
	run(t, browser, chromedp.Navigate(a.Address()), evaluate(`(async () => {
		for (const src of ["/evidence/script/a.js", "/evidence/module/a.mjs", "/evidence/text/a.txt", "/evidence/page/a.html"]) {
			for (const type of ["", "module"]) await new Promise((done) => document.head.append(Object.assign(document.createElement("script"), { src, type, onload: done, onerror: done })));
			try { await navigator.serviceWorker.register(src); return "a service worker"; } catch {}
		}
		await new Promise((done) => document.head.append(Object.assign(document.createElement("link"), { href: "/evidence/style/a.css", rel: "stylesheet", onload: done, onerror: done })));
		return getComputedStyle(document.body).color === "rgb(1, 2, 3)" ? "a style" : document.title;
	})()`, &got))
	if got == "run" || strings.HasPrefix(got, "a s") {
		t.Errorf("a page can make %q of evidence", got)
	}
}

func evaluate(script string, to any) chromedp.Action {
	return chromedp.Evaluate(script, to, func(p *runtime.EvaluateParams) *runtime.EvaluateParams { return p.WithAwaitPromise(true) })
}

func run(t *testing.T, browser context.Context, actions ...chromedp.Action) {
	t.Helper()
	ctx, stop := context.WithTimeout(browser, 20*time.Second)
	defer stop()
	if err := chromedp.Run(ctx, actions...); err != nil {
		t.Fatal(err)
	}
}

func chromium(t *testing.T) context.Context {
	t.Helper()
	path, err := exec.LookPath("chromium")
	if err != nil {
		if os.Getenv("ANNEX_TEST_BROWSER") == "required" {
			t.Fatal(err)
		}
		t.Skip(err)
	}
	options := append(slices.Clone(chromedp.DefaultExecAllocatorOptions[:]), chromedp.ExecPath(path), chromedp.UserDataDir(t.TempDir()),
		chromedp.NoSandbox, chromedp.DisableGPU, chromedp.Flag("disable-popup-blocking", true), chromedp.WSURLReadTimeout(time.Minute))
	allocator, stop := chromedp.NewExecAllocator(context.Background(), options...)
	t.Cleanup(stop)
	browser, _ := chromedp.NewContext(allocator)
	t.Cleanup(func() { _ = chromedp.Cancel(browser) })
	if err := chromedp.Run(browser); err != nil { // which gives up after the minute above
		t.Fatal(err)
	}
	return browser
}
