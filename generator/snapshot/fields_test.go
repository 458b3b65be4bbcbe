package snapshot_test

import (
	"encoding/json"
	"slices"
	"strconv"
	"strings"
	"testing"

	"github.com/maruel/natural"

	"annex/content"
	"annex/generator/aims"
	"annex/generator/audience"
)

// record is what all records can do.
type record interface {
	Head() *aims.Record
	Fields() []aims.Field
}

func records[T record](list []T) []record {
	var all []record
	for _, x := range list {
		all = append(all, x)
	}
	return all
}

// byList returns the records of a workspace by the name of their list, in order.
func byList(w *aims.Workspace) map[string][]record {
	return map[string][]record{
		"projects": records(w.Projects), "documents": records(w.Documents), "controls": records(w.Controls), "decisions": records(w.Decisions),
		"evidence": records(w.Evidence), "risks": records(w.Risks), "objectives": records(w.Objectives), "roles": records(w.Roles),
		"parties": records(w.Parties), "audits": records(w.Audits), "findings": records(w.Findings), "reviews": records(w.Reviews), "signoffs": records(w.Signoffs),
	}
}

// place returns where the JSON of a list has a field.
func place(list, name string) []string {
	parts := strings.Split(name, ".")
	switch {
	case list == "findings" && name == "project":
		return []string{"about"}
	case name == "risk_criteria.accept_up_to":
		return []string{"accept_up_to"}
	case strings.HasPrefix(name, "impact.effect."):
		return append([]string{"impact", "effects"}, parts[2:]...)
	case list == "reviews" && parts[0] == "decision":
		return []string{"decisions", parts[1]}
	case list == "reviews" && len(parts) == 3:
		return []string{parts[0] + "s", parts[1], parts[2]}
	case list == "signoffs" && parts[0] == "digest":
		return append([]string{"digest"}, strings.Join(parts[1:], "."))
	}
	return parts
}

// find returns what stands at a place, in the form of the files.
func find(x any, path []string) (string, bool) {
	for _, name := range path {
		switch v := x.(type) {
		case map[string]any:
			var ok bool
			if x, ok = v[name]; !ok {
				return "", false
			}
		case []any:
			i, err := strconv.Atoi(name)
			if err != nil { // a digest
				i = 1 + slices.IndexFunc(v, func(d any) bool { return d.(map[string]any)["field"] == name })
				if i == 0 {
					return "", false
				}
				x = v[i-1].(map[string]any)["sha256"]
				continue
			}
			if i < 1 || i > len(v) {
				return "", false
			}
			x = v[i-1]
		case nil:
			return "", true
		default:
			return "", false
		}
	}
	return say(x)
}

func say(x any) (string, bool) {
	switch v := x.(type) {
	case nil:
		return "", true
	case string:
		return v, true
	case bool:
		return strconv.FormatBool(v), true
	case float64:
		return strconv.FormatFloat(v, 'f', -1, 64), true
	case map[string]any:
		text, ok := v["html"].(string)
		return text, ok
	case []any:
		var parts []string
		for _, e := range v {
			s, ok := say(e)
			if !ok {
				return "", false
			}
			parts = append(parts, s)
		}
		slices.SortFunc(parts, natural.Compare)
		return strings.Join(parts, ", "), true
	}
	return "", false
}

// TestEveryFieldIsThere compares each field of each record of the example with
// the JSON, for the whole and for every audience: it has the same value under the
// same name.
func TestEveryFieldIsThere(t *testing.T) {
	example := loaded(t, content.Example())
	cuts := []*aims.Workspace{example}
	for _, a := range example.Audiences {
		cuts = append(cuts, audience.For(example, a))
	}
	n := 0
	for _, w := range cuts {
		var model map[string]any
		if err := json.Unmarshal(written(t, derive(w)), &model); err != nil {
			t.Fatal(err)
		}
		for list, all := range byList(w) {
			rows, _ := model[list].([]any)
			if len(rows) != len(all) {
				t.Fatalf("%d %s, not %d", len(rows), list, len(all))
			}
			for i, r := range all {
				row := rows[i].(map[string]any)
				for _, f := range r.Fields() {
					path := place(list, f.Name)
					got, ok := find(row, path)
					if _, nested := row["system"].(map[string]any); !ok && list == "projects" && nested {
						got, ok = find(row["system"], path)
					}
					want := f.Value
					if list == "evidence" && f.Name == "file" && want != "" && r.Head().Withheld == "" {
						want = r.Head().Project.Dir + "/" + want
					}
					if list == "signoffs" && f.Name == "title" && want == "" {
						want = r.Head().ID
					}
					if list == "parties" && f.Name == "addressed" && want == "" {
						want = "false"
					}
					if !ok || got != want {
						t.Errorf("%s %s: %s is %q (%t), not %q", list, r.Head().ID, f.Name, got, ok, want)
					}
					n++
				}
			}
		}
		executions := 0
		for i, c := range w.Controls {
			row := model["controls"].([]any)[i].(map[string]any)
			for j, fields := range c.Tables()[0].Rows {
				x := row["executions"].([]any)[j].(map[string]any)
				for _, f := range fields {
					if got, ok := find(x, []string{f.Name}); f.Name != "control" && (!ok || got != f.Value) {
						t.Errorf("execution of %s: %s is %q, not %q", c.ID, f.Name, got, f.Value)
					}
				}
				executions++
			}
		}
		if executions < 50 {
			t.Errorf("only %d executions", executions)
		}
	}
	t.Logf("%d fields", n)
}

// TestDerivedValues holds what follows from the example against the model.
func TestDerivedValues(t *testing.T) {
	w := loaded(t, content.Example())
	in := derive(w)
	var model struct {
		Controls []struct {
			ID, State string
			NextDue   *string  `json:"next_due"`
			InForce   []string `json:"evidence_in_force"`
		}
		Findings []struct {
			ID            string
			Open, Overdue bool
		}
		Risks []struct {
			ID            string
			Score         *int
			ResidualScore *int `json:"residual_score"`
		}
		Issues        []struct{ Code, Class string }
		Statements    []struct{ Total, Applicable, Excluded, Undecided int }
		Rows          []struct{} `json:"statement_rows"`
		Organizations []struct {
			Actions struct{ Total, Blocks int }
			States  []struct {
				Framework string
				Count, Of int
			}
		}
	}
	if err := json.Unmarshal(written(t, in), &model); err != nil {
		t.Fatal(err)
	}
	report := in.Parts[0].Report
	for i, c := range w.Controls {
		s, got := report.Control(c), model.Controls[i]
		next := ""
		if got.NextDue != nil {
			next = *got.NextDue
		}
		if got.ID != c.ID || got.State != s.State.String() || next != s.NextDue().String() || len(got.InForce) != len(s.InForce()) {
			t.Errorf("%s: %+v", c.ID, got)
		}
	}
	open := 0
	for i, f := range w.Findings {
		if got := model.Findings[i]; got.Open != f.Open(in.AsOf) || got.Overdue != f.Overdue(in.AsOf) {
			t.Errorf("%s: %+v", f.ID, got)
		}
		if f.Open(in.AsOf) {
			open++
		}
	}
	if open == 0 {
		t.Error("the example has no open finding")
	}
	for i, k := range w.Risks {
		if got := model.Risks[i]; (got.Score == nil) != (k.Score() == 0) || got.Score != nil && *got.Score != k.Score() {
			t.Errorf("%s: %+v", k.ID, got)
		}
	}
	if len(model.Issues) != len(in.Parts[0].Issues) {
		t.Errorf("%d issues, not %d", len(model.Issues), len(in.Parts[0].Issues))
	}
	rows := 0
	for _, s := range model.Statements {
		if s.Applicable+s.Excluded+s.Undecided != s.Total {
			t.Errorf("%+v does not add up", s)
		}
		rows += s.Total
	}
	if rows == 0 || rows != len(model.Rows) {
		t.Errorf("%d rows, not %d", len(model.Rows), rows)
	}
	sums, of := map[string]int{}, map[string]int{}
	for _, s := range model.Organizations[0].States {
		sums[s.Framework], of[s.Framework] = sums[s.Framework]+s.Count, s.Of
	}
	for f, n := range sums {
		if n != of[f] {
			t.Errorf("the states of %s add up to %d, not %d", f, n, of[f])
		}
	}
}
