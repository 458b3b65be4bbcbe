package diag

// Codes about operation of controls, ISO/IEC 42001 clauses 8.1 and 9.1.
const (
	NoOwner               Code = "AX0501"
	NoCurrentEvidence     Code = "AX0502"
	ExecutionOverdue      Code = "AX0503"
	LastIneffective       Code = "AX0504"
	NoCadence             Code = "AX0505"
	EvidenceExpired       Code = "AX0506"
	EvidenceExpiring      Code = "AX0507"
	ImplementationOverdue Code = "AX0508"
	EvidenceUnused        Code = "AX0509"
	SystemNotExecuted     Code = "AX0510"
	NotAtWork             Code = "AX0511"
	ExecutionStray        Code = "AX0512"
)

func operationFamily() Family {
	return Family{Title: "Controls and evidence", About: "operation of controls, ISO/IEC 42001 clauses 8.1 and 9.1", Entries: []Entry{
		{
			NoOwner, Warning, "control without an owner",
			`Nobody is accountable for the control. Every control that serves an applicable requirement needs one owner role.`,
		},
		{
			NoCurrentEvidence, Warning, "implemented without current evidence",
			`The control is called implemented, but no evidence of it is in force on the as-of date. Readiness means operation: without evidence the control counts as implemented, not as operating.`,
		},
		{
			ExecutionOverdue, Warning, "control not performed on time",
			`By its cadence the control should have been performed again before the as-of date.`,
		},
		{
			LastIneffective, Warning, "last performance was not effective",
			`The latest execution was found ineffective. Raise a finding, mend the cause and perform the control again.`,
		},
		{
			NoCadence, Note, "implemented control without a cadence",
			`Without a cadence annex cannot tell whether the control is performed often enough.`,
		},
		{
			EvidenceExpired, Warning, "evidence that has expired",
			`The evidence was valid until before the as-of date and shows nothing any more. Collect it again.`,
		},
		{
			EvidenceExpiring, Note, "evidence that expires within 30 days",
			`Plan to collect it again.`,
		},
		{
			ImplementationOverdue, Warning, "implementation past its date",
			`The control was planned to be implemented before the as-of date and is not. Set a new date that its owner agrees to, or finish it.`,
		},
		{
			EvidenceUnused, Note, "evidence that shows nothing",
			`No control or execution refers to the evidence.`,
		},
		{
			SystemNotExecuted, Warning, "system without an execution of a system control",
			`The control is performed for each AI system, and for this system there is no current execution.`,
		},
		{
			NotAtWork, Warning, "control that nothing shows at work",
			`A control for a requirement that applies is not implemented, or was never performed with evidence. Stage 2 looks at operation, so it has to run before.`,
		},
		{
			ExecutionStray, Warning, "execution that counts nowhere",
			`The execution is for an AI system that the control is not performed for: it names other systems, or belongs to another system or organization.`,
		},
	}}
}
