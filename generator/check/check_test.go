package check

import (
	"strings"
	"testing"

	"annex/generator/aims"
	"annex/generator/diag"
	"annex/generator/readiness"
	"annex/generator/sample"
)

func run(t *testing.T, text string) []Issue {
	t.Helper()
	w := sample.Load(t, text)
	return Run(readiness.Assess(w, w.Organizations()[0], sample.Day()))
}

// codes returns the codes of issues about one record or requirement.
func codes(issues []Issue, about string) string {
	var list []string
	for _, i := range issues {
		if i.Subject.Record != nil && i.Subject.Record.ID == about || i.Subject.Requirement != nil && i.Subject.Requirement.Ref == about {
			list = append(list, string(i.Code))
		}
	}
	return strings.Join(list, " ")
}

// TestWhatIsAndIsNotAGap holds the rules to both sides of their line. The
// diagnostics of cmd/annex pin the words.
func TestWhatIsAndIsNotAGap(t *testing.T) {
	const decision = "[[decision]]\nrequirement = \"mini:A.1\"\n"
	control := func(rest string) string {
		return "[[control]]\nid = \"x\"\ntitle = \"X\"\nowner = \"lead\"\n" + rest + "\n"
	}
	risk := func(rest string) string { return "[[risk]]\nid = \"x\"\ntitle = \"X\"\n" + rest + "\n" }
	treated := "[[control]]\nid = \"c\"\ntitle = \"C\"\nowner = \"lead\"\nstatus = \"planned\"\nrisks = [\"x\"]\n"
	document := func(rest string) string {
		return "\n-- organization/x.md --\n+++\nid = \"x\"\ntitle = \"X\"\n" + rest + "+++\n\nText.\n"
	}
	aiSystem := func(keys string) string {
		return "\n-- systems/x/project.toml --\nkind = \"system\"\nid = \"x\"\ntitle = \"X\"\n" + keys + "\n"
	}
	auditOn := func(day, status string) string {
		return "[[audit]]\nid = \"x\"\ntitle = \"X\"\nkind = \"internal\"\nstatus = \"" + status + "\"\nfrom = 2026-11-20\nto = " + day + "\n"
	}
	reviewOn := func(day, rest string) string {
		return "[[review]]\nid = \"x\"\ntitle = \"X\"\nheld_on = " + day + "\n" + rest + "\n"
	}
	const excluded = decision + "applicable = false\nbasis = \"no-such-activity\"\njustification = \"We buy no data at all.\"\n"
	needed := aiSystem("stage = \"design\"") + "-- systems/x/records.toml --\n" + decision + "applicable = true\nreasons = [\"legal\"]\njustification = \"The law asks for it.\"\n"
	for _, c := range []struct{ name, text, about, want string }{
		{"no decision", "", "A.1", "AX0401"},
		{"an open decision", decision, "A.1", "AX0402"},
		{"included with reasons, met by nothing", decision + "applicable = true\nreasons = [\"policy\"]\njustification = \"Our policy asks for it.\"\n", "A.1", "AX0410"},
		{"included without a word", decision + "applicable = true\n", "A.1", "AX0410 AX0405"},
		{"included with reasons alone", decision + "applicable = true\nreasons = [\"policy\"]\n", "A.1", "AX0410 AX0405"},
		{"excluded without a word", decision + "applicable = false\n", "A.1", "AX0403 AX0409"},
		{"excluded with words that say nothing", decision + "applicable = false\nbasis = \"no-such-activity\"\njustification = \"N/A.\"\n", "A.1", "AX0404"},
		{"excluded with a reason", decision + "applicable = false\nbasis = \"no-such-activity\"\njustification = \"We buy no data, and would ask the committee first.\"\n", "A.1", ""},
		{"excluded and satisfied all the same", decision + "applicable = false\nbasis = \"no-such-activity\"\njustification = \"We buy no data at all.\"\n" + control("satisfies = [\"mini:A.1\"]\nstatus = \"planned\""), "A.1", "AX0408"},

		{"a clause with nothing", "", "4.2", "AX0901"},
		{"a clause with a control", control("satisfies = [\"mini:4.2\"]\nstatus = \"planned\""), "4.2", ""},

		{"a planned control without a day", control("status = \"planned\""), "x", ""},
		{"planned for today", control("status = \"planned\"\ndue = 2026-11-24"), "x", ""},
		{"planned for yesterday", control("status = \"planned\"\ndue = 2026-11-23"), "x", "AX0508"},
		{"in place and never shown", control("status = \"implemented\"\ncadence = \"1 year\""), "x", "AX0502"},
		{"in place without a cadence", control("status = \"implemented\""), "x", "AX0502 AX0505"},

		{"a small risk", risk("likelihood = 2\nimpact = 3"), "x", ""},
		{"a large risk that nothing treats", risk("likelihood = 2\nimpact = 4\ntreatment = \"modify\""), "x", "AX0701"},
		{"a large risk that a control treats", treated + risk("likelihood = 2\nimpact = 4\ntreatment = \"modify\"\nresidual_likelihood = 1\nresidual_impact = 4"), "x", ""},
		{"a large risk that stays large", treated + risk("likelihood = 5\nimpact = 5\ntreatment = \"modify\"\nresidual_likelihood = 2\nresidual_impact = 4"), "x", "AX0702"},
		{"and is accepted", treated + risk("likelihood = 5\nimpact = 5\ntreatment = \"modify\"\nresidual_likelihood = 2\nresidual_impact = 4\naccepted_by = \"lead\"\naccepted_on = 2026-10-01"), "x", ""},
		{"a large risk retained and accepted by nobody", risk("likelihood = 3\nimpact = 3\ntreatment = \"retain\""), "x", "AX0702"},
		{"a risk whose review was yesterday", risk("likelihood = 1\nimpact = 1\nnext_review = 2026-11-23"), "x", "AX0703"},
		{"a risk whose review is today", risk("likelihood = 1\nimpact = 1\nnext_review = 2026-11-24"), "x", ""},
		{"a closed risk", risk("likelihood = 5\nimpact = 5\nstatus = \"closed\"\nnext_review = 2020-01-01"), "x", ""},

		{"a draft", document("status = \"draft\"\n"), "x", ""},
		{"approved by nobody", document("status = \"approved\"\nnext_review = 2027-01-01\n"), "x", "AX0601"},
		{"approved without a next review", document("status = \"approved\"\napproved_by = \"lead\"\napproved_on = 2026-01-01\n"), "x", "AX0603"},
		{"approved, its review past", document("status = \"approved\"\napproved_by = \"lead\"\napproved_on = 2025-01-01\nnext_review = 2026-11-23\n"), "x", "AX0602"},
		{"approved and in order", document("status = \"approved\"\napproved_by = \"lead\"\napproved_on = 2026-01-01\nnext_review = 2027-01-01\n"), "x", ""},
		{"retired", document("status = \"retired\"\n"), "x", ""},

		{"an objective never measured", "[[objective]]\nid = \"x\"\ntitle = \"X\"\n", "x", "AX0804"},
		{"an objective that was dropped", "[[objective]]\nid = \"x\"\ntitle = \"X\"\nstatus = \"dropped\"\n", "x", ""},
		{"a finding past its day", "[[finding]]\nid = \"x\"\ntitle = \"X\"\ngrade = \"minor\"\nowner = \"lead\"\ncorrective_action = \"We do.\"\nraised = 2026-01-01\ndue = 2026-11-23\n", "x", "AX0801"},
		{"a minor finding without a plan", "[[finding]]\nid = \"x\"\ntitle = \"X\"\ngrade = \"minor\"\nraised = 2026-01-01\ndue = 2026-11-24\n", "x", "AX0810"},
		{"an observation without a plan", "[[finding]]\nid = \"x\"\ntitle = \"X\"\ngrade = \"observation\"\nraised = 2026-01-01\n", "x", ""},
		{"a finding closed without a look at the effect", "[[finding]]\nid = \"x\"\ntitle = \"X\"\ngrade = \"minor\"\nraised = 2026-01-01\nclosed = 2026-02-01\n", "x", "AX0811"},
		{"a finding that is closed tomorrow", "[[finding]]\nid = \"x\"\ntitle = \"X\"\ngrade = \"minor\"\nraised = 2026-01-01\nclosed = 2026-11-25\n", "x", "AX0810"},
		{"a major finding in time", "[[finding]]\nid = \"x\"\ntitle = \"X\"\ngrade = \"major\"\nraised = 2026-01-01\ndue = 2026-11-24\n", "x", "AX0802"},
		{"a finding closed in time", "[[finding]]\nid = \"x\"\ntitle = \"X\"\ngrade = \"major\"\nraised = 2026-01-01\ndue = 2026-11-23\nclosed = 2026-02-01\neffectiveness = \"It works.\"\n", "x", ""},
		{"evidence of nothing", "[[evidence]]\nid = \"x\"\ntitle = \"X\"\nnote = \"Seen.\"\neffective = 2026-01-01\n", "x", "AX0509"},

		{"a system in use without assessment", aiSystem("owner = \"lead\"\nstage = \"operation\"\ndeployed_on = 2026-01-01"), "x", "AX0805"},
		{"a system in design without assessment", aiSystem("owner = \"lead\"\nstage = \"design\""), "x", ""},
		{"a retired system without assessment", aiSystem("stage = \"retired\"\nretired_on = 2026-01-31"), "x", ""},
		{"a system that nobody owns", aiSystem("stage = \"design\""), "x", "AX1010"},
		{"a system in use, but not since when", aiSystem("owner = \"lead\"\nstage = \"operation\""), "x", "AX0805 AX1004"},
		{"a system in use from tomorrow", aiSystem("owner = \"lead\"\nstage = \"operation\"\ndeployed_on = 2026-11-25"), "x", "AX0805 AX1004"},
		{"a system in development and in use", aiSystem("owner = \"lead\"\nstage = \"development\"\ndeployed_on = 2026-11-24"), "x", "AX1004"},
		{"a system in development, to be used tomorrow", aiSystem("owner = \"lead\"\nstage = \"development\"\ndeployed_on = 2026-11-25"), "x", ""},
		{"a system in validation and in use", aiSystem("owner = \"lead\"\nstage = \"validation\"\ndeployed_on = 2026-11-24"), "x", ""},

		{"an audit that was done today", auditOn("2026-11-24", "done"), "x", ""},
		{"an audit done tomorrow", auditOn("2026-11-25", "done"), "x", "AX0213"},
		{"an audit planned for tomorrow", auditOn("2026-11-25", "planned"), "x", ""},
		{"a review planned for tomorrow", reviewOn("2026-11-25", "[[review.input]]\ntopic = \"audits\"\ntext = \"Prepared.\"\n[[review.action]]\ntext = \"Invite\""), "x", ""},
		{"a review of tomorrow with a decision", reviewOn("2026-11-25", "[[review.decision]]\ntext = \"Go on.\""), "x", "AX0213"},
		{"a review of today with a decision", reviewOn("2026-11-24", "[[review.decision]]\ntext = \"Go on.\""), "x", "AX0809 AX0809 AX0809 AX0809 AX0809 AX0809 AX0809 AX0809 AX0809"},
		{"a finding raised tomorrow", "[[finding]]\nid = \"x\"\ntitle = \"X\"\ngrade = \"minor\"\nraised = 2026-11-25\n", "x", "AX0213"},

		{"excluded, needed by a system and served", excluded + control("satisfies = [\"mini:A.1\"]\nstatus = \"planned\"") + needed, "A.1", "AX0407"},
		{"excluded, needed by a system and not served", excluded + needed, "A.1", "AX0410 AX0407"},
		{"excluded and served, and no system needs it", excluded + control("satisfies = [\"mini:A.1\"]\nstatus = \"planned\""), "A.1", "AX0408"},
	} {
		t.Run(c.name, func(t *testing.T) {
			issues := run(t, c.text)
			if got := codes(issues, c.about); got != c.want {
				t.Errorf("got %q, want %q", got, c.want)
			}
		})
	}
}

// TestNextActionsComeInTheOrderInWhichToTakeThem holds the ranking of section 4
// of the design.
func TestNextActionsComeInTheOrderInWhichToTakeThem(t *testing.T) {
	issues := run(t, `
[[control]]
id = "late"
title = "Late"
status = "planned"
due = 2026-11-01
[[control]]
id = "later"
title = "Later"
owner = "lead"
status = "planned"
due = 2026-06-01
[[finding]]
id = "m"
title = "Major"
grade = "major"
raised = 2026-05-01
[[evidence]]
id = "soon"
title = "Soon gone"
note = "Seen."
effective = 2026-01-01
expires = 2026-12-01
controls = ["late"]
[[decision]]
requirement = "mini:A.1"
applicable = true
[[decision]]
requirement = "mini:A.2"
`)
	next := Next(issues)
	last := Class(0)
	var due aims.Date
	for _, i := range next {
		if i.Class < last {
			t.Errorf("%s (%s) stands behind a lighter one", i.Message, i.Code)
		}
		if i.Class != last {
			due = aims.Date{}
		}
		if !i.Due.IsZero() && i.Due.Before(due) {
			t.Errorf("%s is due before the one above it", i.Message)
		}
		last, due = i.Class, i.Due
		if i.Class == Informational {
			t.Errorf("advice is no action: %s", i.Message)
		}
	}
	seen := map[Class]int{}
	for _, i := range next {
		seen[i.Class]++
	}
	for _, class := range []Class{Blocks, Overdue, Expiring, Unowned, Unjustified} {
		if seen[class] == 0 || seen[class] != len(OfClass(next, class)) {
			t.Errorf("class %d: %d seen, %d counted", class, seen[class], len(OfClass(next, class)))
		}
	}
}

// TestIssuesAreNeverErrors holds that a gap in the management system keeps no
// site from being built.
func TestIssuesAreNeverErrors(t *testing.T) {
	for _, d := range Diagnostics(run(t, "")) {
		if d.Severity == diag.Error {
			t.Errorf("%s: %s", d.Code, d.Message)
		}
		if d.Pos.Filename == "" || d.Pos.Line == 0 || d.Help == "" {
			t.Errorf("%s has no place or no help: %+v", d.Code, d)
		}
	}
}

func TestEveryRuleHasAName(t *testing.T) {
	seen := map[string]bool{}
	for _, r := range Rules() {
		if r.Name == "" || seen[r.Name] || r.Check == nil {
			t.Errorf("rule %q", r.Name)
		}
		seen[r.Name] = true
	}
}
