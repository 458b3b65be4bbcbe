// Package preview shows a workspace in the browser while it is being written:
// it watches the files, makes an edition of the site after every change, and
// serves the newest one that could be made.
//
//	p, err := preview.Open(ctx, preview.Options{Generator: o, Port: 42001})
//	fmt.Println(p.Address())     // http://localhost:42001/
//	err = p.Run(ctx)             // until the context ends
//
// A generation is one edition with a number, or what is wrong in its place. It
// is swapped as a whole, so that a request sees one or the other. Pages are made
// when they are asked for: a change costs what follows from it and the pages
// that somebody looks at, however large the site is.
//
// The pages are those of a build. In the head of each stands one script more,
// which listens for numbers of generations, asks what became of its own page,
// and shows what is wrong when something is.
//
// The server is for one person on one computer; see [guard] for what it refuses.
// Live reload needs no library: the standard library has server-sent events in a
// few lines.
package preview

import (
	"context"
	"errors"
	"fmt"
	"runtime"
	"sync/atomic"
	"time"

	"annex/generator"
	"annex/generator/aims"
	"annex/generator/diag"
	"annex/generator/history"
)

// Options says what to show, and where.
type Options struct {
	Generator generator.Options
	Port      int              // 0 for any that is free
	Tries     int              // how many ports after it to try when it is taken
	Today     func() aims.Date // the day to speak for, when it goes with the clock; nil for the Generator's
	Poll      time.Duration    // how often to look at the files; 0 to be told by the system
	Tell      func(News)       // what happened; nil to keep it
}

// News is something that happened, for the terminal.
type News struct {
	Number   uint64            // of the generation; 0 for news about the watching
	Files    []string          // that were written, as far as known
	Took     time.Duration     // from the end of writing to the new generation
	Mended   bool              // the generation before had problems
	Problems []diag.Diagnostic // that kept the site as it was
	Err      error             // of the machine
	Polling  bool              // from now on the files are looked at again and again, since there are no more watches, or for Err
}

// Preview is a server that is ready to run.
type Preview struct {
	options Options
	session *generator.Session
	changes changes
	now     atomic.Pointer[generation]
	listeners
	subscribers
}

// changes tells when files were written: a [watcher] or a [poller].
type changes interface {
	wait(done <-chan struct{}, over <-chan time.Time) (written, bool, error)
	renew() error // after files could not be read
	close()
}

// Open begins to watch, makes the first edition and listens. What is wrong with
// the workspace is shown in place of the site and is no error.
func Open(ctx context.Context, o Options) (*Preview, error) {
	if o.Tell == nil {
		o.Tell = func(News) {}
	}
	pace(growth)
	p := &Preview{options: o, session: generator.NewSession(o.Generator)}
	if err := p.watch(ctx); err != nil {
		return nil, err
	}
	first, err := p.first(ctx)
	if err != nil {
		p.close()
		return nil, err
	}
	p.now.Store(next(nil, first, nil, o.Generator.Dir))
	if err := p.listen(o.Port, o.Tries); err != nil {
		p.close()
		return nil, err
	}
	return p, nil
}

// first makes the first edition. What git knows comes with a later one; but that a
// revision is wrong is told at once.
func (p *Preview) first(ctx context.Context) (*generator.Edition, error) {
	if since := p.options.Generator.Since; since != "" {
		if repo, err := history.Open(ctx, p.options.Generator.Dir); err == nil {
			defer repo.Close()
			if _, err := repo.Resolve(ctx, since); err != nil {
				return nil, &generator.InputError{Message: err.Error()}
			}
		}
	}
	return p.session.Edition(ctx, generator.Want{AsOf: p.today()})
}

// watch begins to watch the files, or to look at them when that is not possible.
func (p *Preview) watch(ctx context.Context) error {
	dir := p.options.Generator.Dir
	if p.options.Poll == 0 {
		w, err := newWatcher(dir, p.gitFolders(ctx))
		if err == nil {
			p.changes = w
			return nil
		}
		if !errors.Is(err, errWatches) {
			return fmt.Errorf("watching the workspace: %w", err)
		}
		p.options.Poll = pollEvery
		p.options.Tell(News{Polling: true})
	}
	p.changes = newPoller(dir, p.gitFolders(ctx), p.options.Poll)
	return nil
}

// gitFolders returns what finds the folders in which git notes its commits.
func (p *Preview) gitFolders(ctx context.Context) func() []string {
	return func() []string { return history.Folders(ctx, p.options.Generator.Dir) }
}

// pollEvery is how often files are looked at when the system does not tell.
const pollEvery = time.Second

func (p *Preview) close() {
	p.changes.close()
	p.session.Close()
}

// today returns the day to speak for.
func (p *Preview) today() aims.Date {
	if p.options.Today != nil {
		return p.options.Today()
	}
	return p.options.Generator.AsOf
}

// Run serves until the context ends, which is no error.
func (p *Preview) Run(ctx context.Context) error {
	defer p.close()
	ctx, stop := context.WithCancelCause(ctx)
	defer stop(nil)
	stopped := p.serve(ctx, stop)
	if g := p.now.Load(); !g.fine() {
		p.options.Tell(News{Number: g.number, Problems: g.problems, Err: g.failure})
	}
	p.follow(ctx)
	<-stopped
	if err := context.Cause(ctx); !errors.Is(err, context.Canceled) {
		return err
	}
	return nil
}

const (
	// settle is how long what is wrong has to stay so before it is shown: half
	// a file, or a branch that is being checked out, is mostly wrong.
	settle = 250 * time.Millisecond
	// unsettled is how long it is held back at most, when files are written all
	// the time.
	unsettled = 2 * time.Second
	// again is how long to wait before trying once more what the machine could
	// not do.
	again = time.Second
	// idle is after how long without a change all files are looked at once, in
	// case that an event was lost.
	idle = 2 * time.Second
	// rest is after how long without a change memory is collected.
	rest = 50 * time.Millisecond
)

// follow makes edition after edition until the context ends.
func (p *Preview) follow(ctx context.Context) {
	var w written
	var err error
	var learned chan func() // gets what git knows while it is being read; else nil
	ready := make(chan time.Time, 1)
	var wrong time.Time // since when there is something wrong that is not shown
	for begun := time.Now(); ; begun = time.Now() {
		if err != nil {
			_ = p.changes.renew() // what could not be read may be back; if not, it is tried again
		}
		var e *generator.Edition
		e, err = p.session.Edition(ctx, generator.Want{AsOf: p.today(), Written: w.files, Only: w.all})
		if (err != nil || !e.Whole()) && (wrong.IsZero() || time.Since(wrong) < unsettled) {
			if wrong.IsZero() {
				wrong = time.Now()
			}
			if more, changed := p.wait(ctx, time.After(settle)); changed {
				w.add(more)
				continue
			}
		}
		wrong = time.Time{}
		if ctx.Err() != nil {
			break
		}
		p.publish(e, err, w, begun)
		over := p.next(w, err)
		if learned == nil && err == nil && e.Whole() && !p.session.Current(ctx) {
			learned = make(chan func(), 1)
			pace(growthLearning)
			what, when := learned, ready
			go func() {
				what <- p.session.Learn(ctx, e)
				when <- time.Now()
			}()
		}
		if learned != nil {
			over = ready
		}
		var changed bool
		if w, changed = p.wait(ctx, time.After(rest)); !changed {
			runtime.GC() // now that nobody waits, rather than in the middle of the next edition
			w, _ = p.wait(ctx, over)
		}
		select {
		case use := <-learned:
			use()
			learned, ready = nil, make(chan time.Time, 1)
			giveBack()
			pace(growth)
		default:
		}
	}
	if learned != nil {
		(<-learned)()
	}
}

// next returns when to make another edition without news of a change.
func (p *Preview) next(w written, err error) <-chan time.Time {
	switch {
	case err != nil:
		return time.After(again)
	case w.all: // what events told is shown; now see whether they told everything
		return time.After(idle)
	}
	return nil
}

// wait returns when files were written, or false when the context or the time
// is over. When the watching fails it goes on without.
func (p *Preview) wait(ctx context.Context, over <-chan time.Time) (written, bool) {
	day := p.today()
	for {
		minute := over
		if over == nil && p.options.Today != nil {
			minute = time.After(time.Minute) // rather than until midnight: a computer that sleeps counts no time
		}
		w, changed, err := p.changes.wait(ctx.Done(), minute)
		if err != nil {
			return p.fallBack(ctx, err)
		}
		if changed || over != nil || ctx.Err() != nil || p.today() != day {
			return w, changed
		}
	}
}

// fallBack goes on without the watching that failed.
func (p *Preview) fallBack(ctx context.Context, err error) (written, bool) {
	p.changes.close()
	p.changes = newPoller(p.options.Generator.Dir, p.gitFolders(ctx), pollEvery)
	if errors.Is(err, errWatches) {
		err = nil
	}
	p.options.Tell(News{Polling: true, Err: err})
	return written{}, true // look at everything
}

// publish swaps the generation, unless it would say what the last one says, and
// tells everybody.
func (p *Preview) publish(e *generator.Edition, err error, w written, begun time.Time) {
	before := p.now.Load()
	g := next(before, e, err, p.options.Generator.Dir)
	if g.says(before) {
		return
	}
	p.now.Store(g)
	p.notify()
	p.options.Tell(News{
		Number: g.number, Files: w.files, Took: time.Since(begun), Mended: g.fine() && !before.fine(),
		Problems: g.problems, Err: g.failure,
	})
}
