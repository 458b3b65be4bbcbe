package readiness

import (
	"slices"

	"annex/generator/aims"
)

// System is how one AI system stands on its own.
type System struct {
	System     *aims.System
	Runs       []SystemRun // of the controls that are performed for it
	Duties     []Duty      // none for a retired system
	Frameworks []SystemFramework
}

// SystemRun is how a control at system level is performed for one system.
type SystemRun struct {
	Control *Control
	Run
}

// Duty is an obligation of a law that follows for a system, and how far it is
// met for it.
type Duty struct {
	aims.Duty
	System   *aims.System
	State    State
	Controls []*Control // that serve its requirement for this system
}

// SystemFramework counts the states of the requirements of one framework that
// the controls of a system serve.
type SystemFramework struct {
	Framework *aims.Framework
	Counts    map[State]int
	Total     int
}

// System returns how an AI system stands.
func (r *Report) System(s *aims.System) *System { return r.systems[s] }

// Duties returns the duties of all AI systems from one requirement, in order of
// the systems.
func (r *Report) Duties(q *aims.Requirement) []Duty { return r.duties[q] }

// duties derives which obligations follow for each system. It comes before the
// requirements: a requirement of a law from which no duty follows does not
// apply.
func (r *Report) deriveDuties() {
	for _, s := range r.Workspace.Systems() {
		x := &System{System: s}
		r.systems[s] = x
		if s.Retired(r.AsOf) {
			continue
		}
		for _, f := range r.Workspace.Frameworks {
			for _, d := range s.Duties(f) {
				x.Duties = append(x.Duties, Duty{Duty: d, System: s})
			}
		}
	}
}

// assessSystems finds how each system stands, once the controls are assessed.
func (r *Report) assessSystems() {
	for _, c := range r.Workspace.Controls {
		status := r.controls[c]
		for _, run := range status.Runs {
			if x := r.systems[run.System]; x != nil {
				x.Runs = append(x.Runs, SystemRun{status, run})
			}
		}
	}
	for _, s := range r.Workspace.Systems() {
		x := r.systems[s]
		states := map[*aims.Requirement]State{}
		for _, run := range x.Runs {
			for _, q := range run.Control.Control.Satisfies {
				if _, known := states[q]; !known {
					states[q], _ = r.stateFor(x, q)
				}
			}
		}
		for i := range x.Duties {
			d := &x.Duties[i]
			q := d.Obligation.Requirement
			d.State, d.Controls = r.stateFor(x, q)
			states[q] = d.State
			r.duties[q] = append(r.duties[q], *d)
		}
		for _, f := range r.Workspace.Frameworks {
			part := SystemFramework{Framework: f, Counts: map[State]int{}}
			for q, state := range states {
				if q.Framework == f {
					part.Counts[state]++
					part.Total++
				}
			}
			if part.Total > 0 {
				x.Frameworks = append(x.Frameworks, part)
			}
		}
	}
}

// stateFor returns how far a requirement is met for one system: by the controls
// performed for it, and by those performed once for the organization.
func (r *Report) stateFor(x *System, q *aims.Requirement) (State, []*Control) {
	var serving []*Control
	worst := Verified
	for _, c := range r.Workspace.ControlsFor(q) {
		status := r.controls[c]
		state := status.State
		if c.Level == aims.LevelSystem {
			run := status.Run(x.System)
			if run == nil {
				continue
			}
			state = run.State
		} else if c.Project.System != nil && c.Project.System != x.System {
			continue
		}
		serving = append(serving, status)
		worst = min(worst, state)
	}
	approved := slices.ContainsFunc(r.Workspace.DocumentsFor(q), func(d *aims.Document) bool {
		return d.Approved(r.AsOf) && (d.Project.System == nil || d.Project.System == x.System)
	})
	if len(serving) == 0 {
		if approved {
			return Documented, nil
		}
		return Gap, nil
	}
	return r.raise(q, worst, approved), serving
}

// Met counts the duties that apply on the as-of date, and those of them that
// are met by a control at work.
func (x *System) Met(asOf aims.Date) (met, due int) {
	for _, d := range x.Duties {
		if d.Due(asOf) {
			due++
			if d.State >= Operating {
				met++
			}
		}
	}
	return met, due
}

// AtWork counts the controls that operate for the system.
func (x *System) AtWork() int {
	n := 0
	for _, run := range x.Runs {
		if run.State >= Operating {
			n++
		}
	}
	return n
}
