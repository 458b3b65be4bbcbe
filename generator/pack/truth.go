package pack

import (
	"bytes"
	"errors"
	"fmt"
)

// truth is what a pack should hold.
type truth struct {
	files  []Record       // of the manifest, in its order
	index  map[string]int // path to place in files
	known  bool           // files can be relied on
	packed bool           // and so can their sums of packed bytes
}

func newTruth(files []Record, packed bool) truth {
	t := truth{files: files, index: make(map[string]int, len(files)), known: true, packed: packed}
	for i, f := range files {
		t.index[f.Path] = i
	}
	return t
}

// guard is manifest.json or MANIFEST.sha256 as it was found.
type guard struct {
	found  bool
	intact bool // its checksum in the zip is right; a folder has none
	sum    Sum
	err    error // why it cannot be read
}

// good reports whether the file can be believed without the other.
func (g guard) good() bool { return g.found && g.intact && g.err == nil }

// say reports a file that cannot be believed.
func (g guard) say(r *Report, name string) {
	switch {
	case !g.found:
		r.say(Removed, name, "is missing")
	case errors.Is(g.err, errGuardLong):
		r.say(Limit, name, "%s", g.err)
	case !g.intact:
		r.say(Damaged, name, "is damaged: its bytes are not those that were written")
	case g.err != nil:
		r.say(Changed, name, "%s", g.err)
	}
}

// agree compares manifest.json and MANIFEST.sha256 with one another, reports where
// they differ, and returns the one to believe. MANIFEST.sha256 is what is signed,
// and it has the sum of manifest.json; if that is right, manifest.json is as good
// and says more.
func (r *Report) agree(m Manifest, manifest, list guard, text []byte) truth {
	if list.found && list.intact && bytes.Contains(text, []byte("\r\n")) {
		r.say(Changed, SumsName, "has the line ends of Windows, which annex does not write: a program changed it, and neither its digest nor a signature of it can be right. What it says was compared all the same")
		text = bytes.ReplaceAll(text, []byte("\r\n"), []byte("\n"))
	}
	lines, err := readSums(text)
	if list.err == nil {
		list.err = err
	}
	signed := manifest.found && len(lines) > 0 && lines[len(lines)-1].Path == ManifestName && lines[len(lines)-1].SHA256 == manifest.sum
	switch {
	case errors.Is(manifest.err, errNewer) && (signed || manifest.intact):
		r.say(Layout, ManifestName, "%s", manifest.err)
		return truth{}
	case signed && manifest.err == nil:
		if where := difference(sums(m.Files, manifest.sum), text); where != "" {
			kind := Changed
			if !list.intact {
				kind = Damaged
			}
			r.say(kind, SumsName, "does not say the same as %s: %s", ManifestName, where)
		}
		r.Head = m.Head
		return newTruth(m.Files, true)
	case manifest.good() && list.good():
		r.say(Changed, ManifestName, "is not the one that MANIFEST.sha256 has the SHA-256 of: one of the two was changed")
		return newTruth(withoutManifest(lines), false)
	case manifest.good():
		list.say(r, SumsName)
		r.Head = m.Head
		return newTruth(m.Files, true)
	case list.good():
		manifest.say(r, ManifestName)
		return newTruth(withoutManifest(lines), false)
	case !manifest.found && !list.found:
		r.say(Removed, ManifestName, "is missing, and MANIFEST.sha256 too: this is no pack of annex, or one that was taken apart")
		return truth{}
	}
	manifest.say(r, ManifestName)
	list.say(r, SumsName)
	return truth{}
}

// withoutManifest returns the lines of MANIFEST.sha256 but the last, which has
// manifest.json, if that is there: a file that was cut short may have lost it.
func withoutManifest(lines []Record) []Record {
	if n := len(lines) - 1; n >= 0 && lines[n].Path == ManifestName {
		return lines[:n]
	}
	return lines
}

// difference says in which line two texts differ, or nothing.
func difference(want, got []byte) string {
	if bytes.Equal(want, got) {
		return ""
	}
	for n := 1; ; n++ {
		a, restA, _ := bytes.Cut(want, []byte("\n"))
		b, restB, _ := bytes.Cut(got, []byte("\n"))
		if !bytes.Equal(a, b) || len(restA) == 0 || len(restB) == 0 {
			return fmt.Sprintf("line %d is %.200q and should be %.200q", n, b, a)
		}
		want, got = restA, restB
	}
}
