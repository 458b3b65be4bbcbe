package secrets

import (
	"archive/zip"
	"bytes"
	"compress/gzip"
	"io"
	"strings"
	"testing"

	"golang.org/x/text/encoding/unicode"
)

func scanner(t testing.TB) *Scanner {
	t.Helper()
	s, err := New()
	if err != nil {
		t.Fatal(err)
	}
	return s
}

// scan scans a file whose bytes can be read at any place, as those of a disk can.
func scan(t testing.TB, s *Scanner, name string, data []byte) Report {
	t.Helper()
	r, err := s.Scan(t.Context(), name, func() (io.ReadCloser, error) { return atAnyPlace{bytes.NewReader(data)}, nil }, int64(len(data)))
	if err != nil {
		t.Fatal(err)
	}
	return r
}

type atAnyPlace struct{ *bytes.Reader }

func (atAnyPlace) Close() error { return nil }

// Secrets are put together here, so that no file of annex has one.
func token() string { return "gh" + "p_" + odd(36) }

// odd returns letters and digits in no order that one would write.
func odd(n int) string {
	const letters = "q7ZtB2mXk9RwPd4LsV6hYc1NfG8jTa5Ku3"
	var b strings.Builder
	for i := range n {
		b.WriteByte(letters[(i*i*5+i*7+3)%len(letters)])
	}
	return b.String()
}

// another is a token of the same kind.
func another() string { return token()[:30] + strings.ToUpper(token()[30:]) }

func password() string { return "Sommer" + "2024!" }

func privateKey() string {
	var b strings.Builder
	b.WriteString("-----BEGIN RSA " + "PRIVATE KEY-----\n")
	for range 25 {
		b.WriteString(strings.Repeat("MIIEpAxQ", 8) + "\n")
	}
	b.WriteString("-----END RSA " + "PRIVATE KEY-----\n")
	return b.String()
}

func lines(n int, line func(int) string) string {
	var b strings.Builder
	for i := range n {
		b.WriteString(line(i) + "\n")
	}
	return b.String()
}

type entry struct{ name, text string }

func zipped(t testing.TB, entries ...entry) string {
	t.Helper()
	var b bytes.Buffer
	z := zip.NewWriter(&b)
	for _, e := range entries {
		w, err := z.Create(e.name)
		if err == nil {
			_, err = io.WriteString(w, e.text)
		}
		if err != nil {
			t.Fatal(err)
		}
	}
	if err := z.Close(); err != nil {
		t.Fatal(err)
	}
	return b.String()
}

func gzipped(t testing.TB, text string) string {
	t.Helper()
	var b bytes.Buffer
	z := gzip.NewWriter(&b)
	if _, err := io.WriteString(z, text); err != nil {
		t.Fatal(err)
	}
	if err := z.Close(); err != nil {
		t.Fatal(err)
	}
	return b.String()
}

func utf16(t testing.TB, order unicode.Endianness, mark unicode.BOMPolicy, text string) string {
	t.Helper()
	out, err := unicode.UTF16(order, mark).NewEncoder().String(text)
	if err != nil {
		t.Fatal(err)
	}
	return out
}

// Office files as Word and Excel write them: a word may be split over runs.
func word(t testing.TB, text string) string {
	var b strings.Builder
	for line := range strings.Lines(text) {
		line = escape(strings.TrimRight(line, "\n"))
		half := len(line) / 2
		b.WriteString(`<w:p><w:r><w:t>` + line[:half] + `</w:t></w:r><w:r><w:rPr><w:b w:val="a>b"/></w:rPr><w:t xml:space="preserve">` + line[half:] + `</w:t></w:r></w:p>`)
	}
	return zipped(
		t, entry{"[Content_Types].xml", `<Types/>`},
		entry{"word/document.xml", `<w:document><w:body>` + b.String() + `</w:body></w:document>`},
	)
}

func excel(t testing.TB, text string) string {
	var b strings.Builder
	for line := range strings.Lines(text) {
		for cell := range strings.SplitSeq(strings.TrimRight(line, "\n"), ",") {
			b.WriteString(`<si><t>` + escape(cell) + `</t></si>`)
		}
	}
	return zipped(
		t, entry{"[Content_Types].xml", `<Types/>`}, entry{"xl/sharedStrings.xml", `<sst>` + b.String() + `</sst>`},
		entry{"xl/worksheets/sheet1.xml", `<worksheet><sheetData><row><c t="s"><v>0</v></c></row></sheetData></worksheet>`},
	)
}

func escape(s string) string {
	return strings.NewReplacer("&", "&amp;", "<", "&lt;", ">", "&gt;").Replace(s)
}
