package pack

import (
	"bytes"
	"crypto/sha256"
	"fmt"
	"io"
	"math/rand/v2"
	"strings"
	"testing"
)

// text returns a file that is written.
func text(name, contents string) File {
	return File{
		Path: name, Class: Site, Classification: "internal",
		Write: func(b *bytes.Buffer) error { b.WriteString(contents); return nil },
	}
}

// copied returns a file of evidence that is opened.
func copied(name string, contents []byte) File {
	return File{
		Path: name, Class: Evidence, Classification: "confidential", Controls: []string{"logs"}, Evidence: []string{"logs-2026"},
		Size: int64(len(contents)), SHA256: fmt.Sprintf("%x", sha256.Sum256(contents)),
		Copy: func() (io.ReadCloser, error) { return io.NopCloser(bytes.NewReader(contents)), nil },
	}
}

// noise returns bytes that do not shrink.
func noise(n int) []byte {
	b := make([]byte, n)
	r := rand.New(rand.NewPCG(42, 7))
	for i := range b {
		b[i] = byte(r.Uint32())
	}
	return b
}

func head() Head {
	return Head{
		Tool: "annex", ToolVersion: "0.1.0", Organization: "Example Ltd <&>", AsOf: "2026-11-01",
		Audience: Audience{"certifier", "The certifier", "confidential"},
		Catalogs: []Catalog{{"iso-42001", "2023", "1.2"}},
		Withheld: []Count{{"Documents", 3}}, Seed: "stage-1", Before: strings.Repeat("ab", 32),
	}
}

func signer(kind, signature string) Signer {
	return func([]byte) (string, []byte, error) { return SumsName + "." + kind, []byte(signature), nil }
}

func keys() []Key { return []Key{{Minisign: true, Name: "RWQ"}, {Name: "SHA256:abc"}} }

// small is a pack with every kind of entry but a streamed one.
func small() []File {
	return []File{
		text("README.txt", "How to open this.\n"),
		text("empty.txt", ""),
		text("site/über.html", strings.Repeat("<p>The same words.</p>\n", 20)),
		copied("evidence/logs/scan.png", noise(40)),
	}
}

// large has streamed files too: one that shrinks and one that does not.
func large() []File {
	return append(small(),
		copied("evidence/logs/long.txt", []byte(strings.Repeat("one line of a log that is long\n", wholeFile/30))),
		copied("evidence/logs/film.mp4", noise(wholeFile+12345)),
		text("site/late.html", "late"))
}

// packed returns the bytes of a pack.
func packed(t testing.TB, files []File, change ...func(*Options)) []byte {
	t.Helper()
	o := Options{Head: head(), Keys: keys(), Signers: []Signer{signer("minisig", "untrusted comment: x\nRW\n"), signer("sig", "SSH\n")}}
	for _, c := range change {
		c(&o)
	}
	var b bytes.Buffer
	if _, err := Write(t.Context(), &b, files, o); err != nil {
		t.Fatal(err)
	}
	return b.Bytes()
}

func verified(t testing.TB, zip []byte) Report {
	t.Helper()
	r, err := Verify(t.Context(), bytes.NewReader(zip), int64(len(zip)), Limits{})
	if err != nil {
		t.Fatal(err)
	}
	return r
}

func sumOf(b []byte) Sum { return sha256.Sum256(b) }
