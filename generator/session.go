package generator

import (
	"bytes"
	"context"
	"fmt"
	"io/fs"

	"annex/frameworks"
	"annex/generator/aims"
	"annex/generator/diag"
	"annex/generator/load"
	"annex/generator/render"
	"annex/generator/source"
)

// Session makes edition after edition of one workspace while its files change.
// What follows from a file that stays as it is, is not read, parsed or compiled
// again; nor is the git history, until there is another commit. Where nothing
// changed at all, the edition is the one before. It makes one at a time.
type Session struct {
	options Options
	memory  load.Memory
	past    past
	last    *Edition // that was made, and what for
	want    Want
}

// NewSession prepares a session. Of the options it uses all but Output.
func NewSession(o Options) *Session { return &Session{options: o} }

// Close ends what the session holds open.
func (s *Session) Close() { s.past.close() }

// Want says which edition to make.
type Want struct {
	AsOf    aims.Date
	Written []string // files to read even if their size and time are the same
	Only    bool     // no other files were written, so that nobody need look at them
	NoPast  bool     // leave out what git knows, for an edition that comes sooner
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
	if s.same(ctx, w) {
		return s.last, nil
	}
	s.last = nil
	e := &Edition{dir: o.Dir}
	if e.model, err = derive(workspace, form, o); err == nil {
		err = e.model.readTheme(root.FS())
	}
	if err != nil {
		return nil, err
	}
	known := &s.past
	if w.NoPast {
		known = nil
	}
	site, err := e.model.site(ctx, o, known)
	if err != nil {
		return nil, err
	}
	if site == nil {
		return s.keep(e, w), nil
	}
	e.pages, e.copies = map[string]render.Page{}, map[string]string{}
	for p := range site.Pages() {
		e.pages[p.Path] = p
	}
	for c := range site.Copies() {
		e.copies[c.To] = c.From
	}
	return s.keep(e, w), nil
}

// same reports whether the last edition is still the one that is wanted.
func (s *Session) same(ctx context.Context, w Want) bool {
	return s.last != nil && !s.memory.Changed() && s.want.AsOf == w.AsOf && s.want.NoPast == w.NoPast &&
		(w.NoPast || s.past.current(ctx, s.options))
}

func (s *Session) keep(e *Edition, w Want) *Edition {
	s.last, s.want = e, w
	return e
}

// Edition is a whole site at one moment. Its pages are made when they are asked
// for, out of a model that nothing changes any more, so that they fit together
// however late that is. It is safe for use from several goroutines.
type Edition struct {
	model  model
	dir    string // of the workspace
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
	root, err := source.Open(e.dir)
	if err != nil {
		return nil, err
	}
	defer root.Close()
	return source.OpenFile(root.FS(), from)
}
