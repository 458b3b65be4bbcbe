package browser_test

import (
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

// unpacked lays out the example's pack for the certifier, with the files that
// others put beside its pages.
func unpacked(t *testing.T) string {
	t.Helper()
	out := filepath.Join(t.TempDir(), "pack")
	result, err := generator.Unpacked(t.Context(), generator.Options{
		Dir: sample.Lay(t, content.Example()), Output: out, AsOf: aims.NewDate(2026, 11, 24), Version: "test", Audience: "certifier",
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
// [TestPagesInABrowser] does.
func TestPagesOfAPackInABrowser(t *testing.T) {
	t.Parallel()
	browser := chromium(t)
	axe, err := os.ReadFile("../../themes/node_modules/axe-core/axe.min.js")
	if err != nil {
		t.Skip("axe is not there; run: go generate ./themes")
	}
	pack := unpacked(t)
	for _, name := range []string{"index.html", "site/sampling.html", "site/print.html"} {
		t.Run(name, func(t *testing.T) {
			tab := open(t, browser)
			tab.visit(filepath.Join(pack, filepath.FromSlash(name)))
			tab.check(string(axe), "pack_"+strings.NewReplacer("/", "_", ".html", "").Replace(name))
		})
	}
}
