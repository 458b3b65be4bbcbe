// Package oscal says what one organization does in the models of OSCAL, the
// Open Security Controls Assessment Language of NIST, as JSON files that refer
// to each other:
//
//	catalog-iso-42001.json     a framework: its entries in our words
//	profile-iso-42001.json     its Statement of Applicability: what applies, and why
//	profile.json               everything that applies, of all frameworks
//	component-definition.json  each control, and the requirements that it serves
//	system-security-plan.json  each requirement, and the controls that serve it
//	assessment-plan.json       the audits, planned and done
//	assessment-results.json    what they found; the performances of controls
//	plan-of-action.json        what is open, and by when it is to be done
//
// For instance:
//
//	for _, f := range oscal.Files(oscal.Input{Report: report, Statements: soa.All(report), Issues: check.Run(report), Version: "1.0"}) {
//		err := f.Write(w) // f.Name is catalog-iso-42001.json
//	}
//
// A component definition is what fits controls best that belong to no one
// machine: each is a component of the kind process-procedure. OSCAL wants a
// system security plan besides, for plans and results of assessments import one;
// ours speaks of the management system as a whole, with its controls and AI
// systems as components. What would have no entry is left out: there are no
// results before the first audit or performance, and no plan of action while
// nothing is open.
//
// # Ids
//
// A requirement iso-42001:A.6.2.4 is the control iso-42001_a.6.2.4, and what it
// asks is the statement iso-42001_a.6.2.4_smt. UUIDs are of version 5: made of
// the names of the organization and the record, the same in every export and
// whatever the day, so that files of two days can be compared. Files of one
// export name each other by their names; all other references are within them.
//
// # Properties
//
// What OSCAL has no word for is a property in the namespace [Namespace]. Its
// names are those of the keys in the files of annex (id, owner, cadence, grade,
// result, due, ...), and:
//
//	withheld           why a record is not shown; it then says nothing else
//	state              how far a requirement or control is: gap to verified
//	flag               what needs attention: evidence-expired, open-finding, ...
//	applicability      applicable, in a profile; remarks hold the justification
//	reason             why it applies: legal, risk-treatment, ...
//	excluded-control   id of a control that does not apply; class is the basis
//	undecided-control  id of a control that nobody decided on
//	additional-control framework for which a control stands beside Annex A
//	treats-risk        id of a risk that a control treats
//	sha-256            of a file that does not go along
//	implementation-status  state in the words of OSCAL, where it has no field
//	performed, next-due    days of a control
//	code, class, about     of an issue that annex found, and its record
//	as-of, audience, watermark, annex-version  of the whole file
//
// Texts are Markdown as OSCAL has it. No contents of files are in them:
// evidence and documents are resources with an address and a digest.
//
// OSCAL's JSON has no order of its own beyond lists, and no comments, so plain
// structs do for writing it. Compiled texts become Markdown by html-to-markdown,
// which knows where a character would be read as markup; UUIDs are by
// google/uuid. Models are written as OSCAL 1.2.1, the newest that
// compliance-trestle reads; they are valid by the schemas of 1.1.2 to 1.2.2.
package oscal

import (
	"encoding/json"
	"fmt"
	"io"

	"annex/generator/aims"
	"annex/generator/check"
	"annex/generator/readiness"
	"annex/generator/soa"
)

// Namespace is that of our own properties and parts.
const Namespace = "https://annex.example/ns/oscal"

// Version is that of OSCAL.
const Version = "1.2.1"

// The files that are there once.
const (
	profileFile    = "profile.json"
	componentsFile = "component-definition.json"
	systemFile     = "system-security-plan.json"
	planFile       = "assessment-plan.json"
	resultsFile    = "assessment-results.json"
	actionFile     = "plan-of-action.json"
)

// Input is what the files are made of: how one organization stands.
type Input struct {
	Report     *readiness.Report
	Statements []*soa.Statement
	Issues     []check.Issue // those that call for action become items of the plan of action
	Version    string        // of annex

	// Address returns where the file of a document or of evidence stands, as an
	// address relative to the folder of the export; empty when it does not go
	// along. Without the function it is the path in the workspace.
	Address func(aims.Subject) string
}

// File is one file of an export.
type File struct {
	Name  string // component-definition.json
	Write func(io.Writer) error
}

// Files returns the files for one organization, to be written into one folder.
// A file is made when it is written, always with the same bytes.
func Files(in Input) []File {
	e := newExport(in)
	var files []File
	add := func(name string, make func() root) {
		files = append(files, File{name, func(w io.Writer) error {
			encoder := json.NewEncoder(w)
			encoder.SetEscapeHTML(false)
			encoder.SetIndent("", "  ")
			if err := encoder.Encode(make()); err != nil {
				return fmt.Errorf("writing %s: %w", name, err)
			}
			return nil
		}})
	}
	for _, f := range e.frameworks() {
		add(catalogFile(f), func() root { return root{Catalog: e.catalog(f)} })
	}
	for _, s := range in.Statements {
		add(statementFile(s.Framework), func() root { return root{Profile: e.statement(s)} })
	}
	if len(e.frameworks()) > 0 {
		add(profileFile, func() root { return root{Profile: e.profile()} })
	}
	if len(e.w.Controls) > 0 {
		add(componentsFile, func() root { return root{ComponentDefinition: e.componentDefinition()} })
	}
	if e.hasSystem() {
		add(systemFile, func() root { return root{SecurityPlan: e.securityPlan()} })
		if len(e.w.Audits) > 0 || e.hasResults() {
			add(planFile, func() root { return root{AssessmentPlan: e.assessmentPlan()} })
		}
		if e.hasResults() {
			add(resultsFile, func() root { return root{AssessmentResults: e.assessmentResults()} })
		}
	}
	if e.hasActions() {
		add(actionFile, func() root { return root{PlanOfAction: e.planOfAction()} })
	}
	return files
}
