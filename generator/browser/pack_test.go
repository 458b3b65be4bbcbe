package browser_test

import (
	"archive/zip"
	"bytes"
	"io/fs"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"annex/content"
	"annex/generator"
	"annex/generator/aims"
	"annex/generator/sample"
)

// unpacked makes the pack of a workspace and unpacks it. Without an audience it is
// for one that may see everything.
func unpacked(t *testing.T, workspace fs.FS, audience string) string {
	t.Helper()
	dir := sample.Lay(t, workspace)
	if audience == "" {
		audience = "may-see-all"
		sample.Append(t, filepath.Join(dir, "annex.toml"), "\n[[audience]]\nid = \"may-see-all\"\nceiling = \"restricted\"\ndrafts = true\n")
	}
	var b bytes.Buffer
	o := generator.Options{Dir: dir, AsOf: aims.NewDate(2026, 11, 24), Version: "test", Audience: audience}
	result, err := generator.MakePack(t.Context(), o, generator.PackWish{NoPDF: true, Prefix: "pack"}, func(p *generator.Pack) error {
		_, err := p.Write(t.Context(), &b)
		return err
	})
	if err != nil {
		t.Fatal(err)
	}
	if !result.Charts {
		t.Skip("the scripts are not there; run: go generate ./themes")
	}
	z, err := zip.NewReader(bytes.NewReader(b.Bytes()), int64(b.Len()))
	if err != nil {
		t.Fatal(err)
	}
	out := filepath.Join(t.TempDir(), "pack")
	sample.Put(t, out, z)
	return out
}

// TestPagesOfAPackInABrowser opens the pages that only a pack has, as
// [TestPagesInABrowser] does. Axe takes more than a minute for everything that the
// example prints, so it looks at what a workspace prints that has just begun.
func TestPagesOfAPackInABrowser(t *testing.T) {
	t.Parallel()
	browser := chromium(t)
	axe, err := os.ReadFile("../../themes/node_modules/axe-core/axe.min.js")
	if err != nil {
		t.Skip("axe is not there; run: go generate ./themes")
	}
	example, begun := unpacked(t, content.Example(), "certifier"), unpacked(t, content.Empty(), "")
	for name, pack := range map[string]string{"index.html": example, "site/sampling.html": example, "site/print.html": begun} {
		t.Run(name, func(t *testing.T) {
			tab := open(t, browser)
			tab.visit(filepath.Join(pack, filepath.FromSlash(name)))
			tab.check(string(axe), "pack_"+strings.NewReplacer("/", "_", ".html", "").Replace(name))
		})
	}
}
