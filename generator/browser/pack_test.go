package browser_test

import (
	"io/fs"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"testing/fstest"

	"annex/content"
	"annex/generator"
	"annex/generator/aims"
	"annex/generator/render"
	"annex/generator/sample"
)

// unpacked lays out a pack, with the files that others put beside its pages.
func unpacked(t *testing.T, workspace fs.FS, audience string) string {
	t.Helper()
	out := filepath.Join(t.TempDir(), "pack")
	result, err := generator.Unpacked(t.Context(), generator.Options{
		Dir: sample.Lay(t, workspace), Output: out, AsOf: aims.NewDate(2026, 11, 24), Version: "test", Audience: audience,
		Pack: &render.Pack{Exports: []string{"exports/soa-iso-42001.pdf"}},
	})
	if err != nil || !result.Written {
		t.Fatalf("%v %+v", err, result.Diagnostics)
	}
	if !result.Charts {
		t.Skip("the scripts are not there; run: go generate ./themes")
	}
	sample.Put(t, out, fstest.MapFS{"README.txt": {}, "MANIFEST.sha256": {}, "exports/soa-iso-42001.pdf": {}})
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
