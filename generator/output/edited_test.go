package output

import (
	"bytes"
	"crypto/sha256"
	"errors"
	"fmt"
	"maps"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"
)

// exports writes a folder of exports and returns its path.
func exports(t *testing.T, files map[string]string) string {
	t.Helper()
	dir := filepath.Join(t.TempDir(), "exports")
	if _, err := Write(t.Context(), dir, site(files), Options{Tool: "t", Kind: Exports}); err != nil {
		t.Fatal(err)
	}
	return dir
}

func TestTheMarkerOfExportsHasTheSumOfEachFile(t *testing.T) {
	dir := exports(t, oldSite())
	got, err := os.ReadFile(filepath.Join(dir, Marker))
	if err != nil {
		t.Fatal(err)
	}
	want := "A folder of exports made by t. annex replaces this folder as a whole.\n"
	for _, name := range slices.Sorted(maps.Keys(oldSite())) {
		want += fmt.Sprintf("%x  %s\n", sha256.Sum256([]byte(oldSite()[name])), name)
	}
	if string(got) != want {
		t.Errorf("the marker is %s", got)
	}
	for range 2 { // the second run keeps what the first one wrote
		stats, err := Write(t.Context(), dir, site(newSite()), Options{Tool: "t", Kind: Exports})
		if err != nil || stats.Written+stats.Kept != len(newSite()) {
			t.Errorf("%+v, %v", stats, err)
		}
	}
	if got := contents(t, dir); !maps.Equal(got, newSite()) {
		t.Errorf("it holds %v", got)
	}
}

// TestWorkInAFolderOfExportsIsKept does what somebody does in such a folder.
func TestWorkInAFolderOfExportsIsKept(t *testing.T) {
	put := func(name, text string) func(string) error {
		return func(dir string) error {
			name := filepath.Join(dir, filepath.FromSlash(name))
			return errors.Join(os.MkdirAll(filepath.Dir(name), 0o755), os.WriteFile(name, []byte(text), 0o644))
		}
	}
	for _, c := range []struct {
		title          string
		work           func(dir string) error
		changed, added []string
	}{
		{"nothing", func(string) error { return nil }, nil, nil},
		{"an edit", put("a/same.html", "SAME"), []string{"a/same.html"}, nil},
		{"an edit of what goes away", put("a/gone.html", "mine"), []string{"a/gone.html"}, nil},
		{"an emptied file", put("z.html", ""), []string{"z.html"}, nil},
		{"a file of his own", put("notes/a.txt", "mine"), nil, []string{"notes/a.txt"}},
		{"a hidden one", put(".~lock.soa.xlsx#", "mine"), nil, []string{".~lock.soa.xlsx#"}},
		{"a marker in a folder", put("a/.annex-site", "mine"), nil, []string{"a/.annex-site"}},
		{"a link in the place", func(dir string) error {
			return errors.Join(os.Rename(filepath.Join(dir, "z.html"), filepath.Join(dir, "y.html")), os.Symlink("y.html", filepath.Join(dir, "z.html")))
		}, []string{"z.html"}, []string{"y.html"}},
		{"a marker without sums", put(Marker, "A folder of exports made by t. annex replaces this folder as a whole.\n"), nil, slices.Sorted(maps.Keys(oldSite()))},
		{"a file taken away", func(dir string) error { return os.Remove(filepath.Join(dir, "z.html")) }, nil, nil},
		{"a look around", errorsOf(put(".DS_Store", "x"), put("a/Thumbs.db", "x")), nil, nil},
	} {
		t.Run(c.title, func(t *testing.T) {
			dir := exports(t, oldSite())
			if err := c.work(dir); err != nil {
				t.Fatal(err)
			}
			before := contents(t, dir)
			_, err := Write(t.Context(), dir, site(newSite()), Options{Tool: "t", Kind: Exports})
			if len(c.changed)+len(c.added) == 0 {
				if got := contents(t, dir); err != nil || !maps.Equal(got, newSite()) {
					t.Errorf("%v: it holds %v", err, got)
				}
				return
			}
			var edited *EditedError
			if !errors.As(err, &edited) || !slices.Equal(edited.Changed, c.changed) || !slices.Equal(edited.Added, c.added) {
				t.Fatalf("error = %#v", err)
			}
			if got := contents(t, dir); !maps.Equal(got, before) {
				t.Errorf("it holds %v", got)
			}
			if left, _ := os.ReadDir(filepath.Dir(dir)); len(left) != 1 {
				t.Errorf("%v were left beside it", left)
			}
			stats, err := Write(t.Context(), dir, site(newSite()), Options{Tool: "t", Kind: Exports, Force: true})
			if got := contents(t, dir); err != nil || !maps.Equal(got, newSite()) {
				t.Errorf("with force, %v: it holds %v", err, got)
			}
			for _, name := range append(c.added, "a/gone.html") {
				if _, stays := newSite()[name]; !stays && !slices.Contains(stats.Gone, name) {
					t.Errorf("it does not say that %s is gone: %v", name, stats.Gone)
				}
			}
		})
	}
}

func errorsOf(steps ...func(string) error) func(string) error {
	return func(dir string) error {
		var all error
		for _, step := range steps {
			all = errors.Join(all, step(dir))
		}
		return all
	}
}

// TestWorkDuringAnExportIsKept edits a file after the folder was looked at.
func TestWorkDuringAnExportIsKept(t *testing.T) {
	dir := exports(t, oldSite())
	files := func(yield func(File) bool) {
		if err := os.WriteFile(filepath.Join(dir, "a/same.html"), []byte("SAME"), 0o644); err != nil {
			t.Error(err)
		}
		site(newSite())(yield)
	}
	_, err := Write(t.Context(), dir, files, Options{Tool: "t", Kind: Exports})
	var edited *EditedError
	if !errors.As(err, &edited) || contents(t, dir)["a/same.html"] != "SAME" || contents(t, dir)["index.html"] != "old" {
		t.Errorf("%v: it holds %v", err, contents(t, dir))
	}
}

// TestAnEditThroughAnOpenFileIsKept edits the old file in its place after the new
// folder got a hard link to it: one file under two names.
func TestAnEditThroughAnOpenFileIsKept(t *testing.T) {
	dir := exports(t, oldSite())
	files := func(yield func(File) bool) {
		if !yield(File{Path: "a/same.html", Write: func(b *bytes.Buffer) error { b.WriteString("same"); return nil }}) {
			return
		}
		yield(File{Path: "last", Write: func(*bytes.Buffer) error {
			return os.WriteFile(filepath.Join(dir, "a/same.html"), []byte("SAME"), 0o644)
		}})
	}
	_, err := Write(t.Context(), dir, files, Options{Tool: "t", Kind: Exports, Workers: 1})
	var edited *EditedError
	if !errors.As(err, &edited) || contents(t, dir)["a/same.html"] != "SAME" {
		t.Errorf("%v: it holds %v", err, contents(t, dir))
	}
}

// TestASiteIsReplacedWhateverIsInIt holds that sums are for exports alone: a site
// is no place to work in.
func TestASiteIsReplacedWhateverIsInIt(t *testing.T) {
	dir := filepath.Join(t.TempDir(), "public")
	for _, files := range []map[string]string{oldSite(), newSite()} {
		if _, err := Write(t.Context(), dir, site(files), Options{Tool: "t"}); err != nil {
			t.Fatal(err)
		}
		if err := os.WriteFile(filepath.Join(dir, "index.html"), []byte("mine"), 0o644); err != nil {
			t.Fatal(err)
		}
	}
	if marker, err := os.ReadFile(filepath.Join(dir, Marker)); err != nil || strings.Count(string(marker), "\n") != 1 {
		t.Errorf("%v: the marker is %s", err, marker)
	}
}

func TestFewNamesFive(t *testing.T) {
	for want, names := range map[string][]string{
		"":                         nil,
		"a, b, c, d, e":            {"a", "b", "c", "d", "e"},
		"a, b, c, d, e and 2 more": {"a", "b", "c", "d", "e", "f", "g"},
	} {
		if got := Few(names); got != want {
			t.Errorf("%v became %q", names, got)
		}
	}
}
