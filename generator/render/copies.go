package render

import (
	"iter"
	"net/url"

	"annex/generator/aims"
)

// Copy is a file of the workspace that the site carries as it is.
type Copy struct{ From, To string }

// Copies yields the evidence files and the files that documents show. In a pack
// the evidence stands beside the site: [Site.Evidence] has it.
func (site *Site) Copies() iter.Seq[Copy] {
	return func(yield func(Copy) bool) {
		for _, s := range site.parts {
			if site.places == nil && !s.evidenceCopies(yield) {
				return
			}
			for _, a := range s.Workspace.Assets {
				if !yield(Copy{a.File, s.base + assetPath(a)}) {
					return
				}
			}
		}
	}
}

func (s *part) evidenceCopies(yield func(Copy) bool) bool {
	for _, e := range s.Workspace.Evidence {
		if e.File != "" && !yield(Copy{e.File, s.base + e.Place()}) {
			return false
		}
	}
	return true
}

// escaped returns a path as it stands in a link: a name may hold # or %.
func escaped(path string) string { return (&url.URL{Path: path}).EscapedPath() }

// evidenceFile returns the path of the file of a piece of evidence, from the root
// of the organization's pages.
func (s *part) evidenceFile(e *aims.Evidence) string {
	if s.pack == nil {
		return e.Place()
	}
	return s.top() + s.all.places.of[e.File].To
}
