package readiness

import "annex/generator/aims"

// State says how far a requirement or a control is, from worst to best. It
// keeps paper and practice apart: what is documented is not yet implemented,
// and what is implemented operates only with current evidence.
type State uint8

// The states of section 4 of the design. NotAssessed and NotApplicable stand
// outside the order from Gap to Verified.
const (
	NotApplicable State = iota // decided not to apply
	NotAssessed                // a reference control that nobody has decided on
	Gap                        // nothing satisfies it
	Planned                    // a control is planned
	Documented                 // an approved document says how
	Implemented                // a control is in place
	Operating                  // performed within its cadence, with current evidence
	Verified                   // and covered by an internal audit without open major finding
)

// States returns all states from worst to best, those outside the order last.
func States() []State {
	return []State{Gap, Planned, Documented, Implemented, Operating, Verified, NotAssessed, NotApplicable}
}

// String returns the word of the state as it stands in files: not-applicable.
func (s State) String() string {
	switch s {
	case NotApplicable:
		return "not-applicable"
	case NotAssessed:
		return "not-assessed"
	case Gap:
		return "gap"
	case Planned:
		return "planned"
	case Documented:
		return "documented"
	case Implemented:
		return "implemented"
	case Operating:
		return "operating"
	case Verified:
		return "verified"
	}
	return "unknown"
}

// Rule returns the sentence that says when a state is given. about.html prints
// all of them.
func (s State) Rule() string {
	switch s {
	case NotApplicable:
		return "The organization decided that the reference control does not apply, and no AI system in scope needs it; or a law binds by role and risk class, and no AI system in scope has the duty. A prohibition applies to everybody."
	case NotAssessed:
		return "The reference control has no decision yet."
	case Gap:
		return "No control and no approved document satisfies the requirement."
	case Planned:
		return "A control exists, but it is not implemented, and no approved document describes it."
	case Documented:
		return "An approved document says how the requirement is met; no control is implemented."
	case Implemented:
		return "The control is implemented, but it was not performed within its cadence, was last found ineffective, or has no current evidence."
	case Operating:
		return "The control was performed within its cadence, or within a year where it has none, the latest performance was not ineffective, and evidence of it is current."
	case Verified:
		return "It operates, an internal audit of the last year covered the requirement, and no major finding is open on it."
	}
	return ""
}

// FlagKind names what a flag warns of.
type FlagKind string

// The kinds of flags.
const (
	ExecutionOverdue FlagKind = "execution-overdue"
	EvidenceExpired  FlagKind = "evidence-expired"
	EvidenceExpiring FlagKind = "evidence-expiring"
	ReviewOverdue    FlagKind = "review-overdue"
	MissingOwner     FlagKind = "missing-owner"
	OpenFinding      FlagKind = "open-finding"
	Ineffective      FlagKind = "ineffective"
)

// FlagKinds returns all kinds of flags.
func FlagKinds() []FlagKind {
	return []FlagKind{ExecutionOverdue, EvidenceExpired, EvidenceExpiring, ReviewOverdue, MissingOwner, OpenFinding, Ineffective}
}

// Rule returns the sentence that says when a flag is raised.
func (k FlagKind) Rule() string {
	switch k {
	case ExecutionOverdue:
		return "By its cadence the control should have been performed again before the as-of date."
	case EvidenceExpired:
		return "Evidence of the latest performance expired before the as-of date."
	case EvidenceExpiring:
		return "Evidence in force expires within 30 days."
	case ReviewOverdue:
		return "The next review of a document lay before the as-of date."
	case MissingOwner:
		return "Nobody is accountable for the control."
	case OpenFinding:
		return "A finding on the requirement or the control is open."
	case Ineffective:
		return "The latest performance was found ineffective."
	}
	return ""
}

// Flag is something that needs attention whatever the state is.
type Flag struct {
	Kind     FlagKind
	Date     aims.Date // since when, or until when; zero when there is no day
	Control  *aims.Control
	Document *aims.Document
	Evidence *aims.Evidence
	Finding  *aims.Finding
	System   *aims.System
}
