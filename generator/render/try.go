package render

import (
	"bytes"
	"slices"

	"annex/generator/diag"
	"annex/generator/theme"
)

// CheckTheme looks at the files that a workspace brings to its theme, without
// making a page. An error is one of the machine.
func CheckTheme(t *theme.Theme) ([]diag.Diagnostic, error) {
	return t.Check((&part{}).funcs(""))
}

// Try makes the first page of each template, so that a mistake in the theme of
// a workspace shows before anything is written. The error is a [theme.Error]
// with one diagnostic for each template that fails, or one that is nobody's
// mistake.
func (site *Site) Try() error { return site.try(false) }

// TryAll makes every page, and returns what [Site.Try] does. It is for a site
// of which a later page has failed: all mistakes, in an order that does not
// depend on which page came first.
func (site *Site) TryAll() error { return site.try(true) }

// made yields everything that is made from templates.
func (site *Site) made(yield func(Page) bool) {
	if first, ok := site.StartPage(); ok && !yield(first) {
		return
	}
	site.Pages()(yield)
}

func (site *Site) try(all bool) error {
	var tried []string
	var found []diag.Diagnostic
	var buffer bytes.Buffer
	for p := range site.made {
		if p.Template == "" || !all && slices.Contains(tried, p.Template) {
			continue
		}
		tried = append(tried, p.Template)
		buffer.Reset()
		err := p.Write(&buffer)
		mistakes := theme.Mistakes(err)
		if err != nil && len(mistakes) == 0 {
			return err
		}
		found = append(found, mistakes...)
	}
	found = append(found, site.parts[0].templates.Untried(tried)...)
	if len(found) == 0 {
		return nil
	}
	// A page to print makes other pages again, with their mistakes.
	return &theme.Error{Diagnostics: slices.CompactFunc(diag.Sort(found), func(a, b diag.Diagnostic) bool {
		return a.Pos == b.Pos && a.Code == b.Code && a.Message == b.Message
	})}
}
