package render

import (
	"cmp"
	"slices"

	"annex/generator/aims"
	"annex/generator/chart"
	"annex/generator/matrix"
	"annex/generator/readiness"
	"annex/generator/soa"
)

// statementView is a Statement of Applicability.
type statementView struct {
	*soa.Statement
	Entity     aims.Organization // that states
	Areas      []soaArea
	Additional []soa.Additional
}

type soaArea struct {
	Area *aims.Requirement
	Rows []soa.Row
}

func (s *part) statementPages(yield func(Page) bool) bool {
	if len(s.Statements) > 1 && !yield(s.make("soa/index.html", "statements.html", page{Title: "Statements of Applicability", Section: "soa", View: s.Statements})) {
		return false
	}
	for _, st := range s.Statements {
		view := statementView{Statement: st, Entity: s.entity(), Additional: st.Additional}
		for _, row := range st.Rows {
			if n := len(view.Areas); n == 0 || view.Areas[n-1].Area != row.Requirement.Parent {
				view.Areas = append(view.Areas, soaArea{Area: row.Requirement.Parent})
			}
			last := &view.Areas[len(view.Areas)-1]
			last.Rows = append(last.Rows, row)
		}
		version := ""
		if st.Approval != nil {
			version = ", " + s.words.say("version") + " " + st.Approval.Version
		}
		p := page{
			Title: "Statement of Applicability", Section: "soa", View: view,
			Print: s.words.say("Statement of Applicability") + ", " + st.Framework.Title + version,
		}
		if !yield(s.make(soaPath(st.Framework), "soa.html", p)) {
			return false
		}
	}
	return true
}

// controlListView is one page of the list of controls.
type controlListView struct {
	Rows  []*readiness.Control
	Total int
	Pager pager
}

// controlView is one control.
type controlView struct {
	*readiness.Control
	Evidence []*aims.Evidence
	Findings []*aims.Finding
}

func (s *part) controlPages(yield func(Page) bool) bool {
	all := s.Workspace.Controls
	for n, part := range parts(all) {
		list := func() page {
			view := controlListView{Total: len(all), Pager: s.pager("index", n, len(all))}
			for _, c := range part {
				view.Rows = append(view.Rows, s.report.Control(c))
			}
			return page{Title: "Controls", Section: "controls", View: view}
		}
		if !yield(s.later("controls/"+shard("index", n), "controls.html", list)) {
			return false
		}
	}
	for _, c := range all {
		one := func() page {
			view := controlView{s.report.Control(c), newestFirst(s.Workspace.EvidenceOf(c)), s.Workspace.FindingsOf(c)}
			return page{Title: c.Title, Section: "controls", Class: c.Classification, View: view}
		}
		if !yield(s.later("controls/"+c.ID+".html", "control.html", one)) {
			return false
		}
	}
	return true
}

func newestFirst(list []*aims.Evidence) []*aims.Evidence {
	list = slices.Clone(list)
	slices.SortStableFunc(list, func(a, b *aims.Evidence) int { return b.Effective.Compare(a.Effective) })
	return list
}

// documentListView is one page of the list of documents.
type documentListView struct {
	Rows  []*aims.Document
	Total int
	Pager pager
}

// documentView is one governed document.
type documentView struct {
	*aims.Document
	Overdue  bool
	Contents []aims.Heading // of the two upper levels, if there are enough
	Controls []*aims.Control
}

func (s *part) documentPages(yield func(Page) bool) bool {
	all := s.Workspace.Documents
	for n, part := range parts(all) {
		view := documentListView{part, len(all), s.pager("index", n, len(all))}
		if !yield(s.make("documents/"+shard("index", n), "documents.html", page{Title: "Documents", Section: "documents", View: view})) {
			return false
		}
	}
	for _, d := range all {
		if !yield(s.later("documents/"+d.ID+".html", "document.html", func() page { return s.documentPage(d) })) {
			return false
		}
	}
	return true
}

func (s *part) documentPage(d *aims.Document) page {
	view := documentView{Document: d, Overdue: d.ReviewOverdue(s.AsOf), Controls: s.Workspace.ControlsDocumentedBy(d)}
	for _, h := range d.Body.Headings {
		if h.Level <= 3 {
			view.Contents = append(view.Contents, h)
		}
	}
	if len(view.Contents) < 3 {
		view.Contents = nil
	}
	p := page{Title: d.Title, Section: "documents", Class: d.Classification, View: view}
	if d.Version != "" {
		p.Print = d.Title + ", " + s.words.say("version") + " " + d.Version
	}
	if d.Draft() {
		p.Print = cmp.Or(p.Print, d.Title) + ", " + s.words.word(string(d.Status))
	}
	return p
}

// matrixView is one page of a matrix.
type matrixView struct {
	*matrix.Matrix
	Rows  []matrix.Row
	Total int
	Heat  *chart.Chart // of the rows on the page; nil for none
	Key   string       // what its marks mean
	Pager pager

	Then     *matrix.Matrix // the second table, on the first page alone
	ThenRows []matrix.Row   // as many of its rows as a page may have
	ThenMore int
}

// heatRows is how many rows a page of a matrix with a chart has.
const heatRows = 50

func (s *part) matrixPages(yield func(Page) bool) bool {
	if !yield(s.make("matrices/index.html", "matrices.html", page{Title: "Matrices", Section: "matrices", View: s.Matrices})) {
		return false
	}
	for _, m := range s.Matrices {
		rows := pageRows
		if m.Heat {
			rows = heatRows
		}
		for n, part := range chunks(m.Rows, rows) {
			one := func() page {
				view := matrixView{Matrix: m, Rows: part, Total: len(m.Rows), Pager: s.pagerOf(matrixShards(m.Name), n, len(m.Rows), rows)}
				view.Pager.first(m.Name)
				if m.Then != nil && n == 0 {
					view.Then, view.ThenMore = m.Then, max(0, len(m.Then.Rows)-pageRows)
					view.ThenRows = m.Then.Rows[:len(m.Then.Rows)-view.ThenMore]
				}
				if m.Heat && len(part) > 0 {
					view.Heat, view.Key = s.stateHeat(m, part), s.stateKey()
				}
				return page{Title: m.Title, Section: "matrices", View: view, Charts: view.Heat != nil}
			}
			if !yield(s.later(matrixPath(m.Name, n), "matrix.html", one)) {
				return false
			}
		}
	}
	return true
}
