package generator_test

import (
	"io/fs"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"annex/content"
	"annex/generator"
	"annex/generator/aims"
	"annex/generator/history"
)

// kept lays a workspace out in a git repository that has it in three commits, of
// May, September and November 2026, each a little further than the one before.
// Without git it is laid out alone.
func kept(t *testing.T, from fs.FS) string {
	t.Helper()
	dir := lay(t, from)
	if _, err := exec.LookPath("git"); err != nil {
		return dir
	}
	git(t, dir, "", "init", "-q")
	for _, step := range []struct{ day, before, after string }{
		{"2026-05-01", `status = "implemented"`, `status = "planned"`},
		{"2026-09-15", `version = "1.0"`, `version = "0.9"`},
		{"2026-11-20", "", ""},
	} {
		changed := 0
		err := fs.WalkDir(from, ".", func(name string, d fs.DirEntry, err error) error {
			if err != nil || d.IsDir() {
				return err
			}
			data, err := fs.ReadFile(from, name)
			if err != nil {
				return err
			}
			text := string(data)
			if changed < 12 && step.before != "" && strings.Contains(text, step.before) {
				changed++
				text = strings.ReplaceAll(text, step.before, step.after)
			}
			return os.WriteFile(filepath.Join(dir, filepath.FromSlash(name)), []byte(text), 0o644)
		})
		if err != nil {
			t.Fatal(err)
		}
		git(t, dir, "", "add", "-A")
		git(t, dir, step.day+"T12:00:00Z", "commit", "-q", "--allow-empty", "-m", "state of "+step.day)
	}
	return dir
}

func git(t *testing.T, dir, day string, args ...string) {
	t.Helper()
	c := exec.Command("git", append([]string{"-c", "user.name=Nobody Known", "-c", "user.email=canary@example.org"}, args...)...)
	c.Dir = dir
	c.Env = append(os.Environ(), "GIT_CONFIG_GLOBAL=/dev/null")
	if day != "" {
		c.Env = append(c.Env, "GIT_AUTHOR_DATE="+day, "GIT_COMMITTER_DATE="+day)
	}
	if out, err := c.CombinedOutput(); err != nil {
		t.Fatalf("git %s: %v\n%s", strings.Join(args, " "), err, out)
	}
}

// TestTheSameHistoryGivesTheSameBytes builds with a cold and a warm cache, in
// another time zone and from another path.
func TestTheSameHistoryGivesTheSameBytes(t *testing.T) {
	dir := kept(t, content.Starter())
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
	build(t, kept(t, content.Starter()), out)
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
