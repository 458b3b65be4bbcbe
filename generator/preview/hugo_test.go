package preview_test

import (
	"bufio"
	"context"
	"flag"
	"fmt"
	"io"
	"net/http"
	"os"
	"os/exec"
	"path/filepath"
	"regexp"
	"slices"
	"strconv"
	"strings"
	"testing"
	"time"

	"annex/generator/sample"
)

var (
	hugoCorpus = flag.String("hugo", "", "folder that corpus.py made, to compare with hugo server on")
	hugoRounds = flag.Int("rounds", 40, "how many saves TestAgainstHugo measures of each kind")
)

// TestAgainstHugo measures annex serve and hugo server on the same corpus, in
// turn: from the write of a file to the new bytes being served, of a document
// and of a record that many pages show, and the peak of their memory. It does so
// when asked, best on tmpfs:
//
//	corpus.py 10000 DIR
//	TMPDIR=/dev/shm go test ./generator/preview -run TestAgainstHugo -hugo DIR -v -timeout 60m
func TestAgainstHugo(t *testing.T) {
	if *hugoCorpus == "" {
		t.Skip("no -hugo")
	}
	dir := t.TempDir()
	program := filepath.Join(dir, "annex")
	if out, err := exec.Command("go", "build", "-o", program, "annex/cmd/annex").CombinedOutput(); err != nil {
		t.Fatalf("%v\n%s", err, out)
	}
	workspace := filepath.Join(dir, "workspace")
	sample.Put(t, workspace, sample.ReadCorpus(t, os.DirFS(*hugoCorpus)).Files(t))
	commit(t, workspace)
	site := filepath.Join(dir, "hugo")
	if err := os.CopyFS(site, os.DirFS(filepath.Join(*hugoCorpus, "hugo"))); err != nil {
		t.Fatal(err)
	}
	annex := run(t, workspace, program, "serve", "--port", "0")
	hugo := run(t, site, "hugo", "server", "--port", "42999")
	record, err := filepath.Glob(filepath.Join(site, "data/controls/*"))
	if err != nil || len(record) == 0 {
		t.Fatal(err, "no data")
	}
	saves := []struct {
		what string
		of   *process
		file string
		page string
		mark func(text, mark string) string
	}{
		{"document", annex, filepath.Join(workspace, "organization/documents/s003/p00170.md"), "documents/p00170.html", afterText},
		{"document", hugo, filepath.Join(site, "content/s003/p00170.md"), "s003/p00170/", afterText},
		{"record", annex, filepath.Join(workspace, "organization/records/c00170.toml"), "controls/index.html", inTitle},
		{"record", hugo, record[170], "matrix/", inTitle},
	}
	for i := range saves {
		saves[i].of.first(t, saves[i].page)
	}
	annex.first(t, "trend.html") // what git knows is read by then
	took := make([][]time.Duration, len(saves))
	for i := range *hugoRounds {
		for k, s := range saves {
			original, err := os.ReadFile(s.file)
			if err != nil {
				t.Fatal(err)
			}
			time.Sleep(1500 * time.Millisecond) // what the other puts off is done by then
			mark := fmt.Sprintf("mark%d-%d", i, k)
			begun := time.Now()
			if err := os.WriteFile(s.file, []byte(s.mark(string(original), mark)), 0o644); err != nil {
				t.Fatal(err)
			}
			for !strings.Contains(s.of.page(t, s.page), mark) {
				if time.Since(begun) > time.Minute {
					t.Fatalf("%s does not show %s", s.of.name, s.file)
				}
				time.Sleep(3 * time.Millisecond)
			}
			took[k] = append(took[k], time.Since(begun))
		}
	}
	for k, s := range saves {
		slices.Sort(took[k])
		at := func(p int) time.Duration {
			return took[k][min(len(took[k])*p/100, len(took[k])-1)].Round(time.Millisecond)
		}
		t.Logf("%-6s %-9s p50 %v  p95 %v  p99 %v", s.of.name, s.what, at(50), at(95), at(99))
	}
	for _, p := range []*process{annex, hugo} {
		t.Logf("%-6s peak %d MB, now %d MB", p.name, p.memory(t, "VmHWM"), p.memory(t, "VmRSS"))
	}
	time.Sleep(5 * time.Second) // memory is given back by then
	before := annex.ticks(t)
	time.Sleep(10 * time.Second)
	t.Logf("annex  idle: %d ms of processor time in 10 s", 10*(annex.ticks(t)-before))
}

var title = regexp.MustCompile(`(?m)^title\s*=\s*"[^"]*`)

func afterText(text, mark string) string { return text + "\n" + mark + "\n" }

func inTitle(text, mark string) string {
	at := title.FindStringIndex(text)
	return text[:at[0]] + `title = "Practice ` + mark + text[at[1]:]
}

// process is a server that runs as users run it.
type process struct {
	name, address string
	pid           int
}

var serving = regexp.MustCompile(`http://localhost:\d+/`)

func run(t *testing.T, dir, program string, args ...string) *process {
	t.Helper()
	ctx, stop := context.WithCancel(context.Background())
	c := exec.CommandContext(ctx, program, args...)
	c.Dir = dir
	out, err := c.StdoutPipe()
	if err != nil {
		t.Fatal(err)
	}
	if err := c.Start(); err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() {
		stop()
		_ = c.Wait() // it was killed
	})
	lines := bufio.NewScanner(out)
	for lines.Scan() {
		if address := serving.FindString(lines.Text()); address != "" {
			go func() { _, _ = io.Copy(io.Discard, out) }()
			return &process{filepath.Base(program), address, c.Process.Pid}
		}
	}
	t.Fatalf("%s does not say where it serves", program)
	return nil
}

func (p *process) page(t *testing.T, name string) string {
	t.Helper()
	r, err := http.Get(p.address + name)
	if err != nil {
		t.Fatal(err)
	}
	defer r.Body.Close()
	data, err := io.ReadAll(r.Body)
	if err != nil {
		return "" // hugo breaks off while it builds
	}
	return string(data)
}

// first waits until a page is there.
func (p *process) first(t *testing.T, name string) {
	t.Helper()
	for begun := time.Now(); !strings.Contains(p.page(t, name), "</h1>") || strings.Contains(p.page(t, name), "not part of the site"); time.Sleep(100 * time.Millisecond) {
		if time.Since(begun) > 2*time.Minute {
			t.Fatalf("%s has no %s", p.name, name)
		}
	}
}

// memory returns a figure of /proc/PID/status in MB.
func (p *process) memory(t *testing.T, key string) int {
	t.Helper()
	data, err := os.ReadFile(fmt.Sprintf("/proc/%d/status", p.pid))
	if err != nil {
		t.Fatal(err)
	}
	for line := range strings.Lines(string(data)) {
		if rest, ok := strings.CutPrefix(line, key+":"); ok {
			kb, err := strconv.Atoi(strings.Fields(rest)[0])
			if err != nil {
				t.Fatal(err)
			}
			return kb >> 10
		}
	}
	t.Fatalf("there is no %s", key)
	return 0
}

// ticks returns how much processor time the process has used, in hundredths of a
// second.
func (p *process) ticks(t *testing.T) int {
	t.Helper()
	data, err := os.ReadFile(fmt.Sprintf("/proc/%d/stat", p.pid))
	if err != nil {
		t.Fatal(err)
	}
	fields := strings.Fields(string(data[strings.LastIndexByte(string(data), ')'):]))
	user, err1 := strconv.Atoi(fields[12])
	system, err2 := strconv.Atoi(fields[13])
	if err1 != nil || err2 != nil {
		t.Fatal(err1, err2)
	}
	return user + system
}
