package pack

import (
	"archive/zip"
	"bytes"
	"os"
	"os/exec"
	"path/filepath"
	"slices"
	"strings"
	"testing"
	"time"
)

// run runs a program in a folder and returns what it says; it skips the test
// where there is none.
func run(t *testing.T, dir, stdin string, args ...string) (string, error) {
	t.Helper()
	path, err := exec.LookPath(args[0])
	if err != nil {
		t.Skip(args[0] + " is not installed")
	}
	cmd := exec.CommandContext(t.Context(), path, args[1:]...)
	cmd.Dir = dir
	cmd.Env = append(os.Environ(), "LC_ALL=C.UTF-8")
	if stdin != "" {
		cat := exec.CommandContext(t.Context(), "cat", stdin) // a pipe, which cannot be read twice
		pipe, err := cat.StdoutPipe()
		if err != nil {
			t.Fatal(err)
		}
		cmd.Stdin = pipe
		if err := cat.Start(); err != nil {
			t.Skip("cat is not installed")
		}
		defer cat.Wait()
	}
	out, err := cmd.CombinedOutput()
	return string(out), err
}

// TestOtherProgramsReadPacks unpacks with programs of other people and sums up
// what comes out.
func TestOtherProgramsReadPacks(t *testing.T) {
	file := filepath.Join(t.TempDir(), "pack.zip")
	if err := os.WriteFile(file, packed(t, large()), 0o644); err != nil {
		t.Fatal(err)
	}
	for _, c := range []struct {
		title, stdin string
		args         []string
	}{
		{"unzip", "", []string{"unzip", "-q", file}},
		{"python", "", []string{"python3", "-c", "import sys, zipfile; z = zipfile.ZipFile(sys.argv[1]); assert z.testzip() is None; z.extractall()", file}},
		{"bsdtar", "", []string{"bsdtar", "-xf", file}},
		{"bsdtar from a pipe", file, []string{"bsdtar", "-xf", "-"}},
		{"7-Zip", "", []string{"7zz", "x", "-bd", "-y", file}},
		{"jar", "", []string{"jar", "xf", file}},
		{"jar from a pipe", file, []string{"jar", "x"}},
		{"busybox", "", []string{"busybox", "unzip", "-q", file}},
	} {
		t.Run(c.title, func(t *testing.T) {
			dir := t.TempDir()
			if out, err := run(t, dir, c.stdin, c.args...); err != nil {
				t.Fatalf("%v: %s", err, out)
			}
			if out, err := run(t, dir, "", "sha256sum", "-c", "--strict", "--quiet", SumsName); err != nil {
				t.Errorf("%v: %s", err, out)
			}
			if r, err := VerifyFolder(t.Context(), os.DirFS(dir)); err != nil || !r.Whole || r.Files != len(large())+4 {
				t.Errorf("%v: %+v", err, r)
			}
		})
	}
}

func TestOtherProgramsFindNothingOdd(t *testing.T) {
	file := filepath.Join(t.TempDir(), "pack.zip")
	if err := os.WriteFile(file, packed(t, large()), 0o644); err != nil {
		t.Fatal(err)
	}
	for _, args := range [][]string{{"unzip", "-tq", file}, {"7zz", "t", "-bd", file}, {"python3", "-m", "zipfile", "-t", file}} {
		t.Run(args[0], func(t *testing.T) {
			if out, err := run(t, "", "", args...); err != nil || strings.Contains(strings.ToLower(out), "warning") {
				t.Errorf("%v: %s", err, out)
			}
		})
	}
	t.Run("zipinfo", func(t *testing.T) {
		out, err := run(t, "", "", "zipinfo", "-v", file)
		if err != nil {
			t.Fatal(err)
		}
		files := len(large()) + 4
		for words, want := range map[string]int{
			"length of extra field:                          0 bytes":             files,
			"length of file comment:                         0 characters":        files,
			"Unix file attributes (100644 octal):            -rw-r--r--":          files,
			"file last modified on (DOS date/time):          2026 Nov 1 00:00:00": files,
			"file security status:                           not encrypted":       files,
			"extended local header:                          yes":                 2, // sizes after the data
			"There is no zipfile comment.":                                        1,
			"There is a local extra field":                                        0,
		} {
			if got := strings.Count(out, words); got != want {
				t.Errorf("it says %q %d times, want %d", words, got, want)
			}
		}
	})
}

func TestTheStandardLibraryReadsPacks(t *testing.T) {
	b := packed(t, large())
	z, err := zip.NewReader(bytes.NewReader(b), int64(len(b)))
	if err != nil || z.Comment != "" {
		t.Fatal(err, z.Comment)
	}
	for i, f := range z.File {
		if f.Mode() != 0o644 || len(f.Extra) > 0 || f.Comment != "" || f.NonUTF8 ||
			!f.Modified.Equal(time.Date(2026, 11, 1, 0, 0, 0, 0, time.UTC)) {
			t.Errorf("%s: %+v", f.Name, f.FileHeader)
		}
		if i < len(large()) && f.Name != large()[i].Path {
			t.Errorf("%s is in the place of %s", f.Name, large()[i].Path)
		}
	}
}

// TestAPackThatAnotherProgramPackedAnew asks for one sentence, and for what is
// changed in it.
func TestAPackThatAnotherProgramPackedAnew(t *testing.T) {
	for title, args := range map[string][]string{
		"python": {"python3", "-c", "import zipfile, os\nz = zipfile.ZipFile('../new.zip', 'w', zipfile.ZIP_DEFLATED)\nfor d, _, fs in os.walk('.'):\n  for f in fs: z.write(os.path.join(d, f))\nz.close()"},
		"7-Zip":  {"7zz", "a", "-bd", "-tzip", "../new.zip", "."},
		"zip":    {"zip", "-qr", "../new.zip", "."},
		"jar":    {"jar", "cfM", "../new.zip", "."},
	} {
		t.Run(title, func(t *testing.T) {
			top := t.TempDir()
			dir := filepath.Join(top, "in")
			if err := os.CopyFS(dir, mustZip(t, packed(t, small()))); err != nil {
				t.Fatal(err)
			}
			if err := os.WriteFile(filepath.Join(dir, "README.txt"), []byte("changed"), 0o644); err != nil {
				t.Fatal(err)
			}
			if out, err := run(t, dir, "", args...); err != nil {
				t.Fatalf("%v: %s", err, out)
			}
			b, err := os.ReadFile(filepath.Join(top, "new.zip"))
			if err != nil {
				t.Fatal(err)
			}
			r := verified(t, b)
			var got []string
			for _, f := range r.Findings {
				words := strings.Fields(f.Text)
				got = append(got, strings.Join(append([]string{string(f.Kind), f.File}, words[:3]...), " "))
			}
			slices.Sort(got[1:])
			want := []string{"changed README.txt was changed after", "layout the archive has entries for", "layout the archive was packed by"}
			if title == "python" {
				want = slices.Delete(want, 1, 2)
			}
			if !slices.Equal(got, want) {
				t.Errorf("findings: %+v", r.Findings)
			}
		})
	}
}

// TestAPackWithTheFolderAroundIt zips that folder, and verifies it: one sentence
// says so, and what was changed is told.
func TestAPackWithTheFolderAroundIt(t *testing.T) {
	for _, c := range []struct {
		title  string
		change func(dir string) error
		kind   Kind
		want   string // of the folder or archive
		files  []Finding
	}{
		{"nothing else", func(string) error { return nil }, Layout, `has everything in the folder "out/stage-1": `, nil},
		{"a changed file", func(dir string) error {
			return os.WriteFile(filepath.Join(dir, "README.txt"), []byte("changed"), 0o644)
		}, Layout, `has everything in the folder "out/stage-1": `, []Finding{{Kind: Changed, File: "README.txt"}}},
		{"files beside it", func(dir string) error {
			return os.WriteFile(filepath.Join(dir, "../../minisign.pub"), nil, 0o644)
		}, Added, `has the pack in the folder "out/stage-1" and 1 file beside it, such as "minisign.pub": `, nil},
		{"no manifest", func(dir string) error { return os.Remove(filepath.Join(dir, ManifestName)) }, Layout, `has everything in the folder "out/stage-1": `, []Finding{{Kind: Removed, File: ManifestName}}},
	} {
		t.Run(c.title, func(t *testing.T) {
			top := filepath.Join(t.TempDir(), "top")
			dir := filepath.Join(top, "out", "stage-1")
			if err := os.CopyFS(dir, mustZip(t, packed(t, small()))); err != nil {
				t.Fatal(err)
			}
			if err := c.change(dir); err != nil {
				t.Fatal(err)
			}
			if out, err := run(t, top, "", "zip", "-qr", "../new.zip", "."); err != nil {
				t.Fatalf("%v: %s", err, out)
			}
			b, err := os.ReadFile(filepath.Join(top, "../new.zip"))
			if err != nil {
				t.Fatal(err)
			}
			folder, err := VerifyFolder(t.Context(), os.DirFS(top))
			if err != nil {
				t.Fatal(err)
			}
			for where, r := range map[string]Report{TheArchive: verified(t, b), TheFolder: folder} {
				var files []Finding
				said := false
				for _, f := range r.Findings {
					if f.File != where {
						files = append(files, Finding{Kind: f.Kind, File: f.File})
					}
					said = said || f.Kind == c.kind && f.File == where && strings.HasPrefix(f.Text, c.want)
				}
				if !said || !slices.Equal(files, c.files) || len(r.Findings) > len(files)+3 || len(r.Digest) != 64 || len(r.Signatures) != 2 {
					t.Errorf("%s: %+v", where, r.Findings)
				}
			}
		})
	}
}

// TestAPackThatAMacZipped has the files that a Mac adds, one for each.
func TestAPackThatAMacZipped(t *testing.T) {
	a := take(t, packed(t, small()))
	for _, f := range a.files[:4] {
		a.put("__MACOSX/._"+f.name, []byte("x"))
	}
	r := verified(t, a.bytes())
	if len(r.Findings) != 1 || r.Findings[0].File != TheArchive || !strings.HasPrefix(r.Findings[0].Text, "has 4 files in the folder __MACOSX") {
		t.Errorf("%+v", r.Findings)
	}
}

func mustZip(t *testing.T, b []byte) *zip.Reader {
	t.Helper()
	z, err := zip.NewReader(bytes.NewReader(b), int64(len(b)))
	if err != nil {
		t.Fatal(err)
	}
	return z
}
