package pdf

import (
	"bytes"
	"context"
	"errors"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"testing"
	"time"

	reader "github.com/ledongthuc/pdf"
)

// site is a site by its paths.
type site map[string]string

func (s site) file(path string) ([]byte, bool, error) {
	content, ok := s[path]
	return []byte(content), ok, nil
}

// asOf is the day of the tests: not today's.
var asOf = time.Date(2031, 2, 3, 0, 0, 0, 0, time.UTC)

// document makes a page of the site with a body.
func document(body string) string {
	return `<!doctype html><html lang="en" data-title="A page · An organization"><head><meta charset="utf-8"><title>A page</title>` +
		`<link rel="stylesheet" href="assets/a.css"><script src="assets/a.js" defer></script></head><body>` + body + `</body></html>`
}

// opened opens a printer for as long as the test. Afterwards nothing of the
// browser may be left: no folder and no process.
func opened(t *testing.T, o Options) *Printer {
	t.Helper()
	if _, err := find("", thisMachine()); err != nil {
		if os.Getenv("ANNEX_TEST_BROWSER") == "required" {
			t.Fatal(err)
		}
		t.Skip(err)
	}
	temporary, err := os.MkdirTemp("", "p") // its path is short enough for sockets
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { _ = os.Remove(temporary) })
	t.Setenv("TMPDIR", temporary)
	if o.Day.IsZero() {
		o.Day = asOf
	}
	p, err := Open(t.Context(), o)
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() {
		if err := p.Close(); err != nil {
			t.Error(err)
		}
		nothingLeft(t, p, temporary)
	})
	return p
}

func nothingLeft(t *testing.T, p *Printer, temporary string) {
	t.Helper()
	if left, _ := filepath.Glob(filepath.Join(temporary, "*")); len(left) > 0 {
		t.Errorf("the browser left %q", left)
	}
	lines, err := filepath.Glob("/proc/[0-9]*/cmdline")
	if err != nil {
		t.Fatal(err)
	}
	for _, file := range lines {
		if line, err := os.ReadFile(file); err == nil && bytes.Contains(line, []byte(p.browser.folder)) {
			t.Errorf("a process is left: %q", line)
		}
	}
}

func printed(t *testing.T, p *Printer, path string) Printed {
	t.Helper()
	got, err := p.Print(t.Context(), path)
	if err != nil {
		t.Fatal(err)
	}
	return got
}

// understood reads a PDF with a library that goes by its table of places and mends
// nothing.
func understood(t *testing.T, content []byte) *reader.Reader {
	t.Helper()
	r, err := reader.NewReader(bytes.NewReader(content), int64(len(content)))
	if err != nil {
		t.Fatal(err)
	}
	return r
}

// poppler runs a program of poppler on a PDF and returns what it says. It may not
// complain.
func poppler(t *testing.T, content []byte, program string, arguments ...string) string {
	t.Helper()
	if _, err := exec.LookPath(program); err != nil {
		if os.Getenv("ANNEX_TEST_BROWSER") == "required" {
			t.Fatal(err)
		}
		t.Skip(err)
	}
	file := filepath.Join(t.TempDir(), "page.pdf")
	if err := os.WriteFile(file, content, 0o600); err != nil {
		t.Fatal(err)
	}
	arguments = append(arguments, file)
	if program == "pdftotext" {
		arguments = append(arguments, "-")
	}
	c := exec.Command(program, arguments...)
	var complaint bytes.Buffer
	c.Stderr = &complaint
	out, err := c.Output()
	if err != nil || complaint.Len() > 0 {
		t.Fatalf("%s: %v %s", program, err, complaint.String())
	}
	return string(out)
}

// text returns the words of a PDF, with one space between them.
func text(t *testing.T, content []byte) string {
	t.Helper()
	return strings.Join(strings.Fields(poppler(t, content, "pdftotext", "-enc", "UTF-8")), " ")
}

// TestTheBrowserIsSoughtWhereItMayBe goes through the machines of users.
func TestTheBrowserIsSoughtWhereItMayBe(t *testing.T) {
	const asked = "ANNEX_BROWSER"
	for _, c := range []struct {
		name, named, system string
		env                 map[string]string
		there               []string
		want                string // empty for none
	}{
		{"by the caller", "/opt/b", "linux", map[string]string{asked: "/opt/c"}, []string{"/opt/b", "/opt/c", "chromium"}, "/opt/b"},
		{"by the environment", "", "linux", map[string]string{asked: "/opt/c"}, []string{"/opt/c", "chromium"}, "/opt/c"},
		{"named and missing", "", "linux", map[string]string{asked: "/opt/c"}, []string{"chromium"}, ""},
		{"on the PATH", "", "linux", nil, []string{"google-chrome", "/snap/bin/chromium"}, "google-chrome"},
		{"Chromium first", "", "linux", nil, []string{"brave-browser", "google-chrome", "chromium"}, "chromium"},
		{"a snap", "", "linux", nil, []string{"/snap/bin/chromium"}, "/snap/bin/chromium"},
		{"Edge on Linux", "", "linux", nil, []string{"microsoft-edge"}, "microsoft-edge"},
		{"Chrome on macOS", "", "darwin", nil, []string{"/Applications/Google Chrome.app/Contents/MacOS/Google Chrome"}, "/Applications/Google Chrome.app/Contents/MacOS/Google Chrome"},
		{"of one user on macOS", "", "darwin", map[string]string{"HOME": "/Users/a"}, []string{"/Users/a/Applications/Brave Browser.app/Contents/MacOS/Brave Browser"}, "/Users/a/Applications/Brave Browser.app/Contents/MacOS/Brave Browser"},
		{"Edge on Windows", "", "windows", map[string]string{"ProgramFiles": `C:\Program Files`, "ProgramFiles(x86)": `C:\Program Files (x86)`}, []string{`C:\Program Files (x86)\Microsoft\Edge\Application\msedge.exe`}, `C:\Program Files (x86)\Microsoft\Edge\Application\msedge.exe`},
		{"of one user on Windows", "", "windows", map[string]string{"LocalAppData": `C:\Users\a\AppData\Local`}, []string{`C:\Users\a\AppData\Local\Google\Chrome\Application\chrome.exe`}, `C:\Users\a\AppData\Local\Google\Chrome\Application\chrome.exe`},
		{"none", "", "windows", nil, nil, ""},
	} {
		t.Run(c.name, func(t *testing.T) {
			got, err := find(c.named, machine{
				c.system, func(name string) string { return c.env[name] },
				func(name string) (string, error) {
					for _, p := range c.there {
						if p == name {
							return p, nil
						}
					}
					return "", exec.ErrNotFound
				},
			})
			var missing *MissingError
			if got != c.want || (err != nil) != (c.want == "") || err != nil && !errors.As(err, &missing) {
				t.Errorf("%q, %v; want %q", got, err, c.want)
			}
		})
	}
}

// TestWithoutABrowserASentenceSaysWhatToDo holds what the user reads.
func TestWithoutABrowserASentenceSaysWhatToDo(t *testing.T) {
	t.Setenv("PATH", t.TempDir())
	t.Setenv("ANNEX_BROWSER", "")
	_, err := Open(t.Context(), Options{})
	const want = "PDF files are printed by a browser, and none was found: install Chromium, Chrome, Edge or Brave, or name its program in the environment variable ANNEX_BROWSER; everything but PDF works without"
	if err == nil || err.Error() != want {
		t.Errorf("got  %v\nwant %s", err, want)
	}
	t.Setenv("ANNEX_BROWSER", "/nowhere/chrome")
	_, err = Open(t.Context(), Options{})
	var missing *MissingError
	if !errors.As(err, &missing) || missing.Named != "/nowhere/chrome" || !strings.Contains(err.Error(), "there is no program /nowhere/chrome") {
		t.Errorf("%v", err)
	}
}

// TestABrowserThatDoesNotStartIsToldOf starts programs that are no browsers.
func TestABrowserThatDoesNotStartIsToldOf(t *testing.T) {
	for name, c := range map[string]struct{ script, want string }{
		"ends at once":       {"exit 1", "it gave no answer"},
		"says why":           {"echo 'No usable sandbox!' >&2; exit 1", "No usable sandbox!"},
		"says much":          {"echo '[1:1:FATAL:a.cc(1)] No usable sandbox!' >&2; echo '#1 0x55d' >&2; exit 1", "No usable sandbox!"},
		"speaks otherwise":   {"printf 'hello\\0' >&4; exit 0", "it gave no answer"},
		"never answers":      {"sleep 60", "it gave no answer"},
		"closes and goes on": {"exec 3<&- 4>&-; sleep 60", "it gave no answer"},
	} {
		t.Run(name, func(t *testing.T) {
			temporary := t.TempDir()
			t.Setenv("TMPDIR", temporary)
			program := filepath.Join(t.TempDir(), "browser")
			if err := os.WriteFile(program, []byte("#!/bin/sh\n"+c.script+"\n"), 0o700); err != nil {
				t.Fatal(err)
			}
			ctx, cancel := context.WithTimeout(t.Context(), 2*time.Second)
			defer cancel()
			_, err := Open(ctx, Options{Browser: program})
			var failed *StartError
			if !errors.As(err, &failed) || failed.Reason != c.want || failed.Program != program {
				t.Errorf("got %v, want %s", err, c.want)
			}
			if left, _ := filepath.Glob(filepath.Join(temporary, "*")); len(left) > 0 {
				t.Errorf("left behind: %q", left)
			}
		})
	}
	t.Run("no program", func(t *testing.T) {
		t.Setenv("TMPDIR", t.TempDir())
		program := filepath.Join(t.TempDir(), "browser")
		if err := os.WriteFile(program, []byte{0x7f, 'E', 'L', 'F'}, 0o700); err != nil {
			t.Fatal(err)
		}
		_, err := Open(t.Context(), Options{Browser: program})
		var failed *StartError
		if !errors.As(err, &failed) {
			t.Errorf("%v", err)
		}
	})
	t.Run("given up on", func(t *testing.T) {
		ctx, cancel := context.WithCancel(t.Context())
		cancel()
		if _, err := Open(ctx, Options{Browser: "/bin/cat"}); !errors.Is(err, context.Canceled) {
			t.Errorf("%v", err)
		}
	})
}

// TestOnlyRootHasNoSandbox holds that nobody else gives it up.
func TestOnlyRootHasNoSandbox(t *testing.T) {
	for root, want := range map[bool]bool{true: true, false: false} {
		if got := strings.Contains(strings.Join(flags("/tmp/x", root), " "), "--no-sandbox"); got != want {
			t.Errorf("root %v: %v", root, got)
		}
	}
}
