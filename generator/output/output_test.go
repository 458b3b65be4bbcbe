package output

import (
	"bytes"
	"context"
	"errors"
	"fmt"
	"io"
	"io/fs"
	"iter"
	"maps"
	"os"
	"path/filepath"
	"runtime"
	"slices"
	"strings"
	"sync"
	"sync/atomic"
	"syscall"
	"testing"
)

// site yields files with the given contents; one in three as a copy.
func site(files map[string]string) iter.Seq[File] {
	return func(yield func(File) bool) {
		for i, name := range slices.Sorted(maps.Keys(files)) {
			text := files[name]
			f := File{Path: name, Write: func(b *bytes.Buffer) error { b.WriteString(text); return nil }}
			if i%3 == 2 {
				f = File{Path: name, Copy: func() (io.ReadCloser, error) { return io.NopCloser(strings.NewReader(text)), nil }}
			}
			if !yield(f) {
				return
			}
		}
	}
}

// contents reads a folder back, without the marker.
func contents(t *testing.T, dir string) map[string]string {
	t.Helper()
	got := map[string]string{}
	err := filepath.WalkDir(dir, func(name string, d fs.DirEntry, err error) error {
		if err != nil || d.IsDir() || d.Name() == Marker {
			return err
		}
		data, err := os.ReadFile(name)
		rel, _ := filepath.Rel(dir, name)
		got[filepath.ToSlash(rel)] = string(data)
		return err
	})
	if err != nil && !errors.Is(err, fs.ErrNotExist) {
		t.Fatal(err)
	}
	return got
}

func oldSite() map[string]string {
	return map[string]string{"index.html": "old", "a/same.html": "same", "a/gone.html": "gone", "z.html": "z"}
}

func newSite() map[string]string {
	return map[string]string{"index.html": "new", "a/same.html": "same", "b/c/more.html": "more", "z.html": "zz"}
}

// faulty is the real disk with a fault at one operation.
type faulty struct {
	disk
	mu         sync.Mutex
	left       int // operations until the fault
	dead       bool
	err        error
	killed     bool // after the fault everything fails, as after a kill
	noExchange bool
}

func (f *faulty) step() error {
	f.mu.Lock()
	defer f.mu.Unlock()
	f.left--
	if f.left == 0 || f.dead {
		f.dead = f.dead || f.killed
		return f.err
	}
	return nil
}

func guard(f *faulty, do func() error) error {
	if err := f.step(); err != nil {
		return err
	}
	return do()
}

func (f *faulty) Mkdir(n string) error { return guard(f, func() error { return f.disk.Mkdir(n) }) }

func (f *faulty) Link(a, b string) error { return guard(f, func() error { return f.disk.Link(a, b) }) }

func (f *faulty) Rename(a, b string) error {
	return guard(f, func() error { return f.disk.Rename(a, b) })
}

func (f *faulty) RemoveAll(n string) error {
	return guard(f, func() error { return f.disk.RemoveAll(n) })
}

func (f *faulty) Sync(n string) error { return guard(f, func() error { return f.disk.Sync(n) }) }

func (f *faulty) SyncDir(n string) error { return guard(f, func() error { return f.disk.SyncDir(n) }) }

func (f *faulty) Exchange(a, b string) error {
	if f.noExchange {
		return errors.ErrUnsupported
	}
	return guard(f, func() error { return f.disk.Exchange(a, b) })
}

func (f *faulty) WriteFile(n string, data []byte) error {
	if err := f.step(); err != nil {
		_ = f.disk.WriteFile(n, data[:len(data)/2]) // a full disk leaves half a file
		return err
	}
	return f.disk.WriteFile(n, data)
}

func (f *faulty) CopyFile(n string, r io.Reader) (int64, error) {
	if err := f.step(); err != nil {
		return 0, err
	}
	return f.disk.CopyFile(n, r)
}

// TestEveryFaultLeavesTheOldOrTheNewSite fails the first operation, then the
// second, and so on until a run gets through.
func TestEveryFaultLeavesTheOldOrTheNewSite(t *testing.T) {
	for _, noExchange := range []bool{false, true} {
		for _, killed := range []bool{false, true} {
			for _, rebuild := range []bool{false, true} {
				for _, kind := range []Kind{Site, Exports} {
					t.Run(fmt.Sprintf("rebuild=%t,killed=%t,noExchange=%t,%s", rebuild, killed, noExchange, kind), func(t *testing.T) {
						for n := 1; ; n++ {
							if n > 200 {
								t.Fatal("no run got through")
							}
							if failNth(t, n, kind, rebuild, killed, noExchange) {
								return
							}
						}
					})
				}
			}
		}
	}
}

// failNth fails the n-th operation and reports whether there was none.
func failNth(t *testing.T, n int, kind Kind, rebuild, killed, noExchange bool) bool {
	dir := filepath.Join(t.TempDir(), "public")
	before := map[string]string{}
	if rebuild {
		before = oldSite()
		if _, err := Write(context.Background(), dir, site(before), Options{Tool: "t", Kind: kind}); err != nil {
			t.Fatal(err)
		}
	}
	f := &faulty{left: n, err: syscall.ENOSPC, killed: killed, noExchange: noExchange}
	_, err := Write(context.Background(), dir, site(newSite()), Options{Tool: "t", Kind: kind, FS: f, Workers: 1})
	got := contents(t, dir)
	aside := contents(t, filepath.Join(filepath.Dir(dir), ".public.annex-old"))
	switch {
	case maps.Equal(got, newSite()):
	case maps.Equal(got, before):
		if err == nil {
			t.Errorf("operation %d: no error, but the old site", n)
		}
	case killed && noExchange && len(got) == 0 && maps.Equal(aside, before):
		// Killed between two renames: the next run puts the old site back.
	default:
		t.Errorf("operation %d: neither old nor new: %v", n, got)
	}
	if _, err := Write(context.Background(), dir, site(newSite()), Options{Tool: "t", Kind: kind}); err != nil {
		t.Errorf("operation %d: the next run: %v", n, err)
	}
	if got := contents(t, dir); !maps.Equal(got, newSite()) {
		t.Errorf("operation %d: after the next run: %v", n, got)
	}
	entries, _ := os.ReadDir(filepath.Dir(dir))
	for _, e := range entries {
		if e.Name() != "public" {
			t.Errorf("operation %d: %s was left", n, e.Name())
		}
	}
	return f.left > 0
}

func TestUnchangedFilesAreKept(t *testing.T) {
	dir := filepath.Join(t.TempDir(), "public")
	write := func(files map[string]string) Stats {
		stats, err := Write(t.Context(), dir, site(files), Options{Tool: "t"})
		if err != nil {
			t.Fatal(err)
		}
		return stats
	}
	write(oldSite())
	before, _ := os.Stat(filepath.Join(dir, "a/same.html"))
	stats := write(newSite())
	after, _ := os.Stat(filepath.Join(dir, "a/same.html"))
	if !os.SameFile(before, after) {
		t.Error("the unchanged file was written again")
	}
	if stats.Kept != 1 || stats.Written != 3 || !slices.Equal(stats.Gone, []string{"a/gone.html"}) {
		t.Errorf("stats = %+v", stats)
	}
}

func TestForeignFoldersAreLeftAlone(t *testing.T) {
	dir := t.TempDir()
	if err := os.WriteFile(filepath.Join(dir, "thesis.txt"), []byte("years of work"), 0o644); err != nil {
		t.Fatal(err)
	}
	link := filepath.Join(t.TempDir(), "link")
	if err := os.Symlink(dir, link); err != nil {
		t.Fatal(err)
	}
	for _, target := range []string{dir, link, "/", filepath.Join(dir, "thesis.txt")} {
		_, err := Write(t.Context(), target, site(newSite()), Options{Tool: "t"})
		var foreign *NotOursError
		if !errors.As(err, &foreign) {
			t.Errorf("%s: %v", target, err)
		}
	}
	if got := contents(t, dir); len(got) != 1 {
		t.Errorf("the folder holds %v", got)
	}
}

func TestTheSecondOfTwoBuildsIsTurnedAway(t *testing.T) {
	dir := filepath.Join(t.TempDir(), "public")
	var inner error
	files := func(yield func(File) bool) {
		_, inner = Write(t.Context(), dir, site(oldSite()), Options{Tool: "t"})
		site(newSite())(yield)
	}
	if _, err := Write(t.Context(), dir, files, Options{Tool: "t"}); err != nil {
		t.Fatal(err)
	}
	var locked *LockedError
	if !errors.As(inner, &locked) {
		t.Errorf("the second build: %v", inner)
	}
	if got := contents(t, dir); !maps.Equal(got, newSite()) {
		t.Errorf("the folder holds %v", got)
	}
}

func TestUnsafePathsAreRefused(t *testing.T) {
	for _, files := range [][]string{{"../x"}, {"/x"}, {"a\\b"}, {""}, {"a/../b"}, {"A.html", "a.html"}, {"a", "a"}} {
		dir := filepath.Join(t.TempDir(), "public")
		yield := func(yield func(File) bool) {
			for _, name := range files {
				if !yield(File{Path: name, Write: func(*bytes.Buffer) error { return nil }}) {
					return
				}
			}
		}
		if _, err := Write(t.Context(), dir, yield, Options{Tool: "t"}); err == nil {
			t.Errorf("%q was written", files)
		}
		if _, err := os.Stat(dir); err == nil {
			t.Errorf("%q left a folder", files)
		}
	}
}

func TestCancellingKeepsTheOldSite(t *testing.T) {
	dir := filepath.Join(t.TempDir(), "public")
	if _, err := Write(t.Context(), dir, site(oldSite()), Options{Tool: "t"}); err != nil {
		t.Fatal(err)
	}
	ctx, cancel := context.WithCancel(t.Context())
	files := func(yield func(File) bool) {
		cancel()
		site(newSite())(yield)
	}
	if _, err := Write(ctx, dir, files, Options{Tool: "t"}); !errors.Is(err, context.Canceled) {
		t.Errorf("error = %v", err)
	}
	if got := contents(t, dir); !maps.Equal(got, oldSite()) {
		t.Errorf("the folder holds %v", got)
	}
}

// TestOnlyOneHoldsTheLock has many take and give back one lock, whose file comes
// and goes.
func TestOnlyOneHoldsTheLock(t *testing.T) {
	name := filepath.Join(t.TempDir(), "lock")
	var holders, most, taken atomic.Int32
	var group sync.WaitGroup
	for range 8 {
		group.Go(func() {
			for range 500 {
				unlock, err := lock(name)
				if errors.Is(err, errLocked) {
					continue
				}
				if err != nil {
					t.Error(err)
					return
				}
				taken.Add(1)
				most.Store(max(most.Load(), holders.Add(1)))
				runtime.Gosched()
				holders.Add(-1)
				unlock()
			}
		})
	}
	group.Wait()
	if most.Load() != 1 || taken.Load() == 0 {
		t.Errorf("%d held the lock at once; it was taken %d times", most.Load(), taken.Load())
	}
	if _, err := os.Lstat(name); err == nil {
		t.Error("the file of the lock was left")
	}
}
