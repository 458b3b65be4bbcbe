package cli

import (
	"fmt"
	"os"
	"path/filepath"
	"regexp"
	"slices"
	"strings"

	"github.com/spf13/cobra"

	"annex/generator"
	"annex/generator/aims"
	"annex/generator/diag"
	"annex/generator/source"
)

func (a *app) newCommand() *cobra.Command {
	var in, asOf, title, of string
	c := &cobra.Command{
		Use: "new KIND ID", Short: "write a new record or document to fill in", Args: cobra.ExactArgs(2),
		Long: "new writes a file with one new record: " + strings.Join(kinds(), ", ") + ".",
		RunE: func(c *cobra.Command, args []string) error {
			o, err := options(nil, asOf)
			if err != nil {
				return err
			}
			return a.newRecord(c, o, wish{args[0], args[1], title, in, of})
		},
	}
	c.Flags().StringVar(&in, "in", "", "id of the project that gets the record (default the organization)")
	c.Flags().StringVar(&of, "of", "", "what a signoff is about, such as document:ai-policy or soa:iso-42001; its digest is written too")
	c.Flags().StringVar(&title, "title", "", "title of the record (default from its id)")
	asOfFlag(c, &asOf)
	return c
}

// kinds returns the kinds that new can make.
func kinds() []string {
	return []string{
		"document", "control", "execution", "decision", "evidence", "risk", "objective", "role",
		"party", "audit", "finding", "review", "signoff", "system",
	}
}

// wish is what the command line asks of a new record.
type wish struct{ kind, id, title, in, of string }

func (a *app) newRecord(c *cobra.Command, o generator.Options, w wish) error {
	kind, id, title := w.kind, w.id, w.title
	if !slices.Contains(kinds(), kind) {
		if near := source.Nearest(kind, kinds()); near != "" {
			return usage("there is no kind %q; did you mean %s?", kind, near)
		}
		return usage("there is no kind %q; kinds are %s", kind, strings.Join(kinds(), ", "))
	}
	file := id
	if kind == "decision" {
		if !regexp.MustCompile(`^[a-z0-9-]+:[A-Za-z0-9][A-Za-z0-9. ()-]*$`).MatchString(id) {
			return usage("%q is not a requirement; write framework:ref, such as iso-42001:A.6.2.4", id)
		}
		file = "decision-" + strings.NewReplacer(":", "-", ".", "-", " ", "-").Replace(strings.ToLower(id))
	} else if !regexp.MustCompile(`^[a-z0-9]+(-[a-z0-9]+)*$`).MatchString(id) {
		return usage("%q is not an id; ids are small letters, digits and single hyphens, such as model-review", id)
	}
	if kind == "execution" {
		file += "-" + o.AsOf.String()
	}
	if w.of != "" && kind != "signoff" {
		return usage("--of says what a signoff is about; leave it away")
	}
	if kind == "system" && w.in != "" {
		return usage("an AI system is a project of its own; leave --in away")
	}
	list, err := generator.Projects(o)
	if err != nil {
		return err
	}
	if len(list) == 0 {
		return usage("no project of the workspace can be read; `annex check` says why")
	}
	dir, err := projectDir(list, w.in)
	if err != nil {
		return err
	}
	if title == "" {
		title = strings.ToUpper(id[:1]) + strings.ReplaceAll(id[1:], "-", " ")
	}
	name, text := record(kind, id, file, title, o.AsOf, dir)
	if w.of != "" {
		if text, err = signoff(o, w, text); err != nil {
			return err
		}
	}
	path := filepath.Join(o.Dir, filepath.FromSlash(name))
	if err := writeNew(path, []byte(text)); err != nil {
		return err
	}
	result, err := generator.Check(c.Context(), o)
	if err != nil {
		return err
	}
	if other := taken(result.Diagnostics, name); other != "" {
		if err := os.Remove(path); err != nil {
			return fmt.Errorf("taking the new file back: %w", err)
		}
		return usage("%s is taken: it stands in %s; nothing was written", id, other)
	}
	a.say("wrote %s", path)
	for _, d := range result.Diagnostics {
		if d.Severity == diag.Error && d.Pos.Filename == name {
			a.say("to fill in: %s", d.Message)
		}
	}
	return nil
}

// taken returns where the id of the record in a new file stands already, or "".
func taken(list []diag.Diagnostic, name string) string {
	for _, d := range list {
		if d.Code != diag.DoubleID && d.Code != diag.DecisionTwice || len(d.Related) == 0 {
			continue
		}
		first, second := d.Related[0].Pos, d.Pos
		switch name {
		case first.Filename:
			return second.String()
		case second.Filename:
			return first.String()
		}
	}
	return ""
}

func projectDir(list []generator.Project, id string) (string, error) {
	var ids []string
	for _, p := range list {
		if p.ID == id || id == "" && p.Kind == aims.OrganizationProject {
			return p.Dir, nil
		}
		ids = append(ids, p.ID)
	}
	if id == "" {
		return "", usage("the workspace has no organization project")
	}
	return "", usage("there is no project %q; projects are %s", id, strings.Join(ids, ", "))
}
