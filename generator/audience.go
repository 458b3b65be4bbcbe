package generator

import (
	"context"
	"fmt"
	"strings"
	"sync"

	"annex/generator/aims"
	"annex/generator/audience"
	"annex/generator/check"
	"annex/generator/integration"
	"annex/generator/matrix"
	"annex/generator/readiness"
	"annex/generator/render"
	"annex/generator/soa"
)

// assess derives all that follows from a workspace, apart for each organization
// project.
func assess(w *aims.Workspace, asOf aims.Date) []render.Part {
	var parts []render.Part
	for _, organization := range w.Organizations() {
		report := readiness.Assess(w.Scope(organization), organization, asOf)
		p := render.Part{Report: report}
		var checked sync.WaitGroup
		checked.Go(func() { p.Issues = check.Run(report) })
		p.Statements = soa.All(report)
		p.Matrices = matrix.All(report)
		p.Integration = integration.Derive(report)
		checked.Wait()
		parts = append(parts, p)
	}
	return parts
}

// cut puts what an audience may see in the place of the whole, and derives
// everything anew from it. Only the diagnostics stay those of the whole: what is
// wrong with a workspace does not depend on who looks.
func (m *model) cut(o Options) error {
	if o.Audience == "" {
		return nil
	}
	a := m.workspace.Audience(o.Audience)
	if a == nil {
		return unknownAudience(m.workspace, o.Audience)
	}
	if len(a.Frameworks) > 0 {
		narrow := audience.Narrow(m.workspace, a)
		m.replace(narrow, o.AsOf, narrow.Narrowed)
	}
	withheld := audience.Withhold(m.workspace, a)
	m.replace(withheld, o.AsOf, withheld.Withheld)
	return nil
}

// replace puts a cut in the place of the workspace, with the issues that agree
// with those from before.
func (m *model) replace(c *audience.Cut, asOf aims.Date, agree func(before, now []check.Issue) []check.Issue) {
	before := map[*aims.Project]render.Part{}
	for _, p := range m.parts {
		before[p.Report.Organization] = p
	}
	whole := map[*aims.Project]*readiness.Report{}
	m.workspace, m.parts = c.Workspace, assess(c.Workspace, asOf)
	for i := range m.parts {
		p := &m.parts[i]
		was := before[c.Organization(p.Report.Organization)]
		p.Issues = agree(was.Issues, p.Issues)
		whole[p.Report.Organization] = was.Report
		if m.whole != nil {
			whole[p.Report.Organization] = m.whole[was.Report.Organization]
		}
	}
	m.whole = whole
}

func unknownAudience(w *aims.Workspace, id string) error {
	if len(w.Audiences) == 0 {
		return &InputError{fmt.Sprintf("there is no audience %q: annex.toml names none. Add [[audience]] with id and ceiling", id)}
	}
	var ids []string
	for _, a := range w.Audiences {
		ids = append(ids, a.ID)
	}
	return &InputError{fmt.Sprintf("there is no audience %q; annex.toml names %s", id, strings.Join(ids, ", "))}
}

// trendAlone is [model.addPast] for an audience: what git knows goes along as far
// as it is counts, and only where the audience gets it at all. What changed, and
// who wrote what when, is left out: a record may have been less confidential
// before, or may be by now, and its old words would tell what is withheld.
func (m *model) trendAlone(ctx context.Context, o Options, p *past) error {
	var reports []*readiness.Report
	for _, x := range m.parts { // the past knows nothing of stand-ins
		reports = append(reports, m.whole[x.Report.Organization])
	}
	trends, err := p.trends(ctx, o, reports)
	if err != nil {
		return err
	}
	for i := range m.parts {
		t := trends[i].For(m.parts[i].Report)
		t.Notes = append(t.Notes, "This site is for an audience, so it shows counts alone: what changed, and the history of each document, could tell what is withheld.")
		m.parts[i].Trend = &t
	}
	return nil
}
