package snapshot

import (
	"annex/generator/aims"
	"annex/generator/check"
	"annex/generator/readiness"
	"annex/generator/soa"
)

// maker makes the rows of a snapshot.
type maker struct {
	Input
	w     *aims.Workspace
	parts map[*aims.Project]*Part // by organization
}

func newMaker(in Input) *maker {
	m := &maker{Input: in, w: in.Workspace, parts: map[*aims.Project]*Part{}}
	for i := range in.Parts {
		m.parts[in.Parts[i].Report.Organization] = &in.Parts[i]
	}
	return m
}

// report returns how the organization of a record stands; nil when there is none.
func (m *maker) report(r *aims.Record) *readiness.Report {
	if r.Project == nil {
		return nil
	}
	if p := m.parts[r.Project.Organization]; p != nil {
		return p.Report
	}
	return nil
}

func (m *maker) model() Model {
	w := m.w
	return Model{
		Schema: SchemaID, Tool: Tool{"annex", m.Version}, AsOf: Date(m.AsOf.String()),
		Audience: audience(w.Cut),
		Workspace: Workspace{
			Name: w.Organization.Name, LegalName: w.Organization.LegalName, Address: w.Organization.Address,
			Title: w.Site.Title, Language: w.Site.Language, Classification: w.Site.Classification,
			Certification: certification(w.Certification),
		},
		Frameworks:    each(w.Frameworks, framework),
		Crosswalks:    each(w.Crosswalks, crosswalk),
		Organizations: each(m.Parts, m.organization),
		Requirements:  ofAll(m, m.requirements),
		Documented:    ofAll(m, m.documented),
		Statements:    ofAll(m, m.statements),
		Rows:          ofAll(m, m.rows),
		Additional:    ofAll(m, m.additional),
		Projects:      each(w.Projects, m.project),
		Duties:        ofAll(m, m.duties),
		Documents:     each(w.Documents, m.document),
		Controls:      each(w.Controls, m.control),
		Decisions:     each(w.Decisions, decision),
		Evidence:      each(w.Evidence, m.evidence),
		Risks:         each(w.Risks, m.risk),
		Objectives:    each(w.Objectives, m.objective),
		Roles:         each(w.Roles, m.role),
		Parties:       each(w.Parties, m.party),
		Audits:        each(w.Audits, m.audit),
		Findings:      each(w.Findings, m.finding),
		Reviews:       each(w.Reviews, m.review),
		Signoffs:      each(w.Signoffs, m.signoff),
		Issues:        ofAll(m, m.issues),
	}
}

// ofAll joins the rows of all organizations.
func ofAll[T any](m *maker, rows func(*Part) []T) []T {
	list := []T{}
	for i := range m.Parts {
		list = append(list, rows(&m.Parts[i])...)
	}
	return list
}

func audience(c *aims.Cut) *Audience {
	if c == nil {
		return nil
	}
	a := c.Audience
	return &Audience{a.ID, a.Title, a.Ceiling, each(c.Left, func(l aims.Left) Left { return Left{l.What, l.N} })}
}

func certification(c aims.Certification) Certification {
	return Certification{c.Body, date(c.Stage1), date(c.Stage2)}
}

func framework(f *aims.Framework) Framework {
	return Framework{
		ID: f.ID, Title: f.Title, FullTitle: f.FullTitle, Edition: f.Edition, Version: f.Version, Kind: f.Kind, Unit: f.Unit,
		Reference: f.Reference, Sources: words(f.Sources), Doubts: words(f.Doubts),
		Requirements: len(f.Assessable()), Controls: len(f.ReferenceControls()),
	}
}

func crosswalk(x *aims.Crosswalk) Crosswalk {
	return Crosswalk{x.From.ID, x.To.ID, x.Version, each(x.Pairs, func(p *aims.Pair) Pair {
		return Pair{p.From.String(), p.To.String(), p.Strength.ID, p.Provenance}
	})}
}

func (m *maker) organization(p Part) Organization {
	o := Organization{
		ID: p.Report.Organization.ID, Sentence: check.Ready(p.Report, p.Issues).String(),
		Stages: []Stage{}, States: []StateCount{}, Answered: []AnsweredCount{},
	}
	if next := p.Report.Journey.Next(); next != nil {
		s := m.stage(next)
		o.Next = &s
	}
	for i := range p.Report.Journey.Stages {
		o.Stages = append(o.Stages, m.stage(&p.Report.Journey.Stages[i]))
	}
	n := map[check.Class]int{}
	for _, i := range p.Issues {
		n[i.Class]++
	}
	o.Actions = Actions{
		Blocks: n[check.Blocks], Overdue: n[check.Overdue], Expiring: n[check.Expiring], Later: n[check.Later],
		Unowned: n[check.Unowned], Unjustified: n[check.Unjustified], Total: check.Actions(p.Issues),
	}
	for _, f := range p.Report.Frameworks {
		counts := readiness.Count(f.Requirements)
		for _, s := range readiness.States() {
			o.States = append(o.States, StateCount{f.Framework.ID, state(s), counts[s], len(f.Requirements)})
		}
		answered := 0
		for _, d := range f.Documented {
			if d.Answered() {
				answered++
			}
		}
		o.Answered = append(o.Answered, AnsweredCount{f.Framework.ID, answered, len(f.Documented)})
	}
	return o
}

func (m *maker) stage(s *readiness.Stage) Stage {
	out := Stage{Framework: s.Framework.ID, Kind: s.Kind, Number: s.Number, Day: date(s.Day), Latest: s.Latest, Passed: s.Passed, Audit: one(s.Audit)}
	if !s.Day.IsZero() {
		days := m.AsOf.DaysUntil(s.Day)
		out.Days = &days
	}
	return out
}

func (m *maker) requirements(p *Part) []Requirement {
	var list []Requirement
	for _, f := range p.Report.Frameworks {
		for _, s := range f.Requirements {
			q := s.Requirement
			r := Requirement{
				ID: q.String(), Organization: p.Report.Organization.ID, Framework: f.Framework.ID, Ref: q.Ref, Kind: q.Kind, Title: q.Title,
				State: state(s.State), Controls: each(s.Controls, func(c *readiness.Control) string { return c.Control.ID }),
				Documents: many(s.Documents), Findings: many(s.Findings), InternalAudit: one(s.Audit), Flags: each(s.Flags, flag),
			}
			if q.Parent != nil {
				r.Parent = &q.Parent.Ref
			}
			if a := s.Applicability; q.IsReferenceControl() {
				r.Decided = &a.Decided
				if a.Decided {
					r.Applicable = &a.Applicable
				}
			}
			list = append(list, r)
		}
	}
	return list
}

func flag(f readiness.Flag) Flag {
	return Flag{f.Kind, date(f.Date), one(f.Control), one(f.Document), one(f.Evidence), one(f.Finding), system(f.System)}
}

func (m *maker) documented(p *Part) []Documented {
	var list []Documented
	for _, f := range p.Report.Frameworks {
		for _, d := range f.Documented {
			list = append(list, Documented{
				p.Report.Organization.ID, d.Requirement.String(), d.Information.ID, d.Information.Title, d.Information.KeptAs,
				d.Answered(), d.Register, many(d.Documents), many(d.Drafts), many(d.Evidence),
			})
		}
	}
	return list
}

func (m *maker) statements(p *Part) []Statement {
	return each(p.Statements, func(s *soa.Statement) Statement {
		x := Statement{
			Organization: s.Organization.ID, Framework: s.Framework.ID, Scope: prose(m.w, s.Scope), InForce: s.Approval.In(m.AsOf),
			Total: s.Counts.Total, Applicable: s.Counts.Applicable, Excluded: s.Counts.Excluded, Undecided: s.Counts.Undecided, InPlace: s.Counts.InPlace,
		}
		if a := s.Approval; a != nil {
			x.Version, x.Status, x.ApprovedBy = a.Version, given(a.Status), one(a.ApprovedBy)
			x.ApprovedOn, x.NextReview = date(a.ApprovedOn), date(a.NextReview)
		}
		return x
	})
}

func (m *maker) rows(p *Part) []Row {
	var list []Row
	for _, s := range p.Statements {
		for _, r := range s.Rows {
			x := Row{
				Organization: s.Organization.ID, Requirement: r.Requirement.String(), Decided: r.Applies.Decided, Applicable: r.Applies.Applicable,
				Reasons: []aims.Reason{}, SystemsDecided: each(r.Applies.Systems, func(d *aims.Decision) string { return d.Project.ID }),
				State: state(r.Status.State), Controls: many(r.Controls), Documents: many(r.Documents), Owners: many(r.Owners), Risks: many(r.Risks),
				Systems: each(r.Systems, func(s *aims.System) string { return s.ID }), Evidence: r.Evidence, Newest: date(r.Newest),
			}
			if d := r.Applies.Organization; d != nil {
				x.Reasons, x.Justification, x.Basis = words(d.Reasons), d.Justification, given(d.Basis)
			}
			list = append(list, x)
		}
	}
	return list
}

func (m *maker) additional(p *Part) []Additional {
	var list []Additional
	for _, s := range p.Statements {
		for _, a := range s.Additional {
			list = append(list, Additional{s.Organization.ID, s.Framework.ID, a.Control.Control.ID, state(a.Control.State), a.Evidence, date(a.Newest)})
		}
	}
	return list
}

func (m *maker) duties(p *Part) []Duty {
	var list []Duty
	for _, s := range p.Report.Workspace.Systems() {
		x := p.Report.System(s)
		if x == nil {
			continue
		}
		for _, d := range x.Duties {
			o := d.Obligation
			list = append(list, Duty{
				s.ID, o.Requirement.Framework.ID, o.ID, o.Paragraph, o.Title, ref(o.Requirement), date(d.From), d.Due(m.AsOf), d.Supposed,
				state(d.State), each(d.Controls, func(c *readiness.Control) string { return c.Control.ID }),
			})
		}
	}
	return list
}

// issues returns the next actions in their order, and then advice.
func (m *maker) issues(p *Part) []Issue {
	list := append(check.Next(p.Issues), check.OfClass(p.Issues, check.Informational)...)
	return each(list, func(i check.Issue) Issue {
		x := Issue{
			Organization: p.Report.Organization.ID, Code: i.Code, Class: i.Class.String(), Message: i.Message, Help: i.Help,
			Owner: one(i.Owner), Due: date(i.Due), Project: one(i.Project), At: i.Pos.String(),
		}
		var kind, id string
		switch s := i.Subject; {
		case s.Record != nil:
			kind, id = string(s.Kind), s.Record.ID
		case s.Requirement != nil:
			kind, id = "requirement", s.Requirement.String()
		case s.Statement != nil:
			kind, id = "statement", s.Statement.ID
		}
		x.Kind, x.Subject = given(kind), given(id)
		return x
	})
}
