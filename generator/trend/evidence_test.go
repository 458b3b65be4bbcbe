package trend_test

import (
	"os"
	"path/filepath"
	"testing"
)

// TestEvidenceFilesAreNotReadOutOfThePast has evidence whose file is kept outside
// git at first, and whose content was then taken out of the repository.
func TestEvidenceFilesAreNotReadOutOfThePast(t *testing.T) {
	const withFile = performed + `
[[evidence]]
id = "file"
title = "A file"
file = "evidence/log.csv"
sha256 = "a2bbdb2de53523b8099b37013f251546f3d65dbe7a0774fa41af0a4176992fd4"
effective = 2026-02-05

-- organization/evidence/log.csv --
`
	w := newWorkTree(t, "")
	w.put(withFile + "e\n")
	w.git("2026-02-10", "add", "-A", ":!*.csv")
	w.git("2026-02-10", "commit", "-q", "-m", "Without the file")
	w.commit("2026-03-10", withFile+"another\n")
	blob := w.git("2026-03-10", "rev-parse", "HEAD:organization/evidence/log.csv")
	if err := os.Remove(filepath.Join(w.repository, ".git", "objects", blob[:2], blob[2:40])); err != nil {
		t.Fatal(err)
	}
	w.put(withFile + "e\n")
	in := w.input("2026-04-15")
	for _, p := range read(t, in)[0].Points {
		if p.Problem != "" || p.EvidenceCurrent != 2 {
			t.Errorf("%s: %d current, %s", p.Day, p.EvidenceCurrent, p.Problem)
		}
	}
}
