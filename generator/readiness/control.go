package readiness

import (
	"cmp"
	"slices"

	"annex/generator/aims"
)

// ExpiringDays is how many days ahead evidence counts as expiring.
const ExpiringDays = 30

// Control is how one control stands on the as-of date.
type Control struct {
	Control *aims.Control
	State   State
	Runs    []Run // one, or one for each AI system in scope
	Flags   []Flag

	bySystem map[*aims.System]int // index of the run for a system
}

// Run returns how the control is performed for an AI system, or nil when it is
// not performed for it.
func (s *Control) Run(system *aims.System) *Run {
	if i, ok := s.bySystem[system]; ok {
		return &s.Runs[i]
	}
	return nil
}

// Run is how a control is performed in one place: for the organization as a
// whole, or for one AI system.
type Run struct {
	System  *aims.System    // nil for the organization
	Last    *aims.Execution // latest up to the as-of date, or nil
	NextDue aims.Date       // by the cadence; zero without one
	Overdue bool
	Current []*aims.Evidence // of the latest execution and direct, in force
	State   State
}

// assessControl applies the rules of State to one control.
func assessControl(w *aims.Workspace, c *aims.Control, asOf aims.Date) *Control {
	systems := w.SystemsInScope(c, asOf)
	if len(systems) == 0 {
		systems = []*aims.System{nil}
	}
	s := &Control{Control: c, bySystem: make(map[*aims.System]int, len(systems))}
	direct := directEvidence(w, c)
	last := latest(c, asOf)
	for i, system := range systems {
		s.Runs = append(s.Runs, assessRun(c, system, last, direct, asOf))
		s.bySystem[system] = i
	}
	s.State = s.Runs[0].State
	for _, r := range s.Runs {
		s.State = min(s.State, r.State)
	}
	s.flag(w, direct, asOf)
	return s
}

func directEvidence(w *aims.Workspace, c *aims.Control) []*aims.Evidence {
	var list []*aims.Evidence
	for _, e := range w.EvidenceOf(c) {
		if slices.Contains(e.Direct, c) {
			list = append(list, e)
		}
	}
	return list
}

// performances are the latest executions of a control up to the as-of date.
type performances struct {
	any, general *aims.Execution // of all, and of those that name no system
	bySystem     map[*aims.System]*aims.Execution
}

func latest(c *aims.Control, asOf aims.Date) performances {
	p := performances{bySystem: map[*aims.System]*aims.Execution{}}
	for _, x := range c.Executions { // oldest first
		if x.On.After(asOf) {
			break
		}
		p.any = x
		if x.System == nil {
			p.general = x
		} else {
			p.bySystem[x.System] = x
		}
	}
	return p
}

// of returns the latest execution that speaks for a system: one that names it
// or none. Nil stands for the organization, for which every one counts.
func (p performances) of(system *aims.System) *aims.Execution {
	if system == nil {
		return p.any
	}
	x := p.bySystem[system]
	if x == nil || p.general != nil && p.general.On.After(x.On) {
		return cmp.Or(p.general, x)
	}
	return x
}

func assessRun(c *aims.Control, system *aims.System, last performances, direct []*aims.Evidence, asOf aims.Date) Run {
	r := Run{System: system, Last: last.of(system)}
	if r.Last != nil {
		r.Current = current(r.Last.Evidence, asOf)
	}
	r.Current = append(r.Current, current(direct, asOf)...)
	if !c.Cadence.IsZero() {
		start := c.ImplementedOn
		if r.Last != nil {
			start = r.Last.On
		}
		if !start.IsZero() {
			r.NextDue = c.Cadence.After(start)
		}
	}
	// Without a cadence a year is the longest that a performance speaks for:
	// auditors come every year.
	recent := !c.Cadence.IsZero() || r.Last != nil && !aims.Period{N: 1, Unit: aims.Years}.After(r.Last.On).Before(asOf)
	implemented := c.Status == aims.Implemented && !c.ImplementedOn.After(asOf)
	r.Overdue = implemented && !r.NextDue.IsZero() && r.NextDue.Before(asOf)
	r.State = Planned
	switch {
	case implemented && r.Last != nil && r.Last.Result != aims.Ineffective && !r.Overdue && recent && len(r.Current) > 0:
		r.State = Operating
	case implemented:
		r.State = Implemented
	case slices.ContainsFunc(c.Documents, func(d *aims.Document) bool { return d.Approved(asOf) }):
		r.State = Documented
	}
	return r
}

func current(list []*aims.Evidence, asOf aims.Date) []*aims.Evidence {
	var in []*aims.Evidence
	for _, e := range list {
		if e.Current(asOf) {
			in = append(in, e)
		}
	}
	return in
}

func (s *Control) flag(w *aims.Workspace, direct []*aims.Evidence, asOf aims.Date) {
	c := s.Control
	if c.Owner == nil {
		s.Flags = append(s.Flags, Flag{Kind: MissingOwner, Control: c})
	}
	relevant := slices.Clone(direct)
	for _, r := range s.Runs {
		if r.Overdue {
			s.Flags = append(s.Flags, Flag{Kind: ExecutionOverdue, Date: r.NextDue, Control: c, System: r.System})
		}
		if r.Last == nil {
			continue
		}
		if r.Last.Result == aims.Ineffective {
			s.Flags = append(s.Flags, Flag{Kind: Ineffective, Date: r.Last.On, Control: c, System: r.System})
		}
		for _, e := range r.Last.Evidence {
			if !slices.Contains(relevant, e) {
				relevant = append(relevant, e)
			}
		}
	}
	for _, e := range relevant {
		switch {
		case e.Expired(asOf):
			s.Flags = append(s.Flags, Flag{Kind: EvidenceExpired, Date: e.Expires, Control: c, Evidence: e})
		case e.ExpiresWithin(asOf, ExpiringDays):
			s.Flags = append(s.Flags, Flag{Kind: EvidenceExpiring, Date: e.Expires, Control: c, Evidence: e})
		}
	}
	for _, d := range c.Documents {
		if d.ReviewOverdue(asOf) {
			s.Flags = append(s.Flags, Flag{Kind: ReviewOverdue, Date: d.NextReview, Control: c, Document: d})
		}
	}
	for _, f := range w.FindingsOf(c) {
		if f.Open(asOf) {
			s.Flags = append(s.Flags, Flag{Kind: OpenFinding, Date: f.Due, Control: c, Finding: f})
		}
	}
}

// LastOn returns the newest day on which the control was performed anywhere, or
// zero.
func (s *Control) LastOn() aims.Date {
	var last aims.Date
	for _, r := range s.Runs {
		if r.Last != nil && r.Last.On.After(last) {
			last = r.Last.On
		}
	}
	return last
}

// NextDue returns the earliest day on which the control has to be performed
// again anywhere, or zero without a cadence.
func (s *Control) NextDue() aims.Date {
	var next aims.Date
	for _, r := range s.Runs {
		if !r.NextDue.IsZero() && (next.IsZero() || r.NextDue.Before(next)) {
			next = r.NextDue
		}
	}
	return next
}

// InForce returns the evidence that shows one of several controls on the as-of
// date, each piece once.
func InForce(controls []*Control) []*aims.Evidence {
	var list []*aims.Evidence
	seen := map[*aims.Evidence]bool{}
	for _, c := range controls {
		for _, e := range c.InForce() {
			if !seen[e] {
				seen[e] = true
				list = append(list, e)
			}
		}
	}
	return list
}

// InForce returns the evidence that shows the control on the as-of date.
func (s *Control) InForce() []*aims.Evidence {
	var list []*aims.Evidence
	for _, r := range s.Runs {
		for _, e := range r.Current {
			if !slices.Contains(list, e) {
				list = append(list, e)
			}
		}
	}
	return list
}
