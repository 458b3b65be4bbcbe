package snapshot

import (
	"annex/generator/aims"
	"annex/generator/readiness"
)

func (m *maker) project(p *aims.Project) Project {
	x := Project{
		Head: head(&p.Record), Kind: p.Kind, Organization: one(p.Organization), Scope: prose(m.w, &p.Scope), AIRoles: words(p.AIRoles),
		AcceptUpTo: given(p.AcceptUpTo), SharedDocuments: many(p.Shared),
		Certificates: each(p.Certificates, func(c *aims.Certificate) Certificate {
			return Certificate{c.Framework.ID, c.Body, c.Number, date(c.IssuedOn), date(c.ExpiresOn), c.In(m.AsOf)}
		}),
	}
	if p.Certification != (aims.Certification{}) {
		c := certification(p.Certification)
		x.Certification = &c
	}
	if s := p.System; s != nil {
		x.AIRoles = words(s.AIRoles)
		x.System = m.system(s)
	}
	return x
}

func (m *maker) system(s *aims.System) *System {
	x := &System{
		Purpose: prose(m.w, &s.Purpose), Description: prose(m.w, &s.Description), Role: words(s.Roles), Stage: given(s.Stage), RiskClass: given(s.RiskClass),
		RiskClassBasis: s.RiskClassBasis, Grounds: refs(s.Grounds), Circumstances: []string{}, Owner: one(s.Owner),
		IntendedUsers: s.IntendedUsers, AffectedPersons: s.AffectedPersons, Data: s.Data, Models: s.Models, Suppliers: s.Suppliers, HumanOversight: s.HumanOversight,
		DeployedOn: date(s.DeployedOn), RetiredOn: date(s.RetiredOn), ImpactAssessment: one(s.ImpactAssessment), ImpactReview: date(s.ImpactReview),
		Retired: s.Retired(m.AsOf),
	}
	for _, c := range s.Circumstances {
		x.Circumstances = append(x.Circumstances, c.ID)
	}
	if r := m.report(s.Record); r != nil && r.System(s) != nil {
		x.DutiesMet, x.DutiesDue = r.System(s).Met(m.AsOf)
	}
	return x
}

func (m *maker) document(d *aims.Document) Document {
	x := Document{
		Head: head(&d.Record), Kind: given(d.Kind), Owner: one(d.Owner), Version: d.Version, Status: d.Status, ApprovedBy: one(d.ApprovedBy),
		ApprovedOn: date(d.ApprovedOn), NextReview: date(d.NextReview), Satisfies: refs(d.Satisfies), AcceptedWords: []string{}, Text: prose(m.w, &d.Body),
		Approved: d.Approved(m.AsOf), ReviewOverdue: d.ReviewOverdue(m.AsOf),
	}
	if d.Wording != nil {
		x.AcceptedWords = words(d.Wording.Accepted)
	}
	if i := d.Impact; i != nil {
		x.Impact = &Impact{
			System: system(i.System), AssessedOn: date(i.AssessedOn), Assessors: many(i.Assessors), IntendedUse: i.IntendedUse, Misuse: i.Misuse,
			Environment: i.Environment, Data: i.Data, Model: i.Model, Parties: i.Parties, Conclusion: i.Conclusion, Effects: each(i.Effects, effect),
		}
	}
	return x
}

func effect(e aims.Effect) Effect {
	kind := "benefit"
	if e.Harm {
		kind = "harm"
	}
	return Effect{e.On, kind, e.Text, given(e.Likelihood), given(e.Severity), given(e.Score()), many(e.Controls)}
}

func (m *maker) control(c *aims.Control) Control {
	x := Control{
		Head: head(&c.Record), Satisfies: refs(c.Satisfies), Level: c.Level, Owner: one(c.Owner), Responsible: many(c.Responsible),
		Consulted: many(c.Consulted), Informed: many(c.Informed), Status: given(c.Status), Due: date(c.Due), ImplementedOn: date(c.ImplementedOn),
		Cadence: given(c.Cadence.String()), Documents: many(c.Documents), Risks: many(c.Risks), Description: prose(m.w, &c.Description),
		Systems: each(c.Systems, func(s *aims.System) string { return s.ID }), InForce: []string{}, Runs: []Run{}, Flags: []Flag{},
		Executions: each(c.Executions, func(e *aims.Execution) Execution {
			return Execution{date(e.On), one(e.By), given(e.Result), many(e.Evidence), system(e.System), e.Note, e.Origin.Pos.String()}
		}),
	}
	r := m.report(&c.Record)
	if r == nil || r.Control(c) == nil {
		return x
	}
	s := r.Control(c)
	x.State, x.LastOn, x.NextDue, x.InForce = given(state(s.State)), date(s.LastOn()), date(s.NextDue()), many(s.InForce())
	x.Runs, x.Flags = each(s.Runs, run), each(s.Flags, flag)
	return x
}

func run(r readiness.Run) Run {
	x := Run{System: system(r.System), State: state(r.State), NextDue: date(r.NextDue), Overdue: r.Overdue, Evidence: many(r.Current)}
	if r.Last != nil {
		x.LastOn = date(r.Last.On)
	}
	return x
}

func decision(d *aims.Decision) Decision {
	x := Decision{
		Head: head(&d.Record), Requirement: d.Requirement.String(), Decided: d.Decided, Reasons: words(d.Reasons), Justification: d.Justification,
		Basis: given(d.Basis), Owner: one(d.Owner), DecidedBy: one(d.DecidedBy), DecidedOn: date(d.DecidedOn),
	}
	if d.Decided {
		x.Applicable = &d.Applicable
	}
	return x
}

// file is the path of the file of evidence. Of a project that is withheld the
// folder is not told: its name is a word too.
func file(e *aims.Evidence) string {
	if e.File != "" && e.Project != nil && e.Project.Withheld != "" {
		return e.Place()
	}
	return e.File
}

func (m *maker) evidence(e *aims.Evidence) Evidence {
	return Evidence{
		Head: head(&e.Record), File: file(e), Size: e.Size, SHA256: e.SHA256, URL: e.URL, Note: e.Note, Effective: date(e.Effective), Expires: date(e.Expires),
		Owner: one(e.Owner), Controls: many(e.Direct), Description: prose(m.w, &e.Description),
		InForce: e.Current(m.AsOf), Expired: e.Expired(m.AsOf), ExpiringSoon: e.ExpiresWithin(m.AsOf, readiness.ExpiringDays), ShownBy: many(m.w.ControlsShownBy(e)),
	}
}

func (m *maker) risk(k *aims.Risk) Risk {
	return Risk{
		Head: head(&k.Record), Description: prose(m.w, &k.Description), Owner: one(k.Owner), Affects: words(k.Affects),
		Systems: each(k.Systems, func(s *aims.System) string { return s.ID }), Likelihood: given(k.Likelihood), Impact: given(k.Impact),
		Treatment: given(k.Treatment), ResidualLikelihood: given(k.ResidualLikelihood), ResidualImpact: given(k.ResidualImpact), Status: given(k.Status),
		AcceptedBy: one(k.AcceptedBy), AcceptedOn: date(k.AcceptedOn), AssessedOn: date(k.AssessedOn), NextReview: date(k.NextReview),
		Score: given(k.Score()), ResidualScore: given(k.ResidualScore()), TreatedBy: many(m.w.ControlsTreating(k)),
		ReviewOverdue: k.Status != aims.RiskClosed && !k.NextReview.IsZero() && k.NextReview.Before(m.AsOf),
	}
}

func (m *maker) objective(o *aims.Objective) Objective {
	x := Objective{
		Head: head(&o.Record), Description: prose(m.w, &o.Description), Owner: one(o.Owner), Measure: o.Measure, Unit: o.Unit, Direction: given(o.Direction),
		Due: date(o.Due), Status: given(o.Status), Satisfies: refs(o.Satisfies),
		Measurements: each(o.Measurements, func(v aims.Measurement) Measurement { return Measurement{date(v.On), v.Value, v.Note} }),
	}
	if o.Target != 0 || o.Origin.Has("target") {
		x.Target = &o.Target
	}
	if v, ok := o.Latest(m.AsOf); ok {
		x.Latest = &v.Value
		if x.Target != nil {
			met := o.Meets(v.Value)
			x.Met = &met
		}
	}
	return x
}

func (m *maker) role(r *aims.Role) Role {
	return Role{head(&r.Record), r.Person, one(r.Deputy), prose(m.w, &r.Description)}
}

func (m *maker) party(p *aims.Party) Party {
	return Party{head(&p.Record), given(p.Kind), prose(m.w, &p.Expectations), p.Addressed, p.How}
}

func (m *maker) audit(a *aims.Audit) Audit {
	return Audit{
		Head: head(&a.Record), Kind: given(a.Kind), From: date(a.From), To: date(a.To), Status: given(a.Status), Programme: one(a.Programme),
		Auditor: a.Auditor, Independence: a.Independence, Criteria: refs(a.Criteria),
		Frameworks: each(a.Frameworks, func(f *aims.Framework) string { return f.ID }), Projects: many(a.Projects), Sample: a.Sample,
		Summary: prose(m.w, &a.Summary), Report: one(a.Report), Done: a.Done(m.AsOf),
	}
}

func (m *maker) finding(f *aims.Finding) Finding {
	return Finding{
		Head: head(&f.Record), Audit: one(f.Audit), Grade: given(f.Grade), Requirement: ref(f.Requirement), Control: one(f.Control), About: one(f.About),
		Owner: one(f.Owner), Raised: date(f.Raised), Due: date(f.Due), Description: prose(m.w, &f.Description), Cause: f.Cause, Correction: f.Correction,
		CorrectiveAction: f.CorrectiveAction, Effectiveness: f.Effectiveness, EffectivenessOn: date(f.EffectivenessOn), Closed: date(f.Closed),
		Nonconformity: f.Nonconformity(), Open: f.Open(m.AsOf), Overdue: f.Overdue(m.AsOf),
	}
}

func (m *maker) review(r *aims.Review) Review {
	return Review{
		Head: head(&r.Record), HeldOn: date(r.HeldOn), Chair: one(r.Chair), Attendees: many(r.Attendees), Minutes: one(r.Minutes), Decisions: words(r.Decisions),
		Inputs: each(r.Inputs, func(i aims.ReviewInput) Topic { return Topic{given(i.Topic), i.Text} }),
		Actions: each(r.Actions, func(a aims.ReviewAction) Action {
			return Action{a.Text, one(a.Owner), date(a.Due), date(a.Done), a.Overdue(m.AsOf)}
		}),
	}
}

func (m *maker) signoff(s *aims.Signoff) Signoff {
	x := Signoff{
		Head: head(&s.Record), Subject: s.Subject, Kind: given(s.SubjectKind), By: one(s.By), On: date(s.On), Decision: given(s.Decision), Statement: s.Statement,
		Digest: each(s.Marks, func(k aims.Mark) Digest { return Digest{k.Field, k.SHA256} }), Changed: []string{},
	}
	if s.Project != nil {
		x.Changed = words(s.Changed(m.w))
	}
	return x
}
