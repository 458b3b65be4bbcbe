package matrix

import (
	"fmt"
	"strings"
	"testing"

	"annex/generator/readiness"
	"annex/generator/sample"
)

func report(t *testing.T, text string) *readiness.Report {
	t.Helper()
	w := sample.Load(t, text)
	return readiness.Assess(w, w.Organizations()[0], sample.Day())
}

// draw writes a matrix as text, one row a line, so that a test can hold all of
// it at once. A gap is marked with an exclamation mark.
func draw(m *Matrix) string {
	var b strings.Builder
	for _, r := range m.Rows {
		if r.Gap {
			b.WriteString("! ")
		}
		b.WriteString(r.Head.Title())
		for _, c := range r.Cells {
			b.WriteString(" | ")
			for i, s := range c.Items {
				if i > 0 {
					b.WriteString(", ")
				}
				b.WriteString(s.Title())
			}
			if c.More > 0 {
				fmt.Fprintf(&b, " and %d more", c.More)
			}
			b.WriteString(c.Text + c.Letter)
			if c.State != nil {
				b.WriteString(c.State.String())
			}
			if !c.Date.IsZero() {
				b.WriteString(c.Date.String())
			}
		}
		b.WriteString("\n")
	}
	return b.String()
}

func check(t *testing.T, m *Matrix, want string) {
	t.Helper()
	for _, r := range m.Rows {
		if len(r.Cells) != len(m.Columns) {
			t.Errorf("%s has %d cells for %d columns", r.Head.Title(), len(r.Cells), len(m.Columns))
		}
	}
	if got := draw(m); got != strings.TrimPrefix(want, "\n") {
		t.Errorf("got\n%swant%s", got, want)
	}
	if gaps := strings.Count("\n"+draw(m), "\n! "); gaps != m.Gaps {
		t.Errorf("%d gaps are counted, %d rows have one", m.Gaps, gaps)
	}
}

const records = `
[[role]]
id = "qa"
title = "Quality"
[[decision]]
requirement = "mini:A.1"
applicable = true
reasons = ["policy"]
justification = "Our policy asks for it."
[[decision]]
requirement = "mini:A.2"
applicable = false
basis = "no-such-activity"
justification = "We buy no data."
[[control]]
id = "check"
title = "Check"
satisfies = ["mini:A.1", "mini:4.2"]
owner = "lead"
responsible = ["qa", "lead"]
informed = ["qa"]
status = "implemented"
risks = ["drift"]
[[control.execution]]
on = 2026-10-01
result = "effective"
evidence = ["log"]
[[control]]
id = "orphan"
title = "Orphan"
satisfies = ["mini:A.1"]
status = "planned"
[[evidence]]
id = "log"
title = "Log"
note = "Seen."
effective = 2026-10-01
[[risk]]
id = "drift"
title = "Drift"
likelihood = 3
impact = 4
residual_likelihood = 1
residual_impact = 4
[[risk]]
id = "leak"
title = "Leak"
likelihood = 2
impact = 5
[[risk]]
id = "small"
title = "Small"
likelihood = 1
impact = 2
[[risk]]
id = "unknown"
title = "Unknown"
-- organization/plan.md --
+++
id = "plan"
title = "The plan"
status = "approved"
approved_by = "lead"
approved_on = 2026-01-01
next_review = 2027-01-01
satisfies = ["mini:4.1", "mini:A.1"]
+++
Text.
-- organization/loose.md --
+++
id = "loose"
title = "Loose sheet"
+++
Text.
`

func TestTraceability(t *testing.T) {
	check(t, Traceability(report(t, records)), `
! 4.1 Plan | documented |  |  |  | 
4.2 Act | operating | Check | operating | 2026-10-01 | Log
A.1 First control | documented | Check | operating | 2026-10-01 | Log
! A.1 First control | documented | Orphan | planned |  | 
A.2 Second control | not-applicable |  |  |  | 
! A.10 Tenth control | not-assessed |  |  |  | 
`)
}

func TestDocumentsByRequirement(t *testing.T) {
	m := DocumentsByRequirement(report(t, records))
	check(t, m, `
! Loose sheet | draft |  | 
The plan | approved | 4.1 Plan | A.1 First control
`)
	if m.Columns[1].Title != "4" || m.Columns[2].Title != "A" {
		t.Errorf("columns = %+v", m.Columns)
	}
}

// TestRisksByControl holds that a risk above the line of acceptance, which is 6
// in samples, is a gap without a control, and a smaller one is not.
func TestRisksByControl(t *testing.T) {
	check(t, RisksByControl(report(t, records)), `
Drift | 12 | 4 | operating
! Leak | 10 | not assessed | 
Small | 2 | not assessed | 
Unknown | not assessed | not assessed | 
`)
}

func TestRolesByControl(t *testing.T) {
	check(t, RolesByControl(report(t, records)), `
Check | A, R | R, I
! Orphan |  | 
`)
}

// TestLargeGridsBecomeLists holds that a matrix never grows wider than a page
// can show.
func TestLargeGridsBecomeLists(t *testing.T) {
	var b strings.Builder
	b.WriteString("[[risk]]\nid = \"r\"\ntitle = \"R\"\nlikelihood = 5\nimpact = 5\n")
	for i := range wideAt + 1 {
		fmt.Fprintf(&b, "[[role]]\nid = \"role-%02d\"\ntitle = \"Role %02d\"\n", i, i)
		fmt.Fprintf(&b, "[[control]]\nid = \"c-%02d\"\ntitle = \"C %02d\"\nstatus = \"planned\"\nrisks = [\"r\"]\nowner = \"role-%02d\"\n", i, i, i)
	}
	r := report(t, b.String())
	if m := RisksByControl(r); len(m.Columns) != 3 || draw(m) != fmt.Sprintf("R | 25 | not assessed | C 00, C 01, C 02, C 03, C 04 and %d more\n", wideAt-4) {
		t.Errorf("risks: %d columns\n%s", len(m.Columns), draw(m))
	}
	if m := RolesByControl(r); len(m.Columns) != 4 || !strings.HasPrefix(draw(m), "C 00 | Role 00 |  |  | \n") {
		t.Errorf("roles: %d columns\n%s", len(m.Columns), draw(m))
	}
}

func TestAllNamesEachMatrixOnce(t *testing.T) {
	seen := map[string]bool{}
	for _, m := range All(report(t, records)) {
		if seen[m.Name] || m.Title == "" || m.About == "" || m.Corner == "" {
			t.Errorf("matrix %+v", m)
		}
		seen[m.Name] = true
	}
	if len(seen) != 5 {
		t.Errorf("%d matrices", len(seen))
	}
}
