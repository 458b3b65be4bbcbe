package calendar

import (
	"annex/generator/aims"
	"annex/generator/readiness"
)

// documentReviews finds the next reviews of approved documents (clause 7.5.2).
// A draft has to be approved first.
func documentReviews(r *readiness.Report, add func(Event)) {
	for _, d := range r.Workspace.Documents {
		if !ours(r, &d.Record) || !d.Approved(r.AsOf) {
			continue
		}
		e := about(aims.KindDocument, &d.Record, d.Owner)
		e.Day, e.Subject.Document = d.NextReview, d
		e.Title = "Review the document " + quote(d.Title)
		e.Help = "Review it, raise its version if it changes, have it approved, and set next_review."
		add(e)
	}
}

// impactReviews finds the next reviews of the impact assessments of AI systems
// that are not retired (clauses 6.1.4 and 8.4).
func impactReviews(r *readiness.Report, add func(Event)) {
	for _, s := range r.Workspace.Systems() {
		if s.Retired(r.AsOf) {
			continue
		}
		e := about(aims.KindSystem, s.Record, s.Owner)
		e.Day = s.ImpactReview
		e.Title = "Review the impacts of the AI system " + quote(s.Title)
		e.Help = "Assess again what the system may do to individuals, groups and society, and set impact_review."
		add(e)
	}
}

// riskReviews finds the next reviews of risks that are not closed (clause 8.2).
func riskReviews(r *readiness.Report, add func(Event)) {
	for _, k := range r.Workspace.Risks {
		if !ours(r, &k.Record) || k.Status == aims.RiskClosed {
			continue
		}
		e := about(aims.KindRisk, &k.Record, k.Owner)
		e.Day = k.NextReview
		e.Title = "Review the risk " + quote(k.Title)
		e.Help = "Assess it again, and set assessed_on and next_review."
		add(e)
	}
}

// statementReviews finds the next reviews of approved Statements of
// Applicability (clause 6.1.3).
func statementReviews(r *readiness.Report, add func(Event)) {
	for _, s := range r.Organization.SoAs {
		if s.Framework == nil || s.Status != aims.Approved || s.ApprovedOn.After(r.AsOf) {
			continue
		}
		add(Event{
			ID:             s.Framework.ID,
			Day:            s.NextReview,
			Title:          "Review the Statement of Applicability for " + s.Framework.Title,
			Help:           "Review its decisions, raise its version, have it approved, and set next_review.",
			Subject:        aims.Subject{Statement: s.Framework},
			Owner:          s.ApprovedBy,
			Project:        r.Organization,
			Classification: r.Organization.Classification,
		})
	}
}
