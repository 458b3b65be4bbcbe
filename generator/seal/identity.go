package seal

import (
	"bytes"
	"errors"
	"fmt"
	"io"

	"filippo.io/age"
	"filippo.io/age/agessh"
	"filippo.io/age/armor"
	"golang.org/x/crypto/ssh"
)

// Identity is a secret key that can open what is encrypted to it.
type Identity struct{ key age.Identity }

// toDecrypt says what an identity is.
const toDecrypt = "name the file with the secret key of age, or the private key of SSH (ED25519 or RSA)"

// ParseIdentities reads the file of secret keys to decrypt with: those of age
// (AGE-SECRET-KEY-...) one in each line, such a file that "age -p" protected with a
// passphrase, or a private key of OpenSSH with or without a passphrase. A passphrase
// is asked for later, when something is decrypted, and for SSH only if it was
// encrypted to that key. Anything else is an [InputError]. The name is for messages.
func ParseIdentities(name string, content []byte, ask Ask) ([]Identity, error) {
	what := recognise(content)
	content = whole(content)
	switch what {
	case ageSecret:
		keys, err := age.ParseIdentities(bytes.NewReader(bytes.ReplaceAll(content, []byte("\r\n"), []byte("\n"))))
		if err != nil {
			return nil, &InputError{name, "is a damaged file of secret keys: " + err.Error(), "take it from a copy"}
		}
		var all []Identity
		for _, key := range keys {
			all = append(all, Identity{key})
		}
		return all, nil
	case ageFile:
		return []Identity{{&lockedFile{name: name, content: content, ask: ask}}}, nil
	case sshPrivate:
		key, err := sshIdentity(name, content, ask)
		if err != nil {
			return nil, err
		}
		return []Identity{{key}}, nil
	case sshPublic, sshPublics, ageRecipient:
		return nil, &InputError{name, "is " + string(what) + ", and what is encrypted to it opens with the secret one only", toDecrypt}
	case sshToken, agePlugin:
		return nil, &InputError{name, "is " + string(what) + ", with which annex cannot decrypt", "decrypt with the program age first, or with another key"}
	}
	return nil, &InputError{name, "is " + string(what), toDecrypt}
}

// sshIdentity reads a private key of OpenSSH to decrypt with.
func sshIdentity(name string, content []byte, ask Ask) (age.Identity, error) {
	kinds := &InputError{name, "is an SSH key of a kind that age does not know", toDecrypt}
	_, err := ssh.ParseRawPrivateKey(content)
	var locked *ssh.PassphraseMissingError
	switch {
	case errors.As(err, &locked):
		key := &lockedSSH{}
		key.EncryptedSSHIdentity, err = agessh.NewEncryptedSSHIdentity(locked.PublicKey, content, func() ([]byte, error) {
			var passphrase []byte
			passphrase, key.err = checked(name, content, ask)
			return passphrase, key.err
		})
		if err != nil {
			return nil, kinds
		}
		return key, nil
	case err != nil:
		return nil, &InputError{name, "is a damaged private key of OpenSSH, or of a kind that annex does not know: " + err.Error(), toDecrypt}
	}
	key, err := agessh.ParseIdentity(content)
	if err != nil {
		return nil, kinds
	}
	return key, nil
}

// checked asks for the passphrase of a private key and returns it if it opens the
// key.
func checked(name string, content []byte, ask Ask) ([]byte, error) {
	passphrase, err := ask.passphrase(name)
	if err != nil {
		return nil, err
	}
	again := func(string) ([]byte, error) { return bytes.Clone(passphrase), nil }
	if _, err := rawPrivate(name, content, again); err != nil {
		clear(passphrase)
		return nil, err
	}
	return passphrase, nil
}

// lockedSSH is a private key of SSH with a passphrase. The library makes a text of
// what went wrong when asking; this keeps it.
type lockedSSH struct {
	*agessh.EncryptedSSHIdentity
	err error
}

// Unwrap is what age calls.
func (l *lockedSSH) Unwrap(stanzas []*age.Stanza) ([]byte, error) {
	l.err = nil
	key, err := l.EncryptedSSHIdentity.Unwrap(stanzas)
	if l.err != nil {
		return nil, l.err
	}
	return key, err
}

// lockedFile is a file of secret keys that "age -p" protected with a passphrase.
type lockedFile struct {
	name    string
	content []byte
	ask     Ask
	keys    []age.Identity // once it is open
}

// Unwrap is what age calls.
func (l *lockedFile) Unwrap(stanzas []*age.Stanza) ([]byte, error) {
	if l.keys == nil {
		if err := l.open(); err != nil {
			return nil, err
		}
	}
	for _, key := range l.keys {
		fileKey, err := key.Unwrap(stanzas)
		if !errors.Is(err, age.ErrIncorrectIdentity) {
			return fileKey, err
		}
	}
	return nil, age.ErrIncorrectIdentity
}

func (l *lockedFile) open() error {
	passphrase, err := l.ask.passphrase(l.name)
	if err != nil {
		return err
	}
	defer clear(passphrase)
	scrypt, err := age.NewScryptIdentity(string(passphrase))
	if err != nil {
		return fmt.Errorf("opening %s: %w", l.name, ErrPassphrase)
	}
	var src io.Reader = bytes.NewReader(l.content)
	if armoured(l.content) {
		src = armor.NewReader(src)
	}
	plain, err := age.Decrypt(src, scrypt)
	var none *age.NoIdentityMatchError
	switch {
	case errors.As(err, &none) && len(none.StanzaTypes) > 0 && none.StanzaTypes[0] != "scrypt":
		return &InputError{l.name, "is a file that age encrypted to somebody's key and not with a passphrase", toDecrypt}
	case errors.As(err, &none):
		return fmt.Errorf("opening %s: %w", l.name, ErrPassphrase)
	case err != nil:
		return &InputError{l.name, "is a damaged file of secret keys: " + err.Error(), "take it from a copy"}
	}
	if l.keys, err = age.ParseIdentities(plain); err != nil {
		return &InputError{l.name, "holds no secret keys of age: " + err.Error(), toDecrypt}
	}
	return nil
}
