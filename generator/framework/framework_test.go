package framework

import (
	"reflect"
	"slices"
	"strings"
	"testing"
	"testing/fstest"

	"annex/generator/aims"
	"annex/generator/diag"
)

const head = "id = \"own\"\ntitle = \"Own questions\"\nversion = \"1\"\nkind = \"questionnaire\"\n"

func read(t *testing.T, text string) (refs []string, said string) {
	t.Helper()
	f, diags, err := Read(fstest.MapFS{"own.toml": {Data: []byte(text)}}, "own.toml")
	if err != nil {
		t.Fatal(err)
	}
	if f != nil {
		for _, q := range f.Requirements {
			refs = append(refs, q.Ref)
		}
	}
	for _, d := range diags {
		said += d.Pos.String() + " " + string(d.Code) + "\n"
	}
	return refs, said
}

func TestACatalogOfTheUsersOwn(t *testing.T) {
	refs, said := read(t, head+`
[[requirement]]
ref = "Q"
kind = "heading"
title = "Questions"
asks = "Answer."
[[requirement]]
ref = "Q.1"
kind = "clause"
parent = "Q"
title = "First"
asks = "Who answers?"
`)
	if said != "" || !slices.Equal(refs, []string{"Q", "Q.1"}) {
		t.Errorf("refs %v\n%s", refs, said)
	}
}

// TestAQuestionIsAClause holds that both words mean the same in a questionnaire.
func TestAQuestionIsAClause(t *testing.T) {
	text := head + "[[requirement]]\nref = \"1\"\nkind = \"question\"\ntitle = \"One\"\nasks = \"Who?\"\n"
	f, diags, err := Read(fstest.MapFS{"own.toml": {Data: []byte(text)}}, "own.toml")
	if err != nil || len(diags) > 0 || f.Requirements[0].Kind != aims.Clause || !f.Requirements[0].Assessable() {
		t.Error(err, diags, f)
	}
}

// TestAStatementBelongsToControls holds that a register that only a Statement of
// Applicability fills may stand before the controls, and not without any.
func TestAStatementBelongsToControls(t *testing.T) {
	text := strings.Replace(head, "questionnaire", "standard", 1) +
		"[[requirement]]\nref = \"6\"\nkind = \"clause\"\ntitle = \"Six\"\nasks = \"Decide.\"\n[[requirement.documented]]\nid = \"soa\"\ntitle = \"Statement\"\nregister = \"soa\"\n" +
		"[[requirement]]\nref = \"A.1\"\nkind = \"control\"\ntitle = \"One\"\nasks = \"Do.\"\n"
	if refs, said := read(t, text); said != "" || len(refs) != 2 {
		t.Errorf("refs %v\n%s", refs, said)
	}
}

func TestWhatIsWrongInACatalog(t *testing.T) {
	requirement := "[[requirement]]\nref = \"1\"\nkind = \"clause\"\ntitle = \"One\"\nasks = \"Do.\"\n"
	for name, c := range map[string]struct{ text, want string }{
		"a ref stands twice":           {head + requirement + requirement, "own.toml:11:7 AX0209"},
		"a parent stands later":        {head + requirement + "parent = \"2\"\n", "own.toml:10:10 AX0301"},
		"an unknown key":               {head + "[[requirement]]\nref = \"1\"\nkind = \"clause\"\ntitle = \"One\"\nasks = \"Do.\"\nowner = \"x\"\n", "own.toml:10:1 AX0201"},
		"an unknown kind":              {strings.Replace(head, "questionnaire", "song", 1) + requirement, "own.toml:4:8 AX0206"},
		"a missing kind":               {head + "[[requirement]]\nref = \"1\"\ntitle = \"One\"\nasks = \"Do.\"\n", "own.toml:5:3 AX0204"},
		"an empty kind":                {strings.Replace(head+requirement, "\"clause\"", "\"\"", 1), "own.toml:7:8 AX0204"},
		"a question of a law":          {strings.Replace(head, "questionnaire", "law", 1) + strings.Replace(requirement, "clause", "question", 1), "own.toml:7:8 AX0206"},
		"a statement without controls": {head + requirement + "[[requirement.documented]]\nid = \"soa\"\ntitle = \"Statement\"\nregister = \"soa\"\n", "own.toml:13:12 AX0206"},
		"a missing title":              {head + "[[requirement]]\nref = \"1\"\nkind = \"clause\"\nasks = \"Do.\"\n", "own.toml:5:3 AX0204"},
		"a file that is not TOML":      {"id = \n", "own.toml:1:6 AX0101"},
	} {
		if refs, said := read(t, c.text); strings.TrimSpace(said) != c.want || refs != nil {
			t.Errorf("%s: got %q with %v, want %q", name, said, refs, c.want)
		}
	}
}

const law = head + `
[[requirement]]
ref = "Annex III"
kind = "heading"
title = "Annex"
asks = "Look."
classes = ["high"]
[[requirement]]
ref = "Art.6"
kind = "clause"
title = "Article"
asks = "Do."
[[circumstance]]
id = "public-body"
title = "Public"
asks = "Is it?"
[[circumstance]]
id = "abroad"
title = "Abroad"
asks = "Is it?"
`

// TestALawOfTheUsersOwn names an entry that stands further down.
func TestALawOfTheUsersOwn(t *testing.T) {
	f, diags, err := Read(fstest.MapFS{"own.toml": {Data: []byte(law + `
[[obligation]]
id = "register"
requirement = "Art.6"
title = "Register"
roles = ["provider"]
classes = ["high"]
grounds = ["Annex III", "Annex III.2"]
without_grounds = ["Annex III.2"]
circumstances = ["abroad"]
[[obligation.application]]
from = 2027-12-02
deployed_before = 2026-08-02
grounds = ["Annex III.2"]
[[requirement]]
ref = "Annex III.2"
kind = "heading"
title = "Further down"
asks = "Look."
`)}}, "own.toml")
	if err != nil || len(diags) > 0 {
		t.Fatal(err, diags)
	}
	o, public, abroad, annex, point := f.Obligations[0], f.Circumstances[0], f.Circumstances[1], f.Find("Annex III"), f.Find("Annex III.2")
	want := &aims.Obligation{
		ID: "register", Title: "Register", Requirement: f.Find("Art.6"),
		Roles: []aims.SystemRole{"provider"}, Classes: []aims.RiskClass{aims.ClassHigh},
		Grounds: []*aims.Requirement{annex, point}, WithoutGround: []*aims.Requirement{point}, Circumstances: []*aims.Circumstance{abroad},
		Applications: []aims.Application{{From: aims.NewDate(2027, 12, 2), DeployedBefore: aims.NewDate(2026, 8, 2), Grounds: []*aims.Requirement{point}}},
	}
	if len(f.Obligations) != 1 || !reflect.DeepEqual(o, want) {
		t.Errorf("got %+v, want %+v", o, want)
	}
	if public.ID != "public-body" || public.Framework != f {
		t.Errorf("circumstance %+v", public)
	}
}

// TestWhatIsWrongInRules breaks one key of an obligation after the other. The
// help is part of what is held: it tells what to write instead.
func TestWhatIsWrongInRules(t *testing.T) {
	obligation := "[[obligation]]\nid = \"o\"\nrequirement = \"Art.6\"\ntitle = \"Do\"\n"
	requirement := "[[requirement]]\nref = \"Art.7\"\nkind = \"clause\"\ntitle = \"Next\"\nasks = \"Do.\"\n"
	for name, c := range map[string]struct{ text, want, help string }{
		"an unknown ground":                 {obligation + "grounds = [\"Annex III\", \"Annex IV\"]\n", "own.toml:29:25 AX0301", "did you mean Annex III?"},
		"an unknown excluded ground":        {obligation + "without_grounds = [\"Annex II\"]\n", "own.toml:29:20 AX0301", "did you mean Annex III?"},
		"a ground unlike any":               {obligation + "grounds = [\"Schedule\"]\n", "own.toml:29:12 AX0301", "name an entry of this catalog by its ref"},
		"an unknown circumstance":           {obligation + "circumstances = [\"abroad\", \"at-home\"]\n", "own.toml:29:28 AX0206", "its [[circumstance]] tables are public-body, abroad"},
		"an unknown role":                   {obligation + "roles = [\"user\"]\n", "own.toml:29:10 AX0206", "it is one of provider, deployer, importer, distributor, product-manufacturer, authorised-representative"},
		"an unknown class":                  {obligation + "classes = [\"higher\"]\n", "own.toml:29:12 AX0206", "did you mean high? It is one of prohibited, high, limited, minimal"},
		"an unknown requirement":            {strings.Replace(obligation, "Art.6", "Art.66", 1), "own.toml:27:15 AX0301", "did you mean Art.6?"},
		"a heading as the requirement":      {strings.Replace(obligation, "Art.6", "Annex III", 1), "own.toml:27:15 AX0304", "name the entry that somebody can meet"},
		"no requirement":                    {strings.Replace(obligation, "requirement = \"Art.6\"\n", "", 1), "own.toml:25:3 AX0204", "add requirement = \"...\""},
		"an obligation twice":               {obligation + obligation, "own.toml:30:6 AX0209", "delete one of them"},
		"a circumstance twice":              {"[[circumstance]]\nid = \"abroad\"\ntitle = \"Again\"\nasks = \"Is it?\"\n", "own.toml:26:6 AX0209", "delete one of them"},
		"a circumstance that asks nothing":  {"[[circumstance]]\nid = \"new\"\ntitle = \"New\"\n", "own.toml:25:3 AX0204", "add asks = \"...\""},
		"an obligation's day is missing":    {obligation + "[[obligation.application]]\nnote = \"Some day.\"\n", "own.toml:29:14 AX0204", "write from = 2027-12-02, without quotes"},
		"a requirement's day is missing":    {requirement + "[[requirement.application]]\ndeployed_before = 2026-08-02\n", "own.toml:30:15 AX0204", "write from = 2027-12-02, without quotes"},
		"an unknown ground of a day":        {obligation + "[[obligation.application]]\nfrom = 2027-12-02\ngrounds = [\"Annex II\"]\n", "own.toml:31:12 AX0301", "did you mean Annex III?"},
		"an unknown ground of a day of law": {requirement + "[[requirement.application]]\nfrom = 2027-12-02\ngrounds = [\"Art.66\"]\n", "own.toml:32:12 AX0301", "did you mean Art.6?"},
		"an unknown key of a day":           {obligation + "[[obligation.application]]\nfrom = 2027-12-02\nuntil = 2028-12-02\n", "own.toml:31:1 AX0201", "keys are from, deployed_before, note, grounds"},
	} {
		f, diags, err := Read(fstest.MapFS{"own.toml": {Data: []byte(law + c.text)}}, "own.toml")
		if err != nil || f != nil || len(diags) != 1 {
			t.Errorf("%s: %v, framework %t, %v", name, err, f != nil, diags)
			continue
		}
		if got := diags[0].Pos.String() + " " + string(diags[0].Code); got != c.want || diags[0].Help != c.help {
			t.Errorf("%s: got %q with help %q, want %q with %q", name, got, diags[0].Help, c.want, c.help)
		}
	}
}

const pairs = `kind = "crosswalk"
from = "own"
to = "other"
version = "1"
[[strength]]
id = "same"
title = "Same"
means = "One serves both."
[[strength]]
id = "related"
title = "Related"
means = "They touch."
`

// between reads a crosswalk from a law to a framework with the requirements 4.1
// and 4.2.
func between(t *testing.T, text string) (*aims.Crosswalk, []diag.Diagnostic) {
	t.Helper()
	other := "id = \"other\"\ntitle = \"Other\"\nversion = \"1\"\nkind = \"standard\"\n"
	for _, ref := range []string{"4.1", "4.2"} {
		other += "[[requirement]]\nref = \"" + ref + "\"\nkind = \"clause\"\ntitle = \"T\"\nasks = \"Do.\"\n"
	}
	files := fstest.MapFS{"own.toml": {Data: []byte(law)}, "other.toml": {Data: []byte(other)}, "pairs.toml": {Data: []byte(text)}}
	var ends [2]*aims.Framework
	for i, name := range []string{"own.toml", "other.toml"} {
		f, diags, err := Read(files, name)
		if err != nil || f == nil {
			t.Fatal(err, diags)
		}
		ends[i] = f
	}
	file, diags, err := Open(files, "pairs.toml")
	if err != nil || file == nil || !file.IsCrosswalk() {
		t.Fatal(err, diags)
	}
	return file.Crosswalk(ends[0], ends[1])
}

func TestACrosswalkOfTheUsersOwn(t *testing.T) {
	x, diags := between(t, strings.Replace(pairs, "means = \"One serves both.\"", "means = \"One serves both.\"\nshares = \"form\"", 1)+`
[[pair]]
from = "Art.6"
to = "4.2"
strength = "related"
provenance = "editorial"
note = "Our reading."
[[pair]]
from = "Art.6"
to = "4.1"
strength = "same"
provenance = "published"
`)
	if len(diags) > 0 {
		t.Fatal(diags)
	}
	var got []string
	for _, p := range x.Pairs {
		got = append(got, strings.Join([]string{p.From.String(), p.To.String(), p.Strength.Title, string(p.Strength.Shares), p.Provenance, p.Note}, " | "))
	}
	if want := []string{"own:Art.6 | other:4.2 | Related |  | editorial | Our reading.", "own:Art.6 | other:4.1 | Same | form | published | "}; !slices.Equal(got, want) {
		t.Errorf("got %q, want %q", got, want)
	}
}

func TestWhatIsWrongInACrosswalk(t *testing.T) {
	pair := "[[pair]]\nfrom = \"Art.6\"\nto = \"4.1\"\nstrength = \"same\"\nprovenance = \"editorial\"\n"
	change := func(old, next string) string { return pairs + strings.Replace(pair, old, next, 1) }
	for name, c := range map[string]struct{ text, want, help string }{
		"an unknown entry on the left":  {change("Art.6", "Art.66"), "pairs.toml:14:8 AX0301", "did you mean Art.6?"},
		"an unknown entry on the right": {change("4.1", "4.11"), "pairs.toml:15:6 AX0301", "did you mean 4.1?"},
		"the sides are swapped":         {change("to = \"4.1\"", "to = \"Art.6\""), "pairs.toml:15:6 AX0301", "the catalog of Other lists its entries"},
		"an unknown strength":           {change("same", "equal"), "pairs.toml:16:12 AX0206", "its [[strength]] tables are same, related"},
		"no strength":                   {change("strength = \"same\"\n", ""), "pairs.toml:13:3 AX0204", "add strength = \"...\""},
		"a strength twice":              {strings.Replace(pairs, "id = \"related\"", "id = \"same\"", 1), "pairs.toml:10:6 AX0209", "delete one of them"},
		"a pair twice":                  {pairs + pair + strings.Replace(pair, "same", "related", 1), "pairs.toml:18:3 AX0209", "delete one of them"},
		"a missing provenance":          {change("provenance = \"editorial\"\n", ""), "pairs.toml:13:3 AX0204", "add provenance = \"...\""},
		"an empty provenance":           {change("editorial", " "), "pairs.toml:17:14 AX0204", "write it between the quotes"},
		"an unknown key of a pair":      {pairs + pair + "notes = \"x\"\n", "pairs.toml:18:1 AX0201", "did you mean note?"},
		"an unknown sharing":            {pairs + "shares = \"forms\"\n" + pair, "pairs.toml:13:10 AX0206", "did you mean form? It is one of process, form"},
		"a strength without a meaning":  {strings.Replace(pairs, "means = \"They touch.\"\n", "", 1) + pair, "pairs.toml:9:3 AX0204", "add means = \"...\""},
		"no version":                    {strings.Replace(pairs, "version = \"1\"\n", "", 1) + pair, "pairs.toml:1:1 AX0204", "add version = \"...\""},
	} {
		x, diags := between(t, c.text)
		if x != nil || len(diags) != 1 {
			t.Errorf("%s: crosswalk %t, %v", name, x != nil, diags)
			continue
		}
		if got := diags[0].Pos.String() + " " + string(diags[0].Code); got != c.want || diags[0].Help != c.help {
			t.Errorf("%s: got %q with help %q, want %q with %q", name, got, diags[0].Help, c.want, c.help)
		}
	}
}
