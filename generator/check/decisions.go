package check

import (
	"fmt"
	"slices"
	"strings"
	"unicode"

	"annex/generator/aims"
	"annex/generator/diag"
)

// decisions holds the Statement of Applicability to ISO/IEC 42001 6.1.3: every
// reference control is decided on, with reasons for inclusion and exclusion.
func decisions(f *Facts, report func(Issue)) {
	for _, framework := range f.Workspace.Frameworks {
		for _, q := range framework.ReferenceControls() {
			a := f.Workspace.Applicability(f.Organization, q, f.AsOf)
			if a.Organization == nil {
				report(missingDecision(f, q))
				continue
			}
			decision(f, a, report)
		}
	}
	for _, d := range f.Workspace.Decisions {
		if d.Project != f.Organization && d.Project.Organization == f.Organization {
			decision(f, aims.Applicability{Requirement: d.Requirement, Organization: d}, report)
		}
	}
}

func missingDecision(f *Facts, q *aims.Requirement) Issue {
	return Issue{
		Code: diag.DecisionMissing, Class: Blocks, Pos: f.Organization.Origin.Pos,
		Message: fmt.Sprintf("there is no decision on %s, %s", q, q.Title),
		Help:    fmt.Sprintf("add [[decision]] with requirement = %q, applicable, reasons and justification", q.String()),
		Subject: aims.Subject{Requirement: q},
	}
}

func decision(f *Facts, a aims.Applicability, report func(Issue)) {
	d, q := a.Organization, a.Requirement
	issue := func(code diag.Code, class Class, key, message, help string, related ...diag.Related) {
		report(Issue{
			Code: code, Class: class, Pos: d.Origin.Key(key), Message: message, Help: help, Related: related,
			Subject: aims.Subject{Requirement: q}, Owner: d.DecidedBy, Project: d.Project,
		})
	}
	name := q.String() + ", " + q.Title
	switch {
	case !d.Decided:
		issue(diag.Undecided, Blocks, "requirement", "it is not decided whether "+name+" applies",
			"write applicable = true or applicable = false, and why")
		return
	case !d.Applicable && strings.TrimSpace(d.Justification) == "":
		issue(diag.ExclusionUnjustified, Blocks, "applicable", name+" is left out without a justification",
			"add justification = \"...\": what makes it unnecessary, and what would change that")
	case d.Applicable && (len(d.Reasons) == 0 || strings.TrimSpace(d.Justification) == ""):
		issue(diag.InclusionUnjustified, Unjustified, "applicable", name+" applies, but the decision does not say why",
			"add reasons (risk-treatment, legal, contractual, policy, best-practice) and a sentence of justification")
	}
	if emptyWords(d.Justification) {
		issue(diag.EmptyJustification, Unjustified, "justification", fmt.Sprintf("the justification %q for %s says nothing", d.Justification, q),
			"say what the organization does or does not do, and what follows from it")
	}
	if d.Excluded() {
		exclusion(f, a, issue)
		return
	}
	if d.Project == f.Organization && hasReason(d, aims.RiskTreatment) && len(f.Workspace.ControlsFor(q)) > 0 && !treatsRisk(f, q) {
		issue(diag.RiskReasonUnshown, Informational, "reasons", "the decision on "+name+" names a risk as its reason, but no control for it treats one",
			"name the risk in the control (risks = [...]), or give another reason")
	}
}

func exclusion(f *Facts, a aims.Applicability, issue func(diag.Code, Class, string, string, string, ...diag.Related)) {
	q := a.Requirement
	name := q.String() + ", " + q.Title
	if a.Organization.Basis == "" {
		issue(diag.ExclusionBasis, Unjustified, "applicable", "the exclusion of "+name+" does not say what it rests on",
			`add basis = "risk-assessment", "external-requirements" or "no-such-activity"`)
	}
	if a.Contradicted() {
		s := a.Systems[0]
		place := s.Origin.Key("applicable")
		issue(diag.ExcludedButNeeded, Blocks, "applicable",
			fmt.Sprintf("%s is left out, but the AI system %q needs it (%s)", name, s.Project.Title, place),
			"change one of the two decisions; until then the control counts as applicable",
			diag.Related{Pos: place, Message: "needed here"})
		return // the control that serves it serves the system that needs it
	}
	excluding := a.Organization.Project
	for _, c := range f.Workspace.ControlsFor(q) {
		if excluding.System != nil && !performedFor(c, excluding.System) {
			continue
		}
		place := c.Origin.Item("satisfies", slices.Index(c.Satisfies, q))
		issue(diag.ExcludedButSatisfied, Unjustified, "applicable",
			fmt.Sprintf("%s is left out, but the control %q serves it (%s)", name, c.Title, place),
			"change the decision, or take the requirement out of the control",
			diag.Related{Pos: place, Message: "served here"})
		break
	}
}

// performedFor reports whether a control is meant for one AI system: it is its
// own, names it, or was performed for it.
func performedFor(c *aims.Control, s *aims.System) bool {
	return c.Project == s.Project || slices.Contains(c.Systems, s) ||
		slices.ContainsFunc(c.Executions, func(x *aims.Execution) bool { return x.System == s })
}

func hasReason(d *aims.Decision, reason aims.Reason) bool {
	for _, r := range d.Reasons {
		if r == reason {
			return true
		}
	}
	return false
}

func treatsRisk(f *Facts, q *aims.Requirement) bool {
	for _, c := range f.Workspace.ControlsFor(q) {
		if len(c.Risks) > 0 {
			return true
		}
	}
	return false
}

// emptyWords reports whether a justification only repeats the decision. It
// compares the letters alone, so that "N/A." and "n. a." are alike.
func emptyWords(text string) bool {
	letters := strings.Map(func(r rune) rune {
		if unicode.IsLetter(r) {
			return unicode.ToLower(r)
		}
		return -1
	}, text)
	switch letters {
	case "na", "no", "none", "yes", "tbd", "tba", "todo", "notapplicable", "notrelevant", "notneeded",
		"notrequired", "irrelevant", "applicable", "relevant", "required", "needed", "excluded",
		"included", "seepolicy", "seeabove", "asabove", "dito", "ditto", "xxx", "x", "applies",
		"doesnotapply", "notapplicabletous", "notinscope", "outofscope", "nojustification", "bestpractice":
		return true
	}
	return strings.TrimSpace(text) != "" && len(letters) < 10
}

// inclusionsMet finds applicable reference controls that nothing satisfies.
func inclusionsMet(f *Facts, report func(Issue)) {
	for _, framework := range f.Workspace.Frameworks {
		for _, q := range framework.ReferenceControls() {
			a := f.Workspace.Applicability(f.Organization, q, f.AsOf)
			if !a.Applicable || len(f.Workspace.ControlsFor(q)) > 0 {
				continue
			}
			d := a.Organization
			if d == nil {
				d = a.Systems[0]
			}
			report(Issue{
				Code: diag.ApplicableUnmet, Class: Blocks, Pos: d.Origin.Key("requirement"),
				Message: fmt.Sprintf("%s, %s applies, but no control satisfies it", q, q.Title),
				Help:    fmt.Sprintf("add %q to satisfies of a control, or add a control", q.String()),
				Subject: aims.Subject{Requirement: q}, Owner: d.Owner,
			})
		}
	}
}
