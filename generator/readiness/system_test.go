package readiness

import (
	"fmt"
	"slices"
	"strings"
	"testing"

	"annex/generator/aims"
	"annex/generator/sample"
)

// law adds a law of the test's own to a sample: two annexes that a class may
// rest on, Annex III with points below it, and the rules given. A second law,
// the decree, has a ground of its own.
func law(rules string) string {
	ground := func(ref, parent string) string {
		return fmt.Sprintf("[[requirement]]\nref = %q\nkind = \"heading\"\ntitle = %q\nasks = \"Look.\"\nclasses = [\"high\"]\n%s", ref, ref, parent)
	}
	head := func(id string) string {
		return fmt.Sprintf("\n-- frameworks/%s.toml --\nid = %q\ntitle = %q\nversion = \"1\"\nkind = \"law\"\n", id, id, id)
	}
	return "\n-- annex.toml --\nframeworks = [\"mini\", \"law\", \"decree\"]\n[organization]\nname = \"Sample Ltd\"\n" +
		head("decree") + ground("Schedule", "") +
		head("law") + ground("Annex I", "") + ground("Annex III", "") +
		ground("Annex III.1", "parent = \"Annex III\"\n") + ground("Annex III.1(a)", "parent = \"Annex III.1\"\n") +
		ground("Annex III.2", "parent = \"Annex III\"\n") + ground("Annex III.2(a)", "parent = \"Annex III.2\"\n") +
		"[[circumstance]]\nid = \"public\"\ntitle = \"Public\"\nasks = \"Is it public?\"\n" +
		"[[circumstance]]\nid = \"abroad\"\ntitle = \"Abroad\"\nasks = \"Is it abroad?\"\n" + rules
}

func article(ref, rest string) string {
	return fmt.Sprintf("[[requirement]]\nref = %q\nkind = \"clause\"\ntitle = %q\nasks = \"Do it.\"\n%s", ref, ref, rest)
}

func obligation(id, ref, rest string) string {
	return fmt.Sprintf("[[obligation]]\nid = %q\nrequirement = %q\ntitle = %q\n%s", id, ref, id, rest)
}

func aiSystem(id, keys string) string {
	return fmt.Sprintf("\n-- systems/%s/project.toml --\nkind = \"system\"\nid = %q\ntitle = %q\n%s", id, id, id, keys)
}

func assess(t *testing.T, text string) *Report {
	t.Helper()
	w := sample.Load(t, text)
	return Assess(w, w.Organizations()[0], sample.Day())
}

// duties names the duties of a system; those that are only supposed have a
// question mark.
func duties(x *System) string {
	var out []string
	for _, d := range x.Duties {
		if d.Supposed {
			out = append(out, d.Obligation.ID+"?")
		} else {
			out = append(out, d.Obligation.ID)
		}
	}
	return strings.Join(out, " ")
}

func TestDutiesFollowFromWhatTheSystemSays(t *testing.T) {
	rules := law(article("Art.1", "") +
		obligation("everyone", "Art.1", "") +
		obligation("providers", "Art.1", "roles = [\"provider\", \"importer\"]\n") +
		obligation("high", "Art.1", "classes = [\"prohibited\", \"high\"]\n") +
		obligation("annex", "Art.1", "grounds = [\"Annex III\"]\n") +
		obligation("most", "Art.1", "classes = [\"high\"]\ngrounds = [\"Annex III\"]\nwithout_grounds = [\"Annex III.2\"]\n") +
		obligation("both", "Art.1", "circumstances = [\"public\", \"abroad\"]\n"))
	const high = "risk_class = \"high\"\n"
	for _, c := range []struct{ name, keys, want string }{
		{"nothing said", "", "everyone"},
		{"one of its roles", `role = ["deployer", "importer"]`, "everyone providers"},
		{"another role", `role = ["deployer"]`, "everyone"},
		{"the class, and no ground", high, "everyone high most?"},
		{"another class", `risk_class = "limited"`, "everyone"},
		{"the ground", high + `grounds = ["law:Annex III"]`, "everyone high annex most"},
		{"an entry far below the ground", high + `grounds = ["law:Annex III.1(a)"]`, "everyone high annex most"},
		{"one of two grounds", high + `grounds = ["law:Annex I", "law:Annex III.1"]`, "everyone high annex most"},
		{"another ground", high + `grounds = ["law:Annex I"]`, "everyone high"},
		{"a ground of another law", high + `grounds = ["decree:Schedule"]`, "everyone high most?"},
		{"the ground, and no class", `grounds = ["law:Annex III"]`, "everyone annex"},
		{"an excluded ground", high + `grounds = ["law:Annex III.2"]`, "everyone high annex"},
		{"an entry below an excluded ground", high + `grounds = ["law:Annex III.2(a)"]`, "everyone high annex"},
		{"one of two circumstances", `circumstances = ["abroad"]`, "everyone"},
		{"all circumstances", `circumstances = ["abroad", "public"]`, "everyone both"},
		{"a retirement to come", "retired_on = 2026-11-25", "everyone"},
		{"retired on the day", "retired_on = 2026-11-24", ""},
		{"at the stage of retirement", `stage = "retired"`, ""},
	} {
		t.Run(c.name, func(t *testing.T) {
			report := assess(t, rules+aiSystem("bot", c.keys+"\n"))
			if got := duties(report.System(report.Workspace.Systems()[0])); got != c.want {
				t.Errorf("duties = %q, want %q", got, c.want)
			}
		})
	}
}

func TestTheDayFromWhichADutyApplies(t *testing.T) {
	day := func(table, from, note, rest string) string {
		return fmt.Sprintf("[[%s.application]]\nfrom = %s\nnote = %q\n%s", table, from, note, rest)
	}
	general := day("requirement", "2026-08-02", "general", "")
	later := day("requirement", "2028-08-02", "later", "")
	annexI := day("requirement", "2028-08-02", "annex I", "grounds = [\"Annex I\"]\n")
	annexIII := day("requirement", "2027-12-02", "annex III", "grounds = [\"Annex III\"]\n")
	old := day("requirement", "2026-12-02", "old", "deployed_before = 2026-08-02\n")
	oldIII := day("requirement", "2026-12-02", "old", "deployed_before = 2026-08-02\ngrounds = [\"Annex III\"]\n")
	own := day("obligation", "2027-08-02", "own", "")
	const before, since = "deployed_on = 2026-08-01", "deployed_on = 2026-08-02"
	for _, c := range []struct{ name, applications, own, keys, want string }{
		{"none given", "", "", "", ""},
		{"that of the requirement", general, "", "", "2026-08-02 general"},
		{"that of the obligation comes before that of the requirement", general, own, "", "2027-08-02 own"},
		{"the earliest stands first", general + later, "", "", "2026-08-02 general"},
		{"the earliest stands last", later + general, "", "", "2026-08-02 general"},
		{"by the ground", annexI + annexIII, "", `grounds = ["law:Annex I"]`, "2028-08-02 annex I"},
		{"by an entry below the ground", annexI + annexIII, "", `grounds = ["law:Annex III.1"]`, "2027-12-02 annex III"},
		{"the earliest of two grounds", annexI + annexIII, "", `grounds = ["law:Annex I", "law:Annex III"]`, "2027-12-02 annex III"},
		{"none fits the ground", annexIII, "", `grounds = ["law:Annex I"]`, ""},
		{"the ground that decides is not stated", annexI + annexIII, "", "", ""},
		{"in use before, which stands first", old + general, "", before, "2026-12-02 old"},
		{"in use before, which stands last", general + old, "", before, "2026-12-02 old"},
		{"in use since the day itself", old + general, "", since, "2026-08-02 general"},
		{"not in use", old + general, "", "", "2026-08-02 general"},
		{"in use before, on another ground", oldIII + general, "", before + "\ngrounds = [\"law:Annex I\"]", "2026-08-02 general"},
		{"in use before, on the ground", oldIII + general, "", before + "\ngrounds = [\"law:Annex III.1\"]", "2026-12-02 old"},
	} {
		t.Run(c.name, func(t *testing.T) {
			report := assess(t, law(article("Art.1", c.applications)+obligation("o", "Art.1", c.own))+aiSystem("bot", c.keys+"\n"))
			d := report.System(report.Workspace.Systems()[0]).Duties[0]
			got := ""
			if !d.From.IsZero() {
				got = d.From.String() + " " + d.Application.Note
			}
			if got != c.want {
				t.Errorf("applies from %q, want %q", got, c.want)
			}
		})
	}
}

func TestHowFarADutyIsMetForASystem(t *testing.T) {
	control := strings.Replace(strings.TrimPrefix(control, applies), "mini:A.1", "law:Art.1", 1)
	level := func(rest string) string { return strings.Replace(control, "cadence =", rest+"cadence =", 1) }
	performed := func(id string) string {
		return strings.Replace(level("level = \"system\"\n"), "on = 2026-08-01", "on = 2026-08-01\nsystem = \""+id+"\"", 1)
	}
	planned := "[[control]]\nid = \"p\"\ntitle = \"Planned\"\nsatisfies = [\"law:Art.1\"]\nstatus = \"planned\"\n"
	document := func(dir, keys string) string {
		return "\n-- " + dir + "/law.md --\n+++\nid = \"law\"\ntitle = \"Law\"\nsatisfies = [\"law:Art.1\"]\n" + keys + "+++\nText.\n"
	}
	audit := strings.Replace(audit, "mini:A.1", "law:Art.1", 1)
	for _, c := range []struct{ name, text, want string }{
		{"nothing serves it", "", "gap:"},
		{"a draft", document("organization", ""), "gap:"},
		{"an approved document alone", document("organization", approved), "documented:"},
		{"an approved document of the system", document("systems/one", approved), "documented:"},
		{"an approved document of another system", document("systems/two", approved), "gap:"},
		{"performed for the system", performed("one"), "operating: c"},
		{"performed for another system", performed("two"), "implemented: c"},
		{"performed for all at once", level("level = \"system\"\n"), "operating: c"},
		{"limited to the system", level("level = \"system\"\nsystems = [\"one\"]\n"), "operating: c"},
		{"limited to another system", level("level = \"system\"\nsystems = [\"two\"]\n"), "gap:"},
		{"performed for the organization", control, "operating: c"},
		{"of the system's own project", "\n-- systems/one/c.toml --\n" + control, "operating: c"},
		{"of another system's project", "\n-- systems/two/c.toml --\n" + control, "gap:"},
		{"the worst control decides", control + planned, "planned: c p"},
		{"what another system plans does not count", control + "\n-- systems/two/p.toml --\n" + planned, "operating: c"},
		{"planned, and an approved document", planned + document("organization", approved), "documented: p"},
		{"covered by an internal audit", performed("one") + audit, "verified: c"},
	} {
		t.Run(c.name, func(t *testing.T) {
			report := assess(t, c.text+law(article("Art.1", "")+obligation("o", "Art.1", ""))+aiSystem("one", "")+aiSystem("two", ""))
			d := report.System(report.Workspace.Systems()[0]).Duties[0]
			got := d.State.String() + ":"
			for _, s := range d.Controls {
				got += " " + s.Control.ID
			}
			if got != c.want {
				t.Errorf("duty is %q, want %q", got, c.want)
			}
		})
	}
}

// TestDutiesOfARequirement holds that the list of a requirement has the duties
// of all systems, each as far as it is met for its own.
func TestDutiesOfARequirement(t *testing.T) {
	one := strings.Replace(strings.TrimPrefix(control, applies), "mini:A.1", "law:Art.1", 1)
	one = strings.Replace(one, "cadence =", "level = \"system\"\nsystems = [\"one\"]\ncadence =", 1)
	report := assess(t, one+law(article("Art.1", "")+article("Art.2", "")+
		obligation("a", "Art.1", "")+obligation("b", "Art.1", "roles = [\"provider\"]\n")+obligation("other", "Art.2", ""))+
		aiSystem("two", "role = [\"provider\"]\n")+aiSystem("one", "")+aiSystem("gone", "stage = \"retired\"\n"))
	var got []string
	for _, d := range report.Duties(report.Workspace.Framework("law").Find("Art.1")) {
		got = append(got, fmt.Sprintf("%s %s %s", d.System.ID, d.Obligation.ID, d.State))
	}
	if want := []string{"one a operating", "two a gap", "two b gap"}; !slices.Equal(got, want) {
		t.Errorf("got %q, want %q", got, want)
	}
}

// work has a control that operates for system one, one that is in place, and
// one for the organization.
const work = `
[[control]]
id = "operating"
title = "Operating"
satisfies = ["law:Art.1", "law:Art.4", "mini:4.2"]
level = "system"
status = "implemented"
[[control.execution]]
on = 2026-11-01
system = "one"
result = "effective"
evidence = ["e"]
[[control]]
id = "in-place"
title = "In place"
satisfies = ["law:Art.3", "mini:4.2", "mini:4.1"]
level = "system"
systems = ["one"]
status = "implemented"
[[control]]
id = "organization"
title = "Organization"
satisfies = ["law:Art.5"]
status = "implemented"
[[control.execution]]
on = 2026-11-01
result = "effective"
evidence = ["e"]
[[evidence]]
id = "e"
title = "Evidence"
note = "Seen."
effective = 2026-11-01
`

var workRules = law(
	article("Art.1", "[[requirement.application]]\nfrom = 2026-11-24\n") +
		article("Art.2", "[[requirement.application]]\nfrom = 2020-01-01\n") +
		article("Art.3", "[[requirement.application]]\nfrom = 2020-01-01\n") +
		article("Art.4", "[[requirement.application]]\nfrom = 2026-11-25\n") +
		article("Art.5", "[[requirement.application]]\nfrom = 2020-01-01\ngrounds = [\"Annex I\"]\n") +
		obligation("one", "Art.1", "") + obligation("two", "Art.2", "") + obligation("three", "Art.3", "") +
		obligation("four", "Art.4", "") + obligation("five", "Art.5", "") + obligation("five-again", "Art.5", ""),
)

// TestMetCountsWhatAppliesAndOperates counts on three days: a duty applies on
// its first day, one without a day never does, and one whose control is only in
// place is not met.
func TestMetCountsWhatAppliesAndOperates(t *testing.T) {
	report := assess(t, work+workRules+aiSystem("one", "")+aiSystem("two", ""))
	one := report.System(report.Workspace.Systems()[0])
	for day, want := range map[aims.Date][2]int{
		aims.NewDate(2026, 11, 23): {0, 2},
		aims.NewDate(2026, 11, 24): {1, 3},
		aims.NewDate(2026, 11, 25): {2, 4},
	} {
		if met, due := one.Met(day); met != want[0] || due != want[1] {
			t.Errorf("on %s: %d of %d met, want %d of %d", day, met, due, want[0], want[1])
		}
	}
}

func TestControlsAtWorkForASystem(t *testing.T) {
	report := assess(t, work+workRules+aiSystem("one", "")+aiSystem("two", ""))
	for i, want := range []string{"1 of in-place operating", "0 of operating"} {
		x := report.System(report.Workspace.Systems()[i])
		got := fmt.Sprintf("%d of", x.AtWork())
		for _, run := range x.Runs {
			got += " " + run.Control.Control.ID
		}
		if got != want {
			t.Errorf("%s: %s at work, want %s", x.System.ID, got, want)
		}
	}
}

// TestFrameworksOfASystemCountEachRequirementOnce counts what the controls of a
// system serve and what its duties ask for, by the worst control.
func TestFrameworksOfASystemCountEachRequirementOnce(t *testing.T) {
	report := assess(t, work+workRules+aiSystem("one", ""))
	var got []string
	for _, f := range report.System(report.Workspace.Systems()[0]).Frameworks {
		s := fmt.Sprintf("%s %d:", f.Framework.ID, f.Total)
		for _, state := range States() {
			if n := f.Counts[state]; n > 0 {
				s += fmt.Sprintf(" %d %s", n, state)
			}
		}
		got = append(got, s)
	}
	if want := []string{"mini 2: 2 implemented", "law 5: 1 gap 1 implemented 3 operating"}; !slices.Equal(got, want) {
		t.Errorf("got %q, want %q", got, want)
	}
}

func TestARequirementAppliesOnceASystemHasTheDuty(t *testing.T) {
	rules := law(article("Art.1", "") + article("Art.2", "") + article("Art.3", "") +
		obligation("provider", "Art.1", "roles = [\"provider\"]\n") +
		obligation("importer", "Art.1", "roles = [\"importer\"]\n") +
		obligation("supposed", "Art.2", "classes = [\"high\"]\ngrounds = [\"Annex III\"]\n"))
	deployer := aiSystem("deployed", "role = [\"deployer\"]\n")
	for _, c := range []struct{ name, text, first, second string }{
		{"no system", "", "not-applicable", "not-applicable"},
		{"a system without the duty", deployer, "not-applicable", "not-applicable"},
		{"a second system has it", deployer + aiSystem("own", "role = [\"provider\"]\n"), "gap", "not-applicable"},
		{"by another obligation", deployer + aiSystem("own", "role = [\"importer\"]\n"), "gap", "not-applicable"},
		{"a system that is retired", aiSystem("own", "role = [\"provider\"]\nstage = \"retired\"\n"), "not-applicable", "not-applicable"},
		{"a duty that is supposed", aiSystem("own", "risk_class = \"high\"\n"), "not-applicable", "gap"},
		{"an approved document, and nobody has the duty", "\n-- organization/law.md --\n+++\nid = \"law\"\ntitle = \"Law\"\nsatisfies = [\"law:Art.1\"]\n" + approved + "+++\nText.\n", "not-applicable", "not-applicable"},
	} {
		t.Run(c.name, func(t *testing.T) {
			report := assess(t, rules+c.text)
			for ref, want := range map[string]string{"Art.1": c.first, "Art.2": c.second, "Art.3": "gap"} {
				if got := report.Requirement(report.Workspace.Framework("law").Find(ref)).State.String(); got != want {
					t.Errorf("%s is %s, want %s", ref, got, want)
				}
			}
		})
	}
}

// TestAProhibitionBindsEverybody holds that a prohibited practice applies
// without a duty, and that what serves the prohibition as a whole serves each
// practice, unless something serves the practice itself.
func TestAProhibitionBindsEverybody(t *testing.T) {
	const prohibited = "parent = \"Art.5\"\nclasses = [\"prohibited\"]\n"
	rules := law(article("Art.5", "") + article("Art.5(a)", prohibited) + article("Art.5(b)", "parent = \"Art.5\"\n") +
		obligation("screen", "Art.5", "") +
		obligation("stop-a", "Art.5(a)", "classes = [\"prohibited\"]\n") +
		obligation("stop-b", "Art.5(b)", "classes = [\"prohibited\"]\n"))
	screening := strings.Replace(strings.TrimPrefix(control, applies), "mini:A.1", "law:Art.5", 1)
	planned := "[[control]]\nid = \"p\"\ntitle = \"Planned\"\nsatisfies = [\"law:Art.5(a)\"]\nstatus = \"planned\"\n"
	minimal, banned := aiSystem("bot", "risk_class = \"minimal\"\n"), aiSystem("bot", "risk_class = \"prohibited\"\n")
	for _, c := range []struct{ name, text, whole, practice, other string }{
		{"no system", rules, "not-applicable", "gap", "not-applicable"},
		{"no system with the duty", rules + minimal, "gap", "gap", "not-applicable"},
		{"the prohibition is served as a whole", screening + rules + minimal, "operating", "operating", "not-applicable"},
		{"the practice is served itself", screening + planned + rules + minimal, "operating", "planned", "not-applicable"},
		{"what is no practice is not served with the whole", screening + rules + banned, "operating", "operating", "gap"},
	} {
		t.Run(c.name, func(t *testing.T) {
			report := assess(t, c.text)
			for ref, want := range map[string]string{"Art.5": c.whole, "Art.5(a)": c.practice, "Art.5(b)": c.other} {
				if got := report.Requirement(report.Workspace.Framework("law").Find(ref)).State.String(); got != want {
					t.Errorf("%s is %s, want %s", ref, got, want)
				}
			}
		})
	}
}
