package trend_test

import (
	"context"
	"fmt"
	"io/fs"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"testing"
	"testing/fstest"

	"annex/generator/aims"
	"annex/generator/diag"
	"annex/generator/load"
	"annex/generator/readiness"
	"annex/generator/sample"
	"annex/generator/trend"
)

// workTree is a git repository that a test makes, with a workspace in a folder
// of it.
type workTree struct {
	testing.TB
	repository, dir string
}

func newWorkTree(t testing.TB, folder string) *workTree {
	t.Helper()
	t.Setenv("GIT_CONFIG_GLOBAL", os.DevNull)
	t.Setenv("GIT_CONFIG_SYSTEM", os.DevNull)
	repository := t.TempDir()
	w := &workTree{t, repository, filepath.Join(repository, folder)}
	w.git("2026-01-01", "init", "-q", "-b", "main")
	return w
}

func (w *workTree) git(day string, args ...string) string {
	w.Helper()
	cmd := exec.Command("git", args...)
	cmd.Dir = w.repository
	at := day + "T12:00:00+0000"
	cmd.Env = append(os.Environ(),
		"GIT_AUTHOR_NAME=Ada", "GIT_AUTHOR_EMAIL=ada@example.org", "GIT_AUTHOR_DATE="+at,
		"GIT_COMMITTER_NAME=Bo", "GIT_COMMITTER_EMAIL=bo@example.org", "GIT_COMMITTER_DATE="+at)
	out, err := cmd.CombinedOutput()
	if err != nil {
		w.Fatalf("git %q: %v\n%s", args, err, out)
	}
	return string(out)
}

// put makes the workspace that of a sample, and nothing else.
func (w *workTree) put(text string) {
	w.Helper()
	if err := os.RemoveAll(filepath.Join(w.dir, "organization")); err != nil {
		w.Fatal(err)
	}
	for name, file := range sample.Files(text) {
		name = filepath.Join(w.dir, name)
		if err := os.MkdirAll(filepath.Dir(name), 0o755); err != nil {
			w.Fatal(err)
		}
		if err := os.WriteFile(name, file.Data, 0o644); err != nil {
			w.Fatal(err)
		}
	}
}

func (w *workTree) commit(day, text string) {
	w.Helper()
	w.put(text)
	w.git(day, "add", "-A")
	w.git(day, "commit", "-q", "-m", "Week")
}

// input is that of the work tree as it is now.
func (w *workTree) input(asOf string) trend.Input {
	w.Helper()
	day, err := aims.ParseDate(asOf)
	if err != nil {
		w.Fatal(err)
	}
	in := trend.Input{Dir: w.dir, Catalogs: fstest.MapFS{}, AsOf: day, Version: "1"}
	in.Reports = reports(w, os.DirFS(w.dir), in.Catalogs, day)
	return in
}

func reports(t testing.TB, files, catalogs fs.FS, asOf aims.Date) (list []*readiness.Report) {
	t.Helper()
	w, diags, err := load.Load(files, catalogs)
	if err != nil || diag.Count(diags).Errors > 0 {
		t.Fatal(err, diags)
	}
	for _, o := range w.Organizations() {
		list = append(list, readiness.Assess(w.Scope(o), o, asOf))
	}
	return list
}

func read(t testing.TB, in trend.Input) []trend.Trend {
	t.Helper()
	trends, err := trend.Read(context.Background(), in)
	if err != nil {
		t.Fatal(err)
	}
	return trends
}

// table writes the points of a trend one a line, and its notes below.
func table(t trend.Trend) string {
	var b strings.Builder
	for _, p := range t.Points {
		fmt.Fprintf(&b, "%s ", p.Day)
		if p.Problem != "" {
			b.WriteString(p.Problem)
		} else {
			fmt.Fprintf(&b, "%d applicable %d open, %d-%d-%d, controls %d/%d, evidence %d/%d, findings %d",
				p.Applicable, p.NotAssessed, p.Implemented, p.Operating, p.Verified,
				p.ControlsOperating, p.Controls, p.EvidenceCurrent, p.EvidenceExpired, p.FindingsOpen())
		}
		for _, a := range p.Audits {
			b.WriteString(" " + a.ID)
		}
		b.WriteString("\n")
	}
	for _, n := range t.Notes {
		b.WriteString(n + "\n")
	}
	return b.String()
}
