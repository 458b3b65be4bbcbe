package load_test

import (
	"slices"
	"strings"
	"testing"
	"testing/fstest"

	"annex/generator/aims"
	"annex/generator/diag"
	"annex/generator/load"
	"annex/generator/sample"
)

// everything uses every key that records of the organization may have.
const everything = `
[[role]]
id = "qa"
title = "Quality"
person = "Q. A."
deputy = "lead"
description = "Tests."
classification = "public"

[[party]]
id = "members"
title = "Members"
kind = "external"
expectations = "Fair *treatment*."
addressed = true
how = "A hotline."

[[control]]
id = "check"
title = "Check"
satisfies = ["mini:A.1", "mini:4.2"]
level = "system"
systems = ["bot"]
owner = "lead"
responsible = ["qa"]
consulted = ["lead"]
informed = ["qa", "lead"]
status = "implemented"
due = 2026-01-31
implemented_on = 2026-01-15
cadence = "6 months"
documents = ["plan"]
risks = ["drift"]
description = "See [[plan#steps|the steps]] and [[evidence:log]]."

# The later execution stands first; the model has them by date.
[[control.execution]]
on = 2026-10-01
by = "qa"
result = "effective"
evidence = ["log"]
system = "bot"
note = "Well."
[[control.execution]]
on = 2026-04-01
result = "partly-effective"

[[decision]]
requirement = "mini:A.10"
applicable = false
basis = "risk-assessment"
justification = "Too small."
owner = "lead"
decided_by = "lead"
decided_on = 2026-02-01
[[decision]]
requirement = "mini:A.2"
applicable = true
reasons = ["legal", "policy"]
justification = "The law asks for it."

[[evidence]]
id = "log"
title = "Log"
file = "evidence/log.csv"
effective = 2026-10-01
expires = 2027-10-01
owner = "qa"
controls = ["check"]
description = "Kept."
sha256 = "BA7816BF8F01CFEA414140DE5DAE2223B00361A396177A9CB410FF61F20015AD"
[[evidence]]
id = "link"
title = "Link"
url = "https://example.org/a?b=c"
effective = 2026-10-01

[[risk]]
id = "drift"
title = "Drift"
description = "Models drift."
owner = "lead"
affects = ["individuals", "society"]
systems = ["bot"]
likelihood = 3
impact = 4
treatment = "modify"
residual_likelihood = 1
residual_impact = 4
status = "accepted"
accepted_by = "lead"
accepted_on = 2026-03-01
assessed_on = 2026-02-01
next_review = 2027-02-01

[[objective]]
id = "fewer"
title = "Fewer complaints"
description = "A month."
owner = "lead"
measure = "Complaints"
target = 4
unit = "complaints"
direction = "at-most"
due = 2026-12-31
status = "active"
satisfies = ["mini:4.1"]
[[objective.measurement]]
on = 2026-09-30
value = 3.5
note = "Good."
[[objective.measurement]]
on = 2026-03-31
value = 6

[[audit]]
id = "first"
title = "First audit"
kind = "internal"
from = 2026-05-01
to = 2026-05-08
status = "done"
auditor = "A. Uditor"
independence = "From outside."
criteria = ["mini:A", "mini:4.1"]
frameworks = ["mini"]
projects = ["sample", "bot"]
sample = "Ten records."
summary = "All in all well."
report = "plan"

[[finding]]
id = "f-1"
title = "No list"
audit = "first"
grade = "minor"
requirement = "mini:4.2"
control = "check"
project = "bot"
owner = "lead"
raised = 2026-05-08
due = 2026-08-01
closed = 2026-07-01
description = "It was missing."
cause = "Nobody kept it."
correction = "Written."
corrective_action = "An owner."
effectiveness = "Checked."

[[review]]
id = "june"
title = "Review of June"
held_on = 2026-06-18
chair = "lead"
attendees = ["qa"]
minutes = "plan"
[[review.input]]
topic = "audits"
text = "One audit."
[[review.decision]]
text = "Go on."
[[review.action]]
text = "Write the list"
owner = "lead"
due = 2026-09-01
done = 2026-08-01

[[signoff]]
id = "s-1"
kind = "document"
subject = "plan"
by = "lead"
on = 2026-01-15
decision = "approved"
statement = "As written."
digest = { text = "ABC" }

[[execution]]
control = "check"
on = 2026-11-01
by = "lead"
result = "effective"
evidence = ["log"]
system = "bot"
note = "Apart."
-- organization/evidence/log.csv --
-- organization/documents/plan.md --
+++
id = "plan"
title = "The plan"
kind = "plan"
owner = "lead"
version = "1.0"
status = "approved"
approved_by = "lead"
approved_on = 2026-01-15
next_review = 2027-01-15
classification = "restricted"
satisfies = ["mini:4.1"]
+++

# The plan

## Steps

See [the log](../evidence/log.csv), ![a picture](picture.png) and [[check]].
-- organization/documents/picture.png --
not really
-- systems/bot/project.toml --
kind = "system"
id = "bot"
title = "Bot"
purpose = "Answers."
description = "A *bot*."
role = ["provider", "deployer"]
stage = "operation"
risk_class = "limited"
risk_class_basis = "Article 50"
owner = "lead"
intended_users = "Members"
affected_persons = "Members"
data = "Questions"
models = "Bought"
suppliers = "Some"
human_oversight = "A person"
deployed_on = 2026-01-01
retired_on = 2030-01-01
impact_assessment = "plan"
impact_review = 2027-01-01
`

// loaded loads everything, with a log whose digest is the one recorded.
func loaded(t *testing.T) (*aims.Workspace, fstest.MapFS) {
	t.Helper()
	files := sample.Files(everything)
	files["organization/evidence/log.csv"] = &fstest.MapFile{Data: []byte("abc")}
	w, diags, err := load.Load(files, fstest.MapFS{})
	if err != nil {
		t.Fatal(err)
	}
	for _, d := range diags {
		t.Errorf("%s: %s: %s", d.Pos, d.Code, d.Message)
	}
	if t.Failed() {
		t.FailNow()
	}
	return w, files
}

func TestEveryKindOfRecordIsRead(t *testing.T) {
	w, _ := loaded(t)
	counts := []struct {
		kind      string
		got, want int
	}{
		{"projects", len(w.Projects), 2},
		{"documents", len(w.Documents), 1},
		{"controls", len(w.Controls), 1},
		{"decisions", len(w.Decisions), 2},
		{"evidence", len(w.Evidence), 2},
		{"risks", len(w.Risks), 1},
		{"objectives", len(w.Objectives), 1},
		{"roles", len(w.Roles), 2},
		{"parties", len(w.Parties), 1},
		{"audits", len(w.Audits), 1},
		{"findings", len(w.Findings), 1},
		{"reviews", len(w.Reviews), 1},
		{"signoffs", len(w.Signoffs), 1},
		{"assets", len(w.Assets), 1},
		{"systems", len(w.Systems()), 1},
	}
	for _, c := range counts {
		if c.got != c.want {
			t.Errorf("%d %s, want %d", c.got, c.kind, c.want)
		}
	}
}

func TestReferencesArePointersToWhatTheyName(t *testing.T) {
	w, _ := loaded(t)
	f, c, d, e, r, bot := w.Framework("mini"), w.Controls[0], w.Documents[0], w.Evidence[1], w.Risks[0], w.Systems()[0]
	lead, qa := w.Roles[0], w.Roles[1]
	for name, ok := range map[string]bool{
		"satisfies of the control": c.Satisfies[0] == f.Find("A.1") && c.Satisfies[1] == f.Find("4.2"),
		"owner":                    c.Owner == lead && c.Responsible[0] == qa && c.Consulted[0] == lead && c.Informed[1] == lead,
		"documents":                c.Documents[0] == d,
		"risks":                    c.Risks[0] == r && r.Systems[0] == bot,
		"systems":                  c.Systems[0] == bot && bot.ImpactAssessment == d && bot.Owner == lead,
		"deputy":                   qa.Deputy == lead,
		"evidence of an execution": c.Executions[1].Evidence[0] == e && c.Executions[1].System == bot && c.Executions[1].By == qa,
		"direct evidence":          e.Direct[0] == c && e.Owner == qa,
		"finding":                  w.Findings[0].Audit == w.Audits[0] && w.Findings[0].Control == c && w.Findings[0].About == bot.Project,
		"audit":                    w.Audits[0].Criteria[0] == f.Find("A") && w.Audits[0].Frameworks[0] == f && w.Audits[0].Report == d,
		"review":                   w.Reviews[0].Minutes == d && w.Reviews[0].Attendees[0] == qa && w.Reviews[0].Actions[0].Owner == lead,
		"the other way round":      w.ControlsFor(f.Find("A.1"))[0] == c && w.ControlsTreating(r)[0] == c && w.ControlsShownBy(e)[0] == c && w.DocumentsFor(f.Find("4.1"))[0] == d,
	} {
		if !ok {
			t.Errorf("%s: wrong", name)
		}
	}
}

func TestValuesAreThoseOfTheFile(t *testing.T) {
	w, _ := loaded(t)
	c, d, bot, o := w.Controls[0], w.Documents[0], w.Systems()[0], w.Objectives[0]
	for name, ok := range map[string]bool{
		"executions by date":   c.Executions[0].Result == aims.PartlyEffective && c.Executions[1].Note == "Well.",
		"measurements by date": o.Measurements[0].Value == 6 && o.Measurements[1].Note == "Good." && o.Direction == aims.AtMost,
		"cadence":              c.Cadence == aims.Period{N: 6, Unit: aims.Months} && c.ImplementedOn == aims.NewDate(2026, 1, 15),
		"decisions in order":   w.Decisions[0].Requirement.Ref == "A.2" && w.Decisions[1].Requirement.Ref == "A.10" && w.Decisions[1].Excluded(),
		"digest of the file":   w.Evidence[1].Size == 3 && strings.HasPrefix(w.Evidence[1].SHA256, "ba7816bf"),
		"classification":       d.Classification == aims.Restricted && c.Classification == aims.Confidential && w.Roles[1].Classification == aims.Public,
		"front matter":         d.Version == "1.0" && d.Status == aims.Approved && d.NextReview == aims.NewDate(2027, 1, 15),
		"headings":             len(d.Body.Headings) == 1 && d.Body.Headings[0].ID == "steps",
		"system":               bot.Stage == aims.StageOperation && bot.RetiredOn == aims.NewDate(2030, 1, 1) && len(bot.Roles) == 2,
		"place of a key":       c.Origin.Key("cadence").Line == 31 && c.Origin.Item("satisfies", 1).Column == 26,
		"place of a document":  d.Origin.Key("version").Line == 6 && d.Origin.Key("version").Filename == "organization/documents/plan.md",
	} {
		if !ok {
			t.Errorf("%s: wrong", name)
		}
	}
	if p := c.Origin.Key("cadence"); t.Failed() {
		t.Logf("cadence at %s, second requirement at %s", p, c.Origin.Item("satisfies", 1))
	}
}

// TestEveryKeyCanBeMisspelt turns one key after the other into one that annex
// does not know: each is found, at its place, and no other thing is wrong with
// records that do not refer to it.
func TestEveryKeyCanBeMisspelt(t *testing.T) {
	_, files := loaded(t)
	tried := 0
	for name, f := range files {
		if !strings.HasPrefix(name, "organization/") && !strings.HasPrefix(name, "systems/") || !strings.HasSuffix(name, ".toml") {
			continue
		}
		lines := strings.Split(string(f.Data), "\n")
		for i, line := range lines {
			key, value, ok := strings.Cut(line, " = ")
			if !ok || strings.HasPrefix(line, "#") {
				continue
			}
			tried++
			changed := append([]string(nil), lines...)
			changed[i] = key + "x = " + value
			text := fstest.MapFS{}
			for n, g := range files {
				text[n] = g
			}
			text[name] = &fstest.MapFile{Data: []byte(strings.Join(changed, "\n"))}
			_, diags, err := load.Load(text, fstest.MapFS{})
			if err != nil {
				t.Fatal(err)
			}
			found := false
			for _, d := range diags {
				found = found || d.Code == diag.UnknownKey && d.Pos.Filename == name && d.Pos.Line == i+1 && d.Pos.Column == 1 && strings.Contains(d.Message, key+"x")
			}
			if !found {
				t.Errorf("%s:%d: %q is not reported: %v", name, i+1, changed[i], diags)
			}
		}
	}
	if tried < 120 {
		t.Errorf("only %d keys were tried", tried)
	}
}

func TestAWorkspaceWithoutConfigIsNone(t *testing.T) {
	files := sample.Files("")
	delete(files, "annex.toml")
	if w, _, err := load.Load(files, fstest.MapFS{}); err == nil {
		t.Errorf("workspace = %+v", w)
	}
}

// TestOrderOfFilesMeansNothing spreads the same records over files with other
// names.
func TestOrderOfFilesMeansNothing(t *testing.T) {
	ids := func(files fstest.MapFS) string {
		w, diags, err := load.Load(files, fstest.MapFS{})
		if err != nil || len(diags) > 0 {
			t.Fatal(err, diags)
		}
		var list []string
		for _, c := range w.Controls {
			list = append(list, c.ID)
		}
		return strings.Join(list, " ")
	}
	control := func(id string) string {
		return "[[control]]\nid = \"" + id + "\"\ntitle = \"T\"\nstatus = \"planned\"\n"
	}
	together := sample.Files(control("b") + control("a") + control("c"))
	apart := sample.Files("\n-- organization/z/1.toml --\n" + control("a") + "-- organization/a.toml --\n" + control("c") + "-- organization/m/n/o.toml --\n" + control("b"))
	if got, want := ids(apart), ids(together); got != want || got != "a b c" {
		t.Errorf("apart %q, together %q", got, want)
	}
}

// TestEvidenceFoldersHoldNoRecords holds that what somebody else wrote is never
// read as a record.
func TestEvidenceFoldersHoldNoRecords(t *testing.T) {
	files := sample.Files("[[evidence]]\nid = \"e\"\ntitle = \"E\"\nfile = \"evidence/x.toml\"\neffective = 2026-01-01\n-- organization/evidence/x.toml --\n[[control]]\nnonsense = 1\n")
	w, diags, err := load.Load(files, fstest.MapFS{})
	if err != nil || len(diags) > 0 || len(w.Controls) != 0 {
		t.Error(err, diags)
	}
}

// TestOneMistakeIsReportedOnce breaks a file that others refer to: what it would
// have defined is not reported as missing.
func TestOneMistakeIsReportedOnce(t *testing.T) {
	control := "[[control]]\nid = \"a\"\ntitle = \"A\"\nstatus = \"planned\"\nowner = \"lead\"\nsatisfies = [\"mini:A.1\"]\n"
	for name, c := range map[string]struct{ text, want string }{
		"word processor quotes": {control + "-- organization/roles.toml --\n[[role]]\nid = \u201clead\"\n", "organization/roles.toml:2:6 AX0101"},
		"an empty annex.toml":   {control + "-- annex.toml --\n", "annex.toml:1:1 AX0204, annex.toml:1:1 AX0204"},
	} {
		_, diags, err := load.Load(sample.Files(c.text), fstest.MapFS{})
		if err != nil {
			t.Fatal(err)
		}
		var said []string
		for _, d := range diags {
			said = append(said, d.Pos.String()+" "+string(d.Code))
		}
		if got := strings.Join(said, ", "); got != c.want {
			t.Errorf("%s: got %s, want %s", name, got, c.want)
		}
	}
}

func TestNamesThatDifferInCaseAreReported(t *testing.T) {
	_, diags, err := load.Load(sample.Files("\n-- organization/d.md --\n+++\nid = \"d\"\ntitle = \"D\"\n+++\n[a](a.png) [b](A.png)\n-- organization/a.png --\n1\n-- organization/A.png --\n2\n"), fstest.MapFS{})
	if err != nil || len(diags) != 1 || diags[0].Code != diag.FileName || diags[0].Pos.Line != 5 {
		t.Errorf("%v %+v", err, diags)
	}
}

// performed is a control with two executions inside it, the later one first.
const performed = `
[[control]]
id = "check"
title = "Check"
level = "system"
status = "implemented"
[[control.execution]]
on = 2026-09-01
result = "effective"
note = "inside"
[[control.execution]]
on = 2026-05-01
result = "effective"
note = "inside"
[[control]]
id = "other"
title = "Other"
status = "implemented"
`

const bots = `
-- systems/bot/project.toml --
kind = "system"
id = "bot"
title = "Bot"
-- systems/ant/project.toml --
kind = "system"
id = "ant"
title = "Ant"
`

func execution(control, on, rest string) string {
	return "[[execution]]\ncontrol = \"" + control + "\"\non = " + on + "\nresult = \"effective\"\n" + rest
}

// TestExecutionsApartFromTheirControl holds that they count with those inside
// it, by date, and that those in the project of an AI system speak for it.
func TestExecutionsApartFromTheirControl(t *testing.T) {
	w := sample.Load(t, performed+
		execution("check", "2026-07-01", "note = \"organization\"\n")+
		execution("check", "2026-04-01", "system = \"ant\"\nnote = \"names it\"\n")+
		bots+
		"-- systems/bot/executions.toml --\n"+execution("check", "2026-06-01", "note = \"stands there\"\n")+
		execution("other", "2026-01-01", "")+
		execution("check", "2026-10-01", "system = \"bot\"\nnote = \"names its own\"\n"))
	var got []string
	for _, x := range w.Controls[0].Executions {
		system := "all"
		if x.System != nil {
			system = x.System.ID
		}
		got = append(got, x.On.String()+" "+system+" "+x.Note)
		if x.Control != w.Controls[0] {
			t.Errorf("the execution of %s is of %+v", x.On, x.Control)
		}
	}
	want := []string{
		"2026-04-01 ant names it", "2026-05-01 all inside", "2026-06-01 bot stands there",
		"2026-07-01 all organization", "2026-09-01 all inside", "2026-10-01 bot names its own",
	}
	if !slices.Equal(got, want) {
		t.Errorf("got  %q\nwant %q", got, want)
	}
	if n := len(w.Controls[1].Executions); n != 1 {
		t.Errorf("the other control has %d executions, want 1", n)
	}
}

func TestWhatIsWrongWithAnExecutionApart(t *testing.T) {
	whole := execution("check", "2026-06-01", "")
	for name, c := range map[string]struct{ text, want, help string }{
		"it names another system":        {execution("check", "2026-06-01", "system = \"ant\"\n"), "5:10 AX0211", "delete the key, or move the record into the other project"},
		"it names no system there is":    {execution("check", "2026-06-01", "system = \"aunt\"\n"), "5:10 AX0303", "did you mean ant?"},
		"it names no control":            {strings.Replace(whole, "control = \"check\"\n", "", 1), "1:3 AX0204", `add control = "..."`},
		"the control is empty":           {strings.Replace(whole, `"check"`, `""`, 1), "2:11 AX0204", "write it between the quotes"},
		"it names no control there is":   {execution("checks", "2026-06-01", ""), "2:11 AX0303", "did you mean check?"},
		"it has no date":                 {strings.Replace(whole, "on = 2026-06-01\n", "", 1), "1:3 AX0204", "on = 2026-05-12, without quotes"},
		"it has no result":               {strings.Replace(whole, "result = \"effective\"\n", "", 1), "1:3 AX0204", `add result = "effective", "partly-effective" or "ineffective"`},
		"it has a key that nobody reads": {whole + "cadence = \"6 months\"\n", "5:1 AX0201", "keys are control, on, by, result, evidence, system, note"},
	} {
		_, diags, err := load.Load(sample.Files(performed+bots+"-- systems/bot/executions.toml --\n"+c.text), fstest.MapFS{})
		if err != nil || len(diags) != 1 {
			t.Errorf("%s: %v %v", name, err, diags)
			continue
		}
		if got, want := diags[0].Pos.String()+" "+string(diags[0].Code), "systems/bot/executions.toml:"+c.want; got != want || diags[0].Help != c.help {
			t.Errorf("%s: got %q with help %q, want %q with %q", name, got, diags[0].Help, want, c.help)
		}
	}
}
