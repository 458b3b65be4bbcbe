package generator

import (
	"cmp"
	"context"
	"io"
	"io/fs"
	"path"

	"annex/generator/aims"
	"annex/generator/pack"
	"annex/generator/render"
	"annex/generator/secrets"
)

// PackWish says how a pack is to be made.
type PackWish struct {
	Prefix string     // name of the zip without .zip, which is the folder that unpacking makes
	Seed   string     // that samples are drawn by; empty for one made of organization and as-of date
	Before string     // digest of the pack before; empty for the first
	Accept []string   // names of findings that may go along, beside those of the audience
	NoPDF  bool       // leave PDF out, though there is a browser
	Paper  Paper      // of PDF; empty for A4
	Keys   []pack.Key // what the pack is signed with, one for each that signs
	Sign   []pack.Signer
}

// Pack is what goes to an audience: the plan of a zip. It can be written as long
// as the function lasts that it was handed to.
type Pack struct {
	Audience *aims.Audience
	Head     pack.Head
	Files    []pack.File
	Scan     secrets.Judged   // what a scan of the records and of the evidence found
	Unread   []secrets.Unread // what the scan could not look into

	wish    PackWish
	origins map[string]string // of the files that are copied: path in the workspace by path in the pack
}

// Origin returns the path in the workspace of a file that goes along as it is, or
// of the one that something within it was found in; empty for what is made.
func (p *Pack) Origin(name string) string {
	for ; name != "."; name = path.Dir(name) {
		if from := p.origins[name]; from != "" {
			return from
		}
	}
	return ""
}

// Keys returns the keys that the pack is signed with.
func (p *Pack) Keys() []pack.Key { return p.wish.Keys }

// Write writes the zip.
func (p *Pack) Write(ctx context.Context, w io.Writer) (pack.Manifest, error) {
	return pack.Write(ctx, w, p.Files, pack.Options{Head: p.Head, Prefix: p.wish.Prefix, Keys: p.wish.Keys, Signers: p.wish.Sign})
}

// MakePack makes what the audience of the options gets: the start page and the
// site, exports, evidence by control, and the records. It calls a function with
// the plan while the workspace is open; with errors in the workspace it does not,
// and the result holds them. Without a browser to print with, PDF are left out and
// the result says so.
//
// The error is a [*pack.FilesError] if files cannot go into a zip under their
// names.
func MakePack(ctx context.Context, o Options, wish PackWish, use func(*Pack) error) (Result, error) {
	if o.Audience == "" {
		return Result{}, &InputError{"a pack is for somebody: name an audience of annex.toml with --audience"}
	}
	o.Pack = &render.Pack{}
	return withModel(ctx, o, func(m *model, workspace fs.FS, make func() (*render.Site, error), result *Result) error {
		if m.broken {
			return nil
		}
		p := &packing{o: o, wish: wish, model: m, workspace: workspace, result: result}
		if err := p.choose(); err != nil {
			return err
		}
		o.Pack.Before = wish.Before
		o.Pack.Seed = cmp.Or(wish.Seed, m.parts[0].Report.Organization.ID+" "+o.AsOf.String())
		for _, f := range p.exports {
			o.Pack.Exports = append(o.Pack.Exports, exportsDir+f.Path)
		}
		site, err := make()
		if err != nil || site == nil {
			return err
		}
		result.Charts, p.site = site.Charts(), site
		plan, err := p.plan(ctx)
		if err == nil {
			err = use(plan)
		}
		return m.blame(everyMistake(site, err))
	})
}
