package readiness

import "annex/generator/aims"

// Operation is how a control was performed in one place since it was
// implemented: what stage 2 looks at beyond the state of the day.
type Operation struct {
	Since        aims.Date // implementation; zero when it is not implemented
	First, Last  aims.Date // performances; zero when there is none
	Performances int
	Late         int // performances that came after their day, the present one included
	Shown        int // performances with evidence
}

// Operation returns how the control was performed up to the as-of date in the
// place of a run.
func (s *Control) Operation(r Run, asOf aims.Date) Operation {
	c := s.Control
	if c.Status != aims.Implemented || c.ImplementedOn.After(asOf) {
		return Operation{}
	}
	o := Operation{Since: c.ImplementedOn}
	due := func(from aims.Date) aims.Date {
		if c.Cadence.IsZero() || from.IsZero() {
			return aims.Date{}
		}
		return c.Cadence.After(from)
	}
	next := due(c.ImplementedOn)
	for _, x := range c.Executions { // oldest first
		if x.On.After(asOf) || r.System != nil && x.System != nil && x.System != r.System {
			continue
		}
		if !next.IsZero() && x.On.After(next) {
			o.Late++
		}
		o.Performances++
		if len(x.Evidence) > 0 {
			o.Shown++
		}
		if o.First.IsZero() {
			o.First = x.On
		}
		o.Last, next = x.On, due(x.On)
	}
	if !next.IsZero() && next.Before(asOf) {
		o.Late++
	}
	return o
}
