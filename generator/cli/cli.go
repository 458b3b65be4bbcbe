// Package cli is the command line of annex: it reads arguments, calls package
// generator, and prints what came out.
//
//	annex init my-aims --example
//	annex check my-aims
//	annex build my-aims -o public
//
// Exit codes: 0 done; 1 findings, in check, and in build when errors keep the
// site from being built; 2 wrong use; 3 could not run, as when the disk is full
// or another build holds the folder.
package cli

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"os"
	"os/signal"
	"strings"
	"syscall"

	"github.com/spf13/cobra"

	"annex/generator"
	"annex/generator/diag"
	"annex/generator/output"
	"annex/generator/pack"
)

// Version of annex, as `annex version` prints it.
const Version = "0.1.0"

// The exit codes.
const (
	exitDone     = 0
	exitFindings = 1
	exitUsage    = 2
	exitFailed   = 3
)

// app is what commands share.
type app struct {
	stdout, stderr io.Writer
	quiet          bool
	passphrase     []byte // of keys, from the environment; nil if there is none
}

// errFindings ends a command with exit code 1; all was said already.
var errFindings = errors.New("findings")

// usageError is wrong use of the command line.
type usageError struct{ message string }

func (e *usageError) Error() string { return e.message }

func usage(format string, args ...any) error {
	return &usageError{fmt.Sprintf(format, args...)}
}

// Main runs one command and returns the exit code.
func Main(args []string, stdout, stderr io.Writer) int {
	ctx, stop := signal.NotifyContext(context.Background(), os.Interrupt, syscall.SIGTERM, syscall.SIGHUP)
	defer stop()
	a := &app{stdout: stdout, stderr: stderr}
	root := a.root()
	root.SetArgs(args)
	root.SetOut(stdout)
	root.SetErr(stderr)
	err := root.ExecuteContext(ctx)
	if err == nil {
		return exitDone
	}
	if errors.Is(err, errFindings) {
		return exitFindings
	}
	fmt.Fprintf(stderr, "annex: %s\n", plainLines(err.Error()))
	return exitCode(err)
}

// plainLines returns a message without what could steer a terminal: it may quote
// a file. Its lines and their indents stay.
func plainLines(message string) string {
	lines := strings.Split(message, "\n")
	for i, line := range lines {
		text := strings.TrimLeft(line, "\t")
		lines[i] = line[:len(line)-len(text)] + diag.Plain(text)
	}
	return strings.Join(lines, "\n")
}

func exitCode(err error) int {
	var wrong *usageError
	var place *generator.OutputError
	var input *generator.InputError
	var foreign *output.NotOursError
	var edited *output.EditedError
	var name *pack.NameError
	switch {
	case errors.As(err, &wrong), errors.As(err, &input), errors.As(err, &place), errors.As(err, &foreign), errors.As(err, &edited), errors.As(err, &name):
		return exitUsage
	case strings.HasPrefix(err.Error(), "unknown command"): // cobra has no type for it
		return exitUsage
	}
	return exitFailed
}

func (a *app) root() *cobra.Command {
	root := &cobra.Command{
		Use:           "annex",
		Short:         "annex compiles an AI management system into a static site",
		Long:          "annex compiles an AI management system (ISO/IEC 42001), kept as Markdown and\nTOML files, into a static site: the Statement of Applicability, control matrices\nand the readiness for certification.",
		SilenceUsage:  true,
		SilenceErrors: true,
	}
	root.SetFlagErrorFunc(func(_ *cobra.Command, err error) error { return usage("%s", err) })
	root.PersistentFlags().BoolVarP(&a.quiet, "quiet", "q", false, "print errors only")
	root.AddCommand(a.initCommand(), a.buildCommand(), a.serveCommand(), a.checkCommand(), a.nextCommand(), a.exportCommand(), a.importCommand(), a.packCommand(), a.verifyCommand(), a.diffCommand(), a.newCommand(), a.explainCommand(), a.schemaCommand(), a.versionCommand())
	for _, c := range root.Commands() {
		c.Args = wrapArgs(c.Args)
	}
	return root
}

// wrapArgs makes a wrong number of arguments a usage error.
func wrapArgs(check cobra.PositionalArgs) cobra.PositionalArgs {
	return func(c *cobra.Command, args []string) error {
		if err := check(c, args); err != nil {
			return usage("%s; see annex %s --help", err, c.Name())
		}
		return nil
	}
}

func (a *app) versionCommand() *cobra.Command {
	return &cobra.Command{
		Use: "version", Short: "print the version of annex and of its catalogs", Args: cobra.NoArgs,
		RunE: func(*cobra.Command, []string) error { return a.version() },
	}
}

func (a *app) explainCommand() *cobra.Command {
	return &cobra.Command{
		Use: "explain ID-or-CODE", Short: "explain a code such as AX0301, or a requirement such as iso-42001:A.6.2.4",
		Args: cobra.ExactArgs(1),
		RunE: func(_ *cobra.Command, args []string) error { return a.explain(args[0]) },
	}
}

// say prints a line unless --quiet is given.
func (a *app) say(format string, args ...any) {
	if !a.quiet {
		fmt.Fprintln(a.stdout, plainLines(fmt.Sprintf(format, args...)))
	}
}

// json prints a value for programs.
func (a *app) json(x any) error {
	out := json.NewEncoder(a.stdout)
	out.SetIndent("", "  ")
	return out.Encode(x)
}
