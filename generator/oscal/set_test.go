package oscal

import (
	"bytes"
	"encoding/json"
	"fmt"
	"io/fs"
	"maps"
	"slices"
	"testing"

	"annex/content"
	"annex/frameworks"
	"annex/generator/aims"
	"annex/generator/audience"
	"annex/generator/check"
	"annex/generator/diag"
	"annex/generator/load"
	"annex/generator/readiness"
	"annex/generator/sample"
	"annex/generator/soa"
)

// set is an export, as bytes and as read again.
type set struct {
	report *readiness.Report
	issues []check.Issue
	bytes  map[string][]byte
	files  map[string]map[string]any
}

// names returns the names of the files in their order.
func (s *set) names() []string { return slices.Sorted(maps.Keys(s.files)) }

// model returns what is in a file, below the name of the model; nil without the
// file.
func (s *set) model(file string) map[string]any {
	for _, x := range s.files[file] {
		return x.(map[string]any)
	}
	return nil
}

func read(tb testing.TB, fsys fs.FS) *aims.Workspace {
	tb.Helper()
	w, diagnostics, err := load.Load(fsys, frameworks.Files())
	if err != nil || diag.Count(diagnostics).Errors > 0 {
		tb.Fatal(err, diagnostics)
	}
	return w
}

// input returns what an organization of a workspace gives to its export.
func input(w *aims.Workspace, o *aims.Project, asOf aims.Date) Input {
	r := readiness.Assess(w.Scope(o), o, asOf)
	return Input{Report: r, Statements: soa.All(r), Issues: check.Run(r), Version: "1.0"}
}

func exported(tb testing.TB, in Input) *set {
	tb.Helper()
	s := &set{report: in.Report, issues: in.Issues, bytes: map[string][]byte{}, files: map[string]map[string]any{}}
	for _, f := range Files(in) {
		var b bytes.Buffer
		if err := f.Write(&b); err != nil {
			tb.Fatal(err)
		}
		var x map[string]any
		if err := json.Unmarshal(b.Bytes(), &x); err != nil {
			tb.Fatalf("%s: %v", f.Name, err)
		}
		if s.files[f.Name] != nil {
			tb.Errorf("there are two files %s", f.Name)
		}
		s.bytes[f.Name], s.files[f.Name] = b.Bytes(), x
	}
	return s
}

// of returns the export of the first organization of a workspace.
func of(tb testing.TB, w *aims.Workspace) *set {
	tb.Helper()
	return exported(tb, input(w, w.Organizations()[0], sample.Day()))
}

// sets returns the exports that the tests look at.
func sets(tb testing.TB) map[string]*set {
	tb.Helper()
	example := read(tb, content.Example())
	all := map[string]*set{
		"example":     of(tb, example),
		"starter":     of(tb, read(tb, content.Starter())),
		"empty":       of(tb, read(tb, content.Empty())),
		"sample":      of(tb, sample.Load(tb, "")),
		"odd":         of(tb, sample.Load(tb, odd())),
		"whole":       of(tb, sample.Load(tb, whole)),
		"long before": exported(tb, input(example, example.Organizations()[0], aims.NewDate(2020, 1, 1))),
	}
	for _, a := range example.Audiences {
		all["example for "+a.ID] = of(tb, audience.For(example, a))
	}
	w := sample.Load(tb, whole)
	all["whole for staff"] = of(tb, audience.For(w, w.Audience("staff")))
	two := sample.Load(tb, twoOrganizations)
	for i, o := range two.Organizations() {
		all[fmt.Sprintf("organization %d", i+1)] = exported(tb, input(two, o, sample.Day()))
	}
	return all
}

// inOrder returns the names of the sets in their order.
func inOrder(all map[string]*set) []string { return slices.Sorted(maps.Keys(all)) }

// TestExports makes the exports once and holds that all of them are as they should
// be.
func TestExports(t *testing.T) {
	all := sets(t)
	for name, holds := range map[string]func(*testing.T, map[string]*set){
		"the sets are whole":                          theSetsAreWhole,
		"files are valid":                             filesAreValid,
		"every reference leads somewhere":             everyReferenceLeadsSomewhere,
		"every reference control is in the statement": everyReferenceControlIsInTheStatement,
		"every open finding is in the plan":           everyOpenFindingIsInThePlan,
		"every requirement carries its controls":      everyRequirementCarriesItsControls,
		"results tell of every finding":               resultsTellOfEveryFinding,
	} {
		t.Run(name, func(t *testing.T) { holds(t, all) })
	}
}
