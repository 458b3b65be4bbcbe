package audience

import (
	"slices"
	"strings"

	"github.com/maruel/natural"

	"annex/generator/aims"
)

// cutter makes a cut, record by record.
type cutter struct {
	*Cut
	audience *aims.Audience
	why      map[*aims.Record]string // why a record is withheld
	ids      map[*aims.Record]string // of its stand-in
	hidden   map[string]bool         // files of withheld evidence
	assetAt  map[string]*aims.Asset  // by path
	shown    map[*aims.Asset]bool    // those that a shown text leads to
	anchors  map[*aims.Record]anchors
	withhold bool // whether records and files are withheld at all
	files    int  // that do not go along
}

// cut makes a copy of a workspace as an audience may see it.
func cut(w *aims.Workspace, a *aims.Audience, withhold bool) *Cut {
	c := &cutter{
		Cut:      &Cut{Workspace: &aims.Workspace{}, Before: w, to: map[any]any{}, from: map[any]any{}},
		audience: a, why: map[*aims.Record]string{}, ids: map[*aims.Record]string{},
		hidden: map[string]bool{}, assetAt: map[string]*aims.Asset{}, shown: map[*aims.Asset]bool{},
		anchors: map[*aims.Record]anchors{}, withhold: withhold,
	}
	for _, x := range w.Assets {
		c.assetAt[x.File] = x
	}
	if withhold {
		c.judge()
	}
	c.settings()
	to := c.Workspace
	to.Projects = each(c, w.Projects, c.project)
	to.Audiences = each(c, c.readers(), c.reader)
	for _, d := range w.Documents { // before all texts, which lead to their headings
		c.anchors[&d.Record] = c.rename(&d.Record, &d.Body)
	}
	to.Documents = each(c, w.Documents, c.document)
	to.Controls = each(c, w.Controls, c.control)
	to.Decisions = each(c, c.decided(), c.decision)
	to.Evidence = each(c, w.Evidence, c.evidence)
	to.Risks = each(c, w.Risks, c.risk)
	to.Objectives = each(c, w.Objectives, c.objective)
	to.Roles = each(c, w.Roles, c.role)
	to.Parties = each(c, w.Parties, c.party)
	to.Audits = each(c, w.Audits, c.audit)
	to.Findings = each(c, w.Findings, c.finding)
	to.Reviews = each(c, w.Reviews, c.review)
	to.Signoffs = each(c, c.signed(), c.signoff)
	c.assets()
	c.sort()
	to.Relate()
	c.mark()
	to.Cut = &aims.Cut{Audience: to.Audience(a.ID), Left: c.left()}
	return c.Cut
}

// each makes the copies of a list of records.
func each[T any](c *cutter, list []*T, copied func(*T) T) []*T {
	var out []*T
	for _, x := range list {
		y := twin(c, x)
		*y = copied(x)
		out = append(out, y)
	}
	return out
}

// twin returns the copy of a record. It is empty until the turn of its kind
// comes, so that references can go forwards.
func twin[T any](c *cutter, x *T) *T {
	if x == nil {
		return nil
	}
	if y, ok := c.to[x]; ok {
		return y.(*T)
	}
	y := new(T)
	c.to[x], c.from[y] = y, x
	if head, ok := any(x).(interface{ Head() *aims.Record }); ok {
		if own, ok := any(y).(interface{ Head() *aims.Record }); ok && own.Head() != nil {
			c.to[head.Head()], c.from[own.Head()] = own.Head(), head.Head()
		}
	}
	return y
}

// twins returns the copies of a list of records.
func twins[T any](c *cutter, list []*T) []*T {
	var out []*T
	for _, x := range list {
		out = append(out, twin(c, x))
	}
	return out
}

// settings copies what annex.toml says of all. A page that has no class of its
// own holds nothing above the ceiling.
func (c *cutter) settings() {
	w, to := c.Before, c.Workspace
	to.Organization, to.Site, to.Certification = w.Organization, w.Site, w.Certification
	to.Site.Classification = w.Site.Classification.Lower(c.audience.Ceiling)
	to.Frameworks = slices.DeleteFunc(slices.Clone(w.Frameworks), func(f *aims.Framework) bool { return !c.audience.Wants(f) })
	to.Crosswalks = slices.DeleteFunc(slices.Clone(w.Crosswalks), func(x *aims.Crosswalk) bool {
		return !c.audience.Wants(x.From) || !c.audience.Wants(x.To)
	})
}

// readers returns the audiences that the result knows of: of a site for one of
// them only that one.
func (c *cutter) readers() []*aims.Audience {
	if c.withhold {
		return []*aims.Audience{c.audience}
	}
	return c.Before.Audiences
}

// reader copies an audience.
func (c *cutter) reader(x *aims.Audience) aims.Audience {
	y := *x
	y.Projects = twins(c, x.Projects)
	y.Frameworks = slices.DeleteFunc(slices.Clone(x.Frameworks), func(f *aims.Framework) bool { return !c.audience.Wants(f) })
	return y
}

// wanted returns the requirements of frameworks that go along.
func (c *cutter) wanted(list []*aims.Requirement) []*aims.Requirement {
	return slices.DeleteFunc(slices.Clone(list), func(q *aims.Requirement) bool { return !c.audience.Wants(q.Framework) })
}

// sort puts the records in the order of their ids again: the place of a
// stand-in would tell with which letters the id of the record begins.
func (c *cutter) sort() {
	w := c.Workspace
	slices.SortStableFunc(w.Projects, func(a, b *aims.Project) int {
		if a.Kind != b.Kind {
			return strings.Compare(string(a.Kind), string(b.Kind))
		}
		return natural.Compare(a.ID, b.ID)
	})
	byID(w.Documents)
	byID(w.Controls)
	byID(w.Evidence)
	byID(w.Risks)
	byID(w.Objectives)
	byID(w.Roles)
	byID(w.Parties)
	byID(w.Audits)
	byID(w.Findings)
	byID(w.Reviews)
	byID(w.Signoffs)
	slices.SortStableFunc(w.Decisions, func(a, b *aims.Decision) int {
		if n := strings.Compare(a.Project.ID, b.Project.ID); n != 0 {
			return n
		}
		return natural.Compare(a.Requirement.Ref, b.Requirement.Ref)
	})
}

func byID[T interface{ Head() *aims.Record }](list []T) {
	slices.SortStableFunc(list, func(a, b T) int { return natural.Compare(a.Head().ID, b.Head().ID) })
}

// left counts what the audience does not get.
func (c *cutter) left() []aims.Left {
	var list []aims.Left
	if w := c.Before; w.Cut != nil {
		list = slices.Clone(w.Cut.Left)
	}
	if n := len(c.Before.Frameworks) - len(c.Workspace.Frameworks); n > 0 {
		list = append(list, aims.Left{What: "Frameworks", N: n})
	}
	for _, k := range kinds() {
		n := 0
		for _, r := range k.records(c.Workspace) {
			if r.Withheld != "" {
				n++
			}
		}
		if n > 0 {
			list = append(list, aims.Left{What: k.title, N: n})
		}
	}
	if c.files > 0 {
		list = append(list, aims.Left{What: "Files", N: c.files})
	}
	return list
}
