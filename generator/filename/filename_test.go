package filename

import (
	"strings"
	"testing"
)

func TestNamesThatCannotBeEverywhere(t *testing.T) {
	for _, c := range []struct{ name, why string }{
		{"plan.md", ""},
		{"Prüfung 2026 (endgültig).pdf", ""},
		{"計画.txt", ""},
		{".gitignore", ""},
		{"console.txt", ""},
		{"com.txt", ""},
		{"com10", ""},
		{"lpt1x", ""},
		{"company", ""},
		{"a:b", "has a sign that Windows does not allow"},
		{`a\b`, "has a sign that Windows does not allow"},
		{"a?", "has a sign that Windows does not allow"},
		{"a\x00", "has a sign that Windows does not allow"},
		{"a\nb", "has a sign that Windows does not allow"},
		{"a\x7fb", "has a sign that Windows does not allow"},
		{"a\u0085b", "has a sign that Windows does not allow"},
		{"report\u202Efdp.exe", "has an invisible sign that shows letters in another order"},
		{"a\xff", "is not UTF-8"},
		{"a.", "ends in a dot or a space, which Windows drops"},
		{"a ", "ends in a dot or a space, which Windows drops"},
		{"con", "is reserved on Windows"},
		{"NUL.tar.gz", "is reserved on Windows"},
		{"aux .txt", "is reserved on Windows"},
		{"COM1", "is reserved on Windows"},
		{"lpt9.log", "is reserved on Windows"},
		{"com².txt", "is reserved on Windows"},
		{"CONIN$", "is reserved on Windows"},
		{strings.Repeat("計", 85), ""},
		{strings.Repeat("計", 86), "is 3 bytes too long for most systems"},
	} {
		if got := Wrong(c.name); got != c.why {
			t.Errorf("%q %s, want %q", c.name, got, c.why)
		}
	}
}

func TestPathsThatCannotBeEverywhere(t *testing.T) {
	long := strings.Repeat("a", 100) + "/" + strings.Repeat("b", 79)
	for _, c := range []struct{ folder, name, why string }{
		{"", "site/index.html", ""},
		{"", "", "is empty"},
		{"", "/etc/passwd", "begins with a slash: it has to count from the folder"},
		{"", "../up", `has a part "..", which leads elsewhere`},
		{"", "a/./b", `has a part ".", which leads elsewhere`},
		{"", "a//b", "has an empty part: a slash at the end, or two in a row"},
		{"", "a/", "has an empty part: a slash at the end, or two in a row"},
		{"", "a/nul/b", `has a part "nul" that is reserved on Windows`},
		{"", "C:/x", `has a part "C:" that has a sign that Windows does not allow`},
		{"", "e\u0301.txt", "has accents as signs of their own (it is not in the form NFC)"},
		{"", "é.txt", ""},
		{"", strings.Repeat("a/", 31) + "b", ""},
		{"", strings.Repeat("a/", 32) + "b", "is too deep: it has 33 names in one another, and 32 are safe"},
		{"", long, ""},
		{"stage-1", long, "is too long for Windows: with the folder it has 188 characters, 8 more than the 180 that are safe"},
		{"", strings.Repeat("😀", 60) + "/" + strings.Repeat("😀", 30), "is too long for Windows: with the folder it has 181 characters, 1 more than the 180 that are safe"},
	} {
		if got := WrongPath(c.folder, c.name); got != c.why {
			t.Errorf("%q in %q %s, want %q", c.name, c.folder, got, c.why)
		}
	}
}

func TestPathsThatAreTooLongOrTooDeepDoNotFit(t *testing.T) {
	for name, want := range map[string]bool{
		"a.txt": true, "../a\xff": true, strings.Repeat("a/", 31) + "b": true, strings.Repeat("a/", 32) + "b": false,
		strings.Repeat("計", 180): true, strings.Repeat("計", 181): false, strings.Repeat("😀", 91): false,
	} {
		if Fits(name) != want {
			t.Errorf("%q fits: %t", name, !want)
		}
	}
}

func TestPathsThatAreOneFileSomewhere(t *testing.T) {
	for _, c := range []struct{ first, second, why string }{
		{"a.txt", "b.txt", ""},
		{"a/b", "a/c", ""},
		{"a/b/c", "a/b/d", ""},
		{"a.txt", "a.txt", `"a.txt" is there twice`},
		{"a.txt", "A.txt", `"a.txt" and "A.txt" are one file on many systems`},
		{"é.txt", "e\u0301.TXT", "are one file on many systems"},
		{"straße", "STRASSE", "are one file on many systems"},
		{"\u212Aelvin", "kelvin", "are one file on many systems"},
		{"a/b", "A/c", `the folders "a" and "A" are one folder on many systems`},
		{"x/a/b", "x/A/c", `the folders "x/a" and "x/A" are one folder`},
		{"a", "a/b", `"a" is a file, and a folder "a" is there too`},
		{"a/b/c", "A", `"A" is a file, and a folder "a" is there too`},
		{"a", "A/b/c", `"a" is a file, and a folder "A" is there too`},
	} {
		var s Set
		if why := s.Add(c.first); why != "" {
			t.Errorf("%q alone: %s", c.first, why)
		}
		got := s.Add(c.second)
		if c.why == "" && got != "" || !strings.Contains(got, c.why) {
			t.Errorf("%q after %q: %q", c.second, c.first, got)
		}
		if !s.Has(c.first) || s.Has(c.second) != (got == "" || c.first == c.second) {
			t.Errorf("%q and %q: the set does not know what it has", c.first, c.second)
		}
	}
}

func TestFilesThatSystemsLeaveAreLitter(t *testing.T) {
	for name, want := range map[string]bool{".DS_Store": true, "a/Thumbs.db": true, "a/desktop.ini": true, "a.txt": false, "DS_Store": false} {
		if Litter(name) != want {
			t.Errorf("%s: %t", name, !want)
		}
	}
}
