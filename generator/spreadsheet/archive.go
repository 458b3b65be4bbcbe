package spreadsheet

import (
	"archive/zip"
	"bytes"
	"io"
	"io/fs"
	"slices"
	"strings"
	"time"

	"github.com/xuri/excelize/v2"
)

// archive is the zip that a workbook is. Excelize writes the sheets of a
// workbook in no order, so their files are held back and written by name, the
// list of contents first, all of the first day that a zip can say.
type archive struct {
	out   *zip.Writer
	files []*file
}

type file struct {
	name string
	bytes.Buffer
}

func newArchive(w io.Writer) excelize.ZipWriter { return &archive{out: zip.NewWriter(w)} }

// Create adds a file and returns what it is written to.
func (a *archive) Create(name string) (io.Writer, error) {
	f := &file{name: name}
	a.files = append(a.files, f)
	return f, nil
}

// AddFS adds the files of a file system; a workbook has none.
func (a *archive) AddFS(fs.FS) error { return nil }

// Close writes all files. A height of a row that we give is a guess, and not what
// somebody set by hand, so that a row grows with its text when it is edited;
// excelize says otherwise.
func (a *archive) Close() error {
	day := time.Date(1980, time.January, 1, 0, 0, 0, 0, time.UTC)
	slices.SortFunc(a.files, func(x, y *file) int { return strings.Compare(rank(x.name), rank(y.name)) })
	for _, f := range a.files {
		w, err := a.out.CreateHeader(&zip.FileHeader{Name: f.name, Method: zip.Deflate, Modified: day})
		if err != nil {
			return err
		}
		if _, err := w.Write(bytes.ReplaceAll(f.Bytes(), []byte(` customHeight="1"`), nil)); err != nil {
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
