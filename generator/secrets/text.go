package secrets

import (
	"bufio"
	"bytes"
	"compress/gzip"
	"io"
	"strings"

	"golang.org/x/text/encoding"
	"golang.org/x/text/encoding/unicode"
	"golang.org/x/text/encoding/unicode/utf32"
)

// kind is what the first bytes of a file say that it is.
type kind int

const (
	kindBinary kind = iota
	kindText
	kindZip
	kindGzip
	kindPicture
	kindPDF
	kindOldOffice
	kindPacked
)

// recognize looks at the first bytes of a file. Those of other kinds of binaries hold
// a NUL nearly always; a text in UTF-16 does too, in every second place.
func recognize(head []byte) kind {
	begins := func(marks ...string) bool {
		for _, m := range marks {
			if bytes.HasPrefix(head, []byte(m)) {
				return true
			}
		}
		return false
	}
	switch {
	case begins("PK\x03\x04", "PK\x05\x06"):
		return kindZip
	case begins("\x1f\x8b"):
		return kindGzip
	case begins("\xff\xd8\xff", "\x89PNG\r\n", "GIF8", "II*\x00", "MM\x00*"), len(head) > 12 && string(head[:4]) == "RIFF" && string(head[8:12]) == "WEBP", len(head) > 12 && string(head[4:8]) == "ftyp":
		return kindPicture
	case bytes.Contains(head[:min(len(head), 1024)], []byte("%PDF-")):
		return kindPDF
	case begins("\xd0\xcf\x11\xe0"):
		return kindOldOffice
	case begins("7z\xbc\xaf", "Rar!", "BZh", "\xfd7zXZ", "\x28\xb5\x2f\xfd"):
		return kindPacked
	case encodingOf(head) != nil, bytes.IndexByte(head, 0) < 0:
		return kindText
	}
	return kindBinary
}

// why says why files of a kind are not looked into.
func (k kind) why() string {
	switch k {
	case kindPDF:
		return "The text of a PDF cannot be looked into."
	case kindOldOffice:
		return "The text of files of Office before 2007, and of those with a password, cannot be looked into."
	case kindPacked:
		return "The text in an archive that is no zip or gzip cannot be looked into."
	case kindPicture:
		return "What is to be seen in a picture or a film cannot be looked into."
	}
	return "The file is no text, nor of a kind that holds text which can be looked into."
}

// encodingOf returns the encoding of a text that does not hold ASCII as it is; nil
// for all others: in UTF-8, Latin 1, Windows' and Mac's the letters of keys are
// ASCII.
func encodingOf(head []byte) encoding.Encoding {
	switch {
	case bytes.HasPrefix(head, []byte("\xff\xfe\x00\x00")):
		return utf32.UTF32(utf32.LittleEndian, utf32.UseBOM)
	case bytes.HasPrefix(head, []byte("\x00\x00\xfe\xff")):
		return utf32.UTF32(utf32.BigEndian, utf32.UseBOM)
	case bytes.HasPrefix(head, []byte("\xff\xfe")), zeros(head, 1):
		return unicode.UTF16(unicode.LittleEndian, unicode.UseBOM)
	case bytes.HasPrefix(head, []byte("\xfe\xff")), zeros(head, 0):
		return unicode.UTF16(unicode.BigEndian, unicode.UseBOM)
	}
	return nil
}

// zeros tells whether most bytes at odd (1) or even (0) places are NUL and none of
// the others is: a text in UTF-16 whose letters are those of ASCII, without the mark
// that such a text should begin with.
func zeros(head []byte, odd int) bool {
	if len(head) < 4 {
		return false
	}
	n := 0
	for i, c := range head {
		if c == 0 && i%2 != odd {
			return false
		}
		if c == 0 {
			n++
		}
	}
	return n*10 >= len(head)*3
}

// stream is a file whose first bytes are read already.
type stream struct {
	head []byte
	rest io.Reader
	size int64
}

func (s *stream) reader() io.Reader { return io.MultiReader(bytes.NewReader(s.head), s.rest) }

// text looks through a text of any encoding.
func (f *file) text(s *stream) error {
	in := s.reader()
	if e := encodingOf(s.head); e != nil {
		in = e.NewDecoder().Reader(in)
	}
	switch f.extension() {
	case ".html", ".htm", ".xhtml", ".xml", ".svg":
		in = &markup{in: in, tags: true}
	case ".ics", ".vcf", ".eml":
		in = &unfolded{in: bufio.NewReader(in)}
	}
	return f.read(in, "")
}

// gzip looks into a file that is packed alone, such as a log.
func (f *file) gzip(s *stream) error {
	if f.depth >= f.job.scanner.limits.depth {
		f.unread(tooDeep)
		return nil
	}
	z, err := gzip.NewReader(s.reader())
	if err != nil {
		f.unread(broken)
		return nil
	}
	base := f.name[strings.LastIndexByte(f.name, '/')+1:]
	inner := strings.TrimSuffix(strings.TrimSuffix(base, ".gz"), ".gzip")
	return f.inner(inner, z, -1)
}

// unfolded joins the lines that calendars, visiting cards and mails break where they
// are too long (RFC 5545, 3.1): the next one begins with a blank.
type unfolded struct{ in *bufio.Reader }

func (u *unfolded) Read(p []byte) (n int, err error) {
	for n < len(p) {
		c, err := u.in.ReadByte()
		if err != nil {
			return n, err
		}
		if c == '\r' || c == '\n' {
			next, _ := u.in.Peek(2)
			if c == '\r' && len(next) == 2 && next[0] == '\n' && (next[1] == ' ' || next[1] == '\t') {
				_, _ = u.in.Discard(2)
				continue
			}
			if c == '\n' && len(next) > 0 && (next[0] == ' ' || next[0] == '\t') {
				_, _ = u.in.Discard(1)
				continue
			}
		}
		p[n] = c
		n++
	}
	return n, nil
}
