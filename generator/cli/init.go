package cli

import (
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path"
	"path/filepath"
	"slices"

	"github.com/spf13/cobra"

	"annex/content"
)

func (a *app) initCommand() *cobra.Command {
	var example, empty bool
	c := &cobra.Command{
		Use: "init [DIR]", Short: "make a workspace to begin with", Args: cobra.MaximumNArgs(1),
		Long: "init writes a workspace: templates for every document and an open decision for\nevery reference control. With --example it writes a whole fictional organization\nto look around in; with --empty only the two files that a workspace needs. Beside\nthem it writes the schemas of the files, for editors; see annex schema.",
		RunE: func(_ *cobra.Command, args []string) error {
			dir := "."
			if len(args) == 1 {
				dir = args[0]
			}
			switch {
			case example && empty:
				return usage("--example and --empty exclude each other")
			case example:
				return a.init(dir, content.Example())
			case empty:
				return a.init(dir, content.Empty())
			}
			return a.init(dir, content.Starter())
		},
	}
	c.Flags().BoolVar(&example, "example", false, "write the example organization")
	c.Flags().BoolVar(&empty, "empty", false, "write only what a workspace needs")
	return c
}

// init writes a workspace into a folder that has none. No file that exists is
// ever overwritten.
func (a *app) init(dir string, from fs.FS) error {
	var files []string
	err := fs.WalkDir(from, ".", func(name string, d fs.DirEntry, err error) error {
		if err == nil && !d.IsDir() {
			files = append(files, name)
		}
		return err
	})
	if err != nil {
		return fmt.Errorf("reading the template: %w", err)
	}
	if info, err := os.Stat(dir); err == nil && !info.IsDir() {
		return usage("%s is not a folder", dir)
	}
	schemas, err := schemas()
	if err != nil {
		return err
	}
	taken := slices.Clone(files)
	for _, f := range schemas {
		taken = append(taken, f.Path())
	}
	for _, name := range taken {
		name = filepath.Join(dir, filepath.FromSlash(name))
		if _, err := os.Lstat(name); err == nil {
			return usage("%s exists already; nothing was written. Choose an empty folder", name)
		} else if !errors.Is(err, fs.ErrNotExist) {
			return fmt.Errorf("looking for files in the way: %w", err)
		}
	}
	for _, name := range files {
		data, err := fs.ReadFile(from, name)
		if err != nil {
			return fmt.Errorf("reading the template: %w", err)
		}
		if err := writeNew(filepath.Join(dir, filepath.FromSlash(name)), named(name, data)); err != nil {
			return err
		}
	}
	a.say("wrote %s to %s", plural(len(files), "file"), dir)
	if err := a.equip(dir, schemas); err != nil {
		return err
	}
	a.say("next: edit %s, then run\n  annex check %s\n  annex build %s", filepath.Join(dir, "annex.toml"), dir, dir)
	return nil
}

// writeNew writes a file that does not exist yet, and its folders.
func writeNew(name string, data []byte) error {
	if err := os.MkdirAll(filepath.Dir(name), 0o755); err != nil {
		return fmt.Errorf("making a folder: %w", err)
	}
	f, err := os.OpenFile(name, os.O_WRONLY|os.O_CREATE|os.O_EXCL, 0o644)
	if errors.Is(err, fs.ErrExist) {
		return usage("%s exists already; it was left as it is", name)
	}
	if err != nil {
		return fmt.Errorf("writing a new file: %w", err)
	}
	_, err = f.Write(data)
	if closed := f.Close(); err == nil {
		err = closed
	}
	if err != nil {
		return fmt.Errorf("writing %s: %w", path.Base(name), err)
	}
	return nil
}
