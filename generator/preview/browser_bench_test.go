package preview_test

import (
	"context"
	"fmt"
	"path/filepath"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/chromedp/cdproto/page"
	"github.com/chromedp/cdproto/runtime"
	"github.com/chromedp/chromedp"

	"annex/generator/sample"
)

// BenchmarkPixels measures from the write of a document to the frame in which a
// browser shows its new text, at a thousand and at ten thousand documents. Beside
// the whole it reports the middle of its parts: until the stream told of the new
// generation, until the state was known, and until the new page began, where one
// did. Point TMPDIR at tmpfs to leave the disk out.
func BenchmarkPixels(b *testing.B) {
	for _, n := range []int{1000, 10000} {
		b.Run(fmt.Sprint(n), func(b *testing.B) {
			w := workspace{b, filepath.Join(b.TempDir(), "corpus")}
			sample.Put(b, w.dir, sample.NewCorpus(n).Files(b))
			s := start(b, w.dir, 0)
			x := open(b, chromium(b), s.address)
			pixels(b, w, x)
		})
	}
}

// watch is a script in every page that reports when the network and the page have
// done what, by the clock of the computer, and which mark was painted. A callback
// of requestAnimationFrame runs before its frame is painted, the one after it
// behind that.
const watch = `(() => {
	const tell = (what) => window.annexTold && annexTold(what + " " + (performance.timeOrigin + performance.now()));
	const told = new Set();
	const once = (what) => { if (!told.has(what)) { told.add(what); tell(what); } };
	let last = "";
	const frame = () => {
		const mark = document.querySelector("main .prose h2[id^=mark]");
		if (mark && mark.id !== last) { last = mark.id; requestAnimationFrame(() => tell("painted:" + mark.id)); }
		requestAnimationFrame(frame);
	};
	requestAnimationFrame(frame);
	once("begun");
	const real = window.fetch;
	window.fetch = async (...a) => { tell("told"); const r = await real(...a); tell("answered"); return r; };
})()`

func pixels(b *testing.B, w workspace, x *tab) {
	const file = "organization/documents/s003/p00170.md"
	told := make(chan string, 100)
	chromedp.ListenTarget(x.ctx, func(event any) {
		if e, ok := event.(*runtime.EventBindingCalled); ok {
			told <- e.Payload
		}
	})
	x.run(runtime.AddBinding("annexTold"), chromedp.ActionFunc(func(ctx context.Context) error {
		_, err := page.AddScriptToEvaluateOnNewDocument(watch).Do(ctx)
		return err
	}))
	x.visit("documents/p00170.html")
	original := w.read(file)
	var whole []time.Duration
	parts := map[string][]time.Duration{}
	for i := 0; b.Loop(); i++ {
		b.StopTimer()
		time.Sleep(400 * time.Millisecond) // nobody saves faster, and what was put off gets done
		for len(told) > 0 {
			<-told
		}
		mark := fmt.Sprintf("mark%06d", i)
		text := strings.Replace(original, "\n## Review\n", "\n## "+mark+"\n", 1)
		b.StartTimer()
		begun := time.Now()
		w.write(file, text)
		at := map[string]time.Duration{}
		for whole = append(whole, 0); whole[i] == 0; {
			select {
			case what := <-told:
				var ms float64
				name, clock, _ := strings.Cut(what, " ")
				_, _ = fmt.Sscan(clock, &ms)
				since := time.Duration(ms*float64(time.Millisecond)) - time.Duration(begun.UnixNano())
				if name == "painted:"+mark {
					whole[i] = since
				} else if _, ok := at[name]; !ok {
					at[name] = since
				}
			case <-time.After(patience):
				b.Fatal("the change does not show")
			}
		}
		for name, d := range at {
			parts[name] = append(parts[name], d)
		}
	}
	b.ReportMetric(0, "ns/op")
	for _, p := range []int{50, 95, 99} {
		b.ReportMetric(percentile(whole, p), fmt.Sprintf("p%d-ms", p))
	}
	for _, name := range []string{"told", "answered", "begun"} {
		if len(parts[name]) > 0 { // no page begins where the text is put in place
			b.ReportMetric(percentile(parts[name], 50), name+"-ms")
		}
	}
}

func percentile(all []time.Duration, p int) float64 {
	slices.Sort(all)
	return float64(all[min(len(all)*p/100, len(all)-1)].Microseconds()) / 1000
}
