package changes

import (
	"slices"
	"strings"
	"testing"

	"annex/generator/aims"
	"annex/generator/audience"
	"annex/generator/readiness"
	"annex/generator/sample"
	"annex/generator/soa"
)

// cutFor is a sample as an audience sees it: up to a ceiling, or what a key of
// [[audience]] says.
func cutFor(t *testing.T, label, day, text, ceiling, more string) State {
	t.Helper()
	files := sample.Files(text)
	files["annex.toml"].Data = append(slices.Clone(files["annex.toml"].Data), "\n[[audience]]\nid = \"reader\"\nceiling = \""+ceiling+"\"\n"+more...)
	w := sample.LoadFiles(t, files)
	w = audience.For(w, w.Audience("reader"))
	asOf, err := aims.ParseDate(day)
	if err != nil {
		t.Fatal(err)
	}
	s := State{Label: label, Day: asOf, Workspace: w}
	for _, o := range w.Organizations() {
		r := readiness.Assess(w.Scope(o), o, asOf)
		s.Reports = append(s.Reports, r)
		s.Statements = append(s.Statements, soa.All(r)...)
	}
	return s
}

// secret is a record that a pack up to confidential withholds.
func secret(kind, id, more string) string {
	return "[[" + kind + "]]\nid = \"" + id + "\"\ntitle = \"Secret " + id + "\"\nclassification = \"restricted\"\n" + more + "\n"
}

func TestRecordsOfPacks(t *testing.T) {
	const planned = "status = \"planned\"\n"
	plan := func(text string) string {
		return strings.Replace(text, "id = \"plan\"", "classification = \"restricted\"\nid = \"plan\"", 1)
	}
	owned := strings.Replace(with(secret("role", "owner", "")), `owner = "lead"`, `owner = "owner"`, 1)
	for _, c := range []struct{ name, before, after, want string }{
		{"stand-ins that are numbered anew", owned, secret("role", "another", "") + owned, ""},
		{"a stand-in more", base, with(secret("control", "x", planned)), ""},
		{"a record that is gone where nothing is withheld", base, strings.Replace(base, "[[audit]]\nid = \"internal\"", "[[audit]]\nid = \"other\"", 1), `
audit added other Internal audit (sample)
audit removed internal Internal audit (sample)
`},
		{"a record that is withheld now", base, plan(base), `
document no longer shown plan Plan (sample)
`},
		{"a record that came into sight", plan(base), base, `
document newly shown plan Plan (sample)
`},
		{"a record that is gone beside stand-ins", with(secret("control", "x", planned)), secret("control", "x", planned) + change(t, "id = \"watch\"", "id = \"look\""), `
control newly shown look Watch (sample)
control no longer shown watch Watch (sample)
`},
		{"a decision that is withheld now", base, change(t, "requirement = \"mini:A.2\"", "requirement = \"mini:A.2\"\nclassification = \"restricted\""), `
decision withheld now mini:A.2 Second control (sample)
`},
		{"a decision that came into sight", change(t, "requirement = \"mini:A.2\"", "requirement = \"mini:A.2\"\nclassification = \"restricted\""), base, `
decision in sight now mini:A.2 Second control (sample)
`},
		{"an owner that is withheld now", base, owned, `
control changed watch Watch (sample)
  owner: lead → withheld
`},
		{"a list with a stand-in more", change(t, "owner = \"lead\"\nstatus", "owner = \"lead\"\ninformed = [\"lead\"]\nstatus"), secret("role", "one", "") + secret("role", "two", "") + change(t, "owner = \"lead\"\nstatus", "owner = \"lead\"\ninformed = [\"lead\", \"two\", \"one\"]\nstatus"), `
control changed watch Watch (sample)
  informed: lead → lead, 2 withheld
`},
		{"a text that leads to a stand-in", with(secret("risk", "r", "")) + "\nSee [[r]].\n", secret("risk", "a", "") + with(secret("risk", "r", "")) + "\nSee [[r]].\n", ""},
	} {
		t.Run(c.name, func(t *testing.T) {
			got := recorded(Compare(cutFor(t, "one.zip", "2026-09-01", c.before, "confidential", ""), cutFor(t, "two.zip", "2026-09-01", c.after, "confidential", "")))
			if got != strings.TrimPrefix(c.want, "\n") {
				t.Errorf("got\n%s", got)
			}
		})
	}
}

// TestWhatIsWithheldFailsNotByThat holds that nothing is said to fail because it
// is withheld now, and that what happens to stand-ins is told without a name.
func TestWhatIsWithheldFailsNotByThat(t *testing.T) {
	hidden := change(t, "id = \"watch\"", "id = \"watch\"\nclassification = \"restricted\"")
	c := Compare(cutFor(t, "one.zip", "2026-09-01", base, "confidential", ""), cutFor(t, "two.zip", "2026-09-01", hidden, "confidential", ""))
	if o := c.Organizations[0]; len(o.Fails)+len(o.Passes) > 0 {
		t.Errorf("%s%s", told(o.Fails), told(o.Passes))
	}
	c = Compare(cutFor(t, "one.zip", "2026-09-01", hidden, "confidential", ""), cutFor(t, "two.zip", "2027-08-20", hidden, "confidential", ""))
	want := "mini:A.1 (First control) fell from verified to implemented.\n"
	got := told(c.Organizations[0].Fails)
	if !strings.HasPrefix(got, want) || !strings.Contains(got, "A control that is withheld is implemented.") || strings.Contains(got, "withheld-control") {
		t.Errorf("got\n%s", got)
	}
}

// TestWithheldRecordsAreCounted holds that a reader sees how many stand-ins there
// are.
func TestWithheldRecordsAreCounted(t *testing.T) {
	c := Compare(cutFor(t, "one.zip", "2026-09-01", with(secret("risk", "a", "")), "confidential", ""),
		cutFor(t, "two.zip", "2026-09-01", with(secret("risk", "a", "")+secret("risk", "b", "")), "confidential", ""))
	for _, r := range c.Organizations[0].Counts.Rows() {
		if r.Name == "withheld: risks" && r.Before == 1 && r.After == 2 {
			return
		}
	}
	t.Errorf("counts are %v", c.Organizations[0].Counts.Rows())
}

func TestNotesOfPacks(t *testing.T) {
	pack := func(label, day, text, ceiling, more string) State { return cutFor(t, label, day, text, ceiling, more) }
	whole := state(t, "now", "2026-09-01", base)
	one := pack("one.zip", "2026-09-01", base, "confidential", "")
	for _, c := range []struct {
		name          string
		before, after State
		want          []string
	}{
		{"no pack", whole, whole, nil},
		{"the same reader", one, pack("two.zip", "2026-10-01", base, "confidential", ""), []string{"Both are for the audience reader, up to confidential."}},
		{"another ceiling", one, pack("two.zip", "2026-10-01", base, "internal", "title = \"Readers\"\n"), []string{
			"one.zip is for the audience reader, up to confidential; two.zip is for Readers (audience reader, up to internal).",
			"Mind that the two do not show the same: they differ in the ceiling (confidential, internal). What only one of them shows may be withheld in the other, and neither new nor gone.",
			"A record that is newly shown was added, or was withheld before. One that is no longer shown was removed, or is withheld now. What is withheld has no name here, so that nobody can tell which.",
		}},
		{"drafts and files", one, pack("two.zip", "2026-10-01", base, "confidential", "drafts = true\nevidence = false\n"), []string{
			"Both are for the audience reader, up to confidential.",
			"Mind that the two do not show the same: they differ in whether evidence files go along and whether drafts go along. What only one of them shows may be withheld in the other, and neither new nor gone.",
		}},
		{"backwards", one, pack("two.zip", "2026-08-01", base, "confidential", ""), []string{
			"Both are for the audience reader, up to confidential.",
			"two.zip speaks for an earlier day than one.zip.",
		}},
		{"a pack and a workspace", one, whole, []string{
			"one.zip is for the audience reader, up to confidential; now is a whole workspace. What only the workspace shows may be withheld in the pack, and neither new nor gone.",
		}},
	} {
		t.Run(c.name, func(t *testing.T) {
			if got := Compare(c.before, c.after).Notes; !slices.Equal(got, c.want) {
				t.Errorf("got\n%s", strings.Join(got, "\n"))
			}
		})
	}
}

// TestFrameworksThatDoNotGoAlong holds that what is said of a framework is not
// compared with a pack that leaves the framework out.
func TestFrameworksThatDoNotGoAlong(t *testing.T) {
	two := "-- frameworks/other.toml --\nid = \"other\"\ntitle = \"Other\"\nversion = \"1\"\nkind = \"standard\"\n[[requirement]]\nref = \"B.1\"\nkind = \"control\"\ntitle = \"One\"\nasks = \"Do.\"\n"
	text := strings.Replace(strings.Replace(with("[[decision]]\nrequirement = \"other:B.1\"\napplicable = true\nreasons = [\"legal\"]\njustification = \"Law.\"\n"), `satisfies = ["mini:A.1"]`, `satisfies = ["mini:A.1", "other:B.1"]`, 1), "-- organization/plan.md --", two+"-- organization/plan.md --", 1)
	both := func(more string) State {
		files := sample.Files(text)
		files["annex.toml"].Data = []byte(strings.Replace(string(files["annex.toml"].Data), `frameworks = ["mini"]`, `frameworks = ["mini", "other"]`, 1) + "\n[[audience]]\nid = \"reader\"\nceiling = \"restricted\"\ndrafts = true\n" + more)
		w := sample.LoadFiles(t, files)
		return State{Label: "pack.zip", Day: sample.Day(), Workspace: audience.For(w, w.Audience("reader"))}
	}
	got := Compare(both(""), both("frameworks = [\"mini\"]\n"))
	classes := classesOf(both("").Workspace)
	var lines []string
	for _, r := range classes.records(both(""), both("frameworks = [\"mini\"]\n")) {
		lines = append(lines, string(r.Change)+" "+r.name())
	}
	if want := []string{"no longer shown other:B.1 One (sample)"}; !slices.Equal(lines, want) {
		t.Errorf("got %q", lines)
	}
	if len(got.Notes) == 0 || !strings.Contains(strings.Join(got.Notes, " "), "the frameworks that go along") {
		t.Errorf("notes are %q", got.Notes)
	}
}

// TestAnOrganizationBehindAStandIn holds that the one organization of two packs is
// the same one, whether it shows its name or not.
func TestAnOrganizationBehindAStandIn(t *testing.T) {
	files := "-- organization/project.toml --\n" + strings.Replace(string(sample.Files("")["organization/project.toml"].Data), "title =", "classification = \"restricted\"\ntitle =", 1)
	if !strings.Contains(files, "restricted") {
		t.Fatal("the sample has no title")
	}
	secret := base + files
	c := Compare(cutFor(t, "one.zip", "2026-09-01", secret, "confidential", ""), cutFor(t, "two.zip", "2026-09-01", base, "confidential", ""))
	if len(c.Organizations) != 1 || c.Organizations[0].ID != "sample" {
		t.Fatalf("%d organizations", len(c.Organizations))
	}
	if got, want := recorded(c), "project newly shown sample Sample Ltd\n"; got != want {
		t.Errorf("got\n%s", got)
	}
}

// TestPacksInEveryFormat holds that the words of packs are in each of them.
func TestPacksInEveryFormat(t *testing.T) {
	hidden := strings.Replace(base, "id = \"plan\"", "classification = \"restricted\"\nid = \"plan\"", 1)
	c := Compare(cutFor(t, "one.zip", "2026-09-01", base, "confidential", ""), cutFor(t, "two.zip", "2026-09-01", hidden, "confidential", ""))
	for name, write := range map[string]func(*strings.Builder) error{
		"text":     func(b *strings.Builder) error { return Text(b, c, 200) },
		"markdown": func(b *strings.Builder) error { return Markdown(b, c) },
		"json":     func(b *strings.Builder) error { return JSON(b, c) },
	} {
		var b strings.Builder
		if err := write(&b); err != nil {
			t.Fatal(err)
		}
		for _, want := range []string{"Both are for the audience reader, up to confidential.", "no longer shown", "nobody can tell which"} {
			if !strings.Contains(b.String(), want) {
				t.Errorf("%s does not say %q:\n%s", name, want, b.String())
			}
		}
	}
}
