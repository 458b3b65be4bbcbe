package changes

import (
	"slices"
	"strings"

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

// What packs say beside that. A decision tells by its requirement that it is
// there and withheld; any other stand-in does not tell of which record it is.
const (
	InSight    Change = "in sight now"    // it was withheld
	Withheld   Change = "withheld now"    // it is still there
	NewlyShown Change = "newly shown"     // added, or withheld before
	NotShown   Change = "no longer shown" // removed, or withheld now
)

// order returns the changes as a group lists and counts them.
func order() []Change {
	return []Change{Added, InSight, NewlyShown, Removed, Withheld, NotShown, Changed}
}

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
	if p := e.head.Project; e.about.Kind == string(aims.KindDecision) && p != nil {
		if p.Withheld != "" {
			return key + "\x00" + withheld
		}
		key += "\x00" + p.ID
	}
	return key
}

// nameless reports whether an entry is a stand-in of which nobody can say whose.
func (e entry) nameless() bool {
	return e.head.Withheld != "" && e.about.Kind != string(aims.KindDecision)
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

// records compares all records of two states, but for stand-ins.
func (c classes) records(before, after State) []owned {
	then, now := veilOf(before.Workspace).beside(after.Workspace), veilOf(after.Workspace).beside(before.Workspace)
	home := organizations(before, after)
	old, kept := match(before.Workspace, after.Workspace), map[*aims.Record]bool{}
	var list []owned
	for _, e := range recordsOf(after.Workspace) {
		if e.nameless() {
			continue
		}
		was, ok := old[e.head]
		if !ok {
			list = append(list, owned{e.changed(then.appeared(e)), e.organization()})
			continue
		}
		kept[was.head] = true
		if r := c.compared(was, e, then, now); r != nil {
			list = append(list, owned{*r, e.organization()})
		}
	}
	for _, e := range recordsOf(before.Workspace) {
		if kept[e.head] || e.nameless() {
			continue
		}
		r := e.changed(now.vanished(e))
		r.About = gone(r.About)
		organization := e.organization()
		if other, ok := home[organization]; ok {
			organization = other
		}
		list = append(list, owned{r, organization})
	}
	return list
}

// compared returns how a record differs from what it was, nil when it does not.
func (c classes) compared(old, e entry, then, now veil) *RecordChange {
	r := e.changed(Changed)
	r.Classification = higher(r.Classification, old.head.Classification)
	switch was, is := old.head.Withheld != "", e.head.Withheld != ""; {
	case was && !is:
		r.Change = InSight
		return &r
	case is && !was:
		r.Change = Withheld
		return &r
	}
	r.Fields = append(r.Fields, c.moved(old, e)...)
	fields := c.fields(then.fields(own(old.record)), now.fields(own(e.record)))
	if (then.w.Cut == nil) != (now.w.Cut == nil) { // a pack has other digests of the same
		fields = slices.DeleteFunc(fields, func(f FieldChange) bool { return strings.HasPrefix(f.Name, "digest.") })
	}
	r.Fields = append(r.Fields, fields...)
	r.Tables = append(r.Tables, c.tables(then.tables(old.record), now.tables(e.record))...)
	if len(r.Fields)+len(r.Tables) == 0 {
		return nil
	}
	return &r
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
	if old == nil || now == nil || old.ID == now.ID || old.Withheld != "" || now.Withheld != "" {
		return nil
	}
	return []FieldChange{{Name: "stands_in", Before: old.ID, After: now.ID, Classification: c.naming(old.ID, now.ID)}}
}

// grouped returns the records of one organization by kind.
func grouped(all []owned, organization string) []Group {
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
		slices.SortStableFunc(list, func(a, b RecordChange) int { return slices.Index(order(), a.Change) - slices.Index(order(), b.Change) })
		groups = append(groups, Group{kind, list})
	}
	return groups
}
