package seal

import (
	"errors"
	"fmt"
	"io"
	"strings"

	"filippo.io/age"
	"filippo.io/age/agessh"
)

// Recipient is somebody who can open what is encrypted to them.
type Recipient struct {
	text string
	key  age.Recipient
}

// String returns the public key as it was given: age1..., or for SSH the algorithm
// and the fingerprint. It is no secret.
func (r Recipient) String() string { return r.text }

// toEncrypt says what a recipient is.
const toEncrypt = "name public keys of age (age1...) or of SSH (ssh-ed25519, ssh-rsa), or a file with one in each line"

// ParseRecipients reads public keys, one in each line: those of age (age1...,
// age1pq1...), and of SSH with the algorithms ssh-ed25519 and ssh-rsa. Empty lines
// and lines that start with # are left out, and a key that stands there twice is
// taken once. Nothing else is: a line that annex cannot encrypt to is an
// [InputError], because its owner would not be able to open the pack. The name is
// for messages, which never repeat a line, as it may be a secret.
func ParseRecipients(name string, content []byte) ([]Recipient, error) {
	if what := recognise(content); what == wide || what == empty {
		return nil, &InputError{name, "is " + string(what), toEncrypt}
	}
	var all []Recipient
	seen := map[string]bool{}
	number := 0
	for text := range strings.Lines(string(whole(content))) {
		number++
		text = strings.TrimSpace(text)
		if text == "" || strings.HasPrefix(text, "#") {
			continue
		}
		r, err := parseRecipient(name, text)
		var input *InputError
		if errors.As(err, &input) {
			input.Cause = fmt.Sprintf("line %d %s", number, input.Cause)
			return nil, input
		}
		if err != nil {
			return nil, err
		}
		if !seen[r.text] {
			seen[r.text] = true
			all = append(all, r)
		}
	}
	if len(all) == 0 {
		return nil, &InputError{name, "holds only comments", toEncrypt}
	}
	return all, nil
}

func parseRecipient(name, text string) (Recipient, error) {
	damaged := &InputError{name, "is a damaged public key", "copy the key once more, whole"}
	switch what := recognise([]byte(text)); {
	case strings.HasPrefix(text, "age1pq1"):
		key, err := age.ParseHybridRecipient(text)
		if err != nil {
			return Recipient{}, damaged
		}
		return Recipient{text, key}, nil
	case what == ageRecipient && pluginKey(text):
		return Recipient{}, &InputError{name, "is a key of age that needs a plugin, which annex does not run", "encrypt with the program age afterwards, or name a key that needs none"}
	case what == ageRecipient:
		key, err := age.ParseX25519Recipient(text)
		if err != nil {
			return Recipient{}, damaged
		}
		return Recipient{text, key}, nil
	case what == sshPublic:
		return sshRecipient(name, text)
	case what == ageSecret || what == agePlugin || what == sshPrivate || what == sshToken || what == pemPrivate || what == minisignSecret:
		return Recipient{}, &InputError{name, "is " + string(what), "keep it to yourself and name the public key that belongs to it"}
	default:
		return Recipient{}, &InputError{name, "is " + string(what), toEncrypt}
	}
}

// pluginKey reports whether a public key of age names a plugin, as age1yubikey1...
// does: the letters before the last 1 are more than "age". In bech32 the last 1
// divides, and what follows it never has one.
func pluginKey(text string) bool { return strings.LastIndex(text, "1") > len("age") }

func sshRecipient(name, text string) (Recipient, error) {
	public, _, err := publicKey(name, []byte(text))
	if err != nil {
		return Recipient{}, err
	}
	shown := keyType(public) + " " + fingerprint(public)
	var key age.Recipient
	switch public.Type() {
	case "ssh-ed25519":
		key, err = agessh.NewEd25519Recipient(public)
	case "ssh-rsa":
		key, err = agessh.NewRSARecipient(public)
	default:
		return Recipient{}, &InputError{name, "is an SSH key of the kind " + keyType(public) + ", and age encrypts to ED25519 and RSA only", "ask for a key of age, as age-keygen makes, or of these kinds"}
	}
	if err != nil {
		return Recipient{}, &InputError{name, "is an SSH key that cannot be encrypted to: " + err.Error(), "ask for another"}
	}
	return Recipient{shown, key}, nil
}

// Encrypt returns a writer: what is written to it goes to dst encrypted, so that
// each of the recipients can open it. It has to be closed, or else the end is
// missing; that does not close dst. The encrypted bytes are others each time, as
// age makes a new key for each file; what is in them is the same.
func Encrypt(dst io.Writer, recipients []Recipient) (io.WriteCloser, error) {
	keys := make([]age.Recipient, len(recipients))
	hybrid := 0
	for i, r := range recipients {
		keys[i] = r.key
		if _, ok := r.key.(*age.HybridRecipient); ok {
			hybrid++
		}
	}
	switch {
	case len(keys) == 0:
		return nil, errors.New("nobody is named to encrypt to; " + toEncrypt)
	case hybrid > 0 && hybrid < len(keys):
		return nil, errors.New("keys that withstand quantum computers (age1pq1...) cannot be mixed with others, as the others would undo it; name keys of one kind, or make two files")
	}
	w, err := age.Encrypt(dst, keys...)
	if err != nil {
		return nil, fmt.Errorf("beginning to encrypt: %w", err)
	}
	return w, nil
}
