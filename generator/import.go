package generator

import (
	"bytes"
	"context"
	"errors"
	"fmt"
	"io/fs"
	"os"
	"slices"
	"strings"

	"annex/frameworks"
	"annex/generator/aims"
	"annex/generator/diag"
	"annex/generator/export"
	"annex/generator/load"
	"annex/generator/merge"
	"annex/generator/source"
	"annex/generator/spreadsheet"
)

// Import is what a workbook changes in a workspace.
type Import struct {
	*merge.Plan
	Files  []Changed // the files that change, by path
	Result Result    // errors that the workspace had before; nothing is planned with them
}

// Changed is a file of the workspace with another text.
type Changed struct {
	Path          string // in the workspace, with slashes
	Before, After []byte // Before is nil for a new file
}

// Reading says how a workbook is read.
type Reading struct {
	File string         // .xlsx, or .csv for a foreign list
	Map  *merge.Columns // of a workbook that annex did not make; nil for one of annex
}

// PlanImport finds what a workbook changes, and checks the workspace as it would
// be. What would break a rule of the records is refused with its row. Nothing is
// written.
func PlanImport(_ context.Context, o Options, r Reading) (*Import, error) {
	book, err := readBook(r)
	if err != nil {
		return nil, err
	}
	root, err := source.Open(o.Dir)
	if err != nil {
		return nil, err
	}
	defer root.Close()
	return planImport(root.FS(), book, o, r.Map)
}

func planImport(files fs.FS, book *spreadsheet.Workbook, o Options, columns *merge.Columns) (*Import, error) {
	model, err := read(files, o)
	if err != nil {
		return nil, err
	}
	in := &Import{Plan: &merge.Plan{}, Result: Result{Diagnostics: model.diagnostics()}}
	if model.broken {
		return in, nil
	}
	if in.Plan, err = compare(book, model, o, columns); err != nil {
		return nil, err
	}
	texts, err := in.settle(files)
	if err != nil {
		return nil, err
	}
	for name, text := range texts {
		before, err := fs.ReadFile(files, name)
		if err != nil && !errors.Is(err, fs.ErrNotExist) {
			return nil, fmt.Errorf("reading %s: %w", name, err)
		}
		if string(before) != string(text) {
			in.Files = append(in.Files, Changed{name, before, text})
		}
	}
	slices.SortFunc(in.Files, func(a, b Changed) int { return strings.Compare(a.Path, b.Path) })
	return in, nil
}

// readBook reads the file that somebody hands in.
func readBook(r Reading) (*spreadsheet.Workbook, error) {
	f, err := os.Open(r.File)
	if errors.Is(err, fs.ErrNotExist) {
		return nil, &InputError{fmt.Sprintf("there is no file %s", r.File)}
	}
	if err != nil {
		return nil, fmt.Errorf("reading a workbook: %w", err)
	}
	defer f.Close()
	info, err := f.Stat()
	if err != nil {
		return nil, fmt.Errorf("reading a workbook: %w", err)
	}
	if !info.Mode().IsRegular() {
		return nil, &InputError{r.File + " is no file"}
	}
	read := spreadsheet.Read
	if strings.HasSuffix(strings.ToLower(r.File), ".csv") {
		if r.Map == nil {
			return nil, &InputError{"a CSV does not hold what annex needs to bring it back; import the XLSX, or say which column is what: --map ref=Control,applicable=Applicable"}
		}
		read = spreadsheet.ReadCSV
	}
	book, err := read(f, info.Size())
	var refused *spreadsheet.RefusedError
	if errors.As(err, &refused) {
		return nil, &InputError{fmt.Sprintf("%s cannot be read: %s", r.File, err)}
	}
	return book, err
}

func compare(book *spreadsheet.Workbook, m model, o Options, columns *merge.Columns) (*merge.Plan, error) {
	var sides []merge.Side
	for _, p := range m.parts {
		organization := p.Report.Organization
		own := slices.DeleteFunc(slices.Clone(m.workspace.Projects), func(x *aims.Project) bool { return x.Organization != organization })
		sides = append(sides, merge.Side{Organization: organization, Projects: own, Roles: p.Report.Workspace.Roles, Frameworks: m.workspace.Frameworks, Offers: export.Offers(exportPart(p, o.Version))})
	}
	var plan *merge.Plan
	var err error
	if columns != nil {
		plan, err = merge.Foreign(book, sides, *columns)
	} else {
		plan, err = merge.Compare(book, sides)
	}
	var foreign *merge.NotOursError
	if errors.As(err, &foreign) {
		return nil, &InputError{err.Error()}
	}
	return plan, err
}

// settle changes the texts, and refuses what the rules of the records do not
// allow, until the rest can be read without an error.
func (in *Import) settle(files fs.FS) (map[string][]byte, error) {
	for {
		texts, err := in.Apply(files)
		if err != nil || len(texts) == 0 {
			return nil, err
		}
		_, diags, err := load.Load(overlay{files, texts}, frameworks.Files())
		if err != nil {
			return nil, err
		}
		refused := map[string]merge.Problem{}
		tables := map[string]*source.Table{}
		for name, text := range texts {
			tables[name], _ = source.ParseTOML(name, bytes.TrimPrefix(text, []byte("\ufeff")), 1)
		}
		for _, d := range diags {
			if d.Severity == diag.Error {
				in.blame(d, tables, refused)
			}
		}
		if len(refused) == 0 {
			return texts, nil
		}
		in.Refuse(refused)
	}
}

// blame refuses the record that an error stands in. An error elsewhere that only
// the changes can have brought refuses all of them.
func (in *Import) blame(d diag.Diagnostic, tables map[string]*source.Table, refused map[string]merge.Problem) {
	r, field := in.At(d.Pos, tables[d.Pos.Filename])
	if r == nil {
		for _, related := range d.Related {
			if r, field = in.At(related.Pos, tables[related.Pos.Filename]); r != nil {
				break
			}
		}
	}
	if r != nil {
		if _, twice := refused[r.At]; !twice {
			p := merge.Problem{At: r.At, ID: r.ID, Message: d.Message, Help: d.Help}
			if field != nil {
				p.At = field.At
			}
			refused[r.At] = p
		}
		return
	}
	for _, r := range in.Records {
		refused[r.At] = merge.Problem{At: r.At, ID: r.ID, Message: fmt.Sprintf("together with the other changes it brings an error: %s: %s", d.Pos, d.Message), Help: d.Help}
	}
}
