package output

import (
	"crypto/sha256"
	"encoding/hex"
	"fmt"
	"io"
	"path/filepath"
	"slices"
	"strings"

	"annex/generator/filename"
)

// EditedError says that a folder of exports holds work of somebody, and was left
// alone. Files are paths with slashes, in order.
type EditedError struct {
	Dir     string
	Changed []string // written by annex, and changed since
	Added   []string // not written by annex
}

func (e *EditedError) Error() string {
	var list []string
	for _, name := range e.Changed {
		list = append(list, name+" (changed)")
	}
	for _, name := range e.Added {
		list = append(list, name+" (not written by annex)")
	}
	return fmt.Sprintf("%s holds work that would be lost: %s; it was left as it is. Read changed workbooks back with annex import, move files of your own away, choose another folder, or replace it all with --force", e.Dir, Few(list))
}

// Few returns the first five names of a list, and how many there are more.
func Few(names []string) string {
	const most = 5
	if len(names) <= most {
		return strings.Join(names, ", ")
	}
	return fmt.Sprintf("%s and %d more", strings.Join(names[:most], ", "), len(names)-most)
}

// largestMarker is the size of the largest marker that is read, in bytes: that of
// some hundred thousand files.
const largestMarker = 16 << 20

// recorded returns what the marker of a folder of exports says of its files: the
// SHA-256 of each, one a line, as the program sha256sum writes them.
func (w *writer) recorded() (map[string]string, error) {
	f, err := w.fs.Open(filepath.Join(w.dir, Marker))
	if err != nil {
		return nil, fmt.Errorf("looking at the output folder: %w", err)
	}
	defer f.Close()
	text, err := io.ReadAll(io.LimitReader(f, largestMarker))
	if err != nil {
		return nil, fmt.Errorf("looking at the output folder: %w", err)
	}
	sums := map[string]string{}
	for line := range strings.SplitSeq(string(text), "\n") {
		if sum, name, ok := strings.Cut(line, "  "); ok {
			sums[name] = sum
		}
	}
	return sums, nil
}

// record returns the marker of a staged folder; that of exports with what
// recorded reads.
func (w *writer) record(stage string) ([]byte, error) {
	text := slices.Clone(w.marker)
	if w.kind != Exports {
		return text, nil
	}
	names, err := w.names(stage)
	for _, name := range names {
		sum, err := w.sum(stage, name)
		if err != nil {
			return nil, fmt.Errorf("summing up %s: %w", name, err)
		}
		text = fmt.Appendf(text, "%s  %s\n", sum, name)
	}
	return text, err
}

// names returns the files of a folder, in order.
func (w *writer) names(dir string) ([]string, error) {
	var list []string
	if err := w.fs.Walk(dir, func(name string) { list = append(list, name) }); err != nil {
		return nil, fmt.Errorf("listing the files of the output folder: %w", err)
	}
	slices.Sort(list)
	return list, nil
}

// gone returns the files of the old folder that the new one does not have.
func (w *writer) gone() ([]string, error) {
	names, err := w.names(w.dir)
	return slices.DeleteFunc(names, func(name string) bool { return w.paths.has(name) || filename.Litter(name) }), err
}

// untouched refuses a folder of exports in which somebody changed a file or put
// one: it is the natural place to edit workbooks. Of a folder that an annex wrote
// before it kept sums, every file counts as somebody's.
func (w *writer) untouched() error {
	if w.kind != Exports || !w.old || w.force {
		return nil
	}
	sums, err := w.recorded()
	if err != nil {
		return err
	}
	names, err := w.names(w.dir)
	if err != nil {
		return err
	}
	edited := &EditedError{Dir: w.dir}
	for _, name := range names {
		if name == Marker || filename.Litter(name) {
			continue
		}
		want, ours := sums[name]
		if !ours {
			edited.Added = append(edited.Added, name)
			continue
		}
		sum, err := w.sum(w.dir, name)
		if err != nil {
			return fmt.Errorf("looking for changes in the output folder: %w", err)
		}
		if sum != want {
			edited.Changed = append(edited.Changed, name)
		}
	}
	if len(edited.Changed)+len(edited.Added) > 0 {
		return edited
	}
	return nil
}

// sum returns the SHA-256 of a file below a folder, and none of what is no plain
// file.
func (w *writer) sum(dir, name string) (string, error) {
	name = filepath.Join(dir, filepath.FromSlash(name))
	info, err := w.fs.Lstat(name)
	if err != nil || !info.Mode().IsRegular() {
		return "", err
	}
	f, err := w.fs.Open(name)
	if err != nil {
		return "", err
	}
	defer f.Close()
	h := sha256.New()
	if _, err := io.Copy(h, f); err != nil {
		return "", err
	}
	return hex.EncodeToString(h.Sum(nil)), nil
}
