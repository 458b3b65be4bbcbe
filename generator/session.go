package generator

import (
	"bytes"
	"context"
	"fmt"
	"io/fs"
	"slices"

	"annex/frameworks"
	"annex/generator/aims"
	"annex/generator/diag"
	"annex/generator/load"
	"annex/generator/render"
	"annex/generator/source"
)

// Session makes edition after edition of one workspace while its files change.
// What follows from a file that stays as it is, is not read, parsed or compiled
// again. Where nothing changed at all, the edition is the one before.
//
// What git knows may take seconds to read. An edition has what was learned of it
// before, or nothing:
//
//	first, err := session.Edition(ctx, generator.Want{AsOf: today})
//	if !session.Current(ctx) {
//		use := session.Learn(ctx, first) // while other editions are made
//		use()                            // between two of them
//	}
//
// But for Learn nothing may be called while something else is running.
type Session struct {
	options Options
	memory  load.Memory
	past    *past    // nil before anything was learned
	last    *Edition // that was made, and what from
	want    Want
	pages   int // that it had
}

// NewSession prepares a session. Of the options it uses all but Output.
func NewSession(o Options) *Session { return &Session{options: o} }

// Close ends what the session holds open.
func (s *Session) Close() {
	if s.past != nil {
		s.past.close()
	}
}

// Want says which edition to make.
type Want struct {
	AsOf    aims.Date
	Written []string // files to read even if their size and time are the same
	Only    bool     // no other files were written, so that nobody need look at them
}

// Edition returns the site of the workspace as its files are now. With errors
// the edition has its diagnostics and no pages. An error is one of the machine;
// one that [fs.ErrNotExist] is may be a file that was on the move.
func (s *Session) Edition(ctx context.Context, w Want) (*Edition, error) {
	root, err := source.Open(s.options.Dir)
	if err != nil {
		return nil, err
	}
	defer root.Close()
	o := s.options
	o.AsOf = w.AsOf
	s.memory.Forget(w.Written...)
	if w.Only {
		s.memory.Trust()
	}
	workspace, form, err := s.memory.Load(root.FS(), frameworks.Files())
	if err != nil {
		return nil, err
	}
	if s.last != nil && !s.memory.Changed() && s.want.AsOf == w.AsOf {
		return s.last, nil
	}
	s.last = nil
	e := &Edition{dir: o.Dir, asOf: w.AsOf}
	if e.model, err = derive(workspace, form, o); err != nil {
		return nil, err
	}
	if err := e.model.readTheme(root.FS()); err != nil {
		return nil, err
	}
	site, err := e.model.site(ctx, o, s.past)
	if err != nil {
		return nil, err
	}
	s.last, s.want = e, w
	if site == nil {
		return e, nil
	}
	e.pages, e.copies = make(map[string]render.Page, s.pages), map[string]string{}
	for p := range site.Pages() {
		e.pages[p.Path] = p
	}
	for c := range site.Copies() {
		e.copies[c.To] = c.From
	}
	s.pages = len(e.pages)
	return e, nil
}

// Current reports whether what the session knows of git is all there is: it
// learned something, and no commit came since.
func (s *Session) Current(ctx context.Context) bool {
	return s.past != nil && s.past.current(ctx, s.options)
}

// Learn reads what git knows of the workspace of an edition. It may run while
// editions are made. What it returns puts what was learned to use in the
// editions that follow, and has to be called.
func (s *Session) Learn(ctx context.Context, e *Edition) (use func()) {
	known := &past{}
	known.open(ctx, s.options)
	o := s.options
	o.AsOf = e.asOf
	trial := e.model // what is learned stays in known; the edition stays as it is
	trial.parts = slices.Clone(trial.parts)
	_ = trial.addPast(ctx, o, known) // what cannot be learned is told by the next edition
	return func() {
		s.Close()
		s.past, s.last = known, nil
	}
}

// Edition is a whole site at one moment. Its pages are made when they are asked
// for, out of a model that nothing changes any more, so that they fit together
// however late that is. It is safe for use from several goroutines.
type Edition struct {
	model  model
	dir    string // of the workspace
	asOf   aims.Date
	pages  map[string]render.Page
	copies map[string]string // files of the workspace by their place in the site
}

// Diagnostics returns all that was found in the workspace, in order.
func (e *Edition) Diagnostics() []diag.Diagnostic { return e.model.diagnostics() }

// Whole reports whether the site could be made.
func (e *Edition) Whole() bool { return !e.model.broken }

// Has reports whether the site has a page or other file at a path.
func (e *Edition) Has(name string) bool {
	_, page := e.pages[name]
	_, copied := e.copies[name]
	return page || copied
}

// Paths yields the paths of the whole site, in no order.
func (e *Edition) Paths(yield func(string) bool) {
	for name := range e.pages {
		if !yield(name) {
			return
		}
	}
	for name := range e.copies {
		if !yield(name) {
			return
		}
	}
}

// Page returns the bytes of a page, and false where there is none at the path.
func (e *Edition) Page(name string) (content []byte, ok bool, err error) {
	p, ok := e.pages[name]
	if !ok {
		return nil, false, nil
	}
	var b bytes.Buffer
	err = p.Write(&b)
	return b.Bytes(), true, err
}

// Copied opens the file of the workspace that stands at a path of the site, as
// it is now. The caller closes it.
func (e *Edition) Copied(name string) (fs.File, error) {
	from, ok := e.copies[name]
	if !ok {
		return nil, fmt.Errorf("opening %s: %w", name, fs.ErrNotExist)
	}
	return workspaceFiles{e.dir}.Open(from)
}

// workspaceFiles opens files of a workspace that nobody keeps open, each as it is
// when it is asked for.
type workspaceFiles struct{ dir string }

// Open opens a file, as [source.OpenFile] does.
func (w workspaceFiles) Open(name string) (fs.File, error) {
	root, err := source.Open(w.dir)
	if err != nil {
		return nil, err
	}
	defer root.Close()
	return source.OpenFile(root.FS(), name)
}
