package walk

import (
	"slices"
	"strings"

	"annex/generator/aims"
)

// kind is what a step is, whoever is audited.
type kind struct {
	id, title, about string
	clauses          []string // by the harmonized structure; one stands for all below it
	stated           bool     // the Statement of Applicability says it all
	everyControl     bool     // not only those that satisfy the clauses
	everyFinding     bool
	documents        func(*aims.Workspace, *aims.Document) bool
}

// The ids of the steps.
const (
	Scope         = "scope"
	Context       = "context"
	Policy        = "policy"
	Roles         = "roles"
	Applicability = "applicability"
	Risks         = "risks"
	Impact        = "impact"
	Objectives    = "objectives"
	Competence    = "competence"
	Documents     = "documents"
	Operation     = "operation"
	Monitoring    = "monitoring"
	Audit         = "audit"
	Review        = "review"
	Improvement   = "improvement"
	Change        = "change"
)

// kinds returns the steps in their order. A document stands in the first that it
// serves.
func kinds() []kind {
	return []kind{
		{id: Scope, title: "Scope", clauses: []string{"4.3", "4.4"}, about: "The borders of the management system: which parts of the organization, places and AI systems are inside, and how its processes work together."},
		{id: Context, title: "Context and interested parties", clauses: []string{"4.1", "4.2"}, about: "What inside and outside the organization bears on its work with AI, and who expects what of it."},
		{id: Policy, title: "Leadership and policy", clauses: []string{"5.1", "5.2"}, about: "What top management commits itself to, in words that everybody in the organization can read.", documents: func(_ *aims.Workspace, d *aims.Document) bool { return d.Kind == aims.Policy }},
		{id: Roles, title: "Roles and responsibilities", clauses: []string{"5.3"}, about: "Who answers for what, and to whom they report."},
		{id: Applicability, title: "Statement of Applicability", clauses: []string{"6.1.3"}, about: "Each reference control with the decision whether it applies, why or why not, and how it is met.", stated: true},
		{id: Risks, title: "Risk assessment and treatment", clauses: []string{"6.1.1", "6.1.2", "6.1.3", "8.2", "8.3"}, about: "Which risks were found, how they were judged, what is done about them, and who accepted what is left."},
		{id: Impact, title: "Impact assessments", clauses: []string{"6.1.4", "8.4"}, about: "What each AI system may do to people, groups and society, looked at before it is used and again when it changes.", documents: func(_ *aims.Workspace, d *aims.Document) bool { return d.Impact != nil }},
		{id: Objectives, title: "Objectives", clauses: []string{"6.2"}, about: "What the organization wants to reach, by when, and how far it has come."},
		{id: Competence, title: "Resources, competence and awareness", clauses: []string{"7.1", "7.2", "7.3", "7.4"}, about: "Whether people, means and knowledge are there, whether people know what is asked of them, and who tells whom what."},
		{id: Documents, title: "Documented information", clauses: []string{"7.5"}, about: "How documents and records are made, approved, kept and found."},
		{id: Operation, title: "Operation", clauses: []string{"8.1"}, everyControl: true, about: "The controls at work: who performs them, when they did last, with what result, and what shows it."},
		{id: Monitoring, title: "Monitoring and measurement", clauses: []string{"9.1"}, about: "What is measured, how often, and what the numbers say of the management system."},
		{id: Audit, title: "Internal audit", clauses: []string{"9.2"}, about: "The organization's own audits: their programme, who audits, and what was found.", documents: func(w *aims.Workspace, d *aims.Document) bool {
			return slices.ContainsFunc(w.Audits, func(a *aims.Audit) bool { return a.Report == d || a.Programme == d })
		}},
		{id: Review, title: "Management review", clauses: []string{"9.3"}, about: "What top management looked at, and what it decided.", documents: func(w *aims.Workspace, d *aims.Document) bool {
			return slices.ContainsFunc(w.Reviews, func(r *aims.Review) bool { return r.Minutes == d })
		}},
		{id: Improvement, title: "Nonconformities and corrective actions", clauses: []string{"10.1", "10.2"}, everyFinding: true, about: "What went wrong, why, what was done about it, and whether that helped."},
		{id: Change, title: "Changes", clauses: []string{"6.3"}, about: "How changes to the management system are planned, and what has changed."},
	}
}

// asks reports whether a requirement is one of the clauses of the step.
func (k kind) asks(q *aims.Requirement) bool {
	return q.Kind == aims.Clause && slices.ContainsFunc(k.clauses, func(ref string) bool {
		return q.Ref == ref || strings.HasPrefix(q.Ref, ref+".")
	})
}
