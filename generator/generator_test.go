package generator_test

import (
	"crypto/sha256"
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"
	"runtime"
	"testing"
	"time"

	"annex/content"
	"annex/generator"
	"annex/generator/aims"
	"annex/generator/diag"
	"annex/generator/sample"
)

// digest sums up the paths and bytes of a folder.
func digest(t *testing.T, dir string) string {
	t.Helper()
	h := sha256.New()
	err := filepath.WalkDir(dir, func(name string, d fs.DirEntry, err error) error {
		if err != nil || d.IsDir() {
			return err
		}
		data, err := os.ReadFile(name)
		rel, _ := filepath.Rel(dir, name)
		fmt.Fprintf(h, "%s %d\n", filepath.ToSlash(rel), len(data))
		h.Write(data)
		return err
	})
	if err != nil {
		t.Fatal(err)
	}
	return fmt.Sprintf("%x", h.Sum(nil))
}

func build(tb testing.TB, dir, out string) generator.Result {
	tb.Helper()
	result, err := generator.Build(tb.Context(), generator.Options{Dir: dir, Output: out, AsOf: aims.NewDate(2026, 11, 24), Version: "test"})
	if err != nil {
		tb.Fatal(err)
	}
	if c := diag.Count(result.Diagnostics); c.Errors > 0 || !result.Written {
		tb.Fatalf("%d errors, first %+v", c.Errors, result.Diagnostics[0])
	}
	return result
}

func TestWorkspacesToBeginWithHaveNoErrors(t *testing.T) {
	for name, from := range map[string]fs.FS{"starter": content.Starter(), "empty": content.Empty()} {
		t.Run(name, func(t *testing.T) {
			build(t, sample.Lay(t, from), filepath.Join(t.TempDir(), "public"))
		})
	}
}

func TestTheSameInputGivesTheSameBytes(t *testing.T) {
	first := filepath.Join(t.TempDir(), "public")
	build(t, sample.Lay(t, content.Starter()), first)
	want := digest(t, first)

	zone := time.Local
	procs := runtime.GOMAXPROCS(1)
	t.Cleanup(func() {
		time.Local = zone
		runtime.GOMAXPROCS(procs)
	})
	time.Local = time.FixedZone("far", 14*3600)
	second := filepath.Join(t.TempDir(), "elsewhere", "site")
	build(t, sample.Lay(t, content.Starter()), second)
	if got := digest(t, second); got != want {
		t.Error("another folder, time zone and number of processors gave other bytes")
	}
	if r := build(t, sample.Lay(t, content.Starter()), second); r.Stats.Written > 0 {
		t.Errorf("the second build wrote %d files again", r.Stats.Written)
	}
}

func TestASiteIsNeverBuiltOverItsOwnInput(t *testing.T) {
	dir := sample.Lay(t, content.Starter())
	for _, out := range []string{dir, filepath.Dir(dir), filepath.Join(dir, "organization"), filepath.Join(dir, "organization", "site")} {
		_, err := generator.Build(t.Context(), generator.Options{Dir: dir, Output: out, AsOf: aims.NewDate(2026, 11, 24)})
		var wrong *generator.OutputError
		if !errors.As(err, &wrong) {
			t.Errorf("%s: %v", out, err)
		}
	}
}

func TestErrorsLeaveTheOldSite(t *testing.T) {
	dir, out := sample.Lay(t, content.Starter()), filepath.Join(t.TempDir(), "public")
	build(t, dir, out)
	want := digest(t, out)
	if err := os.WriteFile(filepath.Join(dir, "organization", "bad.toml"), []byte("[[role]\n"), 0o644); err != nil {
		t.Fatal(err)
	}
	result, err := generator.Build(t.Context(), generator.Options{Dir: dir, Output: out, AsOf: aims.NewDate(2026, 11, 24), Version: "test"})
	if err != nil || result.Written || diag.Count(result.Diagnostics).Errors != 1 {
		t.Errorf("%v %+v", err, result.Diagnostics)
	}
	if digest(t, out) != want {
		t.Error("the old site was touched")
	}
}
