package browser_test

import (
	"archive/zip"
	"bytes"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"annex/content"
	"annex/generator"
	"annex/generator/aims"
	"annex/generator/sample"
)

// unpacked makes the example's pack for the certifier and unpacks it.
func unpacked(t *testing.T) string {
	t.Helper()
	var b bytes.Buffer
	o := generator.Options{Dir: sample.Lay(t, content.Example()), AsOf: aims.NewDate(2026, 11, 24), Version: "test", Audience: "certifier"}
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
