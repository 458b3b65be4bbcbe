// Package check looks for gaps in a management system: what a certifier would
// raise, and what stands in the way of certification.
//
//	issues := check.Run(report)
//	check.Diagnostics(issues) // for the terminal
//	check.Next(issues)        // for the site: what to do first
//
// Rules are values in one list. Each looks at the model and the derived
// readiness, and changes neither. Errors of form were found while loading; all
// that is found here is true of a workspace that can be read and built.
package check

import (
	"cmp"
	"go/token"
	"slices"

	"github.com/maruel/natural"

	"annex/generator/aims"
	"annex/generator/diag"
	"annex/generator/readiness"
)

// Class ranks issues by what they hold up, gravest first.
type Class uint8

// The classes in the order of next actions.
const (
	Blocks        Class = iota + 1 // certification
	Overdue                        // a day is past
	Expiring                       // a day is near
	Later                          // holds up a later stage than the next
	Unowned                        // nobody is accountable
	Unjustified                    // a reason is missing
	Informational                  // advice
)

// Classes returns all classes that call for action, in their order.
func Classes() []Class { return []Class{Blocks, Overdue, Expiring, Later, Unowned, Unjustified} }

// String returns the word of a class for addresses and scripts.
func (c Class) String() string {
	switch c {
	case Blocks:
		return "blocks"
	case Overdue:
		return "overdue"
	case Expiring:
		return "expiring"
	case Later:
		return "later"
	case Unowned:
		return "unowned"
	case Unjustified:
		return "unjustified"
	}
	return "informational"
}

// Title returns what a list of the class is headed with.
func (c Class) Title() string {
	switch c {
	case Blocks:
		return "Blocks certification"
	case Overdue:
		return "Overdue"
	case Expiring:
		return "Expiring in 30 days"
	case Later:
		return "Needed for stage 2"
	case Unowned:
		return "Missing owner"
	case Unjustified:
		return "Missing justification"
	}
	return "Advice"
}

// About returns a sentence on what the class means.
func (c Class) About() string {
	switch c {
	case Blocks:
		return "A certifier would not go on with these open."
	case Overdue:
		return "A day is past."
	case Expiring:
		return "Act before the day, and nothing becomes a gap."
	case Later:
		return "It holds up nothing yet, and will before stage 2: operation takes months to show."
	case Unowned:
		return "Nobody is accountable."
	case Unjustified:
		return "A reason or a date is missing."
	}
	return "Worth knowing."
}

// Issue is one gap, for the terminal and for the site alike.
type Issue struct {
	Code    diag.Code
	Class   Class
	Pos     token.Position
	Message string // one sentence, names things by their titles
	Help    string // what to do
	Subject aims.Subject
	Owner   *aims.Role // who has to act; may be nil
	Due     aims.Date  // since when or until when; zero when there is no day
	Project *aims.Project
	Related []diag.Related // other places that it is about
}

// Rule is one check. It reports what it finds for one organization.
type Rule struct {
	Name  string
	Check func(*Facts, func(Issue))
}

// Facts is what rules may look at.
type Facts struct {
	Workspace    *aims.Workspace
	Organization *aims.Project
	Report       *readiness.Report
	AsOf         aims.Date
}

// Rules returns all rules.
func Rules() []Rule {
	return []Rule{
		{"decisions", decisions},
		{"inclusions met", inclusionsMet},
		{"clauses met", clausesMet},
		{"documented information", documentedInformation},
		{"statement approved", statementApproved},
		{"control owners", controlOwners},
		{"control evidence", controlEvidence},
		{"control execution", controlExecution},
		{"stray executions", strayExecutions},
		{"implementation dates", implementationDates},
		{"evidence use", evidenceUse},
		{"future dates", futureDates},
		{"documents", documents},
		{"wording", wording},
		{"risks", risks},
		{"findings", findings},
		{"review actions", reviewActions},
		{"objectives", objectives},
		{"impact assessments", impactAssessments},
		{"audit programme", programme},
		{"internal audits", internalAudits},
		{"management reviews", managementReviews},
		{"corrective actions", correctiveActions},
		{"operation", operation},
		{"certificates", certificates},
		{"signoffs", signoffs},
		{"owners of AI systems", systemOwners},
		{"stages of AI systems", stages},
		{"classification of AI systems", classification},
		{"duties of AI systems", duties},
	}
}

// Run applies all rules to the organization project that a report speaks of.
// Issues come in the order of their places.
func Run(report *readiness.Report) []Issue {
	var all []Issue
	facts := &Facts{Workspace: report.Workspace, Organization: report.Organization, Report: report, AsOf: report.AsOf}
	stage, level := stageOf(), report.Journey.Level()
	for _, rule := range Rules() {
		rule.Check(facts, func(i Issue) {
			if i.Project == nil {
				i.Project = report.Organization
				if i.Subject.Record != nil && i.Subject.Record.Project != nil {
					i.Project = i.Subject.Record.Project
				}
			}
			if i.Class == Blocks && stage[i.Code] > level {
				i.Class = Later
			}
			all = append(all, i)
		})
	}
	slices.SortStableFunc(all, func(a, b Issue) int {
		return cmp.Or(
			cmp.Compare(a.Pos.Filename, b.Pos.Filename),
			cmp.Compare(a.Pos.Line, b.Pos.Line),
			cmp.Compare(a.Pos.Column, b.Pos.Column),
			cmp.Compare(a.Code, b.Code),
			natural.Compare(a.Message, b.Message), // A.2.2 before A.10.2
		)
	})
	return slices.CompactFunc(all, func(a, b Issue) bool {
		return a.Pos == b.Pos && a.Code == b.Code && a.Message == b.Message
	})
}

// Diagnostics returns issues as diagnostics; one about words for each place.
func Diagnostics(issues []Issue) []diag.Diagnostic {
	places := wordPlaces{}
	list := make([]diag.Diagnostic, 0, len(issues)+places.count(issues))
	for _, i := range issues {
		if i.Code == diag.UntestableWord {
			list = places.add(list, i)
			continue
		}
		d := diag.New(i.Code, i.Pos, i.Message, i.Help)
		d.Related = i.Related
		list = append(list, d)
	}
	return diag.Sort(list)
}

// Next returns the issues that call for action, in the order in which to take
// them: what blocks certification, what is overdue, what expires, what nobody
// owns, what is not justified; within a class the earliest day first.
func Next(issues []Issue) []Issue {
	order := make([]*Issue, 0, len(issues)) // issues are large; what is sorted is not
	for i := range issues {
		if issues[i].Class != Informational {
			order = append(order, &issues[i])
		}
	}
	slices.SortStableFunc(order, func(a, b *Issue) int {
		if c := cmp.Compare(a.Class, b.Class); c != 0 {
			return c
		}
		if a.Due.IsZero() != b.Due.IsZero() {
			if a.Due.IsZero() {
				return 1
			}
			return -1
		}
		return a.Due.Compare(b.Due)
	})
	next := make([]Issue, len(order))
	for i, x := range order {
		next[i] = *x
	}
	return next
}

// Actions returns how many issues call for action.
func Actions(issues []Issue) int {
	n := 0
	for i := range issues {
		if issues[i].Class != Informational {
			n++
		}
	}
	return n
}

// OfClass returns the issues of one class.
func OfClass(issues []Issue, c Class) []Issue {
	return slices.DeleteFunc(slices.Clone(issues), func(i Issue) bool { return i.Class != c })
}

func control(c *aims.Control) aims.Subject {
	return aims.Subject{Kind: aims.KindControl, Record: &c.Record}
}

func document(d *aims.Document) aims.Subject {
	return aims.Subject{Kind: aims.KindDocument, Record: &d.Record, Document: d}
}

func evidence(e *aims.Evidence) aims.Subject {
	return aims.Subject{Kind: aims.KindEvidence, Record: &e.Record}
}
