package snapshot

import "annex/generator/aims"

// Objective is an AI objective.
type Objective struct {
	Head
	Description  *Prose                `json:"description"`
	Owner        *string               `json:"owner"`
	Measure      string                `json:"measure"`
	Target       *float64              `json:"target"`
	Unit         string                `json:"unit"`
	Direction    *aims.Direction       `json:"direction"`
	Due          *Date                 `json:"due"`
	Status       *aims.ObjectiveStatus `json:"status"`
	Satisfies    []string              `json:"satisfies"`
	Measurements []Measurement         `json:"measurements" jsonschema:"Measured values, oldest first."`
	Latest       *float64              `json:"latest" jsonschema:"Newest value up to the as-of date."`
	Met          *bool                 `json:"met" jsonschema:"Whether that value is on the good side of the target."`
}

// Measurement is one measured value.
type Measurement struct {
	On    *Date   `json:"on"`
	Value float64 `json:"value"`
	Note  string  `json:"note"`
}

// Role is a role of the organization.
type Role struct {
	Head
	Person      string  `json:"person"`
	Deputy      *string `json:"deputy"`
	Description *Prose  `json:"description"`
}

// Party is an interested party.
type Party struct {
	Head
	Kind         *aims.PartyKind `json:"kind"`
	Expectations *Prose          `json:"expectations"`
	Addressed    bool            `json:"addressed"`
	How          string          `json:"how"`
}

// Audit is an audit.
type Audit struct {
	Head
	Kind         *aims.AuditKind   `json:"kind"`
	From         *Date             `json:"from"`
	To           *Date             `json:"to"`
	Status       *aims.AuditStatus `json:"status"`
	Programme    *string           `json:"programme"`
	Auditor      string            `json:"auditor"`
	Independence string            `json:"independence"`
	Criteria     []string          `json:"criteria"`
	Frameworks   []string          `json:"frameworks"`
	Projects     []string          `json:"projects"`
	Sample       string            `json:"sample"`
	Summary      *Prose            `json:"summary"`
	Report       *string           `json:"report"`
	Done         bool              `json:"done" jsonschema:"Whether it took place by the as-of date."`
}

// Finding is what an audit found.
type Finding struct {
	Head
	Audit            *string     `json:"audit"`
	Grade            *aims.Grade `json:"grade"`
	Requirement      *string     `json:"requirement"`
	Control          *string     `json:"control"`
	About            *string     `json:"about" jsonschema:"Organization or AI system where it was seen; the key project of the files."`
	Owner            *string     `json:"owner"`
	Raised           *Date       `json:"raised"`
	Due              *Date       `json:"due"`
	Description      *Prose      `json:"description"`
	Cause            string      `json:"cause"`
	Correction       string      `json:"correction"`
	CorrectiveAction string      `json:"corrective_action"`
	Effectiveness    string      `json:"effectiveness"`
	EffectivenessOn  *Date       `json:"effectiveness_on"`
	Closed           *Date       `json:"closed"`
	Nonconformity    bool        `json:"nonconformity" jsonschema:"Whether a requirement was not met."`
	Open             bool        `json:"open" jsonschema:"Whether it is open on the as-of date."`
	Overdue          bool        `json:"overdue" jsonschema:"Whether it is open past its due date."`
}

// Review is a management review.
type Review struct {
	Head
	HeldOn    *Date    `json:"held_on"`
	Chair     *string  `json:"chair"`
	Attendees []string `json:"attendees"`
	Minutes   *string  `json:"minutes"`
	Inputs    []Topic  `json:"inputs" jsonschema:"What it had before it."`
	Decisions []string `json:"decisions" jsonschema:"What it decided."`
	Actions   []Action `json:"actions" jsonschema:"What is to be done."`
}

// Topic is an input of a review.
type Topic struct {
	Topic *aims.ReviewTopic `json:"topic"`
	Text  string            `json:"text"`
}

// Action is an action of a review.
type Action struct {
	Text    string  `json:"text"`
	Owner   *string `json:"owner"`
	Due     *Date   `json:"due"`
	Done    *Date   `json:"done"`
	Overdue bool    `json:"overdue" jsonschema:"Whether it is open past its due date."`
}

// Signoff is an approval or rejection.
type Signoff struct {
	Head
	Subject   string                `json:"subject"`
	Kind      *aims.SignoffKind     `json:"kind"`
	By        *string               `json:"by"`
	On        *Date                 `json:"on"`
	Decision  *aims.SignoffDecision `json:"decision"`
	Statement string                `json:"statement"`
	Digest    []Digest              `json:"digest"`
	Changed   []string              `json:"changed" jsonschema:"Fields that are not as they were when they were signed."`
}

// Digest is the digest of one field of what was signed.
type Digest struct {
	Field  string `json:"field" jsonschema:"Name of the field."`
	SHA256 string `json:"sha256" jsonschema:"SHA-256 of its value in hex."`
}
