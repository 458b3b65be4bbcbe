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
	return !holdsRecords(a.File, a.Project)
}

// holdsRecords reports whether a file may hold records or a document of a project,
// rather than being evidence.
func holdsRecords(file string, p *aims.Project) bool {
	text := slices.Contains([]string{".md", ".toml"}, strings.ToLower(path.Ext(file)))
	return text && !strings.HasPrefix(file, p.Dir+"/evidence/")
}

// source reports whether the file of evidence is one that people keep records or
// documents in, or lies with another project, which is withheld: what stands in it
// is not the evidence's alone, and has no class of its own.
func (c *cutter) source(e *aims.Evidence) bool {
	if c.Before.DocumentAt(e.File) != nil {
		return true
	}
	var in *aims.Project
	for _, p := range c.Before.Projects {
		if strings.HasPrefix(e.File, p.Dir+"/") && (in == nil || len(p.Dir) > len(in.Dir)) {
			in = p
		}
	}
	return in == nil || in != e.Project && c.why[&in.Record] != "" || holdsRecords(e.File, in)
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
