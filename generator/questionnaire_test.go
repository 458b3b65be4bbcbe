package generator_test

import (
	"fmt"
	"io/fs"
	"path/filepath"
	"regexp"
	"slices"
	"strings"
	"testing"

	"golang.org/x/tools/txtar"

	"annex/generator"
	"annex/generator/aims"
	"annex/generator/diag"
	"annex/generator/sample"
)

// edit puts new text in the place of old text in a file of a workspace. Without
// old text the file is added.
type edit struct{ file, old, new string }

// workspaceOf returns the workspace in a file of testdata, with edits.
func workspaceOf(t *testing.T, name string, edits ...edit) fs.FS {
	t.Helper()
	archive, err := txtar.ParseFile(filepath.Join("testdata", name+".txtar"))
	if err != nil {
		t.Fatal(err)
	}
	for _, e := range edits {
		if e.old == "" {
			archive.Files = append(archive.Files, txtar.File{Name: e.file, Data: []byte(e.new)})
			continue
		}
		i := slices.IndexFunc(archive.Files, func(f txtar.File) bool { return f.Name == e.file })
		if i < 0 || !strings.Contains(string(archive.Files[i].Data), e.old) {
			t.Fatalf("%s has no text %q to edit", e.file, e.old)
		}
		archive.Files[i].Data = []byte(strings.Replace(string(archive.Files[i].Data), e.old, e.new, 1))
	}
	files, err := txtar.FS(archive)
	if err != nil {
		t.Fatal(err)
	}
	return files
}

// checked returns what a check finds.
func checked(t *testing.T, workspace fs.FS) []diag.Diagnostic {
	t.Helper()
	result, err := generator.Check(t.Context(), generator.Options{Dir: sample.Lay(t, workspace), AsOf: aims.NewDate(2026, 11, 24)})
	if err != nil {
		t.Fatal(err)
	}
	return result.Diagnostics
}

// errorsIn returns the errors in one file, a line each with the help below it.
func errorsIn(list []diag.Diagnostic, file string) string {
	var out strings.Builder
	for _, d := range list {
		if d.Severity == diag.Error && d.Pos.Filename == file {
			fmt.Fprintf(&out, "%s: %s: %s\n%s\n", d.Pos, d.Code, d.Message, d.Help)
		}
	}
	return strings.TrimSpace(out.String())
}

// promises holds every page to what pages_test.go asks of it.
func (s site) promises(t *testing.T) {
	t.Helper()
	for _, p := range s.pages {
		s.links(t, p)
		tables(t, p)
		headings(t, p)
		policy(t, p)
	}
}

// question is the address of a question of the questionnaire.
func question(n int) string { return fmt.Sprintf("frameworks/buyer-questions/q%d.html", n) }

func TestQuestionnaireStandsInTheSiteAsAnyFramework(t *testing.T) {
	s := parsed(t, workspaceOf(t, "questionnaire"))
	s.promises(t)

	const home = "frameworks/buyer-questions/index.html"
	if len(leads(s.page(t, "frameworks/index.html"))[home]) == 0 {
		t.Error("the list of frameworks does not lead to the questionnaire")
	}
	if got := rows(s.page(t, "index.html"), "Marrow & Pike AI questionnaire"); len(got) != 1 ||
		!slices.Equal(got[0][1:5], []string{"2 of 30 (7 %)", "24 of 30 (80 %)", "0 of 30 (0 %)", "0 of 30 (0 %)"}) {
		t.Errorf("the first page says %q", got)
	}
	first := s.page(t, home)
	for _, area := range []string{"a", "b", "c", "d", "e", "f"} {
		if !first.ids[area] {
			t.Errorf("the framework page has no heading %s", area)
		}
	}
	below := 0
	for name := range s.pages {
		if strings.HasPrefix(name, "frameworks/buyer-questions/") {
			below++
		}
	}
	if below != 31 {
		t.Errorf("%d pages for 30 questions and their framework", below)
	}
	search, err := fs.ReadFile(s.files, "search/index.js")
	if err != nil {
		t.Fatal(err)
	}
	for n := 1; n <= 30; n++ {
		if len(leads(first)[question(n)]) != 1 {
			t.Errorf("the framework page does not lead to Q%d", n)
		}
		p := s.page(t, question(n))
		to := leads(p)
		if len(to[home]) == 0 {
			t.Errorf("Q%d does not lead to its framework", n)
		}
		if n > 1 && len(to[question(n-1)]) == 0 || n < 30 && len(to[question(n+1)]) == 0 {
			t.Errorf("Q%d does not lead to the questions beside it", n)
		}
		if !strings.Contains(string(search), fmt.Sprintf("\"%s\",\"buyer-questions:Q%d\"]", question(n), n)) {
			t.Errorf("Q%d cannot be searched for", n)
		}
	}
	third := mainText(s.page(t, question(3)))
	for _, want := range []string{
		"Marrow & Pike AI questionnaire / A Governance at the supplier", "Q3 Test before each release",
		"How do you test a new version before it reaches our stores, and who may stop it?",
		"Asks for a version that was stopped.", "record of the release decision",
	} {
		if !strings.Contains(third, want) {
			t.Errorf("the page of Q3 does not say %q", want)
		}
	}
	if about := mainText(s.page(t, "about.html")); !strings.Contains(about, "spreadsheet of the buyer, sheet AI, received by sales") {
		t.Error("the method does not name the source of the questionnaire")
	}
}

func TestQuestionnaireAnswersReachEveryState(t *testing.T) {
	s := parsed(t, workspaceOf(t, "questionnaire"))
	const watch, test = "Weekly comparison of forecasts and sales", "Back test and stop before each release"
	for _, c := range []struct {
		question, state, control, evidence string
		page                               int
	}{
		{"Q1 Written AI policy", "Documented", "None", "None", 1},
		{"Q3 Test before each release", "Operating", test, "Back test of version 14", 3},
		{"Q4 List of AI in what you sell us", "Gap", "None", "None", 4},
		{"Q7 Use of our sales data for others", "Planned", "Switch that keeps a customer's data apart", "None", 7},
		{"Q10 Checks of data quality", "Implemented", "Alarm on missing figures of a store", "None", 10},
		{"Q17 Watch over the model in use", "Verified", watch, "Deviations in October 2026", 17},
		{"Q20 Work without the forecast", "Gap", "None", "None", 20}, // a draft is no answer
	} {
		t.Run(c.question, func(t *testing.T) {
			got := rows(s.page(t, "frameworks/buyer-questions/index.html"), c.question)
			if len(got) != 1 || got[0][1] != c.state || got[0][2] != c.control {
				t.Errorf("the framework page says %q", got)
			}
			if said := mainText(s.page(t, question(c.page))); !strings.Contains(said, c.question+" "+c.state+" ") {
				t.Errorf("its page does not say %s: %s", c.state, said)
			}
			got = rows(s.page(t, "matrices/traceability.html"), c.question)
			if len(got) != 1 || got[0][1] != c.state || got[0][2] != c.control || got[0][5] != c.evidence {
				t.Errorf("the matrix of traceability says %q", got)
			}
		})
	}
	traced := leads(s.page(t, "matrices/traceability.html"))
	for n := 1; n <= 30; n++ {
		if len(traced[question(n)]) != 1 {
			t.Errorf("the matrix of traceability has %d rows for Q%d", len(traced[question(n)]), n)
		}
	}
}

// TestQuestionnaireChecksNameTheUnanswered compares what a check says of the
// questionnaire with what it says of a guideline that comes with annex.
func TestQuestionnaireChecksNameTheUnanswered(t *testing.T) {
	workspace := workspaceOf(t, "questionnaire", edit{"annex.toml", `"buyer-questions"]`, `"buyer-questions", "nist-ai-rmf"]`})
	list := checked(t, workspace)
	like := slices.IndexFunc(list, func(d diag.Diagnostic) bool { return strings.Contains(d.Message, "nist-ai-rmf:GOVERN 1.1,") })
	if like < 0 {
		t.Fatal("nothing is said of the guideline")
	}
	answered := []int{1, 2, 3, 7, 10, 17}
	for n := 1; n <= 30; n++ {
		ref := fmt.Sprintf("buyer-questions:Q%d", n)
		i := slices.IndexFunc(list, func(d diag.Diagnostic) bool { return strings.HasPrefix(d.Message, "nothing satisfies "+ref+", ") })
		if slices.Contains(answered, n) {
			if i >= 0 {
				t.Errorf("%s is answered, but: %s", ref, list[i].Message)
			}
			continue
		}
		if i < 0 {
			t.Errorf("nobody says that %s is not answered", ref)
			continue
		}
		d := list[i]
		d.Message, d.Help = list[like].Message, strings.Replace(d.Help, ref, "nist-ai-rmf:GOVERN 1.1", 1)
		if d.Code != diag.RequirementUnmet || d.Severity != diag.Note || d.Pos != list[like].Pos || d.Help != list[like].Help {
			t.Errorf("%+v, but of the guideline %+v", d, list[like])
		}
	}

	s := parsed(t, workspace)
	if todo := mainText(s.page(t, question(4))); !strings.Contains(todo, "What to doNothing satisfies buyer-questions:Q4, List of AI in what you sell us.") {
		t.Errorf("the page of Q4 does not say what to do: %s", todo)
	}
	if next := mainText(s.page(t, "next.html")); strings.Contains(next, "buyer-questions:") {
		t.Error("a question that nobody certifies stands among the next actions")
	}
}

// TestQuestionnaireThatIsAStandardBlocks makes a standard of the questionnaire:
// its open clauses become next actions.
func TestQuestionnaireThatIsAStandardBlocks(t *testing.T) {
	s := parsed(t, workspaceOf(t, "questionnaire", edit{"frameworks/buyer-questions.toml", `kind = "questionnaire"`, `kind = "standard"`}))
	next := s.page(t, "next.html")
	for n := 1; n <= 30; n++ {
		want := 1
		if slices.Contains([]int{1, 2, 3, 7, 10, 17}, n) {
			want = 0
		}
		if got := len(leads(next)[question(n)]); got != want {
			t.Errorf("%d next actions for Q%d, want %d", got, n, want)
		}
	}
}

func TestQuestionnaireCrosswalkLeadsBothWays(t *testing.T) {
	workspace := workspaceOf(t, "questionnaire")
	s := parsed(t, workspace)
	const forth, back = "matrices/crosswalk-buyer-questions-iso-42001.html", "matrices/crosswalk-iso-42001-buyer-questions.html"
	const sentence = "A crosswalk is for navigation and proves no conformity."
	for _, c := range []struct{ matrix, home, title string }{
		{forth, "frameworks/buyer-questions/index.html", "Marrow & Pike AI questionnaire → ISO/IEC 42001:2023"},
		{back, "frameworks/iso-42001/index.html", "ISO/IEC 42001:2023 → Marrow & Pike AI questionnaire"},
	} {
		said := mainText(s.page(t, c.matrix))
		for _, want := range []string{
			c.title, sentence, "Made by sales and the AI lead, so that an answer can point to what is there already.",
			"Whoever meets the clause or control can answer the question from its records.", "our own reading of both", "The buyer has not seen it.",
		} {
			if !strings.Contains(said, want) {
				t.Errorf("%s does not say %q", c.matrix, want)
			}
		}
		for _, from := range []string{c.home, "matrices/index.html"} {
			if len(leads(s.page(t, from))[c.matrix]) == 0 {
				t.Errorf("%s does not lead to %s", from, c.matrix)
			}
		}
	}

	source, err := fs.ReadFile(workspace, "frameworks/crosswalk-buyer-questions-iso-42001.toml")
	if err != nil {
		t.Fatal(err)
	}
	pairs := regexp.MustCompile(`from = "Q(\d+)"\nto = "(\S+)"\nstrength = "(\w+)"`).FindAllStringSubmatch(string(source), -1)
	if len(pairs) != 18 {
		t.Fatalf("%d pairs in the file", len(pairs))
	}
	for _, p := range pairs {
		ask := "frameworks/buyer-questions/q" + p[1] + ".html"
		clause := "frameworks/iso-42001/" + strings.ReplaceAll(strings.ToLower(p[2]), ".", "-") + ".html"
		strength := strings.ToUpper(p[3][:1]) + p[3][1:]
		for _, end := range []struct{ from, to, matrix string }{{ask, clause, forth}, {clause, ask, back}} {
			there := leads(s.page(t, end.from))[end.to]
			if len(there) != 1 {
				t.Errorf("%s does not lead to its neighbour %s", end.from, end.to)
				continue
			}
			if got := rows(s.page(t, end.from), there[0]); len(got) != 1 || got[0][2] != strength || got[0][3] != "ours" && !strings.HasPrefix(got[0][3], "ours ") {
				t.Errorf("%s says of its neighbour %q", end.from, got)
			}
			if !strings.Contains(mainText(s.page(t, end.from)), sentence) {
				t.Errorf("%s does not say that a crosswalk proves nothing", end.from)
			}
			if len(leads(s.page(t, end.matrix))[end.to]) == 0 {
				t.Errorf("%s does not lead to %s", end.matrix, end.to)
			}
		}
	}
}

// TestQuestionnaireCrosswalkSaysWhatServesBoth looks at single rows from either side.
func TestQuestionnaireCrosswalkSaysWhatServesBoth(t *testing.T) {
	s := parsed(t, workspaceOf(t, "questionnaire"))
	const test = "Back test and stop before each release"
	for _, c := range []struct {
		matrix, head string
		want         [][]string
	}{
		{"buyer-questions-iso-42001", "Q3 Test before each release", [][]string{
			{"Operating", "A.6.2.4 AI system verification and validation", "Answers", "ours The buyer asks for the power to stop as well.", "Not assessed", test, test},
			{"Operating", "A.6.2.5 AI system deployment", "Touches", "ours", "Not assessed", test, "None"},
		}},
		{"iso-42001-buyer-questions", "A.6.2.4 AI system verification and validation", [][]string{
			{"Not assessed", "Q3 Test before each release", "Answers", "ours The buyer asks for the power to stop as well.", "Operating", test, test},
		}},
		{"buyer-questions-iso-42001", "Q4 List of AI in what you sell us", [][]string{{"Gap", "None", "None", "None", "None", "None", "None"}}},
	} {
		t.Run(c.matrix+" "+c.head, func(t *testing.T) {
			var got [][]string
			for _, r := range rows(s.page(t, "matrices/crosswalk-"+c.matrix+".html"), c.head) {
				if len(r) == 8 { // not those of the second table
					got = append(got, r[1:])
				}
			}
			alike := func(a, b []string) bool { return slices.EqualFunc(a, b, strings.EqualFold) }
			if !slices.EqualFunc(got, c.want, alike) {
				t.Errorf("got  %q\nwant %q", got, c.want)
			}
		})
	}
}

func TestQuestionnaireIsReferredToInTexts(t *testing.T) {
	s := parsed(t, workspaceOf(t, "questionnaire"))
	for _, c := range []struct{ name, from, to, text string }{
		{"a question by its title", "documents/buyer-answers.html", question(3), "Q3 Test before each release"},
		{"a question by words of the text", "documents/buyer-answers.html", question(1), "the first question"},
		{"a heading", "documents/buyer-answers.html", "frameworks/buyer-questions/index.html#a", "A Governance at the supplier"},
		{"from a record", "systems/shelf-forecast.html", "frameworks/buyer-questions/index.html#c", "what buyers ask"},
	} {
		t.Run(c.name, func(t *testing.T) {
			if got := leads(s.page(t, c.from))[c.to]; !slices.Contains(got, c.text) {
				t.Errorf("%s leads to %s with %q", c.from, c.to, got)
			}
		})
	}
}

func TestQuestionnaireMistakesAreReported(t *testing.T) {
	const catalog, pairs = "frameworks/buyer-questions.toml", "frameworks/crosswalk-buyer-questions-iso-42001.toml"
	const answers, plan = "organization/documents/buyer-answers.md", "organization/documents/manual-ordering.md"
	for _, c := range []struct {
		name       string
		edit       edit
		want, help string
	}{
		{
			"a document satisfies a question that there is not",
			edit{plan, "buyer-questions:Q20", "buyer-questions:Q31"},
			"organization/documents/manual-ordering.md:9:14: AX0301: Marrow & Pike AI questionnaire has no requirement Q31",
			`questions near it: Q29, Q30`,
		},
		{
			"a document satisfies a heading",
			edit{plan, "buyer-questions:Q20", "buyer-questions:F"},
			"organization/documents/manual-ordering.md:9:14: AX0304: buyer-questions:F is a heading (Contract and change), not a requirement",
			"name one below it: buyer-questions:Q28, buyer-questions:Q29, buyer-questions:Q30",
		},
		{
			"a text refers to a question that there is not",
			edit{answers, "[[buyer-questions:Q3]]", "[[buyer-questions:Q31]]"},
			"organization/documents/buyer-answers.md:15:19: AX0301: Marrow & Pike AI questionnaire has no requirement Q31",
			`questions near it: Q29, Q30`,
		},
		{
			"the id of the questionnaire is misspelt",
			edit{plan, "buyer-questions:Q20", "buyer-question:Q20"},
			`organization/documents/manual-ordering.md:9:14: AX0302: the framework "buyer-question" is not in use`,
			"did you mean buyer-questions?",
		},
		{
			"a question is decided on",
			edit{"organization/decisions.toml", "", "[[decision]]\nrequirement = \"buyer-questions:Q3\"\napplicable = true\n"},
			"organization/decisions.toml:2:15: AX0305: buyer-questions:Q3 is a clause; clauses cannot be excluded and need no decision",
			"delete the decision",
		},
		{
			"the questionnaire is not in use",
			edit{"annex.toml", `, "buyer-questions"]`, "]"},
			`frameworks/crosswalk-buyer-questions-iso-42001.toml:2:8: AX0302: the framework "buyer-questions" is not in use`,
			`add "buyer-questions" to frameworks in annex.toml`,
		},
		{
			"a question stands twice",
			edit{catalog, `ref = "Q8"`, `ref = "Q7"`},
			"frameworks/buyer-questions.toml:82:7: AX0209: requirement Q7 stands twice in the catalog",
			"delete one of them",
		},
		{
			"the parent of a question is not there",
			edit{catalog, `parent = "C"`, `parent = "Z"`},
			"frameworks/buyer-questions.toml:125:10: AX0301: parent Z does not stand before Q13 in the catalog",
			"list the heading first",
		},
		{
			"two questions would have one page",
			edit{catalog, `ref = "Q8"`, `ref = "Q7."`},
			"frameworks/buyer-questions.toml:82:7: AX0209: Q7 and Q7. would have the same page, q7.html",
			"change more than the signs between letters and digits",
		},
		{
			"a question has the name of a list",
			edit{catalog, `ref = "Q8"`, `ref = "Index"`},
			`frameworks/buyer-questions.toml:82:7: AX0205: "Index" cannot be a ref: pages are named after refs`,
			"use letters and digits, at most 80, and not a name that lists or Windows take",
		},
		{
			"a question has no title",
			edit{catalog, "title = \"Way out\"\n", ""},
			"frameworks/buyer-questions.toml:262:3: AX0204: the requirement has no title",
			`add title = "..."`,
		},
		{
			"the kind is not known",
			edit{catalog, `kind = "questionnaire"`, `kind = "survey"`},
			`frameworks/buyer-questions.toml:6:8: AX0206: kind cannot be "survey"`,
			"it is one of standard, law, guideline, questionnaire",
		},
		{
			"a pair names a question that there is not",
			edit{pairs, `from = "Q30"`, `from = "Q31"`},
			"frameworks/crosswalk-buyer-questions-iso-42001.toml:128:8: AX0301: Marrow & Pike AI questionnaire has no entry Q31",
			"entries near it: Q29, Q30",
		},
		{
			"a pair names a control that there is not",
			edit{pairs, `to = "A.10.4"`, `to = "A.10.5"`},
			"frameworks/crosswalk-buyer-questions-iso-42001.toml:129:6: AX0301: ISO/IEC 42001:2023 has no entry A.10.5",
			"did you mean A.10.4?",
		},
		{
			"a pair has a strength that there is not",
			edit{pairs, `strength = "touches"`, `strength = "touched"`},
			`frameworks/crosswalk-buyer-questions-iso-42001.toml:52:12: AX0206: the crosswalk has no strength "touched"`,
			"its [[strength]] tables are answers, touches",
		},
		{
			"a pair stands twice",
			edit{pairs, `to = "A.2.2"`, `to = "5.2"`},
			"frameworks/crosswalk-buyer-questions-iso-42001.toml:30:3: AX0209: the pair Q1 and 5.2 stands twice in the crosswalk",
			"delete one of them",
		},
		{
			"a pair does not say where it comes from",
			edit{pairs, "provenance = \"ours\"\n", ""},
			"frameworks/crosswalk-buyer-questions-iso-42001.toml:24:3: AX0204: the pair has no provenance",
			`add provenance = "..."`,
		},
	} {
		t.Run(c.name, func(t *testing.T) {
			file, _, _ := strings.Cut(c.want, ":")
			if got := errorsIn(checked(t, workspaceOf(t, "questionnaire", c.edit)), file); got != c.want+"\n"+c.help {
				t.Errorf("got  %s\nwant %s\n%s", got, c.want, c.help)
			}
		})
	}
}

// TestQuestionnaireReplacesNoOtherCatalog adds catalogs whose id is taken. They are
// errors, so that nobody wonders which of the two is in use.
func TestQuestionnaireReplacesNoOtherCatalog(t *testing.T) {
	const file = "frameworks/extra.toml"
	for _, c := range []struct{ name, id string }{
		{"by one that comes with annex and is in use", "iso-42001"},
		{"by one that comes with annex and is not in use", "nist-ai-rmf"},
		{"by another of the workspace", "buyer-questions"},
	} {
		t.Run(c.name, func(t *testing.T) {
			extra := fmt.Sprintf("id = %q\ntitle = \"Extra\"\nversion = \"1\"\nkind = \"standard\"\n\n[[requirement]]\nref = \"A.2.2\"\nkind = \"clause\"\ntitle = \"Nothing\"\nasks = \"Do nothing.\"\n", c.id)
			list := checked(t, workspaceOf(t, "questionnaire", edit{file: file, new: extra}))
			want := fmt.Sprintf("%s:1:1: %s: there is another catalog with the id %q\ngive this one an id of its own, such as %s-own", file, diag.DoubleID, c.id, c.id)
			if got := errorsIn(list, file); got != want || diag.Count(list).Errors != 1 {
				t.Errorf("%d errors:\n%s\nwant %s", diag.Count(list).Errors, got, want)
			}
		})
	}
}
