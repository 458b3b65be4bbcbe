// Package load turns a folder of text files into a resolved [aims.Workspace].
//
//	annex.toml                       the organization and the frameworks in use
//	organization/project.toml        a project; all below it belongs to it
//	organization/controls.toml       [[control]] records
//	organization/documents/p.md      a governed document
//	organization/evidence/r.csv      a file that an [[evidence]] record points to
//
// Loading goes in three passes. All files are read and parsed side by side,
// documents compiled. Then every record gets its id, so that references can go
// forwards. Then every record is filled and its references are looked up. What
// is wrong with a file never stops the reading of the others: all diagnostics
// come back from one run.
package load

import (
	"fmt"
	"io/fs"
	"slices"
	"strings"

	"github.com/maruel/natural"

	"annex/generator/aims"
	"annex/generator/diag"
	"annex/generator/framework"
	"annex/generator/markdown"
	"annex/generator/source"
)

// ConfigFile is the name of the file that makes a folder a workspace.
const ConfigFile = "annex.toml"

// ProjectFile is the name of the file that makes a folder a project.
const ProjectFile = "project.toml"

// evidenceDir is the folder of a project that holds evidence files, which are
// never read as records or documents.
const evidenceDir = "evidence"

// Load reads the workspace in fsys. Catalogs holds the built-in frameworks.
//
// The workspace is complete only if the diagnostics hold no error; otherwise
// records that could not be read are missing from it. It is nil when annex.toml
// cannot be read. An error is one of the file system.
func Load(fsys, catalogs fs.FS) (*aims.Workspace, []diag.Diagnostic, error) {
	return load(fsys, catalogs, nil, whole)
}

// Records is Load without a look at evidence files: whether they are there, and
// are the ones that were recorded. It is for workspaces out of the past, where
// reading them takes long and where large ones are often kept outside git.
func Records(fsys, catalogs fs.FS) (*aims.Workspace, []diag.Diagnostic, error) {
	return load(fsys, catalogs, nil, withoutFiles)
}

// Outline is Records without the words of texts, for counting: a workspace takes
// half of the memory, and all that is wrong with it is found all the same.
func Outline(fsys, catalogs fs.FS) (*aims.Workspace, []diag.Diagnostic, error) {
	return load(fsys, catalogs, nil, withoutWords)
}

// Pack is Records for the records of a pack, which package records writes. In them
// a record may say that it is withheld, evidence that its file stays apart, and a
// heading its id; the files that texts lead to are not there; and the frameworks
// are those of the pack, whatever annex has by now. They begin with a table [pack]
// in annex.toml. Anything else is read as Records reads it. No other function
// takes the records of a pack: nobody builds or edits them by accident.
func Pack(fsys, catalogs fs.FS) (*aims.Workspace, []diag.Diagnostic, error) {
	return load(fsys, catalogs, nil, packed)
}

// extent says how much of a workspace is loaded.
type extent uint8

const (
	whole        extent = iota
	withoutFiles        // no look at evidence files
	withoutWords        // nor the HTML of texts
	packed              // without files, and it may be the records of a pack
)

func load(fsys, catalogs fs.FS, memory *Memory, much extent) (*aims.Workspace, []diag.Diagnostic, error) {
	l := &loader{fsys: fsys, memory: memory, much: much, markdown: markdown.New(), ws: &aims.Workspace{}, readers: map[*aims.Project]*source.Reader{}}
	files, diags, err := memory.list(fsys)
	if err != nil {
		return nil, nil, fmt.Errorf("listing the workspace: %w", err)
	}
	l.files, l.diags = files, diags
	l.catalogs = catalogs
	l.used = make(map[string]bool, len(files))
	l.used[ConfigFile] = true
	l.index = newIndex(len(files))
	ok, err := l.begin()
	if err != nil {
		return nil, nil, err
	}
	if !ok {
		memory.settle()
		return nil, diag.Sort(l.diags), nil
	}
	l.projects(files)
	parsed, err := l.parse(files)
	if err != nil {
		return nil, nil, err
	}
	l.register(parsed)
	l.fill()
	if much == whole {
		if err := l.evidenceFiles(); err != nil {
			return nil, nil, err
		}
	}
	l.sort()
	l.ws.Relate()
	l.links()
	l.unused(files)
	l.ws.Projects = slices.DeleteFunc(l.ws.Projects, func(p *aims.Project) bool { return p.Kind == "" }) // stand-ins
	memory.settle()
	return l.ws, diag.Sort(l.withoutEchoes()), nil
}

// withoutEchoes drops diagnostics that follow from others: what a file that
// cannot be read would have defined is not missing, and without frameworks no
// requirement is known.
func (l *loader) withoutEchoes() []diag.Diagnostic {
	list := l.diags
	has := func(codes ...diag.Code) bool {
		return slices.ContainsFunc(list, func(d diag.Diagnostic) bool { return slices.Contains(codes, d.Code) })
	}
	var echoes []diag.Code
	if has(diag.TOMLSyntax, diag.FrontMatterOpen, diag.FrontMatterMissing, diag.NotUTF8, diag.FileTooLarge, diag.TooDeep) || l.kindless {
		echoes = append(echoes, diag.UnknownRecord, diag.BrokenLink)
	}
	if l.noFrameworks || l.ownBroken {
		echoes = append(echoes, diag.UnknownFramework, diag.UnknownRequirement)
	}
	return slices.DeleteFunc(list, func(d diag.Diagnostic) bool {
		return slices.Contains(echoes, d.Code) && !strings.HasPrefix(d.Pos.Filename, FrameworksDir+"/")
	})
}

// loader carries what the passes share.
type loader struct {
	fsys         fs.FS
	memory       *Memory
	much         extent
	markdown     *markdown.Compiler
	ws           *aims.Workspace
	files        []source.File
	sizes        map[string]int64 // of the files, once one was asked for
	diags        []diag.Diagnostic
	catalogs     fs.FS             // those that come with annex
	builtIn      []string          // ids of their frameworks
	pack         bool              // these are the records of a pack
	own          []*aims.Framework // of the workspace, in use or not
	ownPairs     []*framework.File // crosswalks of the workspace
	noFrameworks bool              // annex.toml names none
	ownBroken    bool              // a catalog of the workspace could not be read
	kindless     bool              // a project could not be read, or is of no kind
	index        index
	readers      map[*aims.Project]*source.Reader
	pending      []func()        // fills one record each, once all ids are known
	later        []func()        // adds to records of any file, once all are filled
	shares       []*loader       // of the files
	texts        []placedProse   // every text, for checking its links
	used         map[string]bool // files that reach the site or were read
}

func (l *loader) report(d diag.Diagnostic) { l.diags = append(l.diags, d) }

func (l *loader) sort() {
	w := l.ws
	slices.SortFunc(w.Projects, func(a, b *aims.Project) int {
		if a.Kind != b.Kind {
			return strings.Compare(string(a.Kind), string(b.Kind)) // organization before system
		}
		return strings.Compare(a.ID, b.ID)
	})
	for _, c := range w.Controls {
		slices.SortStableFunc(c.Executions, func(a, b *aims.Execution) int { return a.On.Compare(b.On) })
	}
	byID(w.Documents)
	byID(w.Controls)
	byID(w.Evidence)
	byID(w.Risks)
	byID(w.Objectives)
	byID(w.Roles)
	byID(w.Parties)
	byID(w.Audits)
	byID(w.Findings)
	byID(w.Reviews)
	byID(w.Signoffs)
	slices.SortFunc(w.Decisions, func(a, b *aims.Decision) int {
		if c := strings.Compare(a.Project.ID, b.Project.ID); c != 0 {
			return c
		}
		return natural.Compare(a.Requirement.Ref, b.Requirement.Ref)
	})
}

func byID[T interface{ Head() *aims.Record }](list []T) {
	slices.SortFunc(list, func(a, b T) int { return strings.Compare(a.Head().ID, b.Head().ID) })
}
