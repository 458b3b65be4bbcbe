package generator

import (
	"bytes"
	"cmp"
	"context"
	"errors"
	"fmt"
	"io"
	"iter"
	"slices"

	"annex/generator/export"
	"annex/generator/output"
	"annex/generator/render"
	"annex/generator/source"
)

// Wish says what to export.
type Wish struct {
	What    string          // soa, controls, matrix:traceability, all
	Formats []export.Format // one for a single file
	In      string          // id of an organization project; empty for all
	Paper   Paper           // of PDF; empty for A4
	Single  bool            // one file, in the one format
}

// Export returns the files of what was wished for. With errors of form there
// are none; the result holds the diagnostics. Nothing but PDF is made before a
// file is written. Where no browser is installed to print with, the result says
// so, and holds the others; without others that is an error.
func Export(ctx context.Context, o Options, w Wish) ([]export.File, Result, error) {
	root, err := source.Open(o.Dir)
	if err != nil {
		return nil, Result{}, err
	}
	defer root.Close()
	model, err := read(root.FS(), o)
	result := Result{Diagnostics: model.diagnostics()}
	if err != nil || model.broken {
		return nil, result, err
	}
	if err := model.readTheme(root.FS()); err != nil {
		return nil, result, err
	}
	parts, err := model.exportParts(o, w.In)
	if err != nil {
		return nil, result, err
	}
	files, err := exported(parts, w)
	var unknown *export.UnknownError
	var choice *export.ChoiceError
	switch {
	case errors.As(err, &unknown):
		help := source.Nearest(unknown.What, unknown.Known)
		if help == "" {
			help = "soa, controls, evidence, risks, findings, actions, documents or all"
		}
		err = &InputError{fmt.Sprintf("there is no %q to export; did you mean %s?", unknown.What, help)}
	case errors.As(err, &choice):
		err = &InputError{choice.Message}
	}
	if err != nil {
		return nil, result, err
	}
	return printed(ctx, o, w, files, result)
}

// printed fills in the files that are prints of pages.
func printed(ctx context.Context, o Options, w Wish, files []export.File, result Result) ([]export.File, Result, error) {
	err := fill(files, &result, func(pages []string, each func(Printed) error) error {
		_, err := Print(ctx, o, pages, cmp.Or(w.Paper, A4), each)
		return err
	})
	others := slices.ContainsFunc(files, func(f export.File) bool { return f.Page == "" })
	if errors.As(err, &result.Missing) && others {
		return slices.DeleteFunc(files, func(f export.File) bool { return f.Page != "" }), result, nil
	}
	if err != nil {
		return nil, result, err
	}
	return files, result, nil
}

// fill has the pages printed that files are prints of, and gives these files
// their contents. What pages asked for in vain goes into the result.
func fill(files []export.File, result *Result, print func(pages []string, each func(Printed) error) error) error {
	var pages []string
	for _, f := range files {
		if f.Page != "" {
			pages = append(pages, f.Page)
		}
	}
	if len(pages) == 0 {
		return nil
	}
	prints := map[string][]byte{}
	err := print(pages, func(p Printed) error {
		prints[p.Path] = p.Content
		result.Refused = append(result.Refused, p.Refused...)
		return nil
	})
	if err != nil {
		return err
	}
	for i, f := range files {
		if f.Page != "" {
			files[i].Write = func(w io.Writer) error { _, err := w.Write(prints[f.Page]); return err }
		}
	}
	return nil
}

func exported(parts []export.Part, w Wish) ([]export.File, error) {
	if !w.Single {
		return export.Files(parts, w.What, w.Formats)
	}
	file, err := export.Single(parts, w.What, w.Formats[0])
	return []export.File{file}, err
}

// exportParts returns what each organization is exported from, or the one that
// was named.
func (m *model) exportParts(o Options, in string) ([]export.Part, error) {
	var parts []export.Part
	var ids []string
	var err error
	for _, p := range m.parts {
		id := p.Report.Organization.ID
		if ids = append(ids, id); in == "" || in == id {
			part := exportPart(p, o.Version)
			part.Files = workspaceFiles{o.Dir}
			if part.Texts, err = m.texts(); err != nil {
				return nil, err
			}
			parts = append(parts, part)
		}
	}
	if len(parts) == 0 {
		return nil, &InputError{fmt.Sprintf("there is no organization project %q; organizations are %v", in, ids)}
	}
	return parts, nil
}

// texts returns the texts of the interface in the language of the site.
func (m *model) texts() (map[string]string, error) {
	if m.theme == nil {
		return nil, nil
	}
	return m.theme.Texts(m.workspace.Site.Language)
}

func exportPart(p render.Part, version string) export.Part {
	return export.Part{Report: p.Report, Statements: p.Statements, Matrices: p.Matrices, Issues: p.Issues, Version: version}
}

// WriteFiles writes exported files into a folder, which is replaced as a whole
// if annex wrote it before and nobody worked in it since, and left alone
// otherwise: the error is an [output.NotOursError] or [output.EditedError].
func WriteFiles(ctx context.Context, o Options, files []export.File) (output.Stats, error) {
	if err := outside(o); err != nil {
		return output.Stats{}, err
	}
	var list iter.Seq[output.File] = func(yield func(output.File) bool) {
		for _, f := range files {
			if !yield(output.File{Path: f.Path, Write: func(b *bytes.Buffer) error { return f.Write(b) }}) {
				return
			}
		}
	}
	return output.Write(ctx, o.Output, list, output.Options{Tool: "annex " + o.Version, Kind: output.Exports, Force: o.Force})
}
