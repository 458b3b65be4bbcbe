package diag

// Codes about clauses 6.1, 6.2, 9.2, 9.3 and 10.2.
const (
	RiskUntreated       Code = "AX0701"
	RiskNotAccepted     Code = "AX0702"
	RiskReviewOverdue   Code = "AX0703"
	FindingOverdue      Code = "AX0801"
	MajorOpen           Code = "AX0802"
	ActionOverdue       Code = "AX0803"
	ObjectiveUnmeasured Code = "AX0804"
	AssessmentOverdue   Code = "AX0805"
	ClauseUnmet         Code = "AX0901"
	RequirementUnmet    Code = "AX0902"
)

func programmeFamily() Family {
	return Family{Title: "Risks, findings, objectives, roles", About: "clauses 6.1, 6.2, 9.2, 9.3 and 10.2", Entries: []Entry{
		{
			RiskUntreated, Warning, "risk above the criteria without treatment",
			`The risk scores above what the organization accepts, and no control treats it.`,
		},
		{
			RiskNotAccepted, Warning, "retained risk that nobody accepted",
			`A risk that is retained above the criteria needs the name of the role that accepted it, and the day (ISO/IEC 42001 6.1.3).`,
		},
		{
			RiskReviewOverdue, Warning, "risk past its review",
			`The next review of the risk lay before the as-of date.`,
		},
		{
			FindingOverdue, Warning, "finding past its due date",
			`The finding is open and was due before the as-of date.`,
		},
		{
			MajorOpen, Warning, "major nonconformity is open",
			`An open major nonconformity blocks certification until it is corrected.`,
		},
		{
			ActionOverdue, Warning, "action of a management review is overdue",
			`The action was due before the as-of date and is not done.`,
		},
		{
			ObjectiveUnmeasured, Warning, "objective without a measurement",
			`An objective has to be measured. Add an [[objective.measurement]].`,
		},
		{
			AssessmentOverdue, Warning, "impact assessment past its review",
			`The impact assessment of an AI system in operation is missing or past its review date.`,
		},
		{
			ClauseUnmet, Warning, "clause that nothing satisfies",
			`No control and no approved document satisfies this clause. Clauses cannot be excluded, so it blocks certification.`,
		},
		{
			RequirementUnmet, Note, "requirement of a guideline that nothing satisfies",
			`No control and no approved document satisfies this requirement of a guideline or questionnaire. Nobody certifies it, so that it holds nothing up.`,
		},
	}}
}
