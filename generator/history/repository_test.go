package history

import (
	"context"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"testing"
)

// workTree is a git repository that a test makes.
type workTree struct {
	testing.TB
	dir string
}

func newRepository(t testing.TB) *workTree {
	t.Helper()
	for _, variable := range os.Environ() {
		if name, _, _ := strings.Cut(variable, "="); strings.HasPrefix(name, "GIT_") {
			t.Setenv(name, "") // and back afterwards
			os.Unsetenv(name)
		}
	}
	t.Setenv("GIT_CONFIG_GLOBAL", os.DevNull)
	t.Setenv("GIT_CONFIG_SYSTEM", os.DevNull)
	w := &workTree{t, t.TempDir()}
	w.git("init", "-q", "-b", "main")
	return w
}

// git runs a command as git does when nobody is careful.
func (w *workTree) git(args ...string) string {
	w.Helper()
	return w.on("2026-01-01T12:00:00+0000", "", args...)
}

func (w *workTree) on(at, input string, args ...string) string {
	w.Helper()
	cmd := exec.Command("git", args...)
	cmd.Dir = w.dir
	cmd.Stdin = strings.NewReader(input)
	cmd.Env = append(os.Environ(),
		"GIT_AUTHOR_NAME=Ada", "GIT_AUTHOR_EMAIL=ada@example.org", "GIT_AUTHOR_DATE=2001-02-03T04:05:06+0000",
		"GIT_COMMITTER_NAME=Bo", "GIT_COMMITTER_EMAIL=bo@example.org", "GIT_COMMITTER_DATE="+at)
	out, err := cmd.CombinedOutput()
	if err != nil {
		w.Fatalf("git %q: %v\n%s", args, err, out)
	}
	return strings.TrimSpace(string(out))
}

func (w *workTree) write(name, text string) {
	w.Helper()
	name = filepath.Join(w.dir, name)
	if err := os.MkdirAll(filepath.Dir(name), 0o755); err != nil {
		w.Fatal(err)
	}
	if err := os.WriteFile(name, []byte(text), 0o644); err != nil {
		w.Fatal(err)
	}
}

func (w *workTree) remove(name string) {
	w.Helper()
	if err := os.RemoveAll(filepath.Join(w.dir, name)); err != nil {
		w.Fatal(err)
	}
}

// commit commits all that is there, at noon of a day or at a full time.
func (w *workTree) commit(at, message string) string {
	w.Helper()
	if len(at) == len("2026-01-01") {
		at += "T12:00:00+0000"
	}
	w.git("add", "-A")
	w.on(at, message, "commit", "-q", "--allow-empty", "--allow-empty-message", "--cleanup=verbatim", "-F", "-")
	return w.git("rev-parse", "HEAD")
}

// open opens the history of a folder of the work tree.
func (w *workTree) open(folder string) *Repo {
	w.Helper()
	r, err := Open(context.Background(), filepath.Join(w.dir, folder))
	if err != nil {
		w.Fatal(err)
	}
	w.Cleanup(r.Close)
	return r
}

func commits(t testing.TB, r *Repo) []*Commit {
	t.Helper()
	list, err := r.Commits(context.Background())
	if err != nil {
		t.Fatal(err)
	}
	return list
}

// story tells commits and changes in a few words, newest first.
func story(t testing.TB, r *Repo) string {
	t.Helper()
	var lines []string
	for _, c := range commits(t, r) {
		line := c.Day.String() + " " + c.Subject + ":"
		for _, change := range c.Changes {
			line += " " + string(change.Status) + " " + change.Path
		}
		lines = append(lines, line)
	}
	return strings.Join(lines, "\n")
}
