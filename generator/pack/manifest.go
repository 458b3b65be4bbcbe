package pack

import (
	"bufio"
	"bytes"
	"crypto/sha256"
	"encoding/hex"
	"encoding/json"
	"errors"
	"fmt"
	"io"
)

// The files that guard the others.
const (
	ManifestName = "manifest.json"
	SumsName     = "MANIFEST.sha256"
)

// format and formatVersion stand in every manifest.json.
const (
	format        = "annex-pack"
	formatVersion = 1
)

// Head is what manifest.json says of the pack as a whole.
type Head struct {
	Tool         string    `json:"tool"`         // annex
	ToolVersion  string    `json:"tool_version"` // 0.1.0
	Organization string    `json:"organization"` // several as in "A, B and C"
	AsOf         string    `json:"as_of"`        // 2026-11-01; the time of every file in the zip
	Audience     Audience  `json:"audience"`
	Catalogs     []Catalog `json:"catalogs"`
	Seed         string    `json:"seed"`     // of the sample; empty for none
	Before       string    `json:"before"`   // digest of the pack before; empty for the first
	Withheld     []Count   `json:"withheld"` // what the audience does not get

	// Signatures is what the pack was signed with when it was written: set by Write
	// from the keys of its options. One that is gone later was taken away; one that
	// is not listed was added by somebody later, which is no harm.
	Signatures []SignedBy `json:"signatures"`
}

// SignedBy is a signature that belongs to a pack.
type SignedBy struct {
	File string `json:"file"` // MANIFEST.sha256.minisig or MANIFEST.sha256.sig
	Form string `json:"form"` // minisign or SSH
	Key  string `json:"key"`  // its number or fingerprint
}

// whole gives the head empty lists for none.
func (h Head) whole() Head {
	if h.Catalogs == nil {
		h.Catalogs = []Catalog{}
	}
	if h.Withheld == nil {
		h.Withheld = []Count{}
	}
	if h.Signatures == nil {
		h.Signatures = []SignedBy{}
	}
	return h
}

// Audience is who the pack is for.
type Audience struct {
	ID      string `json:"id"`
	Title   string `json:"title"`
	Ceiling string `json:"ceiling"` // the highest classification in the pack
}

// Catalog is a framework that the records were checked against.
type Catalog struct {
	ID      string `json:"id"`
	Edition string `json:"edition"` // of the standard
	Version string `json:"version"` // of the catalog
}

// Count is how many things of a kind there are.
type Count struct {
	What string `json:"what"`
	N    int    `json:"n"`
}

// Record is what manifest.json says of one file.
type Record struct {
	Path           string   `json:"path"`
	Size           int64    `json:"size"` // bytes
	SHA256         Sum      `json:"sha256"`
	Packed         Sum      `json:"packed_sha256"` // of the bytes in the zip, as they stand there
	Class          Class    `json:"class"`
	Classification string   `json:"classification"`
	Controls       []string `json:"controls,omitempty"`
	Evidence       []string `json:"evidence,omitempty"` // ids of records
}

// Manifest is the whole of manifest.json.
type Manifest struct {
	Format  string `json:"format"`
	Version int    `json:"version"`
	Head
	Counts []Count  `json:"counts"` // files by class
	Files  []Record `json:"files"`

	Digest Sum `json:"-"` // of the pack: the SHA-256 of MANIFEST.sha256; set by Write
}

// Sum is a SHA-256. In text it is hex in lower case.
type Sum [sha256.Size]byte

// String returns the sum in hex.
func (s Sum) String() string { return hex.EncodeToString(s[:]) }

// MarshalText returns the sum in hex.
func (s Sum) MarshalText() ([]byte, error) { return hex.AppendEncode(nil, s[:]), nil }

// UnmarshalText reads a sum in hex.
func (s *Sum) UnmarshalText(text []byte) error {
	if len(text) != 2*sha256.Size {
		return errors.New("a SHA-256 has 64 signs")
	}
	_, err := hex.Decode(s[:], text)
	return err
}

// count counts files by class, in the order in which classes appear.
func count(files []Record) []Count {
	list, place := []Count{}, map[Class]int{}
	for _, f := range files {
		i, known := place[f.Class]
		if !known {
			i = len(list)
			place[f.Class] = i
			list = append(list, Count{What: string(f.Class)})
		}
		list[i].N++
	}
	return list
}

// filesLine ends the head of manifest.json, and the last lines end the whole.
const (
	filesLine = "  \"files\": [\n"
	lastLines = "  ]\n}\n"
)

// write writes manifest.json: the head as any program indents JSON, and each file
// on a line of its own.
func (m *Manifest) write(w io.Writer) error {
	out := bufio.NewWriter(w)
	head, err := m.head()
	if err != nil {
		return err
	}
	out.Write(head)
	for i, f := range m.Files {
		line, err := f.line(i == len(m.Files)-1)
		if err != nil {
			return err
		}
		out.Write(line)
	}
	out.WriteString(lastLines)
	return out.Flush()
}

// head returns manifest.json up to its list of files.
func (m *Manifest) head() ([]byte, error) {
	h := *m
	h.Files = []Record{}
	var b bytes.Buffer
	enc := json.NewEncoder(&b)
	enc.SetEscapeHTML(false)
	enc.SetIndent("", "  ")
	if err := enc.Encode(h); err != nil {
		return nil, err
	}
	before, ok := bytes.CutSuffix(b.Bytes(), []byte("  \"files\": []\n}\n"))
	if !ok {
		return nil, errors.New("manifest.json does not end in its files")
	}
	return append(before, filesLine...), nil
}

// line returns the line of a file.
func (r Record) line(last bool) ([]byte, error) {
	b := bytes.NewBufferString("    ")
	enc := json.NewEncoder(b)
	enc.SetEscapeHTML(false)
	if err := enc.Encode(r); err != nil {
		return nil, err
	}
	if !last {
		b.Truncate(b.Len() - 1)
		b.WriteString(",\n")
	}
	return b.Bytes(), nil
}

// sumLine returns a line of MANIFEST.sha256.
func sumLine(sum Sum, name string) string { return fmt.Sprintf("%s  %s\n", sum, name) }

// sums returns MANIFEST.sha256: every file of the manifest, and manifest.json
// with the sum given.
func sums(files []Record, manifest Sum) []byte {
	var b bytes.Buffer
	for _, f := range files {
		b.WriteString(sumLine(f.SHA256, f.Path))
	}
	b.WriteString(sumLine(manifest, ManifestName))
	return b.Bytes()
}
