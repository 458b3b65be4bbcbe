package export

import (
	"strings"

	"annex/generator/aims"
	"annex/generator/check"
	"annex/generator/readiness"
	"annex/generator/spreadsheet"
)

// actions is what to do next, in the order in which to take it.
func (x *lister) actions() List {
	return actionsOf(List{}, check.Next(x.Issues))
}

// ActionsOf is the list of what a role, or nobody, has to do next.
func ActionsOf(role *aims.Role, next []check.Issue) List {
	var own []check.Issue
	for _, i := range next {
		if i.Owner == role {
			own = append(own, i)
		}
	}
	return actionsOf(List{Title: "Next actions of " + role.Title, Sheet: "Next actions"}, own)
}

func actionsOf(l List, next []check.Issue) List {
	tones := map[check.Class]spreadsheet.Tone{check.Blocks: spreadsheet.Bad, check.Overdue: spreadsheet.Bad, check.Expiring: spreadsheet.Partial, check.Later: spreadsheet.Ahead}
	type i = check.Issue
	return rows(l, next, nil, []column[i]{
		told("What", func(i i) string { return i.Message }),
		shown("Class", func(i i) spreadsheet.Cell { return spreadsheet.Status(i.Class.Title(), tones[i.Class]) }),
		told("Action", func(i i) string { return i.Help }),
		dated("Day", func(i i) aims.Date { return i.Due }),
		told("Owner", func(i i) string { return title(i.Owner) }),
		told("Where", func(i i) string {
			if i.Subject.IsZero() {
				return ""
			}
			return i.Subject.Title()
		}),
		told("Project", func(i i) string { return title(i.Project) }),
		told("Code", func(i i) string { return string(i.Code) }),
	})
}

// due is something that was decided to be done, from a finding or a management
// review.
type due struct {
	text, from string
	owner      *aims.Role
	due, done  aims.Date
	open, late bool
}

// corrective is the corrective actions of findings and the actions of management
// reviews, done or not (clauses 10.2 and 9.3.3).
func (x *lister) corrective() List {
	asOf := x.Report.AsOf
	var all []due
	for _, f := range x.w.Findings {
		text := f.CorrectiveAction
		if text == "" {
			text = f.Title
		}
		all = append(all, due{trimmed(text), "finding " + f.ID, f.Owner, f.Due, f.Closed, f.Open(asOf), f.Overdue(asOf)})
	}
	for _, r := range x.w.Reviews {
		for _, a := range r.Actions {
			all = append(all, due{trimmed(a.Text), "review " + r.ID, a.Owner, a.Due, a.Done, a.Open(asOf), a.Overdue(asOf)})
		}
	}
	return rows(List{Sheet: "Corrective actions"}, all, nil, []column[due]{
		told("Action", func(d due) string { return d.text }),
		told("From", func(d due) string { return d.from }),
		told("Owner", func(d due) string { return title(d.owner) }),
		dated("Due", func(d due) aims.Date { return d.due }),
		dated("Done", func(d due) aims.Date { return d.done }),
		shown("State", func(d due) spreadsheet.Cell { return standing(d.open, d.late) }),
	})
}

// auditIndex is one line for each requirement with the evidence that shows it,
// for the checklists of certifiers. Paths count from the root of the site, in a
// pack from its top.
func (x *lister) auditIndex() List {
	type line struct {
		framework *aims.Framework
		q         *aims.Requirement
	}
	var all []line
	for _, f := range x.Report.Frameworks {
		for _, q := range f.Requirements {
			all = append(all, line{f.Framework, q.Requirement})
		}
	}
	evidence := func(l line, say func(*aims.Evidence) string) string {
		var list []string
		for _, e := range readiness.InForce(x.Report.Requirement(l.q).Controls) {
			list = append(list, say(e))
		}
		return strings.Join(list, "\n")
	}
	return rows(List{}, all, nil, []column[line]{
		told("Requirement", func(l line) string { return l.q.String() }),
		told("Title", func(l line) string { return l.q.Title }),
		told("Framework", func(l line) string { return l.framework.Title }),
		told("Applies", func(l line) string {
			switch a := x.Report.Requirement(l.q).Applicability; {
			case !l.q.IsReferenceControl():
				return Yes
			case !a.Decided:
				return "undecided"
			case a.Applicable:
				return Yes
			}
			return No
		}),
		shown("State", func(l line) spreadsheet.Cell { return state(x.Report.Requirement(l.q).State) }),
		told("Controls", func(l line) string { return controlTitles(x.Report.Requirement(l.q).Controls) }),
		told("Documents", func(l line) string { return titles(x.Report.Requirement(l.q).Documents) }),
		told("Pages of the documents", func(l line) string {
			var list []string
			for _, d := range x.Report.Requirement(l.q).Documents {
				list = append(list, x.page(aims.Subject{Kind: aims.KindDocument, Record: &d.Record, Document: d}, "documents/"+d.ID+".html"))
			}
			return strings.Join(list, "\n")
		}),
		told("Evidence in force", func(l line) string { return evidence(l, func(e *aims.Evidence) string { return e.Title }) }),
		told("Where the evidence is", func(l line) string { return evidence(l, x.where) }),
		told("SHA-256 of the files", func(l line) string {
			return evidence(l, func(e *aims.Evidence) string {
				if e.SHA256 == "" {
					return "none"
				}
				return e.SHA256
			})
		}),
		told("Open findings", func(l line) string { return titles(x.Report.Requirement(l.q).Findings) }),
		told("Page", func(l line) string {
			return x.page(aims.Subject{Requirement: l.q}, "frameworks/"+l.framework.ID+"/"+l.q.Slug()+".html")
		}),
	})
}

// page returns where the page of a subject is: its path in the site, or in a pack
// that from its top.
func (p Part) page(x aims.Subject, inSite string) string {
	if p.Page != nil {
		return p.Page(x)
	}
	return inSite
}

// where says where a piece of evidence is: the path of its file in the site or
// the pack, its address, or that it is told in the register.
func (p Part) where(e *aims.Evidence) string {
	switch {
	case e.File != "" && p.Place != nil:
		return p.Place(e)
	case e.File != "":
		return e.Place()
	case e.URL != "":
		return e.URL
	case e.Apart:
		return "the file does not go along"
	case e.Withheld != "":
		return "withheld (" + e.Withheld + ")"
	}
	return "a note in the register of evidence"
}
