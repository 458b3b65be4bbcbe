package pack

import (
	"bytes"
	"encoding/hex"
	"fmt"
	"io"
	"strings"
	"time"

	"annex/generator/filename"
)

// Class says what a file of a pack is.
type Class string

// The classes of files.
const (
	Guide    Class = "guide"    // README.txt and the start page
	Site     Class = "site"     // a page of the site, or what pages need
	Export   Class = "export"   // a workbook, a PDF
	Evidence Class = "evidence" // a file that shows a control at work
	Records  Class = "records"  // the records as a workspace
)

// File is one file of a pack. Exactly one of Write and Copy is set. Write may be
// called from one of several goroutines, as may the Copy of a small file.
type File struct {
	Path           string // in the pack, with slashes
	Class          Class
	Classification string
	Controls       []string // ids of the controls that it serves
	Evidence       []string // ids of the evidence records that point to it

	Write  func(*bytes.Buffer) error     // adds the contents to an empty buffer
	Copy   func() (io.ReadCloser, error) // opens contents that may be large
	Size   int64                         // bytes that Copy gives
	SHA256 string                        // what the contents have to be, in hex; empty for any
}

// Signer signs MANIFEST.sha256. The name is that of the file for the signature:
// MANIFEST.sha256.minisig for minisign, MANIFEST.sha256.sig for ssh-keygen.
type Signer func(manifest []byte) (name string, signature []byte, err error)

// Options says how to write a pack.
type Options struct {
	Head    Head
	Prefix  string   // folder that unpacking makes, which is the name of the zip without .zip; counts for the length of paths
	Keys    []Key    // what the signers sign with, one for each; the manifest lists them
	Signers []Signer // at most one of minisign and one of SSH
	Workers int      // 0 for one for each processor
}

// What a pack may have at most, so that a hostile one can be told without reading
// it all. A pack holds its limits when it is written.
const (
	mostFiles        = 200_000
	largestDirectory = 64 << 20
	largestManifest  = 256 << 20
	largestSums      = 64 << 20
	largestSignature = 64 << 10
	mostGuards       = 4
)

// FilesError says which files cannot go into a pack and why, one line each.
type FilesError struct{ Wrong []string }

func (e *FilesError) Error() string {
	n := fmt.Sprintf("%d files cannot go into the pack; nothing was written:\n", len(e.Wrong))
	if len(e.Wrong) == 1 {
		n = "a file cannot go into the pack; nothing was written:\n"
	}
	return n + strings.Join(e.Wrong, "\n") + "\nrename the files and what points to them; where only the length is wrong, a shorter name of the pack helps too"
}

// NameError says that no pack can have a name.
type NameError struct{ Name, Why string }

func (e *NameError) Error() string { return fmt.Sprintf("%q is no name for a pack: %s", e.Name, e.Why) }

// Check tells which files cannot go into a pack, all at once, as a *FilesError.
// Write does so too before it writes anything; a dry run calls Check alone.
func Check(files []File, o Options) error {
	var set filename.Set
	e := &FilesError{}
	wrong := func(f string, args ...any) { e.Wrong = append(e.Wrong, fmt.Sprintf(f, args...)) }
	if len(files) > mostFiles-mostGuards {
		return fmt.Errorf("the pack would have %d files, and the most is %d; choose fewer frameworks or projects for the audience", len(files), mostFiles-mostGuards)
	}
	if why := filename.WrongPath("", o.Prefix+"/"+SumsName+".minisig"); o.Prefix != "" && why != "" {
		return &NameError{o.Prefix, why}
	}
	if err := checkHead(o); err != nil {
		return err
	}
	line := len(sumLine(Sum{}, ""))
	listed := line + len(ManifestName) // bytes of MANIFEST.sha256
	for _, f := range files {
		listed += line + len(f.Path)
	}
	if listed > largestSums {
		return fmt.Errorf("%s would have %s, and the most is %s; choose fewer frameworks or projects for the audience, or shorter names", SumsName, bytesInWords(int64(listed)), bytesInWords(largestSums))
	}
	for _, f := range files {
		if why := filename.WrongPath(o.Prefix, f.Path); why != "" {
			wrong("%q %s", f.Path, why)
			continue
		}
		if taken(f.Path) {
			wrong("%q is the name of a file that annex makes", f.Path)
		}
		if why := set.Add(f.Path); why != "" {
			wrong("%s", why)
		}
		if (f.Write == nil) == (f.Copy == nil) || f.Size < 0 {
			wrong("%q has no contents, or two", f.Path)
		}
		if why := f.record().wrong(); why != "" {
			wrong("%q %s", f.Path, why)
		}
		if raw, err := hex.DecodeString(f.SHA256); f.SHA256 != "" && (err != nil || len(raw) != len(Sum{})) {
			wrong("%q should have the SHA-256 %q, which is none: it has 64 signs of 0 to 9 and a to f", f.Path, f.SHA256)
		}
	}
	if len(e.Wrong) > 0 {
		return e
	}
	_, err := day(o.Head.AsOf)
	return err
}

// record returns what the manifest says of the file before its contents are known.
func (f *File) record() *Record {
	return &Record{Path: f.Path, Class: f.Class, Classification: f.Classification, Controls: f.Controls, Evidence: f.Evidence}
}

// taken reports whether a path is that of a file that guards the others, or is
// one file with it on some systems.
func taken(name string) bool {
	key := filename.Key(name)
	return key == filename.Key(ManifestName) || strings.HasPrefix(key, filename.Key(SumsName))
}

// day reads an as-of date for the times in the zip.
func day(asOf string) (uint16, error) {
	t, err := time.Parse(time.DateOnly, asOf)
	if err != nil {
		return 0, fmt.Errorf("the as-of date %q is not a date like 2026-11-01", asOf)
	}
	d, ok := dosDay(t)
	if !ok {
		return 0, fmt.Errorf("a pack cannot speak for %s: a zip knows the years 1980 to 2107", asOf)
	}
	return d, nil
}
