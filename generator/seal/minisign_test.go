package seal

import (
	"bytes"
	"errors"
	"strings"
	"testing"
)

// minisignKey has minisign make a key NAME.key and NAME.pub, with a passphrase or
// without.
func minisignKey(t testing.TB, dir, name, passphrase string) {
	t.Helper()
	args := []string{"-G", "-f", "-p", name + ".pub", "-s", name + ".key"}
	if passphrase == "" {
		run(t, dir, "", "minisign", append(args, "-W")...)
		return
	}
	run(t, dir, passphrase+"\n"+passphrase+"\n", "minisign", args...)
}

// TestMinisignVerifiesWhatWeSign has the real minisign verify our signatures, with
// the key from a file and on the command line, and says that the comment is ours.
func TestMinisignVerifiesWhatWeSign(t *testing.T) {
	for _, passphrase := range []string{"", "correct horse"} {
		t.Run("passphrase "+passphrase, func(t *testing.T) {
			dir := t.TempDir()
			minisignKey(t, dir, "k", passphrase)
			if passphrase != "" {
				refuseOthers(t, dir, "k.key")
			}
			asked := 0
			s := signer(t, dir, "k.key", With{Ask: answer(passphrase, &asked)})
			if want := map[bool]int{true: 0, false: 1}[passphrase == ""]; asked != want {
				t.Errorf("asked %d times for a passphrase, want %d", asked, want)
			}
			if pub := string(load(t, dir, "k.pub")); !strings.Contains(pub, s.Key()+"\n") || !strings.Contains(pub, s.PublicKey()) {
				t.Errorf("the key is called %s, %s; minisign wrote\n%s", s.Key(), s.PublicKey(), pub)
			}
			write(t, dir, "MANIFEST.sha256", manifest())
			write(t, dir, "MANIFEST.sha256"+s.Form().Suffix(), sign(t, s, manifest(), "file:MANIFEST.sha256"))
			for _, key := range [][]string{{"-p", "k.pub"}, {"-P", s.PublicKey()}} {
				out := run(t, dir, "", "minisign", append([]string{"-H", "-Vm", "MANIFEST.sha256"}, key...)...)
				if !strings.Contains(out, "Trusted comment: file:MANIFEST.sha256\n") {
					t.Errorf("minisign says\n%s", out)
				}
			}
			write(t, dir, "MANIFEST.sha256", append(manifest(), '\n'))
			if out, err := attempt(t, dir, "", "minisign", "-Vm", "MANIFEST.sha256", "-p", "k.pub"); err == nil {
				t.Errorf("minisign takes another text\n%s", out)
			}
		})
	}
}

// refuseOthers holds that a wrong passphrase gives an error that a caller can know,
// and that nobody to ask is said. It is no test of its own, as each opening takes a
// GB and seconds.
func refuseOthers(t *testing.T, dir, name string) {
	t.Helper()
	k, err := readKey(t, dir, name)
	if err != nil {
		t.Fatal(err)
	}
	asked := 0
	if _, err := k.Open(With{Ask: answer("wrong", &asked)}); !errors.Is(err, ErrPassphrase) || asked != 1 {
		t.Errorf("asked %d times: %v", asked, err)
	}
	var input *InputError
	if _, err := k.Open(With{}); !errors.As(err, &input) || !strings.Contains(err.Error(), "nobody can be asked") {
		t.Errorf("without somebody to ask: %v", err)
	}
}

// TestWeVerifyWhatMinisignSigns takes signatures of the real minisign, prehashed
// and of the old form, against a key in a file, with Windows' line ends, and alone.
func TestWeVerifyWhatMinisignSigns(t *testing.T) {
	dir := t.TempDir()
	minisignKey(t, dir, "k", "")
	write(t, dir, "m", manifest())
	pub := load(t, dir, "k.pub")
	alone := []byte(strings.Split(string(pub), "\n")[1])
	crlf := func(b []byte) []byte { return bytes.ReplaceAll(b, []byte("\n"), []byte("\r\n")) }
	for _, mode := range []string{"-SHm", "-Slm"} {
		run(t, dir, "", "minisign", mode, "m", "-s", "k.key", "-x", "sig", "-t", "of\tmay\u202e")
		signature := load(t, dir, "sig")
		for name, key := range map[string][]byte{"file": pub, "CRLF": crlf(pub), "BOM": append([]byte("\xef\xbb\xbf"), pub...), "alone": alone} {
			r := trust(t, name, key).Verify(manifest(), signature, By{})
			if !r.Valid || r.Comment != "of may" || r.Form != Minisign || r.PublicKey != string(alone) || !strings.Contains(string(pub), r.Key+"\n") {
				t.Errorf("%s with %s: %+v", mode, name, r)
			}
		}
		if r := trust(t, "k.pub", pub).Verify(manifest(), crlf(signature), By{}); !r.Valid {
			t.Errorf("%s with CRLF in the signature: %s", mode, r.Reason)
		}
	}
}

// TestMinisignFaultsAreToldApart names what is wrong: another key, another text, a
// damaged signature.
func TestMinisignFaultsAreToldApart(t *testing.T) {
	dir := t.TempDir()
	minisignKey(t, dir, "mine", "")
	minisignKey(t, dir, "other", "")
	s := signer(t, dir, "mine.key", With{})
	signature := string(sign(t, s, manifest(), "file:m"))
	lines := strings.Split(signature, "\n")
	join := func(l ...string) string { return strings.Join(l, "\n") + "\n" }
	tests := []struct {
		name, key, signature string
		message              []byte
		fault                Fault
		reason               string
	}{
		{"another key", "other", signature, manifest(), OtherKey, "made with another key: with " + s.Key()},
		{"changed text", "mine", signature, manifest()[1:], Changed, "the signed text was changed after it was signed"},
		{"changed comment", "mine", strings.Replace(signature, "file:m", "file:n", 1), manifest(), Damaged, "damaged"},
		{"no last line", "mine", join(lines[:3]...), manifest(), Damaged, "four lines"},
		{"a line more", "mine", signature + "more\n", manifest(), Damaged, "damaged"},
		{"empty", "mine", "", manifest(), Damaged, "four lines"},
		{"signature of SSH", "mine", "-----BEGIN SSH SIGNATURE-----\n", manifest(), OtherKey, "one of SSH"},
		{"endless", "mine", strings.Repeat("x", maxSignature+1), manifest(), Damaged, "longer"},
	}
	for _, test := range tests {
		t.Run(test.name, func(t *testing.T) {
			r := trust(t, test.key, load(t, dir, test.key+".pub")).Verify(test.message, []byte(test.signature), By{})
			if r.Valid || r.Fault != test.fault || !strings.Contains(r.Reason, test.reason) {
				t.Errorf("%+v", r)
			}
			if r.Comment != "" || r.PublicKey != "" || r.Signer != "" {
				t.Errorf("what is not valid is shown as if it were: %+v", r)
			}
		})
	}
}

// TestCommentsFitALine refuses what would forge lines of a signature.
func TestCommentsFitALine(t *testing.T) {
	dir := t.TempDir()
	minisignKey(t, dir, "k", "")
	s := signer(t, dir, "k.key", With{})
	for _, comment := range []string{"a\nb", "a\rb", "a\x00", "a\x1b[2J", "\xff", strings.Repeat("x", maxComment+1)} {
		if _, err := s.Sign(manifest(), comment); err == nil {
			t.Errorf("%.10q is taken", comment)
		}
	}
	for _, comment := range []string{"", "Prüfpaket\tStufe 1", strings.Repeat("x", maxComment)} {
		write(t, dir, "m", manifest())
		write(t, dir, "m.minisig", sign(t, s, manifest(), comment))
		run(t, dir, "", "minisign", "-Vm", "m", "-p", "k.pub")
	}
}
