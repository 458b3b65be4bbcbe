package spreadsheet

import (
	"archive/zip"
	"bytes"
	"compress/flate"
	"errors"
	"hash"
	"hash/crc32"
	"io"
	"io/fs"
	"slices"
	"strings"
	"time"

	"github.com/xuri/excelize/v2"
)

// archive is the zip that a workbook is. Excelize writes the sheets of a
// workbook in no order, so their files are packed as they come, held back, and
// written by name, the list of contents first, all of the first day that a zip
// can say.
type archive struct {
	out    *zip.Writer
	packer *flate.Writer // one for all files: each would be larger than most of them
	open   *file         // that is being written; nil for none
	files  []*file
}

type file struct {
	name   string
	packed bytes.Buffer
	sum    hash.Hash32
	size   uint64
	rest   []byte // that may be the beginning of what is left out
	to     *flate.Writer
}

func newArchive(w io.Writer) excelize.ZipWriter { return &archive{out: zip.NewWriter(w)} }

// Create adds a file and returns what it is written to until the next is added.
func (a *archive) Create(name string) (io.Writer, error) {
	if err := a.finish(); err != nil {
		return nil, err
	}
	f := &file{name: name, sum: crc32.NewIEEE()}
	if a.packer == nil {
		var err error
		if a.packer, err = flate.NewWriter(&f.packed, flate.DefaultCompression); err != nil {
			return nil, err
		}
	}
	a.packer.Reset(&f.packed)
	f.to, a.open = a.packer, f
	a.files = append(a.files, f)
	return f, nil
}

// finish packs the end of the file that is being written.
func (a *archive) finish() error {
	if a.open == nil {
		return nil
	}
	f := a.open
	a.open = nil
	rest := f.rest
	f.rest = nil
	return errors.Join(f.pack(rest), f.to.Close())
}

// leftOut says that a height of a row was set by hand. Ours is a guess, and a row
// should grow with its text when somebody edits it; excelize says otherwise.
const leftOut = ` customHeight="1"`

// Write packs a piece of the file.
func (f *file) Write(p []byte) (int, error) {
	text := p
	if len(f.rest) > 0 {
		text = append(f.rest, p...)
		f.rest = nil
	}
	for {
		before, after, found := bytes.Cut(text, []byte(leftOut))
		if !found {
			break
		}
		if err := f.pack(before); err != nil {
			return 0, err
		}
		text = after
	}
	keep := 0 // bytes at the end that may go on as what is left out
	for n := min(len(leftOut)-1, len(text)); n > 0; n-- {
		if strings.HasPrefix(leftOut, string(text[len(text)-n:])) {
			keep = n
			break
		}
	}
	f.rest = slices.Clone(text[len(text)-keep:])
	return len(p), f.pack(text[:len(text)-keep])
}

func (f *file) pack(p []byte) error {
	f.size += uint64(len(p))
	f.sum.Write(p)
	_, err := f.to.Write(p)
	return err
}

// AddFS adds the files of a file system; a workbook has none.
func (a *archive) AddFS(fs.FS) error { return nil }

// Close writes all files.
func (a *archive) Close() error {
	if err := a.finish(); err != nil {
		return err
	}
	day := time.Date(1980, time.January, 1, 0, 0, 0, 0, time.UTC)
	slices.SortFunc(a.files, func(x, y *file) int { return strings.Compare(rank(x.name), rank(y.name)) })
	for _, f := range a.files {
		h := &zip.FileHeader{Name: f.name, Method: zip.Deflate, CRC32: f.sum.Sum32(), CompressedSize64: uint64(f.packed.Len()), UncompressedSize64: f.size}
		//lint:ignore SA1019 CreateRaw writes no other
		h.SetModTime(day)
		w, err := a.out.CreateRaw(h)
		if err != nil {
			return err
		}
		if _, err := f.packed.WriteTo(w); err != nil {
			return err
		}
	}
	return a.out.Close()
}

// rank puts the list of contents first: programs know a workbook by it.
func rank(name string) string {
	if name == "[Content_Types].xml" {
		return ""
	}
	return name
}
