package load_test

import (
	"fmt"
	"strings"
	"testing"
	"testing/fstest"

	"annex/generator/load"
	"annex/generator/sample"
)

// worded is a sample with one document.
func worded(front, text string) fstest.MapFS {
	return sample.Files("-- organization/x.md --\n+++\nid = \"x\"\ntitle = \"X\"\n" + front + "\n+++\n\n" + text + "\n")
}

// TestWordsThatADocumentAccepts reads the key accepted_words and what the text
// holds of such words, for each kind of document.
func TestWordsThatADocumentAccepts(t *testing.T) {
	for _, c := range []struct{ name, front, text, want string }{
		{"neither", `kind = "policy"`, "Done.", ""},
		{"a policy", `kind = "policy"`, "Robust.", "[{robust 7 1}] []"},
		{"a procedure", `kind = "procedure"`, "Robust.", "[{robust 7 1}] []"},
		{"a plan", `kind = "plan"`, "Robust.", "[{robust 7 1}] []"},
		{"a report", `kind = "report"`, "Robust.", ""},
		{"a record", `kind = "record"`, "Robust.", ""},
		{"no kind", ``, "Robust.", ""},
		{"an accepted word", "kind = \"policy\"\naccepted_words = [\"robust\"]", "Robust.", "[{robust 8 1}] [robust]"},
		{"another form of it", "kind = \"policy\"\naccepted_words = [\"Robustly\"]", "Robust.", "[{robust 8 1}] [robustly]"},
		{"accepted for nothing", "kind = \"report\"\naccepted_words = [\"robust\"]", "Robust.", "[] [robust]"},
	} {
		t.Run(c.name, func(t *testing.T) {
			w, diags, err := load.Load(worded(c.front, c.text), fstest.MapFS{})
			if len(diags) > 0 || err != nil {
				t.Fatalf("%v %+v", err, diags)
			}
			got := ""
			if x := w.Documents[0].Wording; x != nil {
				got = fmt.Sprint(x.Untestable, x.Accepted)
			}
			if got != c.want {
				t.Errorf("got %s, want %s", got, c.want)
			}
		})
	}
}

// TestWordsThatCannotBeAccepted holds the answers to a wrong accepted_words.
func TestWordsThatCannotBeAccepted(t *testing.T) {
	for _, c := range []struct{ name, value, want string }{
		{"a slip", `["apropriate"]`, `AX0206 5:19 annex looks for no word "apropriate", so that there is nothing to accept: did you mean appropriate?`},
		{"another word", `["etc", "house"]`, "AX0206 5:26 annex looks for no word \"house\", so that there is nothing to accept: `annex explain AX0606` lists the words"},
		{"a text", `"etc"`, `AX0203 5:18 accepted_words must be a list, not a text: write accepted_words = ["...", "..."] with square brackets`},
		{"a number", `[1]`, `AX0203 5:19 accepted_words is a list of texts, and this is a number: put it between quotes`},
	} {
		t.Run(c.name, func(t *testing.T) {
			_, diags, err := load.Load(worded("kind = \"policy\"\naccepted_words = "+c.value, "Robust."), fstest.MapFS{})
			if err != nil {
				t.Fatal(err)
			}
			var got []string
			for _, d := range diags {
				got = append(got, fmt.Sprintf("%s %d:%d %s: %s", d.Code, d.Pos.Line, d.Pos.Column, d.Message, d.Help))
			}
			if strings.Join(got, "\n") != c.want {
				t.Errorf("got\n%s\nwant\n%s", strings.Join(got, "\n"), c.want)
			}
		})
	}
}
