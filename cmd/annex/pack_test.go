package main

import (
	"archive/zip"
	"os"
	"path/filepath"
	"strings"

	"github.com/rogpeppe/go-internal/testscript"

	"annex/frameworks"
	"annex/generator/aims"
	"annex/generator/audience"
	"annex/generator/diag"
	"annex/generator/load"
	"annex/generator/records"
)

// makePack writes the records of a pack, and what stands beside them.
func makePack(ts *testscript.TestScript, neg bool, args []string) {
	if neg || len(args) != 4 {
		ts.Fatalf("usage: make-pack DIR AUDIENCE DAY TO")
	}
	workspace := os.DirFS(ts.MkAbs(args[0]))
	w, diagnostics, err := load.Load(workspace, frameworks.Files())
	ts.Check(err)
	if diag.Count(diagnostics).Errors > 0 || w.Audience(args[1]) == nil {
		ts.Fatalf("the workspace has errors, or no audience %s: %v", args[1], diagnostics)
	}
	day, err := aims.ParseDate(args[2])
	ts.Check(err)
	files, err := records.Files(audience.For(w, w.Audience(args[1])), records.Input{Day: day, Catalogs: frameworks.Files(), Own: workspace})
	ts.Check(err)
	for i := range files {
		files[i].Path = "records/" + files[i].Path
	}
	files = append(files, records.File{Path: "README.txt", Content: []byte("Open index.html.\n")})
	to := ts.MkAbs(args[3])
	if !strings.HasSuffix(to, ".zip") {
		for _, f := range files {
			name := filepath.Join(to, filepath.FromSlash(f.Path))
			ts.Check(os.MkdirAll(filepath.Dir(name), 0o777))
			ts.Check(os.WriteFile(name, f.Content, 0o666))
		}
		return
	}
	out, err := os.Create(to)
	ts.Check(err)
	z := zip.NewWriter(out)
	for _, f := range files {
		part, err := z.Create(f.Path)
		ts.Check(err)
		_, err = part.Write(f.Content)
		ts.Check(err)
	}
	ts.Check(z.Close())
	ts.Check(out.Close())
}
