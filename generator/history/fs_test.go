package history

import (
	"context"
	"encoding/hex"
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"
	"strings"
	"sync"
	"testing"
	"testing/fstest"

	"annex/generator/source"
)

func files(t testing.TB, r *Repo, c *Commit) fs.FS {
	t.Helper()
	fsys, err := r.FS(context.Background(), c)
	if err != nil {
		t.Fatal(err)
	}
	return fsys
}

func TestTheFolderIsThereAsItWas(t *testing.T) {
	w := newRepository(t)
	w.write("outside", "no")
	w.write("ws/annex.toml", "1\n")
	w.write("ws/a/b/c.md", "one")
	w.write("ws/a.b", "")
	w.write("ws/ünï\ncode", "x")
	w.commit("2026-01-01", "One")
	w.write("ws/a/b/c.md", "two")
	w.remove("ws/a.b")
	w.commit("2026-01-02", "Two")
	for folder, prefix := range map[string]string{"": "ws/", "ws": ""} {
		r := w.open(folder)
		list := commits(t, r)
		if err := fstest.TestFS(files(t, r, list[1]), prefix+"annex.toml", prefix+"a/b/c.md", prefix+"a.b", prefix+"ünï\ncode"); err != nil {
			t.Error(err)
		}
		for i, want := range []string{"two", "one"} {
			if got, err := fs.ReadFile(files(t, r, list[i]), prefix+"a/b/c.md"); err != nil || string(got) != want {
				t.Errorf("in %q, commit %d: %q, %v", folder, i, got, err)
			}
		}
		fsys := files(t, r, list[0])
		if entries, err := fs.ReadDir(fsys, "."); err != nil || len(entries) == 0 {
			t.Error(err)
		} else {
			clear(entries) // the reader's own
		}
		if err := fs.WalkDir(fsys, ".", func(_ string, _ fs.DirEntry, err error) error { return err }); err != nil {
			t.Error(err)
		}
		if _, err := fs.Stat(fsys, prefix+"a.b"); !errors.Is(err, fs.ErrNotExist) {
			t.Errorf("deleted: %v", err)
		}
	}
}

func TestWhatIsNoFileIsShownAndRefused(t *testing.T) {
	w := newRepository(t)
	w.write("a.toml", "x = 1\n")
	if err := os.Symlink("/etc/passwd", filepath.Join(w.dir, "link.toml")); err != nil {
		t.Skip(err)
	}
	if err := os.Symlink(".", filepath.Join(w.dir, "loop")); err != nil {
		t.Skip(err)
	}
	w.write("run.sh", "true")
	if err := os.Chmod(filepath.Join(w.dir, "run.sh"), 0o755); err != nil {
		t.Fatal(err)
	}
	w.git("update-index", "--add", "--cacheinfo", "160000,"+strings.Repeat("ab", 20)+",module")
	w.git("add", "-A", "a.toml", "link.toml", "loop", "run.sh")
	w.on("2026-01-01T12:00:00+0000", "", "commit", "-q", "-m", "One")
	r := w.open("")
	fsys := files(t, r, commits(t, r)[0])
	for name, want := range map[string]fs.FileMode{
		"a.toml": 0o444, "run.sh": 0o555, "link.toml": fs.ModeSymlink | 0o777, "loop": fs.ModeSymlink | 0o777, "module": fs.ModeIrregular | 0o444,
	} {
		if info, err := fs.Lstat(fsys, name); err != nil || info.Mode() != want {
			t.Errorf("%s: %v, %v", name, info, err)
		}
		if _, err := fs.ReadFile(fsys, name); (err == nil) != want.IsRegular() {
			t.Errorf("reading %s: %v", name, err)
		}
	}
	if _, err := fs.Stat(fsys, "loop/a.toml"); !errors.Is(err, fs.ErrNotExist) {
		t.Errorf("through a link: %v", err)
	}
	list, diags, err := source.Files(fsys)
	if err != nil || len(list) != 2 || len(diags) != 3 {
		t.Errorf("annex sees %v, %v, %v", list, diags, err)
	}
	changes := story(t, r)
	w.git("update-index", "--cacheinfo", "160000,"+strings.Repeat("cd", 20)+",module")
	w.on("2026-01-02T12:00:00+0000", "", "commit", "-q", "-m", "Two")
	w.git("config", "diff.ignoreSubmodules", "all")
	w.write(".gitmodules", "[submodule \"module\"]\n\tpath = module\n\turl = x\n\tignore = all\n")
	if got := story(t, w.open("")); got != "2026-01-02 Two: M module\n"+changes {
		t.Errorf("a submodule that moved on:\n%s", got)
	}
}

func TestAFolderThatWasNotThere(t *testing.T) {
	w := newRepository(t)
	w.write("ws/sub/a", "1")
	w.commit("2026-01-01", "One")
	w.remove("ws")
	w.write("ws", "a file")
	w.commit("2026-01-02", "Gone")
	w.remove("ws")
	w.write("ws/sub/a", "1")
	w.commit("2026-01-03", "Back")
	r := w.open("ws/sub")
	list := commits(t, r)
	if got := story(t, r); got != "2026-01-03 Back: A a\n2026-01-02 Gone: D a\n2026-01-01 One: A a" {
		t.Fatal(got)
	}
	if _, err := r.FS(context.Background(), list[1]); !errors.Is(err, fs.ErrNotExist) {
		t.Errorf("got %v", err)
	}
	first, err1 := r.Tree(list[2])
	last, err2 := r.Tree(list[0])
	if err1 != nil || err2 != nil || first != last || first != w.git("rev-parse", "HEAD:ws/sub") {
		t.Errorf("trees %s and %s, %v, %v", first, last, err1, err2)
	}
}

// TestForgedTreesAreRefused writes trees that git itself would not.
func TestForgedTreesAreRefused(t *testing.T) {
	w := newRepository(t)
	w.write("f", "1")
	w.commit("2026-01-01", "One")
	blob := w.git("rev-parse", "HEAD:f")
	binary, _ := hex.DecodeString(blob)
	tree := func(entries ...string) string {
		text := ""
		for _, e := range entries {
			text += e + "\x00" + string(binary)
		}
		return w.on("", text, "hash-object", "-t", "tree", "-w", "--stdin", "--literally")
	}
	for _, forged := range [][]string{
		{"100644 .."}, {"100644 ."}, {"100644 a", "100644 a"}, {"100644 a/../../b"}, {"100644 /etc/passwd"}, {"100644 a", "100644 a/b"}, {"100644 a//b"},
	} {
		commit := w.git("commit-tree", "-m", "Forged", tree(forged...))
		r := w.open("")
		c, err := r.Resolve(context.Background(), commit)
		if err != nil {
			t.Fatal(err)
		}
		if _, err := r.FS(context.Background(), c); err == nil {
			t.Errorf("%q is accepted", forged)
		}
	}
}

func TestManyReadAtOnce(t *testing.T) {
	w := newRepository(t)
	for i := range 50 {
		w.write(fmt.Sprintf("dir%d/file%d", i%7, i), strings.Repeat(fmt.Sprint(i), i*1000))
	}
	w.commit("2026-01-01", "One")
	r := w.open("")
	fsys := files(t, r, commits(t, r)[0])
	var readers sync.WaitGroup
	for reader := range 8 {
		readers.Go(func() {
			for n := range 50 {
				i := (n*(2*reader+1) + reader) % 50
				got, err := fs.ReadFile(fsys, fmt.Sprintf("dir%d/file%d", i%7, i))
				if err != nil || string(got) != strings.Repeat(fmt.Sprint(i), i*1000) {
					t.Errorf("file %d: %d bytes, %v", i, len(got), err)
				}
			}
		})
	}
	readers.Wait()
}

func TestReadingGoesOnAfterGitWasLost(t *testing.T) {
	w := newRepository(t)
	w.commitEach("2026-01-01")
	r := w.open("")
	id := commits(t, r)[0].Changes[0].After
	for _, bad := range []string{"", "HEAD", "HEAD:file", strings.Repeat("g", 40), strings.Repeat("0", 40), w.git("rev-parse", "HEAD")} {
		if _, err := r.Blob(bad); err == nil {
			t.Errorf("%q is a file", bad)
		}
		if got, err := r.Blob(id); err != nil || string(got) != "2026-01-01" {
			t.Errorf("after %q: %q, %v", bad, got, err)
		}
	}
	if err := r.objects.process.Process.Kill(); err != nil {
		t.Fatal(err)
	}
	if _, err := r.Blob(id); err == nil {
		t.Error("a killed git answers")
	}
	if got, err := r.Blob(id); err != nil || string(got) != "2026-01-01" {
		t.Errorf("after a kill: %q, %v", got, err)
	}
	r.Close()
	if _, err := r.Blob(id); err == nil {
		t.Error("a closed history is read")
	}
}
