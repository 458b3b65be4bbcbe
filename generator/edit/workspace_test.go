package edit_test

import (
	"bytes"
	"fmt"
	"os"
	"path/filepath"
	"testing"

	"annex/frameworks"
	"annex/generator/aims"
	"annex/generator/edit"
	"annex/generator/load"
)

// TestRecordsAreFoundWhereTheModelSaysTheyAre gives every record of the example a
// new title by the place that its model has, a file at a time, and loads it all
// again.
func TestRecordsAreFoundWhereTheModelSaysTheyAre(t *testing.T) {
	dir := t.TempDir()
	if err := os.CopyFS(dir, os.DirFS("../../content/example")); err != nil {
		t.Fatal(err)
	}
	read := func() (map[string]string, map[string][]edit.Change) {
		w, diags, err := load.Load(os.DirFS(dir), frameworks.Files())
		if err != nil || len(diags) > 0 {
			t.Fatal(err, diags)
		}
		titles, changes := map[string]string{}, map[string][]edit.Change{}
		note := func(kind string, r *aims.Record) {
			at := r.Origin.Pos
			id := fmt.Sprintf("%s %s:%d", kind, at.Filename, at.Line)
			titles[id] = r.Title
			changes[at.Filename] = append(changes[at.Filename], edit.Change{Kind: kind, Line: at.Line, Column: at.Column, Key: "title", Value: "New " + r.Title})
		}
		for _, r := range w.Controls {
			note("control", r.Head())
			for _, e := range r.Executions {
				at := e.Origin.Pos
				changes[at.Filename] = append(changes[at.Filename], edit.Change{Kind: "execution", Line: at.Line, Column: at.Column, Key: "result", Value: "effective"})
			}
		}
		for _, r := range w.Risks {
			note("risk", r.Head())
		}
		for _, r := range w.Evidence {
			note("evidence", r.Head())
		}
		for _, r := range w.Findings {
			note("finding", r.Head())
		}
		for _, r := range w.Decisions {
			at := r.Origin.Pos
			changes[at.Filename] = append(changes[at.Filename], edit.Change{Kind: "decision", Line: at.Line, Column: at.Column, Key: "justification", Value: "New."})
		}
		return titles, changes
	}
	before, changes := read()
	if len(before) < 300 {
		t.Fatalf("only %d records", len(before))
	}
	for name, list := range changes {
		file := filepath.Join(dir, filepath.FromSlash(name))
		text, err := os.ReadFile(file)
		if err != nil {
			t.Fatal(err)
		}
		after, err := edit.Apply(name, text, list)
		if err != nil {
			t.Fatal(err)
		}
		if bytes.Count(after, []byte("#")) < bytes.Count(text, []byte("#"))/2 {
			t.Errorf("%s lost comments", name)
		}
		if err := os.WriteFile(file, after, 0o644); err != nil {
			t.Fatal(err)
		}
	}
	after, _ := read()
	renamed := 0
	titles := map[string]int{}
	for _, title := range after {
		titles[title]++
	}
	for id, title := range before {
		if titles["New "+title] == 0 {
			t.Errorf("%s has no new title", id)
		} else {
			renamed++
		}
	}
	if renamed != len(after) {
		t.Errorf("%d of %d records have a new title", renamed, len(after))
	}
}
