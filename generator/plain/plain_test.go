package plain

import (
	"strings"
	"testing"

	"annex/generator/diag"
)

// standing returns the words that count in a text, which is one block.
func standing(l *Lexicon, text string) string {
	var list []string
	for _, m := range l.Scan([]byte(text)) {
		if m.Stands([]byte(text), 0, len(text)) {
			list = append(list, m.Form())
		}
	}
	return strings.Join(list, ", ")
}

// TestWhatCanAndCannotBeTested holds the list to both sides of its line.
func TestWhatCanAndCannotBeTested(t *testing.T) {
	for _, c := range []struct{ name, text, want string }{
		{"a measure", "We take appropriate measures.", "appropriate"},
		{"a measure as an adverb", "Data are stored appropriately.", "appropriately"},
		{"several", "Adequate and sufficient staff, suitable tools, reasonable care.", "adequate, sufficient, suitable, reasonable"},
		{"somebody judges", "The owner decides whether the data are adequate.", ""},
		{"somebody gives a reason", "The record says why the measure is suitable.", ""},
		{"a question", "Is the evidence adequate?", ""},
		{"a question before", "Who decides? The owner takes appropriate steps.", "appropriate"},
		{"an announcement", "The plan names suitable staff, that is:", ""},
		{"enough", "One signature is sufficient.", ""},
		{"not enough", "A password alone is not sufficient.", ""},
		{"a term of law", "Risks of reasonably foreseeable misuse are assessed.", ""},
		{"half a term of law", "What we can reasonably do.", "reasonably"},

		{"a condition", "Access is taken away as needed.", "as needed"},
		{"a condition with a hyphen", "Access is given on an as-needed basis.", "as needed"},
		{"a condition first", "Where appropriate, the board is told.", "where appropriate"},
		{"as the law says", "Records are kept as required by Article 26.", ""},
		{"as nobody says", "Records are kept as required.", "as required"},
		{"as a document says", "Access is taken away as needed, as set out in [[offboarding]].", ""},
		{"availability", "Documents are available when needed.", ""},
		{"what is needed", "The fields that are needed.", ""},
		{"what is possible", "If any harm is possible, stop.", ""},

		{"no period", "Backups are tested regularly.", "regularly"},
		{"a period", "Backups are tested regularly, every 6 months.", ""},
		{"a period in words", "Backups are tested regularly: once in a quarter, more often is allowed.", ""},
		{"a period before", "Every second month backups are tested regularly.", ""},
		{"an adverb of period", "Monthly, and so regularly, backups are tested.", ""},
		{"each quarter", "Backups are regularly tested, each quarter.", ""},
		{"per release", "Tests run regularly, that is per release.", ""},
		{"an event", "Tests run regularly, before every merge.", ""},
		{"times a year", "Tests run regularly, four times a year.", ""},
		{"a day", "Tests run regularly on Mondays.", ""},
		{"a month", "Tests run regularly, in April and October.", ""},
		{"a modal verb is no month", "Tests may run regularly.", "regularly"},
		{"a cadence", "Tests run regularly, at the cadence of [[test-runs]].", ""},
		{"a period of something else", "Records of 6 months are tested regularly.", "regularly"},
		{"a period in another sentence", "Backups run every day. They are tested regularly.", "regularly"},
		{"a period in the next sentence", "Backups are tested regularly. Every day they run.", "regularly"},
		{"an abbreviation ends no sentence", "Backups are tested regularly, e.g. every 6 months.", ""},
		{"each of something else", "We talk regularly with each supplier.", "regularly"},
		{"at regular intervals", "Backups are tested at regular intervals.", "at regular intervals"},
		{"regular staff", "Regular staff are trained.", ""},
		{"how frequently", "The plan says how frequently. See frequently asked questions.", ""},

		{"no limit", "Incidents are reported promptly.", "promptly"},
		{"a limit", "Incidents are reported promptly, within 24 hours.", ""},
		{"a limit in words", "Promptly, after two working days at most, the user hears of it.", ""},
		{"a limit in short", "Incidents are reported without delay (72h).", ""},
		{"the same day", "Promptly, on the same day, access ends.", ""},
		{"a limit elsewhere", "Report without undue delay, by the deadline of the law.", ""},
		{"a number of something else", "Promptly report to 2 persons.", "promptly"},
		{"soon", "As soon as possible, and in a timely manner.", "as soon as possible, timely"},

		{"an effort", "We strive for quality and will try to answer.", "strive, will try to"},
		{"what others try", "Attackers try to extract the prompt.", ""},
		{"a duty to think", "The owner should consider the risk.", "should consider"},
		{"a thing considered", "The owner considers the risk.", ""},

		{"an open list", "Staff, tools, etc. and the like.", "etc, and the like"},
		{"a list that counts", "Pages are numbered 2026-01, 2026-02 and so on.", ""},
		{"a list of numbered files", "Pages are numbered (`2026-01` and so on).", ""},
		{"examples", "Records such as mails, notes etc. are kept.", ""},
		{"a list that is not closed", "Records include, but are not limited to, mails.", "but are not limited to"},
		{"a limited thing", "Use is not limited to staff.", ""},

		{"praise", "A robust, user-friendly, state-of-the-art tool.", "robust, user-friendly, state of the art"},
		{"a measured thing", "The model is robust against noise.", ""},
		{"another word", "Robustness, appropriation, inappropriate, sufficiency, requisite.", ""},

		{"between quotation marks", `The word "appropriate" says nothing.`, ""},
		{"a quoted sentence", `They said "we act promptly" and "as needed".`, ""},
		{"between curly marks", "The words “as needed” and „regularly“ and «promptly» and ‘etc’.", ""},
		{"between single marks", "The word 'robust' and the word 'etc'.", ""},
		{"between quotations", `After "one" appropriate and "two".`, "appropriate"},
		{"behind a mark that nobody closed", `A 5" screen of appropriate size.`, "appropriate"},
		{"between apostrophes", "The users' appropriate and the members' data.", "appropriate"},

		{"capitals", "APPROPRIATE Measures As Needed.", "appropriate, as needed"},
		{"tied with a hyphen", "Age-appropriate and appropriate-use rules.", ""},
		{"letters of other scripts around", "éappropriate appropriateé 2robust robust2 _robust_ „ robust", "robust, robust"},
		{"signs of other scripts around", "—appropriate—, …robust… ¡etc!", "appropriate, robust, etc"},
		{"over a line", "as\nneeded", "as needed"},
		{"over a line of a quote", "as\n> needed", "as needed"},
		{"over a line with a carriage return", "as \r\n  needed", "as needed"},
		{"over two paragraphs", "as\n\nneeded", ""},
		{"over a full stop", "Known as. Needed.", ""},
		{"over a comma", "as, needed", ""},
		{"with emphasis", "as *needed*, **as** needed, [as _needed_](x), where [possible](y)", "as needed, as needed, as needed, where possible"},
		{"with a hard blank", "as\u00a0needed, where&nbsp;possible, state&nbsp;of\u00a0the art", "as needed, where possible, state of the art"},
		{"at the ends", "robust", "robust"},
		{"nothing", "", ""},
	} {
		t.Run(c.name, func(t *testing.T) {
			if got := standing(New(), c.text); got != c.want {
				t.Errorf("%q: got %q, want %q", c.text, got, c.want)
			}
		})
	}
}

// TestEachFormIsFound finds every form at every offset of a scanned block, in
// small letters and in capitals.
func TestEachFormIsFound(t *testing.T) {
	l := New()
	seen := map[string]bool{}
	for _, w := range l.words {
		for _, form := range w.Forms {
			if seen[form] {
				t.Errorf("%q is listed twice", form)
			}
			seen[form] = true
			if l.Find(form).Name() != w.Name() {
				t.Errorf("%q is a form of %q", form, l.Find(form).Name())
			}
			for before := range 66 {
				for _, text := range []string{form, strings.ToUpper(form)} {
					found := l.Scan([]byte(strings.Repeat(".", before) + text + "\n"))
					if len(found) != 1 || found[0].Form() != form || found[0].Start != before || found[0].End != before+len(form) {
						t.Fatalf("%q at %d: %+v", text, before, found)
					}
				}
			}
		}
	}
}

// TestTheCatalogListsTheWords holds the text of `annex explain` to the list.
func TestTheCatalogListsTheWords(t *testing.T) {
	entry, _ := diag.Find(diag.UntestableWord)
	_, list, _ := strings.Cut(strings.TrimSuffix(entry.Text, "."), "forms: ")
	var names []string
	for _, w := range Words() {
		names = append(names, w.Name())
		if w.Why == "" || w.Instead == "" {
			t.Errorf("%q has no reason", w.Name())
		}
	}
	if got := strings.ReplaceAll(list, "; ", ", "); got != strings.Join(names, ", ") {
		t.Errorf("explain lists\n%s\nand the list has\n%s", got, strings.Join(names, ", "))
	}
}
