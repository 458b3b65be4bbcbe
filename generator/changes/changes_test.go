package changes

import (
	"slices"
	"strings"
	"testing"

	"annex/generator/aims"
	"annex/generator/readiness"
	"annex/generator/sample"
	"annex/generator/soa"
)

// state is a sample as it stands on a day.
func state(t testing.TB, label, day, text string) State {
	t.Helper()
	w := sample.Load(t, text)
	asOf, err := aims.ParseDate(day)
	if err != nil {
		t.Fatal(err)
	}
	s := State{Label: label, Day: asOf, Workspace: w}
	for _, o := range w.Organizations() {
		r := readiness.Assess(w.Scope(o), o, asOf)
		s.Reports = append(s.Reports, r)
		s.Statements = append(s.Statements, soa.All(r)...)
	}
	return s
}

// compared compares two samples on the days of before and after.
func compared(t testing.TB, before, after string) *Changes {
	t.Helper()
	return Compare(state(t, "before", "2026-09-01", before), state(t, "after", "2026-09-01", after))
}

// base is a workspace in which everything is in order on 1 September 2026: A.1
// is verified, 4.1 documented, A.2 excluded.
const base = `
[[decision]]
requirement = "mini:A.1"
applicable = true
reasons = ["policy"]
justification = "Our policy asks for it."

[[decision]]
requirement = "mini:A.2"
applicable = false
basis = "no-such-activity"
justification = "We do no such thing."

[[control]]
id = "watch"
title = "Watch"
satisfies = ["mini:A.1"]
owner = "lead"
status = "implemented"
cadence = "6 months"

[[control.execution]]
on = 2026-08-01
by = "lead"
result = "effective"
evidence = ["log"]

[[evidence]]
id = "log"
title = "Log"
note = "Seen."
effective = 2026-08-01
expires = 2026-12-31

[[audit]]
id = "internal"
title = "Internal audit"
kind = "internal"
status = "done"
from = 2026-05-01
to = 2026-05-08
criteria = ["mini:A.1"]
-- organization/plan.md --
+++
id = "plan"
title = "Plan"
status = "approved"
approved_by = "lead"
approved_on = 2026-01-01
satisfies = ["mini:4.1"]
+++

The plan is to watch.
`

// change returns base with one text replaced by another.
func change(t testing.TB, old, next string) string {
	t.Helper()
	if strings.Count(base, old) != 1 {
		t.Fatalf("%q stands %d times in the sample", old, strings.Count(base, old))
	}
	return strings.Replace(base, old, next, 1)
}

// with returns base with records added.
func with(records string) string { return records + base }

// told returns turns as lines, reasons indented.
func told(list []Turn) string {
	var b strings.Builder
	for _, t := range list {
		b.WriteString(t.Sentence + "\n")
		for _, r := range t.Because {
			b.WriteString("  " + r.Sentence + "\n")
		}
	}
	return b.String()
}

func TestWhatPassedAndNowFails(t *testing.T) {
	const excluded = "[[decision]]\nrequirement = \"mini:A.2\"\napplicable = false\nbasis = \"no-such-activity\"\njustification = \"We do no such thing.\"\n"
	const execution = "[[control.execution]]\non = 2026-08-01\nby = \"lead\"\nresult = \"effective\"\nevidence = [\"log\"]\n"
	for _, c := range []struct{ name, after, want string }{
		{"nothing", base, ""},
		{"a control that goes back to planning", change(t, `status = "implemented"`, `status = "planned"`), `
mini:A.1 (First control) fell from verified to planned.
  The status of the control "Watch" was implemented and is planned.
The control "Watch" no longer operates.
  The status of the control "Watch" was implemented and is planned.
`},
		{"a control that begins later", change(t, `status = "implemented"`, "status = \"implemented\"\nimplemented_on = 2026-10-01"), `
mini:A.1 (First control) fell from verified to planned.
  The control "Watch" is implemented from 1 Oct 2026 only.
The control "Watch" no longer operates.
  The control "Watch" is implemented from 1 Oct 2026 only.
`},
		{"an ineffective performance", change(t, `"effective"`, `"ineffective"`), `
mini:A.1 (First control) fell from verified to implemented.
  The control "Watch" was found ineffective on 1 Aug 2026.
The control "Watch" no longer operates.
  The control "Watch" was found ineffective on 1 Aug 2026.
`},
		{"a shorter cadence", change(t, "6 months", "2 weeks"), `
mini:A.1 (First control) fell from verified to implemented.
  The control "Watch" was due by 15 Aug 2026; it was last performed on 1 Aug 2026.
The control "Watch" no longer operates.
  The control "Watch" was due by 15 Aug 2026; it was last performed on 1 Aug 2026.
`},
		{"a performance taken away", change(t, execution, ""), `
mini:A.1 (First control) fell from verified to implemented.
  The control "Watch" has not been performed.
The control "Watch" no longer operates.
  The control "Watch" has not been performed.
`},
		{"evidence not named any more", change(t, "evidence = [\"log\"]\n", ""), `
mini:A.1 (First control) fell from verified to implemented.
  No evidence in force shows the performance of "Watch" on 1 Aug 2026.
The control "Watch" no longer operates.
  No evidence in force shows the performance of "Watch" on 1 Aug 2026.
`},
		{"evidence that expired", change(t, "2026-12-31", "2026-08-15"), `
mini:A.1 (First control) fell from verified to implemented.
  The evidence "Log" expired on 15 Aug 2026.
The control "Watch" no longer operates.
  The evidence "Log" expired on 15 Aug 2026.
The evidence "Log" expired on 15 Aug 2026.
  It shows the control "Watch", which is implemented.
`},
		{"evidence that is dated later", change(t, "effective = 2026-08-01", "effective = 2026-09-02"), `
mini:A.1 (First control) fell from verified to implemented.
  The evidence "Log" takes effect on 2 Sep 2026 only.
The control "Watch" no longer operates.
  The evidence "Log" takes effect on 2 Sep 2026 only.
`},
		{"evidence with another id", strings.ReplaceAll(strings.ReplaceAll(base, `["log"]`, `["list"]`), "id = \"log\"\ntitle = \"Log\"\nnote = \"Seen.\"\neffective = 2026-08-01", "id = \"list\"\ntitle = \"List\"\nnote = \"Seen.\"\neffective = 2026-10-01"), `
mini:A.1 (First control) fell from verified to implemented.
  The evidence "Log" is no longer recorded.
The control "Watch" no longer operates.
  The evidence "Log" is no longer recorded.
`},
		{"a control with another id", change(t, `id = "watch"`, `id = "look"`) + "", `
The control "Watch" operated and is no longer recorded.
`},
		{"a control that serves no requirement any more", change(t, "satisfies = [\"mini:A.1\"]\nowner", "owner"), `
mini:A.1 (First control) fell from verified to gap.
  The control "Watch" no longer satisfies it.
`},
		{"a second control that is only planned", with("[[control]]\nid = \"new\"\ntitle = \"New\"\nsatisfies = [\"mini:A.1\"]\nstatus = \"planned\"\n"), `
mini:A.1 (First control) fell from verified to planned.
  The control "New" is new, and planned.
`},
		{"a major finding", with("[[finding]]\nid = \"f\"\ntitle = \"Nobody watched\"\ngrade = \"major\"\nrequirement = \"mini:A.1\"\nraised = 2026-08-20\n"), `
mini:A.1 (First control) fell from verified to operating.
  The major finding "Nobody watched" is open since 20 Aug 2026.
`},
		{"an audit of something else", change(t, `criteria = ["mini:A.1"]`, `criteria = ["mini:A.2"]`), `
mini:A.1 (First control) fell from verified to operating.
  The internal audit "Internal audit" is no longer recorded as one that covered it.
`},
		{"an audit with another id", change(t, `id = "internal"`, `id = "other"`) + "", ""},
		{"an audit that is gone", change(t, base[strings.Index(base, "[[audit]]"):strings.Index(base, "-- org")], ""), `
mini:A.1 (First control) fell from verified to operating.
  The internal audit "Internal audit", which covered it, is no longer recorded.
`},
		{"a document that is a draft again", change(t, "status = \"approved\"\napproved_by = \"lead\"\napproved_on = 2026-01-01", `status = "in-review"`), `
mini:4.1 (Plan) fell from documented to gap.
  The document "Plan" is no longer approved: its status is in-review.
mini:4.1 (Plan) calls for documented information that is no longer there: The plan.
  The document "Plan" is no longer approved: its status is in-review.
`},
		{"a document approved later", change(t, "approved_on = 2026-01-01", "approved_on = 2026-10-01"), `
mini:4.1 (Plan) fell from documented to gap.
  The document "Plan" is approved from 1 Oct 2026 only.
mini:4.1 (Plan) calls for documented information that is no longer there: The plan.
  The document "Plan" is approved from 1 Oct 2026 only.
`},
		{"a document about something else", change(t, `satisfies = ["mini:4.1"]`, `satisfies = ["mini:4.2"]`), `
mini:4.1 (Plan) fell from documented to gap.
  The document "Plan" no longer satisfies it.
mini:4.1 (Plan) calls for documented information that is no longer there: The plan.
  The document "Plan" no longer answers it.
`},
		{"a document that is gone", base[:strings.Index(base, "-- org")], `
mini:4.1 (Plan) fell from documented to gap.
  The document "Plan" is no longer recorded.
mini:4.1 (Plan) calls for documented information that is no longer there: The plan.
  The document "Plan" is no longer recorded.
`},
		{"a decision that is open again", change(t, "applicable = false\nbasis = \"no-such-activity\"\n", ""), `
It is no longer decided whether mini:A.2 (Second control) applies.
  The decision of the organization is open again.
`},
		{"a decision that is gone", change(t, excluded, ""), `
It is no longer decided whether mini:A.2 (Second control) applies.
  The decision of the organization is no longer recorded.
`},
		{"a decision that includes", change(t, "applicable = false\nbasis = \"no-such-activity\"\n", "applicable = true\nreasons = [\"policy\"]\n"), `
mini:A.2 (Second control) now applies, and nothing satisfies it.
  The organization decided that it applies.
`},
		{"a system that contradicts", base + "-- systems/triage/project.toml --\nkind = \"system\"\nid = \"triage\"\ntitle = \"Triage\"\nstage = \"operation\"\n-- systems/triage/d.toml --\n[[decision]]\nrequirement = \"mini:A.2\"\napplicable = true\nreasons = [\"policy\"]\njustification = \"We do.\"\n", `
mini:A.2 (Second control) now applies, and nothing satisfies it.
  The AI system "Triage" needs it.
The decisions on mini:A.2 (Second control) contradict each other.
  The organization decided that it does not apply.
  The AI system "Triage" needs it.
`},
	} {
		o := compared(t, base, c.after).Organizations[0]
		if got, want := told(o.Fails), strings.TrimPrefix(c.want, "\n"); got != want {
			t.Errorf("%s fails\n%swant\n%s", c.name, got, want)
		}
		// Seen from the other side the same things pass, and nothing else fails.
		back := compared(t, c.after, base).Organizations[0]
		moved := strings.HasSuffix(c.name, "another id") || c.name == "a document about something else"
		if len(back.Fails) > 0 && !moved {
			t.Errorf("%s: the way back fails\n%s", c.name, told(back.Fails))
		}
	}
}

func TestTimeAloneMakesThingsFail(t *testing.T) {
	before := state(t, "before", "2026-09-01", base)
	for _, c := range []struct{ day, want string }{
		{"2026-12-31", ""},
		{"2027-01-01", `mini:A.1 (First control) fell from verified to implemented.
  The evidence "Log" expired on 31 Dec 2026.
The control "Watch" no longer operates.
  The evidence "Log" expired on 31 Dec 2026.
The evidence "Log" expired on 31 Dec 2026.
  It shows the control "Watch", which is implemented.
`},
		{"2027-02-02", `mini:A.1 (First control) fell from verified to implemented.
  The control "Watch" was due by 1 Feb 2027; it was last performed on 1 Aug 2026.
  The evidence "Log" expired on 31 Dec 2026.
The control "Watch" no longer operates.
  The control "Watch" was due by 1 Feb 2027; it was last performed on 1 Aug 2026.
  The evidence "Log" expired on 31 Dec 2026.
The evidence "Log" expired on 31 Dec 2026.
  It shows the control "Watch", which is implemented.
`},
	} {
		after := state(t, "after", c.day, base)
		if got := told(Compare(before, after).Organizations[0].Fails); got != c.want {
			t.Errorf("on %s fails\n%swant\n%s", c.day, got, c.want)
		}
	}
	// An audit speaks for a year, evidence without expiry for ever.
	lasting := strings.Replace(strings.Replace(base, "expires = 2026-12-31\n", "", 1), "6 months", "3 years", 1)
	got := told(Compare(state(t, "", "2026-09-01", lasting), state(t, "", "2027-05-09", lasting)).Organizations[0].Fails)
	if want := "mini:A.1 (First control) fell from verified to operating.\n  The last internal audit that covered it, \"Internal audit\", ended on 8 May 2026, more than a year ago.\n"; got != want {
		t.Errorf("a year after the audit fails\n%s", got)
	}
	// Without a cadence a performance speaks for a year.
	once := strings.Replace(lasting, "cadence = \"3 years\"\n", "", 1)
	got = told(Compare(state(t, "", "2026-09-01", once), state(t, "", "2027-08-02", once)).Organizations[0].Fails)
	if want := "The control \"Watch\" was last performed on 1 Aug 2026, more than a year ago."; !strings.Contains(got, want) {
		t.Errorf("a year after the performance fails\n%s", got)
	}
}

func TestWhatFailedAndNowPasses(t *testing.T) {
	const empty = ""
	got := told(compared(t, empty, base).Organizations[0].Passes)
	want := `mini:4.1 (Plan) rose from gap to documented.
  The document "Plan" was approved on 1 Jan 2026.
mini:4.1 (Plan) is answered: The plan.
  The document "Plan" is approved.
It is decided that mini:A.1 (First control) applies.
It is decided that mini:A.2 (Second control) does not apply.
`
	if got != want {
		t.Errorf("passes\n%swant\n%s", got, want)
	}
	expired := change(t, "2026-12-31", "2026-08-15")
	got = told(compared(t, expired, base).Organizations[0].Passes)
	want = `mini:A.1 (First control) rose from implemented to verified.
  The internal audit "Internal audit" covered it.
  The control "Watch" is operating.
The control "Watch" operates now.
  It was performed on 1 Aug 2026.
  The evidence "Log" is in force.
The evidence "Log" is in force again.
`
	if got != want {
		t.Errorf("passes\n%swant\n%s", got, want)
	}
}

// perSystem is a control that is performed for two AI systems.
const perSystem = `
[[control]]
id = "watch"
title = "Watch"
level = "system"
status = "implemented"
cadence = "6 months"
[[control.execution]]
on = 2026-08-01
result = "effective"
system = "triage"
evidence = ["log"]
[[control.execution]]
on = 2026-08-01
result = "effective"
system = "pricing"
evidence = ["log"]
[[evidence]]
id = "log"
title = "Log"
note = "Seen."
effective = 2026-01-01
-- systems/triage/project.toml --
kind = "system"
id = "triage"
title = "Triage"
classification = "restricted"
stage = "operation"
-- systems/pricing/project.toml --
kind = "system"
id = "pricing"
title = "Pricing"
classification = "public"
stage = "operation"
`

func TestControlsFallForOneAISystem(t *testing.T) {
	failing := strings.Replace(perSystem, "on = 2026-08-01", "on = 2026-01-01", 1)
	o := compared(t, perSystem, failing).Organizations[0]
	want := `The control "Watch" no longer operates.
  The control "Watch" was due by 1 Jul 2026 for the AI system "Triage"; it was last performed on 1 Jan 2026.
`
	if got := told(o.Fails); got != want {
		t.Errorf("fails\n%swant\n%s", got, want)
	}
	both := strings.ReplaceAll(perSystem, "on = 2026-08-01", "on = 2026-01-01")
	o = compared(t, failing, both).Organizations[0]
	want = `The control "Watch" no longer operates for the AI system "Pricing".
  The control "Watch" was due by 1 Jul 2026 for the AI system "Pricing"; it was last performed on 1 Jan 2026.
`
	if got := told(o.Fails); got != want {
		t.Errorf("fails\n%swant\n%s", got, want)
	}
	if got := told(compared(t, both, failing).Organizations[0].Passes); !strings.HasPrefix(got, "The control \"Watch\" operates now for the AI system \"Pricing\".\n") {
		t.Errorf("passes\n%s", got)
	}
	// The sentence names a restricted AI system.
	if c := compared(t, both, perSystem).Organizations[0].Passes[0].Classification; c != aims.Restricted {
		t.Errorf("a turn that names a restricted AI system is %s", c)
	}
	another := perSystem + "-- systems/new/project.toml --\nkind = \"system\"\nid = \"new\"\ntitle = \"New\"\nstage = \"operation\"\n"
	// AI systems of which the same is to be said are named together, each
	// classification apart.
	alike := perSystem + "-- systems/claims/project.toml --\nkind = \"system\"\nid = \"claims\"\ntitle = \"Claims\"\nclassification = \"public\"\nstage = \"operation\"\n"
	alike = strings.Replace(alike, "[[evidence]]", "[[control.execution]]\non = 2026-08-01\nresult = \"effective\"\nsystem = \"claims\"\nevidence = [\"log\"]\n[[evidence]]", 1)
	want = `The control "Watch" no longer operates.
  The control "Watch" was due by 1 Jul 2026 for the AI systems "Claims" and "Pricing"; it was last performed on 1 Jan 2026.
  The control "Watch" was due by 1 Jul 2026 for the AI system "Triage"; it was last performed on 1 Jan 2026.
`
	if got := told(compared(t, alike, strings.ReplaceAll(alike, "on = 2026-08-01", "on = 2026-01-01")).Organizations[0].Fails); got != want {
		t.Errorf("fails\n%swant\n%s", got, want)
	}
	want = "The control \"Watch\" no longer operates.\n  The control \"Watch\" has not been performed for the AI system \"New\".\n"
	if got := told(compared(t, perSystem, another).Organizations[0].Fails); got != want {
		t.Errorf("a new AI system makes fail\n%s", got)
	}
}

func TestCompareIsDeterministicAndChangesNothing(t *testing.T) {
	before, after := state(t, "a", "2026-09-01", base), state(t, "b", "2027-02-02", change(t, "2026-12-31", "2026-08-15"))
	var first strings.Builder
	if err := JSON(&first, Compare(before, after)); err != nil {
		t.Fatal(err)
	}
	for range 20 {
		var again strings.Builder
		if err := JSON(&again, Compare(before, after)); err != nil {
			t.Fatal(err)
		}
		if again.String() != first.String() {
			t.Fatal("the same states give other changes")
		}
	}
	if !Compare(before, before).None() {
		t.Error("a state differs from itself")
	}
	if Compare(before, after).None() {
		t.Error("two states do not differ")
	}
}

func TestOrganizationsAreComparedApart(t *testing.T) {
	second := "-- other/project.toml --\nkind = \"organization\"\nid = \"other\"\ntitle = \"Other Ltd\"\n-- other/r.toml --\n[[risk]]\nid = \"fire\"\ntitle = \"Fire\"\n"
	c := compared(t, base+second, strings.Replace(base+second, "Fire", "Blaze", 1))
	if len(c.Organizations) != 2 {
		t.Fatalf("%d organizations", len(c.Organizations))
	}
	for _, o := range c.Organizations {
		if n := len(o.Records); (n == 1) != (o.ID == "other") {
			t.Errorf("%s has %d groups of records", o.ID, n)
		}
	}
	var text strings.Builder
	if err := Text(&text, c, 0); err != nil || !strings.Contains(text.String(), "\nSample Ltd\n----------\nNothing changed.\n") {
		t.Errorf("%v\n%s", err, text.String())
	}
	for _, w := range []struct{ before, after, want string }{
		{base, base + second, "other added"},
		{base + second, base, "other removed"},
	} {
		c := compared(t, w.before, w.after)
		i := slices.IndexFunc(c.Organizations, func(o *Organization) bool { return o.ID == "other" })
		o := c.Organizations[i]
		if len(o.Fails)+len(o.Passes) > 0 {
			t.Errorf("%s: something failed or passed", w.want)
		}
		if got := o.ID + " " + string(o.Records[0].Records[0].Change); got != w.want {
			t.Errorf("%s, want %s", got, w.want)
		}
	}
}
