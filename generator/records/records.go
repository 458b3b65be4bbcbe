// Package records writes a workspace as files again, whole or as much of it as an
// audience may see. They are the records of a pack: what `annex diff` reads when
// two packs are compared, years later and without the workspace.
//
//	files, err := records.Files(cut, records.Input{Day: day, Catalogs: frameworks.Files(), Own: workspaceFiles})
//	files[0].Path // "annex.toml"
//
//	annex.toml                                 the organization, the audience, and what a pack says of itself
//	frameworks/iso-42001.toml                  every catalog and crosswalk in use, so that nothing else is needed
//	organizations/<id>/project.toml            a project; systems are in systems/<id>/
//	organizations/<id>/controls.toml           records, a file for each kind
//	organizations/<id>/documents/<id>.md       a document
//
// [load.Pack] makes the same workspace of them: the same records, fields, states
// and issues, stand-ins for what is withheld included. Nothing is written that is
// not in the workspace: texts are written from what was compiled, not from what
// people typed, so that comments stay behind, and places are named after ids, for
// names of files and folders are words too.
//
// A stand-in says so with withheld = "confidential", evidence whose file does not
// go along with apart = true, and annex.toml with a table [pack] for which day and
// audience all of it is. Only load.Pack takes these keys, and only where there is
// that table. Evidence keeps the path and the SHA-256 that were recorded; the
// files themselves, and pictures, are elsewhere in the pack.
//
// Signoffs get the digests of what they fixed anew, as for every audience: of the
// fields that were not changed since. The rest is as it was.
package records

import (
	"bytes"
	"encoding/hex"
	"fmt"
	"io/fs"
	"maps"
	"runtime"
	"slices"
	"strings"
	"sync"

	"annex/generator/aims"
	"annex/generator/source"
)

// File is one file of the records.
type File struct {
	Path           string // from the folder of the records, with slashes
	Content        []byte
	Classification aims.Classification // the highest of what stands in it
}

// Input is what records are written from beside the workspace.
type Input struct {
	Day      aims.Date // that the pack speaks for
	Catalogs fs.FS     // that come with annex
	Own      fs.FS     // the files of the workspace, for its own catalogs
}

// Files writes a workspace. The files are in the order of their paths, and are
// the same whenever the workspace and the day are. An error is one of the file
// system, or says which text is too large to be read again.
func Files(w *aims.Workspace, in Input) ([]File, error) {
	e := newWriter(w)
	e.settings(in.Day)
	for _, p := range w.Projects {
		e.project(p)
	}
	e.documents()
	register(e, aims.KindRole, "roles", w.Roles)
	register(e, aims.KindParty, "parties", w.Parties)
	register(e, aims.KindControl, "controls", w.Controls)
	register(e, aims.KindDecision, "decisions", w.Decisions)
	register(e, aims.KindEvidence, "evidence", w.Evidence)
	register(e, aims.KindRisk, "risks", w.Risks)
	register(e, aims.KindObjective, "objectives", w.Objectives)
	register(e, aims.KindAudit, "audits", w.Audits)
	register(e, aims.KindFinding, "findings", w.Findings)
	register(e, aims.KindReview, "reviews", w.Reviews)
	register(e, aims.KindSignoff, "signoffs", e.signoffs()) // last: they fix what the others say
	if err := e.frameworks(in); err != nil {
		return nil, err
	}
	slices.SortFunc(e.files, func(a, b File) int { return strings.Compare(a.Path, b.Path) })
	for _, f := range e.files {
		if len(f.Content) > source.MaxTextSize {
			return nil, fmt.Errorf("the records of a pack: %s would have %d KB, and at most %d KB are read again; split the text", f.Path, len(f.Content)>>10, source.MaxTextSize>>10)
		}
	}
	return e.files, nil
}

// writer writes one workspace.
type writer struct {
	w       *aims.Workspace
	files   []File
	digests map[*aims.Prose][32]byte // of the Markdown that was written for a text
	pages   map[string]string        // path of a document or asset by its path in the workspace
}

func newWriter(w *aims.Workspace) *writer {
	e := &writer{w: w, digests: map[*aims.Prose][32]byte{}, pages: map[string]string{}}
	e.place()
	return e
}

// documents writes all documents, side by side: they are most of the text.
func (e *writer) documents() {
	var shares []*writer
	var work sync.WaitGroup
	for part := range slices.Chunk(e.w.Documents, len(e.w.Documents)/runtime.GOMAXPROCS(0)+1) {
		s := &writer{w: e.w, digests: map[*aims.Prose][32]byte{}, pages: e.pages}
		shares = append(shares, s)
		work.Go(func() {
			for _, d := range part {
				s.document(d)
			}
		})
	}
	work.Wait()
	for _, s := range shares {
		e.files = append(e.files, s.files...)
		maps.Copy(e.digests, s.digests)
	}
}

func (e *writer) add(path string, content []byte, class aims.Classification) {
	e.files = append(e.files, File{path, content, class})
}

// record is a record of any kind.
type record interface {
	Head() *aims.Record
	Fields() []aims.Field
}

// largest is how long a file of several records may become.
const largest = source.MaxTextSize / 2

// register writes the records of one kind, those of each project in files of
// their own.
func register[T record](e *writer, kind aims.Kind, name string, list []T) {
	for _, p := range e.w.Projects {
		var b bytes.Buffer
		class := aims.Public
		number := 1
		flush := func() {
			if b.Len() > 0 {
				path := dir(p) + "/" + name
				if number > 1 {
					path += fmt.Sprintf("-%d", number)
				}
				e.add(path+".toml", bytes.Clone(b.Bytes()), class)
				b.Reset()
				class = aims.Public
				number++
			}
		}
		for _, x := range list {
			if x.Head().Project != p {
				continue
			}
			text := e.table(string(kind), x, dir(p))
			if b.Len() > 0 && b.Len()+len(text) > largest {
				flush()
			}
			if b.Len() > 0 {
				b.WriteByte('\n')
			}
			b.WriteString(text)
			class = higher(class, x.Head())
		}
		flush()
	}
}

// higher returns the class of a file that one more record stands in. A stand-in
// says nothing that has a class.
func higher(class aims.Classification, r *aims.Record) aims.Classification {
	if r.Withheld == "" && r.Classification.Above(class) {
		return r.Classification
	}
	return class
}

// signoffs returns the signoffs with the digests of what was written.
func (e *writer) signoffs() []*aims.Signoff {
	var list []*aims.Signoff
	for _, s := range e.w.Signoffs {
		x := *s
		x.Marks = e.marks(s)
		list = append(list, &x)
	}
	return list
}

func (e *writer) marks(s *aims.Signoff) []aims.Mark {
	if len(s.Marks) == 0 || s.Signed == (aims.Subject{}) {
		return s.Marks
	}
	fields := e.w.SignedFields(s.SubjectKind, s.Signed, s.Project.Organization)
	now := aims.Marks(fields)
	marks := slices.Clone(s.Marks)
	for i, m := range marks {
		at := slices.IndexFunc(fields, func(f aims.Field) bool { return f.Name == m.Field })
		if at < 0 || fields[at].Prose() == nil || !slices.Contains(now, m) {
			continue
		}
		if sum, ok := e.digests[fields[at].Prose()]; ok {
			marks[i].SHA256 = hex.EncodeToString(sum[:])
		}
	}
	return marks
}
