package diag

// Codes about records and front matter that do not have the form of section 3 of the design.
const (
	UnknownKey     Code = "AX0201"
	UnknownTable   Code = "AX0202"
	WrongType      Code = "AX0203"
	MissingKey     Code = "AX0204"
	BadID          Code = "AX0205"
	UnknownValue   Code = "AX0206"
	BadDate        Code = "AX0207"
	BadPeriod      Code = "AX0208"
	DoubleID       Code = "AX0209"
	OutOfRange     Code = "AX0210"
	Conflict       Code = "AX0211"
	DateOrder      Code = "AX0212"
	FutureDate     Code = "AX0213"
	NoOrganization Code = "AX0214"
	NestedProject  Code = "AX0215"
	Outside        Code = "AX0216"
)

func formFamily() Family {
	return Family{Title: "Form of records", About: "records and front matter that do not have the form of section 3 of the design", Entries: []Entry{
		{
			UnknownKey, Error, "key that annex does not know",
			`The key is not part of this kind of record. Nothing is dropped in silence, so annex stops rather than ignore it. Check the spelling.`,
		},
		{
			UnknownTable, Error, "table that annex does not know",
			`The name in double brackets says what a record is: control, decision, evidence, risk, objective, role, party, audit, finding, review or signoff.`,
		},
		{
			WrongType, Error, "value of the wrong type",
			`The key wants another type of value: a text in quotes, a number, true or false, a date without quotes, or a list in square brackets.`,
		},
		{
			MissingKey, Error, "required key is missing",
			`The record cannot be understood without this key.`,
		},
		{
			BadID, Error, "id that is not kebab-case",
			`Ids are small letters, digits and single hyphens, such as risk-assessment-cycle, with at most 64 characters. They become addresses of pages, so they stay the same when a title changes.`,
		},
		{
			UnknownValue, Error, "value that is not in the list",
			`The key takes one of a fixed list of words. The help names them.`,
		},
		{
			BadDate, Error, "not a date",
			`Dates are written year, month, day, without quotes and without a time: 2026-05-12.`,
		},
		{
			BadPeriod, Error, "not a period",
			`Periods are a number and a unit in quotes: "30 days", "6 months", "1 year".`,
		},
		{
			DoubleID, Error, "id given twice",
			`Two records of the workspace have the same id, so a reference to it could mean either. Rename one of them, and the references to it. What there is one of, such as the [[soa]] for a framework, is given once.`,
		},
		{
			OutOfRange, Error, "number out of range",
			`The number must lie in the range that the help names; likelihood and impact go from 1 to 5.`,
		},
		{
			Conflict, Error, "keys that exclude each other",
			`Give exactly one of the keys. An evidence record is a file, a link or a note, never two of them; a project is an organization or an AI system and has the keys of its kind.`,
		},
		{
			DateOrder, Error, "dates in the wrong order",
			`One date must not come before the other: evidence cannot expire before it takes effect, and a finding cannot be closed before it was raised.`,
		},
		{
			FutureDate, Warning, "event dated in the future",
			`The record says that something happened on a day after the as-of date. It does not count until then. Correct the date, or build for a later as-of date.`,
		},
		{
			NoOrganization, Error, "no organization project",
			`A workspace needs one folder whose project.toml says kind = "organization". It holds the policies and decisions that AI system projects share.`,
		},
		{
			NestedProject, Error, "project inside a project",
			`A folder with a project.toml is a project and all below it belongs to it, so a second project.toml below it is ambiguous. Move the inner project beside the outer one. For the same reason no project stands beside annex.toml.`,
		},
		{
			Outside, Error, "record outside every project",
			`Records and documents belong to a project: a folder with a project.toml. Move the file into one.`,
		},
	}}
}
