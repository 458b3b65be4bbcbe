package load

import (
	"fmt"
	"path"
	"slices"
	"strings"

	"annex/generator/aims"
	"annex/generator/diag"
	"annex/generator/source"
)

// begin finds out what annex.toml is about and which frameworks there are, and
// reads it. It reports false when there is nothing to go on.
func (l *loader) begin() (bool, error) {
	table, err := l.table(ConfigFile)
	if err != nil {
		return false, err
	}
	if table != nil {
		l.pack = source.NewReader(table, ConfigFile, &l.diags).Given(packTable)
	}
	if l.pack && !l.mayBePack(table) {
		return false, nil
	}
	if err := l.known(); err != nil || table == nil {
		return false, err
	}
	return true, l.config(source.NewReader(table, ConfigFile, &l.diags))
}

// config reads annex.toml.
func (l *loader) config(r *source.Reader) error {
	for _, ref := range r.Refs("frameworks") {
		if err := l.use(ref); err != nil {
			return err
		}
	}
	if err := l.crosswalks(); err != nil {
		return err
	}
	if !r.Has("frameworks") || len(r.Refs("frameworks")) == 0 {
		l.noFrameworks = true
		l.report(diag.New(diag.MissingKey, r.At(), "annex.toml does not say which frameworks are in use",
			`add frameworks = ["iso-42001"] as its first line`))
	}
	l.ws.Site = aims.Site{Title: "AI management system", Language: "en", Classification: aims.Confidential}
	if o := r.Table("organization"); o != nil {
		l.ws.Organization = aims.Organization{Name: o.RequiredText("name"), LegalName: o.Text("legal_name"), Address: o.Text("address")}
		o.Done()
	} else {
		l.report(diag.New(diag.MissingKey, r.At(), "annex.toml does not name the organization",
			"add a line [organization] and below it name = \"...\""))
	}
	if s := r.Table("site"); s != nil {
		if title := s.Text("title"); title != "" {
			l.ws.Site.Title = title
		}
		if language := source.Word(s, "language", []string{"en"}); language != "" {
			l.ws.Site.Language = language
		}
		l.ws.Site.Classification = classification(s)
		s.Done()
	}
	l.ws.Certification = l.certification(r)
	l.audiences(r)
	if l.pack {
		l.packed(r)
	}
	r.Done()
	return nil
}

// certification reads the planned dates of the stages.
func (l *loader) certification(r *source.Reader) aims.Certification {
	t := r.Table("certification")
	if t == nil {
		return aims.Certification{}
	}
	c := aims.Certification{Body: t.Text("body"), Stage1: t.Date("stage_1"), Stage2: t.Date("stage_2")}
	l.inOrder(t, "stage_1", c.Stage1, "stage_2", c.Stage2)
	t.Done()
	return c
}

// table reads and parses one TOML file; nil when it has errors.
func (l *loader) table(name string) (*source.Table, error) {
	p := l.memory.read(name, func() ([]byte, []diag.Diagnostic, error) { return source.ReadText(l.fsys, name) },
		func(text []byte) parsed { return records(name, text) })
	l.diags = append(l.diags, p.diags...)
	if p.err != nil {
		return nil, fmt.Errorf("reading %s: %w", name, p.err)
	}
	return p.table, nil
}

func classification(r *source.Reader) aims.Classification {
	if c := source.Word(r, "classification", aims.Classifications()); c != "" {
		return c
	}
	return aims.Confidential
}

// projects reads every project.toml. References in them are filled later.
func (l *loader) projects(files []source.File) {
	for _, f := range outermostFirst(files) {
		dir := path.Dir(f.Path)
		if outer := l.projectOf(f.Path); outer != nil {
			l.used[f.Path] = true
			if !inEvidence(outer, f.Path) {
				l.report(diag.New(diag.NestedProject, at(f.Path),
					fmt.Sprintf("this project lies inside the project %s", outer.Dir), "move the folder beside "+outer.Dir))
			}
			continue
		}
		l.used[f.Path] = true
		if top, _, _ := strings.Cut(dir, "/"); top == "theme" || top == FrameworksDir {
			l.report(diag.New(diag.NestedProject, at(f.Path), fmt.Sprintf("the folder %s of the workspace holds no projects", top),
				"move the project into a folder of its own, such as systems/"+path.Base(dir)))
			continue
		}
		if dir == "." {
			l.report(diag.New(diag.NestedProject, at(f.Path), "the project stands beside annex.toml, so that it would hold the other projects",
				"move project.toml and its records into a folder of their own, such as organization"))
			continue
		}
		table, err := l.table(f.Path)
		if err != nil || table == nil {
			l.standIn(dir, aims.Origin{Pos: at(f.Path)})
			continue
		}
		l.project(dir, source.NewReader(table, "project", &l.diags))
	}
	for _, d := range l.diags { // a link in the place of the file
		if dir, name := path.Split(d.Pos.Filename); d.Code == diag.SpecialFile && name == ProjectFile && dir != "" && l.projectOf(d.Pos.Filename) == nil {
			l.standIn(path.Clean(dir), aims.Origin{Pos: d.Pos})
		}
	}
	l.parents()
	if len(l.organizations()) == 0 && !l.kindless {
		l.report(diag.New(diag.NoOrganization, at(ConfigFile), "the workspace has no organization project",
			`add a folder with a project.toml that says kind = "organization"`))
	}
}

// parents gives each project the organization project that it belongs to.
func (l *loader) parents() {
	organizations := l.organizations()
	for _, p := range l.ws.Projects {
		p.Organization = p
		if p.Kind != aims.SystemProject {
			continue
		}
		r := l.readers[p]
		ref, named := r.Ref("organization")
		if len(organizations) == 0 {
			continue
		}
		p.Organization = organizations[0]
		if !named {
			if len(organizations) > 1 {
				l.report(diag.New(diag.MissingKey, r.At(), fmt.Sprintf("the AI system %q does not say which organization it belongs to", p.ID),
					"add organization = \""+organizations[0].ID+"\", or another of "+list(ids(organizations))))
			}
			continue
		}
		i := slices.IndexFunc(organizations, func(o *aims.Project) bool { return o.ID == ref.Text })
		if i < 0 {
			l.report(diag.New(diag.UnknownRecord, ref.Pos, fmt.Sprintf("there is no organization project with the id %q", ref.Text),
				suggest(ref.Text, ids(organizations), "organization projects are "+list(ids(organizations)))))
			continue
		}
		p.Organization = organizations[i]
	}
}

func ids(projects []*aims.Project) []string {
	var out []string
	for _, p := range projects {
		if p.ID != "" { // that is given twice
			out = append(out, p.ID)
		}
	}
	return out
}

// outermostFirst returns the project files, those of outer folders first.
func outermostFirst(files []source.File) []source.File {
	var list []source.File
	for _, f := range files {
		if strings.HasSuffix(f.Path, ProjectFile) && path.Base(f.Path) == ProjectFile {
			list = append(list, f)
		}
	}
	slices.SortStableFunc(list, func(a, b source.File) int {
		return strings.Count(a.Path, "/") - strings.Count(b.Path, "/")
	})
	return list
}

func (l *loader) organizations() []*aims.Project {
	var list []*aims.Project
	for _, p := range l.ws.Projects {
		if p.Kind == aims.OrganizationProject {
			list = append(list, p)
		}
	}
	return list
}

func (l *loader) project(dir string, r *source.Reader) {
	kind := l.kind(r)
	if kind == "" {
		l.standIn(dir, r.Origin())
		return
	}
	p := &aims.Project{Dir: dir, Kind: kind}
	p.Record = aims.Record{ID: r.ID("id"), Title: r.RequiredText("title"), Project: p, Classification: classification(r), Withheld: l.withheld(r), Origin: r.Origin()}
	if !add(l, l.index.projects, aims.KindProject, source.Item{Text: p.ID, Pos: r.Pos("id")}, p) {
		p.ID = ""
	}
	l.ws.Projects = append(l.ws.Projects, p)
	l.readers[p] = r
	if p.Kind == aims.SystemProject {
		p.System = &aims.System{Record: &p.Record}
		if p.ID != "" {
			l.index.systems[p.ID] = p.System
		}
		l.pending = append(l.pending, func() { l.system(p.System, r) })
		return
	}
	l.pending = append(l.pending, func() { l.organization(p, r) })
}

func (l *loader) organization(p *aims.Project, r *source.Reader) {
	p.Scope = l.prose(r, "scope", &p.Record)
	p.AIRoles = source.Words(r, "ai_roles", aims.AIRoles())
	if c := r.Table("risk_criteria"); c != nil {
		p.AcceptUpTo = c.Int("accept_up_to", 1, 25)
		c.Done()
	}
	p.Certification = l.certification(r)
	l.certificates(p, r)
	p.Shared = many(l, r, "shared_documents", l.index.documents, aims.KindDocument)
	l.statements(p, r)
	r.Done()
}

// certificates reads the certificates of an organization. One without a day of
// expiry lasts for three years.
func (l *loader) certificates(p *aims.Project, r *source.Reader) {
	for _, t := range r.Tables("certificate") {
		c := &aims.Certificate{
			Body: t.Text("body"), Number: t.Text("number"),
			IssuedOn: l.requiredDate(t, "issued_on"), ExpiresOn: t.Date("expires_on"), Origin: t.Origin(),
		}
		l.inOrder(t, "issued_on", c.IssuedOn, "expires_on", c.ExpiresOn)
		if c.ExpiresOn.IsZero() && !c.IssuedOn.IsZero() {
			c.ExpiresOn = aims.Period{N: 3, Unit: aims.Years}.After(c.IssuedOn).AddDays(-1)
		}
		t.RequiredText("framework")
		if ref, ok := t.Ref("framework"); ok {
			if c.Framework = l.ws.Framework(ref.Text); c.Framework == nil {
				l.report(l.unknownFramework(ref, ref.Text, true))
			}
		}
		t.Done()
		if c.Framework != nil {
			p.Certificates = append(p.Certificates, c)
		}
	}
}

func (l *loader) system(s *aims.System, r *source.Reader) {
	s.Purpose = l.prose(r, "purpose", s.Record)
	s.Description = l.prose(r, "description", s.Record)
	s.Roles = source.Words(r, "role", aims.SystemRoles())
	s.AIRoles = source.Words(r, "ai_roles", aims.AIRoles())
	s.Stage = source.Word(r, "stage", aims.Stages())
	s.RiskClass = source.Word(r, "risk_class", aims.RiskClasses())
	s.RiskClassBasis = r.Text("risk_class_basis")
	s.Grounds = l.grounds(r, s.RiskClass)
	s.Circumstances = l.circumstances(r)
	s.Owner = l.role(r, "owner")
	s.IntendedUsers = r.Text("intended_users")
	s.AffectedPersons = r.Text("affected_persons")
	s.Data = r.Text("data")
	s.Models = r.Text("models")
	s.Suppliers = r.Text("suppliers")
	s.HumanOversight = r.Text("human_oversight")
	s.DeployedOn = r.Date("deployed_on")
	s.RetiredOn = r.Date("retired_on")
	l.inOrder(r, "deployed_on", s.DeployedOn, "retired_on", s.RetiredOn)
	s.ImpactAssessment = one(l, r, "impact_assessment", l.index.documents, aims.KindDocument)
	s.ImpactReview = r.Date("impact_review")
	r.Done()
}

// grounds reads the entries of a law that the risk class rests on.
func (l *loader) grounds(r *source.Reader, class aims.RiskClass) []*aims.Requirement {
	var list []*aims.Requirement
	for _, ref := range r.Refs("grounds") {
		q := l.entry(ref, (*aims.Requirement).Ground)
		switch {
		case q == nil:
		case q.Ground():
			list = append(list, q)
		default:
			l.report(diag.New(diag.NotAGround, ref.Pos, fmt.Sprintf("%s (%s) is not what a classification rests on", ref.Text, q.Title),
				l.groundsHelp(q.Framework, class)))
		}
	}
	return list
}

// groundsHelp says which entries a classification may rest on: those of the same
// framework, or else of a law in use.
func (l *loader) groundsHelp(f *aims.Framework, class aims.RiskClass) string {
	for _, law := range append([]*aims.Framework{f}, l.ws.Frameworks...) {
		if list := law.GroundsFor(class); len(list) > 0 {
			return fmt.Sprintf("grounds of %s for the class %s are %s, and those below them", law.Title, class, some(names(list, true)))
		}
		if list := law.Grounds(); len(list) > 0 {
			return fmt.Sprintf("grounds of %s are %s, and those below them", law.Title, some(names(list, true)))
		}
	}
	return "take it out: no framework in use has grounds; a law such as eu-ai-act has, once it stands under frameworks in annex.toml"
}

// circumstances reads the facts that decide which obligations follow.
func (l *loader) circumstances(r *source.Reader) []*aims.Circumstance {
	var known []string
	byID := map[string][]*aims.Circumstance{} // laws may ask the same
	for _, f := range l.ws.Frameworks {
		for _, c := range f.Circumstances {
			known, byID[c.ID] = append(known, c.ID), append(byID[c.ID], c)
		}
	}
	var out []*aims.Circumstance
	for _, ref := range r.Refs("circumstances") {
		if byID[ref.Text] == nil {
			help := "no framework in use asks for circumstances"
			if len(known) > 0 {
				help = suggest(ref.Text, known, "circumstances are "+list(known))
			}
			l.report(diag.New(diag.UnknownValue, ref.Pos, fmt.Sprintf("circumstances cannot be %q", ref.Text), help))
			continue
		}
		out = append(out, byID[ref.Text]...)
	}
	return out
}

// projectOf returns the project that a file belongs to, or nil.
func (l *loader) projectOf(file string) *aims.Project {
	for _, p := range l.ws.Projects {
		if below, ok := strings.CutPrefix(file, p.Dir); ok && strings.HasPrefix(below, "/") {
			return p
		}
	}
	return nil
}
