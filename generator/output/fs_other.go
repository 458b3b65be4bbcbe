//go:build !linux

package output

import (
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"
)

// exchange is not there: swapping goes in two renames.
func exchange(_, _ string) error { return errors.ErrUnsupported }

// syncTree brings each file below dir to disk.
func syncTree(dir string) error {
	return filepath.WalkDir(dir, func(name string, d fs.DirEntry, err error) error {
		if err != nil || d.IsDir() {
			return err
		}
		f, err := os.OpenFile(name, os.O_RDWR, 0)
		if err != nil {
			return fmt.Errorf("bringing the new site to disk: %w", err)
		}
		return errors.Join(f.Sync(), f.Close())
	})
}
