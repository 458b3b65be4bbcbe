// Package diag holds what annex has to say about a workspace: diagnostics as
// plain data, the catalog of their codes, and the forms in which they are
// printed.
//
// A [Diagnostic] is found by the steps that read and check a workspace. It
// names a [Code] such as AX0301, a position, one sentence that says what is
// wrong, and a help text that says how to mend it:
//
//	organization/controls.toml:14:29: error[AX0301]: iso-42001 has no requirement A.6.2.9
//	   14 | satisfies = ["iso-42001:A.6.2.9"]
//	      |              ^
//	   help: did you mean iso-42001:A.6.2.8, "AI system recording of event logs"?
//
// The package imports nothing of annex: positions are those of go/token, where
// Line and Column count from one and a column counts characters.
package diag

import (
	"cmp"
	"go/token"
	"slices"

	"github.com/maruel/natural"
)

// Severity says how much a diagnostic matters.
type Severity uint8

const (
	// Note is advice; it changes no exit code.
	Note Severity = iota + 1
	// Warning is a gap in the management system that a certifier would
	// raise. The site can be built and shows the gap.
	Warning
	// Error means that the workspace cannot be read as it was meant. No
	// site is built.
	Error
)

// String returns the word that is printed: note, warning or error.
func (s Severity) String() string {
	switch s {
	case Note:
		return "note"
	case Warning:
		return "warning"
	case Error:
		return "error"
	}
	return "unknown"
}

// Diagnostic is one thing found in one place.
type Diagnostic struct {
	Code     Code
	Severity Severity
	Pos      token.Position // Filename is relative to the workspace, with slashes
	Message  string         // one sentence, no full stop at its end
	Help     string         // how to mend it; may be empty for none
	Related  []Related      // other places that belong to it
}

// Related is a second place that explains a diagnostic, such as the first use
// of an id that was given twice.
type Related struct {
	Pos     token.Position
	Message string
}

// New returns a diagnostic of code at pos with the severity of the code.
func New(code Code, pos token.Position, message, help string) Diagnostic {
	return Diagnostic{Code: code, Severity: code.Severity(), Pos: pos, Message: message, Help: help}
}

// Sort orders diagnostics by file, line, column, code and message and removes
// repeated ones, so that every run prints them alike.
func Sort(list []Diagnostic) []Diagnostic {
	slices.SortFunc(list, compare)
	return slices.CompactFunc(list, func(a, b Diagnostic) bool {
		return compare(a, b) == 0
	})
}

func compare(a, b Diagnostic) int {
	return cmp.Or(
		cmp.Compare(a.Pos.Filename, b.Pos.Filename),
		cmp.Compare(a.Pos.Line, b.Pos.Line),
		cmp.Compare(a.Pos.Column, b.Pos.Column),
		cmp.Compare(a.Code, b.Code),
		natural.Compare(a.Message, b.Message), // A.2.2 before A.10.2
	)
}

// Counts says how many diagnostics of each severity a list holds.
type Counts struct{ Errors, Warnings, Notes int }

// Count counts the diagnostics of a list by severity.
func Count(list []Diagnostic) Counts {
	var c Counts
	for _, d := range list {
		switch d.Severity {
		case Error:
			c.Errors++
		case Warning:
			c.Warnings++
		default:
			c.Notes++
		}
	}
	return c
}
