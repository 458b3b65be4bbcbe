package pack

import (
	"bytes"
	"cmp"
	"io"
	"slices"
	"strings"
	"testing"
)

// sparse is a large archive of which only what is not zero is kept.
type sparse struct {
	parts []part
	size  int64
}

type part struct {
	at   int64
	data []byte
}

var zeros = make([]byte, 1<<20)

func (s *sparse) Write(p []byte) (int, error) {
	if &p[0] != &zeros[0] {
		s.parts = append(s.parts, part{s.size, bytes.Clone(p)})
	}
	s.size += int64(len(p))
	return len(p), nil
}

func (s *sparse) ReadAt(p []byte, at int64) (int, error) {
	n := int(min(int64(len(p)), max(0, s.size-at)))
	clear(p[:n])
	i, _ := slices.BinarySearchFunc(s.parts, at, func(x part, at int64) int { return cmp.Compare(x.at+int64(len(x.data)), at) })
	for ; i < len(s.parts) && s.parts[i].at < at+int64(n); i++ {
		x := s.parts[i]
		if x.at >= at {
			copy(p[x.at-at:n], x.data)
		} else {
			copy(p[:n], x.data[at-x.at:])
		}
	}
	if n < len(p) {
		return n, io.EOF
	}
	return n, nil
}

// wide is an archive with a file of more than 4 GB and files behind it, with the
// owner of each part.
func wide(t *testing.T) (*sparse, []string) {
	t.Helper()
	s := &sparse{}
	a := &archive{out: s, day: 0x5d61}
	check := func(err error) {
		if err != nil {
			t.Fatal(err)
		}
	}
	check(a.whole(entry{name: "first", size: 5}, []byte("12345")))
	check(a.stream(entry{name: "large", method: deflate, size: 5 << 30}, func(w io.Writer, e *entry) error {
		for range 5 << 10 {
			if _, err := w.Write(zeros); err != nil {
				return err
			}
		}
		e.crc = 0xabcdef
		return nil
	}))
	check(a.whole(entry{name: "small", size: 5}, []byte("12345")))
	check(a.stream(entry{name: "streamed", method: deflate, size: wholeFile + 1}, func(w io.Writer, e *entry) error {
		_, err := w.Write([]byte("12345"))
		return err
	}))
	check(a.finish())
	owners := []string{"first", "", "large", "large", "small", "", "streamed", "", "streamed", "first", "large", "small", "streamed", TheEnd}
	if len(owners) != len(s.parts) {
		t.Fatalf("it has %d parts", len(s.parts))
	}
	return s, owners
}

// structure reads the records of an archive and returns whom it blames.
func structure(t *testing.T, s *sparse) (blamed []string) {
	t.Helper()
	v := &verifier{r: s, size: s.size}
	var ok bool
	var err error
	if v.tail, ok, err = v.readEnd(); err != nil || !ok {
		return []string{TheEnd}
	}
	b := make([]byte, v.tail.to-v.tail.at)
	if _, err := s.ReadAt(b, v.tail.at); err != nil || !v.directory(b, v.tail.count) {
		t.Fatal(err)
	}
	if err := v.walk(); err != nil {
		t.Fatal(err)
	}
	for _, f := range v.found {
		if f.wrong != "" {
			blamed = append(blamed, f.name+" "+f.own)
		}
	}
	if v.tail.wrong != "" {
		blamed = append(blamed, TheEnd)
	}
	for _, f := range v.report.Findings {
		blamed = append(blamed, f.File)
	}
	return blamed
}

func TestEveryBitOfRecordsFor64BitsCounts(t *testing.T) {
	s, owners := wide(t)
	if blamed := structure(t, s); blamed != nil {
		t.Fatalf("untouched, it blames %v", blamed)
	}
	for i, p := range s.parts {
		for bit := range 8 * len(p.data) {
			if owners[i] == "" {
				continue // data, which were not written
			}
			p.data[bit/8] ^= 1 << (bit % 8)
			blamed := structure(t, s)
			p.data[bit/8] ^= 1 << (bit % 8)
			if len(blamed) != 1 || !strings.Contains(blamed[0], owners[i]) {
				t.Errorf("bit %d of byte %d of part %d, which is of %s: it blames %q", bit%8, bit/8, i, owners[i], blamed)
			}
		}
	}
}
