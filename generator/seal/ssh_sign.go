package seal

import (
	"bytes"
	"crypto/x509"
	"errors"
	"fmt"
	"io"
	"strings"

	"github.com/hiddeco/sshsig"
	"golang.org/x/crypto/ssh"
	"golang.org/x/crypto/ssh/agent"
)

// openPrivate opens a private key of OpenSSH.
func (k Key) openPrivate(ask Ask) (*Signer, error) {
	raw, err := rawPrivate(k.name, k.content, ask)
	if err != nil {
		return nil, err
	}
	signer, err := ssh.NewSignerFromKey(raw)
	if err != nil {
		return nil, &InputError{k.name, "is a private key that cannot sign: " + err.Error(), wanted}
	}
	return k.signer(signer, signer.PublicKey())
}

// rawPrivate reads a private key of OpenSSH and asks for its passphrase if it has
// one.
func rawPrivate(name string, content []byte, ask Ask) (any, error) {
	raw, err := ssh.ParseRawPrivateKey(content)
	var locked *ssh.PassphraseMissingError
	if !errors.As(err, &locked) {
		if err != nil {
			return nil, &InputError{name, "is a damaged private key of OpenSSH, or of a kind that annex does not know: " + err.Error(), "take it from a copy, or name another key"}
		}
		return raw, nil
	}
	passphrase, err := ask.passphrase(name)
	if err != nil {
		return nil, err
	}
	defer clear(passphrase)
	raw, err = ssh.ParseRawPrivateKeyWithPassphrase(content, passphrase)
	switch {
	case errors.Is(err, x509.IncorrectPasswordError):
		return nil, fmt.Errorf("opening %s: %w", name, ErrPassphrase)
	case err != nil:
		return nil, &InputError{name, "cannot be opened: " + err.Error(), "add it to ssh-agent with ssh-add and name its .pub file"}
	}
	return raw, nil
}

// openAgent finds the private half of a public key in the agent.
func (k Key) openAgent(dial func() (io.ReadWriter, error)) (*Signer, error) {
	public, _, err := publicKey(k.name, k.content)
	if err != nil {
		return nil, err
	}
	name := fmt.Sprintf("%s (%s)", k.name, fingerprint(public))
	if dial == nil {
		return nil, &InputError{name, "is a public key, and there is no ssh-agent that could hold the private one", "start ssh-agent and add the key with ssh-add, or name the file of the private key"}
	}
	connection, err := dial()
	if err != nil {
		return nil, &InputError{name, "is a public key, and the ssh-agent that could hold the private one does not answer: " + err.Error(), "start ssh-agent and add the key with ssh-add, or name the file of the private key"}
	}
	held, err := agent.NewClient(connection).Signers()
	if err != nil {
		return nil, fmt.Errorf("asking ssh-agent for its keys: %w", err)
	}
	for _, signer := range held {
		if same(signer.PublicKey(), public) {
			return k.signer(signer, public)
		}
	}
	return nil, &InputError{name, "is not among the keys of ssh-agent", "add it with: ssh-add FILE-OF-THE-PRIVATE-KEY"}
}

// signer makes a Signer. The public key is given, as that of an agent's signer is
// only a box around its bytes.
func (k Key) signer(signer ssh.Signer, public ssh.PublicKey) (*Signer, error) {
	if why := weakness(public); why != "" {
		return nil, &InputError{k.name, "is not taken to sign with: " + why, "make a new one, as with: ssh-keygen -t ed25519"}
	}
	sign := func(message []byte, _ string) ([]byte, error) {
		// Without a source of randomness ECDSA signs as RFC 6979 has it.
		s, err := sshsig.SignWithRand(bytes.NewReader(message), nil, withSHA2{signer, public}, sshsig.HashSHA512, Namespace)
		switch {
		case err != nil && k.InAgent():
			return nil, fmt.Errorf("ssh-agent did not sign with %s; has the key to be touched or confirmed, or is the agent locked? %w", k.name, err)
		case err != nil:
			return nil, fmt.Errorf("signing with %s: %w", k.name, err)
		}
		return wrap(sshsig.Armor(s)), nil
	}
	return &Signer{SSH, fingerprint(public), Trust{form: SSH, name: k.name, ssh: public}, sign}, nil
}

// withSHA2 signs with RSA keys and certificates of such as rsa-sha2-512. Without
// being told, a certificate's key would sign with SHA-1.
type withSHA2 struct {
	ssh.Signer
	public ssh.PublicKey
}

// PublicKey is what goes into the signature.
func (s withSHA2) PublicKey() ssh.PublicKey { return s.public }

// Sign is what the library calls for other keys.
func (s withSHA2) Sign(rand io.Reader, data []byte) (*ssh.Signature, error) {
	if inner, ok := s.Signer.(ssh.AlgorithmSigner); ok && strings.HasPrefix(s.public.Type(), ssh.KeyAlgoRSA) {
		return inner.SignWithAlgorithm(rand, data, ssh.KeyAlgoRSASHA512)
	}
	return s.Signer.Sign(rand, data)
}

// SignWithAlgorithm is what the library calls for RSA keys.
func (s withSHA2) SignWithAlgorithm(rand io.Reader, data []byte, _ string) (*ssh.Signature, error) {
	return s.Sign(rand, data)
}

// wrap breaks the text of a signature at 70 letters, as ssh-keygen does, and not
// at 64.
func wrap(armored []byte) []byte {
	lines := strings.Split(strings.TrimSpace(string(armored)), "\n")
	body := strings.Join(lines[1:len(lines)-1], "")
	var b strings.Builder
	b.WriteString(lines[0] + "\n")
	for len(body) > 70 {
		b.WriteString(body[:70] + "\n")
		body = body[70:]
	}
	b.WriteString(body + "\n" + lines[len(lines)-1] + "\n")
	return []byte(b.String())
}
