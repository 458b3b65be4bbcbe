package filename

import (
	"fmt"
	"path"
)

// Set is a set of paths that can stand beside one another on every system. The
// zero Set is empty.
type Set struct {
	files   map[string]string // key to path
	folders map[string]string // key to path
}

// Add adds a path. It returns why the path cannot stand beside those that are
// there, as a sentence without its end, or nothing.
func (s *Set) Add(name string) string {
	if s.files == nil {
		s.files, s.folders = map[string]string{}, map[string]string{}
	}
	key := Key(name)
	if other, taken := s.files[key]; taken {
		if other == name {
			return fmt.Sprintf("%q is there twice", name)
		}
		return fmt.Sprintf("%q and %q are one file on many systems: they differ in case or in the form of accents only", other, name)
	}
	if other, taken := s.folders[key]; taken {
		return fmt.Sprintf("%q is a file, and a folder %q is there too", name, other)
	}
	for dir, at := path.Dir(name), path.Dir(key); dir != "." && dir != "/"; dir, at = path.Dir(dir), path.Dir(at) {
		if other, taken := s.files[at]; taken {
			return fmt.Sprintf("%q is a file, and a folder %q is there too", other, dir)
		}
		other, taken := s.folders[at]
		if taken && other != dir {
			return fmt.Sprintf("the folders %q and %q are one folder on many systems: they differ in case or in the form of accents only", other, dir)
		}
		if taken {
			break // and so are those around it
		}
		s.folders[at] = dir
	}
	s.files[key] = name
	return ""
}

// Has reports whether a path is in the set, spelled exactly so.
func (s *Set) Has(name string) bool { return s.files[Key(name)] == name && name != "" }
