package trend

import (
	"context"
	"crypto/sha256"
	"encoding/hex"
	"encoding/json"
	"errors"
	"fmt"
	"io/fs"
	"runtime"
	"slices"
	"sync"

	"annex/generator/aims"
	"annex/generator/diag"
	"annex/generator/history"
	"annex/generator/load"
	"annex/generator/readiness"
)

// task is one organization on one day of the past, and what is found for it.
type task struct {
	organization string // id
	commit       *history.Commit
	day          aims.Date
	result
}

// result is what the cache keeps: numbers, or a sentence in place of them.
type result struct {
	Numbers Numbers
	Problem string
}

// solve finds the result of every task. Tasks whose commits have the same files
// share one workspace; workspaces are loaded side by side.
func (in Input) solve(ctx context.Context, repo *history.Repo, tasks []task) error {
	catalogs, err := digest(in.Catalogs)
	if err != nil {
		return err
	}
	var trees []string // in the order of the tasks
	byTree := map[string][]*task{}
	for i := range tasks {
		t := &tasks[i]
		tree, err := repo.Tree(t.commit)
		if err != nil {
			t.Problem = unread(err)
			continue
		}
		if byTree[tree] == nil {
			trees = append(trees, tree)
		}
		byTree[tree] = append(byTree[tree], t)
	}
	next := make(chan string)
	var workers sync.WaitGroup
	for range runtime.GOMAXPROCS(0) {
		workers.Go(func() {
			for tree := range next {
				if ctx.Err() == nil {
					in.solveTree(ctx, repo, catalogs+" "+tree, byTree[tree])
				}
			}
		})
	}
	for _, tree := range trees {
		next <- tree
	}
	close(next)
	workers.Wait()
	return ctx.Err()
}

// solveTree finds the results of tasks that have the same files. Input names all
// that these and the rules depend on, but for the day and the organization.
func (in Input) solveTree(ctx context.Context, repo *history.Repo, input string, tasks []*task) {
	key := func(t *task) string {
		return fmt.Sprintf("trend 1 %q %s %s %q", in.Version, input, t.day, t.organization)
	}
	left := slices.DeleteFunc(tasks, func(t *task) bool {
		var known result
		data, ok := in.Cache.Get(key(t))
		if !ok || json.Unmarshal(data, &known) != nil {
			return false
		}
		t.result = known
		return true
	})
	if len(left) == 0 {
		return
	}
	w, problem, final := in.load(ctx, repo, left[0].commit)
	organizations := map[string]assessable{}
	if w != nil {
		for _, o := range w.Organizations() {
			organizations[o.ID] = assessable{w.Scope(o), o}
		}
	}
	for _, t := range left {
		o, ok := organizations[t.organization]
		switch {
		case problem != "":
			t.Problem = problem
		case !ok:
			t.Problem = "The records did not have this organization yet."
		default:
			t.Numbers = count(readiness.Assess(o.scope, o.project, t.day))
		}
		if data, err := json.Marshal(t.result); err == nil && final {
			in.Cache.Put(key(t), data)
		}
	}
}

// assessable is what readiness takes.
type assessable struct {
	scope   *aims.Workspace
	project *aims.Project
}

// load reads the workspace at a commit, or returns a sentence that says why it
// cannot. The sentence names no file and no record: a page may be for an audience
// that must not know of them. Final is false when another try may succeed.
func (in Input) load(ctx context.Context, repo *history.Repo, c *history.Commit) (w *aims.Workspace, problem string, final bool) {
	files, err := repo.FS(ctx, c)
	if err != nil {
		return nil, unread(err), false
	}
	w, diags, err := load.Outline(files, in.Catalogs)
	if err != nil {
		return nil, unread(err), false
	}
	switch n := diag.Count(diags).Errors; {
	case n == 1:
		return nil, "The records of this day have an error by the rules of today, so nothing was counted.", true
	case n > 1:
		return nil, fmt.Sprintf("The records of this day have %d errors by the rules of today, so nothing was counted.", n), true
	}
	return w, "", true
}

// unread says that the folder could not be read out of the history.
func unread(err error) string {
	if errors.Is(err, fs.ErrNotExist) {
		return "The folder of the records was not in the repository on this day."
	}
	return "The records of this day could not be read from the git history."
}

// digest names the built-in catalogs: other ones may give other numbers.
func digest(catalogs fs.FS) (string, error) {
	h := sha256.New()
	err := fs.WalkDir(catalogs, ".", func(name string, d fs.DirEntry, err error) error {
		if err != nil || d.IsDir() {
			return err
		}
		data, err := fs.ReadFile(catalogs, name)
		fmt.Fprintf(h, "%q %d\n", name, len(data))
		h.Write(data)
		return err
	})
	if err != nil {
		return "", fmt.Errorf("reading the built-in catalogs: %w", err)
	}
	return hex.EncodeToString(h.Sum(nil)), nil
}
