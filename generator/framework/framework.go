// Package framework reads catalogs and crosswalks. A TOML file that lists the
// requirements of a standard, law, guideline or questionnaire becomes an
// [aims.Framework]:
//
//	id = "iso-42001"
//	title = "ISO/IEC 42001:2023"
//	kind = "standard"
//
//	[[requirement]]
//	ref = "A.6.2.4"
//	kind = "control"
//	parent = "A.6.2"
//	title = "AI system verification and validation"
//	asks = "What it asks, in our own words."
//
// Every entry says what it is: a heading, a clause, an area or a control. A
// questionnaire may write kind = "question" for a clause; the two are the same.
// Documented information whose id ends in -plan is itself a plan, and only there
// does a document of that kind count as a record.
//
// A file with kind = "crosswalk" relates the requirements of two frameworks and
// becomes an [aims.Crosswalk]. Catalogs of laws may also hold obligations: rules
// as data, from which the duties of one AI system follow.
//
// What comes with annex and what a workspace brings has the same form and goes
// through the same checks.
package framework

import (
	"fmt"
	"io/fs"
	"path"
	"slices"
	"strings"

	"annex/generator/aims"
	"annex/generator/diag"
	"annex/generator/source"
)

// crosswalkKind is the kind of a file that holds a crosswalk.
const crosswalkKind = "crosswalk"

// File is a catalog or crosswalk that was parsed and not yet read.
type File struct {
	Name  string
	table *source.Table
}

// Open parses one file. It returns nil and the diagnostics when it is not
// TOML. An error is one of the file system.
func Open(fsys fs.FS, name string) (*File, []diag.Diagnostic, error) {
	text, diags, err := source.ReadText(fsys, name)
	if err != nil || hasErrors(diags) {
		return nil, diags, err
	}
	table, more := source.ParseTOML(name, text, 1)
	diags = append(diags, more...)
	if table == nil {
		return nil, diags, nil
	}
	return &File{name, table}, diags, nil
}

// OpenAll parses every file of a folder, in the order of the file names.
func OpenAll(fsys fs.FS, dir string) ([]*File, []diag.Diagnostic, error) {
	names, err := fs.Glob(fsys, path.Join(dir, "*.toml"))
	if err != nil {
		return nil, nil, fmt.Errorf("listing catalogs: %w", err)
	}
	var all []*File
	var diags []diag.Diagnostic
	for _, name := range names {
		if strings.HasPrefix(path.Base(name), "_") || strings.HasPrefix(path.Base(name), ".") {
			continue
		}
		f, more, err := Open(fsys, name)
		if err != nil {
			return nil, nil, fmt.Errorf("reading a catalog: %w", err)
		}
		diags = append(diags, more...)
		if f != nil {
			all = append(all, f)
		}
	}
	return all, diags, nil
}

// IsCrosswalk reports whether the file says that it is a crosswalk.
func (f *File) IsCrosswalk() bool {
	var ignored []diag.Diagnostic
	return source.NewReader(f.table, "catalog", &ignored).Text("kind") == crosswalkKind
}

// Read reads the catalog in one file.
//
// It returns nil and the diagnostics when the catalog has errors of form. An
// error is one of the file system.
func Read(fsys fs.FS, name string) (*aims.Framework, []diag.Diagnostic, error) {
	file, diags, err := Open(fsys, name)
	if file == nil {
		return nil, diags, err
	}
	f, more := file.Catalog()
	return f, append(diags, more...), nil
}

// BuiltIn returns the ids of the catalogs in a folder of those that come with
// annex, where <id>.toml is the catalog of the framework with that id.
func BuiltIn(fsys fs.FS) ([]string, error) {
	names, err := fs.Glob(fsys, "*.toml")
	if err != nil {
		return nil, fmt.Errorf("listing catalogs: %w", err)
	}
	var ids []string
	for _, name := range names {
		if !strings.HasPrefix(name, crosswalkKind+"-") {
			ids = append(ids, strings.TrimSuffix(name, ".toml"))
		}
	}
	return ids, nil
}

// ReadBuiltIn reads every catalog that comes with annex, ISO/IEC 42001 first.
func ReadBuiltIn(fsys fs.FS) ([]*aims.Framework, error) {
	ids, err := BuiltIn(fsys)
	if err != nil {
		return nil, err
	}
	slices.SortStableFunc(ids, func(a, b string) int { return order(a) - order(b) })
	var list []*aims.Framework
	for _, id := range ids {
		f, diags, err := Read(fsys, id+".toml")
		if err != nil {
			return nil, err
		}
		if f == nil {
			return nil, fmt.Errorf("the built-in catalog %s is wrong: %s: %s", id, diags[0].Pos, diags[0].Message)
		}
		list = append(list, f)
	}
	return list, nil
}

// order puts the framework that annex is made for before the others.
func order(id string) int {
	if id == "iso-42001" {
		return 0
	}
	return 1
}

// CrosswalkFile returns the name of the crosswalk between two frameworks among
// those that come with annex.
func CrosswalkFile(from, to string) string { return crosswalkKind + "-" + from + "-" + to + ".toml" }

func hasErrors(diags []diag.Diagnostic) bool {
	return slices.ContainsFunc(diags, func(d diag.Diagnostic) bool { return d.Severity == diag.Error })
}

func texts(tables []*source.Reader) []string {
	var list []string
	for _, t := range tables {
		list = append(list, t.RequiredText("text"))
		t.Done()
	}
	return list
}
