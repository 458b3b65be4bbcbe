package check

import (
	"fmt"
	"slices"
	"strings"
	"testing"

	"annex/generator/diag"
)

// TestWhatIsSaidOfWords holds which words of a document are notes, and which
// that it accepts.
func TestWhatIsSaidOfWords(t *testing.T) {
	for _, c := range []struct{ name, front, text, want string }{
		{"nothing", "", "Done.", ""},
		{"a word", "", "Robust.", `8:1 "robust" cannot be tested`},
		{"a word twice", "", "Robust,\nand robust.", `8:1 "robust" cannot be tested | 9:5 "robust" cannot be tested`},
		{"two words", "", "Robust etc.", `8:1 "robust" cannot be tested | 8:8 "etc" cannot be tested`},
		{"an accepted word", `accepted_words = ["robust"]`, "Robust etc.", `8:8 "etc" cannot be tested`},
		{"another form of it", `accepted_words = ["robustly"]`, "Robust etc.", `8:8 "etc" cannot be tested`},
		{"all accepted", `accepted_words = ["robust", "etc"]`, "Robust etc.", ""},
		{
			"a word that is not there", `accepted_words = ["etc", "robust"]`, "Robust.",
			`5:19 the document "X" accepts "etc", but has no need to: the word is not there, or its sentence says enough`,
		},
		{
			"a word that is fine", `accepted_words = ["regularly"]`, "Regularly, every week.",
			`5:19 the document "X" accepts "regularly", but has no need to: the word is not there, or its sentence says enough`,
		},
	} {
		t.Run(c.name, func(t *testing.T) {
			issues := run(t, "-- organization/x.md --\n+++\nid = \"x\"\ntitle = \"X\"\nkind = \"policy\"\n"+c.front+"\n+++\n\n"+c.text+"\n")
			if got := said(issues); got != c.want {
				t.Errorf("got %q, want %q", got, c.want)
			}
			if next := said(Next(issues)); next != "" {
				t.Errorf("advice is no action: %s", next)
			}
		})
	}
}

// TestWordsOfWhom holds that words of retired documents and of other
// organizations say nothing.
func TestWordsOfWhom(t *testing.T) {
	const other = "-- other/project.toml --\nkind = \"organization\"\nid = \"z\"\ntitle = \"Other\"\n"
	for name, text := range map[string]string{
		"retired":                  "-- organization/x.md --\n+++\nid = \"x\"\ntitle = \"X\"\nkind = \"policy\"\nstatus = \"retired\"\n+++\n\nRobust.\n",
		"of another organization":  other + "-- other/x.md --\n+++\nid = \"x\"\ntitle = \"X\"\nkind = \"policy\"\n+++\n\nRobust.\n",
		"a report":                 "-- organization/x.md --\n+++\nid = \"x\"\ntitle = \"X\"\nkind = \"report\"\n+++\n\nRobust.\n",
		"the text of a risk":       "[[risk]]\nid = \"x\"\ntitle = \"X\"\ndescription = \"Robust.\"\n",
		"the title of a document":  "-- organization/x.md --\n+++\nid = \"x\"\ntitle = \"Robust\"\nkind = \"policy\"\n+++\n\n# Robust\n\nDone.\n",
		"a document without prose": "-- organization/x.md --\n+++\nid = \"x\"\ntitle = \"X\"\nkind = \"policy\"\n+++\n",
	} {
		if got := said(run(t, text)); got != "" {
			t.Errorf("%s: %s", name, got)
		}
	}
}

// TestOneIssueForADocument holds that the page of a document says all of its
// words in one sentence.
func TestOneIssueForADocument(t *testing.T) {
	for text, want := range map[string]string{
		"Robust etc.\nRobust.": `nobody can test "robust", "etc" in the document "X"`,
		"Robust, seamless, timely, suitable, adequate, appropriate measures etc.": `nobody can test "robust", "seamless", "timely", "suitable", "adequate" and 2 more in the document "X"`,
	} {
		issues := run(t, "-- organization/x.md --\n+++\nid = \"x\"\ntitle = \"X\"\nkind = \"policy\"\nowner = \"lead\"\n+++\n\n"+text+"\n")
		issues = slices.DeleteFunc(issues, func(i Issue) bool { return i.Code != diag.UntestableWord })
		if len(issues) != 1 || issues[0].Message != want || issues[0].Subject.Document == nil || issues[0].Owner == nil || issues[0].Pos.Line != 8 {
			t.Errorf("%q: %+v", text, issues)
		}
	}
}

// said returns the place and sentence of each diagnostic about words.
func said(issues []Issue) string {
	var list []string
	for _, d := range Diagnostics(issues) {
		if d.Code == diag.UntestableWord || d.Code == diag.AcceptedUnused {
			list = append(list, fmt.Sprintf("%d:%d %s", d.Pos.Line, d.Pos.Column, d.Message))
		}
	}
	return strings.Join(list, " | ")
}
