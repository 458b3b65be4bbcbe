package load

import (
	"fmt"
	"path"
	"strings"

	"annex/generator/aims"
	"annex/generator/diag"
	"annex/generator/filename"
	"annex/generator/source"
)

// links checks every reference and file link in every text.
func (l *loader) links() {
	assets := map[string]bool{}
	lower := map[string]string{} // paths of assets as systems see them that do not tell case apart
	for _, t := range l.texts {
		for _, h := range t.prose.Holes {
			if h.Kind == aims.Reference {
				l.reference(h)
				continue
			}
			file := h.File
			if d := l.ws.DocumentAt(file); d != nil && h.Kind == aims.LinkAddress {
				l.anchor(h, d)
				continue
			}
			size, ok := l.size(file)
			if !ok && l.pack {
				continue // files are elsewhere in it
			}
			if !ok {
				l.report(diag.New(diag.BrokenLink, h.Pos, fmt.Sprintf("the link leads to %s, which does not exist", h.Target),
					"links to files count from the folder of the document"))
				continue
			}
			l.used[file] = true
			if l.ws.EvidenceAt(file) == nil && !assets[file] {
				assets[file] = true
				if why := unsafe(file); why != "" {
					l.report(diag.New(diag.FileName, h.Pos, fmt.Sprintf("the file name %q %s", path.Base(file), why),
						"rename the file: letters, digits, hyphens, dots"))
				}
				key := filename.Key(file)
				if other := lower[key]; other != "" {
					l.report(diag.New(diag.FileName, h.Pos, fmt.Sprintf("the names of %s and %s differ in case or in the form of accents only, and are one file on many systems", other, file),
						"rename one of the two"))
					continue
				}
				lower[key] = file
				l.ws.Assets = append(l.ws.Assets, &aims.Asset{File: file, Size: size, Project: l.projectOf(file)})
			}
		}
	}
}

func (l *loader) reference(h aims.Hole) {
	found := l.ws.Resolve(h.Target)
	switch len(found) {
	case 1:
		if d := found[0].Document; d != nil {
			l.anchor(h, d)
		}
	case 0:
		if id, number, ok := strings.Cut(h.Target, ":"); ok {
			if f := l.ws.Framework(id); f != nil {
				l.report(l.unknownRequirement(source.Item{Text: h.Target, Pos: h.Pos}, f, number, anyEntry))
				return
			}
			if l.ownBroken {
				return // it may stand in the catalog that could not be read
			}
		}
		l.report(diag.New(diag.BrokenLink, h.Pos, fmt.Sprintf("nothing has the id %q", h.Target),
			suggest(h.Target, l.ws.SubjectIDs(), "a reference names a requirement (iso-42001:A.2.2) or the id of a record or document")))
	default:
		var kinds []string
		for _, s := range found {
			kinds = append(kinds, "[["+string(s.Kind)+":"+h.Target+"]]")
		}
		l.report(diag.New(diag.Ambiguous, h.Pos, fmt.Sprintf("%q is the id of more than one record", h.Target),
			"write "+strings.Join(kinds, " or ")))
	}
}

// anchor checks that a document has the heading a link names.
func (l *loader) anchor(h aims.Hole, d *aims.Document) {
	if h.Fragment == "" {
		return
	}
	var ids []string
	for _, heading := range d.Body.Headings {
		if heading.ID == h.Fragment {
			return
		}
		ids = append(ids, heading.ID)
	}
	l.report(diag.New(diag.BrokenAnchor, h.Pos, fmt.Sprintf("%q has no heading %q", d.Title, h.Fragment),
		suggest(h.Fragment, ids, "its headings are "+list(ids))))
}

// unused reports files that reach the site in no way.
func (l *loader) unused(files []source.File) {
	for _, f := range files {
		if l.used[f.Path] || strings.HasPrefix(f.Path, "theme/") {
			continue
		}
		if strings.HasPrefix(f.Path, FrameworksDir+"/") {
			l.report(diag.New(diag.UnusedFile, at(f.Path), "nothing uses this file",
				"catalogs and crosswalks are .toml files directly in "+FrameworksDir+"; delete it, or begin its name with an underscore"))
			continue
		}
		if p := l.projectOf(f.Path); p != nil || strings.HasSuffix(f.Path, ".toml") || strings.HasSuffix(f.Path, ".md") {
			l.report(diag.New(diag.UnusedFile, at(f.Path), "nothing uses this file",
				"point to it from an evidence record or a document, delete it, or begin its name with an underscore"))
		}
	}
}
