// Package theme reads the look of a site: templates, styles, scripts and the
// texts of the interface. The files of a workspace stand over the built-in
// ones, file by file.
//
//	t, err := theme.New(themes.Default(), own)  // own: the folder theme/ of a workspace, or nil
//	css := t.Files("styles", ".css")            // styles/1-tokens.css, ...
//	set, err := t.Parse(funcs)                  // all templates
//	err = set.Explain(err, "soa.html", data)    // what went wrong when a page was made
//
// Mistakes in the files of the workspace come back as an [Error], which holds
// diagnostics like those of records: file, line, column, what is wrong, how to
// mend it. They are written for people who know HTML and do not know Go.
package theme

import (
	"bytes"
	"fmt"
	"go/token"
	"io/fs"
	"path"
	"slices"
	"strings"
	"unicode/utf8"

	"annex/generator/diag"
	"annex/generator/source"
)

// Dir is the folder of a workspace that holds its theme.
const Dir = "theme"

// Theme is the built-in look with the files of a workspace over it.
type Theme struct {
	builtIn, over fs.FS
	under         []string // the files that are built in, in order
	own           []source.File
}

// Error says what is wrong with the theme of a workspace.
type Error struct{ Diagnostics []diag.Diagnostic }

// Error returns the first place and sentence.
func (e *Error) Error() string {
	d := e.Diagnostics[0]
	return fmt.Sprintf("%s: %s", d.Pos, d.Message)
}

// Mistakes returns the diagnostics of every [Error] that an error holds.
func Mistakes(err error) []diag.Diagnostic {
	switch err := err.(type) {
	case *Error:
		return err.Diagnostics
	case interface{ Unwrap() error }:
		return Mistakes(err.Unwrap())
	case interface{ Unwrap() []error }:
		var list []diag.Diagnostic
		for _, e := range err.Unwrap() {
			list = append(list, Mistakes(e)...)
		}
		return list
	}
	return nil
}

// New lists the files of a theme. Own is nil when the workspace has none. Links
// and files whose names begin with a dot or an underscore are left out.
func New(builtIn, own fs.FS) (*Theme, error) {
	t := &Theme{builtIn: builtIn, over: own}
	under, _, err := source.Files(builtIn)
	if err != nil {
		return nil, fmt.Errorf("listing the built-in theme: %w", err)
	}
	for _, f := range under {
		t.under = append(t.under, f.Path)
	}
	if own == nil {
		return t, nil
	}
	if t.own, _, err = source.Files(own); err != nil { // links are reported with those of the workspace
		return nil, fmt.Errorf("listing the theme: %w", err)
	}
	return t, nil
}

// Own reports whether the workspace brings a file of the theme.
func (t *Theme) Own(name string) bool {
	return slices.ContainsFunc(t.own, func(f source.File) bool { return f.Path == name })
}

// ChangesPages reports whether the workspace brings templates or texts, so that
// making a page can fail.
func (t *Theme) ChangesPages() bool {
	return slices.ContainsFunc(t.own, func(f source.File) bool { return isTemplate(f.Path) || isLang(f.Path) })
}

func isTemplate(name string) bool { return isIn(name, "templates", ".html") }
func isLang(name string) bool     { return isIn(name, "lang", ".json") }

func isIn(name, dir, ext string) bool { return path.Dir(name) == dir && path.Ext(name) == ext }

// Files lists the files directly in a folder of the theme, by their names.
func (t *Theme) Files(dir, ext string) []string {
	var list []string
	for _, name := range t.under {
		if isIn(name, dir, ext) {
			list = append(list, name)
		}
	}
	for _, f := range t.own {
		if isIn(f.Path, dir, ext) {
			list = append(list, f.Path)
		}
	}
	slices.Sort(list)
	return slices.Compact(list)
}

// Read returns a file of the theme without a byte order mark.
func (t *Theme) Read(name string) ([]byte, error) {
	from := t.builtIn
	if t.Own(name) {
		from = t.over
	}
	data, err := fs.ReadFile(from, name)
	if err != nil {
		return nil, fmt.Errorf("reading the theme: %w", err)
	}
	return bytes.TrimPrefix(data, []byte("\ufeff")), nil
}

// at is a place in a file of the workspace's theme.
func at(name string, line, column int) token.Position {
	return token.Position{Filename: path.Join(Dir, name), Line: line, Column: column}
}

// place turns an offset in bytes into line and column. Columns count
// characters.
func place(name string, text string, offset int) token.Position {
	before := text[:min(max(offset, 0), len(text))]
	line := 1 + strings.Count(before, "\n")
	return at(name, line, 1+utf8.RuneCountInString(before[strings.LastIndexByte(before, '\n')+1:]))
}

// placeInLine is place for a column that counts bytes from zero, as the
// template libraries say it.
func placeInLine(name, text string, line, offset int) token.Position {
	start, _ := lineOf(text, line)
	return place(name, text, start+offset)
}
