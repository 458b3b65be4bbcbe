package seal

import (
	"bytes"
	"crypto/ed25519"
	"crypto/sha256"
	"errors"
	"io"
	"net"
	"os"
	"os/exec"
	"path/filepath"
	"runtime"
	"strings"
	"testing"
	"time"

	"golang.org/x/crypto/ssh"
	"golang.org/x/crypto/ssh/agent"
)

// startAgent starts a real ssh-agent with a socket of its own and returns a
// function that dials it.
func startAgent(t *testing.T) (socket string, dial func() (io.ReadWriter, error)) {
	t.Helper()
	if runtime.GOOS == "windows" {
		t.Skip("on Windows ssh-agent is a service, and cannot be started for a test")
	}
	// The path of a socket has room for about 100 letters, so not t.TempDir.
	dir, err := os.MkdirTemp("", "a")
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { os.RemoveAll(dir) })
	socket = filepath.Join(dir, "s")
	cmd := exec.Command(tool(t, "ssh-agent"), "-D", "-a", socket)
	if err := cmd.Start(); err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() {
		cmd.Process.Kill()
		cmd.Wait()
	})
	for range 200 {
		if _, err := os.Stat(socket); err == nil {
			break
		}
		time.Sleep(10 * time.Millisecond)
	}
	return socket, func() (io.ReadWriter, error) {
		c, err := net.Dial("unix", socket)
		if err != nil {
			return nil, err
		}
		t.Cleanup(func() { c.Close() })
		return c, nil
	}
}

// TestAgentSigns has a real ssh-agent sign for a .pub file, and for a certificate,
// whose private files are gone.
func TestAgentSigns(t *testing.T) {
	socket, dial := startAgent(t)
	t.Setenv("SSH_AUTH_SOCK", socket)
	dir := t.TempDir()
	sshKey(t, dir, "ca", "", "-t", "ed25519")
	for kind, args := range kinds() {
		t.Run(kind, func(t *testing.T) {
			name := strings.ReplaceAll(kind, " ", "-")
			sshKey(t, dir, name, "", args...)
			run(t, dir, "", "ssh-keygen", "-q", "-s", "ca", "-I", "of alice", "-n", "alice@example.org", name+".pub")
			run(t, dir, "", "ssh-add", "-q", name)
			if err := removeFile(dir, name); err != nil {
				t.Fatal(err)
			}
			lists := map[string][]byte{
				name + ".pub":      append([]byte("alice@example.org "), load(t, dir, name+".pub")...),
				name + "-cert.pub": append([]byte("*@example.org cert-authority "), load(t, dir, "ca.pub")...),
			}
			for file, list := range lists {
				s := signer(t, dir, file, With{Agent: dial})
				signature, err := s.Sign(manifest(), "")
				if err != nil {
					t.Fatalf("%s: %v", file, err)
				}
				if out, err := keygenVerifies(t, dir, list, manifest(), signature); err != nil {
					t.Errorf("%s: ssh-keygen does not take the signature\n%s", file, out)
				}
				r := trust(t, "list", list).Verify(manifest(), signature, By{Identity: "alice@example.org", At: time.Now()})
				if !r.Valid || !strings.HasPrefix(r.KeyType, kind) {
					t.Errorf("%s: %+v", file, r)
				}
			}
		})
	}
}

// TestAgentWithoutTheKey says what to do when the agent is not there, does not hold
// the key, or is locked.
func TestAgentWithoutTheKey(t *testing.T) {
	socket, dial := startAgent(t)
	t.Setenv("SSH_AUTH_SOCK", socket)
	dir := t.TempDir()
	sshKey(t, dir, "k", "", "-t", "ed25519")
	sshKey(t, dir, "held", "", "-t", "ed25519")
	run(t, dir, "", "ssh-add", "-q", "held")
	k, err := readKey(t, dir, "k.pub")
	if err != nil {
		t.Fatal(err)
	}
	gone := errors.New("connection refused")
	tests := []struct {
		name string
		dial func() (io.ReadWriter, error)
		want string
	}{
		{"no agent", nil, "there is no ssh-agent"},
		{"does not answer", func() (io.ReadWriter, error) { return nil, gone }, "does not answer: connection refused"},
		{"hangs up", func() (io.ReadWriter, error) { return &bytes.Buffer{}, nil }, "asking ssh-agent for its keys"},
		{"has another key", dial, "is not among the keys of ssh-agent; add it with: ssh-add"},
	}
	for _, test := range tests {
		if _, err := k.Open(With{Agent: test.dial}); err == nil || !strings.Contains(err.Error(), test.want) {
			t.Errorf("%s: %v", test.name, err)
		}
	}

	s := signer(t, dir, "held.pub", With{Agent: dial})
	connection, err := dial()
	if err != nil {
		t.Fatal(err)
	}
	if err := agent.NewClient(connection).Lock([]byte("x")); err != nil {
		t.Fatal(err)
	}
	if _, err := s.Sign(manifest(), ""); err == nil || !strings.Contains(err.Error(), "or is the agent locked?") {
		t.Errorf("a locked agent: %v", err)
	}
}

// token is an agent that holds a key as a FIDO token does: it signs the digests of
// application and text with flags and a counter between.
type token struct {
	agent.Agent // nothing else is asked of it
	secret      ed25519.PrivateKey
	touched     bool
	counter     byte
}

func (k *token) public() ssh.PublicKey {
	blob := ssh.Marshal(struct{ Type, Key, Application string }{ssh.KeyAlgoSKED25519, string(k.secret.Public().(ed25519.PublicKey)), "ssh:"})
	public, err := ssh.ParsePublicKey(blob)
	if err != nil {
		panic(err)
	}
	return public
}

// List is what the agent protocol asks for.
func (k *token) List() ([]*agent.Key, error) {
	return []*agent.Key{{Format: ssh.KeyAlgoSKED25519, Blob: k.public().Marshal()}}, nil
}

// Sign is what the agent protocol asks for.
func (k *token) Sign(_ ssh.PublicKey, data []byte) (*ssh.Signature, error) {
	application, text := sha256.Sum256([]byte("ssh:")), sha256.Sum256(data)
	k.counter++
	state := []byte{0, 0, 0, 0, k.counter}
	if k.touched {
		state[0] = 1
	}
	signed := append(append(append([]byte{}, application[:]...), state...), text[:]...)
	return &ssh.Signature{Format: ssh.KeyAlgoSKED25519, Blob: ed25519.Sign(k.secret, signed), Rest: state}, nil
}

// SignWithFlags is what the agent protocol asks for.
func (k *token) SignWithFlags(key ssh.PublicKey, data []byte, _ agent.SignatureFlags) (*ssh.Signature, error) {
	return k.Sign(key, data)
}

// TestTokenSigns signs with a key that acts as one on a hardware token, behind the
// agent's protocol, and has ssh-keygen verify it. If nobody touched it, nothing is
// handed out.
func TestTokenSigns(t *testing.T) {
	k := &token{secret: ed25519.NewKeyFromSeed(make([]byte, ed25519.SeedSize)), touched: true}
	dial := func() (io.ReadWriter, error) {
		ours, theirs := net.Pipe()
		go agent.ServeAgent(k, theirs)
		t.Cleanup(func() { ours.Close() })
		return ours, nil
	}
	dir := t.TempDir()
	public := ssh.MarshalAuthorizedKey(k.public())
	write(t, dir, "token.pub", public)
	s := signer(t, dir, "token.pub", With{Agent: dial})
	signature, err := s.Sign(manifest(), "")
	if err != nil {
		t.Fatal(err)
	}
	list := append([]byte("alice@example.org "), public...)
	if out, err := keygenVerifies(t, dir, list, manifest(), signature); err != nil {
		t.Errorf("ssh-keygen does not take the signature\n%s", out)
	}
	if r := trust(t, "token.pub", public).Verify(manifest(), signature, By{}); !r.Valid || r.KeyType != "ED25519-SK" {
		t.Errorf("%+v", r)
	}
	k.touched = false
	if _, err := s.Sign(manifest(), ""); err == nil || !strings.Contains(err.Error(), "is not valid") {
		t.Errorf("a token that nobody touched: %v", err)
	}
}
