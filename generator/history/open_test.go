package history

import (
	"context"
	"errors"
	"os"
	"path/filepath"
	"strings"
	"testing"
)

func reason(t *testing.T, err error) Reason {
	t.Helper()
	var none *NoneError
	if !errors.As(err, &none) {
		t.Fatalf("got %v", err)
	}
	return none.Reason
}

func TestWhyThereIsNoHistory(t *testing.T) {
	ctx := context.Background()
	w := newRepository(t)
	w.write("ws/a", "1")
	if _, err := Open(ctx, w.dir); reason(t, err) != NoCommit {
		t.Errorf("a repository without commits: %v", err)
	}
	w.commit("2026-01-01", "One")
	w.write("new/a", "1")
	if _, err := Open(ctx, filepath.Join(w.dir, "new")); reason(t, err) != NoCommit {
		t.Errorf("a folder that no commit has: %v", err)
	}
	w.git("commit", "-q", "--allow-empty", "-m", "Empty")
	for _, folder := range []string{".git", ".git/refs"} {
		if _, err := Open(ctx, filepath.Join(w.dir, folder)); reason(t, err) != NoRepository {
			t.Errorf("within %s: %v", folder, err)
		}
	}
	outside := t.TempDir()
	t.Setenv("GIT_CEILING_DIRECTORIES", filepath.Dir(outside))
	if _, err := Open(ctx, outside); reason(t, err) != NoRepository || err.Error() != "the folder of the records is not kept in git, so there is no history of them. The command git init begins one" {
		t.Errorf("no repository: %v", err)
	}
	if _, err := Open(ctx, filepath.Join(outside, "missing")); reason(t, err) != Unreadable {
		t.Errorf("no folder: %v", err)
	}
	w.write(".git/config", "[broken")
	if _, err := Open(ctx, w.dir); reason(t, err) != Unreadable {
		t.Errorf("a broken configuration: %v", err)
	}
	t.Setenv("PATH", "")
	if _, err := Open(ctx, w.dir); reason(t, err) != NoGit {
		t.Errorf("no git: %v", err)
	}
}

// TestAFolderOfAnotherUserIsLeftAlone needs root, who alone can give a folder
// away.
func TestAFolderOfAnotherUserIsLeftAlone(t *testing.T) {
	w := newRepository(t)
	w.write("a", "1")
	w.commit("2026-01-01", "One")
	t.Setenv("SUDO_UID", "0")
	for _, name := range []string{"", ".git"} {
		if err := os.Chown(filepath.Join(w.dir, name), 12345, 12345); err != nil {
			t.Skip(err)
		}
	}
	if _, err := Open(context.Background(), w.dir); reason(t, err) != OtherOwner {
		t.Errorf("got %v", err)
	}
	t.Setenv("GIT_CONFIG_COUNT", "1")
	t.Setenv("GIT_CONFIG_KEY_0", "safe.directory")
	t.Setenv("GIT_CONFIG_VALUE_0", w.dir)
	if got := story(t, w.open("")); got != "2026-01-01 One: A a" {
		t.Errorf("trusted: %s", got)
	}
}

// TestSentencesNameNoPath holds that every reason can stand on a page.
func TestSentencesNameNoPath(t *testing.T) {
	for _, r := range []Reason{NoGit, NoRepository, NoCommit, OtherOwner, Unreadable} {
		s := r.Sentence()
		if strings.Contains(s, "/") || !strings.HasSuffix(s, ".") || strings.ToUpper(s[:1]) != s[:1] {
			t.Errorf("%d: %s", r, s)
		}
	}
	err := &NoneError{Unreadable, &Error{Command: "rev-list", Message: "fatal: /home/ada"}}
	if strings.Contains(err.Error(), "/home") || !strings.Contains(err.Unwrap().Error(), "/home") {
		t.Error(err, err.Unwrap())
	}
}

func TestAShallowCloneHasWhatItHas(t *testing.T) {
	w := newRepository(t)
	w.commitEach("2026-01-01", "2026-01-02", "2026-01-03", "2026-01-04")
	if w.open("").Shallow {
		t.Error("the whole is shallow")
	}
	clone := &workTree{t, filepath.Join(t.TempDir(), "clone")}
	w.git("clone", "-q", "--depth=2", "file://"+filepath.ToSlash(w.dir), clone.dir)
	r := clone.open("")
	if got := story(t, r); !r.Shallow || got != "2026-01-04 2026-01-04: M file\n2026-01-03 2026-01-03: A file" {
		t.Errorf("shallow %v:\n%s", r.Shallow, got)
	}
}

// TestTheEnvironmentLeadsNowhereElse opens a repository from within a hook of
// another one.
func TestTheEnvironmentLeadsNowhereElse(t *testing.T) {
	other := newRepository(t)
	other.commitEach("2020-01-01")
	w := newRepository(t)
	w.write("a", "1")
	w.commit("2026-01-01", "One")
	for name, value := range map[string]string{
		"GIT_DIR": filepath.Join(other.dir, ".git"), "GIT_WORK_TREE": other.dir, "GIT_INDEX_FILE": "/nowhere",
		"GIT_OBJECT_DIRECTORY": filepath.Join(other.dir, ".git", "objects"), "GIT_NAMESPACE": "x", "GIT_LITERAL_PATHSPECS": "0",
		"GIT_TRACE": filepath.Join(t.TempDir(), "trace"), "LC_ALL": "de_DE.UTF-8", "LANGUAGE": "de", "GIT_EXTERNAL_DIFF": "false",
	} {
		t.Setenv(name, value)
	}
	r := w.open("")
	if got := story(t, r); got != "2026-01-01 One: A a" {
		t.Error(got)
	}
	if _, err := os.Stat(os.Getenv("GIT_TRACE")); err == nil {
		t.Error("git wrote a trace")
	}
}

// TestTheHistoryIsTheRealOne holds that commits which somebody put in place of
// others, or gave other parents, do not count.
func TestTheHistoryIsTheRealOne(t *testing.T) {
	w := newRepository(t)
	w.commitEach("2026-01-01", "2026-01-02", "2026-01-03")
	const want = "2026-01-03 2026-01-03: M file\n2026-01-02 2026-01-02: M file\n2026-01-01 2026-01-01: A file"
	w.git("replace", "--graft", "HEAD", "HEAD~2")
	if got := story(t, w.open("")); got != want {
		t.Errorf("replaced:\n%s", got)
	}
	w.write(".git/info/grafts", w.git("rev-parse", "HEAD")+"\n")
	if got := story(t, w.open("")); got != want {
		t.Errorf("grafted:\n%s", got)
	}
}

func TestAStopFromOutsideIsNoMissingHistory(t *testing.T) {
	w := newRepository(t)
	w.commitEach("2026-01-01")
	ctx, stop := context.WithCancel(context.Background())
	r, err := Open(ctx, w.dir)
	if err != nil {
		t.Fatal(err)
	}
	defer r.Close()
	c := commits(t, r)[0]
	stop()
	if _, err := Open(ctx, w.dir); !errors.Is(err, context.Canceled) {
		t.Errorf("opening: %v", err)
	}
	if _, err := r.Blob(c.Changes[0].After); !errors.Is(err, context.Canceled) {
		t.Errorf("reading: %v", err)
	}
	if _, err := r.Resolve(ctx, "HEAD"); !errors.Is(err, context.Canceled) {
		t.Errorf("resolving: %v", err)
	}
}
