//go:build unix

package preview

import (
	"net/http"
	"os"
	"path/filepath"
	"strings"
	"syscall"
	"testing"
)

// TestWhatTakesThePlaceOfEvidenceIsNotRead changes files behind a generation
// that is already shown.
func TestWhatTakesThePlaceOfEvidenceIsNotRead(t *testing.T) {
	t.Parallel()
	a := attack(t, besieged, nil)
	file := func(id string) string { return filepath.Join(a.dir, "organization/evidence", id, evidence[id]) }
	swap := func(id string, make func(name string) error) {
		t.Helper()
		if err := os.Remove(file(id)); err != nil {
			t.Fatal(err)
		}
		if err := make(file(id)); err != nil {
			t.Fatal(err)
		}
	}
	link := func(to string) func(string) error {
		return func(name string) error { return os.Symlink(to, name) }
	}
	swap("page", link("../../../.git/config"))
	swap("text", link(filepath.Join(a.dir, "../outside.txt")))
	swap("table", link("/etc/passwd"))
	swap("picture", link("../unused.txt"))
	swap("none", func(name string) error { return syscall.Mkfifo(name, 0o644) })
	swap("data", func(name string) error { return os.Mkdir(name, 0o755) })
	swap("feed", link("/dev/zero"))
	swap("drawing", func(name string) error { return os.RemoveAll(filepath.Dir(name)) })
	// A folder whose files have the same names.
	write(t, filepath.Join(a.dir, "_other", evidence["old"]), secret)
	if err := os.RemoveAll(filepath.Dir(file("old"))); err != nil {
		t.Fatal(err)
	}
	if err := os.Symlink("../../_other", filepath.Dir(file("old"))); err != nil {
		t.Fatal(err)
	}
	for _, id := range []string{"page", "text", "table", "picture", "none", "data", "feed", "drawing", "old"} {
		r := a.get(t, "/evidence/"+id+"/"+evidence[id])
		harmless(t, r)
		if r.status != http.StatusNotFound || strings.Contains(r.body, "root:") {
			t.Errorf("%s: status %d, %s", id, r.status, r.body)
		}
	}
	// The next generation is no better.
	until(t, "what happened to the evidence", func() bool { return !a.now.Load().fine() })
	for _, to := range []string{"/_annex/state?path=/", "/evidence/page/" + evidence["page"], "/evidence/old/" + evidence["old"]} {
		harmless(t, a.get(t, to))
	}
}
