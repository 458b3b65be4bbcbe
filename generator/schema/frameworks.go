package schema

import (
	"github.com/google/jsonschema-go/jsonschema"

	"annex/generator/aims"
)

// crosswalkKind is the kind of a file that relates two frameworks.
const crosswalkKind = "crosswalk"

// frameworkFile is a file of frameworks/: a catalog, or a crosswalk.
func frameworkFile() *table {
	catalog, crosswalk := catalog(), crosswalk()
	kinds := []string{"standard", "law", "guideline", "questionnaire", crosswalkKind}
	return &table{
		about: "A catalog of requirements of your own, or a crosswalk between two frameworks in use.",
		keys: append(append([]key{
			{"kind", "What the catalog describes; crosswalk for pairs of requirements of two frameworks.", word(kinds)},
			{"title", "Short name, as pages show it.", text()},
			{"version", "Version of this file; raise it with each change.", filled()},
			{"note", "What a reader must know of it as a whole.", text()},
			{"source", "Where it comes from.", several(sentence("Where it comes from."))},
			{"doubt", "Of what you are not sure.", several(sentence("Of what you are not sure."))},
		}, catalog...), crosswalk...),
		rule: func(s *jsonschema.Schema) {
			s.If = is("kind", crosswalkKind)
			s.Then, s.Else = without(names(catalog)), without(names(crosswalk))
			s.Then.Required = []string{"from", "to"}
			s.Else.Required = []string{"id", "title"}
			s.Else.Properties["title"] = &jsonschema.Schema{Pattern: `\S`}
		},
	}
}

func sentence(about string) *table {
	return &table{about: about, keys: []key{{"text", "A sentence.", filled()}}}
}

// chosen makes a key of one kind of file one that need not be there: the rule of
// the file says when it must.
func chosen(v value) value {
	v.required = false
	return v
}

// catalog returns the keys that only a catalog has.
func catalog() []key {
	return []key{
		{"id", "Id of the framework: requirements are written id:ref. Put it into frameworks of annex.toml to use it.", chosen(id())},
		{"full_title", "Whole title of the text.", text()},
		{"edition", "Which issue of the text, and of which day.", text()},
		{"unit", "What one entry is called, such as question.", text().otherwise("requirement")},
		{"reference", "Where the reference controls stand, such as Annex A.", text()},
		{"requirement", "An entry of the text, in its order; a heading before what stands below it.", several(entry())},
		{"circumstance", "A fact about an AI system that decides on duties.", several(&table{about: "A fact about an AI system that decides on duties.", keys: []key{
			{"id", "Short name of the fact, for circumstances of an AI system.", id()},
			{"title", "The fact in a few words.", filled()},
			{"asks", "The question that tells whether it holds.", filled()},
		}})},
		{"obligation", "A duty that follows for an AI system from its role, class, grounds and circumstances.", several(obligation())},
	}
}

func entry() *table {
	return &table{about: "An entry of the text: a heading, or what somebody can meet.", keys: []key{
		{"ref", "Number or mark of the entry, such as A.6.2.4; records name it as framework:ref.", ref()},
		{"kind", "What the entry is: a heading or area groups others, a clause is to be met, a control may be left out by a decision. A question is a clause of a questionnaire.", mustWord(append(aims.RequirementKinds(), "question"))},
		{"parent", "Ref of the heading that it stands below.", text()},
		{"title", "Title of the entry.", filled()},
		{"objective_ref", "Of an area: ref of its objective.", text()},
		{"asks", "What it asks for, in your own words.", filled()},
		{"guidance", "Ref of the guidance in the same text.", text()},
		{"note", "What else there is to know.", text()},
		{"classes", "Risk classes of AI systems that may rest on it.", words(aims.RiskClasses())},
		{"addressees", "Whom it binds, if not everybody.", texts()},
		{"auditors", "What auditors look for.", texts()},
		{"evidence", "What typically shows it.", texts()},
		{"documented", "A document or record that the entry calls for.", several(&table{about: "A document or record that the entry calls for.", keys: []key{
			{"id", "Short name of it.", id()},
			{"title", "Its name.", filled()},
			{"kept_as", "Whether it is a document that says what is done, or a record of what was.", word([]string{"document", "record"})},
			{"register", "Register of annex that answers it.", word(aims.Registers())},
		}})},
		{"application", "Since when the entry applies.", several(application())},
	}}
}

// ref names an entry. Its page is named after it, so that a few are taken.
func ref() value {
	return value{required: true, schema: &jsonschema.Schema{
		Type: "string", Pattern: "[A-Za-z0-9]", Not: &jsonschema.Schema{Pattern: "^(timeline|" + taken + ")$"},
	}}
}

func application() *table {
	return &table{about: "Since when it applies.", keys: []key{
		{"from", "First day, without quotes.", date().must()},
		{"deployed_before", "Only for AI systems that were deployed before this day.", date()},
		{"grounds", "Only for AI systems on these grounds, as refs.", texts()},
		{"note", "What there is to know of it.", text()},
	}}
}

func obligation() *table {
	return &table{about: "A duty of an AI system, as a rule.", keys: []key{
		{"id", "Short name of the duty.", id()},
		{"requirement", "Ref of the entry that it comes from.", filled()},
		{"paragraph", "The exact place in the text.", text()},
		{"title", "The duty in a few words.", filled()},
		{"note", "What there is to know of it.", text()},
		{"roles", "Roles that have it; without the line all.", words(aims.SystemRoles())},
		{"classes", "Risk classes that have it; without the line all.", words(aims.RiskClasses())},
		{"grounds", "Refs, at least one of which the class rests on.", texts()},
		{"without_grounds", "Refs, none of which the class rests on.", texts()},
		{"circumstances", "Ids of facts, all of which hold.", references()},
		{"application", "Since when the duty applies.", several(application())},
	}}
}

// crosswalk returns the keys that only a crosswalk has.
func crosswalk() []key {
	return []key{
		{"from", "Id of the one framework.", chosen(filledReference())},
		{"to", "Id of the other framework.", chosen(filledReference())},
		{"strength", "How close two requirements are, in words of your own.", several(&table{about: "How close two requirements are.", keys: []key{
			{"id", "Short name, for the pairs.", id()},
			{"title", "Its name.", filled()},
			{"means", "What it means.", filled()},
			{"shares", "What one work serves of both: process (all of it) or form (its form only).", word(aims.Sharings())},
		}})},
		{"pair", "Two requirements that belong together. A crosswalk is for navigation and proves no conformity.", several(&table{about: "Two requirements that belong together.", keys: []key{
			{"from", "Ref of the one requirement.", filled()},
			{"to", "Ref of the other requirement.", filled()},
			{"strength", "Id of a strength of this file.", filled()},
			{"provenance", "Who says so, or where it stands.", filled()},
			{"note", "What there is to know of it.", text()},
		}})},
	}
}
