package oscal

import (
	"bytes"
	"slices"
	"strings"
	"testing"

	"annex/content"
	"annex/generator/aims"
	"annex/generator/check"
	"annex/generator/readiness"
	"annex/generator/sample"
)

// objects returns the objects below a key of a file, wherever they are.
func (s *set) objects(file, key string) []map[string]any {
	var list []map[string]any
	visit(s.model(file), "", nil, func(k string, o map[string]any, _ []map[string]any) {
		if k == key {
			list = append(list, o)
		}
	})
	return list
}

// values returns the values of our properties of an object that have a name.
func values(o map[string]any, name string) []string {
	var list []string
	props, _ := o["props"].([]any)
	for _, p := range props {
		if p := p.(map[string]any); p["name"] == name && p["ns"] == Namespace {
			list = append(list, p["value"].(string))
		}
	}
	return list
}

func metadataOf(s *set, file string) map[string]any {
	return s.model(file)["metadata"].(map[string]any)
}

// everyReferenceControlIsInTheStatement holds that a profile includes,
// excludes or leaves open each of them, as the Statement of Applicability does.
func everyReferenceControlIsInTheStatement(t *testing.T, all map[string]*set) {
	for _, of := range inOrder(all) {
		s := all[of]
		in := input(s.report.Workspace, s.report.Organization, s.report.AsOf)
		for _, statement := range in.Statements {
			f := statement.Framework
			m := metadataOf(s, statementFile(f))
			clauses := len(f.Assessable()) - len(f.ReferenceControls())
			excluded, undecided := values(m, "excluded-control"), values(m, "undecided-control")
			chosen := (&index{set: s, chosen: map[string]map[string]bool{}, ids: map[string]map[string]bool{}}).holds(statementFile(f))
			if len(chosen) > 0 && len(chosen)-clauses != statement.Counts.Applicable || len(excluded) != statement.Counts.Excluded || len(undecided) != statement.Counts.Undecided {
				t.Errorf("%s, %s: %d included, %d excluded, %d open; the statement has %+v and there are %d clauses", of, f.ID, len(chosen), len(excluded), len(undecided), statement.Counts, clauses)
			}
			if alters := s.objects(statementFile(f), "alters"); len(alters) != statement.Counts.Applicable {
				t.Errorf("%s, %s: the reason is given for %d of %d controls", of, f.ID, len(alters), statement.Counts.Applicable)
			}
		}
	}
}

// everyOpenFindingIsInThePlan holds that the plan of action has an item for
// each open finding, each open action of a review and each issue beside them.
func everyOpenFindingIsInThePlan(t *testing.T, all map[string]*set) {
	for _, of := range inOrder(all) {
		s := all[of]
		items := s.objects(actionFile, "poam-items")
		var ids []string
		for _, i := range items {
			if values(i, "grade") != nil {
				ids = append(ids, values(i, "id")...)
			}
		}
		want := 0
		for _, f := range s.report.Workspace.Findings {
			open := f.Open(s.report.AsOf)
			if open {
				want++
			}
			if f.Withheld == "" && slices.Contains(ids, f.ID) != open {
				t.Errorf("%s: the finding %s is open: %v; items are for %v", of, f.ID, open, ids)
			}
		}
		for _, r := range s.report.Workspace.Reviews {
			for _, a := range r.Actions {
				if !r.HeldOn.After(s.report.AsOf) && (a.Done.IsZero() || a.Done.After(s.report.AsOf)) {
					want++
				}
			}
		}
		for _, i := range check.Next(s.issues) {
			if i.Subject.Kind != aims.KindFinding && i.Subject.Kind != aims.KindReview {
				want++
			}
		}
		if len(items) != want {
			t.Errorf("%s: the plan of action has %d items, not %d", of, len(items), want)
		}
	}
}

// everyRequirementCarriesItsControls holds that plan and definition name the
// same controls for a requirement as the readiness report.
func everyRequirementCarriesItsControls(t *testing.T, all map[string]*set) {
	for _, of := range inOrder(all) {
		s := all[of]
		byPlan, byDefinition := map[string][]string{}, map[string][]string{}
		requirements := s.objects(systemFile, "implemented-requirements")
		for _, r := range requirements {
			id := r["control-id"].(string)
			byPlan[id] = nil
			list, _ := r["by-components"].([]any)
			for _, c := range list {
				byPlan[id] = append(byPlan[id], c.(map[string]any)["component-uuid"].(string))
			}
		}
		for _, c := range s.objects(componentsFile, "components") {
			visit(c, "", nil, func(key string, o map[string]any, _ []map[string]any) {
				if key == "implemented-requirements" {
					id := o["control-id"].(string)
					byDefinition[id] = append(byDefinition[id], c["uuid"].(string))
				}
			})
		}
		n := newNames(s.report.Workspace, s.report.Organization)
		count := 0
		for _, f := range s.report.Frameworks {
			for _, q := range f.Requirements {
				id := n.tokens[q.Requirement]
				if q.Requirement.IsReferenceControl() && !(q.Applicability.Decided && q.Applicability.Applicable) {
					continue
				}
				count++
				var want []string
				for _, c := range q.Controls {
					want = append(want, n.record(aims.KindControl, &c.Control.Record))
				}
				if _, ok := byPlan[id]; !ok || !slices.Equal(sorted(byPlan[id]), sorted(want)) || !slices.Equal(sorted(byDefinition[id]), sorted(want)) {
					t.Errorf("%s: %s is met by %v, in the plan by %v, in the definition by %v", of, id, want, byPlan[id], byDefinition[id])
				}
			}
		}
		if count != len(requirements) {
			t.Errorf("%s: the plan has %d requirements, not %d", of, len(requirements), count)
		}
	}
}

func sorted(list []string) []string { return slices.Sorted(slices.Values(list)) }

// resultsTellOfEveryFinding holds that each finding raised by the day is told
// once, and each performance.
func resultsTellOfEveryFinding(t *testing.T, all map[string]*set) {
	for _, of := range []string{"example", "whole", "odd", "organization 2"} {
		s := all[of]
		findings, performances := 0, 0
		for _, f := range s.report.Workspace.Findings {
			if !f.Raised.After(s.report.AsOf) {
				findings++
			}
		}
		for _, c := range s.report.Workspace.Controls {
			for _, x := range c.Executions {
				if !x.On.After(s.report.AsOf) {
					performances++
				}
			}
		}
		told := map[string]int{}
		for _, o := range s.objects(resultsFile, "observations") {
			told[o["types"].([]any)[0].(string)]++
		}
		if told["finding"] != findings || told["control-objective"] != performances {
			t.Errorf("%s: told are %v, there are %d findings and %d performances", of, told, findings, performances)
		}
	}
}

func TestTheSameInputGivesTheSameBytes(t *testing.T) {
	for name, load := range map[string]func() *aims.Workspace{
		"example": func() *aims.Workspace { return read(t, content.Example()) },
		"whole":   func() *aims.Workspace { return sample.Load(t, whole) },
		"odd":     func() *aims.Workspace { return sample.Load(t, odd()) },
	} {
		one, two := of(t, load()), of(t, load())
		for _, file := range one.names() {
			if !bytes.Equal(one.bytes[file], two.bytes[file]) {
				t.Errorf("%s: %s is not the same when it is made again", name, file)
			}
		}
	}
}

// TestIdsStay holds that what is there on two days has the same id on both.
func TestIdsStay(t *testing.T) {
	w := sample.Load(t, whole)
	o := w.Organizations()[0]
	before, after := exported(t, input(w, o, sample.Day())), exported(t, input(w, o, sample.Day().AddDays(1)))
	for _, key := range []string{"components", "findings", "observations", "risks", "tasks", "resources", "parties", "implemented-requirements"} {
		for _, file := range before.names() {
			for _, x := range before.objects(file, key) {
				if !slices.ContainsFunc(after.objects(file, key), func(y map[string]any) bool { return y["uuid"] == x["uuid"] }) {
					t.Errorf("%s: %v of %s has another id on the next day", file, x["title"], key)
				}
			}
		}
	}
	first := before.model(systemFile)["uuid"]
	other := of(t, sample.Load(t, strings.Replace(whole, `name = "Sample Ltd"`, `name = "Other Ltd"`, 1)))
	if other.model(systemFile)["uuid"] == first {
		t.Error("two organizations have the same ids")
	}
}

// TestWhatTheFilesSay pins a few facts of the small workspace.
func TestWhatTheFilesSay(t *testing.T) {
	s := of(t, sample.Load(t, whole))
	m := metadataOf(s, "profile-mini.json")
	if m["version"] != "2.0" || m["last-modified"] != "2026-11-24T00:00:00Z" || m["remarks"] != "All that we do." {
		t.Errorf("the statement has the head %v", m)
	}
	approval := m["actions"].([]any)[0].(map[string]any)
	if approval["type"] != "approval" || approval["date"] != "2026-02-01T00:00:00Z" {
		t.Errorf("the statement was approved so: %v", approval)
	}
	excluded := map[string]any{}
	for _, p := range m["props"].([]any) {
		if p := p.(map[string]any); p["name"] == "excluded-control" {
			excluded[p["value"].(string)] = p["remarks"]
		}
	}
	if excluded["mini_a.10"] != "We buy nothing." {
		t.Errorf("excluded are %v", excluded)
	}
	for _, r := range s.objects(systemFile, "resources") {
		if r["title"] != "Open proof" {
			continue
		}
		link := r["rlinks"].([]any)[0].(map[string]any)
		hash := link["hashes"].([]any)[0].(map[string]any)
		if link["href"] != "organization/evidence/proof.txt" || hash["algorithm"] != "SHA-256" || len(hash["value"].(string)) != 64 {
			t.Errorf("the evidence stands at %v", link)
		}
	}
	states := map[string]string{}
	for _, f := range s.objects(resultsFile, "findings") {
		status := f["target"].(map[string]any)["status"].(map[string]any)
		states[f["title"].(string)] = status["state"].(string) + " " + status["reason"].(string)
	}
	for title, want := range map[string]string{"Open finding": "not-satisfied fail", "Closed finding": "satisfied pass", "Advice": "satisfied other"} {
		if states[title] != want {
			t.Errorf("%s: %q, not %q", title, states[title], want)
		}
	}
	for _, r := range s.objects(actionFile, "risks") {
		if r["title"] == "Open finding" && (r["deadline"] != "2026-09-01T00:00:00Z" || r["status"] != "remediating" || len(r["remediations"].([]any)) != 2) {
			t.Errorf("the risk of the open finding is %v", r)
		}
	}
}

// TestAddressesAreTheCallers holds that the caller says where files stand.
func TestAddressesAreTheCallers(t *testing.T) {
	w := sample.Load(t, whole)
	in := input(w, w.Organizations()[0], sample.Day())
	in.Address = func(s aims.Subject) string {
		if s.Kind == aims.KindDocument {
			return ""
		}
		return "../evidence/" + s.Record.ID
	}
	s := exported(t, in)
	if !bytes.Contains(s.bytes[systemFile], []byte(`"../evidence/open-proof"`)) || bytes.Contains(s.bytes[systemFile], []byte(".md")) {
		t.Error("the addresses of the caller are not used")
	}
}

// TestStatesHaveWordsOfOSCAL holds what is made of our states.
func TestStatesHaveWordsOfOSCAL(t *testing.T) {
	for state, want := range map[readiness.State]string{
		readiness.Gap: "planned", readiness.Documented: "planned", readiness.Implemented: "implemented",
		readiness.Verified: "implemented", readiness.NotApplicable: "not-applicable", readiness.NotAssessed: "planned",
	} {
		if got := status(state); got != want {
			t.Errorf("%s is %s, not %s", state, got, want)
		}
	}
	day := sample.Day()
	for _, c := range []struct {
		control aims.Control
		want    string
	}{
		{aims.Control{Status: aims.Implemented}, "implemented"},
		{aims.Control{Status: aims.Implemented, ImplementedOn: day.AddDays(1)}, "planned"},
		{aims.Control{Status: aims.InProgress}, "partial"},
		{aims.Control{Status: aims.NotStarted}, "planned"},
	} {
		if got := implemented(&c.control, day); got != c.want {
			t.Errorf("%+v is %s, not %s", c.control.Status, got, c.want)
		}
	}
}

func BenchmarkExample(b *testing.B) {
	w := read(b, content.Example())
	in := input(w, w.Organizations()[0], sample.Day())
	for b.Loop() {
		for _, f := range Files(in) {
			if err := f.Write(&bytes.Buffer{}); err != nil {
				b.Fatal(err)
			}
		}
	}
}
