package check

import (
	"strings"
	"testing"

	"annex/generator/aims"
	"annex/generator/diag"
)

// inputs returns an input on each topic of clause 9.3.2 but those left out.
func inputs(leftOut ...string) string {
	var b strings.Builder
	for _, topic := range aims.ReviewTopics() {
		if !strings.Contains(strings.Join(leftOut, " "), string(topic)) {
			b.WriteString("[[review.input]]\ntopic = \"" + string(topic) + "\"\ntext = \"Seen.\"\n")
		}
	}
	return b.String()
}

func review(on string) string {
	return "[[review]]\nid = \"r-" + on + "\"\ntitle = \"Review\"\nheld_on = " + on + "\nchair = \"lead\"\n"
}

func audit(kind, status, from, to, rest string) string {
	return "[[audit]]\nid = \"" + kind + "-" + from + "\"\ntitle = \"Audit\"\nkind = \"" + kind + "\"\nstatus = \"" + status + "\"\nfrom = " + from + "\nto = " + to + "\n" + rest
}

const whole = "frameworks = [\"mini\"]\n"

// TestConditionsOfTheStages holds both sides of the line of every condition that
// is not one of a single record: which codes come up, and how often.
func TestConditionsOfTheStages(t *testing.T) {
	const applies = "[[decision]]\nrequirement = \"mini:A.1\"\napplicable = true\nreasons = [\"policy\"]\njustification = \"Our policy asks for it.\"\n"
	const left = "[[decision]]\nrequirement = \"mini:A.1\"\napplicable = false\nbasis = \"no-such-activity\"\njustification = \"We have none of these.\"\n"
	const control = "[[control]]\nid = \"c\"\ntitle = \"C\"\nowner = \"lead\"\nsatisfies = [\"mini:A.1\"]\n"
	const atWork = "status = \"implemented\"\nimplemented_on = 2026-01-01\n"
	const shown = "[[control.execution]]\non = 2026-05-01\nresult = \"effective\"\nevidence = [\"e\"]\n[[evidence]]\nid = \"e\"\ntitle = \"E\"\nnote = \"Seen.\"\neffective = 2026-05-01\nexpires = 2026-06-01\n"
	for _, c := range []struct {
		name, text string
		code       diag.Code
		n          int
	}{
		{"no audit and no review", "", diag.ProgrammeMissing, 2},
		{"both are planned", review("2027-01-10") + audit("internal", "planned", "2027-01-01", "2027-01-02", whole), diag.ProgrammeMissing, 0},
		{"a gap analysis is no internal audit", review("2027-01-10") + audit("gap-analysis", "done", "2026-01-01", "2026-01-02", whole), diag.ProgrammeMissing, 1},

		{"nothing was audited", "", diag.AuditIncomplete, 2},
		{"everything was", audit("internal", "done", "2026-05-01", "2026-05-08", whole), diag.AuditIncomplete, 0},
		{"in two audits", audit("internal", "done", "2026-05-01", "2026-05-08", "criteria = [\"mini:4\"]\n") + audit("internal", "done", "2026-06-01", "2026-06-08", "criteria = [\"mini:A\"]\n"), diag.AuditIncomplete, 0},
		{"one is left out", audit("internal", "done", "2026-05-01", "2026-05-08", "criteria = [\"mini:4.1\", \"mini:A\"]\n"), diag.AuditIncomplete, 1},
		{"what does not apply needs no audit", left + strings.ReplaceAll(left, "A.1", "A.2") + strings.ReplaceAll(left, "A.1", "A.10") + audit("internal", "done", "2026-05-01", "2026-05-08", "criteria = [\"mini:4\"]\n"), diag.AuditIncomplete, 0},
		{"the audit was more than a year ago", audit("internal", "done", "2025-11-01", "2025-11-23", whole), diag.AuditIncomplete, 2},
		{"a year ago to the day", audit("internal", "done", "2025-11-01", "2025-11-24", whole), diag.AuditIncomplete, 0},
		{"the audit is only planned", audit("internal", "planned", "2026-05-01", "2026-05-08", whole), diag.AuditIncomplete, 2},

		{"no review was held", review("2026-11-25"), diag.ReviewMissing, 1},
		{"the review was more than a year ago", review("2025-11-23"), diag.ReviewMissing, 1},
		{"a year ago to the day", review("2025-11-24"), diag.ReviewMissing, 0},
		{"all inputs are there", review("2026-06-01") + inputs(), diag.ReviewInputMissing, 0},
		{"two are not", review("2026-06-01") + inputs("audits", "improvement"), diag.ReviewInputMissing, 2},
		{"an older review had them", review("2026-03-01") + inputs() + review("2026-06-01"), diag.ReviewInputMissing, 9},

		{"a planned control", applies + control + "status = \"planned\"\n", diag.NotAtWork, 1},
		{"one that is implemented tomorrow", applies + control + "status = \"implemented\"\nimplemented_on = 2026-11-25\n" + shown, diag.NotAtWork, 1},
		{"one never performed", applies + control + atWork, diag.NotAtWork, 1},
		{"one performed with evidence, since expired", applies + control + atWork + shown, diag.NotAtWork, 0},
		{"for what does not apply", left + control + "status = \"planned\"\n", diag.NotAtWork, 0},
		{"for no requirement", "[[control]]\nid = \"c\"\ntitle = \"C\"\nowner = \"lead\"\nstatus = \"planned\"\n", diag.NotAtWork, 0},
	} {
		t.Run(c.name, func(t *testing.T) {
			n := 0
			for _, i := range run(t, c.text) {
				if i.Code == c.code {
					n++
				}
			}
			if n != c.n {
				t.Errorf("%s comes %d times, want %d", c.code, n, c.n)
			}
		})
	}
}

// TestWhatBlocksDependsOnTheNextStage holds that operation does not block stage
// 1, and does block once stage 1 is passed.
func TestWhatBlocksDependsOnTheNextStage(t *testing.T) {
	stageOne := audit("stage-1", "done", "2026-10-01", "2026-10-02", whole)
	major := "[[finding]]\nid = \"f\"\ntitle = \"F\"\naudit = \"stage-1-2026-10-01\"\ngrade = \"major\"\nraised = 2026-10-02\n"
	certificate := "-- organization/project.toml --\nkind = \"organization\"\nid = \"sample\"\ntitle = \"Sample Ltd\"\n[[certificate]]\nframework = \"mini\"\nissued_on = 2026-03-01\n"
	for _, c := range []struct {
		name, text string
		want       Class
	}{
		{"before stage 1", "", Later},
		{"stage 1 is planned", strings.Replace(stageOne, "done", "planned", 1), Later},
		{"stage 1 is passed", stageOne, Blocks},
		{"stage 1 with an open major finding", stageOne + major, Later},
		{"and with a closed one", stageOne + major + "closed = 2026-11-01\n", Blocks},
		{"a certificate is held", certificate, Blocks},
	} {
		t.Run(c.name, func(t *testing.T) {
			for _, i := range run(t, c.text) {
				switch {
				case i.Code == diag.AuditIncomplete && i.Class != c.want:
					t.Errorf("the internal audit has class %d, want %d", i.Class, c.want)
				case i.Code == diag.DecisionMissing && i.Class != Blocks:
					t.Errorf("a decision has class %d, want %d", i.Class, Blocks)
				}
			}
		})
	}
}

// TestEveryBlockingCodeIsOfACondition holds that "blocks certification" means
// just the conditions that about.html prints.
func TestEveryBlockingCodeIsOfACondition(t *testing.T) {
	seen := map[diag.Code]string{}
	for _, c := range Conditions() {
		if c.Stage != 1 && c.Stage != 2 || c.Title == "" || c.Rule == "" || len(c.Codes) == 0 {
			t.Errorf("the condition %q is not whole", c.ID)
		}
		for _, code := range c.Codes {
			if seen[code] != "" {
				t.Errorf("%s is of %s and of %s", code, seen[code], c.ID)
			}
			seen[code] = c.ID
		}
	}
	everything := run(t, "[[risk]]\nid = \"x\"\ntitle = \"X\"\nlikelihood = 5\nimpact = 5\n-- systems/x/project.toml --\nkind = \"system\"\nid = \"x\"\ntitle = \"X\"\nstage = \"operation\"\n")
	for _, i := range everything {
		if (i.Class == Blocks || i.Class == Later) && seen[i.Code] == "" {
			t.Errorf("%s blocks and is of no condition", i.Code)
		}
	}
}

func TestAuditsOfACertificate(t *testing.T) {
	certificate := func(issued string) string {
		return "-- organization/project.toml --\nkind = \"organization\"\nid = \"sample\"\ntitle = \"Sample Ltd\"\n[[certificate]]\nframework = \"mini\"\nissued_on = " + issued + "\n"
	}
	first := audit("surveillance", "done", "2025-09-01", "2025-09-02", whole)
	second := audit("surveillance", "done", "2026-09-01", "2026-09-02", whole)
	for _, c := range []struct{ name, text, want string }{
		{"within the first year", certificate("2025-11-24"), ""},
		{"a day later", certificate("2025-11-23"), "first surveillance 2026-11-23"},
		{"one surveillance of two", first + certificate("2024-11-20"), "second surveillance 2026-11-20"},
		{"both", first + second + certificate("2024-11-20"), ""},
		{"one before the certificate does not count", audit("surveillance", "done", "2024-09-01", "2024-09-02", whole) + certificate("2024-11-20"), "first surveillance 2025-11-20; second surveillance 2026-11-20"},
		{"a planned one has its own day", audit("surveillance", "planned", "2026-12-01", "2026-12-02", whole) + certificate("2025-11-01"), ""},
		{"three years are over", first + second + certificate("2023-11-24"), "recertification 2026-11-23"},
	} {
		t.Run(c.name, func(t *testing.T) {
			var got []string
			for _, i := range run(t, c.text) {
				if i.Code == diag.CertificateAtRisk {
					name := strings.TrimSpace(strings.TrimPrefix(strings.Split(i.Message, " for ")[0], "the "))
					got = append(got, name+" "+i.Due.String())
				}
			}
			if strings.Join(got, "; ") != c.want {
				t.Errorf("got %q, want %q", strings.Join(got, "; "), c.want)
			}
		})
	}
}
