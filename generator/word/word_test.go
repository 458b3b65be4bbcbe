package word

import (
	"archive/zip"
	"bytes"
	"html"
	"io"
	"regexp"
	"strings"
	"testing"
	"testing/fstest"

	"annex/generator/aims"
	"annex/generator/audience"
	"annex/generator/docx"
	"annex/generator/readiness"
	"annex/generator/sample"
	"annex/generator/soa"
)

const records = `
[[decision]]
requirement = "mini:A.1"
applicable = false
basis = "no-such-activity"
justification = "Nobody does that."

[[decision]]
requirement = "mini:A.2"
applicable = true
reasons = ["risk-treatment", "legal"]
justification = "The law asks for it."
owner = "lead"

[[risk]]
id = "fire"
title = "Fire"

[[control]]
id = "watch"
title = "Watching"
satisfies = ["mini:A.2"]
owner = "lead"
status = "implemented"
implemented_on = 2026-01-01
documents = ["watch-plan"]
risks = ["fire"]

[[control.execution]]
on = 2026-11-01
result = "effective"
evidence = ["log"]

[[control]]
id = "drill"
title = "Fire drill"
status = "planned"
risks = ["fire"]

[[evidence]]
id = "log"
title = "Log"
note = "Kept"
effective = 2026-11-02

[[signoff]]
id = "s"
title = "S"
kind = "soa"
subject = "mini"
by = "lead"
on = 2026-10-01
decision = "approved"
statement = "I stand by it."
`

const plan = `
-- organization/watch-plan.md --
+++
id = "watch-plan"
title = "Watch plan"
kind = "plan"
owner = "lead"
version = "1.1"
status = "draft"
next_review = 2026-01-31
satisfies = ["mini:4.1"]
+++
See [[mini:A.2]], [[watch|the watch]], [the plan](watch-plan.md) and [the web](https://example.org/).

![A drawing](drawing.png)

## One

## Two

### Three
-- organization/drawing.png --
not a picture
`

const approved = `
-- organization/project.toml --
kind = "organization"
id = "sample"
title = "Sample Ltd"
scope = "All **that** we do, see [[watch]]."
[[soa]]
framework = "mini"
version = "2.0"
status = "approved"
approved_by = "lead"
approved_on = 2026-10-01
next_review = 2027-10-01
`

// edition loads a sample and returns how its Word files look, and its statement.
func edition(t testing.TB, text string) (Maker, *soa.Statement) {
	t.Helper()
	w := sample.Load(t, text)
	return Maker{Workspace: w, AsOf: sample.Day(), Files: sample.Files(text)}, statement(w)
}

func statement(w *aims.Workspace) *soa.Statement {
	return soa.All(readiness.Assess(w, w.Organizations()[0], sample.Day()))[0]
}

// unzip writes a document and returns its files by name.
func unzip(t testing.TB, d docx.Document) map[string]string {
	t.Helper()
	var b bytes.Buffer
	if err := docx.Write(&b, d); err != nil {
		t.Fatal(err)
	}
	r, err := zip.NewReader(bytes.NewReader(b.Bytes()), int64(b.Len()))
	if err != nil {
		t.Fatal(err)
	}
	files := map[string]string{}
	for _, f := range r.File {
		in, err := f.Open()
		if err != nil {
			t.Fatal(err)
		}
		content, err := io.ReadAll(in)
		if err != nil {
			t.Fatal(err)
		}
		files[f.Name] = string(content)
	}
	return files
}

// plainText returns the words of a part: a line for each paragraph outside of
// tables and each row, with | between cells.
func plainText(part string) string {
	for _, x := range [][2]string{
		{`<w:instrText[^>]*>[^<]*</w:instrText>`, ""}, {`</w:p></w:tc>`, "|"}, {`</w:tr>`, "\n"}, {`</w:p><w:p>`, "\x01"}, {`</w:p>`, "\n"}, {`<w:br/>`, "\n"}, {`<[^>]*>`, ""},
	} {
		part = regexp.MustCompile(x[0]).ReplaceAllString(part, x[1])
	}
	part = strings.NewReplacer("\x01", "\n", "\u00a0", " ").Replace(html.UnescapeString(part))
	var lines []string
	for line := range strings.Lines(part) {
		if line = strings.Join(strings.Fields(line), " "); line != "" && !strings.HasPrefix(line, "<?xml") {
			lines = append(lines, line)
		}
	}
	return strings.Join(lines, "\n")
}

func mainText(t testing.TB, d docx.Document) string {
	t.Helper()
	return plainText(unzip(t, d)["word/document.xml"])
}

func wantAll(t *testing.T, text string, wants ...string) {
	t.Helper()
	for _, want := range wants {
		if !strings.Contains(text, want) {
			t.Errorf("there is no %q in\n%s", want, text)
		}
	}
}

func TestAStatementHasWhatItsPageHas(t *testing.T) {
	word, st := edition(t, records+plan+approved)
	d := word.Statement(st)
	text := mainText(t, d)
	wantAll(t, text,
		"Statement of Applicability\nMini standard · Sample Ltd\n", "Organization|Sample Ltd|", "Framework|Mini standard, Annex A|", "Catalog version|1|", "As of|24 Nov 2026|",
		"Version|2.0 (Approved)|", "Approved by|Lead, 1 Oct 2026|", "Next review|1 Oct 2027|",
		"Counts|3 reference controls: 1 applicable, 1 excluded, 1 undecided. In place: 1 of 1 (100 %).|",
		"Scope\nAll that we do, see Watching.\n",
		"Control|Applies|Justification|How it is met|Status|Owner|Risks treated|AI systems|Evidence|\nA Area|\n",
		"A.1 First control| – Excluded |Nobody does that. (basis: No such activity)|Not applicable| – Not applicable |None|None|None|None|\n",
		"A.2 Second control|Yes|The law asks for it. (Risk treatment, Legal)|Watching\nWatch plan (Draft)| ● Operating |Lead|Fire|None|1 in force, newest 2 Nov 2026|\n",
		"A.10 Tenth control| ? Undecided |None|None| ? Not assessed |None|None|None|None|\n",
		"Fire drill| ◇ Planned |None|Fire|None|",
		"Approval\nRole|Date|Signature|\nLead|1 Oct 2026|To be signed|\n", "Lead|1 Oct 2026| ● Approved |what was signed is not fixed by a digest|I stand by it.|",
		"What the states mean\n", "Not assessed |The reference control has no decision yet.|",
	)
	if !d.Landscape || d.Properties.Version != "2.0" || d.Properties.Subject != "Mini standard" {
		t.Errorf("properties are %+v", d.Properties)
	}
	files := unzip(t, d)
	wantAll(t, plainText(files["word/header1.xml"]), "Statement of Applicability, Mini standardInternal")
	wantAll(t, plainText(files["word/footer1.xml"]), "Sample Ltd · version 2.0 · as of 24 Nov 2026Page 1 of 1")
	wantAll(t, files["docProps/custom.xml"], `name="Status"><vt:lpwstr>Approved`, `name="As of"><vt:lpwstr>2026-11-24`, `name="Classification"><vt:lpwstr>Internal`)
}

func TestAStatementThatNobodyApproved(t *testing.T) {
	word, st := edition(t, "")
	files := unzip(t, word.Statement(st))
	wantAll(t, plainText(files["word/document.xml"]), "Version| ▲ Not approved |", "No scope is written.", "Additional controls\nNone.", "Not approved|None|To be signed|", "In place: 0 of 0.")
	wantAll(t, plainText(files["word/header1.xml"]), "◐ NOT APPROVED Statement of Applicability")
}

func TestADocumentHasItsFrontMatterAndText(t *testing.T) {
	word, _ := edition(t, records+plan)
	files := unzip(t, word.Document(word.Workspace.Documents[0]))
	wantAll(t, plainText(files["word/document.xml"]),
		"Watch plan\nPlan · Sample Ltd\nStatus| ◇ Draft |\nVersion|1.1|\nOwner|Lead|\nApproved|No|\nNext review|31 Jan 2026 ▲ Overdue |\nClassification|Confidential|\nAs of|24 Nov 2026|\nSatisfies|Mini standard, 4.1 Plan|\n",
		"Contents\nOne\nTwo\nThree\nSee A.2 Second control, the watch, the plan and the web.\nA drawing\nOne\nTwo\nThree",
	)
	wantAll(t, plainText(files["word/header1.xml"]), "◐ DRAFT Watch planConfidential")
	if n := strings.Count(files["word/_rels/document.xml.rels"], `TargetMode="External"`); n != 1 {
		t.Errorf("%d links lead out, want that to the web alone", n)
	}
}

const assessment = `
-- systems/bot/project.toml --
kind = "system"
id = "bot"
title = "Bot"
purpose = "Answers."
stage = "operation"
-- systems/bot/impact.md --
+++
id = "impact-bot"
title = "Impact of the bot"
kind = "report"
status = "approved"
approved_by = "lead"
approved_on = 2026-02-01
[impact]
system = "bot"
assessed_on = 2026-01-31
assessors = ["lead"]
intended_use = "Answers."
misuse = "Orders."
conclusion = "Go on."
[[impact.effect]]
on = "individuals"
kind = "harm"
text = "Wrong answers."
likelihood = 2
severity = 4
controls = ["watch"]
[[impact.effect]]
on = "society"
kind = "benefit"
text = "Shorter waits."
+++
The text.
`

func TestAnImpactAssessmentHasItsFields(t *testing.T) {
	word, _ := edition(t, records+plan+assessment)
	for _, d := range word.Workspace.Documents {
		if d.Impact == nil {
			continue
		}
		wantAll(t, mainText(t, word.Document(d)),
			"Approved|Lead, 1 Feb 2026|", "Assessment in short\nAI system|Bot|\nAssessed on|31 Jan 2026|\nAssessed by|Lead|\nIntended use|Answers.|\nMisuse that can be foreseen|Orders.|\nConclusion|Go on.|",
			"Wrong answers.|Individuals| ▲ Harm |2 × 4 = 8|Watching|", "Shorter waits.|Society| ● Benefit |Not assessed|None|", "The text.",
		)
		return
	}
	t.Error("there is no impact assessment")
}

// TestWhatIsWithheldStaysWithheld puts a word into every confidential text and
// looks for it in every byte of the files that an audience gets.
func TestWhatIsWithheldStaysWithheld(t *testing.T) {
	config := `
-- annex.toml --
frameworks = ["mini"]
[organization]
name = "Sample Ltd"
[site]
classification = "internal"
[[audience]]
id = "staff"
ceiling = "internal"
drafts = true
watermark = "For staff"
`
	secret := strings.NewReplacer("title = \"Watch plan\"", "title = \"CANARY plan\"\nclassification = \"confidential\"", "See [[", "CANARY [[", "## One", "## CANARY").Replace(plan)
	secret = strings.Replace(records, `title = "Fire"`, "title = \"CANARY risk\"\nclassification = \"confidential\"", 1) + secret
	secret = strings.Replace(secret, `title = "Watching"`, "title = \"Watching\"\nclassification = \"internal\"", 1)
	whole := sample.Load(t, secret+approved+config)
	for name, w := range map[string]*aims.Workspace{"whole": whole, "cut": audience.For(whole, whole.Audience("staff"))} {
		word := Maker{Workspace: w, AsOf: sample.Day(), Files: sample.Files(secret)}
		var all []map[string]string
		for _, d := range w.Documents {
			all = append(all, unzip(t, word.Document(d)))
		}
		all = append(all, unzip(t, word.Statement(statement(w))))
		found := 0
		for _, files := range all {
			for part, content := range files {
				if n := strings.Count(content, "CANARY"); n > 0 {
					found += n
					if name == "cut" {
						t.Errorf("%s holds what is withheld", part)
					}
				}
			}
		}
		switch name {
		case "whole":
			if found < 5 {
				t.Errorf("only %d canaries to begin with", found)
			}
		case "cut":
			wantAll(t, plainText(all[0]["word/document.xml"]), "Withheld (confidential)\n", "What it says is not for this audience.")
			wantAll(t, plainText(all[len(all)-1]["word/document.xml"]), "Watching\nWithheld (confidential)")
			wantAll(t, plainText(all[0]["word/header1.xml"]), "For staff · ")
		}
	}
}

func TestWordFilesSpeakTheLanguageOfTheSite(t *testing.T) {
	word, st := edition(t, records+plan)
	word.Texts = map[string]string{
		"Owner": "Eigner", "Page %d of %d": "Seite %d von %d", "Nov": "Nov.", "Draft": "Entwurf", "Statement of Applicability": "Erklärung zur Anwendbarkeit", "Operating": "In Betrieb", "%d in force": "%d gültig",
	}
	files := unzip(t, word.Document(word.Workspace.Documents[0]))
	wantAll(t, plainText(files["word/document.xml"]), "Eigner|Lead|", "◇ Entwurf", "24 Nov. 2026")
	wantAll(t, plainText(files["word/footer1.xml"]), "Seite 1 von 1")
	wantAll(t, plainText(files["word/header1.xml"]), "◐ ENTWURF")
	wantAll(t, mainText(t, word.Statement(st)), "Erklärung zur Anwendbarkeit", "● In Betrieb", "1 gültig")
}

func TestOnlyPicturesOfTheWorkspaceAreShown(t *testing.T) {
	word, _ := edition(t, records+plan)
	picture := "\x89PNG\r\n\x1a\n\x00\x00\x00\rIHDR\x00\x00\x00\x02\x00\x00\x00\x02\x08\x00\x00\x00\x00W\xddR\xf8"
	word.Files = fstest.MapFS{"organization/drawing.png": {Data: []byte(picture)}, "secret.png": {Data: []byte(picture)}}
	if word.picture("organization/drawing.png") == nil || word.picture("secret.png") != nil || word.picture("../x.png") != nil {
		t.Error("pictures of the workspace and no others are read")
	}
	if files := unzip(t, word.Document(word.Workspace.Documents[0])); files["word/media/image1.png"] != picture {
		t.Error("the picture is not in the file")
	}
	word.Files = fstest.MapFS{}
	wantAll(t, mainText(t, word.Document(word.Workspace.Documents[0])), "A drawing")
}

// rezip writes a zip again with its parts changed.
func rezip(t testing.TB, content []byte, change func(name, part string) string) []byte {
	t.Helper()
	r, err := zip.NewReader(bytes.NewReader(content), int64(len(content)))
	if err != nil {
		t.Fatal(err)
	}
	var b bytes.Buffer
	w := zip.NewWriter(&b)
	for _, f := range r.File {
		in, err := f.Open()
		if err != nil {
			t.Fatal(err)
		}
		part, err := io.ReadAll(in)
		if err != nil {
			t.Fatal(err)
		}
		out, err := w.Create(f.Name)
		if err != nil {
			t.Fatal(err)
		}
		if _, err := io.WriteString(out, change(f.Name, string(part))); err != nil {
			t.Fatal(err)
		}
	}
	if err := w.Close(); err != nil {
		t.Fatal(err)
	}
	return b.Bytes()
}
