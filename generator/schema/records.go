package schema

import (
	"github.com/google/jsonschema-go/jsonschema"

	"annex/generator/aims"
)

// records is a file of records, of any kinds and in any order.
func records() *table {
	return &table{
		about: "Records of a project. One file may hold many, of many kinds.",
		keys: []key{
			{"control", "What the organization does: the unit that is performed and reviewed (clause 8.1).", several(control())},
			{"execution", "One performance of a control that stands elsewhere (clause 8.1).", several(execution(key{
				"control", "Id of the control that was performed.", filledReference(),
			}))},
			{"decision", "Whether one reference control applies, and why (clause 6.1.3).", several(decision())},
			{"evidence", "A file, link or note that shows a control at work (clause 7.5).", several(evidence())},
			{"risk", "An AI risk and what is done about it (clauses 6.1.2 and 8.2).", several(risk())},
			{"objective", "An AI objective with its measured values (clause 6.2).", several(objective())},
			{"role", "A role of the organization; records are owned by roles, not by persons (clause 5.3).", several(role())},
			{"party", "An interested party and what it expects (clause 4.2).", several(party())},
			{"audit", "A planned or finished audit (clause 9.2, and those of certification).", several(audit())},
			{"finding", "What an audit found, and what became of it (clause 10.2).", several(finding())},
			{"review", "A management review: what it had before it and what it decided (clause 9.3).", several(review())},
			{"signoff", "An approval or rejection by a role, with digests of what was signed.", several(signoff())},
		},
	}
}

// head returns the keys that most records have.
func head() []key {
	return []key{
		{"id", "Short name of the record: small letters, digits and single hyphens. Others refer to it by this name.", id()},
		{"title", "Name as pages and lists show it.", filled()},
		classification(),
	}
}

// filledReference is the id of a record that must be named.
func filledReference() value {
	return value{required: true, schema: &jsonschema.Schema{Type: "string", Pattern: "^" + kebab + "$"}}
}

func control() *table {
	return &table{
		about: "What the organization does: the unit that is performed and reviewed (clause 8.1).",
		keys: append(head(), []key{
			{"satisfies", "Requirements that it serves, of any framework, such as iso-42001:A.6.2.4.", requirements()},
			{"level", "Whether it is performed once for the organization or for each AI system.", word(aims.Levels()).otherwise(string(aims.LevelOrganization))},
			{"owner", "Id of the one role that answers for it (clause 5.3).", reference()},
			{"responsible", "Ids of the roles that do the work.", references()},
			{"consulted", "Ids of the roles that are asked before.", references()},
			{"informed", "Ids of the roles that are told afterwards.", references()},
			{"status", "How far it is implemented.", word(aims.Statuses()).must()},
			{"due", "While it is planned: the day by which it works.", date()},
			{"implemented_on", "Once it works: since when.", date()},
			{"cadence", "How often it is performed, such as 6 months; units are days, weeks, months, years.", period()},
			{"documents", "Ids of the documents that say how.", references()},
			{"risks", "Ids of the risks that it treats (clause 6.1.3).", references()},
			{"systems", "At level system: ids of the AI systems; without the line all.", references()},
			{"description", "What is done, in Markdown.", text()},
			{"execution", "One performance of the control: who, when, with which result.", several(execution())},
		}...),
		rule: func(s *jsonschema.Schema) {
			level := is("level", string(aims.LevelSystem))
			s.If = &jsonschema.Schema{Required: []string{"systems"}, Properties: map[string]*jsonschema.Schema{"systems": {MinItems: jsonschema.Ptr(1)}}}
			s.Then = level
		},
	}
}

// execution is a performance of a control, with more keys where it stands apart
// from the control.
func execution(more ...key) *table {
	return &table{
		about: "One performance of a control: who, when, with which result.",
		keys: append(more, []key{
			{"on", "Day on which it was done, without quotes.", date().must()},
			{"by", "Id of the role that did it.", reference()},
			{"result", "How it went.", word(aims.Results()).must()},
			{"evidence", "Ids of the evidence that it left behind.", references()},
			{"system", "For a control at level system: id of the AI system. Not needed in its own project.", reference()},
			{"note", "What was seen, and what follows from it.", text()},
		}...),
	}
}

func decision() *table {
	return &table{
		about: "Whether one reference control applies, and why (clause 6.1.3). Without applicable it is still to be decided.",
		keys: []key{
			{"requirement", "Reference control that it is about, such as iso-42001:A.6.2.4.", requirement().must()},
			classification(),
			{"applicable", "Whether the reference control applies.", yes()},
			{"reasons", "Why it applies, one or more.", words(aims.Reasons())},
			{"justification", "What is done or not done, and what follows from it; the statement needs one for both answers.", text()},
			{"basis", "What an exclusion rests on.", word(aims.Bases())},
			{"owner", "Id of the role that sees to it.", reference()},
			{"decided_by", "Id of the role that decided.", reference()},
			{"decided_on", "Day of the decision.", date()},
		},
	}
}

func evidence() *table {
	return &table{
		about: "What shows a control at work: exactly one of file, url and note.",
		keys: append(head(), []key{
			{"file", "Path of the file, counted from the folder of the project, such as evidence/report.pdf.", text()},
			{"url", "Address of a page elsewhere, with https://.", value{schema: &jsonschema.Schema{Type: "string", Pattern: "^(https?://.*)?$"}}},
			{"note", "What there is to see, in a sentence, where there is neither file nor link.", text()},
			{"sha256", "SHA-256 of the file in hex; annex then tells when it is no longer the one that was recorded.", text()},
			{"effective", "Day since which it shows something, without quotes.", date().must()},
			{"expires", "Last day on which it shows something; without the line never.", date()},
			{"owner", "Id of the role that keeps it.", reference()},
			{"controls", "Ids of the controls that it shows at work without an execution.", references()},
			{"description", "What it shows, in Markdown.", text()},
		}...),
		rule: func(s *jsonschema.Schema) {
			for _, one := range []string{"file", "url", "note"} {
				s.OneOf = append(s.OneOf, &jsonschema.Schema{Required: []string{one}})
			}
		},
	}
}

func risk() *table {
	return &table{
		about: "An AI risk and what is done about it (clauses 6.1.2 and 8.2).",
		keys: append(head(), []key{
			{"description", "What may happen, to whom, and why, in Markdown.", text()},
			{"owner", "Id of the role that answers for the risk.", reference()},
			{"affects", "Whom it would hit: individuals, groups and society come before the organization (clause 6.1.4).", words(aims.AffectedGroups())},
			{"systems", "Ids of the AI systems that it comes from.", references()},
			{"likelihood", "How likely it is, from 1 to 5.", whole(1, 5)},
			{"impact", "How bad it would be, from 1 to 5.", whole(1, 5)},
			{"treatment", "What is done about it (clause 6.1.3).", word(aims.Treatments())},
			{"residual_likelihood", "How likely it is once it is treated, from 1 to 5.", whole(1, 5)},
			{"residual_impact", "How bad it would be once it is treated, from 1 to 5.", whole(1, 5)},
			{"status", "Where it stands.", word(aims.RiskStatuses())},
			{"accepted_by", "Id of the role that accepted what is left of it.", reference()},
			{"accepted_on", "Day of the acceptance.", date()},
			{"assessed_on", "Day of the latest assessment.", date()},
			{"next_review", "Day by which it is assessed again (clause 8.2).", date()},
		}...),
	}
}

func objective() *table {
	return &table{
		about: "An AI objective with its measured values (clause 6.2).",
		keys: append(head(), []key{
			{"description", "What is to be reached, by whom and how, in Markdown.", text()},
			{"owner", "Id of the role that answers for it.", reference()},
			{"measure", "What is measured.", text()},
			{"target", "Value to be reached.", number()},
			{"unit", "Unit of the values, such as days or %.", text()},
			{"direction", "Which side of the target is the good one.", word(aims.Directions())},
			{"due", "Day by which it is reached.", date()},
			{"satisfies", "Requirements that it serves, such as iso-42001:6.2.", requirements()},
			{"status", "Whether it is pursued.", word(aims.ObjectiveStatuses())},
			{"measurement", "One measured value (clause 9.1).", several(&table{about: "One measured value (clause 9.1).", keys: []key{
				{"on", "Day of the measurement, without quotes.", date().must()},
				{"value", "Measured value.", number()},
				{"note", "What there is to know of it.", text()},
			}})},
		}...),
	}
}

func role() *table {
	return &table{
		about: "A role of the organization (clause 5.3).",
		keys: append(head(), []key{
			{"person", "Who has the role today.", text()},
			{"deputy", "Id of the role that stands in.", reference()},
			{"description", "What the role answers for and may decide, in Markdown.", text()},
		}...),
	}
}

func party() *table {
	return &table{
		about: "An interested party and what it expects (clause 4.2).",
		keys: append(head(), []key{
			{"kind", "Whether it stands inside or outside of the organization.", word(aims.PartyKinds())},
			{"expectations", "What it needs and expects, in Markdown.", text()},
			{"addressed", "Whether the management system answers to it.", yes()},
			{"how", "How it does so, or why not.", text()},
		}...),
	}
}
