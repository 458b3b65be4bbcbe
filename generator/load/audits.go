package load

import (
	"fmt"
	"strings"

	"annex/generator/aims"
	"annex/generator/diag"
	"annex/generator/source"
)

func (l *loader) fillAudit(x *aims.Audit, r *source.Reader) {
	x.Kind = source.Word(r, "kind", aims.AuditKinds())
	x.From = r.Date("from")
	x.To = r.Date("to")
	l.inOrder(r, "from", x.From, "to", x.To)
	x.Status = source.Word(r, "status", aims.AuditStatuses())
	x.Programme = one(l, r, "programme", l.index.documents, aims.KindDocument)
	x.Auditor = r.Text("auditor")
	x.Independence = r.Text("independence")
	x.Criteria = l.criteria(r)
	for _, ref := range r.Refs("frameworks") {
		if f := l.ws.Framework(ref.Text); f != nil {
			x.Frameworks = append(x.Frameworks, f)
		} else {
			l.report(l.unknownFramework(ref, ref.Text, true))
		}
	}
	x.Projects = many(l, r, "projects", l.index.projects, aims.KindProject)
	x.Sample = r.Text("sample")
	x.Summary = l.prose(r, "summary", &x.Record)
	x.Report = one(l, r, "report", l.index.documents, aims.KindDocument)
}

// criteria reads the requirements of an audit. Unlike elsewhere a heading is
// allowed: an audit of clause 9.2 covers 9.2.1 and 9.2.2.
func (l *loader) criteria(r *source.Reader) []*aims.Requirement {
	var list []*aims.Requirement
	for _, ref := range r.Refs("criteria") {
		if q := l.entry(ref, anyEntry); q != nil {
			list = append(list, q)
		}
	}
	return list
}

func (l *loader) fillFinding(x *aims.Finding, r *source.Reader) {
	x.Audit = one(l, r, "audit", l.index.audits, aims.KindAudit)
	x.Grade = source.Word(r, "grade", aims.Grades())
	if !r.Has("grade") {
		l.report(diag.New(diag.MissingKey, r.At(), fmt.Sprintf("the finding %q has no grade", x.ID),
			`add grade = "major", "minor", "observation" or "opportunity"`))
	}
	if ref, ok := r.Ref("requirement"); ok {
		x.Requirement = l.requirement(ref)
	}
	x.Control = one(l, r, "control", l.index.controls, aims.KindControl)
	x.About = one(l, r, "project", l.index.projects, aims.KindProject)
	x.Owner = l.role(r, "owner")
	x.Raised = l.requiredDate(r, "raised")
	x.Due = r.Date("due")
	x.Description = l.prose(r, "description", &x.Record)
	x.Cause = r.Text("cause")
	x.Correction = r.Text("correction")
	x.CorrectiveAction = r.Text("corrective_action")
	x.Effectiveness = r.Text("effectiveness")
	x.EffectivenessOn = r.Date("effectiveness_on")
	x.Closed = r.Date("closed")
	l.inOrder(r, "raised", x.Raised, "effectiveness_on", x.EffectivenessOn)
	l.inOrder(r, "raised", x.Raised, "closed", x.Closed)
}

func (l *loader) fillReview(x *aims.Review, r *source.Reader) {
	x.HeldOn = l.requiredDate(r, "held_on")
	x.Chair = l.role(r, "chair")
	x.Attendees = l.roles(r, "attendees")
	x.Minutes = one(l, r, "minutes", l.index.documents, aims.KindDocument)
	for _, t := range r.Tables("input") {
		x.Inputs = append(x.Inputs, aims.ReviewInput{Topic: source.Word(t, "topic", aims.ReviewTopics()), Text: t.RequiredText("text")})
		t.Done()
	}
	for _, t := range r.Tables("decision") {
		x.Decisions = append(x.Decisions, t.RequiredText("text"))
		t.Done()
	}
	for _, t := range r.Tables("action") {
		x.Actions = append(x.Actions, aims.ReviewAction{
			Text: t.RequiredText("text"), Owner: l.role(t, "owner"),
			Due: t.Date("due"), Done: t.Date("done"), Origin: t.Origin(),
		})
		t.Done()
	}
}

func (l *loader) fillSignoff(x *aims.Signoff, r *source.Reader) {
	x.Subject = r.RequiredText("subject")
	x.SubjectKind = source.Word(r, "kind", aims.SignoffKinds())
	x.Signed = l.signed(x.SubjectKind, r)
	x.By = l.role(r, "by")
	x.On = l.requiredDate(r, "on")
	x.Decision = source.Word(r, "decision", aims.SignoffDecisions())
	x.Statement = r.Text("statement")
	for _, pair := range r.Pairs("digest") {
		x.Marks = append(x.Marks, aims.Mark{Field: pair.Name, SHA256: strings.ToLower(pair.Text)})
	}
	if x.Title == "" {
		x.Title = x.ID
	}
}

// signed looks up what a signoff is about.
func (l *loader) signed(kind aims.SignoffKind, r *source.Reader) aims.Subject {
	switch kind {
	case aims.SignSoA:
		ref, ok := r.Ref("subject")
		if f := l.ws.Framework(ref.Text); f != nil {
			return aims.Subject{Statement: f}
		}
		if ok {
			l.report(l.unknownFramework(ref, ref.Text, true))
		}
	case aims.SignDocument:
		if d := one(l, r, "subject", l.index.documents, aims.KindDocument); d != nil {
			return aims.Subject{Kind: aims.KindDocument, Record: &d.Record, Document: d}
		}
	case aims.SignRisk:
		return recordOf(one(l, r, "subject", l.index.risks, aims.KindRisk), aims.KindRisk)
	case aims.SignControl:
		return recordOf(one(l, r, "subject", l.index.controls, aims.KindControl), aims.KindControl)
	case aims.SignReview:
		return recordOf(one(l, r, "subject", l.index.reviews, aims.KindReview), aims.KindReview)
	}
	return aims.Subject{}
}

func recordOf[T interface {
	comparable
	Head() *aims.Record
}](x T, kind aims.Kind) aims.Subject {
	var none T
	if x == none {
		return aims.Subject{}
	}
	return aims.Subject{Kind: kind, Record: x.Head()}
}
