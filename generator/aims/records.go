package aims

import "path"

// Document is a governed text: a policy, procedure, plan, report or record
// (clause 7.5).
type Document struct {
	Record
	Kind       DocumentKind
	Owner      *Role
	Version    string
	Status     DocumentStatus
	ApprovedBy *Role
	ApprovedOn Date
	NextReview Date
	Satisfies  []*Requirement
	Impact     *Impact // of an impact assessment, else nil
	Body       Prose
	Wording    *Wording // nil when there is nothing to say of it
}

// Binding reports whether documents of a kind say what people have to do.
func (k DocumentKind) Binding() bool { return k == "policy" || k == "procedure" || k == "plan" }

// Wording is what there is to say of the words of a document.
type Wording struct {
	Untestable []UntestableWord // of a binding document, in the order of the text
	Accepted   []string         // words that the document means to use all the same
}

// UntestableWord is a word or phrase that nobody can test, such as "as needed".
// Package plain has the list.
type UntestableWord struct {
	Word         string // in small letters
	Line, Column int32  // in the file of the document
}

// Approved reports whether the document was approved by a day.
func (d *Document) Approved(asOf Date) bool {
	return d.Status == Approved && !d.ApprovedOn.After(asOf)
}

// ReviewOverdue reports whether the document's next review is past.
func (d *Document) ReviewOverdue(asOf Date) bool {
	return d.Status != Retired && !d.NextReview.IsZero() && d.NextReview.Before(asOf)
}

// Control is what the organization does: the unit that is executed and
// reviewed. One control may satisfy requirements of many frameworks.
type Control struct {
	Record
	Satisfies     []*Requirement
	Level         Level
	Owner         *Role // accountable
	Responsible   []*Role
	Consulted     []*Role
	Informed      []*Role
	Status        Status
	Due           Date // planned implementation
	ImplementedOn Date
	Cadence       Period
	Documents     []*Document
	Risks         []*Risk
	Systems       []*System // that a system-level control is limited to; none for all
	Description   Prose
	Executions    []*Execution // oldest first
}

// Execution is one dated performance of a control.
type Execution struct {
	Control  *Control
	On       Date
	By       *Role
	Result   Result
	Evidence []*Evidence
	System   *System // for a control at system level, else nil
	Note     string
	Origin   Origin
}

// Decision is the applicability decision for one reference control
// (ISO/IEC 42001 6.1.3).
type Decision struct {
	Record
	Requirement   *Requirement
	Decided       bool // false while the decision is open
	Applicable    bool
	Reasons       []Reason
	Justification string
	Basis         Basis // of an exclusion
	Owner         *Role
	DecidedBy     *Role
	DecidedOn     Date
}

// Excluded reports whether the decision leaves the reference control out.
func (d *Decision) Excluded() bool { return d != nil && d.Decided && !d.Applicable }

// Evidence is a file, link or note that shows a control at work.
type Evidence struct {
	Record
	File        string // path in the workspace, or empty
	Size        int64  // of the file in bytes
	SHA256      string // of the file, in hex
	URL         string
	Note        string
	Effective   Date
	Expires     Date
	Owner       *Role
	Description Prose
	Direct      []*Control // that it shows without an execution
	Apart       bool       // whether its file does not go along with it to an audience
}

// Place is where the file of the evidence stands in a site, from its root.
func (e *Evidence) Place() string { return "evidence/" + e.ID + "/" + path.Base(e.File) }

// Current reports whether the evidence is in force on a day: it has taken
// effect and not expired. It is still valid on its day of expiry.
func (e *Evidence) Current(asOf Date) bool {
	return !e.Effective.After(asOf) && !e.Expired(asOf)
}

// Expired reports whether the evidence is past its expiry.
func (e *Evidence) Expired(asOf Date) bool {
	return !e.Expires.IsZero() && e.Expires.Before(asOf)
}

// ExpiresWithin reports whether the evidence is in force and expires in at
// most n days.
func (e *Evidence) ExpiresWithin(asOf Date, n int) bool {
	return !e.Expires.IsZero() && e.Current(asOf) && asOf.DaysUntil(e.Expires) <= n
}

// Risk is an AI risk (clauses 6.1.2 and 8.2). Likelihood and impact go from 1
// to 5; 0 means not assessed.
type Risk struct {
	Record
	Description        Prose
	Owner              *Role
	Affects            []Affected
	Systems            []*System
	Likelihood         int
	Impact             int
	Treatment          Treatment
	ResidualLikelihood int
	ResidualImpact     int
	Status             RiskStatus
	AcceptedBy         *Role
	AcceptedOn         Date
	AssessedOn         Date
	NextReview         Date
}

// Score is likelihood times impact, 1 to 25, or 0 when not assessed.
func (r *Risk) Score() int { return r.Likelihood * r.Impact }

// ResidualScore is the score after treatment, or 0 when not assessed.
func (r *Risk) ResidualScore() int { return r.ResidualLikelihood * r.ResidualImpact }

// Objective is an AI objective (clause 6.2).
type Objective struct {
	Record
	Description  Prose
	Owner        *Role
	Measure      string
	Target       float64
	Unit         string
	Direction    Direction
	Due          Date
	Status       ObjectiveStatus
	Satisfies    []*Requirement
	Measurements []Measurement // oldest first
}

// Measurement is one measured value of an objective.
type Measurement struct {
	On    Date
	Value float64
	Note  string
}

// Latest returns the newest measurement up to a day.
func (o *Objective) Latest(asOf Date) (Measurement, bool) {
	for i := len(o.Measurements) - 1; i >= 0; i-- {
		if !o.Measurements[i].On.After(asOf) {
			return o.Measurements[i], true
		}
	}
	return Measurement{}, false
}

// Meets reports whether a value is on the right side of the target.
func (o *Objective) Meets(value float64) bool {
	if o.Direction == AtMost {
		return value <= o.Target
	}
	return value >= o.Target
}

// Role is a role of the organization (clause 5.3). Records are owned by roles,
// not by persons.
type Role struct {
	Record
	Person      string
	Deputy      *Role
	Description Prose
}

// Party is an interested party (clause 4.2).
type Party struct {
	Record
	Kind         PartyKind
	Expectations Prose
	Addressed    bool
	How          string
}

// Audit is a planned or finished audit (clause 9.2 and certification).
type Audit struct {
	Record
	Kind         AuditKind
	From, To     Date
	Status       AuditStatus
	Programme    *Document // that the audit is part of (clause 9.2.2)
	Auditor      string
	Independence string
	Criteria     []*Requirement
	Frameworks   []*Framework // covered as a whole
	Projects     []*Project
	Sample       string
	Summary      Prose
	Report       *Document
}

// Done reports whether the audit took place by a day.
func (a *Audit) Done(asOf Date) bool { return a.Status == AuditDone && !a.Last().After(asOf) }

// Last returns the last day of the audit, or the first when no last is given.
func (a *Audit) Last() Date {
	if a.To.IsZero() {
		return a.From
	}
	return a.To
}

// In reports whether the audit looked at an organization or one of its AI
// systems. One that names no project looked at its own organization.
func (a *Audit) In(o *Project) bool {
	for _, p := range a.Projects {
		if p.Organization == o {
			return true
		}
	}
	return len(a.Projects) == 0 && a.Project.Organization == o
}

// Of reports whether the audit is about a framework: as a whole or in part.
func (a *Audit) Of(f *Framework) bool {
	for _, own := range a.Frameworks {
		if own == f {
			return true
		}
	}
	for _, c := range a.Criteria {
		if c.Framework == f {
			return true
		}
	}
	return false
}

// Covers reports whether a requirement is among the criteria of the audit.
func (a *Audit) Covers(r *Requirement) bool {
	for _, f := range a.Frameworks {
		if f == r.Framework {
			return true
		}
	}
	for _, c := range a.Criteria {
		for up := r; up != nil; up = up.Parent {
			if c == up {
				return true
			}
		}
	}
	return false
}

// Finding is a result of an audit (clause 10.2).
type Finding struct {
	Record
	Audit            *Audit
	Grade            Grade
	Requirement      *Requirement
	Control          *Control
	About            *Project
	Owner            *Role
	Raised           Date
	Due              Date
	Description      Prose
	Cause            string
	Correction       string
	CorrectiveAction string
	Effectiveness    string
	EffectivenessOn  Date // when the effect of the corrective action was checked
	Closed           Date
}

// Nonconformity reports whether the finding says that a requirement was not met.
func (f *Finding) Nonconformity() bool { return f.Grade == Major || f.Grade == Minor }

// Open reports whether the finding was raised and not closed by a day.
func (f *Finding) Open(asOf Date) bool {
	return !f.Raised.After(asOf) && (f.Closed.IsZero() || f.Closed.After(asOf))
}

// Age is for how many days the finding was open, up to a day if it still is.
func (f *Finding) Age(asOf Date) int {
	end := asOf
	if !f.Closed.IsZero() && !f.Open(asOf) {
		end = f.Closed
	}
	return max(0, f.Raised.DaysUntil(end))
}

// Overdue reports whether the finding is open past its due date.
func (f *Finding) Overdue(asOf Date) bool {
	return f.Open(asOf) && !f.Due.IsZero() && f.Due.Before(asOf)
}

// Review is a management review (clause 9.3).
type Review struct {
	Record
	HeldOn    Date
	Chair     *Role
	Attendees []*Role
	Minutes   *Document
	Inputs    []ReviewInput
	Decisions []string
	Actions   []ReviewAction
}

// ReviewInput is what the review had before it on one topic of 9.3.2.
type ReviewInput struct {
	Topic ReviewTopic
	Text  string
}

// ReviewAction is an action that a management review decided.
type ReviewAction struct {
	Text   string
	Owner  *Role
	Due    Date
	Done   Date
	Origin Origin
}

// Open reports whether the action was not done by a day.
func (a *ReviewAction) Open(asOf Date) bool { return a.Done.IsZero() || a.Done.After(asOf) }

// Overdue reports whether the action is open past its due date.
func (a *ReviewAction) Overdue(asOf Date) bool {
	return a.Open(asOf) && !a.Due.IsZero() && a.Due.Before(asOf)
}

// Signoff is an approval or rejection by a role.
type Signoff struct {
	Record
	Subject     string // id of a record, or of the framework of a Statement of Applicability
	SubjectKind SignoffKind
	By          *Role
	On          Date
	Decision    SignoffDecision
	Statement   string
	Signed      Subject // what Subject names
	Marks       []Mark  // of what was signed; none without a digest
}

// Asset is a file of a project that a document shows or links to.
type Asset struct {
	File    string // path in the workspace
	Size    int64
	Project *Project // in whose folder it is; nil for none
	Place   string   // below files/ in the site; empty for that of File
}
