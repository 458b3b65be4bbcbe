package preview_test

import (
	"flag"
	"fmt"
	"math/rand/v2"
	"net/http"
	"os"
	"path/filepath"
	"runtime"
	"strings"
	"testing"
	"time"
)

var soak = flag.Int("soak", 60, "how many edits TestNothingLeaks makes")

// held is what a process holds on to.
type held struct {
	heap, goroutines, files, watches int
}

func (h held) String() string {
	return fmt.Sprintf("%.1f MB, %d goroutines, %d open files, %d watches", float64(h.heap)/1e6, h.goroutines, h.files, h.watches)
}

func holds(t *testing.T) held {
	t.Helper()
	http.DefaultClient.CloseIdleConnections()
	time.Sleep(300 * time.Millisecond)
	runtime.GC()
	runtime.GC()
	var m runtime.MemStats
	runtime.ReadMemStats(&m)
	h := held{heap: int(m.HeapAlloc), goroutines: runtime.NumGoroutine()}
	infos, _ := filepath.Glob("/proc/self/fdinfo/*")
	h.files = len(infos)
	for _, name := range infos {
		data, _ := os.ReadFile(name)
		h.watches += strings.Count(string(data), "inotify wd:")
	}
	return h
}

// TestNothingLeaks edits a workspace again and again while pages are read and
// event streams come and go, and holds that memory, goroutines, open files and
// watches stay what they were after a tenth of it. Of a night's length:
//
//	go test ./generator/preview -run TestNothingLeaks -soak 2000 -v
func TestNothingLeaks(t *testing.T) {
	s := serve(t, starter(t), 0)
	random := rand.New(rand.NewPCG(42001, 2))
	var begin held
	for i := range *soak {
		if i == max(30, *soak/10) {
			begin = holds(t)
		}
		mark := fmt.Sprintf("Edit %d.", i)
		switch i % 10 {
		case 3: // a folder comes, is renamed and goes
			s.write("organization/passing/deep/p.md", policy("passing", mark))
			s.shows("documents/passing.html", mark)
			s.rename("organization/passing", "organization/gone")
			time.Sleep(time.Duration(random.IntN(20)) * time.Millisecond)
			s.remove("organization/gone")
			s.gone("documents/passing.html")
		case 6: // a mistake
			s.write("organization/documents/a.md", policy("a", "[["+fmt.Sprintf("nothing-%d", i)+"]]"))
			s.complains(fmt.Sprintf("nothing-%d", i))
			s.write("organization/documents/a.md", policy("a", mark))
			s.shows("documents/a.html", mark)
			s.fine()
		case 8: // a tab opens and closes
			r, err := http.Get(s.address + "_annex/events")
			if err != nil {
				t.Fatal(err)
			}
			s.write("organization/documents/a.md", policy("a", mark))
			s.shows("documents/a.html", mark)
			r.Body.Close()
		default:
			s.write("organization/documents/a.md", policy("a", mark))
			s.shows("documents/a.html", mark)
		}
	}
	end := holds(t)
	t.Logf("after %d edits: %s; at the end: %s", max(30, *soak/10), begin, end)
	if end.heap > begin.heap*12/10+2_000_000 {
		t.Errorf("memory grew from %.1f to %.1f MB", float64(begin.heap)/1e6, float64(end.heap)/1e6)
	}
	if end.goroutines > begin.goroutines+2 || end.files > begin.files+2 || end.watches != begin.watches {
		t.Errorf("something is left open: %s, then %s", begin, end)
	}
}
