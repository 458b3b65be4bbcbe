package render

import (
	"bytes"
	"slices"

	"annex/generator/aims"
	"annex/generator/check"
	"annex/generator/readiness"
	"annex/generator/soa"
	"annex/generator/walk"
)

// startView is the page that an auditor begins with: what the pack is about, how
// to verify it, and the steps of an audit in their order.
type startView struct {
	Entity     aims.Organization
	Project    *aims.Project
	AsOf       aims.Date
	Body       string // that certifies, empty for none
	Sentence   check.Sentence
	Frameworks []*aims.Framework
	Cut        *aims.Cut // for an audience, else nil
	Counts     []count
	Top        string // way from the root of the site to the top of the pack
	Home       string // way to its first page
	Before     string // digest of the pack before, empty for none
	Exports    []string
	Steps      []startStep
}

// startStep is one step with what there is to look at.
type startStep struct {
	*walk.Step
	N          int // of the step, from 1
	Groups     []clauseGroup
	Others     []besideGroup
	Statements []*soa.Statement
	Pages      []startLink
	Rows       []evidenceRow // the newest
	More       int           // pieces of evidence beyond those
	Operation  *startOperation
	Current    int
	Expired    int
	Raised     []*aims.Finding // open
	Closed     int
}

// startOperation is how the controls are performed, for the step about it.
type startOperation struct {
	AtWork, Controls  int
	Performed, Recent int // times: ever, and within the year up to the as-of date
}

// Few is the controls of the step, if they are few enough to be named.
func (s startStep) Few() []*readiness.Control {
	if s.Operation != nil {
		return nil
	}
	return s.Controls
}

// Nothing reports whether nothing at all is recorded for the step.
func (s startStep) Nothing() bool {
	return s.Empty() && len(s.Statements) == 0 && !slices.ContainsFunc(s.Pages, func(l startLink) bool { return l.N > 0 })
}

// Worst is the least of the states of the clauses, and false where there is none
// that is assessed.
func (s startStep) Worst() readiness.State {
	worst := readiness.NotAssessed
	for _, q := range s.Clauses {
		if q.State > readiness.NotAssessed && (worst == readiness.NotAssessed || q.State < worst) {
			worst = q.State
		}
	}
	return worst
}

// clauseGroup is the clauses of one standard.
type clauseGroup struct {
	Framework *aims.Framework
	Clauses   []*readiness.Requirement
}

// besideGroup is what another framework says about the same.
type besideGroup struct {
	Framework    *aims.Framework
	Requirements []*aims.Requirement
}

// startLink leads to a page with the records of a step.
type startLink struct {
	Title, Path string
	N           int // records on it; 0 for none, and for a page that shows others anew
}

// startEvidence is how many pieces of evidence a step lists.
const startEvidence = 25

// StartPage returns the page at the top of a pack, or false for a site that is in
// none. With several organizations it leads to one such page for each, which is
// among [Site.Pages].
func (site *Site) StartPage() (Page, bool) {
	s := site.parts[0]
	if s.pack == nil {
		return Page{}, false
	}
	if len(site.parts) > 1 {
		return site.startOverAll(), true
	}
	return Page{Path: "index.html", Template: "start.html", Write: func(b *bytes.Buffer) error {
		return s.execute(b, "index.html", siteDir, "start.html", s.startPage())
	}}, true
}

// ownStart is the path of the start page of an organization, from the root of its
// pages.
func (s *part) ownStart() string {
	if s.base == "" {
		return s.top() + "index.html"
	}
	return "start.html"
}

// startPages yields the start page of one of several organizations.
func (s *part) startPages(yield func(Page) bool) bool {
	if s.pack == nil || s.base == "" {
		return true
	}
	return yield(s.later(s.ownStart(), "start.html", s.startPage))
}

func (s *part) startPage() page {
	v := startView{
		Entity: s.entity(), Project: s.report.Organization, AsOf: s.AsOf, Body: s.certifier(), Sentence: check.Ready(s.report, s.next()),
		Frameworks: s.Workspace.Frameworks, Cut: s.Workspace.Cut, Counts: s.counts(), Top: s.top(), Home: s.ownStart(), Before: s.pack.Before, Exports: s.pack.Exports,
	}
	for i, step := range walk.Steps(s.report) {
		v.Steps = append(v.Steps, s.startStep(i+1, step))
	}
	return page{Title: "Start page for auditors", Section: "start", View: v}
}

func (s *part) startStep(n int, step *walk.Step) startStep {
	x := startStep{Step: step, N: n, Groups: byFramework(step.Clauses), Pages: s.startLinks(step.ID)}
	if step.ID == walk.Applicability {
		x.Statements = s.Statements
	}
	if step.ID == walk.Operation {
		x.Operation = s.startOperation(step.Controls)
	}
	for _, q := range step.Beside {
		if i := len(x.Others) - 1; i < 0 || x.Others[i].Framework != q.Framework {
			x.Others = append(x.Others, besideGroup{Framework: q.Framework})
		}
		last := &x.Others[len(x.Others)-1]
		last.Requirements = append(last.Requirements, q)
	}
	for _, e := range step.Evidence {
		row := s.evidenceRow(e)
		if row.Current {
			x.Current++
		}
		if row.Expired {
			x.Expired++
		}
		row.Controls = slices.DeleteFunc(slices.Clone(row.Controls), func(c *aims.Control) bool { return !slices.Contains(step.Controls, s.report.Control(c)) })
		if len(x.Rows) < startEvidence {
			x.Rows = append(x.Rows, row)
		} else {
			x.More++
		}
	}
	x.Raised = step.Open(s.AsOf)
	x.Closed = len(step.Findings) - len(x.Raised)
	return x
}

func (s *part) startOperation(controls []*readiness.Control) *startOperation {
	x := &startOperation{Controls: len(controls)}
	for _, c := range controls {
		if c.State >= readiness.Operating {
			x.AtWork++
		}
		for _, run := range c.Control.Executions {
			if run.On.After(s.AsOf) {
				continue
			}
			x.Performed++
			if !(aims.Period{N: 1, Unit: aims.Years}).After(run.On).Before(s.AsOf) {
				x.Recent++
			}
		}
	}
	return x
}

// byFramework groups clauses that stand in the order of the frameworks.
func byFramework(list []*readiness.Requirement) []clauseGroup {
	var groups []clauseGroup
	for _, q := range list {
		if n := len(groups); n == 0 || groups[n-1].Framework != q.Requirement.Framework {
			groups = append(groups, clauseGroup{Framework: q.Requirement.Framework})
		}
		last := &groups[len(groups)-1]
		last.Clauses = append(last.Clauses, q)
	}
	return groups
}

// startLinks are the pages that hold the records of a step.
func (s *part) startLinks(step string) []startLink {
	w := s.Workspace
	switch step {
	case walk.Scope:
		return []startLink{{"Projects", "projects/index.html", 0}}
	case walk.Context:
		return []startLink{{"Interested parties", "parties.html", len(w.Parties)}}
	case walk.Roles:
		return append([]startLink{{"Roles", "roles.html", len(w.Roles)}}, s.matrixLinks("roles-controls")...)
	case walk.Risks:
		return append([]startLink{{"Risks", "risks.html", len(w.Risks)}}, s.matrixLinks("risks-controls")...)
	case walk.Impact:
		return []startLink{{"AI systems", "systems/index.html", len(w.Systems())}}
	case walk.Objectives:
		return []startLink{{"Objectives", "objectives.html", len(w.Objectives)}}
	case walk.Documents:
		return append([]startLink{{"Documents", "documents/index.html", len(w.Documents)}}, s.matrixLinks("documents-requirements")...)
	case walk.Operation:
		links := []startLink{{"Controls", "controls/index.html", len(w.Controls)}, {"Evidence", "evidence.html", len(w.Evidence)}}
		return append(append(links, s.matrixLinks("traceability", "controls-systems")...), startLink{"How the controls were performed", "certification.html", 0})
	case walk.Monitoring:
		return append([]startLink{{"Objectives", "objectives.html", len(w.Objectives)}}, s.sectionLinks("trend")...)
	case walk.Audit:
		return []startLink{{"Audits", "audits/index.html", len(w.Audits)}}
	case walk.Review:
		return []startLink{{"Management reviews", "reviews.html", len(w.Reviews)}}
	case walk.Improvement:
		return []startLink{{"Findings", "audits/index.html#findings", len(w.Findings)}, {"Next actions", "next.html", 0}}
	case walk.Change:
		return s.sectionLinks("changes")
	}
	return nil
}

// matrixLinks leads to matrices that the site has.
func (s *part) matrixLinks(names ...string) []startLink {
	var list []startLink
	for _, m := range s.Matrices {
		if slices.Contains(names, m.Name) {
			list = append(list, startLink{m.Title, matrixPath(m.Name, 0), 0})
		}
	}
	return list
}

// sectionLinks leads to a section, if the site has it.
func (s *part) sectionLinks(name string) []startLink {
	for _, x := range s.sections {
		if x.Name == name {
			return []startLink{{x.Title, x.Path, 0}}
		}
	}
	return nil
}
