package generator

import (
	"archive/zip"
	"bytes"
	"cmp"
	"context"
	"errors"
	"fmt"
	"io"
	"io/fs"
	"os"
	"path"
	"path/filepath"
	"slices"
	"strings"

	"annex/frameworks"
	"annex/generator/changes"
	"annex/generator/diag"
	"annex/generator/history"
	"annex/generator/load"
	"annex/generator/source"
)

// Diff compares two states of a management system. Each is named by a folder
// that holds a workspace or an unpacked pack, a zip file of one, or a git revision
// of the workspace in o.Dir; after may be empty, for that workspace as it stands.
// A revision speaks for the day of its commit, a pack for its own day, everything
// else for the as-of date.
func Diff(ctx context.Context, o Options, before, after string) (*changes.Changes, error) {
	a, err := named(ctx, o, before)
	if err != nil {
		return nil, err
	}
	b, err := named(ctx, o, after)
	if err != nil {
		return nil, err
	}
	if a.Label == b.Label { // packs of the same name
		a.Label, b.Label = before, cmp.Or(after, b.Label)
	}
	return changes.Compare(a, b), nil
}

func named(ctx context.Context, o Options, name string) (changes.State, error) {
	if name == "" {
		if o.Dir == "" {
			return changes.State{}, &InputError{"name a second state: there is no workspace here to compare with"}
		}
		return folder(o, o.Dir, "now")
	}
	info, err := os.Stat(name)
	switch {
	case err == nil && info.IsDir():
		return folder(o, name, name)
	case err == nil && strings.HasSuffix(strings.ToLower(name), ".zip"):
		return archive(o, name)
	case o.Dir == "":
		return changes.State{}, &InputError{fmt.Sprintf("%s is no folder and no zip file, and there is no workspace here whose history it could be in", name)}
	}
	repo, err := history.Open(ctx, o.Dir)
	var none *history.NoneError
	if errors.As(err, &none) {
		return changes.State{}, &InputError{fmt.Sprintf("%s is no folder and no zip file. %s", name, none.Reason.Sentence())}
	}
	if err != nil {
		return changes.State{}, err
	}
	defer repo.Close()
	commit, err := repo.Resolve(ctx, name)
	var unknown *history.RevisionError
	if errors.As(err, &unknown) {
		return changes.State{}, &InputError{fmt.Sprintf("%s is no folder, no zip file and no revision in the git history of %s", name, o.Dir)}
	}
	if err != nil {
		return changes.State{}, err
	}
	s, problem, err := stateAt(ctx, repo, commit, commit.Day, name)
	if problem != "" {
		return s, &InputError{name + ": " + problem}
	}
	return s, err
}

// recordsDir is the folder of a pack in which its records are.
const recordsDir = "records"

func folder(o Options, dir, label string) (changes.State, error) {
	root, err := source.Open(dir)
	if err != nil {
		return changes.State{}, err
	}
	defer root.Close()
	files := root.FS()
	if _, err := fs.Stat(files, load.ConfigFile); err != nil {
		if _, err := fs.Stat(files, recordsDir+"/"+load.ConfigFile); err == nil {
			if files, err = fs.Sub(files, recordsDir); err != nil {
				return changes.State{}, err
			}
		}
	}
	return loaded(files, o, dir, label)
}

// loaded reads a workspace or the records of a pack. A pack is called by the name
// of its file, wherever it lies.
func loaded(files fs.FS, o Options, name, label string) (changes.State, error) {
	if _, err := fs.Stat(files, load.ConfigFile); err != nil {
		return changes.State{}, &InputError{fmt.Sprintf("%s holds no workspace: it has no %s", name, load.ConfigFile)}
	}
	s, n, err := stateOf(files, label, o.AsOf, load.Pack)
	if n > 0 {
		return s, &InputError{brokenState(files, name)}
	}
	if err == nil && !s.Workspace.AsOf.IsZero() {
		s.Label = filepath.Base(name)
	}
	return s, err
}

// brokenState says why a state with errors cannot be compared. Those of a
// workspace can be mended, those of a pack cannot.
func brokenState(files fs.FS, name string) string {
	w, diagnostics, err := load.Pack(files, frameworks.Files())
	if err != nil || w == nil || w.AsOf.IsZero() && w.Cut == nil {
		return fmt.Sprintf("%s has errors; `annex check` lists them. Nothing can be compared before they are mended", name)
	}
	first := diagnostics[slices.IndexFunc(diagnostics, func(d diag.Diagnostic) bool { return d.Severity == diag.Error })]
	return fmt.Sprintf("the records of the pack %s cannot be read: %s (%s). The pack was changed or is damaged; `annex verify` tells, and who made it can make it again", name, first.Message, first.Pos)
}

// The most that is read of a zip file: its files together, unpacked, and how
// many there are.
const (
	maxUnpacked = 256 << 20
	maxEntries  = 100_000
	maxName     = 1024 // characters of a path
	maxDepth    = 40   // folders in folders, which cost time and memory by their square
	maxRecords  = 32 << 20
	maxParts    = 2_000_000 // lines and elements of lists in all records, each of which takes some 200 bytes once it is read
)

// archive reads a zip file of a workspace, at its top or in one folder, or a pack.
func archive(o Options, name string) (changes.State, error) {
	z, err := zip.OpenReader(name)
	if err != nil {
		return changes.State{}, &InputError{fmt.Sprintf("%s cannot be read as a zip file: %v", name, err)}
	}
	defer z.Close()
	var configs []string
	for _, f := range z.File {
		if len(f.Name) > maxName || strings.Count(f.Name, "/") > maxDepth {
			return changes.State{}, &InputError{fmt.Sprintf("%s holds a path of over %d characters, or %d folders", name, maxName, maxDepth)}
		}
		if path.Base(f.Name) == load.ConfigFile {
			configs = append(configs, path.Dir(f.Name))
		}
	}
	if len(configs) == 0 {
		return changes.State{}, &InputError{fmt.Sprintf("%s holds no workspace: it has no %s", name, load.ConfigFile)}
	}
	slices.SortFunc(configs, nearest)
	top := path.Clean(configs[0])
	size := uint64(0)
	for _, f := range z.File { // a pack may hold large files beside its records
		text := strings.HasSuffix(f.Name, ".md") || strings.HasSuffix(f.Name, ".toml")
		if text && (top == "." || strings.HasPrefix(path.Clean(f.Name), top+"/")) {
			size += f.UncompressedSize64
		}
	}
	if size > maxUnpacked || len(z.File) > maxEntries {
		return changes.State{}, &InputError{fmt.Sprintf("%s is too large: at most %d files and %d MB of texts are read", name, maxEntries, maxUnpacked>>20)}
	}
	if err := bounded(z, top); err != nil {
		return changes.State{}, &InputError{fmt.Sprintf("%s is too large: %v", name, err)}
	}
	files, err := fs.Sub(z, top)
	if err != nil {
		return changes.State{}, &InputError{fmt.Sprintf("%s cannot be read as a zip file: %v", name, err)}
	}
	return loaded(files, o, name, name)
}

// bounded counts what the records of an archive would become in memory, before
// they are read: short lines become much larger there.
func bounded(z *zip.ReadCloser, top string) error {
	size, parts := int64(0), 0
	buffer := make([]byte, 64<<10)
	for _, f := range z.File {
		if !strings.HasSuffix(f.Name, ".toml") || top != "." && !strings.HasPrefix(path.Clean(f.Name), top+"/") {
			continue
		}
		r, err := f.Open()
		if err != nil {
			return err
		}
		for err == nil {
			var n int
			n, err = r.Read(buffer)
			size += int64(n)
			for _, sign := range []string{"\n", ",", "["} {
				parts += bytes.Count(buffer[:n], []byte(sign))
			}
			if size > maxRecords || parts > maxParts {
				err = fmt.Errorf("at most %d MB of records with %d lines and elements are read", maxRecords>>20, maxParts)
			}
		}
		r.Close()
		if !errors.Is(err, io.EOF) {
			return err
		}
	}
	return nil
}

// nearest orders folders in which annex.toml is: the one nearest to the top comes
// first, and of several there the records of a pack.
func nearest(a, b string) int {
	far := func(dir string) int {
		if dir == "." {
			return 0
		}
		return 1 + strings.Count(dir, "/")
	}
	other := func(dir string) int { return map[bool]int{true: 0, false: 1}[dir == recordsDir] }
	return cmp.Or(cmp.Compare(far(a), far(b)), cmp.Compare(other(a), other(b)), strings.Compare(a, b))
}
