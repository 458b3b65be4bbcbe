// Package seal signs the manifest of a pack with a key of the user's, verifies
// such signatures, and encrypts packs to recipients. Bytes go in, and a signature
// or an answer comes out:
//
//	key, err := seal.ReadKey("id_ed25519", file)             // what was named to --sign
//	signer, err := key.Open(seal.With{Ask: ask})             // asks for a passphrase if there is one
//	signature, err := signer.Sign(manifest, "file:MANIFEST.sha256")
//
//	trust, err := seal.ParseTrust("minisign.pub", publicKey) // what was named to --key
//	result := trust.Verify(manifest, signature, seal.By{})
//	if !result.Valid { fmt.Println(result.Reason) }
//
// annex makes no keys and keeps none. The package opens no file, asks at no
// terminal and dials no agent: the caller reads, asks and dials. Nor does it know
// the time of day; a signature says when it was made only if the caller says so.
//
// # The two forms of signatures
//
// That of minisign is signed in prehashed form, so that "minisign -Vm FILE -p
// KEY.pub" verifies it. That of SSH is the form of "ssh-keygen -Y sign" with the
// namespace [Namespace], so that "ssh-keygen -Y verify -n annex-pack" verifies it.
// The same text, key and comment give the same bytes, each time, for every key
// that is in a file: Ed25519 and RSA (PKCS #1 v1.5) have no randomness, and ECDSA
// is signed as RFC 6979 has it. Behind an agent ECDSA and hardware keys give
// other bytes each time; Ed25519 and RSA do not.
//
// # What a signature does not say
//
// Who owns a key. A valid signature says that the holder of that key signed this
// text, unchanged, and no more. So the public key, or the list of allowed signers,
// has to come by another way than the pack: from a contract, a web page, a call in
// which the fingerprint was read out. A key found beside a pack proves nothing,
// because whoever changes the pack can change the key. Nor does a signature say
// when it was made: the comment of minisign is what the signer wrote. Encryption
// says nothing of who encrypted: everybody who has the recipients' public keys can.
//
// # Why these libraries
//
// aead.dev/minisign is the only kept one in Go that signs and reads encrypted
// secret keys. github.com/hiddeco/sshsig is a thin layer on golang.org/x/crypto/ssh
// with releases and tests against OpenSSH; the others are a copy out of rekor
// without releases (42wim/sshsig), or have none at all. It lacks lists of allowed
// signers and does not judge keys; both are here. filippo.io/age is age itself.
package seal

import "errors"

// Namespace is what SSH signatures of packs are made for. A signature for
// another purpose, as for a commit of git, is not taken for one of a pack.
const Namespace = "annex-pack"

// Form is a form of signatures.
type Form string

// The forms.
const (
	Minisign Form = "minisign"
	SSH      Form = "SSH"
)

// Suffix returns what the name of a signature's file has after the name of the
// signed file, as the tools of that form expect it.
func (f Form) Suffix() string {
	if f == Minisign {
		return ".minisig"
	}
	return ".sig"
}

// Ask asks the user for the passphrase of a key. The prompt says for which, as
// in "passphrase of id_ed25519", without a colon. What is returned is overwritten
// after its use.
type Ask func(prompt string) ([]byte, error)

// ErrPassphrase says that a passphrase does not open its key.
var ErrPassphrase = errors.New("the passphrase is not that of the key")

// InputError says that something the user named is not what is needed.
type InputError struct {
	Name  string // as the user named it
	Cause string // what is the matter, with a verb that has Name as its subject or follows a colon
	Help  string // what to do, an imperative
}

// Error joins the three in one line.
func (e *InputError) Error() string { return e.Name + " " + e.Cause + "; " + e.Help }

// passphrase asks, or says that nobody can be asked.
func (a Ask) passphrase(name string) ([]byte, error) {
	if a == nil {
		return nil, &InputError{name, "is protected by a passphrase, and here nobody can be asked for it", "use a terminal, or a key that ssh-agent holds"}
	}
	return a("passphrase of " + name)
}
