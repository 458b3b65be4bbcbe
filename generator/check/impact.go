package check

import (
	"fmt"
	"slices"
	"strings"

	"annex/generator/aims"
	"annex/generator/diag"
)

// impactAssessments asks for a current assessment of every AI system in
// operation (ISO/IEC 42001 6.1.4 and 8.4), in the shape of ISO/IEC 42005.
func impactAssessments(f *Facts, report func(Issue)) {
	systems(f, func(s *aims.System) {
		d := s.ImpactAssessment
		if d != nil {
			impact(f, s, d, report)
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
		case d == nil:
			issue.Pos, issue.Class, issue.Due = s.Origin.Key("stage"), Blocks, aims.Date{}
			issue.Message = fmt.Sprintf("the AI system %q is in operation without an impact assessment", s.Title)
			report(issue)
		case !d.Approved(f.AsOf):
			issue.Pos, issue.Class, issue.Due = s.Origin.Key("impact_assessment"), Blocks, aims.Date{}
			issue.Message = fmt.Sprintf("the AI system %q is in operation, but its impact assessment %q is not approved", s.Title, d.Title)
			issue.Help = "approve it: status = \"approved\", approved_by and approved_on in its front matter"
			report(issue)
		case !s.ImpactReview.IsZero() && s.ImpactReview.Before(f.AsOf):
			issue.Message = fmt.Sprintf("the impact assessment of %q was due for review on %s", s.Title, s.ImpactReview.Words())
			report(issue)
		}
	})
}

// impact looks at the fields of an impact assessment.
func impact(f *Facts, s *aims.System, d *aims.Document, report func(Issue)) {
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
	if x.AssessedOn.After(f.AsOf) {
		report(future(f, Issue{Pos: x.Origin.Key("assessed_on"), Subject: document(d), Owner: d.Owner},
			fmt.Sprintf("the impact assessment %q is recorded as made", d.Title), x.AssessedOn))
	}
	issue.Pos = x.Origin.Pos
	written := d.Status != aims.Draft // a draft may still have gaps
	if missing := unsaid(x); written && len(missing) > 0 {
		issue.Message = fmt.Sprintf("the impact assessment %q has no %s", d.Title, strings.Join(missing, ", no "))
		issue.Help = "add to [impact] when it was made, by which roles, and to what conclusion they came"
		report(issue)
	}
	for _, group := range []aims.Affected{aims.Individuals, aims.Groups, aims.Society} {
		if !slices.ContainsFunc(x.Effects, func(e aims.Effect) bool { return e.On == group }) {
			issue.Message = fmt.Sprintf("the impact assessment %q says nothing of effects on %s", d.Title, group)
			issue.Help = fmt.Sprintf("add [[impact.effect]] with on = %q, even if the effect is small", group)
			report(issue)
		}
	}
	for _, e := range x.Effects {
		issue.Pos = e.Origin.Pos
		if written && e.Harm && e.Score() == 0 {
			issue.Message = fmt.Sprintf("the impact assessment %q names a harm on %s without saying how likely and how severe it is", d.Title, e.On)
			issue.Help = "add likelihood and severity to the effect, each from 1 to 5"
			report(issue)
		}
		if e.Harm && e.Severity >= 3 && len(e.Controls) == 0 {
			issue.Message = fmt.Sprintf("the impact assessment %q names a harm of severity %d on %s without a control against it", d.Title, e.Severity, e.On)
			issue.Help = "add controls = [...] to the effect"
			report(issue)
		}
	}
}

// unsaid returns the keys that make an assessment one: when, by whom, to what
// end.
func unsaid(x *aims.Impact) []string {
	var keys []string
	if x.AssessedOn.IsZero() {
		keys = append(keys, "assessed_on")
	}
	if len(x.Assessors) == 0 {
		keys = append(keys, "assessors")
	}
	if strings.TrimSpace(x.Conclusion) == "" {
		keys = append(keys, "conclusion")
	}
	return keys
}
