// Package generator compiles a workspace into a site. It is the whole of annex
// on one page: data flows one way, and each step is a call with plain values in
// and out.
//
//	load    files        -> *aims.Workspace
//	derive  workspace    -> readiness, statements of applicability, matrices
//	check   all of these -> issues, as diagnostics
//	cut     workspace    -> what an audience may see, derived and checked anew
//	past    git history  -> trend, changes, revisions of documents
//	render  all of these -> pages
//	write   pages        -> folder, all or nothing
//
// The as-of date comes in as an argument: nothing below reads a clock.
package generator

import (
	"context"
	"fmt"
	"io"
	"io/fs"
	"iter"
	"slices"

	"annex/frameworks"
	"annex/generator/aims"
	"annex/generator/check"
	"annex/generator/diag"
	"annex/generator/framework"
	"annex/generator/history"
	"annex/generator/load"
	"annex/generator/output"
	"annex/generator/pdf"
	"annex/generator/readiness"
	"annex/generator/render"
	"annex/generator/source"
	"annex/generator/theme"
)

// Options says what to build.
type Options struct {
	Dir      string    // of the workspace
	Output   string    // folder of the site; relative to the current folder
	AsOf     aims.Date // the day the site speaks for
	Audience string    // id of the audience that the site is for; empty for everything
	Since    string    // git revision that changes.html tells from; empty for the last audit
	Version  string    // of annex
	Force    bool      // replace a folder of exports though somebody worked in it

	// Pack says that the site is a part of a pack; nil for a site by itself.
	Pack *render.Pack

	// Cache opens what earlier builds derived from the past, and names this
	// build of annex: what another build derived is not reused. It is called
	// only where there is a history; nil for no cache.
	Cache func() (cache *history.Cache, build string)
}

// Result is what a build or check found and did.
type Result struct {
	Diagnostics []diag.Diagnostic
	Source      fs.FS // the workspace, for showing source lines
	Written     bool  // false when errors kept the site from being built
	Stats       output.Stats
	Charts      bool // whether the site can draw charts

	Missing *pdf.MissingError // why nothing was printed, though other files were made
	Refused []string          // what printed pages asked for that is not a part of the site
}

// Check reads a workspace and returns what is wrong with it. An error is one
// of the machine, never one of the user's files.
func Check(ctx context.Context, o Options) (Result, error) {
	root, err := source.Open(o.Dir)
	if err != nil {
		return Result{}, err
	}
	defer root.Close()
	model, err := read(root.FS(), o)
	if err == nil {
		err = model.checkTheme(ctx, root.FS(), o)
	}
	return Result{Diagnostics: model.diagnostics()}, err
}

// Build compiles a workspace into a folder. The folder is replaced as a whole
// when the workspace has no errors, and left alone otherwise.
func Build(ctx context.Context, o Options) (Result, error) {
	if err := outside(o); err != nil {
		return Result{}, err
	}
	return withSite(ctx, o, func(workspace fs.FS, site *render.Site, result *Result) (err error) {
		result.Stats, err = output.Write(ctx, o.Output, files(workspace, site), output.Options{Tool: "annex " + o.Version})
		result.Written = err == nil
		return everyMistake(site, err)
	})
}

// withSite makes the site of a workspace and calls a function with it while the
// workspace is open. With errors in the workspace it is not called.
func withSite(ctx context.Context, o Options, use func(workspace fs.FS, site *render.Site, result *Result) error) (Result, error) {
	return withModel(ctx, o, func(m *model, workspace fs.FS, make func() (*render.Site, error), result *Result) error {
		site, err := make()
		if err != nil || site == nil {
			return err
		}
		result.Charts = site.Charts()
		return m.blame(use(workspace, site, result))
	})
}

// withModel reads a workspace and calls a function with what follows from it,
// while the workspace is open. The function makes the site with the options as
// they then are; with errors in the workspace the site is nil.
func withModel(ctx context.Context, o Options, use func(m *model, workspace fs.FS, make func() (*render.Site, error), result *Result) error) (Result, error) {
	root, err := source.Open(o.Dir)
	if err != nil {
		return Result{}, err
	}
	defer root.Close()
	model, err := read(root.FS(), o)
	if err == nil {
		err = model.readTheme(root.FS())
	}
	if err != nil {
		return Result{}, err
	}
	known := &past{}
	defer known.close()
	result := Result{}
	err = use(&model, root.FS(), func() (*render.Site, error) { return model.site(ctx, o, known) }, &result)
	result.Diagnostics = model.diagnostics()
	return result, err
}

// model is a workspace with everything that follows from it, apart for each
// organization project.
type model struct {
	workspace *aims.Workspace
	parts     []render.Part
	form      []diag.Diagnostic // found while loading, and in the theme
	broken    bool              // errors of form keep the site from being made
	theme     *theme.Theme
	issues    []check.Issue                       // of the whole workspace, whoever the site is for
	whole     map[*aims.Project]*readiness.Report // of each organization before the workspace was cut for an audience
}

// read loads, derives and checks.
func read(fsys fs.FS, o Options) (model, error) {
	workspace, form, err := load.Load(fsys, frameworks.Files())
	if err != nil {
		return model{}, err
	}
	return derive(workspace, form, o)
}

// derive derives and checks what follows from a workspace, and from what of it an
// audience may see. With errors of form nothing does.
func derive(workspace *aims.Workspace, form []diag.Diagnostic, o Options) (model, error) {
	m := model{workspace: workspace, form: form, broken: diag.Count(form).Errors > 0}
	if m.broken {
		return m, nil
	}
	m.parts = assess(workspace, o.AsOf)
	for _, p := range m.parts {
		m.issues = append(m.issues, p.Issues...)
	}
	return m, m.cut(o)
}

// diagnostics returns all that was found, in their order.
func (m *model) diagnostics() []diag.Diagnostic {
	return diag.Sort(append(slices.Clone(m.form), check.Diagnostics(m.issues)...))
}

// site adds the past and makes the pages ready. With errors it is nil, and the
// diagnostics say why. Known may be nil, to leave out the past.
func (m *model) site(ctx context.Context, o Options, known *past) (*render.Site, error) {
	if m.broken {
		return nil, nil
	}
	if known != nil {
		if err := m.addPast(ctx, o, known); err != nil {
			return nil, err
		}
	}
	site, err := render.New(render.Input{Parts: m.parts, AsOf: o.AsOf, Theme: m.theme, Version: o.Version, Pack: o.Pack})
	if err == nil {
		err = m.try(site)
	}
	if err := m.blame(err); err != nil || m.broken {
		return nil, err
	}
	return site, nil
}

// Standing is how one organization stands.
type Standing struct {
	Report *readiness.Report
	Issues []check.Issue
}

// Sentence says whether the organization is ready for what comes next.
func (s Standing) Sentence() string {
	return s.Report.Organization.Title + ". " + check.Ready(s.Report, s.Issues).String()
}

// Standings returns how each organization of a workspace stands. With errors of
// form there are none; the result holds the diagnostics.
func Standings(_ context.Context, o Options) ([]Standing, Result, error) {
	root, err := source.Open(o.Dir)
	if err != nil {
		return nil, Result{}, err
	}
	defer root.Close()
	model, err := read(root.FS(), o)
	var list []Standing
	for _, p := range model.parts {
		list = append(list, Standing{p.Report, p.Issues})
	}
	return list, Result{Diagnostics: model.diagnostics()}, err
}

// files yields the pages of a site, and the evidence and assets beside them.
func files(fsys fs.FS, site *render.Site) iter.Seq[output.File] {
	return func(yield func(output.File) bool) {
		for p := range site.Pages() {
			if !yield(output.File{Path: p.Path, Write: p.Write}) {
				return
			}
		}
		for c := range site.Copies() {
			open := func() (io.ReadCloser, error) { return fsys.Open(c.From) }
			if !yield(output.File{Path: c.To, Copy: open}) {
				return
			}
		}
	}
}

// Marks returns the digests of what a signoff of a kind is about: the fields of
// a record, or the decisions of the organization that the project with the id
// in belongs to; of the first organization when it is empty.
func Marks(o Options, kind aims.SignoffKind, subject, in string) ([]aims.Mark, error) {
	root, err := source.Open(o.Dir)
	if err != nil {
		return nil, err
	}
	defer root.Close()
	workspace, diagnostics, err := load.Load(root.FS(), frameworks.Files())
	if err != nil {
		return nil, err
	}
	if diag.Count(diagnostics).Errors > 0 {
		return nil, &InputError{"the workspace has errors; `annex check` lists them. Mend them before something is signed"}
	}
	what := workspace.Signable(kind, subject)
	organization := workspace.Organizations()[0]
	for _, p := range workspace.Projects {
		if p.ID == in {
			organization = p.Organization
		}
	}
	if what.IsZero() {
		return nil, &InputError{fmt.Sprintf("there is no %s %q to sign; kinds are document, risk, control, review and soa", kind, subject)}
	}
	return aims.Marks(workspace.SignedFields(kind, what, organization)), nil
}

// InputError says that what the user asked for is not there.
type InputError struct{ Message string }

func (e *InputError) Error() string { return e.Message }

// OwnFrameworks returns the catalogs that a workspace brings, as far as they
// can be read.
func OwnFrameworks(dir string) ([]*aims.Framework, error) {
	root, err := source.Open(dir)
	if err != nil {
		return nil, err
	}
	defer root.Close()
	files, _, err := framework.OpenAll(root.FS(), load.FrameworksDir)
	var list []*aims.Framework
	for _, file := range files {
		if file.IsCrosswalk() {
			continue
		}
		if f, _ := file.Catalog(); f != nil {
			list = append(list, f)
		}
	}
	return list, err
}
