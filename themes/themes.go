// Package themes embeds the look of the site: templates, styles and scripts.
//
// The scripts are bundled from themes/src by a small npm package, and are not
// kept in git:
//
//	go generate ./themes
//
// A binary that was built without this step makes a site without scripts: every
// chart shows as its table, and tables cannot be sorted.
package themes

import (
	"embed"
	"io/fs"
)

//go:generate npm ci --no-audit --no-fund --ignore-scripts
//go:generate npm run --silent build

//go:embed all:default
var files embed.FS

// Default returns the theme that comes with annex: templates/, styles/,
// scripts/ and lang/.
func Default() fs.FS {
	theme, err := fs.Sub(files, "default")
	if err != nil {
		panic("themes: " + err.Error()) // the embed above names the folder
	}
	return theme
}
