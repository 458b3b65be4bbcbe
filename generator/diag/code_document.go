package diag

// Codes about documented information, ISO/IEC 42001 clause 7.5.
const (
	NoApprover        Code = "AX0601"
	ReviewOverdue     Code = "AX0602"
	NoReviewDate      Code = "AX0603"
	DocumentedMissing Code = "AX0604"
	SoANotApproved    Code = "AX0605"
)

func documentFamily() Family {
	return Family{Title: "Governed documents", About: "documented information, ISO/IEC 42001 clause 7.5", Entries: []Entry{
		{
			NoApprover, Warning, "approved without an approver",
			`An approved document names who approved it and when.`,
		},
		{
			ReviewOverdue, Warning, "document past its review",
			`The next review lay before the as-of date. Review the document, and set the date of the next one.`,
		},
		{
			NoReviewDate, Warning, "approved document without a next review",
			`An approved document names the day of its next review.`,
		},
		{
			DocumentedMissing, Warning, "documented information is missing",
			`The standard asks for this documented information and no approved document, register or evidence answers it. A policy, procedure or plan says what to do and is no record of it; a register answers with what is about the standard and happened by the day. It blocks stage 1.`,
		},
		{
			SoANotApproved, Warning, "Statement of Applicability is not approved",
			`The project has no approved [[soa]] entry for the framework. A certifier expects version, approver and date.`,
		},
	}}
}
