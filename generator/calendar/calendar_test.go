package calendar

import (
	"slices"
	"strings"
	"testing"

	"annex/content"
	"annex/frameworks"
	"annex/generator/aims"
	"annex/generator/diag"
	"annex/generator/load"
	"annex/generator/readiness"
	"annex/generator/sample"
)

// due is the day of the tests; records write it as DAY.
func due() aims.Date { return aims.NewDate(2026, 12, 15) }

// on returns the events of a sample on an as-of date.
func on(t *testing.T, text string, asOf aims.Date) []Event {
	t.Helper()
	w := sample.Load(t, strings.ReplaceAll(text, "DAY", due().String()))
	return Events(readiness.Assess(w, w.Organizations()[0], asOf))
}

func find(events []Event, id string) *Event {
	if i := slices.IndexFunc(events, func(e Event) bool { return e.ID == id }); i >= 0 {
		return &events[i]
	}
	return nil
}

func ids(events []Event) []string {
	var list []string
	for _, e := range events {
		list = append(list, e.ID)
	}
	return list
}

func record(kind, rest string) string {
	return "\n[[" + kind + "]]\nid = \"x\"\ntitle = \"X\"\n" + rest + "\n"
}

func document(rest string) string {
	return "\n-- organization/x.md --\n+++\nid = \"x\"\ntitle = \"X\"\n" + rest + "\n+++\n\nText.\n"
}

func system(rest string) string {
	return "\n-- systems/bot/project.toml --\nkind = \"system\"\nid = \"bot\"\ntitle = \"Bot\"\nclassification = \"internal\"\n" + rest + "\n"
}

func organization(rest string) string {
	return "\n-- organization/project.toml --\nkind = \"organization\"\nid = \"sample\"\ntitle = \"Sample Ltd\"\n" + rest + "\n"
}

// law makes a law known that the sample follows beside its standard.
func law(rules string) string {
	return "\n-- annex.toml --\nframeworks = [\"mini\", \"law\"]\n[organization]\nname = \"Sample Ltd\"\n" +
		"\n-- frameworks/law.toml --\nid = \"law\"\ntitle = \"Law\"\nversion = \"1\"\nkind = \"law\"\n" +
		"[[requirement]]\nref = \"Annex I\"\nkind = \"heading\"\ntitle = \"Toys\"\nasks = \"Look.\"\nclasses = [\"high\"]\n" +
		"[[requirement]]\nref = \"Art.1\"\nkind = \"clause\"\ntitle = \"Log\"\nasks = \"Log it.\"\n" + rules + "\n"
}

const (
	approved    = "status = \"approved\"\napproved_by = \"lead\"\napproved_on = 2026-01-01\nnext_review = DAY"
	application = "[[requirement.application]]\nfrom = DAY\n"
	obligation  = "[[obligation]]\nid = \"logs\"\nrequirement = \"Art.1\"\ntitle = \"Keep logs\"\n"
	performed   = "\n[[control.execution]]\non = 2026-06-15\nresult = \"effective\"\nevidence = [\"e\"]\n"
	seen        = "\n[[evidence]]\nid = \"e\"\ntitle = \"E\"\nnote = \"Seen.\"\neffective = 2026-06-15\n"
	inPlace     = "status = \"implemented\"\ncadence = \"6 months\""
	actionDue   = "held_on = 2026-06-01\n[[review.action]]\ntext = \"Do it\"\ndue = DAY\n"
)

// TestWhatLiesAheadOfItsDay looks at each kind the day before, on the day and
// the day after: what has to be done becomes overdue, what only happens is over.
func TestWhatLiesAheadOfItsDay(t *testing.T) {
	const task, happening, none = "ahead ahead overdue", "ahead ahead gone", "gone gone gone"
	for _, c := range []struct{ name, text, id, want string }{
		{"the review of an approved document", document(approved), "document-x", task},
		{"of a document without a next review", document(strings.Replace(approved, "next_review = DAY", "", 1)), "document-x", none},
		{"of a draft", document("status = \"draft\"\nnext_review = DAY"), "document-x", none},
		{"of a retired document", document("status = \"retired\"\nnext_review = DAY"), "document-x", none},
		{"of a document approved on the day itself", document(strings.Replace(approved, "2026-01-01", "DAY", 1)), "document-x", "gone ahead overdue"},

		{"the review of impacts", system("impact_review = DAY"), "impact-bot", task},
		{"of a retired system", system("stage = \"retired\"\nimpact_review = DAY"), "impact-bot", none},
		{"of a system that retires on the day", system("retired_on = DAY\nimpact_review = DAY"), "impact-bot", "ahead gone gone"},

		{"the review of a risk", record("risk", "next_review = DAY"), "risk-x", task},
		{"of an accepted risk", record("risk", "status = \"accepted\"\nnext_review = DAY"), "risk-x", task},
		{"of a closed risk", record("risk", "status = \"closed\"\nnext_review = DAY"), "risk-x", none},

		{"the review of a statement", organization("[[soa]]\nframework = \"mini\"\nversion = \"1\"\n" + approved), "statement-mini", task},
		{"of a statement approved on the day itself", organization("[[soa]]\nframework = \"mini\"\nversion = \"1\"\n" + strings.Replace(approved, "2026-01-01", "DAY", 1)), "statement-mini", "gone ahead overdue"},
		{"of a draft statement", organization("[[soa]]\nframework = \"mini\"\nversion = \"1\"\nstatus = \"draft\"\nnext_review = DAY"), "statement-mini", none},

		{"a control last performed half a year ago", record("control", inPlace) + performed + seen, "control-x", task},
		{"never performed, but in place since then", record("control", inPlace+"\nimplemented_on = 2026-06-15"), "control-x", task},
		{"performed again since", record("control", inPlace) + performed + strings.Replace(performed, "2026-06-15", "2026-07-01", 1) + seen, "control-x", "ahead ahead ahead"},
		{"without a cadence", record("control", "status = \"implemented\"") + performed + seen, "control-x", none},
		{"not in place yet", record("control", "status = \"planned\"\ncadence = \"6 months\"") + performed + seen, "control-x", none},
		{"in place only later", record("control", inPlace+"\nimplemented_on = 2027-03-01") + performed + seen, "control-x", "ahead ahead gone"},
		{"for an AI system", record("control", inPlace+"\nlevel = \"system\"") + performed + seen + system(""), "control-x--bot", task},
		{"for a retired AI system", record("control", inPlace+"\nlevel = \"system\"") + performed + seen + system("stage = \"retired\""), "control-x--bot", none},

		{"a control to be in place", record("control", "status = \"planned\"\ndue = DAY"), "implementation-x", task},
		{"without a day", record("control", "status = \"planned\""), "implementation-x", none},
		{"in place already", record("control", "status = \"implemented\"\ndue = DAY"), "implementation-x", none},

		{"evidence of the latest performance", record("control", inPlace) + performed + seen + "expires = DAY", "evidence-e", task},
		{"direct evidence", record("control", "status = \"implemented\"") + seen + "expires = DAY\ncontrols = [\"x\"]", "evidence-e", task},
		{"evidence replaced by a later performance", record("control", inPlace) + performed + "\n[[control.execution]]\non = 2026-07-01\nresult = \"effective\"\n" + seen + "expires = DAY", "evidence-e", none},
		{"evidence of nothing", seen + "expires = DAY", "evidence-e", none},
		{"evidence that does not expire", record("control", inPlace) + performed + seen, "evidence-e", none},

		{"a finding", record("finding", "grade = \"minor\"\nraised = 2026-06-01\ndue = DAY"), "finding-x", task},
		{"a closed finding", record("finding", "grade = \"minor\"\nraised = 2026-06-01\ndue = DAY\nclosed = 2026-07-01"), "finding-x", none},
		{"a finding closed on the day", record("finding", "grade = \"minor\"\nraised = 2026-06-01\ndue = DAY\nclosed = DAY"), "finding-x", "ahead gone gone"},

		{"an action of a review", record("review", actionDue), "action-x--1", task},
		{"an action that is done", record("review", actionDue+"done = 2026-07-01"), "action-x--1", none},
		{"an action done the day after", record("review", actionDue+"done = 2026-12-16"), "action-x--1", "ahead ahead gone"},

		{"an objective", record("objective", "due = DAY"), "objective-x", task},
		{"an objective that was dropped", record("objective", "due = DAY\nstatus = \"dropped\""), "objective-x", none},
		{"an objective that is reached", record("objective", "due = DAY\nstatus = \"achieved\""), "objective-x", none},

		{"a planned audit of one day", record("audit", "kind = \"internal\"\nstatus = \"planned\"\nfrom = DAY"), "audit-x", task},
		{"a planned audit that began before", record("audit", "kind = \"internal\"\nstatus = \"planned\"\nfrom = 2026-12-01\nto = DAY"), "audit-x", task},
		{"an audit that took place", record("audit", "kind = \"internal\"\nstatus = \"done\"\nfrom = DAY\nto = DAY"), "audit-x", none},

		{"a stage of certification", organization("[certification]\nstage_1 = DAY"), "certification-stage-1", happening},
		{"of the workspace", "\n-- annex.toml --\nframeworks = [\"mini\"]\n[organization]\nname = \"S\"\n[certification]\nstage_2 = DAY\n", "certification-stage-2", happening},
		{"with its audit planned for the day", record("audit", "kind = \"stage-1\"\nstatus = \"planned\"\nfrom = 2026-12-14\nto = 2026-12-16") + organization("[certification]\nstage_1 = DAY"), "certification-stage-1", none},
		{"with its audit planned for another day", record("audit", "kind = \"stage-1\"\nstatus = \"planned\"\nfrom = 2026-12-16") + organization("[certification]\nstage_1 = DAY"), "certification-stage-1", happening},
		{"that took place earlier", record("audit", "kind = \"stage-1\"\nstatus = \"done\"\nfrom = 2026-12-01\nto = 2026-12-02") + organization("[certification]\nstage_1 = DAY"), "certification-stage-1", none},

		{"whose audit is called done, of a later day", record("audit", "kind = \"stage-1\"\nstatus = \"done\"\nfrom = 2026-12-20\nto = 2026-12-21") + organization("[certification]\nstage_1 = DAY"), "certification-stage-1", happening},

		{"a duty of a system", law(application+obligation) + system(""), "duty-law--logs--bot", happening},
		{"of a retired system", law(application+obligation) + system("stage = \"retired\""), "duty-law--logs--bot", none},
		{"on a ground that is not stated", law(application+obligation+"classes = [\"high\"]\ngrounds = [\"Annex I\"]") + system("risk_class = \"high\""), "duty-law--logs--bot", none},
		{"on the stated ground", law(application+obligation+"classes = [\"high\"]\ngrounds = [\"Annex I\"]") + system("risk_class = \"high\"\ngrounds = [\"law:Annex I\"]"), "duty-law--logs--bot", happening},

		{"a statutory day", law(application), "law-law--2026-12-15", happening},
		{"of a law that is not in use", strings.Replace(law(application), "[\"mini\", \"law\"]", "[\"mini\"]", 1), "law-law--2026-12-15", none},
	} {
		t.Run(c.name, func(t *testing.T) {
			var got []string
			for _, days := range []int{-1, 0, 1} {
				e := find(on(t, c.text, due().AddDays(days)), c.id)
				switch {
				case e == nil:
					got = append(got, "gone")
				case e.Overdue:
					got = append(got, "overdue")
				default:
					got = append(got, "ahead")
				}
			}
			if strings.Join(got, " ") != c.want {
				t.Errorf("got %v, want %s", got, c.want)
			}
		})
	}
}

func TestAnAuditLastsUntilItsLastDay(t *testing.T) {
	text := record("audit", "kind = \"internal\"\nstatus = \"planned\"\nfrom = 2026-12-14\nto = 2026-12-16")
	for day, overdue := range map[int]bool{-2: false, 0: false, 1: false, 2: true} {
		e := find(on(t, text, due().AddDays(day)), "audit-x")
		if e == nil || e.Day != due().AddDays(-1) || e.Last != due().AddDays(1) || e.Overdue != overdue {
			t.Errorf("%d days later: %+v", day, e)
		}
	}
}

// TestEventsOfTheExample looks at every event of a whole organization.
func TestEventsOfTheExample(t *testing.T) {
	w, diagnostics, err := load.Load(content.Example(), frameworks.Files())
	if err != nil || diag.Count(diagnostics).Errors > 0 {
		t.Fatal(err, diagnostics)
	}
	asOf := aims.NewDate(2026, 11, 24)
	events := Events(readiness.Assess(w, w.Organizations()[0], asOf))
	seen, kinds := map[string]bool{}, map[Kind]int{}
	for i, e := range events {
		if seen[e.ID] {
			t.Errorf("%s stands twice", e.ID)
		}
		seen[e.ID] = true
		kinds[e.Kind]++
		if e.Title == "" || e.Help == "" || e.Project == nil || e.Classification == "" || e.Last.Before(e.Day) {
			t.Errorf("%s lacks something: %+v", e.ID, e)
		}
		if strings.HasSuffix(e.Title, ".") || !strings.HasSuffix(e.Help, ".") {
			t.Errorf("%s is not written like the others: %q, %q", e.ID, e.Title, e.Help)
		}
		if e.Overdue != e.Last.Before(asOf) || i > 0 && e.Day.Before(events[i-1].Day) {
			t.Errorf("%s is out of order", e.ID)
		}
		if e.Subject.IsZero() && e.Framework == nil && e.Kind != Stage {
			t.Errorf("%s leads nowhere", e.ID)
		}
	}
	for _, k := range Kinds() {
		if k != Stage && kinds[k] == 0 { // its stages are recorded as audits
			t.Errorf("the example has no event of the kind %s", k)
		}
	}
	t.Logf("%d events: %v", len(events), kinds)
}

func TestEveryKindHasAWordAndATitle(t *testing.T) {
	seen := map[string]bool{}
	for _, k := range Kinds() {
		if strings.Contains(string(k), "-") || seen[string(k)] || seen[k.Title()] || k.Title() == string(k) {
			t.Errorf("kind %q, %q", k, k.Title())
		}
		seen[string(k)], seen[k.Title()] = true, true
	}
}
