package seal

import (
	"bytes"
	"math/rand/v2"
	"strings"
	"testing"
	"time"
)

// signed is a signature and what takes it.
type signed struct {
	name      string
	trust     Trust
	signature []byte
}

// everyForm signs with each form, and with one key of each kind for SSH.
func everyForm(t testing.TB) []signed {
	t.Helper()
	dir := t.TempDir()
	minisignKey(t, dir, "m", "")
	sshKey(t, dir, "ed", "", "-t", "ed25519")
	sshKey(t, dir, "ec", "", "-t", "ecdsa")
	sshKey(t, dir, "rsa", "", "-t", "rsa", "-b", "2048")
	var all []signed
	for name, public := range map[string]string{"m.key": "m.pub", "ed": "ed.pub", "ec": "ec.pub", "rsa": "rsa.pub"} {
		signature, err := signer(t, dir, name, With{}).Sign(manifest(), "file:MANIFEST.sha256")
		if err != nil {
			t.Fatal(err)
		}
		all = append(all, signed{public, trust(t, public, load(t, dir, public)), signature})
	}
	list := trust(t, "list", append([]byte("alice@example.org "), load(t, dir, "ed.pub")...))
	for _, s := range all {
		if s.name == "ed.pub" {
			all = append(all, signed{"list", list, s.signature})
		}
	}
	return all
}

// TestEveryBitOfASignatureCounts flips each bit of each signature and of the signed
// text. The one thing that may change is the text of the untrusted comment, which
// minisign signs no more than its name says.
func TestEveryBitOfASignatureCounts(t *testing.T) {
	for _, s := range everyForm(t) {
		t.Run(s.name, func(t *testing.T) {
			free := 0
			if s.trust.Form() == Minisign {
				free = bytes.IndexByte(s.signature, '\n')
			}
			by := By{At: time.Now()}
			if r := s.trust.Verify(manifest(), s.signature, by); !r.Valid {
				t.Fatal(r.Reason)
			}
			flip(s.signature, func(at int, changed []byte) {
				r := s.trust.Verify(manifest(), changed, by)
				comment := at >= len("untrusted comment: ") && at < free
				last := at == len(changed)-1 // the end of the last line, which may be missing
				switch {
				case r.Valid && !comment:
					t.Errorf("byte %d of %d is without meaning: %q", at, len(changed), changed[max(0, at-5):min(len(changed), at+5)])
				case r.Valid && r.Comment != "file:MANIFEST.sha256" && r.Form == Minisign:
					t.Errorf("byte %d changes the comment that is shown to %q", at, r.Comment)
				case !r.Valid && (r.Reason == "" || r.Fault == ""):
					t.Errorf("byte %d: no reason", at)
				case !r.Valid && last && r.Fault != Damaged:
					t.Errorf("the last byte: %+v", r)
				}
			})
			flip(manifest(), func(at int, changed []byte) {
				if r := s.trust.Verify(changed, s.signature, by); r.Valid || r.Fault != Changed {
					t.Errorf("byte %d of the text: %+v", at, r)
				}
			})
		})
	}
}

// flip calls f with a copy for each bit in which that bit is the other way.
func flip(text []byte, f func(at int, changed []byte)) {
	for i := range len(text) * 8 {
		changed := bytes.Clone(text)
		changed[i/8] ^= 1 << (i % 8)
		f(i/8, changed)
	}
}

// TestCutAndMixedSignatures holds that no part of a signature and no two halves of
// different ones are taken.
func TestCutAndMixedSignatures(t *testing.T) {
	forms := everyForm(t)
	random := rand.New(rand.NewPCG(1, 2))
	for _, s := range forms {
		for n := range len(s.signature) - 1 {
			if r := s.trust.Verify(manifest(), s.signature[:n], By{}); r.Valid {
				t.Errorf("%s: the first %d of %d bytes are taken", s.name, n, len(s.signature))
			}
		}
		for range 500 {
			other := forms[random.IntN(len(forms))].signature
			mixed := append(bytes.Clone(s.signature[:random.IntN(len(s.signature))]), other[random.IntN(len(other)):]...)
			if r := s.trust.Verify(manifest(), mixed, By{}); r.Valid && !bytes.Equal(bytes.TrimSpace(mixed), bytes.TrimSpace(s.signature)) && s.trust.Form() == SSH {
				t.Errorf("%s: taken is %q", s.name, mixed)
			}
		}
	}
}

// FuzzVerify gives bytes to everything that reads what others wrote. Nothing may
// panic, and no signature may be taken that reads otherwise than the true one.
func FuzzVerify(f *testing.F) {
	forms := everyForm(f)
	for _, s := range forms {
		f.Add(s.signature)
	}
	for _, seed := range []string{"", "\x00", "\xff\xfe", "untrusted comment: ", minisignShape(), pemOf("SSH SIGNATURE"), "-----BEGIN SSH SIGNATURE-----", "* cert-authority ssh-ed25519 AAAA", `a namespaces="`, "\"", "! k", dsaKey(), tokenHandle(), "age1pq1x\nage1tag1x", "AGE-SECRET-KEY-1"} {
		f.Add([]byte(seed))
	}
	compact := strings.NewReplacer("\r", "", "\n", "", " ", "", "\t", "")
	f.Fuzz(func(t *testing.T, input []byte) {
		for _, s := range forms {
			r := s.trust.Verify(manifest(), input, By{Identity: "alice@example.org", At: time.Unix(0, 0)})
			if r.Valid && s.trust.Form() == SSH && compact.Replace(string(input)) != compact.Replace(string(s.signature)) {
				t.Errorf("%s: taken is %q", s.name, input)
			}
			if r.Valid == (r.Reason != "") || r.Valid == (r.Fault != "") {
				t.Errorf("%s: %+v", s.name, r)
			}
		}
		Claimed(input)
		if trusted, err := ParseTrust("k", input); err == nil {
			for _, s := range forms {
				r := trusted.Verify(manifest(), s.signature, By{Identity: "alice@example.org", At: time.Unix(0, 0)})
				key := strings.TrimPrefix(s.trust.publicKey(), "ssh-ed25519 ")
				if r.Valid && key != "" && s.name != "ec.pub" && !strings.Contains(string(input), strings.TrimPrefix(key, "ssh-rsa ")) {
					t.Errorf("%q verifies what %s does", input, s.name)
				}
			}
		}
		if k, err := ReadKey("k", openFile(t, "k", string(input))); err == nil && k.kind != minisignSecret {
			k.Open(With{})
		}
		ParseRecipients("r", input)
		ParseIdentities("i", input, nil)
		Encrypted(input)
	})
}
