package oscal

import (
	"bytes"
	"fmt"
	"maps"
	"slices"
	"strings"
	"testing"

	"annex/generator/audience"
	"annex/generator/sample"
)

// TestWithheldRecordsSayNothing looks at an export for an audience. Nothing of
// what is restricted is in it: no word, and no day, which in the sample are those
// of 2025.
func TestWithheldRecordsSayNothing(t *testing.T) {
	w := sample.Load(t, whole)
	open := of(t, w)
	s := of(t, audience.For(w, w.Audience("staff")))
	seen := 0
	for _, file := range open.names() {
		seen += bytes.Count(open.bytes[file], []byte("CANARY")) + bytes.Count(open.bytes[file], []byte(`"2025-`))
	}
	if seen < 40 {
		t.Fatalf("the whole export has only %d canaries", seen)
	}
	for _, file := range s.names() {
		for _, word := range []string{"CANARY", "hidden", "2025-", " 2025"} {
			if at := bytes.Index(s.bytes[file], []byte(word)); at >= 0 {
				t.Errorf("%s says %s: %s", file, word, s.bytes[file][max(0, at-300):min(len(s.bytes[file]), at+60)])
			}
		}
	}
}

// TestWithheldRecordsSayThatTheyAre holds what is left of a withheld record: an
// id, that it is withheld, and what the schema wants.
func TestWithheldRecordsSayThatTheyAre(t *testing.T) {
	w := sample.Load(t, whole)
	s := of(t, audience.For(w, w.Audience("staff")))
	allowed := map[string][]string{
		"components":               {"control-implementations", "description", "props", "status", "title", "type", "uuid"},
		"resources":                {"props", "title", "uuid"},
		"roles":                    {"id", "props", "title"},
		"tasks":                    {"associated-activities", "props", "title", "type", "uuid"},
		"results":                  {"description", "findings", "observations", "props", "reviewed-controls", "risks", "start", "title", "uuid"},
		"observations":             {"collected", "description", "methods", "props", "title", "types", "uuid"},
		"poam-items":               {"description", "props", "related-observations", "title", "uuid"},
		"implemented-requirements": {},
	}
	found := map[string]int{}
	for _, file := range s.names() {
		visit(s.model(file), "", nil, func(key string, o map[string]any, _ []map[string]any) {
			title, _ := o["title"].(string)
			if !strings.HasPrefix(title, "Withheld") || key == "subjects" || key == "activities" || key == "users" {
				return
			}
			found[key]++
			if got := values(o, "withheld"); len(got) != 1 || got[0] != "restricted" || len(o["props"].([]any)) != 1 {
				t.Errorf("%s: %s has the properties %v", file, key, o["props"])
			}
			for _, field := range slices.Sorted(maps.Keys(o)) {
				if !slices.Contains(allowed[key], field) {
					t.Errorf("%s: a withheld one of %s has %s: %v", file, key, field, o[field])
				}
			}
		})
	}
	for _, key := range []string{"components", "resources", "roles", "tasks", "results", "observations", "poam-items"} {
		if found[key] == 0 {
			t.Errorf("nothing of %s is withheld; there are %v", key, fmt.Sprint(found))
		}
	}
	m := metadataOf(s, systemFile)
	if m["props"].([]any)[0].(map[string]any)["value"] != "internal" || values(m, "audience")[0] != "staff" {
		t.Errorf("the plan is marked so: %v", m["props"])
	}
	if marked := metadataOf(of(t, w), systemFile)["props"].([]any)[0].(map[string]any)["value"]; marked != "restricted" {
		t.Errorf("the whole plan is marked %v", marked)
	}
}
