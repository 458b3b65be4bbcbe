package schema

import (
	"github.com/google/jsonschema-go/jsonschema"

	"annex/generator/aims"
)

// workspace is annex.toml.
func workspace(known []string) *table {
	inUse := frameworks(known).must().some()
	inUse.schema.UniqueItems = true
	return &table{
		about: "What makes this folder a workspace of annex.",
		keys: []key{
			{"frameworks", "Standards and laws in use, by id; the first is the one the site opens with. Catalogs of your own stand in frameworks/.", inUse},
			{"organization", "Who runs the AI management system.", of(&table{about: "Who runs the AI management system.", keys: []key{
				{"name", "Name as it stands on every page.", filled()},
				{"legal_name", "Name in the commercial register, as certificates have it.", text()},
				{"address", "Registered address.", text()},
			}}).must()},
			{"site", "How the site shows itself.", of(&table{about: "How the site shows itself.", keys: []key{
				{"title", "Title of the site.", text()},
				{"language", "Language of the texts; untestable words are looked for in English.", word([]string{"en"}).otherwise("en")},
				{"classification", "Who may see the site as a whole.", class()},
			}})},
			{"certification", "When the certification audits begin.", of(certification())},
			{"audience", "Whom a site can be built for, with annex build --audience.", several(audience(known))},
		},
	}
}

func audience(known []string) *table {
	return &table{about: "One group of readers, and what they may see.", keys: []key{
		{"id", "Short name of the audience, for --audience.", id()},
		{"title", "Name of the audience as pages show it.", text()},
		{"ceiling", "Highest classification that the audience may see; what is above it is withheld.", mustWord(aims.Classifications())},
		{"frameworks", "Frameworks that go along; without the line all in use.", frameworks(known).some()},
		{"projects", "Ids of the organizations and AI systems that go along; without the line all.", references().some()},
		{"evidence", "Whether evidence files go along. Their records always do.", yes()},
		{"history", "Whether what git knows goes along: trend, changes, revisions.", yes()},
		{"drafts", "Whether documents that are not approved go along.", yes()},
		{"watermark", "Words over every page, such as a name or a contract.", text()},
		{"accept", "Findings of the scan for secrets and personal data that may go along in a pack, by the names that annex pack gives them.", list(&jsonschema.Schema{Type: "string"})},
	}}
}

func certification() *table {
	return &table{about: "When the certification audits begin (ISO/IEC 17021-1).", keys: []key{
		{"body", "Name of the certification body.", text()},
		{"stage_1", "First day of the stage 1 audit, which looks at the documented information.", date()},
		{"stage_2", "First day of the stage 2 audit, which looks at the operation.", date()},
	}}
}

// class is the classification of a record.
func class() value { return word(aims.Classifications()).otherwise(string(aims.Confidential)) }

func classification() key {
	return key{"classification", "Who may see it (public, internal, confidential, restricted); without the line confidential.", class()}
}

// project is project.toml, of either kind.
func project(known []string) *table {
	organization, system := organization(known), system()
	both := key{"ai_roles", "The organization's roles toward AI systems, in the words of ISO/IEC 42001 (clause 4.1).", words(aims.AIRoles())}
	return &table{
		about: "A folder of records: the organization, or one AI system.",
		keys: append(append([]key{
			{"kind", "What the project is: the organization, or one AI system.", mustWord(aims.ProjectKinds())},
			{"id", "Short name of the project; for an AI system also its id.", id()},
			{"title", "Name as pages show it.", filled()},
			classification(),
			both,
		}, organization...), system...),
		rule: func(s *jsonschema.Schema) {
			s.If, s.Then = is("kind", string(aims.OrganizationProject)), without(names(system))
			s.Else = &jsonschema.Schema{If: is("kind", string(aims.SystemProject)), Then: without(names(organization))}
		},
	}
}

func names(keys []key) []string {
	var list []string
	for _, k := range keys {
		list = append(list, k.name)
	}
	return list
}

// organization returns the keys that only the project of an organization has.
func organization(known []string) []key {
	return []key{
		{"scope", "Scope of the management system, in Markdown: units, sites, AI systems and the organization's role. Its words end up on the certificate (clause 4.3).", text()},
		{"risk_criteria", "Which risks may be kept as they are (clause 6.1.1).", of(&table{about: "Which risks may be kept as they are (clause 6.1.1).", keys: []key{
			{"accept_up_to", "Likelihood times impact up to which a risk may be retained.", whole(1, 25)},
		}})},
		{"certification", "When the certification audits begin, if not on the days of annex.toml.", of(certification())},
		{"certificate", "A certificate that the organization holds.", several(&table{about: "A certificate that the organization holds. It lasts for three years with a surveillance each year.", keys: []key{
			{"framework", "Id of the framework that it certifies.", framework(known).must()},
			{"body", "Certification body that issued it.", text()},
			{"number", "Number of the certificate.", text()},
			{"issued_on", "First day on which it is in force.", date().must()},
			{"expires_on", "Last day on which it is in force; without the line three years later.", date()},
		}})},
		{"shared_documents", "Ids of documents of other organization projects that count here as well.", references()},
		{"soa", "Approval of a Statement of Applicability (clause 6.1.3).", several(&table{about: "Approval of the Statement of Applicability for one framework (clause 6.1.3).", keys: []key{
			{"framework", "Id of the framework; it must have reference controls.", framework(known).must()},
			{"scope", "Scope of the management system for this framework, in place of the project's.", text()},
			{"version", "Version of the statement; raise it with each approved change.", filled()},
			{"status", "Whether it is approved.", word([]aims.DocumentStatus{aims.Draft, aims.Approved})},
			{"approved_by", "Id of the role that approved it.", reference()},
			{"approved_on", "Day of the approval.", date()},
			{"next_review", "Day by which it is looked at again.", date()},
		}})},
	}
}

// system returns the keys that only the project of an AI system has.
func system() []key {
	return []key{
		{"organization", "Id of the organization project that the AI system belongs to; needed once there are several.", reference()},
		{"purpose", "What the AI system is for, and what not, in a sentence or two.", text()},
		{"description", "What goes in, what comes out and what happens with it, in Markdown (control A.6.2.3).", text()},
		{"role", "The organization's roles toward the AI system under the EU AI Act, Articles 3 and 25.", words(aims.SystemRoles())},
		{"stage", "Stage of the life cycle (controls of A.6.2).", word(aims.Stages())},
		{"risk_class", "Risk class under the EU AI Act, Articles 5, 6 and 50.", word(aims.RiskClasses())},
		{"risk_class_basis", "Who judged the class, when, and on which ground.", text()},
		{"grounds", "Entries of a law that the class rests on, such as eu-ai-act:Annex III.4.", requirements()},
		{"circumstances", "Facts that decide on duties; annex explain eu-ai-act lists them.", references()},
		{"owner", "Id of the role that answers for the AI system and may switch it off.", reference()},
		{"intended_users", "Who works with it: how many, how well trained (control A.9.4).", text()},
		{"affected_persons", "About whom it says something, or who feels the result (clause 6.1.4).", text()},
		{"data", "What trained, tested and grounds it, what comes in, where it stays (controls of A.7).", text()},
		{"models", "Models it uses, with maker and version (control A.4.4).", text()},
		{"suppliers", "Whose failure would stop or spoil it (control A.10.3).", text()},
		{"human_oversight", "Who sees results, with how much time, and how they overrule or stop it (control A.9.2).", text()},
		{"deployed_on", "First day in real use.", date()},
		{"retired_on", "First day out of use.", date()},
		{"impact_assessment", "Id of the document with the impact assessment (clauses 6.1.4 and 8.4).", reference()},
		{"impact_review", "Day by which the impact is assessed again.", date()},
	}
}
