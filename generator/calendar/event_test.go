package calendar

import (
	"slices"
	"strings"
	"testing"

	"annex/generator/aims"
	"annex/generator/readiness"
	"annex/generator/sample"
)

const roles = "\n[[role]]\nid = \"owner\"\ntitle = \"Owner\"\n"

// TestWhoseAnEventIs holds that an event is found where its owner looks for it,
// and is as confidential as the most confidential of what its title names.
func TestWhoseAnEventIs(t *testing.T) {
	control := record("control", "owner = \"owner\"\nclassification = \"public\"\nlevel = \"system\"\n"+inPlace) + performed
	for _, c := range []struct{ name, text, id, title, owner, project, class string }{
		{"a document", document("owner = \"owner\"\nclassification = \"restricted\"\n"+approved) + "\n-- organization/o.toml --" + roles, "document-x", `Review the document "X"`, "owner", "sample", "restricted"},
		{"a record without classification", record("objective", "due = DAY"), "objective-x", `Reach the objective "X"`, "", "sample", "confidential"},
		{"a control for a system that is more confidential", roles + control + seen + system(""), "control-x--bot", `Perform the control "X" for "Bot"`, "owner", "bot", "internal"},
		{"a control that is more confidential than the system", roles + strings.Replace(control, "public", "restricted", 1) + seen + system(""), "control-x--bot", `Perform the control "X" for "Bot"`, "owner", "bot", "restricted"},
		{"evidence that nobody owns", roles + control + seen + "expires = DAY" + system(""), "evidence-e", `The evidence "E" expires`, "owner", "sample", "confidential"},
		{"evidence of two controls", roles + record("control", "owner = \"owner\"\nstatus = \"implemented\"") + "\n[[control]]\nid = \"y\"\ntitle = \"Y\"\nowner = \"lead\"\nstatus = \"implemented\"\n" + seen + "controls = [\"y\", \"x\"]\nexpires = DAY", "evidence-e", `The evidence "E" expires`, "owner", "sample", "confidential"},
		{"evidence of an owner", roles + control + seen + "owner = \"lead\"\nexpires = DAY" + system(""), "evidence-e", `The evidence "E" expires`, "lead", "sample", "confidential"},
		{"a finding about a system", record("finding", "grade = \"major\"\nowner = \"lead\"\nproject = \"bot\"\nraised = 2026-06-01\ndue = DAY") + system(""), "finding-x", `Close the finding "X"`, "lead", "bot", "confidential"},
		{"an action", record("review", actionDue+"owner = \"lead\""), "action-x--1", `Finish the action of "X": Do it`, "lead", "sample", "confidential"},
		{"an audit", record("audit", "kind = \"internal\"\nstatus = \"planned\"\nfrom = DAY"), "audit-x", `The audit "X" takes place`, "", "sample", "confidential"},
		{"a statement", organization("classification = \"internal\"\n[[soa]]\nframework = \"mini\"\nversion = \"1\"\n" + approved), "statement-mini", "Review the Statement of Applicability for Mini standard", "lead", "sample", "internal"},
		{"a duty", law(application+obligation+"paragraph = \"Art. 1(2)\"") + system("owner = \"lead\""), "duty-law--logs--bot", `The duty "Keep logs" (Law, Art. 1(2)) begins for "Bot"`, "lead", "bot", "internal"},
		{"a statutory day", law(application), "law-law--2026-12-15", "Law: Art.1 begins to apply", "", "sample", "public"},
		{"a statutory day of several articles", law(application + "[[requirement]]\nref = \"Art.2\"\nkind = \"clause\"\ntitle = \"Two\"\nasks = \"Do it.\"\n" + application), "law-law--2026-12-15", "Law: 2 requirements begin to apply", "", "sample", "public"},
	} {
		t.Run(c.name, func(t *testing.T) {
			e := find(on(t, c.text, due()), c.id)
			if e == nil {
				t.Fatal("there is no such event")
			}
			owner := ""
			if e.Owner != nil {
				owner = e.Owner.ID
			}
			if e.Title != c.title || owner != c.owner || e.Project.ID != c.project || string(e.Classification) != c.class {
				t.Errorf("got %q of %q in %s, %s", e.Title, owner, e.Project.ID, e.Classification)
			}
		})
	}
}

// several is a workspace with many events; words are replaced to change it.
const several = roles + `
[[risk]]
id = "a"
title = "First"
next_review = 2026-12-01
[[risk]]
id = "b"
title = "Second"
owner = "owner"
next_review = 2026-12-02
[[objective]]
id = "a"
title = "Third"
due = 2026-12-02
[[control]]
id = "c"
title = "Fourth"
level = "system"
owner = "owner"
status = "implemented"
implemented_on = 2026-06-03
cadence = "6 months"
[[review]]
id = "r"
title = "Fifth"
held_on = 2026-06-01
[[review.action]]
text = "Sixth"
due = 2026-12-04
[[review.action]]
text = "Seventh"
due = 2026-12-05
`

func TestEventsComeByDayThenKindThenID(t *testing.T) {
	got := strings.Join(ids(on(t, several+system(""), due())), " ")
	want := "risk-a risk-b objective-a control-c--bot action-r--1 action-r--2"
	if got != want {
		t.Errorf("got  %s\nwant %s", got, want)
	}
}

// TestIDsOutliveChanges holds that neither titles nor days nor the order and
// files of records change an id.
func TestIDsOutliveChanges(t *testing.T) {
	before := ids(on(t, several+system(""), due()))
	changed := strings.NewReplacer("First", "Erstes", "Fourth", "Viertes", "Bot", "Android", "Sixth", "Sechstes", "2026-12-", "2027-01-", "2026-06-03", "2026-07-09").Replace(several + system(""))
	parts := strings.Split(changed, "\n[[objective]]")
	moved := "\n[[objective]]" + parts[1][:strings.Index(parts[1], "\n-- ")] + parts[0] + parts[1][strings.Index(parts[1], "\n-- "):]
	for name, text := range map[string]string{"other titles and days": changed, "another order": moved} {
		after := ids(on(t, text, aims.NewDate(2026, 11, 1)))
		slices.Sort(before)
		slices.Sort(after)
		if !slices.Equal(before, after) {
			t.Errorf("%s: %v became %v", name, before, after)
		}
	}
}

// TestIDsOfNeighboursDoNotMeet has a control and a system whose ids, strung
// together, are those of another control and another system.
func TestIDsOfNeighboursDoNotMeet(t *testing.T) {
	control := func(id, system string) string {
		return "\n[[control]]\nid = \"" + id + "\"\ntitle = \"T\"\nlevel = \"system\"\nsystems = [\"" + system + "\"]\nimplemented_on = 2026-06-01\n" + inPlace + "\n"
	}
	project := func(id string) string { return strings.ReplaceAll(system(""), "bot", id) }
	events := on(t, control("a", "b-c")+control("a-b", "c")+project("b-c")+project("c"), due())
	if len(events) != 2 || events[0].ID == events[1].ID {
		t.Errorf("got %v", ids(events))
	}
}

func TestEventsOfOneOwner(t *testing.T) {
	events := on(t, several+system(""), due())
	owner := find(events, "risk-b").Owner
	if got := strings.Join(ids(OwnedBy(events, owner)), " "); got != "risk-b control-c--bot" {
		t.Errorf("of the owner: %s", got)
	}
	if got := strings.Join(ids(OwnedBy(events, nil)), " "); got != "risk-a objective-a action-r--1 action-r--2" {
		t.Errorf("of nobody: %s", got)
	}
	if len(events) != 6 {
		t.Error("the list was changed")
	}
}

// TestEachOrganizationHasItsOwnDays holds that what an organization borrows is
// reviewed by the other, and that an audit of its projects comes to it.
func TestEachOrganizationHasItsOwnDays(t *testing.T) {
	w := sample.Load(t, strings.ReplaceAll(record("risk", "next_review = DAY")+
		record("audit", "kind = \"internal\"\nstatus = \"planned\"\nfrom = DAY\nprojects = [\"daughter\"]")+
		document(approved)+organization("")+
		"\n-- daughter/project.toml --\nkind = \"organization\"\nid = \"daughter\"\ntitle = \"Daughter\"\nshared_documents = [\"x\"]\n"+
		"\n-- daughter/records.toml --\n[[control]]\nid = \"c\"\ntitle = \"C\"\nstatus = \"planned\"\ndue = DAY\nrisks = [\"x\"]\n", "DAY", due().String()))
	want := map[string]string{"sample": "document-x risk-x audit-x", "daughter": "implementation-c audit-x"}
	for _, o := range w.Organizations() {
		events := Events(readiness.Assess(w.Scope(o), o, due()))
		if got := strings.Join(ids(events), " "); got != want[o.ID] {
			t.Errorf("%s has %s, want %s", o.ID, got, want[o.ID])
		}
	}
}

func TestTitlesKeepEmojiAndScripts(t *testing.T) {
	e := find(on(t, strings.Replace(record("risk", "next_review = DAY"), `"X"`, `"👩‍💻 סיכון"`, 1), due()), "risk-x")
	if e.Title != `Review the risk "👩‍💻 סיכון"` {
		t.Errorf("got %q", e.Title)
	}
}
