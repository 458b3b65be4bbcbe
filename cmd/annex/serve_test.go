package main

import (
	"bufio"
	"bytes"
	"io"
	"net"
	"net/http"
	"os"
	"os/exec"
	"path/filepath"
	"regexp"
	"strconv"
	"strings"
	"testing"
	"time"
)

// server is annex serve as a user runs it.
type server struct {
	*exec.Cmd
	address string
	first   string // line that it printed
	lines   *bufio.Scanner
	stderr  bytes.Buffer
}

var addressOf = regexp.MustCompile(`http://localhost:\d+/`)

func startServe(t *testing.T, args ...string) *server {
	t.Helper()
	program, err := os.Executable()
	if err != nil {
		t.Fatal(err)
	}
	s := &server{Cmd: &exec.Cmd{Path: program, Args: append([]string{"annex", "serve"}, args...)}}
	s.Stderr = &s.stderr
	out, err := s.StdoutPipe()
	if err != nil {
		t.Fatal(err)
	}
	if err := s.Start(); err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { _ = s.Process.Kill() }) // most have ended by then
	s.lines = bufio.NewScanner(out)
	if s.lines.Scan() {
		s.first = s.lines.Text()
		s.address = addressOf.FindString(s.first)
	}
	return s
}

func house(t *testing.T) string {
	t.Helper()
	dir := filepath.Join(t.TempDir(), "house")
	if err := os.CopyFS(dir, os.DirFS("testdata/house")); err != nil {
		t.Fatal(err)
	}
	return dir
}

func page(t *testing.T, address string) string {
	t.Helper()
	r, err := http.Get(address)
	if err != nil {
		t.Fatal(err)
	}
	defer r.Body.Close()
	data, err := io.ReadAll(r.Body)
	if err != nil {
		t.Fatal(err)
	}
	return string(data)
}

// TestServe holds what a user of annex serve sees on the terminal, from the
// address to Ctrl-C.
func TestServe(t *testing.T) {
	dir := house(t)
	s := startServe(t, dir, "--port", "0", "--as-of", "2027-03-01")
	if want := "serving " + s.address + " as of 2027-03-01; end with Ctrl-C"; s.address == "" || s.first != want {
		t.Fatalf("it says %q, want %q; %s", s.first, want, s.stderr.String())
	}
	if body := page(t, s.address); !strings.Contains(body, "1 Mar 2027") {
		t.Error("the first page does not speak for the day")
	}
	if err := os.WriteFile(filepath.Join(dir, "organization/extra.toml"), []byte("[[role]]\nid = \"x\"\ntitle = 3\n"), 0o644); err != nil {
		t.Fatal(err)
	}
	waitFor(t, func() bool { return strings.Contains(page(t, s.address+"_annex/state?path=/"), "AX0203") })
	if err := os.Remove(filepath.Join(dir, "organization/extra.toml")); err != nil {
		t.Fatal(err)
	}
	var said []string
	for s.lines.Scan() {
		said = append(said, s.lines.Text())
		if strings.Contains(s.lines.Text(), "mended") {
			break
		}
	}
	if err := s.Process.Signal(os.Interrupt); err != nil {
		t.Fatal(err)
	}
	if err := s.Wait(); err != nil {
		t.Errorf("after Ctrl-C: %v", err)
	}
	if last := said[len(said)-1]; !regexp.MustCompile(`^\d\d:\d\d:\d\d: mended; organization/extra.toml shows after \d+ms$`).MatchString(last) {
		t.Errorf("it says %q", said)
	}
	errors := s.stderr.String()
	for _, want := range []string{": 1 error; the site shows what was right last\n", "organization/extra.toml:3:9: error[AX0203]: title must be a text, not a number\n", "    3 | title = 3\n", "      |         ^\n"} {
		if !strings.Contains(errors, want) {
			t.Errorf("there is no %q in\n%s", want, errors)
		}
	}
}

func waitFor(t *testing.T, done func() bool) {
	t.Helper()
	for begun := time.Now(); !done(); time.Sleep(10 * time.Millisecond) {
		if time.Since(begun) > 20*time.Second {
			t.Fatal("it does not happen")
		}
	}
}

// TestServeOnATakenPort holds that a port that was asked for is that or none,
// and that without a wish the next is taken.
func TestServeOnATakenPort(t *testing.T) {
	l, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		t.Fatal(err)
	}
	defer l.Close()
	port := strconv.Itoa(l.Addr().(*net.TCPAddr).Port)
	s := startServe(t, house(t), "--port", port)
	_ = s.Wait()
	if code := s.ProcessState.ExitCode(); code != 2 || s.stderr.String() != "annex: port "+port+" is in use, perhaps by another annex serve; choose another with --port\n" {
		t.Errorf("exit code %d: %s", code, s.stderr.String())
	}
	one, two := startServe(t, house(t)), startServe(t, house(t))
	if one.address == "" || two.address == "" || one.address == two.address {
		t.Errorf("two of them serve on %q and %q", one.address, two.address)
	}
}

// TestServeTellsOfMistakesAtOnce holds that a workspace that is broken from the
// start is served, and that the terminal says what is wrong.
func TestServeTellsOfMistakesAtOnce(t *testing.T) {
	dir := house(t)
	if err := os.WriteFile(filepath.Join(dir, "organization/extra.toml"), []byte("[[role]\n"), 0o644); err != nil {
		t.Fatal(err)
	}
	s := startServe(t, dir, "--port", "0")
	waitFor(t, func() bool { return strings.Contains(page(t, s.address), "There is no site yet.") })
	if err := s.Process.Signal(os.Interrupt); err != nil {
		t.Fatal(err)
	}
	if err := s.Wait(); err != nil {
		t.Error(err)
	}
	if !strings.Contains(s.stderr.String(), "organization/extra.toml:1:") {
		t.Errorf("the terminal says %q", s.stderr.String())
	}
}
