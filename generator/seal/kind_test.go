package seal

import (
	"encoding/base64"
	"encoding/pem"
	"errors"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"testing/fstest"

	"golang.org/x/crypto/ssh"
)

func removeFile(dir, name string) error { return os.Remove(filepath.Join(dir, name)) }

// minisignShape is a text that has the shape of a signature of minisign.
func minisignShape() string {
	return "untrusted comment: x\n" + base64.StdEncoding.EncodeToString(append([]byte("ED"), make([]byte, 72)...)) +
		"\ntrusted comment: x\n" + base64.StdEncoding.EncodeToString(make([]byte, 64)) + "\n"
}

// minisignBytes is base64 of so many bytes that start as those of minisign do.
func minisignBytes(n int) string {
	return base64.StdEncoding.EncodeToString(append([]byte("Ed"), make([]byte, n-2)...)) + "\n"
}

// tokenHandle is the file that ssh-keygen writes for a key on a token, as far as
// its public part.
func tokenHandle() string {
	public := ssh.Marshal(struct{ Type, Key, Application string }{"sk-ssh-ed25519@openssh.com", strings.Repeat("k", 32), "ssh:"})
	body := ssh.Marshal(struct {
		Cipher, KDF, Options string
		Keys                 uint32
		Public, Private      string
	}{"none", "none", "", 1, string(public), "handle"})
	return string(pem.EncodeToMemory(&pem.Block{Type: "OPENSSH PRIVATE KEY", Bytes: append([]byte("openssh-key-v1\x00"), body...)}))
}

func pemOf(label string) string {
	return string(pem.EncodeToMemory(&pem.Block{Type: label, Bytes: []byte("not read")}))
}

// dsaKey is an SSH public key with DSA: nobody makes those any more.
func dsaKey() string {
	number := func(bits int) string { return "\x00\x80" + strings.Repeat("\x01", bits/8-1) }
	blob := ssh.Marshal(struct{ Type, P, Q, G, Y string }{"ssh-dss", number(1024), number(160), "\x02", "\x03"})
	return "ssh-dss " + base64.StdEncoding.EncodeToString(blob) + " old@example.org\n"
}

// TestKeysAreRecognised tells from its content what a file is that somebody named
// to --sign, and what to do if it is none to sign with.
func TestKeysAreRecognised(t *testing.T) {
	const ed = "ssh-ed25519 AAAAC3NzaC1lZDI1NTE5AAAAIAMDAwMDAwMDAwMDAwMDAwMDAwMDAwMDAwMDAwMDAwMD a@b\n"
	tests := []struct {
		name, content string
		kind          kind
		help          string // of the error; empty for a key to sign with
	}{
		{"secret of minisign", "untrusted comment: minisign encrypted secret key\n" + minisignBytes(158), minisignSecret, ""},
		{"secret of minisign without comment", minisignBytes(158), minisignSecret, ""},
		{"private of OpenSSH", pemOf("OPENSSH PRIVATE KEY"), sshPrivate, ""},
		{"private of OpenSSH with BOM", "\xef\xbb\xbf" + pemOf("OPENSSH PRIVATE KEY"), sshPrivate, ""},
		{"public of SSH", "# mine\n\n" + ed, sshPublic, ""},
		{"public of a token", "sk-ssh-ed25519@openssh.com AAAAGnNr a@b", sshPublic, ""},

		{"public of minisign", "untrusted comment: minisign public key 1\n" + minisignBytes(42), minisignPublic, "~/.minisign/minisign.key"},
		{"public of minisign alone", minisignBytes(42), minisignPublic, "the secret key that belongs to it"},
		{"signature of minisign", minisignShape(), minisignSignature, wanted},
		{"secret of signify", "untrusted comment: signify secret key\n" + minisignBytes(104), signify, wanted},
		{"handle of a token", tokenHandle(), sshToken, "ssh-add"},
		{"two public keys", ed + ed, sshPublics, "the one key"},
		{"allowed signers", "a@b namespaces=\"annex-pack\" " + ed, sshSigners, "the one key"},
		{"signature of SSH", pemOf("SSH SIGNATURE"), sshSignature, wanted},
		{"public of RFC 4716", "---- BEGIN SSH2 PUBLIC KEY ----\n", ssh2Public, "ssh-keygen -i"},
		{"PuTTY", "PuTTY-User-Key-File-3: ssh-ed25519\n", putty, "PuTTYgen"},
		{"PEM of RSA", pemOf("RSA PRIVATE KEY"), pemPrivate, "ssh-keygen -p -f COPY"},
		{"PEM of EC", pemOf("EC PRIVATE KEY"), pemPrivate, "ssh-keygen -p -f COPY"},
		{"PKCS 8", pemOf("PRIVATE KEY"), pemPrivate, "ssh-keygen -p -f COPY"},
		{"PKCS 8 with passphrase", pemOf("ENCRYPTED PRIVATE KEY"), pemPrivate, "ssh-keygen -p -f COPY"},
		{"PEM of a public key", pemOf("PUBLIC KEY"), pemPublic, wanted},
		{"certificate", pemOf("CERTIFICATE"), certificate, wanted},
		{"other PEM", pemOf("DH PARAMETERS"), unknown, wanted},
		{"PGP", pemOf("PGP PRIVATE KEY BLOCK"), pgp, wanted},
		{"secret of age", "# created: today\n# public key: age1x\nAGE-SECRET-KEY-1X\n", ageSecret, "age encrypts and does not sign"},
		{"plugin of age", "AGE-PLUGIN-YUBIKEY-1X\n", agePlugin, "age encrypts and does not sign"},
		{"public of age", "age1x\n", ageRecipient, "age encrypts and does not sign"},
		{"encrypted by age", "age-encryption.org/v1\n", ageFile, wanted},
		{"encrypted by age as text", "-----BEGIN AGE ENCRYPTED FILE-----\n", ageFile, wanted},
		{"zip", "PK\x03\x04rest", zipped, wanted},
		{"empty", "", empty, wanted},
		{"blank", " \r\n\t", empty, wanted},
		{"UTF-16", "\xff\xfes\x00s\x00h\x00", wide, wanted},
		{"text", "The policy of the organization\n", unknown, wanted},
		{"comment of minisign alone", "untrusted comment: minisign public key\n", unknown, wanted},
		{"bytes", "\x00\x01\x02\xff", unknown, wanted},
	}
	for _, test := range tests {
		t.Run(test.name, func(t *testing.T) {
			if got := recognise([]byte(test.content)); got != test.kind {
				t.Errorf("it is taken for %s, and is %s", got, test.kind)
			}
			k, err := ReadKey("the-key", openFile(t, "k", test.content))
			if test.help == "" {
				if err != nil || (k.Form() == Minisign) != (test.kind == minisignSecret) || k.InAgent() != (test.kind == sshPublic) {
					t.Errorf("%+v, %v", k, err)
				}
				return
			}
			var input *InputError
			if !errors.As(err, &input) || input.Name != "the-key" || input.Cause != "is "+string(test.kind) || !strings.Contains(input.Help, test.help) {
				t.Errorf("%v", err)
			}
			if err != nil && err.Error() != input.Name+" "+input.Cause+"; "+input.Help {
				t.Errorf("the sentence is %q", err)
			}
		})
	}
}

func openFile(t testing.TB, name, content string) interface {
	Stat() (os.FileInfo, error)
	Read([]byte) (int, error)
	Close() error
} {
	t.Helper()
	f, err := fstest.MapFS{name: {Data: []byte(content)}}.Open(name)
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { f.Close() })
	return f
}

// TestFoldersAndLargeFilesAreNoKeys says so without reading them whole.
func TestFoldersAndLargeFilesAreNoKeys(t *testing.T) {
	dir := t.TempDir()
	if _, err := readKey(t, dir, "."); err == nil || !strings.Contains(err.Error(), ". is a folder; name a secret key") {
		t.Errorf("a folder: %v", err)
	}
	if _, err := ReadKey("big", openFile(t, "big", strings.Repeat("x", maxKey+1))); err == nil || !strings.Contains(err.Error(), "larger than any key") {
		t.Errorf("a large file: %v", err)
	}
}

// TestDamagedKeysSayWhatToDo opens keys whose shape is right and whose content is
// not.
func TestDamagedKeysSayWhatToDo(t *testing.T) {
	contents := map[string]string{
		"minisign":       "untrusted comment: x\n" + minisignBytes(158),
		"OpenSSH":        pemOf("OPENSSH PRIVATE KEY"),
		"SSH public key": "ssh-ed25519 AAAAC3NzaC1l a@b\n",
	}
	for name, content := range contents {
		k, err := ReadKey("k", openFile(t, "k", content))
		if err != nil {
			t.Fatal(err)
		}
		if _, err := k.Open(With{}); err == nil || !strings.Contains(err.Error(), "damaged") || !strings.Contains(err.Error(), name) {
			t.Errorf("%s: %v", name, err)
		}
	}
	if _, err := (Key{}).Open(With{}); err == nil {
		t.Error("a key that was not read is opened")
	}
}

// TestWhatVerifiesIsRecognised refuses to verify with what is secret, is several, or
// is no key.
func TestWhatVerifiesIsRecognised(t *testing.T) {
	const ed = "ssh-ed25519 AAAAC3NzaC1lZDI1NTE5AAAAIAMDAwMDAwMDAwMDAwMDAwMDAwMDAwMDAwMDAwMDAwMD a@b\n"
	tests := []struct{ name, content, want string }{
		{"secret of minisign", minisignBytes(158), "keep it to yourself"},
		{"private of OpenSSH", pemOf("OPENSSH PRIVATE KEY"), "keep it to yourself"},
		{"secret of age", "AGE-SECRET-KEY-1X\n", "keep it to yourself"},
		{"two keys", ed + ed, "write before each who holds it"},
		{"empty", "", "is empty; name a public key"},
		{"PGP", pemOf("PGP PUBLIC KEY BLOCK"), "is a file of PGP; name a public key"},
		{"DSA", dsaKey(), "it is a DSA key, and those are too weak"},
		{"damaged", "ssh-ed25519 AAAAC3NzaC1l a@b\n", "copy the line once more"},
	}
	for _, test := range tests {
		if _, err := ParseTrust("k", []byte(test.content)); err == nil || !strings.Contains(err.Error(), test.want) {
			t.Errorf("%s: %v", test.name, err)
		}
	}
	if r := (Trust{}).Verify(manifest(), []byte(minisignShape()), By{}); r.Valid || r.Fault != NotAccepted {
		t.Errorf("without a key: %+v", r)
	}
}
