package history

import (
	"bytes"
	"context"
	"errors"
	"fmt"
	"io/fs"
	"path"
	"slices"
	"strconv"
	"strings"
)

// FS returns the folder as it was at a commit. Files are read when they are
// opened and read, so [Repo.Close] ends it.
//
// A link has the mode of a link and a submodule that of no regular file; neither
// can be read, as git keeps no file for them.
func (r *Repo) FS(ctx context.Context, c *Commit) (fs.FS, error) {
	tree, err := r.Tree(c)
	if err != nil {
		return nil, err
	}
	list := []string{"ls-tree", "-r", "-z", "--full-tree", tree}
	out, err := r.git.run(ctx, nil, append(list, "-l")...)
	if err != nil {
		// A partial clone has left out files, large evidence as a rule, and git
		// fails for want of their sizes. The names are there.
		out, err = r.git.run(ctx, nil, list...)
	}
	if err != nil {
		return nil, err
	}
	s := &snapshot{
		objects: r.objects,
		entries: map[string]*entry{".": {name: ".", mode: fs.ModeDir | 0o555}},
		folders: map[string][]fs.DirEntry{},
	}
	for line := range bytes.SplitAfterSeq(out, []byte{0}) {
		if len(line) == 0 {
			break // behind the last one
		}
		if err := s.add(string(line[:len(line)-1])); err != nil {
			return nil, fmt.Errorf("listing the folder at commit %.7s: %w", c.ID, err)
		}
	}
	for _, list := range s.folders {
		slices.SortFunc(list, func(a, b fs.DirEntry) int { return strings.Compare(a.Name(), b.Name()) })
	}
	return s, nil
}

// snapshot is a folder at one commit. It never changes once it is made.
type snapshot struct {
	objects *objects
	entries map[string]*entry        // by path
	folders map[string][]fs.DirEntry // by path, sorted
}

// add takes a line of ls-tree: "100644 blob <id> <size>\t<path>". The size may
// be missing.
func (s *snapshot) add(line string) error {
	about, name, ok := strings.Cut(line, "\t")
	parts := strings.Fields(about)
	if !ok || len(parts) < 3 || !isID(parts[2]) {
		return fmt.Errorf("git ls-tree printed %q", line)
	}
	e := &entry{id: parts[2]}
	switch parts[0] {
	case "120000":
		e.mode = fs.ModeSymlink | 0o777
	case "160000":
		e.mode = fs.ModeIrregular | 0o444 // a submodule
	case "100755":
		e.mode = 0o555
	default:
		e.mode = 0o444
	}
	if len(parts) == 4 {
		// No number is given for a submodule, nor for a file that was left out.
		e.size, _ = strconv.ParseInt(parts[3], 10, 64)
	}
	// git checks names when it writes trees, but somebody else may have written
	// them.
	if path.Clean("/"+name) != "/"+name {
		return fmt.Errorf("%q cannot be the name of a file", name)
	}
	return s.put(name, e)
}

// put places an entry and the folders above it.
func (s *snapshot) put(name string, e *entry) error {
	dir, base := path.Split(name)
	dir = strings.TrimSuffix(dir, "/")
	if dir == "" {
		dir = "."
	}
	if s.entries[name] != nil {
		return fmt.Errorf("%q is there twice", name)
	}
	above := s.entries[dir]
	if above == nil {
		above = &entry{mode: fs.ModeDir | 0o555}
		if err := s.put(dir, above); err != nil {
			return err
		}
	}
	if !above.IsDir() {
		return fmt.Errorf("%q is a file and a folder", dir)
	}
	e.name = base
	s.entries[name] = e
	s.folders[dir] = append(s.folders[dir], e)
	return nil
}

func (s *snapshot) find(op, name string) (*entry, error) {
	if !fs.ValidPath(name) {
		return nil, &fs.PathError{Op: op, Path: name, Err: fs.ErrInvalid}
	}
	e := s.entries[name]
	if e == nil {
		return nil, &fs.PathError{Op: op, Path: name, Err: fs.ErrNotExist}
	}
	return e, nil
}

// Open opens a file or folder.
func (s *snapshot) Open(name string) (fs.File, error) {
	e, err := s.find("open", name)
	if err != nil {
		return nil, err
	}
	if e.IsDir() {
		return &openFolder{entry: e, path: name, rest: s.folders[name]}, nil
	}
	return &openFile{entry: e, path: name, objects: s.objects}, nil
}

// Stat describes a file or folder; links are not followed.
func (s *snapshot) Stat(name string) (fs.FileInfo, error) {
	e, err := s.find("stat", name)
	if err != nil {
		return nil, err
	}
	return e, nil
}

// ReadDir lists a folder in the order of names.
func (s *snapshot) ReadDir(name string) ([]fs.DirEntry, error) {
	e, err := s.find("readdir", name)
	if err != nil {
		return nil, err
	}
	if !e.IsDir() {
		return nil, &fs.PathError{Op: "readdir", Path: name, Err: errors.New("not a folder")}
	}
	return slices.Clone(s.folders[name]), nil
}
