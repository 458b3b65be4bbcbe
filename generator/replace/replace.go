// Package replace gives files of a workspace other texts: all of them, or none.
//
//	turn, err := replace.Take(dir) // nobody else may change records now
//	defer turn.End()
//	err = turn.Replace([]replace.File{{Path: "organization/risks.toml", Before: old, After: text}})
//
// All new texts, and copies of the old ones, are brought to the disk in the
// folder .annex/import of the workspace, which git does not see. A journal beside
// them says what goes where; then each text is renamed into its place, and the
// journal is removed. So a kill at any moment leaves either no journal, and then
// all files are the old ones or all are the new ones, or a journal that says how
// to go on: the next Take does so. What somebody saved meanwhile is not touched.
//
// All paths are reached through [os.Root], so that nothing outside of the
// workspace can be written. The lock is the kernel's (github.com/gofrs/flock), so
// that a killed run leaves none held.
package replace

import (
	"bytes"
	"errors"
	"fmt"
	"io/fs"
	"path"
	"slices"
)

// Dir is the folder of a workspace that replacing needs while it lasts.
const Dir = ".annex/import"

// File is a file of the workspace and its other text.
type File struct {
	Path          string // in the workspace, with slashes; it ends in .toml
	Before, After []byte // Before is nil for a new file
}

// LockedError says that somebody else has the turn.
type LockedError struct{ Dir string }

func (e *LockedError) Error() string {
	return fmt.Sprintf("another import is changing the records in %s; nothing was changed by this one. Wait until it is done, then run it again", e.Dir)
}

// Turn is the right to change files, which one process has at a time.
type Turn struct {
	Ended  string // what became of an interrupted run before; empty if there was none
	fs     fileSystem
	unlock func()
}

// Take waits for nobody: it fails with a [*LockedError] if another process has
// the turn. What an interrupted run left is finished or cleared away before it
// returns; where that cannot be done the error is an [*InTheWayError].
func Take(dir string) (*Turn, error) {
	d, err := open(dir)
	if err != nil {
		return nil, err
	}
	t, err := take(d)
	if errors.Is(err, errLocked) {
		err = &LockedError{dir}
	}
	if err != nil {
		return nil, errors.Join(err, d.root.Close())
	}
	unlock := t.unlock
	t.unlock = func() { unlock(); _ = d.root.Close() }
	return t, nil
}

func take(f fileSystem) (*Turn, error) {
	unlock, err := f.Lock()
	if err != nil {
		return nil, err
	}
	t := &Turn{fs: f, unlock: unlock}
	if t.Ended, err = t.recover(); err != nil {
		unlock()
		return nil, err
	}
	return t, nil
}

// End gives the turn back and removes the folder that it needed.
func (t *Turn) End() {
	if _, err := t.fs.Lstat(journalFile); errors.Is(err, fs.ErrNotExist) {
		_ = t.sweep() // the next turn clears away what cannot be removed now
	}
	t.unlock()
}

// Replace gives files their texts. A file that is not as it was before stops it,
// and all are as they were.
func (t *Turn) Replace(files []File) error {
	if len(files) == 0 {
		return nil
	}
	j, err := t.stage(files)
	if err != nil {
		return t.gaveUp(err, t.sweep())
	}
	for i, e := range j.Files {
		if err = t.unchanged(files[i]); err == nil {
			err = t.place(e.newText(), e.Path)
		}
		if err != nil {
			break
		}
	}
	if err == nil {
		err = t.settle(j)
	}
	if err != nil {
		return t.gaveUp(err, t.undo(j))
	}
	return t.finish()
}

// gaveUp says why, and that all is as it was, if it is.
func (t *Turn) gaveUp(why, undoing error) error {
	if undoing != nil {
		return errors.Join(why, undoing)
	}
	return fmt.Errorf("no record was changed: %w", why)
}

// stage brings texts and journal to the disk, and makes the folders of new files.
func (t *Turn) stage(files []File) (journal, error) {
	var j journal
	for i, f := range files {
		e, err := t.entry(i, f)
		if err != nil {
			return j, err
		}
		for _, folder := range e.missing {
			if !slices.Contains(j.Folders, folder) {
				j.Folders = append(j.Folders, folder)
			}
		}
		j.Files = append(j.Files, e)
	}
	if err := j.check(); err != nil {
		return j, err
	}
	for i, e := range j.Files {
		err := t.fs.Create(e.newText(), files[i].After, e.mode)
		if err == nil && e.Before != none {
			err = t.fs.Create(e.oldText(), files[i].Before, e.mode)
		}
		if err != nil {
			return j, fmt.Errorf("bringing the new text of %s to the disk: %w", e.Path, err)
		}
	}
	if err := t.write(j); err != nil {
		return j, fmt.Errorf("writing a journal: %w", err)
	}
	if err := t.makeFolders(j); err != nil {
		return j, errors.Join(err, t.undo(j))
	}
	return j, nil
}

// entry looks at a file that is to be replaced.
func (t *Turn) entry(i int, f File) (entry, error) {
	e := entry{Path: f.Path, Before: none, After: digest(f.After), Staged: i + 1}
	if err := t.unchanged(f); err != nil {
		return e, err
	}
	if f.Before != nil {
		e.Before = digest(f.Before)
		info, err := t.fs.Lstat(f.Path)
		if err != nil {
			return e, fmt.Errorf("looking at %s: %w", f.Path, err)
		}
		e.mode = info.Mode().Perm()
	}
	for _, dir := range above(f.Path) {
		info, err := t.fs.Lstat(dir)
		switch {
		case errors.Is(err, fs.ErrNotExist):
			e.missing = append(e.missing, dir)
		case err != nil:
			return e, fmt.Errorf("looking at %s: %w", dir, err)
		case !info.IsDir():
			return e, fmt.Errorf("%s is no folder, so %s cannot be written", dir, f.Path)
		}
	}
	return e, nil
}

// unchanged refuses a file that is not as it was read.
func (t *Turn) unchanged(f File) error {
	now, err := t.fs.ReadFile(f.Path)
	switch {
	case errors.Is(err, fs.ErrNotExist) && f.Before == nil:
		return nil
	case errors.Is(err, errIrregular), errors.Is(err, fs.ErrNotExist), err == nil && (f.Before == nil || !bytes.Equal(now, f.Before)):
		return fmt.Errorf("%s was changed while the workbook was read; run the import again", f.Path)
	case err != nil:
		return fmt.Errorf("looking at %s: %w", f.Path, err)
	}
	return nil
}

// above returns the folders that a path leads through, outermost first.
func above(name string) []string {
	var list []string
	for dir := path.Dir(name); dir != "."; dir = path.Dir(dir) {
		list = append(list, dir)
	}
	slices.Reverse(list)
	return list
}
