package pack

import (
	"strings"
	"testing"
)

// TestReadmeNamesTheFoldersThatAreThere holds that nobody looks for evidence that
// an audience does not get.
func TestReadmeNamesTheFoldersThatAreThere(t *testing.T) {
	start, page, export, records := File{Path: "index.html", Class: Guide}, File{Path: "site/a.html", Class: Site}, File{Path: "exports/a.xlsx", Class: Export}, File{Path: "records/annex.toml", Class: Records}
	list, evidence := File{Path: "evidence/logs/CONTENTS.txt", Class: Evidence}, copied("evidence/logs/scan.png", nil)
	for _, c := range []struct {
		title string
		files []File
		want  string
	}{
		{"all", []File{start, page, export, list, evidence, records}, "index.html site/ exports/ evidence/ records/ manifest.json"},
		{"no evidence", []File{start, page, export, records}, "index.html site/ exports/ records/ manifest.json"},
		{"no exports", []File{start, page, evidence}, "index.html site/ evidence/ manifest.json"},
	} {
		text := Readme(head(), nil, c.files)
		_, text, _ = strings.Cut(text, "program but the browser is needed.\r\n\r\n")
		text, _, _ = strings.Cut(text, "\r\n\r\n")
		var got []string
		for line := range strings.Lines(text) {
			got = append(got, strings.Fields(line)[0])
		}
		if strings.Join(got, " ") != c.want {
			t.Errorf("%s: it names %s", c.title, got)
		}
	}
	if text := Readme(head(), nil, []File{list}); !strings.Contains(text, "its files are not in this pack") {
		t.Error("lists of evidence are taken for evidence")
	}
}

func TestReadmeSaysHowToVerifySignatures(t *testing.T) {
	for _, c := range []struct {
		keys       []Key
		has, hasnt string
	}{
		{nil, "This pack is not signed.", "4. Who sent it."},
		{keys()[:1], "Signed with minisign, key RWQ.", "ssh-keygen"},
		{keys()[1:], "Signed with SSH, key SHA256:abc.", "minisign -V"},
	} {
		text := Readme(head(), c.keys, nil)
		if !strings.Contains(text, c.has) || strings.Contains(text, c.hasnt) || strings.Count(text, "\n") != strings.Count(text, "\r\n") {
			t.Errorf("%v: %s", c.keys, text)
		}
	}
}
