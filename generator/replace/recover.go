package replace

import (
	"errors"
	"fmt"
	"io/fs"
	"slices"
	"strings"
)

// InTheWayError says that an interrupted run can be neither finished nor undone,
// since somebody changed its files.
type InTheWayError struct {
	Changed          []string // files that are neither as before nor as they should become
	Written, Waiting []string // the others
}

func (e *InTheWayError) Error() string {
	list := func(names []string) string {
		if len(names) == 0 {
			return "none"
		}
		return strings.Join(names, ", ")
	}
	return fmt.Sprintf("an import was interrupted while it changed records, and %s changed since, so annex can neither finish nor undo it; nothing was written now. With values of that workbook: %s; still without: %s. Look through these files, delete the folder %s, and run the import again",
		list(e.Changed), list(e.Written), list(e.Waiting), Dir)
}

// Interrupted reports whether a run has begun and not ended: it was interrupted,
// or is at work.
func Interrupted(dir string) (bool, error) {
	d, err := open(dir)
	if err != nil {
		return false, err
	}
	defer d.root.Close()
	_, err = d.Lstat(journalFile)
	if errors.Is(err, fs.ErrNotExist) {
		return false, nil
	}
	return err == nil, err
}

// recover finishes what an interrupted run began, or undoes it if its new texts
// are gone, and clears away what it left. It says what it did.
func (t *Turn) recover() (string, error) {
	j, found, err := t.read()
	if err != nil {
		return "", err
	}
	if !found {
		return "", t.sweep()
	}
	waiting, err := t.compare(j)
	if err != nil {
		return "", err
	}
	whole := true
	for _, e := range waiting {
		text, err := t.fs.ReadFile(e.newText())
		whole = whole && err == nil && digest(text) == e.After
	}
	if !whole {
		return "an import that was interrupted was undone", t.undo(j)
	}
	if err := t.makeFolders(j); err != nil {
		return "", err
	}
	for _, e := range waiting {
		if err := t.place(e.newText(), e.Path); err != nil {
			return "", err
		}
	}
	if err := t.settle(j); err != nil {
		return "", err
	}
	said := fmt.Sprintf("an import that was interrupted is finished now: %d of its %d files had still to be written", len(waiting), len(j.Files))
	return said, errors.Join(t.finish(), t.sweep())
}

// compare returns the files that still have their old text.
func (t *Turn) compare(j journal) ([]entry, error) {
	var waiting []entry
	var e InTheWayError
	for _, f := range j.Files {
		switch now, err := t.digest(f.Path); {
		case err != nil:
			return nil, err
		case now == f.After:
			e.Written = append(e.Written, f.Path)
		case now == f.Before:
			e.Waiting = append(e.Waiting, f.Path)
			waiting = append(waiting, f)
		default:
			e.Changed = append(e.Changed, f.Path)
		}
	}
	if len(e.Changed) > 0 {
		return nil, &e
	}
	return waiting, nil
}

// digest returns that of a file as it is. What is no file has one that no file
// has.
func (t *Turn) digest(name string) (string, error) {
	text, err := t.fs.ReadFile(name)
	switch {
	case errors.Is(err, fs.ErrNotExist):
		return none, nil
	case errors.Is(err, errIrregular):
		return "", nil
	case err != nil:
		return "", fmt.Errorf("looking at %s: %w", name, err)
	}
	return digest(text), nil
}

// undo gives files their old texts again. One that is not as this run wrote it
// was saved by somebody meanwhile, and stays. A journal whose files cannot be put
// back stays too, and the next turn finishes it.
func (t *Turn) undo(j journal) error {
	var saved []string
	for _, e := range slices.Backward(j.Files) {
		now, err := t.digest(e.Path)
		switch {
		case err != nil || now == e.Before:
		case now != e.After:
			saved = append(saved, e.Path)
		case e.Before == none:
			err = t.fs.Remove(e.Path)
		default:
			err = t.place(e.oldText(), e.Path)
		}
		if err != nil {
			return fmt.Errorf("putting %s back: %w; the next import with --write goes on with it", e.Path, err)
		}
	}
	if err := t.settle(j); err != nil {
		return err
	}
	for _, dir := range slices.Backward(j.Folders) {
		_ = t.fs.Remove(dir) // unless somebody put something there
	}
	if err := t.fs.Remove(journalFile); err != nil && !errors.Is(err, fs.ErrNotExist) {
		return fmt.Errorf("removing the journal: %w; the next import with --write goes on with it", err)
	}
	_ = t.fs.SyncDir(Dir) // a journal that comes back is one whose files are all as before
	if err := t.sweep(); err != nil {
		return err
	}
	if len(saved) > 0 {
		return fmt.Errorf("somebody saved %s meanwhile, so it was left as it is now; look whether values of the workbook are in it", strings.Join(saved, ", "))
	}
	return nil
}

// finish removes the journal: from here on all is done.
func (t *Turn) finish() error {
	if err := t.fs.Remove(journalFile); err != nil && !errors.Is(err, fs.ErrNotExist) {
		return fmt.Errorf("all files are written, but the journal cannot be removed: %w; delete the folder %s", err, Dir)
	}
	_ = t.fs.SyncDir(Dir) // a journal that comes back is one whose files are all there
	return nil
}

// sweep removes staged texts.
func (t *Turn) sweep() error {
	list, err := t.fs.ReadDir(Dir)
	if err != nil {
		return fmt.Errorf("clearing away what an interrupted import left: %w", err)
	}
	for _, e := range list {
		if name := Dir + "/" + e.Name(); name != lockFile && name != hideFile {
			if err := t.fs.RemoveAll(name); err != nil {
				return fmt.Errorf("clearing away what an interrupted import left: %w", err)
			}
		}
	}
	return nil
}
