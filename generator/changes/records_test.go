package changes

import (
	"fmt"
	"slices"
	"strings"
	"testing"

	"annex/generator/aims"
	"annex/generator/sample"
)

// recorded returns the records of all organizations as lines.
func recorded(c *Changes) string {
	var b strings.Builder
	for _, o := range c.Organizations {
		for _, g := range o.Records {
			for _, r := range g.Records {
				fmt.Fprintf(&b, "%s %s %s\n", g.Kind, r.Change, r.name())
				for _, f := range r.Fields {
					b.WriteString("  " + f.String() + "\n")
				}
				for _, row := range r.Tables {
					fmt.Fprintf(&b, "  %s %s %s\n", row.Table, row.Name, row.Change)
					for _, f := range row.Fields {
						b.WriteString("    " + f.String() + "\n")
					}
				}
			}
		}
	}
	return b.String()
}

func TestRecordsThatChanged(t *testing.T) {
	const two = "[[role]]\nid = \"chief\"\ntitle = \"Chief\"\n"
	for _, c := range []struct{ name, before, after, want string }{
		{"an owner", with(two), strings.Replace(with(two), `owner = "lead"`, `owner = "chief"`, 1), `
control changed watch Watch (sample)
  owner: lead → chief
`},
		{"an owner taken away", base, change(t, "owner = \"lead\"\n", ""), `
control changed watch Watch (sample)
  owner: lead → none
`},
		{"an execution and its result", base, change(t, "[[evidence]]", "[[control.execution]]\non = 2026-08-20\nresult = \"partly-effective\"\n[[evidence]]"), `
control changed watch Watch (sample)
  execution 2026-08-20 added
`},
		{"another result of the same execution", base, change(t, `"effective"`, `"ineffective"`), `
control changed watch Watch (sample)
  execution 2026-08-01 changed
    result: effective → ineffective
`},
		{"an execution on another day", base, change(t, "on = 2026-08-01\nby", "on = 2026-08-02\nby"), `
control changed watch Watch (sample)
  execution 2026-08-02 added
  execution 2026-08-01 removed
`},
		{"a decision", base, change(t, "applicable = false\nbasis = \"no-such-activity\"\n", "applicable = true\n"), `
decision changed mini:A.2 Second control (sample)
  applicable: false → true
  basis: no-such-activity → none
`},
		{"the text of a document", base, change(t, "The plan is to watch.", "The plan is to watch and to learn."), `
document changed plan Plan (sample)
  text changed: 3 words added
`},
		{"words that moved", base, change(t, "The plan is to watch.", "to watch is The plan."), `
document changed plan Plan (sample)
  text changed, but not its words
`},
		{"emphasis", base, change(t, "The plan is", "The *plan* is"), `
document changed plan Plan (sample)
  text changed, but not its words
`},
		{"another id", base, change(t, `id = "internal"`, `id = "other"`), `
audit added other Internal audit (sample)
audit removed internal Internal audit (sample)
`},
		{"another project", with("") + "-- systems/x/project.toml --\nkind = \"system\"\nid = \"x\"\ntitle = \"X\"\n-- systems/x/r.toml --\n[[risk]]\nid = \"fire\"\ntitle = \"Fire\"\n", with("[[risk]]\nid = \"fire\"\ntitle = \"Fire\"\n") + "-- systems/x/project.toml --\nkind = \"system\"\nid = \"x\"\ntitle = \"X\"\n", `
risk changed fire Fire (sample)
  stands_in: x → sample
`},
		{"measurements", with("[[objective]]\nid = \"o\"\ntitle = \"O\"\n[[objective.measurement]]\non = 2026-01-01\nvalue = 4\n"), with("[[objective]]\nid = \"o\"\ntitle = \"O\"\ntarget = 0\n[[objective.measurement]]\non = 2026-01-01\nvalue = 5\n[[objective.measurement]]\non = 2026-02-01\nvalue = 3\n"), `
objective changed o O (sample)
  target: none → 0
  measurement 2026-01-01 changed
    value: 4 → 5
  measurement 2026-02-01 added
`},
		{"a review", with("[[review]]\nid = \"m\"\ntitle = \"M\"\nheld_on = 2026-06-01\n[[review.action]]\ntext = \"Hire.\"\n[[review.action]]\ntext = \"Train.\"\n"), with("[[review]]\nid = \"m\"\ntitle = \"M\"\nheld_on = 2026-06-02\n[[review.input]]\ntopic = \"audits\"\ntext = \"One.\"\n[[review.action]]\ntext = \"Train.\"\ndone = 2026-07-01\n"), `
review changed m M (sample)
  held_on: 2026-06-01 → 2026-06-02
  input audits added
  action Train. changed
    done: none → 2026-07-01
  action Hire. removed
`},
		{"two rows with one key", with("[[review]]\nid = \"m\"\ntitle = \"M\"\nheld_on = 2026-06-01\n[[review.action]]\ntext = \"Hire.\"\n[[review.action]]\ntext = \"Hire.\"\n"), with("[[review]]\nid = \"m\"\ntitle = \"M\"\nheld_on = 2026-06-01\n[[review.action]]\ntext = \"Hire.\"\n"), `
review changed m M (sample)
  action Hire. removed
`},
		{"an approval", base, base + "-- organization/project.toml --\nkind = \"organization\"\nid = \"sample\"\ntitle = \"Sample Ltd\"\n[[soa]]\nframework = \"mini\"\nversion = \"1\"\n", `
project changed sample Sample Ltd
  risk_criteria.accept_up_to: 6 → none
  soa mini added
`},
		{"a system", base, base + "-- systems/x/project.toml --\nkind = \"system\"\nid = \"x\"\ntitle = \"X\"\n", `
system added x X
`},
		{"lists in another order", with(two + "[[party]]\nid = \"p\"\ntitle = \"P\"\n[[review]]\nid = \"m\"\ntitle = \"M\"\nheld_on = 2026-06-01\nattendees = [\"lead\", \"chief\"]\n"), with(two + "[[review]]\nid = \"m\"\ntitle = \"M\"\nheld_on = 2026-06-01\nattendees = [\"chief\", \"lead\"]\n"), `
party removed p P (sample)
`},
	} {
		if got, want := recorded(compared(t, c.before, c.after)), strings.TrimPrefix(c.want, "\n"); got != want {
			t.Errorf("%s:\n%swant\n%s", c.name, got, want)
		}
	}
}

// TestEveryKindIsCompared adds one record of each kind.
func TestEveryKindIsCompared(t *testing.T) {
	all := `
[[control]]
id = "x"
title = "X"
status = "planned"
[[decision]]
requirement = "mini:A.10"
[[evidence]]
id = "x"
title = "X"
note = "Seen."
effective = 2026-01-01
[[risk]]
id = "x"
title = "X"
[[objective]]
id = "x"
title = "X"
[[role]]
id = "x"
title = "X"
[[party]]
id = "x"
title = "X"
[[audit]]
id = "x"
title = "X"
kind = "internal"
[[finding]]
id = "x"
title = "X"
grade = "minor"
raised = 2026-01-01
[[review]]
id = "x"
title = "X"
held_on = 2026-01-01
[[signoff]]
id = "x"
subject = "p"
kind = "document"
on = 2026-01-01
-- organization/p.md --
+++
id = "p"
title = "P"
+++
-- systems/s/project.toml --
kind = "system"
id = "s"
title = "S"
`
	o := compared(t, "", all).Organizations[0]
	var got []aims.Kind
	for _, g := range o.Records {
		got = append(got, g.Kind)
		r := g.Records[0]
		if r.Change != Added || r.Classification == "" || r.Record == nil || r.Subject.IsZero() || r.Gone {
			t.Errorf("the %s is %+v", g.Kind, r)
		}
	}
	if want := kinds()[1:]; !slices.Equal(got, want) {
		t.Errorf("kinds %v, want %v", got, want)
	}
	for _, g := range compared(t, all, "").Organizations[0].Records {
		if r := g.Records[0]; r.Change != Removed || !r.Gone || r.Record == nil {
			t.Errorf("the removed %s is %+v", g.Kind, r)
		}
	}
}

func TestSettingsAndCatalogsThatChanged(t *testing.T) {
	files := sample.Files("")
	mini, config := string(files["frameworks/mini.toml"].Data), string(files["annex.toml"].Data)
	next := strings.NewReplacer(`version = "1"`, `version = "2"`, "Do the tenth thing.", "Do the tenth thing well.", `ref = "A.2"`, `ref = "A.3"`).Replace(mini)
	own := "id = \"own\"\ntitle = \"Our own\"\nversion = \"1\"\n[[requirement]]\nref = \"1\"\nkind = \"clause\"\ntitle = \"One\"\nasks = \"Do it.\"\n"
	c := compared(t, "", "-- frameworks/mini.toml --\n"+next+"-- frameworks/own.toml --\n"+own+"-- annex.toml --\n"+strings.NewReplacer(`["mini"]`, `["mini", "own"]`, "Sample Ltd", "Sample plc").Replace(config))
	var got []string
	for _, f := range c.Settings {
		got = append(got, f.String())
	}
	for _, x := range c.Catalogs {
		got = append(got, fmt.Sprint(x.Change, " ", x.Kind, " ", x.ID, " ", strings.Join(x.Sentences(), "; ")))
	}
	want := []string{
		"frameworks: mini → mini, own",
		"organization.name: Sample Ltd → Sample plc",
		"changed framework mini version: 1 → 2; 1 requirement added: A.3; 1 requirement removed: A.2; 1 requirement changed: A.10",
		"added framework own ",
	}
	if !slices.Equal(got, want) {
		t.Errorf("%q\nwant %q", got, want)
	}
	// What a catalog lost or got neither fails nor passes.
	if o := c.Organizations[0]; len(o.Fails)+len(o.Passes) > 0 {
		t.Errorf("%s%s", told(o.Fails), told(o.Passes))
	}
	gone := compared(t, "-- frameworks/own.toml --\n"+own+"-- annex.toml --\n"+strings.Replace(config, `["mini"]`, `["mini", "own"]`, 1), "")
	if x := gone.Catalogs; len(x) != 1 || x[0].Change != Removed || x[0].ID != "own" {
		t.Errorf("%+v", x)
	}
}

func TestCrosswalksAreCatalogs(t *testing.T) {
	own := "-- frameworks/own.toml --\nid = \"own\"\ntitle = \"Our own\"\nversion = \"1\"\n[[requirement]]\nref = \"1\"\nkind = \"clause\"\ntitle = \"One\"\nasks = \"Do it.\"\n" +
		"-- annex.toml --\nframeworks = [\"mini\", \"own\"]\n[organization]\nname = \"Sample Ltd\"\n"
	crosswalk := "-- frameworks/crosswalk-mini-own.toml --\nkind = \"crosswalk\"\nfrom = \"mini\"\nto = \"own\"\ntitle = \"Mini and own\"\nversion = \"1\"\nnote = \"None.\"\n[[strength]]\nid = \"same\"\ntitle = \"Same\"\nmeans = \"The same.\"\n" +
		"[[pair]]\nfrom = \"4.1\"\nto = \"1\"\nstrength = \"same\"\nprovenance = \"editorial\"\n"
	c := compared(t, own, own+crosswalk)
	if x := c.Catalogs; len(x) != 1 || x[0].ID != "mini/own" || x[0].Change != Added {
		t.Fatalf("%+v", x)
	}
	c = compared(t, own+crosswalk, own+strings.Replace(crosswalk, "version = \"1\"\nnote", "version = \"2\"\nnote", 1))
	if x := c.Catalogs; len(x) != 1 || strings.Join(x[0].Sentences(), "") != "version: 1 → 2" {
		t.Errorf("%+v", x)
	}
}

func TestCountsBeforeAndAfter(t *testing.T) {
	after := with("[[finding]]\nid = \"f\"\ntitle = \"F\"\ngrade = \"major\"\nrequirement = \"mini:A.1\"\nraised = 2026-08-20\n[[decision]]\nrequirement = \"mini:A.10\"\napplicable = false\nbasis = \"no-such-activity\"\njustification = \"No.\"\n")
	after = strings.Replace(after, "2026-12-31", "2026-08-15", 1)
	o := compared(t, base, after).Organizations[0]
	var got []string
	for _, r := range o.Counts.Rows() {
		got = append(got, fmt.Sprintf("%s %d %d", r.Name, r.Before, r.After))
	}
	want := []string{
		"mini: requirements gap 1 1",
		"mini: requirements documented 1 1",
		"mini: requirements implemented 0 1",
		"mini: requirements verified 1 0",
		"mini: requirements not assessed 1 0",
		"mini: requirements not applicable 1 2",
		"mini: reference controls applicable 1 1",
		"mini: reference controls excluded 1 2",
		"mini: reference controls undecided 1 0",
		"open findings: major 0 1",
		"evidence in force 1 0",
	}
	if !slices.Equal(got, want) {
		t.Errorf("counts\n%s\nwant\n%s", strings.Join(got, "\n"), strings.Join(want, "\n"))
	}
}

func TestDutiesThatBeginAndEnd(t *testing.T) {
	law := "-- frameworks/law.toml --\nid = \"law\"\ntitle = \"Law\"\nversion = \"1\"\nkind = \"law\"\n" +
		"[[requirement]]\nref = \"Art.1\"\nkind = \"clause\"\ntitle = \"Article\"\nasks = \"Do it.\"\n" +
		"[[obligation]]\nid = \"o\"\nrequirement = \"Art.1\"\ntitle = \"Do it\"\nclasses = [\"high\"]\n" +
		"-- annex.toml --\nframeworks = [\"mini\", \"law\"]\n[organization]\nname = \"Sample Ltd\"\n" +
		"-- systems/bot/project.toml --\nkind = \"system\"\nid = \"bot\"\ntitle = \"Bot\"\nrisk_class = \"limited\"\n"
	high := strings.Replace(law, "limited", "high", 1)
	want := "law:Art.1 (Article) now applies, and nothing satisfies it.\n  The duty follows for the AI system \"Bot\".\n"
	if got := told(compared(t, law, high).Organizations[0].Fails); got != want {
		t.Errorf("fails\n%swant\n%s", got, want)
	}
	want = "law:Art.1 (Article) was a gap and does not apply any more.\n"
	if got := told(compared(t, high, law).Organizations[0].Passes); got != want {
		t.Errorf("passes\n%swant\n%s", got, want)
	}
}

func TestWhatIsAboveTheCeilingIsLeftOut(t *testing.T) {
	const secret = "[[evidence]]\nid = \"hidden\"\ntitle = \"Hidden log\"\nclassification = \"restricted\"\nnote = \"Seen.\"\neffective = 2026-08-01\nexpires = 2026-12-31\n" +
		"[[role]]\nid = \"unseen\"\ntitle = \"Unseen\"\nclassification = \"restricted\"\n"
	before := strings.NewReplacer(
		`id = "log"`, "id = \"log\"\nclassification = \"public\"", `id = "watch"`, "id = \"watch\"\nclassification = \"public\"",
		`["log"]`, `["hidden"]`, `id = "plan"`, "id = \"plan\"\nclassification = \"public\"",
	).Replace(with(secret)) + "-- systems/ghost/project.toml --\nkind = \"system\"\nid = \"ghost\"\ntitle = \"Ghost\"\nclassification = \"restricted\"\n" +
		"-- systems/ghost/r.toml --\n[[risk]]\nid = \"fire\"\ntitle = \"Fire\"\nclassification = \"public\"\nowner = \"lead\"\n"
	after := strings.NewReplacer(
		"owner = \"lead\"\nstatus", "owner = \"unseen\"\nstatus", "The plan is to watch.", "The plan is [[hidden]].",
		"title = \"Fire\"", "title = \"Blaze\"", "approved_by = \"lead\"", "approved_by = \"unseen\"",
	).Replace(before)
	c := Compare(state(t, "a", "2026-09-01", before), state(t, "b", "2027-01-15", after))
	all, seen := render(t, c), render(t, c.Within(aims.Internal))
	for _, word := range []string{"idden", "nseen", "host"} {
		if !strings.Contains(all, word) {
			t.Errorf("without a ceiling %q is missing", word)
		}
		if strings.Contains(seen, word) {
			t.Errorf("%q is above the ceiling:\n%s", word, seen)
		}
	}
	for _, text := range []string{`The control "Watch" no longer operates.`, "Blaze", "text changed"} {
		if !strings.Contains(seen, text) {
			t.Errorf("%q is not above the ceiling and missing:\n%s", text, seen)
		}
	}
	if again := render(t, c); again != all {
		t.Error("a ceiling changes what it is put over")
	}
}

// render returns changes as text, Markdown and JSON.
func render(t *testing.T, c *Changes) string {
	t.Helper()
	var b strings.Builder
	for _, err := range []error{Text(&b, c, 0), Markdown(&b, c), JSON(&b, c)} {
		if err != nil {
			t.Fatal(err)
		}
	}
	return b.String()
}
