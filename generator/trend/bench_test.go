package trend_test

import (
	"bytes"
	"context"
	"fmt"
	"io/fs"
	"os"
	"os/exec"
	"path"
	"strings"
	"testing"

	"annex/frameworks"
	"annex/generator/aims"
	"annex/generator/diag"
	"annex/generator/history"
	"annex/generator/load"
	"annex/generator/readiness"
	"annex/generator/trend"
)

const example = "../../content/example"

// weekly makes a repository of five years of weekly commits of the example, each
// of which changes a few of its files. They go in through git fast-import, which
// is quick.
func weekly(b *testing.B, last aims.Date) string {
	b.Helper()
	var in bytes.Buffer
	put := func(name string, data []byte) {
		fmt.Fprintf(&in, "M 100644 inline records/%s\ndata %d\n%s\n", name, len(data), data)
	}
	files := map[string][]byte{}
	var texts []string // records and documents, in order
	err := fs.WalkDir(os.DirFS(example), ".", func(name string, d fs.DirEntry, err error) error {
		if err != nil || d.IsDir() {
			return err
		}
		files[name], err = os.ReadFile(path.Join(example, name))
		ext := path.Ext(name)
		if (ext == ".toml" || ext == ".md") && !strings.Contains(name, "/evidence/") {
			texts = append(texts, name)
		}
		return err
	})
	if err != nil {
		b.Fatal(err)
	}
	const weeks = 260
	for week := range weeks {
		day := last.AddDays(-7 * (weeks - 1 - week))
		fmt.Fprintf(&in, "commit refs/heads/main\ncommitter Lead <lead@example.org> %d +0100\ndata 5\nWeek\n\n", day.Time().Unix()+36000)
		if week == 0 {
			for name, data := range files {
				put(name, data)
			}
			continue
		}
		for i := range 4 {
			name := texts[(4*week+i)%len(texts)]
			note := fmt.Sprintf("\n# Looked through in week %d.\n", week)
			files[name] = append(files[name], note...)
			put(name, files[name])
		}
	}
	dir := b.TempDir()
	for _, args := range [][]string{{"init", "-q", "-b", "main"}, {"fast-import", "--quiet"}, {"reset", "-q", "--hard"}} {
		cmd := exec.Command("git", args...)
		cmd.Dir = dir
		cmd.Env = append(os.Environ(), "GIT_CONFIG_GLOBAL="+os.DevNull, "GIT_CONFIG_NOSYSTEM=1")
		if args[0] == "fast-import" {
			cmd.Stdin = &in
		}
		if out, err := cmd.CombinedOutput(); err != nil {
			b.Fatalf("git %s: %v\n%s", args[0], err, out)
		}
	}
	return path.Join(dir, "records")
}

// BenchmarkTrend reads the trend of five years: with nothing in the cache, and
// with all of it. The budget on two cores is 10 s and 50 ms.
func BenchmarkTrend(b *testing.B) {
	asOf := aims.NewDate(2026, 11, 24)
	dir := weekly(b, asOf)
	w, diags, err := load.Load(os.DirFS(dir), frameworks.Files())
	if err != nil || diag.Count(diags).Errors > 0 {
		b.Fatal(err, diags)
	}
	in := trend.Input{Dir: dir, Catalogs: frameworks.Files(), AsOf: asOf, Version: "1"}
	for _, o := range w.Organizations() {
		in.Reports = append(in.Reports, readiness.Assess(w.Scope(o), o, asOf))
	}
	read := func(b *testing.B) {
		trends, err := trend.Read(context.Background(), in)
		if err != nil {
			b.Fatal(err)
		}
		points := trends[0].Points
		if n := len(points); n < 61 || len(trends[0].Notes) > 0 {
			b.Fatalf("%d points, notes %q", n, trends[0].Notes)
		}
		for _, p := range points {
			if p.Problem != "" || p.Applicable == 0 {
				b.Fatalf("%s: %q, %d requirements", p.Day, p.Problem, p.Applicable)
			}
		}
	}
	b.Run("cold", func(b *testing.B) {
		for b.Loop() {
			read(b)
		}
	})
	b.Run("warm", func(b *testing.B) {
		in.Cache = history.OpenCache(b.TempDir())
		defer in.Cache.Close()
		read(b)
		for b.Loop() {
			read(b)
		}
	})
}
