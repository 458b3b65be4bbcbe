package audience

import (
	"strconv"
	"strings"

	"annex/generator/aims"
)

// Why something is withheld, beside its class.
const (
	isDraft      = "draft"
	otherProject = "other project"
)

// kind is a kind of records of a workspace.
type kind struct {
	name, title string
	records     func(*aims.Workspace) []*aims.Record
}

// kinds returns all kinds of records.
func kinds() []kind {
	projects := func(of aims.ProjectKind) func(*aims.Workspace) []*aims.Record {
		return func(w *aims.Workspace) []*aims.Record {
			var list []*aims.Record
			for _, p := range w.Projects {
				if p.Kind == of {
					list = append(list, &p.Record)
				}
			}
			return list
		}
	}
	return []kind{
		{"project", "Organizations", projects(aims.OrganizationProject)},
		{"system", "AI systems", projects(aims.SystemProject)},
		{"document", "Documents", func(w *aims.Workspace) []*aims.Record { return heads(w.Documents) }},
		{"control", "Controls", func(w *aims.Workspace) []*aims.Record { return heads(w.Controls) }},
		{"decision", "Applicability decisions", func(w *aims.Workspace) []*aims.Record { return heads(w.Decisions) }},
		{"evidence", "Evidence", func(w *aims.Workspace) []*aims.Record { return heads(w.Evidence) }},
		{"risk", "Risks", func(w *aims.Workspace) []*aims.Record { return heads(w.Risks) }},
		{"objective", "Objectives", func(w *aims.Workspace) []*aims.Record { return heads(w.Objectives) }},
		{"role", "Roles", func(w *aims.Workspace) []*aims.Record { return heads(w.Roles) }},
		{"party", "Interested parties", func(w *aims.Workspace) []*aims.Record { return heads(w.Parties) }},
		{"audit", "Audits", func(w *aims.Workspace) []*aims.Record { return heads(w.Audits) }},
		{"finding", "Findings", func(w *aims.Workspace) []*aims.Record { return heads(w.Findings) }},
		{"review", "Management reviews", func(w *aims.Workspace) []*aims.Record { return heads(w.Reviews) }},
		{"signoff", "Signoffs", func(w *aims.Workspace) []*aims.Record { return heads(w.Signoffs) }},
	}
}

func heads[T interface{ Head() *aims.Record }](list []T) []*aims.Record {
	out := make([]*aims.Record, len(list))
	for i, x := range list {
		out[i] = x.Head()
	}
	return out
}

// judge decides what is withheld, and gives each stand-in its id: its number
// among those of its kind, in the order of the records.
func (c *cutter) judge() {
	w := c.Before
	for _, k := range kinds() {
		for _, r := range k.records(w) {
			c.judgeRecord(r)
		}
	}
	for _, d := range w.Documents {
		if d.Impact != nil && d.Impact.System != nil {
			c.about(&d.Record, d.Impact.System.Project)
		}
		if d.Draft() && !c.audience.Drafts {
			c.refuse(&d.Record, isDraft)
		}
	}
	for _, f := range w.Findings {
		c.about(&f.Record, f.About)
	}
	c.judgeEvidence()
	for _, s := range w.Signoffs { // last: what is said of a withheld thing is withheld
		if s.Signed.Record != nil && c.why[s.Signed.Record] != "" {
			c.refuse(&s.Record, c.why[s.Signed.Record])
		}
	}
	for _, e := range w.Evidence {
		if e.File != "" && (c.why[&e.Record] != "" || c.withhold && c.source(e)) {
			c.hidden[e.File] = true
		}
	}
	for _, k := range kinds() {
		c.number(k)
	}
}

// judgeRecord looks at the class and the project of a record. The class is the
// graver reason.
func (c *cutter) judgeRecord(r *aims.Record) {
	if r.Classification.Above(c.audience.Ceiling) {
		c.refuse(r, string(r.Classification))
	}
	c.about(r, r.Project)
}

// judgeEvidence withholds evidence that shows a control at work for nothing but AI
// systems that the audience did not choose, wherever its record stands.
func (c *cutter) judgeEvidence() {
	other, own := map[*aims.Evidence]*aims.Project{}, map[*aims.Evidence]bool{}
	for _, x := range c.Before.Controls {
		for _, run := range x.Executions {
			for _, e := range run.Evidence {
				if run.System == nil || c.audience.Reaches(run.System.Project) {
					own[e] = true
				} else if other[e] == nil {
					other[e] = run.System.Project
				}
			}
		}
	}
	for _, e := range c.Before.Evidence {
		if other[e] != nil && !own[e] && len(e.Direct) == 0 {
			c.about(&e.Record, other[e])
		}
	}
}

// about withholds what speaks of a project that the audience did not choose.
func (c *cutter) about(r *aims.Record, p *aims.Project) {
	if !c.audience.Reaches(p) {
		c.refuse(r, otherProject)
	}
}

// refuse withholds a record, for the first reason that is given.
func (c *cutter) refuse(r *aims.Record, why string) {
	if c.why[r] == "" {
		c.why[r] = why
	}
}

// number gives the stand-ins of one kind their ids, clear of those that records
// have.
func (c *cutter) number(k kind) {
	records := k.records(c.Before)
	taken := map[string]bool{}
	for _, r := range records {
		taken[r.ID] = true
	}
	n := 0
	for _, r := range records {
		if c.why[r] == "" || k.name == string(aims.KindDecision) {
			continue
		}
		for n++; taken[standIn(k.name, n)]; n++ {
		}
		c.ids[r] = standIn(k.name, n)
	}
}

func standIn(kind string, n int) string { return "withheld-" + kind + "-" + strconv.Itoa(n) }

// title is what a stand-in is called, and what it says in place of each text.
func title(why string) string { return "Withheld (" + why + ")" }

// withheldExecution returns why what an execution says is withheld. It has no
// class of its own: it goes with its control, and with the AI system that it was
// for or in whose project it is recorded.
func (c *cutter) withheldExecution(x *aims.Execution) string {
	if why := c.why[&x.Control.Record]; why != "" {
		return why
	}
	if x.System != nil && c.why[x.System.Record] != "" {
		return c.why[x.System.Record]
	}
	for _, p := range c.Before.Projects {
		if p != x.Control.Project && strings.HasPrefix(x.Origin.Pos.Filename, p.Dir+"/") {
			return c.why[&p.Record]
		}
	}
	return ""
}
