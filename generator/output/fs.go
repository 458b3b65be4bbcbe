package output

import (
	"errors"
	"fmt"
	"io"
	"io/fs"
	"os"
	"path/filepath"
)

// FS is what Write does to the disk. It is a seam: tests put a file system in
// its place that fails at a chosen operation.
type FS interface {
	Lstat(name string) (fs.FileInfo, error)
	ReadDir(name string) ([]fs.DirEntry, error)
	Open(name string) (io.ReadCloser, error)
	Walk(dir string, visit func(name string)) error // relative paths of files, with slashes
	Mkdir(name string) error
	MkdirAll(name string) error
	WriteFile(name string, data []byte) error // of a new file
	CopyFile(name string, from io.Reader) (int64, error)
	Link(old, to string) error
	Rename(old, to string) error
	Exchange(a, b string) error // errors.ErrUnsupported where the system cannot
	RemoveAll(name string) error
	Sync(dir string) error    // brings all files below dir to disk
	SyncDir(dir string) error // brings the entries of dir to disk
	Lock(name string) (unlock func(), err error)
}

var errLocked = errors.New("locked")

// Disk returns the real file system.
func Disk() FS { return disk{} }

type disk struct{}

func (disk) Lstat(name string) (fs.FileInfo, error)     { return os.Lstat(name) }
func (disk) ReadDir(name string) ([]fs.DirEntry, error) { return os.ReadDir(name) }
func (disk) Open(name string) (io.ReadCloser, error)    { return os.Open(name) }
func (disk) Mkdir(name string) error                    { return os.Mkdir(name, 0o755) }
func (disk) MkdirAll(name string) error                 { return os.MkdirAll(name, 0o755) }
func (disk) Link(old, to string) error                  { return os.Link(old, to) }
func (disk) Rename(old, to string) error                { return os.Rename(old, to) }
func (disk) Exchange(a, b string) error                 { return exchange(a, b) }
func (disk) RemoveAll(name string) error                { return os.RemoveAll(name) }
func (disk) Sync(dir string) error                      { return syncTree(dir) }
func (disk) Lock(name string) (func(), error)           { return lock(name) }

func (disk) Walk(dir string, visit func(string)) error {
	return filepath.WalkDir(dir, func(name string, d fs.DirEntry, err error) error {
		if err != nil || d.IsDir() {
			return err
		}
		rel, err := filepath.Rel(dir, name)
		if err == nil {
			visit(filepath.ToSlash(rel))
		}
		return err
	})
}

func (disk) WriteFile(name string, data []byte) error {
	f, err := os.OpenFile(name, os.O_WRONLY|os.O_CREATE|os.O_EXCL, 0o644)
	if err != nil {
		return err
	}
	_, err = f.Write(data)
	return errors.Join(err, f.Close())
}

func (disk) CopyFile(name string, from io.Reader) (int64, error) {
	f, err := os.OpenFile(name, os.O_WRONLY|os.O_CREATE|os.O_EXCL, 0o644)
	if err != nil {
		return 0, err
	}
	n, err := io.Copy(f, from)
	return n, errors.Join(err, f.Close())
}

func (disk) SyncDir(dir string) error {
	f, err := os.Open(dir)
	if err != nil {
		return fmt.Errorf("opening a folder to sync it: %w", err)
	}
	return errors.Join(f.Sync(), f.Close())
}
