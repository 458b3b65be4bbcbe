package aims

// Applicability is what the projects of an organization decide together about
// one reference control.
type Applicability struct {
	Requirement  *Requirement
	Organization *Decision   // of the organization project, or nil
	Systems      []*Decision // of its AI systems that say the control applies
	Decided      bool
	Applicable   bool
}

// Contradicted reports whether the organization leaves the control out while a
// system needs it.
func (a Applicability) Contradicted() bool {
	return a.Organization.Excluded() && len(a.Systems) > 0
}

// Excluded reports whether the control is left out.
func (a Applicability) Excluded() bool { return a.Decided && !a.Applicable }

// Applicability joins the decisions on a reference control as they stand on a
// day: it is left out only if the organization decides so and no AI system that
// is still in scope decides otherwise.
func (w *Workspace) Applicability(organization *Project, r *Requirement, asOf Date) Applicability {
	a := Applicability{Requirement: r, Organization: w.Decision(organization, r)}
	if d := a.Organization; d != nil {
		a.Decided, a.Applicable = d.Decided, d.Decided && d.Applicable
	}
	for _, d := range w.SystemDecisions(r) {
		system := d.Project.System
		if d.Project.Organization == organization && d.Decided && d.Applicable && !system.Retired(asOf) {
			a.Systems = append(a.Systems, d)
			a.Decided, a.Applicable = true, true
		}
	}
	return a
}
