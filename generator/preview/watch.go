package preview

import (
	"errors"
	"io/fs"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"syscall"
	"time"

	"github.com/fsnotify/fsnotify"

	"annex/generator/source"
)

const (
	// quiet is how long files have to be left alone before they are read.
	// Editors write in several steps, a few milliseconds apart.
	quiet = 8 * time.Millisecond
	// longest is how long a build waits for that at most.
	longest = 120 * time.Millisecond
)

// watcher says when files of a workspace were written. Events only wake annex
// up: what changed is found by looking at the files, since events come twice,
// too late, or under the name that a folder had before. What they are good for
// are files that were written twice within one tick of the disk's clock.
type watcher struct {
	dir     string // absolute
	git     string // folder of the repository's own files, or ""
	system  *fsnotify.Watcher
	watched map[string]fs.FileInfo // folders, by their absolute names
}

// newWatcher watches every folder of a workspace. It fails with errWatches
// when the system has no more watches to give.
func newWatcher(dir, git string) (*watcher, error) {
	dir, err := filepath.Abs(dir)
	if err != nil {
		return nil, err
	}
	system, err := fsnotify.NewBufferedWatcher(1024)
	if err != nil {
		return nil, outOfWatches(err)
	}
	w := &watcher{dir: dir, git: git, system: system, watched: map[string]fs.FileInfo{}}
	if err := w.sync(); err != nil {
		system.Close()
		return nil, err
	}
	return w, nil
}

func (w *watcher) close() { w.system.Close() }

// renew watches what came back after it could not be read. What is still not
// there is tried again with the next edition.
func (w *watcher) renew() { _ = w.sync() }

// errWatches is that the system has no more watches to give.
var errWatches = errors.New("the system has no more file watches to give")

func outOfWatches(err error) error {
	if errors.Is(err, syscall.ENOSPC) || errors.Is(err, syscall.EMFILE) {
		return errWatches
	}
	return err
}

// sync watches the folders that are there now, and no others. A folder that was
// renamed, or replaced by another, is watched under its new name.
func (w *watcher) sync() error {
	for range 5 { // until no folder came while the others were added
		added, err := w.syncOnce()
		if err != nil || !added {
			return err
		}
	}
	return nil
}

func (w *watcher) syncOnce() (added bool, err error) {
	now, err := w.folders()
	if err != nil {
		return false, err
	}
	for name, before := range w.watched { // first, since a renamed folder keeps its watch
		if info := now[name]; info == nil || !os.SameFile(before, info) {
			_ = w.system.Remove(name) // it may have gone with its folder
			delete(w.watched, name)
		}
	}
	for name, info := range now {
		if w.watched[name] != nil {
			continue
		}
		err := w.system.Add(name)
		switch {
		case errors.Is(err, fs.ErrNotExist):
			continue
		case err != nil:
			return false, outOfWatches(err)
		}
		w.watched[name] = info
		added = true
	}
	return added, nil
}

// folders returns the folders to watch. A workspace that is gone has none.
func (w *watcher) folders() (map[string]fs.FileInfo, error) {
	now := map[string]fs.FileInfo{}
	add := func(name string) {
		if info, err := os.Lstat(name); err == nil && info.IsDir() {
			now[name] = info
		}
	}
	if w.git != "" {
		add(w.git)
	}
	root, err := source.Open(w.dir)
	if errors.Is(err, fs.ErrNotExist) {
		return now, nil
	}
	if err != nil {
		return nil, err
	}
	defer root.Close()
	names, _ := source.Folders(root.FS()) // what cannot be listed is reported when it is read
	for _, name := range names {
		add(filepath.Join(w.dir, filepath.FromSlash(name)))
	}
	return now, nil
}

// written is what events tell: the files that were written, as far as known.
type written struct {
	files  []string // of the workspace, with slashes
	folder bool     // folders may have come, gone or been renamed
	all    bool     // files holds every one of them
}

func (x *written) add(more written) {
	x.all = x.all && more.all && !more.folder
	for _, f := range more.files {
		if !slices.Contains(x.files, f) {
			x.files = append(x.files, f)
		}
	}
	x.folder = x.folder || more.folder
}

// mostNamed is how many written files are kept by name. More come from another
// branch or a copied folder, whose files differ in their times.
const mostNamed = 1000

// of returns what an event tells, and false when it is of no interest.
func (w *watcher) of(e fsnotify.Event) (written, bool) {
	if w.git != "" && filepath.Dir(e.Name) == w.git {
		return written{all: true}, !strings.HasSuffix(e.Name, ".lock")
	}
	if w.watched[e.Name] != nil && (e.Has(fsnotify.Rename) || e.Has(fsnotify.Remove)) {
		_ = w.system.Remove(e.Name) // should it come back, it is watched anew
		delete(w.watched, e.Name)
		return written{folder: true}, true
	}
	name, err := filepath.Rel(w.dir, e.Name)
	if err != nil || !filepath.IsLocal(name) {
		return written{}, false
	}
	name = filepath.ToSlash(name)
	if source.Hidden(name) {
		return written{}, false
	}
	x := written{files: []string{name}, all: true}
	if e.Has(fsnotify.Create) || e.Has(fsnotify.Rename) || e.Has(fsnotify.Remove) {
		info, err := os.Lstat(e.Name)
		x.folder = err == nil && info.IsDir()
	}
	return x, true
}

// wait returns when files were written and have been left alone since, or false
// when done is closed or the time is over.
func (w *watcher) wait(done <-chan struct{}, over <-chan time.Time) (written, bool, error) {
	all := written{all: true}
	var silence, enough <-chan time.Time
	for {
		select {
		case <-done:
			return written{}, false, nil
		case <-over:
			return written{}, false, nil
		case e, ok := <-w.system.Events:
			if !ok {
				return all, false, errors.New("watching the files ended")
			}
			x, ok := w.of(e)
			if !ok {
				continue
			}
			if len(all.files) < mostNamed {
				all.add(x)
			} else {
				all.folder, all.all = true, false
			}
		case err := <-w.system.Errors:
			if !errors.Is(err, fsnotify.ErrEventOverflow) {
				return all, false, err
			}
			all.folder, all.all = true, false
		case <-silence:
			return w.settled(all)
		case <-enough:
			return w.settled(all)
		}
		silence = time.After(quiet)
		if enough == nil {
			enough = time.After(longest)
		}
	}
}

func (w *watcher) settled(all written) (written, bool, error) {
	if all.folder {
		if err := w.sync(); err != nil {
			return all, true, err
		}
	}
	return all, true, nil
}
