package cli

import (
	"errors"
	"fmt"
	"path"
	"path/filepath"
	"regexp"
	"slices"
	"strings"

	"github.com/spf13/cobra"

	"annex/generator"
	"annex/generator/diag"
	"annex/generator/load"
	"annex/generator/source"
)

func (a *app) newCommand() *cobra.Command {
	var w wish
	var asOf string
	c := &cobra.Command{
		Use: "new KIND ID", Short: "write a new record or document to fill in",
		Long: "new writes a file with one new record: every key that it may have, with a comment.\n" +
			"A file that exists is left as it is. Kinds are\n" + wrap(strings.Join(kinds(), ", ")) + ".",
		Example: "  annex new control model-review\n" +
			"  annex new risk unsafe-advice --in triage\n" +
			"  annex new system triage              a project, and its impact assessment\n" +
			"  annex new impact triage              for a system that has none\n" +
			"  annex new decision iso-42001:A.6.2.4\n" +
			"  annex new decisions iso-27001        for every reference control without one\n" +
			"  annex new crosswalk iso-42001 house-rules",
		Args: func(c *cobra.Command, args []string) error {
			if len(args) > 0 && args[0] == "crosswalk" {
				return cobra.ExactArgs(3)(c, args)
			}
			return cobra.ExactArgs(2)(c, args)
		},
		RunE: func(c *cobra.Command, args []string) error {
			o, err := options(nil, asOf)
			if err != nil {
				return err
			}
			w.kind, w.id = args[0], args[1]
			if len(args) > 2 {
				w.to = args[2]
			}
			return a.newRecord(c, o, w)
		},
	}
	c.Flags().StringVar(&w.in, "in", "", "id of the project that gets the record, or of the organization that an AI system belongs to (default the organization, if there is one only)")
	c.Flags().StringVar(&w.of, "of", "", "what a signoff is about, such as document:ai-policy or soa:iso-42001; its digest is written too")
	c.Flags().StringVar(&w.title, "title", "", "title of the record (default from its id)")
	asOfFlag(c, &asOf)
	return c
}

// wish is what the command line asks of a new record.
type wish struct {
	kind, id, title string
	to              string // the other end of a crosswalk
	in              string // id of a project
	of              string // what a signoff is about
}

// check refuses what no workspace could fulfil.
func (w wish) check() error {
	if !slices.Contains(kinds(), w.kind) {
		if near := source.Nearest(w.kind, kinds()); near != "" {
			return usage("there is no kind %q; did you mean %s?", w.kind, near)
		}
		return usage("there is no kind %q; kinds are %s", w.kind, strings.Join(kinds(), ", "))
	}
	if err := w.checkIDs(); err != nil {
		return err
	}
	if w.of != "" && w.kind != "signoff" {
		return usage("--of says what a signoff is about; leave it away")
	}
	if w.in == "" {
		return nil
	}
	switch w.kind {
	case "organization":
		return usage("an organization is a project of its own; leave --in away")
	case "impact":
		return usage("an impact assessment belongs to the AI system with its id; leave --in away")
	case "framework", "crosswalk":
		return usage("a %s belongs to the workspace; leave --in away", w.kind)
	}
	return nil
}

func (w wish) checkIDs() error {
	if w.kind == "decision" {
		if !regexp.MustCompile(`^[a-z0-9-]+:[A-Za-z0-9][A-Za-z0-9. ()-]*$`).MatchString(w.id) {
			return usage("%q is not a requirement; write framework:ref, such as iso-42001:A.6.2.4", w.id)
		}
		return nil
	}
	ids := []string{w.id}
	if w.kind == "crosswalk" {
		ids = append(ids, w.to)
	}
	for _, id := range ids {
		if !regexp.MustCompile(`^[a-z0-9]+(-[a-z0-9]+)*$`).MatchString(id) {
			return usage("%q is not an id; ids are small letters, digits and single hyphens, such as model-review", id)
		}
	}
	return nil
}

func (a *app) newRecord(c *cobra.Command, o generator.Options, w wish) error {
	if err := w.check(); err != nil {
		return err
	}
	b, err := w.blank(o)
	if err != nil {
		return err
	}
	if w.kind == "decisions" && len(b.Open) == 0 {
		a.say("every reference control of %s has a decision; nothing was written", w.id)
		return nil
	}
	sheets, err := b.sheets(w.kind)
	if err != nil {
		return err
	}
	if hasSchemas(o.Dir) {
		for i, s := range sheets {
			sheets[i].text = string(named(s.name, []byte(s.text)))
		}
	}
	takeBack, err := placeSheets(o.Dir, sheets)
	if err != nil {
		return err
	}
	result, err := generator.Check(c.Context(), o)
	if err != nil {
		return errors.Join(err, takeBack())
	}
	if s, other := taken(result.Diagnostics, sheets); other != "" {
		if err := takeBack(); err != nil {
			return fmt.Errorf("taking the new file back: %w", err)
		}
		return usage("%s is taken: it stands in %s; nothing was written", s.id, other)
	}
	for _, s := range sheets {
		a.say("wrote %s", s.in(o.Dir))
	}
	for _, d := range result.Diagnostics {
		switch name := d.Pos.Filename; {
		case d.Severity != diag.Error:
		case slices.ContainsFunc(sheets, func(s sheet) bool { return s.name == name }):
			a.say("to fill in: %s", d.Message)
		case w.kind == "organization" && path.Base(name) == load.ProjectFile:
			a.say("to fill in: %s: %s", d.Pos, d.Message)
		}
	}
	steps, err := b.next(o, w.kind)
	for _, step := range steps {
		a.say("next: %s", step)
	}
	return err
}

// sheet is one new file.
type sheet struct {
	id   string // of its record
	name string // of the file in the workspace, with slashes
	text string
}

func (s sheet) in(dir string) string { return filepath.Join(dir, filepath.FromSlash(s.name)) }

// placeSheets writes new files, all or none of them.
func placeSheets(dir string, sheets []sheet) (takeBack func() error, err error) {
	var files []placed
	for _, s := range sheets {
		files = append(files, placed{name: s.name, text: []byte(s.text)})
	}
	return place(dir, files, "it was left as it is")
}

// taken returns the new file whose id stands elsewhere already, and where; ""
// when there is none.
func taken(list []diag.Diagnostic, sheets []sheet) (sheet, string) {
	for _, d := range list {
		if d.Code != diag.DoubleID && d.Code != diag.DecisionTwice || len(d.Related) == 0 {
			continue
		}
		first, second := d.Related[0].Pos, d.Pos
		for _, s := range sheets {
			switch s.name {
			case first.Filename:
				return s, second.String()
			case second.Filename:
				return s, first.String()
			}
		}
	}
	return sheet{}, ""
}
