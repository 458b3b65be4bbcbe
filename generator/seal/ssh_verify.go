package seal

import (
	"bytes"
	"errors"
	"fmt"
	"strings"

	"github.com/hiddeco/sshsig"
	"golang.org/x/crypto/ssh"
)

// parseSSH reads a signature of SSH. What does not read back as it was written is
// refused, so that no bit of it is without meaning.
func parseSSH(text []byte) (*sshsig.Signature, error) {
	s, err := sshsig.Unarmor(text)
	if err != nil {
		return nil, err
	}
	compact := strings.NewReplacer("\r", "", "\n", "")
	if compact.Replace(string(bytes.TrimSpace(text))) != compact.Replace(string(sshsig.Armor(s))) {
		return nil, errors.New("it is not written as ssh-keygen writes it")
	}
	return s, nil
}

// verifySSH verifies a signature of SSH: by whom it is, then whether it is.
func (t Trust) verifySSH(message, signature []byte, by By) Result {
	r := Result{Form: SSH}
	s, err := parseSSH(signature)
	if err != nil {
		return r.fail(Damaged, "the signature is damaged: "+clean(strings.TrimPrefix(err.Error(), "ssh: ")))
	}
	r.Key, r.KeyType = fingerprint(s.PublicKey), keyType(s.PublicKey)
	if why := weakness(s.PublicKey); why != "" {
		return r.fail(NotAccepted, "the key of the signature is not accepted: "+why)
	}
	if strings.HasPrefix(s.PublicKey.Type(), ssh.KeyAlgoRSA) && s.Signature.Format != ssh.KeyAlgoRSASHA256 && s.Signature.Format != ssh.KeyAlgoRSASHA512 {
		return r.fail(NotAccepted, "the signature is made with SHA-1, which is too weak")
	}
	if s.Namespace != Namespace {
		return r.fail(NotAccepted, fmt.Sprintf("the signature is made for %q and not for %q: sign with ssh-keygen -n %s", clean(s.Namespace), Namespace, Namespace))
	}
	if t.ssh != nil {
		r.Signer = t.comment
		if !same(t.ssh, s.PublicKey) {
			return r.fail(OtherKey, fmt.Sprintf("the signature was made with another key: with %s, and the key given is %s", r.Key, fingerprint(t.ssh)))
		}
	} else {
		v := judge(t.signers, s.PublicKey, by)
		if v.fault != "" {
			return r.fail(v.fault, v.reason)
		}
		r.Signer = v.signer
	}
	if err := sshsig.Verify(bytes.NewReader(message), s, s.PublicKey, s.HashAlgorithm, Namespace); err != nil {
		return r.fail(Changed, "the signed text was changed after it was signed, or the signature was")
	}
	r.Valid, r.PublicKey = true, line(s.PublicKey)
	return r
}
