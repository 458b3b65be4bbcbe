package generator

import (
	"fmt"
	"os"
	"path/filepath"
	"strings"

	"annex/generator/load"
)

// outside refuses an output folder that would swallow the workspace or lie
// among its records, by whatever links it is named.
func outside(o Options) error {
	dir, err := resolved(o.Dir)
	if err != nil {
		return fmt.Errorf("finding the workspace: %w", err)
	}
	out, err := resolved(o.Output)
	if err != nil {
		return fmt.Errorf("finding the output folder: %w", err)
	}
	if _, holds := within(out, dir); holds {
		return &OutputError{fmt.Sprintf("the output folder %s holds the workspace itself; choose another folder with -o", o.Output)}
	}
	rel, inside := within(dir, out)
	if !inside {
		return nil
	}
	for d := rel; d != "."; d = filepath.Dir(d) {
		if _, err := os.Stat(filepath.Join(dir, d, load.ProjectFile)); err == nil {
			return &OutputError{fmt.Sprintf("the output folder %s lies inside the project %s; choose another folder with -o", o.Output, d)}
		}
	}
	return nil
}

// within returns the way from a folder to a path in it, "." for itself. A name
// such as ..x only looks as if it led out.
func within(dir, name string) (rel string, ok bool) {
	rel, err := filepath.Rel(dir, name)
	return rel, err == nil && rel != ".." && !strings.HasPrefix(rel, ".."+string(os.PathSeparator))
}

// resolved returns the absolute path of a folder without links. Of a folder that
// is not there yet, the nearest one above it that is counts.
func resolved(name string) (string, error) {
	name, err := filepath.Abs(name)
	if err != nil {
		return "", err
	}
	below := ""
	for dir := name; ; dir = filepath.Dir(dir) {
		if there, err := filepath.EvalSymlinks(dir); err == nil {
			return filepath.Join(there, below), nil
		}
		if filepath.Dir(dir) == dir {
			return name, nil
		}
		below = filepath.Join(filepath.Base(dir), below)
	}
}

// OutputError says that a folder cannot be written to as the user wished.
type OutputError struct{ Message string }

func (e *OutputError) Error() string { return e.Message }
