package cli

import (
	"fmt"
	"io/fs"
	"os"
	"path"
	"path/filepath"
	"slices"
	"strings"

	"github.com/spf13/cobra"

	"annex/frameworks"
	"annex/generator/framework"
	"annex/generator/schema"
	"annex/generator/snapshot"
	"annex/generator/source"
)

func (a *app) schemaCommand() *cobra.Command {
	var out string
	c := &cobra.Command{
		Use: "schema [NAME]", Short: "write schemas of the files, for editors", Args: cobra.MaximumNArgs(1),
		Long: "schema writes a JSON Schema for each kind of file into " + schema.Dir + " of the\nworkspace, and " + schema.SettingsFile + ", which says which schema is for which file. Editors\nthat go by taplo, such as VS Code with Even Better TOML, then complete keys and\nwords, explain them, and mark what annex would refuse. With a NAME it prints one\nschema: " + strings.Join(schemaNames(), ", ") + ". The last\nis that of annex's own JSON.",
		Example: "  annex schema\n" +
			"  annex schema -o schemas\n" +
			"  annex schema records",
		RunE: func(_ *cobra.Command, args []string) error {
			files, err := schemas()
			if err != nil {
				return err
			}
			switch {
			case len(args) == 1 && out != "":
				return usage("a NAME is printed; leave -o away, or the name")
			case len(args) == 1:
				return a.printSchema(files, args[0])
			case out != "":
				return a.writeSchemas(out, files)
			}
			dir, err := workspace(nil)
			if err != nil {
				return err
			}
			return a.equip(dir, files)
		},
	}
	c.Flags().StringVarP(&out, "output", "o", "", "folder to write the schemas to, and nothing else (default "+schema.Dir+" of the workspace)")
	return c
}

// model is the schema of annex's own JSON. No file that users write has it, so
// that it is printed only.
const model = "model"

// schemas returns the schemas of the files that users write.
func schemas() ([]schema.File, error) {
	ids, err := framework.BuiltIn(frameworks.Files())
	if err != nil {
		return nil, err
	}
	return schema.Files(ids)
}

func schemaNames() []string {
	var names []string
	files, err := schemas()
	if err != nil {
		return nil // running the command will say why
	}
	for _, f := range files {
		names = append(names, f.Name)
	}
	return append(names, model)
}

func (a *app) printSchema(files []schema.File, name string) error {
	if name == model {
		text, err := snapshot.Schema()
		if err != nil {
			return err
		}
		files = append(files, schema.File{Name: model, JSON: text})
	}
	for _, f := range files {
		if f.Name == name {
			_, err := a.stdout.Write(f.JSON)
			return err
		}
	}
	if near := source.Nearest(name, schemaNames()); near != "" {
		return usage("there is no schema %q; did you mean %s?", name, near)
	}
	return usage("there is no schema %q; schemas are %s", name, strings.Join(schemaNames(), ", "))
}

// equip gives a workspace its schemas, and the settings that name them unless it
// has some of its own.
func (a *app) equip(dir string, files []schema.File) error {
	settings, left, err := settingsFor(dir)
	if err != nil {
		return err
	}
	var list []placed
	for _, f := range files {
		list = append(list, placed{f.Path(), f.JSON, f.Ours})
	}
	if err := placeSchemas(dir, append(list, settings...)); err != nil {
		return err
	}
	a.sayEquipped(dir, len(files), left)
	return nil
}

func (a *app) sayEquipped(dir string, schemas int, settings standing) {
	a.say("wrote %s to %s", plural(schemas, "schema"), filepath.Join(dir, filepath.FromSlash(schema.Dir)))
	name := filepath.Join(dir, schema.SettingsFile)
	switch settings {
	case none:
		a.say("wrote %s", name)
	case others:
		a.say("left %s as it is; files that do not name their schema in a line #:schema have the one that it says", name)
	}
}

// standing is which settings of editors a workspace has.
type standing int

const (
	none standing = iota
	same          // as annex writes them
	others
)

// settingsFor returns the settings that a workspace lacks. What is there is left
// as it is, whatever it is, and a link is not followed.
func settingsFor(dir string) ([]placed, standing, error) {
	name := filepath.Join(dir, schema.SettingsFile)
	info, err := os.Lstat(name)
	switch {
	case err != nil && missing(err):
		return []placed{{name: schema.SettingsFile, text: []byte(schema.Settings())}}, none, nil
	case err != nil:
		return nil, none, fmt.Errorf("looking at the settings of editors: %w", err)
	case !info.Mode().IsRegular():
		return nil, others, nil
	}
	now, err := os.ReadFile(name)
	if err != nil {
		return nil, none, fmt.Errorf("reading the settings of editors: %w", err)
	}
	if string(now) == schema.Settings() {
		return nil, same, nil
	}
	return nil, others, nil
}

// writeSchemas writes schemas into a folder that was named.
func (a *app) writeSchemas(dir string, files []schema.File) error {
	if info, err := os.Lstat(filepath.Clean(dir)); err == nil && info.Mode()&fs.ModeSymlink != 0 {
		return usage("%s is a link, and annex does not write through links; nothing was written. Name the folder that it leads to", dir)
	}
	var list []placed
	for _, f := range files {
		list = append(list, placed{path.Base(f.Path()), f.JSON, f.Ours})
	}
	if err := placeSchemas(dir, list); err != nil {
		return err
	}
	a.say("wrote %s to %s", plural(len(files), "schema"), dir)
	return nil
}

// placeSchemas writes schemas over those of an older annex, and over nothing
// else.
func placeSchemas(dir string, files []placed) error {
	_, err := place(dir, files, "nothing was written. Move it away, or write the schemas into another folder with -o")
	return err
}

// hasSchemas reports whether a workspace has schemas, so that new files name
// theirs.
func hasSchemas(dir string) bool {
	info, err := os.Stat(filepath.Join(dir, filepath.FromSlash(schema.Dir)))
	return err == nil && info.IsDir()
}

// named returns a new file of a workspace with the line that names its schema.
func named(name string, text []byte) []byte {
	line := schema.Line(name)
	if line == "" {
		return text
	}
	return slices.Concat([]byte(line), text)
}
