package export

import (
	"fmt"
	"io"
	"slices"
	"strings"

	"github.com/maruel/natural"

	"annex/generator/snapshot"
	"annex/generator/spreadsheet"
)

// Format is a form of files.
type Format string

// The formats.
const (
	XLSX  Format = "xlsx"
	CSV   Format = "csv"
	JSON  Format = "json"
	ICS   Format = "ics"
	DOCX  Format = "docx"
	PDF   Format = "pdf"
	OSCAL Format = "oscal"
)

// Formats returns all formats.
func Formats() []Format { return []Format{XLSX, CSV, DOCX, PDF, JSON, OSCAL, ICS} }

// File is one file of an export.
type File struct {
	Path  string // below the folder that was asked for, with slashes
	Write func(io.Writer) error
	Page  string // of the site that it is a print of; empty for all but PDF
}

// All is what everything is asked for with.
const All = "all"

// ChoiceError says that something that was asked for is not there.
type ChoiceError struct{ Message string }

func (e *ChoiceError) Error() string { return e.Message }

func refuse(format string, args ...any) error { return &ChoiceError{fmt.Sprintf(format, args...)} }

// Wants returns what can be exported, and in which formats.
func Wants(parts []Part) map[string][]Format {
	wants := map[string][]Format{
		All: Formats(), "readiness": {PDF}, "documents": {XLSX, CSV, JSON, DOCX, PDF},
	}
	for _, p := range parts {
		for _, o := range Offers(p) {
			for _, name := range []string{o.Group, o.asked(), o.File} {
				if wants[name] == nil {
					wants[name] = []Format{XLSX, CSV, JSON}
				}
			}
		}
		for _, s := range p.Statements {
			wants["soa:"+s.Framework.ID] = []Format{XLSX, CSV, DOCX, PDF, JSON, OSCAL}
		}
		for _, d := range p.Report.Workspace.Documents {
			wants["document:"+d.ID] = []Format{DOCX, PDF}
		}
	}
	for _, name := range []string{"soa", "controls", "findings"} {
		wants[name] = append(wants[name], OSCAL)
	}
	if wants["soa"] != nil {
		wants["soa"] = append(wants["soa"], DOCX, PDF)
	}
	wants["actions"] = append(wants["actions"], ICS)
	return wants
}

// asked is the name that a list is asked for with: matrix:traceability.
func (o Offer) asked() string {
	for _, prefix := range []string{"soa", "additional", "requirements", "matrix"} {
		if rest, ok := strings.CutPrefix(o.Name, prefix+"-"); ok {
			return prefix + ":" + rest
		}
	}
	return o.Name
}

// Files returns the files of what was asked for, in each format that it has of
// those named. With several organizations each has a folder.
func Files(parts []Part, what string, formats []Format) ([]File, error) {
	if err := fits(parts, what, formats); err != nil {
		return nil, err
	}
	var files []File
	if what == All && slices.Contains(formats, JSON) {
		files = append(files, model(parts))
	}
	for _, p := range parts {
		c := p.choose(what)
		for _, f := range formats {
			for _, file := range c.files(f) {
				file.Path = c.root + file.Path
				files = append(files, file)
			}
		}
	}
	return files, nil
}

// Single returns what was asked for as one file. A workbook has room for many
// lists; every other format for one thing.
func Single(parts []Part, what string, format Format) (File, error) {
	if err := fits(parts, what, []Format{format}); err != nil {
		return File{}, err
	}
	switch {
	case format == XLSX:
		return workbook(parts, what), nil
	case format == JSON && what == All:
		return model(parts), nil
	}
	var files []File
	for _, p := range parts {
		c := p.choose(what)
		own := c.files(format)
		if i := slices.IndexFunc(own, func(f File) bool { return f.Path == c.name+"."+string(format) }); i >= 0 {
			own = own[i : i+1] // controls, and not the performances beside them
		}
		files = append(files, own...)
	}
	switch {
	case len(files) == 1:
		return files[0], nil
	case len(files) == 0:
		return File{}, refuse("there is nothing to write: %s as %s holds no file", what, format)
	case len(parts) > 1:
		return File{}, refuse("%s makes a file for each organization; name one with --in, or a folder with -o", what)
	}
	var names []string
	for _, f := range files[:min(len(files), 6)] {
		names = append(names, f.Path)
	}
	return File{}, refuse("%s makes %d files as %s (%s, ...); name a folder with -o, or ask for one of them", what, len(files), format, strings.Join(names, ", "))
}

func fits(parts []Part, what string, formats []Format) error {
	wants := Wants(parts)
	of, known := wants[what]
	if !known {
		return &UnknownError{what, names(wants)}
	}
	if len(formats) > 1 { // of several those that there are
		return nil
	}
	for _, f := range formats {
		if !slices.Contains(of, f) {
			return refuse("%s cannot be had as %s; it can be had as %s", what, f, strings.Join(stringsOf(of), ", "))
		}
	}
	return nil
}

// UnknownError says that there is nothing of a name.
type UnknownError struct {
	What  string
	Known []string
}

func (e *UnknownError) Error() string { return fmt.Sprintf("there is no %q to export", e.What) }

func names(wants map[string][]Format) []string {
	var list []string
	for name := range wants {
		list = append(list, name)
	}
	slices.SortFunc(list, natural.Compare)
	return list
}

// workbook is everything that was asked for in one workbook.
func workbook(parts []Part, what string) File {
	return File{Path: strings.ReplaceAll(what, ":", "-") + ".xlsx", Write: func(w io.Writer) error {
		lists := make([][]List, len(parts))
		for i, p := range parts {
			lists[i] = Make(p.choose(what).offers)
		}
		return spreadsheet.WriteXLSX(w, Books(parts, bookTitle(parts, what, lists), lists))
	}}
}

func bookTitle(parts []Part, what string, lists [][]List) string {
	name := parts[0].Report.Workspace.Organization.Name
	if len(lists[0]) > 0 && (len(lists[0]) == 1 || lists[0][0].Name == what) {
		return lists[0][0].Title + ", " + name
	}
	if what == "soa" {
		return "Statements of Applicability, " + name
	}
	return "AI management system, " + name
}

// model is all that annex knows, as JSON.
func model(parts []Part) File {
	in := snapshot.Input{Workspace: parts[0].Report.Workspace, AsOf: parts[0].Report.AsOf, Version: parts[0].Version}
	if len(parts) > 1 {
		in.Workspace = in.Workspace.Whole()
	}
	for _, p := range parts {
		in.Parts = append(in.Parts, snapshot.Part{Report: p.Report, Statements: p.Statements, Issues: p.Issues})
	}
	return File{Path: "model.json", Write: func(w io.Writer) error { return snapshot.Write(w, in) }}
}
