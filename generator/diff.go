package generator

import (
	"archive/zip"
	"context"
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path"
	"slices"
	"strings"

	"annex/generator/changes"
	"annex/generator/history"
	"annex/generator/load"
	"annex/generator/source"
)

// Diff compares two states of a management system. Each is named by a folder
// that holds a workspace, a zip file of one, or a git revision of the workspace
// in o.Dir; after may be empty, for that workspace as it stands. A revision
// speaks for the day of its commit, everything else for the as-of date.
func Diff(ctx context.Context, o Options, before, after string) (*changes.Changes, error) {
	a, err := named(ctx, o, before)
	if err != nil {
		return nil, err
	}
	b, err := named(ctx, o, after)
	if err != nil {
		return nil, err
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

func folder(o Options, dir, label string) (changes.State, error) {
	root, err := source.Open(dir)
	if err != nil {
		return changes.State{}, err
	}
	defer root.Close()
	return loaded(root.FS(), o, dir, label)
}

func loaded(files fs.FS, o Options, name, label string) (changes.State, error) {
	if _, err := fs.Stat(files, load.ConfigFile); err != nil {
		return changes.State{}, &InputError{fmt.Sprintf("%s holds no workspace: it has no %s", name, load.ConfigFile)}
	}
	s, n, err := stateOf(files, label, o.AsOf, load.Records)
	if n > 0 {
		return s, &InputError{fmt.Sprintf("%s has errors; `annex check` lists them. Nothing can be compared before they are mended", name)}
	}
	return s, err
}

// The most that is read of a zip file: its files together, unpacked, and how
// many there are.
const (
	maxUnpacked = 256 << 20
	maxEntries  = 100_000
	maxName     = 1024 // characters of a path; folders in folders cost time and memory by their square
)

// archive reads a zip file of a workspace, at its top or in one folder.
func archive(o Options, name string) (changes.State, error) {
	z, err := zip.OpenReader(name)
	if err != nil {
		return changes.State{}, &InputError{fmt.Sprintf("%s cannot be read as a zip file: %v", name, err)}
	}
	defer z.Close()
	size := uint64(0)
	var configs []string
	for _, f := range z.File {
		if len(f.Name) > maxName {
			return changes.State{}, &InputError{fmt.Sprintf("%s holds a path of over %d characters", name, maxName)}
		}
		if path.Base(f.Name) == load.ConfigFile {
			configs = append(configs, path.Dir(f.Name))
		}
		if strings.HasSuffix(f.Name, ".md") || strings.HasSuffix(f.Name, ".toml") {
			size += f.UncompressedSize64
		}
	}
	if size > maxUnpacked || len(z.File) > maxEntries {
		return changes.State{}, &InputError{fmt.Sprintf("%s is too large: at most %d files and %d MB of texts are read", name, maxEntries, maxUnpacked>>20)}
	}
	if len(configs) == 0 {
		return changes.State{}, &InputError{fmt.Sprintf("%s holds no workspace: it has no %s", name, load.ConfigFile)}
	}
	slices.SortFunc(configs, func(a, b string) int { return strings.Count(a, "/") - strings.Count(b, "/") })
	files, err := fs.Sub(z, path.Clean(configs[0]))
	if err != nil {
		return changes.State{}, &InputError{fmt.Sprintf("%s cannot be read as a zip file: %v", name, err)}
	}
	return loaded(files, o, name, name)
}
