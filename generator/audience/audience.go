// Package audience cuts a workspace down to what an audience may see. It is the
// one place that does, and it does so before anything is derived: whatever is
// made of the result, a page, a table, a search, a calendar, cannot tell what
// the result does not hold.
//
//	cut := audience.For(workspace, certifier)
//	cut.Risks[4].Title       // "Withheld (restricted)"
//	cut.Risks[4].ID          // "withheld-risk-1"
//	cut.Risks[4].NextReview  // 2027-03-01, for the register is still overdue or not
//
// Three things are left out, in two steps. [Narrow] leaves out frameworks that
// the audience did not choose, as though they were not in use. [Withhold] puts a
// stand-in in the place of each record above the ceiling, each document that is
// not approved, and each record of a project that was not chosen. A stand-in has
// what counts and states need, so that they stay true: kind, dates, status,
// numbers, relations. It has no word of the record: no id, title, text, person,
// address, file or digest. Where a text was given, it says that it is withheld,
// so that no rule takes it for missing.
//
// A stand-in is made from a list of what it keeps; a field that is added to a
// record later is in no stand-in until somebody writes it there. A record that
// is shown is copied as a whole. Nothing of the result points to a record of the
// input, which is not changed.
//
// What a record says is its own: a shown text that names a withheld record in
// its own words still does. Only references and links to it change.
package audience

import (
	"annex/generator/aims"
	"annex/generator/check"
)

// For cuts a workspace down to what one of its audiences may see.
func For(w *aims.Workspace, a *aims.Audience) *aims.Workspace {
	return Withhold(Narrow(w, a).Workspace, a).Workspace
}

// Cut is a workspace that was cut down, and what each thing in it was before.
type Cut struct {
	Workspace *aims.Workspace
	Before    *aims.Workspace

	to, from map[any]any // pointers to records, one way and the other
}

// Narrow leaves out the frameworks that an audience did not choose, and nothing
// else.
func Narrow(w *aims.Workspace, a *aims.Audience) *Cut {
	everything := &aims.Audience{ID: a.ID, Ceiling: aims.Restricted, Frameworks: a.Frameworks, Evidence: true, Drafts: true}
	return cut(w, everything, false)
}

// Withhold puts stand-ins in the place of what an audience may not see, and
// leaves files out. The workspace has the audience; it is one that [Narrow] made,
// where the audience chose frameworks.
func Withhold(w *aims.Workspace, a *aims.Audience) *Cut {
	return cut(w, w.Audience(a.ID), true)
}

// Organization returns what an organization project of the cut was before.
func (c *Cut) Organization(p *aims.Project) *aims.Project { return c.from[p].(*aims.Project) }

// Narrowed returns the issues of the cut that were there before: others are only
// there because a framework is not.
func (c *Cut) Narrowed(before, now []check.Issue) []check.Issue {
	kept, _ := c.match(before, now)
	return kept
}

// Withheld returns the issues of the cut, which are those from before: one that
// is only there because something is withheld is left out, and one that could
// not be found again for that reason says so in place of what it said.
func (c *Cut) Withheld(before, now []check.Issue) []check.Issue {
	kept, missing := c.match(before, now)
	for _, i := range missing {
		kept = append(kept, check.Issue{
			Code: i.Code, Class: i.Class, Due: i.Due,
			Message: "a rule is not met by something that is withheld (" + string(i.Code) + ")",
			Help:    "ask the organization",
			Subject: c.subject(i.Subject), Owner: other(c.to, i.Owner), Project: other(c.to, i.Project),
		})
	}
	return kept
}

// issueKey tells issues apart by all but their words.
type issueKey struct {
	code    string
	class   check.Class
	due     aims.Date
	project *aims.Project
	subject any
}

// anywhere is the key without the project.
func (k issueKey) anywhere() issueKey {
	k.project = nil
	return k
}

// match returns the issues of the cut that were there before, and those from
// before that are not among them. Issues that differ only in what is withheld,
// such as the AI system, are one in the cut; each of them is counted.
func (c *Cut) match(before, now []check.Issue) (kept, missing []check.Issue) {
	key := func(i check.Issue, project *aims.Project, record *aims.Record) issueKey {
		k := issueKey{string(i.Code), i.Class, i.Due, project, record}
		switch {
		case i.Subject.Requirement != nil:
			k.subject = i.Subject.Requirement
		case i.Subject.Statement != nil:
			k.subject = i.Subject.Statement
		}
		return k
	}
	left := map[issueKey]int{}
	for _, i := range before {
		left[key(i, i.Project, i.Subject.Record)]++
	}
	found, like := map[issueKey]int{}, map[issueKey]check.Issue{}
	for _, i := range now {
		k := key(i, other(c.from, i.Project), other(c.from, i.Subject.Record))
		if left[k] > 0 {
			left[k]--
			found[k]++
			like[k.anywhere()] = i
			kept = append(kept, i)
		}
	}
	for _, i := range before {
		k := key(i, i.Project, i.Subject.Record)
		same, ok := like[k.anywhere()]
		switch {
		case found[k] > 0:
			found[k]--
		case ok:
			same.Project = other(c.to, i.Project)
			kept = append(kept, same)
		default:
			missing = append(missing, i)
		}
	}
	return kept, missing
}

// other returns the other end of a pointer to a record, nil for nil.
func other[T any](ends map[any]any, x *T) *T {
	y, _ := ends[x].(*T)
	return y
}

// subject returns in the cut what a subject is from before.
func (c *Cut) subject(s aims.Subject) aims.Subject {
	return aims.Subject{
		Kind: s.Kind, Record: other(c.to, s.Record), Requirement: s.Requirement,
		Document: other(c.to, s.Document), Statement: s.Statement,
	}
}
