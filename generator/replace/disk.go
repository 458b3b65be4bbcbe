package replace

import (
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"
	"runtime"
	"syscall"

	"github.com/gofrs/flock"
)

// fileSystem is what this package does to the disk. It is a seam: tests put one
// in its place that fails at a chosen operation. Names count from the workspace
// and have slashes.
type fileSystem interface {
	Lstat(name string) (fs.FileInfo, error)
	ReadFile(name string) ([]byte, error) // errIrregular for what is no file
	ReadDir(name string) ([]fs.DirEntry, error)
	Mkdir(name string) error
	Create(name string, text []byte, mode fs.FileMode) error // brings it to disk; mode 0 is that of any new file
	Rename(old, to string) error
	Remove(name string) error
	RemoveAll(name string) error
	SyncDir(name string) error // brings the entries of a folder to disk
	Lock() (unlock func(), err error)
}

var (
	errLocked    = errors.New("locked")
	errIrregular = errors.New("this is no file")
)

// disk is the real file system, within a workspace.
type disk struct {
	dir  string
	root *os.Root
}

func open(dir string) (disk, error) {
	root, err := os.OpenRoot(dir)
	if err != nil {
		return disk{}, fmt.Errorf("opening the workspace: %w", err)
	}
	return disk{dir, root}, nil
}

func (d disk) Lstat(name string) (fs.FileInfo, error)     { return d.root.Lstat(name) }
func (d disk) ReadDir(name string) ([]fs.DirEntry, error) { return fs.ReadDir(d.root.FS(), name) }
func (d disk) Rename(old, to string) error                { return d.root.Rename(old, to) }
func (d disk) Remove(name string) error                   { return d.root.Remove(name) }
func (d disk) RemoveAll(name string) error                { return d.root.RemoveAll(name) }
func (d disk) Mkdir(name string) error                    { return d.root.Mkdir(name, 0o777) } // less the umask

// ReadFile looks before it opens: a pipe would wait for ever.
func (d disk) ReadFile(name string) ([]byte, error) {
	info, err := d.root.Lstat(name)
	if err != nil {
		return nil, err
	}
	if !info.Mode().IsRegular() {
		return nil, fmt.Errorf("reading %s: %w", name, errIrregular)
	}
	return d.root.ReadFile(name)
}

// Create gives the file its permissions before there is anything in it to read.
func (d disk) Create(name string, text []byte, mode fs.FileMode) error {
	f, err := d.root.OpenFile(name, os.O_WRONLY|os.O_CREATE|os.O_EXCL, 0o666) // less the umask
	if err != nil {
		return err
	}
	if mode != 0 {
		err = f.Chmod(mode)
	}
	if err == nil {
		_, err = f.Write(text)
	}
	if err == nil {
		err = f.Sync()
	}
	return errors.Join(err, f.Close())
}

// SyncDir does nothing where the system has no such thing.
func (d disk) SyncDir(name string) error {
	if runtime.GOOS == "windows" {
		return nil
	}
	f, err := d.root.Open(name)
	if err != nil {
		return err
	}
	err = f.Sync()
	if errors.Is(err, syscall.EINVAL) || errors.Is(err, errors.ErrUnsupported) {
		err = nil // some network disks
	}
	return errors.Join(err, f.Close())
}

const (
	lockFile = Dir + "/lock"
	hideFile = Dir + "/.gitignore"
)

// Lock makes the folder and takes the lock in it. Both go when it is given back,
// and another process may be at the same, so it tries again when the folder went
// away meanwhile, and a lock counts only if its name still leads to it.
func (d disk) Lock() (unlock func(), err error) {
	for range 1000 {
		l, err := d.tryLock()
		if errors.Is(err, fs.ErrNotExist) {
			continue
		}
		if err != nil {
			return nil, err
		}
		locked, err := l.Stat()
		if err == nil {
			if named, err := d.root.Lstat(lockFile); err == nil && os.SameFile(locked, named) {
				return func() { d.clear(); _ = l.Unlock() }, d.hide(l)
			}
		}
		_ = l.Unlock()
	}
	return nil, errLocked
}

func (d disk) tryLock() (*flock.Flock, error) {
	for _, dir := range []string{filepath.Dir(Dir), Dir} {
		if err := d.Mkdir(dir); err != nil && !errors.Is(err, fs.ErrExist) {
			return nil, fmt.Errorf("making a folder for what is to be written: %w", err)
		}
		info, err := d.root.Lstat(dir)
		if err != nil {
			return nil, err
		}
		if !info.IsDir() {
			return nil, fmt.Errorf("%s is no folder, and annex needs one there while it changes records; move it away and run the import again", dir)
		}
	}
	if info, err := d.root.Lstat(lockFile); err == nil && !info.Mode().IsRegular() {
		return nil, fmt.Errorf("%s is no file; delete it and run the import again", lockFile)
	}
	l := flock.New(filepath.Join(d.dir, filepath.FromSlash(lockFile)), flock.SetPermissions(0o666))
	ok, err := l.TryLock()
	if err != nil {
		return nil, fmt.Errorf("taking the lock %s: %w", lockFile, err)
	}
	if !ok {
		return nil, errLocked
	}
	return l, nil
}

// hide keeps git from seeing the folder, and brings it to disk.
func (d disk) hide(l *flock.Flock) error {
	err := d.Create(hideFile, []byte("*\n"), 0)
	if errors.Is(err, fs.ErrExist) {
		err = nil
	}
	for _, dir := range []string{filepath.Dir(Dir), "."} {
		if err == nil {
			err = d.SyncDir(dir)
		}
	}
	if err != nil {
		d.clear()
		_ = l.Unlock()
		return fmt.Errorf("making a folder for what is to be written: %w", err)
	}
	return nil
}

// clear removes the folder, if nothing is to be kept in it.
func (d disk) clear() {
	list, err := d.ReadDir(Dir)
	if err != nil {
		return
	}
	for _, e := range list {
		if name := Dir + "/" + e.Name(); name != lockFile && name != hideFile {
			return
		}
	}
	_ = d.root.Remove(hideFile)
	if err := d.root.Remove(lockFile); err != nil { // Windows keeps a file that is open
		_ = d.Create(hideFile, []byte("*\n"), 0)
		return
	}
	_ = d.root.Remove(Dir)
	_ = d.root.Remove(filepath.Dir(Dir)) // unless the schemas are in it
}
