package generator_test

import (
	"os/exec"
	"slices"
	"strings"
	"testing"
)

// imports returns the direct imports of every package of annex.
func imports(t *testing.T) map[string][]string {
	t.Helper()
	out, err := exec.Command("go", "list", "-f", `{{.ImportPath}} {{join .Imports " "}}`, "annex/...").Output()
	if err != nil {
		t.Fatal(err)
	}
	all := map[string][]string{}
	for line := range strings.Lines(string(out)) {
		fields := strings.Fields(line)
		all[strings.TrimPrefix(fields[0], "annex/")] = fields[1:]
	}
	if len(all) < 15 {
		t.Fatalf("go list names only %d packages", len(all))
	}
	return all
}

// TestOnlyOnePackageImportsEachLibrary holds the house of the design: each
// library is known to one package.
func TestOnlyOnePackageImportsEachLibrary(t *testing.T) {
	owners := map[string]string{
		"github.com/BurntSushi/toml":       "generator/source",
		"github.com/yuin/goldmark":         "generator/markdown",
		"github.com/go-echarts/go-echarts": "generator/chart",
		"github.com/spf13/cobra":           "generator/cli",
		"github.com/fsnotify/fsnotify":     "generator/preview",
		"github.com/xuri/excelize":         "generator/spreadsheet",
		"github.com/arran4/golang-ical":    "generator/ics",
		"github.com/google/jsonschema-go":  "generator/schema",
		"github.com/JohannesKaufmann":      "generator/oscal",
		"github.com/google/uuid":           "generator/oscal",
		"github.com/chromedp":              "generator/pdf",
		"github.com/klauspost/compress":    "generator/pack",
		"aead.dev/minisign":                "generator/seal",
		"filippo.io/age":                   "generator/seal",
		"github.com/hiddeco/sshsig":        "generator/seal",
		"golang.org/x/crypto/ssh":          "generator/seal",
		"github.com/zricethezav/gitleaks":  "generator/secrets",
		"github.com/BobuSumisu":            "generator/secrets",
		"github.com/spf13/viper":           "generator/secrets",
		"github.com/bep/imagemeta":         "generator/secrets",
	}
	for pkg, list := range imports(t) {
		for _, imported := range list {
			for library, owner := range owners {
				if strings.HasPrefix(imported, library) && pkg != owner {
					t.Errorf("%s imports %s; only %s may", pkg, imported, owner)
				}
			}
		}
	}
}

// TestImportsFlowOneWay holds that the model and the diagnostics import nothing
// of annex, and that derivations know nothing of rendering.
func TestImportsFlowOneWay(t *testing.T) {
	forbidden := map[string][]string{
		"generator/aims": {"annex/"},
		"generator/diag": {"annex/"},
		"generator/docx": {"annex/"},
		// Secrets are looked for in bytes, whatever they are bytes of.
		"generator/secrets": {"annex/"},
	}
	for _, derivation := range []string{"readiness", "soa", "matrix", "check", "load", "framework", "markdown", "source", "chart", "integration", "calendar", "changes", "trend", "theme", "audience", "edit", "schema", "snapshot", "oscal", "records", "walk", "sampling"} {
		forbidden["generator/"+derivation] = []string{
			"annex/generator/render", "annex/generator/export", "annex/generator/spreadsheet", "annex/generator/docx", "annex/generator/word", "annex/generator/output", "annex/generator/replace", "annex/generator/cli", "annex/themes", "annex/content", "annex/frameworks",
		}
	}
	forbidden["generator/render"] = []string{"annex/generator/output", "annex/generator/cli", "annex/generator/load", "os"}
	forbidden["generator/output"] = []string{"annex/"}
	forbidden["generator/replace"] = []string{"annex/"}
	forbidden["generator/filename"] = []string{"annex/", "os"}
	forbidden["generator/pack"] = []string{"annex/", "os", "net"} // streams in, streams out: it knows a pack and no management system
	shared := map[string]string{
		"generator/output": "annex/generator/filename", // what a file may be called is one rule for sites and packs
		"generator/pack":   "annex/generator/filename",
	}
	forbidden["generator/seal"] = []string{"annex/"}
	all := imports(t)
	for pkg, prefixes := range forbidden {
		list, ok := all[pkg]
		if !ok {
			t.Errorf("there is no package %s", pkg)
		}
		for _, prefix := range prefixes {
			if i := slices.IndexFunc(list, func(s string) bool {
				return s != shared[pkg] && (s == prefix || strings.HasSuffix(prefix, "/") && strings.HasPrefix(s, prefix))
			}); i >= 0 {
				t.Errorf("%s imports %s", pkg, list[i])
			}
		}
	}
}

// TestOnlyTheCommandsKnowThePreview holds that the way from files to a site does
// not depend on who watches it.
func TestOnlyTheCommandsKnowThePreview(t *testing.T) {
	for pkg, list := range imports(t) {
		if slices.Contains(list, "annex/generator/preview") && pkg != "generator/cli" {
			t.Errorf("%s imports generator/preview", pkg)
		}
	}
}

// TestOnlyTheEdgesTouchTheOutside holds that no other package opens files or
// starts programs. Package pdf starts the browser that prints, in a folder of its
// own; package sample lays out folders for tests.
func TestOnlyTheEdgesTouchTheOutside(t *testing.T) {
	edges := []string{"generator", "generator/source", "generator/history", "generator/output", "generator/replace", "generator/preview", "generator/pdf", "generator/sample", "generator/cli", "cmd/annex"}
	for pkg, list := range imports(t) {
		for _, outside := range []string{"os", "os/exec", "net", "net/http"} {
			if slices.Contains(list, outside) && !slices.Contains(edges, pkg) {
				t.Errorf("%s imports %s", pkg, outside)
			}
		}
	}
}
