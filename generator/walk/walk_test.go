package walk_test

import (
	"slices"
	"strings"
	"testing"

	"annex/content"
	"annex/frameworks"
	"annex/generator/aims"
	"annex/generator/load"
	"annex/generator/readiness"
	"annex/generator/walk"
)

func steps(t *testing.T) (*aims.Workspace, []*walk.Step) {
	t.Helper()
	w, _, err := load.Load(content.Example(), frameworks.Files())
	if err != nil {
		t.Fatal(err)
	}
	return w, walk.Steps(readiness.Assess(w, w.Organizations()[0], aims.NewDate(2026, 11, 24)))
}

// TestEveryClauseOfAStandardIsWalked holds that no clause of a standard that
// numbers them by the harmonized structure is left out.
func TestEveryClauseOfAStandardIsWalked(t *testing.T) {
	w, list := steps(t)
	asked := map[*aims.Requirement]bool{}
	standards := map[string]bool{}
	for _, s := range list {
		for _, q := range s.Clauses {
			asked[q.Requirement] = true
			standards[q.Requirement.Framework.ID] = true
		}
	}
	if len(standards) != 3 {
		t.Errorf("clauses of %v", standards)
	}
	for _, f := range w.Frameworks {
		for _, q := range f.Assessable() {
			if standards[f.ID] && q.Kind == aims.Clause && !asked[q] {
				t.Errorf("no step has %s", q)
			}
			if !standards[f.ID] && asked[q] {
				t.Errorf("%s counts as a clause of a management system", q)
			}
		}
	}
}

func TestEveryDocumentStandsInOneStep(t *testing.T) {
	w, list := steps(t)
	in := map[*aims.Document]string{}
	for _, s := range list {
		for _, d := range s.Documents {
			if in[d] != "" {
				t.Errorf("%s stands in %s and %s", d.ID, in[d], s.ID)
			}
			in[d] = s.ID
		}
	}
	if len(in) != len(w.Documents) {
		t.Errorf("%d of %d documents stand in a step", len(in), len(w.Documents))
	}
	for id, want := range map[string]string{
		"aims-scope": walk.Scope, "ai-policy": walk.Policy, "information-security-policy": walk.Policy, "ai-risk-procedure": walk.Risks,
		"impact-health-pricing": walk.Impact, "audit-report-2026": walk.Audit, "stage-1-report-2026": walk.Audit,
		"management-review-minutes-2026": walk.Review, "ai-development-procedure": walk.Operation, "change-planning-procedure": walk.Change,
	} {
		for d, at := range in {
			if d.ID == id && at != want {
				t.Errorf("%s stands in %s, want %s", id, at, want)
			}
		}
	}
}

// TestAStepHasWhatAnswersIt follows the clauses to controls, evidence and
// findings.
func TestAStepHasWhatAnswersIt(t *testing.T) {
	w, list := steps(t)
	for _, s := range list {
		if s.ID == walk.Applicability {
			if len(s.Clauses) == 0 || !s.Empty() {
				t.Errorf("the Statement of Applicability answers its step alone: %+v", s)
			}
			continue
		}
		for _, c := range s.Controls {
			if s.ID != walk.Operation && !slices.ContainsFunc(c.Control.Satisfies, func(q *aims.Requirement) bool {
				return slices.ContainsFunc(s.Clauses, func(r *readiness.Requirement) bool { return r.Requirement == q })
			}) {
				t.Errorf("%s: the control %s serves no clause of it", s.ID, c.Control.ID)
			}
			for _, e := range w.EvidenceOf(c.Control) {
				if !slices.Contains(s.Evidence, e) {
					t.Errorf("%s: the evidence %s is missing", s.ID, e.ID)
				}
			}
		}
		if !slices.IsSortedFunc(s.Evidence, func(a, b *aims.Evidence) int { return b.Effective.Compare(a.Effective) }) {
			t.Errorf("%s: the newest evidence does not come first", s.ID)
		}
		if s.ID == walk.Operation && len(s.Controls) != len(w.Controls) || s.ID == walk.Improvement && len(s.Findings) != len(w.Findings) {
			t.Errorf("%s has %d controls and %d findings", s.ID, len(s.Controls), len(s.Findings))
		}
		if len(s.Controls) == 0 || len(s.Evidence) == 0 {
			t.Errorf("%s has %d controls and %d pieces of evidence", s.ID, len(s.Controls), len(s.Evidence))
		}
		for _, q := range s.Beside {
			if strings.HasPrefix(q.String(), "iso-") {
				t.Errorf("%s: %s stands beside, not among the clauses", s.ID, q)
			}
		}
	}
}
