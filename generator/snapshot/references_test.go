package snapshot_test

import (
	"encoding/json"
	"slices"
	"testing"

	"annex/content"
	"annex/generator/aims"
	"annex/generator/audience"
	"annex/generator/sample"
)

// lists says in which list the ids under a key are to be found.
func lists() map[string]string {
	m := map[string]string{}
	for list, keys := range map[string][]string{
		"roles":      {"owner", "owners", "responsible", "consulted", "informed", "by", "approved_by", "decided_by", "accepted_by", "chair", "attendees", "deputy", "assessors"},
		"controls":   {"controls", "control", "shows", "treated_by"},
		"documents":  {"documents", "document", "drafts", "shared_documents", "minutes", "report", "programme", "impact_assessment"},
		"evidence":   {"evidence", "evidence_in_force"},
		"risks":      {"risks"},
		"findings":   {"open_findings", "finding"},
		"audits":     {"audit", "internal_audit"},
		"projects":   {"project", "organization", "systems", "system", "projects", "about", "needed_by"},
		"frameworks": {"framework", "frameworks"},
	} {
		for _, k := range keys {
			m[k] = list
		}
	}
	return m
}

// dangling returns the references of a snapshot that lead nowhere, and how many
// there are in all.
func dangling(t *testing.T, text []byte) (lost []string, n int) {
	t.Helper()
	var model map[string]any
	if err := json.Unmarshal(text, &model); err != nil {
		t.Fatal(err)
	}
	ids := map[string]bool{}
	for list, rows := range model {
		rows, _ := rows.([]any)
		for _, r := range rows {
			if id, ok := r.(map[string]any)["id"].(string); ok {
				ids[list+" "+id] = true
			}
		}
	}
	where := lists()
	var walk func(x any)
	check := func(list string, x any) {
		if id, ok := x.(string); ok {
			if n++; !ids[list+" "+id] {
				lost = append(lost, list+" "+id)
			}
		}
	}
	walk = func(x any) {
		switch v := x.(type) {
		case []any:
			for _, e := range v {
				walk(e)
			}
		case map[string]any:
			for key, e := range v {
				list := where[key]
				if items, ok := e.([]any); ok && list != "" {
					for _, item := range items {
						check(list, item)
					}
				} else if list != "" {
					check(list, e)
				}
				walk(e)
			}
		}
	}
	for _, rows := range model {
		walk(rows)
	}
	slices.Sort(lost)
	return slices.Compact(lost), n
}

// two is a workspace of two organizations, one of which uses a document and a
// role of the other.
const two = `
[[control]]
id = "here"
title = "Here"
status = "implemented"
owner = "lead"
satisfies = ["mini:A.1"]
-- organization/plan.md --
+++
id = "plan"
title = "Plan"
status = "approved"
approved_by = "lead"
approved_on = 2026-01-01
satisfies = ["mini:4.1"]
+++
Text.
-- second/project.toml --
kind = "organization"
id = "second"
title = "Second"
shared_documents = ["plan"]
-- second/records.toml --
[[control]]
id = "there"
title = "There"
status = "planned"
owner = "lead"
satisfies = ["mini:A.2"]
-- systems/triage/project.toml --
kind = "system"
id = "triage"
title = "Triage"
organization = "second"
role = ["provider"]
`

// TestReferencesLeadSomewhere holds that every id in a snapshot is that of a row
// of the snapshot, of the whole as well as of what audiences see.
func TestReferencesLeadSomewhere(t *testing.T) {
	example := loaded(t, content.Example())
	all := map[string]*aims.Workspace{"example": example, "starter": loaded(t, content.Starter()), "two": sample.Load(t, two)}
	for _, a := range example.Audiences {
		all[a.ID] = audience.For(example, a)
	}
	for name, w := range all {
		lost, n := dangling(t, written(t, derive(w)))
		if len(lost) > 0 {
			t.Errorf("%s: %v", name, lost)
		}
		if n < 30 {
			t.Errorf("%s has only %d references", name, n)
		}
		t.Logf("%s: %d references", name, n)
	}
}

// TestOrganizationsStandApart holds that each organization has its own derived
// rows, and that records of both stand in one list.
func TestOrganizationsStandApart(t *testing.T) {
	var model struct {
		Organizations []struct{ ID string }
		Requirements  []struct{ ID, Organization, State string }
		Statements    []struct{ Organization string }
		Controls      []struct{ ID, State string }
	}
	text := written(t, derive(sample.Load(t, two)))
	if err := json.Unmarshal(text, &model); err != nil {
		t.Fatal(err)
	}
	holds(t, form(t), text)
	if len(model.Organizations) != 2 || len(model.Statements) != 2 || len(model.Controls) != 2 || len(model.Requirements) != 10 {
		t.Errorf("%+v", model)
	}
	for _, c := range model.Controls {
		if c.State == "" {
			t.Errorf("%s has no state", c.ID)
		}
	}
	for _, q := range model.Requirements {
		if want := map[string]string{"sample": "documented", "second": "documented"}[q.Organization]; q.ID == "mini:4.1" && q.State != want {
			t.Errorf("%+v", q)
		}
	}
}
