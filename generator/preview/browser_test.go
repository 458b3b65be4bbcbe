package preview_test

import (
	"context"
	"flag"
	"fmt"
	"io/fs"
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
	"github.com/chromedp/cdproto/log"
	"github.com/chromedp/cdproto/network"
	"github.com/chromedp/cdproto/page"
	"github.com/chromedp/cdproto/runtime"
	"github.com/chromedp/cdproto/target"
	"github.com/chromedp/chromedp"

	"annex/content"
	"annex/generator"
	"annex/generator/aims"
	"annex/generator/preview"
	"annex/generator/sample"
)

var screenshots = flag.String("screenshots", "", "folder that the browser tests put pictures into")

// Files of the example, and the pages that show them.
const (
	document     = "organization/documents/planning/ai-risk-procedure.md"
	documentPage = "documents/ai-risk-procedure.html"
	decisions    = "organization/decisions.toml"
	soaPage      = "soa/iso-42001.html"
)

// workspace is a copy of the example.
type workspace struct {
	t   testing.TB
	dir string
}

func example(t testing.TB) workspace {
	t.Helper()
	dir := filepath.Join(t.TempDir(), "example")
	if err := os.CopyFS(dir, content.Example()); err != nil {
		t.Fatal(err)
	}
	err := filepath.WalkDir(dir, func(name string, _ fs.DirEntry, err error) error { // what is embedded is read-only
		if err != nil {
			return err
		}
		return os.Chmod(name, 0o755)
	})
	if err != nil {
		t.Fatal(err)
	}
	return workspace{t, dir}
}

// as returns the workspace for a subtest.
func (w workspace) as(t testing.TB) workspace { return workspace{t, w.dir} }

func (w workspace) path(name string) string { return filepath.Join(w.dir, filepath.FromSlash(name)) }

func (w workspace) read(name string) string {
	w.t.Helper()
	data, err := os.ReadFile(w.path(name))
	if err != nil {
		w.t.Fatal(err)
	}
	return string(data)
}

func (w workspace) write(name, text string) {
	w.t.Helper()
	if err := os.MkdirAll(filepath.Dir(w.path(name)), 0o755); err != nil {
		w.t.Fatal(err)
	}
	if err := os.WriteFile(w.path(name), []byte(text), 0o644); err != nil {
		w.t.Fatal(err)
	}
}

// put writes a file with one text in the place of another, which it holds.
func (w workspace) put(name, old, text string) {
	w.t.Helper()
	before := w.read(name)
	if !strings.Contains(before, old) {
		w.t.Fatalf("%s has no %q", name, old)
	}
	w.write(name, strings.Replace(before, old, text, 1))
}

func (w workspace) remove(name string) {
	w.t.Helper()
	if err := os.Remove(w.path(name)); err != nil {
		w.t.Fatal(err)
	}
}

func (w workspace) rename(from, to string) {
	w.t.Helper()
	if err := os.Rename(w.path(from), w.path(to)); err != nil {
		w.t.Fatal(err)
	}
}

func (w workspace) git(args ...string) {
	w.t.Helper()
	sample.Git(w.t, w.dir, "2026-11-20T12:00:00Z", args...)
}

// broken makes a file wrong in a way that every test can do.
func (w workspace) broken(name, message string) {
	w.t.Helper()
	w.write(name, fmt.Sprintf("# A mistake to mend.\n[[control]]\nid = \"broken\"\ntitle = \"Broken\"\nsatisfies = [%q]\nstatus = \"planned\"\n", message))
}

// server is a preview that can be stopped before the test ends.
type server struct {
	address string
	port    int
	stop    func()
}

func start(t testing.TB, dir string, port int) server {
	t.Helper()
	ctx, cancel := context.WithCancel(context.Background())
	p, err := preview.Open(ctx, preview.Options{Generator: generator.Options{Dir: dir, AsOf: aims.NewDate(2026, 11, 24), Version: "test"}, Port: port})
	if err != nil {
		t.Fatal(err)
	}
	done := make(chan error)
	go func() { done <- p.Run(ctx) }()
	stop := sync.OnceFunc(func() {
		cancel()
		if err := <-done; err != nil {
			t.Error(err)
		}
	})
	t.Cleanup(stop)
	u, err := url.Parse(p.Address())
	if err != nil {
		t.Fatal(err)
	}
	var n int
	_, _ = fmt.Sscan(u.Port(), &n)
	// What git knows comes a moment after the first edition, and changes every page.
	for range 40 {
		if _, state := get(t, p.Address()+"_annex/state?path=/"); !strings.Contains(state, `"generation":1,`) {
			break
		}
		time.Sleep(25 * time.Millisecond)
	}
	return server{p.Address(), n, stop}
}

// TestInABrowser holds what a browser shows while files are being written. Each part
// has a window of its own.
func TestInABrowser(t *testing.T) {
	browser := chromium(t)
	t.Run("all", func(t *testing.T) { // which ends before the browser does
		for name, test := range map[string]func(*testing.T, context.Context){
			"Pages of the preview":      testPagesOfThePreview,
			"Look of problems":          testLookOfProblems,
			"Problems show":             testProblemsShow,
			"Broken from the start":     testBrokenFromTheStart,
			"Page comes and goes":       testPageComesAndGoes,
			"Server comes and goes":     testServerComesAndGoes,
			"Hidden tabs":               testHiddenTabs,
			"Pages show what was saved": testPagesShowWhatWasSaved,
			"Reload keeps the place":    testReloadKeepsThePlace,
			"Text is put in place":      testTextIsPutInPlace,
			"Style is swapped":          testStyleIsSwapped,
		} {
			t.Run(name, func(t *testing.T) {
				t.Parallel()
				test(t, window(t, browser))
			})
		}
	})
}

// chromium starts a headless browser that lasts as long as the test.
func chromium(t testing.TB) context.Context {
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
	t.Cleanup(func() { // waits, so that the profile folder can go, but not for a browser that hangs
		hangs := time.AfterFunc(10*time.Second, stop)
		defer hangs.Stop()
		_ = chromedp.Cancel(browser)
	})
	if err := chromedp.Run(browser); err != nil {
		t.Fatalf("starting %s: %v", path, err)
	}
	return browser
}

// window returns a context whose tabs are in a window of their own, which shares
// nothing with others.
func window(t testing.TB, browser context.Context) context.Context {
	t.Helper()
	var id cdp.BrowserContextID
	soon, stop := context.WithTimeout(browser, time.Minute)
	defer stop()
	err := chromedp.Run(soon, chromedp.ActionFunc(func(ctx context.Context) (err error) {
		ctx = cdp.WithExecutor(ctx, chromedp.FromContext(ctx).Browser)
		if id, err = target.CreateBrowserContext().Do(ctx); err == nil {
			_, err = target.CreateTarget("about:blank").WithBrowserContextID(id).WithNewWindow(true).Do(ctx)
		}
		return err
	}))
	if err != nil {
		t.Fatal(err)
	}
	ctx, cancel := chromedp.NewContext(browser, chromedp.WithExistingBrowserContext(id))
	t.Cleanup(cancel)
	return ctx
}

// tab is a tab of the browser, with what it complained of.
type tab struct {
	t       testing.TB
	ctx     context.Context
	address string // of the server
	close   func()
	*record
}

// as returns the tab for a subtest.
func (x *tab) as(t testing.TB) *tab {
	y := *x
	y.t = t
	return &y
}

// record is what a tab did.
type record struct {
	mu     sync.Mutex
	said   []string // console messages, exceptions, broken policies, requests to elsewhere
	looked int      // how often it asked for the state
}

func open(t testing.TB, browser context.Context, address string) *tab {
	t.Helper()
	ctx, cancel := chromedp.NewContext(browser)
	t.Cleanup(cancel)
	ctx, stop := context.WithTimeout(ctx, 2*time.Minute)
	t.Cleanup(stop)
	x := &tab{t: t, ctx: ctx, address: address, close: cancel, record: &record{}}
	chromedp.ListenTarget(ctx, x.listen)
	x.run(network.Enable(), log.Enable(), runtime.Enable())
	return x
}

func (x *tab) listen(event any) {
	x.mu.Lock()
	defer x.mu.Unlock()
	switch e := event.(type) {
	case *runtime.EventConsoleAPICalled:
		said := "console: " + string(e.Type)
		for _, a := range e.Args {
			said += " " + string(a.Value)
		}
		x.said = append(x.said, said)
	case *runtime.EventExceptionThrown:
		x.said = append(x.said, "exception: "+e.ExceptionDetails.Error())
	case *log.EventEntryAdded:
		x.said = append(x.said, fmt.Sprintf("log: %s %s %s", e.Entry.Source, e.Entry.Text, e.Entry.URL))
	case *network.EventRequestWillBeSent:
		switch {
		case strings.HasPrefix(e.Request.URL, x.address+"_annex/state"):
			x.looked++
		case !strings.HasPrefix(e.Request.URL, x.address) && !strings.HasPrefix(e.Request.URL, "data:"):
			x.said = append(x.said, "request: "+e.Request.URL)
		}
	}
}

// quiet fails the test for everything that the tab complained of.
func (x *tab) quiet() {
	x.t.Helper()
	x.mu.Lock()
	defer x.mu.Unlock()
	for _, s := range x.said {
		x.t.Error(s)
	}
	x.said = nil
}

// quietly is quiet but for what Chromium itself says of the status of notices.
func (x *tab) quietly() {
	x.t.Helper()
	x.mu.Lock()
	x.said = slices.DeleteFunc(x.said, func(s string) bool {
		return strings.Contains(s, "status of 404") || strings.Contains(s, "status of 503")
	})
	x.mu.Unlock()
	x.quiet()
}

func (x *tab) run(actions ...chromedp.Action) {
	x.t.Helper()
	if err := chromedp.Run(x.ctx, actions...); err != nil {
		x.t.Fatal(err)
	}
}

// visit opens a page and waits until its script has asked for the state.
func (x *tab) visit(page string) {
	x.t.Helper()
	before := x.looks()
	x.run(chromedp.Navigate(x.address + page))
	x.after(before)
}

func (x *tab) looks() int {
	x.mu.Lock()
	defer x.mu.Unlock()
	return x.looked
}

// after waits until the page has asked for the state once more than before, and
// had the time to do something about it.
func (x *tab) after(before int) {
	x.t.Helper()
	for begun := time.Now(); x.looks() <= before; time.Sleep(5 * time.Millisecond) {
		if time.Since(begun) > patience {
			x.t.Fatal("the page does not ask for the state")
		}
	}
	time.Sleep(100 * time.Millisecond)
}

// patience is how long something may take that should be there at once.
const patience = 8 * time.Second

// value evaluates an expression, and returns nil while the page is being loaded.
func (x *tab) value(expression string) any {
	var v any
	if chromedp.Run(x.ctx, chromedp.Evaluate(expression, &v)) != nil {
		return nil
	}
	return v
}

// until waits until an expression is true.
func (x *tab) until(expression string) {
	x.t.Helper()
	for begun := time.Now(); x.value(expression) != true; time.Sleep(10 * time.Millisecond) {
		if time.Since(begun) > patience {
			x.t.Fatalf("this does not come true: %s\nthe page says:\n%s", expression, x.value(`document.body.innerText.slice(0, 600) + "\n...\n" + document.body.innerText.slice(-900)`))
		}
	}
}

// is fails the test when an expression has another value.
func (x *tab) is(expression string, want any) {
	x.t.Helper()
	if got := x.value(expression); got != want {
		x.t.Errorf("%s is %v, want %v", expression, got, want)
	}
}

// shows waits until the page has a text.
func (x *tab) shows(text string) {
	x.t.Helper()
	x.until(fmt.Sprintf("document.body.innerText.includes(%q)", text))
}

// mark sets a variable that ends with the page.
func (x *tab) mark() {
	x.t.Helper()
	x.run(chromedp.Evaluate(`window.marked = true`, nil))
}

// touch changes an element as a script would, so that its page is loaded anew
// rather than changed in place.
func (x *tab) touch(selector string) {
	x.t.Helper()
	x.run(chromedp.Evaluate(fmt.Sprintf(`document.querySelector(%q).dataset.touched = ""`, selector), nil))
}

const (
	reloaded = `window.marked === undefined && document.readyState === "complete"`
	survived = `window.marked === true`
	problems = `document.querySelector(".annex-problems")`
	noErrors = `document.readyState === "complete" && !document.querySelector(".annex-problems")`
)

// front brings a tab before the others.
func front(x *tab) {
	x.t.Helper()
	x.run(page.BringToFront())
}
