package generator_test

import (
	"bytes"
	"crypto/sha256"
	"fmt"
	"io/fs"
	"os"
	"path"
	"path/filepath"
	"slices"
	"strings"
	"testing"
	"testing/fstest"

	"annex/content"
	"annex/generator"
	"annex/generator/aims"
	"annex/generator/render"
	"annex/generator/sample"
)

// unpacked lays out what a pack has for its readers, with the files that others
// put beside it.
func unpacked(t *testing.T, dir, audience string) string {
	t.Helper()
	out := filepath.Join(t.TempDir(), "pack")
	result, err := generator.Unpacked(t.Context(), generator.Options{
		Dir: dir, Output: out, AsOf: aims.NewDate(2026, 11, 24), Version: "test", Audience: audience,
		Pack: &render.Pack{Exports: []string{"exports/soa-iso-42001.pdf"}},
	})
	if err != nil || !result.Written {
		t.Fatalf("%v %+v", err, result.Diagnostics)
	}
	sample.Put(t, out, fstest.MapFS{"README.txt": {}, "MANIFEST.sha256": {}, "exports/soa-iso-42001.pdf": {}})
	return out
}

// TestPagesOfAPackHoldTheirPromises looks at every page of a pack as
// [TestPagesHoldTheirPromises] does at those of a site: the start page stands
// above it, and evidence beside it.
func TestPagesOfAPackHoldTheirPromises(t *testing.T) {
	t.Parallel()
	for name, c := range map[string]struct {
		workspace fs.FS
		audience  string
	}{
		"example": {content.Example(), "certifier"}, "starter": {content.Starter(), ""}, "empty": {content.Empty(), ""}, "organizations": {workspaceOf(t, "organizations"), ""},
	} {
		t.Run(name, func(t *testing.T) {
			s := parsedSite(t, unpacked(t, sample.Lay(t, c.workspace), c.audience))
			for _, p := range s.pages {
				s.links(t, p)
				tables(t, p)
				headings(t, p)
				policy(t, p)
				if p.name != "index.html" && !slices.Contains(leads(p)["index.html"], "Start page") && !strings.Contains(p.name, "organizations/") {
					t.Errorf("%s does not lead to the start page", p.name)
				}
			}
		})
	}
}

// TestEvidenceLiesOnceInAPack holds that each file of evidence lies in the folder
// of a control that it shows, with the bytes that the record names, and nowhere
// else.
func TestEvidenceLiesOnceInAPack(t *testing.T) {
	out := os.DirFS(unpacked(t, sample.Lay(t, content.Example()), ""))
	seen := map[[32]byte]string{}
	folders := map[string]bool{}
	err := fs.WalkDir(out, ".", func(name string, d fs.DirEntry, err error) error {
		if err != nil || d.IsDir() {
			return err
		}
		if strings.HasPrefix(name, "site/evidence/") {
			t.Errorf("the site has a copy of its own: %s", name)
		}
		if !strings.HasPrefix(name, "evidence/") {
			return nil
		}
		data, err := fs.ReadFile(out, name)
		if path.Base(name) == "CONTENTS.txt" {
			folders[path.Dir(name)] = true
			return err
		}
		sum := sha256.Sum256(data)
		if seen[sum] != "" {
			t.Errorf("%s and %s are the same file", seen[sum], name)
		}
		seen[sum] = name
		contents, missing := fs.ReadFile(out, path.Dir(name)+"/CONTENTS.txt")
		if missing != nil || !bytes.Contains(contents, []byte("File: "+path.Base(name)+",")) || !bytes.Contains(contents, fmt.Appendf(nil, "%x", sum)) {
			t.Errorf("%s does not stand in the contents of its folder", name)
		}
		return err
	})
	if err != nil {
		t.Fatal(err)
	}
	if len(seen) < 100 || len(folders) < 50 {
		t.Errorf("%d files of evidence in %d folders", len(seen), len(folders))
	}
}
