package snapshot

import "annex/generator/aims"

// Head is what every record has.
type Head struct {
	ID             string              `json:"id" jsonschema:"Id of the record; of a decision its requirement."`
	Title          string              `json:"title" jsonschema:"Its title."`
	Project        *string             `json:"project" jsonschema:"Project that it belongs to."`
	Classification aims.Classification `json:"classification" jsonschema:"Who may see it."`
	Withheld       *string             `json:"withheld" jsonschema:"Why this is a stand-in without words; null for the record itself."`
	At             string              `json:"at" jsonschema:"File, line and column."`
}

// Project is an organization project or an AI system.
type Project struct {
	Head
	Kind            aims.ProjectKind `json:"kind"`
	Organization    *string          `json:"organization" jsonschema:"Organization that it belongs to; its own id for an organization."`
	Scope           *Prose           `json:"scope"`
	AIRoles         []aims.AIRole    `json:"ai_roles"`
	AcceptUpTo      *int             `json:"accept_up_to" jsonschema:"Risk score up to which a risk may be kept as it is."`
	Certification   *Certification   `json:"certification"`
	Certificates    []Certificate    `json:"certificates" jsonschema:"Certificates that the organization holds."`
	SharedDocuments []string         `json:"shared_documents"`
	System          *System          `json:"system" jsonschema:"What the project of an AI system says of it; null for an organization."`
}

// Certificate is a certificate of an organization.
type Certificate struct {
	Framework string `json:"framework" jsonschema:"Framework that it certifies."`
	Body      string `json:"body" jsonschema:"Who issued it."`
	Number    string `json:"number" jsonschema:"Its number."`
	IssuedOn  *Date  `json:"issued_on" jsonschema:"First day in force."`
	ExpiresOn *Date  `json:"expires_on" jsonschema:"Last day in force."`
	InForce   bool   `json:"in_force" jsonschema:"Whether it is in force on the as-of date."`
}

// System is an AI system.
type System struct {
	Purpose          *Prose            `json:"purpose"`
	Description      *Prose            `json:"description"`
	Role             []aims.SystemRole `json:"role"`
	Stage            *aims.Stage       `json:"stage"`
	RiskClass        *aims.RiskClass   `json:"risk_class"`
	RiskClassBasis   string            `json:"risk_class_basis"`
	Grounds          []string          `json:"grounds"`
	Circumstances    []string          `json:"circumstances"`
	Owner            *string           `json:"owner"`
	IntendedUsers    string            `json:"intended_users"`
	AffectedPersons  string            `json:"affected_persons"`
	Data             string            `json:"data"`
	Models           string            `json:"models"`
	Suppliers        string            `json:"suppliers"`
	HumanOversight   string            `json:"human_oversight"`
	DeployedOn       *Date             `json:"deployed_on"`
	RetiredOn        *Date             `json:"retired_on"`
	ImpactAssessment *string           `json:"impact_assessment"`
	ImpactReview     *Date             `json:"impact_review"`
	Retired          bool              `json:"retired" jsonschema:"Whether it is out of use on the as-of date."`
	DutiesDue        int               `json:"duties_due" jsonschema:"How many duties apply to it."`
	DutiesMet        int               `json:"duties_met" jsonschema:"How many of them a control at work meets."`
}

// Document is a governed document.
type Document struct {
	Head
	Kind          *aims.DocumentKind  `json:"kind"`
	Owner         *string             `json:"owner"`
	Version       string              `json:"version"`
	Status        aims.DocumentStatus `json:"status"`
	ApprovedBy    *string             `json:"approved_by"`
	ApprovedOn    *Date               `json:"approved_on"`
	NextReview    *Date               `json:"next_review"`
	Satisfies     []string            `json:"satisfies"`
	AcceptedWords []string            `json:"accepted_words"`
	Impact        *Impact             `json:"impact"`
	Text          *Prose              `json:"text" jsonschema:"The text below the front matter."`
	Approved      bool                `json:"approved" jsonschema:"Whether it is approved on the as-of date."`
	ReviewOverdue bool                `json:"review_overdue" jsonschema:"Whether its next review is past."`
}

// Impact is what an impact assessment says in short.
type Impact struct {
	System      *string  `json:"system"`
	AssessedOn  *Date    `json:"assessed_on"`
	Assessors   []string `json:"assessors"`
	IntendedUse string   `json:"intended_use"`
	Misuse      string   `json:"misuse"`
	Environment string   `json:"environment"`
	Data        string   `json:"data"`
	Model       string   `json:"model"`
	Parties     string   `json:"parties"`
	Conclusion  string   `json:"conclusion"`
	Effects     []Effect `json:"effects" jsonschema:"Benefits and harms."`
}

// Effect is a benefit or harm.
type Effect struct {
	On         aims.Affected `json:"on"`
	Kind       string        `json:"kind"`
	Text       string        `json:"text"`
	Likelihood *int          `json:"likelihood"`
	Severity   *int          `json:"severity"`
	Score      *int          `json:"score" jsonschema:"Likelihood times severity."`
	Controls   []string      `json:"controls"`
}

// Control is what the organization does.
type Control struct {
	Head
	Satisfies     []string     `json:"satisfies"`
	Level         aims.Level   `json:"level"`
	Owner         *string      `json:"owner"`
	Responsible   []string     `json:"responsible"`
	Consulted     []string     `json:"consulted"`
	Informed      []string     `json:"informed"`
	Status        *aims.Status `json:"status"`
	Due           *Date        `json:"due"`
	ImplementedOn *Date        `json:"implemented_on"`
	Cadence       *string      `json:"cadence"`
	Documents     []string     `json:"documents"`
	Risks         []string     `json:"risks"`
	Systems       []string     `json:"systems"`
	Description   *Prose       `json:"description"`
	Executions    []Execution  `json:"executions" jsonschema:"Its performances, oldest first."`
	State         *State       `json:"state" jsonschema:"How far it is: the worst of its runs."`
	LastOn        *Date        `json:"last_on" jsonschema:"Newest day on which it was performed anywhere."`
	NextDue       *Date        `json:"next_due" jsonschema:"Earliest day on which it has to be performed again anywhere."`
	InForce       []string     `json:"evidence_in_force" jsonschema:"Evidence that shows it on the as-of date."`
	Runs          []Run        `json:"runs" jsonschema:"How it stands where it is performed: once, or for each AI system in scope."`
	Flags         []Flag       `json:"flags" jsonschema:"What needs attention."`
}

// Execution is a performance of a control.
type Execution struct {
	On       *Date        `json:"on"`
	By       *string      `json:"by"`
	Result   *aims.Result `json:"result"`
	Evidence []string     `json:"evidence"`
	System   *string      `json:"system"`
	Note     string       `json:"note"`
	At       string       `json:"at" jsonschema:"File, line and column."`
}

// Run is how a control stands in one place.
type Run struct {
	System   *string  `json:"system" jsonschema:"AI system; null for the organization as a whole."`
	State    State    `json:"state" jsonschema:"How far it is there."`
	LastOn   *Date    `json:"last_on" jsonschema:"Day of the latest performance up to the as-of date."`
	NextDue  *Date    `json:"next_due" jsonschema:"Day on which it has to be performed again."`
	Overdue  bool     `json:"overdue" jsonschema:"Whether that day is past."`
	Evidence []string `json:"evidence_in_force" jsonschema:"Evidence in force."`
}

// Decision is an applicability decision.
type Decision struct {
	Head
	Requirement   string        `json:"requirement"`
	Decided       bool          `json:"decided" jsonschema:"Whether it is decided."`
	Applicable    *bool         `json:"applicable"`
	Reasons       []aims.Reason `json:"reasons"`
	Justification string        `json:"justification"`
	Basis         *aims.Basis   `json:"basis"`
	Owner         *string       `json:"owner"`
	DecidedBy     *string       `json:"decided_by"`
	DecidedOn     *Date         `json:"decided_on"`
}

// Evidence shows a control at work.
type Evidence struct {
	Head
	File         string   `json:"file" jsonschema:"Path of the file in the workspace."`
	Size         int64    `json:"size" jsonschema:"Size of the file in bytes."`
	SHA256       string   `json:"sha256"`
	URL          string   `json:"url"`
	Note         string   `json:"note"`
	Effective    *Date    `json:"effective"`
	Expires      *Date    `json:"expires"`
	Owner        *string  `json:"owner"`
	Controls     []string `json:"controls"`
	Description  *Prose   `json:"description"`
	InForce      bool     `json:"in_force" jsonschema:"Whether it has taken effect and not expired."`
	Expired      bool     `json:"expired" jsonschema:"Whether its expiry is past."`
	ExpiringSoon bool     `json:"expiring_soon" jsonschema:"Whether it is in force and expires in at most 30 days."`
	ShownBy      []string `json:"shows" jsonschema:"All controls that it shows, directly or by an execution."`
}

// Risk is an AI risk.
type Risk struct {
	Head
	Description        *Prose           `json:"description"`
	Owner              *string          `json:"owner"`
	Affects            []aims.Affected  `json:"affects"`
	Systems            []string         `json:"systems"`
	Likelihood         *int             `json:"likelihood"`
	Impact             *int             `json:"impact"`
	Treatment          *aims.Treatment  `json:"treatment"`
	ResidualLikelihood *int             `json:"residual_likelihood"`
	ResidualImpact     *int             `json:"residual_impact"`
	Status             *aims.RiskStatus `json:"status"`
	AcceptedBy         *string          `json:"accepted_by"`
	AcceptedOn         *Date            `json:"accepted_on"`
	AssessedOn         *Date            `json:"assessed_on"`
	NextReview         *Date            `json:"next_review"`
	Score              *int             `json:"score" jsonschema:"Likelihood times impact; null when it is not assessed."`
	ResidualScore      *int             `json:"residual_score" jsonschema:"The score after treatment; null when it is not assessed."`
	ReviewOverdue      bool             `json:"review_overdue" jsonschema:"Whether its next review is past and it is not closed."`
	TreatedBy          []string         `json:"treated_by" jsonschema:"Controls that treat it."`
}
