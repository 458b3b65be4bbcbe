package seal

import (
	"bytes"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"testing"
)

// tool returns the path of a program that a test needs. Where it is missing the
// test is left out, unless ANNEX_TEST_TOOLS says that it must not be.
func tool(t testing.TB, name string) string {
	t.Helper()
	path, err := exec.LookPath(name)
	if err == nil {
		return path
	}
	what := name + " is not installed; on Debian: apt-get install minisign age openssh-client"
	if os.Getenv("ANNEX_TEST_TOOLS") == "required" {
		t.Fatal(what)
	}
	t.Skip(what)
	return ""
}

// attempt runs a program in a folder and returns what it printed.
func attempt(t testing.TB, dir, stdin, name string, args ...string) (string, error) {
	t.Helper()
	cmd := exec.Command(tool(t, name), args...)
	cmd.Dir = dir
	cmd.Stdin = strings.NewReader(stdin)
	cmd.Env = append(os.Environ(), "TZ=UTC", "SSH_ASKPASS_REQUIRE=never")
	out, err := cmd.CombinedOutput()
	return string(out), err
}

// run is attempt for what has to work.
func run(t testing.TB, dir, stdin, name string, args ...string) string {
	t.Helper()
	out, err := attempt(t, dir, stdin, name, args...)
	if err != nil {
		t.Fatalf("%s %s: %v\n%s", name, strings.Join(args, " "), err, out)
	}
	return out
}

func write(t testing.TB, dir, name string, content []byte) {
	t.Helper()
	if err := os.WriteFile(filepath.Join(dir, name), content, 0o600); err != nil {
		t.Fatal(err)
	}
}

func load(t testing.TB, dir, name string) []byte {
	t.Helper()
	content, err := os.ReadFile(filepath.Join(dir, name))
	if err != nil {
		t.Fatal(err)
	}
	return content
}

// readKey reads a key as a command does.
func readKey(t testing.TB, dir, name string) (Key, error) {
	t.Helper()
	f, err := os.Open(filepath.Join(dir, name))
	if err != nil {
		t.Fatal(err)
	}
	defer f.Close()
	return ReadKey(name, f)
}

func signer(t testing.TB, dir, name string, with With) *Signer {
	t.Helper()
	k, err := readKey(t, dir, name)
	if err != nil {
		t.Fatal(err)
	}
	s, err := k.Open(with)
	if err != nil {
		t.Fatal(err)
	}
	return s
}

func sign(t testing.TB, s *Signer, message []byte, comment string) []byte {
	t.Helper()
	signature, err := s.Sign(message, comment)
	if err != nil {
		t.Fatal(err)
	}
	again, err := s.Sign(message, comment)
	if err != nil {
		t.Fatal(err)
	}
	if !bytes.Equal(signature, again) {
		t.Errorf("%s signs the same text with other bytes each time", s.Key())
	}
	return signature
}

func trust(t testing.TB, name string, content []byte) Trust {
	t.Helper()
	parsed, err := ParseTrust(name, content)
	if err != nil {
		t.Fatal(err)
	}
	return parsed
}

// answer always gives the same passphrase, and counts how often it was asked.
func answer(passphrase string, asked *int) Ask {
	return func(prompt string) ([]byte, error) {
		*asked++
		return []byte(passphrase), nil
	}
}

// manifest is what is signed here.
func manifest() []byte {
	return []byte("f2ca1bb6c7e907d06dafe4687e579fce76b37e4e93b7605022da52e6ccc26fd2  index.html\n" +
		"6b86b273ff34fce19d6b804eff5a3f5747ada4eaa22f1d49c01e52ddb7875b4b  site/soa/iso-42001.html\n")
}
