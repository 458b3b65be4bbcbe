package seal

import (
	"bytes"
	"io"
	"testing"
)

// BenchmarkDecryptAt reads 64 MB out of an encrypted file in place, as verifying a
// pack does.
func BenchmarkDecryptAt(b *testing.B) {
	dir := b.TempDir()
	to := recipients(b, ageKey(b, dir, "k"))
	ids := identities(b, dir, "k", nil)
	encrypted := encrypt(b, make([]byte, 64<<20), to)
	b.SetBytes(64 << 20)
	b.ReportAllocs()
	for b.Loop() {
		at, size, err := DecryptAt(bytes.NewReader(encrypted), int64(len(encrypted)), ids)
		if err != nil {
			b.Fatal(err)
		}
		if _, err := io.Copy(io.Discard, io.NewSectionReader(at, 0, size)); err != nil {
			b.Fatal(err)
		}
	}
}

// BenchmarkEncrypt encrypts 64 MB.
func BenchmarkEncrypt(b *testing.B) {
	to := recipients(b, ageKey(b, b.TempDir(), "k"))
	block := make([]byte, 1<<20)
	b.SetBytes(64 << 20)
	b.ReportAllocs()
	for b.Loop() {
		w, err := Encrypt(io.Discard, to)
		if err != nil {
			b.Fatal(err)
		}
		for range 64 {
			if _, err := w.Write(block); err != nil {
				b.Fatal(err)
			}
		}
		if err := w.Close(); err != nil {
			b.Fatal(err)
		}
	}
}

// BenchmarkVerify verifies a manifest of a MB (about 10,000 files) in each form.
func BenchmarkVerify(b *testing.B) {
	dir := b.TempDir()
	sshKey(b, dir, "k", "", "-t", "ed25519")
	minisignKey(b, dir, "m", "")
	message := bytes.Repeat(manifest(), 1<<20/len(manifest()))
	for name, public := range map[string]string{"k": "k.pub", "m.key": "m.pub"} {
		s := signer(b, dir, name, With{})
		signature := sign(b, s, message, "")
		trusted := trust(b, public, load(b, dir, public))
		b.Run(string(s.Form()), func(b *testing.B) {
			for b.Loop() {
				if r := trusted.Verify(message, signature, By{}); !r.Valid {
					b.Fatal(r.Reason)
				}
			}
		})
	}
}
