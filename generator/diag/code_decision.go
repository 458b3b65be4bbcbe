package diag

// Codes about the Statement of Applicability, ISO/IEC 42001 clause 6.1.3.
const (
	DecisionMissing      Code = "AX0401"
	Undecided            Code = "AX0402"
	ExclusionUnjustified Code = "AX0403"
	EmptyJustification   Code = "AX0404"
	InclusionUnjustified Code = "AX0405"
	DecisionTwice        Code = "AX0406"
	ExcludedButNeeded    Code = "AX0407"
	ExcludedButSatisfied Code = "AX0408"
	ExclusionBasis       Code = "AX0409"
	ApplicableUnmet      Code = "AX0410"
	RiskReasonUnshown    Code = "AX0411"
)

func decisionFamily() Family {
	return Family{Title: "Applicability decisions", About: "the Statement of Applicability, ISO/IEC 42001 clause 6.1.3", Entries: []Entry{
		{
			DecisionMissing, Warning, "reference control without a decision",
			`The Statement of Applicability has to speak about every reference control. Add a [[decision]] for it.`,
		},
		{
			Undecided, Warning, "decision that is still open",
			`The decision says neither applicable = true nor applicable = false. A Statement of Applicability with open rows cannot be approved.`,
		},
		{
			ExclusionUnjustified, Warning, "exclusion without justification",
			`A reference control may be left out only with a justification that a certifier can follow: what makes it unnecessary, and what would change that.`,
		},
		{
			EmptyJustification, Warning, "justification that says nothing",
			`Words such as 'N/A', 'not relevant' or 'see policy' repeat the decision without giving its reason. Say what the organization does or does not do, and what follows from it.`,
		},
		{
			InclusionUnjustified, Warning, "inclusion without reasons",
			`ISO/IEC 42001 asks to justify inclusions as well. Give reasons (risk-treatment, legal, contractual, policy, best-practice) and a sentence of justification.`,
		},
		{
			DecisionTwice, Error, "two decisions for one control",
			`The project decides twice about the same reference control. Keep one of them.`,
		},
		{
			ExcludedButNeeded, Warning, "excluded while a system needs it",
			`The organization excludes the control, but an AI system project in scope decides that it applies. The organization's Statement of Applicability is the union of both, so the control counts as applicable until one of the decisions changes.`,
		},
		{
			ExcludedButSatisfied, Warning, "excluded while a control serves it",
			`The decision excludes the reference control, yet a control of the organization says that it satisfies it. One of the two is wrong.`,
		},
		{
			ExclusionBasis, Warning, "exclusion without a basis",
			`Say what the exclusion rests on: risk-assessment (the assessment shows no need), external-requirements (law or contract exempts), or no-such-activity (the organization does not do this).`,
		},
		{
			ApplicableUnmet, Warning, "applicable control that nothing satisfies",
			`The reference control was decided applicable, but no control of the organization satisfies it. It is a gap.`,
		},
		{
			RiskReasonUnshown, Note, "risk named as the reason, but no risk is treated",
			`The decision gives risk-treatment as a reason, but no control that satisfies the reference control names a risk. A certifier will ask which risk it treats.`,
		},
	}}
}
