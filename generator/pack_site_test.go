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

	"annex/content"
	"annex/generator"
	"annex/generator/sample"
)

// unpackedFor makes a pack and unpacks it. Without an audience it is for one that
// may see everything.
func unpackedFor(t *testing.T, dir, audience string) string {
	t.Helper()
	if audience == "" {
		audience = "may-see-all"
		sample.Append(t, filepath.Join(dir, "annex.toml"), "\n[[audience]]\nid = \"may-see-all\"\nceiling = \"restricted\"\ndrafts = true\n")
	}
	return unzipped(t, packed(t, dir, audience, generator.PackWish{NoPDF: true, Prefix: "pack"}))
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
			s := parsedSite(t, unpackedFor(t, sample.Lay(t, c.workspace), c.audience))
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
	out := os.DirFS(unpackedFor(t, sample.Lay(t, content.Example()), ""))
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
