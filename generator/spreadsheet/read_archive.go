package spreadsheet

import (
	"archive/zip"
	"errors"
	"io"
	"io/fs"
	"strings"
)

// unpacked is a workbook as the zip of parts that it is. Names of parts are the
// same whatever their case (ECMA-376 part 2, 6.2.2), and are in lower case here.
type unpacked struct {
	parts map[string]*zip.File
	names []string // of the parts, as the zip lists them
	types map[string]string
	xml   int64 // bytes of XML that may still be read
	text  int   // bytes of text that may still be kept
	shown int   // bytes of text that cells may still hold together
	cells int   // that may still be kept
}

// openArchive checks the parts of a zip without unpacking one. Sizes are those
// that the zip states; the zip reader holds each part to its own.
func openArchive(in *source, size int64) (*unpacked, error) {
	head := make([]byte, 16<<10) // a .fods begins with many words before it says what it is
	n, _ := in.ReadAt(head[:max(0, min(int64(len(head)), size))], 0)
	if head = head[:n]; !strings.HasPrefix(string(head), zipMark) {
		return nil, notAWorkbook(head)
	}
	if size > largestFile {
		return nil, tooLarge("The file has %d MB, and up to %d MB are read.", size, largestFile)
	}
	z, err := zip.NewReader(in, size)
	switch {
	case in.over:
		return nil, refuse(saveAnew, "The workbook has more than %d parts in it, as no list has.", mostParts)
	case err != nil && !errors.Is(err, zip.ErrInsecurePath): // names are checked below
		return nil, refuse(getItAgain, "The workbook is not whole: it ends too early, or is damaged.")
	}
	in.listed = true
	a := &unpacked{parts: map[string]*zip.File{}, xml: mostXML, text: mostText, shown: mostShown, cells: mostCells}
	if len(z.File) > mostParts {
		return nil, refuse(saveAnew, "The workbook has more than %d parts in it, as no list has.", mostParts)
	}
	var whole uint64
	for _, f := range z.File {
		if err := a.add(f); err != nil {
			return nil, err
		}
		if whole += f.UncompressedSize64; whole > largestUnpacked { // no overflow: each is at most largestPart
			return nil, tooLarge("Unpacked, the workbook has over %[2]d MB, which is too large to be read.", 0, largestUnpacked)
		}
	}
	return a, nil
}

// tooLarge refuses a size in bytes; the sentence has it and its limit in MB.
func tooLarge(cause string, size, limit int64) *RefusedError {
	return refuse("Take pictures out of it, and rows that hold nothing but looks (mark the rows below the list and delete them). "+splitIt, cause, (size+1<<20-1)>>20, limit>>20)
}

// add takes one entry of a zip for a part.
func (a *unpacked) add(f *zip.File) error {
	name := strings.ToLower(f.Name)
	folder := strings.HasSuffix(name, "/")
	if !fs.ValidPath(strings.TrimSuffix(name, "/")) || strings.ContainsAny(name, "\\:\x00") {
		return refuse(saveAnew, "The workbook has a part with the name %.200q, which reaches out of it.", f.Name)
	}
	switch {
	case a.parts[name] != nil:
		return refuse(saveAnew, "The workbook has two parts with the name %.200q: programs would not agree on what it holds.", f.Name)
	case f.Flags&1 != 0:
		return refuse(saveAsPlain, "The workbook is encrypted.")
	case f.Method != zip.Store && f.Method != zip.Deflate:
		return refuse(saveAnew, "The workbook is packed in a way that Excel does not know.")
	case f.UncompressedSize64 > largestPart:
		e := tooLarge("A part of the workbook has %d MB, and up to %d MB are read.", int64(min(f.UncompressedSize64, 1<<50)), largestPart)
		e.Place = partPlace(f.Name)
		return e
	case folder && f.UncompressedSize64 > 0, !folder && !f.Mode().IsRegular():
		return refuse(saveAnew, "The workbook has a part %.200q that is no file.", f.Name)
	}
	a.parts[name] = f
	if !folder {
		a.names = append(a.names, name)
	}
	return nil
}

// begin returns the first bytes of a part.
func (a *unpacked) begin(name string, n int64) ([]byte, error) {
	r, err := a.parts[name].Open()
	if err != nil {
		return nil, damaged("its part %.200q cannot be unpacked", name)
	}
	defer r.Close()
	data, err := io.ReadAll(io.LimitReader(r, n))
	if err != nil {
		return nil, damaged("its part %.200q cannot be unpacked", name)
	}
	return data, nil
}
