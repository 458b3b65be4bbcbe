package generator

import (
	"context"
	"io"

	"annex/generator/snapshot"
	"annex/generator/source"
)

// Snapshot writes all that annex knows of a workspace as JSON; package snapshot
// says in which form. With errors of form nothing is written, and the result
// holds the diagnostics.
func Snapshot(_ context.Context, o Options, w io.Writer) (Result, error) {
	root, err := source.Open(o.Dir)
	if err != nil {
		return Result{}, err
	}
	defer root.Close()
	model, err := read(root.FS(), o)
	result := Result{Diagnostics: model.diagnostics()}
	if err != nil || model.broken {
		return result, err
	}
	err = snapshot.Write(w, model.snapshot(o))
	result.Written = err == nil
	return result, err
}

// snapshot returns what a snapshot is made from.
func (m *model) snapshot(o Options) snapshot.Input {
	in := snapshot.Input{Workspace: m.workspace, AsOf: o.AsOf, Version: o.Version}
	for _, p := range m.parts {
		in.Parts = append(in.Parts, snapshot.Part{Report: p.Report, Statements: p.Statements, Issues: p.Issues})
	}
	return in
}
