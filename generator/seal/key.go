package seal

import (
	"fmt"
	"io"
	"io/fs"
)

// maxKey is the most that a file with a key may hold. The largest are long lists
// of signers.
const maxKey = 1 << 20

// Key is what a user named to sign with, recognised by its content and not yet
// opened.
type Key struct {
	name    string
	kind    kind
	content []byte
}

// ReadKey reads the file that a user named to sign with and tells from its
// content what it is: a secret key of minisign, a private key of OpenSSH, or an
// SSH public key, which means that an agent holds the private one. For anything
// else the error is an [InputError] that says what it is and what is wanted. The
// name is what the user wrote, for messages. Closing the file is the caller's.
func ReadKey(name string, file fs.File) (Key, error) {
	content, err := read(name, file, wanted)
	if err != nil {
		return Key{}, err
	}
	k := Key{name, recognise(content), whole(content)}
	switch k.kind {
	case minisignSecret, sshPrivate, sshPublic:
		return k, nil
	}
	return Key{}, &InputError{name, "is " + string(k.kind), k.kind.toSign()}
}

// Form returns the form of the signatures that the key makes.
func (k Key) Form() Form {
	if k.kind == minisignSecret {
		return Minisign
	}
	return SSH
}

// InAgent reports whether the key is held by an agent.
func (k Key) InAgent() bool { return k.kind == sshPublic }

// wanted says what a key to sign with is.
const wanted = "name a secret key of minisign, a private key of OpenSSH, or the .pub file of a key that ssh-agent holds"

// toSign says what to do with a file that is no key to sign with.
func (k kind) toSign() string {
	switch k {
	case minisignPublic:
		return "it verifies and cannot sign: name the secret key that belongs to it, which minisign keeps in ~/.minisign/minisign.key"
	case sshToken:
		return "add it to ssh-agent with ssh-add and name its .pub file"
	case sshPublics, sshSigners:
		return "name a file with the one key that is to sign"
	case pemPrivate:
		return "make a copy and change the form of the copy with: ssh-keygen -p -f COPY"
	case putty:
		return "export it with PuTTYgen: Conversions, Export OpenSSH key"
	case ssh2Public:
		return "change its form with: ssh-keygen -i -f FILE > FILE.pub"
	case ageSecret, agePlugin, ageRecipient:
		return "age encrypts and does not sign: " + wanted
	}
	return wanted
}

// read reads a file that holds a key: no folder, and nothing large.
func read(name string, file fs.File, want string) ([]byte, error) {
	about, err := file.Stat()
	if err != nil {
		return nil, fmt.Errorf("reading %s: %w", name, err)
	}
	if about.IsDir() {
		return nil, &InputError{name, "is a folder", want}
	}
	content, err := io.ReadAll(io.LimitReader(file, maxKey+1))
	if err != nil {
		return nil, fmt.Errorf("reading %s: %w", name, err)
	}
	if len(content) > maxKey {
		return nil, &InputError{name, "is larger than any key (1 MB)", want}
	}
	return content, nil
}
