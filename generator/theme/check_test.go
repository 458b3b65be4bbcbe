package theme_test

import (
	"strings"
	"testing"
	"testing/fstest"

	"annex/generator/theme"
)

func check(t *testing.T, own fstest.MapFS) string {
	t.Helper()
	list, err := open(t, own).Check(funcs())
	if err != nil {
		t.Fatal(err)
	}
	return lines(list)
}

func TestAThemeThatIsRightHasNothingToSay(t *testing.T) {
	got := check(t, files(
		"templates/controls.html", "\ufeff<h1>{{.Title}}</h1>{{template \"mine\" .}}",
		"templates/own.html", `{{define "mine"}}<p>{{.Title}}</p>{{end}}`,
		"templates/_old.html", "{{broken", "templates/.#controls.html", "{{broken",
		"styles/base.css", "p{}", "scripts/own.js", "var x", "lang/fr.json", "\ufeff{}", "_notes.txt", "x",
	))
	if got != "" {
		t.Errorf("got %s", got)
	}
}

func TestFilesOfAThemeAreLookedAt(t *testing.T) {
	for name, test := range map[string]struct{ file, text, want string }{
		"comma missing":   {"lang/fr.json", "{\n \"A\": \"b\"\n \"C\": \"d\"}", "theme/lang/fr.json:3:2 AX1104: a comma is missing before this"},
		"comma too many":  {"lang/fr.json", "{\"A\": \"é\",\n}", "theme/lang/fr.json:2:1 AX1104: a comma stands after the last text"},
		"colon missing":   {"lang/fr.json", `{"é" "b"}`, "theme/lang/fr.json:1:6 AX1104: a colon is missing"},
		"ends early":      {"lang/fr.json", "{\"A\": \"b\"\n", "theme/lang/fr.json:1:10 AX1104: the file ends in the middle"},
		"empty":           {"lang/fr.json", "", "theme/lang/fr.json:1:1 AX1104: the file ends in the middle"},
		"more after it":   {"lang/fr.json", "{}\nx", "theme/lang/fr.json:2:1 AX1104: something stands after the last brace"},
		"a list":          {"lang/fr.json", "[1]", "theme/lang/fr.json:1:1 AX1104: the file holds a list where an object with texts belongs"},
		"a number":        {"lang/fr.json", `{"A": 1234}`, "theme/lang/fr.json:1:7 AX1104: a number stands where a text belongs"},
		"true":            {"lang/fr.json", `{"A":true}`, "theme/lang/fr.json:1:6 AX1104: true or false stands where a text belongs"},
		"a list within":   {"lang/fr.json", `{"A": ["b"]}`, "theme/lang/fr.json:1:7 AX1104: a list stands where a text belongs"},
		"line in a text":  {"lang/fr.json", "{\"A\": \"b\nc\"}", "theme/lang/fr.json:1:9 AX1104: a text goes over the end of its line"},
		"other folder":    {"images/a.png", "x", "theme/images/a.png:1:1 AX1106: nothing uses this file"},
		"deeper":          {"templates/a/b.html", "x", "theme/templates/a/b.html:1:1 AX1106: nothing uses this file: a theme has no such place | move it directly into theme/templates"},
		"unknown page":    {"templates/risk.html", "x", "theme/templates/risk.html:1:1 AX1105: no page uses this template | did you mean risks.html?"},
		"unknown part":    {"templates/risks.html", "x\n{{define \"pagr\"}}{{end}}", `theme/templates/risks.html:2:1 AX1105: nothing calls the template "pagr" | did you mean pager?`},
		"large":           {"templates/risks.html", strings.Repeat("x", 513<<10), "theme/templates/risks.html:1:1 AX1107: the file has 513 KB"},
		"template, bytes": {"templates/risks.html", "é\nab\xff", "theme/templates/risks.html:2:3 AX0105: the file is not UTF-8"},
		"style, bytes":    {"styles/own.css", "\xff", "theme/styles/own.css:1:1 AX0105: the file is not UTF-8"},
		"script, bytes":   {"scripts/own.js", "a\xff", "theme/scripts/own.js:1:2 AX0105: the file is not UTF-8"},
	} {
		t.Run(name, func(t *testing.T) {
			if got := check(t, files(test.file, test.text)); !strings.HasPrefix(got, test.want) || strings.Contains(got, "\n") {
				t.Errorf("got  %s\nwant %s", got, test.want)
			}
		})
	}
}

func TestEveryFileThatCannotBeReadIsReported(t *testing.T) {
	got := check(t, files("templates/risks.html", "{{a}}", "templates/controls.html", "{{b}}"))
	if !strings.HasPrefix(got, "theme/templates/controls.html") || !strings.Contains(got, "\ntheme/templates/risks.html") {
		t.Errorf("got %s", got)
	}
}

func TestAPartOfTheWorkspaceWinsWhateverTheNameOfItsFile(t *testing.T) {
	set, err := open(t, files("templates/aaa.html", `{{define "pager"}}mine{{end}}`)).Parse(funcs())
	if err != nil {
		t.Fatal(err)
	}
	var b strings.Builder
	if err := set.Set().ExecuteTemplate(&b, "controls.html", sample()); err != nil || !strings.Contains(b.String(), "mine") {
		t.Errorf("%v %s", err, b.String())
	}
}

func TestThePagesThatASiteDoesNotHaveAreTriedAlone(t *testing.T) {
	set, err := open(t, files("templates/risks.html", "\n<p class=\"", "templates/controls.html", "<p>{{.Foo}}")).Parse(funcs())
	if err != nil {
		t.Fatal(err)
	}
	want := "theme/templates/risks.html:2:1 AX1103"
	if got := lines(set.Untried([]string{"head.html"})); !strings.HasPrefix(got, want) || strings.Contains(got, "\n") {
		t.Errorf("got %s", got)
	}
}

func TestTextsOfALanguage(t *testing.T) {
	look := open(t, files("lang/fr.json", `{"Controls":"Mesures"}`))
	for language, want := range map[string]string{"de": "Kontrollen", "fr": "Mesures", "it": "", "../de": ""} {
		texts, err := look.Texts(language)
		if err != nil || texts["Controls"] != want {
			t.Errorf("%s: %q, %v", language, texts["Controls"], err)
		}
	}
	_, err := open(t, files("lang/fr.json", `{`)).Texts("fr")
	if len(theme.Mistakes(err)) != 1 || !strings.HasPrefix(err.Error(), "theme/lang/fr.json:1:2: ") {
		t.Errorf("got %v", err)
	}
}
