package seal

import (
	"crypto/rand"
	"crypto/sha512"
	"io"
	"strings"
	"testing"

	"github.com/hiddeco/sshsig"
	"golang.org/x/crypto/ssh"
	"golang.org/x/crypto/ssh/agent"
)

// signCertified signs with the certificate k-cert.pub. It may be one that nobody
// takes, such as for a host, so it does not go through a Signer of ours.
func signCertified(t *testing.T, dir string, dial func() (io.ReadWriter, error)) []byte {
	t.Helper()
	connection, err := dial()
	if err != nil {
		t.Fatal(err)
	}
	want, _, _, _, err := ssh.ParseAuthorizedKey(load(t, dir, "k-cert.pub"))
	if err != nil {
		t.Fatal(err)
	}
	held, err := agent.NewClient(connection).Signers()
	if err != nil {
		t.Fatal(err)
	}
	for _, s := range held {
		if same(s.PublicKey(), want) {
			signature, err := sshsig.Sign(strings.NewReader(string(manifest())), s, sshsig.HashSHA512, Namespace)
			if err != nil {
				t.Fatal(err)
			}
			return sshsig.Armor(signature)
		}
	}
	t.Fatal("ssh-agent does not hold the certificate")
	return nil
}

// TestWeakKeysAreRefused holds that small RSA keys neither sign nor verify, not
// even when ssh-keygen takes the signature.
func TestWeakKeysAreRefused(t *testing.T) {
	dir := t.TempDir()
	sshKey(t, dir, "k", "", "-t", "rsa", "-b", "1024")
	k, err := readKey(t, dir, "k")
	if err != nil {
		t.Fatal(err)
	}
	const want = "it is an RSA key of 1024 bits, and fewer than 2048 are too weak"
	if _, err := k.Open(With{}); err == nil || !strings.Contains(err.Error(), want) {
		t.Errorf("to sign: %v", err)
	}
	pub := load(t, dir, "k.pub")
	if _, err := ParseTrust("k.pub", pub); err == nil || !strings.Contains(err.Error(), want) {
		t.Errorf("to verify: %v", err)
	}
	write(t, dir, "m", manifest())
	run(t, dir, "", "ssh-keygen", "-q", "-Y", "sign", "-f", "k", "-n", "annex-pack", "m")
	list := append([]byte("alice@example.org "), pub...)
	r := trust(t, "allowed", list).Verify(manifest(), load(t, dir, "m.sig"), By{Identity: "alice@example.org"})
	if r.Valid || r.Fault != NotAccepted || !strings.Contains(r.Reason, want) {
		t.Errorf("in a list: %+v", r)
	}
	if _, err := ParseRecipients("k.pub", pub); err == nil || !strings.Contains(err.Error(), want) {
		t.Errorf("to encrypt: %v", err)
	}
}

// TestSHA1IsRefused makes signatures with SHA-1, which no tool does any more, with
// a key and with a certificate.
func TestSHA1IsRefused(t *testing.T) {
	dir := t.TempDir()
	sshKey(t, dir, "k", "", "-t", "rsa", "-b", "2048")
	run(t, dir, "", "ssh-keygen", "-q", "-s", "k", "-I", "x", "-n", "alice@example.org", "k.pub")
	raw, err := ssh.ParseRawPrivateKey(load(t, dir, "k"))
	if err != nil {
		t.Fatal(err)
	}
	inner, err := ssh.NewSignerFromKey(raw)
	if err != nil {
		t.Fatal(err)
	}
	digest := sha512.Sum512(manifest())
	signed := append([]byte("SSHSIG"), ssh.Marshal(struct{ Namespace, Reserved, Hash, Digest string }{Namespace, "", "sha512", string(digest[:])})...)
	for _, test := range []struct {
		file, algorithm, list string
		valid                 bool
	}{
		{"k.pub", ssh.KeyAlgoRSASHA256, "alice@example.org ", true},
		{"k.pub", ssh.KeyAlgoRSA, "alice@example.org ", false},
		{"k-cert.pub", ssh.KeyAlgoRSA, "alice@example.org cert-authority ", false},
	} {
		public, _, _, _, err := ssh.ParseAuthorizedKey(load(t, dir, test.file))
		if err != nil {
			t.Fatal(err)
		}
		s, err := inner.(ssh.AlgorithmSigner).SignWithAlgorithm(rand.Reader, signed, test.algorithm)
		if err != nil {
			t.Fatal(err)
		}
		signature := sshsig.Armor(&sshsig.Signature{Version: 1, PublicKey: public, Namespace: Namespace, HashAlgorithm: sshsig.HashSHA512, Signature: s})
		list := append([]byte(test.list), load(t, dir, "k.pub")...)
		r := trust(t, "allowed", list).Verify(manifest(), signature, By{Identity: "alice@example.org"})
		if r.Valid != test.valid {
			t.Errorf("%s with %s: %+v", test.file, test.algorithm, r)
		}
		if !test.valid && !strings.Contains(r.Reason, "SHA-1") && !strings.Contains(r.Reason, `"ssh-rsa"`) {
			t.Errorf("%s with %s: the reason is %q", test.file, test.algorithm, r.Reason)
		}
	}
}

// TestUnknownKindsAreRefused takes no key of a kind that ssh-keygen does not make
// everywhere, though the library may know it.
func TestUnknownKindsAreRefused(t *testing.T) {
	k := &token{secret: make([]byte, 64)}
	if why := weakness(k.public()); why != "" {
		t.Errorf("a token: %s", why)
	}
	if why := weakness(otherKind{k.public()}); why != `it is a key of the kind "ssh-new", which annex does not know` {
		t.Errorf("a new kind: %q", why)
	}
}

type otherKind struct{ ssh.PublicKey }

func (otherKind) Type() string { return "ssh-new" }
