package diag

import (
	"bytes"
	"encoding/json"
	"encoding/xml"
	"go/token"
	"strings"
	"testing"
	"testing/fstest"
)

func sample() []Diagnostic {
	return []Diagnostic{
		New(UnknownRequirement, token.Position{Filename: "a b/c.toml", Line: 2, Column: 3}, "no A.6.2.9, \x1b[31mred\u202e", "did you mean A.6.2.8?"),
		New(NoOwner, token.Position{Filename: "c.toml", Line: 1, Column: 1}, "50 % has <no> owner", ""),
	}
}

func TestTextShowsTheLineWithACaretAndNothingThatSteersATerminal(t *testing.T) {
	var b bytes.Buffer
	files := fstest.MapFS{"a b/c.toml": {Data: []byte("one\n\ttwö \x1b[2J\n")}, "c.toml": {Data: []byte(strings.Repeat("x", 500))}}
	if err := Text(&b, sample(), files); err != nil {
		t.Fatal(err)
	}
	want := `a b/c.toml:2:3: error[AX0301]: no A.6.2.9, [31mred
    2 |  twö [2J
      |   ^
      help: did you mean A.6.2.8?

c.toml:1:1: warning[AX0501]: 50 % has <no> owner
    1 | ` + strings.Repeat("x", 160) + `…
      | ^
`
	if b.String() != want {
		t.Errorf("got\n%s\nwant\n%s", b.String(), want)
	}
}

func TestTextWithoutTheFile(t *testing.T) {
	var b bytes.Buffer
	if err := Text(&b, sample()[1:], nil); err != nil {
		t.Fatal(err)
	}
	if b.String() != "c.toml:1:1: warning[AX0501]: 50 % has <no> owner\n" {
		t.Errorf("got %q", b.String())
	}
}

func TestJSONCounts(t *testing.T) {
	var b bytes.Buffer
	if err := JSON(&b, sample()); err != nil {
		t.Fatal(err)
	}
	var got struct {
		Diagnostics []struct {
			Code, Severity, File string
			Line, Column         int
		}
		Errors, Warnings, Notes int
	}
	if err := json.Unmarshal(b.Bytes(), &got); err != nil {
		t.Fatal(err)
	}
	if len(got.Diagnostics) != 2 || got.Errors != 1 || got.Warnings != 1 || got.Diagnostics[0].Line != 2 {
		t.Errorf("%+v", got)
	}
	b.Reset()
	if err := JSON(&b, nil); err != nil || !strings.Contains(b.String(), `"diagnostics": []`) {
		t.Errorf("nothing found: %v %s", err, b.String())
	}
}

func TestSARIFNamesEveryRule(t *testing.T) {
	var b bytes.Buffer
	if err := SARIF(&b, sample(), "1.2"); err != nil {
		t.Fatal(err)
	}
	var got struct {
		Version string
		Runs    []struct {
			Tool struct {
				Driver struct {
					Version string
					Rules   []struct{ ID string }
				}
			}
			Results []struct {
				RuleID, Level string
				Locations     []struct {
					PhysicalLocation struct {
						ArtifactLocation struct{ URI string }
						Region           struct{ StartLine, StartColumn int }
					}
				}
			}
		}
	}
	if err := json.Unmarshal(b.Bytes(), &got); err != nil {
		t.Fatal(err)
	}
	run := got.Runs[0]
	rules := map[string]bool{}
	for _, r := range run.Tool.Driver.Rules {
		rules[r.ID] = true
	}
	if got.Version != "2.1.0" || len(run.Results) != 2 {
		t.Fatalf("%+v", got)
	}
	for _, r := range run.Results {
		if !rules[r.RuleID] {
			t.Errorf("the rule %s is not described", r.RuleID)
		}
	}
	place := run.Results[0].Locations[0].PhysicalLocation
	if place.ArtifactLocation.URI != "a%20b/c.toml" || place.Region.StartLine != 2 || place.Region.StartColumn != 3 || run.Results[0].Level != "error" {
		t.Errorf("%+v", place)
	}
}

func TestJUnitHasACaseForEachCode(t *testing.T) {
	var b bytes.Buffer
	if err := JUnit(&b, sample()); err != nil {
		t.Fatal(err)
	}
	var got struct {
		Tests    int `xml:"tests,attr"`
		Failures int `xml:"failures,attr"`
		Cases    []struct {
			Name     string `xml:"name,attr"`
			Failures []struct {
				Message string `xml:"message,attr"`
			} `xml:"failure"`
		} `xml:"testcase"`
	}
	if err := xml.Unmarshal(b.Bytes(), &got); err != nil {
		t.Fatal(err)
	}
	codes := 0
	for _, f := range Families() {
		codes += len(f.Entries)
	}
	if got.Tests != codes || len(got.Cases) != codes || got.Failures != 2 {
		t.Errorf("%d tests, %d cases, %d failures for %d codes", got.Tests, len(got.Cases), got.Failures, codes)
	}
}

func TestGitHubEscapesWhatItsCommandsUse(t *testing.T) {
	var b bytes.Buffer
	list := sample()
	list[0].Pos.Filename = "a,b:c.toml"
	if err := GitHub(&b, list); err != nil {
		t.Fatal(err)
	}
	want := "::error file=a%2Cb%3Ac.toml,line=2,col=3,title=AX0301::no A.6.2.9, [31mred. Help: did you mean A.6.2.8?\n" +
		"::warning file=c.toml,line=1,col=1,title=AX0501::50 %25 has <no> owner\n"
	if b.String() != want {
		t.Errorf("got\n%s\nwant\n%s", b.String(), want)
	}
}

func TestSortOrdersAndRemovesRepeats(t *testing.T) {
	a := New(NoOwner, token.Position{Filename: "b", Line: 1, Column: 1}, "x", "")
	b := New(NoOwner, token.Position{Filename: "a", Line: 9, Column: 1}, "x", "")
	c := New(NoOwner, token.Position{Filename: "a", Line: 10, Column: 1}, "x", "")
	got := Sort([]Diagnostic{a, c, b, a})
	if len(got) != 3 || got[0].Pos.Line != 9 || got[1].Pos.Line != 10 || got[2].Pos.Filename != "b" {
		t.Errorf("%+v", got)
	}
}

// TestTheCatalogOfCodesIsWhole holds that each code has one entry, in order,
// with a title and a text for `annex explain`.
func TestTheCatalogOfCodesIsWhole(t *testing.T) {
	last := Code("")
	for _, f := range Families() {
		if f.Title == "" || f.About == "" {
			t.Errorf("a family without words: %+v", f.Title)
		}
		for _, e := range f.Entries {
			if e.Code <= last || len(e.Code) != 6 || !strings.HasPrefix(string(e.Code), "AX") {
				t.Errorf("%s stands behind %s", e.Code, last)
			}
			if e.Title == "" || len(e.Text) < 20 || e.Severity == 0 {
				t.Errorf("%s says too little: %q, %q", e.Code, e.Title, e.Text)
			}
			if got, ok := Find(e.Code); !ok || got.Title != e.Title {
				t.Errorf("%s is not found", e.Code)
			}
			last = e.Code
		}
	}
}

func TestTextShowsTheColumnOfALongLine(t *testing.T) {
	files := fstest.MapFS{"theme/templates/a.html": {Data: []byte(strings.Repeat("é", 300) + "{{.Foo}}" + strings.Repeat("x", 300))}}
	for column, want := range map[int]string{1: "^", 303: strings.Repeat(" ", 61) + "^"} {
		var b bytes.Buffer
		d := New(TemplateFails, token.Position{Filename: "theme/templates/a.html", Line: 1, Column: column}, "x", "")
		if err := Text(&b, []Diagnostic{d}, files); err != nil {
			t.Fatal(err)
		}
		lines := strings.Split(b.String(), "\n")
		if len(lines) < 3 || lines[2] != "      | "+want {
			t.Errorf("column %d:\n%s", column, b.String())
			continue
		}
		shown := []rune(strings.TrimPrefix(lines[1], "    1 | "))
		if caret := strings.Index(lines[2], "^") - len("      | "); column > 300 && shown[caret] != '.' || len(shown) > widest+2 {
			t.Errorf("column %d points at %q in a line of %d", column, shown[caret], len(shown))
		}
	}
}
