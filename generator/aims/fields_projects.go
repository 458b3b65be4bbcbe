package aims

import (
	"path"
	"slices"
	"strings"
)

// Fields returns what project.toml says, with the description of the AI system
// where the project is one. The approvals of Statements
// of Applicability and the certificates are tables of their own.
func (p *Project) Fields() []Field {
	list := slices.Insert(p.head(), 0, word("kind", p.Kind))
	if p.System != nil {
		return append(append(list, one("organization", p.Organization)), p.System.fields()...)
	}
	return append(list,
		prose("scope", &p.Scope),
		words("ai_roles", p.AIRoles),
		grade("risk_criteria.accept_up_to", p.AcceptUpTo),
		word("certification.body", p.Certification.Body),
		date("certification.stage_1", p.Certification.Stage1),
		date("certification.stage_2", p.Certification.Stage2),
		many("shared_documents", p.Shared),
	)
}

// Tables returns the approvals of Statements of Applicability and the
// certificates.
func (p *Project) Tables() []Table {
	return []Table{
		table("soa", []string{"framework"}, p.SoAs, (*SoAApproval).Fields),
		table("certificate", []string{"framework", "number"}, p.Certificates, (*Certificate).Fields),
	}
}

// Fields returns what the approval says.
func (s *SoAApproval) Fields() []Field {
	return []Field{
		framework("framework", s.Framework),
		prose("scope", &s.Scope),
		word("version", s.Version),
		word("status", s.Status),
		one("approved_by", s.ApprovedBy),
		date("approved_on", s.ApprovedOn),
		date("next_review", s.NextReview),
	}
}

// Fields returns what the certificate says.
func (c *Certificate) Fields() []Field {
	return []Field{
		framework("framework", c.Framework),
		word("body", c.Body),
		word("number", c.Number),
		date("issued_on", c.IssuedOn),
		date("expires_on", c.ExpiresOn),
	}
}

// fields returns what a project says of its AI system beside the record.
func (s *System) fields() []Field {
	circumstances := make([]string, len(s.Circumstances))
	for i, c := range s.Circumstances {
		circumstances[i] = c.ID
	}
	return []Field{
		prose("purpose", &s.Purpose),
		prose("description", &s.Description),
		words("role", s.Roles),
		words("ai_roles", s.AIRoles),
		word("stage", s.Stage),
		word("risk_class", s.RiskClass),
		word("risk_class_basis", s.RiskClassBasis),
		requirements("grounds", s.Grounds),
		words("circumstances", circumstances),
		one("owner", s.Owner),
		word("intended_users", s.IntendedUsers),
		word("affected_persons", s.AffectedPersons),
		word("data", s.Data),
		word("models", s.Models),
		word("suppliers", s.Suppliers),
		word("human_oversight", s.HumanOversight),
		date("deployed_on", s.DeployedOn),
		date("retired_on", s.RetiredOn),
		one("impact_assessment", s.ImpactAssessment),
		date("impact_review", s.ImpactReview),
	}
}

// Settings returns what annex.toml says of the organization, the site, the
// certification and the audiences: audience.certifier.ceiling.
func (w *Workspace) Settings() []Field {
	ids := make([]string, len(w.Frameworks))
	for i, f := range w.Frameworks {
		ids[i] = f.ID
	}
	list := []Field{
		words("frameworks", ids),
		word("organization.name", w.Organization.Name),
		word("organization.legal_name", w.Organization.LegalName),
		word("organization.address", w.Organization.Address),
		word("site.title", w.Site.Title),
		word("site.language", w.Site.Language),
		word("site.classification", w.Site.Classification),
		word("certification.body", w.Certification.Body),
		date("certification.stage_1", w.Certification.Stage1),
		date("certification.stage_2", w.Certification.Stage2),
	}
	for _, a := range w.Audiences {
		for _, f := range a.Fields() {
			f.Name = "audience." + a.ID + "." + f.Name
			list = append(list, f)
		}
	}
	return list
}

// within returns the path of a file as the files of the project write it. Of a
// project that is withheld the folder is not told: its name is a word too.
func (p *Project) within(file string) string {
	if p == nil || file == "" {
		return file
	}
	if p.Withheld != "" {
		return "evidence/" + path.Base(file)
	}
	if rest, ok := strings.CutPrefix(file, p.Dir+"/"); ok {
		return rest
	}
	return strings.Repeat("../", strings.Count(p.Dir, "/")+1) + file
}
