package cli

import (
	"fmt"
	"strings"

	"annex/generator"
	"annex/generator/aims"
)

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
		return toml("reviews", fmt.Sprintf("held_on = %s\n# chair = \"\"\n", today)+inputs())
	}
	return toml("signoffs", fmt.Sprintf("subject = \"\"              # id of what was signed off\nkind = \"document\"         # document, risk, soa, control, review\n# by = \"\"\non = %s\ndecision = \"approved\"     # or \"rejected\"\n", today))
}

// inputs returns an entry for each input of a management review.
func inputs() string {
	var b strings.Builder
	for _, topic := range aims.ReviewTopics() {
		fmt.Fprintf(&b, "\n[[review.input]]\ntopic = %q\ntext = \"to be filled in\"\n", topic)
	}
	return b.String()
}

// signoff fills in what a new signoff is about, with a digest of each field.
func signoff(o generator.Options, w wish, text string) (string, error) {
	kind, subject, ok := strings.Cut(w.of, ":")
	if !ok {
		return "", usage("--of %s does not say what it is; write it as document:ai-policy, risk:ID, control:ID, review:ID or soa:iso-42001", w.of)
	}
	marks, err := generator.Marks(o, aims.SignoffKind(kind), subject, w.in)
	if err != nil {
		return "", err
	}
	var b strings.Builder
	for line := range strings.Lines(text) {
		switch {
		case strings.HasPrefix(line, "subject ="):
			line = fmt.Sprintf("subject = %q\n", subject)
		case strings.HasPrefix(line, "kind ="):
			line = fmt.Sprintf("kind = %q\n", kind)
		}
		b.WriteString(line)
	}
	b.WriteString("\n# What was signed, field by field (SHA-256): annex tells when one changes.\n[signoff.digest]\n")
	for _, m := range marks {
		fmt.Fprintf(&b, "%s = %q\n", tomlKey(m.Field), m.SHA256)
	}
	return b.String(), nil
}

// tomlKey writes a key of TOML, between quotes where it must be.
func tomlKey(name string) string {
	if strings.Trim(name, "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789_-") == "" {
		return name
	}
	return fmt.Sprintf("%q", name)
}
