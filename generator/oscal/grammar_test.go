package oscal

import (
	"strings"
	"testing"

	"github.com/santhosh-tekuri/jsonschema/v6"
)

// grammar says in our own words what OSCAL lets the objects hold that annex
// writes, of the fields that it writes. NIST's schemas are on no registry that
// tests reach; TestTheGrammarSaysWhatNISTSays compares the two where they are.
//
// A field is name:type. An exclamation mark behind the type says that the field
// must be there, an asterisk that it is a list of one element at least. Types in
// small letters are those of grammarTypes, others of the grammar; a|b lists
// words. An object with several rows is one of them.
const grammar = `
Root             catalog:Catalog!
Root             profile:Profile!
Root             component-definition:ComponentDefinition!
Root             system-security-plan:SecurityPlan!
Root             assessment-plan:AssessmentPlan!
Root             assessment-results:AssessmentResults!
Root             plan-of-action-and-milestones:PlanOfAction!

Metadata         title:line! published:time last-modified:time! version:string! oscal-version:string! props:Prop* links:Link* roles:Role* parties:Party* responsible-parties:ResponsibleParty* actions:Action* remarks:text
Prop             name:token! ns:uri value:string! class:token remarks:text
Link             href:address! rel:token text:line
Role             id:token! title:line! description:text props:Prop*
Party            uuid:uuid! type:person|organization! name:string props:Prop* member-of-organizations:uuid* remarks:text
ResponsibleParty role-id:token! party-uuids:uuid*!
ResponsibleRole  role-id:token! props:Prop* party-uuids:uuid*
Action           uuid:uuid! date:time type:token! system:uri! responsible-parties:ResponsibleParty*
BackMatter       resources:Resource*
Resource         uuid:uuid! title:line description:text props:Prop* citation:Citation rlinks:Rlink* remarks:text
Citation         text:line!
Rlink            href:address! hashes:Hash*
Hash             algorithm:string! value:string!
Part             id:token name:token! ns:uri title:line props:Prop* prose:text parts:Part*
Nothing

Catalog          uuid:uuid! metadata:Metadata! controls:Control* groups:Group* back-matter:BackMatter
Group            id:token class:token title:line! props:Prop* parts:Part* groups:Group*
Group            id:token class:token title:line! props:Prop* parts:Part* controls:Control*
Control          id:token! class:token title:line! props:Prop* parts:Part* controls:Control*

Profile          uuid:uuid! metadata:Metadata! imports:Import*! merge:Merge modify:Modify back-matter:BackMatter
Import           href:address! include-all:Nothing! exclude-controls:Selection*
Import           href:address! include-controls:Selection*! exclude-controls:Selection*
Selection        with-ids:token*
Merge            as-is:bool!
Modify           alters:Alter*
Alter            control-id:token! adds:Addition*
Addition         position:before|after|starting|ending props:Prop*

ComponentDefinition uuid:uuid! metadata:Metadata! components:DefinedComponent* back-matter:BackMatter
DefinedComponent uuid:uuid! type:string! title:line! description:text! props:Prop* links:Link* responsible-roles:ResponsibleRole* control-implementations:ControlImplementation*
ControlImplementation uuid:uuid! source:address! description:text! implemented-requirements:ImplementedByComponent*!
ImplementedByComponent uuid:uuid! control-id:token! description:text! props:Prop* links:Link* responsible-roles:ResponsibleRole*

SecurityPlan     uuid:uuid! metadata:Metadata! import-profile:Reference! system-characteristics:Characteristics! system-implementation:SystemImplementation! control-implementation:SystemControls! back-matter:BackMatter
Reference        href:address! remarks:text
Characteristics  system-ids:SystemID*! system-name:string! description:text! props:Prop* system-information:SystemInformation! status:SystemStatus! authorization-boundary:Described!
SystemID         identifier-type:uri id:string!
SystemInformation information-types:InformationType*!
InformationType  uuid:uuid title:line! description:text!
SystemStatus     state:operational|under-development|under-major-modification|disposition|other! remarks:text
Described        description:text!
SystemImplementation users:User*! components:SystemComponent*!
User             uuid:uuid! title:line role-ids:token*
SystemComponent  uuid:uuid! type:string! title:line! description:text! props:Prop* links:Link* status:ComponentStatus! responsible-roles:ResponsibleRole*
ComponentStatus  state:under-development|operational|disposition|other! remarks:text
SystemControls   description:text! implemented-requirements:ImplementedBySystem*!
ImplementedBySystem uuid:uuid! control-id:token! props:Prop* links:Link* responsible-roles:ResponsibleRole* by-components:ByComponent* remarks:text
ByComponent      component-uuid:uuid! uuid:uuid! description:text! props:Prop* links:Link* implementation-status:ImplementationStatus responsible-roles:ResponsibleRole*
ImplementationStatus state:token! remarks:text

AssessmentPlan   uuid:uuid! metadata:Metadata! import-ssp:Reference! local-definitions:PlanDefinitions reviewed-controls:Reviewed! tasks:Task* back-matter:BackMatter
PlanDefinitions  activities:Activity*
Activity         uuid:uuid! title:line description:text! props:Prop* related-controls:Reviewed
Reviewed         description:text control-selections:ControlSelection*!
ControlSelection description:text include-all:Nothing!
ControlSelection description:text include-controls:SelectedControl*!
SelectedControl  control-id:token!
Task             uuid:uuid! type:token! title:line! description:text props:Prop* links:Link* timing:Timing associated-activities:AssociatedActivity*
Timing           on-date:OnDate!
Timing           within-date-range:DateRange!
OnDate           date:time!
DateRange        start:time! end:time!
AssociatedActivity activity-uuid:uuid! subjects:AssessmentSubject*!
AssessmentSubject type:token! include-all:Nothing!
AssessmentSubject type:token! include-subjects:SubjectID*!
SubjectID        subject-uuid:uuid! type:token!

AssessmentResults uuid:uuid! metadata:Metadata! import-ap:Reference! results:Result*! back-matter:BackMatter
Result           uuid:uuid! title:line! description:text! start:time! end:time props:Prop* links:Link* reviewed-controls:Reviewed! observations:Observation* risks:Risk* findings:Finding*
Observation      uuid:uuid! title:line description:text! props:Prop* methods:string*! types:token* origins:Origin* subjects:Subject* relevant-evidence:Relevant* collected:time! remarks:text
Subject          subject-uuid:uuid! type:token! title:line
Relevant         href:address description:text!
Origin           actors:Actor*! related-tasks:RelatedTask*
Actor            type:tool|assessment-platform|party! actor-uuid:uuid! role-id:token
RelatedTask      task-uuid:uuid!
RelatedObservation observation-uuid:uuid!
RelatedRisk      risk-uuid:uuid!
RelatedFinding   finding-uuid:uuid!
Risk             uuid:uuid! title:line! description:text! statement:text! props:Prop* status:token! deadline:time remediations:Remediation* risk-log:RiskLog related-observations:RelatedObservation*
Remediation      uuid:uuid! lifecycle:token! title:line! description:text! props:Prop*
RiskLog          entries:RiskEntry*!
RiskEntry        uuid:uuid! title:line description:text start:time! status-change:token
Finding          uuid:uuid! title:line! description:text! props:Prop* origins:Origin* target:Target! related-observations:RelatedObservation* related-risks:RelatedRisk*
Target           type:statement-id|objective-id! target-id:token! title:line status:TargetStatus!
TargetStatus     state:satisfied|not-satisfied! reason:token

PlanOfAction     uuid:uuid! metadata:Metadata! import-ssp:Reference system-id:SystemID observations:Observation* risks:Risk* findings:Finding* poam-items:Item*! back-matter:BackMatter
Item             uuid:uuid title:line! description:text! props:Prop* links:Link* origins:ItemOrigin* related-findings:RelatedFinding* related-observations:RelatedObservation* related-risks:RelatedRisk*
ItemOrigin       actors:Actor*!
`

// grammarTypes are the types of the values that are no objects.
func grammarTypes() map[string]any {
	text := func(pattern string) map[string]any { return map[string]any{"type": "string", "pattern": pattern} }
	return map[string]any{
		"string":  text(`^\S(.*\S)?$`),
		"line":    text(`^[^\n]+$`),
		"text":    map[string]any{"type": "string"},
		"token":   text(`^(\p{L}|_)(\p{L}|\p{N}|[._-])*$`),
		"uuid":    text(`^[0-9a-f]{8}-[0-9a-f]{4}-5[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}$`),
		"time":    text(`^(19|2[0-9])[0-9]{2}-[01][0-9]-[0-3][0-9]T00:00:00Z$`),
		"uri":     text(`^[a-zA-Z][a-zA-Z0-9+.-]+:.+$`),
		"address": map[string]any{"type": "string", "format": "uri-reference"},
		"bool":    map[string]any{"type": "boolean"},
	}
}

// field is one field of the grammar.
type grammarField struct {
	name, kind     string
	list, required bool
}

// rows returns the alternatives of each object of the grammar.
func rows() map[string][][]grammarField {
	objects := map[string][][]grammarField{}
	for l := range strings.Lines(grammar) {
		words := strings.Fields(l)
		if len(words) == 0 {
			continue
		}
		var row []grammarField
		for _, w := range words[1:] {
			name, kind, _ := strings.Cut(w, ":")
			f := grammarField{name: name}
			kind, f.required = strings.CutSuffix(kind, "!")
			kind, f.list = strings.CutSuffix(kind, "*")
			f.kind = kind
			row = append(row, f)
		}
		objects[words[0]] = append(objects[words[0]], row)
	}
	return objects
}

// ownSchema returns the grammar as a JSON schema.
func ownSchema(t testing.TB) *jsonschema.Schema {
	t.Helper()
	definitions := map[string]any{}
	for name, definition := range grammarTypes() {
		definitions[name] = definition
	}
	for name, alternatives := range rows() {
		var any_ []any
		for _, row := range alternatives {
			properties := map[string]any{}
			required := []any{}
			for _, f := range row {
				kind := map[string]any{"$ref": "#/definitions/" + f.kind}
				if strings.Contains(f.kind, "|") {
					var words []any
					for _, w := range strings.Split(f.kind, "|") {
						words = append(words, w)
					}
					kind = map[string]any{"enum": words}
				}
				if f.list {
					kind = map[string]any{"type": "array", "items": kind, "minItems": 1}
				}
				properties[f.name] = kind
				if f.required {
					required = append(required, f.name)
				}
			}
			any_ = append(any_, map[string]any{"type": "object", "properties": properties, "required": required, "additionalProperties": false})
		}
		definitions[name] = map[string]any{"anyOf": any_}
	}
	return compile(t, map[string]any{"$schema": "http://json-schema.org/draft-07/schema#", "definitions": definitions, "$ref": "#/definitions/Root"})
}

func compile(t testing.TB, document any) *jsonschema.Schema {
	t.Helper()
	c := jsonschema.NewCompiler()
	c.AssertFormat()
	if err := c.AddResource("schema.json", document); err != nil {
		t.Fatal(err)
	}
	s, err := c.Compile("schema.json")
	if err != nil {
		t.Fatal(err)
	}
	return s
}
