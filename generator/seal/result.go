package seal

import (
	"strings"
	"unicode"
)

// Result says what came of verifying a signature.
type Result struct {
	Form  Form
	Valid bool
	Fault Fault // why it is not valid; empty if it is

	// Reason is a sentence that says the same to a reader, without a full stop.
	// Empty if the signature is valid.
	Reason string

	// Key names the key that the signature is made with: for minisign its number
	// in hex as minisign prints it, for SSH its fingerprint as "ssh-keygen -l"
	// does, SHA256:... If the signature is not valid, it is only what the
	// signature claims; empty if not even that can be read. The number of a
	// minisign key is no fingerprint: anybody can make a key with the same one.
	// It tells keys apart, and PublicKey says which it is.
	Key string

	// KeyType is the algorithm as ssh-keygen calls it: "ED25519", "RSA 3072",
	// "ED25519-SK CERT" and so on.
	KeyType string

	// PublicKey is the key that the signature was verified with, in one line as
	// "minisign -P" takes it or as it stands in a .pub file, without a comment.
	// Empty if the signature is not valid.
	PublicKey string

	// Comment is the trusted comment of a minisign signature: what the signer
	// wrote, and signed. Control characters are replaced by spaces, so that it
	// can go to a terminal. Empty if the signature is not valid, and for SSH.
	Comment string

	// Signer is who the verifier's own list or key file says that the key belongs
	// to: the principals of the line in the list of allowed signers, or the
	// comment of the .pub file. It is as true as that file. Empty if the signature
	// is not valid.
	Signer string
}

// Fault is why a signature is not valid.
type Fault string

// The faults.
const (
	// Damaged is a signature that cannot be read, or that was altered itself.
	Damaged Fault = "damaged"
	// OtherKey is a signature by a key that was not given to verify with.
	OtherKey Fault = "other-key"
	// Changed is a signature by the right key over another text. For SSH it may be
	// the signature that was altered: the two cannot be told apart there.
	Changed Fault = "changed"
	// NotAccepted is a signature by a known key that is too weak, is for another
	// purpose, or is not in force for this signer on that day.
	NotAccepted Fault = "not-accepted"
)

// fail notes why a signature is not valid.
func (r Result) fail(f Fault, reason string) Result {
	r.Valid, r.Fault, r.Reason = false, f, reason
	r.PublicKey, r.Comment, r.Signer = "", "", ""
	return r
}

// clean makes a text of others safe to print on one line: control characters and
// those that change the direction of text become spaces.
func clean(text string) string {
	return strings.TrimSpace(strings.Map(func(r rune) rune {
		if unicode.IsControl(r) || unicode.Is(unicode.Cf, r) || r == unicode.ReplacementChar {
			return ' '
		}
		return r
	}, text))
}
