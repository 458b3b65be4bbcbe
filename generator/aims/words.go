package aims

import "slices"

// Classification says who may see a record, from lowest to highest.
type Classification string

// The classes in ascending order. A record without one is Confidential.
const (
	Public       Classification = "public"
	Internal     Classification = "internal"
	Confidential Classification = "confidential"
	Restricted   Classification = "restricted"
)

// Classifications returns all classes in ascending order.
func Classifications() []Classification {
	return []Classification{Public, Internal, Confidential, Restricted}
}

// Above reports whether c is higher than another class. No class at all is the
// lowest.
func (c Classification) Above(other Classification) bool {
	all := Classifications()
	return slices.Index(all, c) > slices.Index(all, other)
}

// Status says how far a control is implemented.
type Status string

// The statuses of a control in the order of progress.
const (
	NotStarted  Status = "not-started"
	Planned     Status = "planned"
	InProgress  Status = "in-progress"
	Implemented Status = "implemented"
)

// Statuses returns all statuses in the order of progress.
func Statuses() []Status { return []Status{NotStarted, Planned, InProgress, Implemented} }

// Level says where a control is performed.
type Level string

// A control is performed once for the organization or for each AI system.
const (
	LevelOrganization Level = "organization"
	LevelSystem       Level = "system"
)

// Levels returns both levels.
func Levels() []Level { return []Level{LevelOrganization, LevelSystem} }

// Result says how an execution of a control went.
type Result string

// The results of an execution.
const (
	Effective       Result = "effective"
	PartlyEffective Result = "partly-effective"
	Ineffective     Result = "ineffective"
)

// Results returns all results from best to worst.
func Results() []Result { return []Result{Effective, PartlyEffective, Ineffective} }

// Reason says why a reference control applies.
type Reason string

// Reasons returns the reasons that a decision may give.
func Reasons() []Reason {
	return []Reason{RiskTreatment, "legal", "contractual", "policy", "best-practice"}
}

// RiskTreatment is the reason that must be shown by a treated risk.
const RiskTreatment Reason = "risk-treatment"

// Basis says what an exclusion rests on (ISO/IEC 42001 6.1.3).
type Basis string

// Bases returns the bases that an exclusion may rest on.
func Bases() []Basis {
	return []Basis{"risk-assessment", "external-requirements", "no-such-activity"}
}

// DocumentKind says what a governed document is.
type DocumentKind string

// DocumentKinds returns all kinds of documents.
func DocumentKinds() []DocumentKind {
	return []DocumentKind{Policy, Procedure, Plan, "report", "record"}
}

// The kinds of documents that say what is to be done. The others say what was.
const (
	Policy    DocumentKind = "policy"
	Procedure DocumentKind = "procedure"
	Plan      DocumentKind = "plan"
)

// DocumentStatus says how far the approval of a document is.
type DocumentStatus string

// The statuses of a document.
const (
	Draft    DocumentStatus = "draft"
	InReview DocumentStatus = "in-review"
	Approved DocumentStatus = "approved"
	Retired  DocumentStatus = "retired"
)

// DocumentStatuses returns all statuses of a document.
func DocumentStatuses() []DocumentStatus {
	return []DocumentStatus{Draft, InReview, Approved, Retired}
}

// Treatment says what the organization does about a risk.
type Treatment string

// The options of risk treatment.
const (
	Modify Treatment = "modify"
	Retain Treatment = "retain"
	Avoid  Treatment = "avoid"
	Share  Treatment = "share"
)

// Treatments returns all options of risk treatment.
func Treatments() []Treatment { return []Treatment{Modify, Retain, Avoid, Share} }

// RiskStatus says where a risk stands.
type RiskStatus string

// RiskStatuses returns all statuses of a risk.
func RiskStatuses() []RiskStatus {
	return []RiskStatus{RiskOpen, RiskTreated, RiskAccepted, RiskClosed}
}

// The statuses of a risk.
const (
	RiskOpen     RiskStatus = "open"
	RiskTreated  RiskStatus = "treated"
	RiskAccepted RiskStatus = "accepted"
	RiskClosed   RiskStatus = "closed"
)

// Affected says whom a risk would hit.
type Affected string

// AffectedGroups returns all groups that a risk may hit.
func AffectedGroups() []Affected {
	return []Affected{Individuals, Groups, Society, "organization"}
}

// The groups whose interests ISO/IEC 42001 6.1.4 puts before the organization's.
const (
	Individuals Affected = "individuals"
	Groups      Affected = "groups"
	Society     Affected = "society"
)

// Direction says which side of its target an objective wants to be on.
type Direction string

// The directions of an objective.
const (
	AtLeast Direction = "at-least"
	AtMost  Direction = "at-most"
)

// Directions returns both directions.
func Directions() []Direction { return []Direction{AtLeast, AtMost} }

// ObjectiveStatus says whether an objective is pursued.
type ObjectiveStatus string

// The statuses of an objective.
const (
	Active   ObjectiveStatus = "active"
	Achieved ObjectiveStatus = "achieved"
	Dropped  ObjectiveStatus = "dropped"
)

// ObjectiveStatuses returns all statuses of an objective.
func ObjectiveStatuses() []ObjectiveStatus { return []ObjectiveStatus{Active, Achieved, Dropped} }

// PartyKind tells interested parties inside and outside apart.
type PartyKind string

// PartyKinds returns both kinds.
func PartyKinds() []PartyKind { return []PartyKind{"internal", "external"} }

// AuditKind names a kind of audit on the way to certification and after.
type AuditKind string

// The kinds of audits. The internal audit is that of clause 9.2; those from
// stage 1 on are the certification body's (ISO/IEC 17021-1).
const (
	GapAnalysis     AuditKind = "gap-analysis"
	InternalAudit   AuditKind = "internal"
	StageOne        AuditKind = "stage-1"
	StageTwo        AuditKind = "stage-2"
	Surveillance    AuditKind = "surveillance"
	Recertification AuditKind = "recertification"
)

// AuditKinds returns all kinds in the order of the journey.
func AuditKinds() []AuditKind {
	return []AuditKind{GapAnalysis, InternalAudit, StageOne, StageTwo, Surveillance, Recertification}
}

// AuditStatus says whether an audit took place.
type AuditStatus string

// The statuses of an audit.
const (
	AuditPlanned AuditStatus = "planned"
	AuditDone    AuditStatus = "done"
)

// AuditStatuses returns both statuses.
func AuditStatuses() []AuditStatus { return []AuditStatus{AuditPlanned, AuditDone} }

// Grade says how grave a finding is.
type Grade string

// The grades from gravest to lightest.
const (
	Major       Grade = "major"
	Minor       Grade = "minor"
	Observation Grade = "observation"
	Opportunity Grade = "opportunity"
)

// Grades returns all grades from gravest to lightest.
func Grades() []Grade { return []Grade{Major, Minor, Observation, Opportunity} }

// ReviewTopic names an input of a management review (ISO/IEC 42001 9.3.2).
type ReviewTopic string

// ReviewTopics returns the inputs that clause 9.3.2 asks for.
func ReviewTopics() []ReviewTopic {
	return []ReviewTopic{
		"previous-actions", "changes-issues", "changes-parties", "performance",
		"nonconformities", "monitoring", "audits", "objectives", "improvement",
	}
}

// SignoffKind names what a signoff is about.
type SignoffKind string

// The kinds of things that are signed off.
const (
	SignDocument SignoffKind = "document"
	SignRisk     SignoffKind = "risk"
	SignSoA      SignoffKind = "soa"
	SignControl  SignoffKind = "control"
	SignReview   SignoffKind = "review"
)

// SignoffKinds returns the kinds of things that are signed off.
func SignoffKinds() []SignoffKind {
	return []SignoffKind{SignDocument, SignRisk, SignSoA, SignControl, SignReview}
}

// SignoffDecision says how a signoff went.
type SignoffDecision string

// SignApproved is the decision of a signoff that gives its consent.
const SignApproved SignoffDecision = "approved"

// SignoffDecisions returns both decisions.
func SignoffDecisions() []SignoffDecision { return []SignoffDecision{SignApproved, "rejected"} }

// ProjectKind tells organization projects from AI system projects.
type ProjectKind string

// The kinds of projects.
const (
	OrganizationProject ProjectKind = "organization"
	SystemProject       ProjectKind = "system"
)

// ProjectKinds returns both kinds.
func ProjectKinds() []ProjectKind { return []ProjectKind{OrganizationProject, SystemProject} }

// AIRole is a role toward AI systems that ISO/IEC 42001 4.1 asks the
// organization to determine.
type AIRole string

// AIRoles returns the roles of ISO/IEC 42001.
func AIRoles() []AIRole {
	return []AIRole{"provider", "producer", "user", "partner", "subject", "authority"}
}

// SystemRole is the organization's role toward one AI system under the EU AI
// Act, Articles 3 and 25.
type SystemRole string

// SystemRoles returns the roles of Articles 3 and 25.
func SystemRoles() []SystemRole {
	return []SystemRole{RoleProvider, "deployer", "importer", "distributor", RoleManufacturer, "authorised-representative"}
}

// The roles of which one can count as the other: a manufacturer is a provider
// where the law says so (Article 25(3)).
const (
	RoleProvider     SystemRole = "provider"
	RoleManufacturer SystemRole = "product-manufacturer"
)

// Stage is a stage of the life cycle of an AI system.
type Stage string

// The stages of the life cycle that say whether a system is in use.
const (
	StageDesign      Stage = "design"
	StageDevelopment Stage = "development"
	StageOperation   Stage = "operation"
	StageRetired     Stage = "retired"
)

// Stages returns the stages of the life cycle in order.
func Stages() []Stage {
	return []Stage{StageDesign, StageDevelopment, "validation", "deployment", StageOperation, StageRetired}
}

// RiskClass is the class of an AI system under the EU AI Act.
type RiskClass string

// RiskClasses returns all classes from gravest to lightest.
func RiskClasses() []RiskClass {
	return []RiskClass{ClassProhibited, ClassHigh, ClassLimited, ClassMinimal}
}

// The risk classes.
const (
	ClassProhibited RiskClass = "prohibited"
	ClassHigh       RiskClass = "high"
	ClassLimited    RiskClass = "limited"
	ClassMinimal    RiskClass = "minimal"
)
