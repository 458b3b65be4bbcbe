package render

import (
	"slices"

	"annex/generator/aims"
	"annex/generator/check"
	"annex/generator/readiness"
)

// systemListView is one page of the register of AI systems.
type systemListView struct {
	Rows  []systemRow
	Total int
	Pager pager
}

// systemRow is one AI system in the register.
type systemRow struct {
	*aims.System
	Standing *readiness.System
	Met, Due int // duties that apply
	Retired  bool
}

// systemView is one AI system.
type systemView struct {
	systemRow
	Folder   *folder
	Duties   []dutyGroup
	Reached  []reachedRow
	Evidence []*aims.Evidence // in force, of the controls performed for it and its own
	Risks    []*aims.Risk
	Blocking int
	Overdue  int
	Impact   *aims.Impact
}

// dutyGroup is the duties of a system from one law.
type dutyGroup struct {
	Framework *aims.Framework
	Rows      []dutyRow
}

type dutyRow struct {
	readiness.Duty
	Ahead bool // it applies only later
}

// Gap reports whether the duty asks for action before all others.
func (d dutyRow) Gap() bool { return !d.Ahead && gap(d.State) }

// reachedRow is how far the requirements of one framework are for one system.
type reachedRow struct {
	Framework *aims.Framework
	reached
}

func (s *part) systemPages(yield func(Page) bool) bool {
	systems := s.Workspace.Systems()
	rows := make([]systemRow, len(systems))
	for i, x := range systems {
		rows[i] = s.systemRow(x)
	}
	for n, part := range parts(rows) {
		view := systemListView{part, len(rows), s.pager("index", n, len(rows))}
		if !yield(s.make("systems/"+shard("index", n), "systems.html", page{Title: "AI systems", Section: "systems", View: view})) {
			return false
		}
	}
	risks := map[*aims.System][]*aims.Risk{}
	for _, r := range s.Workspace.Risks {
		for _, x := range r.Systems {
			risks[x] = append(risks[x], r)
		}
	}
	for _, row := range rows {
		one := func() page {
			return page{Title: row.Title, Section: "systems", Class: row.Classification, View: s.systemView(row, risks[row.System])}
		}
		if !yield(s.later("systems/"+row.ID+".html", "system.html", one)) {
			return false
		}
	}
	return true
}

func (s *part) systemRow(x *aims.System) systemRow {
	row := systemRow{System: x, Standing: s.report.System(x), Retired: x.Retired(s.AsOf)}
	row.Met, row.Due = row.Standing.Met(s.AsOf)
	return row
}

func (s *part) systemView(row systemRow, risks []*aims.Risk) systemView {
	v := systemView{systemRow: row, Folder: s.folders()[row.Project], Risks: slices.Clone(risks)}
	v.Blocking = len(check.OfClass(v.Folder.Issues, check.Blocks))
	v.Overdue = len(check.OfClass(v.Folder.Issues, check.Overdue))
	for _, r := range v.Folder.Risks {
		if !slices.Contains(v.Risks, r) {
			v.Risks = append(v.Risks, r)
		}
	}
	seen := map[*aims.Evidence]bool{}
	for _, run := range row.Standing.Runs {
		for _, e := range run.Current {
			if !seen[e] {
				seen[e] = true
				v.Evidence = append(v.Evidence, e)
			}
		}
	}
	for _, e := range v.Folder.Evidence {
		if !seen[e] && e.Current(s.AsOf) {
			v.Evidence = append(v.Evidence, e)
		}
	}
	v.Evidence = newestFirst(v.Evidence)
	for _, d := range row.Standing.Duties {
		f := d.Obligation.Requirement.Framework
		if n := len(v.Duties); n == 0 || v.Duties[n-1].Framework != f {
			v.Duties = append(v.Duties, dutyGroup{Framework: f})
		}
		last := &v.Duties[len(v.Duties)-1]
		last.Rows = append(last.Rows, dutyRow{d, !d.Due(s.AsOf)})
	}
	for _, f := range row.Standing.Frameworks {
		v.Reached = append(v.Reached, reachedRow{f.Framework, reach(f.Counts)})
	}
	if row.ImpactAssessment != nil {
		v.Impact = row.ImpactAssessment.Impact
	}
	return v
}
