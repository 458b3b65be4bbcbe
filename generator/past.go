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
	"annex/generator/revision"
	"annex/generator/soa"
	"annex/generator/trend"
)

// past is what git knows of a workspace. It holds on to what follows from the
// commits alone, so that a session reads them once: it is read anew when there
// are others.
type past struct {
	repo  *history.Repo
	none  error // why there is no history
	cache *history.Cache
	build string // of annex, as it stands in the keys of the cache

	before *changes.State // the state that changes were told from last
	from   string         // which commit, day and name that was
}

// open finds the repository, or takes note of why there is none.
func (p *past) open(ctx context.Context, o Options) {
	if p.repo != nil && p.repo.Current(ctx) {
		return
	}
	p.close()
	p.repo, p.none = history.Open(ctx, o.Dir)
	if p.none == nil && o.Cache != nil && p.cache == nil {
		p.cache, p.build = o.Cache()
	}
}

// current reports whether there are no other commits than those that were read.
func (p *past) current(ctx context.Context, o Options) bool {
	if p.repo != nil {
		return p.repo.Current(ctx)
	}
	repo, err := history.Open(ctx, o.Dir)
	if err == nil {
		repo.Close()
	}
	return err != nil && p.none != nil
}

// close ends the reading of the repository.
func (p *past) close() {
	if p.repo != nil {
		p.repo.Close()
	}
	p.cache.Close()
	p.repo, p.cache, p.before = nil, nil, nil
}

// addPast adds to each part what git knows of the workspace: how it went on,
// what changed since the audit before, and the revisions of its documents.
// Without a history the parts say why; an error is only that the build was
// stopped.
func (m *model) addPast(ctx context.Context, o Options, p *past) error {
	if cut := m.workspace.Cut; cut != nil && !cut.Audience.History {
		return nil
	}
	p.open(ctx, o)
	if ctx.Err() != nil {
		return context.Cause(ctx)
	}
	if m.workspace.Cut != nil {
		return m.trendAlone(ctx, o, p)
	}
	var reports []*readiness.Report
	for _, x := range m.parts {
		reports = append(reports, x.Report)
	}
	var trends []trend.Trend
	var compared *changes.Changes
	var note string
	var revisions map[*aims.Document][]revision.Revision
	var errs [3]error
	var work sync.WaitGroup
	work.Go(func() {
		trends, errs[0] = trend.Read(ctx, trend.Input{Dir: o.Dir, Repo: p.repo, None: p.none, Catalogs: frameworks.Files(), Reports: reports, AsOf: o.AsOf, Version: p.build, Cache: p.cache})
	})
	work.Go(func() { compared, note, errs[1] = m.since(ctx, p, o) })
	work.Go(func() {
		if p.repo != nil {
			revisions, errs[2] = revision.Read(ctx, p.repo, m.workspace, p.cache)
		}
	})
	work.Wait()
	if err := errors.Join(errs[:]...); err != nil {
		return err
	}
	if p.none != nil {
		note = history.Sentence(p.none)
	}
	for i := range m.parts {
		p := &m.parts[i]
		p.Trend = &trends[i]
		p.Revisions = revisions
		p.Changes = render.Changes{Note: note}
		if compared == nil {
			continue
		}
		p.Changes.Before, p.Changes.After = compared.Before, compared.After
		p.Changes.Settings, p.Changes.Catalogs = compared.Settings, compared.Catalogs
		for _, x := range compared.Organizations {
			if x.ID == p.Report.Organization.ID {
				p.Changes.Organization = x
			}
		}
	}
	return nil
}

// since compares the workspace with what it was at the revision that the user
// names, or at the end of the last finished audit, or else at its first commit.
// Where that cannot be done it returns a sentence that says why.
func (m *model) since(ctx context.Context, p *past, o Options) (*changes.Changes, string, error) {
	if p.repo == nil {
		return nil, "", nil
	}
	commit, day, label, err := m.point(ctx, p.repo, o)
	var unknown *history.RevisionError
	switch {
	case errors.As(err, &unknown):
		return nil, "", &InputError{err.Error()}
	case ctx.Err() != nil:
		return nil, "", context.Cause(ctx)
	case err != nil:
		return nil, history.Unreadable.Sentence(), nil
	}
	if day.After(o.AsOf) {
		return nil, "The history of the records begins after the as-of date, so that there is nothing to compare with.", nil
	}
	from := commit.ID + " " + day.String() + " " + label
	if p.before == nil || p.from != from {
		p.before = nil
		before, problem, err := stateAt(ctx, p.repo, commit, day, label)
		if err != nil || problem != "" {
			return nil, problem, err
		}
		p.before, p.from = &before, from
	}
	return changes.Compare(*p.before, m.state("now", o.AsOf)), "", nil
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

// stateOf loads, assesses and states. It returns the number of errors of form,
// with which there is no state.
func stateOf(files fs.FS, label string, day aims.Date, read func(fsys, catalogs fs.FS) (*aims.Workspace, []diag.Diagnostic, error)) (changes.State, int, error) {
	w, diagnostics, err := read(files, frameworks.Files())
	if n := diag.Count(diagnostics).Errors; err != nil || n > 0 {
		return changes.State{}, n, err
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
