package audience

import (
	"slices"

	"annex/generator/aims"
)

func (c *cutter) project(x *aims.Project) aims.Project {
	r := &x.Record
	y := *x
	if c.why[r] != "" {
		y = aims.Project{Kind: x.Kind, AIRoles: x.AIRoles, AcceptUpTo: x.AcceptUpTo, Certification: x.Certification}
	}
	y.Record = c.head(kindOf(x), r)
	if y.Withheld != "" {
		y.Dir = y.ID
	}
	y.Organization, y.Shared = twin(c, x.Organization), twins(c, x.Shared)
	y.Scope = c.prose(r, x.Scope)
	y.Certification.Body = c.words(r, x.Certification.Body)
	y.SoAs, y.Certificates = nil, nil
	for _, s := range x.SoAs {
		if c.audience.Wants(s.Framework) {
			y.SoAs = append(y.SoAs, &aims.SoAApproval{
				Framework: s.Framework, Scope: c.prose(r, s.Scope), Version: c.words(r, s.Version), Status: s.Status,
				ApprovedBy: twin(c, s.ApprovedBy), ApprovedOn: s.ApprovedOn, NextReview: s.NextReview, Origin: c.at(aims.KindProject, r, s.Origin),
			})
		}
	}
	for _, s := range x.Certificates {
		if c.audience.Wants(s.Framework) {
			y.Certificates = append(y.Certificates, &aims.Certificate{
				Framework: s.Framework, Body: c.words(r, s.Body), Number: c.words(r, s.Number),
				IssuedOn: s.IssuedOn, ExpiresOn: s.ExpiresOn, Origin: c.at(aims.KindProject, r, s.Origin),
			})
		}
	}
	if x.System != nil {
		y.System = twin(c, x.System)
		*y.System = c.system(x.System)
		y.System.Record = c.to[r].(*aims.Record)
	}
	return y
}

func kindOf(p *aims.Project) aims.Kind {
	if p.System != nil {
		return aims.KindSystem
	}
	return aims.KindProject
}

// system copies an AI system. The stand-in keeps that from which duties follow.
func (c *cutter) system(x *aims.System) aims.System {
	r := x.Record
	y := *x
	if c.why[r] != "" {
		y = aims.System{
			Roles: x.Roles, Stage: x.Stage, AIRoles: x.AIRoles, RiskClass: x.RiskClass,
			DeployedOn: x.DeployedOn, RetiredOn: x.RetiredOn, ImpactReview: x.ImpactReview,
		}
	}
	y.Owner, y.ImpactAssessment = twin(c, x.Owner), twin(c, x.ImpactAssessment)
	y.Grounds = c.wanted(x.Grounds)
	y.Circumstances = slices.DeleteFunc(slices.Clone(x.Circumstances), func(z *aims.Circumstance) bool { return !c.audience.Wants(z.Framework) })
	y.Purpose, y.Description = c.prose(r, x.Purpose), c.prose(r, x.Description)
	y.RiskClassBasis = c.words(r, x.RiskClassBasis)
	y.IntendedUsers, y.AffectedPersons = c.words(r, x.IntendedUsers), c.words(r, x.AffectedPersons)
	y.Data, y.Models, y.Suppliers = c.words(r, x.Data), c.words(r, x.Models), c.words(r, x.Suppliers)
	y.HumanOversight = c.words(r, x.HumanOversight)
	return y
}

func (c *cutter) audit(x *aims.Audit) aims.Audit {
	r := &x.Record
	y := *x
	if c.why[r] != "" {
		y = aims.Audit{Kind: x.Kind, From: x.From, To: x.To, Status: x.Status}
	}
	y.Record = c.head(aims.KindAudit, r)
	y.Programme, y.Report, y.Projects = twin(c, x.Programme), twin(c, x.Report), twins(c, x.Projects)
	y.Criteria = c.wanted(x.Criteria)
	y.Frameworks = slices.DeleteFunc(slices.Clone(x.Frameworks), func(f *aims.Framework) bool { return !c.audience.Wants(f) })
	y.Independence, y.Sample = c.words(r, x.Independence), c.words(r, x.Sample)
	y.Summary = c.prose(r, x.Summary)
	return y
}

func (c *cutter) finding(x *aims.Finding) aims.Finding {
	r := &x.Record
	y := *x
	if c.why[r] != "" {
		y = aims.Finding{Grade: x.Grade, Raised: x.Raised, Due: x.Due, EffectivenessOn: x.EffectivenessOn, Closed: x.Closed}
	}
	y.Record = c.head(aims.KindFinding, r)
	y.Audit, y.Control, y.About, y.Owner = twin(c, x.Audit), twin(c, x.Control), twin(c, x.About), twin(c, x.Owner)
	y.Requirement = x.Requirement
	if x.Requirement != nil && !c.audience.Wants(x.Requirement.Framework) {
		y.Requirement = nil
	}
	y.Description = c.prose(r, x.Description)
	y.Cause, y.Correction = c.words(r, x.Cause), c.words(r, x.Correction)
	y.CorrectiveAction, y.Effectiveness = c.words(r, x.CorrectiveAction), c.words(r, x.Effectiveness)
	return y
}

func (c *cutter) review(x *aims.Review) aims.Review {
	r := &x.Record
	y := aims.Review{
		Record: c.head(aims.KindReview, r), HeldOn: x.HeldOn, Chair: twin(c, x.Chair),
		Attendees: twins(c, x.Attendees), Minutes: twin(c, x.Minutes),
	}
	for _, i := range x.Inputs {
		y.Inputs = append(y.Inputs, aims.ReviewInput{Topic: i.Topic, Text: c.words(r, i.Text)})
	}
	for _, text := range x.Decisions {
		y.Decisions = append(y.Decisions, c.words(r, text))
	}
	for _, a := range x.Actions {
		y.Actions = append(y.Actions, aims.ReviewAction{
			Text: c.words(r, a.Text), Owner: twin(c, a.Owner), Due: a.Due, Done: a.Done, Origin: c.at(aims.KindReview, r, a.Origin),
		})
	}
	return y
}

// signed returns the signoffs of what goes along: none of a Statement of
// Applicability for another framework.
func (c *cutter) signed() []*aims.Signoff {
	return slices.DeleteFunc(slices.Clone(c.Before.Signoffs), func(s *aims.Signoff) bool {
		return s.Signed.Statement != nil && !c.audience.Wants(s.Signed.Statement)
	})
}

// signoff copies a signoff. What it fixed follows in [cutter.mark].
func (c *cutter) signoff(x *aims.Signoff) aims.Signoff {
	r := &x.Record
	y := aims.Signoff{
		Record: c.head(aims.KindSignoff, r), Subject: x.Subject, SubjectKind: x.SubjectKind, By: twin(c, x.By), On: x.On,
		Decision: x.Decision, Statement: c.words(r, x.Statement), Signed: c.subject(x.Signed),
	}
	if x.Signed.Record != nil {
		y.Subject = y.Signed.Record.ID
	}
	return y
}

// mark gives the signoffs their digests anew: of a field that is as it was when
// it was signed, the digest of what the audience sees of it, and of one that
// changed since then a digest of nothing. So the audience is told of the same
// changes, and of no other: a role that is withheld has another id in the
// signed record, but nobody changed the record. The digests themselves stay
// behind, for short values could be found out by trying.
func (c *cutter) mark() {
	for _, y := range c.Workspace.Signoffs {
		x := c.from[y].(*aims.Signoff)
		if len(x.Marks) == 0 || x.Signed == (aims.Subject{}) {
			continue
		}
		was := digests(c.Before.SignedFields(x.SubjectKind, x.Signed, x.Project.Organization))
		now := digests(c.Workspace.SignedFields(y.SubjectKind, y.Signed, y.Project.Organization))
		for _, m := range x.Marks {
			switch {
			case was[m.Field] != m.SHA256:
				y.Marks = append(y.Marks, aims.Mark{Field: m.Field, SHA256: "changed"})
			case now[m.Field] != "":
				y.Marks = append(y.Marks, aims.Mark{Field: m.Field, SHA256: now[m.Field]})
			}
		}
	}
}

func digests(fields []aims.Field) map[string]string {
	list := map[string]string{}
	for _, m := range aims.Marks(fields) {
		list[m.Field] = m.SHA256
	}
	return list
}
