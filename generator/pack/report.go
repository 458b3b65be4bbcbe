package pack

import (
	"encoding/json"
	"fmt"
	"slices"
)

// Kind says what sort of thing is wrong.
type Kind string

// The kinds of findings.
const (
	Added   Kind = "added"   // a file that the manifest does not have
	Removed Kind = "removed" // a file of the manifest that is not there
	Changed Kind = "changed" // other contents, with the checksum of the zip made to fit
	Renamed Kind = "renamed" // a file of the manifest under another name
	Damaged Kind = "damaged" // bytes that are not those that were written
	Unsafe  Kind = "unsafe"  // what could do harm where it is unpacked
	Layout  Kind = "layout"  // a zip that annex does not write
	Limit   Kind = "limit"   // more than a pack may have
)

// What a finding is about when it is no file.
const (
	TheArchive   = "the archive"
	TheDirectory = "the directory of the archive"
	TheEnd       = "the end of the archive"
	TheFolder    = "the folder"
)

// Finding is one thing that is wrong.
type Finding struct {
	Kind Kind   `json:"kind"`
	File string `json:"file"`          // path in the pack, or one of TheArchive and so on
	Was  string `json:"was,omitempty"` // path before, of what was renamed
	Text string `json:"text"`          // a sentence that goes with the name of the file
}

// Signature is a file that signs MANIFEST.sha256.
type Signature struct {
	Name  string
	Bytes []byte
}

// Report says whether a pack is as it was written, and how it is not. It says
// nothing about who wrote it: that is for a signature of Sums.
type Report struct {
	Whole    bool      `json:"whole"`  // there are no findings
	Digest   string    `json:"digest"` // of the pack, in hex: the SHA-256 of MANIFEST.sha256; empty without one
	Head     Head      `json:"head"`
	Files    int       `json:"files"`              // that were looked at
	Bytes    int64     `json:"bytes"`              // that they have unpacked
	Findings []Finding `json:"findings"`           // what happened to files first, the layout of the archive last
	Omitted  int       `json:"omitted,omitempty"`  // findings over the thousand that are listed
	Harmless []string  `json:"harmless,omitempty"` // files that a system left in a folder

	Sums       []byte      `json:"-"` // MANIFEST.sha256
	Signatures []Signature `json:"-"` // in the order of the archive
}

const mostFindings = 1000

// add adds a finding. Where the list is full, one that says less gives way.
func (r *Report) add(f Finding) {
	if slices.Contains(r.Findings, f) {
		return
	}
	if len(r.Findings) < mostFindings {
		r.Findings = append(r.Findings, f)
		return
	}
	r.Omitted++
	least := 0
	for i := range r.Findings {
		if r.Findings[i].weight() <= r.Findings[least].weight() {
			least = i
		}
	}
	if r.Findings[least].weight() < f.weight() {
		r.Findings = append(slices.Delete(r.Findings, least, least+1), f)
	}
}

// weight says how early a finding is told: what happened to files, then what could
// do harm, then how the archive is laid out.
func (f Finding) weight() int {
	switch f.Kind {
	case Layout:
		return 0
	case Unsafe, Limit:
		return 1
	}
	return 2
}

// finish brings the findings into their order.
func (r *Report) finish() {
	slices.SortStableFunc(r.Findings, func(a, b Finding) int { return b.weight() - a.weight() })
	r.Whole = len(r.Findings) == 0
}

// say adds a finding; the words are a sentence that goes with the name of the
// file.
func (r *Report) say(kind Kind, file, words string, args ...any) {
	r.add(Finding{Kind: kind, File: file, Text: fmt.Sprintf(words, args...)})
}

// Sentence says the result to people.
func (r *Report) Sentence() string {
	if r.Whole {
		s := fmt.Sprintf("The pack is whole: its %d files (%s) are byte for byte those that were written.", r.Files, bytesInWords(r.Bytes))
		if len(r.Harmless) > 0 {
			s += fmt.Sprintf(" %d files beside them are ones that a system leaves in folders.", len(r.Harmless))
		}
		return s
	}
	n := len(r.Findings) + r.Omitted
	if n == 1 {
		return "The pack is not as it was written. 1 thing is wrong."
	}
	return fmt.Sprintf("The pack is not as it was written. %d things are wrong.", n)
}

// MarshalJSON adds the sentence.
func (r *Report) MarshalJSON() ([]byte, error) {
	type plain Report
	return json.Marshal(struct {
		Sentence string `json:"sentence"`
		*plain
	}{r.Sentence(), (*plain)(r)})
}

// bytesInWords says a size as people do.
func bytesInWords(n int64) string {
	switch {
	case n >= 1e9:
		return fmt.Sprintf("%.1f GB", float64(n)/1e9)
	case n >= 1e6:
		return fmt.Sprintf("%.1f MB", float64(n)/1e6)
	case n >= 1e3:
		return fmt.Sprintf("%.0f KB", float64(n)/1e3)
	}
	return fmt.Sprintf("%d bytes", n)
}
