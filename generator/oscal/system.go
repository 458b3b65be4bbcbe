package oscal

import (
	"annex/generator/aims"
	"annex/generator/readiness"
)

// securityPlan makes the management system a system: its controls and AI systems
// are the components, and of each requirement it says which of them meet it.
func (e *export) securityPlan() *securityPlan {
	d := e.document()
	o := e.Report.Organization
	d.organization()
	s := &securityPlan{Profile: reference{Href: profileFile}}
	s.Characteristics = d.characteristics()
	s.Implementation = systemImplementation{Components: d.components()}
	s.Controls = systemControls{
		Description:  "How the requirements are met by the controls of the management system, on " + e.Report.AsOf.Words() + ".",
		Requirements: d.requirements(),
	}
	s.Implementation.Users = d.users()
	s.head = d.head(systemFile, "Management system of "+o.Title, "")
	s.BackMatter = d.backMatter()
	return s
}

func (d *document) characteristics() characteristics {
	o := d.Report.Organization
	scope := d.texts.prose(&o.Scope)
	if scope == "" || o.Withheld != "" {
		scope = "The management system of " + line(o.Title, o.ID) + "."
	}
	p := about(&o.Record)
	if o.Withheld == "" {
		addAll(&p, "ai_role", o.AIRoles)
	}
	return characteristics{
		IDs:  []systemID{d.systemID()},
		Name: plain("Management system of " + o.Title), Description: scope, Props: p,
		Information: systemInformation{[]informationType{{
			UUID:  d.names.uuid("information"),
			Title: "Documented information of the management system",
			Description: "Documents, records and evidence that show how the requirements are met. " +
				"How far each may be shown is in its property classification.",
		}}},
		Status:   state{State: "operational"},
		Boundary: described{"The scope of the management system:\n\n" + scope},
	}
}

func (d *document) systemID() systemID {
	return systemID{"http://ietf.org/rfc/rfc4122", d.names.uuid("system")}
}

// components returns the system itself, the controls and the AI systems.
func (d *document) components() []systemComponent {
	o := d.Report.Organization
	list := []systemComponent{{
		UUID: d.names.uuid("this-system"), Type: "this-system", Title: line("Management system of "+o.Title, o.ID),
		Description: "The management system as a whole.", Status: state{State: "operational"},
	}}
	for _, c := range d.w.Controls {
		p, links, owners := d.controlFacts(c)
		x := systemComponent{
			UUID: d.names.record(aims.KindControl, &c.Record), Type: "process-procedure", Title: line(c.Title, c.ID),
			Description: d.purpose(c), Props: p, Links: links, ResponsibleRoles: owners, Status: state{State: "other", Remarks: "Withheld."},
		}
		if c.Withheld == "" {
			x.Status = state{State: "under-development"}
			if implemented(c, d.Report.AsOf) == "implemented" {
				x.Status.State = "operational"
			}
		}
		list = append(list, x)
	}
	for _, s := range d.w.Systems() {
		list = append(list, d.aiSystem(s))
	}
	return list
}

func (d *document) aiSystem(s *aims.System) systemComponent {
	d.saw(s.Record)
	x := systemComponent{
		UUID: d.names.record(aims.KindSystem, s.Record), Type: "system", Title: line(s.Title, s.ID),
		Description: line(s.Title, s.ID) + ".", Props: about(s.Record), Status: state{State: "other", Remarks: "Withheld."},
	}
	if s.Withheld != "" {
		return x
	}
	if text := d.texts.prose(&s.Purpose); text != "" {
		x.Description = text
	}
	p := props(x.Props)
	p.add("stage", string(s.Stage))
	p.add("risk_class", string(s.RiskClass))
	addAll(&p, "role", s.Roles)
	addAll(&p, "ai_role", s.AIRoles)
	p.day("deployed_on", s.DeployedOn)
	p.day("retired_on", s.RetiredOn)
	x.Props = p
	x.ResponsibleRoles = d.responsible(s.Owner)
	if s.ImpactAssessment != nil {
		x.Links = []link{d.text(s.ImpactAssessment)}
	}
	x.Status = state{State: "under-development"}
	switch {
	case s.Retired(d.Report.AsOf):
		x.Status.State = "disposition"
	case s.Stage == aims.StageOperation:
		x.Status.State = "operational"
	}
	return x
}

// users returns the roles that the plan refers to; OSCAL wants one at least.
func (d *document) users() []user {
	var list []user
	for _, r := range d.roles {
		list = append(list, user{d.names.uuid("user", r.ID), r.Title, []string{r.ID}})
	}
	if list == nil {
		list = append(list, user{UUID: d.names.uuid("user"), Title: "People who do work under the control of the organization"})
	}
	return list
}

// requirements says how each requirement that applies is met.
func (d *document) requirements() []implementedBySystem {
	var list []implementedBySystem
	for _, s := range d.applies {
		q := s.Requirement
		var p props
		p.add("state", s.State.String())
		p.add("implementation-status", status(s.State))
		p.flags(s.Flags)
		x := implementedBySystem{UUID: d.names.uuid("requirement", q.String()), ControlID: d.names.tokens[q], Props: p}
		for _, doc := range s.Documents {
			x.Links = append(x.Links, d.text(doc))
		}
		for _, c := range s.Controls {
			x.ByComponents = append(x.ByComponents, d.by(c, q))
		}
		x.Remarks = s.State.Rule()
		list = append(list, x)
	}
	return list
}

// status returns the state of a requirement in the words of OSCAL.
func status(s readiness.State) string {
	switch {
	case s == readiness.NotApplicable:
		return "not-applicable"
	case s >= readiness.Implemented:
		return "implemented"
	}
	return "planned"
}

// by says how a control meets a requirement.
func (d *document) by(s *readiness.Control, q *aims.Requirement) byComponent {
	c := s.Control
	x := byComponent{
		ComponentUUID: d.names.record(aims.KindControl, &c.Record), UUID: d.names.uuid("by", c.ID, q.String()),
		Description: line(c.Title, c.ID) + ".",
	}
	if c.Withheld != "" {
		return x
	}
	var p props
	p.add("state", s.State.String())
	x.Props = p
	x.Status = &state{State: implemented(c, d.Report.AsOf)}
	x.ResponsibleRoles = d.responsible(c.Owner)
	for _, e := range s.InForce() {
		x.Links = append(x.Links, d.evidence(e))
	}
	return x
}
