package changes

import (
	"fmt"
	"strings"

	"annex/generator/aims"
	"annex/generator/diag"
)

// renamed explains what readers may take for a mistake, where there are records
// of one kind that were removed and added; else it is empty.
func (o *Organization) renamed() string {
	for _, g := range o.Records {
		if g.Count(Added)+g.Count(NewlyShown) > 0 && g.Count(Removed)+g.Count(NotShown) > 0 {
			if g.Count(NewlyShown)+g.Count(NotShown) > 0 {
				return "A record whose id changed stands under both: one that is no longer there and one that is new."
			}
			return "A record whose id changed stands under removed and under added."
		}
	}
	return ""
}

// Title returns what the records of the group are called together.
func (g Group) Title() string { return title(g.Kind) }

// title returns what records of a kind are called together.
func title(kind aims.Kind) string {
	switch kind {
	case aims.KindProject:
		return "Organization"
	case aims.KindSystem:
		return "AI systems"
	case aims.KindDecision:
		return "Applicability decisions"
	case aims.KindEvidence:
		return "Evidence"
	case aims.KindParty:
		return "Interested parties"
	case aims.KindReview:
		return "Management reviews"
	}
	return strings.ToUpper(string(kind[:1])) + string(kind[1:]) + "s"
}

// sign marks a change in texts.
func sign(c Change) string {
	switch c {
	case Added, InSight:
		return "+"
	case Removed, Withheld:
		return "-"
	case NewlyShown, NotShown:
		return "?"
	}
	return "~"
}

// nothing returns the sentence for states that do not differ.
func (c *Changes) nothing() string {
	if c.veiled {
		return "Nothing changed in what both show."
	}
	return "Nothing changed."
}

// Summary counts the changes of a group: "1 added, 2 changed".
func (g Group) Summary() string {
	var parts []string
	for _, c := range order() {
		if n := g.Count(c); n > 0 {
			parts = append(parts, fmt.Sprintf("%d %s", n, c))
		}
	}
	return strings.Join(parts, ", ")
}

// name returns a record as texts name it: id, title and project.
func (r RecordChange) name() string {
	name, title := r.ID, r.Title
	if r.Kind == string(aims.KindDecision) { // titled by its requirement, the ref included
		_, ref, _ := strings.Cut(r.ID, ":")
		title = strings.TrimPrefix(title, ref+" ")
	}
	if title != "" && title != r.ID {
		name += " " + title
	}
	if r.Project != "" && r.Project != r.ID {
		name += " (" + r.Project + ")"
	}
	return name
}

// CountRow is a count with what it counts.
type CountRow struct {
	Name string
	Count
}

// Rows returns the counts that are not nothing in both states.
func (c Counts) Rows() []CountRow {
	var list []CountRow
	add := func(n Count, format string, args ...any) {
		if n != (Count{}) {
			list = append(list, CountRow{diag.Plain(fmt.Sprintf(format, args...)), n})
		}
	}
	for _, f := range c.Frameworks {
		for _, s := range f.States {
			add(s.Count, "%s: requirements %s", f.ID, strings.ReplaceAll(s.State, "-", " "))
		}
		for _, n := range []struct {
			name string
			n    *Count
		}{{"applicable", f.Applicable}, {"excluded", f.Excluded}, {"undecided", f.Undecided}} {
			if n.n != nil {
				add(*n.n, "%s: reference controls %s", f.ID, n.name)
			}
		}
	}
	for _, g := range c.Findings {
		add(g.Count, "open findings: %s", g.Grade)
	}
	add(c.Evidence, "evidence in force")
	for _, k := range c.Withheld {
		add(k.Count, "withheld: %s", strings.ToLower(title(k.Kind)))
	}
	return list
}
