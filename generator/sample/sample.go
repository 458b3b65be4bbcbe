// Package sample makes workspaces for tests: small ones out of text, large ones to
// measure on, and folders to have them in, with a history if need be.
//
//	w := sample.Load(t, `
//	[[control]]
//	id = "reviews"
//	title = "Reviews"
//	satisfies = ["mini:A.1"]
//	status = "planned"
//	`)
//
// A sample has one organization project, a role "lead", and the framework
// "mini": a clause 4.1 that calls for a document "plan", a clause 4.2, and the
// reference controls A.1, A.2 and A.10 of one area. Other files come as txtar
// sections. Samples have no errors of form: a test fails that gives one.
package sample

import (
	"testing"
	"testing/fstest"

	"golang.org/x/tools/txtar"

	"annex/generator/aims"
	"annex/generator/diag"
	"annex/generator/load"
)

const mini = `id = "mini"
title = "Mini standard"
version = "1"
kind = "standard"
reference = "Annex A"

[[requirement]]
ref = "4"
kind = "heading"
title = "Basics"
asks = "Begin."

[[requirement]]
ref = "4.1"
kind = "clause"
parent = "4"
title = "Plan"
asks = "Have a plan."
[[requirement.documented]]
id = "plan"
title = "The plan"
kept_as = "document"

[[requirement]]
ref = "4.2"
kind = "clause"
parent = "4"
title = "Act"
asks = "Act on the plan."

[[requirement]]
ref = "A"
kind = "area"
title = "Area"
asks = "Look after everything."

[[requirement]]
ref = "A.1"
kind = "control"
parent = "A"
title = "First control"
asks = "Do the first thing."

[[requirement]]
ref = "A.2"
kind = "control"
parent = "A"
title = "Second control"
asks = "Do the second thing."

[[requirement]]
ref = "A.10"
kind = "control"
parent = "A"
title = "Tenth control"
asks = "Do the tenth thing."
`

const config = `frameworks = ["mini"]

[organization]
name = "Sample Ltd"

[site]
classification = "internal"
`

const project = `kind = "organization"
id = "sample"
title = "Sample Ltd"

[risk_criteria]
accept_up_to = 6
`

const role = `[[role]]
id = "lead"
title = "Lead"
`

// Files returns the files of a sample. What stands before the first section of
// text is the file organization/records.toml; sections add files or replace
// those of the sample.
func Files(text string) fstest.MapFS {
	files := fstest.MapFS{
		"annex.toml":                {Data: []byte(config)},
		"frameworks/mini.toml":      {Data: []byte(mini)},
		"organization/project.toml": {Data: []byte(project)},
		"organization/roles.toml":   {Data: []byte(role)},
	}
	archive := txtar.Parse([]byte(text))
	if len(archive.Comment) > 0 {
		files["organization/records.toml"] = &fstest.MapFile{Data: archive.Comment}
	}
	for _, f := range archive.Files {
		files[f.Name] = &fstest.MapFile{Data: f.Data}
	}
	return files
}

// Load loads a sample. The test fails if it has errors of form.
func Load(tb testing.TB, text string) *aims.Workspace {
	tb.Helper()
	return LoadFiles(tb, Files(text))
}

// LoadFiles is Load for files that were changed since.
func LoadFiles(tb testing.TB, files fstest.MapFS) *aims.Workspace {
	tb.Helper()
	w, diags, err := load.Load(files, fstest.MapFS{})
	if err != nil {
		tb.Fatal(err)
	}
	for _, d := range diags {
		if d.Severity == diag.Error {
			tb.Errorf("%s: %s: %s (%s)", d.Pos, d.Code, d.Message, d.Help)
		}
	}
	if tb.Failed() {
		tb.FailNow()
	}
	return w
}

// Day is the as-of date of tests that need just one.
func Day() aims.Date { return aims.NewDate(2026, 11, 24) }
