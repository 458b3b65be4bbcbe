package schema

import (
	"github.com/google/jsonschema-go/jsonschema"

	"annex/generator/aims"
)

func audit() *table {
	return &table{
		about: "A planned or finished audit (clause 9.2, and those of certification).",
		keys: append(head(), []key{
			{"kind", "What kind of audit it is on the way to the certificate.", word(aims.AuditKinds())},
			{"from", "First day.", date()},
			{"to", "Last day.", date()},
			{"status", "Whether it took place.", word(aims.AuditStatuses())},
			{"programme", "Id of the document with the audit programme that it is part of (clause 9.2.2).", reference()},
			{"auditor", "Name, unit or company of the auditor.", text()},
			{"independence", "Why the auditor does not audit own work (clause 9.2.2).", text()},
			{"criteria", "What is audited in part: requirements or headings, such as iso-42001:9.2.", requirements()},
			{"frameworks", "Ids of the frameworks that are audited as a whole.", references()},
			{"projects", "Ids of the organization and AI systems that are audited; without the line this organization.", references()},
			{"sample", "Whom was asked, what was looked at, how many.", text()},
			{"summary", "What the auditor concludes, in Markdown.", text()},
			{"report", "Id of the document with the report.", reference()},
		}...),
	}
}

func finding() *table {
	return &table{
		about: "What an audit found, and what became of it (clause 10.2).",
		keys: append(head(), []key{
			{"audit", "Id of the audit that found it.", reference()},
			{"grade", "How grave it is: major and minor are nonconformities.", word(aims.Grades()).must()},
			{"requirement", "Requirement that was not met, such as iso-42001:A.6.2.8.", requirement()},
			{"control", "Id of the control that it is about.", reference()},
			{"project", "Id of the organization or AI system where it was seen.", reference()},
			{"owner", "Id of the role that mends it.", reference()},
			{"raised", "Day on which it was found, without quotes.", date().must()},
			{"due", "Day by which it is to be closed.", date()},
			{"description", "What was expected and what was seen, in Markdown.", text()},
			{"cause", "Why it could happen.", text()},
			{"correction", "What mends this case.", text()},
			{"corrective_action", "What keeps it from coming back.", text()},
			{"effectiveness", "How it was checked that the action works.", text()},
			{"effectiveness_on", "Day of that check.", date()},
			{"closed", "Day on which it was closed, last of all.", date()},
		}...),
	}
}

func review() *table {
	return &table{
		about: "A management review (clause 9.3).",
		keys: append(head(), []key{
			{"held_on", "Day of the review, without quotes.", date().must()},
			{"chair", "Id of the role that led it; top management does.", reference()},
			{"attendees", "Ids of the roles that took part.", references()},
			{"minutes", "Id of the document with the minutes.", reference()},
			{"input", "What the review had before it on one topic (clause 9.3.2).", several(&table{about: "What the review had before it on one topic (clause 9.3.2).", keys: []key{
				{"topic", "Topic of clause 9.3.2.", word(aims.ReviewTopics())},
				{"text", "What was reported.", filled()},
			}})},
			{"decision", "What the review decided (clause 9.3.3).", several(&table{about: "What the review decided (clause 9.3.3).", keys: []key{
				{"text", "The decision.", filled()},
			}})},
			{"action", "What is to be done (clause 9.3.3).", several(&table{about: "What is to be done, by whom and by when (clause 9.3.3).", keys: []key{
				{"text", "What is to be done.", filled()},
				{"owner", "Id of the role that does it.", reference()},
				{"due", "Day by which it is done.", date()},
				{"done", "Day on which it was done.", date()},
			}})},
		}...),
	}
}

func signoff() *table {
	return &table{
		about: "An approval or rejection by a role. With digests annex tells when what was signed has changed since.",
		keys: []key{
			{"id", "Short name of the signoff.", id()},
			{"title", "Name as pages show it; without the line its id.", text()},
			classification(),
			{"subject", "Id of what was signed; for a Statement of Applicability that of its framework.", filled()},
			{"kind", "What the subject is.", word(aims.SignoffKinds())},
			{"by", "Id of the role that signed.", reference()},
			{"on", "Day of the signature, without quotes.", date().must()},
			{"decision", "Whether it was approved.", word(aims.SignoffDecisions())},
			{"statement", "What was said with it.", text()},
			{"digest", "SHA-256 of each field as it was signed; annex new signoff ID --of KIND:ID writes it.", value{schema: &jsonschema.Schema{
				Type: "object", AdditionalProperties: &jsonschema.Schema{Type: "string"},
			}}},
		},
	}
}

// document is the front matter of a document.
func document() *table {
	return &table{
		about: "What a governed document says of itself (clause 7.5).",
		keys: append(head(), []key{
			{"kind", "What the document is. Policies, procedures and plans bind; reports and records tell what was.", word(aims.DocumentKinds())},
			{"owner", "Id of the role that keeps it up to date.", reference()},
			{"version", "Version; raise it with each approved change.", text()},
			{"status", "How far its approval is.", word(aims.DocumentStatuses()).otherwise(string(aims.Draft))},
			{"approved_by", "Id of the role that approved it.", reference()},
			{"approved_on", "Day of the approval.", date()},
			{"next_review", "Day by which it is looked at again.", date()},
			{"satisfies", "Requirements that it answers, such as iso-42001:5.2.", requirements()},
			{"accepted_words", "Untestable words, such as appropriate, that it means to use all the same.", texts()},
			{"impact", "Of an impact assessment: what it says in short (clause 6.1.4).", of(impact())},
		}...),
	}
}

func impact() *table {
	return &table{about: "What an impact assessment says in short (clause 6.1.4).", keys: []key{
		{"system", "Id of the AI system that is assessed.", reference()},
		{"assessed_on", "Day of the assessment.", date()},
		{"assessors", "Ids of the roles that took part.", references()},
		{"intended_use", "What the AI system is for, and who uses it.", text()},
		{"misuse", "What people may do with it although it is not meant for that.", text()},
		{"environment", "Where it is used: places, languages, situations.", text()},
		{"data", "What it learned from and what comes in.", text()},
		{"model", "Its models, with maker and version.", text()},
		{"parties", "Who was asked of those who use it and those who feel the result.", text()},
		{"conclusion", "Use, use with conditions, or no use, and why.", text()},
		{"effect", "A benefit or harm that it may bring.", several(&table{about: "A benefit or harm that the AI system may bring.", keys: []key{
			{"on", "Whom it reaches.", mustWord(aims.AffectedGroups())},
			{"kind", "Whether it is a benefit or a harm.", mustWord([]string{"benefit", "harm"})},
			{"text", "What happens to whom.", filled()},
			{"likelihood", "How likely it is, from 1 to 5.", whole(1, 5)},
			{"severity", "How strong it would be, from 1 to 5.", whole(1, 5)},
			{"controls", "Ids of the controls that work against a harm.", references()},
		}})},
	}}
}
