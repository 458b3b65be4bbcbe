package preview

import (
	"crypto/sha256"
	"encoding/hex"
	"reflect"
	"slices"
	"strings"
	"sync"

	"annex/generator"
	"annex/generator/diag"
)

// generation is what the server shows at one moment. But for the pages that it
// keeps it never changes.
type generation struct {
	number   uint64
	site     *generator.Edition // the last that could be made; nil before the first
	problems []diag.Diagnostic  // errors for which the files now have no edition
	shown    []problem          // the first of them with their lines, as they were then
	failure  error              // of the machine, for the same

	mu    sync.Mutex
	made  map[string]*made // pages that were asked for
	bytes int              // in them
}

// made is a page of a generation.
type made struct {
	content []byte
	tag     string // changes with the content
}

// keep is how many bytes of pages a generation holds on to. A page is asked for
// again when a browser looks whether it changed, and then loads it.
const keep = 8 << 20

// next returns the generation after another, which is nil for the first.
func next(before *generation, e *generator.Edition, err error, dir string) *generation {
	g := &generation{number: 1, failure: plainly(err, dir), shown: []problem{}, made: map[string]*made{}}
	if before != nil {
		g.number, g.site = before.number+1, before.site
	}
	switch {
	case err != nil:
	case e.Whole():
		g.site = e
	default:
		g.problems = slices.DeleteFunc(e.Diagnostics(), func(d diag.Diagnostic) bool { return d.Severity != diag.Error })
		g.shown = problems(g.problems[:min(mostProblems, len(g.problems))], dir)
	}
	return g
}

// fine reports whether the site is what the files say.
func (g *generation) fine() bool { return g.failure == nil && len(g.problems) == 0 }

// says reports whether two generations show the same.
func (g *generation) says(before *generation) bool {
	if g.site != before.site || (g.failure == nil) != (before.failure == nil) || g.failure != nil && g.failure.Error() != before.failure.Error() {
		return false
	}
	return reflect.DeepEqual(g.problems, before.problems) && reflect.DeepEqual(g.shown, before.shown)
}

// page returns a page, or nil when the generation has none at the path.
func (g *generation) page(name string) (*made, error) {
	if g.site == nil {
		return nil, nil
	}
	g.mu.Lock()
	m := g.made[name]
	g.mu.Unlock()
	if m != nil {
		return m, nil
	}
	content, ok, err := g.site.Page(name)
	if !ok || err != nil {
		return nil, err
	}
	sum := sha256.Sum256(content)
	m = &made{content, hex.EncodeToString(sum[:8])}
	g.mu.Lock()
	defer g.mu.Unlock()
	if other := g.made[name]; other != nil {
		return other, nil // somebody else asked at the same time
	}
	if g.bytes+len(content) > keep {
		clear(g.made)
		g.bytes = 0
	}
	g.made[name] = m
	g.bytes += len(content)
	return m, nil
}

// tag returns the tag of a page, or "" when there is none.
func (g *generation) tag(name string) string {
	m, err := g.page(name)
	if m == nil || err != nil {
		return ""
	}
	return m.tag
}

// file returns the path in the site that a request means: of a folder its
// index.html. It is "" when the site has nothing there.
func (g *generation) file(path string) string {
	name, ok := strings.CutPrefix(path, "/")
	if !ok || g.site == nil {
		return ""
	}
	if name == "" || strings.HasSuffix(name, "/") {
		name += "index.html"
	}
	if !g.site.Has(name) {
		return ""
	}
	return name
}
