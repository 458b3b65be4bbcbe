package render

import (
	"cmp"
	"slices"
	"sync"

	"annex/generator/aims"
	"annex/generator/chart"
	"annex/generator/check"
	"annex/generator/diag"
	"annex/generator/readiness"
)

// overviewPages are the pages about the system as a whole.
func (s *part) overviewPages(yield func(Page) bool) bool {
	first := func() page {
		return page{Title: "Readiness", Section: "readiness", View: s.readinessView(s.next()), Charts: true}
	}
	if !yield(s.later("index.html", "readiness.html", first)) {
		return false
	}
	due := sync.OnceValue(s.due)
	for n := range max(1, (check.Actions(s.Issues)+pageRows-1)/pageRows) {
		list := func() page {
			next := s.next()
			view := nextView{
				Due: due(), Classes: byClass(parts(next)[n], next, n == 0), Pager: s.pager("next", n, len(next)),
				Total: len(next), Events: len(s.events()), Owners: owners(next),
			}
			return page{Title: "Next actions", Section: "next", View: view, Charts: view.Due != nil}
		}
		if !yield(s.later(shard("next", n), "next.html", list)) {
			return false
		}
	}
	return yield(s.later("about.html", "about.html", func() page {
		return page{Title: "Method", Section: "about", View: s.aboutView()}
	}))
}

// readinessView is the first screen.
type readinessView struct {
	Sentence  check.Sentence
	Blocking  int
	Overdue   int
	Expiring  int
	Stages    []stageRow
	Next      []check.Issue
	More      int
	Areas     []areaRow
	Chart     *chart.Chart
	Framework *readiness.Framework // that areas and documents are about
	All       []frameworkRow       // every framework in use, when there are several
	Documents documentedRow
}

// firstActions is how many actions the first screen lists.
const firstActions = 10

func (s *part) readinessView(next []check.Issue) readinessView {
	v := readinessView{
		Blocking:  len(check.OfClass(next, check.Blocks)),
		Overdue:   len(check.OfClass(next, check.Overdue)),
		Expiring:  len(check.OfClass(next, check.Expiring)),
		Stages:    ahead(s.stageRows(), s.report.Journey.Framework),
		Framework: s.report.Frameworks[0],
	}
	v.Next, v.More = most(next, firstActions)
	v.Sentence = check.Ready(s.report, next)
	v.Documents = documentedOf(v.Framework)
	if len(s.report.Frameworks) > 1 {
		v.All = s.frameworkRows()
	}
	v.Areas = areas(v.Framework)
	v.Chart = areaChart(s, v.Areas, func(a *aims.Requirement) string { return s.paths.of(subject(a)) })
	return v
}

// ahead leaves out the stages of other certificates that are passed: the first
// screen has room for one line.
func ahead(rows []stageRow, main *aims.Framework) []stageRow {
	return slices.DeleteFunc(rows, func(r stageRow) bool { return r.Passed && r.Framework != main })
}

// nextView is the list of next actions.
type nextView struct {
	Due     *chart.Chart // nil when nothing falls due
	Classes []classView
	Owners  []ownerCount
	Total   int
	Events  int // that have a day
	Pager   pager
}

type classView struct {
	ID, Title, About string
	Issues           []check.Issue // on this page of the list
	N                int           // on all pages
}

type ownerCount struct {
	Owner *aims.Role
	N     int
}

// byClass groups the issues of one page of the list. The first page names every
// class, so that links to it always lead somewhere.
func byClass(issues, all []check.Issue, first bool) []classView {
	var list []classView
	for _, c := range check.Classes() {
		of := check.OfClass(issues, c)
		if first || len(of) > 0 {
			list = append(list, classView{c.String(), c.Title(), c.About(), of, len(check.OfClass(all, c))})
		}
	}
	return list
}

func owners(issues []check.Issue) []ownerCount {
	var list []ownerCount
	for _, i := range issues {
		if i.Owner == nil {
			continue
		}
		at := slices.IndexFunc(list, func(o ownerCount) bool { return o.Owner == i.Owner })
		if at < 0 {
			at = len(list)
			list = append(list, ownerCount{Owner: i.Owner})
		}
		list[at].N++
	}
	slices.SortStableFunc(list, func(a, b ownerCount) int { return cmp.Compare(b.N, a.N) })
	return list
}

// aboutView is the method: how everything on the site was found.
type aboutView struct {
	Cut          *aims.Cut // for an audience, else nil
	Organization aims.Organization
	Project      *aims.Project
	Body         string // that certifies, empty for none
	States       []readiness.State
	Frameworks   []*aims.Framework
	Crosswalks   []*aims.Crosswalk
	Families     []diag.Family
	Conditions   []check.Condition
	Flags        []readiness.FlagKind
	Version      string // of annex
	Charts       bool
	Counts       []count
}

type count struct {
	Name string
	N    int
	Path string
}

func (s *part) aboutView() aboutView {
	w := s.Workspace
	return aboutView{
		Cut:          w.Cut,
		Organization: s.entity(), Project: s.report.Organization, Body: s.certifier(),
		States: readiness.States(), Frameworks: w.Frameworks, Crosswalks: w.Crosswalks, Charts: s.hasChart,
		Families: diag.Families(), Version: s.Version, Conditions: check.Conditions(), Flags: readiness.FlagKinds(),
		Counts: s.counts(),
	}
}

// counts says how many records of each kind there are.
func (s *part) counts() []count {
	w := s.Workspace
	return []count{
		{"Documents", len(w.Documents), "documents/index.html"},
		{"Controls", len(w.Controls), "controls/index.html"},
		{"Evidence", len(w.Evidence), "evidence.html"},
		{"Risks", len(w.Risks), "risks.html"},
		{"Objectives", len(w.Objectives), "objectives.html"},
		{"Roles", len(w.Roles), "roles.html"},
		{"AI systems", len(w.Systems()), "systems/index.html"},
		{"Findings", len(w.Findings), "audits/index.html"},
	}
}

// pager leads through the pages of a long list.
type pager struct {
	Page, Pages int
	Previous    string
	Next        string
}

func (s *part) pager(name string, n, total int) pager { return s.pagerOf(name, n, total, pageRows) }

func (s *part) pagerOf(name string, n, total, rows int) pager {
	p := pager{Page: n + 1, Pages: max(1, (total+rows-1)/rows)}
	if n > 0 {
		p.Previous = shard(name, n-1)
	}
	if n+1 < p.Pages {
		p.Next = shard(name, n+1)
	}
	return p
}

// first corrects the way back to the first page where that has a name of its own.
func (p *pager) first(name string) {
	if p.Page == 2 {
		p.Previous = shard(name, 0)
	}
}

// parts splits a list into pages; an empty list has one empty page.
func parts[T any](list []T) [][]T { return chunks(list, pageRows) }

func chunks[T any](list []T, rows int) [][]T {
	if len(list) == 0 {
		return [][]T{nil}
	}
	return slices.Collect(slices.Chunk(list, rows))
}

// most returns the first n of a list and how many there are beyond them.
func most[T any](list []T, n int) ([]T, int) {
	if len(list) <= n {
		return list, 0
	}
	return list[:n], len(list) - n
}
