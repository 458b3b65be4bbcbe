package load

import (
	"crypto/sha256"
	"errors"
	"go/token"
	"io/fs"
	"slices"

	"annex/generator/aims"
	"annex/generator/diag"
	"annex/generator/source"
)

// Memory loads the same workspace again and again. What it made of a file it
// keeps until the file changes, so that the next time only what changed is read,
// parsed and compiled:
//
//	var memory load.Memory
//	before, _, err := memory.Load(fsys, catalogs)
//	memory.Forget("organization/controls.toml") // which was written since
//	after, _, err := memory.Load(fsys, catalogs)
//
// Load returns what it would without a memory. The zero Memory is empty and
// ready; it serves one load at a time. The nil Memory keeps nothing.
type Memory struct {
	files     map[string]*kept
	listing   []source.File
	special   []diag.Diagnostic // from the listing
	forgotten map[string]bool
	trusting  bool   // see Trust
	language  string // of the site, by which texts were read
	moved     bool   // files came or went since the last load that was complete
	changed   bool   // see Changed
}

// kept is what is known of one file.
type kept struct {
	file  source.File // as it was listed last
	index int         // in the listing
	fresh bool        // what follows is of that file
	doubt bool        // it may say something else than at the last load that was complete

	parsed *parsed
	sum    [sha256.Size]byte // of the text that was parsed
	proses map[token.Position]compiled
	digest string // of evidence, in hex
}

type compiled struct {
	prose aims.Prose
	diags []diag.Diagnostic
}

// Load is [Load] with what is known from the loads before.
func (m *Memory) Load(fsys, catalogs fs.FS) (*aims.Workspace, []diag.Diagnostic, error) {
	return load(fsys, catalogs, m, whole)
}

// Forget has files read by the next load even if their size and time are what
// they were.
func (m *Memory) Forget(names ...string) {
	if m.forgotten == nil {
		m.forgotten = map[string]bool{}
	}
	for _, name := range names {
		m.forgotten[name] = true
	}
}

// Trust has the next load look at the forgotten files alone, and take all others
// for unchanged. It looks at all of them when that cannot be enough, because
// files came or went.
func (m *Memory) Trust() { m.trusting = true }

// Changed reports whether the last load found anything else than the one before
// it: a file that is new, gone, or of other content. Of a file that Load does not
// read itself it is enough that it was written.
func (m *Memory) Changed() bool { return m.changed }

// settle ends a load.
func (m *Memory) settle() {
	if m == nil {
		return
	}
	m.changed = m.moved
	for _, k := range m.files {
		m.changed = m.changed || k.doubt
		k.doubt = false
	}
	m.moved = false
}

// list lists the files that are there now and compares them with what is known.
func (m *Memory) list(fsys fs.FS) ([]source.File, []diag.Diagnostic, error) {
	if m == nil {
		return source.Files(fsys)
	}
	if m.trusting && m.look(fsys) {
		return m.listing, m.special, nil
	}
	m.trusting = false
	files, diags, err := source.Files(fsys)
	if err != nil {
		return nil, nil, err
	}
	m.moved = m.moved || !slices.EqualFunc(m.special, diags, func(a, b diag.Diagnostic) bool { return a.Pos == b.Pos && a.Code == b.Code })
	before := m.files
	m.files = make(map[string]*kept, len(files))
	m.listing, m.special = files, diags
	for i, f := range files {
		k := before[f.Path]
		if k == nil {
			k = &kept{}
			m.moved = true
		}
		if !f.Same(k.file) || m.forgotten[f.Path] {
			k.fresh, k.doubt = false, true
		}
		k.file, k.index = f, i
		m.files[f.Path] = k
	}
	m.moved = m.moved || len(m.files) != len(before)
	m.forgotten = nil
	return files, diags, nil
}

// look lists the forgotten files alone. It reports false when another look at
// all files is needed.
func (m *Memory) look(fsys fs.FS) bool {
	if m.listing == nil {
		return false
	}
	found := map[*kept]source.File{}
	for name := range m.forgotten {
		f, ok := source.Look(fsys, name)
		k := m.files[name]
		if k == nil && !ok && m.gone(fsys, name) {
			continue // came and went
		}
		if k == nil || !ok {
			return false
		}
		found[k] = f
	}
	for k, f := range found {
		k.fresh, k.doubt, k.file = false, true, f
		m.listing[k.index] = f
	}
	m.forgotten, m.trusting = nil, false
	return true
}

// gone reports whether there is nothing of a name, and was nothing before: no
// link and no special file either.
func (m *Memory) gone(fsys fs.FS, name string) bool {
	_, err := fs.Lstat(fsys, name)
	return errors.Is(err, fs.ErrNotExist) && !slices.ContainsFunc(m.special, func(d diag.Diagnostic) bool { return d.Pos.Filename == name })
}

// speaks drops what was made of documents in another language.
func (m *Memory) speaks(language string) {
	if m == nil || m.language == language {
		return
	}
	m.language = language
	for _, k := range m.files {
		if k.parsed != nil && k.parsed.isText {
			k.parsed = nil
		}
	}
}

// of returns what is known of a file, or nil.
func (m *Memory) of(name string) *kept {
	if m == nil {
		return nil
	}
	return m.files[name]
}

// read returns what a file says. It may be called for different files at once.
func (m *Memory) read(name string, text func() ([]byte, []diag.Diagnostic, error), parse func([]byte) parsed) parsed {
	k := m.of(name)
	if k != nil && k.fresh && k.parsed != nil {
		return *k.parsed
	}
	data, diags, err := text()
	if data == nil || err != nil {
		if k != nil { // what it said before is not what it says now, even if it says that again
			k.parsed, k.sum, k.proses = nil, [sha256.Size]byte{}, nil
		}
		return parsed{diags: diags, err: err}
	}
	if k == nil {
		p := parse(data)
		p.diags = append(diags, p.diags...)
		return p
	}
	sum := sha256.Sum256(data)
	k.doubt = k.doubt && k.sum != sum
	if k.parsed == nil || k.sum != sum {
		p := parse(data)
		p.diags = append(diags, p.diags...)
		k.parsed, k.sum, k.proses = &p, sum, nil
	}
	k.fresh, k.digest = true, ""
	return *k.parsed
}

// prose compiles the Markdown text that begins at a place.
func (m *Memory) prose(at token.Position, compile func() (aims.Prose, []diag.Diagnostic)) (aims.Prose, []diag.Diagnostic) {
	k := m.of(at.Filename)
	if k == nil || k.parsed == nil {
		return compile()
	}
	if known, ok := k.proses[at]; ok {
		return known.prose, known.diags
	}
	prose, diags := compile()
	if k.proses == nil {
		k.proses = map[token.Position]compiled{}
	}
	k.proses[at] = compiled{prose, diags}
	return prose, diags
}

// evidence returns the digest of an evidence file.
func (m *Memory) evidence(name string, digest func() (string, error)) (string, error) {
	k := m.of(name)
	if k != nil && k.fresh && k.digest != "" {
		return k.digest, nil
	}
	sum, err := digest()
	if k != nil && err == nil {
		if !k.fresh {
			k.parsed = nil // of what the file was before
		}
		k.doubt = k.doubt && k.digest != sum
		k.fresh, k.digest = true, sum
	}
	return sum, err
}
