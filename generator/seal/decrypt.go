package seal

import (
	"bufio"
	"bytes"
	"errors"
	"fmt"
	"io"

	"filippo.io/age"
	"filippo.io/age/armor"
)

// Encrypted reports whether a file is one that age encrypted, from its first bytes:
// 64 are enough.
func Encrypted(start []byte) bool {
	return bytes.HasPrefix(start, []byte("age-encryption.org/")) || armoured(start)
}

// armoured reports whether a file of age is in the form of text.
func armoured(start []byte) bool {
	return bytes.HasPrefix(bytes.TrimLeft(start, " \t\r\n"), []byte(armor.Header))
}

// ErrOtherRecipient says that something is encrypted, but to none of the keys that
// were given.
var ErrOtherRecipient = errors.New("it is encrypted to other recipients: none of the secret keys given opens it")

// Decrypt returns a reader of what is in an encrypted stream, in binary form or as
// text. What it returns is verified piece by piece, of 64 KB each: a changed or cut
// off stream gives an error, but at the place where it is, so what was read before
// must not be used until the end was reached. If none of the identities fits the
// error is [ErrOtherRecipient].
func Decrypt(src io.Reader, identities []Identity) (io.Reader, error) {
	buffered := bufio.NewReader(src)
	start, err := buffered.Peek(len(armor.Header) + 2)
	if err != nil && !errors.Is(err, io.EOF) {
		return nil, fmt.Errorf("reading what is encrypted: %w", err)
	}
	if armoured(start) {
		r, err := age.Decrypt(armor.NewReader(buffered), keys(identities)...)
		return r, decrypting(err, len(identities))
	}
	r, err := age.Decrypt(buffered, keys(identities)...)
	return r, decrypting(err, len(identities))
}

// DecryptAt returns what is in an encrypted file, and its size in bytes, without
// unpacking it: [archive/zip.NewReader] takes the two. It holds one piece of 64 KB
// in memory, may be read by several at once, and verifies each piece as it is read
// and the length before it returns. The file has to be in binary form.
func DecryptAt(src io.ReaderAt, size int64, identities []Identity) (io.ReaderAt, int64, error) {
	start := make([]byte, 64)
	n, err := src.ReadAt(start, 0)
	if err != nil && !errors.Is(err, io.EOF) {
		return nil, 0, fmt.Errorf("reading what is encrypted: %w", err)
	}
	if armoured(start[:n]) {
		return nil, 0, errors.New("it is encrypted as text (age -a), which can only be read from its start; decrypt it first with: age -d -i KEY -o pack.zip FILE")
	}
	r, plain, err := age.DecryptReaderAt(src, size, keys(identities)...)
	if err != nil {
		return nil, 0, decrypting(err, len(identities))
	}
	return r, plain, nil
}

func keys(identities []Identity) []age.Identity {
	all := make([]age.Identity, len(identities))
	for i, id := range identities {
		all[i] = id.key
	}
	return all
}

// decrypting turns an error of age into one for a reader.
func decrypting(err error, given int) error {
	var none *age.NoIdentityMatchError
	var input *InputError
	switch {
	case err == nil:
		return nil
	case given == 0:
		return errors.New("it is encrypted; " + toDecrypt)
	case errors.As(err, &input), errors.Is(err, ErrPassphrase):
		return err
	case errors.As(err, &none) && len(none.StanzaTypes) > 0 && none.StanzaTypes[0] == "scrypt":
		return errors.New("it is encrypted with a passphrase and not to a key; decrypt it first with: age -d -o pack.zip FILE")
	case errors.As(err, &none):
		return ErrOtherRecipient
	}
	return fmt.Errorf("decrypting: %w", err)
}
