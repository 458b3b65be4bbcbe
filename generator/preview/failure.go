package preview

import (
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"

	"annex/generator/load"
)

// plainly says what the machine could not do in words for somebody who does not
// program, where the system's own are none.
func plainly(err error, dir string) error {
	var at *fs.PathError
	if !errors.As(err, &at) {
		return err
	}
	name := filepath.ToSlash(at.Path)
	switch {
	case errors.Is(err, fs.ErrNotExist):
		if _, gone := os.Stat(dir); gone != nil {
			return errors.New("the folder of the workspace is gone; when it is back, it shows again")
		}
		if name == load.ConfigFile {
			return fmt.Errorf("the folder is no workspace now: it has no %s", load.ConfigFile)
		}
		return fmt.Errorf("%s is gone while annex reads", name)
	case errors.Is(err, fs.ErrPermission):
		return fmt.Errorf("annex may not read %s; give your user the right to read it", name)
	}
	return err
}
