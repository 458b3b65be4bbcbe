package generator_test

import (
	"fmt"
	"os"
	"path/filepath"
	"runtime"
	"strings"
	"testing"

	"annex/frameworks"
	"annex/generator/framework"
)

// BenchmarkSystems builds organizations with no, twenty and two hundred AI
// systems under all five frameworks. Two hundred should cost at most eleven
// times what twenty cost, in time and in memory, each above the base of none:
//
//	go test ./generator -bench Systems -benchtime 5x
func BenchmarkSystems(b *testing.B) {
	for _, n := range []int{0, 20, 200} {
		b.Run(fmt.Sprint(n), func(b *testing.B) {
			dir := b.TempDir()
			writeSystems(b, dir, n)
			out := b.TempDir()
			i := 0
			for b.Loop() {
				i++
				build(b, dir, filepath.Join(out, fmt.Sprint(i)))
			}
			var m runtime.MemStats
			runtime.ReadMemStats(&m)
			b.ReportMetric(float64(m.Sys)/1e6, "MB-sys")
		})
	}
}

// TestSystemsWorkspace writes the workspace of the benchmark when asked:
//
//	go test ./generator -run TestSystemsWorkspace -workspace DIR -systems 200
func TestSystemsWorkspace(t *testing.T) {
	if *workspaceDir == "" || *systemCount < 0 {
		t.Skip("no -workspace and -systems")
	}
	writeSystems(t, *workspaceDir, *systemCount)
}

// writeSystems writes an organization that follows five frameworks: a control
// for each eight of their requirements, two dozen controls at system level,
// every decision, and n AI systems. Each system has its profile, an impact
// assessment and two more documents, the executions of all controls at system
// level with evidence, two risks, and a control and a decision of its own.
func writeSystems(tb testing.TB, dir string, n int) {
	tb.Helper()
	write := func(name, text string) {
		name = filepath.Join(dir, filepath.FromSlash(name))
		if err := os.MkdirAll(filepath.Dir(name), 0o755); err != nil {
			tb.Fatal(err)
		}
		if err := os.WriteFile(name, []byte(text), 0o644); err != nil {
			tb.Fatal(err)
		}
	}
	all, err := framework.ReadBuiltIn(frameworks.Files())
	if err != nil {
		tb.Fatal(err)
	}
	write("annex.toml", "frameworks = [\"iso-42001\", \"iso-27001\", \"iso-27701\", \"eu-ai-act\", \"nist-ai-rmf\"]\n\n[organization]\nname = \"Many systems\"\n\n[site]\nclassification = \"internal\"\n")
	write("organization/project.toml", "kind = \"organization\"\nid = \"many\"\ntitle = \"Many systems\"\n")
	write("organization/roles.toml", "[[role]]\nid = \"lead\"\ntitle = \"AI lead\"\n\n[[role]]\nid = \"owner\"\ntitle = \"System owner\"\n")

	var controls, decisions strings.Builder
	control := func(id, level string, satisfies []string) {
		fmt.Fprintf(&controls, "[[control]]\nid = %q\ntitle = \"Practice %s\"\nsatisfies = [%s]\nlevel = %q\nowner = \"lead\"\nstatus = \"implemented\"\nimplemented_on = 2025-01-01\ncadence = \"1 year\"\nclassification = \"internal\"\ndescription = \"What we do, in a sentence or two, and where it is recorded.\"\n\n",
			id, strings.ReplaceAll(id, "-", " "), strings.Join(satisfies, ", "), level)
	}
	systemLevel := 0
	for _, f := range all {
		if f.ID == "iso-27701-2019" {
			continue
		}
		var refs []string
		for i, q := range f.Assessable() {
			refs = append(refs, fmt.Sprintf("%q", q.String()))
			if len(refs) == 8 || i == len(f.Assessable())-1 {
				level := "organization"
				if systemLevel < 24 && (f.ID == "eu-ai-act" || f.ID == "nist-ai-rmf" || f.ID == "iso-42001" && i > 32) {
					level = "system"
					systemLevel++
				}
				control(fmt.Sprintf("%s-%d", f.ID, i/8), level, refs)
				refs = nil
			}
		}
		for _, q := range f.ReferenceControls() {
			fmt.Fprintf(&decisions, "[[decision]]\nrequirement = %q\napplicable = true\nreasons = [\"policy\"]\njustification = \"Our policy asks for it.\"\n\n", q)
		}
	}
	write("organization/controls.toml", controls.String())
	write("organization/decisions.toml", decisions.String())
	var performed []string
	for _, part := range strings.Split(controls.String(), "[[control]]") {
		if strings.Contains(part, `level = "system"`) {
			performed = append(performed, strings.SplitN(part, `"`, 3)[1])
		}
	}
	for i := range n {
		writeSystem(write, i, performed)
	}
}

func writeSystem(write func(name, text string), i int, performed []string) {
	id := fmt.Sprintf("system-%03d", i)
	kind := []struct{ role, class, grounds string }{
		{`"provider"`, "high", `"eu-ai-act:Annex III.4"`},
		{`"deployer"`, "high", `"eu-ai-act:Annex III.5(b)"`},
		{`"provider", "deployer"`, "limited", `"eu-ai-act:Art.50(1)"`},
		{`"deployer"`, "minimal", ""},
	}[i%4]
	write("systems/"+id+"/project.toml", fmt.Sprintf("kind = \"system\"\nid = %q\ntitle = \"System %03d\"\nclassification = \"internal\"\nrole = [%s]\nstage = \"operation\"\nrisk_class = %q\ngrounds = [%s]\nowner = \"owner\"\ndeployed_on = 2025-03-03\nimpact_assessment = \"impact-%s\"\nimpact_review = 2027-02-28\npurpose = \"Helps a department with task number %d.\"\ndescription = \"\"\"\nIt reads cases and proposes what to do next. A person decides.\n\"\"\"\nintended_users = \"The department\"\nhuman_oversight = \"A person decides each case.\"\n",
		id, i, kind.role, kind.class, kind.grounds, id, i))
	text := strings.Repeat("The system owner checks the results every quarter and keeps the record in the register of the department. ", 28)
	write("systems/"+id+"/impact.md", fmt.Sprintf("+++\nid = \"impact-%s\"\ntitle = \"Impact of system %03d\"\nkind = \"report\"\nowner = \"owner\"\nversion = \"1.0\"\nstatus = \"approved\"\napproved_by = \"lead\"\napproved_on = 2026-02-01\nnext_review = 2027-02-01\nclassification = \"internal\"\n[impact]\nsystem = %q\nassessed_on = 2026-01-20\nintended_use = \"Sorting cases.\"\n[[impact.effect]]\non = \"individuals\"\nkind = \"harm\"\ntext = \"A case waits longer than it should.\"\nlikelihood = 2\nseverity = 2\n[[impact.effect]]\non = \"groups\"\nkind = \"benefit\"\ntext = \"Cases of all groups are sorted alike.\"\n[[impact.effect]]\non = \"society\"\nkind = \"benefit\"\ntext = \"Less paper.\"\n+++\n\n## Result\n\n%s\n", id, i, id, text))
	for n, title := range []string{"Card", "Guide"} {
		write(fmt.Sprintf("systems/%s/text-%d.md", id, n), fmt.Sprintf("+++\nid = \"%s-text-%d\"\ntitle = \"%s of system %03d\"\nkind = \"record\"\nowner = \"owner\"\nversion = \"1.0\"\nstatus = \"approved\"\napproved_by = \"lead\"\napproved_on = 2026-02-01\nnext_review = 2027-02-01\nclassification = \"internal\"\n+++\n\n## What\n\n%s\n", id, n, title, i, text))
	}
	var b strings.Builder
	for n, c := range performed {
		fmt.Fprintf(&b, "[[execution]]\ncontrol = %q\non = 2026-0%d-15\nby = \"owner\"\nresult = \"effective\"\nevidence = [\"e-%s-%d\"]\n\n[[evidence]]\nid = \"e-%s-%d\"\ntitle = \"Record %d of system %03d\"\nnote = \"Kept by the department.\"\neffective = 2026-0%d-15\nclassification = \"internal\"\n\n", c, 1+n%9, id, n, id, n, n, i, 1+n%9)
	}
	for n := range 2 {
		fmt.Fprintf(&b, "[[risk]]\nid = \"risk-%s-%d\"\ntitle = \"Risk %d of system %03d\"\nowner = \"owner\"\naffects = [\"individuals\"]\nsystems = [%q]\nlikelihood = 2\nimpact = 2\ntreatment = \"modify\"\nstatus = \"treated\"\nresidual_likelihood = 1\nresidual_impact = 2\nassessed_on = 2026-02-01\nclassification = \"internal\"\n\n", id, n, n, i, id)
	}
	fmt.Fprintf(&b, "[[control]]\nid = \"own-%s\"\ntitle = \"Own practice of system %03d\"\nsatisfies = [\"iso-42001:A.6.2.6\"]\nlevel = \"system\"\nsystems = [%q]\nowner = \"owner\"\nstatus = \"planned\"\nrisks = [\"risk-%s-0\"]\ndescription = \"Something only this system needs.\"\nclassification = \"internal\"\n\n", id, i, id, id)
	b.WriteString("[[decision]]\nrequirement = \"iso-42001:A.6.2.6\"\napplicable = true\nreasons = [\"policy\"]\njustification = \"This system runs all day.\"\n")
	write("systems/"+id+"/records.toml", b.String())
}
