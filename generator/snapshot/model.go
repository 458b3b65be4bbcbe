package snapshot

import (
	"annex/generator/aims"
	"annex/generator/diag"
	"annex/generator/readiness"
)

// Model is the snapshot as a whole.
type Model struct {
	Schema        string         `json:"$schema" jsonschema:"Name of the form of this file; its number grows when a key goes away or means something else."`
	Tool          Tool           `json:"tool" jsonschema:"What wrote the file."`
	AsOf          Date           `json:"as_of" jsonschema:"The day that the file speaks for."`
	Audience      *Audience      `json:"audience" jsonschema:"For whom the workspace was cut; null for the whole."`
	Workspace     Workspace      `json:"workspace" jsonschema:"What annex.toml says of the whole."`
	Frameworks    []Framework    `json:"frameworks" jsonschema:"Frameworks in use, in the order of annex.toml."`
	Crosswalks    []Crosswalk    `json:"crosswalks" jsonschema:"Crosswalks between frameworks in use."`
	Organizations []Organization `json:"organizations" jsonschema:"How each organization stands."`
	Requirements  []Requirement  `json:"requirements" jsonschema:"How each requirement stands for each organization."`
	Documented    []Documented   `json:"documented_information" jsonschema:"Documented information that requirements call for, and what answers it."`
	Statements    []Statement    `json:"statements" jsonschema:"Statements of Applicability, one for each organization and framework with reference controls."`
	Rows          []Row          `json:"statement_rows" jsonschema:"Rows of the statements: every reference control."`
	Additional    []Additional   `json:"statement_additional" jsonschema:"Additional controls of the statements: those of the organization's own that treat a risk."`
	Projects      []Project      `json:"projects" jsonschema:"Organization projects and AI systems."`
	Duties        []Duty         `json:"duties" jsonschema:"Obligations that follow for AI systems."`
	Documents     []Document     `json:"documents" jsonschema:"Governed documents."`
	Controls      []Control      `json:"controls" jsonschema:"Controls with their executions."`
	Decisions     []Decision     `json:"decisions" jsonschema:"Applicability decisions."`
	Evidence      []Evidence     `json:"evidence" jsonschema:"Evidence."`
	Risks         []Risk         `json:"risks" jsonschema:"Risks."`
	Objectives    []Objective    `json:"objectives" jsonschema:"Objectives with their measurements."`
	Roles         []Role         `json:"roles" jsonschema:"Roles."`
	Parties       []Party        `json:"parties" jsonschema:"Interested parties."`
	Audits        []Audit        `json:"audits" jsonschema:"Audits."`
	Findings      []Finding      `json:"findings" jsonschema:"Findings."`
	Reviews       []Review       `json:"reviews" jsonschema:"Management reviews."`
	Signoffs      []Signoff      `json:"signoffs" jsonschema:"Signoffs."`
	Issues        []Issue        `json:"issues" jsonschema:"What is open: the next actions of each organization, in their order, and then advice."`
}

// Date is a day, 2026-05-12.
type Date string

// Prose is a text in Markdown.
type Prose struct {
	HTML string `json:"html" jsonschema:"The text as safe HTML. A reference is the element ref with the attribute to; a path to a file stands as it was written."`
	Text string `json:"text" jsonschema:"Its words without marks, in the lines of the HTML; a reference is the title of what it leads to."`
}

// Tool is what wrote the file.
type Tool struct {
	Name    string `json:"name" jsonschema:"annex."`
	Version string `json:"version" jsonschema:"Version of annex."`
}

// Audience is for whom the workspace was cut.
type Audience struct {
	ID      string              `json:"id" jsonschema:"Id of the audience."`
	Title   string              `json:"title" jsonschema:"Its name."`
	Ceiling aims.Classification `json:"ceiling" jsonschema:"Highest classification that it may see."`
	Left    []Left              `json:"left_out" jsonschema:"How many things of each kind were left out."`
}

// Left is how many things of a kind were left out.
type Left struct {
	What  string `json:"what" jsonschema:"The kind, in words."`
	Count int    `json:"count" jsonschema:"How many."`
}

// Workspace is what annex.toml says of the whole.
type Workspace struct {
	Name           string              `json:"name" jsonschema:"Name of the organization."`
	LegalName      string              `json:"legal_name" jsonschema:"Its name in the commercial register."`
	Address        string              `json:"address" jsonschema:"Its registered address."`
	Title          string              `json:"title" jsonschema:"Title of the site."`
	Language       string              `json:"language" jsonschema:"Language of the texts."`
	Classification aims.Classification `json:"classification" jsonschema:"Classification of the site as a whole."`
	Certification  Certification       `json:"certification" jsonschema:"When the certification audits begin."`
}

// Certification is when the certification audits begin.
type Certification struct {
	Body   string `json:"body" jsonschema:"Certification body."`
	Stage1 *Date  `json:"stage_1" jsonschema:"First day of stage 1."`
	Stage2 *Date  `json:"stage_2" jsonschema:"First day of stage 2."`
}

// Framework is a framework in use.
type Framework struct {
	ID           string   `json:"id" jsonschema:"Id of the framework."`
	Title        string   `json:"title" jsonschema:"Short title."`
	FullTitle    string   `json:"full_title" jsonschema:"Whole title."`
	Edition      string   `json:"edition" jsonschema:"Edition of the text."`
	Version      string   `json:"catalog_version" jsonschema:"Version of annex's catalog of it."`
	Kind         string   `json:"kind" jsonschema:"standard, law, guideline or questionnaire."`
	Unit         string   `json:"unit" jsonschema:"What one entry is called."`
	Reference    string   `json:"reference" jsonschema:"Where the reference controls stand; empty when there are none."`
	Sources      []string `json:"sources" jsonschema:"Where the catalog comes from."`
	Doubts       []string `json:"doubts" jsonschema:"Of what the catalog is not sure."`
	Requirements int      `json:"requirements" jsonschema:"How many requirements can be met."`
	Controls     int      `json:"reference_controls" jsonschema:"How many of them are reference controls."`
}

// Crosswalk relates two frameworks.
type Crosswalk struct {
	From    string `json:"from" jsonschema:"Id of the one framework."`
	To      string `json:"to" jsonschema:"Id of the other."`
	Version string `json:"version" jsonschema:"Version of the crosswalk."`
	Pairs   []Pair `json:"pairs" jsonschema:"Pairs of requirements. They are for navigation and prove no conformity."`
}

// Pair is two requirements that belong together.
type Pair struct {
	From       string `json:"from" jsonschema:"Requirement of the one framework."`
	To         string `json:"to" jsonschema:"Requirement of the other."`
	Strength   string `json:"strength" jsonschema:"Id of the strength."`
	Provenance string `json:"provenance" jsonschema:"Who says so."`
}

// Organization is how one organization stands.
type Organization struct {
	ID       string          `json:"id" jsonschema:"Id of the organization project."`
	Sentence string          `json:"sentence" jsonschema:"Whether it is ready for what comes next, in words."`
	Next     *Stage          `json:"next_stage" jsonschema:"The certification audit that comes next; null when there is none."`
	Stages   []Stage         `json:"stages" jsonschema:"All certification audits on the way."`
	Actions  Actions         `json:"actions" jsonschema:"How many next actions there are, by what they hold up."`
	States   []StateCount    `json:"states" jsonschema:"How many requirements are in each state, by framework."`
	Answered []AnsweredCount `json:"documented" jsonschema:"How much documented information is there, by framework (stage 1)."`
}

// Stage is a certification audit.
type Stage struct {
	Framework string         `json:"framework" jsonschema:"Framework that it is about."`
	Kind      aims.AuditKind `json:"kind" jsonschema:"Kind of the audit."`
	Number    int            `json:"number" jsonschema:"Of a surveillance: the first or the second; 0 otherwise."`
	Day       *Date          `json:"day" jsonschema:"Day on which it begins; null while there is none."`
	Days      *int           `json:"days" jsonschema:"Days from the as-of date to that day; negative when it is past."`
	Latest    bool           `json:"latest" jsonschema:"Whether the day is the last one by the rules, not a planned one."`
	Passed    bool           `json:"passed" jsonschema:"Whether it is passed."`
	Audit     *string        `json:"audit" jsonschema:"Id of its audit."`
}

// Actions counts next actions.
type Actions struct {
	Blocks      int `json:"blocks" jsonschema:"They block certification."`
	Overdue     int `json:"overdue" jsonschema:"A day is past."`
	Expiring    int `json:"expiring" jsonschema:"A day is at most 30 days off."`
	Later       int `json:"later" jsonschema:"They hold up stage 2, not yet stage 1."`
	Unowned     int `json:"unowned" jsonschema:"Nobody is accountable."`
	Unjustified int `json:"unjustified" jsonschema:"A reason or a date is missing."`
	Total       int `json:"total" jsonschema:"All of these."`
}

// StateCount is how many requirements of a framework are in a state.
type StateCount struct {
	Framework string `json:"framework" jsonschema:"Id of the framework."`
	State     State  `json:"state" jsonschema:"State of the requirements."`
	Count     int    `json:"count" jsonschema:"How many are in it; zero is said as well."`
	Of        int    `json:"of" jsonschema:"How many requirements the framework has."`
}

// AnsweredCount is how much documented information is there.
type AnsweredCount struct {
	Framework string `json:"framework" jsonschema:"Id of the framework."`
	Answered  int    `json:"answered" jsonschema:"How many pieces are there."`
	Of        int    `json:"of" jsonschema:"How many the framework calls for."`
}

// State is the state of a requirement or control.
type State string

// Flag is what needs attention whatever the state is.
type Flag struct {
	Kind     readiness.FlagKind `json:"kind" jsonschema:"What it warns of."`
	Date     *Date              `json:"date" jsonschema:"Since when or until when."`
	Control  *string            `json:"control" jsonschema:"Control that it is about."`
	Document *string            `json:"document" jsonschema:"Document that it is about."`
	Evidence *string            `json:"evidence" jsonschema:"Evidence that it is about."`
	Finding  *string            `json:"finding" jsonschema:"Finding that it is about."`
	System   *string            `json:"system" jsonschema:"AI system that it is about."`
}

// Issue is one thing that is open.
type Issue struct {
	Organization string    `json:"organization" jsonschema:"Organization that it is about."`
	Code         diag.Code `json:"code" jsonschema:"Code of the rule; annex explain CODE says more."`
	Class        string    `json:"class" jsonschema:"What it holds up: blocks, overdue, expiring, later, unowned, unjustified; informational is advice."`
	Message      string    `json:"message" jsonschema:"What is open, in a sentence."`
	Help         string    `json:"help" jsonschema:"What to do."`
	Kind         *string   `json:"kind" jsonschema:"Kind of what it is about: a kind of record, requirement or statement."`
	Subject      *string   `json:"subject" jsonschema:"Id of what it is about; of a statement that of its framework."`
	Owner        *string   `json:"owner" jsonschema:"Role that has to act."`
	Due          *Date     `json:"due" jsonschema:"Since when or until when."`
	Project      *string   `json:"project" jsonschema:"Project that it belongs to."`
	At           string    `json:"at" jsonschema:"File, line and column."`
}
