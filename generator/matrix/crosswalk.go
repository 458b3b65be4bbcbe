package matrix

import (
	"annex/generator/aims"
	"annex/generator/readiness"
)

// CrosswalkNote is the sentence that stands with every crosswalk.
const CrosswalkNote = "A crosswalk is for navigation and proves no conformity."

// Crosswalks relates frameworks in pairs: two matrices for each two frameworks
// that a crosswalk joins, one from either side.
func Crosswalks(report *readiness.Report) []*Matrix {
	w := report.Workspace
	var list []*Matrix
	seen, names := map[[2]*aims.Framework]bool{}, map[string]bool{}
	for _, x := range w.Crosswalks {
		for _, ends := range [][2]*aims.Framework{{x.From, x.To}, {x.To, x.From}} {
			if seen[ends] {
				continue
			}
			seen[ends] = true
			m := Crosswalk(report, ends[0], ends[1])
			if names[m.Name] { // as a and b-c, a-b and c
				m.Name = "crosswalk-" + ends[0].ID + "--" + ends[1].ID
			}
			names[m.Name] = true
			list = append(list, m)
		}
	}
	return list
}

// Crosswalk relates each requirement of one framework to its neighbours in
// another, and says what our controls for the one already do for the other. A
// requirement that applies and has no neighbour is a gap in the crosswalk, not
// in the management system.
func Crosswalk(report *readiness.Report, from, to *aims.Framework) *Matrix {
	w := report.Workspace
	m := &Matrix{
		Name:  "crosswalk-" + from.ID + "-" + to.ID,
		Title: from.Title + " → " + to.Title, Corner: from.Title,
		About: CrosswalkNote,
		Columns: []Column{
			{Title: "State"},
			{Title: to.Title},
			{Title: "Strength"},
			{Title: "Provenance"},
			{Title: "State there"},
			{Title: "Our controls for " + from.Title},
			{Title: "Of these, also for " + to.Title},
		},
		GapWord: "without a neighbour", From: from, To: to,
	}
	for _, x := range w.Crosswalks {
		if x.From == from && x.To == to || x.From == to && x.To == from {
			m.Crosswalks = append(m.Crosswalks, x)
		}
	}
	for _, q := range from.Assessable() {
		head := aims.Subject{Requirement: q}
		status := report.Requirement(q)
		paired := false
		for _, n := range w.Neighbours(q) {
			if n.Requirement.Framework != to {
				continue
			}
			paired = true
			ours, both := serving(w, q, n.Requirement)
			there := Cell{Text: "not assessable"}
			if s := report.Requirement(n.Requirement); s != nil {
				there = state(s.State)
			}
			m.add(Row{Head: head, Cells: []Cell{
				state(status.State),
				{Items: []aims.Subject{{Requirement: n.Requirement}}, Full: true},
				{Text: n.Pair.Strength.Title, Own: true},
				{Text: n.Pair.Provenance, Own: true, Note: n.Pair.Note},
				there, some(ours), some(both),
			}})
		}
		if !paired {
			ours, _ := serving(w, q, nil)
			m.add(Row{Head: head, Gap: status.State != readiness.NotApplicable, Cells: []Cell{state(status.State), {}, {}, {}, {}, some(ours), {}}})
		}
	}
	m.Then = Served(report, from, to)
	return m
}

// serving returns the controls for a requirement, and those of them that
// satisfy another as well.
func serving(w *aims.Workspace, q, other *aims.Requirement) (ours, both []aims.Subject) {
	for _, c := range w.ControlsFor(q) {
		ours = append(ours, control(c))
		for _, r := range c.Satisfies {
			if r == other {
				both = append(both, control(c))
			}
		}
	}
	return ours, both
}

// Served says what of one framework the controls for another already serve, by
// a crosswalk: for each requirement of the one, the controls for its neighbours
// that do not name it yet. A requirement that applies, has such controls and is
// not met itself is where to look first.
func Served(report *readiness.Report, by, of *aims.Framework) *Matrix {
	w := report.Workspace
	m := &Matrix{
		Name:  "served-" + of.ID + "-by-" + by.ID,
		Title: "What of " + of.Title + " our controls for " + by.Title + " serve", Corner: of.Title,
		About:   "Which controls for " + by.Title + " satisfy a requirement of " + of.Title + " already, and which stand near it by the crosswalk and may serve it too.",
		Columns: []Column{{Title: "State"}, {Title: "Satisfied by"}, {Title: "Near it, and not named"}},
		GapWord: "not met, with controls near it",
	}
	for _, q := range of.Assessable() {
		var named, near []aims.Subject
		seen := map[*aims.Control]bool{}
		for _, c := range w.ControlsFor(q) {
			if seen[c] = true; serves(c, by) {
				named = append(named, control(c))
			}
		}
		for _, n := range w.Neighbours(q) {
			if n.Requirement.Framework != by {
				continue
			}
			for _, c := range w.ControlsFor(n.Requirement) {
				if !seen[c] {
					seen[c] = true
					near = append(near, control(c))
				}
			}
		}
		status := report.Requirement(q)
		open := status.State == readiness.Gap || status.State == readiness.NotAssessed || status.State == readiness.Planned
		m.add(Row{Head: aims.Subject{Requirement: q}, Cells: []Cell{state(status.State), some(named), some(near)}, Gap: open && len(near) > 0})
	}
	return m
}

func serves(c *aims.Control, f *aims.Framework) bool {
	for _, q := range c.Satisfies {
		if q.Framework == f {
			return true
		}
	}
	return false
}
