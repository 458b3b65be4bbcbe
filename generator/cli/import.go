package cli

import (
	"context"
	"fmt"
	"strings"

	"github.com/spf13/cobra"

	"annex/generator"
	"annex/generator/diag"
	"annex/generator/merge"
	"annex/generator/replace"
)

func (a *app) importCommand() *cobra.Command {
	var asOf, dir, mapped string
	var columns merge.Columns
	var write, asJSON bool
	c := &cobra.Command{
		Use: "import FILE", Short: "bring an edited workbook back into the records", Args: cobra.ExactArgs(1),
		Long: `import reads a workbook that annex export wrote and somebody edited, and shows
what would change, field by field. With --write it changes the records; their
comments, order and layout stay.

  annex export soa -o soa.xlsx     edit it in Excel or LibreOffice, then
  annex import soa.xlsx            see what would change
  annex import soa.xlsx --write    change the records

A row that was changed in the workbook and in the records since the export is a
conflict: it is left out, and all others go in. Rows may be moved and columns
added; a row with a new id is a new record; a row that is gone deletes nothing.

A Statement of Applicability that another program made becomes decisions with
--map, which says which column is what, each by its head:

  annex import soa-2024.xlsx --map "ref=Control,applicable=Applicable?,justification=Why"

Keys are ref, applicable, reasons, justification, basis, owner, decided_by and
decided_on. Where each reason has a column of its own, with x or yes in it, each
is named by its head:

  annex import soa.xlsx --map "ref=Control,reasons.legal=LR,reasons.contractual=CO,reasons.best-practice=BR,reasons.risk-treatment=RRA"

A row is known by the number of its reference control (A.6.2.4, 6.2.4, "Annex A
6.2.4 Verification") or by its title. What cannot be told is refused with its
row; rows without a control are passed over and named.`,
		RunE: func(c *cobra.Command, args []string) error {
			o := generator.Options{Version: Version}
			var err error
			if o.Dir, err = workspaceAt(dir); err != nil {
				return err
			}
			if o.AsOf, err = asOfDate(asOf); err != nil {
				return err
			}
			r := generator.Reading{File: args[0]}
			if c.Flags().Changed("map") {
				if columns.Heads, err = headsOf(mapped); err != nil {
					return err
				}
				r.Map = &columns
			} else if columns.Sheet+columns.Framework+columns.In != "" {
				return usage("--sheet, --framework and --in go with --map")
			}
			return a.importBook(c.Context(), o, r, write, asJSON)
		},
	}
	c.Flags().BoolVar(&write, "write", false, "change the records (default only show what would change)")
	c.Flags().BoolVar(&asJSON, "json", false, "print the plan as JSON")
	c.Flags().StringVar(&mapped, "map", "", "which column of a foreign sheet is what: key=Head,key=Head")
	c.Flags().StringVar(&columns.Sheet, "sheet", "", "with --map: name of the sheet (default the first with the heads)")
	c.Flags().StringVar(&columns.Framework, "framework", "", "with --map: the framework that the sheet is for, such as iso-42001")
	c.Flags().StringVar(&columns.In, "in", "", "with --map: id of the organization project (default the only one)")
	dirFlag(c, &dir)
	asOfFlag(c, &asOf)
	return c
}

// headsOf reads a map of keys to heads. A head that holds a comma stands between
// quotes.
func headsOf(text string) (map[string]string, error) {
	heads := map[string]string{}
	for rest := text; rest != ""; {
		key, after, found := strings.Cut(rest, "=")
		key = strings.TrimSpace(key)
		if !found || key == "" {
			return nil, usage("--map takes key=Head,key=Head, such as ref=Control,applicable=Applicable; %q is no pair", rest)
		}
		var head string
		if quoted, isQuoted := strings.CutPrefix(strings.TrimSpace(after), `"`); isQuoted {
			var closed bool
			if head, rest, closed = strings.Cut(quoted, `"`); !closed {
				return nil, usage("--map: a quote does not close after %s=", key)
			}
			rest = strings.TrimPrefix(strings.TrimSpace(rest), ",")
		} else {
			head, rest, _ = strings.Cut(after, ",")
		}
		if head = strings.TrimSpace(head); head == "" {
			return nil, usage("--map: %s= has no head behind it", key)
		}
		if _, twice := heads[key]; twice {
			return nil, usage("--map names %s twice", key)
		}
		heads[key] = head
	}
	if len(heads) == 0 {
		return nil, usage("--map is empty; write ref=Control,applicable=Applicable, with the heads of the sheet")
	}
	return heads, nil
}

func (a *app) importBook(ctx context.Context, o generator.Options, r generator.Reading, write, asJSON bool) error {
	var turn *replace.Turn // from before the records are read until they are changed
	if write {
		var err error
		if turn, err = replace.Take(o.Dir); err != nil {
			return err
		}
		defer turn.End()
		if turn.Ended != "" {
			fmt.Fprintln(a.stderr, "note: "+turn.Ended)
		}
	} else if begun, err := replace.Interrupted(o.Dir); err == nil && begun {
		fmt.Fprintln(a.stderr, "note: another import was interrupted, or is at work just now; the next one with --write finishes it first")
	}
	in, err := generator.PlanImport(ctx, o, r)
	if err != nil {
		return err
	}
	if diag.Count(in.Result.Diagnostics).Errors > 0 {
		if err := a.errors(in.Result, o.Dir); err != nil {
			return err
		}
		fmt.Fprintln(a.stderr, "Mend the workspace first; nothing was imported.")
		return errFindings
	}
	if write {
		var files []replace.File
		for _, f := range in.Files {
			files = append(files, replace.File(f))
		}
		if err := turn.Replace(files); err != nil {
			return err
		}
	}
	if asJSON {
		err = a.json(jsonPlan(in, write))
	} else {
		a.plan(in, write)
	}
	if err == nil && len(in.Conflicts)+len(in.Refused) > 0 {
		return errFindings
	}
	return err
}
