// Package content embeds workspaces to begin with: the example, a whole
// fictional organization, the starter, a template to fill in, and the two files
// without which no workspace is one. Beside them stand the templates of single
// records, one for each kind, which `annex new` fills in.
package content

import (
	"embed"
	"io/fs"
)

//go:embed all:example all:starter all:empty all:templates
var files embed.FS

// Example returns the workspace of the fictional organization.
func Example() fs.FS { return sub("example") }

// Starter returns the workspace that a new user begins with.
func Starter() fs.FS { return sub("starter") }

func sub(dir string) fs.FS {
	fsys, err := fs.Sub(files, dir)
	if err != nil {
		panic("content: " + err.Error()) // the embed above names the folders
	}
	return fsys
}

// Empty returns the two files that a workspace cannot do without.
func Empty() fs.FS { return sub("empty") }

// Templates returns the templates of new records: KIND.toml, or KIND.md where
// the record is a document, as text/template reads them. Package cli fills them.
func Templates() fs.FS { return sub("templates") }
