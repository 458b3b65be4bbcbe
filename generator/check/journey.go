package check

import (
	"fmt"
	"slices"
	"strings"

	"annex/generator/aims"
	"annex/generator/diag"
	"annex/generator/readiness"
)

// standards returns the frameworks that a certificate can be had for, or that
// are run beside one.
func standards(f *Facts) []*aims.Framework {
	return slices.DeleteFunc(slices.Clone(f.Workspace.Frameworks), func(x *aims.Framework) bool { return !x.Standard() })
}

// programme asks for an internal audit and a management review that took place
// or are planned (ISO/IEC 17021-1 9.3.1.2).
func programme(f *Facts, report func(Issue)) {
	if len(standards(f)) == 0 {
		return
	}
	issue := Issue{Code: diag.ProgrammeMissing, Class: Blocks, Pos: f.Organization.Origin.Pos}
	if !slices.ContainsFunc(f.Workspace.Audits, func(a *aims.Audit) bool { return a.Kind == aims.InternalAudit }) {
		issue.Message = "no internal audit took place or is planned"
		issue.Help = `add [[audit]] with kind = "internal", status = "planned", from and to`
		report(issue)
	}
	if len(f.Workspace.Reviews) == 0 {
		issue.Message = "no management review took place or is planned"
		issue.Help = "add [[review]] with held_on; a day ahead means that it is planned"
		report(issue)
	}
}

// internalAudits finds what the internal audits of the last year left out
// (clause 9.2). One issue speaks for all of one clause or area.
func internalAudits(f *Facts, report func(Issue)) {
	for _, framework := range standards(f) {
		var tops []*aims.Requirement
		left := map[*aims.Requirement][]string{}
		for _, q := range framework.Assessable() {
			s := f.Report.Requirement(q)
			if s.Audit != nil || s.State == readiness.NotApplicable {
				continue
			}
			top := q.Top()
			if left[top] == nil {
				tops = append(tops, top)
			}
			left[top] = append(left[top], q.Ref)
		}
		for _, top := range tops {
			which := strings.Join(left[top][:min(6, len(left[top]))], ", ")
			if n := len(left[top]) - 6; n > 0 {
				which += fmt.Sprintf(" and %d more", n)
			}
			report(Issue{
				Code: diag.AuditIncomplete, Class: Blocks, Pos: f.Organization.Origin.Pos,
				Message: fmt.Sprintf("no internal audit of the last year covered %s, %s (%s)", top, top.Title, which),
				Help:    fmt.Sprintf("audit it and record [[audit]] with status = \"done\" and criteria = [%q], or frameworks = [%q] for all", top.String(), framework.ID),
				Subject: aims.Subject{Requirement: top},
			})
		}
	}
}

// managementReviews asks for a review within the last year that answers each
// input of clause 9.3.2.
func managementReviews(f *Facts, report func(Issue)) {
	if len(standards(f)) == 0 {
		return
	}
	var last *aims.Review
	for _, r := range f.Workspace.Reviews {
		if !r.HeldOn.After(f.AsOf) && (last == nil || r.HeldOn.After(last.HeldOn)) {
			last = r
		}
	}
	issue := Issue{Code: diag.ReviewMissing, Class: Blocks, Pos: f.Organization.Origin.Pos, Help: "hold one and add [[review]] with held_on, inputs, decisions and actions"}
	switch {
	case last == nil:
		issue.Message = "no management review was held"
		report(issue)
		return
	case aims.Period{N: 1, Unit: aims.Years}.After(last.HeldOn).Before(f.AsOf):
		issue.Message = fmt.Sprintf("the last management review was on %s, more than a year ago", last.HeldOn.Words())
		issue.Pos, issue.Owner, issue.Due = last.Origin.Key("held_on"), last.Chair, aims.Period{N: 1, Unit: aims.Years}.After(last.HeldOn)
		issue.Subject = aims.Subject{Kind: aims.KindReview, Record: &last.Record}
		report(issue)
		return
	}
	for _, topic := range aims.ReviewTopics() {
		if slices.ContainsFunc(last.Inputs, func(i aims.ReviewInput) bool { return i.Topic == topic }) {
			continue
		}
		report(Issue{
			Code: diag.ReviewInputMissing, Class: Blocks, Pos: last.Origin.Key("held_on"), Owner: last.Chair,
			Subject: aims.Subject{Kind: aims.KindReview, Record: &last.Record},
			Message: fmt.Sprintf("the management review %q has nothing on the input %s", last.Title, topic),
			Help:    fmt.Sprintf("add [[review.input]] with topic = %q, even if there is little to say", topic),
		})
	}
}

// correctiveActions asks that open minor findings are planned and that closed
// ones were checked for effect (clause 10.2).
func correctiveActions(f *Facts, report func(Issue)) {
	for _, x := range f.Workspace.Findings {
		if x.Grade != aims.Minor && x.Grade != aims.Major || x.Raised.After(f.AsOf) {
			continue
		}
		issue := Issue{Subject: aims.Subject{Kind: aims.KindFinding, Record: &x.Record}, Owner: x.Owner, Project: x.About, Pos: x.Origin.Key("grade")}
		if !x.Open(f.AsOf) {
			if strings.TrimSpace(x.Effectiveness) == "" {
				issue.Code, issue.Class, issue.Pos = diag.EffectUnchecked, Unjustified, x.Origin.Key("closed")
				issue.Message = fmt.Sprintf("the finding %q is closed, but nobody says whether the corrective action worked", x.Title)
				issue.Help = "add effectiveness = \"...\" with who looked, when and at what"
				report(issue)
			}
			continue
		}
		var missing []string
		if strings.TrimSpace(x.CorrectiveAction) == "" {
			missing = append(missing, "corrective_action")
		}
		if x.Owner == nil {
			missing = append(missing, "owner")
		}
		if x.Due.IsZero() {
			missing = append(missing, "due")
		}
		if x.Grade == aims.Minor && len(missing) > 0 {
			issue.Code, issue.Class = diag.FindingUnplanned, Blocks
			issue.Message = fmt.Sprintf("the minor finding %q is open without a plan: it has no %s", x.Title, strings.Join(missing, ", no "))
			issue.Help = "add what is missing; a certifier accepts an open minor finding only with a plan"
			report(issue)
		}
	}
}

// operation finds controls for applicable requirements that nothing shows at
// work since they were implemented.
func operation(f *Facts, report func(Issue)) {
	inScope(f, func(s *readiness.Control) {
		if !slices.ContainsFunc(s.Control.Satisfies, func(q *aims.Requirement) bool {
			return q.Framework.Standard() && f.Report.Requirement(q).State != readiness.NotApplicable
		}) {
			return
		}
		c := s.Control
		for _, r := range s.Runs {
			o := s.Operation(r, f.AsOf)
			issue := Issue{
				Code: diag.NotAtWork, Class: Blocks, Pos: c.Origin.Key("status"), Subject: control(c), Owner: c.Owner,
				Due: c.Due, Project: projectOf(c, r.System),
			}
			switch {
			case c.Status != aims.Implemented || c.ImplementedOn.After(f.AsOf):
				issue.Message = fmt.Sprintf("the control %q is not implemented%s", c.Title, forSystem(r.System))
				issue.Help = "implement it, perform it and record an execution with evidence"
			case o.Shown == 0 && len(r.Current) == 0:
				issue.Message = fmt.Sprintf("nothing shows the control %q at work%s", c.Title, forSystem(r.System))
				issue.Help = "perform it and record an execution with evidence"
			default:
				continue
			}
			report(issue)
		}
	})
}

// certificates finds audits of a certificate that are late, and certificates
// that have lapsed (ISO/IEC 17021-1 9.1.3).
func certificates(f *Facts, report func(Issue)) {
	for i := range f.Report.Journey.Stages {
		s := &f.Report.Journey.Stages[i]
		if s.Certificate == nil || !s.Late(f.AsOf) {
			continue
		}
		report(Issue{
			Code: diag.CertificateAtRisk, Class: Overdue, Pos: s.Certificate.Origin.Key("issued_on"), Due: s.Day,
			Subject: aims.Subject{Kind: aims.KindProject, Record: &f.Organization.Record},
			Message: fmt.Sprintf("the %s for the certificate of %s was due by %s", s.Within(), s.Framework.Title, s.Day.Words()),
			Help:    fmt.Sprintf("record [[audit]] with kind = %q and frameworks = [%q], or take out a certificate that has lapsed", s.Kind, s.Framework.ID),
		})
	}
}
