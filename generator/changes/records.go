package changes

import (
	"slices"

	"annex/generator/aims"
)

// Change says what became of a record.
type Change string

// The changes, in the order in which a group lists them.
const (
	Added   Change = "added"
	Removed Change = "removed"
	Changed Change = "changed"
)

// Group is the records of one kind that changed: those that were added, then
// those that were removed, then those that changed, each by id.
type Group struct {
	Kind    aims.Kind      `json:"kind"`
	Records []RecordChange `json:"records"`
}

// Count returns how many records of a group changed in one way.
func (g Group) Count(c Change) int {
	n := 0
	for _, r := range g.Records {
		if r.Change == c {
			n++
		}
	}
	return n
}

// RecordChange is a record that was added, removed or changed. One that was added or
// removed has no fields and tables: all of them are.
type RecordChange struct {
	About
	Change  Change        `json:"change"`
	Title   string        `json:"title"`
	Project string        `json:"project,omitempty"` // id
	Fields  []FieldChange `json:"fields"`
	Tables  []RowChange   `json:"tables"`
}

// entry is a record of one state, whatever its kind.
type entry struct {
	about  About
	head   *aims.Record
	record interface{ Fields() []aims.Field }
}

// key tells an entry from all others of its state.
func (e entry) key() string {
	key := e.about.Kind + "\x00" + e.head.ID
	if e.about.Kind == string(aims.KindDecision) && e.head.Project != nil {
		key += "\x00" + e.head.Project.ID
	}
	return key
}

// organization returns the id of the organization project that has the record.
func (e entry) organization() string {
	if e.head.Project == nil || e.head.Project.Organization == nil {
		return ""
	}
	return e.head.Project.Organization.ID
}

// recordsOf returns all records of a workspace: the projects, then kind by kind.
func recordsOf(w *aims.Workspace) []entry {
	var list []entry
	for _, p := range w.Projects {
		kind := aims.KindProject
		if p.System != nil {
			kind = aims.KindSystem
		}
		list = append(list, entry{about(aims.Subject{Kind: kind, Record: &p.Record}), &p.Record, p})
	}
	for _, d := range w.Documents {
		list = append(list, entry{about(document(d)), &d.Record, d})
	}
	list = add(list, aims.KindControl, w.Controls)
	for _, d := range w.Decisions {
		list = append(list, entry{decided(d), &d.Record, d})
	}
	list = add(list, aims.KindEvidence, w.Evidence)
	list = add(list, aims.KindRisk, w.Risks)
	list = add(list, aims.KindObjective, w.Objectives)
	list = add(list, aims.KindRole, w.Roles)
	list = add(list, aims.KindParty, w.Parties)
	list = add(list, aims.KindAudit, w.Audits)
	list = add(list, aims.KindFinding, w.Findings)
	list = add(list, aims.KindReview, w.Reviews)
	return add(list, aims.KindSignoff, w.Signoffs)
}

func add[T interface {
	Head() *aims.Record
	Fields() []aims.Field
}](to []entry, kind aims.Kind, records []T) []entry {
	for _, r := range records {
		to = append(to, entry{about(aims.Subject{Kind: kind, Record: r.Head()}), r.Head(), r})
	}
	return to
}

// kinds returns the kinds of records in the order of groups.
func kinds() []aims.Kind {
	return []aims.Kind{
		aims.KindProject, aims.KindSystem, aims.KindDocument, aims.KindControl, aims.KindDecision, aims.KindEvidence, aims.KindRisk,
		aims.KindObjective, aims.KindRole, aims.KindParty, aims.KindAudit, aims.KindFinding, aims.KindReview, aims.KindSignoff,
	}
}

// owned is a changed record with the organization that has it.
type owned struct {
	RecordChange
	organization string
}

// records compares all records of two workspaces.
func (c classes) records(before, after *aims.Workspace) []owned {
	was := map[string]entry{}
	for _, e := range recordsOf(before) {
		was[e.key()] = e
	}
	var list []owned
	for _, e := range recordsOf(after) {
		old, ok := was[e.key()]
		delete(was, e.key())
		if !ok {
			list = append(list, owned{e.changed(Added), e.organization()})
			continue
		}
		r := e.changed(Changed)
		r.Classification = higher(r.Classification, old.head.Classification)
		r.Fields = append(r.Fields, c.moved(old, e)...)
		r.Fields = append(r.Fields, c.fields(own(old.record), own(e.record))...)
		r.Tables = append(r.Tables, c.tables(old.record, e.record)...)
		if len(r.Fields)+len(r.Tables) > 0 {
			list = append(list, owned{r, e.organization()})
		}
	}
	for _, e := range recordsOf(before) {
		if _, ok := was[e.key()]; ok {
			r := e.changed(Removed)
			r.About = gone(r.About)
			list = append(list, owned{r, e.organization()})
		}
	}
	return list
}

func (e entry) changed(c Change) RecordChange {
	r := RecordChange{About: e.about, Change: c, Title: e.head.Title, Fields: []FieldChange{}, Tables: []RowChange{}}
	if e.head.Project != nil {
		r.Project = e.head.Project.ID
	}
	return r
}

// moved compares the project that a record stands in.
func (c classes) moved(before, after entry) []FieldChange {
	old, now := before.head.Project, after.head.Project
	if old == nil || now == nil || old.ID == now.ID {
		return nil
	}
	return []FieldChange{{Name: "stands_in", Before: old.ID, After: now.ID, Classification: c.naming(old.ID, now.ID)}}
}

// grouped returns the records of one organization by kind.
func grouped(all []owned, organization string) []Group {
	order := []Change{Added, Removed, Changed}
	var groups []Group
	for _, kind := range kinds() {
		var list []RecordChange
		for _, r := range all {
			if r.organization == organization && r.Kind == string(kind) {
				list = append(list, r.RecordChange)
			}
		}
		if len(list) == 0 {
			continue
		}
		// Within a change they stand by id already, as in the workspace.
		slices.SortStableFunc(list, func(a, b RecordChange) int { return slices.Index(order, a.Change) - slices.Index(order, b.Change) })
		groups = append(groups, Group{kind, list})
	}
	return groups
}
