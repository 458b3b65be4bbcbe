package generator_test

import (
	"fmt"
	"path/filepath"
	"runtime"
	"testing"

	"annex/generator/sample"
)

// BenchmarkBuild builds sites of a thousand and of ten thousand documents into
// new folders. It reports documents a second and the peak of memory that Go
// took from the system. Point TMPDIR at tmpfs to leave the disk out. Against
// Hugo, on the corpus that ../shared/perf makes:
//
//	go test ./generator -run TestCorpus -corpus DIR -workspace WS
//	compare.py --corpus DIR --out OUT -- annex build WS -o OUT --quiet
func BenchmarkBuild(b *testing.B) {
	for _, n := range []int{1000, 10000} {
		b.Run(fmt.Sprint(n), func(b *testing.B) {
			dir := b.TempDir()
			sample.Put(b, dir, sample.NewCorpus(n).Files(b))
			out := b.TempDir()
			i := 0
			for b.Loop() {
				i++
				build(b, dir, filepath.Join(out, fmt.Sprint(i)))
			}
			b.ReportMetric(float64(n*b.N)/b.Elapsed().Seconds(), "docs/s")
			var m runtime.MemStats
			runtime.ReadMemStats(&m)
			b.ReportMetric(float64(m.Sys)/1e6, "MB-sys")
		})
	}
}

// BenchmarkRebuild builds into the folder of a site that is up to date: every
// file is kept.
func BenchmarkRebuild(b *testing.B) {
	dir := b.TempDir()
	sample.Put(b, dir, sample.NewCorpus(1000).Files(b))
	out := filepath.Join(b.TempDir(), "site")
	build(b, dir, out)
	for b.Loop() {
		build(b, dir, out)
	}
}
