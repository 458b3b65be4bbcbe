package cli

import (
	"os"
	"path/filepath"
	"strings"
	"testing"

	"annex/generator"
)

// holds reads all files of a folder, with those that somebody may have left.
func holds(t *testing.T, dir string) map[string]string {
	t.Helper()
	files := map[string]string{}
	err := filepath.WalkDir(dir, func(name string, d os.DirEntry, err error) error {
		if err != nil || d.IsDir() {
			return err
		}
		text, err := os.ReadFile(name)
		rel, _ := filepath.Rel(dir, name)
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
	var list []placed
	for name, text := range files {
		list = append(list, placed{name: name, text: []byte(text)})
	}
	if _, err := place(dir, list, "it was left as it is"); err != nil {
		t.Fatal(err)
	}
}

func TestFilesAreReplacedWithTheirPermissions(t *testing.T) {
	dir := t.TempDir()
	write(t, dir, map[string]string{"a.toml": "a", "b.toml": "b"})
	if err := os.Chmod(filepath.Join(dir, "a.toml"), 0o600); err != nil {
		t.Fatal(err)
	}
	err := replaceFiles(dir, []generator.Changed{{Path: "a.toml", Before: []byte("a"), After: []byte("A")}, {Path: "new/folder/c.toml", After: []byte("C")}})
	if got := holds(t, dir); err != nil || len(got) != 3 || got["a.toml"] != "A" || got["new/folder/c.toml"] != "C" {
		t.Errorf("%v, %v", got, err)
	}
	if info, err := os.Stat(filepath.Join(dir, "a.toml")); err != nil || info.Mode().Perm() != 0o600 {
		t.Errorf("the permissions are %v, %v", info.Mode(), err)
	}
}

// TestWhatChangedMeanwhileStopsEverything changes a file after it was read, puts
// one where a new one is to come, and has the second replacement fail after the
// first took place.
func TestWhatChangedMeanwhileStopsEverything(t *testing.T) {
	for _, c := range []struct {
		name  string
		files []generator.Changed
	}{
		{"changed", []generator.Changed{{Path: "b.toml", Before: []byte("b"), After: []byte("B")}, {Path: "a.toml", Before: []byte("other"), After: []byte("A")}}},
		{"gone", []generator.Changed{{Path: "b.toml", Before: []byte("b"), After: []byte("B")}, {Path: "gone.toml", Before: []byte("x"), After: []byte("A")}}},
		{"there already", []generator.Changed{{Path: "b.toml", Before: []byte("b"), After: []byte("B")}, {Path: "a.toml", After: []byte("A")}}},
		{"a folder", []generator.Changed{{Path: "b.toml", Before: []byte("b"), After: []byte("B")}, {Path: "folder", Before: []byte("a"), After: []byte("A")}}},
		{"between the two", []generator.Changed{{Path: "b.toml", Before: []byte("b"), After: []byte("B")}, {Path: "b.toml", Before: []byte("b"), After: []byte("C")}}},
	} {
		t.Run(c.name, func(t *testing.T) {
			dir := t.TempDir()
			before := map[string]string{"a.toml": "a", "b.toml": "b", "folder/c.toml": "c"}
			write(t, dir, before)
			err := replaceFiles(dir, c.files)
			if err == nil {
				t.Error("it did not fail")
			}
			after := holds(t, dir)
			for name, text := range before {
				if after[name] != text {
					t.Errorf("%s is %q after %v", name, after[name], err)
				}
			}
			if len(after) != len(before) {
				t.Errorf("files were left: %v", after)
			}
		})
	}
}

func TestALinkIsNotReplaced(t *testing.T) {
	dir, elsewhere := t.TempDir(), t.TempDir()
	write(t, elsewhere, map[string]string{"a.toml": "a"})
	if err := os.Symlink(filepath.Join(elsewhere, "a.toml"), filepath.Join(dir, "a.toml")); err != nil {
		t.Skip(err)
	}
	err := replaceFiles(dir, []generator.Changed{{Path: "a.toml", Before: []byte("a"), After: []byte("A")}})
	if err == nil || !strings.Contains(err.Error(), "a.toml was changed while the workbook was read") || holds(t, elsewhere)["a.toml"] != "a" {
		t.Errorf("%v", err)
	}
}
