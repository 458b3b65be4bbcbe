package pdf

import (
	"context"
	_ "embed"
	"encoding/json"
	"fmt"
	"sync"
	"sync/atomic"

	"github.com/chromedp/cdproto/cdp"
	"github.com/chromedp/cdproto/emulation"
	"github.com/chromedp/cdproto/fetch"
	"github.com/chromedp/cdproto/network"
	"github.com/chromedp/cdproto/page"
	"github.com/chromedp/cdproto/runtime"
	"github.com/chromedp/cdproto/target"
)

// window is a page that is being printed.
type window struct {
	session
	ctx     context.Context // ends with the page
	fail    context.CancelCauseFunc
	printer *Printer
	path    string
	frame   cdp.FrameID // of the page, not of one in it
	opens   atomic.Bool // the page was asked for

	loaded chan struct{} // closed when the page and all that it asks for is there
	once   sync.Once

	mu      sync.Mutex
	refused []string          // addresses
	asked   map[string]string // addresses by the number of their request
}

// print prints a page in a window of its own. The context that it lives in shares
// no memory, cache or process with others, and ends with it.
func (p *Printer) print(ctx context.Context, path string) (Printed, error) {
	if _, ok, err := p.options.File(path); err != nil {
		return Printed{}, err
	} else if !ok {
		return Printed{}, &PageError{path, "the site has no such page"}
	}
	root := cdp.WithExecutor(ctx, p.browser.root())
	apart, err := target.CreateBrowserContext().Do(root)
	if err != nil {
		return Printed{}, fmt.Errorf("opening a window: %w", err)
	}
	defer func() {
		ctx, cancel := context.WithTimeout(context.WithoutCancel(root), waitLimit)
		defer cancel()
		_ = target.DisposeBrowserContext(apart).Do(ctx) // a browser that is gone has none any more
	}()
	id, err := target.CreateTarget("about:blank").WithBrowserContextID(apart).WithNewWindow(true).Do(root)
	if err != nil {
		return Printed{}, fmt.Errorf("opening a window: %w", err)
	}
	sid, err := target.AttachToTarget(id).WithFlatten(true).Do(root)
	if err != nil {
		return Printed{}, fmt.Errorf("opening a window: %w", err)
	}
	ctx, fail := context.WithCancelCause(ctx)
	w := &window{
		session: session{p.browser.wire, string(sid)}, fail: fail, printer: p, path: path, frame: cdp.FrameID(id),
		loaded: make(chan struct{}), asked: map[string]string{},
	}
	w.ctx = cdp.WithExecutor(ctx, w.session)
	defer fail(nil)
	p.browser.hear(w.id, w.hear)
	defer p.browser.hear(w.id, nil)
	printed, err := w.print()
	if cause := context.Cause(ctx); err != nil && cause != nil {
		err = cause // what happened, and not that something was cancelled
	}
	return printed, err
}

func (w *window) print() (Printed, error) {
	if err := w.ready(); err != nil {
		return Printed{}, fmt.Errorf("preparing a window: %w", err)
	}
	_, _, failure, _, err := page.Navigate(origin + escape(w.path)).Do(w.ctx)
	if err == nil && failure != "" {
		err = &PageError{w.path, "it does not open: " + failure}
	}
	if err != nil {
		return Printed{}, err
	}
	select {
	case <-w.loaded:
	case <-w.end():
		return Printed{}, errGone
	case <-w.ctx.Done():
		return Printed{}, w.ctx.Err()
	}
	form, err := w.prepare()
	if err != nil {
		return Printed{}, err
	}
	_, width, height := w.printer.options.Paper.size()
	content, _, err := page.PrintToPDF().
		WithPrintBackground(true).WithPreferCSSPageSize(true).WithPaperWidth(width).WithPaperHeight(height).
		WithGenerateTaggedPDF(true).WithGenerateDocumentOutline(true).Do(w.ctx)
	if err != nil {
		return Printed{}, fmt.Errorf("printing %s: %w", w.path, err)
	}
	content, err = stamp(content, w.printer.options.Day)
	if err != nil {
		return Printed{}, fmt.Errorf("printing %s: %w", w.path, err)
	}
	w.mu.Lock()
	defer w.mu.Unlock()
	return Printed{Title: form.Title, Content: content, Refused: distinct(w.refused)}, nil
}

func (w *window) end() <-chan struct{} { return w.wire.end }

// across returns the width of what is printed on a sheet so many inches wide, in
// CSS pixels: less the margins of 18 mm of the print styles.
func across(inches float64) int64 { return int64((inches - 36/25.4) * 96) }

// ready makes a window one that prints: it asks us for every file, takes the page
// for paper, and keeps no dialog open.
func (w *window) ready() error {
	_, short, _ := w.printer.options.Paper.size()
	steps := []interface{ Do(context.Context) error }{
		fetch.Enable().WithPatterns([]*fetch.RequestPattern{{URLPattern: "*"}}),
		network.Enable(),
		page.Enable(),
		emulation.SetTimezoneOverride("UTC"),
		emulation.SetFocusEmulationEnabled(true),
		emulation.SetDeviceMetricsOverride(across(short), 1000, 1, false),
		emulation.SetEmulatedMedia().WithMedia("print").WithFeatures([]*emulation.MediaFeature{
			{Name: "prefers-color-scheme", Value: "light"}, {Name: "prefers-reduced-motion", Value: "reduce"},
		}),
	}
	for _, s := range steps {
		if err := s.Do(w.ctx); err != nil {
			return err
		}
	}
	return nil
}

//go:embed prepare.js
var prepareScript string

// form is what the script that prepares a page says of it.
type form struct {
	Title string
	Wide  bool // it prints on sheets that lie on their side
}

// prepare makes a loaded page ready for paper: once to see how its sheets lie, and
// once as wide as they are, so that charts are drawn for them. The script runs in
// a world of its own, where scripts of the page cannot change what it uses.
func (w *window) prepare() (f form, err error) {
	world, err := page.CreateIsolatedWorld(w.frame).Do(w.ctx)
	if err != nil {
		return f, fmt.Errorf("preparing %s: %w", w.path, err)
	}
	name, short, long := w.printer.options.Paper.size()
	for _, last := range []bool{false, true} {
		if last {
			width := short
			if f.Wide {
				width = long
			}
			err := emulation.SetDeviceMetricsOverride(across(width), 1000, 1, false).Do(w.ctx)
			if err != nil {
				return f, fmt.Errorf("preparing %s: %w", w.path, err)
			}
		}
		var answer struct {
			Result struct {
				Value form `json:"value"`
			} `json:"result"`
			Exception *struct {
				Text string `json:"text"`
			} `json:"exceptionDetails"`
		}
		err := w.Execute(w.ctx, runtime.CommandEvaluate, runtime.Evaluate(fmt.Sprintf("(%s)(%q)", prepareScript, name)).
			WithContextID(world).WithAwaitPromise(true).WithReturnByValue(true), &answer)
		if err == nil && answer.Exception != nil {
			err = &PageError{w.path, "its script stops: " + answer.Exception.Text}
		}
		if err != nil {
			return f, err
		}
		f = answer.Result.Value
	}
	return f, nil
}

// hear takes up what the browser tells of the window.
func (w *window) hear(e event) {
	switch e.method {
	case "Fetch.requestPaused":
		var r request
		if json.Unmarshal(e.params, &r) == nil {
			go w.answer(r)
		}
	case "Network.requestWillBeSent":
		var r struct {
			ID      string `json:"requestId"`
			Request struct {
				URL string `json:"url"`
			} `json:"request"`
		}
		if json.Unmarshal(e.params, &r) == nil {
			w.mu.Lock()
			w.asked[r.ID] = r.Request.URL
			w.mu.Unlock()
		}
	case "Network.loadingFailed":
		var r struct {
			ID      string `json:"requestId"`
			Blocked string `json:"blockedReason"`
		}
		if json.Unmarshal(e.params, &r) == nil && r.Blocked != "" {
			w.mu.Lock()
			address := w.asked[r.ID]
			w.mu.Unlock()
			w.refuse(address)
		}
	case "Page.javascriptDialogOpening":
		go func() { _ = page.HandleJavaScriptDialog(false).Do(w.ctx) }()
	case "Page.loadEventFired":
		w.once.Do(func() { close(w.loaded) })
	case "Inspector.targetCrashed":
		w.fail(&PageError{w.path, "the browser's window for it crashed"})
	}
}
