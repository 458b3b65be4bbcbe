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
	ProgrammeMissing    Code = "AX0806"
	AuditIncomplete     Code = "AX0807"
	ReviewMissing       Code = "AX0808"
	ReviewInputMissing  Code = "AX0809"
	FindingUnplanned    Code = "AX0810"
	EffectUnchecked     Code = "AX0811"
	CertificateAtRisk   Code = "AX0812"
	SignoffStale        Code = "AX0813"
	SignoffUndigested   Code = "AX0814"
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
			`The impact assessment of an AI system in operation is missing, not approved or past its review date.`,
		},
		{
			ProgrammeMissing, Warning, "no internal audit or management review planned",
			`Stage 1 asks whether the internal audit (clause 9.2) and the management review (clause 9.3) are planned or took place.`,
		},
		{
			AuditIncomplete, Warning, "part that no internal audit covered",
			`Before stage 2 the internal audits of one year have to cover every clause and every reference control that applies (clause 9.2).`,
		},
		{
			ReviewMissing, Warning, "no management review in the last year",
			`Top management reviews the system at planned intervals (clause 9.3); stage 2 and every surveillance ask for one of the last year.`,
		},
		{
			ReviewInputMissing, Warning, "management review that leaves out an input",
			`Clause 9.3.2 lists what a management review has before it. Each input needs an entry, even a short one.`,
		},
		{
			FindingUnplanned, Warning, "open minor finding without a plan",
			`An open minor finding holds nothing up as long as it has a corrective action, an owner and a due date (clause 10.2).`,
		},
		{
			EffectUnchecked, Warning, "finding closed without a look at the effect",
			`A finding is closed when somebody has looked whether the corrective action worked (clause 10.2), and says so in effectiveness.`,
		},
		{
			CertificateAtRisk, Warning, "audit of a certificate is late",
			`A certificate lasts three years. The first surveillance comes within twelve months of the decision, the second within twenty-four, and the audit for the next certificate before it expires (ISO/IEC 17021-1).`,
		},
		{
			SignoffStale, Warning, "signoff of something that changed since",
			`What was signed is not what stands there now. Have it signed again, or undo the change.`,
		},
		{
			SignoffUndigested, Note, "signoff that does not fix what was signed",
			`Without a digest nobody can tell whether the thing changed after it was signed. annex new signoff writes one.`,
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
