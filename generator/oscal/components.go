package oscal

import (
	"annex/generator/aims"
)

// componentDefinition makes each control a component that says which
// requirements it implements.
func (e *export) componentDefinition() *componentDefinition {
	d := e.document()
	c := &componentDefinition{}
	for _, x := range e.w.Controls {
		p, links, owners := d.controlFacts(x)
		component := definedComponent{
			UUID: e.names.record(aims.KindControl, &x.Record), Type: "process-procedure", Title: line(x.Title, x.ID),
			Description: e.purpose(x), Props: p, Links: links, ResponsibleRoles: owners,
		}
		for _, f := range e.frameworks() {
			if i, ok := d.implementation(x, f); ok {
				component.Implementations = append(component.Implementations, i)
			}
		}
		c.Components = append(c.Components, component)
	}
	d.organization()
	c.head = d.head(componentsFile, "Controls of "+e.Report.Organization.Title, "")
	c.BackMatter = d.backMatter()
	return c
}

// purpose returns what a control is, in Markdown; OSCAL wants a description.
func (e *export) purpose(c *aims.Control) string {
	if text := e.texts.prose(&c.Description); text != "" && c.Withheld == "" {
		return text
	}
	return line(c.Title, c.ID) + "."
}

// controlFacts returns what is said of a control wherever it is a component.
func (d *document) controlFacts(c *aims.Control) (props, []link, []responsibleRole) {
	d.saw(&c.Record)
	p := about(&c.Record)
	if c.Withheld != "" {
		return p, nil, nil
	}
	s := d.Report.Control(c)
	p.add("status", string(c.Status))
	p.add("state", s.State.String())
	p.add("level", string(c.Level))
	p.add("cadence", c.Cadence.String())
	p.day("due", c.Due)
	p.day("implemented_on", c.ImplementedOn)
	p.day("performed", s.LastOn())
	p.day("next-due", s.NextDue())
	for _, r := range c.Risks {
		if r.Withheld == "" {
			p.add("treats-risk", r.ID)
		}
	}
	for _, x := range c.Systems {
		p.add("system", x.ID)
	}
	p.flags(s.Flags)
	var links []link
	for _, x := range c.Documents {
		links = append(links, d.text(x))
	}
	for _, x := range s.InForce() {
		links = append(links, d.evidence(x))
	}
	return p, links, d.responsible(append([]*aims.Role{c.Owner}, c.Responsible...)...)
}

// implementation says which requirements of a framework a control implements.
// Those that do not apply are not in the profile that it speaks of.
func (d *document) implementation(c *aims.Control, f *aims.Framework) (controlImplementation, bool) {
	source := catalogFile(f)
	if d.statements[f] != nil {
		source = statementFile(f)
	}
	i := controlImplementation{
		UUID: d.names.uuid("implementation", c.ID, f.ID), Source: source,
		Description: "How the control serves " + line(f.Title, f.ID) + ".",
	}
	for _, s := range d.serves[c] {
		if s.Requirement.Framework != f {
			continue
		}
		r := implementedByComponent{
			UUID:        d.names.uuid("implements", c.ID, s.Requirement.String()),
			ControlID:   d.names.tokens[s.Requirement],
			Description: line(c.Title, c.ID) + ".",
		}
		if c.Withheld == "" {
			var p props
			p.add("implementation-status", implemented(c, d.Report.AsOf))
			p.add("state", d.Report.Control(c).State.String())
			r.Props = p
			r.ResponsibleRoles = d.responsible(c.Owner)
		}
		i.Requirements = append(i.Requirements, r)
	}
	return i, len(i.Requirements) > 0
}

// implemented returns the status of a control in the words of OSCAL.
func implemented(c *aims.Control, asOf aims.Date) string {
	switch {
	case c.Status == aims.Implemented && !c.ImplementedOn.After(asOf):
		return "implemented"
	case c.Status == aims.InProgress:
		return "partial"
	}
	return "planned"
}
