package seal

import (
	"crypto/rsa"
	"fmt"
	"strings"

	"golang.org/x/crypto/ssh"
)

// minRSA is the least size of RSA keys in bits. NIST SP 800-57 part 1 gives
// smaller ones less than 112 bits of strength and disallows them since 2014.
const minRSA = 2048

// weakness says why a key is not accepted, as "it is a DSA key, ..."; empty if it
// is. For a certificate both its key and that of its authority are looked at.
func weakness(key ssh.PublicKey) string {
	if c, ok := key.(*ssh.Certificate); ok {
		if why := weakness(c.Key); why != "" {
			return why
		}
		if why := weakness(c.SignatureKey); why != "" {
			return "of its authority: " + why
		}
		return ""
	}
	switch key.Type() {
	case ssh.KeyAlgoED25519, ssh.KeyAlgoECDSA256, ssh.KeyAlgoECDSA384, ssh.KeyAlgoECDSA521, ssh.KeyAlgoSKED25519, ssh.KeyAlgoSKECDSA256:
		return ""
	case ssh.KeyAlgoRSA:
		bits := rsaBits(key)
		if bits >= minRSA {
			return ""
		}
		return fmt.Sprintf("it is an RSA key of %d bits, and fewer than %d are too weak", bits, minRSA)
	}
	return weakType(key.Type())
}

// weakType says why keys of an algorithm that is not accepted are not.
func weakType(algorithm string) string {
	if strings.HasPrefix(algorithm, "ssh-dss") {
		return "it is a DSA key, and those are too weak"
	}
	return fmt.Sprintf("it is a key of the kind %q, which annex does not know", clean(algorithm))
}

// rsaBits returns the size of an RSA key; 0 if it is none.
func rsaBits(key ssh.PublicKey) int {
	if k, ok := key.(ssh.CryptoPublicKey); ok {
		if public, ok := k.CryptoPublicKey().(*rsa.PublicKey); ok {
			return public.N.BitLen()
		}
	}
	return 0
}

// keyType names the algorithm of a key as "ssh-keygen -l" does.
func keyType(key ssh.PublicKey) string {
	if c, ok := key.(*ssh.Certificate); ok {
		return keyType(c.Key) + " CERT"
	}
	switch key.Type() {
	case ssh.KeyAlgoED25519:
		return "ED25519"
	case ssh.KeyAlgoECDSA256:
		return "ECDSA 256"
	case ssh.KeyAlgoECDSA384:
		return "ECDSA 384"
	case ssh.KeyAlgoECDSA521:
		return "ECDSA 521"
	case ssh.KeyAlgoSKED25519:
		return "ED25519-SK"
	case ssh.KeyAlgoSKECDSA256:
		return "ECDSA-SK"
	case ssh.KeyAlgoRSA:
		return fmt.Sprintf("RSA %d", rsaBits(key))
	}
	return key.Type()
}

// fingerprint returns what "ssh-keygen -l" prints. That of a certificate is the
// fingerprint of its key, as there.
func fingerprint(key ssh.PublicKey) string {
	if c, ok := key.(*ssh.Certificate); ok {
		key = c.Key
	}
	return ssh.FingerprintSHA256(key)
}

// same reports whether two keys are the same, certificate and all.
func same(a, b ssh.PublicKey) bool { return string(a.Marshal()) == string(b.Marshal()) }

// line writes a key as a .pub file has it, without a comment.
func line(key ssh.PublicKey) string {
	return strings.TrimSpace(string(ssh.MarshalAuthorizedKey(key)))
}
