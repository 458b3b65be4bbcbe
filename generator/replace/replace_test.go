package replace

import (
	"errors"
	"io/fs"
	"maps"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"syscall"
	"testing"
)

// holds reads all files of a folder, with those that somebody may have left;
// folders are there with a slash.
func holds(t *testing.T, dir string) map[string]string {
	t.Helper()
	files := map[string]string{}
	err := filepath.WalkDir(dir, func(name string, d fs.DirEntry, err error) error {
		rel, _ := filepath.Rel(dir, name)
		if err != nil || rel == "." {
			return err
		}
		if d.IsDir() {
			files[filepath.ToSlash(rel)+"/"] = ""
			return nil
		}
		text, err := os.ReadFile(name)
		files[filepath.ToSlash(rel)] = string(text)
		return err
	})
	if err != nil {
		t.Fatal(err)
	}
	return files
}

func write(t *testing.T, dir string, files map[string]string) {
	t.Helper()
	for name, text := range files {
		name = filepath.Join(dir, filepath.FromSlash(name))
		if err := os.MkdirAll(filepath.Dir(name), 0o755); err != nil {
			t.Fatal(err)
		}
		if err := os.WriteFile(name, []byte(text), 0o644); err != nil {
			t.Fatal(err)
		}
	}
}

// some are files that change, one of them new and in new folders.
func some() []File {
	return []File{
		{Path: "a.toml", Before: []byte("a"), After: []byte("A")},
		{Path: "new/folder/c.toml", After: []byte("C")},
		{Path: "sub/b.toml", Before: []byte("b"), After: []byte("B")},
	}
}

func oldOnes() map[string]string {
	return map[string]string{"a.toml": "a", "sub/": "", "sub/b.toml": "b", "sub/other.toml": "o"}
}

func newOnes() map[string]string {
	return map[string]string{"a.toml": "A", "sub/": "", "sub/b.toml": "B", "sub/other.toml": "o", "new/": "", "new/folder/": "", "new/folder/c.toml": "C"}
}

// workspace makes a folder with the old files.
func workspace(t *testing.T) string {
	t.Helper()
	dir := t.TempDir()
	write(t, dir, map[string]string{"a.toml": "a", "sub/b.toml": "b", "sub/other.toml": "o"})
	return dir
}

func replaceIn(dir string, files []File) error {
	turn, err := Take(dir)
	if err != nil {
		return err
	}
	defer turn.End()
	return turn.Replace(files)
}

func TestAllFilesAreReplacedAndNothingIsLeft(t *testing.T) {
	dir := workspace(t)
	err := replaceIn(dir, some())
	if got := holds(t, dir); err != nil || !maps.Equal(got, newOnes()) {
		t.Errorf("%v, %v", got, err)
	}
}

func TestSchemasBesideTheFolderStay(t *testing.T) {
	dir := workspace(t)
	write(t, dir, map[string]string{".annex/schemas/records.json": "{}"})
	err := replaceIn(dir, some())
	want := newOnes()
	maps.Copy(want, map[string]string{".annex/": "", ".annex/schemas/": "", ".annex/schemas/records.json": "{}"})
	if got := holds(t, dir); err != nil || !maps.Equal(got, want) {
		t.Errorf("%v, %v", got, err)
	}
}

func TestATurnWithoutFilesLeavesNothing(t *testing.T) {
	dir := workspace(t)
	if err := replaceIn(dir, nil); err != nil || !maps.Equal(holds(t, dir), oldOnes()) {
		t.Errorf("%v, %v", holds(t, dir), err)
	}
}

// TestPermissionsAreKeptAndFollowTheUmask holds that a file keeps its own and a
// new one has those that the umask leaves.
func TestPermissionsAreKeptAndFollowTheUmask(t *testing.T) {
	dir := workspace(t)
	if err := os.Chmod(filepath.Join(dir, "a.toml"), 0o664); err != nil {
		t.Fatal(err)
	}
	cmd := exec.Command("sh", "-c", `umask 077; exec "$0"`, os.Args[0])
	cmd.Env = append(os.Environ(), childOf+"="+dir, childDoes+"=some")
	if out, err := cmd.CombinedOutput(); err != nil {
		t.Fatalf("%v: %s", err, out)
	}
	for name, want := range map[string]fs.FileMode{"a.toml": 0o664, "sub/b.toml": 0o644, "new/folder/c.toml": 0o600, "new": 0o700} {
		info, err := os.Stat(filepath.Join(dir, name))
		if err != nil || info.Mode().Perm() != want {
			t.Errorf("%s: %v, %v", name, info.Mode(), err)
		}
	}
}

func TestTheSecondOfTwoIsTurnedAway(t *testing.T) {
	dir := workspace(t)
	first, err := Take(dir)
	if err != nil {
		t.Fatal(err)
	}
	var locked *LockedError
	if _, err := Take(dir); !errors.As(err, &locked) || locked.Dir != dir {
		t.Errorf("the second: %v", err)
	}
	if err := first.Replace(some()); err != nil {
		t.Error(err)
	}
	first.End()
	if err := replaceIn(dir, []File{{Path: "a.toml", Before: []byte("A"), After: []byte("AA")}}); err != nil {
		t.Errorf("after the first: %v", err)
	}
}

// TestManyAtOnceLoseNothing has processes add a line each to one file, as often as
// they get the turn.
func TestManyAtOnceLoseNothing(t *testing.T) {
	dir := workspace(t)
	var running []*exec.Cmd
	for range 6 {
		cmd := exec.Command(os.Args[0])
		cmd.Env = append(os.Environ(), childOf+"="+dir, childDoes+"=add")
		if err := cmd.Start(); err != nil {
			t.Fatal(err)
		}
		running = append(running, cmd)
	}
	for _, cmd := range running {
		if err := cmd.Wait(); err != nil {
			t.Error(err)
		}
	}
	want := oldOnes()
	want["a.toml"] = "a" + strings.Repeat("x", 6*addings)
	if got := holds(t, dir); !maps.Equal(got, want) {
		t.Errorf("%v", got)
	}
}

// TestWhatChangedMeanwhileStopsEverything changes a file after it was read, and
// puts something where a new one is to come.
func TestWhatChangedMeanwhileStopsEverything(t *testing.T) {
	b := File{Path: "sub/b.toml", Before: []byte("b"), After: []byte("B")}
	for name, c := range map[string]struct {
		file File
		want string
	}{
		"changed":          {File{Path: "a.toml", Before: []byte("other"), After: []byte("A")}, "no record was changed: a.toml was changed while the workbook was read; run the import again"},
		"gone":             {File{Path: "gone.toml", Before: []byte("x"), After: []byte("A")}, "gone.toml was changed"},
		"there already":    {File{Path: "a.toml", After: []byte("A")}, "a.toml was changed"},
		"a folder":         {File{Path: "sub", Before: []byte("a"), After: []byte("A")}, "sub was changed"},
		"below a file":     {File{Path: "a.toml/x.toml", After: []byte("A")}, "a.toml"},
		"twice":            {b, `"sub/b.toml" is no file that an import changes, or is there twice`},
		"outside":          {File{Path: "../x.toml", After: []byte("A")}, "path escapes"},
		"a hidden file":    {File{Path: ".git/x.toml", After: []byte("A")}, `".git/x.toml" is no file that an import changes`},
		"no file of annex": {File{Path: "x.sh", After: []byte("A")}, `"x.sh" is no file that an import changes`},
	} {
		t.Run(name, func(t *testing.T) {
			dir := workspace(t)
			err := replaceIn(dir, []File{b, c.file})
			if err == nil || !strings.Contains(err.Error(), c.want) {
				t.Errorf("it says %v", err)
			}
			if got := holds(t, dir); !maps.Equal(got, oldOnes()) {
				t.Errorf("%v", got)
			}
		})
	}
}

func TestALinkIsNotReplaced(t *testing.T) {
	elsewhere := t.TempDir()
	write(t, elsewhere, map[string]string{"a.toml": "a", "import/lock": ""})
	before := holds(t, elsewhere)
	for _, name := range []string{"l.toml", "folder", ".annex"} {
		dir := workspace(t)
		to := elsewhere
		if name == "l.toml" {
			to = filepath.Join(elsewhere, "a.toml")
		}
		if err := os.Symlink(to, filepath.Join(dir, name)); err != nil {
			t.Fatal(err)
		}
		path := map[string]string{"l.toml": "l.toml", "folder": "folder/a.toml", ".annex": "a.toml"}[name]
		if err := replaceIn(dir, []File{{Path: path, Before: []byte("a"), After: []byte("A")}}); err == nil {
			t.Errorf("%s: no error", name)
		}
		if got := holds(t, elsewhere); !maps.Equal(got, before) {
			t.Errorf("%s: %v", name, got)
		}
	}
}

// TestALockThatIsALinkIsRefused holds that a workspace from elsewhere cannot make
// files with it.
func TestALockThatIsALinkIsRefused(t *testing.T) {
	dir, elsewhere := workspace(t), t.TempDir()
	if err := os.MkdirAll(filepath.Join(dir, ".annex/import"), 0o755); err != nil {
		t.Fatal(err)
	}
	if err := os.Symlink(filepath.Join(elsewhere, "made"), filepath.Join(dir, ".annex/import/lock")); err != nil {
		t.Fatal(err)
	}
	if _, err := Take(dir); err == nil || len(holds(t, elsewhere)) != 0 {
		t.Errorf("%v", err)
	}
}

// TestWhatSomebodySavedMeanwhileStays saves a file between the renames and has
// the last fail.
func TestWhatSomebodySavedMeanwhileStays(t *testing.T) {
	dir := workspace(t)
	d, err := open(dir)
	if err != nil {
		t.Fatal(err)
	}
	f := &faulty{disk: d, before: func(what, name string) error {
		if what == "rename" && name == "sub/b.toml" {
			write(t, dir, map[string]string{"a.toml": "saved by hand"})
			return syscall.ENOSPC
		}
		return nil
	}}
	turn, err := take(f)
	if err != nil {
		t.Fatal(err)
	}
	err = turn.Replace(some())
	turn.End()
	if err == nil || !strings.Contains(err.Error(), "somebody saved a.toml meanwhile, so it was left as it is now") || !errors.Is(err, syscall.ENOSPC) {
		t.Errorf("it says %v", err)
	}
	want := oldOnes()
	want["a.toml"] = "saved by hand"
	if got := holds(t, dir); !maps.Equal(got, want) {
		t.Errorf("%v", got)
	}
}
