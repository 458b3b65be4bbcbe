package diag

// Codes about references to requirements, records and files.
const (
	UnknownRequirement  Code = "AX0301"
	UnknownFramework    Code = "AX0302"
	UnknownRecord       Code = "AX0303"
	NotAssessable       Code = "AX0304"
	NotReferenceControl Code = "AX0305"
	MissingFile         Code = "AX0307"
	DigestMismatch      Code = "AX0308"
	BrokenLink          Code = "AX0309"
	BrokenAnchor        Code = "AX0310"
	Ambiguous           Code = "AX0311"
	NotAGround          Code = "AX0312"
)

func referenceFamily() Family {
	return Family{Title: "References", About: "references to requirements, records and files", Entries: []Entry{
		{
			UnknownRequirement, Error, "requirement that the framework does not have",
			`The catalog of the framework has no requirement of this number. Several public lists of ISO/IEC 42001 controls are invented; annex checks each reference against the 32 clauses and 38 controls that exist.`,
		},
		{
			UnknownFramework, Error, "framework that is not in use",
			`The part before the colon names a framework. It must be listed under frameworks in annex.toml and be built in or stand in the workspace's frameworks folder.`,
		},
		{
			UnknownRecord, Error, "reference to a record that does not exist",
			`No record of the workspace has this id. Check the spelling or add the record.`,
		},
		{
			NotAssessable, Error, "heading where a requirement is needed",
			`This number is a heading or a control area of the standard. It cannot be satisfied itself; name the clause or control below it.`,
		},
		{
			NotReferenceControl, Error, "decision on something that is not a reference control",
			`Applicability is decided for reference controls (Annex A). Clauses 4 to 10 of a management system standard can never be excluded, and a framework without reference controls has no Statement of Applicability.`,
		},
		{
			MissingFile, Error, "file that does not exist",
			`The record points to a file that is not there. The path counts from the project's folder.`,
		},
		{
			DigestMismatch, Error, "evidence that was changed",
			`The SHA-256 in the record is not that of the file. Either the file was changed after it was recorded, or the digest belongs to another file.`,
		},
		{
			BrokenLink, Error, "link in a text that leads nowhere",
			`The document links to a page, file, record or requirement that does not exist.`,
		},
		{
			BrokenAnchor, Warning, "link to a heading that does not exist",
			`The linked document has no heading of this name.`,
		},
		{
			Ambiguous, Error, "reference that could mean several records",
			`Records of different kinds share the id, so a reference in a text could mean either. Write the kind before it: [[control:the-id]].`,
		},
		{
			NotAGround, Error, "entry that no classification rests on",
			`The grounds of an AI system's risk class are entries of a law that lead to a class: for the EU AI Act an area or point of Annex III, Annex I, a paragraph of Article 6 or 50, a prohibited practice of Article 5, or the chapter on general-purpose AI models.`,
		},
	}}
}
