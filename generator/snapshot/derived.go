package snapshot

import "annex/generator/aims"

// Requirement is how one requirement stands for one organization.
type Requirement struct {
	ID            string               `json:"id" jsonschema:"The requirement as files write it, framework:ref."`
	Organization  string               `json:"organization" jsonschema:"Organization that it stands so for."`
	Framework     string               `json:"framework" jsonschema:"Id of the framework."`
	Ref           string               `json:"ref" jsonschema:"Its number in the framework."`
	Kind          aims.RequirementKind `json:"kind" jsonschema:"clause, or control for a reference control."`
	Title         string               `json:"title" jsonschema:"Its title."`
	Parent        *string              `json:"parent" jsonschema:"Number of the heading above it."`
	State         State                `json:"state" jsonschema:"How far it is, by the worst of its controls."`
	Decided       *bool                `json:"decided" jsonschema:"Of a reference control: whether it is decided on."`
	Applicable    *bool                `json:"applicable" jsonschema:"Of one that is decided on: whether it applies."`
	Controls      []string             `json:"controls" jsonschema:"Controls that serve it."`
	Documents     []string             `json:"documents" jsonschema:"Documents that answer it."`
	Findings      []string             `json:"open_findings" jsonschema:"Open findings on it."`
	InternalAudit *string              `json:"internal_audit" jsonschema:"Internal audit of the last year that covered it."`
	Flags         []Flag               `json:"flags" jsonschema:"What needs attention."`
}

// Documented is a piece of documented information.
type Documented struct {
	Organization string   `json:"organization" jsonschema:"Organization that needs it."`
	Requirement  string   `json:"requirement" jsonschema:"Requirement that calls for it."`
	ID           string   `json:"id" jsonschema:"Its short name in the catalog."`
	Title        string   `json:"title" jsonschema:"Its name."`
	KeptAs       string   `json:"kept_as" jsonschema:"document or record."`
	Answered     bool     `json:"answered" jsonschema:"Whether it is there and in force."`
	Register     bool     `json:"register" jsonschema:"Whether a register of annex answers it."`
	Documents    []string `json:"documents" jsonschema:"Approved documents that answer it."`
	Drafts       []string `json:"drafts" jsonschema:"Documents that are not approved yet."`
	Evidence     []string `json:"evidence" jsonschema:"Evidence in force that answers it."`
}

// Statement is the head of a Statement of Applicability.
type Statement struct {
	Organization string               `json:"organization" jsonschema:"Organization that states."`
	Framework    string               `json:"framework" jsonschema:"Framework whose reference controls it is about."`
	Scope        *Prose               `json:"scope" jsonschema:"Scope of the management system for the framework."`
	Version      string               `json:"version" jsonschema:"Version of the statement."`
	Status       *aims.DocumentStatus `json:"status" jsonschema:"Whether it is approved."`
	ApprovedBy   *string              `json:"approved_by" jsonschema:"Role that approved it."`
	ApprovedOn   *Date                `json:"approved_on" jsonschema:"Day of the approval."`
	NextReview   *Date                `json:"next_review" jsonschema:"Day by which it is looked at again."`
	InForce      bool                 `json:"in_force" jsonschema:"Whether the approval holds on the as-of date."`
	Total        int                  `json:"total" jsonschema:"How many reference controls there are: applicable, excluded and undecided."`
	Applicable   int                  `json:"applicable" jsonschema:"How many apply."`
	Excluded     int                  `json:"excluded" jsonschema:"How many are left out."`
	Undecided    int                  `json:"undecided" jsonschema:"How many are not decided on."`
	InPlace      int                  `json:"in_place" jsonschema:"How many apply and are at least implemented."`
}

// Row is one reference control in a statement.
type Row struct {
	Organization   string        `json:"organization" jsonschema:"Organization that states."`
	Requirement    string        `json:"requirement" jsonschema:"The reference control."`
	Decided        bool          `json:"decided" jsonschema:"Whether it is decided on."`
	Applicable     bool          `json:"applicable" jsonschema:"Whether it applies."`
	Reasons        []aims.Reason `json:"reasons" jsonschema:"Why it applies."`
	Justification  string        `json:"justification" jsonschema:"Justification of the organization."`
	Basis          *aims.Basis   `json:"basis" jsonschema:"What an exclusion rests on."`
	SystemsDecided []string      `json:"needed_by" jsonschema:"AI systems that decided that it applies."`
	State          State         `json:"state" jsonschema:"How far it is."`
	Controls       []string      `json:"controls" jsonschema:"Controls that meet it."`
	Documents      []string      `json:"documents" jsonschema:"Documents that say how."`
	Owners         []string      `json:"owners" jsonschema:"Roles that answer for it."`
	Risks          []string      `json:"risks" jsonschema:"Risks that it treats."`
	Systems        []string      `json:"systems" jsonschema:"AI systems that it is performed for or that need it."`
	Evidence       int           `json:"evidence_in_force" jsonschema:"Pieces of evidence in force."`
	Newest         *Date         `json:"newest_evidence" jsonschema:"Effective date of the newest of them."`
}

// Additional is an additional control in a statement.
type Additional struct {
	Organization string `json:"organization" jsonschema:"Organization that states."`
	Framework    string `json:"framework" jsonschema:"Framework of the statement."`
	Control      string `json:"control" jsonschema:"The control."`
	State        State  `json:"state" jsonschema:"How far it is."`
	Evidence     int    `json:"evidence_in_force" jsonschema:"Pieces of evidence in force."`
	Newest       *Date  `json:"newest_evidence" jsonschema:"Effective date of the newest of them."`
}

// Duty is an obligation that follows for an AI system.
type Duty struct {
	System      string   `json:"system" jsonschema:"AI system that it follows for."`
	Framework   string   `json:"framework" jsonschema:"Framework that it comes from."`
	Obligation  string   `json:"obligation" jsonschema:"Id of the obligation in the catalog."`
	Paragraph   string   `json:"paragraph" jsonschema:"The exact place in the law."`
	Title       string   `json:"title" jsonschema:"The duty in a few words."`
	Requirement *string  `json:"requirement" jsonschema:"Requirement that it makes binding."`
	From        *Date    `json:"from" jsonschema:"Since when it applies."`
	Due         bool     `json:"due" jsonschema:"Whether it applies on the as-of date."`
	Supposed    bool     `json:"supposed" jsonschema:"Whether it follows only if a ground that is not stated holds."`
	State       State    `json:"state" jsonschema:"How far it is met for the system."`
	Controls    []string `json:"controls" jsonschema:"Controls that meet it for the system."`
}
