package secrets

import (
	"archive/tar"
	"bytes"
	"crypto/ecdsa"
	"crypto/ed25519"
	"crypto/elliptic"
	"crypto/x509"
	"crypto/x509/pkix"
	"encoding/asn1"
	"errors"
	"fmt"
	"io"
	"math/big"
	"strings"
	"testing"
)

// TestTextsThatBeginAsBinariesAreLookedThrough holds that no first bytes hide a text,
// and that those that may be a binary are told of as well.
func TestTextsThatBeginAsBinariesAreLookedThrough(t *testing.T) {
	s := scanner(t)
	prose := strings.Repeat("All is well.\n", 500)
	for name, c := range map[string]struct {
		begin string
		why   string // empty where nothing is to be told
	}{
		"PDF's mark first":      {"%PDF-1.7 is how a PDF begins\n", "PDF"},
		"PDF's mark in a text":  {"A PDF begins with %PDF-1.7\n", ""},
		"PDF's mark in Latin 1": {"Gr\xfc\xdfe, %PDF-1.7\n", "PDF"},
		"bzip2's letters":       {"BZhang wrote:\n", ""},
		"bzip2's mark":          {"BZh91AY&SY\n", "archive"},
		"TIFF's mark":           {"II*\x00\n", "picture"},
		"TIFF, the other order": {"MM\x00*\n", "picture"},
		"GIF's letters":         {"GIF89a is a kind of picture\n", "picture"},
		"JPEG's mark":           {"\xff\xd8\xff\n", "picture"},
		"a film's mark":         {"    ftypqt, in a text\n", "picture"},
		"RAR's letters":         {"Rar! it says\n", ""},
		"RAR's mark":            {"Rar!\x1a\x07\n", "archive"},
		"old Office's mark":     {"\xd0\xcf\x11\xe0\n", "Office"},
		"zip's mark":            {"PK\x03\x04\n", "broken"},
		"gzip's mark":           {"\x1f\x8b\n", "broken"},
		"gzip's mark and more":  {"\x1f\x8b\x08\x00aaaaaa\n", "broken"},
		"one NUL":               {"a\x00b\n", ""},
		"many NULs":             {strings.Repeat("a text with a\x00NUL\n", 30), "no text"},
	} {
		for length, text := range map[string]string{"short": "use " + token() + "\n", "long": prose + "use " + token() + "\n" + prose} {
			r := scan(t, s, "a.txt", []byte(c.begin+text))
			if len(r.Findings) != 1 || r.Findings[0].Rule != "github-pat" {
				t.Errorf("%s, %s: found %+v", name, length, r.Findings)
			}
			if c.why == "" && len(r.Unread) > 0 || c.why != "" && (len(r.Unread) != 1 || !strings.Contains(r.Unread[0].Why, c.why)) {
				t.Errorf("%s, %s: %+v", name, length, r.Unread)
			}
		}
	}
	// A PDF that holds its text as it is: its own numbers are no data of people.
	table := "xref\n" + lines(500, func(i int) string { return fmt.Sprintf("%010d 00000 n ", 17+i*7919) })
	if r := scan(t, s, "a.pdf", []byte("%PDF-1.7\n%\xe2\xe3\xcf\xd3\n"+table)); len(r.Findings) > 0 || len(r.Unread) != 1 {
		t.Errorf("a PDF's table: %+v", r)
	}
	hidden := "use the archive below\n" + prose + zipped(t, entry{"a.txt", prose})
	if r := scan(t, s, "a.sh", []byte(hidden)); len(r.Unread) != 1 {
		t.Errorf("a text with an archive behind: %+v", r)
	}
}

// TestPrivateKeysInBytesAreFound holds the forms that a key has in DER, by content,
// and that what only may be one is told of.
func TestPrivateKeysInBytesAreFound(t *testing.T) {
	s := scanner(t)
	must := func(der []byte, err error) []byte {
		t.Helper()
		if err != nil {
			t.Fatal(err)
		}
		return der
	}
	edwards := ed25519.NewKeyFromSeed(chance(32))
	curve, err := ecdsa.ParseRawPrivateKey(elliptic.P256(), append([]byte{1}, chance(31)...))
	if err != nil {
		t.Fatal(err)
	}
	large := func(bits uint) *big.Int { return new(big.Int).SetBytes(append([]byte{0x40}, chance(int(bits/8)-1)...)) }
	ones := func(bits uint) []byte { // the form of PKCS 1 with numbers that are no key
		return must(asn1.Marshal(struct {
			Version          int
			N, E, D, P, Q    *big.Int
			DP, DQ, Inverted *big.Int
		}{0, large(bits), big.NewInt(65537), large(bits), large(bits / 2), large(bits / 2), large(bits / 2), large(bits / 2), large(bits / 2)}))
	}
	algorithm := pkix.AlgorithmIdentifier{Algorithm: asn1.ObjectIdentifier{1, 2, 840, 113549, 1, 5, 13}}
	locked := must(asn1.Marshal(struct {
		Algorithm pkix.AlgorithmIdentifier
		Data      []byte
	}{algorithm, chance(300)}))
	template := &x509.Certificate{SerialNumber: big.NewInt(7)}
	certificate := must(x509.CreateCertificate(nil, template, template, edwards.Public(), edwards))
	for name, c := range map[string]struct {
		data  []byte
		found bool
		why   string
	}{
		"a.der":     {must(x509.MarshalPKCS8PrivateKey(edwards)), true, ""},
		"ec.key":    {must(x509.MarshalPKCS8PrivateKey(curve)), true, ""},
		"sec1.bin":  {must(x509.MarshalECPrivateKey(curve)), true, ""},
		"rsa.p8":    {ones(2048), true, ""},
		"large.key": {ones(16384), true, ""},
		"lock.pk8":  {locked, true, ""},
		"cert.der":  {certificate, false, "certificate or a private key"},
		"cert.cer":  {certificate, false, "no text"},
		"pub.key":   {must(x509.MarshalPKIXPublicKey(edwards.Public())), false, ""},
		"cut.key":   {ones(2048)[:500], false, "may be a private key"},
		"a.txt":     {[]byte("0 is how this text begins"), false, ""},
	} {
		r := scan(t, s, name, c.data)
		if found := len(r.Findings) == 1 && r.Findings[0].Rule == derKey; found != c.found || !found && len(r.Findings) > 0 {
			t.Errorf("%s: %+v", name, r.Findings)
		}
		if c.why != "" && (len(r.Unread) != 1 || !strings.Contains(r.Unread[0].Why, c.why)) {
			t.Errorf("%s: %+v", name, r.Unread)
		}
	}
}

func tarred(t testing.TB, entries ...entry) string {
	t.Helper()
	var b bytes.Buffer
	w := tar.NewWriter(&b)
	for _, e := range entries {
		err := w.WriteHeader(&tar.Header{Name: e.name, Mode: 0o600, Size: int64(len(e.text))})
		if err == nil {
			_, err = io.WriteString(w, e.text)
		}
		if err != nil {
			t.Fatal(err)
		}
	}
	if err := w.Close(); err != nil {
		t.Fatal(err)
	}
	return b.String()
}

// TestTarsAreLookedInto holds that files in a tar are found by their names, and that
// its limits are those of a zip.
func TestTarsAreLookedInto(t *testing.T) {
	s := scanner(t)
	s.limits.unpacked, s.limits.entries = 4<<20, 50
	use := "use " + token() + "\n"
	whole := tarred(t, entry{"in/a.txt", use}, entry{"b.txt", "x"})
	for name, data := range map[string]string{"a.tar": whole, "a.tar.gz": gzipped(t, whole), "a.zip": zipped(t, entry{"a.tar", whole})} {
		r := scan(t, s, name, []byte(data))
		if len(r.Findings) != 1 || !strings.HasSuffix(r.Findings[0].File, "a.tar/in/a.txt") || len(r.Unread) > 0 {
			t.Errorf("%s: %+v", name, r)
		}
	}
	many := make([]entry, 60)
	for i := range many {
		many[i] = entry{"a.txt", "x"}
	}
	for name, c := range map[string]struct{ data, why string }{
		"many files": {tarred(t, many...), tooMuch},
		"much":       {tarred(t, entry{"a.txt", strings.Repeat("a", 5<<20)}), tooMuch},
		"cut off":    {whole[:520], broken},
		"behind":     {whole + use, behind},
		"deep":       {gzipped(t, gzipped(t, gzipped(t, whole))), tooDeep},
	} {
		if r := scan(t, s, "a.tar", []byte(c.data)); len(r.Unread) == 0 || r.Unread[0].Why != c.why {
			t.Errorf("%s: %+v", name, r.Unread)
		}
	}
	gone := errors.New("gone")
	half := io.MultiReader(strings.NewReader(tarred(t, entry{"a.txt", strings.Repeat("a", 9000)})[:6000]), failing{gone})
	if _, err := s.Scan(t.Context(), "a.tar", func() (io.ReadCloser, error) { return io.NopCloser(half), nil }, 1); !errors.Is(err, gone) {
		t.Errorf("not read: %v", err)
	}
}
