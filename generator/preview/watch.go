package preview

import (
	"errors"
	"io/fs"
	"os"
	"path/filepath"
	"slices"
	"syscall"
	"time"

	"github.com/fsnotify/fsnotify"

	"annex/generator/history"
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
//
// Once a folder came, went or got another name, all is watched anew: fsnotify
// confuses folders that are renamed (its issue 694), and a watch costs
// microseconds.
type watcher struct {
	dir     string          // absolute
	git     func() []string // finds the folders of the repository's own files
	ours    []string        // what it found
	self    fs.FileInfo     // the folder that is watched as the workspace
	system  *fsnotify.Watcher
	inbox   *inbox
	watched map[string]bool // folders, by their absolute names
}

// newWatcher watches every folder of a workspace. It fails with errWatches
// when the system has no more watches to give.
func newWatcher(dir string, git func() []string) (*watcher, error) {
	dir, err := filepath.Abs(dir)
	if err != nil {
		return nil, err
	}
	w := &watcher{dir: dir, git: git}
	if err := w.renew(); err != nil {
		w.close()
		return nil, err
	}
	return w, nil
}

func (w *watcher) close() {
	if w.system != nil {
		w.system.Close()
	}
}

// errWatches is that the system has no more watches to give.
var errWatches = errors.New("the system has no more file watches to give")

func outOfWatches(err error) error {
	if errors.Is(err, syscall.ENOSPC) || errors.Is(err, syscall.EMFILE) {
		return errWatches
	}
	return err
}

// renew watches the folders that are there now, and no others.
func (w *watcher) renew() error {
	w.close()
	var err error
	if w.system, err = fsnotify.NewWatcher(); err != nil {
		w.system = nil
		return outOfWatches(err)
	}
	w.inbox = newInbox()
	go w.inbox.fill(w.system)
	w.ours, w.self = w.git(), nil
	if info, err := os.Stat(w.dir); err == nil {
		w.self = info
	}
	w.watched = map[string]bool{}
	for range 5 { // until no folder came while the others were added
		added := false
		for _, name := range w.folders() {
			if w.watched[name] {
				continue
			}
			switch err := w.system.Add(name); {
			case errors.Is(err, fs.ErrNotExist), errors.Is(err, fs.ErrPermission): // gone, or told when it is read
			case err != nil:
				return outOfWatches(err)
			}
			w.watched[name], added = true, true
		}
		if !added {
			break
		}
	}
	return nil
}

// folders returns the folders to watch. A workspace that is gone has none.
func (w *watcher) folders() []string {
	list := slices.Clone(w.ours)
	root, err := source.Open(w.dir)
	if err != nil {
		return list
	}
	defer root.Close()
	names, _ := source.Folders(root.FS()) // what cannot be listed is reported when it is read
	for _, name := range names {
		list = append(list, filepath.Join(w.dir, filepath.FromSlash(name)))
	}
	return list
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
	if slices.Contains(w.ours, filepath.Dir(e.Name)) {
		return written{all: true}, history.Tells(e.Name)
	}
	if e.Name == filepath.Join(w.dir, ".git") { // a repository was made, or went
		return written{folder: true}, e.Has(fsnotify.Create) || e.Has(fsnotify.Remove) || e.Has(fsnotify.Rename)
	}
	if w.watched[e.Name] && (e.Has(fsnotify.Rename) || e.Has(fsnotify.Remove)) {
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
	look := time.NewTicker(heartbeat)
	defer look.Stop()
	for {
		select {
		case <-done:
			return written{}, false, nil
		case <-over:
			return written{}, false, nil
		case <-silence:
			return w.settled(all)
		case <-enough:
			return w.settled(all)
		case <-look.C:
			if !w.replaced() && !w.unseen() {
				continue
			}
			all.folder, all.all = true, false
			return w.settled(all)
		case <-w.inbox.mail:
		}
		events, lost, err := w.inbox.take()
		if err != nil {
			return written{}, false, err
		}
		woken := lost
		if lost {
			all.folder, all.all = true, false
		}
		for _, e := range events {
			x, ok := w.of(e)
			woken = woken || ok
			switch {
			case !ok:
			case len(all.files) < mostNamed:
				all.add(x)
			default:
				all.folder, all.all = true, false
			}
		}
		if !woken {
			continue
		}
		over = nil // what was taken has to be told
		silence = time.After(quiet)
		if enough == nil {
			enough = time.After(longest)
		}
	}
}

// heartbeat is how often the watcher looks whether the workspace still is the
// folder that it watches, and whether a repository that was being made is whole.
// Nobody tells when a folder above gets another name.
const heartbeat = 2 * time.Second

// replaced reports whether another folder is in the place of the workspace.
func (w *watcher) replaced() bool {
	info, err := os.Stat(w.dir)
	if err != nil || w.self == nil {
		return (err == nil) != (w.self != nil)
	}
	return !os.SameFile(info, w.self)
}

// unseen reports whether there is a repository that is not watched: when its
// folder came, git had not yet written what makes it one.
func (w *watcher) unseen() bool {
	if len(w.ours) > 0 {
		return false
	}
	if _, err := os.Lstat(filepath.Join(w.dir, ".git")); err != nil {
		return false
	}
	return len(w.git()) > 0
}

func (w *watcher) settled(all written) (written, bool, error) {
	if all.folder {
		if err := w.renew(); err != nil {
			return all, true, err
		}
	}
	return all, true, nil
}
