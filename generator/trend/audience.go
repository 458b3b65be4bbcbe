package trend

import (
	"slices"

	"annex/generator/aims"
	"annex/generator/readiness"
)

// For returns the trend as a reader of another report of the same organization
// may see it: with the frameworks of that report alone, and its audits.
func (t Trend) For(report *readiness.Report) Trend {
	ended := audits(report)
	t.Organization, t.Notes = report.Organization, slices.Clone(t.Notes)
	t.Points = slices.Clone(t.Points)
	for i := range t.Points {
		p := &t.Points[i]
		p.Audits, p.Commit = ended[p.Day], ""
		p.Numbers = p.Numbers.of(report.Workspace.Frameworks)
	}
	return t
}

// of returns the numbers without those of other frameworks.
func (n Numbers) of(list []*aims.Framework) Numbers {
	all := n.Frameworks
	n.Requirements, n.Frameworks = Requirements{}, nil
	for _, x := range all {
		if slices.ContainsFunc(list, func(f *aims.Framework) bool { return f.ID == x.ID }) {
			n.Frameworks = append(n.Frameworks, x)
			n.add(x.Requirements)
		}
	}
	return n
}

// add adds the counts of one framework.
func (r *Requirements) add(x Requirements) {
	r.Applicable += x.Applicable
	r.NotAssessed += x.NotAssessed
	r.Implemented += x.Implemented
	r.Operating += x.Operating
	r.Verified += x.Verified
}
