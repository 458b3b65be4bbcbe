package theme

import (
	"errors"
	"fmt"
	"html/template"
	"path"
	"slices"
	"strings"
	"unicode/utf8"

	"annex/generator/diag"
	"annex/generator/source"
)

// Check looks at the files of the workspace's theme without making a page:
// whether each has a place with a meaning, can be read, and is used. Funcs is
// what templates may call. An error is one of the machine.
func (t *Theme) Check(funcs template.FuncMap) ([]diag.Diagnostic, error) {
	var list []diag.Diagnostic
	for _, f := range t.own {
		found, err := t.checkFile(f)
		if err != nil {
			return nil, err
		}
		list = append(list, found...)
	}
	if diag.Count(list).Errors > 0 {
		return diag.Sort(list), nil
	}
	templates, err := t.Parse(funcs)
	if wrong, ok := errors.AsType[*Error](err); ok {
		return diag.Sort(append(list, wrong.Diagnostics...)), nil
	}
	if err != nil {
		return nil, err
	}
	return diag.Sort(append(list, templates.unused()...)), nil
}

// checkFile looks at one file of the workspace's theme.
func (t *Theme) checkFile(f source.File) ([]diag.Diagnostic, error) {
	template, lang := isTemplate(f.Path), isLang(f.Path)
	if !template && !lang && !isIn(f.Path, "styles", ".css") && !isIn(f.Path, "scripts", ".js") {
		return []diag.Diagnostic{misplaced(f.Path)}, nil
	}
	if (template || lang) && f.Size > source.MaxTextSize {
		return []diag.Diagnostic{diag.New(diag.ThemeFileLarge, at(f.Path, 1, 1),
			fmt.Sprintf("the file has %d KB; annex reads templates and texts up to %d KB", f.Size>>10, source.MaxTextSize>>10),
			"keep texts in documents and large data out of the theme")}, nil
	}
	data, err := t.Read(f.Path)
	if err != nil {
		return nil, err
	}
	if !utf8.Valid(data) {
		return []diag.Diagnostic{diag.New(diag.NotUTF8, place(f.Path, string(data), source.FirstInvalid(data)), "the file is not UTF-8 text", "save it as UTF-8 in your editor")}, nil
	}
	if lang {
		_, err := t.Texts(strings.TrimSuffix(path.Base(f.Path), ".json"))
		if wrong, ok := errors.AsType[*Error](err); ok {
			return wrong.Diagnostics, nil
		}
		return nil, err
	}
	return nil, nil
}

func misplaced(name string) diag.Diagnostic {
	help := "a theme has templates/*.html, styles/*.css, scripts/*.js and lang/*.json; begin the name with an underscore to keep the file here"
	for _, place := range [][2]string{{"templates", ".html"}, {"styles", ".css"}, {"scripts", ".js"}, {"lang", ".json"}} {
		if path.Ext(name) == place[1] {
			help = fmt.Sprintf("move it directly into theme/%s; %s", place[0], help)
		}
	}
	return diag.New(diag.UnusedThemeFile, at(name, 1, 1), "nothing uses this file: a theme has no such place", help)
}

// Untried returns what is wrong with the HTML of templates of pages that a site
// does not have. Whether their fields are there shows only on a page.
func (p *Templates) Untried(tried []string) []diag.Diagnostic {
	var list []diag.Diagnostic
	for _, file := range p.theme.under {
		page := path.Base(file)
		if !isTemplate(file) || slices.Contains(tried, page) || len(p.ownReached(page)) == 0 {
			continue
		}
		if wrong := p.alone(page); wrong != nil {
			list = append(list, p.report(p.understandHTML(wrong), page))
		}
	}
	return list
}

// unused finds templates of the workspace that no page uses.
func (p *Templates) unused() []diag.Diagnostic {
	pages := []string{"head", "foot"}
	for _, name := range p.theme.under {
		if isTemplate(name) {
			pages = append(pages, path.Base(name))
		}
	}
	used := p.reached(pages...)
	var list []diag.Diagnostic
	for _, f := range p.theme.own {
		file := path.Base(f.Path)
		if !isTemplate(f.Path) || slices.Contains(pages, file) {
			continue
		}
		if slices.ContainsFunc(used, func(name string) bool { return p.fileOf(name) == file }) {
			continue
		}
		list = append(list, diag.New(diag.UnusedTemplate, at(f.Path, 1, 1), "no page uses this template",
			suggest(file, pages[2:], `give it the name of a built-in template, or call it from one with {{template "`+file+`" .}}`)))
	}
	return append(list, p.unusedParts(used, list)...)
}

// unusedParts finds parts that the workspace defines and nothing calls, but for
// those of files that are unused as a whole and those that are built in.
func (p *Templates) unusedParts(used []string, files []diag.Diagnostic) []diag.Diagnostic {
	var list []diag.Diagnostic
	for _, name := range p.names() {
		file := p.fileOf(name)
		where := path.Join("templates", file)
		if name == file || !p.owns(file) || slices.Contains(used, name) || p.theme.definesBuiltIn(name) {
			continue
		}
		if slices.ContainsFunc(files, func(d diag.Diagnostic) bool { return d.Pos.Filename == path.Join(Dir, where) }) {
			continue
		}
		offset, _ := beginning(p.texts[file], name)
		list = append(list, diag.New(diag.UnusedTemplate, place(where, p.texts[file], offset), fmt.Sprintf("nothing calls the template %q", name),
			suggest(name, slices.DeleteFunc(slices.Clone(used), func(x string) bool { return path.Ext(x) == ".html" }), `call it with {{template "`+name+`" .}}, or delete it`)))
	}
	return list
}

// definesBuiltIn reports whether a built-in file defines a part.
func (t *Theme) definesBuiltIn(name string) bool {
	return slices.ContainsFunc(t.under, func(file string) bool {
		text, ok := t.replaced(file)
		return ok && isTemplate(file) && defines(text, name)
	})
}
