package generator_test

import (
	"archive/zip"
	"bytes"
	"fmt"
	"io"
	"io/fs"
	"os"
	"path/filepath"
	"regexp"
	"slices"
	"strings"
	"testing"

	"annex/frameworks"
	"annex/generator"
	"annex/generator/aims"
	"annex/generator/diag"
	"annex/generator/load"
)

// contents returns the paths and bytes of a site in small letters, with what is
// packed in its files unpacked.
func contents(t *testing.T, dir string) string {
	t.Helper()
	var b strings.Builder
	err := fs.WalkDir(os.DirFS(dir), ".", func(name string, d fs.DirEntry, err error) error {
		if err != nil || d.IsDir() {
			return err
		}
		data, err := os.ReadFile(filepath.Join(dir, name))
		fmt.Fprintf(&b, "\n%s\n%s", name, data)
		if z, problem := zip.NewReader(bytes.NewReader(data), int64(len(data))); problem == nil {
			for _, f := range z.File {
				r, err := f.Open()
				if err != nil {
					return err
				}
				inner, err := io.ReadAll(r)
				if err != nil {
					return err
				}
				fmt.Fprintf(&b, "\n%s\n%s", f.Name, inner)
			}
		}
		return err
	})
	if err != nil {
		t.Fatal(err)
	}
	return strings.ToLower(b.String())
}

// TestEveryTextOfTheCanariesHoldsOne holds that the workspace of the test leaves
// no field out: each that is free text, of each kind of record, has a canary.
func TestEveryTextOfTheCanariesHoldsOne(t *testing.T) {
	w, diags, err := load.Load(hatch(t).files, frameworks.Files())
	if err != nil {
		t.Fatal(err)
	}
	for _, d := range diags {
		if d.Severity == diag.Error {
			t.Errorf("%s: %s (%s)", d.Pos, d.Message, d.Help)
		}
	}
	none := regexp.MustCompile(`^$|^[0-9a-f]{64}$|^[0-9.-]+( months)?$|^(true|false)$`) // a digest, a date, a number, a yes or no, nothing
	words := []string{"classification", "kind", "level", "status", "affects", "treatment", "direction", "grade", "requirement", "criteria", "satisfies", "frameworks", "framework", "reasons", "decision", "role", "ai_roles", "stage", "risk_class", "organization", "result", "topic", "on", "impact.effect.1.on", "impact.effect.1.kind", "input.1.topic", "digest.title"}
	seen := map[string]bool{}
	look := func(kind string, fields []aims.Field) {
		for _, f := range fields {
			if !none.MatchString(f.Value) && !slices.Contains(words, f.Name) && !strings.Contains(f.Value, "zq") && !strings.Contains(f.Value, "org") {
				t.Errorf("the field %s of the %s is %q, which is no canary", f.Name, kind, f.Value)
			}
			seen[kind+"."+f.Name] = seen[kind+"."+f.Name] || f.Value != ""
		}
	}
	all := func(kind string, x any) {
		look(kind, x.(interface{ Fields() []aims.Field }).Fields())
		if more, ok := x.(interface{ Tables() []aims.Table }); ok {
			for _, table := range more.Tables() {
				for _, row := range table.Rows {
					look(kind+"."+table.Name, row)
				}
			}
		}
	}
	for _, x := range w.Projects {
		all("project "+string(x.Kind), x)
	}
	for _, x := range w.Documents {
		all("document", x)
	}
	for _, x := range w.Controls {
		all("control", x)
	}
	for _, x := range w.Decisions {
		all("decision", x)
	}
	for _, x := range w.Evidence {
		all("evidence", x)
	}
	for _, x := range w.Risks {
		all("risk", x)
	}
	for _, x := range w.Objectives {
		all("objective", x)
	}
	for _, x := range w.Roles {
		all("role", x)
	}
	for _, x := range w.Parties {
		all("party", x)
	}
	for _, x := range w.Audits {
		all("audit", x)
	}
	for _, x := range w.Findings {
		all("finding", x)
	}
	for _, x := range w.Reviews {
		all("review", x)
	}
	for _, x := range w.Signoffs {
		all("signoff", x)
	}
	// What has no place in a workspace without a law, or is no text.
	for _, name := range []string{"decision.basis", "project organization.ai_roles", "project organization.shared_documents", "project system.ai_roles", "project system.grounds", "project system.circumstances"} {
		seen[name] = true
	}
	dates := regexp.MustCompile(`_on$|\.(due|done|closed|to|from|project|cadence|retired_on|stage_2|next_review|accepted_words|accepted_by|impact_review)$|certification\.stage`)
	for name, given := range seen {
		if !given && !dates.MatchString(name) {
			t.Errorf("no record of the canary workspace gives %s", name)
		}
	}
}

// TestCanaries builds the canary workspace for every reader and looks for each
// canary in every byte and path of the site: what a reader may not see is
// nowhere, and what it may see stands where the whole site has it.
func TestCanaries(t *testing.T) {
	t.Parallel()
	n := hatch(t)
	if len(n.canaries) < 200 {
		t.Fatalf("only %d canaries", len(n.canaries))
	}
	dir := n.keep(t)
	site := func(audience string) string {
		out := filepath.Join(t.TempDir(), "site")
		result, err := generator.Build(t.Context(), generator.Options{Dir: dir, Output: out, AsOf: aims.NewDate(2026, 11, 24), Version: "test", Audience: audience})
		if err != nil || !result.Written {
			t.Fatal(err, result.Diagnostics)
		}
		return contents(t, out)
	}
	whole := site("")
	shown, never := 0, 0
	for _, c := range n.canaries {
		if strings.Contains(whole, c.word) {
			shown++
			if c.part == "never" {
				never++
			}
		}
	}
	t.Logf("%d canaries, %d of them on the whole site", len(n.canaries), shown)
	if shown < 200 || never == 0 {
		t.Errorf("the whole site shows %d canaries, %d of them of the past", shown, never)
	}
	for _, r := range readers() {
		t.Run(r.id, func(t *testing.T) {
			text := site(r.id)
			withheld, seen := 0, 0
			for _, c := range n.canaries {
				found := strings.Contains(text, c.word)
				switch {
				case found && !r.may(c):
					at := strings.Index(text, c.word)
					t.Errorf("%s (%s, %s) is shown: %s", c.word, c.level.class, c.in, text[max(0, at-120):min(len(text), at+60)])
				case !found && r.must(c) && strings.Contains(whole, c.word):
					t.Errorf("%s (%s, %s) is not shown", c.word, c.level.class, c.in)
				case found:
					seen++
				case !r.may(c):
					withheld++
				}
			}
			t.Logf("%d shown, %d withheld", seen, withheld)
			if strings.Contains(text, "watermark of "+r.id) == false || withheld == 0 && r.id != "restricted" {
				t.Error("the site has no watermark, or nothing is withheld")
			}
		})
	}
}
