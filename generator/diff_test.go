package generator_test

import (
	"archive/zip"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"annex/content"
	"annex/generator"
	"annex/generator/aims"
	"annex/generator/sample"
)

// zipped writes files into a zip file.
func zipped(t *testing.T, files map[string]string) string {
	t.Helper()
	name := filepath.Join(t.TempDir(), "states.zip")
	f, err := os.Create(name)
	if err != nil {
		t.Fatal(err)
	}
	defer f.Close()
	z := zip.NewWriter(f)
	for path, text := range files {
		w, err := z.Create(path)
		if err != nil {
			t.Fatal(err)
		}
		if _, err := w.Write([]byte(text)); err != nil {
			t.Fatal(err)
		}
	}
	if err := z.Close(); err != nil {
		t.Fatal(err)
	}
	return name
}

func TestAZipFileIsAState(t *testing.T) {
	const config, project = "frameworks = [\"iso-42001\"]\n[organization]\nname = \"Test\"\n", "kind = \"organization\"\nid = \"test\"\ntitle = \"Test\"\n"
	whole := map[string]string{"annex.toml": config, "organization/project.toml": project}
	with := func(name, text string) map[string]string {
		files := map[string]string{name: text}
		for k, v := range whole {
			if files[k] == "" {
				files[k] = v
			}
		}
		return files
	}
	o := generator.Options{Dir: sample.Lay(t, content.Empty()), AsOf: aims.NewDate(2026, 11, 24)}
	for _, c := range []struct {
		name  string
		files map[string]string
		want  string // of the error; "" for none
	}{
		{"a workspace at its top", whole, ""},
		{"a workspace in a folder", map[string]string{"aims/annex.toml": config, "aims/organization/project.toml": project}, ""},
		{"no workspace", map[string]string{"readme.txt": "Hello."}, "holds no workspace"},
		{"records with errors", with("organization/r.toml", "[[control]]\nid = 1\n"), "has errors"},
		{"folders in folders", with(strings.Repeat("a/", 600)+"x.toml", ""), "a path of over 1024 characters"},
		{"a file that bursts", with("organization/big.md", strings.Repeat(" ", 300<<20)), "too large"},
	} {
		t.Run(c.name, func(t *testing.T) {
			_, err := generator.Diff(t.Context(), o, zipped(t, c.files), "")
			switch {
			case c.want == "" && err != nil:
				t.Error(err)
			case c.want != "" && (err == nil || !strings.Contains(err.Error(), c.want)):
				t.Errorf("got %v, want %q", err, c.want)
			}
		})
	}
}

// TestNothingIsComparedBackwards builds for a day before the history begins.
func TestNothingIsComparedBackwards(t *testing.T) {
	dir := sample.Kept(t, content.Empty())
	out := filepath.Join(t.TempDir(), "site")
	if _, err := generator.Build(t.Context(), generator.Options{Dir: dir, Output: out, AsOf: aims.NewDate(2024, 6, 1), Version: "test"}); err != nil {
		t.Fatal(err)
	}
	page, err := os.ReadFile(filepath.Join(out, "changes.html"))
	if err != nil {
		t.Fatal(err)
	}
	if !strings.Contains(string(page), "begins after the as-of date") {
		t.Error("the page does not say that the history begins later")
	}
}
