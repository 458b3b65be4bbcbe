package secrets

import (
	"archive/zip"
	"encoding/xml"
	"errors"
	"io"
	"path"
	"strings"
)

// office tells whether a zip is a file of Word, Excel, PowerPoint (ECMA-376) or of
// LibreOffice (OpenDocument).
func office(z *zip.Reader) bool {
	for _, entry := range z.File[:min(len(z.File), 3)] {
		if entry.Name == "[Content_Types].xml" || entry.Name == "mimetype" {
			return true
		}
	}
	for _, entry := range z.File {
		if entry.Name == "[Content_Types].xml" {
			return true
		}
	}
	return false
}

// part returns what a part of an office file is called in a place; empty for one
// that is a file of its own, such as a picture.
func part(name string) string {
	folder, base := path.Split(name)
	stem := strings.TrimSuffix(base, ".xml")
	if stem == base && !strings.HasSuffix(base, ".rels") {
		return ""
	}
	number := strings.TrimLeft(stem, "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ")
	switch {
	case strings.HasSuffix(base, ".rels"):
		return "a link"
	case folder == "xl/worksheets/":
		return "sheet " + number
	case base == "sharedStrings.xml":
		return "texts of cells"
	case folder == "ppt/slides/":
		return "slide " + number
	case folder == "ppt/notesSlides/":
		return "notes of slide " + number
	case name == "word/document.xml", name == "content.xml":
		return "text"
	case strings.HasPrefix(base, "comments"):
		return "comments"
	case strings.HasPrefix(base, "header"), strings.HasPrefix(base, "footer"):
		return "head or foot of pages"
	case strings.HasPrefix(base, "footnotes"), strings.HasPrefix(base, "endnotes"):
		return "footnotes"
	case strings.HasPrefix(name, "docProps/"), name == "meta.xml":
		return "properties"
	}
	return "part " + name
}

// properties tells whether a part names who made the file.
func properties(name string) bool { return name == "docProps/core.xml" || name == "meta.xml" }

// authors reads who made an office file and looks through the rest of its
// properties too.
func (f *file) authors(in io.Reader) error {
	const most = 1 << 20 // properties have some hundred bytes
	data, err := io.ReadAll(io.LimitReader(in, most))
	if err != nil {
		return err
	}
	if err := f.read(&markup{in: strings.NewReader(string(data))}, "properties"); err != nil {
		return err
	}
	d := xml.NewDecoder(strings.NewReader(string(data)))
	field, seen := "", map[string]bool{}
	for {
		token, err := d.Token()
		if errors.Is(err, io.EOF) {
			return nil
		}
		if err != nil {
			return nil // a file that Word would not open either
		}
		switch t := token.(type) {
		case xml.StartElement:
			field = t.Name.Local
		case xml.EndElement:
			field = ""
		case xml.CharData:
			who := strings.TrimSpace(string(t))
			switch field {
			case "creator", "lastModifiedBy", "initial-creator":
				if who != "" && who != maker && !seen[who] {
					seen[who] = true
					f.metadata("author", "The properties of this file say who wrote it.", mask(who))
				}
			}
		}
	}
}

// maker is what annex writes as the author of its own files.
const maker = "annex"

// metadata keeps a finding of its own kind, once for a file and rule.
func (f *file) metadata(rule, sentence, excerpt string) {
	name := f.name + "#" + rule
	for i := range f.job.report.Findings {
		if old := &f.job.report.Findings[i]; old.Name == name {
			old.Count++
			return
		}
	}
	f.job.report.Findings = append(f.job.report.Findings, Finding{
		File: f.name, Place: "properties", Kind: Metadata, Rule: rule, Sentence: sentence, Excerpt: excerpt, Count: 1, Name: name,
	})
}
