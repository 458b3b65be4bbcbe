package cli

import (
	"bytes"
	"errors"
	"fmt"
	"io"
	"io/fs"
	"os"
	"path"
	"path/filepath"
	"slices"
	"strings"
	"syscall"
)

// placed is a file to write below a folder.
type placed struct {
	name string // below the folder, with slashes
	text []byte
	ours func(text []byte) bool // whether a file that is there may be replaced; nil for never
}

// place writes files below a folder, all or none of them. Nothing is written
// before every part of every path was looked at: below the folder a link is
// refused, since what it leads to is not the user's wish, and a file that is in
// the way is left as it is. Otherwise says so, behind the name of such a file.
// After a failure what was written is taken back; takeBack does so later.
func place(dir string, files []placed, otherwise string) (takeBack func() error, err error) {
	if err := checkFolder(dir); err != nil {
		return nil, err
	}
	for _, f := range files {
		if err := f.check(dir, otherwise); err != nil {
			return nil, err
		}
	}
	var undo []func() error
	takeBack = func() error {
		var all error
		for _, step := range slices.Backward(undo) {
			all = errors.Join(all, step())
		}
		return all
	}
	made, err := makeFolders(dir)
	undo = append(undo, made...)
	if err != nil {
		return nil, errors.Join(err, takeBack())
	}
	for _, f := range files {
		steps, err := f.write(dir)
		undo = append(undo, steps...)
		if err != nil {
			return nil, errors.Join(err, takeBack())
		}
	}
	return takeBack, nil
}

// checkFolder refuses a folder that cannot be made or written into. It may be a
// link to one: somebody named it.
func checkFolder(dir string) error {
	for d := filepath.Clean(dir); ; d = filepath.Dir(d) {
		info, err := os.Stat(d)
		if err == nil {
			if !info.IsDir() {
				return usage("%s is not a folder; nothing was written", d)
			}
			return nil
		}
		if named, linkErr := os.Lstat(d); linkErr == nil && named.Mode()&fs.ModeSymlink != 0 {
			return usage("%s is a link that leads to no folder; nothing was written. Take it away, or name another folder", d)
		}
		if !missing(err) || filepath.Dir(d) == d {
			return fmt.Errorf("looking at the folder: %w", err)
		}
	}
}

// missing reports whether nothing has a name, also where a part above it is a
// file.
func missing(err error) bool {
	return errors.Is(err, fs.ErrNotExist) || errors.Is(err, syscall.ENOTDIR)
}

// check refuses a place that has a link above it or something in it.
func (f placed) check(dir, otherwise string) error {
	parts := strings.Split(f.name, "/")
	for i := range parts {
		name := filepath.Join(dir, filepath.Join(parts[:i+1]...))
		info, err := os.Lstat(name)
		switch {
		case errors.Is(err, fs.ErrNotExist):
			return nil // so that nothing is below it
		case err != nil:
			return fmt.Errorf("looking for files in the way: %w", err)
		case i == len(parts)-1:
			return f.checkThere(name, info, otherwise)
		case info.Mode()&fs.ModeSymlink != 0:
			return usage("%s is a link, and annex does not write through links; nothing was written. Put a folder in its place", name)
		case !info.IsDir():
			return usage("%s is not a folder, and files are to be written below it; nothing was written. Move it away", name)
		}
	}
	return nil
}

// checkThere refuses what is in the place itself, unless it may be replaced.
func (f placed) checkThere(name string, info fs.FileInfo, otherwise string) error {
	if f.ours == nil {
		return usage("%s exists already; %s", name, otherwise)
	}
	if !info.Mode().IsRegular() {
		return usage("%s is a link or a folder, where a file is to be written; nothing was written. Take it away", name)
	}
	now, err := os.ReadFile(name)
	if err != nil {
		return fmt.Errorf("looking for files in the way: %w", err)
	}
	if !f.ours(now) {
		return usage("%s is not a file that annex wrote; %s", name, otherwise)
	}
	return nil
}

// makeFolders makes a folder and those above it, and returns how to take each
// back. One that somebody put something into meanwhile stays.
func makeFolders(dir string) (undo []func() error, err error) {
	var wanted []string
	for d := filepath.Clean(dir); ; d = filepath.Dir(d) {
		if _, err := os.Stat(d); err == nil || filepath.Dir(d) == d {
			break
		}
		wanted = append(wanted, d)
	}
	for _, d := range slices.Backward(wanted) {
		if err := os.Mkdir(d, 0o755); err != nil {
			return undo, fmt.Errorf("making a folder: %w", err)
		}
		undo = append(undo, func() error { _ = os.Remove(d); return nil })
	}
	return undo, nil
}

// write writes one file whose place was checked, and returns how to take it and
// its folders back. What is there already is replaced in one step.
func (f placed) write(dir string) (undo []func() error, err error) {
	root, err := os.OpenRoot(dir) // a link that comes meanwhile leads nowhere else
	if err != nil {
		return nil, fmt.Errorf("opening the folder: %w", err)
	}
	defer root.Close()
	undo, err = makeFolders(filepath.Join(dir, filepath.FromSlash(path.Dir(f.name))))
	if err != nil {
		return undo, err
	}
	full := filepath.Join(dir, filepath.FromSlash(f.name))
	before, err := root.ReadFile(f.name)
	switch {
	case f.ours != nil && err == nil && bytes.Equal(before, f.text):
		return undo, nil // editors need not read it again
	case f.ours != nil && err == nil && f.ours(before):
		if err := replaceIn(root, f.name, f.text); err != nil {
			return undo, fmt.Errorf("writing %s: %w", f.name, err)
		}
		back := func(w io.Writer) error { _, err := w.Write(before); return err }
		return append(undo, func() error { return writeFile(full, back) }), nil
	case err == nil:
		return undo, usage("%s exists already; it was left as it is", full)
	case !errors.Is(err, fs.ErrNotExist):
		return undo, fmt.Errorf("writing %s: %w", f.name, err)
	}
	made, err := writeNew(root, f.name, f.text)
	if made {
		undo = append(undo, func() error { return os.Remove(full) })
	}
	if err != nil {
		return undo, fmt.Errorf("writing %s: %w", f.name, err)
	}
	return undo, nil
}

// replaceIn gives a file another text in one step. The new file has the
// permissions that the user's umask gives.
func replaceIn(root *os.Root, name string, text []byte) error {
	for i := 0; ; i++ {
		temporary := path.Join(path.Dir(name), fmt.Sprintf(".annex-new-%d", i))
		made, err := writeNew(root, temporary, text)
		if errors.Is(err, fs.ErrExist) && i < 100 {
			continue // left by a killed run, or somebody's
		}
		if err == nil {
			err = root.Rename(temporary, name)
		}
		if err != nil && made {
			err = errors.Join(err, root.Remove(temporary))
		}
		return err
	}
}

// writeNew writes a file that does not exist yet, and reports whether it made
// one.
func writeNew(root *os.Root, name string, text []byte) (made bool, err error) {
	f, err := root.OpenFile(name, os.O_WRONLY|os.O_CREATE|os.O_EXCL, 0o644)
	if err != nil {
		return false, err
	}
	_, err = f.Write(text)
	return true, errors.Join(err, f.Close())
}
