package matrix

import (
	"fmt"
	"strings"
	"testing"

	"annex/generator/sample"
)

// twoStandards has a second standard beside mini, and a crosswalk from mini to
// it. Nothing of it is paired with 4.2 of mini or with O.4 of its own.
const twoStandards = `
-- annex.toml --
frameworks = ["mini", "other"]
[organization]
name = "Sample Ltd"
-- frameworks/other.toml --
id = "other"
title = "Other standard"
version = "1"
kind = "standard"
[[requirement]]
ref = "O"
kind = "heading"
title = "Everything"
asks = "Do."
[[requirement]]
ref = "O.1"
kind = "clause"
title = "One"
asks = "Do."
[[requirement]]
ref = "O.2"
kind = "clause"
title = "Two"
asks = "Do."
[[requirement]]
ref = "O.3"
kind = "control"
title = "Three"
asks = "Do."
[[requirement]]
ref = "O.4"
kind = "clause"
title = "Four"
asks = "Do."
-- frameworks/pairs.toml --
kind = "crosswalk"
from = "mini"
to = "other"
version = "1"
[[strength]]
id = "same"
title = "Same"
means = "One serves both."
[[strength]]
id = "near"
title = "Near"
means = "They touch."
[[pair]]
from = "4.1"
to = "O.1"
strength = "same"
provenance = "published"
note = "By its authors."
[[pair]]
from = "A.1"
to = "O.2"
strength = "near"
provenance = "editorial"
[[pair]]
from = "A.1"
to = "O.1"
strength = "near"
provenance = "editorial"
[[pair]]
from = "A.2"
to = "O.3"
strength = "same"
provenance = "published"
[[pair]]
from = "A.10"
to = "O"
strength = "near"
provenance = "editorial"
`

// paired decides on the reference controls, and has controls for one standard,
// for both, and for a requirement without a neighbour.
const paired = `
[[decision]]
requirement = "mini:A.1"
applicable = true
reasons = ["policy"]
justification = "Our policy asks for it."
[[decision]]
requirement = "other:O.3"
applicable = false
basis = "no-such-activity"
justification = "We buy no data."
[[control]]
id = "act"
title = "Act"
satisfies = ["mini:4.2"]
status = "implemented"
[[control]]
id = "both"
title = "Both"
satisfies = ["mini:A.1", "other:O.1"]
status = "implemented"
[[control]]
id = "draft"
title = "Draft"
satisfies = ["other:O.4", "mini:4.1"]
status = "planned"
[[control]]
id = "ours"
title = "Ours"
satisfies = ["mini:A.1", "mini:A.2", "mini:4.1"]
status = "implemented"
`

func TestCrosswalkFromEitherSide(t *testing.T) {
	list := Crosswalks(report(t, paired+twoStandards))
	if len(list) != 2 {
		t.Fatalf("%d matrices, want 2", len(list))
	}
	check(t, list[0], `
4.1 Plan | planned | O.1 One | Same | published | implemented | Draft, Ours | 
! 4.2 Act | implemented |  |  |  |  | Act | 
A.1 First control | implemented | O.2 Two | Near | editorial | gap | Both, Ours | 
A.1 First control | implemented | O.1 One | Near | editorial | implemented | Both, Ours | Both
A.2 Second control | not-assessed | O.3 Three | Same | published | not-applicable | Ours | 
A.10 Tenth control | not-assessed | O Everything | Near | editorial | not assessable |  | 
`)
	check(t, list[1], `
O.1 One | implemented | 4.1 Plan | Same | published | planned | Both | 
O.1 One | implemented | A.1 First control | Near | editorial | implemented | Both | Both
O.2 Two | gap | A.1 First control | Near | editorial | implemented |  | 
O.3 Three | not-applicable | A.2 Second control | Same | published | not-assessed |  | 
! O.4 Four | planned |  |  |  |  | Draft | 
`)
	for i, m := range list {
		one, other := []string{"mini", "other"}[i], []string{"other", "mini"}[i]
		if m.Name != "crosswalk-"+one+"-"+other || m.From.ID != one || m.To.ID != other || len(m.Crosswalks) != 1 || m.About != CrosswalkNote {
			t.Errorf("matrix %s from %s to %s by %d crosswalks, about %q", m.Name, m.From.ID, m.To.ID, len(m.Crosswalks), m.About)
		}
		title := []string{"Mini standard", "Other standard"}
		if a, b := m.Columns[5].Title, m.Columns[6].Title; a != "Our controls for "+title[i] || b != "Of these, also for "+title[1-i] {
			t.Errorf("the columns of our controls are %q and %q", a, b)
		}
		if note := m.Rows[0].Cells[3].Note; note != "By its authors." {
			t.Errorf("%s: the note beside the provenance is %q", m.Name, note)
		}
		if want := "served-" + other + "-by-" + one; m.Then == nil || m.Then.Name != want {
			t.Errorf("%s goes on with %+v, want %s", m.Name, m.Then, want)
		}
	}
}

// TestTwoCrosswalksOfTheSameStandardsAreOneMatrix holds it for either direction
// of the second.
func TestTwoCrosswalksOfTheSameStandardsAreOneMatrix(t *testing.T) {
	for _, c := range []struct{ name, from, to, one, other string }{
		{"the same direction", "mini", "other", "4.2", "O.4"},
		{"the other direction", "other", "mini", "O.4", "4.2"},
	} {
		t.Run(c.name, func(t *testing.T) {
			second := fmt.Sprintf("-- frameworks/second.toml --\nkind = \"crosswalk\"\nfrom = %q\nto = %q\nversion = \"1\"\n", c.from, c.to) +
				"[[strength]]\nid = \"same\"\ntitle = \"The same\"\nmeans = \"One serves both.\"\n" +
				fmt.Sprintf("[[pair]]\nfrom = %q\nto = %q\nstrength = \"same\"\nprovenance = \"second\"\n", c.one, c.other)
			list := Crosswalks(report(t, paired+twoStandards+second))
			if len(list) != 2 {
				t.Fatalf("%d matrices, want 2", len(list))
			}
			for i, row := range []string{
				"4.2 Act | implemented | O.4 Four | The same | second | planned | Act | \n",
				"O.4 Four | planned | 4.2 Act | The same | second | implemented | Draft | \n",
			} {
				if m := list[i]; !strings.Contains(draw(m), row) || len(m.Crosswalks) != 2 || m.Gaps != 0 {
					t.Errorf("%d crosswalks, %d gaps\n%s", len(m.Crosswalks), m.Gaps, draw(m))
				}
			}
		})
	}
}

// TestServed holds that a control counts as near only once and only while it
// does not name the requirement itself, and that only what is open is a gap.
func TestServed(t *testing.T) {
	r := report(t, paired+twoStandards)
	mini, other := r.Workspace.Framework("mini"), r.Workspace.Framework("other")
	check(t, Served(r, mini, other), `
O.1 One | implemented | Both | Draft, Ours
! O.2 Two | gap |  | Both, Ours
O.3 Three | not-applicable |  | Ours
O.4 Four | planned | Draft | 
`)
	check(t, Served(r, other, mini), `
! 4.1 Plan | planned | Draft | Both
4.2 Act | implemented |  | 
A.1 First control | implemented | Both | 
A.2 Second control | not-assessed |  | 
A.10 Tenth control | not-assessed |  | 
`)
}

func TestWhatIsOpenAndHasControlsNearItIsAGap(t *testing.T) {
	near := "[[control]]\nid = \"near\"\ntitle = \"Near it\"\nsatisfies = [\"mini:A.1\", \"mini:A.2\"]\nstatus = \"implemented\"\n"
	own := "[[control]]\nid = \"own\"\ntitle = \"Own\"\nsatisfies = [\"other:O.2\", \"other:O.3\"]\nstatus = \"STATUS\"\n"
	decision := "[[decision]]\nrequirement = \"other:O.3\"\napplicable = true\nreasons = [\"policy\"]\njustification = \"Our policy asks for it.\"\n"
	planned, implemented := strings.Replace(own, "STATUS", "planned", 1), strings.Replace(own, "STATUS", "implemented", 1)
	document := "\n-- organization/d.md --\n+++\nid = \"d\"\ntitle = \"D\"\nsatisfies = [\"other:O.2\"]\nstatus = \"approved\"\napproved_by = \"lead\"\napproved_on = 2026-01-01\n+++\nText.\n"
	for _, c := range []struct{ name, text, second, third string }{
		{"a gap, and not decided", near, "! O.2 Two | gap |  | Near it", "! O.3 Three | not-assessed |  | Near it"},
		{"decided, and a gap", near + decision, "! O.2 Two | gap |  | Near it", "! O.3 Three | gap |  | Near it"},
		{"planned", near + planned + decision, "! O.2 Two | planned |  | Near it", "! O.3 Three | planned |  | Near it"},
		{"implemented", near + implemented + decision, "O.2 Two | implemented |  | Near it", "O.3 Three | implemented |  | Near it"},
		{"documented", near + document, "O.2 Two | documented |  | Near it", "! O.3 Three | not-assessed |  | Near it"},
		{"nothing near", planned + decision, "O.2 Two | planned |  | ", "O.3 Three | planned |  | "},
	} {
		t.Run(c.name, func(t *testing.T) {
			r := report(t, c.text+twoStandards)
			m := Served(r, r.Workspace.Framework("mini"), r.Workspace.Framework("other"))
			lines := strings.Split(draw(m), "\n")
			if lines[1] != c.second || lines[2] != c.third {
				t.Errorf("got %q and %q, want %q and %q", lines[1], lines[2], c.second, c.third)
			}
		})
	}
}

// TestACrosswalkHasNothingOfOtherStandards puts a third standard in use that is
// paired with mini as well, and has a control of its own.
func TestACrosswalkHasNothingOfOtherStandards(t *testing.T) {
	files := sample.Files(twoStandards)
	third := func(name, text string) string {
		return "-- " + name + " --\n" + strings.ReplaceAll(text, `"other"`, `"third"`)
	}
	text := strings.Replace(twoStandards, `["mini", "other"]`, `["mini", "other", "third"]`, 1) +
		third("frameworks/third.toml", string(files["frameworks/other.toml"].Data)) +
		third("frameworks/third-pairs.toml", string(files["frameworks/pairs.toml"].Data))
	foreign := "[[control]]\nid = \"foreign\"\ntitle = \"Foreign\"\nsatisfies = [\"third:O.1\"]\nstatus = \"implemented\"\n"
	list := Crosswalks(report(t, paired+foreign+text))
	alone := Crosswalks(report(t, paired+twoStandards))
	if len(list) != 4 {
		t.Fatalf("%d matrices, want 4", len(list))
	}
	for i, m := range alone {
		if draw(list[i]) != draw(m) || draw(list[i].Then) != draw(m.Then) {
			t.Errorf("%s: got\n%s\n%swant\n%s\n%s", m.Name, draw(list[i]), draw(list[i].Then), draw(m), draw(m.Then))
		}
	}
}
