package load

import (
	"crypto/sha256"
	"encoding/hex"
	"fmt"
	"io"
	"io/fs"
	"path"
	"strings"

	"annex/generator/aims"
	"annex/generator/diag"
	"annex/generator/filename"
	"annex/generator/source"
)

func (l *loader) fillEvidence(x *aims.Evidence, r *source.Reader) {
	x.Effective = l.requiredDate(r, "effective")
	x.Expires = r.Date("expires")
	l.inOrder(r, "effective", x.Effective, "expires", x.Expires)
	x.Owner = l.role(r, "owner")
	x.Direct = many(l, r, "controls", l.index.controls, aims.KindControl)
	x.Description = l.prose(r, "description", &x.Record)
	x.SHA256 = strings.ToLower(r.Text("sha256"))
	x.URL = r.Text("url")
	x.Note = r.Text("note")
	file := r.Text("file")
	if file != "" {
		x.File = path.Join(x.Project.Dir, file)
	}
	given := 0
	if x.Apart = l.apart(r); x.Apart || x.Withheld != "" {
		given = 1 // it need not be said what it is
	}
	for _, key := range []string{"file", "url", "note"} {
		if r.Has(key) {
			given++
		}
	}
	switch {
	case given == 0:
		l.report(diag.New(diag.MissingKey, r.At(), fmt.Sprintf("the evidence %q is neither a file nor a link nor a note", x.ID),
			`add one of file = "evidence/...", url = "https://..." and note = "..."`))
	case given > 1:
		l.report(diag.New(diag.Conflict, r.At(), fmt.Sprintf("the evidence %q has more than one of file, url and note", x.ID),
			"keep one of them, and make records of their own for the others"))
	}
	if x.URL != "" && !strings.HasPrefix(x.URL, "https://") && !strings.HasPrefix(x.URL, "http://") {
		l.report(diag.New(diag.UnsafeURL, r.Pos("url"), "the link of the evidence is not a web address",
			"write an address that begins with https://"))
		x.URL = ""
	}
}

// evidenceFiles finds and digests the file of every evidence record.
func (l *loader) evidenceFiles() error {
	for _, e := range l.ws.Evidence {
		if e.File == "" {
			continue
		}
		l.used[e.File] = true
		size, ok := l.size(e.File)
		if !ok {
			file, _ := strings.CutPrefix(source.Nearest(e.File, under(l.files, e.Project.Dir)), e.Project.Dir+"/")
			help := "put the file there, or correct the path; it counts from " + e.Project.Dir + "/"
			if file != "" {
				help = fmt.Sprintf("did you mean %s?", file)
			}
			l.report(diag.New(diag.MissingFile, e.Origin.Key("file"), fmt.Sprintf("the file %s does not exist", e.File), help))
			e.File = ""
			continue
		}
		l.safeName(e.File, e.Origin)
		digest, err := l.memory.evidence(e.File, func() (string, error) { return digest(l.fsys, e.File) })
		if err != nil {
			return fmt.Errorf("reading evidence: %w", err)
		}
		if e.SHA256 != "" && e.SHA256 != digest {
			l.report(diag.New(diag.DigestMismatch, e.Origin.Key("sha256"), fmt.Sprintf("%s is not the file that was recorded", e.File),
				"compare it with the recorded one; if the change was meant, write sha256 = \""+digest+"\""))
		}
		e.Size, e.SHA256 = size, digest
	}
	return nil
}

func under(files []source.File, dir string) []string {
	var names []string
	for _, f := range files {
		if strings.HasPrefix(f.Path, dir+"/") {
			names = append(names, f.Path)
		}
	}
	return names
}

// size returns the size of a file of the workspace, and whether there is one.
func (l *loader) size(name string) (int64, bool) {
	if l.sizes == nil {
		l.sizes = make(map[string]int64, len(l.files))
		for _, f := range l.files {
			l.sizes[f.Path] = f.Size
		}
	}
	size, ok := l.sizes[name]
	return size, ok
}

// digest returns the SHA-256 of a file in hex, reading it in pieces.
func digest(fsys fs.FS, name string) (string, error) {
	f, err := fsys.Open(name)
	if err != nil {
		return "", err
	}
	defer f.Close()
	h := sha256.New()
	if _, err := io.Copy(h, f); err != nil {
		return "", err
	}
	return hex.EncodeToString(h.Sum(nil)), nil
}

// safeName reports a name that cannot be copied into a site that opens on
// every system.
func (l *loader) safeName(file string, origin aims.Origin) {
	why := unsafe(file)
	if why == "" {
		return
	}
	l.report(diag.New(diag.FileName, origin.Key("file"), fmt.Sprintf("the file name %q %s", path.Base(file), why),
		"rename the file: letters, digits, hyphens, dots"))
}

// unsafe returns what is wrong with the name of a file that would be copied.
func unsafe(file string) string {
	if len(file) > 120 {
		return "makes a path that is too long for Windows"
	}
	return filename.Wrong(path.Base(file))
}
