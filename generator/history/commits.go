package history

import (
	"context"
	"fmt"
	"strings"

	"annex/generator/aims"
)

// Commit is one version of the repository.
type Commit struct {
	ID      string    // in full
	Day     aims.Date // of the committer, in the committer's own time zone
	Author  string    // name
	Email   string    // of the author
	Subject string    // first paragraph of the message on one line
	Changes []Change  // to the folder, against the first parent, in the order of paths

	root string // name of the tree of the whole repository
}

// Status says what happened to a file.
type Status byte

// What can happen to a file. There are no renames: git does not record them, it
// guesses them by likeness, differently from version to version. A file that was
// moved unchanged is one that was deleted and one that was added with the same
// content: Before of the one is After of the other.
const (
	Added       Status = 'A'
	Modified    Status = 'M'
	Deleted     Status = 'D'
	TypeChanged Status = 'T' // from a file to a link, or the reverse
)

// Change is what a commit did to one file.
type Change struct {
	Status Status
	Path   string // relative to the workspace, with slashes
	Before string // name of the content, for [Repo.Blob]; "" for an added file
	After  string // the same after the commit; "" for a deleted file
}

// Commits returns the commits that changed the folder, newest first. They are
// read once.
func (r *Repo) Commits(ctx context.Context) ([]*Commit, error) {
	r.reading.Lock()
	defer r.reading.Unlock()
	if r.commits != nil {
		return r.commits, nil
	}
	list, err := r.describe(ctx, r.ids)
	if err != nil {
		return nil, fmt.Errorf("reading the history: %w", err)
	}
	r.commits, r.days = list, inOrder(list)
	return list, nil
}

// Resolve returns the commit that a user means by a revision: a branch, a tag,
// the beginning of a commit's name, HEAD~3. It need not have changed the folder.
func (r *Repo) Resolve(ctx context.Context, revision string) (*Commit, error) {
	// What begins with a hyphen would be read as an option. No name of a branch
	// or tag may begin with one.
	if revision == "" || strings.HasPrefix(revision, "-") || strings.ContainsAny(revision, "\x00\n") {
		return nil, &RevisionError{revision}
	}
	out, err := r.git.run(ctx, nil, "rev-parse", "--verify", "--quiet", "--end-of-options", revision+"^{commit}")
	id := strings.TrimSpace(string(out))
	if ctx.Err() != nil {
		return nil, err
	}
	if err != nil || !isID(id) {
		return nil, &RevisionError{revision}
	}
	list, err := r.describe(ctx, []string{id})
	if err != nil {
		return nil, fmt.Errorf("reading a commit: %w", err)
	}
	return list[0], nil
}

// RevisionError says that a repository does not know a revision.
type RevisionError struct{ Revision string }

func (e *RevisionError) Error() string {
	return fmt.Sprintf("the git history has no revision %q; give a commit, a branch or a tag as git log shows them", e.Revision)
}

// fields are what diff-tree prints of a commit before its changes.
const fields = "%H%x00%T%x00%cd%x00%an%x00%ae%x00%s"

// describe reads commits and what they changed, all of them in one call.
func (r *Repo) describe(ctx context.Context, ids []string) ([]*Commit, error) {
	out, err := r.git.run(ctx, strings.NewReader(strings.Join(ids, "\n")+"\n"), "diff-tree", "--stdin", "--always",
		"-r", "--root", "--diff-merges=first-parent", "--raw", "-z", "--no-renames", "--ignore-submodules=none",
		"--no-ext-diff", "--no-textconv", "--no-notes", "--no-color", "--date=raw", "--format="+fields, "--", ".")
	if err != nil {
		return nil, err
	}
	p := parser{rest: out, prefix: r.prefix}
	list := make([]*Commit, 0, len(ids))
	for len(p.rest) > 0 && p.err == nil {
		list = append(list, p.commit())
	}
	if p.err == nil && len(list) != len(ids) {
		p.err = fmt.Errorf("git diff-tree told of %d commits, not of %d", len(list), len(ids))
	}
	return list, p.err
}
