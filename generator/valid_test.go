package generator_test

import (
	"encoding/json"
	"io/fs"
	"os"
	"os/exec"
	"path/filepath"
	"testing"

	"annex/content"
	"annex/generator/sample"
)

// likeEachOther is how many pages of a folder html-validate reads: all of a folder
// are made from one template, two or three at the most.
const likeEachOther = 12

// TestPagesAreValidHTML has html-validate read pages of each folder of the example,
// by its rules for standard HTML and accessibility.
func TestPagesAreValidHTML(t *testing.T) {
	t.Parallel()
	if _, err := os.Stat("../themes/node_modules/html-validate/bin/html-validate.mjs"); err != nil {
		t.Skip("html-validate is not there; run: go generate ./themes")
	}
	dir := t.TempDir()
	site := filepath.Join(dir, "site")
	build(t, sample.Kept(t, content.Example()), site)
	validate(t, site, site)
	pack := unpackedFor(t, sample.Lay(t, content.Example()), "certifier")
	validate(t, pack, filepath.Join(pack, "index.html"), filepath.Join(pack, "site", "sampling.html"), filepath.Join(pack, "site", "print.html"))
}

// validate looks at pages, or at all below a folder.
func validate(t *testing.T, site string, from ...string) {
	t.Helper()
	const validator = "../themes/node_modules/html-validate/bin/html-validate.mjs"
	dir := t.TempDir()
	config := filepath.Join(dir, "config.json")
	if err := os.WriteFile(config, []byte(`{"root": true, "extends": ["html-validate:standard", "html-validate:a11y"]}`), 0o644); err != nil {
		t.Fatal(err)
	}
	args := []string{validator, "--config", config, "--formatter", "json"}
	seen := map[string]int{}
	for _, place := range from {
		err := filepath.WalkDir(place, func(name string, d fs.DirEntry, err error) error {
			if err != nil || filepath.Ext(name) != ".html" {
				return err
			}
			folder := filepath.Dir(name)
			if seen[folder]++; seen[folder] <= likeEachOther || folder == place {
				args = append(args, name)
			}
			return nil
		})
		if err != nil {
			t.Fatal(err)
		}
	}
	out, err := exec.Command("node", args...).Output()
	var report []struct {
		FilePath string
		Messages []struct {
			RuleID, Message string
			Line            int
		}
	}
	if json.Unmarshal(out, &report) != nil {
		t.Fatalf("html-validate: %v\n%s", err, out)
	}
	for _, f := range report {
		for _, m := range f.Messages {
			name, _ := filepath.Rel(site, f.FilePath)
			t.Errorf("%s:%d: %s: %s", name, m.Line, m.RuleID, m.Message)
		}
	}
}
