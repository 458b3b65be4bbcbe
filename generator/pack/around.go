package pack

import (
	"cmp"
	"fmt"
	"maps"
	"path"
	"slices"
	"strings"
)

// around returns the folder that holds a pack, with a slash at its end, when the
// pack is not at the top: somebody took the folder around it. It returns nothing
// when that is not clear.
func around(names []string) string {
	guards := map[string]int{} // 1 for each of the two
	once := map[string]bool{}
	for _, name := range names {
		dir, base := path.Split(name)
		if (base == ManifestName || base == SumsName) && !once[name] {
			once[name] = true
			guards[dir]++
		}
	}
	if len(guards) == 0 || guards[""] > 0 || slices.Contains(names, "README.txt") {
		return ""
	}
	// The one with both, or else the upper one: a site may have a manifest.json.
	dirs := slices.SortedFunc(maps.Keys(guards), func(a, b string) int {
		return cmp.Or(guards[b]-guards[a], depth(a)-depth(b), strings.Compare(a, b))
	})
	first := dirs[0]
	if len(dirs) > 1 && guards[dirs[1]] == guards[first] && depth(dirs[1]) == depth(first) {
		return "" // several packs
	}
	if guards[first] < 2 && beside(names, first) != nil {
		return ""
	}
	return first
}

func depth(dir string) int { return strings.Count(dir, "/") }

// beside returns the names that are not in a folder.
func beside(names []string, dir string) (list []string) {
	for _, name := range names {
		if !strings.HasPrefix(name, dir) {
			list = append(list, name)
		}
	}
	return list
}

// sayAround reports that a pack lies in a folder, and what lies beside it.
func (r *Report) sayAround(where, dir string, beside []string, advice string) {
	dir = strings.TrimSuffix(dir, "/")
	if len(beside) == 0 {
		r.say(Layout, where, "has everything in the folder %q: %s. What else is told is about the files in it", dir, advice)
		return
	}
	r.say(Added, where, "has the pack in the folder %q and %s beside it, such as %q: %s. What else is told is about the files in the folder", dir, some(len(beside), "file"), beside[0], advice)
}

// some is a number of things in words.
func some(n int, thing string) string {
	if n == 1 {
		return "1 " + thing
	}
	return fmt.Sprintf("%d %ss", n, thing)
}

// macFolder is where a Mac puts what it knows of files that it zips.
const macFolder = "__MACOSX/"

// gather finds where in the archive the pack is. Programs add entries for folders,
// and a Mac a folder of its own: each is one thing to tell, however many there
// are, and is set aside.
func (v *verifier) gather() {
	v.found = slices.DeleteFunc(v.found, func(f found) bool {
		if f.folder && f.own == "" {
			v.folders = append(v.folders, f.name)
			return true
		}
		return false
	})
	if n := len(v.folders); n > 0 {
		v.report.say(Layout, TheArchive, "has entries for folders (%d, such as %q), and a pack lists files alone", n, v.folders[0])
	}
	var names []string
	mac := 0
	for i := range v.found {
		f := &v.found[i]
		if f.beside = strings.HasPrefix(f.name, macFolder); f.beside {
			mac++
		} else if !f.nameless {
			names = append(names, f.name)
		}
	}
	if mac > 0 {
		v.report.say(Added, TheArchive, "has %s in the folder __MACOSX, which a Mac adds when it zips; no part of the pack", some(mac, "file"))
	}
	dir := around(names)
	if dir == "" {
		return
	}
	v.report.sayAround(TheArchive, dir, beside(names, dir), "the folder around the pack was zipped anew")
	for i := range v.found {
		f := &v.found[i]
		if f.nameless {
			continue
		}
		name, inside := strings.CutPrefix(f.name, dir)
		f.name, f.own = name, strings.TrimPrefix(f.own, dir)
		f.beside = f.beside || !inside
	}
	for i, name := range v.folders {
		v.folders[i] = cmp.Or(strings.TrimPrefix(name, dir), name)
	}
}
