package render

import (
	"fmt"
	"slices"

	"annex/generator/aims"
	"annex/generator/chart"
	"annex/generator/readiness"
)

// auditsView is the register of audits and their findings.
type auditsView struct {
	Audits   []*aims.Audit
	Findings []findingRow
	Open     int
	Ages     *chart.Chart // of open findings; nil when none is open
}

type findingRow struct {
	*aims.Finding
	Open, Overdue bool
	Age           int           // days since it was raised, until closed or the as-of date
	Elsewhere     *aims.Project // that it is about, where that is not its own
}

// Facts reports whether more is recorded than stands in the columns: where the
// finding comes from, or what was done about it (10.2).
func (f findingRow) Facts() bool {
	return f.Audit != nil || f.Elsewhere != nil || f.Cause+f.Correction+f.CorrectiveAction+f.Effectiveness != "" || !f.EffectivenessOn.IsZero()
}

// Told reports whether there is anything to unfold.
func (f findingRow) Told() bool { return f.Facts() || !f.Description.IsZero() }

// auditView is one audit: what it was or will be about, and its walk through the
// criteria in their order.
type auditView struct {
	*aims.Audit
	Findings []findingRow
	Previous *aims.Audit // the audit before it with a criterion in common, or nil
	Since    since
	Walk     []walkGroup // on this page
	Steps    int         // on all pages
	Pager    pager
}

// walkGroup is the criteria below one heading.
type walkGroup struct {
	Heading *aims.Requirement
	Steps   []walkStep
}

// walkStep is one requirement that the auditor looks at.
type walkStep struct {
	*readiness.Requirement
	Evidence []*aims.Evidence // in force, newest first
	More     int              // pieces of evidence beyond those listed
}

// since is what happened between the end of the audit before and the as-of
// date, or the beginning of this audit where that comes first.
type since struct {
	From, To  aims.Date
	Documents []*aims.Document // approved
	Controls  []*aims.Control  // implemented
	Decisions []*aims.Decision
	Raised    []*aims.Finding
	Closed    []*aims.Finding
	Systems   []*aims.System // deployed or retired
}

// Empty reports whether nothing is recorded for the time.
func (x since) Empty() bool {
	return len(x.Documents)+len(x.Controls)+len(x.Decisions)+len(x.Raised)+len(x.Closed)+len(x.Systems) == 0
}

const (
	walkRows     = 150 // steps on one page
	walkEvidence = 6   // pieces of evidence that a step lists
)

func (s *part) auditPages(yield func(Page) bool) bool {
	view := auditsView{Audits: s.byDay(), Findings: s.findingRows(s.Workspace.Findings)}
	for _, f := range view.Findings {
		if f.Open {
			view.Open++
		}
	}
	if view.Open > 0 {
		view.Ages = s.findingAges(view.Findings)
	}
	if !yield(s.make("audits/index.html", "audits.html", page{Title: "Audits and findings", Section: "audits", View: view, Charts: view.Open > 0})) {
		return false
	}
	for _, a := range s.Workspace.Audits {
		if !s.auditPage(a, yield) {
			return false
		}
	}
	return yield(s.make("reviews.html", "reviews.html", page{Title: "Management reviews and signoffs", Section: "reviews", View: s.reviewsView()}))
}

// byDay returns the audits, the newest first.
func (s *part) byDay() []*aims.Audit {
	list := slices.Clone(s.Workspace.Audits)
	slices.SortStableFunc(list, func(a, b *aims.Audit) int { return b.From.Compare(a.From) })
	return list
}

func (s *part) findingRows(list []*aims.Finding) []findingRow {
	var rows []findingRow
	for _, f := range list {
		row := findingRow{Finding: f, Open: f.Open(s.AsOf), Overdue: f.Overdue(s.AsOf)}
		if f.About != f.Project {
			row.Elsewhere = f.About
		}
		row.Age = f.Age(s.AsOf)
		rows = append(rows, row)
	}
	return rows
}

func auditPath(id string, n int) string {
	if n == 0 {
		return "audits/" + id + ".html"
	}
	return fmt.Sprintf("audits/%s--%d.html", id, n+1) // no id has two hyphens in a row
}

func (s *part) auditPage(a *aims.Audit, yield func(Page) bool) bool {
	view := auditView{Audit: a, Previous: s.before(a)}
	var own []*aims.Finding
	for _, f := range s.Workspace.Findings {
		if f.Audit == a {
			own = append(own, f)
		}
	}
	view.Findings = s.findingRows(own)
	if view.Previous != nil {
		view.Since = s.since(view.Previous.To, a)
	}
	steps := s.steps(a)
	view.Steps = len(steps)
	for n, part := range chunks(steps, walkRows) {
		v := view
		v.Walk = grouped(part)
		v.Pager = pager{Page: n + 1, Pages: max(1, (len(steps)+walkRows-1)/walkRows)}
		if n > 0 {
			v.Pager.Previous = auditPath(a.ID, n-1)[len("audits/"):]
		}
		if n+1 < v.Pager.Pages {
			v.Pager.Next = auditPath(a.ID, n+1)[len("audits/"):]
		}
		if !yield(s.make(auditPath(a.ID, n), "audit.html", page{Title: a.Title, Section: "audits", Class: a.Classification, View: v})) {
			return false
		}
	}
	return true
}

// steps returns the requirements that an audit is about, in the order of their
// frameworks, without what does not apply.
func (s *part) steps(a *aims.Audit) []walkStep {
	var list []walkStep
	for _, f := range s.report.Frameworks {
		for _, q := range f.Requirements {
			if !a.Covers(q.Requirement) || q.State == readiness.NotApplicable {
				continue
			}
			step := walkStep{Requirement: q}
			step.Evidence, step.More = most(newestFirst(readiness.InForce(q.Controls)), walkEvidence)
			list = append(list, step)
		}
	}
	return list
}

func grouped(steps []walkStep) []walkGroup {
	var groups []walkGroup
	for _, step := range steps {
		top := step.Requirement.Requirement.Top()
		if n := len(groups); n == 0 || groups[n-1].Heading != top {
			groups = append(groups, walkGroup{Heading: top})
		}
		last := &groups[len(groups)-1]
		last.Steps = append(last.Steps, step)
	}
	return groups
}

// before returns the newest finished audit that ended before a began and is
// about one of its frameworks.
func (s *part) before(a *aims.Audit) *aims.Audit {
	var newest *aims.Audit
	for _, x := range s.Workspace.Audits {
		if x == a || x.Status != aims.AuditDone || !x.To.Before(a.From) || newest != nil && !x.To.After(newest.To) {
			continue
		}
		if slices.ContainsFunc(s.Workspace.Frameworks, func(f *aims.Framework) bool { return x.Of(f) && a.Of(f) }) {
			newest = x
		}
	}
	return newest
}

func (s *part) since(from aims.Date, a *aims.Audit) since {
	to := s.AsOf
	if a.From.Before(to) {
		to = a.From
	}
	x := since{From: from, To: to}
	in := func(d aims.Date) bool { return d.After(from) && !d.After(to) }
	w := s.Workspace
	for _, d := range w.Documents {
		if d.Status == aims.Approved && in(d.ApprovedOn) {
			x.Documents = append(x.Documents, d)
		}
	}
	for _, c := range w.Controls {
		if c.Status == aims.Implemented && in(c.ImplementedOn) {
			x.Controls = append(x.Controls, c)
		}
	}
	for _, d := range w.Decisions {
		if in(d.DecidedOn) && a.Of(d.Requirement.Framework) {
			x.Decisions = append(x.Decisions, d)
		}
	}
	for _, f := range w.Findings {
		if in(f.Raised) {
			x.Raised = append(x.Raised, f)
		}
		if in(f.Closed) {
			x.Closed = append(x.Closed, f)
		}
	}
	for _, sys := range w.Systems() {
		if in(sys.DeployedOn) || in(sys.RetiredOn) {
			x.Systems = append(x.Systems, sys)
		}
	}
	return x
}
