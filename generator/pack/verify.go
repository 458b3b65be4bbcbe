package pack

import (
	"context"
	"fmt"
	"io"
	"slices"
	"strings"

	"annex/generator/filename"
)

// Limits says how much Verify takes on.
type Limits struct {
	// Unpacked is how many bytes the files may have together; 0 for 16 GiB and
	// 20 times the size of the archive. What says that it has more is not read.
	Unpacked int64
}

// verifier reads one archive.
type verifier struct {
	r       io.ReaderAt
	size    int64
	report  Report
	tail    tail
	base    int64 // bytes in front of the archive
	day     uint16
	found   []found
	folders []string // entries for folders
	open    *unpacker
	err     error
}

// Verify compares a pack with what Write writes, byte for byte, without unpacking
// it. The error is one of reading, or of ctx; all that is wrong with the pack is
// in the report. It needs memory for a record of each file, and no more for large
// ones.
func Verify(ctx context.Context, r io.ReaderAt, size int64, o Limits) (Report, error) {
	if o.Unpacked == 0 {
		o.Unpacked = 16<<30 + 20*size
	}
	v := &verifier{r: r, size: size, open: &unpacker{ctx: ctx, in: r, left: o.Unpacked}}
	v.report.Findings = []Finding{}
	if err := v.verify(ctx); err != nil {
		return Report{}, fmt.Errorf("verifying the pack: %w", err)
	}
	v.report.finish()
	return v.report, nil
}

func (v *verifier) verify(ctx context.Context) error {
	var ok bool
	var err error
	if v.tail, ok, err = v.readEnd(); err != nil || !ok {
		return err
	}
	if v.tail.size > largestDirectory {
		v.report.say(Limit, TheDirectory, "has %s, and no pack has more than %s; nothing was looked at", bytesInWords(v.tail.size), bytesInWords(largestDirectory))
		return nil
	}
	b := make([]byte, v.tail.to-v.tail.at)
	if _, err := v.r.ReadAt(b, v.tail.at); err != nil && err != io.EOF {
		return err
	}
	if !v.directory(b, v.tail.count) {
		return nil
	}
	if err := v.walk(); err != nil {
		return err
	}
	if v.tail.wrong != "" {
		v.report.say(v.tail.kind, TheEnd, "%s", v.tail.wrong)
	}
	if v.tooLarge() {
		return nil
	}
	v.gather()
	want, err := v.guards()
	if err != nil {
		return err
	}
	v.rename(want)
	v.report.sayUnsigned(func(name string) bool {
		return slices.ContainsFunc(v.found, func(f found) bool { return f.name == name && !f.beside })
	})
	v.records(want)
	v.names()
	return v.compare(ctx, want)
}

// tooLarge reports what says that it unpacks to more than is taken on.
func (v *verifier) tooLarge() bool {
	var all int64
	for _, f := range v.found {
		if all += min(f.size, v.open.left+1); all > v.open.left {
			v.report.say(Limit, TheArchive, "says that it unpacks to more than %s, as zips do that are made to fill disks; its contents were not looked at", bytesInWords(v.open.left))
			return true
		}
	}
	return false
}

// named returns the file with a name in the directory or, if there is none, the
// one with that name in front of its data. It returns nil when there is none that
// can be read.
func (v *verifier) named(name string) *found {
	for _, called := range []func(found) bool{
		func(f found) bool { return f.name == name && !f.beside },
		func(f found) bool { return f.own == name && !f.beside },
	} {
		i := slices.IndexFunc(v.found, called)
		if i >= 0 && v.readable(&v.found[i]) {
			return &v.found[i]
		}
	}
	return nil
}

// readable reports whether the data of a file can be read at all.
func (v *verifier) readable(f *found) bool {
	return f.data >= 0 && f.packed >= 0 && f.data+f.packed <= v.tail.at &&
		(f.method == store || f.method == deflate) && f.flags&encryptedFlag == 0
}

// rename gives a file that has two names the one that the manifest knows.
func (v *verifier) rename(want truth) {
	for i := range v.found {
		f := &v.found[i]
		if f.own == "" || f.beside {
			continue
		}
		known := func(name string) bool {
			_, ok := want.index[name]
			return ok || isGuard(name)
		}
		if known(f.own) && !known(f.name) {
			f.name = f.own
		}
	}
}

// names reports names that are not safe, or not beside one another. Those that are
// too long or too deep are not compared: folders in folders without end would fill
// memory.
func (v *verifier) names() {
	var set filename.Set
	for _, f := range v.found {
		if f.nameless {
			continue
		}
		if why := filename.WrongPath("", f.name); why != "" {
			v.report.say(Unsafe, f.name, "has a name that %s", why)
		}
		if !filename.Fits(f.name) || f.beside {
			continue
		}
		if why := set.Add(f.name); why != "" {
			v.report.say(Unsafe, f.name, "cannot stand beside the others: %s", why)
		}
	}
	seen := make(map[string]bool, len(v.folders))
	for _, name := range v.folders {
		if why := filename.WrongPath("", strings.TrimSuffix(name, "/")); why != "" {
			v.report.say(Unsafe, name, "has a name that %s", why)
		}
		if !filename.Fits(name) || seen[name] {
			continue
		}
		seen[name] = true
		if why := set.Add(name + "."); why != "" { // as if a file were in it
			v.report.say(Unsafe, name, "cannot stand beside the others: %s", why)
		}
	}
}
