package seal

import (
	"archive/zip"
	"bytes"
	"errors"
	"fmt"
	"io"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"testing/iotest"

	"filippo.io/age"
	"filippo.io/age/armor"
)

// ageKey has age-keygen make a key NAME and returns its public half.
func ageKey(t testing.TB, dir, name string) string {
	t.Helper()
	run(t, dir, "", "age-keygen", "-o", name)
	return strings.TrimSpace(run(t, dir, "", "age-keygen", "-y", name))
}

func recipients(t testing.TB, texts ...string) []Recipient {
	t.Helper()
	all, err := ParseRecipients("recipients", []byte(strings.Join(texts, "\n")))
	if err != nil {
		t.Fatal(err)
	}
	return all
}

func identities(t testing.TB, dir, name string, ask Ask) []Identity {
	t.Helper()
	all, err := ParseIdentities(name, load(t, dir, name), ask)
	if err != nil {
		t.Fatal(err)
	}
	return all
}

func encrypt(t testing.TB, plain []byte, to []Recipient) []byte {
	t.Helper()
	var b bytes.Buffer
	w, err := Encrypt(&b, to)
	if err != nil {
		t.Fatal(err)
	}
	if _, err := w.Write(plain); err != nil {
		t.Fatal(err)
	}
	if err := w.Close(); err != nil {
		t.Fatal(err)
	}
	return b.Bytes()
}

// pack is a zip of some pieces of 64 KB.
func pack(t testing.TB) []byte {
	t.Helper()
	var b bytes.Buffer
	w := zip.NewWriter(&b)
	for i := range 5 {
		f, err := w.CreateHeader(&zip.FileHeader{Name: fmt.Sprintf("evidence/%d", i), Method: zip.Store})
		if err != nil {
			t.Fatal(err)
		}
		if _, err := f.Write(bytes.Repeat([]byte{byte(i)}, 60_000)); err != nil {
			t.Fatal(err)
		}
	}
	if err := w.Close(); err != nil {
		t.Fatal(err)
	}
	return b.Bytes()
}

// TestAgeBothWays has the program age open what we encrypt, with each of the keys it
// is for, and us what age encrypts, as binary and as text.
func TestAgeBothWays(t *testing.T) {
	dir := t.TempDir()
	public := ageKey(t, dir, "age.key")
	sshKey(t, dir, "ed", "", "-t", "ed25519")
	sshKey(t, dir, "rsa", "", "-t", "rsa", "-b", "3072")
	list := fmt.Sprintf("# who may read\r\n\r\n%s\r\n%s\r\n%s%s\n", public, public, load(t, dir, "ed.pub"), load(t, dir, "rsa.pub"))
	to := recipients(t, list)
	if len(to) != 3 || to[0].String() != public || !strings.HasPrefix(to[1].String(), "ED25519 SHA256:") || !strings.HasPrefix(to[2].String(), "RSA 3072 SHA256:") {
		t.Errorf("the recipients are %v", to)
	}
	plain := pack(t)
	write(t, dir, "ours.age", encrypt(t, plain, to))
	for _, key := range []string{"age.key", "ed", "rsa"} {
		run(t, dir, "", "age", "-d", "-i", key, "-o", "plain", "ours.age")
		if !bytes.Equal(load(t, dir, "plain"), plain) {
			t.Errorf("age opens something else with %s", key)
		}
	}
	write(t, dir, "plain", plain)
	write(t, dir, "list", []byte(strings.ReplaceAll(list, "\r", "")))
	for _, form := range []string{"", "-a"} {
		run(t, dir, "", "age", append(strings.Fields(form), "-R", "list", "-o", "theirs.age", "plain")...)
		theirs := load(t, dir, "theirs.age")
		if !Encrypted(theirs[:64]) || Encrypted(plain) {
			t.Error("what is encrypted is not told from what is not")
		}
		for _, key := range []string{"age.key", "ed", "rsa"} {
			r, err := Decrypt(iotest.HalfReader(bytes.NewReader(theirs)), identities(t, dir, key, nil))
			if err != nil {
				t.Fatal(err)
			}
			if got, err := io.ReadAll(r); err != nil || !bytes.Equal(got, plain) {
				t.Errorf("%s with %s: %v", form, key, err)
			}
		}
	}
}

// TestQuantumKeys encrypts to a key of the newer kind, which old versions of age do
// not know, and does not mix it with others.
func TestQuantumKeys(t *testing.T) {
	dir := t.TempDir()
	key, err := age.GenerateHybridIdentity()
	if err != nil {
		t.Fatal(err)
	}
	write(t, dir, "pq", []byte(key.String()+"\n"))
	to := recipients(t, key.Recipient().String())
	r, err := Decrypt(bytes.NewReader(encrypt(t, manifest(), to)), identities(t, dir, "pq", nil))
	if err != nil {
		t.Fatal(err)
	}
	if got, err := io.ReadAll(r); err != nil || !bytes.Equal(got, manifest()) {
		t.Errorf("%q, %v", got, err)
	}
	if _, err := Encrypt(io.Discard, append(to, recipients(t, ageKey(t, dir, "k"))...)); err == nil || !strings.Contains(err.Error(), "cannot be mixed") {
		t.Errorf("mixed: %v", err)
	}
	if _, err := Encrypt(io.Discard, nil); err == nil || !strings.Contains(err.Error(), "nobody is named") {
		t.Errorf("to nobody: %v", err)
	}
}

// TestPassphrasesAreAskedWhenNeeded opens private keys of SSH and files of age that
// have a passphrase: asked for once, and not at all where the key is not meant.
func TestPassphrasesAreAskedWhenNeeded(t *testing.T) {
	dir := t.TempDir()
	sshKey(t, dir, "ssh", "right", "-t", "ed25519")
	sshKey(t, dir, "rsa", "right", "-t", "rsa", "-b", "2048")
	plainKey := ageKey(t, dir, "plain.key")
	secret := load(t, dir, "plain.key")
	for name, text := range map[string]bool{"binary": false, "text": true} {
		write(t, dir, name, protect(t, secret, "right", text))
	}
	other := recipients(t, ageKey(t, dir, "other"))
	tests := []struct {
		file, public string
		whenOther    int // how often is asked when it is for somebody else
	}{
		{"ssh", string(load(t, dir, "ssh.pub")), 0},
		{"rsa", string(load(t, dir, "rsa.pub")), 0},
		{"binary", plainKey, 1}, // whose key is in it cannot be seen before
		{"text", plainKey, 1},
	}
	for _, test := range tests {
		t.Run(test.file, func(t *testing.T) {
			encrypted := encrypt(t, manifest(), recipients(t, test.public))
			asked := 0
			ids := identities(t, dir, test.file, answer("right", &asked))
			for range 2 {
				r, err := Decrypt(bytes.NewReader(encrypted), ids)
				if err != nil {
					t.Fatal(err)
				}
				if got, err := io.ReadAll(r); err != nil || !bytes.Equal(got, manifest()) {
					t.Errorf("%q, %v", got, err)
				}
			}
			if asked != 1 {
				t.Errorf("asked %d times", asked)
			}
			if _, err := Decrypt(bytes.NewReader(encrypted), identities(t, dir, test.file, answer("wrong", new(int)))); !errors.Is(err, ErrPassphrase) || !strings.Contains(err.Error(), test.file) {
				t.Errorf("a wrong passphrase: %v", err)
			}
			if _, err := Decrypt(bytes.NewReader(encrypted), identities(t, dir, test.file, nil)); err == nil || !strings.Contains(err.Error(), "nobody can be asked") {
				t.Errorf("nobody to ask: %v", err)
			}
			asked = 0
			_, err := Decrypt(bytes.NewReader(encrypt(t, manifest(), other)), identities(t, dir, test.file, answer("right", &asked)))
			if !errors.Is(err, ErrOtherRecipient) || asked != test.whenOther {
				t.Errorf("for somebody else, asked %d times: %v", asked, err)
			}
		})
	}
}

// protect is what "age -p" does. That asks at a terminal, and has no other way.
func protect(t *testing.T, secret []byte, passphrase string, text bool) []byte {
	t.Helper()
	r, err := age.NewScryptRecipient(passphrase)
	if err != nil {
		t.Fatal(err)
	}
	r.SetWorkFactor(10)
	var b bytes.Buffer
	dst := io.WriteCloser(struct {
		io.Writer
		io.Closer
	}{&b, io.NopCloser(nil)})
	if text {
		dst = armor.NewWriter(&b)
	}
	w, err := age.Encrypt(dst, r)
	if err != nil {
		t.Fatal(err)
	}
	if _, err := w.Write(secret); err != nil {
		t.Fatal(err)
	}
	if err := errors.Join(w.Close(), dst.Close()); err != nil {
		t.Fatal(err)
	}
	return b.Bytes()
}

// TestPackIsReadWithoutUnpacking reads a zip out of an encrypted file in place.
func TestPackIsReadWithoutUnpacking(t *testing.T) {
	dir := t.TempDir()
	to := recipients(t, ageKey(t, dir, "k"))
	plain := pack(t)
	write(t, dir, "pack.age", encrypt(t, plain, to))
	f, err := os.Open(filepath.Join(dir, "pack.age"))
	if err != nil {
		t.Fatal(err)
	}
	defer f.Close()
	info, err := f.Stat()
	if err != nil {
		t.Fatal(err)
	}
	at, size, err := DecryptAt(f, info.Size(), identities(t, dir, "k", nil))
	if err != nil || size != int64(len(plain)) {
		t.Fatalf("%d bytes of %d, %v", size, len(plain), err)
	}
	z, err := zip.NewReader(at, size)
	if err != nil {
		t.Fatal(err)
	}
	for i, entry := range z.File {
		r, err := entry.Open()
		if err != nil {
			t.Fatal(err)
		}
		if got, err := io.ReadAll(r); err != nil || !bytes.Equal(got, bytes.Repeat([]byte{byte(i)}, 60_000)) {
			t.Errorf("%s: %v", entry.Name, err)
		}
	}
	if len(z.File) != 5 {
		t.Errorf("%d entries", len(z.File))
	}
}

// TestChangedEncryptedFilesAreRefused flips a bit in each hundredth byte and cuts
// the end off: nothing else than the true content is ever read.
func TestChangedEncryptedFilesAreRefused(t *testing.T) {
	dir := t.TempDir()
	to := recipients(t, ageKey(t, dir, "k"))
	ids := identities(t, dir, "k", nil)
	plain := pack(t)
	encrypted := encrypt(t, plain, to)
	whole := func(b []byte) error {
		r, err := Decrypt(bytes.NewReader(b), ids)
		if err == nil {
			_, err = io.Copy(io.Discard, r)
		}
		return err
	}
	inPlace := func(b []byte) error {
		at, size, err := DecryptAt(bytes.NewReader(b), int64(len(b)), ids)
		if err == nil {
			_, err = io.Copy(io.Discard, io.NewSectionReader(at, 0, size))
		}
		return err
	}
	for name, read := range map[string]func([]byte) error{"stream": whole, "in place": inPlace} {
		if err := read(encrypted); err != nil {
			t.Fatalf("%s: %v", name, err)
		}
		for i := 0; i < len(encrypted); i += 1 + i/3 {
			changed := bytes.Clone(encrypted)
			changed[i] ^= 4
			if read(changed) == nil {
				t.Errorf("%s: byte %d may be changed", name, i)
			}
		}
		for _, n := range []int{0, 10, 200, 64 << 10, len(encrypted) / 2, len(encrypted) - 1} {
			if read(encrypted[:n]) == nil {
				t.Errorf("%s: the first %d of %d bytes are enough", name, n, len(encrypted))
			}
		}
	}
}

// TestWhatCannotBeDecryptedSaysWhy names the way out.
func TestWhatCannotBeDecryptedSaysWhy(t *testing.T) {
	dir := t.TempDir()
	mine, other := recipients(t, ageKey(t, dir, "mine")), recipients(t, ageKey(t, dir, "other"))
	ids := identities(t, dir, "mine", nil)
	var text bytes.Buffer
	a := armor.NewWriter(&text)
	if _, err := a.Write(encrypt(t, manifest(), mine)); err != nil {
		t.Fatal(err)
	}
	if err := a.Close(); err != nil {
		t.Fatal(err)
	}
	tests := []struct {
		name, stream, inPlace string
		content               []byte
		ids                   []Identity
	}{
		{"to somebody else", "to other recipients", "to other recipients", encrypt(t, manifest(), other), ids},
		{"with a passphrase", "with a passphrase and not to a key; decrypt it first with: age -d", "with a passphrase", protect(t, manifest(), "x", false), ids},
		{"as text", "", "as text (age -a)", text.Bytes(), ids},
		{"without a key", "the secret key", "the secret key", encrypt(t, manifest(), mine), nil},
		{"no file of age", "decrypting: ", "decrypting: ", pack(t), ids},
		{"empty", "decrypting: ", "decrypting: ", nil, ids},
	}
	for _, test := range tests {
		_, err := Decrypt(bytes.NewReader(test.content), test.ids)
		if (err == nil) != (test.stream == "") || err != nil && !strings.Contains(err.Error(), test.stream) {
			t.Errorf("%s as a stream: %v", test.name, err)
		}
		if _, _, err := DecryptAt(bytes.NewReader(test.content), int64(len(test.content)), test.ids); err == nil || !strings.Contains(err.Error(), test.inPlace) {
			t.Errorf("%s in place: %v", test.name, err)
		}
	}
	broken := errors.New("the disk is gone")
	if _, err := Decrypt(iotest.ErrReader(broken), ids); !errors.Is(err, broken) {
		t.Errorf("an error of the disk: %v", err)
	}
}

// TestRecipientsAndIdentitiesAreRecognised says what a wrong file is, by line, and
// never shows a secret.
func TestRecipientsAndIdentitiesAreRecognised(t *testing.T) {
	dir := t.TempDir()
	public := ageKey(t, dir, "k")
	sshKey(t, dir, "ec", "", "-t", "ecdsa")
	sshKey(t, dir, "ec-locked", "x", "-t", "ecdsa")
	secret := string(load(t, dir, "k"))
	tests := []struct{ name, content, recipient, identity string }{
		{"empty", "", "is empty", "is empty"},
		{"comments", "# nobody\n", "holds only comments", "nothing that annex knows"},
		{"UTF-16", "\xff\xfea\x00", "UTF-16", "UTF-16"},
		{"secret key", secret, "line 3 is an age secret key; keep it to yourself", ""},
		{"damaged secret key", "AGE-SECRET-KEY-1XYZ\n", "keep it to yourself", "damaged file of secret keys"},
		{"public key", public, "", "opens with the secret one only"},
		{"damaged public key", public + "\n" + public[:40], "line 2 is a damaged public key", "opens with the secret one only"},
		{"plugin", "age1yubikey1qwerty\n", "needs a plugin", "opens with the secret one only"},
		{"secret of a plugin", "AGE-PLUGIN-YUBIKEY-1X\n", "keep it to yourself", "with which annex cannot decrypt"},
		{"ECDSA public", string(load(t, dir, "ec.pub")), "ECDSA 256, and age encrypts to ED25519 and RSA only", "opens with the secret one only"},
		{"ECDSA private", string(load(t, dir, "ec")), "", "of a kind that age does not know"},
		{"ECDSA private with passphrase", string(load(t, dir, "ec-locked")), "", "of a kind that age does not know"},
		{"handle of a token", tokenHandle(), "", "with which annex cannot decrypt"},
		{"DSA", dsaKey(), "it is a DSA key", "opens with the secret one only"},
		{"minisign", minisignBytes(42), "a public key of minisign", "a public key of minisign"},
		{"text", "Jane Doe\n", "line 1 is nothing that annex knows as a key; name public keys of age", "name the file with the secret key"},
	}
	for _, test := range tests {
		_, err := ParseRecipients("the-file", []byte(test.content))
		if test.recipient != "" && (err == nil || !strings.Contains(err.Error(), test.recipient)) {
			t.Errorf("%s as recipients: %v", test.name, err)
		}
		if err != nil && strings.Contains(err.Error(), "AGE-SECRET-KEY-1") {
			t.Errorf("%s: the secret is shown: %v", test.name, err)
		}
		_, err = ParseIdentities("the-file", []byte(test.content), nil)
		if test.identity != "" && (err == nil || !strings.Contains(err.Error(), test.identity)) {
			t.Errorf("%s as identities: %v", test.name, err)
		}
	}
}
