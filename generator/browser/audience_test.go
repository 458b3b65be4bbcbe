package browser_test

import (
	"os"
	"path/filepath"
	"strings"
	"testing"

	"annex/content"
	"annex/generator"
	"annex/generator/aims"
	"annex/generator/sample"
)

// TestPagesForAudiencesInABrowser opens pages that only sites for an audience
// have, or that say more there, as [TestPagesInABrowser] does.
func TestPagesForAudiencesInABrowser(t *testing.T) {
	t.Parallel()
	browser := chromium(t)
	axe, err := os.ReadFile("../../themes/node_modules/axe-core/axe.min.js")
	if err != nil {
		t.Skip("axe is not there; run: go generate ./themes")
	}
	dir := sample.Lay(t, content.Example())
	sample.Append(t, filepath.Join(dir, "annex.toml"), "\n[[audience]]\nid = \"anybody\"\nceiling = \"public\"\n")
	for audience, pages := range map[string][]string{
		"certifier": {"index.html", "about.html", "documents/withheld-document-1.html", "evidence.html"},
		"staff":     {"documents/change-planning-procedure.html", "documents/index.html"},
		"anybody":   {"controls/withheld-control-1.html", "systems/withheld-system-1.html", "projects/withheld-system-1.html", "audits/withheld-audit-1.html", "soa/iso-42001.html", "objectives.html", "reviews.html", "risks.html"},
	} {
		site := filepath.Join(t.TempDir(), "site")
		result, err := generator.Build(t.Context(), generator.Options{Dir: dir, Output: site, AsOf: aims.NewDate(2026, 11, 24), Version: "test", Audience: audience})
		if err != nil || !result.Written {
			t.Fatal(err, result.Diagnostics)
		}
		for _, name := range pages {
			t.Run(audience+"/"+name, func(t *testing.T) {
				tab := open(t, browser)
				tab.visit(filepath.Join(site, filepath.FromSlash(name)))
				tab.check(string(axe), audience+"_"+strings.NewReplacer("/", "_", ".html", "").Replace(name))
			})
		}
	}
}
