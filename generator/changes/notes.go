package changes

import (
	"fmt"
	"slices"
	"strings"

	"annex/generator/aims"
)

// Audience is the reader that a pack is for.
type Audience struct {
	ID      string              `json:"id"`
	Title   string              `json:"title"`
	Ceiling aims.Classification `json:"ceiling"`
}

// String returns the audience as sentences have it.
func (a *Audience) String() string {
	if a.Title != "" && a.Title != a.ID {
		return fmt.Sprintf("%s (audience %s, up to %s)", a.Title, a.ID, a.Ceiling)
	}
	return fmt.Sprintf("the audience %s, up to %s", a.ID, a.Ceiling)
}

func point(s State) Point {
	p := Point{Label: s.Label, Day: s.Day.String()}
	if cut := s.Workspace.Cut; cut != nil {
		p.Audience = &Audience{cut.Audience.ID, cut.Audience.Title, cut.Audience.Ceiling}
	}
	return p
}

// notes says for whom packs are, and what that means for what follows.
func (c *Changes) notes(before, after State) []string {
	a, b := c.Before.Audience, c.After.Audience
	var list []string
	switch {
	case a == nil && b == nil:
		return nil
	case a != nil && b != nil:
		if *a == *b {
			list = append(list, fmt.Sprintf("Both are for %s.", a))
		} else {
			list = append(list, fmt.Sprintf("%s is for %s; %s is for %s.", c.Before.Label, a, c.After.Label, b))
		}
		if apart := differ(before.Workspace.Cut.Audience, after.Workspace.Cut.Audience); len(apart) > 0 {
			list = append(list, fmt.Sprintf("Mind that the two do not show the same: they differ in %s. What only one of them shows may be withheld in the other, and neither new nor gone.", enumerate(apart)))
		}
		if after.Day.Before(before.Day) {
			list = append(list, fmt.Sprintf("%s speaks for an earlier day than %s.", c.After.Label, c.Before.Label))
		}
	case a != nil:
		list = append(list, alone(c.Before, c.After))
	default:
		list = append(list, alone(c.After, c.Before))
	}
	if c.uncertain() {
		list = append(list, "A record that is newly shown was added, or was withheld before. One that is no longer shown was removed, or is withheld now. What is withheld has no name here, so that nobody can tell which.")
	}
	return list
}

// alone says what it means that one of two states is a pack and the other is not.
func alone(pack, whole Point) string {
	return fmt.Sprintf("%s is for %s; %s is a whole workspace. What only the workspace shows may be withheld in the pack, and neither new nor gone.", pack.Label, pack.Audience, whole.Label)
}

// uncertain reports whether it is open of a record whether it is there.
func (c *Changes) uncertain() bool {
	for _, o := range c.Organizations {
		for _, g := range o.Records {
			if g.Count(NewlyShown)+g.Count(NotShown) > 0 {
				return true
			}
		}
	}
	return false
}

// differ returns in what two audiences see other things.
func differ(a, b *aims.Audience) []string {
	var list []string
	add := func(what string, differs bool) {
		if differs {
			list = append(list, what)
		}
	}
	add("the audience", a.ID != b.ID)
	add(fmt.Sprintf("the ceiling (%s, %s)", a.Ceiling, b.Ceiling), a.Ceiling != b.Ceiling)
	add("the frameworks that go along", !slices.Equal(idsOf(a.Frameworks), idsOf(b.Frameworks)))
	add("the projects that go along", !slices.Equal(shownIDs(a.Projects), shownIDs(b.Projects)))
	add("whether evidence files go along", a.Evidence != b.Evidence)
	add("whether drafts go along", a.Drafts != b.Drafts)
	return list
}

func idsOf(list []*aims.Framework) []string {
	var ids []string
	for _, f := range list {
		ids = append(ids, f.ID)
	}
	return slices.Sorted(slices.Values(ids))
}

func shownIDs(list []*aims.Project) []string {
	var ids []string
	for _, p := range list {
		ids = append(ids, shownID(&p.Record))
	}
	return slices.Sorted(slices.Values(ids))
}

// enumerate joins things with an and before the last.
func enumerate(list []string) string {
	last := len(list) - 1
	if last == 0 {
		return list[0]
	}
	return strings.Join(list[:last], ", ") + " and " + list[last]
}
