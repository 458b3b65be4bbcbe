package readiness

import (
	"fmt"
	"slices"
	"strings"
	"testing"

	"annex/generator/aims"
	"annex/generator/sample"
)

const applies = `
[[decision]]
requirement = "mini:A.1"
applicable = true
reasons = ["policy"]
justification = "Our policy asks for it."
`

// control is a control for A.1 that operates on the day of the samples.
const control = applies + `
[[control]]
id = "c"
title = "Control"
satisfies = ["mini:A.1"]
owner = "lead"
status = "implemented"
cadence = "6 months"
[[control.execution]]
on = 2026-08-01
result = "effective"
evidence = ["e"]
[[evidence]]
id = "e"
title = "Evidence"
note = "Seen."
effective = 2026-08-01
`

func plan(rest string) string {
	return "\n-- organization/plan.md --\n+++\nid = \"plan\"\ntitle = \"Plan\"\nsatisfies = [\"mini:4.1\", \"mini:A.1\"]\n" + rest + "+++\n\nText.\n"
}

const approved = "status = \"approved\"\napproved_by = \"lead\"\napproved_on = 2026-01-01\n"

const audit = `
[[audit]]
id = "internal"
title = "Internal audit"
kind = "internal"
status = "done"
from = 2026-05-01
to = 2026-05-08
criteria = ["mini:A.1"]
`

func TestStatesOfARequirement(t *testing.T) {
	change := func(old, next string) string { return strings.Replace(control, old, next, 1) }
	for _, c := range []struct {
		name, records string
		want          State
		flags         string
	}{
		{"without a decision it is not assessed", "", NotAssessed, ""},
		{"an excluded one is not applicable", strings.Replace(applies, "true\nreasons = [\"policy\"]", "false\nbasis = \"no-such-activity\"", 1), NotApplicable, ""},
		{"an applicable one without control is a gap", applies, Gap, ""},
		{"a draft does not document it", applies + plan("status = \"draft\"\n"), Gap, ""},
		{"an approved document documents it", applies + plan(approved), Documented, ""},
		{"a document approved tomorrow does not", applies + plan(strings.Replace(approved, "2026-01-01", "2026-11-25", 1)), Gap, ""},
		{"a control not yet implemented is planned", change(`"implemented"`, `"in-progress"`), Planned, ""},
		{"an approved document lifts a planned control", change(`"implemented"`, `"planned"`) + plan(approved), Documented, ""},
		{"performed with evidence it operates", control, Operating, ""},
		{"never performed it is only implemented", applies + "[[control]]\nid = \"c\"\ntitle = \"C\"\nsatisfies = [\"mini:A.1\"]\nowner = \"lead\"\nstatus = \"implemented\"\n", Implemented, ""},
		{"on the last day of the cadence it still operates", change("on = 2026-08-01", "on = 2026-05-24"), Operating, ""},
		{"a day later it is overdue", change("on = 2026-08-01", "on = 2026-05-23"), Implemented, "execution-overdue 2026-11-23"},
		{"without a cadence a performance speaks for a year", strings.Replace(change("on = 2026-08-01", "on = 2025-11-24"), "cadence = \"6 months\"\n", "", 1), Operating, ""},
		{"and not for longer", strings.Replace(change("on = 2026-08-01", "on = 2025-11-23"), "cadence = \"6 months\"\n", "", 1), Implemented, ""},
		{"an ineffective performance is not operation", change(`"effective"`, `"ineffective"`), Implemented, "ineffective 2026-08-01"},
		{"a partly effective one is", change(`"effective"`, `"partly-effective"`), Operating, ""},
		{"evidence is valid on its day of expiry", control + "expires = 2026-11-24\n", Operating, "evidence-expiring 2026-11-24"},
		{"expired evidence shows nothing", control + "expires = 2026-11-23\n", Implemented, "evidence-expired 2026-11-23"},
		{"evidence that expires in 30 days is flagged", control + "expires = 2026-12-24\n", Operating, "evidence-expiring 2026-12-24"},
		{"evidence that expires in 31 days is not", control + "expires = 2026-12-25\n", Operating, ""},
		{"a performance in the future does not count", change("on = 2026-08-01", "on = 2026-11-25"), Implemented, ""},
		{"a missing owner is a flag, not a state", change("owner = \"lead\"\n", ""), Operating, "missing-owner"},
		{"an internal audit verifies what operates", control + audit, Verified, ""},
		{"an audit of its area covers it", control + strings.Replace(audit, "mini:A.1", "mini:A", 1), Verified, ""},
		{"an audit of something else does not", control + strings.Replace(audit, "mini:A.1", "mini:A.2", 1), Operating, ""},
		{"an audit more than a year ago does not", control + strings.Replace(strings.Replace(audit, "from = 2026-05-01", "from = 2025-05-01", 1), "to = 2026-05-08", "to = 2025-11-23", 1), Operating, ""},
		{"a planned audit does not", control + strings.Replace(audit, `"done"`, `"planned"`, 1), Operating, ""},
		{"a gap analysis does not", control + strings.Replace(audit, `kind = "internal"`, `kind = "gap-analysis"`, 1), Operating, ""},
		{"an open major finding takes the verification away", control + audit + finding("major", ""), Operating, "open-finding 2026-12-01"},
		{"a closed one does not", control + audit + finding("major", "closed = 2026-06-01\n"), Verified, ""},
		{"a minor one does not", control + audit + finding("minor", ""), Verified, "open-finding 2026-12-01"},
		{"the worst control decides", control + "\n[[control]]\nid = \"d\"\ntitle = \"D\"\nsatisfies = [\"mini:A.1\"]\nowner = \"lead\"\nstatus = \"not-started\"\n", Planned, ""},
		{"a document past its review is a flag", control + plan(approved+"next_review = 2026-11-23\n"), Operating, "review-overdue 2026-11-23"},
	} {
		t.Run(c.name, func(t *testing.T) {
			w := sample.Load(t, c.records)
			report := Assess(w, w.Organizations()[0], sample.Day())
			q := report.Requirement(w.Framework("mini").Find("A.1"))
			if q.State != c.want {
				t.Errorf("state = %s, want %s", q.State, c.want)
			}
			if got := flags(q.Flags); got != c.flags {
				t.Errorf("flags = %q, want %q", got, c.flags)
			}
		})
	}
}

func finding(grade, rest string) string {
	return fmt.Sprintf("\n[[finding]]\nid = \"f\"\ntitle = \"Finding\"\ngrade = %q\nrequirement = \"mini:A.1\"\nraised = 2026-05-08\ndue = 2026-12-01\n%s", grade, rest)
}

func flags(list []Flag) string {
	var out []string
	for _, f := range list {
		s := string(f.Kind)
		if !f.Date.IsZero() {
			s += " " + f.Date.String()
		}
		out = append(out, s)
	}
	return strings.Join(out, ", ")
}

const twoSystems = `
-- systems/one/project.toml --
kind = "system"
id = "one"
title = "One"
stage = "operation"
-- systems/two/project.toml --
kind = "system"
id = "two"
title = "Two"
stage = "operation"
`

func TestAControlAtSystemLevelIsAsFarAsItsWorstSystem(t *testing.T) {
	level := strings.Replace(control, "cadence =", "level = \"system\"\ncadence =", 1)
	one := strings.Replace(level, "on = 2026-08-01", "on = 2026-08-01\nsystem = \"one\"", 1)
	both := one + "\n[[control]]\nid = \"x\"\ntitle = \"X\"\nstatus = \"planned\"\n"
	second := strings.Replace(one, "[[evidence]]", "[[control.execution]]\non = 2026-09-01\nresult = \"effective\"\nsystem = \"two\"\nevidence = [\"e\"]\n[[evidence]]", 1)
	limited := strings.Replace(one, "level =", "systems = [\"one\"]\nlevel =", 1)
	retired := strings.Replace(twoSystems, "title = \"Two\"\nstage = \"operation\"", "title = \"Two\"\nstage = \"retired\"\nretired_on = 2026-01-31", 1)
	for _, c := range []struct {
		name, text string
		runs       int
		want       State
	}{
		{"performed for one of two", both + twoSystems, 2, Implemented},
		{"performed for both", second + twoSystems, 2, Operating},
		{"limited to the one it is performed for", limited + twoSystems, 1, Operating},
		{"a retired system needs it no more", one + retired, 1, Operating},
		{"of a system project it is for that system alone", twoSystems + "-- systems/two/records.toml --\n" + strings.Replace(level, "[[control]]", "[[control]]\nrisks = []", 1), 1, Operating},
	} {
		t.Run(c.name, func(t *testing.T) {
			w := sample.Load(t, c.text)
			report := Assess(w, w.Organizations()[0], sample.Day())
			s := report.Control(w.Controls[0])
			if s.State != c.want || len(s.Runs) != c.runs {
				t.Errorf("state = %s with %d runs, want %s with %d", s.State, len(s.Runs), c.want, c.runs)
			}
		})
	}
}

// TestTheReportSpeaksForItsDay asks for the same records on different days.
func TestTheReportSpeaksForItsDay(t *testing.T) {
	w := sample.Load(t, control+audit+finding("major", "closed = 2026-06-15\n"))
	for day, want := range map[string]State{
		"2026-07-31": Implemented, // not performed yet
		"2026-08-01": Verified,
		"2027-02-01": Verified,    // the last day of the cadence
		"2027-02-02": Implemented, // performed too long ago
	} {
		asOf, err := aims.ParseDate(day)
		if err != nil {
			t.Fatal(err)
		}
		report := Assess(w, w.Organizations()[0], asOf)
		if got := report.Requirement(w.Framework("mini").Find("A.1")).State; got != want {
			t.Errorf("on %s: %s, want %s", day, got, want)
		}
	}
}

func TestEveryStateHasAWordAndARule(t *testing.T) {
	seen := map[string]bool{}
	for _, s := range States() {
		if s.String() == "unknown" || s.Rule() == "" || seen[s.String()] {
			t.Errorf("state %d: %q, %q", s, s, s.Rule())
		}
		seen[s.String()] = true
	}
	if !slices.IsSortedFunc(States()[:6], func(a, b State) int { return int(a) - int(b) }) {
		t.Error("the states from gap to verified are out of order")
	}
}

func TestCountSumsToTheWhole(t *testing.T) {
	w := sample.Load(t, control)
	report := Assess(w, w.Organizations()[0], sample.Day())
	sum := 0
	for _, n := range Count(report.Frameworks[0].Requirements) {
		sum += n
	}
	if sum != 5 {
		t.Errorf("%d requirements counted, want 5", sum)
	}
}
