package pack

import (
	"bytes"
	"context"
	"crypto/sha256"
	"errors"
	"fmt"
	"io"
	"io/fs"
	"slices"
	"strings"

	"golang.org/x/text/unicode/norm"

	"annex/generator/filename"
)

// VerifyFolder compares the folder that a pack was unpacked into with the manifest
// in it. It tells files apart that a system leaves in folders. What only a zip
// has, such as its checksums, it knows nothing of. The error is one of reading, or
// of ctx.
func VerifyFolder(ctx context.Context, fsys fs.FS) (Report, error) {
	v := &folder{fsys: fsys}
	v.report.Findings = []Finding{}
	if err := v.verify(ctx); err != nil {
		return Report{}, fmt.Errorf("verifying the folder: %w", err)
	}
	v.report.finish()
	return v.report, nil
}

type folder struct {
	fsys   fs.FS
	report Report
	files  []string // in order
	piece  []byte
}

func (v *folder) verify(ctx context.Context) error {
	if err := v.list(ctx); err != nil {
		return err
	}
	if err := v.gather(); err != nil {
		return err
	}
	want, err := v.guards()
	if err != nil {
		return err
	}
	v.report.sayUnsigned(func(name string) bool { return slices.Contains(v.files, name) })
	if !want.known {
		return nil
	}
	sizes := map[int64]bool{}
	for _, f := range want.files {
		sizes[f.Size] = true
	}
	seen := make([]bool, len(want.files))
	places := v.places(want)
	var added []extra
	for _, name := range v.files {
		place, listed := places[name]
		if !listed && filename.Litter(name) {
			v.report.Harmless = append(v.report.Harmless, name)
			continue
		}
		sum, size, err := v.sumOf(ctx, name, sizes)
		if err != nil {
			return err
		}
		v.report.Files++
		v.report.Bytes += size
		switch {
		case isGuard(name):
		case !listed:
			added = append(added, extra{name, sum})
		default:
			seen[place] = true
			path := want.files[place].Path
			if composed(name) != path {
				v.report.add(Finding{Kind: Renamed, File: name, Was: path, Text: "was renamed: in the manifest it is " + path + ", with other capital letters"})
			}
			if sum != want.files[place].SHA256 {
				v.report.say(Changed, path, "was changed: its contents are not those of the manifest")
			}
		}
	}
	v.report.strangers(added, want, seen)
	return nil
}

// composed is a path with accents in the form that a pack has them. A Mac may give
// names back with accents as signs of their own.
func composed(name string) string { return norm.NFC.String(name) }

// places says which file of the manifest each file of the folder is: the one that
// has exactly the name, or else the form of its accents alone is another, or else
// the case. sha256sum does not find the last, so it counts as renamed.
func (v *folder) places(want truth) map[string]int {
	places := make(map[string]int, len(v.files))
	taken := make([]bool, len(want.files))
	for _, form := range []func(string) string{func(name string) string { return name }, composed, filename.Key} {
		open := map[string]int{}
		for i, f := range want.files {
			if !taken[i] {
				open[form(f.Path)] = i
			}
		}
		for _, name := range v.files {
			i, ok := open[form(name)]
			if _, placed := places[name]; ok && !placed && !taken[i] {
				places[name], taken[i] = i, true
			}
		}
	}
	return places
}

// list finds the files of the folder.
func (v *folder) list(ctx context.Context) error {
	return fs.WalkDir(v.fsys, ".", func(name string, d fs.DirEntry, err error) error {
		if err := errors.Join(err, ctx.Err()); err != nil {
			return err
		}
		switch {
		case d.IsDir():
		case !d.Type().IsRegular():
			v.report.say(Unsafe, name, "is a link or another thing that is no file, and was not looked at")
		case len(v.files) == 2*mostFiles:
			v.report.say(Limit, TheFolder, "has more than %d files, as no pack has; the rest was not looked at", 2*mostFiles)
			return fs.SkipAll
		default:
			v.files = append(v.files, name)
		}
		return nil
	})
}

// gather finds the pack when it is in a folder of the one that was given.
func (v *folder) gather() error {
	names := slices.DeleteFunc(slices.Clone(v.files), filename.Litter)
	dir := around(names)
	if dir == "" {
		return nil
	}
	v.report.sayAround(TheFolder, dir, beside(names, dir), "verify that folder")
	var inside []string
	for _, name := range v.files {
		if name, ok := strings.CutPrefix(name, dir); ok {
			inside = append(inside, name)
		} else if filename.Litter(name) {
			v.report.Harmless = append(v.report.Harmless, name)
		}
	}
	v.files = inside
	var err error
	v.fsys, err = fs.Sub(v.fsys, strings.TrimSuffix(dir, "/"))
	return err
}

// guards reads manifest.json, MANIFEST.sha256 and the signatures. There are no
// checksums of a zip that would tell which of two was damaged.
func (v *folder) guards() (truth, error) {
	var m Manifest
	manifest, list := guard{intact: true}, guard{intact: true}
	text, err := v.read(ManifestName, largestManifest, &manifest)
	if err != nil {
		return truth{}, err
	}
	if manifest.good() {
		m, manifest.err = ReadManifest(bytes.NewReader(text))
	}
	if text, err = v.read(SumsName, largestSums, &list); err != nil {
		return truth{}, err
	}
	if list.good() {
		v.report.Sums, v.report.Digest = text, list.sum.String()
	}
	for _, name := range v.files {
		if !signs(name) {
			continue
		}
		g := guard{intact: true}
		data, err := v.read(name, largestSignature, &g)
		if err != nil {
			return truth{}, err
		}
		if g.good() {
			v.report.Signatures = append(v.report.Signatures, Signature{name, data})
		}
	}
	return v.report.agree(m, manifest, list, text), nil
}

// read returns a file of the folder whole, and fills in how it was found. It
// returns nothing where there is none or too much.
func (v *folder) read(name string, most int64, g *guard) ([]byte, error) {
	if !slices.Contains(v.files, name) {
		return nil, nil
	}
	f, err := v.fsys.Open(name)
	if err != nil {
		return nil, err
	}
	defer f.Close()
	text, err := io.ReadAll(io.LimitReader(f, most+1))
	if err != nil {
		return nil, err
	}
	g.found, g.sum = true, sha256.Sum256(text)
	if int64(len(text)) > most {
		g.err = errGuardLong
		v.report.say(Limit, name, "%s", g.err)
		return nil, nil
	}
	return text, nil
}

// sumOf sums a file up, and returns its size, unless no file of the manifest has as
// many bytes: what is none of them need not be read, however large it is. Without
// manifest.json no size is known, and all are read.
func (v *folder) sumOf(ctx context.Context, name string, sizes map[int64]bool) (Sum, int64, error) {
	info, err := fs.Stat(v.fsys, name)
	if err != nil {
		return Sum{}, 0, err
	}
	if known := len(sizes) > 1 || !sizes[0]; known && !sizes[info.Size()] && !isGuard(name) {
		return Sum{}, info.Size(), nil
	}
	return v.sum(ctx, name)
}

// sum sums a file up and returns its size.
func (v *folder) sum(ctx context.Context, name string) (Sum, int64, error) {
	f, err := v.fsys.Open(name)
	if err != nil {
		return Sum{}, 0, err
	}
	defer f.Close()
	h := sha256.New()
	if v.piece == nil {
		v.piece = make([]byte, 256<<10)
	}
	n, err := io.CopyBuffer(h, stoppable{ctx, f}, v.piece)
	return Sum(h.Sum(nil)), n, err
}

// stoppable is a reader that ends with a context.
type stoppable struct {
	ctx context.Context
	in  io.Reader
}

func (s stoppable) Read(p []byte) (int, error) {
	if err := s.ctx.Err(); err != nil {
		return 0, err
	}
	return s.in.Read(p)
}
