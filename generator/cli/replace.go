package cli

import (
	"bytes"
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"

	"annex/generator"
)

// replaceFiles gives files of a workspace other texts: all, or none of them. New
// texts are brought to the disk beside the old ones before the first takes its
// place. A file that somebody changed meanwhile stops it.
func replaceFiles(dir string, files []generator.Changed) (err error) {
	var staged, done []string
	defer func() {
		for _, name := range staged {
			_ = os.Remove(name) // those that took their places are gone
		}
		for i, name := range done {
			if err != nil {
				err = errors.Join(err, putBack(name, files[i].Before))
			}
		}
	}()
	for _, f := range files {
		name := filepath.Join(dir, filepath.FromSlash(f.Path))
		if err := unchanged(name, f); err != nil {
			return err
		}
		temporary, err := stageFile(name, f.After)
		if err != nil {
			return fmt.Errorf("writing %s: %w", f.Path, err)
		}
		staged = append(staged, temporary)
	}
	for i, f := range files {
		name := filepath.Join(dir, filepath.FromSlash(f.Path))
		if err := unchanged(name, f); err != nil {
			return err
		}
		if err := os.Rename(staged[i], name); err != nil {
			return fmt.Errorf("writing %s: %w", f.Path, err)
		}
		done = append(done, name)
	}
	return nil
}

// unchanged refuses a file that is not as it was read.
func unchanged(name string, f generator.Changed) error {
	info, err := os.Lstat(name)
	if errors.Is(err, fs.ErrNotExist) && f.Before == nil {
		return nil
	}
	if err != nil {
		return fmt.Errorf("looking at %s: %w", f.Path, err)
	}
	now, err := os.ReadFile(name)
	if err != nil {
		return fmt.Errorf("looking at %s: %w", f.Path, err)
	}
	if !info.Mode().IsRegular() || f.Before == nil || !bytes.Equal(now, f.Before) {
		return fmt.Errorf("%s was changed while the workbook was read; nothing was written, run the import again", f.Path)
	}
	return nil
}

// stageFile writes a text into a new file beside another, with its permissions.
func stageFile(name string, text []byte) (temporary string, err error) {
	mode := fs.FileMode(0o644)
	if info, err := os.Stat(name); err == nil {
		mode = info.Mode().Perm()
	}
	if err := os.MkdirAll(filepath.Dir(name), 0o755); err != nil {
		return "", err
	}
	f, err := os.CreateTemp(filepath.Dir(name), ".annex-*")
	if err != nil {
		return "", err
	}
	_, err = f.Write(text)
	err = errors.Join(err, f.Chmod(mode), f.Sync(), f.Close())
	if err != nil {
		err = errors.Join(err, os.Remove(f.Name()))
	}
	return f.Name(), err
}

// putBack restores a file after a failure.
func putBack(name string, text []byte) error {
	if text == nil {
		return os.Remove(name)
	}
	temporary, err := stageFile(name, text)
	if err == nil {
		err = os.Rename(temporary, name)
	}
	if err != nil {
		return fmt.Errorf("putting %s back: %w", name, err)
	}
	return nil
}
