package secrets_test

import (
	"io"
	"os"
	"path/filepath"
	"runtime"
	"testing"

	"annex/generator/secrets"
)

// BenchmarkScan reports MB/s of what a pack of the example is made from, of the site
// and the exports themselves, and of a gigabyte of a log, with the memory that was
// taken from the system for it.
func BenchmarkScan(b *testing.B) {
	s, err := secrets.New()
	if err != nil {
		b.Fatal(err)
	}
	dirs := map[string]string{"records_and_evidence": example, "site_and_exports": made(b)}
	for name, dir := range dirs {
		b.Run(name, func(b *testing.B) {
			for b.Loop() {
				_, size := scanAll(b, s, dir)
				b.SetBytes(size)
			}
		})
	}
	b.Run("gigabyte", func(b *testing.B) {
		text, err := os.ReadFile(filepath.Join(example, "annex.toml"))
		if err != nil {
			b.Fatal(err)
		}
		const size = 1 << 30
		b.SetBytes(size)
		var m runtime.MemStats
		for b.Loop() {
			in := io.LimitReader(&again{text: text}, size)
			if _, err := s.Scan(b.Context(), "a.log", func() (io.ReadCloser, error) { return io.NopCloser(in), nil }, size); err != nil {
				b.Fatal(err)
			}
		}
		runtime.ReadMemStats(&m)
		b.ReportMetric(float64(m.Sys)/1e6, "MB-from-system")
	})
}

// BenchmarkNew reports what reading the rules costs, once for a run of annex.
func BenchmarkNew(b *testing.B) {
	for b.Loop() {
		if _, err := secrets.New(); err != nil {
			b.Fatal(err)
		}
	}
}

// again reads a text over and over.
type again struct {
	text []byte
	off  int
}

func (a *again) Read(p []byte) (int, error) {
	n := copy(p, a.text[a.off:])
	a.off = (a.off + n) % len(a.text)
	return n, nil
}
