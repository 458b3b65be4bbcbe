package generator

import (
	"context"
	"io/fs"

	"annex/generator/diag"
	"annex/generator/render"
	"annex/generator/theme"
	"annex/themes"
)

// readTheme finds the theme of a workspace and adds what is wrong with its
// files, as far as it shows without making a page.
func (m *model) readTheme(fsys fs.FS) error {
	var err error
	own := sub(fsys, theme.Dir)
	if m.theme, err = theme.New(themes.Default(), own); err != nil || own == nil {
		return err
	}
	found, err := render.CheckTheme(m.theme)
	m.diagnostics = diag.Sort(append(m.diagnostics, found...))
	return err
}

// try makes a page of each template when the workspace brings templates or
// texts. Without them it costs nothing.
func (m *model) try(site *render.Site) error {
	if !m.theme.ChangesPages() {
		return nil
	}
	return site.Try()
}

// checkTheme adds all that is wrong with the theme. What pages show of the past
// is made only where templates might fail on it.
func (m *model) checkTheme(ctx context.Context, fsys fs.FS, o Options) error {
	if err := m.readTheme(fsys); err != nil || !m.theme.ChangesPages() || diag.Count(m.diagnostics).Errors > 0 {
		return err
	}
	if err := m.past(ctx, o); err != nil {
		return err
	}
	site, err := render.New(render.Input{Parts: m.parts, AsOf: o.AsOf, Theme: m.theme, Version: o.Version})
	if err == nil {
		err = site.Try()
	}
	result, err := themed(Result{Diagnostics: m.diagnostics}, err)
	m.diagnostics = result.Diagnostics
	return err
}

// everyMistake turns the mistake that a page met while the site was written
// into those of all pages: which page came first is chance.
func everyMistake(site *render.Site, err error) error {
	if theme.Mistakes(err) == nil {
		return err
	}
	if all := site.TryAll(); all != nil {
		return all
	}
	return err
}

// themed adds the mistakes in a theme that an error holds to a result. Other
// errors stay what they are.
func themed(r Result, err error) (Result, error) {
	found := theme.Mistakes(err)
	if found == nil {
		return r, err
	}
	r.Diagnostics = diag.Sort(append(r.Diagnostics, found...))
	return r, nil
}

// sub returns a folder of fsys, or nil when there is none.
func sub(fsys fs.FS, dir string) fs.FS {
	if info, err := fs.Stat(fsys, dir); err != nil || !info.IsDir() {
		return nil
	}
	s, err := fs.Sub(fsys, dir)
	if err != nil {
		return nil
	}
	return s
}
