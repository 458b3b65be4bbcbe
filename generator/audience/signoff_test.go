package audience_test

import (
	"slices"
	"testing"

	"annex/generator/aims"
	"annex/generator/audience"
)

const signedThings = `
[[role]]
id = "chief"
title = "Chief"
classification = "restricted"

[[control]]
id = "open"
title = "Open"
classification = "internal"
status = "planned"
owner = "chief"
description = "By [[chief]]."

[[control]]
id = "closed"
title = "Closed"
classification = "restricted"
status = "planned"
owner = "chief"
description = "By [[chief]]."

[[decision]]
requirement = "mini:A.1"
classification = "restricted"
applicable = true
reasons = ["policy"]
justification = "Because of what nobody may know"

[[signoff]]
id = "of-open"
title = "Of open"
classification = "internal"
subject = "open"
kind = "control"
on = 2026-01-01
statement = "Good"

[[signoff]]
id = "of-closed"
title = "Of closed"
classification = "internal"
subject = "closed"
kind = "control"
on = 2026-01-01
statement = "Good"

[[signoff]]
id = "of-soa"
title = "Of the statement"
classification = "internal"
subject = "mini"
kind = "soa"
on = 2026-01-01
statement = "Good"
`

// TestSignoffsTurnNotStale signs things, withholds some of what they say, and
// looks for what changed since.
func TestSignoffsTurnNotStale(t *testing.T) {
	for _, changed := range []string{"", "title", "owner", "A.1"} {
		w, _ := staff(t, signedThings)
		for _, s := range w.Signoffs {
			s.Marks = aims.Marks(w.SignedFields(s.SubjectKind, s.Signed, s.Project.Organization))
			for i, m := range s.Marks {
				if m.Field == changed {
					s.Marks[i].SHA256 = "what it was"
				}
			}
		}
		cut := audience.For(w, w.Audience("staff"))
		for _, id := range []string{"of-open", "of-soa", "withheld-signoff-1"} {
			s := find(t, cut.Signoffs, id)
			old := map[string]string{"withheld-signoff-1": "of-closed"}[id]
			if old == "" {
				old = id
			}
			if want, got := find(t, w.Signoffs, old).Changed(w), s.Changed(cut); !slices.Equal(got, want) {
				t.Errorf("%s, after another %q: changed are %v, of the whole %v", id, changed, got, want)
			}
			for _, m := range s.Marks {
				if m.Field == "owner" && slices.Contains(find(t, w.Signoffs, old).Marks, m) {
					t.Errorf("%s: the digest of a withheld id is that of the whole", id)
				}
			}
		}
	}
}

// TestSignoffsOfTheExample holds that each audience is told of the changes that
// the whole has, and of no other.
func TestSignoffsOfTheExample(t *testing.T) {
	w := example(t)
	for _, class := range aims.Classifications() {
		w.Audiences = append(w.Audiences, &aims.Audience{ID: string(class), Ceiling: class})
	}
	for _, a := range w.Audiences {
		cut := audience.Withhold(w, a).Workspace
		n := func(w *aims.Workspace) (stale int) {
			for _, s := range w.Signoffs {
				if len(s.Changed(w)) > 0 {
					stale++
				}
			}
			return stale
		}
		if n(cut) != n(w) {
			t.Errorf("for %s %d signoffs are stale, of the whole %d", a.ID, n(cut), n(w))
		}
	}
}

func TestDraftsAndOtherProjects(t *testing.T) {
	w, _ := staff(t, `
-- organization/draft.md --
+++
id = "draft"
title = "Draft"
classification = "public"
status = "in-review"
+++
Text.
-- systems/other/project.toml --
kind = "system"
id = "other"
title = "Other"
classification = "public"
-- systems/other/records.toml --
[[risk]]
id = "of-other"
title = "Of other"
classification = "public"
-- organization/findings.toml --
[[finding]]
id = "about-other"
title = "About other"
classification = "public"
grade = "minor"
raised = 2026-01-01
project = "other"
`)
	other := find(t, w.Projects, "other")
	secret := find(t, w.Projects, "secret-system")
	for _, c := range []struct {
		a    aims.Audience
		want [4]string // why the draft, the risk, the finding, and the organization are withheld
	}{
		{aims.Audience{Ceiling: aims.Restricted}, [4]string{"draft", "", "", ""}},
		{aims.Audience{Ceiling: aims.Restricted, Drafts: true}, [4]string{}},
		{aims.Audience{Ceiling: aims.Restricted, Drafts: true, Projects: []*aims.Project{secret}}, [4]string{"", "other project", "other project", ""}},
		{aims.Audience{Ceiling: aims.Restricted, Drafts: true, Projects: []*aims.Project{other}}, [4]string{}},
		{aims.Audience{Ceiling: aims.Restricted, Projects: []*aims.Project{other.Organization}}, [4]string{"draft", "other project", "other project", ""}},
	} {
		c.a.ID = "tried"
		w.Audiences = append(w.Audiences[:2:2], &c.a)
		cut := audience.For(w, &c.a)
		got := [4]string{cut.Documents[0].Withheld, cut.Risks[0].Withheld, cut.Findings[0].Withheld, cut.Organizations()[0].Withheld}
		if got != c.want {
			t.Errorf("%+v: withheld are %q, want %q", c.a, got, c.want)
		}
	}
}
