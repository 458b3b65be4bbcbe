package records

import (
	"path"
	"strconv"
	"strings"

	"annex/generator/aims"
	"annex/generator/markdown"
)

// dir returns the folder of a project. It has as many parts for every project.
func dir(p *aims.Project) string {
	if p.System != nil {
		return "systems/" + p.ID
	}
	return "organizations/" + p.ID
}

// place finds out where documents and files stand, for the links to them.
// Pictures and other files of texts are not written: what leads to them leads to
// files/<name>.
func (e *writer) place() {
	for _, d := range e.w.Documents {
		e.pages[d.Origin.Pos.Filename] = dir(d.Project) + "/documents/" + d.ID + ".md"
	}
	names := map[string]int{}
	for _, a := range e.w.Assets {
		base := path.Base(a.File)
		names[base]++
		if n := names[base]; n > 1 {
			base = strconv.Itoa(n) + "/" + base
		}
		e.pages[a.File] = "files/" + base
	}
	for _, x := range e.w.Evidence {
		if x.File != "" {
			e.pages[x.File] = dir(x.Project) + "/" + within(x)
		}
	}
}

// within returns the path of the file of evidence, from the folder of its
// project. One that stands elsewhere keeps only its name: the folders on the way
// may be named after what is withheld.
func within(x *aims.Evidence) string {
	file, ok := strings.CutPrefix(x.File, x.Project.Dir+"/")
	if !ok {
		return "evidence/" + path.Base(x.File)
	}
	return file
}

// markdown returns a text as Markdown for a file in a folder.
func (e *writer) markdown(p *aims.Prose, folder string) string {
	if p.IsZero() {
		return ""
	}
	text := markdown.Write(p, func(h aims.Hole) (string, string) {
		to, known := e.pages[h.File]
		if !known {
			to = "files/" + path.Base(h.File)
		}
		return relative(folder, to), h.Fragment
	})
	e.digests[p] = aims.DigestText([]byte(text))
	return text
}

// relative returns the way from a folder to a file.
func relative(folder, to string) string {
	from, rest := strings.Split(folder, "/"), strings.Split(to, "/")
	for len(from) > 0 && len(rest) > 1 && from[0] == rest[0] {
		from, rest = from[1:], rest[1:]
	}
	return strings.Repeat("../", len(from)) + strings.Join(rest, "/")
}
