package pack

import (
	"bufio"
	"bytes"
	"context"
	"fmt"
	"io"
	"math/rand/v2"
	"os"
	"os/exec"
	"path/filepath"
	"strconv"
	"strings"
	"testing"
)

// evidenceSize is how much evidence the benchmarks pack, in bytes.
const evidenceSize = 2 << 30

// evidence writes a file of a kind: film, which does not shrink, or log, which
// does.
func evidence(b *testing.B, dir, kind string) string {
	b.Helper()
	name := filepath.Join(dir, kind)
	f, err := os.Create(name)
	if err != nil {
		b.Fatal(err)
	}
	w := bufio.NewWriterSize(f, 1<<20)
	var seed [32]byte
	random := rand.NewChaCha8(seed)
	if kind == "film" {
		_, err = io.CopyN(w, random, evidenceSize)
	} else {
		r := rand.New(random)
		for n := 0; n < evidenceSize && err == nil; {
			var k int
			k, err = fmt.Fprintf(w, "2026-11-01T%02d:%02d:%02dZ model=triage-%d request=%016x outcome=accepted latency_ms=%d\n", r.IntN(24), r.IntN(60), r.IntN(60), r.IntN(9), r.Uint64(), r.IntN(900))
			n += k
		}
	}
	if err != nil {
		b.Fatal(err)
	}
	if err := w.Flush(); err != nil {
		b.Fatal(err)
	}
	if err := f.Close(); err != nil {
		b.Fatal(err)
	}
	return name
}

// peak returns the most memory that the process has had, in MB.
func peak(b *testing.B) float64 {
	text, err := os.ReadFile("/proc/self/status")
	if err != nil {
		b.Skip("there is no /proc")
	}
	_, rest, _ := strings.Cut(string(text), "VmHWM:")
	kb, err := strconv.Atoi(strings.Fields(rest)[0])
	if err != nil {
		b.Fatal(err)
	}
	return float64(kb) / 1024
}

// BenchmarkLargeEvidence packs and verifies, and copies and sums up with the
// programs of the system.
func BenchmarkLargeEvidence(b *testing.B) {
	for _, kind := range []string{"film", "log"} {
		dir := b.TempDir()
		name := evidence(b, dir, kind)
		info, err := os.Stat(name)
		if err != nil {
			b.Fatal(err)
		}
		files := []File{{Path: "evidence/a/" + kind, Size: info.Size(), Copy: func() (io.ReadCloser, error) { return os.Open(name) }}}
		zip := filepath.Join(dir, "pack.zip")
		each := func(title string, do func() error) {
			b.Run(kind+"/"+title, func(b *testing.B) {
				b.SetBytes(info.Size())
				for b.Loop() {
					if err := do(); err != nil {
						b.Fatal(err)
					}
				}
				b.ReportMetric(peak(b), "peak-MB")
			})
		}
		each("cp", func() error { return exec.Command("cp", name, filepath.Join(dir, "copy")).Run() })
		if err := os.Remove(filepath.Join(dir, "copy")); err != nil {
			b.Skip("there is no cp")
		}
		each("sha256sum", func() error { return exec.Command("sha256sum", name).Run() })
		each("pack", func() error {
			f, err := os.Create(zip)
			if err != nil {
				return err
			}
			defer f.Close()
			_, err = Write(context.Background(), f, files, Options{Head: head()})
			return err
		})
		each("verify", func() error {
			f, err := os.Open(zip)
			if err != nil {
				return err
			}
			defer f.Close()
			info, err := f.Stat()
			if err != nil {
				return err
			}
			r, err := Verify(context.Background(), f, info.Size(), Limits{})
			if err == nil && !r.Whole {
				err = fmt.Errorf("%+v", r.Findings)
			}
			return err
		})
	}
}

// BenchmarkManySmallFiles packs and verifies pages.
func BenchmarkManySmallFiles(b *testing.B) {
	for _, n := range []int{1000, 100_000} {
		var files []File
		page := strings.Repeat("<p>A page with some words, as there are many in a site.</p>\n", 100)
		for i := range n {
			files = append(files, File{
				Path: fmt.Sprintf("site/folder-%d/a-page-with-a-name-%d.html", i/100, i), Class: Site, Classification: "internal",
				Write: func(b *bytes.Buffer) error { _, err := fmt.Fprint(b, i, page); return err },
			})
		}
		name := filepath.Join(b.TempDir(), "pack.zip")
		b.Run(fmt.Sprintf("%d/pack", n), func(b *testing.B) {
			for b.Loop() {
				f, err := os.Create(name)
				if err != nil {
					b.Fatal(err)
				}
				if _, err := Write(context.Background(), f, files, Options{Head: head()}); err != nil {
					b.Fatal(err)
				}
				f.Close()
			}
			b.ReportMetric(peak(b), "peak-MB")
		})
		b.Run(fmt.Sprintf("%d/verify", n), func(b *testing.B) {
			f, err := os.Open(name)
			if err != nil {
				b.Fatal(err)
			}
			defer f.Close()
			info, err := f.Stat()
			if err != nil {
				b.Fatal(err)
			}
			for b.Loop() {
				if r, err := Verify(context.Background(), f, info.Size(), Limits{}); err != nil || !r.Whole {
					b.Fatal(err, r.Findings)
				}
			}
			b.ReportMetric(peak(b), "peak-MB")
		})
	}
}
