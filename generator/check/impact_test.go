package check

import (
	"strings"
	"testing"

	"annex/generator/diag"
)

// TestWhatAnImpactAssessmentSays breaks one field of a whole assessment after
// the other.
func TestWhatAnImpactAssessmentSays(t *testing.T) {
	const whole = `
-- systems/x/project.toml --
kind = "system"
id = "x"
title = "X"
owner = "lead"
stage = "operation"
deployed_on = 2026-03-01
impact_assessment = "impact"
impact_review = 2027-03-01
-- systems/x/impact.md --
+++
id = "impact"
title = "Impact"
kind = "report"
status = "approved"
approved_by = "lead"
approved_on = 2026-02-01
next_review = 2027-02-01
[impact]
system = "x"
assessed_on = 2026-01-15
assessors = ["lead"]
conclusion = "It may start."
[[impact.effect]]
on = "individuals"
kind = "benefit"
text = "Sooner."
[[impact.effect]]
on = "groups"
kind = "harm"
text = "Unfair."
likelihood = 2
severity = 2
[[impact.effect]]
on = "society"
kind = "harm"
text = "Paper."
likelihood = 1
severity = 1
+++
Text.
`
	draft := strings.Replace(whole, `status = "approved"`, `status = "draft"`, 1)
	for _, c := range []struct{ name, text, old, next, want string }{
		{"nothing is missing", whole, "", "", ""},
		{"no day", whole, "assessed_on = 2026-01-15\n", "", "AX1007 has no assessed_on"},
		{"nobody", whole, "assessors = [\"lead\"]\n", "", "AX1007 has no assessors"},
		{"neither, and no conclusion", whole, "assessed_on = 2026-01-15\nassessors = [\"lead\"]\nconclusion = \"It may start.\"\n", "", "AX1007 has no assessed_on, no assessors, no conclusion"},
		{"made today", whole, "2026-01-15", "2026-11-24", ""},
		{"made tomorrow", whole, "2026-01-15", "2026-11-25", "AX0213 is recorded as made on 25 Nov 2026, after the as-of date 24 Nov 2026"},
		{"a harm that is not likely or unlikely", whole, "likelihood = 2\n", "", "AX1007 names a harm on groups without saying how likely and how severe it is"},
		{"a harm without severity", whole, "severity = 1\n", "", "AX1007 names a harm on society without saying how likely and how severe it is"},
		{"a draft with gaps, in use", draft, "assessed_on = 2026-01-15\n", "", "AX0805 is not approved"},
		{"in review", whole, `status = "approved"`, `status = "in-review"`, "AX0805 is not approved"},
		{"approved tomorrow", whole, "approved_on = 2026-02-01", "approved_on = 2026-11-25", "AX0805 is not approved"},
		{"a draft for a system that is not in use", strings.Replace(draft, "stage = \"operation\"\ndeployed_on = 2026-03-01", "stage = \"validation\"", 1), "", "", ""},
	} {
		t.Run(c.name, func(t *testing.T) {
			var got []string
			for _, i := range run(t, strings.Replace(c.text, c.old, c.next, 1)) {
				switch i.Code {
				case diag.ImpactIncomplete, diag.FutureDate, diag.AssessmentOverdue:
					_, said, _ := strings.Cut(i.Message, `"Impact" `)
					got = append(got, string(i.Code)+" "+said)
				}
			}
			if strings.Join(got, "; ") != c.want {
				t.Errorf("got %q, want %q", got, c.want)
			}
		})
	}
}
