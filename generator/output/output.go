// Package output writes a site into a folder, all or nothing.
//
//	stats, err := output.Write(ctx, "public", files, output.Options{Tool: "annex 0.1"})
//
// The site is built in a sibling folder, brought to disk, and swapped with the
// old one in a single step. After any failure or kill, the folder is exactly
// the old site or exactly the new one, and the next run clears away what the
// failed one left. Files that did not change are kept as hard links to the old
// ones. Only a folder that carries our marker, or an empty one, is replaced; one
// of exports only as long as nobody changed a file in it or put one there. A
// lock beside the folder keeps two builds apart; it is the kernel's (flock), so
// that a killed build leaves none held. It is the only code that writes a site.
package output

import (
	"bytes"
	"context"
	"errors"
	"fmt"
	"io"
	"io/fs"
	"iter"
	"path"
	"path/filepath"
	"runtime"
	"strings"
	"sync"

	"annex/generator/filename"
)

// Marker is the file that marks a folder as a site made by annex.
const Marker = ".annex-site"

// File is one file of a site. Exactly one of Write and Copy is set; either is
// called when its turn comes, from one of several goroutines.
type File struct {
	Path  string                        // relative to the site, with slashes
	Write func(*bytes.Buffer) error     // adds the contents to an empty buffer
	Copy  func() (io.ReadCloser, error) // opens contents that may be large
}

// Options says how to write.
type Options struct {
	Tool    string // written into the marker
	Kind    Kind   // of what is written; a folder of another kind is left alone
	Workers int    // 0 for one for each processor
	Force   bool   // replace a folder of exports though somebody worked in it
	FS      FS     // nil for the real file system
}

// Kind says what a folder of ours holds.
type Kind string

// The kinds of folders, in the words that their markers begin with.
const (
	Site    Kind = "A site"
	Exports Kind = "A folder of exports"
)

// Stats says what was written.
type Stats struct {
	Written, Kept int
	Bytes         int64    // of the files written
	Gone          []string // files of the folder before that went away, with slashes, in order
}

// NotOursError says that a folder does not hold what annex would replace, and was
// left alone.
type NotOursError struct {
	Dir   string
	Kind  Kind // that would have been replaced
	Found string
}

func (e *NotOursError) Error() string {
	return fmt.Sprintf("%s is not %s made by annex (%s), so it was left as it is; choose another folder, or empty this one", e.Dir, strings.ToLower(string(e.Kind)), e.Found)
}

// LockedError says that another build is writing to the folder.
type LockedError struct{ Dir string }

func (e *LockedError) Error() string {
	return fmt.Sprintf("another annex is writing to %s; wait until it is done", e.Dir)
}

// Write replaces the site in dir by files, all or nothing.
func Write(ctx context.Context, dir string, files iter.Seq[File], o Options) (Stats, error) {
	if o.FS == nil {
		o.FS = Disk()
	}
	if o.Workers == 0 {
		o.Workers = runtime.GOMAXPROCS(0)
	}
	dir, err := filepath.Abs(dir)
	if err != nil {
		return Stats{}, fmt.Errorf("finding the output folder: %w", err)
	}
	if o.Kind == "" {
		o.Kind = Site
	}
	w := &writer{fs: o.FS, dir: dir, kind: o.Kind, force: o.Force, marker: []byte(string(o.Kind) + " made by " + o.Tool + ". annex replaces this folder as a whole.\n")}
	if filepath.Dir(dir) == dir {
		return Stats{}, &NotOursError{dir, o.Kind, "it is the root of the disk"}
	}
	if err := w.inspect(); err != nil { // before anything is written, even a lock
		return Stats{}, err
	}
	if err := w.untouched(); err != nil {
		return Stats{}, err
	}
	if err := w.fs.MkdirAll(filepath.Dir(dir)); err != nil {
		return Stats{}, fmt.Errorf("making the folder for the site: %w", err)
	}
	unlock, err := w.fs.Lock(w.beside("lock"))
	if errors.Is(err, errLocked) {
		return Stats{}, &LockedError{dir}
	}
	if err != nil {
		return Stats{}, fmt.Errorf("locking the output folder: %w", err)
	}
	defer unlock()
	if err := w.recover(); err != nil {
		return Stats{}, err
	}
	if err := w.inspect(); err != nil {
		return Stats{}, err
	}
	return w.write(ctx, files, o.Workers)
}

type writer struct {
	fs     FS
	dir    string // absolute
	kind   Kind
	force  bool
	marker []byte
	old    bool // dir holds a site
	empty  bool // dir exists and is empty
	paths  paths
	mu     sync.Mutex
	stats  Stats
}

// beside returns a path next to the site for our own use.
func (w *writer) beside(what string) string {
	return filepath.Join(filepath.Dir(w.dir), "."+filepath.Base(w.dir)+".annex-"+what)
}

// recover completes or clears away what a killed run left. A site that is set
// aside while its place is empty belongs back: the run died between two renames.
func (w *writer) recover() error {
	aside := w.beside("old")
	if _, err := w.fs.Lstat(w.dir); errors.Is(err, fs.ErrNotExist) {
		if _, err := w.fs.Lstat(aside); err == nil {
			if err := w.fs.Rename(aside, w.dir); err != nil {
				return fmt.Errorf("restoring the site that an interrupted build set aside: %w", err)
			}
		}
	}
	for _, name := range []string{w.beside("stage"), aside} {
		if err := w.fs.RemoveAll(name); err != nil {
			return fmt.Errorf("clearing away an interrupted build: %w", err)
		}
	}
	return nil
}

// inspect refuses a folder that is not ours.
func (w *writer) inspect() error {
	w.old, w.empty = false, false
	info, err := w.fs.Lstat(w.dir)
	if errors.Is(err, fs.ErrNotExist) {
		return nil
	}
	if err != nil {
		return fmt.Errorf("looking at the output folder: %w", err)
	}
	if info.Mode()&fs.ModeSymlink != 0 {
		return w.notOurs("it is a link")
	}
	if !info.IsDir() {
		return w.notOurs("it is a file")
	}
	entries, err := w.fs.ReadDir(w.dir)
	if err != nil {
		return fmt.Errorf("looking at the output folder: %w", err)
	}
	if len(entries) == 0 {
		w.empty = true
		return nil
	}
	for _, e := range entries {
		if e.Name() == Marker && e.Type().IsRegular() {
			w.old = true
			return w.sameKind()
		}
	}
	return w.notOurs("it holds " + entries[0].Name())
}

func (w *writer) notOurs(found string) error { return &NotOursError{w.dir, w.kind, found} }

// sameKind refuses a folder that annex wrote for another purpose: exports in the
// place of a site would take it away from who reads it.
func (w *writer) sameKind() error {
	f, err := w.fs.Open(filepath.Join(w.dir, Marker))
	if err != nil {
		return fmt.Errorf("looking at the output folder: %w", err)
	}
	defer f.Close()
	text, err := io.ReadAll(io.LimitReader(f, 1024))
	if err != nil {
		return fmt.Errorf("looking at the output folder: %w", err)
	}
	for _, other := range []Kind{Site, Exports} {
		if other != w.kind && strings.HasPrefix(string(text), string(other)+" made by ") {
			return w.notOurs("it is " + strings.ToLower(string(other)))
		}
	}
	return nil
}

func (w *writer) write(ctx context.Context, files iter.Seq[File], workers int) (Stats, error) {
	stage := w.beside("stage")
	err := w.stage(ctx, stage, files, workers)
	if err == nil {
		err = w.fs.Sync(stage)
	}
	if err == nil {
		err = w.untouched() // somebody may have worked meanwhile
	}
	if err == nil {
		err = w.swap(stage)
	}
	if err != nil {
		// Best effort: the next run clears away what cannot be removed now.
		_ = w.fs.RemoveAll(stage)
		return Stats{}, err
	}
	return w.stats, nil
}

// stage writes all files below stage.
func (w *writer) stage(ctx context.Context, stage string, files iter.Seq[File], workers int) error {
	if err := w.fs.Mkdir(stage); err != nil {
		return fmt.Errorf("making the folder for the new site: %w", err)
	}
	ctx, cancel := context.WithCancelCause(ctx)
	defer cancel(nil)
	queue := make(chan File, workers)
	var group sync.WaitGroup
	for range workers {
		group.Go(func() {
			var buffer bytes.Buffer // one for all files of a worker
			for f := range queue {
				buffer.Reset()
				if err := w.one(stage, f, &buffer); err != nil {
					cancel(err)
				}
			}
		})
	}
	w.paths = newPaths()
	if err := w.paths.add(Marker); err != nil {
		return err
	}
	enqueue := func(f File) bool {
		if err := w.paths.add(f.Path); err != nil {
			cancel(err)
			return false
		}
		for _, parent := range w.paths.parents(f.Path) {
			if err := w.fs.Mkdir(filepath.Join(stage, filepath.FromSlash(parent))); err != nil {
				cancel(fmt.Errorf("making the folder %s of the site: %w", parent, err))
				return false
			}
		}
		select {
		case queue <- f:
			return true
		case <-ctx.Done():
			return false
		}
	}
	for f := range files {
		if !enqueue(f) {
			break
		}
	}
	close(queue)
	group.Wait()
	if err := context.Cause(ctx); err != nil {
		return err
	}
	marker, err := w.record(stage)
	if err != nil {
		return err
	}
	return w.one(stage, File{Path: Marker, Write: func(b *bytes.Buffer) error { b.Write(marker); return nil }}, &bytes.Buffer{})
}

// one writes one file, or keeps the old one if it has the same contents.
func (w *writer) one(stage string, f File, buffer *bytes.Buffer) error {
	to := filepath.Join(stage, filepath.FromSlash(f.Path))
	old := filepath.Join(w.dir, filepath.FromSlash(f.Path))
	if f.Copy != nil {
		return w.copy(to, old, f)
	}
	if err := f.Write(buffer); err != nil {
		return err
	}
	data := buffer.Bytes()
	if w.old && w.same(old, bytes.NewReader(data), int64(len(data))) && w.fs.Link(old, to) == nil {
		w.count(f.Path, 0, true)
		return nil
	}
	if err := w.fs.WriteFile(to, data); err != nil {
		return fmt.Errorf("writing %s: %w", f.Path, err)
	}
	w.count(f.Path, int64(len(data)), false)
	return nil
}

// copy is one for contents that may be large: they pass in pieces.
func (w *writer) copy(to, old string, f File) error {
	if w.old {
		from, err := f.Copy()
		if err != nil {
			return fmt.Errorf("copying %s: %w", f.Path, err)
		}
		same := w.same(old, from, -1)
		from.Close()
		if same && w.fs.Link(old, to) == nil {
			w.count(f.Path, 0, true)
			return nil
		}
	}
	from, err := f.Copy()
	if err != nil {
		return fmt.Errorf("copying %s: %w", f.Path, err)
	}
	defer from.Close()
	n, err := w.fs.CopyFile(to, from)
	if err != nil {
		return fmt.Errorf("copying %s: %w", f.Path, err)
	}
	w.count(f.Path, n, false)
	return nil
}

// same reports whether a file of the old site has the given contents. Size is
// -1 when it is not known. A file that cannot be read is not the same.
func (w *writer) same(old string, with io.Reader, size int64) bool {
	info, err := w.fs.Lstat(old)
	if err != nil || !info.Mode().IsRegular() || size >= 0 && info.Size() != size {
		return false
	}
	f, err := w.fs.Open(old)
	if err != nil {
		return false
	}
	defer f.Close()
	return equal(f, with)
}

func equal(a, b io.Reader) bool {
	x, y := make([]byte, 32<<10), make([]byte, 32<<10)
	for {
		n, errA := io.ReadFull(a, x)
		m, errB := io.ReadFull(b, y)
		if n != m || !bytes.Equal(x[:n], y[:m]) {
			return false
		}
		if errA != nil || errB != nil {
			end := func(err error) bool { return err == io.EOF || err == io.ErrUnexpectedEOF }
			return end(errA) && end(errB)
		}
	}
}

func (w *writer) count(name string, n int64, kept bool) {
	if name == Marker {
		return
	}
	w.mu.Lock()
	defer w.mu.Unlock()
	if kept {
		w.stats.Kept++
		return
	}
	w.stats.Written++
	w.stats.Bytes += n
}

// swap puts the staged site into its place.
func (w *writer) swap(stage string) error {
	if !w.old && !w.empty {
		if err := w.fs.Rename(stage, w.dir); err != nil {
			return fmt.Errorf("putting the new site into place: %w", err)
		}
		return w.settle()
	}
	gone, err := w.gone()
	if err != nil {
		return err
	}
	w.stats.Gone = gone
	err = w.fs.Exchange(stage, w.dir)
	if errors.Is(err, errors.ErrUnsupported) {
		return w.swapByRename(stage)
	}
	if err != nil {
		return fmt.Errorf("putting the new site into place: %w", err)
	}
	if err := w.settle(); err != nil {
		return err
	}
	// The new site stands; the next run removes what cannot be removed now.
	_ = w.fs.RemoveAll(stage)
	return nil
}

// swapByRename swaps in two steps where the system has no exchange. A kill
// between them leaves the old site aside, and recover puts it back.
func (w *writer) swapByRename(stage string) error {
	aside := w.beside("old")
	if err := w.fs.Rename(w.dir, aside); err != nil {
		return fmt.Errorf("setting the old site aside: %w", err)
	}
	if err := w.fs.Rename(stage, w.dir); err != nil {
		if back := w.fs.Rename(aside, w.dir); back != nil {
			return fmt.Errorf("putting the new site into place: %w (the old site is in %s; the next build puts it back)", err, aside)
		}
		return fmt.Errorf("putting the new site into place: %w", err)
	}
	if err := w.settle(); err != nil {
		return err
	}
	_ = w.fs.RemoveAll(aside)
	return nil
}

// settle brings the swap itself to disk.
func (w *writer) settle() error {
	// The site is whole already; a disk that cannot sync its folder loses at
	// most the swap, never a part of it.
	_ = w.fs.SyncDir(filepath.Dir(w.dir))
	return nil
}

// paths keeps the paths of a site and refuses those that cannot stand beside
// one another everywhere.
type paths struct {
	files filename.Set
	dirs  map[string]bool
}

func newPaths() paths { return paths{dirs: map[string]bool{}} }

func (p *paths) has(name string) bool { return p.files.Has(name) }

func (p *paths) add(name string) error {
	if !fs.ValidPath(name) || name == "." || strings.ContainsAny(name, "\\\x00") {
		return fmt.Errorf("the site cannot have a file %q: the path is not safe", name)
	}
	if why := p.files.Add(name); why != "" {
		return fmt.Errorf("the site cannot be written: %s", why)
	}
	return nil
}

// parents returns the folders of a path that are not known yet, outermost
// first.
func (p *paths) parents(name string) []string {
	var list []string
	for dir := path.Dir(name); dir != "." && !p.dirs[dir]; dir = path.Dir(dir) {
		p.dirs[dir] = true
		list = append([]string{dir}, list...)
	}
	return list
}
