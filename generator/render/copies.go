package render

import (
	"iter"

	"annex/generator/aims"
)

// Copy is a file of the workspace that the site carries as it is.
type Copy struct{ From, To string }

// Copies yields the evidence files and the files that documents show.
func Copies(w *aims.Workspace) iter.Seq[Copy] {
	return func(yield func(Copy) bool) {
		for _, e := range w.Evidence {
			if e.File != "" && !yield(Copy{e.File, evidencePath(e)}) {
				return
			}
		}
		for _, a := range w.Assets {
			if !yield(Copy{a.File, assetPath(a.File)}) {
				return
			}
		}
	}
}
