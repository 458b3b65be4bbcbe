// Package history reads what git knows of a workspace: the commits that changed
// it, and the workspace as it was at each of them.
//
//	repo, err := history.Open(ctx, "records")   // a folder in a git repository
//	defer repo.Close()
//	commit, err := repo.At(ctx, day)             // the newest one by the end of a day
//	files, err := repo.FS(ctx, commit)           // the folder then, as an fs.FS
//	w, diags, err := load.Load(files, catalogs)  // and all that follows from it
//
// It runs the git command. A library would be neater, but go-git found 65
// commits of a file where git finds 44, and took 60 times as long; and what is
// audited later must be what git itself says. Git 2.31 of 2021 or newer is needed.
//
// A workspace may come from anywhere, and so may the .git/config beside it,
// which can name programs for git to run. Only commands that are made for
// programs are used (rev-parse, rev-list, diff-tree, ls-tree, cat-file), and
// everything that could start another program or reach a network is switched
// off: see [git]. Nothing is ever written into the repository.
package history

import (
	"context"
	"errors"
	"fmt"
	"path/filepath"
	"strings"
	"sync"

	"annex/generator/aims"
)

// Repo is the history of one folder of a git repository. It may be used by many
// goroutines at once.
type Repo struct {
	// Shallow says that the repository was copied without its older commits,
	// so that the history begins with the copy.
	Shallow bool

	git     git
	head    string   // the commit that is checked out, and whether older ones are left out
	prefix  string   // of the folder within the repository: "" or "records/"
	ids     []string // of the commits that changed the folder, newest first
	objects *objects

	reading sync.Mutex // guards what follows
	commits []*Commit
	days    []aims.Date // of the commits, with clocks set right
}

// ShallowSentence says what a shallow clone means to somebody who reads a trend.
const ShallowSentence = "This copy of the repository leaves out its older history (a shallow clone), so the trend begins where the copy begins. The command git fetch --unshallow brings the rest."

// Open finds the repository that holds a folder. Without a history it returns a
// [*NoneError]. The context ends everything that runs for the Repo.
func Open(ctx context.Context, dir string) (*Repo, error) {
	g, err := findGit(dir)
	if err != nil {
		return nil, &NoneError{NoGit, err}
	}
	head, err := g.head(ctx) // first: a commit that comes in between is noticed later
	if err != nil {
		return nil, none(ctx, err)
	}
	out, err := g.run(ctx, nil, "rev-parse", "--is-inside-work-tree", "--is-shallow-repository", "--show-prefix")
	if err != nil {
		return nil, none(ctx, err)
	}
	inside, rest, _ := strings.Cut(string(out), "\n")
	shallow, rest, _ := strings.Cut(rest, "\n")
	if inside != "true" {
		return nil, &NoneError{NoRepository, nil}
	}
	r := &Repo{Shallow: shallow == "true", git: g, head: head, prefix: strings.TrimSuffix(rest, "\n")}
	// Of a merge only the first parent counts: what a branch looked like before
	// it was merged was not yet the state of the organization.
	out, err = g.run(ctx, nil, "rev-list", "--first-parent", "HEAD", "--", ".")
	if err != nil {
		return nil, none(ctx, err)
	}
	r.ids = strings.Fields(string(out))
	if len(r.ids) == 0 {
		return nil, &NoneError{NoCommit, nil}
	}
	for _, id := range r.ids {
		if !isID(id) {
			return nil, &NoneError{Unreadable, fmt.Errorf("git rev-list printed %q", id)}
		}
	}
	r.objects = newObjects(ctx, g)
	return r, nil
}

// Tip returns the name of the newest commit that changed the folder, on which all
// of its history hangs.
func (r *Repo) Tip() string { return r.ids[0] }

// Folders returns the folders of git's own files, for the repository that holds a
// folder, in which something changes with every commit; none without one.
func Folders(ctx context.Context, dir string) []string {
	g, err := findGit(dir)
	if err != nil {
		return nil
	}
	out, err := g.run(ctx, nil, "rev-parse", "--path-format=absolute", "--absolute-git-dir", "--git-path", "logs", "--git-path", "refs/heads")
	if err != nil {
		return nil
	}
	var list []string
	for line := range strings.Lines(string(out)) {
		list = append(list, filepath.FromSlash(strings.TrimRight(line, "\n")))
	}
	return list
}

// Tells reports whether a file in one of the [Folders] has to do with commits,
// rather than with what git keeps for itself.
func Tells(name string) bool {
	switch filepath.Base(name) {
	case "index", "COMMIT_EDITMSG", "FETCH_HEAD", "gc.log", "config":
		return false
	}
	return !strings.HasSuffix(name, ".lock")
}

// Current reports whether the history still ends where it did when it was
// opened: no commit was made and no other branch checked out since.
func (r *Repo) Current(ctx context.Context) bool {
	head, err := r.git.head(ctx)
	return err == nil && head == r.head
}

// head returns the name of the commit that is checked out, and whether older
// ones are left out; before the first commit the latter alone.
func (g git) head(ctx context.Context) (string, error) {
	shallow, err := g.run(ctx, nil, "rev-parse", "--is-shallow-repository")
	if err != nil {
		return "", err
	}
	out, err := g.run(ctx, nil, "rev-parse", "--verify", "--quiet", "HEAD")
	var failed *Error
	if errors.As(err, &failed) && failed.Message == "" {
		err = nil
	}
	return string(shallow) + string(out), err
}

// Close ends what runs. Nothing can be read afterwards.
func (r *Repo) Close() { r.objects.close() }

// isID reports whether s is the full name of an object: SHA-1 or SHA-256.
func isID(s string) bool {
	return (len(s) == 40 || len(s) == 64) && strings.Trim(s, "0123456789abcdef") == ""
}

// optional returns an object's name, or "" for the name of zeros that git gives
// to what is not there.
func optional(id string) string {
	if strings.Trim(id, "0") == "" {
		return ""
	}
	return id
}
