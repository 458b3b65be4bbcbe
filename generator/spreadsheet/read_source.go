package spreadsheet

import (
	"bytes"
	"errors"
	"io"
)

// source is the file that is read. It keeps an error of the machine apart from
// what is wrong with the file, and holds the list of parts to an allowance: the
// zip reader of the standard library would build it without end.
type source struct {
	from      io.ReaderAt
	allowance int64 // bytes that may still be read while the list of parts is
	listed    bool  // whether the list is there, so that there is no allowance any more
	over      bool  // whether the allowance was used up
	err       error
}

// ReadAt reads as [io.ReaderAt] does.
func (s *source) ReadAt(p []byte, off int64) (int, error) {
	if off < 0 { // where a zip says that a part is
		return 0, io.ErrUnexpectedEOF
	}
	if !s.listed {
		if s.allowance -= int64(len(p)); s.allowance < 0 {
			s.over = true
			return 0, io.ErrUnexpectedEOF
		}
	}
	n, err := s.from.ReadAt(p, off)
	if err != nil && !errors.Is(err, io.EOF) && s.err == nil {
		s.err = err
	}
	return n, err
}

// zipMark begins a zip, which every .xlsx is.
const zipMark = "PK\x03\x04"

// notAWorkbook says what a file is that is no zip, from how it begins.
func notAWorkbook(head []byte) *RefusedError {
	text := bytes.ToLower(bytes.TrimLeft(bytes.ReplaceAll(bytes.TrimPrefix(head, []byte(byteOrderMark)), []byte{0}, nil), " \t\r\n\xff\xfe"))
	for _, known := range []struct {
		begins      string
		cause, help string
	}{
		{"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1", "This is an old or encrypted Excel file.", "Save it as .xlsx without a password."},
		{"\x09\x08", "This is an old Excel file (.xls).", saveAsPlain},
		{"\x09\x04", "This is an old Excel file (.xls).", saveAsPlain},
		{"\x09\x02", "This is an old Excel file (.xls).", saveAsPlain},
		{"\x09\x00", "This is an old Excel file (.xls).", saveAsPlain},
		{"PK", "This file is not whole, or is no workbook.", getItAgain},
		{"%PDF", "This is a PDF, from which tables cannot be read.", "Ask for the workbook that it was printed from."},
		{"\x1f\x8b", "This file is packed (gzip).", "Unpack it, and hand in the workbook within."},
		{"version https://git-lfs", "This is only the place of a file that git keeps elsewhere (Git LFS).", "Run “git lfs pull”, and take the file then."},
	} {
		if bytes.HasPrefix(head, []byte(known.begins)) {
			return refuse(known.help, "%s", known.cause)
		}
	}
	switch {
	case bytes.Contains(text, []byte("schemas-microsoft-com:office:spreadsheet")):
		return refuse(saveAsPlain, "This is an Excel file of an older kind (XML Spreadsheet 2003).")
	case bytes.Contains(text, []byte("opendocument.spreadsheet")):
		return refuse(saveAsXLSX, "This is an OpenDocument file (.fods), not an Excel workbook.")
	case bytes.HasPrefix(text, []byte("<html")), bytes.HasPrefix(text, []byte("<!doctype html")), bytes.HasPrefix(text, []byte("<table")), bytes.HasPrefix(text, []byte("<meta")):
		return refuse(saveAsPlain, "This is a web page that only bears the name of a workbook.")
	case len(head) == 0:
		return refuse(getItAgain, "The file is empty.")
	case !bytes.ContainsFunc(bytes.TrimSuffix(text, []byte("\x1a")), func(r rune) bool { return r < ' ' && r != '\t' && r != '\r' && r != '\n' }):
		return refuse("If it is a list with commas, semicolons or tabs between its values, give it a name that ends in .csv. Otherwise: "+saveAsXLSX, "This is a text file, not an Excel workbook.")
	}
	return refuse(saveAsXLSX, "This is not an Excel workbook.")
}
