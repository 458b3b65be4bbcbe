package aims

// relations holds the references of a workspace seen from their other end.
type relations struct {
	controlsFor   map[*Requirement][]*Control
	documentsFor  map[*Requirement][]*Document
	objectivesFor map[*Requirement][]*Objective
	findingsOn    map[*Requirement][]*Finding
	decisions     map[decisionKey]*Decision
	systemDeci    map[*Requirement][]*Decision
	controlsOf    map[*Risk][]*Control
	shownBy       map[*Evidence][]*Control
	evidenceOf    map[*Control][]*Evidence
	findingsOf    map[*Control][]*Finding
	documentedBy  map[*Document][]*Control
	neighbours    map[*Requirement][]Neighbour
	systems       []*System
	subjects      map[string][]Subject
	documentAt    map[string]*Document
	evidenceAt    map[string]*Evidence
}

type decisionKey struct {
	project     *Project
	requirement *Requirement
}

// Relate indexes the references of a workspace from their other end. It is the
// last step of loading and is called once.
func (w *Workspace) Relate() {
	w.relations = relations{
		controlsFor:   map[*Requirement][]*Control{},
		documentsFor:  map[*Requirement][]*Document{},
		objectivesFor: map[*Requirement][]*Objective{},
		findingsOn:    map[*Requirement][]*Finding{},
		decisions:     map[decisionKey]*Decision{},
		systemDeci:    map[*Requirement][]*Decision{},
		controlsOf:    map[*Risk][]*Control{},
		shownBy:       make(map[*Evidence][]*Control, len(w.Evidence)),
		evidenceOf:    make(map[*Control][]*Evidence, len(w.Controls)),
		findingsOf:    map[*Control][]*Finding{},
		documentedBy:  make(map[*Document][]*Control, len(w.Documents)),
		neighbours:    map[*Requirement][]Neighbour{},
	}
	for _, p := range w.projectsOf(SystemProject) {
		w.systems = append(w.systems, p.System)
	}
	paired := map[[2]*Requirement]bool{} // several crosswalks may say the same
	for _, x := range w.Crosswalks {
		for _, p := range x.Pairs {
			if paired[[2]*Requirement{p.From, p.To}] || paired[[2]*Requirement{p.To, p.From}] {
				continue
			}
			paired[[2]*Requirement{p.From, p.To}] = true
			w.neighbours[p.From] = append(w.neighbours[p.From], Neighbour{p.To, p})
			w.neighbours[p.To] = append(w.neighbours[p.To], Neighbour{p.From, p})
		}
	}
	w.indexSubjects()
	for _, c := range w.Controls {
		w.relateControl(c)
	}
	for _, e := range w.Evidence {
		for _, c := range e.Direct {
			w.showsControl(e, c)
		}
	}
	for _, d := range w.Documents {
		for _, r := range d.Satisfies {
			w.documentsFor[r] = append(w.documentsFor[r], d)
		}
	}
	for _, o := range w.Objectives {
		for _, r := range o.Satisfies {
			w.objectivesFor[r] = append(w.objectivesFor[r], o)
		}
	}
	for _, f := range w.Findings {
		if f.Requirement != nil {
			w.findingsOn[f.Requirement] = append(w.findingsOn[f.Requirement], f)
		}
		if f.Control != nil {
			w.findingsOf[f.Control] = append(w.findingsOf[f.Control], f)
		}
	}
	for _, d := range w.Decisions {
		w.decisions[decisionKey{d.Project, d.Requirement}] = d
		if d.Project.Kind == SystemProject {
			w.systemDeci[d.Requirement] = append(w.systemDeci[d.Requirement], d)
		}
	}
}

func (w *Workspace) relateControl(c *Control) {
	for _, r := range c.Satisfies {
		w.controlsFor[r] = append(w.controlsFor[r], c)
	}
	for _, r := range c.Risks {
		w.controlsOf[r] = append(w.controlsOf[r], c)
	}
	for _, d := range c.Documents {
		w.documentedBy[d] = append(w.documentedBy[d], c)
	}
	for _, x := range c.Executions {
		for _, e := range x.Evidence {
			w.showsControl(e, c)
		}
	}
}

// showsControl records that e is evidence of c, once.
func (w *Workspace) showsControl(e *Evidence, c *Control) {
	for _, known := range w.shownBy[e] {
		if known == c {
			return
		}
	}
	w.shownBy[e] = append(w.shownBy[e], c)
	w.evidenceOf[c] = append(w.evidenceOf[c], e)
}

// ControlsFor returns the controls that satisfy a requirement. Those for a
// prohibition as a whole serve each prohibited practice that none of them names.
func (w *Workspace) ControlsFor(r *Requirement) []*Control { return serving(w.controlsFor, r) }

// DocumentsFor returns the documents that satisfy a requirement, by the same
// rule.
func (w *Workspace) DocumentsFor(r *Requirement) []*Document { return serving(w.documentsFor, r) }

func serving[T any](by map[*Requirement][]T, r *Requirement) []T {
	if list := by[r]; len(list) > 0 || !r.Prohibited() || r.Parent == nil {
		return list
	}
	return by[r.Parent]
}

// ObjectivesFor returns the objectives that serve a requirement.
func (w *Workspace) ObjectivesFor(r *Requirement) []*Objective { return w.objectivesFor[r] }

// FindingsOn returns the findings on a requirement, open and closed.
func (w *Workspace) FindingsOn(r *Requirement) []*Finding { return w.findingsOn[r] }

// FindingsOf returns the findings on a control, open and closed.
func (w *Workspace) FindingsOf(c *Control) []*Finding { return w.findingsOf[c] }

// Decision returns the decision of a project on a reference control, or nil.
func (w *Workspace) Decision(p *Project, r *Requirement) *Decision {
	return w.decisions[decisionKey{p, r}]
}

// SystemDecisions returns the decisions of AI system projects on a reference
// control.
func (w *Workspace) SystemDecisions(r *Requirement) []*Decision { return w.systemDeci[r] }

// ControlsTreating returns the controls that treat a risk.
func (w *Workspace) ControlsTreating(r *Risk) []*Control { return w.controlsOf[r] }

// ControlsShownBy returns the controls that a piece of evidence shows.
func (w *Workspace) ControlsShownBy(e *Evidence) []*Control { return w.shownBy[e] }

// EvidenceOf returns the evidence of a control, of its executions and direct.
func (w *Workspace) EvidenceOf(c *Control) []*Evidence { return w.evidenceOf[c] }

// ControlsDocumentedBy returns the controls that a document describes.
func (w *Workspace) ControlsDocumentedBy(d *Document) []*Control { return w.documentedBy[d] }

// Organizations returns the organization projects.
func (w *Workspace) Organizations() []*Project {
	return w.projectsOf(OrganizationProject)
}

func (w *Workspace) projectsOf(kind ProjectKind) []*Project {
	var list []*Project
	for _, p := range w.Projects {
		if p.Kind == kind {
			list = append(list, p)
		}
	}
	return list
}

// Systems returns the AI systems, retired ones included, in order of id.
func (w *Workspace) Systems() []*System {
	if w.systems != nil {
		return w.systems
	}
	var list []*System
	for _, p := range w.projectsOf(SystemProject) {
		list = append(list, p.System)
	}
	return list
}

// Neighbours returns the requirements of other frameworks that crosswalks
// relate to a requirement, in either direction.
func (w *Workspace) Neighbours(r *Requirement) []Neighbour { return w.neighbours[r] }

// SystemsInScope returns the systems for which a control at system level is
// performed on a day: those it names, or all that are not retired; for a
// control of an AI system project that system alone. A control at organization
// level has none.
func (w *Workspace) SystemsInScope(c *Control, asOf Date) []*System {
	if c.Level != LevelSystem {
		return nil
	}
	candidates := c.Systems
	switch {
	case len(candidates) > 0:
	case c.Project.System != nil:
		candidates = []*System{c.Project.System}
	default:
		candidates = w.Systems()
	}
	var list []*System
	for _, s := range candidates {
		if !s.Retired(asOf) {
			list = append(list, s)
		}
	}
	return list
}
