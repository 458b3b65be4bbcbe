package oscal

import (
	"cmp"
	"encoding/hex"
	"net/url"
	"strings"

	"annex/generator/aims"
)

// document collects what one file refers to: the roles and parties of its
// metadata and the resources of its back matter, each once and in the order in
// which they are met.
type document struct {
	*export
	roles     []role
	parties   []party
	duties    []responsibleParty
	resources []resource
	known     map[string]bool
	class     aims.Classification // the highest of what the file speaks of
}

func (e *export) document() *document {
	d := &document{export: e, known: map[string]bool{}, class: cmp.Or(e.w.Site.Classification, aims.Confidential)}
	return d
}

// head returns the head of the file, once everything else is made.
func (d *document) head(name, title, version string) head {
	var p props
	p = append(p, prop{Name: "marking", Value: string(d.class), Class: "classification"})
	p.day("as-of", d.Report.AsOf)
	p.add("annex-version", d.Version)
	if c := d.w.Cut; c != nil {
		p.add("audience", c.Audience.ID)
		p.add("watermark", c.Audience.Watermark)
	}
	return head{UUID: d.names.uuid("file", name), Metadata: metadata{
		Title: line(title, name), LastModified: day(d.Report.AsOf), Version: cmp.Or(plain(version), d.Report.AsOf.String()), OSCALVersion: Version,
		Props: p, Roles: d.roles, Parties: d.parties, ResponsibleParties: d.duties,
	}}
}

// backMatter returns the back matter of the file, or nil.
func (d *document) backMatter() *backMatter {
	if len(d.resources) == 0 {
		return nil
	}
	return &backMatter{d.resources}
}

// first reports whether something is met for the first time.
func (d *document) first(id string) bool {
	if d.known[id] {
		return false
	}
	d.known[id] = true
	return true
}

// saw takes note of the class of a record that the file shows.
func (d *document) saw(r *aims.Record) {
	if c := cmp.Or(r.Classification, aims.Confidential); r.Withheld == "" && c.Above(d.class) {
		d.class = c
	}
}

// organization returns the UUID of the party that the organization is.
func (d *document) organization() string {
	id := d.names.uuid("party", "organization")
	if d.first(id) {
		o := d.Report.Organization
		p := about(&o.Record)
		if o.Withheld == "" {
			p.add("legal-name", d.w.Organization.LegalName)
			p.add("address", d.w.Organization.Address)
		}
		d.parties = append(d.parties, party{UUID: id, Type: "organization", Name: cmp.Or(plain(o.Title), o.ID), Props: p})
	}
	return id
}

// role returns the id of a role.
func (d *document) role(r *aims.Role) string {
	id := token(r.ID)
	if !d.first("role " + id) {
		return id
	}
	d.saw(&r.Record)
	d.roles = append(d.roles, role{ID: id, Title: line(r.Title, r.ID), Description: d.texts.prose(&r.Description), Props: about(&r.Record)})
	if r.Withheld == "" && plain(r.Person) != "" {
		d.duties = append(d.duties, responsibleParty{id, []string{d.person(r.Person)}})
	}
	return id
}

func (d *document) person(name string) string {
	id := d.names.uuid("party", "person", plain(name))
	if d.first(id) {
		d.parties = append(d.parties, party{UUID: id, Type: "person", Name: plain(name), Members: []string{d.organization()}})
	}
	return id
}

// team returns the UUID of the party that carried an audit out. A team may be of
// several persons, so that it counts as an organization.
func (d *document) team(a *aims.Audit) string {
	if plain(a.Auditor) == "" {
		return d.organization()
	}
	id := d.names.uuid("party", "team", plain(a.Auditor))
	if d.first(id) {
		var p props
		p.add("kind", "audit-team")
		d.parties = append(d.parties, party{UUID: id, Type: "organization", Name: plain(a.Auditor), Props: p})
	}
	return id
}

// responsible returns who answers for something: the roles that are given, each
// once.
func (d *document) responsible(roles ...*aims.Role) []responsibleRole {
	var list []responsibleRole
	seen := map[*aims.Role]bool{nil: true}
	for _, r := range roles {
		if !seen[r] {
			seen[r] = true
			list = append(list, responsibleRole{RoleID: d.role(r)})
		}
	}
	return list
}

// text refers to a document of the organization.
func (d *document) text(x *aims.Document) link {
	id := d.names.record(aims.KindDocument, &x.Record)
	if d.first(id) {
		d.saw(&x.Record)
		r := resource{UUID: id, Title: line(x.Title, x.ID), Props: about(&x.Record)}
		if x.Withheld == "" {
			p := props(r.Props)
			kind := string(x.Kind)
			if x.Kind == "record" {
				kind = "artifact" // OSCAL has no word for a record
			}
			p.plainly("type", kind)
			p.plainly("version", x.Version)
			if x.Approved(d.Report.AsOf) {
				p.plainly("published", day(x.ApprovedOn))
			}
			p.add("kind", string(x.Kind))
			p.add("status", string(x.Status))
			p.day("next_review", x.NextReview)
			if x.Owner != nil {
				p.add("owner", d.role(x.Owner))
			}
			r.Props = p
			if to := d.address(aims.Subject{Kind: aims.KindDocument, Record: &x.Record, Document: x}, x.Origin.Pos.Filename); to != "" {
				r.Rlinks = []rlink{{Href: to}}
			}
		}
		d.resources = append(d.resources, r)
	}
	return link{Href: "#" + id, Rel: "reference"}
}

// evidence refers to a piece of evidence.
func (d *document) evidence(x *aims.Evidence) link {
	id := d.names.record(aims.KindEvidence, &x.Record)
	if d.first(id) {
		d.saw(&x.Record)
		r := resource{UUID: id, Title: line(x.Title, x.ID), Props: about(&x.Record)}
		if x.Withheld == "" {
			d.describe(&r, x)
		}
		d.resources = append(d.resources, r)
	}
	return link{Href: "#" + id, Rel: "evidence"}
}

func (d *document) describe(r *resource, x *aims.Evidence) {
	p := props(r.Props)
	p.plainly("type", "evidence")
	p.day("effective", x.Effective)
	p.day("expires", x.Expires)
	if x.Owner != nil {
		p.add("owner", d.role(x.Owner))
	}
	r.Description = d.texts.prose(&x.Description)
	r.Remarks = paragraphs(x.Note)
	to := ""
	if x.File != "" {
		to = d.address(aims.Subject{Kind: aims.KindEvidence, Record: &x.Record}, x.File)
	}
	switch _, err := hex.DecodeString(x.SHA256); {
	case to != "" && err == nil && len(x.SHA256) == 64:
		r.Rlinks = append(r.Rlinks, rlink{to, []hash{{"SHA-256", x.SHA256}}})
	case to != "":
		r.Rlinks = append(r.Rlinks, rlink{Href: to})
	default:
		p.add("sha-256", x.SHA256)
	}
	if u, err := url.Parse(strings.TrimSpace(x.URL)); err == nil && x.URL != "" && u.String() != to {
		r.Rlinks = append(r.Rlinks, rlink{Href: u.String()})
	}
	r.Props = p
}
