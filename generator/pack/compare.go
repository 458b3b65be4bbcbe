package pack

import (
	"context"
	"errors"
	"slices"
)

var errDamaged = errors.New("is damaged: its bytes cannot be unpacked")

// records reports what is wrong with the records of files. When most of them are
// not as annex writes them, another program packed the files anew, and one
// sentence says so.
func (v *verifier) records(want truth) {
	n := 0
	for i := range v.found {
		f := &v.found[i]
		if f.foreign {
			n++
		}
		if v.odd(f) {
			f.blame(Layout, "is packed in another way than annex packs a file of its kind and size")
		}
	}
	anew := n > 3 && n > len(v.found)/2
	if anew {
		v.report.say(Layout, TheArchive, "was packed by another program: %d of its %d files have records that annex does not write. Contents are compared all the same, but the archive is not the one that was handed out", n, len(v.found))
	}
	for _, f := range v.found {
		if f.wrong != "" && (!anew || f.kind == Unsafe) {
			v.report.say(f.kind, f.name, "%s", f.wrong)
		}
	}
	if anew || !want.known {
		return
	}
	v.order(want)
	if d, err := day(v.report.Head.AsOf); want.packed && (err != nil || d != v.day) {
		v.report.say(Layout, TheArchive, "has files of another day than the as-of date that manifest.json has")
	}
}

// odd reports whether a file is packed in a way that Write has no use for.
func (v *verifier) odd(f *found) bool {
	plain := f.method == store && !f.streamed
	if isGuard(f.name) {
		return !plain
	}
	return f.streamed != (f.size > wholeFile) || f.streamed && f.method != deflate
}

// order reports files that are all there but in another order than the manifest
// has, which annex does not write.
func (v *verifier) order(want truth) {
	var names, should []string
	for _, f := range want.files {
		should = append(should, f.Path)
	}
	should = append(should, ManifestName, SumsName)
	for i, f := range v.found {
		if i < len(should) || !signs(f.name) {
			names = append(names, f.name)
		}
	}
	if slices.Equal(names, should) {
		return
	}
	slices.Sort(names)
	slices.Sort(should)
	if slices.Equal(names, should) {
		v.report.say(Layout, TheArchive, "has its files in another order than annex writes them")
	}
}

// compare looks at the contents of every file.
func (v *verifier) compare(ctx context.Context, want truth) error {
	seen := make([]bool, len(want.files))
	var added []extra
	for i := range v.found {
		if err := ctx.Err(); err != nil {
			return err
		}
		f := &v.found[i]
		if f.beside {
			continue
		}
		at, listed := want.index[f.name]
		if listed {
			seen[at] = true
		}
		if !v.readable(f) || f.nameless {
			if f.wrong == "" {
				v.report.say(Damaged, f.name, "cannot be read")
			}
			continue
		}
		var size int64
		if listed {
			size = want.files[at].Size
		}
		o, err := v.open.open(f, size)
		if err != nil {
			return err
		}
		v.report.Files++
		v.report.Bytes += o.size
		switch {
		case listed:
			v.report.judge(f, o, want.files[at], want.packed)
		case isGuard(f.name):
			v.report.judgeGuard(f, o)
		case want.known:
			added = append(added, extra{f.name, o.sum})
		case o.err != nil || o.crc != f.crc || o.size != f.size:
			v.report.judge(f, o, Record{SHA256: o.sum}, false)
		}
	}
	v.report.strangers(added, want, seen)
	return nil
}

// judge compares a file with its record in the manifest.
func (r *Report) judge(f *found, o opened, want Record, packed bool) {
	right := o.crc == f.crc && o.size == f.size
	switch {
	case errors.Is(o.err, errLonger):
		r.say(Limit, f.name, "%s", o.err)
	case o.err != nil:
		r.say(Damaged, f.name, "%s", o.err)
	case o.sum != want.SHA256 && right:
		r.say(Changed, f.name, "was changed after the pack was written: its contents are not those of the manifest, and its checksum in the archive was made to fit")
	case o.sum != want.SHA256:
		r.say(Damaged, f.name, "is damaged: its contents are not those of the manifest, and its checksum in the archive is wrong too")
	case packed && o.size != want.Size:
		r.say(Changed, ManifestName, "says that %s has %d bytes, and it has %d", f.name, want.Size, o.size)
	case !right && f.wrong == "":
		r.say(Damaged, f.name, "has a wrong checksum or size in the archive; its contents are right")
	case packed && o.packed != want.Packed && !f.foreign:
		r.say(Layout, f.name, "has the right contents, but its packed bytes are not those that annex wrote")
	}
}

// judgeGuard looks at a file that no manifest lists. What manifest.json and
// MANIFEST.sha256 say was compared before.
func (r *Report) judgeGuard(f *found, o opened) {
	said := slices.ContainsFunc(r.Findings, func(x Finding) bool { return x.File == f.name })
	switch {
	case said:
	case o.err != nil:
		r.say(Damaged, f.name, "%s", o.err)
	case signs(f.name) && o.size > largestSignature:
		r.say(Limit, f.name, "has %s, which no signature has", bytesInWords(o.size))
	case o.crc != f.crc || o.size != f.size:
		r.say(Damaged, f.name, "is damaged: its bytes do not go with its checksum in the archive")
	}
}

// extra is a file that the manifest does not have.
type extra struct {
	name string
	sum  Sum
}

// strangers reports the files that are too many and those that are missing. One of
// each with the same contents was renamed.
func (r *Report) strangers(added []extra, want truth, seen []bool) {
	missing := map[Sum][]int{}
	for i, f := range want.files {
		if !seen[i] {
			missing[f.SHA256] = append(missing[f.SHA256], i)
		}
	}
	for _, f := range added {
		same := missing[f.sum]
		if len(same) == 0 {
			r.say(Added, f.name, "was added: the manifest does not have it")
			continue
		}
		was := want.files[same[0]].Path
		missing[f.sum], seen[same[0]] = same[1:], true
		r.add(Finding{Kind: Renamed, File: f.name, Was: was, Text: "was renamed: in the manifest it is " + was})
	}
	for i, f := range want.files {
		if !seen[i] {
			r.say(Removed, f.Path, "is missing: the manifest has it")
		}
	}
}
