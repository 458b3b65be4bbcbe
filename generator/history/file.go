package history

import (
	"bytes"
	"errors"
	"io"
	"io/fs"
	"time"
)

// entry describes one file or folder of a snapshot. git keeps no times of
// files, so all have the zero time.
type entry struct {
	name string // without its folder
	mode fs.FileMode
	size int64
	id   string // of the content; "" for a folder
}

func (e *entry) Name() string               { return e.name }
func (e *entry) Size() int64                { return e.size }
func (e *entry) Mode() fs.FileMode          { return e.mode }
func (e *entry) Type() fs.FileMode          { return e.mode.Type() }
func (e *entry) ModTime() time.Time         { return time.Time{} }
func (e *entry) IsDir() bool                { return e.mode.IsDir() }
func (e *entry) Sys() any                   { return nil }
func (e *entry) Info() (fs.FileInfo, error) { return e, nil }
func (e *entry) String() string             { return fs.FormatDirEntry(e) }

// openFile is a file that is being read. Its content comes at the first read.
type openFile struct {
	*entry
	path    string
	objects *objects
	content *bytes.Reader
	closed  bool
}

func (f *openFile) Stat() (fs.FileInfo, error) { return f.entry, nil }

func (f *openFile) Read(p []byte) (int, error) {
	if f.closed {
		return 0, &fs.PathError{Op: "read", Path: f.path, Err: fs.ErrClosed}
	}
	if f.content == nil {
		if !f.mode.IsRegular() {
			return 0, &fs.PathError{Op: "read", Path: f.path, Err: errors.New("a link or a submodule has no content")}
		}
		data, err := f.objects.read(f.id, "blob")
		if err != nil {
			return 0, &fs.PathError{Op: "read", Path: f.path, Err: err}
		}
		f.content = bytes.NewReader(data)
	}
	return f.content.Read(p)
}

func (f *openFile) Close() error {
	f.closed, f.content = true, nil
	return nil
}

// openFolder is a folder that is being listed.
type openFolder struct {
	*entry
	path string
	rest []fs.DirEntry // not yet listed
}

func (f *openFolder) Stat() (fs.FileInfo, error) { return f.entry, nil }

func (f *openFolder) Read([]byte) (int, error) {
	return 0, &fs.PathError{Op: "read", Path: f.path, Err: errors.New("is a folder")}
}

func (f *openFolder) Close() error { return nil }

func (f *openFolder) ReadDir(n int) ([]fs.DirEntry, error) {
	if n > 0 && len(f.rest) == 0 {
		return nil, io.EOF
	}
	if n <= 0 || n > len(f.rest) {
		n = len(f.rest)
	}
	list := append([]fs.DirEntry{}, f.rest[:n]...)
	f.rest = f.rest[n:]
	return list, nil
}
