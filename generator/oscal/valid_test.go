package oscal

import (
	"encoding/json"
	"os"
	"path/filepath"
	"testing"

	"github.com/santhosh-tekuri/jsonschema/v6"
)

// schemas returns the schemas that files must obey: our own, and NIST's where the
// variable ANNEX_TEST_OSCAL names a folder with complete schemas of OSCAL.
func schemas(t testing.TB) map[string]*jsonschema.Schema {
	t.Helper()
	list := map[string]*jsonschema.Schema{"our grammar": ownSchema(t)}
	for name, document := range nist(t) {
		list[name] = compile(t, document)
	}
	return list
}

// nist reads the schemas of NIST. They are on no registry: get
// oscal_complete_schema.json of a release of usnistgov/OSCAL.
func nist(t testing.TB) map[string]any {
	t.Helper()
	list := map[string]any{}
	dir := os.Getenv("ANNEX_TEST_OSCAL")
	if dir == "" {
		return list
	}
	files, err := filepath.Glob(filepath.Join(dir, "*.json"))
	if err != nil || len(files) == 0 {
		t.Fatalf("ANNEX_TEST_OSCAL names %s, where there are no schemas: %v", dir, err)
	}
	for _, file := range files {
		f, err := os.Open(file)
		if err != nil {
			t.Fatal(err)
		}
		defer f.Close()
		document, err := jsonschema.UnmarshalJSON(f)
		if err != nil {
			t.Fatal(err)
		}
		list[filepath.Base(file)] = document
	}
	return list
}

// filesAreValid holds that every schema takes every file.
func filesAreValid(t *testing.T, all map[string]*set) {
	for name, schema := range schemas(t) {
		for _, of := range inOrder(all) {
			for _, file := range all[of].names() {
				var x any
				if err := json.Unmarshal(all[of].bytes[file], &x); err != nil {
					t.Fatal(err)
				}
				if err := schema.Validate(x); err != nil {
					message := err.Error()
					t.Errorf("%s of %s, by %s: %s", file, of, name, message[:min(len(message), 1500)])
				}
			}
		}
	}
}

// theSetsAreWhole holds that the exports which the tests look at have the
// files that they are about: no test is good because there is nothing to see.
func theSetsAreWhole(t *testing.T, all map[string]*set) {
	if got := len(all["example"].files); got != 14 {
		t.Errorf("the example has %d files: %v", got, all["example"].names())
	}
	for of, want := range map[string][]string{
		"odd":            {"catalog-mini.json", "catalog-own.json", "profile-mini.json", profileFile, componentsFile, systemFile, planFile, resultsFile, actionFile},
		"sample":         {"catalog-mini.json", "profile-mini.json", profileFile, systemFile},
		"organization 2": {"catalog-mini.json", "profile-mini.json", profileFile, componentsFile, systemFile, planFile, resultsFile, actionFile},
	} {
		for _, file := range want {
			if all[of].files[file] == nil {
				t.Errorf("%s has no %s: %v", of, file, all[of].names())
			}
		}
	}
	if all["sample"].files[resultsFile] != nil {
		t.Error("the sample has results without audits and performances")
	}
}
