package generator_test

import (
	"io/fs"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"annex/content"
	"annex/generator"
	"annex/generator/aims"
	"annex/generator/history"
	"annex/generator/sample"
)

// TestTheSameHistoryGivesTheSameBytes builds with a cold and a warm cache, in
// another time zone and from another path.
func TestTheSameHistoryGivesTheSameBytes(t *testing.T) {
	dir := sample.Kept(t, content.Starter())
	folder := t.TempDir()
	cached := func() (*history.Cache, string) { return history.OpenCache(folder), "test" }
	digests := map[string]string{}
	make := func(name, dir string, cache func() (*history.Cache, string)) {
		out := filepath.Join(t.TempDir(), "site")
		_, err := generator.Build(t.Context(), generator.Options{
			Dir: dir, Output: out, AsOf: aims.NewDate(2026, 11, 24), Version: "test", Cache: cache,
		})
		if err != nil {
			t.Fatal(err)
		}
		digests[name] = digest(t, out)
	}
	make("without a cache", dir, nil)
	make("cold", dir, cached)
	make("warm", dir, cached)
	zone := time.Local
	time.Local = time.FixedZone("far", 13*3600)
	make("in another time zone", dir, nil)
	time.Local = zone
	other := filepath.Join(t.TempDir(), "elsewhere")
	if err := os.Rename(dir, other); err != nil {
		t.Fatal(err)
	}
	make("from another path", other, nil)
	for name, d := range digests {
		if d != digests["without a cache"] {
			t.Errorf("the site built %s differs", name)
		}
	}
}

// TestNoPersonOfTheHistoryIsInTheSite holds that names, addresses and messages
// of commits stay in git.
func TestNoPersonOfTheHistoryIsInTheSite(t *testing.T) {
	out := filepath.Join(t.TempDir(), "site")
	build(t, sample.Kept(t, content.Starter()), out)
	err := filepath.WalkDir(out, func(name string, d fs.DirEntry, err error) error {
		if err != nil || d.IsDir() {
			return err
		}
		data, err := os.ReadFile(name)
		for _, canary := range []string{"Nobody Known", "canary@example.org", "state of 2026"} {
			if strings.Contains(string(data), canary) {
				t.Errorf("%s tells %q", name, canary)
			}
		}
		return err
	})
	if err != nil {
		t.Fatal(err)
	}
}
