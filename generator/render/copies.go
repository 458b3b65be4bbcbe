package render

import "iter"

// Copy is a file of the workspace that the site carries as it is.
type Copy struct{ From, To string }

// Copies yields the evidence files and the files that documents show.
func (site *Site) Copies() iter.Seq[Copy] {
	return func(yield func(Copy) bool) {
		for _, s := range site.parts {
			for _, e := range s.Workspace.Evidence {
				if e.File != "" && !yield(Copy{e.File, s.base + e.Place()}) {
					return
				}
			}
			for _, a := range s.Workspace.Assets {
				if !yield(Copy{a.File, s.base + assetPath(a)}) {
					return
				}
			}
		}
	}
}
