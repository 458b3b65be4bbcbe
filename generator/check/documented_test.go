package check

import (
	"strings"
	"testing"

	"annex/generator/diag"
	"annex/generator/sample"
)

// asking lets clause 4.1 of the mini standard call for a record that a register
// answers.
func asking(register string) string {
	mini := string(sample.Files("")["frameworks/mini.toml"].Data)
	return "\n-- frameworks/mini.toml --\n" + strings.Replace(mini, "kept_as = \"document\"", "kept_as = \"record\"\nregister = \""+register+"\"", 1)
}

// help returns the help of the only issue with a code.
func help(t *testing.T, issues []Issue, code diag.Code) string {
	t.Helper()
	var found []string
	for _, i := range issues {
		if i.Code == code {
			found = append(found, i.Help)
		}
	}
	if len(found) != 1 {
		t.Fatalf("%s comes %d times", code, len(found))
	}
	return found[0]
}

// TestHelpOnAStatementNamesWhatIsMissing holds that a draft is approved where it
// stands, whatever documents there are for its clause.
func TestHelpOnAStatementNamesWhatIsMissing(t *testing.T) {
	const procedure = "-- organization/procedure.md --\n+++\nid = \"procedure\"\ntitle = \"Procedure\"\nkind = \"procedure\"\nsatisfies = [\"mini:4.1\"]\n+++\nText.\n"
	soa := func(keys string) string {
		return "-- organization/project.toml --\nkind = \"organization\"\nid = \"sample\"\ntitle = \"Sample Ltd\"\n[[soa]]\nframework = \"mini\"\nversion = \"1\"\n" + keys
	}
	for _, c := range []struct{ name, text, want string }{
		{"there is none", "", `add [[soa]] to project.toml with framework = "mini", version, status = "approved", approved_by, approved_on and next_review`},
		{"a draft", soa("status = \"draft\"\n"), `set status = "approved", approved_by, approved_on in its [[soa]] once top management has approved it`},
		{"a draft with a name", soa("status = \"draft\"\napproved_by = \"lead\"\n"), `set status = "approved", approved_on in its [[soa]] once top management has approved it`},
		{"approved by nobody", soa("status = \"approved\"\napproved_on = 2026-01-01\n"), `set approved_by in its [[soa]] once top management has approved it`},
		{"approved tomorrow", soa("status = \"approved\"\napproved_on = 2026-11-25\napproved_by = \"lead\"\n"), "its [[soa]] is approved only on 25 Nov 2026, after the as-of date 24 Nov 2026; correct approved_on, or wait for the day"},
	} {
		issues := run(t, "\n"+c.text+procedure+asking("soa"))
		for _, code := range []diag.Code{diag.SoANotApproved, diag.DocumentedMissing} {
			if got := help(t, issues, code); got != c.want {
				t.Errorf("%s: the help of %s is %q, want %q", c.name, code, got, c.want)
			}
		}
	}
	approved := run(t, "\n"+soa("status = \"approved\"\napproved_on = 2026-11-24\napproved_by = \"lead\"\n")+asking("soa"))
	for _, i := range approved {
		if i.Code == diag.SoANotApproved || i.Code == diag.DocumentedMissing {
			t.Errorf("approved today: %s", i.Message)
		}
	}
}

// TestHelpOnARegisterNamesItsRecords holds what the help says to record, and
// that it names the standard where there are several.
func TestHelpOnARegisterNamesItsRecords(t *testing.T) {
	const several = "\n-- annex.toml --\nframeworks = [\"mini\", \"bis\"]\n[organization]\nname = \"Sample Ltd\"\n-- frameworks/bis.toml --\nid = \"bis\"\ntitle = \"Bis\"\nversion = \"1\"\nkind = \"standard\"\n"
	for _, c := range []struct{ register, beside, want string }{
		{"risks", "", `record [[risk]] with likelihood and impact, or approve a report with "mini:4.1" in satisfies`},
		{"risks", several, `record [[risk]] with likelihood and impact and name it in risks of a control for Mini standard, or approve a report with "mini:4.1" in satisfies`},
		{"risk-treatment", "", `record [[risk]] with likelihood, impact and treatment, or approve a report with "mini:4.1" in satisfies`},
		{"objectives", "", `add [[objective]] with "mini:4.1" in satisfies, or write a document with it, and approve it`},
		{"audits", "", `do an internal audit and record [[audit]] with kind = "internal", status = "done" and frameworks = ["mini"], or approve a report with "mini:4.1" in satisfies`},
		{"findings", "", `record each nonconformity as [[finding]] with grade = "major" or "minor"; if there was none, approve a report with "mini:4.1" in satisfies that says so`},
		{"reviews", "", `hold one and record [[review]] with held_on, or approve a report with "mini:4.1" in satisfies`},
		{"evidence", "", `record evidence of a control that satisfies "mini:4.1", or approve a report; a procedure or a plan is no record`},
	} {
		if got := help(t, run(t, asking(c.register)+c.beside), diag.DocumentedMissing); got != c.want {
			t.Errorf("%s: got %q, want %q", c.register, got, c.want)
		}
	}
}
