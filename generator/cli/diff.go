package cli

import (
	"context"
	"fmt"
	"io"
	"os"
	"path/filepath"
	"slices"
	"strings"

	"github.com/spf13/cobra"

	"annex/generator"
	"annex/generator/aims"
	"annex/generator/changes"
	"annex/generator/export"
	"annex/generator/pack"
	"annex/generator/spreadsheet"
)

func (a *app) diffCommand() *cobra.Command {
	var asOf, format, out, dir string
	var force bool
	c := &cobra.Command{
		Use: "diff BEFORE [AFTER]", Short: "compare two states: git revisions, folders, zip files or packs", Args: cobra.RangeArgs(1, 2),
		Long: "diff compares two states of a management system: what passed and now fails, what\nfailed and now passes, and which records were added, removed and changed. A state\nis a git revision, a folder or a zip file of a workspace, or an audit pack, as a zip\nfile or unpacked. Without AFTER the workspace is compared as it stands. A revision\nspeaks for the day of its commit, a pack for its own day, everything else for the\nas-of date.",
		RunE: func(c *cobra.Command, args []string) error {
			o := generator.Options{Version: Version}
			var err error
			if o.AsOf, err = asOfDate(asOf); err != nil {
				return err
			}
			if o.Dir, err = diffDir(dir); err != nil {
				return err
			}
			if _, err := os.Lstat(out); out != "" && err == nil && !force {
				return usage("%s is there already; choose another name, or replace it with --force", out)
			}
			return a.diff(c.Context(), o, append(args, "")[:2], format, out)
		},
	}
	c.Flags().StringVar(&format, "format", "", "text, markdown, json or xlsx (default text, or by the ending of -o)")
	c.Flags().StringVarP(&out, "output", "o", "", "file to write (default the terminal)")
	c.Flags().BoolVar(&force, "force", false, "replace the file of -o if it is there")
	c.Flags().StringVar(&dir, "dir", "", "workspace that revisions are of (default the current one)")
	asOfFlag(c, &asOf)
	return c
}

// diffDir returns the workspace whose history revisions are in. Folders and zip
// files can be compared without one.
func diffDir(dir string) (string, error) {
	if dir != "" {
		return workspace([]string{dir})
	}
	found, err := workspace(nil)
	if err != nil {
		return "", nil //nolint:nilerr // it is missed only where a revision is named
	}
	return found, nil
}

func (a *app) diff(ctx context.Context, o generator.Options, states []string, format, out string) error {
	formats := []string{"text", "markdown", "json", "xlsx"}
	if format == "" {
		format = map[string]string{".md": "markdown", ".json": "json", ".xlsx": "xlsx"}[strings.ToLower(filepath.Ext(out))]
	}
	if format == "" {
		format = "text"
	}
	if !slices.Contains(formats, format) {
		return usage("unknown format %q; formats are %s", format, strings.Join(formats, ", "))
	}
	if format == "xlsx" && out == "" {
		return usage("a spreadsheet goes into a file: add -o changes.xlsx")
	}
	if err := a.checkPacks(ctx, states); err != nil {
		return err
	}
	c, err := generator.Diff(ctx, o, states[0], states[1])
	if err != nil {
		return err
	}
	write := func(w io.Writer) error { return a.writeDiff(w, c, format, o) }
	if out == "" {
		return write(a.stdout)
	}
	if err := writeFile(out, write); err != nil {
		return err
	}
	a.say("wrote %s", out)
	return nil
}

// changesBook returns changes as a workbook. Packs speak for their own days.
func changesBook(c *changes.Changes, o generator.Options) spreadsheet.Book {
	b := spreadsheet.Book{Title: "Changes", Day: o.AsOf, Tables: export.Changes(c)}
	if day, err := aims.ParseDate(c.After.Day); err == nil && c.After.Audience != nil {
		b.Day = day
	}
	for _, x := range []struct {
		name string
		at   changes.Point
	}{{"Before", c.Before}, {"After", c.After}} {
		b.About = append(b.About, spreadsheet.Line{Name: x.name, Value: spreadsheet.Text(x.at.Label + ", " + x.at.Day)})
	}
	for _, note := range c.Notes {
		b.About = append(b.About, spreadsheet.Line{Name: "Note", Value: spreadsheet.Text(note)})
	}
	return b
}

// checkPacks warns of packs that are not as they were made: what is told of them
// may be what somebody made of them.
func (a *app) checkPacks(ctx context.Context, states []string) error {
	for _, name := range states {
		if strings.HasSuffix(strings.ToLower(name), ".age") {
			return usage("%s is encrypted; open it first, as with age -d -i KEY -o pack.zip %s", name, name)
		}
		info, err := os.Stat(name)
		if err != nil {
			continue // a revision
		}
		if _, err := os.Stat(filepath.Join(name, pack.SumsName)); info.IsDir() && err != nil {
			continue // a workspace
		}
		if !info.IsDir() && !strings.HasSuffix(strings.ToLower(name), ".zip") {
			continue
		}
		report, err := a.packReport(ctx, name, nil)
		if err != nil {
			return err
		}
		if report.Digest != "" && !report.Whole {
			fmt.Fprintln(a.stderr, plainLines(fmt.Sprintf("warning: the pack %s is not as it was made; `annex verify %s` says where", name, name)))
		}
	}
	return nil
}

func (a *app) writeDiff(w io.Writer, c *changes.Changes, format string, o generator.Options) error {
	switch format {
	case "markdown":
		return changes.Markdown(w, c)
	case "json":
		return changes.JSON(w, c)
	case "xlsx":
		return spreadsheet.WriteXLSX(w, changesBook(c, o))
	}
	return changes.Text(w, c, 0)
}
