package cli

import (
	"bytes"
	"errors"
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
	if err := a.writeSchemas(filepath.Join(dir, filepath.FromSlash(schema.Dir)), files); err != nil {
		return err
	}
	settings := filepath.Join(dir, schema.SettingsFile)
	now, err := os.ReadFile(settings)
	switch {
	case errors.Is(err, fs.ErrNotExist):
		if err := writeNew(settings, []byte(schema.Settings())); err != nil {
			return err
		}
		a.say("wrote %s", settings)
	case err != nil:
		return fmt.Errorf("reading the settings of editors: %w", err)
	case string(now) != schema.Settings():
		a.say("left %s as it is; files that do not name their schema in a line #:schema have the one that it says", settings)
	}
	return nil
}

// writeSchemas writes schemas over those of an older annex. What is the same is
// not written again, so that editors need not read it again.
func (a *app) writeSchemas(dir string, files []schema.File) error {
	if err := os.MkdirAll(dir, 0o755); err != nil {
		return fmt.Errorf("making a folder: %w", err)
	}
	for _, f := range files {
		name := filepath.Join(dir, path.Base(f.Path()))
		if now, err := os.ReadFile(name); err == nil && bytes.Equal(now, f.JSON) {
			continue
		}
		if err := os.WriteFile(name, f.JSON, 0o644); err != nil {
			return fmt.Errorf("writing a schema: %w", err)
		}
	}
	a.say("wrote %s to %s", plural(len(files), "schema"), dir)
	return nil
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
