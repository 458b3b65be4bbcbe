package check

import (
	"slices"

	"annex/generator/diag"
)

// Condition is what a stage of certification asks for. Its open points are the
// issues with one of its codes.
type Condition struct {
	ID    string
	Stage int // 1 documented information, 2 operation
	Title string
	Rule  string
	Codes []diag.Code
}

// Conditions returns the conditions of both stages. They are all that "blocks
// certification" means: an issue blocks if and only if its code stands here.
func Conditions() []Condition {
	return []Condition{
		{
			"documented", 1, "Documented information",
			"Every document and record that a clause calls for is there: an approved document, a register with entries for the standard by that day, or evidence in force. With several standards in use a risk counts for those that a control against it serves, an objective for those that it names. A Statement of Applicability answers once it is approved.",
			[]diag.Code{diag.DocumentedMissing},
		},
		{
			"clauses", 1, "Clauses",
			"A control or an approved document satisfies every clause; none can be left out.",
			[]diag.Code{diag.ClauseUnmet},
		},
		{
			"statement", 1, "Statement of Applicability",
			"It is approved, decides on every reference control, justifies what it leaves out, contradicts no AI system, and a control serves whatever applies.",
			[]diag.Code{diag.SoANotApproved, diag.DecisionMissing, diag.Undecided, diag.ExclusionUnjustified, diag.ExcludedButNeeded, diag.ApplicableUnmet},
		},
		{
			"risks", 1, "Risks and impacts",
			"Risks above the criteria are treated or accepted by name, and every AI system in operation has an approved impact assessment.",
			[]diag.Code{diag.RiskUntreated, diag.RiskNotAccepted, diag.AssessmentOverdue},
		},
		{
			"planned", 1, "Audit and review planned",
			"An internal audit and a management review took place or are planned.",
			[]diag.Code{diag.ProgrammeMissing},
		},
		{
			"internal-audit", 2, "Internal audit",
			"Internal audits of the last year together covered every clause and every reference control that applies.",
			[]diag.Code{diag.AuditIncomplete},
		},
		{
			"review", 2, "Management review",
			"A management review of the last year answered every input of clause 9.3.2.",
			[]diag.Code{diag.ReviewMissing, diag.ReviewInputMissing},
		},
		{
			"corrective-action", 2, "Corrective action",
			"No major finding is open, and every open minor one has a corrective action, an owner and a due date.",
			[]diag.Code{diag.MajorOpen, diag.FindingUnplanned},
		},
		{
			"operation", 2, "Evidence of operation",
			"Every control for a requirement that applies is implemented, and a performance with evidence shows it at work since then.",
			[]diag.Code{diag.NotAtWork},
		},
	}
}

// stageOf returns the stage that each code of a condition holds up.
func stageOf() map[diag.Code]int {
	stage := map[diag.Code]int{}
	for _, c := range Conditions() {
		for _, code := range c.Codes {
			stage[code] = c.Stage
		}
	}
	return stage
}

// Open returns the issues that stand in the way of a condition.
func (c Condition) Open(issues []Issue) []Issue {
	return slices.DeleteFunc(slices.Clone(issues), func(i Issue) bool {
		return i.Class != Blocks && i.Class != Later || !slices.Contains(c.Codes, i.Code)
	})
}
