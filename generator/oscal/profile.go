package oscal

import (
	"strings"

	"annex/generator/aims"
	"annex/generator/soa"
)

// statement makes the Statement of Applicability for a framework. What applies
// is chosen from the catalog, with the reason beside it; what does not apply
// cannot be altered there, and is told in the metadata of the profile.
func (e *export) statement(s *soa.Statement) *profile {
	d := e.document()
	f := s.Framework
	var told props
	m := &modify{}
	for _, row := range s.Rows {
		id := e.names.tokens[row.Requirement]
		decisions := decided(row.Applies)
		for _, x := range decisions {
			d.saw(&x.Record)
		}
		switch {
		case !row.Applies.Decided:
			told.explain("undecided-control", id, "", "")
		case row.Applies.Applicable:
			m.Alters = append(m.Alters, alter{id, []addition{{"ending", d.applicable(row, decisions)}}})
		default:
			told.exclude(id, row.Applies.Organization)
		}
	}
	for _, a := range s.Additional {
		told.additional(a.Control.Control)
	}
	var approval []action
	version := "not versioned"
	if a := s.Approval; a != nil {
		version = a.Version
		told.add("status", string(a.Status))
		told.day("next_review", a.NextReview)
		if a.In(e.Report.AsOf) {
			approval = append(approval, d.approved(f, a))
		}
	}
	p := &profile{Imports: []profileImport{e.choose(f)}, Merge: &merge{AsIs: true}}
	if len(m.Alters) > 0 {
		p.Modify = m
	}
	p.head = d.head(statementFile(f), "Statement of Applicability for "+f.Title+" of "+e.Report.Organization.Title, version)
	p.Metadata.Props = append(p.Metadata.Props, told...)
	p.Metadata.Actions = approval
	p.Metadata.Remarks = e.texts.prose(s.Scope)
	return p
}

// decided returns the decisions that speak on whether a reference control
// applies.
func decided(a aims.Applicability) []*aims.Decision {
	var list []*aims.Decision
	if a.Organization != nil && (a.Organization.Applicable == a.Applicable || !a.Decided) {
		list = append(list, a.Organization)
	}
	return append(list, a.Systems...)
}

// applicable says why a reference control applies.
func (d *document) applicable(row soa.Row, decisions []*aims.Decision) []prop {
	var p props
	var said []string
	for _, x := range decisions {
		if x.Withheld != "" {
			p.add("withheld", x.Withheld)
			continue
		}
		said = append(said, paragraphs(x.Justification))
	}
	p.explain("applicability", "applicable", "", strings.TrimSpace(strings.Join(said, "\n\n")))
	seen := map[aims.Reason]bool{}
	for _, x := range decisions {
		for _, r := range x.Reasons {
			if x.Withheld == "" && !seen[r] {
				seen[r] = true
				p.add("reason", string(r))
			}
		}
	}
	for _, s := range row.Systems {
		p.add("system", s.ID)
	}
	for _, r := range row.Owners {
		p.add("owner", d.role(r))
	}
	return p
}

// exclude says that a reference control does not apply, and why.
func (p *props) exclude(id string, x *aims.Decision) {
	if x.Withheld != "" {
		p.explain("excluded-control", id, "withheld", "")
		return
	}
	p.explain("excluded-control", id, string(x.Basis), paragraphs(x.Justification))
}

// additional says that a control treats a risk beside the reference controls.
func (p *props) additional(c *aims.Control) {
	if c.Withheld == "" {
		p.add("additional-control", c.ID)
	}
}

// choose imports of a catalog what applies.
func (e *export) choose(f *aims.Framework) profileImport {
	i := profileImport{Href: catalogFile(f)}
	var in, out []string
	for _, q := range f.Assessable() {
		if e.included(q) {
			in = append(in, e.names.tokens[q])
		} else {
			out = append(out, e.names.tokens[q])
		}
	}
	if len(in) == 0 { // OSCAL has no other way to choose nothing
		i.All, i.Exclude = &everything{}, []selection{{out}}
		return i
	}
	i.Include = []selection{{in}}
	return i
}

// approved says who approved a statement, and when.
func (d *document) approved(f *aims.Framework, a *aims.SoAApproval) action {
	by := responsibleParty{RoleID: d.role(a.ApprovedBy), Parties: []string{d.organization()}}
	if p := a.ApprovedBy; p.Withheld == "" && plain(p.Person) != "" {
		by.Parties = []string{d.person(p.Person)}
	}
	return action{
		UUID: d.names.uuid("approval", f.ID, a.Version), Date: day(a.ApprovedOn), Type: "approval",
		System: "http://csrc.nist.gov/ns/oscal", Responsible: []responsibleParty{by},
	}
}

// profile makes the choice of everything that applies, of all frameworks, which
// the system security plan rests on.
func (e *export) profile() *profile {
	d := e.document()
	p := &profile{Merge: &merge{AsIs: true}}
	for _, f := range e.frameworks() {
		from := catalogFile(f)
		if e.statements[f] != nil {
			from = statementFile(f)
		}
		p.Imports = append(p.Imports, profileImport{Href: from, All: &everything{}})
	}
	p.head = d.head(profileFile, "Requirements that apply to "+e.Report.Organization.Title, "")
	return p
}
