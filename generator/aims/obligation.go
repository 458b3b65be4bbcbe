package aims

import "slices"

// Circumstance is a fact about an AI system that decides whether an obligation
// follows, asked as a question that is answered with yes or no.
type Circumstance struct {
	Framework *Framework
	ID        string
	Title     string
	Asks      string
}

// Application is a day from which a requirement or an obligation applies.
type Application struct {
	From           Date
	Grounds        []*Requirement // of the systems that it is the day for; none for all
	DeployedBefore Date           // only for systems in use before that day; zero for all
	Note           string
}

// Obligation is a rule of a law, as data: whoever has one of the roles toward
// an AI system of one of the classes, on one of the grounds, in all of the
// circumstances, has the duty. An empty list sets no condition.
type Obligation struct {
	ID            string
	Requirement   *Requirement
	Paragraph     string // where exactly it stands, "Art. 26(7)"
	Title         string // the duty, as an order
	Note          string
	Roles         []SystemRole
	Classes       []RiskClass
	Grounds       []*Requirement
	WithoutGround []*Requirement
	Circumstances []*Circumstance
	Applications  []Application // where they differ from those of the requirement
}

// Duty is an obligation that follows for one AI system.
type Duty struct {
	Obligation  *Obligation
	From        Date // since when; zero when the ground that decides it is not stated
	Application Application
	Supposed    bool // whether it follows only if the ground, which is not stated, is one of the obligation's
}

// Due reports whether the duty applies on a day.
func (d Duty) Due(asOf Date) bool { return !d.From.IsZero() && !d.From.After(asOf) }

// Duties derives the duties of an AI system from the obligations of a
// framework, in the framework's order. They follow from what the system's
// project says of role, class, grounds and circumstances, and are no legal
// advice.
func (s *System) Duties(f *Framework) []Duty {
	var list []Duty
	for _, o := range f.Obligations {
		if d, ok := s.duty(o); ok {
			list = append(list, d)
		}
	}
	return list
}

func (s *System) duty(o *Obligation) (Duty, bool) {
	roles := len(o.Roles) == 0 || slices.ContainsFunc(o.Roles, func(r SystemRole) bool { return slices.Contains(s.Roles, r) })
	class := len(o.Classes) == 0 || slices.Contains(o.Classes, s.RiskClass)
	if !roles || !class {
		return Duty{}, false
	}
	for _, c := range o.Circumstances {
		if !slices.Contains(s.Circumstances, c) {
			return Duty{}, false
		}
	}
	own := s.groundsIn(o.Requirement.Framework)
	d := Duty{Obligation: o}
	if len(o.Grounds) > 0 && !meets(own, o.Grounds) {
		// A class that needs a ground but states none may rest on any.
		if len(own) > 0 || len(o.Classes) == 0 {
			return Duty{}, false
		}
		d.Supposed = true
	}
	if len(o.WithoutGround) > 0 && meets(own, o.WithoutGround) {
		return Duty{}, false
	}
	applications := o.Applications
	if len(applications) == 0 {
		applications = o.Requirement.Applications
	}
	d.apply(applications, own, s.DeployedOn)
	return d, true
}

// apply finds the day from which the duty applies: the earliest that fits the
// grounds, unless there is one for systems that were in use before.
func (d *Duty) apply(applications []Application, own []*Requirement, deployed Date) {
	for _, a := range applications {
		special := !a.DeployedBefore.IsZero()
		if special && (deployed.IsZero() || !deployed.Before(a.DeployedBefore)) || len(a.Grounds) > 0 && !meets(own, a.Grounds) {
			continue
		}
		known := !d.Application.DeployedBefore.IsZero()
		if d.From.IsZero() || special && !known || special == known && a.From.Before(d.From) {
			d.From, d.Application = a.From, a
		}
	}
}

func (s *System) groundsIn(f *Framework) []*Requirement {
	var list []*Requirement
	for _, g := range s.Grounds {
		if g.Framework == f {
			list = append(list, g)
		}
	}
	return list
}

// meets reports whether one of own is one of the wanted entries or below it.
func meets(own, wanted []*Requirement) bool {
	return slices.ContainsFunc(own, func(g *Requirement) bool { return slices.ContainsFunc(wanted, g.Within) })
}
