package preview_test

import (
	"context"
	"io"
	"net/http"
	"os"
	"path/filepath"
	"strings"
	"sync"
	"testing"
	"time"

	"annex/content"
	"annex/generator"
	"annex/generator/aims"
	"annex/generator/preview"
	"annex/generator/sample"
)

// served is a preview that runs, of a workspace that a test may change.
type served struct {
	t       testing.TB
	dir     string
	address string

	mu   sync.Mutex
	news []preview.News
}

// serve starts a preview of a folder on a free port. It ends with the test.
func serve(tb testing.TB, dir string, poll time.Duration) *served {
	tb.Helper()
	s := &served{t: tb, dir: dir}
	ctx, stop := context.WithCancel(context.Background())
	p, err := preview.Open(ctx, preview.Options{
		Generator: generator.Options{Dir: dir, AsOf: aims.NewDate(2026, 11, 24), Version: "test"},
		Poll:      poll,
		Tell: func(n preview.News) {
			s.mu.Lock()
			defer s.mu.Unlock()
			s.news = append(s.news, n)
		},
	})
	if err != nil {
		stop()
		tb.Fatal(err)
	}
	s.address = p.Address()
	done := make(chan error, 1)
	go func() { done <- p.Run(ctx) }()
	tb.Cleanup(func() {
		stop()
		if err := <-done; err != nil {
			tb.Error(err)
		}
	})
	return s
}

// starter lays out the workspace that a new user begins with.
func starter(tb testing.TB) string {
	tb.Helper()
	dir := filepath.Join(tb.TempDir(), "workspace")
	sample.Put(tb, dir, content.Starter())
	return dir
}

func get(tb testing.TB, address string) (int, string) {
	tb.Helper()
	r, err := http.Get(address)
	if err != nil {
		tb.Fatal(err)
	}
	defer r.Body.Close()
	data, err := io.ReadAll(r.Body)
	if err != nil {
		tb.Fatal(err)
	}
	return r.StatusCode, string(data)
}

// shows waits until a page has a text.
func (s *served) shows(page, text string) {
	s.t.Helper()
	s.until("page "+page+" with "+text, func() bool {
		_, body := get(s.t, s.address+page)
		return strings.Contains(body, text)
	})
}

// gone waits until there is no page.
func (s *served) gone(page string) {
	s.t.Helper()
	s.until("no page "+page, func() bool {
		status, _ := get(s.t, s.address+page)
		return status == http.StatusNotFound
	})
}

// complains waits until a problem says something.
func (s *served) complains(text string) {
	s.t.Helper()
	s.until("problem "+text, func() bool {
		_, body := get(s.t, s.address+"_annex/state?path=/")
		return strings.Contains(body, text)
	})
}

// fine waits until there are no problems.
func (s *served) fine() {
	s.t.Helper()
	s.until("no problems", func() bool {
		_, body := get(s.t, s.address+"_annex/state?path=/")
		return strings.Contains(body, `"problems":[]`) && !strings.Contains(body, `"failure"`)
	})
}

func (s *served) until(what string, done func() bool) {
	s.t.Helper()
	for begun := time.Now(); !done(); time.Sleep(10 * time.Millisecond) {
		if time.Since(begun) > 60*time.Second {
			s.t.Fatalf("there is still not: %s", what)
		}
	}
}

// told returns the news so far.
func (s *served) told() []preview.News {
	s.mu.Lock()
	defer s.mu.Unlock()
	return append([]preview.News(nil), s.news...)
}

func (s *served) path(name string) string { return filepath.Join(s.dir, filepath.FromSlash(name)) }

func (s *served) write(name, text string) {
	s.t.Helper()
	if err := os.MkdirAll(filepath.Dir(s.path(name)), 0o755); err != nil {
		s.t.Fatal(err)
	}
	if err := os.WriteFile(s.path(name), []byte(text), 0o644); err != nil {
		s.t.Fatal(err)
	}
}

func (s *served) read(name string) string {
	s.t.Helper()
	data, err := os.ReadFile(s.path(name))
	if err != nil {
		s.t.Fatal(err)
	}
	return string(data)
}

func (s *served) rename(from, to string) {
	s.t.Helper()
	if err := os.Rename(s.path(from), s.path(to)); err != nil {
		s.t.Fatal(err)
	}
}

func (s *served) remove(name string) {
	s.t.Helper()
	if err := os.RemoveAll(s.path(name)); err != nil {
		s.t.Fatal(err)
	}
}

// policy returns a document.
func policy(id, text string) string {
	return "+++\nid = \"" + id + "\"\ntitle = \"Title of " + id + "\"\nkind = \"policy\"\nversion = \"1\"\nstatus = \"draft\"\n+++\n\n" + text + "\n"
}
