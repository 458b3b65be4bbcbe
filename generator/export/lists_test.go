package export

import (
	"bytes"
	"encoding/csv"
	"encoding/json"
	"slices"
	"strings"
	"testing"

	"annex/content"
	"annex/frameworks"
	"annex/generator/aims"
	"annex/generator/check"
	"annex/generator/diag"
	"annex/generator/load"
	"annex/generator/matrix"
	"annex/generator/readiness"
	"annex/generator/sample"
	"annex/generator/soa"
	"annex/generator/spreadsheet"
)

// partOf derives what is exported of the first organization of a workspace.
func partOf(w *aims.Workspace, day aims.Date) Part {
	r := readiness.Assess(w, w.Organizations()[0], day)
	return Part{Report: r, Statements: soa.All(r), Matrices: matrix.All(r), Issues: check.Run(r), Version: "test"}
}

func example(t testing.TB) Part {
	t.Helper()
	w, diags, err := load.Load(content.Example(), frameworks.Files())
	if err != nil || slices.ContainsFunc(diags, func(d diag.Diagnostic) bool { return d.Severity == diag.Error }) {
		t.Fatal(err, diags)
	}
	return partOf(w, aims.NewDate(2026, 11, 24))
}

func made(t testing.TB, p Part, name string) List {
	t.Helper()
	for _, o := range Offers(p) {
		if o.Name == name {
			return o.Make()
		}
	}
	t.Fatalf("there is no list %s", name)
	return List{}
}

// draw shows a list as lines, each column that says anything with its title.
func draw(l List) string {
	var b strings.Builder
	for _, r := range l.Rows {
		var cells []string
		for i, c := range r.Cells {
			if c.String() != "" {
				cells = append(cells, l.Columns[i].Title+": "+c.String())
			}
		}
		b.WriteString(strings.Join(cells, " | ") + "\n")
	}
	return b.String()
}

const records = `
[[decision]]
requirement = "mini:A.1"
applicable = true
reasons = ["policy", "legal"]
justification = """
Our policy asks for it.
"""
owner = "lead"
decided_on = 2026-01-01
[[decision]]
requirement = "mini:A.2"
applicable = false
basis = "no-such-activity"
justification = "We buy no data."
[[control]]
id = "watch"
title = "=Watch"
satisfies = ["mini:A.10", "mini:A.1"]
status = "implemented"
cadence = "6 months"
risks = ["fire"]
owner = "lead"
description = "We *watch*, see [[plan]]."
[[control.execution]]
on = 2026-05-12
result = "effective"
evidence = ["log"]
[[evidence]]
id = "log"
title = "Log"
note = "Read it."
effective = 2026-05-12
[[risk]]
id = "fire"
title = "Fire"
likelihood = 3
impact = 4
residual_likelihood = 2
residual_impact = 4
[[finding]]
id = "f"
title = "Late"
grade = "minor"
raised = 2026-05-01
due = 2026-06-01
corrective_action = "Be on time."
-- organization/plan.md --
+++
id = "plan"
title = "The plan"
+++
Text.
`

func TestListsSayWhatTheFilesSay(t *testing.T) {
	p := partOf(sample.Load(t, records), sample.Day())
	for name, want := range map[string]string{
		"soa-mini": "Control: A.1 | Title: First control | Applicable: yes | Reasons: legal, policy | Justification: Our policy asks for it. | Owner: lead | Decided on: 2026-01-01 | Applies: yes | State: implemented | Met by controls: =Watch | Accountable: Lead | Risks treated: Fire | Evidence in force: 1 | Newest evidence: 2026-05-12\n" +
			"Control: A.2 | Title: Second control | Applicable: no | Justification: We buy no data. | Basis of an exclusion: no-such-activity | Applies: excluded | State: not-applicable | Evidence in force: 0\n" +
			"Control: A.10 | Title: Tenth control | Applies: undecided | State: not-assessed | Met by controls: =Watch | Accountable: Lead | Risks treated: Fire | Evidence in force: 1 | Newest evidence: 2026-05-12\n",
		"performances":       "Control: =Watch | Id: watch | On: 2026-05-12 | Result: effective | Evidence: Log\n",
		"corrective-actions": "Action: Be on time. | From: finding f | Due: 2026-06-01 | State: overdue\n",
		"risks":              "Id: fire | Risk: Fire | Likelihood: 3 | Impact: 4 | Likelihood after treatment: 2 | Impact after treatment: 4 | Score: 12 | Score after treatment: 8 | Against the criteria: above criteria | Controls: =Watch | Classification: confidential | Project: sample\n",
		"documents":          "Document: The plan | Id: plan | Status: draft | Classification: confidential | Project: Sample Ltd\n",
	} {
		if got := draw(made(t, p, name)); got != want {
			t.Errorf("%s is\n%swant\n%s", name, got, want)
		}
	}
	if got := draw(made(t, p, "controls")); !strings.Contains(got, "Satisfies: mini:A.1, mini:A.10 |") || !strings.Contains(got, "Description: We *watch*, see [[plan]]. |") {
		t.Errorf("the control is %s", got)
	}
}

// TestEveryListFitsItsColumns holds for the whole example that names and heads
// are single, and that every row has a cell for each column.
func TestEveryListFitsItsColumns(t *testing.T) {
	p := example(t)
	names := map[string]bool{}
	var all []spreadsheet.Table
	for _, o := range Offers(p) {
		l := o.Make()
		if names[o.Name] || l.Name != o.Name || l.Title == "" {
			t.Errorf("the list %q is offered twice, or has no title", o.Name)
		}
		names[o.Name] = true
		heads := map[string]bool{}
		for _, c := range l.Columns {
			if heads[c.Title] && l.Kind != "" || c.Title == "" {
				t.Errorf("%s has two columns %q", o.Name, c.Title)
			}
			heads[c.Title] = true
		}
		ids := map[string]bool{}
		for _, r := range l.Rows {
			if len(r.Cells) != len(l.Columns) {
				t.Errorf("a row of %s has %d cells for %d columns", o.Name, len(r.Cells), len(l.Columns))
			}
			if l.Kind != "" && (r.ID == "" || ids[r.ID] || r.Cells[0].String() != r.ID) {
				t.Errorf("%s has the id %q twice, or not in its first column", o.Name, r.ID)
			}
			ids[r.ID] = true
		}
		all = append(all, l.Table())
	}
	if len(names) < 35 {
		t.Errorf("only %d lists", len(names))
	}
	for i, n := range spreadsheet.SheetNames(all) {
		if len(n) > 31 {
			t.Errorf("the sheet of %s is called %q", all[i].Name, n)
		}
	}
}

// TestListsCountWhatTheModelCounts holds lists of the example against the model.
func TestListsCountWhatTheModelCounts(t *testing.T) {
	p := example(t)
	w := p.Report.Workspace
	executions := 0
	for _, c := range w.Controls {
		executions += len(c.Executions)
	}
	for name, want := range map[string]int{
		"soa-iso-42001": 38, "soa-iso-27001": 93, "soa-iso-27701": 78, "controls": len(w.Controls), "performances": executions, "evidence": len(w.Evidence),
		"risks": len(w.Risks), "findings": len(w.Findings), "documents": len(w.Documents), "systems": len(w.Systems()), "roles": len(w.Roles),
		"requirements-iso-42001": 70, "actions": check.Actions(p.Issues), "audit-index": 70 + 123 + 108 + 47 + 72,
	} {
		if got := len(made(t, p, name).Rows); got != want {
			t.Errorf("%s has %d rows, want %d", name, got, want)
		}
	}
}

func TestOwnActionsAreThoseOfTheRole(t *testing.T) {
	p := example(t)
	next := check.Next(p.Issues)
	sum := 0
	for _, role := range p.Report.Workspace.Roles {
		l := ActionsOf(role, next)
		sum += len(l.Rows)
		for _, r := range l.Rows {
			if r.Cells[4].String() != role.Title {
				t.Errorf("%s has an action of %s", role.Title, r.Cells[4])
			}
		}
	}
	unowned := len(slices.DeleteFunc(slices.Clone(next), func(i check.Issue) bool { return i.Owner != nil }))
	if sum+unowned != len(next) || sum == 0 {
		t.Errorf("%d actions of roles and %d of nobody, of %d", sum, unowned, len(next))
	}
}

func TestJoinedListsComeApartAgain(t *testing.T) {
	for _, c := range []struct {
		list []string
		want string
	}{
		{nil, ""},
		{[]string{"b", "a"}, "a, b"},
		{[]string{"A.10", "A.2"}, "A.2, A.10"},
		{[]string{"Art. 6(1), first", "Art. 5"}, "Art. 5\nArt. 6(1), first\n"},
		{[]string{"one, alone"}, "one, alone\n"},
	} {
		got := Joined(c.list)
		back := Split(got)
		slices.Sort(back)
		want := slices.Sorted(slices.Values(c.list))
		if got != c.want || !slices.Equal(back, want) {
			t.Errorf("%q is joined as %q and comes apart as %q", c.list, got, back)
		}
	}
	if got := Split(" a ;b,, c,"); !slices.Equal(got, []string{"a", "b", "c"}) {
		t.Errorf("what people write comes apart as %q", got)
	}
}

// TestTheHiddenSheetHoldsEachRow reads what a workbook is read back by.
func TestTheHiddenSheetHoldsEachRow(t *testing.T) {
	p := example(t)
	lists := []List{made(t, p, "controls"), made(t, p, "performances"), made(t, p, "soa-iso-42001")}
	b := Book(p, "Test", lists)
	if len(b.Hidden) != 1 {
		t.Fatalf("%d hidden sheets", len(b.Hidden))
	}
	rows := b.Hidden[0].Rows
	if rows[0][0].String() != LineForm || rows[1][1].String() != "Controls" || rows[2][1].String() != "SoA iso-42001" || rows[2][3].String() != "iso-42001" {
		t.Errorf("it begins with %v", rows[:3])
	}
	if want := 4 + len(lists[0].Rows) + 38; len(rows) != want {
		t.Errorf("it has %d rows, want %d", len(rows), want)
	}
	for i, r := range lists[0].Rows {
		line := rows[3+i]
		var values []string
		text := ""
		for _, c := range line[5:] {
			text += c.String()
		}
		if err := json.Unmarshal([]byte(text), &values); err != nil || !slices.Equal(values, lists[0].Values(r)) || line[3].String() != Digest(values) {
			t.Errorf("%s is kept as %v, %v", r.ID, values, err)
		}
	}
	if b := Book(p, "Test", []List{made(t, p, "performances")}); b.Hidden != nil || b.Notes != nil {
		t.Error("a workbook of what is derived can be read back")
	}
}

func TestLongValuesGoOnInTheNextCell(t *testing.T) {
	long := strings.Repeat("ä😀", maxCell)
	cells := split(long)
	text := ""
	for _, c := range cells {
		if c.Shown() != c.String() {
			t.Error("a cell is cut")
		}
		text += c.String()
	}
	if text != long || len(cells) != 4 {
		t.Errorf("%d cells hold %d bytes of %d", len(cells), len(text), len(long))
	}
}

// TestWorkbooksForAnAudienceCannotBeReadBack holds that they have no hidden
// sheet, and plain words in place of Markdown.
func TestWorkbooksForAnAudienceCannotBeReadBack(t *testing.T) {
	p := partOf(sample.Load(t, records), sample.Day())
	x := &lister{p, p.Report.Workspace}
	c := p.Report.Workspace.Controls[0]
	prose := c.Description
	prose.Markdown = ""
	if got := x.prose(&prose); got != "We watch, see The plan." {
		t.Errorf("the words of the description are %q", got)
	}
	p.Report.Workspace.Cut = &aims.Cut{Audience: &aims.Audience{Title: "Certifier", Ceiling: aims.Internal, Watermark: "For you"}}
	b := Book(p, "Test", []List{made(t, p, "controls")})
	if b.Hidden != nil || b.Notes != nil {
		t.Error("a workbook for an audience can be read back")
	}
	cover := ""
	for _, l := range b.About {
		cover += l.Name + ": " + l.Value.String() + "\n"
	}
	if !strings.Contains(cover, "Made for: Certifier\nWatermark: For you\n") || !strings.Contains(cover, "Classification: internal\n") {
		t.Errorf("the cover says %s", cover)
	}
}

func TestJSONHasTypedValuesUnderTheKeysOfTheFiles(t *testing.T) {
	p := partOf(sample.Load(t, records), sample.Day())
	f, err := Single([]Part{p}, "soa:mini", JSON)
	if err != nil {
		t.Fatal(err)
	}
	var b bytes.Buffer
	if err := f.Write(&b); err != nil {
		t.Fatal(err)
	}
	var got struct {
		List string `json:"list"`
		AsOf string `json:"as_of"`
		Rows []map[string]any
	}
	if err := json.Unmarshal(b.Bytes(), &got); err != nil {
		t.Fatal(err)
	}
	r := got.Rows[0]
	if got.List != "soa-mini" || got.AsOf != "2026-11-24" && got.AsOf != sample.Day().String() || r["applicable"] != true || r["evidence_in_force"] != 1.0 || r["decided_by"] != nil || len(r["reasons"].([]any)) != 2 {
		t.Errorf("got %s", b.String())
	}
}

func TestWhatIsAskedForIsFoundOrRefused(t *testing.T) {
	p := example(t)
	for _, c := range []struct {
		what   string
		format Format
		want   string // of the file, or of the refusal
	}{
		{"controls", CSV, "controls.csv"},
		{"soa", XLSX, "soa.xlsx"},
		{"soa:iso-27001", CSV, "soa-iso-27001.csv"},
		{"matrix:traceability", JSON, "matrix-traceability.json"},
		{"requirements:eu-ai-act", CSV, "requirements-eu-ai-act.csv"},
		{"actions", ICS, "calendar.ics"},
		{"all", XLSX, "all.xlsx"},
		{"soa", CSV, "soa makes 7 files as csv (soa-iso-42001.csv, additional-iso-42001.csv, soa-iso-27001.csv, additional-iso-27001.csv, soa-iso-27701.csv, additional-iso-27701.csv, ...); name a folder with -o, or ask for one of them"},
		{"risks", ICS, "risks cannot be had as ics; it can be had as xlsx, csv, json"},
		{"soa:nist-ai-rmf", CSV, `there is no "soa:nist-ai-rmf" to export`},
	} {
		f, err := Single([]Part{p}, c.what, c.format)
		if got := f.Path; err == nil && got != c.want || err != nil && err.Error() != c.want {
			t.Errorf("%s as %s is %q, %v; want %q", c.what, c.format, got, err, c.want)
		}
	}
	files, err := Files([]Part{p}, All, []Format{XLSX, CSV, JSON, ICS})
	if err != nil || len(files) < 100 {
		t.Errorf("all is %d files, %v", len(files), err)
	}
	paths := map[string]bool{}
	for _, f := range files {
		if paths[f.Path] {
			t.Errorf("%s is written twice", f.Path)
		}
		paths[f.Path] = true
	}
}

// TestTheAuditIndexLeadsToTheEvidence reads the CSV that a certifier gets.
func TestTheAuditIndexLeadsToTheEvidence(t *testing.T) {
	p := example(t)
	f, err := Single([]Part{p}, "audit-index", CSV)
	if err != nil {
		t.Fatal(err)
	}
	var b bytes.Buffer
	if err := f.Write(&b); err != nil {
		t.Fatal(err)
	}
	rows, err := csv.NewReader(strings.NewReader(strings.TrimPrefix(b.String(), "\ufeff"))).ReadAll()
	if err != nil {
		t.Fatal(err)
	}
	at := map[string]int{}
	for i, h := range rows[0] {
		at[h] = i
	}
	places := map[string]bool{}
	for _, e := range p.Report.Workspace.Evidence {
		places[p.where(e)] = true
	}
	shown := 0
	for _, r := range rows[1:] {
		titles, where, digests := strings.Split(r[at["Evidence in force"]], "\n"), strings.Split(r[at["Where the evidence is"]], "\n"), strings.Split(r[at["SHA-256 of the files"]], "\n")
		if len(titles) != len(where) || len(where) != len(digests) {
			t.Errorf("%s has %d pieces of evidence in %d places with %d digests", r[0], len(titles), len(where), len(digests))
		}
		for _, place := range where {
			if place != "" && !places[strings.TrimPrefix(place, "'")] {
				t.Errorf("%s: nothing is at %s", r[0], place)
			}
			if place != "" {
				shown++
			}
		}
	}
	if len(rows) != 421 || shown < 200 {
		t.Errorf("%d lines lead to %d pieces of evidence", len(rows), shown)
	}
}

func BenchmarkAllListsOfTheExample(b *testing.B) {
	p := example(b)
	for b.Loop() {
		files, err := Files([]Part{p}, All, []Format{XLSX, CSV, JSON, ICS})
		if err != nil {
			b.Fatal(err)
		}
		for _, f := range files {
			if err := f.Write(&bytes.Buffer{}); err != nil {
				b.Fatal(err)
			}
		}
	}
}
