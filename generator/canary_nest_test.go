package generator_test

import (
	"crypto/sha256"
	"fmt"
	"os"
	"os/exec"
	"path/filepath"
	"regexp"
	"slices"
	"strings"
	"testing"
	"testing/fstest"

	"golang.org/x/tools/txtar"

	"annex/generator/aims"
	"annex/generator/sample"
)

// canary is a word that stands in one place of the canary workspace.
type canary struct {
	word  string
	level level
	in    string // the line that it stands in
	part  string // what of the level it belongs to: text, evidence, other, hidden, never, name
	file  string // of the template that it stands in
}

// level is one part of the canary workspace, of one class, with what it takes to
// see it beside the ceiling.
type level struct {
	name, class string
	draft       bool // its document is not approved
	apart       bool // it is all of an AI system project that no audience chooses
}

func levels() []level {
	return []level{
		{name: "p", class: "public"},
		{name: "i", class: "internal"},
		{name: "c", class: "confidential"},
		{name: "r", class: "restricted"},
		{name: "d", class: "public", draft: true},
		{name: "o", class: "public", apart: true},
	}
}

// nest makes the canary workspace.
type nest struct {
	files    fstest.MapFS
	canaries []canary
	file     string
}

// word makes a canary. It is a word of an id, a file name and a text alike.
func (n *nest) word(l level, part, in string) string {
	w := fmt.Sprintf("zq%s%03dx", l.name, len(n.canaries))
	n.canaries = append(n.canaries, canary{w, l, in, part, n.file})
	return w
}

var placeholder = regexp.MustCompile(`\$([a-z]+)(\(([a-z]+)\))?`)

// lay lays out one level. Names of files and folders are canaries that pages need
// not show, but must not where the level is withheld.
func (n *nest) lay(t *testing.T, archive *txtar.Archive, number int) {
	l := levels()[number]
	up := levels()[min(number+1, 3)]
	if l.draft || l.apart {
		up = levels()[3]
	}
	names := map[string]string{}
	fill := func(text, in string) string {
		return placeholder.ReplaceAllStringFunc(text, func(p string) string {
			m := placeholder.FindStringSubmatch(p)
			switch m[1] {
			case "class":
				return l.class
			case "id":
				return n.name(l, m[3])
			case "up":
				return n.name(up, m[3])
			case "draft", "apart":
				return n.name(levels()[map[string]int{"draft": 4, "apart": 5}[m[1]]], m[3])
			case "draftpath":
				return "../" + n.name(levels()[4], "folder") + "/" + n.name(levels()[4], "docfile") + ".md"
			case "all":
				var list []string
				for _, x := range levels() {
					if m[3] != "evidence" || x == l || x == up {
						list = append(list, fmt.Sprintf("%q", n.name(x, m[3])))
					}
				}
				return "[" + strings.Join(list, ", ") + "]"
			case "requirement":
				return fmt.Sprintf("A.%d", number+2)
			case "number":
				return fmt.Sprint(number + 1)
			case "day":
				return fmt.Sprintf("%02d", number+10)
			case "digits":
				w := fmt.Sprint(7130007 + 10*len(n.canaries))
				n.canaries = append(n.canaries, canary{w, l, in, "text", n.file})
				return w
			case "folder", "docfile", "filename", "sysdir":
				return n.name(l, m[1])
			case "asset":
				return n.name(l, m[1]) + ".txt"
			case "uppath":
				return "../" + n.name(up, "folder") + "/" + n.name(up, "docfile") + ".md"
			case "upevidence":
				return "../evidence/" + n.name(up, "filename") + ".txt"
			case "heading":
				return names["heading"]
			case "text", "hidden", "other", "evidence", "never":
				w := n.word(l, m[1], in)
				names[m[1]] = w
				return w
			}
			t.Fatalf("no placeholder %s", p)
			return ""
		})
	}
	for _, f := range archive.Files {
		n.file = f.Name
		to := fill(f.Name, "")
		if l.apart && strings.HasPrefix(to, "org/") {
			to = "systems/" + n.name(l, "sysdir") + strings.TrimPrefix(to, "org")
		}
		var b strings.Builder
		for line := range strings.Lines(string(f.Data)) {
			if l.draft {
				line = strings.Replace(line, `status = "approved"`, `status = "draft"`, 1)
			}
			out := fill(line, strings.TrimSpace(line))
			if strings.HasPrefix(line, "## About") {
				names["heading"] = names["text"]
			}
			b.WriteString(out)
		}
		text := b.String()
		if l.apart { // paths to the organization are longer from there
			text = strings.ReplaceAll(text, "(../"+n.name(up, "folder"), "(../../../org/"+n.name(up, "folder"))
			text = strings.ReplaceAll(text, "(../"+n.name(levels()[4], "folder"), "(../../../org/"+n.name(levels()[4], "folder"))
			text = strings.ReplaceAll(text, "(../evidence/"+n.name(up, "filename"), "(../../../org/evidence/"+n.name(up, "filename"))
		}
		n.files[to] = &fstest.MapFile{Data: []byte(text)}
		if strings.HasPrefix(f.Name, "org/evidence/") {
			n.canaries = append(n.canaries, canary{fmt.Sprintf("%x", sha256.Sum256([]byte(text))), l, "digest", "text", f.Name})
		}
	}
	n.file = ""
}

// name returns the id of a kind of record at a level, or the name of a file.
func (n *nest) name(l level, kind string) string {
	in := "id of " + kind
	for _, c := range n.canaries {
		if c.level == l && c.in == in {
			return c.word
		}
	}
	if kind == "project" { // an AI system project has the id of its system
		return n.name(l, "system")
	}
	part := "name"
	if kind == "document" || kind == "control" || kind == "evidence" || kind == "risk" || kind == "system" {
		part = "text"
	}
	return n.word(l, part, in)
}

// hatch makes the whole workspace.
func hatch(t *testing.T) *nest {
	t.Helper()
	archive, err := txtar.ParseFile(filepath.Join("testdata", "canaries.txtar"))
	if err != nil {
		t.Fatal(err)
	}
	n := &nest{files: fstest.MapFS{}}
	for i := range levels() {
		n.lay(t, archive, i)
	}
	public := levels()[0]
	standard := func(id, controls string, count int, other string) {
		text := fmt.Sprintf("id = %q\ntitle = \"Standard %s\"\nversion = \"1\"\nkind = \"standard\"\nreference = \"Annex\"\n[[requirement]]\nref = \"4.1\"\nkind = \"clause\"\ntitle = \"Begin %s\"\nasks = \"Begin.\"\n[[requirement]]\nref = %q\nkind = \"area\"\ntitle = \"Area\"\nasks = \"All.\"\n", id, id, n.word(public, other, "title of a clause of "+id), controls)
		for i := range count {
			text += fmt.Sprintf("[[requirement]]\nref = \"%s.%d\"\nkind = \"control\"\nparent = %q\ntitle = \"Control %s\"\nasks = \"Do %s.\"\n", controls, i+1, controls,
				n.word(public, other, "title of a requirement of "+id), n.word(public, other, "what a requirement of "+id+" asks"))
		}
		n.files["frameworks/"+id+".toml"] = &fstest.MapFile{Data: []byte(text)}
	}
	standard("std-a", "A", 8, "text")
	standard("std-b", "B", 6, "other")
	n.files["annex.toml"] = &fstest.MapFile{Data: []byte("frameworks = [\"std-a\", \"std-b\"]\n[organization]\nname = \"Canary Ltd\"\n[site]\nclassification = \"internal\"\n" + n.audiences())}
	secret := levels()[2]
	text := func() string { return n.word(secret, "text", "project.toml of the organization") }
	n.files["org/project.toml"] = &fstest.MapFile{Data: fmt.Appendf(nil, `kind = "organization"
id = "org"
title = "Organization %s"
classification = "confidential"
scope = "Scope %s"
[risk_criteria]
accept_up_to = 6
[certification]
body = "Body %s"
stage_1 = 2026-12-01
[[certificate]]
framework = "std-a"
body = "Body %s"
number = "Number %s"
issued_on = 2026-01-01
[[soa]]
framework = "std-a"
version = "1 %s"
status = "approved"
approved_by = "%s"
approved_on = 2026-01-01
scope = "Scope %s"
`, text(), n.word(secret, "name", "scope where the statement has none"), text(), text(), text(), text(), n.name(levels()[3], "role"), text())}
	return n
}

// reader is an audience of the canary workspace.
type reader struct {
	id, ceiling                      string
	drafts, evidence, history, apart bool
	other                            bool // whether std-b goes along
}

func readers() []reader {
	var list []reader
	for _, class := range []string{"public", "internal", "confidential", "restricted"} {
		list = append(list, reader{class, class, false, true, false, true, true})
	}
	return append(list,
		reader{"drafts", "confidential", true, true, false, true, true},
		reader{"no-files", "confidential", false, false, false, true, true},
		reader{"history", "internal", true, true, true, true, true},
		reader{"chosen", "restricted", true, true, true, false, false},
	)
}

func (n *nest) audiences() string {
	var b strings.Builder
	for _, r := range readers() {
		fmt.Fprintf(&b, "[[audience]]\nid = %q\ntitle = \"Reader %s\"\nceiling = %q\nevidence = %v\ndrafts = %v\nhistory = %v\nwatermark = \"Watermark of %s\"\n", r.id, r.id, r.ceiling, r.evidence, r.drafts, r.history, r.id)
		if !r.other {
			b.WriteString("frameworks = [\"std-a\"]\n")
		}
		if !r.apart {
			var list []string
			for _, l := range levels() {
				if !l.apart {
					list = append(list, fmt.Sprintf("%q", n.name(l, "system")))
				}
			}
			b.WriteString("projects = [" + strings.Join(list, ", ") + "]\n")
		}
	}
	return b.String()
}

// may reports whether a reader may see a canary.
func (r reader) may(c canary) bool {
	ceiling := aims.Classification(r.ceiling)
	switch {
	case aims.Classification(c.level.class).Above(ceiling), c.level.apart && !r.apart:
		return false
	case c.part == "other" && !r.other, c.part == "evidence" && !r.evidence, c.part == "never":
		return false
	case c.part == "hidden" && (c.level.draft || c.level.apart || c.level.name != "r" && above(c.level).Above(ceiling)):
		return ceiling == aims.Restricted
	case c.level.draft && c.draft():
		return r.drafts
	}
	return true
}

// must reports whether a reader must see a canary that the full site shows.
func (r reader) must(c canary) bool {
	file := c.in == "id of filename" || c.in == "id of asset"
	return r.may(c) && c.part != "name" && c.part != "hidden" && !file
}

// above is the class of the level that a level refers to.
func above(l level) aims.Classification {
	all := aims.Classifications()
	return all[min(slices.Index(all, aims.Classification(l.class))+1, len(all)-1)]
}

// draft reports whether a canary of the level of drafts is of its document.
func (c canary) draft() bool {
	if kind, ok := strings.CutPrefix(c.in, "id of "); ok {
		return kind == "document" || kind == "docfile"
	}
	return strings.HasSuffix(c.file, "$docfile.md")
}

// keep lays the workspace out in a git repository: a first commit with other
// words in each title, and one with the words of today, both by people whose
// names are canaries.
func (n *nest) keep(t *testing.T) string {
	t.Helper()
	dir := sample.Lay(t, n.files)
	if _, err := exec.LookPath("git"); err != nil {
		t.Skip("there is no git")
	}
	public := levels()[0]
	never := func(in string) string { return n.word(public, "never", in) }
	commit := func(day string) {
		sample.Git(t, dir, "", "add", "-A")
		sample.Git(t, dir, day+"T12:00:00Z", "-c", "user.name="+never("author"), "-c", "user.email="+never("address")+"@example.org", "commit", "-q", "-m", "message "+never("message"))
	}
	sample.Git(t, dir, "", "init", "-q")
	title := regexp.MustCompile(`(?m)^title = "(Role|Control|Risk|Document|Evidence) (zq\w+)"$`)
	for name, f := range n.files {
		text := title.ReplaceAllStringFunc(string(f.Data), func(line string) string {
			return strings.TrimSuffix(line, `"`) + " " + never("old title") + `"`
		})
		if err := os.WriteFile(filepath.Join(dir, name), []byte(text), 0o644); err != nil {
			t.Fatal(err)
		}
	}
	commit("2026-06-30")
	for name, f := range n.files {
		if err := os.WriteFile(filepath.Join(dir, name), f.Data, 0o644); err != nil {
			t.Fatal(err)
		}
	}
	commit("2026-11-20")
	return dir
}
