package diag

// Codes about documented information, ISO/IEC 42001 clause 7.5.
const (
	NoApprover        Code = "AX0601"
	ReviewOverdue     Code = "AX0602"
	NoReviewDate      Code = "AX0603"
	DocumentedMissing Code = "AX0604"
	SoANotApproved    Code = "AX0605"
	UntestableWord    Code = "AX0606"
	AcceptedUnused    Code = "AX0607"
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
		{
			UntestableWord, Note, "word that nobody can test",
			`Policies, procedures and plans say what people have to do, and auditors ask for proof of it. A word such as "appropriate" can be neither proved nor refuted: say what is measured, when, how often, by when, or who decides. A word is fine where its sentence says enough: "regularly" beside a period (every 6 months, monthly, before each release), "promptly" beside a limit (within 24 hours), "adequate" after whether, since somebody judges. Code, quotes and words between quotation marks are not looked at. To keep a word on purpose, name it in the front matter of the document, with your reason behind it: accepted_words = ["appropriate"] # Article 32 asks for it. The words, each with its other forms: appropriate, adequate, sufficient, suitable, reasonable, properly; where appropriate, as needed, as required, as necessary, where possible, where practicable; regularly, periodically, from time to time, frequently, occasionally; timely, promptly, swiftly, as soon as possible, without delay, in due course; should consider, should try to, strive, endeavour to, best effort, encouraged to; and the like, etc, and so on, but not limited to; user-friendly, robust, seamless, state of the art, cutting-edge.`,
		},
		{
			AcceptedUnused, Note, "accepted word that is not there",
			`The front matter accepts a word that the text does not hold any more, or only where it is fine. Delete it from accepted_words, so that the list shows what was accepted and nothing else. Only policies, procedures and plans are looked at.`,
		},
	}}
}
