package seal

import (
	"errors"
	"fmt"
	"io"
	"strings"
	"unicode"
	"unicode/utf8"
)

// With is what a key may need to be opened.
type With struct {
	// Ask asks for the passphrase of a protected key. It is called only if there
	// is one.
	Ask Ask

	// Agent dials the agent that holds SSH keys: the socket that SSH_AUTH_SOCK
	// names, or \\.\pipe\openssh-ssh-agent on Windows. It is called only if the
	// key is held by an agent, and the connection has to stay open until the last
	// signature is made; closing it is the caller's.
	Agent func() (io.ReadWriter, error)
}

// Signer is a key that is ready to sign.
type Signer struct {
	form  Form
	key   string
	trust Trust
	sign  func(message []byte, comment string) ([]byte, error)
}

// Open makes a key ready to sign. It refuses keys that are too weak to be of
// worth: RSA under 2048 bits and DSA. A passphrase that is not the key's gives
// [ErrPassphrase]. A secret key of minisign that has a passphrase takes a GB of
// memory and some seconds, in minisign itself too: that is what guards it.
func (k Key) Open(with With) (*Signer, error) {
	switch k.kind {
	case minisignSecret:
		return k.openMinisign(with.Ask)
	case sshPrivate:
		return k.openPrivate(with.Ask)
	case sshPublic:
		return k.openAgent(with.Agent)
	}
	return nil, errors.New("a key has to come from ReadKey")
}

// Form returns the form of the signatures.
func (s *Signer) Form() Form { return s.form }

// Key returns the name of the key: for minisign its number as minisign prints
// it, for SSH its fingerprint as "ssh-keygen -l" does.
func (s *Signer) Key() string { return s.key }

// PublicKey returns the public key in one line, as "minisign -P" takes it and as
// it stands in a .pub file of SSH, without a comment.
func (s *Signer) PublicKey() string { return s.trust.publicKey() }

// Sign signs a message and returns the text of the signature's file. The comment
// is signed too; it has to fit in a line, and it goes into signatures of minisign
// only, as those of SSH have no place for one. What an agent or a damaged key
// returns is verified before it is handed out.
func (s *Signer) Sign(message []byte, comment string) ([]byte, error) {
	if err := checkComment(comment); err != nil {
		return nil, err
	}
	signature, err := s.sign(message, comment)
	if err != nil {
		return nil, err
	}
	if r := s.trust.Verify(message, signature, By{}); !r.Valid {
		return nil, fmt.Errorf("the signature that was made with %s is not valid (%s); is the key damaged?", s.key, r.Reason)
	}
	return signature, nil
}

// maxComment is the most bytes of a trusted comment that minisign reads.
const maxComment = 8000

func checkComment(comment string) error {
	odd := func(r rune) bool { return unicode.IsControl(r) && r != '\t' }
	if len(comment) > maxComment || !utf8.ValidString(comment) || strings.ContainsFunc(comment, odd) {
		return fmt.Errorf("the comment of a signature has to be one line of UTF-8 with at most %d bytes", maxComment)
	}
	return nil
}
