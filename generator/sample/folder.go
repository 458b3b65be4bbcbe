package sample

import (
	"io/fs"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"testing"
)

// Lay writes a workspace to a new folder that lasts as long as the test.
func Lay(tb testing.TB, from fs.FS) string {
	tb.Helper()
	dir := filepath.Join(tb.TempDir(), "workspace")
	Put(tb, dir, from)
	return dir
}

// Put writes files into a folder.
func Put(tb testing.TB, dir string, from fs.FS) {
	tb.Helper()
	if err := os.CopyFS(dir, from); err != nil {
		tb.Fatal(err)
	}
}

// Append writes text behind that of a file.
func Append(tb testing.TB, file, text string) {
	tb.Helper()
	before, err := os.ReadFile(file)
	if err == nil {
		err = os.WriteFile(file, append(before, text...), 0o644)
	}
	if err != nil {
		tb.Fatal(err)
	}
}

// Kept lays a workspace out in a git repository that has it in three commits, of
// May, September and November 2026, each a little further than the one before.
// Without git it is laid out alone.
func Kept(tb testing.TB, from fs.FS) string {
	tb.Helper()
	dir := Lay(tb, from)
	if _, err := exec.LookPath("git"); err != nil {
		return dir
	}
	Git(tb, dir, "", "init", "-q")
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
			tb.Fatal(err)
		}
		Git(tb, dir, "", "add", "-A")
		Git(tb, dir, step.day+"T12:00:00Z", "commit", "-q", "--allow-empty", "-m", "state of "+step.day)
	}
	return dir
}

// Git runs the git command in a folder, at a time if one is given (RFC 3339), as
// "Nobody Known", canary@example.org.
func Git(tb testing.TB, dir, when string, args ...string) {
	tb.Helper()
	c := exec.Command("git", append([]string{"-c", "user.name=Nobody Known", "-c", "user.email=canary@example.org"}, args...)...)
	c.Dir = dir
	c.Env = append(os.Environ(), "GIT_CONFIG_GLOBAL="+os.DevNull)
	if when != "" {
		c.Env = append(c.Env, "GIT_AUTHOR_DATE="+when, "GIT_COMMITTER_DATE="+when)
	}
	if out, err := c.CombinedOutput(); err != nil {
		tb.Fatalf("git %s: %v\n%s", strings.Join(args, " "), err, out)
	}
}
