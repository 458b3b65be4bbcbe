package audience_test

import (
	"fmt"
	"slices"
	"strings"
	"testing"

	"annex/generator/aims"
	"annex/generator/audience"
	"annex/generator/sample"
)

const inside = `
-- annex.toml --
frameworks = ["mini"]
[organization]
name = "Sample Ltd"
[site]
classification = "confidential"
[[audience]]
id = "staff"
ceiling = "internal"
drafts = true
[[audience]]
id = "board"
ceiling = "restricted"
-- organization/project.toml --
kind = "organization"
id = "sample"
title = "Sample Ltd"
classification = "internal"
-- organization/roles.toml --
[[role]]
id = "lead"
title = "Lead"
classification = "internal"
-- systems/secret-dir/project.toml --
kind = "system"
id = "secret-system"
title = "Secret system"
classification = "restricted"
purpose = "Spying"
stage = "operation"
`

// staff cuts a sample down to what is internal.
func staff(t *testing.T, text string) (whole, cut *aims.Workspace) {
	t.Helper()
	whole = sample.Load(t, text+inside)
	return whole, audience.For(whole, whole.Audience("staff"))
}

// find returns the record with an id.
func find[T interface{ Head() *aims.Record }](t *testing.T, list []T, id string) T {
	t.Helper()
	i := slices.IndexFunc(list, func(x T) bool { return x.Head().ID == id })
	if i < 0 {
		t.Fatalf("there is no %s among %d", id, len(list))
	}
	return list[i]
}

func TestStandInsKeepWhatCounts(t *testing.T) {
	_, w := staff(t, `
[[control]]
id = "shown"
title = "Shown"
classification = "internal"
satisfies = ["mini:A.1"]
status = "implemented"
owner = "lead"
risks = ["break-in"]

[[risk]]
id = "break-in"
title = "Break-in"
description = "Through the window."
owner = "lead"
likelihood = 3
impact = 4
treatment = "modify"
status = "open"
next_review = 2026-01-01

[[risk]]
id = "withheld-risk-1"
title = "A name that is taken"
classification = "internal"

[[objective]]
id = "speed"
title = "Speed"
measure = "Days"
unit = "days"
target = 73
direction = "at-most"
[[objective.measurement]]
on = 2026-01-01
value = 71
note = "Near."
[[objective.measurement]]
on = 2026-02-01
value = 75
`)
	c := find(t, w.Controls, "shown")
	r := c.Risks[0]
	if r.ID != "withheld-risk-2" || r.Title != "Withheld (confidential)" || r.Withheld != "confidential" {
		t.Errorf("the stand-in is %q, %q", r.ID, r.Title)
	}
	if r.Score() != 12 || r.Owner.ID != "lead" || r.NextReview != aims.NewDate(2026, 1, 1) || r.Classification != aims.Confidential {
		t.Errorf("the stand-in lacks what counts: %+v", r)
	}
	if want := "<p>Withheld (confidential).</p>\n"; r.Description.HTML != want {
		t.Errorf("the description is %q", r.Description.HTML)
	}
	if strings.Contains(fmt.Sprint(r.Origin), "records.toml") {
		t.Errorf("the stand-in tells its file: %v", r.Origin)
	}
	o := w.Objectives[0]
	if o.Meets(o.Measurements[0].Value) != true || o.Meets(o.Measurements[1].Value) != false || strings.Contains(fmt.Sprint(o), "7") && o.Target != 1 {
		t.Errorf("the objective is %+v", o)
	}
	if list := w.ControlsTreating(r); len(list) != 1 || list[0] != c {
		t.Error("the other end of the reference is lost")
	}
}

func TestReferencesToWhatIsWithheld(t *testing.T) {
	const text = `
-- organization/secret/plan.md --
+++
id = "secret-plan"
title = "Secret plan"
+++
## Vault
Text.
-- organization/secret/picture.png --
Picture.
-- organization/open/notes.toml --
-- organization/policy.md --
+++
id = "policy"
title = "Policy"
classification = "internal"
+++
%s
`
	for _, c := range []struct{ name, text, want string }{
		{"a reference", "See [[secret-plan]].", `<p>See <ref to="document:withheld-document-1"></ref>.</p>`},
		{"a label", "See [[secret-plan#vault|our plan]].", `<p>See <ref to="document:withheld-document-1">our plan</ref>.</p>`},
		{"a link", "See [our plan](secret/plan.md#vault).", `<p>See <a>our plan</a>.</p>`},
		{"a link with a title", `See [our *plan*](secret/plan.md "Words") now.`, `<p>See <a title="Words">our <em>plan</em></a> now.</p>`},
		{"a link in a link's stead", `[a](secret/plan.md)[b](secret/plan.md) [[lead]]`, `<p><a>a</a><a>b</a> <ref to="lead"></ref></p>`},
		{"a heading", "## On [[secret-plan]] and more\n\n[Up](#on-secret-plan-and-more)", `<h2 id="withheld-heading-1">On <ref to="document:withheld-document-1"></ref> and more</h2>` + "\n" + `<p><a href="#withheld-heading-1">Up</a></p>`},
		{"a heading that there is not", "See [[policy#on-secret-plan|us]] and [us](policy.md#on-secret-plan).", `<p>See <ref to="policy">us</ref> and <a href="../document/policy">us</a>.</p>`},
		{"a heading with a path", "## Read [it](secret/plan.md)", `<h2 id="withheld-heading-1">Read <a>it</a></h2>`},
		{"words of an image", "![of [[secret-plan]], secret-plan](secret/picture.png)", `<p><img src="../organization/secret/picture.png" alt="of withheld, withheld" /></p>`},
		{"a document as an image", "![the plan](secret/plan.md)", `<p>the plan</p>`},
		{"the file of records", "See [all](roles.toml).", `<p>See <a>all</a>.</p>`},
		{"what is shown", "See [[lead]] and [us](policy.md).", `<p>See <ref to="lead"></ref> and <a href="../document/policy">us</a>.</p>`},
	} {
		t.Run(c.name, func(t *testing.T) {
			_, w := staff(t, fmt.Sprintf(strings.Replace(text, "-- organization/open/notes.toml --\n", "", 1), c.text))
			d := find(t, w.Documents, "policy")
			i := slices.IndexFunc(d.Fields(), func(f aims.Field) bool { return f.Name == "text" })
			if got := strings.TrimSpace(d.Fields()[i].Value); got != c.want {
				t.Errorf("got  %s\nwant %s", got, c.want)
			}
			for _, h := range d.Body.Headings {
				if strings.Contains(h.ID+h.Text, "secret") {
					t.Errorf("the heading tells %+v", h)
				}
			}
		})
	}
}

func TestAFrameworkThatIsNotChosenIsText(t *testing.T) {
	w := sample.Load(t, `
[[control]]
id = "c"
title = "C"
status = "planned"
satisfies = ["mini:A.1", "other:1"]
description = "For [[other:1]], [[other:1|that one]] and [[mini:A.1]]."

[[finding]]
id = "f"
title = "F"
grade = "minor"
raised = 2026-01-01
requirement = "other:1"

[[signoff]]
id = "s"
subject = "other"
kind = "soa"
on = 2026-01-01
-- frameworks/other.toml --
id = "other"
title = "Other"
version = "1"
kind = "standard"
[[requirement]]
ref = "1"
kind = "clause"
title = "One"
asks = "Do."
-- annex.toml --
frameworks = ["mini", "other"]
[organization]
name = "Sample Ltd"
[[audience]]
id = "some"
ceiling = "restricted"
frameworks = ["mini"]
`)
	cut := audience.For(w, w.Audience("some"))
	c := cut.Controls[0]
	if len(c.Satisfies) != 1 || len(cut.Frameworks) != 1 || len(cut.Signoffs) != 0 || cut.Findings[0].Requirement != nil {
		t.Errorf("the framework is still in use: %+v", c.Satisfies)
	}
	i := slices.IndexFunc(c.Fields(), func(f aims.Field) bool { return f.Name == "description" })
	if got, want := c.Fields()[i].Value, `<p>For other:1, that one and <ref to="mini:A.1"></ref>.</p>`+"\n"; got != want {
		t.Errorf("got %s, want %s", got, want)
	}
}

// TestFilesOfWithheldEvidenceStay holds that a file goes along with no record
// when one that is withheld has it too.
func TestFilesOfWithheldEvidenceStay(t *testing.T) {
	_, w := staff(t, `
[[evidence]]
id = "a"
title = "A"
classification = "internal"
file = "evidence/shared.txt"
effective = 2026-01-01
[[evidence]]
id = "b"
title = "B"
classification = "restricted"
file = "evidence/shared.txt"
effective = 2026-01-01
[[evidence]]
id = "c"
title = "C"
classification = "internal"
file = "evidence/own.txt"
effective = 2026-01-01
-- organization/evidence/shared.txt --
Shared.
-- organization/evidence/own.txt --
Own.
-- organization/policy.md --
+++
id = "policy"
title = "Policy"
classification = "internal"
+++
[shared](evidence/shared.txt), [own](evidence/own.txt)
`)
	for id, file := range map[string]string{"a": "", "c": "organization/evidence/own.txt"} {
		if e := find(t, w.Evidence, id); e.File != file || e.Apart != (file == "") || (e.SHA256 == "") != (file == "") {
			t.Errorf("%s: %+v", id, e)
		}
	}
	if got, want := find(t, w.Documents, "policy").Body.HTML, `<p><a>shared</a>, <a href="">own</a></p>`+"\n"; got != want {
		t.Errorf("got %s, want %s", got, want)
	}
}

func TestWhatIsDoneForAWithheldSystemIsWithheld(t *testing.T) {
	_, w := staff(t, `
[[control]]
id = "c"
title = "C"
classification = "internal"
status = "implemented"
level = "system"
[[control.execution]]
on = 2026-01-01
result = "effective"
note = "Said of all"
[[control.execution]]
on = 2026-02-01
result = "effective"
system = "secret-system"
note = "Said of the system"
-- systems/secret-dir/work.toml --
[[execution]]
control = "c"
on = 2026-03-01
result = "effective"
note = "Said in its folder"
`)
	var notes []string
	for _, x := range w.Controls[0].Executions {
		notes = append(notes, x.Note)
	}
	if got := strings.Join(notes, "; "); got != "Said of all; Withheld (restricted); Withheld (restricted)" {
		t.Errorf("notes are %s", got)
	}
	s := w.Systems()[0]
	if s.ID != "withheld-system-1" || s.Project.Dir != "withheld-system-1" || s.Stage != aims.StageOperation {
		t.Errorf("the system is %+v", s.Record)
	}
}
