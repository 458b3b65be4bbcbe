package matrix

import (
	"slices"
	"strings"

	"annex/generator/aims"
	"annex/generator/readiness"
)

// Traceability relates each requirement to the controls that satisfy it and
// their evidence: one row for each pair, and one for each requirement that
// nothing satisfies. A row without evidence in force is a gap unless the
// requirement does not apply.
func Traceability(report *readiness.Report) *Matrix {
	m := &Matrix{
		Name: "traceability", Title: "Requirements, controls, evidence", Corner: "Requirement",
		About: "Follow each requirement to the controls that satisfy it, and to the evidence that shows them at work. Evidence counts when it is in force on the as-of date.",
		Columns: []Column{
			{Title: "State"},
			{Title: "Control"},
			{Title: "State of the control"},
			{Title: "Last performed"},
			{Title: "Evidence in force"},
		},
	}
	for _, f := range report.Frameworks {
		for _, q := range f.Requirements {
			head := aims.Subject{Requirement: q.Requirement}
			if len(q.Controls) == 0 {
				m.add(Row{Head: head, Cells: []Cell{state(q.State), {}, {}, {}, {}}, Gap: q.State != readiness.NotApplicable})
				continue
			}
			for _, c := range q.Controls {
				evidence := inForce(c)
				m.add(Row{
					Head:  head,
					Cells: []Cell{state(q.State), some([]aims.Subject{control(c.Control)}), state(c.State), {Date: c.LastOn()}, some(evidence)},
					Gap:   len(evidence) == 0 && q.State != readiness.NotApplicable,
				})
			}
		}
	}
	return m
}

func inForce(c *readiness.Control) []aims.Subject {
	var list []aims.Subject
	for _, e := range c.InForce() {
		list = append(list, aims.Subject{Kind: aims.KindEvidence, Record: &e.Record})
	}
	return list
}

// DocumentsByRequirement relates each document to the requirements it serves,
// in a column for each clause and control area, or for each framework. A document that serves none is
// a gap.
func DocumentsByRequirement(report *readiness.Report) *Matrix {
	m := &Matrix{
		Name: "documents-requirements", Title: "Documents and requirements", Corner: "Document",
		About:   "See which documents serve which clause or control area, and which serve none.",
		Columns: []Column{{Title: "Status"}},
	}
	column := m.requirementColumns(report)
	for _, d := range report.Workspace.Documents {
		row := Row{
			Head:  aims.Subject{Kind: aims.KindDocument, Record: &d.Record, Document: d},
			Cells: make([]Cell, len(m.Columns)), Gap: len(d.Satisfies) == 0,
		}
		row.Cells[0].Text = string(d.Status)
		for _, q := range d.Satisfies {
			cell := &row.Cells[column(q)]
			cell.Items = append(cell.Items, aims.Subject{Requirement: q})
		}
		m.add(row)
	}
	return m
}

// requirementColumns adds a column for each clause and control area, or for each
// framework when those are too many, and returns the column of a requirement.
func (m *Matrix) requirementColumns(report *readiness.Report) func(*aims.Requirement) int {
	at := map[*aims.Requirement]int{}
	var tops []*aims.Requirement
	for _, f := range report.Frameworks {
		for _, q := range f.Requirements {
			if top := q.Requirement.Top(); at[top] == 0 {
				tops = append(tops, top)
				at[top] = len(m.Columns) + len(tops) - 1
			}
		}
	}
	if len(tops) <= wideAt {
		for _, top := range tops {
			m.Columns = append(m.Columns, Column{Title: top.Ref, Subject: aims.Subject{Requirement: top}})
		}
		return func(q *aims.Requirement) int { return at[q.Top()] }
	}
	byFramework := map[*aims.Framework]int{}
	for _, f := range report.Frameworks {
		byFramework[f.Framework] = len(m.Columns)
		m.Columns = append(m.Columns, Column{Title: f.Framework.Title})
	}
	return func(q *aims.Requirement) int { return byFramework[q.Framework] }
}

// wideAt is how many columns a grid may have before it becomes a list.
const wideAt = 24

// RisksByControl relates each risk to the controls that treat it. A risk above
// what may be retained without a control is a gap.
func RisksByControl(report *readiness.Report) *Matrix {
	w := report.Workspace
	m := &Matrix{
		Name: "risks-controls", Title: "Risks and controls", Corner: "Risk",
		About:   "See which controls treat each risk, and how far they are. A risk above the acceptance criteria needs at least one.",
		Columns: []Column{{Title: "Score"}, {Title: "After treatment"}},
	}
	var treating []*aims.Control
	for _, c := range w.Controls {
		if len(c.Risks) > 0 {
			treating = append(treating, c)
		}
	}
	grid := len(treating) <= wideAt
	if grid {
		for _, c := range treating {
			m.Columns = append(m.Columns, Column{Title: c.Title, Subject: control(c)})
		}
	} else {
		m.Columns = append(m.Columns, Column{Title: "Controls"})
	}
	for _, r := range w.Risks {
		row := Row{Head: aims.Subject{Kind: aims.KindRisk, Record: &r.Record}, Cells: make([]Cell, len(m.Columns))}
		row.Cells[0].Text = score(r.Score())
		row.Cells[1].Text = score(r.ResidualScore())
		controls := w.ControlsTreating(r)
		limit := report.Organization.AcceptUpTo
		row.Gap = len(controls) == 0 && (limit == 0 || r.Score() > limit)
		if grid {
			for i, c := range treating {
				if slices.Contains(controls, c) {
					row.Cells[2+i] = state(report.Control(c).State)
				}
			}
		} else {
			var list []aims.Subject
			for _, c := range controls {
				list = append(list, control(c))
			}
			row.Cells[2] = some(list)
		}
		m.add(row)
	}
	return m
}

// RolesByControl is the RACI matrix: a row for each control, a column for each
// role; A accountable, R responsible, C consulted, I informed. A control
// without an accountable role is a gap.
func RolesByControl(report *readiness.Report) *Matrix {
	w := report.Workspace
	m := &Matrix{
		Name: "roles-controls", Title: "Roles and controls", Corner: "Control",
		About: "Who is accountable (A), responsible (R), consulted (C) and informed (I) for each control.",
	}
	grid := len(w.Roles) <= wideAt
	if grid {
		for _, r := range w.Roles {
			m.Columns = append(m.Columns, Column{Title: r.Title, Subject: role(r)})
		}
	} else {
		for _, title := range []string{"Accountable", "Responsible", "Consulted", "Informed"} {
			m.Columns = append(m.Columns, Column{Title: title})
		}
	}
	for _, c := range w.Controls {
		row := Row{Head: control(c), Cells: make([]Cell, len(m.Columns)), Gap: c.Owner == nil}
		var owner []*aims.Role
		if c.Owner != nil {
			owner = []*aims.Role{c.Owner}
		}
		for i, roles := range [][]*aims.Role{owner, c.Responsible, c.Consulted, c.Informed} {
			if !grid {
				row.Cells[i] = some(roleSubjects(roles))
				continue
			}
			for n, r := range w.Roles {
				if slices.Contains(roles, r) {
					row.Cells[n].Letter = join(row.Cells[n].Letter, "ARCI"[i:i+1])
				}
			}
		}
		m.add(row)
	}
	return m
}

func role(r *aims.Role) aims.Subject { return aims.Subject{Kind: aims.KindRole, Record: &r.Record} }

func roleSubjects(roles []*aims.Role) []aims.Subject {
	var list []aims.Subject
	for _, r := range roles {
		list = append(list, role(r))
	}
	return list
}

func join(letters, letter string) string {
	if letters == "" {
		return letter
	}
	return strings.Join([]string{letters, letter}, ", ")
}
