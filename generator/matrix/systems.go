package matrix

import (
	"annex/generator/aims"
	"annex/generator/readiness"
)

// ControlsBySystem relates the controls at system level to the AI systems that
// they are performed for: how far each is for each. The side with fewer members
// becomes the columns; when both are many, each system lists the controls that
// lag behind. What is not at work is a gap.
func ControlsBySystem(report *readiness.Report) *Matrix {
	m := &Matrix{
		Name: "controls-systems", Title: "Controls and AI systems", Heat: true,
		About: "How far each control at system level is for each AI system in scope. A crossing without a state means that the control is not performed for the system.",
	}
	var controls []*readiness.Control
	for _, c := range report.Workspace.Controls {
		if s := report.Control(c); c.Level == aims.LevelSystem && s.Runs[0].System != nil {
			controls = append(controls, s)
		}
	}
	var systems []*aims.System
	for _, s := range report.Workspace.Systems() {
		if len(report.System(s).Runs) > 0 {
			systems = append(systems, s)
		}
	}
	switch {
	case len(systems) <= wideAt:
		m.Corner = "Control"
		for _, s := range systems {
			m.Columns = append(m.Columns, Column{Title: s.Title, Subject: system(s)})
		}
		for _, c := range controls {
			row := Row{Head: control(c.Control)}
			for _, s := range systems {
				row.cross(c.Run(s))
			}
			m.add(row)
		}
	case len(controls) <= wideAt:
		m.Corner = "AI system"
		for _, c := range controls {
			m.Columns = append(m.Columns, Column{Title: c.Control.Title, Subject: control(c.Control)})
		}
		for _, s := range systems {
			row := Row{Head: system(s)}
			for _, c := range controls {
				row.cross(c.Run(s))
			}
			m.add(row)
		}
	default:
		m.lagging(report, systems)
	}
	return m
}

// cross adds the cell of one control and one system.
func (r *Row) cross(run *readiness.Run) {
	if run == nil {
		r.Cells = append(r.Cells, Cell{})
		return
	}
	r.Cells = append(r.Cells, state(run.State))
	r.Gap = r.Gap || run.State < readiness.Operating
}

func (m *Matrix) lagging(report *readiness.Report, systems []*aims.System) {
	m.Corner, m.Heat = "AI system", false
	m.Columns = []Column{{Title: "Controls"}, {Title: "At work"}, {Title: "Not at work"}}
	for _, s := range systems {
		x := report.System(s)
		var behind []aims.Subject
		for _, run := range x.Runs {
			if run.State < readiness.Operating {
				behind = append(behind, control(run.Control.Control))
			}
		}
		m.add(Row{Head: system(s), Cells: []Cell{count(len(x.Runs)), count(x.AtWork()), some(behind)}, Gap: len(behind) > 0})
	}
}

func system(s *aims.System) aims.Subject {
	return aims.Subject{Kind: aims.KindSystem, Record: s.Record}
}
