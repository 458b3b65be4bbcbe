// Package calendar derives from a readiness report every day that lies ahead of
// the organization, and every one that is overdue: reviews, performances of
// controls, evidence that expires, actions, audits, and the days of a law.
//
//	for _, e := range calendar.Events(report) {
//		e.Day, e.Title // 2027-01-15, Review the document "AI policy"
//		e.ID           // document-ai-policy: in every build, whatever day and title
//	}
//
// Days lie ahead from the as-of date on: what is due today is not overdue. An
// audit is ahead until its last day. Days on which something only takes place or
// begins, the stages of certification and the days of a law, are never overdue;
// once past they are gone.
//
// Like a report, the list speaks of one organization project. Documents and
// risks that it borrows from another are reviewed there, and are left out here.
package calendar

import (
	"cmp"
	"slices"
	"strings"

	"github.com/maruel/natural"

	"annex/generator/aims"
	"annex/generator/readiness"
)

// Event is something that has to be done by a day, takes place or begins on it.
type Event struct {
	ID             string // of the kind and what it is about; unique in a report
	Kind           Kind
	Day            aims.Date       // by which, or the first on which
	Last           aims.Date       // the same day, but for audits that take longer
	Overdue        bool            // whether Last is before the as-of date
	Title          string          // one sentence without full stop, names things by their titles
	Help           string          // what to do, in whole sentences
	Subject        aims.Subject    // zero when the day is that of no record
	Framework      *aims.Framework // the law of a duty or a statutory day, else nil
	Owner          *aims.Role      // who has to act; nil for nobody or everybody
	Project        *aims.Project
	Classification aims.Classification // the highest of the records that Title names
}

// rule finds the events of one kind. It leaves Kind, Last when it is Day, and
// Overdue to its caller, and need not look whether there is a day.
type rule struct {
	kind Kind
	find func(r *readiness.Report, add func(Event))
}

func rules() []rule {
	return []rule{
		{DocumentReview, documentReviews},
		{ImpactReview, impactReviews},
		{RiskReview, riskReviews},
		{StatementReview, statementReviews},
		{Performance, performances},
		{Implementation, implementations},
		{Expiry, expiries},
		{Finding, findings},
		{Action, actions},
		{Objective, objectives},
		{Audit, audits},
		{Stage, stages},
		{Duty, duties},
		{Statute, statutes},
	}
}

// Events returns what lies ahead of the as-of date or is overdue on it, by day,
// then by kind in the order of [Kinds], then by id.
func Events(r *readiness.Report) []Event {
	var events []Event
	for _, rule := range rules() {
		rule.find(r, func(e Event) {
			e.Kind = rule.kind
			e.ID = string(rule.kind) + "-" + e.ID
			e.Last = cmp.Or(e.Last, e.Day)
			e.Overdue = e.Last.Before(r.AsOf)
			if !e.Day.IsZero() && (!e.Overdue || rule.kind.Task()) {
				events = append(events, e)
			}
		})
	}
	rank := map[Kind]int{}
	for i, k := range Kinds() {
		rank[k] = i
	}
	slices.SortFunc(events, func(a, b Event) int {
		return cmp.Or(a.Day.Compare(b.Day), cmp.Compare(rank[a.Kind], rank[b.Kind]), natural.Compare(a.ID, b.ID), cmp.Compare(a.ID, b.ID))
	})
	return events
}

// OwnedBy returns the events on which a role has to act, in the same order. Nil
// stands for those that nobody owns.
func OwnedBy(events []Event, owner *aims.Role) []Event {
	return slices.DeleteFunc(slices.Clone(events), func(e Event) bool { return e.Owner != owner })
}

// about returns an event about a record, still without its day and its words.
func about(kind aims.Kind, record *aims.Record, owner *aims.Role) Event {
	return Event{
		ID:             record.ID,
		Subject:        aims.Subject{Kind: kind, Record: record},
		Owner:          owner,
		Project:        record.Project,
		Classification: record.Classification,
	}
}

// in returns the event as one of an AI system: it is found in the project of
// the system, and is as confidential as that.
func (e Event) in(s *aims.System) Event {
	e.ID = join(e.ID, s.ID)
	e.Title += " for " + quote(s.Title)
	e.Project = s.Project
	e.Classification = higher(e.Classification, s.Classification)
	return e
}

// join makes one id of several. Ids have no two hyphens in a row, so that no
// other ids make the same.
func join(ids ...string) string { return strings.Join(ids, "--") }

// quote sets a title apart from the words around it. Unlike %q it leaves emoji
// and scripts that run from right to left as they are.
func quote(title string) string { return `"` + title + `"` }

// higher returns the higher of two classifications. One that is none counts as
// Confidential.
func higher(a, b aims.Classification) aims.Classification {
	a, b = cmp.Or(a, aims.Confidential), cmp.Or(b, aims.Confidential)
	if b.Above(a) {
		return b
	}
	return a
}

// ours reports whether a record belongs to the organization of the report, and
// is not borrowed from another (see [aims.Workspace.Scope]).
func ours(r *readiness.Report, record *aims.Record) bool {
	return record.Project.Organization == r.Organization
}
