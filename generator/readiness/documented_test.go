package readiness

import (
	"fmt"
	"strings"
	"testing"

	"annex/generator/aims"
	"annex/generator/sample"
)

func TestDocumentedInformation(t *testing.T) {
	for _, c := range []struct {
		name, text     string
		answered       bool
		drafts, inPlay int
	}{
		{"nothing written", applies, false, 0, 0},
		{"a draft", plan("status = \"in-review\"\n"), false, 1, 0},
		{"approved", plan(approved), true, 0, 1},
		{"retired", plan("status = \"retired\"\n"), false, 0, 0},
	} {
		t.Run(c.name, func(t *testing.T) {
			w := sample.Load(t, c.text)
			report := Assess(w, w.Organizations()[0], sample.Day())
			list := report.Frameworks[0].Documented
			if len(list) != 1 {
				t.Fatalf("%d pieces of documented information, want 1", len(list))
			}
			d := list[0]
			if d.Answered() != c.answered || len(d.Drafts) != c.drafts || len(d.Documents) != c.inPlay {
				t.Errorf("answered %t, drafts %d, documents %d", d.Answered(), len(d.Drafts), len(d.Documents))
			}
		})
	}
}

// calls lets clause 4.1 of the mini standard call for information of another
// kind than a document.
func calls(id, keys string) string {
	mini := string(sample.Files("")["frameworks/mini.toml"].Data)
	return "\n-- frameworks/mini.toml --\n" + strings.Replace(mini, "id = \"plan\"\ntitle = \"The plan\"\nkept_as = \"document\"", "id = \""+id+"\"\ntitle = \"It\"\n"+keys, 1)
}

// TestAProcedureIsNoRecord asks for the results of an activity: what says how or
// that it is to be done does not answer, evidence of a control and an approved
// report do. A plan answers where the plan itself is what has to be kept.
func TestAProcedureIsNoRecord(t *testing.T) {
	document := func(kind string) string { return plan("kind = \"" + kind + "\"\n" + approved) }
	shown := strings.Replace(control, `satisfies = ["mini:A.1"]`, `satisfies = ["mini:4.1"]`, 1)
	for _, c := range []struct {
		name, id, text string
		want           bool
	}{
		{"a procedure", "results", document("procedure"), false},
		{"a policy", "results", document("policy"), false},
		{"a plan", "results", document("plan"), false},
		{"a plan, which is asked for", "treatment-plan", document("plan"), true},
		{"a procedure, where a plan is asked for", "treatment-plan", document("procedure"), false},
		{"a report", "results", document("report"), true},
		{"a record", "results", document("record"), true},
		{"a control with evidence", "results", shown, true},
		{"a control whose evidence expired", "results", shown + "expires = 2026-11-01\n", false},
	} {
		report := assess(t, c.text+calls(c.id, "kept_as = \"record\""))
		if got := report.Frameworks[0].Documented[0].Answered(); got != c.want {
			t.Errorf("%s: answered %t, want %t", c.name, got, c.want)
		}
	}
}

// TestOnlyItsApprovalAnswersForAStatementOfApplicability holds that no document
// does, and that the approval says by whom and when.
func TestOnlyItsApprovalAnswersForAStatementOfApplicability(t *testing.T) {
	procedure := plan("kind = \"procedure\"\n" + approved)
	soa := func(keys string) string {
		return "\n-- organization/project.toml --\nkind = \"organization\"\nid = \"sample\"\ntitle = \"Sample Ltd\"\n[[soa]]\nframework = \"mini\"\nversion = \"1\"\n" + keys
	}
	for _, c := range []struct {
		name, text       string
		answered, listed bool
	}{
		{"nothing", "", false, false},
		{"an approved procedure for the clause", procedure, false, false},
		{"a draft", soa("status = \"draft\"\n"), false, true},
		{"a draft beside an approved procedure", procedure + soa("status = \"draft\"\n"), false, true},
		{"approved by nobody", soa("status = \"approved\"\napproved_on = 2026-01-01\n"), false, true},
		{"approved some day", soa("status = \"approved\"\napproved_by = \"lead\"\n"), false, true},
		{"approved tomorrow", soa("status = \"approved\"\napproved_by = \"lead\"\napproved_on = 2026-11-25\n"), false, true},
		{"approved today", soa("status = \"approved\"\napproved_by = \"lead\"\napproved_on = 2026-11-24\n"), true, true},
	} {
		report := assess(t, c.text+calls("statement", "kept_as = \"document\"\nregister = \"soa\""))
		d := report.Frameworks[0].Documented[0]
		if d.Answered() != c.answered || (d.Statement != nil) != c.listed || len(d.Documents)+len(d.Drafts) > 0 {
			t.Errorf("%s: answered %t with the entry %v and the documents %v", c.name, d.Answered(), d.Statement, d.Documents)
		}
	}
}

// second puts a second standard, bis, beside mini. Both call for what a register
// answers.
func second(register string) string {
	return calls("it", "kept_as = \"record\"\nregister = \""+register+"\"") + `
-- frameworks/bis.toml --
id = "bis"
title = "Bis"
version = "1"
kind = "standard"
[[requirement]]
ref = "1"
kind = "clause"
title = "Again"
asks = "Do it again."
[[requirement.documented]]
id = "it"
title = "It"
kept_as = "record"
register = "` + register + `"
`
}

const both = `
-- annex.toml --
frameworks = ["mini", "bis"]
[organization]
name = "Sample Ltd"
`

// TestARegisterAnswersForItsFrameworkAndDay asks which of two standards the
// register answers for, and, where it says one, whether it also does when mini
// is the only one.
func TestARegisterAnswersForItsFrameworkAndDay(t *testing.T) {
	risk := func(keys string) string { return "[[risk]]\nid = \"r\"\ntitle = \"R\"\n" + keys }
	const assessed = "likelihood = 2\nimpact = 3\n"
	treats := func(ref string) string {
		return "[[control]]\nid = \"c\"\ntitle = \"C\"\nstatus = \"planned\"\nsatisfies = [\"" + ref + "\"]\nrisks = [\"r\"]\n"
	}
	objective := func(keys string) string { return "[[objective]]\nid = \"o\"\ntitle = \"O\"\n" + keys }
	done := func(keys string) string {
		return "[[audit]]\nid = \"a\"\ntitle = \"A\"\nkind = \"internal\"\nstatus = \"done\"\nfrom = 2026-11-20\nto = 2026-11-24\n" + keys
	}
	change := func(text, old, next string) string { return strings.Replace(text, old, next, 1) }
	raised := func(keys string) string {
		return "[[finding]]\nid = \"f\"\ntitle = \"F\"\ngrade = \"minor\"\nraised = 2026-11-24\n" + keys
	}
	held := func(day string) string { return "[[review]]\nid = \"v\"\ntitle = \"V\"\nheld_on = " + day + "\n" }
	seen := func(ref, keys string) string {
		return treats(ref) + risk("") + "[[evidence]]\nid = \"e\"\ntitle = \"E\"\nnote = \"Seen.\"\ncontrols = [\"c\"]\n" + keys
	}
	for _, c := range []struct {
		register, name, text, want string
		alone                      bool // whether mini alone is answered for
	}{
		{"risks", "no control treats it", risk(assessed), "", true},
		{"risks", "a control of the first treats it", treats("mini:A.1") + risk(assessed), "mini", true},
		{"risks", "a control of the second treats it", treats("bis:1") + risk(assessed), "bis", false},
		{"risks", "not assessed", treats("mini:A.1") + risk(""), "", false},
		{"risks", "assessed today", treats("mini:A.1") + risk(assessed+"assessed_on = 2026-11-24\n"), "mini", true},
		{"risks", "assessed tomorrow", treats("mini:A.1") + risk(assessed+"assessed_on = 2026-11-25\n"), "", false},
		{"risk-treatment", "assessed and not treated", treats("mini:A.1") + risk(assessed), "", false},
		{"risk-treatment", "treated", treats("mini:A.1") + risk(assessed+"treatment = \"modify\"\n"), "mini", true},
		{"objectives", "of no requirement", objective(""), "", true},
		{"objectives", "of the first", objective("satisfies = [\"mini:4.1\"]\n"), "mini", true},
		{"objectives", "of both", objective("satisfies = [\"mini:4.1\", \"bis:1\"]\n"), "mini bis", false},
		{"objectives", "dropped", objective("satisfies = [\"mini:4.1\"]\nstatus = \"dropped\"\n"), "", false},
		{"audits", "of the first", done("frameworks = [\"mini\"]\n"), "mini", true},
		{"audits", "of a clause of the second", done("criteria = [\"bis:1\"]\n"), "bis", false},
		{"audits", "of nothing", done(""), "", false},
		{"audits", "planned", change(done("frameworks = [\"mini\"]\n"), "done", "planned"), "", false},
		{"audits", "done tomorrow", change(done("frameworks = [\"mini\"]\n"), "to = 2026-11-24", "to = 2026-11-25"), "", false},
		{"audits", "done tomorrow in one day", change(change(done("frameworks = [\"mini\"]\n"), "to = 2026-11-24\n", ""), "2026-11-20", "2026-11-25"), "", false},
		{"audits", "by the certification body", change(done("frameworks = [\"mini\"]\n"), "internal", "stage-1"), "", false},
		{"findings", "on a requirement of the first", raised("requirement = \"mini:4.1\"\n"), "mini", true},
		{"findings", "in an audit of the second", done("frameworks = [\"bis\"]\n") + raised("audit = \"a\"\n"), "bis", false},
		{"findings", "on a control of the second", treats("bis:1") + risk("") + raised("control = \"c\"\n"), "bis", false},
		{"findings", "on nothing in particular", raised(""), "mini bis", true},
		{"findings", "an observation", change(raised("requirement = \"mini:4.1\"\n"), "minor", "observation"), "", false},
		{"findings", "raised tomorrow", change(raised("requirement = \"mini:4.1\"\n"), "11-24", "11-25"), "", false},
		{"reviews", "held today", held("2026-11-24"), "mini bis", true},
		{"reviews", "planned for tomorrow", held("2026-11-25"), "", false},
		{"evidence", "of a control of the first", seen("mini:A.1", "effective = 2026-11-24\n"), "mini", true},
		{"evidence", "of a control of the second", seen("bis:1", "effective = 2026-11-24\n"), "bis", false},
		{"evidence", "not in force yet", seen("mini:A.1", "effective = 2026-11-25\n"), "", false},
		{"evidence", "expired", seen("mini:A.1", "effective = 2026-01-01\nexpires = 2026-11-23\n"), "", false},
	} {
		t.Run(c.register+" "+c.name, func(t *testing.T) {
			var got []string
			for _, f := range assess(t, c.text+second(c.register)+both).Frameworks {
				if f.Documented[0].Register {
					got = append(got, f.Framework.ID)
				}
			}
			if strings.Join(got, " ") != c.want {
				t.Errorf("answers for %q, want %q", got, c.want)
			}
			if strings.Contains(c.text, "bis") {
				return
			}
			if alone := assess(t, c.text+second(c.register)).Frameworks[0].Documented[0].Register; alone != c.alone {
				t.Errorf("with one standard it answers: %t, want %t", alone, c.alone)
			}
		})
	}
}

// TestAnAuditOfAnotherOrganizationAnswersNothing audits one organization of two.
func TestAnAuditOfAnotherOrganizationAnswersNothing(t *testing.T) {
	w := sample.Load(t, "[[audit]]\nid = \"a\"\ntitle = \"A\"\nkind = \"internal\"\nstatus = \"done\"\nfrom = 2026-01-01\nto = 2026-01-02\nframeworks = [\"mini\"]\nprojects = [\"other\"]\n"+
		calls("it", "kept_as = \"record\"\nregister = \"audits\"")+
		"-- other/project.toml --\nkind = \"organization\"\nid = \"other\"\ntitle = \"Other\"\n")
	for _, o := range w.Organizations() {
		if got, want := Assess(w.Scope(o), o, sample.Day()).Frameworks[0].Documented[0].Register, o.ID == "other"; got != want {
			t.Errorf("%s: answered %t, want %t", o.ID, got, want)
		}
	}
}

func TestEveryRegisterHasARule(t *testing.T) {
	var names []string
	for _, r := range Registers() {
		if r.Rule == "" || r.holds == nil {
			t.Errorf("the register %s has no rule", r.Name)
		}
		names = append(names, r.Name)
	}
	if got, want := fmt.Sprint(names), fmt.Sprint(aims.Registers()); got != want {
		t.Errorf("rules for %s, registers are %s", got, want)
	}
}
