package preview

import (
	"os"
	"path/filepath"
	"slices"
	"time"

	"annex/generator/history"
	"annex/generator/source"
)

// poller does what a watcher does, without the system's help: it looks at all
// files again and again. It is for when there are no watches left, and for file
// systems that tell nothing, such as shared folders.
type poller struct {
	dir    string
	git    func() []string // finds the folders of git's own files
	ours   []string        // what it found
	every  time.Duration
	files  []source.File
	others []string      // links and special files
	head   []os.FileInfo // of git
	recent []string      // written so lately that a second write could look the same
}

// tick is the coarsest clock of a file system still in use, that of FAT.
const tick = 2 * time.Second

func newPoller(dir string, git func() []string, every time.Duration) *poller {
	p := &poller{dir: dir, git: git, ours: git(), every: every}
	p.look()
	return p
}

func (p *poller) close() {}

func (p *poller) renew() error { return nil }

// wait returns when files were written, or false when done is closed or the
// time is over.
func (p *poller) wait(done <-chan struct{}, over <-chan time.Time) (written, bool, error) {
	for {
		select {
		case <-done:
			return written{}, false, nil
		case <-over:
			return written{}, false, nil
		case <-time.After(p.every):
		}
		if x, changed := p.look(); changed {
			return x, true, nil
		}
	}
}

// look compares the files with what they were at the last look. A workspace
// that cannot be read counts as one without files.
func (p *poller) look() (x written, changed bool) {
	x.files, p.recent = p.recent, nil
	before := make(map[string]source.File, len(p.files))
	for _, f := range p.files {
		before[f.Path] = f
	}
	others := p.others
	p.files, p.others = p.list()
	for _, f := range p.files {
		if !f.Same(before[f.Path]) {
			x.files = append(x.files, f.Path)
			if time.Since(f.Written()) < tick {
				p.recent = append(p.recent, f.Path)
			}
		}
		delete(before, f.Path)
	}
	head := p.heads()
	moved := !slices.Equal(p.others, others) || !slices.EqualFunc(head, p.head, func(a, b os.FileInfo) bool {
		return a.Size() == b.Size() && a.ModTime().Equal(b.ModTime())
	})
	p.head = head
	return x, moved || len(before) > 0 || len(x.files) > 0
}

func (p *poller) list() (files []source.File, others []string) {
	root, err := source.Open(p.dir)
	if err != nil {
		return nil, nil
	}
	defer root.Close()
	files, diags, err := source.Files(root.FS())
	if err != nil {
		return nil, nil
	}
	for _, d := range diags {
		others = append(others, d.Pos.Filename)
	}
	return files, others
}

// heads looks at the files that git writes when a commit is made or another
// branch is checked out.
func (p *poller) heads() []os.FileInfo {
	if _, err := os.Lstat(filepath.Join(p.dir, ".git")); err == nil && len(p.ours) == 0 {
		p.ours = p.git()
	}
	var list []os.FileInfo
	for _, folder := range p.ours {
		entries, err := os.ReadDir(folder)
		if err != nil {
			continue
		}
		for _, e := range entries {
			if info, err := e.Info(); err == nil && info.Mode().IsRegular() && history.Tells(e.Name()) {
				list = append(list, info)
			}
		}
	}
	return list
}
