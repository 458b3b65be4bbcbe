package main

import (
	"bytes"
	"flag"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"golang.org/x/tools/txtar"

	"annex/generator"
	"annex/generator/aims"
	"annex/generator/diag"
)

var update = flag.Bool("update", false, "write what came out into the test files")

// base is the smallest workspace; the files of a case are laid over it.
func base() map[string]string {
	return map[string]string{
		"annex.toml":                "frameworks = [\"iso-42001\"]\n\n[organization]\nname = \"Test\"\n",
		"organization/project.toml": "kind = \"organization\"\nid = \"organization\"\ntitle = \"Test\"\n\n[risk_criteria]\naccept_up_to = 6\n",
		"organization/roles.toml":   "[[role]]\nid = \"ceo\"\ntitle = \"CEO\"\n",
	}
}

// layOut writes the workspace of a case. A file that holds one of a few words
// stands for contents that a text archive cannot hold.
func layOut(t *testing.T, files []txtar.File) string {
	t.Helper()
	all := base()
	for _, f := range files {
		if f.Name != "want" {
			all[f.Name] = string(f.Data)
		}
	}
	dir := t.TempDir()
	for name, text := range all {
		name = filepath.Join(dir, filepath.FromSlash(name))
		if err := os.MkdirAll(filepath.Dir(name), 0o755); err != nil {
			t.Fatal(err)
		}
		front := "+++\nid = \"policy\"\ntitle = \"Policy\"\n+++\n"
		switch {
		case text == "LARGE\n":
			text = strings.Repeat("x", 600<<10)
		case text == "LATIN1\n":
			text = front + "Caf\xe9\n"
		case strings.HasSuffix(text, "WIDE\n"):
			text = front + strings.Repeat("words and more words ", 1000) + "\n"
		case text == "SYMLINK\n":
			if err := os.Symlink("/etc/hostname", name); err != nil {
				t.Fatal(err)
			}
			continue
		}
		if err := os.WriteFile(name, []byte(text), 0o644); err != nil {
			t.Fatal(err)
		}
	}
	return dir
}

// TestEveryCodeHasACase pins the text of every diagnostic: the first two that
// a case provokes of its code, as the terminal shows them. Rewrite with -update.
func TestEveryCodeHasACase(t *testing.T) {
	asOf := aims.NewDate(2026, 11, 24)
	for _, family := range diag.Families() {
		for _, entry := range family.Entries {
			t.Run(string(entry.Code), func(t *testing.T) {
				file := filepath.Join("testdata", "diagnostics", string(entry.Code)+".txtar")
				archive, err := txtar.ParseFile(file)
				if err != nil {
					t.Fatal(err)
				}
				dir := layOut(t, archive.Files)
				result, err := generator.Check(t.Context(), generator.Options{Dir: dir, AsOf: asOf})
				if err != nil {
					t.Fatal(err)
				}
				found := slices.DeleteFunc(result.Diagnostics, func(d diag.Diagnostic) bool { return d.Code != entry.Code })
				if len(found) == 0 {
					t.Fatalf("%s was not found", entry.Code)
				}
				var got bytes.Buffer
				if err := diag.Text(&got, found[:min(2, len(found))], os.DirFS(dir)); err != nil {
					t.Fatal(err)
				}
				compare(t, file, archive, got.Bytes())
			})
		}
	}
}

func compare(t *testing.T, file string, archive *txtar.Archive, got []byte) {
	t.Helper()
	i := slices.IndexFunc(archive.Files, func(f txtar.File) bool { return f.Name == "want" })
	if *update {
		if i < 0 {
			archive.Files = append(archive.Files, txtar.File{Name: "want"})
			i = len(archive.Files) - 1
		}
		archive.Files[i].Data = got
		if err := os.WriteFile(file, txtar.Format(archive), 0o644); err != nil {
			t.Fatal(err)
		}
		return
	}
	if i < 0 {
		t.Fatalf("%s has no -- want --; run with -update", file)
	}
	if !bytes.Equal(got, archive.Files[i].Data) {
		t.Errorf("got\n%s\nwant\n%s", got, archive.Files[i].Data)
	}
}
