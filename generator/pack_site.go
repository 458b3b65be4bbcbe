package generator

import (
	"context"
	"io"
	"io/fs"
	"iter"

	"annex/generator/output"
	"annex/generator/render"
	"annex/generator/source"
)

// siteDir is the folder of the site in a pack.
const siteDir = "site/"

// Unpacked compiles a workspace into a folder that holds what a pack has for its
// readers: the start page, the site, and the evidence by control. [Options.Pack]
// says what else stands there. The folder is replaced as [Build] does it.
func Unpacked(ctx context.Context, o Options) (Result, error) {
	if err := outside(o); err != nil {
		return Result{}, err
	}
	if o.Pack == nil {
		o.Pack = &render.Pack{}
	}
	return withSite(ctx, o, func(workspace fs.FS, site *render.Site, result *Result) (err error) {
		result.Stats, err = output.Write(ctx, o.Output, packFiles(workspace, site), output.Options{Tool: "annex " + o.Version})
		result.Written = err == nil
		return everyMistake(site, err)
	})
}

// packFiles yields the start page of a pack, its site, and the evidence with an
// index for each control, in this order.
func packFiles(fsys fs.FS, site *render.Site) iter.Seq[output.File] {
	return func(yield func(output.File) bool) {
		if p, ok := site.StartPage(); ok && !yield(output.File{Path: p.Path, Write: p.Write}) {
			return
		}
		for f := range files(fsys, site) {
			f.Path = siteDir + f.Path
			if !yield(f) {
				return
			}
		}
		for _, e := range site.Evidence() {
			open := func() (io.ReadCloser, error) { return source.OpenFile(fsys, e.From) }
			if !yield(output.File{Path: e.To, Copy: open}) {
				return
			}
		}
		for _, p := range site.EvidenceContents() {
			if !yield(output.File{Path: p.Path, Write: p.Write}) {
				return
			}
		}
	}
}
