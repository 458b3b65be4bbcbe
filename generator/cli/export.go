package cli

import (
	"context"
	"fmt"
	"os"
	"path/filepath"
	"slices"
	"strings"

	"github.com/spf13/cobra"

	"annex/generator"
	"annex/generator/export"
	"annex/generator/output"
)

func (a *app) exportCommand() *cobra.Command {
	var format, out, asOf, in, dir, paper string
	var force bool
	c := &cobra.Command{
		Use: "export WHAT", Short: "write lists and documents as Excel, Word, PDF and files for other programs", Args: cobra.ExactArgs(1),
		Long: `export writes what the site shows into files for other programs.

  annex export soa -o soa.xlsx            the Statement of Applicability, to edit
  annex export soa:iso-42001 -o soa.docx  as a Word document
  annex export risks --format csv         a list on the terminal
  annex export document:ai-policy -o ai-policy.docx
  annex export matrix:traceability -o traceability.xlsx
  annex export audit-index --format csv   one line for each requirement, with its evidence
  annex export all -o exports             everything into a folder, all formats but PDF
  annex export all --format pdf,docx -o exports

WHAT is soa, controls, evidence, risks, findings, actions, documents, systems,
objectives, roles, parties, audits, reviews, requirements, matrices, audit-index,
readiness or all; or one of several: soa:FRAMEWORK, requirements:FRAMEWORK,
matrix:NAME, document:ID.

Workbooks of soa, controls, evidence, risks and findings can be edited and read
back with annex import.`,
		RunE: func(c *cobra.Command, args []string) error {
			o := generator.Options{Version: Version}
			var err error
			if o.Dir, err = workspaceAt(dir); err != nil {
				return err
			}
			if o.AsOf, err = asOfDate(asOf); err != nil {
				return err
			}
			if o.Audience, err = audienceOf(c); err != nil {
				return err
			}
			w := generator.Wish{What: args[0], In: in}
			if w.Paper, err = paperOf(paper); err != nil {
				return err
			}
			return a.export(c.Context(), o, w, format, out, force)
		},
	}
	c.Flags().StringVar(&format, "format", "", "xlsx, csv, docx, pdf, json, oscal or ics; for a folder several with commas (default by the ending of -o)")
	c.Flags().StringVarP(&out, "output", "o", "", "file or folder to write (default the terminal, for csv, json and ics)")
	c.Flags().BoolVar(&force, "force", false, "replace the file of -o if it is there, or a folder of exports in which somebody changed or put files")
	c.Flags().StringVar(&in, "in", "", "id of one organization project, where there are several")
	c.Flags().String(audienceFlag, "", "whom the files are for: the id of an [[audience]] of annex.toml (default everything)")
	c.Flags().StringVar(&paper, "paper", "a4", "paper of PDF: a4 or letter")
	dirFlag(c, &dir)
	asOfFlag(c, &asOf)
	return c
}

// paperOf reads the flag.
func paperOf(flag string) (generator.Paper, error) {
	switch strings.ToLower(flag) {
	case "a4":
		return generator.A4, nil
	case "letter":
		return generator.Letter, nil
	}
	return generator.A4, usage("--paper takes a4 or letter, not %s", flag)
}

// dirFlag is for commands whose arguments name something else than a workspace.
func dirFlag(c *cobra.Command, dir *string) {
	c.Flags().StringVar(dir, "dir", "", "the workspace (default the current folder or one above)")
}

func workspaceAt(dir string) (string, error) {
	if dir == "" {
		return workspace(nil)
	}
	return workspace([]string{dir})
}

func (a *app) export(ctx context.Context, o generator.Options, w generator.Wish, format, out string, force bool) error {
	var err error
	if w.Formats, w.Single, err = formatsOf(w.What, format, out); err != nil {
		return err
	}
	if _, err := os.Lstat(out); w.Single && out != "" && out != "-" && err == nil && !force {
		return usage("%s is there already; choose another name, or replace it with --force", out)
	}
	files, result, err := generator.Export(ctx, o, w)
	if err != nil {
		return err
	}
	if files == nil {
		if err := a.errors(result, o.Dir); err != nil {
			return err
		}
		fmt.Fprintln(a.stderr, "Nothing was exported.")
		return errFindings
	}
	switch {
	case !w.Single:
		o.Output, o.Force = out, force
		stats, err := generator.WriteFiles(ctx, o, files)
		if err != nil {
			return err
		}
		a.say("wrote %s to %s", plural(stats.Written+stats.Kept, "file"), out)
		if n := len(stats.Gone); n > 0 {
			verb := "are"
			if n == 1 {
				verb = "is"
			}
			a.say("%s of the export before %s gone: %s", plural(n, "file"), verb, output.Few(stats.Gone))
		}
	case out == "" || out == "-":
		return files[0].Write(a.stdout)
	default:
		if err := os.MkdirAll(filepath.Dir(out), 0o755); err != nil {
			return fmt.Errorf("making a folder: %w", err)
		}
		if err := writeFile(out, files[0].Write); err != nil {
			return err
		}
		a.say("wrote %s", out)
	}
	for _, address := range result.Refused {
		a.say("note: a page asked for %s, which is not a part of the site; the print goes without it", printable(address))
	}
	if result.Missing != nil {
		return result.Missing
	}
	return nil
}

// formatsOf returns the formats that were asked for, and whether it is one file:
// where -o has the ending of a format, or where there is none.
func formatsOf(what, format, out string) (list []export.Format, single bool, err error) {
	ending := export.Format(strings.TrimPrefix(strings.ToLower(filepath.Ext(out)), "."))
	known := slices.Contains(export.Formats(), ending)
	for name := range strings.SplitSeq(format, ",") {
		f := export.Format(strings.ToLower(strings.TrimSpace(name)))
		switch {
		case f == "":
		case slices.Contains(export.Formats(), f):
			list = append(list, f)
		default:
			return nil, false, usage("unknown format %q; formats are %s", f, formatNames())
		}
	}
	switch {
	case len(list) == 0 && known:
		list = []export.Format{ending}
	case len(list) == 0 && (out == "" || out == "-"):
		return nil, false, usage("say in which format, such as --format csv, or where to, such as -o %s.xlsx", strings.ReplaceAll(what, ":", "-"))
	case len(list) == 0 && !slices.Contains(strangers(), strings.ToLower(filepath.Ext(out))):
		return slices.DeleteFunc(export.Formats(), func(f export.Format) bool { return f == export.PDF }), false, nil
	}
	if other := filepath.Ext(out); !known && out != "-" && slices.Contains(strangers(), strings.ToLower(other)) {
		return nil, false, usage("annex does not write %s; formats are %s", other, formatNames())
	}
	if out != "" && out != "-" && !known {
		return list, false, nil
	}
	switch {
	case len(list) > 1:
		return nil, false, usage("several formats go into a folder: add -o exports")
	case known && ending != list[0]:
		return nil, false, usage("-o %s and --format %s do not agree", out, list[0])
	case (out == "" || out == "-") && !slices.Contains([]export.Format{export.CSV, export.JSON, export.ICS}, list[0]):
		return nil, false, usage("%s goes into a file: add -o %s.%s", list[0], strings.ReplaceAll(what, ":", "-"), list[0])
	}
	return list, true, nil
}

// strangers are endings of files that people ask for and annex does not write. A
// folder may have any other name.
func strangers() []string {
	return []string{".xls", ".xlsm", ".xlsb", ".ods", ".doc", ".docm", ".odt", ".rtf", ".tsv", ".txt", ".html", ".htm", ".xml", ".md", ".zip", ".toml", ".yaml", ".yml", ".sarif"}
}

func formatNames() string {
	var names []string
	for _, f := range export.Formats() {
		names = append(names, string(f))
	}
	return strings.Join(names, ", ")
}
