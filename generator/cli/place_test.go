package cli

import (
	"errors"
	"io/fs"
	"maps"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"
)

// entries returns all that is in a folder: folders with a slash behind them, and
// links with where they lead.
func entries(t *testing.T, dir string) map[string]string {
	t.Helper()
	all := map[string]string{}
	err := filepath.WalkDir(dir, func(name string, d fs.DirEntry, err error) error {
		if err != nil {
			return err
		}
		rel, _ := filepath.Rel(dir, name)
		rel = filepath.ToSlash(rel)
		switch {
		case d.IsDir():
			all[rel+"/"] = ""
		case d.Type()&fs.ModeSymlink != 0:
			all[rel], err = os.Readlink(name)
		default:
			text, readErr := os.ReadFile(name)
			all[rel], err = string(text), readErr
		}
		return err
	})
	if err != nil {
		t.Fatal(err)
	}
	return all
}

func fresh(text []byte) bool { return strings.HasPrefix(string(text), "ours") }

// three are files of which the last is in the way of most cases below.
func three() []placed {
	return []placed{{name: "first.toml", text: []byte("1")}, {"ours.json", []byte("ours, new"), fresh}, {name: "a/b/last.toml", text: []byte("3")}}
}

func TestPlaceWritesAndTakesBack(t *testing.T) {
	root := t.TempDir()
	dir := filepath.Join(root, "new", "workspace")
	takeBack, err := place(dir, three(), "")
	if err != nil {
		t.Fatal(err)
	}
	want := map[string]string{"./": "", "first.toml": "1", "ours.json": "ours, new", "a/": "", "a/b/": "", "a/b/last.toml": "3"}
	if got := entries(t, dir); !maps.Equal(got, want) {
		t.Errorf("it wrote %v", got)
	}
	if err := takeBack(); err != nil {
		t.Error(err)
	}
	if got := entries(t, root); len(got) != 1 {
		t.Errorf("it left %v", got)
	}
}

// TestWhatIsOursIsReplaced holds that a file of ours gets its new text in one
// step and its old one back, and that one with the same text is not touched.
func TestWhatIsOursIsReplaced(t *testing.T) {
	dir := t.TempDir()
	name := filepath.Join(dir, "ours.json")
	if err := os.WriteFile(name, []byte("ours, old"), 0o600); err != nil {
		t.Fatal(err)
	}
	if err := os.WriteFile(filepath.Join(dir, ".annex-new-0"), []byte("somebody's"), 0o644); err != nil {
		t.Fatal(err)
	}
	before := entries(t, dir)
	takeBack, err := place(dir, three(), "")
	if got := entries(t, dir); err != nil || got["ours.json"] != "ours, new" || got[".annex-new-0"] != "somebody's" || len(got) != 7 {
		t.Errorf("%v: %v", err, got)
	}
	plain := filepath.Join(dir, "first.toml")
	a, errA := os.Stat(name)
	b, errB := os.Stat(plain)
	if errA != nil || errB != nil || a.Mode() != b.Mode() {
		t.Errorf("the permissions are %v, those of a new file %v", a.Mode(), b.Mode())
	}
	if _, err := place(dir, three()[1:2], ""); err != nil {
		t.Error(err)
	}
	if again, err := os.Stat(name); err != nil || !os.SameFile(a, again) {
		t.Error("the same text was written again")
	}
	if err := takeBack(); err != nil {
		t.Error(err)
	}
	if got := entries(t, dir); !maps.Equal(got, before) {
		t.Errorf("it left %v", got)
	}
}

// TestWhatIsInTheWayStopsPlaceBeforeTheFirstWrite puts something in the way of
// the last file.
func TestWhatIsInTheWayStopsPlaceBeforeTheFirstWrite(t *testing.T) {
	elsewhere := t.TempDir()
	link := func(to string) func(string) error { return func(name string) error { return os.Symlink(to, name) } }
	file := func(text string) func(string) error {
		return func(name string) error { return os.WriteFile(name, []byte(text), 0o644) }
	}
	folder := func(name string) error { return os.Mkdir(name, 0o755) }
	for _, c := range []struct {
		title, at string
		put       func(name string) error
		want      string
	}{
		{"a linked folder", "a", link(elsewhere), "is a link, and annex does not write through links"},
		{"a linked folder below", "a/b", link(elsewhere), "is a link, and annex does not write through links"},
		{"a link within the folder", "a", link("."), "is a link, and annex does not write through links"},
		{"a link to nothing", "a", link(filepath.Join(elsewhere, "none")), "is a link, and annex does not write through links"},
		{"a file above", "a/b", file("x"), "is not a folder"},
		{"a file", "a/b/last.toml", file("x"), "exists already; choose"},
		{"a folder", "a/b/last.toml", folder, "exists already; choose"},
		{"a link in the place", "a/b/last.toml", link(filepath.Join(elsewhere, "none")), "exists already; choose"},
		{"a file that is not ours", "ours.json", file("mine"), "is not a file that annex wrote; choose"},
		{"a link where ours belongs", "ours.json", link("first.toml"), "is a link or a folder"},
		{"a folder where ours belongs", "ours.json", folder, "is a link or a folder"},
	} {
		t.Run(c.title, func(t *testing.T) {
			dir := t.TempDir()
			if err := os.MkdirAll(filepath.Dir(filepath.Join(dir, c.at)), 0o755); err != nil {
				t.Fatal(err)
			}
			if err := c.put(filepath.Join(dir, c.at)); err != nil {
				t.Fatal(err)
			}
			before := entries(t, dir)
			_, err := place(dir, three(), "choose")
			var wrong *usageError
			if !errors.As(err, &wrong) || !strings.Contains(err.Error(), c.want) || !strings.Contains(err.Error(), filepath.FromSlash(c.at)) {
				t.Errorf("error = %v", err)
			}
			if after := entries(t, dir); !maps.Equal(before, after) {
				t.Errorf("it left %v", after)
			}
			if got := entries(t, elsewhere); len(got) != 1 {
				t.Errorf("elsewhere there are %v", got)
			}
		})
	}
}

// TestAFailureInTheMiddleTakesAllBack has the last file fail after the others
// were written, by what is there only then: itself, and a file in the place of a
// folder.
func TestAFailureInTheMiddleTakesAllBack(t *testing.T) {
	root := t.TempDir()
	dir := filepath.Join(root, "workspace")
	if err := os.Mkdir(dir, 0o755); err != nil {
		t.Fatal(err)
	}
	if err := os.WriteFile(filepath.Join(dir, "ours.json"), []byte("ours, old"), 0o644); err != nil {
		t.Fatal(err)
	}
	before := entries(t, root)
	twice := slices.Concat(three(), []placed{{name: "a/b/last.toml", text: []byte("again")}})
	_, err := place(dir, twice, "")
	if err == nil || !strings.Contains(err.Error(), "last.toml") {
		t.Errorf("error = %v", err)
	}
	if after := entries(t, root); !maps.Equal(before, after) {
		t.Errorf("it left %v", after)
	}
	below := slices.Concat(three(), []placed{{name: "first.toml/below.toml", text: []byte("x")}})
	if _, err := place(dir, below, ""); err == nil {
		t.Error("a file was written below a file")
	}
	if after := entries(t, root); !maps.Equal(before, after) {
		t.Errorf("it left %v", after)
	}
}

func TestTheFolderItselfIsLookedAt(t *testing.T) {
	root := t.TempDir()
	file, lost, loop := filepath.Join(root, "file"), filepath.Join(root, "lost"), filepath.Join(root, "loop")
	if err := errors.Join(os.WriteFile(file, nil, 0o644), os.Symlink("none", lost), os.Symlink("loop", loop)); err != nil {
		t.Fatal(err)
	}
	before := entries(t, root)
	for _, dir := range []string{file, filepath.Join(file, "below", "it"), lost, filepath.Join(lost, "below"), loop} {
		_, err := place(dir, three(), "")
		var wrong *usageError
		if !errors.As(err, &wrong) {
			t.Errorf("%s: %v", dir, err)
		}
	}
	if after := entries(t, root); !maps.Equal(before, after) {
		t.Errorf("it left %v", after)
	}
}

func TestMessagesAreWithoutControlSigns(t *testing.T) {
	for message, want := range map[string]string{
		"plain":                              "plain",
		"a\x1b[2Jb\x07\rc\x9bd\u009be\u202e": "a[2Jbcde",
		"one\n\ttwo\tthree\n":                "one\n\ttwo three\n",
	} {
		if got := plainLines(message); got != want {
			t.Errorf("%q became %q", message, got)
		}
	}
	var out strings.Builder
	if code := Main([]string{"check", "no\x1b[31mwhere"}, &out, &out); code != exitUsage || out.String() != "annex: there is no folder no[31mwhere\n" {
		t.Errorf("%d: %q", code, out.String())
	}
}
