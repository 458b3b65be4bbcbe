package check

import (
	"fmt"
	"slices"
	"strings"

	"annex/generator/aims"
	"annex/generator/diag"
	"annex/generator/readiness"
)

// systems calls visit for every AI system of the organization that is not
// retired.
func systems(f *Facts, visit func(*aims.System)) {
	for _, s := range f.Workspace.Systems() {
		if s.Project.Organization == f.Organization && !s.Retired(f.AsOf) {
			visit(s)
		}
	}
}

func system(s *aims.System) aims.Subject {
	return aims.Subject{Kind: aims.KindSystem, Record: s.Record}
}

// stages finds AI systems whose stage contradicts their dates.
func stages(f *Facts, report func(Issue)) {
	for _, s := range f.Workspace.Systems() {
		if s.Project.Organization != f.Organization {
			continue
		}
		issue := Issue{Code: diag.StageAgainstDates, Class: Unjustified, Pos: s.Origin.Key("stage"), Subject: system(s), Owner: s.Owner}
		switch {
		case s.Stage == aims.StageRetired && s.RetiredOn.IsZero():
			issue.Message = fmt.Sprintf("the AI system %q is retired, but not since when", s.Title)
			issue.Help = "add retired_on with the day on which it went out of use"
		case s.Stage != "" && s.Stage != aims.StageRetired && !s.RetiredOn.IsZero() && !s.RetiredOn.After(f.AsOf):
			issue.Message = fmt.Sprintf("the AI system %q went out of use on %s, yet its stage is %s", s.Title, s.RetiredOn.Words(), s.Stage)
			issue.Help = `write stage = "retired", or correct retired_on`
			issue.Related = related(s.Origin, "retired_on", "retired here")
		case s.Stage == aims.StageOperation && s.DeployedOn.After(f.AsOf):
			issue.Message = fmt.Sprintf("the AI system %q is in operation, yet it is deployed only on %s", s.Title, s.DeployedOn.Words())
			issue.Help = "correct the stage or deployed_on"
			issue.Related = related(s.Origin, "deployed_on", "deployed here")
		default:
			continue
		}
		report(issue)
	}
}

func related(o aims.Origin, key, message string) []diag.Related {
	return []diag.Related{{Pos: o.Key(key), Message: message}}
}

// classification holds the risk class of each AI system against the grounds it
// rests on, where a framework in use knows grounds.
func classification(f *Facts, report func(Issue)) {
	law := slices.IndexFunc(f.Workspace.Frameworks, func(x *aims.Framework) bool { return len(x.Obligations) > 0 })
	if law < 0 {
		return
	}
	framework := f.Workspace.Frameworks[law]
	systems(f, func(s *aims.System) {
		issue := Issue{Class: Unjustified, Pos: s.Origin.Key("risk_class"), Subject: system(s), Owner: s.Owner}
		if s.RiskClass == "" || len(s.Roles) == 0 {
			issue.Code = diag.ClassMissing
			issue.Message = fmt.Sprintf("the AI system %q has no %s, so that no duties of the %s can follow", s.Title, missingOf(s), framework.Title)
			issue.Help = "add role and risk_class to its project.toml"
			report(issue)
			return
		}
		if s.RiskClass == aims.ClassProhibited {
			prohibited := issue
			prohibited.Code, prohibited.Class = diag.ProhibitedPractice, Overdue
			prohibited.Message = fmt.Sprintf("the AI system %q is of a prohibited class and not retired", s.Title)
			prohibited.Help = "take it out of use, or correct its class"
			report(prohibited)
		}
		if len(s.Grounds) == 0 && s.RiskClass != aims.ClassMinimal {
			issue.Code = diag.GroundMissing
			issue.Message = fmt.Sprintf("the AI system %q is of the class %s, but does not say on which ground", s.Title, s.RiskClass)
			issue.Help = fmt.Sprintf("add grounds = [...] with an entry that leads to this class: %s, or one below them; `annex explain %s` tells what they are",
				strings.Join(grounds(framework, s.RiskClass), ", "), framework.ID)
			report(issue)
		}
		againstGrounds(s, issue, report)
	})
}

func missingOf(s *aims.System) string {
	switch {
	case s.RiskClass != "":
		return "role"
	case len(s.Roles) > 0:
		return "risk class"
	}
	return "role and no risk class"
}

// grounds returns the entries that lead to a class, without those below them
// and those that go with nearly every class.
func grounds(f *aims.Framework, class aims.RiskClass) []string {
	leads := func(q *aims.Requirement) bool {
		return q != nil && slices.Contains(q.Classes, class) && len(q.Classes) < len(aims.RiskClasses())-1
	}
	var list []string
	for _, q := range f.Requirements {
		if leads(q) && !leads(q.Parent) {
			list = append(list, q.String())
		}
	}
	return list
}

// againstGrounds reports a class that a ground cannot lead to, unless another
// ground makes the exception: Article 6(3) takes a system out of Annex III.
func againstGrounds(s *aims.System, issue Issue, report func(Issue)) {
	for i, g := range s.Grounds {
		if slices.Contains(g.Classes, s.RiskClass) || slices.ContainsFunc(s.Grounds, func(other *aims.Requirement) bool {
			return other != g && excepts(other, g) && slices.Contains(other.Classes, s.RiskClass)
		}) {
			continue
		}
		var classes []string
		for _, c := range g.Classes {
			classes = append(classes, string(c))
		}
		issue.Code, issue.Class = diag.ClassAgainstGround, Unjustified
		place := s.Origin.Item("grounds", i)
		issue.Message = fmt.Sprintf("the AI system %q is of the class %s, but its ground %s, %s leads to %s (%s)",
			s.Title, s.RiskClass, g, g.Title, strings.Join(classes, " or "), place)
		issue.Help = "correct the class or the ground; for a use of Annex III that is not high-risk name Art.6(3) as a ground as well"
		issue.Related = []diag.Related{{Pos: place, Message: "the ground"}}
		report(issue)
	}
}

// excepts reports whether one ground makes an exception from another: it
// belongs to the same law and leads to none of the other's classes.
func excepts(one, other *aims.Requirement) bool {
	return one.Framework == other.Framework && !slices.ContainsFunc(one.Classes, func(c aims.RiskClass) bool { return slices.Contains(other.Classes, c) })
}

// duties finds obligations that apply to an AI system and that no control at
// all serves, and those that will.
func duties(f *Facts, report func(Issue)) {
	systems(f, func(s *aims.System) {
		for _, d := range earliestOpen(f.Report.System(s).Duties) {
			q := d.Obligation.Requirement
			issue := Issue{
				Code: diag.DutyUnmet, Class: Overdue, Pos: s.Origin.Key("risk_class"), Subject: system(s), Owner: s.Owner, Due: d.From,
				Message: fmt.Sprintf("since %s %s, %s binds us for the AI system %q, and no control serves it", d.From.Words(), q, q.Title, s.Title),
				Help:    fmt.Sprintf("add %q to satisfies of a control that covers the system, or correct its role, class or grounds", q.String()),
			}
			if !d.Due(f.AsOf) {
				issue.Code, issue.Class = diag.DutyAhead, Informational
				issue.Message = fmt.Sprintf("from %s %s, %s will bind us for the AI system %q, and no control serves it", d.From.Words(), q, q.Title, s.Title)
			}
			report(issue)
		}
	})
}

// earliestOpen returns of the duties that nothing serves and that have a day
// the earliest from each requirement.
func earliestOpen(duties []readiness.Duty) []readiness.Duty {
	var list []readiness.Duty
	for _, d := range duties {
		if d.State != readiness.Gap || d.Supposed || d.From.IsZero() {
			continue
		}
		i := slices.IndexFunc(list, func(x readiness.Duty) bool { return x.Obligation.Requirement == d.Obligation.Requirement })
		switch {
		case i < 0:
			list = append(list, d)
		case d.From.Before(list[i].From):
			list[i] = d
		}
	}
	return list
}

// impactAssessments asks for a current assessment of every AI system in
// operation (ISO/IEC 42001 6.1.4 and 8.4), in the shape of ISO/IEC 42005.
func impactAssessments(f *Facts, report func(Issue)) {
	systems(f, func(s *aims.System) {
		if d := s.ImpactAssessment; d != nil {
			impact(s, d, report)
		}
		if s.Stage != aims.StageOperation {
			return
		}
		issue := Issue{
			Code: diag.AssessmentOverdue, Class: Overdue, Pos: s.Origin.Key("impact_review"), Owner: s.Owner,
			Subject: system(s), Due: s.ImpactReview,
			Help: "assess its impacts, name the document in impact_assessment and set impact_review",
		}
		switch {
		case s.ImpactAssessment == nil:
			issue.Pos, issue.Class, issue.Due = s.Origin.Key("stage"), Blocks, aims.Date{}
			issue.Message = fmt.Sprintf("the AI system %q is in operation without an impact assessment", s.Title)
			report(issue)
		case !s.ImpactReview.IsZero() && s.ImpactReview.Before(f.AsOf):
			issue.Message = fmt.Sprintf("the impact assessment of %q was due for review on %s", s.Title, s.ImpactReview.Words())
			report(issue)
		}
	})
}

// impact looks at the fields of an impact assessment.
func impact(s *aims.System, d *aims.Document, report func(Issue)) {
	issue := Issue{Code: diag.ImpactIncomplete, Class: Informational, Pos: d.Origin.Pos, Subject: document(d), Owner: d.Owner, Help: "add [impact] with [[impact.effect]] tables to its front matter"}
	x := d.Impact
	if x == nil {
		issue.Message = fmt.Sprintf("the impact assessment %q has no [impact] in its front matter, so that the site cannot show its effects", d.Title)
		report(issue)
		return
	}
	if x.System != nil && x.System != s {
		report(Issue{
			Code: diag.ImpactOfAnother, Class: Unjustified, Pos: s.Origin.Key("impact_assessment"), Subject: system(s), Owner: s.Owner,
			Message: fmt.Sprintf("the AI system %q names the impact assessment %q, which says that it is about %q (%s)", s.Title, d.Title, x.System.Title, x.Origin.Key("system")),
			Help:    "correct one of the two",
			Related: []diag.Related{{Pos: x.Origin.Key("system"), Message: "about another system here"}},
		})
	}
	for _, group := range []aims.Affected{aims.Individuals, aims.Groups, aims.Society} {
		if !slices.ContainsFunc(x.Effects, func(e aims.Effect) bool { return e.On == group }) {
			issue.Pos = x.Origin.Pos
			issue.Message = fmt.Sprintf("the impact assessment %q says nothing of effects on %s", d.Title, group)
			issue.Help = fmt.Sprintf("add [[impact.effect]] with on = %q, even if the effect is small", group)
			report(issue)
		}
	}
	for _, e := range x.Effects {
		if e.Harm && e.Severity >= 3 && len(e.Controls) == 0 {
			issue.Pos = e.Origin.Pos
			issue.Message = fmt.Sprintf("the impact assessment %q names a harm of severity %d on %s without a control against it", d.Title, e.Severity, e.On)
			issue.Help = "add controls = [...] to the effect"
			report(issue)
		}
	}
}
