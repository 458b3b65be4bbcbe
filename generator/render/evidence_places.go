package render

import (
	"path"
	"slices"
	"strconv"
	"strings"

	"golang.org/x/text/cases"
	"golang.org/x/text/unicode/norm"

	"annex/generator/aims"
)

// EvidenceFile is a file of evidence and its place in a pack.
type EvidenceFile struct {
	From           string              // path in the workspace
	To             string              // path in the pack: evidence/validation-before-release/report.pdf
	Evidence       []*aims.Evidence    // the records that point to it
	Controls       []*aims.Control     // that these show, in the order of the register
	Classification aims.Classification // the highest of the records
}

// Evidence returns the evidence files of a pack, each once, in the order of their
// places. A site by itself has none beside it.
func (site *Site) Evidence() []*EvidenceFile {
	if site.places == nil {
		return nil
	}
	return site.places.files
}

// EvidencePlace returns the path in the pack of the file of a piece of evidence,
// for [export.Part]; empty for evidence without a file.
func (site *Site) EvidencePlace(e *aims.Evidence) string {
	if f := site.places.of[e.File]; f != nil {
		return f.To
	}
	return ""
}

// places says where in a pack each evidence file lies: in the folder of the first
// control that it serves, or in one for evidence without a control.
type places struct {
	files []*EvidenceFile
	of    map[string]*EvidenceFile // by the path in the workspace
	none  string                   // name of the folder for evidence without a control
	taken map[string]bool          // places, as systems compare them that tell no case apart
}

// evidenceDir is the folder of all evidence in a pack, contentsFile what each of
// its folders has as an index.
const (
	evidenceDir  = "evidence/"
	contentsFile = "CONTENTS.txt"
)

func newPlaces(w *aims.Workspace) *places {
	p := &places{of: map[string]*EvidenceFile{}, none: "other", taken: map[string]bool{}}
	if slices.ContainsFunc(w.Controls, func(c *aims.Control) bool { return c.ID == p.none }) {
		p.none = "other--files" // no id has two hyphens in a row
	}
	order := make(map[*aims.Control]int, len(w.Controls))
	for i, c := range w.Controls {
		order[c] = i
	}
	for _, e := range w.Evidence {
		if e.File == "" {
			continue
		}
		f := p.of[e.File]
		if f == nil {
			f = &EvidenceFile{From: e.File}
			p.of[e.File] = f
			p.files = append(p.files, f)
		}
		f.Evidence = append(f.Evidence, e)
		if e.Classification.Above(f.Classification) {
			f.Classification = e.Classification
		}
		for _, c := range w.ControlsShownBy(e) {
			if !slices.Contains(f.Controls, c) {
				f.Controls = append(f.Controls, c)
			}
		}
	}
	for _, f := range p.files {
		slices.SortFunc(f.Controls, func(a, b *aims.Control) int { return order[a] - order[b] })
		f.To = p.place(f)
	}
	slices.SortFunc(p.files, func(a, b *EvidenceFile) int { return strings.Compare(a.To, b.To) })
	return p
}

// dir returns the folder of a control in the pack; of nil, that of evidence
// without a control.
func (p *places) dir(c *aims.Control) string {
	if c == nil {
		return evidenceDir + p.none + "/"
	}
	return evidenceDir + c.ID + "/"
}

// first returns the control in whose folder a file lies: one that is withheld
// only if all are.
func (f *EvidenceFile) first() *aims.Control {
	for _, c := range f.Controls {
		if c.Withheld == "" {
			return c
		}
	}
	if len(f.Controls) > 0 {
		return f.Controls[0]
	}
	return nil
}

// place finds a free name in the folder of the file. The second of a name has
// the id of its evidence behind it.
func (p *places) place(f *EvidenceFile) string {
	dir, name := p.dir(f.first()), path.Base(f.From)
	ext := path.Ext(name)
	stem := strings.TrimSuffix(name, ext)
	for n := 0; ; n++ {
		switch {
		case n == 1:
			stem += "-" + f.Evidence[0].ID
		case n > 1:
			ext = "-" + strconv.Itoa(n) + path.Ext(name)
		}
		to := dir + stem + ext
		key := cases.Fold().String(norm.NFC.String(to))
		if !p.taken[key] && !strings.EqualFold(path.Base(to), contentsFile) {
			p.taken[key] = true
			return to
		}
	}
}
