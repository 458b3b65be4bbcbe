package frameworks_test

import (
	"testing"

	"annex/frameworks"
	"annex/generator/aims"
	"annex/generator/framework"
)

// TestISO42001HasExactlyWhatTheStandardHas holds the counts of the facts: many
// public catalogs have controls that do not exist.
func TestISO42001HasExactlyWhatTheStandardHas(t *testing.T) {
	f, diags, err := framework.Read(frameworks.Files(), "iso-42001.toml")
	if err != nil || len(diags) > 0 {
		t.Fatal(err, diags)
	}
	n := map[aims.RequirementKind]int{}
	for _, q := range f.Requirements {
		n[q.Kind]++
	}
	want := map[aims.RequirementKind]int{aims.Clause: 32, aims.HeadingEntry: 11, aims.ReferenceControl: 38, aims.Area: 11}
	for kind, count := range want {
		if n[kind] != count {
			t.Errorf("%d of kind %s, want %d", n[kind], kind, count)
		}
	}
	perArea := map[string]int{"A.2": 3, "A.3": 2, "A.4": 5, "A.5": 4, "A.6": 9, "A.7": 5, "A.8": 4, "A.9": 3, "A.10": 3}
	for _, q := range f.ReferenceControls() {
		perArea[q.Top().Ref]--
	}
	for area, missing := range perArea {
		if missing != 0 {
			t.Errorf("area %s lacks %d controls", area, missing)
		}
	}
	for i := 1; i < len(f.ReferenceControls()); i++ {
		a, b := f.ReferenceControls()[i-1], f.ReferenceControls()[i]
		if framework.Compare(a.Ref, b.Ref) >= 0 {
			t.Errorf("%s stands before %s", a.Ref, b.Ref)
		}
	}
}
