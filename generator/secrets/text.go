package secrets

import (
	"bufio"
	"bytes"
	"compress/gzip"
	"errors"
	"io"
	"slices"
	"strings"
	"unicode/utf8"

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
	kindTar
	kindPicture
	kindPDF
	kindOldOffice
	kindPacked
)

// recognize looks at the first bytes of a file. What is not told by a mark at its
// very beginning is text if it has no NUL or is mostly text; a text in UTF-16 has a
// NUL in every second place.
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
	case len(head) > 262 && string(head[257:262]) == "ustar" && bytes.IndexByte(head[:257], 0) > 0:
		return kindTar
	case begins("\xff\xd8\xff", "\x89PNG\r\n", "GIF8", "II*\x00", "MM\x00*"), len(head) > 12 && string(head[:4]) == "RIFF" && string(head[8:12]) == "WEBP", len(head) > 12 && string(head[4:8]) == "ftyp":
		return kindPicture
	case begins("%PDF-"):
		return kindPDF
	case begins("\xd0\xcf\x11\xe0"):
		return kindOldOffice
	case begins("7z\xbc\xaf", "Rar!\x1a\x07", "\xfd7zXZ", "\x28\xb5\x2f\xfd"), begins("BZh") && len(head) > 10 && (string(head[4:10]) == "1AY&SY" || string(head[4:10]) == "\x17\x72\x45\x38\x50\x90"):
		return kindPacked
	case encodingOf(head) != nil:
		return kindText
	case bytes.Contains(head[:min(len(head), 1024)], []byte("%PDF-")) && hasBytes(head):
		return kindPDF // readers of PDF take it with something before
	case bytes.IndexByte(head, 0) < 0, plain(head):
		return kindText
	}
	return kindBinary
}

// hasBytes tells whether bytes are not only text: one is odd, or some are in no UTF-8.
func hasBytes(head []byte) bool {
	if slices.ContainsFunc(head, oddByte) {
		return true
	}
	return !utf8.Valid(head[:max(0, len(head)-utf8.UTFMax)]) // a letter may be cut at the end
}

// why says why files of a kind are not looked into.
func (k kind) why() string {
	switch k {
	case kindPDF:
		return "The text of a PDF cannot be looked into."
	case kindOldOffice:
		return "The text of files of Office before 2007, and of those with a password, cannot be looked into."
	case kindPacked:
		return "The text in an archive that is no zip, gzip or tar cannot be looked into."
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

// text looks through a text of any encoding. Told says that the file is listed
// already as one that is not looked into in full.
func (f *file) text(s *stream, told bool) error {
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
	odd := &tally{in: in}
	err := f.read(odd, "")
	if odd.partly() && !told {
		f.unread("A part of the file is no text and could not be looked into.")
	}
	return err
}

// falselyPacked tells whether a text only begins as a gzip does: its first bytes
// cannot be unpacked.
func falselyPacked(head []byte) bool {
	if !plain(head) {
		return false
	}
	z, err := gzip.NewReader(bytes.NewReader(head))
	if err == nil {
		_, err = io.Copy(io.Discard, io.LimitReader(z, 1<<20))
	}
	return err != nil && (len(head) < headSize || !errors.Is(err, io.ErrUnexpectedEOF))
}

// gzip looks into a file that is packed alone, such as a log.
func (f *file) gzip(s *stream) error {
	if f.depth >= f.job.scanner.limits.depth {
		f.unread(tooDeep)
		return nil
	}
	if falselyPacked(s.head) {
		f.unread(broken)
		return f.text(s, true)
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
