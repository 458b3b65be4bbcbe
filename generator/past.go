package generator

import (
	"context"
	"errors"
	"sync"

	"annex/frameworks"
	"annex/generator/aims"
	"annex/generator/history"
	"annex/generator/readiness"
	"annex/generator/revision"
	"annex/generator/trend"
)

// past is what git knows of a workspace. It holds on to what follows from the
// commits alone, so that a session reads them once.
type past struct {
	repo  *history.Repo // nil when there is no history
	none  error         // why there is no history
	cache *history.Cache
	build string // of annex, as it stands in the keys of the cache

	since     *history.Commit // that changes were told from last
	revisions *revision.History
	before    *before
}

// open finds the repository, or takes note of why there is none. A second time
// it does nothing.
func (p *past) open(ctx context.Context, o Options) {
	if p.before != nil {
		return
	}
	p.before = &before{}
	p.repo, p.none = history.Open(ctx, o.Dir)
	if p.none == nil && o.Cache != nil {
		p.cache, p.build = o.Cache()
	}
	p.cache = history.Remember(p.cache)
}

// trends reads how organizations went on, in the order of their reports.
func (p *past) trends(ctx context.Context, o Options, reports []*readiness.Report) ([]trend.Trend, error) {
	return trend.Read(ctx, trend.Input{
		Dir: o.Dir, Repo: p.repo, None: p.none, Catalogs: frameworks.Files(), Reports: reports, AsOf: o.AsOf, Version: p.build, Cache: p.cache,
	})
}

// current reports whether there are no other commits than those that were read.
func (p *past) current(ctx context.Context, o Options) bool {
	if p.repo != nil && o.Since != "" {
		if c, err := p.repo.Resolve(ctx, o.Since); err == nil && p.since != nil && c.ID != p.since.ID {
			return false
		}
	}
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
	var errs [3]error
	var work sync.WaitGroup
	work.Go(func() { trends, errs[0] = p.trends(ctx, o, reports) })
	work.Go(func() { errs[1] = m.since(ctx, p, o) })
	work.Go(func() { errs[2] = m.revisions(ctx, p) })
	work.Wait()
	for i := range trends {
		m.parts[i].Trend = &trends[i]
	}
	return errors.Join(errs[:]...)
}

// revisions adds those of the documents.
func (m *model) revisions(ctx context.Context, p *past) error {
	if p.repo == nil {
		return nil
	}
	if p.revisions == nil {
		var err error
		if p.revisions, err = revision.Read(ctx, p.repo, p.cache); err != nil {
			return err
		}
	}
	known, workspace := p.revisions, m.workspace
	of := sync.OnceValue(func() map[*aims.Document][]revision.Revision { return known.Of(workspace) })
	for i := range m.parts {
		m.parts[i].Revisions = of
	}
	return nil
}
