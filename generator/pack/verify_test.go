package pack

import (
	"archive/zip"
	"bytes"
	"math/rand/v2"
	"slices"
	"testing"
)

func TestAPackThatWasWrittenIsWhole(t *testing.T) {
	for _, files := range [][]File{nil, small()[:1], small(), large()} {
		b := packed(t, files)
		r := verified(t, b)
		if !r.Whole || r.Files != len(files)+4 || r.Head.Organization != "Example Ltd <&>" || len(r.Signatures) != 2 {
			t.Errorf("%d files: %+v", len(files), r)
		}
	}
}

// owners returns whose each byte of an archive is, as the standard library reads
// it.
func owners(t *testing.T, b []byte) []string {
	t.Helper()
	z, err := zip.NewReader(bytes.NewReader(b), int64(len(b)))
	if err != nil {
		t.Fatal(err)
	}
	list := make([]string, len(b))
	at := 0
	give := func(n int, name string) {
		for range n {
			list[at] = name
			at++
		}
	}
	for _, f := range z.File {
		data, err := f.DataOffset()
		if err != nil {
			t.Fatal(err)
		}
		n := int(data) - at + int(f.CompressedSize64)
		if f.Flags&8 != 0 {
			n += 16
		}
		give(n, f.Name)
	}
	for _, f := range z.File {
		give(46+len(f.Name), f.Name)
	}
	give(22, TheEnd)
	if at != len(b) {
		t.Fatalf("%d of %d bytes are somebody's", at, len(b))
	}
	return list
}

// flip flips a bit and asks for findings about its owner and nobody else.
func flip(t *testing.T, b []byte, list []string, bit int) {
	t.Helper()
	b[bit/8] ^= 1 << (bit % 8)
	defer func() { b[bit/8] ^= 1 << (bit % 8) }()
	r := verified(t, b)
	owner := list[bit/8]
	if r.Whole || !slices.ContainsFunc(r.Findings, func(f Finding) bool { return f.File == owner }) ||
		slices.ContainsFunc(r.Findings, func(f Finding) bool { return f.File != owner }) {
		t.Errorf("bit %d of byte %d, which is of %s: %+v", bit%8, bit/8, owner, r.Findings)
	}
}

func TestEveryBitOfASmallPackCounts(t *testing.T) {
	b := packed(t, small())
	list := owners(t, b)
	for bit := range 8 * len(b) {
		flip(t, b, list, bit)
	}
}

func TestAnyBitOfALargePackCounts(t *testing.T) {
	b := packed(t, large())
	list := owners(t, b)
	r := rand.New(rand.NewPCG(1, 2))
	bits := make([]int, 30)
	for i := range bits {
		bits[i] = r.IntN(8 * len(b))
	}
	for i := 1; i < len(list); i++ { // and what stands around the data
		if list[i] != list[i-1] {
			bits = append(bits, 8*i, 8*(i-1), 8*(i-4)+3, 8*(i+6)+1)
		}
	}
	for _, bit := range bits {
		flip(t, b, list, bit)
	}
}
