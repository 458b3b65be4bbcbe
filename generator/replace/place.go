package replace

import (
	"errors"
	"fmt"
	"io/fs"
	"path"
	"strings"
	"syscall"
)

// makeFolders makes the folders of new files.
func (t *Turn) makeFolders(j journal) error {
	for _, dir := range j.Folders {
		if err := t.fs.Mkdir(dir); err != nil && !errors.Is(err, fs.ErrExist) {
			return fmt.Errorf("making the folder %s: %w", dir, err)
		}
	}
	return nil
}

// place gives a staged text its name. A folder of the workspace may be on another
// disk, where it cannot be renamed to.
func (t *Turn) place(staged, name string) error {
	err := t.fs.Rename(staged, name)
	if errors.Is(err, syscall.EXDEV) {
		err = t.carry(staged, name)
	}
	if err != nil {
		return fmt.Errorf("writing %s: %w", name, err)
	}
	return nil
}

// carry copies a staged text to the disk of its place first.
func (t *Turn) carry(staged, name string) error {
	text, err := t.fs.ReadFile(staged)
	if err != nil {
		return err
	}
	info, err := t.fs.Lstat(staged)
	if err != nil {
		return err
	}
	near := beside(name)
	if err := t.fs.RemoveAll(near); err != nil { // of an interrupted run
		return err
	}
	if err = t.fs.Create(near, text, info.Mode().Perm()); err == nil {
		err = t.fs.Rename(near, name)
	}
	if err != nil {
		return errors.Join(err, t.fs.RemoveAll(near))
	}
	return nil
}

// settle clears away what was carried and brings the names of all files to disk.
func (t *Turn) settle(j journal) error {
	done := map[string]bool{}
	for _, f := range j.Files {
		if err := t.fs.RemoveAll(beside(f.Path)); err != nil {
			return fmt.Errorf("clearing away what an interrupted import left: %w", err)
		}
		for dir := path.Dir(f.Path); !done[dir]; dir = path.Dir(dir) {
			done[dir] = true
			// a folder that was to be made may be missing when all is undone
			if err := t.fs.SyncDir(dir); err != nil && !errors.Is(err, fs.ErrNotExist) {
				return fmt.Errorf("bringing %s to the disk: %w", dir, err)
			}
		}
	}
	return nil
}

// beside is where a text waits that cannot be renamed across disks. An
// interrupted run must find it again, so the name is always the same.
func beside(name string) string {
	return path.Join(path.Dir(name), ".annex-import-"+strings.TrimSuffix(path.Base(name), ".toml"))
}
