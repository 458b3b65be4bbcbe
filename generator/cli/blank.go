package cli

import (
	"fmt"
	"os"
	"path/filepath"
	"slices"
	"strings"

	"annex/frameworks"
	"annex/generator"
	"annex/generator/aims"
	"annex/generator/diag"
	"annex/generator/load"
	"annex/generator/source"
)

// blank gathers from the workspace what the template of a new record needs, and
// refuses what this workspace cannot take.
func (w wish) blank(o generator.Options) (blank, error) {
	ws, diags, err := read(o)
	if err != nil {
		return blank{}, err
	}
	b := blank{Workspace: ws, ID: w.id, Title: w.title, Today: o.AsOf, file: w.id}
	if b.Title == "" {
		b.Title = strings.ToUpper(w.id[:1]) + strings.ReplaceAll(w.id[1:], "-", " ")
	}
	err = b.gather(o, w, diags)
	return b, err
}

func (b *blank) gather(o generator.Options, w wish, diags []diag.Diagnostic) error {
	switch w.kind {
	case "organization":
		return b.freeFolder()
	case "framework":
		return b.freeFramework()
	case "crosswalk":
		return b.crosswalk(w)
	case "system":
		return b.belongs(w.in)
	case "impact":
		return b.impact(w)
	}
	p, err := project(b.Workspace, w.in)
	if err != nil {
		return err
	}
	b.dir = p.Dir
	switch w.kind {
	case "execution":
		b.file += "-" + o.AsOf.String()
	case "decision":
		b.file = "decision-" + strings.NewReplacer(":", "-", ".", "-", " ", "-").Replace(strings.ToLower(w.id))
		if found := b.Resolve(w.id); len(found) == 1 && found[0].Requirement != nil {
			b.Open = []*aims.Requirement{found[0].Requirement}
		}
	case "decisions":
		return b.decisions(o, p, diags)
	case "signoff":
		return b.signoff(o, w)
	}
	return nil
}

// read returns the workspace as far as it can be read.
func read(o generator.Options) (*aims.Workspace, []diag.Diagnostic, error) {
	root, err := source.Open(o.Dir)
	if err != nil {
		return nil, nil, err
	}
	defer root.Close()
	ws, diags, err := load.Load(root.FS(), frameworks.Files())
	if err == nil && ws == nil {
		err = unreadable()
	}
	return ws, diags, err
}

func unreadable() error {
	return usage("no project of the workspace can be read; `annex check` says why")
}

// project returns the project with an id; without one the organization.
func project(ws *aims.Workspace, id string) (*aims.Project, error) {
	if len(ws.Projects) == 0 {
		return nil, unreadable()
	}
	var ids []string
	for _, p := range ws.Projects {
		if p.ID == id && id != "" {
			return p, nil
		}
		ids = append(ids, p.ID)
	}
	if id != "" {
		return nil, usage("there is no project %q; projects are %s", id, strings.Join(ids, ", "))
	}
	switch list := ws.Organizations(); len(list) {
	case 0:
		return nil, usage("the workspace has no organization project")
	case 1:
		return list[0], nil
	}
	return nil, usage("the workspace has several organizations; say with --in which project is meant: %s", strings.Join(ids, ", "))
}

// freeFolder holds that the folder of a new organization project may be one.
func (b *blank) freeFolder() error {
	if b.ID == load.FrameworksDir || b.ID == "theme" {
		return usage("the folder %s has a meaning of its own; choose another id", b.ID)
	}
	for _, p := range b.Projects {
		if strings.HasPrefix(p.Dir, b.ID+"/") {
			return usage("the folder %s holds the project %s already; choose another id", b.ID, p.ID)
		}
	}
	return nil
}

// freeFramework holds that no framework has the id, in use or not.
func (b *blank) freeFramework() error {
	list, err := catalogs()
	for _, f := range list {
		if f.ID == b.ID {
			return usage("%s is taken: it is the framework %s; nothing was written", b.ID, f.Title)
		}
	}
	return err
}

func (b *blank) crosswalk(w wish) error {
	ends := []*aims.Framework{b.Framework(w.id), b.Framework(w.to)}
	for i, id := range []string{w.id, w.to} {
		if ends[i] == nil {
			return b.notInUse(id)
		}
	}
	if ends[0] == ends[1] {
		return usage("a crosswalk relates two frameworks, not %s to itself", w.id)
	}
	for _, x := range b.Crosswalks {
		if slices.Contains(ends, x.From) && slices.Contains(ends, x.To) {
			return usage("there is a crosswalk between %s and %s already", w.id, w.to)
		}
	}
	b.From, b.To = ends[0], ends[1]
	b.ID = w.id + "-" + w.to
	b.file = "crosswalk-" + b.ID
	if w.title == "" {
		b.Title = b.From.Title + " and " + b.To.Title
	}
	return nil
}

// notInUse says what to do about the id of a framework that is not in use.
func (b *blank) notInUse(id string) error {
	list, err := catalogs()
	if err != nil {
		return err
	}
	var ids []string
	for _, f := range list {
		ids = append(ids, f.ID)
	}
	if slices.Contains(ids, id) {
		return usage("the framework %q is not in use; add it to frameworks in %s", id, load.ConfigFile)
	}
	if near := source.Nearest(id, ids); near != "" {
		return usage("there is no framework %q; did you mean %s?", id, near)
	}
	return usage("there is no framework %q; known frameworks: %s", id, strings.Join(ids, ", "))
}

// belongs finds the organization that a new AI system belongs to.
func (b *blank) belongs(in string) error {
	p, err := project(b.Workspace, in)
	if err != nil {
		return err
	}
	if p.Kind != aims.OrganizationProject {
		return usage("%s is an AI system; --in names the organization that the new one belongs to", in)
	}
	b.BelongsTo = p.ID
	return nil
}

// impact finds the AI system that is to be assessed.
func (b *blank) impact(w wish) error {
	var ids []string
	for _, s := range b.Systems() {
		if s.ID == w.id {
			b.dir = s.Project.Dir
			if w.title == "" {
				b.Title = impactTitle(s.Title)
			}
			return nil
		}
		ids = append(ids, s.ID)
	}
	if len(ids) == 0 {
		return usage("there is no AI system %q; `annex new system %s` makes one", w.id, w.id)
	}
	return usage("there is no AI system %q; AI systems are %s", w.id, strings.Join(ids, ", "))
}

// decisions finds the reference controls of a framework that an organization
// has no decision on. With errors in the workspace it would not know.
func (b *blank) decisions(o generator.Options, p *aims.Project, diags []diag.Diagnostic) error {
	f := b.Framework(b.ID)
	switch {
	case f == nil:
		return b.notInUse(b.ID)
	case len(f.ReferenceControls()) == 0:
		return usage("%s has no reference controls to decide on", f.Title)
	case p.Kind != aims.OrganizationProject:
		return usage("an AI system decides only where it differs from the organization: annex new decision REQUIREMENT --in %s", p.ID)
	case diag.Count(diags).Errors > 0:
		return usage("the workspace has errors; `annex check` lists them. Mend them first, so that nothing is decided twice")
	}
	for _, q := range f.ReferenceControls() {
		if b.Decision(p, q) == nil {
			b.Open = append(b.Open, q)
		}
	}
	if _, err := os.Lstat(filepath.Join(o.Dir, filepath.FromSlash(p.Dir), "decisions", b.file+".toml")); err == nil {
		b.file += "-" + o.AsOf.String() // the rest of them, as after a new edition
	}
	return nil
}

// signoff finds what was signed, and takes a digest of each field.
func (b *blank) signoff(o generator.Options, w wish) error {
	if w.of == "" {
		b.About = string(aims.SignDocument)
		return nil
	}
	kind, subject, ok := strings.Cut(w.of, ":")
	if !ok {
		return usage("--of %s does not say what it is; write it as document:ai-policy, risk:ID, control:ID, review:ID or soa:iso-42001", w.of)
	}
	marks, err := generator.Marks(o, aims.SignoffKind(kind), subject, w.in)
	b.About, b.Subject, b.Digest = kind, subject, marks
	return err
}

// next returns what is left to do before a new record counts. It is asked when
// the record was written.
func (b blank) next(o generator.Options, kind string) ([]string, error) {
	switch kind {
	case "decisions":
		return []string{plural(len(b.Open), "decision") + " to make"}, nil
	case "framework":
		return []string{fmt.Sprintf("add %q to frameworks in %s", b.ID, load.ConfigFile)}, nil
	case "impact":
		return b.nextOfImpact(o)
	case "organization":
		var list []string
		for _, f := range b.Frameworks {
			if len(f.ReferenceControls()) > 0 {
				list = append(list, fmt.Sprintf("annex new decisions %s --in %s", f.ID, b.ID))
			}
		}
		return list, nil
	}
	return nil, nil
}

// nextOfImpact tells to name the assessment unless the AI system does so.
func (b blank) nextOfImpact(o generator.Options) ([]string, error) {
	ws, _, err := read(o)
	if err != nil {
		return nil, err
	}
	for _, s := range ws.Systems() {
		if d := s.ImpactAssessment; s.ID == b.ID && d != nil && d.ID == "impact-"+b.ID {
			return nil, nil
		}
	}
	return []string{fmt.Sprintf("write impact_assessment = %q in %s/%s", "impact-"+b.ID, b.dir, load.ProjectFile)}, nil
}
