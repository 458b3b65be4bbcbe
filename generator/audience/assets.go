package audience

import (
	"path"
	"slices"
	"strings"

	"annex/generator/aims"
)

// carries reports whether a text brings a file along. A file in the folder of a
// withheld project goes along with the texts of that project alone, and files
// that hold records or documents never do: their text has no class.
func (c *cutter) carries(of *aims.Record, a *aims.Asset) bool {
	if c.hidden[a.File] || a.Project == nil || a.Project != of.Project && c.why[&a.Project.Record] != "" {
		return false
	}
	text := slices.Contains([]string{".md", ".toml"}, strings.ToLower(path.Ext(a.File)))
	return !text || strings.HasPrefix(a.File, a.Project.Dir+"/evidence/")
}

// assets copies the files that shown texts lead to. In the site they stand
// under numbers, for names of folders are words too.
func (c *cutter) assets() {
	for _, x := range c.Before.Assets {
		if c.withhold && !c.shown[x] {
			c.files++
			continue
		}
		y := twin(c, x)
		*y = *x
		y.Project = twin(c, x.Project)
		if c.withhold {
			y.Place = strings.TrimPrefix(nth("", len(c.Workspace.Assets)), "-") + "/" + path.Base(x.File)
		}
		c.Workspace.Assets = append(c.Workspace.Assets, y)
	}
}
