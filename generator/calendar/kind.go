package calendar

// Kind says what happens on a day. It is one word, the first of an event's id.
type Kind string

// The kinds of events.
const (
	DocumentReview  Kind = "document"
	ImpactReview    Kind = "impact"
	RiskReview      Kind = "risk"
	StatementReview Kind = "statement" // of the Statement of Applicability
	Performance     Kind = "control"   // of a control, by its cadence
	Implementation  Kind = "implementation"
	Expiry          Kind = "evidence"
	Finding         Kind = "finding"
	Action          Kind = "action" // of a management review
	Objective       Kind = "objective"
	Audit           Kind = "audit"
	Stage           Kind = "certification"
	Duty            Kind = "duty" // of one AI system
	Statute         Kind = "law"  // of everybody
)

// Kinds returns all kinds, in the order in which those of one day are listed.
func Kinds() []Kind {
	var list []Kind
	for _, r := range rules() {
		list = append(list, r.kind)
	}
	return list
}

// Task reports whether something has to be done by the day, so that it can be
// overdue. What is no task takes place or begins.
func (k Kind) Task() bool { return k != Stage && k != Duty && k != Statute }

// Title returns what one event of the kind is called.
func (k Kind) Title() string {
	switch k {
	case DocumentReview:
		return "Document review"
	case ImpactReview:
		return "Impact review"
	case RiskReview:
		return "Risk review"
	case StatementReview:
		return "Review of the Statement of Applicability"
	case Performance:
		return "Control to perform"
	case Implementation:
		return "Control to implement"
	case Expiry:
		return "Evidence that expires"
	case Finding:
		return "Finding to close"
	case Action:
		return "Action of a management review"
	case Objective:
		return "Objective"
	case Audit:
		return "Audit"
	case Stage:
		return "Certification"
	case Duty:
		return "Duty that begins"
	case Statute:
		return "Statutory day"
	}
	return string(k)
}
