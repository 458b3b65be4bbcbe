package export

import (
	"strings"
	"testing"

	"annex/generator/changes"
	"annex/generator/readiness"
	"annex/generator/sample"
	"annex/generator/soa"
)

func stateOf(t testing.TB, label, text string) changes.State {
	t.Helper()
	w := sample.Load(t, text)
	o := w.Organizations()[0]
	r := readiness.Assess(w, o, sample.Day())
	return changes.State{Label: label, Day: sample.Day(), Workspace: w, Reports: []*readiness.Report{r}, Statements: soa.All(r)}
}

func TestChangesAsTables(t *testing.T) {
	const before = "[[decision]]\nrequirement = \"mini:A.1\"\napplicable = false\nbasis = \"no-such-activity\"\njustification = \"No.\"\n" +
		"[[control]]\nid = \"watch\"\ntitle = \"=Watch\"\nstatus = \"planned\"\n[[risk]]\nid = \"fire\"\ntitle = \"Fire\"\n"
	after := strings.NewReplacer(
		"applicable = false\nbasis = \"no-such-activity\"\n", "", `status = "planned"`, "status = \"in-progress\"\n[[control.execution]]\non = 2026-05-12\nresult = \"effective\"",
	).Replace(before[:strings.Index(before, "[[risk]]")]) + "-- organization/p.md --\n+++\nid = \"p\"\ntitle = \"P\"\n+++\nText.\n"
	tables := Changes(changes.Compare(stateOf(t, "a", before), stateOf(t, "b", after)))
	var got []string
	for _, table := range tables {
		got = append(got, "# "+table.Name)
		for _, row := range table.Rows {
			if len(row) != len(table.Columns) {
				t.Errorf("%s has a row of %d cells for a head of %d", table.Name, len(row), len(table.Columns))
			}
			var cells []string
			for _, c := range row {
				cells = append(cells, c.String())
			}
			got = append(got, strings.Join(cells, "|"))
		}
	}
	want := `# Fails and passes
Sample Ltd|fails|row|requirement|mini:A.1|It is no longer decided whether mini:A.1 (First control) applies.|excluded|undecided|The decision of the organization is open again.
# Records
Sample Ltd|added|document|p|P|sample|||
Sample Ltd|changed|control|watch|=Watch|sample|status|planned|in-progress
Sample Ltd|changed|control|watch|=Watch|sample|execution 2026-05-12||added
Sample Ltd|changed|decision|mini:A.1|A.1 First control|sample|applicable|false|none
Sample Ltd|changed|decision|mini:A.1|A.1 First control|sample|basis|no-such-activity|none
Sample Ltd|removed|risk|fire|Fire|sample|||
# Frameworks and catalogs
# Counts
Sample Ltd|mini: requirements gap|2|2
Sample Ltd|mini: requirements not assessed|2|3
Sample Ltd|mini: requirements not applicable|1|0
Sample Ltd|mini: reference controls excluded|1|0
Sample Ltd|mini: reference controls undecided|2|3`
	if strings.Join(got, "\n") != want {
		t.Errorf("tables are\n%s\nwant\n%s", strings.Join(got, "\n"), want)
	}
}
