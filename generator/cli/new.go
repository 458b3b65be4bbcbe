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
	var in, asOf, title string
	c := &cobra.Command{
		Use: "new KIND ID", Short: "write a new record or document to fill in", Args: cobra.ExactArgs(2),
		Long: "new writes a file with one new record: " + strings.Join(kinds(), ", ") + ".",
		RunE: func(c *cobra.Command, args []string) error {
			o, err := options(nil, asOf)
			if err != nil {
				return err
			}
			return a.newRecord(c, o, args[0], args[1], title, in)
		},
	}
	c.Flags().StringVar(&in, "in", "", "id of the project that gets the record (default the organization)")
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

func (a *app) newRecord(c *cobra.Command, o generator.Options, kind, id, title, in string) error {
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
	if kind == "system" && in != "" {
		return usage("an AI system is a project of its own; leave --in away")
	}
	list, err := generator.Projects(o)
	if err != nil {
		return err
	}
	if len(list) == 0 {
		return usage("no project of the workspace can be read; `annex check` says why")
	}
	dir, err := projectDir(list, in)
	if err != nil {
		return err
	}
	if title == "" {
		title = strings.ToUpper(id[:1]) + strings.ReplaceAll(id[1:], "-", " ")
	}
	name, text := record(kind, id, file, title, o.AsOf, dir)
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

// record returns the file name and text of a new record.
func record(kind, id, file, title string, today aims.Date, dir string) (name, text string) {
	head := fmt.Sprintf("[[%s]]\nid = %q\ntitle = %q\n", kind, id, title)
	toml := func(folder, rest string) (string, string) {
		return dir + "/" + folder + "/" + file + ".toml", head + rest
	}
	switch kind {
	case "document":
		return dir + "/documents/" + file + ".md", fmt.Sprintf("+++\nid = %q\ntitle = %q\nkind = \"procedure\"        # policy, procedure, plan, report, record\n# owner = \"\"               # id of a role\nversion = \"0.1\"\nstatus = \"draft\"          # draft, in-review, approved, retired\nclassification = \"internal\"\nsatisfies = []            # such as \"iso-42001:5.2\"\n+++\n\n## Purpose\n\n## Scope\n\n## What we do\n", id, title)
	case "system":
		return "systems/" + file + "/project.toml", fmt.Sprintf("kind = \"system\"\nid = %q\ntitle = %q\npurpose = \"\"              # what it is for, in a sentence or two\nrole = [\"deployer\"]       # provider, deployer, importer, distributor, product-manufacturer\nstage = \"design\"          # design, development, validation, deployment, operation, retired\n# risk_class = \"minimal\"   # prohibited, high, limited, minimal\n# grounds = []            # what the class rests on, such as \"eu-ai-act:Annex III.4\"\n# circumstances = []      # annex explain eu-ai-act lists them\n# owner = \"\"               # id of a role\n", id, title)
	case "decision":
		return dir + "/decisions/" + file + ".toml", fmt.Sprintf("[[decision]]\nrequirement = %q\n# applicable = true\nreasons = []              # risk-treatment, legal, contractual, policy, best-practice\njustification = \"\"\n", id)
	case "control":
		return toml("controls", "satisfies = []            # such as \"iso-42001:A.6.2.4\"\nlevel = \"organization\"    # or \"system\": performed for each AI system\n# owner = \"\"               # id of a role\nstatus = \"not-started\"    # not-started, planned, in-progress, implemented\ncadence = \"6 months\"\ndescription = \"\"\n")
	case "execution":
		return dir + "/executions/" + file + ".toml", fmt.Sprintf("[[execution]]\ncontrol = %q\non = %s\n# by = \"\"                  # id of a role\nresult = \"effective\"      # effective, partly-effective, ineffective\nevidence = []             # ids of evidence\nnote = \"\"\n", id, today)
	case "evidence":
		return toml("records", fmt.Sprintf("note = \"\"                 # or file = \"evidence/...\" or url = \"https://...\"\neffective = %s\n# expires = \n# owner = \"\"\ncontrols = []             # ids of the controls it shows\nclassification = \"internal\"\n", today))
	case "risk":
		return toml("risks", "# owner = \"\"\naffects = [\"individuals\"] # individuals, groups, society, organization\nlikelihood = 3            # 1 to 5\nimpact = 3                # 1 to 5\ntreatment = \"modify\"      # modify, retain, avoid, share\nstatus = \"open\"           # open, treated, accepted, closed\ndescription = \"\"\n")
	case "objective":
		return toml("objectives", "# owner = \"\"\nmeasure = \"\"              # what is measured\ntarget = 95\nunit = \"%\"\ndirection = \"at-least\"    # or \"at-most\"\nsatisfies = [\"iso-42001:6.2\"]\nstatus = \"active\"\n")
	case "role":
		return toml("roles", "# person = \"\"\n# deputy = \"\"              # id of a role\ndescription = \"\"\n")
	case "party":
		return toml("parties", "kind = \"external\"         # or \"internal\"\nexpectations = \"\"\naddressed = false\n")
	case "audit":
		return toml("audits", fmt.Sprintf("kind = \"internal\"         # gap-analysis, internal, stage-1, stage-2, surveillance, recertification\nfrom = %s\nto = %s\nstatus = \"planned\"        # or \"done\"\nauditor = \"\"\nindependence = \"\"\nframeworks = [\"iso-42001\"]\n", today, today))
	case "finding":
		return toml("findings", fmt.Sprintf("# audit = \"\"               # id of the audit\ngrade = \"minor\"           # major, minor, observation, opportunity\n# requirement = \"iso-42001:\"\n# owner = \"\"\nraised = %s\ndue = %s\ndescription = \"\"\n", today, today.AddDays(60)))
	case "review":
		return toml("reviews", fmt.Sprintf("held_on = %s\n# chair = \"\"\n\n[[review.input]]\ntopic = \"previous-actions\"\ntext = \"to be filled in\"\n", today))
	}
	return toml("signoffs", fmt.Sprintf("subject = \"\"              # id of what was signed off\nkind = \"document\"         # document, risk, soa, control, review\n# by = \"\"\non = %s\ndecision = \"approved\"     # or \"rejected\"\n", today))
}
