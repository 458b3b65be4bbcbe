package cli

import (
	"context"
	"errors"
	"fmt"
	"os"
	"slices"
	"strings"
	"syscall"
	"time"

	"github.com/spf13/cobra"

	"annex/generator/aims"
	"annex/generator/diag"
	"annex/generator/preview"
)

// defaultPort is where the preview is when nobody says otherwise: the number of
// the standard. When it is taken, it is one of the next portTries.
const (
	defaultPort = 42001
	portTries   = 20
)

func (a *app) serveCommand() *cobra.Command {
	var asOf, since string
	var port int
	var poll time.Duration
	var show bool
	c := &cobra.Command{
		Use: "serve [DIR]", Short: "show a workspace in the browser while you write it", Args: cobra.MaximumNArgs(1),
		Long: "Shows the site of a workspace in the browser and keeps it up to date: every save\nshows by itself, and mistakes show in place until they are mended. Only this\ncomputer can open it. Nothing is written; `annex build` makes the site.",
		RunE: func(c *cobra.Command, args []string) error {
			o, err := options(args, asOf)
			if err != nil {
				return err
			}
			if port < 0 || port > 65535 {
				return usage("--port takes a number from 0 to 65535, not %d", port)
			}
			if poll < 0 || poll > 0 && poll < 100*time.Millisecond {
				return usage("--poll takes a time from 100ms, such as 2s, not %s", poll)
			}
			o.Since = since
			if o.Audience, err = audienceOf(c); err != nil {
				return err
			}
			p := preview.Options{Generator: o, Port: port, Poll: poll, Tell: a.tell(o.Dir)}
			if !c.Flags().Changed("port") {
				p.Tries = portTries
			}
			if asOf == "" && os.Getenv("SOURCE_DATE_EPOCH") == "" {
				p.Today = func() aims.Date { return aims.DateOf(time.Now()) }
			}
			return a.serve(c.Context(), p, show)
		},
	}
	c.Flags().IntVarP(&port, "port", "p", defaultPort, "port to serve on; 0 for any that is free (default 42001 or one of the next)")
	c.Flags().DurationVar(&poll, "poll", 0, "look at the files so often, such as 2s, where the system does not tell of changes (shared folders)")
	c.Flags().BoolVar(&show, "open", false, "open the site in a browser")
	c.Flags().String(audienceFlag, "", "show exactly what an audience of annex.toml gets, such as certifier (default everything)")
	sinceFlag(c, &since)
	asOfFlag(c, &asOf)
	c.Flag("port").DefValue = "0" // which help leaves out
	return c
}

func (a *app) serve(ctx context.Context, o preview.Options, show bool) error {
	o.Generator.Cache = cache
	p, err := preview.Open(ctx, o)
	switch {
	case errors.Is(err, syscall.EADDRINUSE):
		return usage("port %d is in use, perhaps by another annex serve; choose another with --port", o.Port)
	case errors.Is(err, context.Canceled):
		return nil
	case err != nil:
		return err
	}
	whom := ""
	if o.Generator.Audience != "" {
		whom = ", for the audience " + o.Generator.Audience
	}
	a.say("serving %s as of %s%s; end with Ctrl-C", p.Address(), o.Generator.AsOf, whom)
	if show {
		a.browse(p.Address())
	}
	return p.Run(ctx)
}

// tell prints what happens while a workspace is served.
func (a *app) tell(dir string) func(preview.News) {
	return func(n preview.News) {
		switch {
		case n.Polling && n.Err != nil:
			fmt.Fprintf(a.stderr, "note: watching the files ended (%s); from now on annex looks at them every second\n", diag.Plain(n.Err.Error()))
		case n.Polling:
			fmt.Fprintln(a.stderr, "note: the system has no more file watches to give, so annex looks at the files every second; a higher limit (on Linux fs.inotify.max_user_watches) makes it faster")
		case n.Err != nil:
			fmt.Fprintf(a.stderr, "%s: %s\nThe site shows what was right last, until this is mended.\n", now(), diag.Plain(n.Err.Error()))
		case len(n.Problems) > 0:
			fmt.Fprintf(a.stderr, "%s: %s; the site shows what was right last\n", now(), plural(len(n.Problems), "error"))
			first := n.Problems[:min(mostPrinted, len(n.Problems))]
			// What keeps the lines from being read is an error of its own by then.
			_ = text(a.stderr, first, dir)
			if more := len(n.Problems) - len(first); more > 0 {
				fmt.Fprintf(a.stderr, "\nand %d more; `annex check` lists them all\n", more)
			}
		case n.Mended:
			a.say("%s: mended; %s", now(), shown(n))
		default:
			a.say("%s: %s", now(), shown(n))
		}
	}
}

// mostPrinted is how many errors are printed after a save.
const mostPrinted = 10

func now() string { return time.Now().Format("15:04:05") }

// shown says what a new generation is about.
func shown(n preview.News) string {
	what := "the site"
	switch files := slices.Sorted(slices.Values(n.Files)); {
	case len(files) > 3:
		what = fmt.Sprintf("%s and %d other files", files[0], len(files)-1)
	case len(files) > 0:
		what = strings.Join(files, ", ")
	}
	return fmt.Sprintf("%s shows after %s", diag.Plain(what), n.Took.Round(time.Millisecond))
}
