package generator

import (
	"bytes"
	"cmp"
	"context"
	"errors"
	"fmt"
	"io"
	"io/fs"
	"slices"
	"strings"

	"annex/frameworks"
	"annex/generator/aims"
	"annex/generator/export"
	"annex/generator/pack"
	"annex/generator/pdf"
	"annex/generator/records"
	"annex/generator/render"
	"annex/generator/source"
)

// The folders of a pack.
const (
	siteDir    = "site/"
	exportsDir = export.PackDir
)

// packing plans a pack.
type packing struct {
	o         Options
	wish      PackWish
	model     *model
	workspace fs.FS
	site      *render.Site
	result    *Result
	parts     []export.Part
	exports   []export.File
}

// choose says which files of exports go along: what a certifier works with beside
// the pages. The lists of the site have their workbooks in the site.
func (p *packing) choose() (err error) {
	if p.parts, err = p.model.exportParts(p.o, ""); err != nil {
		return err
	}
	for i := range p.parts {
		of := p.parts[i].Report.Organization
		p.parts[i].Place = func(e *aims.Evidence) string { return p.site.EvidencePlace(e) }
		p.parts[i].Page = func(x aims.Subject) string { return p.site.PagePlace(of, x) }
	}
	noPDF := p.wish.NoPDF
	if !noPDF { // where nothing can print them, they are left out too
		noPDF = errors.As(pdf.Find(), &p.result.Missing)
	}
	for _, x := range []struct {
		what    string
		formats []export.Format
	}{
		{"soa", []export.Format{export.XLSX, export.DOCX, export.PDF, export.OSCAL}},
		{"audit-index", []export.Format{export.XLSX}},
		{"readiness", []export.Format{export.PDF}},
	} {
		if noPDF {
			x.formats = slices.DeleteFunc(x.formats, func(f export.Format) bool { return f == export.PDF })
		}
		if len(x.formats) == 0 {
			continue
		}
		files, err := export.Files(p.parts, x.what, x.formats)
		var none *export.ChoiceError
		if errors.As(err, &none) { // no framework has reference controls
			continue
		}
		if err != nil {
			return err
		}
		p.exports = append(p.exports, files...)
	}
	return nil
}

// plan lists the files of the pack in their order.
func (p *packing) plan(ctx context.Context) (*Pack, error) {
	w := p.model.workspace
	plan := &Pack{Audience: w.Cut.Audience, Head: p.head(), wish: p.wish, origins: map[string]string{}}
	ceiling := string(plan.Audience.Ceiling)
	add := func(class pack.Class, classification, path string, write func(*bytes.Buffer) error) {
		plan.Files = append(plan.Files, pack.File{Path: path, Class: class, Classification: classification, Write: write})
	}
	add(pack.Guide, string(aims.Public), "README.txt", func(b *bytes.Buffer) error {
		_, err := b.WriteString(pack.Readme(plan.Head, p.wish.Keys, plan.Files))
		return err
	})
	if page, ok := p.site.StartPage(); ok {
		add(pack.Guide, ceiling, page.Path, page.Write)
	}
	for page := range p.site.Pages() {
		add(pack.Site, ceiling, siteDir+page.Path, page.Write)
	}
	for c := range p.site.Copies() {
		f, err := p.copied(c.From)
		if err != nil {
			return nil, err
		}
		f.Path, f.Class, f.Classification = siteDir+c.To, pack.Site, ceiling
		plan.Files = append(plan.Files, f)
		plan.origins[f.Path] = c.From
	}
	err := fill(p.exports, p.result, func(pages []string, each func(Printed) error) error {
		return hold(p.workspace, p.site).print(ctx, p.o, pages, cmp.Or(p.wish.Paper, A4), each)
	})
	if err != nil {
		return nil, err
	}
	for _, f := range p.exports {
		add(pack.Export, ceiling, exportsDir+f.Path, func(b *bytes.Buffer) error { return f.Write(b) })
	}
	for _, page := range p.site.EvidenceContents() {
		add(pack.Evidence, ceiling, page.Path, page.Write)
	}
	for _, e := range p.site.Evidence() {
		f, err := p.copied(e.From)
		if err != nil {
			return nil, err
		}
		f.Path, f.Class, f.Classification = e.To, pack.Evidence, string(e.Classification)
		for _, c := range e.Controls {
			f.Controls = append(f.Controls, c.ID)
		}
		for _, x := range e.Evidence {
			f.Evidence = append(f.Evidence, x.ID)
			f.SHA256 = cmp.Or(f.SHA256, x.SHA256)
		}
		plan.Files = append(plan.Files, f)
		plan.origins[f.Path] = e.From
	}
	list, err := records.Files(w, records.Input{Day: p.o.AsOf, Catalogs: frameworks.Files(), Own: p.workspace})
	if err != nil {
		return nil, err
	}
	for _, f := range list {
		add(pack.Records, string(f.Classification), recordsDir+"/"+f.Path, func(b *bytes.Buffer) error { _, err := b.Write(f.Content); return err })
	}
	if err := p.scan(ctx, plan, list); err != nil {
		return nil, err
	}
	return plan, pack.Check(plan.Files, pack.Options{Head: plan.Head, Prefix: p.wish.Prefix})
}

// copied is a file of the workspace that goes along as it is.
func (p *packing) copied(name string) (pack.File, error) {
	info, err := fs.Stat(p.workspace, name)
	if err != nil {
		return pack.File{}, fmt.Errorf("looking at %s: %w", name, err)
	}
	open := func() (io.ReadCloser, error) { return source.OpenFile(p.workspace, name) }
	return pack.File{Copy: open, Size: info.Size()}, nil
}

// head is what the manifest says of the pack as a whole.
func (p *packing) head() pack.Head {
	w := p.model.workspace
	a := w.Cut.Audience
	h := pack.Head{
		Tool: "annex", ToolVersion: p.o.Version, Organization: p.holders(), AsOf: p.o.AsOf.String(),
		Audience: pack.Audience{ID: a.ID, Title: cmp.Or(a.Title, a.ID), Ceiling: string(a.Ceiling)},
		Seed:     p.o.Pack.Seed, Before: p.wish.Before,
	}
	for _, f := range w.Frameworks {
		h.Catalogs = append(h.Catalogs, pack.Catalog{ID: f.ID, Edition: f.Edition, Version: f.Version})
	}
	for _, left := range w.Cut.Left {
		h.Withheld = append(h.Withheld, pack.Count{What: left.What, N: left.N})
	}
	return h
}

// holders names the organizations of the pack, as its pages do: where there are
// several, annex.toml speaks of none of them in particular.
func (p *packing) holders() string {
	if len(p.parts) < 2 {
		return p.model.workspace.Organization.Name
	}
	var names []string
	for _, part := range p.parts {
		names = append(names, part.Report.Organization.Title)
	}
	last := len(names) - 1
	return strings.Join(names[:last], ", ") + " and " + names[last]
}
