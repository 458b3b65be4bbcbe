package preview_test

import (
	"fmt"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"
	"time"

	"annex/generator/sample"
)

// BenchmarkSave measures from the write of a file to the new bytes being
// served, of a document and of a control record that many pages show, at a
// thousand and at ten thousand documents. Point TMPDIR at tmpfs to leave the
// disk out.
func BenchmarkSave(b *testing.B) {
	for _, n := range []int{1000, 10000} {
		dir := b.TempDir()
		sample.Put(b, dir, sample.NewCorpus(n).Files(b))
		commit(b, dir)
		s := serve(b, dir, 0)
		s.shows("trend.html", "Progress") // what git knows is read by then
		b.Run(fmt.Sprintf("document/%d", n), func(b *testing.B) {
			save(b, filepath.Join(dir, "organization/documents/s003/p00170.md"), s.address+"documents/p00170.html", "\n## Review\n", "\n## Review of %s\n")
		})
		b.Run(fmt.Sprintf("control/%d", n), func(b *testing.B) {
			save(b, filepath.Join(dir, "organization/records/c00170.toml"), s.address+"controls/index.html", "title = \"Practice 00170", "title = \"Practice %s")
		})
	}
}

// commit keeps a workspace in git, as all are that count.
func commit(tb testing.TB, dir string) {
	tb.Helper()
	for _, args := range [][]string{{"init", "-q"}, {"add", "-A"}, {"commit", "-q", "-m", "all"}} {
		sample.Git(tb, dir, "2026-09-20T12:00:00Z", args...)
	}
}

// save puts another text in the place of one in a file, and waits for it.
func save(b *testing.B, file, address, old, text string) {
	original, err := os.ReadFile(file)
	if err != nil {
		b.Fatal(err)
	}
	if !strings.Contains(string(original), old) {
		b.Fatalf("%s has no %q", file, old)
	}
	var all []time.Duration
	for i := 0; b.Loop(); i++ {
		b.StopTimer()
		time.Sleep(300 * time.Millisecond) // nobody saves faster, and what was put off gets done
		mark := fmt.Sprintf("mark%06d", i)
		content := strings.Replace(string(original), old, fmt.Sprintf(text, mark), 1)
		b.StartTimer()
		begun := time.Now()
		if err := os.WriteFile(file, []byte(content), 0o644); err != nil {
			b.Fatal(err)
		}
		for {
			if _, page := get(b, address); strings.Contains(page, mark) {
				break
			}
			if time.Since(begun) > 20*time.Second {
				b.Fatal("the change does not show")
			}
			time.Sleep(2 * time.Millisecond)
		}
		all = append(all, time.Since(begun))
	}
	slices.Sort(all)
	for _, p := range []int{50, 95, 99} {
		at := min(len(all)*p/100, len(all)-1)
		b.ReportMetric(float64(all[at].Microseconds())/1000, fmt.Sprintf("p%d-ms", p))
	}
	if err := os.WriteFile(file, original, 0o644); err != nil {
		b.Fatal(err)
	}
	time.Sleep(time.Second)
}
