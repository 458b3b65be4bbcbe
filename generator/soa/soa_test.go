package soa

import (
	"strings"
	"testing"

	"annex/generator/aims"
	"annex/generator/readiness"
	"annex/generator/sample"
)

func derived(t *testing.T, text string) *Statement {
	t.Helper()
	w := sample.Load(t, text)
	return Derive(readiness.Assess(w, w.Organizations()[0], sample.Day()), w.Framework("mini"))
}

const records = `
[[decision]]
requirement = "mini:A.1"
applicable = true
reasons = ["risk-treatment"]
justification = "It treats the drift of models."
[[decision]]
requirement = "mini:A.2"
applicable = false
basis = "no-such-activity"
justification = "We buy no data."
[[risk]]
id = "drift"
title = "Drift"
[[control]]
id = "check"
title = "Check"
satisfies = ["mini:A.1"]
owner = "lead"
status = "implemented"
documents = ["how"]
risks = ["drift"]
[[control.execution]]
on = 2026-10-01
result = "effective"
evidence = ["old", "new", "next"]
[[control]]
id = "own"
title = "Our own"
status = "planned"
risks = ["drift"]
[[control]]
id = "clause"
title = "Serves a clause"
satisfies = ["mini:4.2"]
status = "planned"
[[evidence]]
id = "old"
title = "Old"
note = "Seen."
effective = 2026-01-01
[[evidence]]
id = "new"
title = "New"
note = "Seen."
effective = 2026-10-01
[[evidence]]
id = "next"
title = "Next year's"
note = "To be seen."
effective = 2027-01-01
-- organization/how.md --
+++
id = "how"
title = "How we check"
+++
Text.
`

func TestRowsInNaturalOrderWithEveryReferenceControl(t *testing.T) {
	s := derived(t, records)
	var refs []string
	for _, r := range s.Rows {
		refs = append(refs, r.Requirement.Ref)
	}
	if got := strings.Join(refs, " "); got != "A.1 A.2 A.10" {
		t.Errorf("rows are %s", got)
	}
	if want := (Counts{Total: 3, Applicable: 1, Excluded: 1, Undecided: 1, InPlace: 1}); s.Counts != want {
		t.Errorf("counts = %+v, want %+v", s.Counts, want)
	}
	if s.Counts.Applicable+s.Counts.Excluded+s.Counts.Undecided != s.Counts.Total {
		t.Error("the counts do not add up")
	}
}

func TestARowNamesHowItIsMet(t *testing.T) {
	r := derived(t, records).Rows[0]
	if len(r.Controls) != 1 || len(r.Documents) != 1 || len(r.Owners) != 1 || len(r.Risks) != 1 {
		t.Errorf("controls %d, documents %d, owners %d, risks %d; want one of each", len(r.Controls), len(r.Documents), len(r.Owners), len(r.Risks))
	}
	if r.Evidence != 2 || r.Newest != aims.NewDate(2026, 10, 1) {
		t.Errorf("%d pieces of evidence, newest %s; evidence of the future does not count", r.Evidence, r.Newest)
	}
}

func TestAdditionalControlsTreatARiskOutsideTheReferenceControls(t *testing.T) {
	s := derived(t, records)
	if len(s.Additional) != 1 || s.Additional[0].Control.Control.ID != "own" {
		t.Errorf("additional controls = %+v", s.Additional)
	}
}

const system = `
-- systems/bot/project.toml --
kind = "system"
id = "bot"
title = "Bot"
stage = "operation"
-- systems/bot/decisions.toml --
[[decision]]
requirement = "mini:A.2"
applicable = true
reasons = ["contractual"]
justification = "The contract for the bot asks for it."
`

// TestASystemThatNeedsItOverrulesAnExclusion holds the union of section 3 of
// the design: excluded only if no system in scope needs it.
func TestASystemThatNeedsItOverrulesAnExclusion(t *testing.T) {
	r := derived(t, records+system).Rows[1]
	if !r.Applies.Applicable || !r.Applies.Contradicted() || len(r.Applies.Systems) != 1 {
		t.Errorf("applies = %+v", r.Applies)
	}
	if len(r.Systems) != 1 || r.Systems[0].ID != "bot" {
		t.Errorf("AI systems = %+v, want the one that needs it", r.Systems)
	}
	retired := strings.Replace(records+system, `stage = "operation"`, "stage = \"retired\"\nretired_on = 2026-02-01", 1)
	if r := derived(t, retired).Rows[1]; r.Applies.Applicable {
		t.Error("a retired system still makes the control applicable")
	}
}

func TestAFrameworkWithoutReferenceControlsHasNoStatement(t *testing.T) {
	w := sample.Load(t, "\n-- frameworks/mini.toml --\nid = \"mini\"\ntitle = \"Law\"\nversion = \"1\"\nkind = \"law\"\n[[requirement]]\nref = \"1\"\nkind = \"clause\"\ntitle = \"One\"\nasks = \"Do.\"\n")
	if s := Derive(readiness.Assess(w, w.Organizations()[0], sample.Day()), w.Framework("mini")); s != nil {
		t.Errorf("statement = %+v", s)
	}
}

// TestTheScopeIsThatOfTheStatement holds that a statement may have a scope of its
// own, and has that of the project where it says none.
func TestTheScopeIsThatOfTheStatement(t *testing.T) {
	project := "\n-- organization/project.toml --\nkind = \"organization\"\nid = \"sample\"\ntitle = \"Sample\"\nscope = \"All of it.\"\n"
	approval := "[[soa]]\nframework = \"mini\"\nversion = \"1.0\"\nstatus = \"draft\"\n"
	for _, c := range []struct{ name, text, want string }{
		{"no statement", project, "<p>All of it.</p>\n"},
		{"a statement without", project + approval, "<p>All of it.</p>\n"},
		{"a statement with its own", project + approval + "scope = \"A part.\"\n", "<p>A part.</p>\n"},
		{"nothing said", "", ""},
	} {
		t.Run(c.name, func(t *testing.T) {
			if got := derived(t, records+c.text).Scope.HTML; got != c.want {
				t.Errorf("scope = %q, want %q", got, c.want)
			}
		})
	}
}
