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
	m.found(found)
	return err
}

// found adds diagnostics of the theme.
func (m *model) found(list []diag.Diagnostic) {
	m.form = append(m.form, list...)
	m.broken = m.broken || diag.Count(list).Errors > 0
}

// try makes a page of each template when the workspace brings templates or
// texts. Without them it costs nothing.
func (m *model) try(site *render.Site) error {
	if !m.theme.ChangesPages() {
		return nil
	}
	return site.Try()
}

// checkTheme adds all that is wrong with the theme. Pages are made only where
// the workspace brings templates or texts, which might fail on them.
func (m *model) checkTheme(ctx context.Context, fsys fs.FS, o Options) error {
	if err := m.readTheme(fsys); err != nil || m.broken || !m.theme.ChangesPages() {
		return err
	}
	known := &past{}
	defer known.close()
	_, err := m.site(ctx, o, known)
	return err
}

// blame adds the mistakes in the theme that an error holds. Other errors stay
// what they are.
func (m *model) blame(err error) error {
	found := theme.Mistakes(err)
	if found == nil {
		return err
	}
	m.found(found)
	return nil
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
