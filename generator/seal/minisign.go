package seal

import (
	"bytes"
	"crypto/ed25519"
	"encoding/base64"
	"fmt"
	"io"
	"strings"

	"aead.dev/minisign"
)

// openMinisign opens a secret key of minisign.
func (k Key) openMinisign(ask Ask) (*Signer, error) {
	secret, err := k.secret(ask)
	if err != nil {
		return nil, err
	}
	public, ok := secret.Public().(minisign.PublicKey)
	if !ok {
		return nil, &InputError{k.name, "holds no key of minisign", wanted}
	}
	sign := func(message []byte, comment string) ([]byte, error) {
		r := minisign.NewReader(bytes.NewReader(message))
		if _, err := io.Copy(io.Discard, r); err != nil {
			return nil, fmt.Errorf("hashing the text to sign: %w", err)
		}
		return r.SignWithComments(secret, comment, "signature from minisign secret key "+number(public.ID())), nil
	}
	return &Signer{Minisign, number(public.ID()), Trust{form: Minisign, name: k.name, minisign: public}, sign}, nil
}

func (k Key) secret(ask Ask) (secret minisign.PrivateKey, err error) {
	text := bytes.TrimSpace(bytes.ReplaceAll(k.content, []byte("\r\n"), []byte("\n")))
	if !minisign.IsEncrypted(text) {
		if err := secret.UnmarshalText(text); err != nil {
			return secret, &InputError{k.name, "is a damaged secret key of minisign: " + err.Error(), "take it from a copy"}
		}
		return secret, nil
	}
	passphrase, err := ask.passphrase(k.name)
	if err != nil {
		return secret, err
	}
	defer clear(passphrase)
	// The library has one error for a wrong passphrase and a damaged key, which
	// indeed look the same.
	if secret, err = minisign.DecryptKey(string(passphrase), text); err != nil {
		return secret, fmt.Errorf("opening %s: %w", k.name, ErrPassphrase)
	}
	return secret, nil
}

// number writes the number of a key as minisign does: upper case hex without
// leading zeros.
func number(id uint64) string { return fmt.Sprintf("%X", id) }

// verifyMinisign verifies a signature of minisign, prehashed or not. The first
// line of it, the untrusted comment, is no part of what is verified: it is neither
// judged nor shown.
func (t Trust) verifyMinisign(message, signature []byte) Result {
	r := Result{Form: Minisign, KeyType: "ED25519"}
	text := strings.ReplaceAll(string(signature), "\r\n", "\n")
	var s minisign.Signature
	if err := s.UnmarshalText([]byte(text)); err != nil {
		return r.fail(Damaged, "the signature is damaged: it has not the four lines of a signature of minisign")
	}
	// What does not read back as it was written is altered: bits that base64
	// leaves over, or lines below the last.
	if strings.TrimRight(s.String(), "\n") != strings.TrimRight(text, "\n") {
		return r.fail(Damaged, "the signature is damaged: it is not written as minisign writes it")
	}
	r.Key = number(s.KeyID)
	if s.KeyID != t.minisign.ID() {
		return r.fail(OtherKey, fmt.Sprintf("the signature was made with another key: with %s, and the key given is %s", r.Key, number(t.minisign.ID())))
	}
	if minisign.Verify(t.minisign, message, []byte(text)) {
		r.Valid, r.PublicKey, r.Comment = true, t.minisign.String(), clean(s.TrustedComment)
		return r
	}
	// The second signature in the file is over the first and the comment. If it
	// holds, the file is as the signer made it, and so the text is not.
	first := append(s.Signature[:len(s.Signature):len(s.Signature)], s.TrustedComment...)
	if key, ok := t.rawMinisign(); ok && ed25519.Verify(key, first, s.CommentSignature[:]) {
		return r.fail(Changed, "the signed text was changed after it was signed")
	}
	return r.fail(Damaged, "the signature is damaged, or it was made with another key that has the same number")
}

// rawMinisign returns the Ed25519 key, which stands after the algorithm (2 bytes)
// and the number (8 bytes) in what a public key of minisign encodes.
func (t Trust) rawMinisign() (ed25519.PublicKey, bool) {
	raw, err := base64.StdEncoding.DecodeString(t.minisign.String())
	if err != nil || len(raw) != 10+ed25519.PublicKeySize {
		return nil, false
	}
	return raw[10:], true
}
