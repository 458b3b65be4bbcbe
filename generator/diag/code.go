package diag

import "slices"

// Code names one rule, such as AX0301. Codes never change their meaning.
type Code string

// Severity returns how much a diagnostic of this code matters, or Error for a
// code that the catalog does not have.
func (c Code) Severity() Severity {
	if e, ok := Find(c); ok {
		return e.Severity
	}
	return Error
}

// Entry is what the catalog says of one code.
type Entry struct {
	Code     Code
	Severity Severity
	Title    string // a noun phrase
	Text     string // why the rule exists and how to mend what it finds
}

// Family is a group of codes that share their first digits.
type Family struct {
	Title   string
	About   string // what the codes of the family look at
	Entries []Entry
}

// Families returns the whole catalog of codes in ascending order.
func Families() []Family {
	return []Family{
		readingFamily(),
		formFamily(),
		referenceFamily(),
		textFamily(),
		decisionFamily(),
		operationFamily(),
		documentFamily(),
		programmeFamily(),
		systemFamily(),
		themeFamily(),
	}
}

// Find returns the catalog entry of a code.
func Find(code Code) (Entry, bool) {
	for _, f := range Families() {
		i := slices.IndexFunc(f.Entries, func(e Entry) bool { return e.Code == code })
		if i >= 0 {
			return f.Entries[i], true
		}
	}
	return Entry{}, false
}
