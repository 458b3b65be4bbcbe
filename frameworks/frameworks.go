// Package frameworks embeds the catalogs that come with annex: one TOML file
// for each framework, in the form that a workspace's own catalogs have too.
// Package generator/framework reads them.
package frameworks

import "embed"

// Files returns the embedded catalogs, <framework id>.toml each.
func Files() embed.FS { return files }

//go:embed *.toml
var files embed.FS
