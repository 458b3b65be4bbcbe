package check

import (
	"fmt"
	"slices"
	"strings"

	"annex/generator/aims"
	"annex/generator/diag"
)

// classification holds the risk class of each AI system against the grounds it
// rests on, where a framework in use derives duties from them.
func classification(f *Facts, report func(Issue)) {
	i := slices.IndexFunc(f.Workspace.Frameworks, func(x *aims.Framework) bool { return len(x.Obligations) > 0 })
	if i < 0 {
		return
	}
	law := f.Workspace.Frameworks[i]
	systems(f, func(s *aims.System) {
		issue := Issue{Class: Unjustified, Pos: s.Origin.Key("risk_class"), Subject: system(s), Owner: s.Owner}
		classMissing(s, law, issue, report)
		if s.RiskClass == aims.ClassProhibited {
			prohibited := issue
			prohibited.Code, prohibited.Class = diag.ProhibitedPractice, Overdue
			prohibited.Message = fmt.Sprintf("the AI system %q is of a prohibited class and not retired", s.Title)
			prohibited.Help = "take it out of use, or correct its class"
			report(prohibited)
		}
		against := againstGrounds(s)
		for _, g := range against {
			report(contradiction(s, g, issue))
		}
		if len(against) == 0 {
			groundMissing(s, law, issue, report)
		}
		manufacturer(s, law, issue, report)
	})
}

// classMissing asks for what duties depend on. Those that bind everybody follow
// all the same.
func classMissing(s *aims.System, law *aims.Framework, issue Issue, report func(Issue)) {
	var words, keys []string
	if len(s.Roles) == 0 {
		words, keys = append(words, "role"), append(keys, "role")
	}
	if s.RiskClass == "" {
		words, keys = append(words, "risk class"), append(keys, "risk_class")
	}
	if len(keys) == 0 {
		return
	}
	issue.Code = diag.ClassMissing
	issue.Message = fmt.Sprintf("the AI system %q has no %s, so that some duties of the %s cannot be derived", s.Title, strings.Join(words, " and no "), law.Title)
	issue.Help = fmt.Sprintf("add %s to its project.toml", strings.Join(keys, " and "))
	report(issue)
}

// againstGrounds returns the grounds that the class of a system contradicts: it
// is none of theirs, and neither an exception nor a prohibition explains that.
func againstGrounds(s *aims.System) []int {
	var list []int
	for i, g := range s.Grounds {
		switch {
		case slices.Contains(g.Classes, s.RiskClass):
		case g.Prohibited():
			list = append(list, i) // nothing excepts from it
		case s.RiskClass == "":
		case s.RiskClass == aims.ClassProhibited && slices.ContainsFunc(s.Grounds, (*aims.Requirement).Prohibited):
			// A prohibited practice can be a use of another class as well.
		case slices.ContainsFunc(s.Grounds, func(other *aims.Requirement) bool {
			return other.Excepts(g) && slices.Contains(other.Classes, s.RiskClass)
		}):
		default:
			list = append(list, i)
		}
	}
	return list
}

// contradiction says how the class of a system contradicts one of its grounds.
func contradiction(s *aims.System, at int, issue Issue) Issue {
	g, place := s.Grounds[at], s.Origin.Item("grounds", at)
	is := "is of the class " + string(s.RiskClass)
	if s.RiskClass == "" {
		is = "has no risk class"
	}
	goes := "leads to " + string(g.Classes[0])
	if len(g.Classes) > 1 {
		goes = "goes with " + either(g.Classes)
	}
	issue.Code = diag.ClassAgainstGround
	issue.Message = fmt.Sprintf("the AI system %q %s, but its ground %s, %s %s (%s)", s.Title, is, g, g.Title, goes, place)
	issue.Help = againstHelp(s, g)
	issue.Related = []diag.Related{{Pos: place, Message: "the ground"}}
	return issue
}

func againstHelp(s *aims.System, g *aims.Requirement) string {
	if g.Prohibited() {
		return `no other ground takes a system out of a prohibition; write risk_class = "prohibited" and take it out of use, or take this ground away if the practice is not meant`
	}
	for _, other := range s.Grounds {
		if g.Excepts(other) && slices.Contains(other.Classes, s.RiskClass) {
			return fmt.Sprintf("the ground takes the system out of %s; take it away, or correct the class", other)
		}
	}
	for _, exception := range g.Framework.Requirements {
		if exception.Excepts(g) && slices.Contains(exception.Classes, s.RiskClass) {
			return fmt.Sprintf("correct the class or the ground; if an exception applies, name %s, %q as a ground as well", exception, exception.Title)
		}
	}
	return "correct the class or the ground"
}

// groundMissing asks for a ground that leads to the class by itself. A minimal
// class is what is left without any.
func groundMissing(s *aims.System, law *aims.Framework, issue Issue, report func(Issue)) {
	if s.RiskClass == "" || s.RiskClass == aims.ClassMinimal || slices.ContainsFunc(s.Grounds, func(g *aims.Requirement) bool { return carries(s, g) }) {
		return
	}
	var entries []string
	for _, q := range law.GroundsFor(s.RiskClass) {
		entries = append(entries, q.String())
	}
	if len(entries) == 0 {
		return
	}
	issue.Code = diag.GroundMissing
	issue.Message = fmt.Sprintf("the AI system %q is of the class %s, but does not say on which ground", s.Title, s.RiskClass)
	add := "add grounds = [...] with"
	if len(s.Grounds) > 0 {
		var own []string
		for _, g := range s.Grounds {
			own = append(own, g.String())
		}
		issue.Message = fmt.Sprintf("the AI system %q is of the class %s, but none of its grounds leads to it by itself: %s", s.Title, s.RiskClass, strings.Join(own, ", "))
		issue.Pos = s.Origin.Key("grounds")
		add = "correct the class, or add to grounds"
	}
	issue.Help = fmt.Sprintf("%s an entry that leads to this class: %s, or one below them; `annex explain %s` tells what they are", add, strings.Join(entries, ", "), law.ID)
	report(issue)
}

// carries reports whether the class of a system can rest on one of its grounds:
// the ground leads to it, or takes the system out of another ground for it.
func carries(s *aims.System, g *aims.Requirement) bool {
	return g.LeadsTo(s.RiskClass) || slices.Contains(g.Classes, s.RiskClass) && slices.ContainsFunc(s.Grounds, g.Excepts)
}

// manufacturer finds manufacturers of products that are derived the duties of a
// provider without a ground that makes them one (Article 25(3) of the EU AI Act).
func manufacturer(s *aims.System, law *aims.Framework, issue Issue, report func(Issue)) {
	if len(s.Grounds) == 0 || !slices.Contains(s.Roles, aims.RoleManufacturer) || slices.Contains(s.Roles, aims.RoleProvider) {
		return
	}
	for _, o := range law.Obligations {
		if !slices.Equal(o.Roles, []aims.SystemRole{aims.RoleManufacturer}) || len(o.Grounds) == 0 || len(o.Classes) > 0 && !slices.Contains(o.Classes, s.RiskClass) {
			continue
		}
		if slices.ContainsFunc(s.Grounds, func(g *aims.Requirement) bool { return slices.ContainsFunc(o.Grounds, g.Within) }) {
			continue
		}
		var wanted []string
		for _, g := range o.Grounds {
			wanted = append(wanted, g.String())
		}
		issue.Code, issue.Pos = diag.ManufacturerOnly, s.Origin.Item("role", slices.Index(s.Roles, aims.RoleManufacturer))
		issue.Message = fmt.Sprintf("we are the product manufacturer of the AI system %q, which makes us its provider only on the ground %s (%s of the %s); the provider's duties listed for it may not be ours",
			s.Title, strings.Join(wanted, " or "), paragraph(o), law.Title)
		issue.Help = `name that ground if it is such a product; otherwise write the role that we have, such as role = ["provider"] when it comes under our own name`
		report(issue)
	}
}

// paragraph returns where an obligation stands in its law.
func paragraph(o *aims.Obligation) string {
	if o.Paragraph != "" {
		return o.Paragraph
	}
	return o.Requirement.Ref
}

// either joins classes with an or before the last.
func either(classes []aims.RiskClass) string {
	words := make([]string, len(classes))
	for i, c := range classes {
		words[i] = string(c)
	}
	last := len(words) - 1
	return strings.Join(words[:last], ", ") + " or " + words[last]
}
