package seal

import (
	"bytes"
	"fmt"
	"time"

	"aead.dev/minisign"
	"golang.org/x/crypto/ssh"
)

// Trust is what a verifier takes signatures from: a public key of minisign, an SSH
// public key, or a list of allowed signers. It has to come by another way than
// what is verified; this package cannot know whether it did.
type Trust struct {
	form     Form
	name     string
	minisign minisign.PublicKey
	ssh      ssh.PublicKey // nil for a list
	comment  string        // of the SSH public key
	signers  []entry
}

// By says who has to have signed, and when. Only lists of allowed signers ask for
// it, as "ssh-keygen -Y verify" does.
type By struct {
	// Identity is the principal that has to have signed, as -I has it. Empty for
	// anybody in the list; Result.Signer then says who.
	Identity string

	// At is the moment for which the signer has to be allowed: now, or the day on
	// which the pack was received. Times in the list that name no zone are read in
	// that of At. If it is zero, then whoever is allowed for a time only is not.
	At time.Time
}

// toVerify says what a key to verify with is.
const toVerify = "name a public key of minisign or SSH, or a list of allowed signers, that came to you by another way than the pack"

// ParseTrust reads what a verifier gave to verify with and tells from its content
// what it is: the file of a public key of minisign or its base64 alone, an SSH
// public key, or a list of allowed signers. For anything else the error is an
// [InputError]. The name is for messages.
func ParseTrust(name string, content []byte) (Trust, error) {
	t := Trust{name: name}
	what := recognise(content)
	content = whole(content)
	var err error
	switch what {
	case minisignPublic:
		t.form = Minisign
		if err := t.minisign.UnmarshalText(bytes.TrimSpace(content)); err != nil {
			return Trust{}, &InputError{name, "is a damaged public key of minisign: " + err.Error(), toVerify}
		}
	case sshPublic:
		t.form = SSH
		if t.ssh, t.comment, err = publicKey(name, content); err != nil {
			return Trust{}, err
		}
	case sshSigners:
		t.form = SSH
		t.signers = entries(content)
	case minisignSecret, sshPrivate, pemPrivate, putty, ageSecret:
		return Trust{}, &InputError{name, "is " + string(what), "keep it to yourself: signatures are verified with the public key that belongs to it"}
	case sshPublics:
		return Trust{}, &InputError{name, "is " + string(what), "name a file with one, or write before each who holds it, as in a list of allowed signers: who@example.org ssh-ed25519 AAAA..."}
	default:
		return Trust{}, &InputError{name, "is " + string(what), toVerify}
	}
	return t, nil
}

// publicKey reads an SSH public key and refuses one that is too weak.
func publicKey(name string, content []byte) (ssh.PublicKey, string, error) {
	key, comment, _, _, err := ssh.ParseAuthorizedKey(content)
	if err != nil {
		// A DSA key is not even read by newer versions of the library.
		if algorithm, _, _ := bytes.Cut(bytes.TrimSpace(content), []byte(" ")); bytes.HasPrefix(algorithm, []byte("ssh-dss")) {
			return nil, "", &InputError{name, "is not taken: " + weakType(string(algorithm)), "use a newer key, as ssh-keygen -t ed25519 makes"}
		}
		return nil, "", &InputError{name, "is a damaged SSH public key: " + err.Error(), "copy the line once more, whole"}
	}
	if why := weakness(key); why != "" {
		return nil, "", &InputError{name, "is not taken: " + why, "use a newer key, as ssh-keygen -t ed25519 makes"}
	}
	return key, clean(comment), nil
}

// Form returns the form of the signatures that can be verified.
func (t Trust) Form() Form { return t.form }

// publicKey returns the one key in one line; empty for a list.
func (t Trust) publicKey() string {
	switch {
	case t.form == Minisign:
		return t.minisign.String()
	case t.ssh != nil:
		return line(t.ssh)
	}
	return ""
}

// maxSignature is more than any signature takes: those with large RSA keys and
// certificates are of some KB.
const maxSignature = 1 << 18

// Names reports whether it says who holds the keys, as a list of allowed signers
// does: only then can somebody of them be asked for.
func (t Trust) Names() bool { return t.form == SSH && t.ssh == nil }

// Verify says whether a signature, as the text of its file, is one over this
// message by somebody who is trusted. It never fails: what is wrong is in the
// Result.
func (t Trust) Verify(message, signature []byte, by By) Result {
	r := Result{Form: t.form}
	if len(signature) > maxSignature {
		return r.fail(Damaged, "the signature is damaged: it is longer than any signature")
	}
	what := recognise(signature)
	switch {
	case t.form == Minisign && what == sshSignature:
		return r.fail(OtherKey, "the signature is one of SSH, and the key given is one of minisign")
	case t.form == SSH && what == minisignSignature:
		return r.fail(OtherKey, "the signature is one of minisign, and the key given is one of SSH")
	case t.form == Minisign:
		return t.verifyMinisign(message, signature)
	case t.form == SSH:
		return t.verifySSH(message, signature, by)
	}
	return r.fail(NotAccepted, "no key was given to verify with")
}

// Claimed returns the form of a signature and the key that it claims to be made
// with, as [Result.Key] has it. It proves nothing: it is for telling a reader
// whose key to ask for.
func Claimed(signature []byte) (Form, string, error) {
	switch recognise(signature) {
	case minisignSignature:
		var s minisign.Signature
		if err := s.UnmarshalText(bytes.ReplaceAll(signature, []byte("\r\n"), []byte("\n"))); err != nil {
			return Minisign, "", fmt.Errorf("reading a signature: %w", err)
		}
		return Minisign, number(s.KeyID), nil
	case sshSignature:
		s, err := parseSSH(signature)
		if err != nil {
			return SSH, "", fmt.Errorf("reading a signature: %w", err)
		}
		return SSH, fingerprint(s.PublicKey), nil
	}
	return "", "", fmt.Errorf("this is no signature of minisign or SSH: it is %s", recognise(signature))
}
