package seal

import (
	"bytes"
	"errors"
	"strings"
	"testing"
	"time"
)

// sshKey has ssh-keygen make a key NAME and NAME.pub.
func sshKey(t testing.TB, dir, name, passphrase string, kind ...string) {
	t.Helper()
	run(t, dir, "", "ssh-keygen", append([]string{"-q", "-f", name, "-N", passphrase, "-C", "alice@example.org"}, kind...)...)
}

// keygenVerifies asks ssh-keygen whether a signature is one of alice's.
func keygenVerifies(t testing.TB, dir string, list, message, signature []byte) (string, error) {
	t.Helper()
	write(t, dir, "allowed", list)
	write(t, dir, "s.sig", signature)
	return attempt(t, dir, string(message), "ssh-keygen", "-Y", "verify", "-f", "allowed", "-I", "alice@example.org", "-n", "annex-pack", "-s", "s.sig")
}

// kinds are the kinds of keys that ssh-keygen makes without a token.
func kinds() map[string][]string {
	return map[string][]string{
		"ED25519":   {"-t", "ed25519"},
		"ECDSA 256": {"-t", "ecdsa", "-b", "256"},
		"ECDSA 384": {"-t", "ecdsa", "-b", "384"},
		"ECDSA 521": {"-t", "ecdsa", "-b", "521"},
		"RSA 2048":  {"-t", "rsa", "-b", "2048"},
		"RSA 3072":  {"-t", "rsa", "-b", "3072"},
	}
}

// TestSSHBothWays has ssh-keygen verify what we sign and us what ssh-keygen signs,
// for every kind of key, with a passphrase and without; ours is the same each time.
func TestSSHBothWays(t *testing.T) {
	for kind, args := range kinds() {
		for _, passphrase := range []string{"", "correct horse"} {
			t.Run(kind+" "+passphrase, func(t *testing.T) {
				dir := t.TempDir()
				sshKey(t, dir, "k", passphrase, args...)
				pub := load(t, dir, "k.pub")
				asked := 0
				s := signer(t, dir, "k", With{Ask: answer(passphrase, &asked)})
				if want := map[bool]int{true: 0, false: 1}[passphrase == ""]; asked != want {
					t.Errorf("asked %d times for a passphrase, want %d", asked, want)
				}
				if shown := run(t, dir, "", "ssh-keygen", "-l", "-f", "k.pub"); !strings.Contains(shown, " "+s.Key()+" ") {
					t.Errorf("the key is called %s; ssh-keygen prints %s", s.Key(), shown)
				}
				if !bytes.HasPrefix(pub, []byte(s.PublicKey()+" ")) {
					t.Errorf("the public key is %s; ssh-keygen wrote %s", s.PublicKey(), pub)
				}
				list := append([]byte("alice@example.org "), pub...)
				ours := sign(t, s, manifest(), "has no place here")
				if out, err := keygenVerifies(t, dir, list, manifest(), ours); err != nil {
					t.Errorf("ssh-keygen does not take our signature: %v\n%s", err, out)
				}
				if out, err := keygenVerifies(t, dir, list, manifest()[1:], ours); err == nil {
					t.Errorf("ssh-keygen takes it for another text\n%s", out)
				}

				write(t, dir, "m", manifest())
				for _, hash := range []string{"sha512", "sha256"} {
					run(t, dir, "", "ssh-keygen", "-q", "-p", "-f", "k", "-P", passphrase, "-N", "")
					run(t, dir, "", "ssh-keygen", "-Y", "sign", "-f", "k", "-n", "annex-pack", "-O", "hashalg="+hash, "m")
					theirs := load(t, dir, "m.sig")
					for name, trusted := range map[string][]byte{"k.pub": pub, "allowed": list} {
						r := trust(t, name, trusted).Verify(manifest(), theirs, By{Identity: "alice@example.org"})
						if !r.Valid || r.Key != s.Key() || r.KeyType != kind || r.Signer != "alice@example.org" || r.PublicKey != s.PublicKey() {
							t.Errorf("%s with %s: %+v", hash, name, r)
						}
					}
					if kind == "ED25519" && hash == "sha512" && !bytes.Equal(ours, theirs) {
						t.Errorf("ours differs from ssh-keygen's:\n%s\n%s", ours, theirs)
					}
					run(t, dir, "", "ssh-keygen", "-q", "-p", "-f", "k", "-P", "", "-N", passphrase)
					if err := removeFile(dir, "m.sig"); err != nil {
						t.Fatal(err)
					}
				}
			})
		}
	}
}

// TestSSHFaultsAreToldApart names what is wrong with a signature of SSH.
func TestSSHFaultsAreToldApart(t *testing.T) {
	dir := t.TempDir()
	sshKey(t, dir, "mine", "", "-t", "ed25519")
	sshKey(t, dir, "other", "", "-t", "ed25519")
	s := signer(t, dir, "mine", With{})
	signature := string(sign(t, s, manifest(), ""))
	run(t, dir, string(manifest()), "ssh-keygen", "-Y", "sign", "-f", "mine", "-n", "file", "other.pub")
	tests := []struct {
		name, key, signature string
		message              []byte
		fault                Fault
		reason               string
	}{
		{"another key", "other", signature, manifest(), OtherKey, "made with another key: with " + s.Key()},
		{"changed text", "mine", signature, manifest()[1:], Changed, "the signed text was changed"},
		{"for another purpose", "mine", string(load(t, dir, "other.pub.sig")), manifest(), NotAccepted, `made for "file" and not for "annex-pack"`},
		{"cut off", "mine", signature[:len(signature)/2], manifest(), Damaged, "damaged"},
		{"text before it", "mine", "see here\n" + signature, manifest(), Damaged, "damaged"},
		{"text after it", "mine", signature + "x", manifest(), Damaged, "not written as ssh-keygen writes it"},
		{"headers of PEM", "mine", strings.Replace(signature, "\n", "\nA: b\n\n", 1), manifest(), Damaged, "damaged"},
		{"empty", "mine", "", manifest(), Damaged, "damaged"},
		{"signature of minisign", "mine", minisignShape(), manifest(), OtherKey, "one of minisign"},
	}
	for _, test := range tests {
		t.Run(test.name, func(t *testing.T) {
			r := trust(t, test.key, load(t, dir, test.key+".pub")).Verify(test.message, []byte(test.signature), By{At: time.Now()})
			if r.Valid || r.Fault != test.fault || !strings.Contains(r.Reason, test.reason) {
				t.Errorf("%+v", r)
			}
			if r.PublicKey != "" || r.Signer != "" {
				t.Errorf("what is not valid is shown as if it were: %+v", r)
			}
		})
	}
}

// TestSSHSignatureSurvivesWindows takes line ends of Windows and a missing last one.
func TestSSHSignatureSurvivesWindows(t *testing.T) {
	dir := t.TempDir()
	sshKey(t, dir, "k", "", "-t", "ed25519")
	signature := sign(t, signer(t, dir, "k", With{}), manifest(), "")
	pub := trust(t, "k.pub", bytes.ReplaceAll(load(t, dir, "k.pub"), []byte("\n"), []byte("\r\n")))
	for _, form := range [][]byte{bytes.ReplaceAll(signature, []byte("\n"), []byte("\r\n")), bytes.TrimSpace(signature)} {
		if r := pub.Verify(manifest(), form, By{}); !r.Valid {
			t.Errorf("%q: %s", form, r.Reason)
		}
	}
}

// TestWrongPassphraseOfSSH gives an error that a caller can know.
func TestWrongPassphraseOfSSH(t *testing.T) {
	dir := t.TempDir()
	sshKey(t, dir, "k", "right", "-t", "ed25519")
	k, err := readKey(t, dir, "k")
	if err != nil {
		t.Fatal(err)
	}
	asked := 0
	if _, err := k.Open(With{Ask: answer("wrong", &asked)}); !errors.Is(err, ErrPassphrase) || asked != 1 {
		t.Errorf("asked %d times: %v", asked, err)
	}
	broken := errors.New("no terminal")
	if _, err := k.Open(With{Ask: func(string) ([]byte, error) { return nil, broken }}); !errors.Is(err, broken) {
		t.Errorf("an error of the one who asks: %v", err)
	}
	if _, err := k.Open(With{}); err == nil || !strings.Contains(err.Error(), "nobody can be asked") {
		t.Errorf("without somebody to ask: %v", err)
	}
}

// TestClaimedNamesTheKey says whose key to ask for, and proves nothing.
func TestClaimedNamesTheKey(t *testing.T) {
	dir := t.TempDir()
	sshKey(t, dir, "k", "", "-t", "ed25519")
	minisignKey(t, dir, "m", "")
	for _, name := range []string{"k", "m.key"} {
		s := signer(t, dir, name, With{})
		form, key, err := Claimed(sign(t, s, manifest(), ""))
		if err != nil || form != s.Form() || key != s.Key() {
			t.Errorf("%s claims %s %s, %v", name, form, key, err)
		}
	}
	for _, text := range []string{"", "hello", "-----BEGIN SSH SIGNATURE-----\nAAAA\n-----END SSH SIGNATURE-----\n", strings.Replace(minisignShape(), "trusted comment: x", "", 1)} {
		if _, key, err := Claimed([]byte(text)); err == nil {
			t.Errorf("%q claims %s", text, key)
		}
	}
}
