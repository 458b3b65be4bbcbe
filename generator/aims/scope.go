package aims

import (
	"slices"
)

// Scope returns the part of the workspace that one organization project and its
// AI systems are: their records, and of other organizations the documents that
// they share with it and the records that its own refer to. Everything that is
// derived from the result speaks of this organization alone. With one
// organization it is the workspace itself.
func (w *Workspace) Scope(o *Project) *Workspace {
	if len(w.Organizations()) < 2 {
		return w
	}
	s := &Workspace{
		Organization: w.Organization, Site: w.Site, Certification: w.Certification,
		Frameworks: w.Frameworks, Crosswalks: w.Crosswalks, Audiences: w.Audiences, Cut: w.Cut, whole: w,
	}
	for _, p := range w.Projects {
		if p.Organization == o {
			s.Projects = append(s.Projects, p)
		}
	}
	s.Controls = own(w.Controls, o)
	s.Decisions = own(w.Decisions, o)
	s.Objectives = own(w.Objectives, o)
	s.Parties = own(w.Parties, o)
	s.Reviews = own(w.Reviews, o)
	s.Signoffs = own(w.Signoffs, o)
	s.Audits = keep(w.Audits, func(a *Audit) bool {
		return belongs(a.Project, o) || slices.ContainsFunc(a.Projects, func(p *Project) bool { return belongs(p, o) })
	})
	s.Findings = keep(w.Findings, func(f *Finding) bool {
		if f.About != nil {
			return belongs(f.About, o)
		}
		return belongs(f.Project, o)
	})
	s.borrow(w, o)
	s.Relate()
	return s
}

// Whole returns the workspace that this one is a part of, or itself.
func (w *Workspace) Whole() *Workspace {
	if w.whole != nil {
		return w.whole
	}
	return w
}

func belongs(p, o *Project) bool { return p != nil && p.Organization == o }

func keep[T any](list []T, want func(T) bool) []T {
	return slices.DeleteFunc(slices.Clone(list), func(x T) bool { return !want(x) })
}

func own[T interface{ Head() *Record }](list []T, o *Project) []T {
	return keep(list, func(x T) bool { return belongs(x.Head().Project, o) })
}

// borrow adds the documents, risks, evidence and roles of o, and those of other
// organizations that its records refer to.
func (w *Workspace) borrow(from *Workspace, o *Project) {
	used := map[*Record]bool{}
	documents := func(list ...*Document) {
		for _, d := range list {
			if d != nil {
				used[&d.Record] = true
			}
		}
	}
	documents(o.Shared...)
	for _, c := range w.Controls {
		documents(c.Documents...)
		for _, r := range c.Risks {
			used[&r.Record] = true
		}
		for _, x := range c.Executions {
			for _, e := range x.Evidence {
				used[&e.Record] = true
			}
		}
	}
	for _, a := range w.Audits {
		documents(a.Report)
	}
	for _, r := range w.Reviews {
		documents(r.Minutes)
	}
	for _, s := range w.Systems() {
		documents(s.ImpactAssessment)
	}
	for _, e := range from.Evidence { // of others, for a control of this organization
		if slices.ContainsFunc(e.Direct, func(c *Control) bool { return belongs(c.Project, o) }) {
			used[&e.Record] = true
		}
	}
	w.Documents = keep(from.Documents, func(d *Document) bool { return belongs(d.Project, o) || used[&d.Record] })
	for _, d := range w.Documents { // what they lead to by path
		for _, h := range d.Body.Holes {
			if e := from.EvidenceAt(h.File); h.Kind != Reference && e != nil {
				used[&e.Record] = true
			}
		}
	}
	w.Risks = keep(from.Risks, func(r *Risk) bool { return belongs(r.Project, o) || used[&r.Record] })
	w.Evidence = keep(from.Evidence, func(e *Evidence) bool { return belongs(e.Project, o) || used[&e.Record] })
	roles := w.rolesUsed()
	w.Roles = keep(from.Roles, func(r *Role) bool { return belongs(r.Project, o) || roles[r] })
	w.Assets = keep(from.Assets, func(a *Asset) bool { return w.shows(a) })
}

// shows reports whether a project or a borrowed document has the file.
func (w *Workspace) shows(a *Asset) bool {
	if slices.Contains(w.Projects, a.Project) {
		return true
	}
	return slices.ContainsFunc(w.Documents, func(d *Document) bool {
		return slices.ContainsFunc(d.Body.Holes, func(h Hole) bool { return h.Kind != Reference && h.File == a.File })
	})
}

// rolesUsed returns the roles that the records refer to, with their deputies.
func (w *Workspace) rolesUsed() map[*Role]bool {
	used := map[*Role]bool{}
	add := func(list ...*Role) {
		for _, r := range list {
			for ; r != nil && !used[r]; r = r.Deputy {
				used[r] = true
			}
		}
	}
	for _, p := range w.Projects {
		for _, s := range p.SoAs {
			add(s.ApprovedBy)
		}
		if p.System != nil {
			add(p.System.Owner)
		}
	}
	for _, c := range w.Controls {
		add(c.Owner)
		add(slices.Concat(c.Responsible, c.Consulted, c.Informed)...)
		for _, x := range c.Executions {
			add(x.By)
		}
	}
	for _, d := range w.Documents {
		add(d.Owner, d.ApprovedBy)
	}
	for _, d := range w.Decisions {
		add(d.Owner, d.DecidedBy)
	}
	for _, e := range w.Evidence {
		add(e.Owner)
	}
	for _, r := range w.Risks {
		add(r.Owner, r.AcceptedBy)
	}
	for _, o := range w.Objectives {
		add(o.Owner)
	}
	for _, f := range w.Findings {
		add(f.Owner)
	}
	for _, r := range w.Reviews {
		add(r.Chair)
		add(r.Attendees...)
		for _, a := range r.Actions {
			add(a.Owner)
		}
	}
	for _, s := range w.Signoffs {
		add(s.By)
	}
	return used
}
