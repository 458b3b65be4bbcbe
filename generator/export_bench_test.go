package generator_test

import (
	"bytes"
	"os"
	"path/filepath"
	"runtime"
	"testing"
	"time"

	"annex/generator"
	"annex/generator/aims"
	"annex/generator/export"
	"annex/generator/sample"
)

// BenchmarkExport writes the 5,000 controls of a workspace of 10,000 documents as
// a workbook, once they are loaded, and plans the import of it. It reports the
// seconds of each, and all that was allocated for the workbook in MB: more than
// it ever takes at once.
func BenchmarkExport(b *testing.B) {
	dir := b.TempDir()
	sample.Put(b, dir, sample.NewCorpus(10000).Files(b))
	o := generator.Options{Dir: dir, AsOf: aims.NewDate(2026, 11, 24), Version: "bench"}
	files, result, err := generator.Export(b.Context(), o, generator.Wish{What: "controls", Formats: []export.Format{export.XLSX}, Single: true})
	if err != nil || files == nil {
		b.Fatal(err, len(result.Diagnostics))
	}
	name := filepath.Join(b.TempDir(), "controls.xlsx")
	var writing, importing time.Duration
	var before, after runtime.MemStats
	for b.Loop() {
		runtime.ReadMemStats(&before)
		start := time.Now()
		var book bytes.Buffer
		if err := files[0].Write(&book); err != nil {
			b.Fatal(err)
		}
		writing += time.Since(start)
		runtime.ReadMemStats(&after)
		if err := os.WriteFile(name, book.Bytes(), 0o600); err != nil {
			b.Fatal(err)
		}
		start = time.Now()
		in, err := generator.PlanImport(b.Context(), o, generator.Reading{File: name})
		if err != nil || in.Rows != 5000 || len(in.Records)+len(in.Refused)+len(in.Conflicts) > 0 {
			b.Fatal(err, in.Rows, len(in.Records), in.Refused, in.Conflicts)
		}
		importing += time.Since(start)
	}
	b.ReportMetric(writing.Seconds()/float64(b.N), "s-write")
	b.ReportMetric(importing.Seconds()/float64(b.N), "s-import")
	b.ReportMetric(float64(after.TotalAlloc-before.TotalAlloc)/1e6, "MB-write")
}
