package cli

import (
	"context"
	"fmt"
	"io"
	"net/url"
	"os"
	"path/filepath"
	"slices"
	"strconv"
	"strings"
	"time"

	"github.com/cli/browser"
	"github.com/spf13/cobra"

	"annex/generator"
	"annex/generator/aims"
	"annex/generator/diag"
	"annex/generator/load"
	"annex/generator/source"
)

func (a *app) buildCommand() *cobra.Command {
	var out, asOf, since string
	var show bool
	c := &cobra.Command{
		Use: "build [DIR]", Short: "build the site of a workspace", Args: cobra.MaximumNArgs(1),
		RunE: func(c *cobra.Command, args []string) error {
			o, err := options(args, asOf)
			if err != nil {
				return err
			}
			o.Output, o.Since = out, since
			if o.Audience, err = audienceOf(c); err != nil {
				return err
			}
			if err := a.build(c.Context(), o); err != nil || !show {
				return err
			}
			return a.open(filepath.Join(o.Output, "index.html"))
		},
	}
	sinceFlag(c, &since)
	c.Flags().String(audienceFlag, "", "whom the site is for: the id of an [[audience]] of annex.toml (default everything)")
	c.Flags().BoolVar(&show, "open", false, "open the site in a browser")
	c.Flags().StringVarP(&out, "output", "o", "public", "folder of the site; it is replaced as a whole")
	asOfFlag(c, &asOf)
	return c
}

func (a *app) checkCommand() *cobra.Command {
	var format, asOf, failOn string
	c := &cobra.Command{
		Use: "check [DIR]", Short: "check a workspace and print what is wrong or missing", Args: cobra.MaximumNArgs(1),
		RunE: func(c *cobra.Command, args []string) error {
			o, err := options(args, asOf)
			if err != nil {
				return err
			}
			if !slices.Contains(diag.Formats(), diag.Format(format)) {
				return usage("unknown format %q; formats are text, json, sarif, junit and github", format)
			}
			if !slices.Contains([]string{"error", "warning", "never"}, failOn) {
				return usage("--fail-on takes error, warning or never, not %q", failOn)
			}
			return a.check(c.Context(), o, diag.Format(format), failOn)
		},
	}
	c.Flags().StringVar(&format, "format", "text", "text, json, sarif, junit or github")
	c.Flags().StringVar(&failOn, "fail-on", "warning", "end with exit code 1 from this severity on: error, warning, never")
	asOfFlag(c, &asOf)
	return c
}

func asOfFlag(c *cobra.Command, asOf *string) {
	c.Flags().StringVar(asOf, "as-of", "", "the day to speak for, such as 2027-03-01 (default today)")
}

func sinceFlag(c *cobra.Command, since *string) {
	c.Flags().StringVar(since, "since", "", "git revision that changes.html tells from (default the end of the last audit)")
}

const audienceFlag = "audience"

// audienceOf reads the flag. An empty one may be a variable that was not set, and
// must not stand for everything.
func audienceOf(c *cobra.Command) (string, error) {
	f := c.Flag(audienceFlag)
	if f.Changed && f.Value.String() == "" {
		return "", usage("--audience is empty; name an audience of annex.toml, or leave the flag out to show everything")
	}
	return f.Value.String(), nil
}

// options finds the workspace and the as-of date.
func options(args []string, asOf string) (generator.Options, error) {
	o := generator.Options{Version: Version}
	var err error
	if o.Dir, err = workspace(args); err != nil {
		return o, err
	}
	o.AsOf, err = asOfDate(asOf)
	return o, err
}

// asOfDate reads the flag. Without it the day is that of SOURCE_DATE_EPOCH, or
// today. The clock is read nowhere else.
func asOfDate(flag string) (aims.Date, error) {
	if flag != "" {
		d, err := aims.ParseDate(flag)
		if err != nil {
			return d, usage("--as-of: %s", err)
		}
		return d, nil
	}
	if epoch := os.Getenv("SOURCE_DATE_EPOCH"); epoch != "" {
		seconds, err := strconv.ParseInt(epoch, 10, 64)
		if err != nil {
			return aims.Date{}, usage("SOURCE_DATE_EPOCH is %q, not a number of seconds", epoch)
		}
		return aims.DateOf(time.Unix(seconds, 0).UTC()), nil
	}
	return aims.DateOf(time.Now()), nil
}

// workspace returns the folder that was named, or the nearest one upward from
// the current folder that has an annex.toml.
func workspace(args []string) (string, error) {
	if len(args) == 1 {
		dir := args[0]
		if info, err := os.Stat(dir); err != nil || !info.IsDir() {
			return "", usage("there is no folder %s", dir)
		}
		if _, err := os.Stat(filepath.Join(dir, load.ConfigFile)); err != nil {
			return "", usage("%s is not a workspace: it has no %s. `annex init %s` makes one", dir, load.ConfigFile, dir)
		}
		return dir, nil
	}
	dir, err := os.Getwd()
	if err != nil {
		return "", fmt.Errorf("finding the current folder: %w", err)
	}
	for {
		if _, err := os.Stat(filepath.Join(dir, load.ConfigFile)); err == nil {
			return dir, nil
		}
		up := filepath.Dir(dir)
		if up == dir {
			return "", usage("no %s here or in a folder above. `annex init DIR` makes a workspace", load.ConfigFile)
		}
		dir = up
	}
}

func (a *app) build(ctx context.Context, o generator.Options) error {
	start := time.Now()
	go limitMemory(o.Dir) // while the build begins to read
	o.Cache = cache
	result, err := generator.Build(ctx, o)
	if err != nil {
		return err
	}
	counts := diag.Count(result.Diagnostics)
	if counts.Errors > 0 {
		if err := a.errors(result, o.Dir); err != nil {
			return err
		}
		fmt.Fprintf(a.stderr, "No site was built; %s is as it was.\n", o.Output)
		return errFindings
	}
	if !result.Charts {
		a.say("note: this annex was built without its scripts (go generate ./themes), so the site shows tables in place of charts")
	}
	a.say("built %s: %s, %d kept, in %s", filepath.Join(o.Output, "index.html"),
		plural(result.Stats.Written+result.Stats.Kept, "file"), result.Stats.Kept, time.Since(start).Round(time.Millisecond))
	if counts.Warnings > 0 {
		a.say("%s about the management system; `annex check` lists them, and the site shows them under Next actions", plural(counts.Warnings, "warning"))
	}
	return nil
}

// errors prints the errors of a workspace and how many they are, on a line that
// the command goes on with.
func (a *app) errors(result generator.Result, dir string) error {
	list := slices.DeleteFunc(slices.Clone(result.Diagnostics), func(d diag.Diagnostic) bool { return d.Severity != diag.Error })
	if err := text(a.stderr, list, dir); err != nil {
		return err
	}
	fmt.Fprintf(a.stderr, "\n%s. ", plural(len(list), "error"))
	return nil
}

// open shows a page of a built site in the user's browser.
func (a *app) open(page string) error {
	page, err := filepath.Abs(page)
	if err != nil {
		return fmt.Errorf("finding the site: %w", err)
	}
	address := url.URL{Scheme: "file", Path: "/" + strings.TrimPrefix(filepath.ToSlash(page), "/")}
	a.browse(address.String())
	return nil
}

// browse shows an address in the user's browser. Without one that is a note and
// no failure.
func (a *app) browse(address string) {
	browser.Stdout, browser.Stderr = io.Discard, io.Discard // its tries are of no use to anybody
	if err := browser.OpenURL(address); err != nil {
		a.say("note: no browser could be started here; open %s yourself", address)
	}
}

func (a *app) check(ctx context.Context, o generator.Options, format diag.Format, failOn string) error {
	o.Cache = cache // for a theme of the workspace, whose pages are tried
	result, err := generator.Check(ctx, o)
	if err != nil {
		return err
	}
	list := result.Diagnostics
	switch format {
	case diag.FormatJSON:
		err = diag.JSON(a.stdout, list)
	case diag.FormatSARIF:
		err = diag.SARIF(a.stdout, list, Version)
	case diag.FormatJUnit:
		err = diag.JUnit(a.stdout, list)
	case diag.FormatGitHub:
		err = diag.GitHub(a.stdout, list)
	default:
		err = text(a.stdout, list, o.Dir)
	}
	if err != nil {
		return err
	}
	c := diag.Count(list)
	if format == diag.FormatText {
		if len(list) > 0 {
			a.say("")
		}
		a.say("%s, %s, %s as of %s", plural(c.Errors, "error"), plural(c.Warnings, "warning"), plural(c.Notes, "note"), o.AsOf)
	}
	if c.Errors > 0 && failOn != "never" || c.Warnings > 0 && failOn == "warning" {
		return errFindings
	}
	return nil
}

// text prints diagnostics with their lines, which are read without leaving the
// workspace.
func text(w io.Writer, list []diag.Diagnostic, dir string) error {
	root, err := source.Open(dir)
	if err != nil {
		return err
	}
	defer root.Close()
	return diag.Text(w, list, root.FS())
}

func plural(n int, word string) string {
	if n == 1 {
		return "1 " + word
	}
	return strconv.Itoa(n) + " " + word + "s"
}
