package load_test

import (
	"io/fs"
	"slices"
	"strings"
	"testing"
	"testing/fstest"

	"annex/frameworks"
	"annex/generator/diag"
	"annex/generator/load"
	"annex/generator/sample"
)

// said loads a sample with the built-in frameworks and returns what is wrong
// with it: place, code, message and help.
func said(t *testing.T, text string) []diag.Diagnostic {
	t.Helper()
	_, diags, err := load.Load(sample.Files(text), frameworks.Files())
	if err != nil {
		t.Fatal(err)
	}
	return diags
}

func places(diags []diag.Diagnostic) string {
	var list []string
	for _, d := range diags {
		list = append(list, d.Pos.String()+" "+string(d.Code))
	}
	return strings.Join(list, ", ")
}

// TestABrokenProjectIsReportedAlone breaks the file that makes a folder a
// project: no file below it counts as lost, nothing that it defines as missing,
// and what is wrong further down still comes up.
func TestABrokenProjectIsReportedAlone(t *testing.T) {
	const records = `[[control]]
id = "a"
title = "A"
status = "planned"
owner = "lead"
systems = ["bot"]
level = "system"
[[evidence]]
id = "e"
title = "E"
file = "evidence/e.txt"
effective = 2026-01-01
controls = ["a"]
[[decision]]
requirement = "mini:A.1"
applicable = true
-- organization/evidence/e.txt --
Seen.
-- organization/policy.md --
+++
id = "policy"
title = "Policy"
+++
Text.
`
	const bot = "-- systems/bot/project.toml --\nkind = \"system\"\nid = \"bot\"\ntitle = \"Bot\"\nowner = \"lead\"\nstage = \"design\"\n-- systems/bot/decisions.toml --\n[[decision]]\nrequirement = \"mini:A.1\"\napplicable = true\n"
	organization := func(kind string) string {
		return "-- organization/project.toml --\n" + kind + "id = \"sample\"\ntitle = \"Sample Ltd\"\nscope = \"All.\"\n[risk_criteria]\naccept_up_to = 6\n"
	}
	change := func(old, next string) string { return records + strings.Replace(bot, old, next, 1) }
	for _, c := range []struct{ name, text, want string }{
		{"nothing is wrong", records + bot, ""},
		{"the organization is not TOML", records + bot + organization("kind = organization\n"), "organization/project.toml:1:8 AX0101"},
		{"it has no kind", records + bot + organization(""), "organization/project.toml:1:1 AX0204"},
		{"its kind is empty", records + bot + organization("kind = \"\"\n"), "organization/project.toml:1:8 AX0204"},
		{"its kind is misspelt", records + bot + organization("kind = \"organisation\"\n"), "organization/project.toml:1:8 AX0206"},
		{"its kind is a number", records + bot + organization("kind = 1\n"), "organization/project.toml:1:8 AX0203"},
		{"it says that it is a system", records + bot + organization("kind = \"system\"\n"), "organization/project.toml:1:8 AX0211"},
		{"it has no kind and a key that nobody knows", records + bot + organization("scopes = \"x\"\n"), "organization/project.toml:1:1 AX0204, organization/project.toml:1:1 AX0201"},
		{"the system is not TOML", change(`"Bot"`, `“Bot”`), "systems/bot/project.toml:3:9 AX0101"},
		{"the system has no kind", change("kind = \"system\"\n", ""), "systems/bot/project.toml:1:1 AX0204"},
		{"the system says that it is an organization", change(`kind = "system"`, `kind = "organization"`), "systems/bot/project.toml:1:8 AX0211"},
		{"both have no kind", change("kind = \"system\"\n", "") + organization(""), "organization/project.toml:1:1 AX0204, systems/bot/project.toml:1:1 AX0204"},
		{"a record below it is wrong as well", strings.Replace(records, "owner =", "onwer =", 1) + bot + organization(""), "organization/project.toml:1:1 AX0204, organization/records.toml:5:1 AX0201"},
		{"one key is of the other kind", change("stage =", "scope = \"All.\"\nstage ="), "systems/bot/project.toml:5:1 AX0201"},
	} {
		t.Run(c.name, func(t *testing.T) {
			diags := said(t, c.text)
			if got := places(diags); !sameWords(got, c.want) {
				t.Errorf("got %s, want %s\n%v", got, c.want, diags)
			}
		})
	}
}

// TestALinkInThePlaceOfAProjectIsReportedAlone has one outside every project and
// one among evidence, which makes no project of the folder.
func TestALinkInThePlaceOfAProjectIsReportedAlone(t *testing.T) {
	for file, want := range map[string]string{
		"organization/project.toml":          "organization/project.toml:1:1 AX0106",
		"organization/evidence/project.toml": "organization/evidence/project.toml:1:1 AX0106",
	} {
		files := sample.Files("[[evidence]]\nid = \"e\"\ntitle = \"E\"\nfile = \"evidence/e.txt\"\neffective = 2026-01-01\n-- organization/evidence/e.txt --\nSeen.\n")
		files[file] = &fstest.MapFile{Mode: fs.ModeSymlink, Data: []byte("elsewhere")}
		_, diags, err := load.Load(files, fstest.MapFS{})
		if got := places(diags); err != nil || got != want {
			t.Errorf("%v %s, want %s", err, got, want)
		}
	}
}

func sameWords(a, b string) bool {
	x, y := strings.Split(a, ", "), strings.Split(b, ", ")
	slices.Sort(x)
	slices.Sort(y)
	return slices.Equal(x, y)
}

// TestTheKeysOfAKindOfProject holds that a project that says the wrong kind is
// found by every key that the other kind alone has. The help on an unknown key
// lists the keys that are read.
func TestTheKeysOfAKindOfProject(t *testing.T) {
	keys := func(kind string) []string {
		diags := said(t, "\n-- systems/x/project.toml --\nkind = \""+kind+"\"\nid = \"x\"\ntitle = \"X\"\nzzzzzzzzzzzz = 1\n")
		list, ok := strings.CutPrefix(diags[0].Help, "keys are ")
		if len(diags) != 1 || !ok {
			t.Fatal(diags)
		}
		return strings.Split(list, ", ")
	}
	lists := map[string][]string{"organization": keys("organization"), "system": keys("system")}
	for kind, other := range map[string]string{"organization": "system", "system": "organization"} {
		for _, key := range lists[other] {
			if slices.Contains(lists[kind], key) {
				continue
			}
			diags := said(t, "\n-- systems/x/project.toml --\nkind = \""+kind+"\"\nid = \"x\"\ntitle = \"X\"\n"+key+" = 1\n")
			if got := places(diags); got != "systems/x/project.toml:1:8 AX0211" {
				t.Errorf("%s with the key %s: %s", kind, key, got)
			}
		}
	}
}

func TestWhatIsWrongWithAStatement(t *testing.T) {
	soa := func(framework string) string {
		return "[[soa]]\n" + framework + "version = \"1\"\nstatus = \"draft\"\n"
	}
	text := func(frameworks, entries string) string {
		return "\n-- annex.toml --\nframeworks = [" + frameworks + "]\n[organization]\nname = \"Sample Ltd\"\n" +
			"-- organization/project.toml --\nkind = \"organization\"\nid = \"sample\"\ntitle = \"Sample Ltd\"\n" + entries
	}
	const mini, act = "framework = \"mini\"\n", "framework = \"eu-ai-act\"\n"
	for _, c := range []struct{ name, text, want, help string }{
		{"one for each", text(`"mini", "iso-42001"`, soa(mini)+soa("framework = \"iso-42001\"\n")), "", ""},
		{"two for one", text(`"mini"`, soa(mini)+soa(mini)), "9:13 AX0209", "keep the one that holds; a framework has one Statement of Applicability"},
		{"none named", text(`"mini", "iso-42001"`, soa("")), "4:3 AX0204", `write framework = "mini" or framework = "iso-42001"`},
		{"an empty name", text(`"mini"`, soa("framework = \"\"\n")), "5:13 AX0204", `write framework = "mini"`},
		{"no name", text(`"mini"`, soa("framework = 1\n")), "5:13 AX0203", `write framework = "..." with quotes`},
		{"a framework that is not in use", text(`"mini"`, soa(act)), "5:13 AX0302", `add "eu-ai-act" to frameworks in annex.toml`},
		{"a framework without reference controls", text(`"mini", "eu-ai-act"`, soa(act)), "5:13 AX0305", `delete it, or write framework = "mini"`},
		{"and no other in use", text(`"eu-ai-act"`, soa(act)), "5:13 AX0305", "delete it: no framework in use has reference controls"},
	} {
		t.Run(c.name, func(t *testing.T) {
			diags := said(t, c.text)
			if c.want == "" {
				if len(diags) > 0 {
					t.Error(diags)
				}
				return
			}
			if got, want := places(diags), "organization/project.toml:"+c.want; got != want || diags[0].Help != c.help {
				t.Errorf("got %s with help %q, want %s with %q", got, diags[0].Help, want, c.help)
			}
		})
	}
}

func TestStagesComeInTheirOrder(t *testing.T) {
	for dates, want := range map[string]string{
		"stage_1 = 2026-10-20\nstage_2 = 2027-04-20": "",
		"stage_1 = 2026-10-20\nstage_2 = 2026-10-20": "",
		"stage_1 = 2027-04-20\nstage_2 = 2026-10-20": "annex.toml:6:11 AX0212",
		"stage_2 = 2026-10-20":                       "",
	} {
		if got := places(said(t, "\n-- annex.toml --\nframeworks = [\"mini\"]\n[organization]\nname = \"Sample Ltd\"\n[certification]\n"+dates+"\n")); got != want {
			t.Errorf("%q: got %q, want %q", dates, got, want)
		}
	}
}

// TestAnEffectSaysOnWhomAndWhatItIs holds that a harm that is not called one does
// not pass for a benefit.
func TestAnEffectSaysOnWhomAndWhatItIs(t *testing.T) {
	for _, c := range []struct{ effect, want, help string }{
		{"on = \"groups\"\nkind = \"harm\"\n", "", ""},
		{"on = \"groups\"\n", "organization/i.md:5:10 AX0204", `add kind = "benefit" or "harm"`},
		{"on = \"groups\"\nkind = \"\"\n", "organization/i.md:7:8 AX0204", `write "benefit" or "harm"`},
		{"on = \"groups\"\nkind = \"harms\"\n", "organization/i.md:7:8 AX0206", "did you mean harm? It is one of benefit, harm"},
		{"kind = \"harm\"\n", "organization/i.md:5:10 AX0204", `add on = "individuals", "groups", "society" or "organization"`},
		{"on = 1\nkind = \"harm\"\n", "organization/i.md:6:6 AX0203", `write on = "..." with quotes`},
	} {
		diags := said(t, "\n-- organization/i.md --\n+++\nid = \"i\"\ntitle = \"I\"\n[impact]\n[[impact.effect]]\n"+c.effect+"text = \"It does.\"\n+++\nText.\n")
		got := places(diags)
		if got != c.want || len(diags) > 0 && diags[0].Help != c.help {
			t.Errorf("%q: got %q, want %q with help %q\n%v", c.effect, got, c.want, c.help, diags)
		}
	}
}

// TestHelpOnAReference holds what the help on a requirement, a ground, a
// criterion or a reference in a text says to write instead.
func TestHelpOnAReference(t *testing.T) {
	const config = "\n-- annex.toml --\nframeworks = [\"iso-42001\", \"eu-ai-act\", \"nist-ai-rmf\", \"iso-27001\"]\n[organization]\nname = \"Sample Ltd\"\n"
	satisfies := func(ref string) string {
		return "[[control]]\nid = \"c\"\ntitle = \"C\"\nstatus = \"planned\"\nsatisfies = [\"" + ref + "\"]\n" + config
	}
	grounds := func(ref string) string {
		return config + "-- systems/x/project.toml --\nkind = \"system\"\nid = \"x\"\ntitle = \"X\"\ngrounds = [\"" + ref + "\"]\n"
	}
	high := func(ref string) string {
		return strings.Replace(grounds(ref), "grounds", "risk_class = \"high\"\ngrounds", 1)
	}
	criteria := func(ref string) string {
		return "[[audit]]\nid = \"a\"\ntitle = \"A\"\ncriteria = [\"" + ref + "\"]\n" + config
	}
	text := func(ref string) string {
		return config + "-- organization/d.md --\n+++\nid = \"d\"\ntitle = \"D\"\n+++\nSee [[" + ref + "]].\n"
	}
	for _, c := range []struct {
		text string
		code diag.Code
		help string
	}{
		{satisfies("eu-ai-act:Art. 4"), diag.UnknownRequirement, `did you mean eu-ai-act:Art.4, "AI literacy"?`},
		{satisfies("eu-ai-act:Art.30"), diag.UnknownRequirement, "articles near it: Art.26, Art.27"},
		{satisfies("iso-27001:5.15"), diag.UnknownRequirement, `did you mean iso-27001:A.5.15, "Access control"?`},
		{satisfies("nist-ai-rmf:Govern 1.1"), diag.UnknownRequirement, `did you mean nist-ai-rmf:GOVERN 1.1, "Laws and regulations on AI"?`},
		{satisfies("nist-ai-rmf:1.1"), diag.UnknownRequirement, "subcategories near it: GOVERN 1.1, MAP 1.1, MEASURE 1.1, MANAGE 1.1"},
		{satisfies("iso-42001:A.11.1"), diag.UnknownRequirement, "requirements near it: A.10.2, A.10.3"},
		{satisfies("eu-ai-act:Section 4"), diag.UnknownRequirement, "the catalog of EU AI Act lists its 47 requirements"},
		{satisfies("eu-ai-act:Annex III.4a"), diag.UnknownRequirement, "the catalog of EU AI Act lists its 47 requirements"}, // a heading satisfies nothing
		{satisfies("iso-42001:A.3"), diag.NotAssessable, "name one below it: iso-42001:A.3.2, iso-42001:A.3.3"},
		{satisfies("eu-ai-act:Art.50(1)"), diag.NotAssessable, `name what it belongs to: eu-ai-act:Art.50, "Transparency obligations for providers and deployers of certain AI systems"`},
		{satisfies("eu-ai-act:Annex III.4(a)"), diag.NotAssessable, "take it out; a risk class rests on it, so that it belongs into grounds of an AI system"},
		{satisfies("eu-ai-act:Art.85"), diag.NotAssessable, "take it out; nothing below it can be satisfied"},
		{grounds("eu-ai-act:Annex III.4a"), diag.UnknownRequirement, `did you mean eu-ai-act:Annex III.4(a), "Recruitment and selection"?`},
		{grounds("eu-ai-act:Art. 4"), diag.UnknownRequirement, "articles near it: Art.6(1), Art.51"},
		{grounds("eu-ai-act:Art.26"), diag.NotAGround, "grounds of EU AI Act are eu-ai-act:Art.5(1)(a), eu-ai-act:Art.5(1)(b), eu-ai-act:Art.5(1)(c), eu-ai-act:Art.5(1)(d), eu-ai-act:Art.5(1)(e), eu-ai-act:Art.5(1)(f), …, and those below them"},
		{high("eu-ai-act:Art.26"), diag.NotAGround, "grounds of EU AI Act for the class high are eu-ai-act:Art.6(1), eu-ai-act:Art.6(2), eu-ai-act:Annex I, eu-ai-act:Annex III, and those below them"},
		{high("iso-42001:6.1.2"), diag.NotAGround, "grounds of EU AI Act for the class high are eu-ai-act:Art.6(1), eu-ai-act:Art.6(2), eu-ai-act:Annex I, eu-ai-act:Annex III, and those below them"},
		{strings.Replace(high("iso-42001:6.1.2"), `"eu-ai-act", `, "", 1), diag.NotAGround, "take it out: no framework in use has grounds; a law such as eu-ai-act has, once it stands under frameworks in annex.toml"},
		{criteria("iso-42001:A 3"), diag.UnknownRequirement, `did you mean iso-42001:A.3, "Internal organization"?`},
		{text("eu-ai-act:Annex III.4a"), diag.UnknownRequirement, `did you mean eu-ai-act:Annex III.4(a), "Recruitment and selection"?`},
	} {
		diags := said(t, c.text)
		if len(diags) != 1 || diags[0].Code != c.code || diags[0].Help != c.help {
			t.Errorf("%v\nwant %s with help %q", diags, c.code, c.help)
		}
	}
}

// TestHelpOnAReferenceToAnOwnLaw has a law without grounds.
func TestHelpOnAReferenceToAnOwnLaw(t *testing.T) {
	files := sample.Files("\n-- systems/x/project.toml --\nkind = \"system\"\nid = \"x\"\ntitle = \"X\"\ngrounds = [\"mini:4.1\"]\n")
	_, diags, err := load.Load(files, fstest.MapFS{})
	if err != nil || len(diags) != 1 || !strings.HasPrefix(diags[0].Help, "take it out: no framework in use has grounds") {
		t.Error(err, diags)
	}
}
