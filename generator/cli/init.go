package cli

import (
	"fmt"
	"io/fs"
	"path/filepath"

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

// init writes a workspace into a folder that has none, the whole of it or nothing.
// No file that exists is ever overwritten.
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
	schemas, err := schemas()
	if err != nil {
		return err
	}
	var list []placed
	for _, name := range files {
		data, err := fs.ReadFile(from, name)
		if err != nil {
			return fmt.Errorf("reading the template: %w", err)
		}
		list = append(list, placed{name: name, text: named(name, data)})
	}
	for _, f := range schemas {
		list = append(list, placed{name: f.Path(), text: f.JSON})
	}
	settings, left, err := settingsFor(dir)
	if err != nil {
		return err
	}
	if _, err := place(dir, append(list, settings...), "nothing was written. Choose an empty folder"); err != nil {
		return err
	}
	a.say("wrote %s to %s", plural(len(files), "file"), dir)
	a.sayEquipped(dir, len(schemas), left)
	a.say("next: edit %s, then run\n  annex check %s\n  annex build %s", filepath.Join(dir, "annex.toml"), dir, dir)
	return nil
}
