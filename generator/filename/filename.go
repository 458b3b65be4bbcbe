// Package filename says which names of files can stand on every system, and which
// two are one file on some.
//
//	filename.Wrong("con.txt")                        // is reserved on Windows
//	filename.Key("Plan.md") == names.Key("plan.md")  // true: one file on Windows and on macOS
//
// Sites, packs and the loader share its rules. They are those that Microsoft
// gives under "Naming Files, Paths, and Namespaces", and that a Mac compares
// names without regard to case and to the form of accents.
package filename

import (
	"fmt"
	"path"
	"slices"
	"strings"
	"unicode"
	"unicode/utf8"

	"golang.org/x/text/cases"
	"golang.org/x/text/unicode/norm"
)

// Longest is how many characters a path may have, counted as Windows does, the
// folder that it is unpacked into included. Windows ends at 260, and the rest is
// for where the user keeps the folder.
const Longest = 180

// Deepest is how many names one path may have: more folders in one another are no
// order of people, and lists of the folders of many such paths fill memory.
const Deepest = 32

// longestPart is how many bytes most systems give to one name.
const longestPart = 255

// Wrong returns what is wrong with the name of a file or folder, as the rest of a
// sentence, or nothing.
func Wrong(name string) string {
	// Windows looks at what is before the first dot and the spaces before it.
	stem, _, _ := strings.Cut(strings.ToLower(name), ".")
	stem = strings.TrimRight(stem, " ")
	device := strings.TrimRight(stem, "0123456789¹²³")
	switch {
	case strings.ContainsAny(name, `<>:"/\|?*`) || strings.ContainsFunc(name, unicode.IsControl):
		return "has a sign that Windows does not allow"
	case strings.ContainsFunc(name, func(r rune) bool { return unicode.Is(unicode.Bidi_Control, r) }):
		return "has an invisible sign that shows letters in another order"
	case !utf8.ValidString(name):
		return "is not UTF-8"
	case strings.HasSuffix(name, ".") || strings.HasSuffix(name, " "):
		return "ends in a dot or a space, which Windows drops"
	case slices.Contains([]string{"con", "prn", "aux", "nul", "conin$", "conout$"}, stem),
		(device == "com" || device == "lpt") && utf8.RuneCountInString(stem) == 4:
		return "is reserved on Windows"
	case len(name) > longestPart:
		return fmt.Sprintf("is %d bytes too long for most systems", len(name)-longestPart)
	}
	return ""
}

// WrongPath returns what is wrong with a path below a folder of a given name, as
// the rest of a sentence, or nothing. The path has slashes. The folder counts for
// the length alone, and may be empty.
func WrongPath(folder, name string) string {
	switch {
	case name == "":
		return "is empty"
	case strings.HasPrefix(name, "/"):
		return "begins with a slash: it has to count from the folder"
	case !utf8.ValidString(name):
		return "is not UTF-8"
	case !norm.NFC.IsNormalString(name):
		return "has accents as signs of their own (it is not in the form NFC)"
	}
	for part := range strings.SplitSeq(name, "/") {
		switch part {
		case "":
			return "has an empty part: a slash at the end, or two in a row"
		case ".", "..":
			return fmt.Sprintf("has a part %q, which leads elsewhere", part)
		}
		if why := Wrong(part); why != "" && part == name {
			return why
		} else if why != "" {
			return fmt.Sprintf("has a part %q that %s", part, why)
		}
	}
	long := length(name)
	if folder != "" {
		long += length(folder) + 1
	}
	if long > Longest {
		return fmt.Sprintf("is too long for Windows: with the folder it has %d characters, %d more than the %d that are safe", long, long-Longest, Longest)
	}
	if n := strings.Count(name, "/") + 1; n > Deepest {
		return fmt.Sprintf("is too deep: it has %d names in one another, and %d are safe", n, Deepest)
	}
	return ""
}

// Fits reports whether a path is neither too long nor too deep, whatever else is
// wrong with it.
func Fits(name string) bool {
	return len(name) <= 4*Longest && length(name) <= Longest && strings.Count(name, "/") < Deepest
}

// length counts the characters of a name as Windows does, in units of UTF-16.
func length(name string) int {
	n := 0
	for _, r := range name {
		n++
		if r > 0xffff {
			n++
		}
	}
	return n
}

// Key returns what two paths have in common that are one file on some systems.
func Key(name string) string {
	plain := true
	for i := 0; i < len(name) && plain; i++ {
		plain = name[i] < utf8.RuneSelf
	}
	if plain {
		return strings.ToLower(name)
	}
	return norm.NFC.String(cases.Fold().String(norm.NFD.String(name)))
}

// Litter reports whether a file is one that a system leaves in folders that
// somebody looked at. Nobody works in it.
func Litter(name string) bool {
	return slices.Contains([]string{".DS_Store", "Thumbs.db", "desktop.ini"}, path.Base(name))
}
