package generator

import (
	"context"
	"errors"
	"fmt"
	"io/fs"
	"sync"

	"annex/frameworks"
	"annex/generator/aims"
	"annex/generator/changes"
	"annex/generator/diag"
	"annex/generator/history"
	"annex/generator/load"
	"annex/generator/readiness"
	"annex/generator/render"
	"annex/generator/soa"
)

// before holds on to the state that changes are told from: it is a whole
// workspace, loaded once for all editions that tell from it.
type before struct {
	mu      sync.Mutex
	from    string // which commit, day and name it is
	state   changes.State
	problem string // a sentence, in place of the state
}

// since adds what became of the workspace since it was what it was at the
// revision that the user names, or at the end of the last finished audit, or
// else at its first commit. Where that cannot be told, a sentence says why. The
// two are compared when the page is made that shows it.
func (m *model) since(ctx context.Context, p *past, o Options) error {
	tell := func(note string) {
		for i := range m.parts {
			m.parts[i].Changes = func() render.Changes { return render.Changes{Note: note} }
		}
	}
	if p.repo == nil {
		tell(history.Sentence(p.none))
		return nil
	}
	commit, day, label, err := m.point(ctx, p.repo, o)
	var unknown *history.RevisionError
	switch {
	case errors.As(err, &unknown):
		return &InputError{err.Error()}
	case ctx.Err() != nil:
		return context.Cause(ctx)
	case err != nil:
		tell(history.Unreadable.Sentence())
		return nil
	case day.After(o.AsOf):
		tell("The history of the records begins after the as-of date, so that there is nothing to compare with.")
		return nil
	}
	p.since = commit
	earlier, now := p.before, m.state("now", o.AsOf)
	compared := sync.OnceValues(func() (*changes.Changes, string) {
		state, problem := earlier.at(ctx, o.Dir, commit, day, label)
		if problem != "" {
			return nil, problem
		}
		return changes.Compare(state, now), ""
	})
	for i := range m.parts {
		id := m.parts[i].Report.Organization.ID
		m.parts[i].Changes = func() render.Changes {
			c, note := compared()
			if c == nil {
				return render.Changes{Note: note}
			}
			return changesOf(c, id)
		}
	}
	return nil
}

// changesOf returns what changed for one organization.
func changesOf(c *changes.Changes, id string) render.Changes {
	own := render.Changes{Before: c.Before, After: c.After, Settings: c.Settings, Catalogs: c.Catalogs}
	for _, x := range c.Organizations {
		if x.ID == id {
			own.Organization = x
		}
	}
	return own
}

// at returns the state at a commit, assessed on a day, or a sentence that says
// why there is none. It opens the repository for itself: by the time that
// somebody asks, the one that knew the commit may be closed.
func (b *before) at(ctx context.Context, dir string, c *history.Commit, day aims.Date, label string) (changes.State, string) {
	b.mu.Lock()
	defer b.mu.Unlock()
	from := c.ID + " " + day.String() + " " + label
	if b.from == from {
		return b.state, b.problem
	}
	repo, err := history.Open(ctx, dir)
	if err != nil {
		return changes.State{}, history.Sentence(err)
	}
	defer repo.Close()
	state, problem, err := stateAt(ctx, repo, c, day, label)
	if err != nil {
		return changes.State{}, history.Unreadable.Sentence()
	}
	b.from, b.state, b.problem = from, state, problem
	return state, problem
}

// point finds the commit that changes are told from, and the day for which it
// speaks.
func (m *model) point(ctx context.Context, repo *history.Repo, o Options) (*history.Commit, aims.Date, string, error) {
	if o.Since != "" {
		c, err := repo.Resolve(ctx, o.Since)
		if err != nil {
			return nil, aims.Date{}, "", err
		}
		return c, c.Day, o.Since, nil
	}
	if a := lastAudit(m.workspace, o.AsOf); a != nil {
		if c, err := repo.At(ctx, a.To); c != nil || err != nil {
			return c, a.To, "the end of the audit: " + a.Title, err
		}
	}
	all, err := repo.Commits(ctx)
	if err != nil {
		return nil, aims.Date{}, "", err
	}
	first := all[len(all)-1]
	return first, first.Day, "the first commit", nil
}

// lastAudit returns the audit that ended last by a day, or nil.
func lastAudit(w *aims.Workspace, asOf aims.Date) *aims.Audit {
	var last *aims.Audit
	for _, a := range w.Audits {
		if a.Done(asOf) && (last == nil || a.To.After(last.To)) {
			last = a
		}
	}
	return last
}

// stateAt loads the workspace as it was at a commit and assesses it on a day, or
// returns a sentence that says why that cannot be done.
func stateAt(ctx context.Context, repo *history.Repo, c *history.Commit, day aims.Date, label string) (changes.State, string, error) {
	files, err := repo.FS(ctx, c)
	if ctx.Err() != nil {
		return changes.State{}, "", context.Cause(ctx)
	}
	if err != nil {
		return changes.State{}, "The records of that commit could not be read from the git history.", nil
	}
	m, n, err := stateOf(files, label, day, load.Records)
	switch {
	case err != nil:
		return changes.State{}, "The records of that commit could not be read from the git history.", nil
	case n > 0:
		return changes.State{}, fmt.Sprintf("The records of %s have errors by the rules of today, so that nothing can be compared with them.", c.Day.Words()), nil
	}
	return m, "", nil
}

// stateOf loads, assesses and states, for a day or for that of a pack. It returns
// the number of errors of form, with which there is no state.
func stateOf(files fs.FS, label string, day aims.Date, read func(fsys, catalogs fs.FS) (*aims.Workspace, []diag.Diagnostic, error)) (changes.State, int, error) {
	w, diagnostics, err := read(files, frameworks.Files())
	if n := diag.Count(diagnostics).Errors; err != nil || n > 0 {
		return changes.State{}, n, err
	}
	if !w.AsOf.IsZero() {
		day = w.AsOf
	}
	s := changes.State{Label: label, Day: day, Workspace: w}
	for _, organization := range w.Organizations() {
		report := readiness.Assess(w.Scope(organization), organization, day)
		s.Reports = append(s.Reports, report)
		s.Statements = append(s.Statements, soa.All(report)...)
	}
	return s, 0, nil
}

// state is the model as a state to compare.
func (m *model) state(label string, day aims.Date) changes.State {
	s := changes.State{Label: label, Day: day, Workspace: m.workspace}
	for _, p := range m.parts {
		s.Reports = append(s.Reports, p.Report)
		s.Statements = append(s.Statements, p.Statements...)
	}
	return s
}
