package secrets

import (
	"bytes"
	"encoding/asn1"
	"errors"
	"io"
)

// keyless is more bytes than any private key has.
const keyless = 64 << 10

// der tells whether a file is a private key in DER, whatever its name is. It reads
// on where the first bytes are not all of a file that may be one.
func (f *file) der(s *stream) error {
	if len(s.head) == 0 || s.head[0] != 0x30 {
		return nil
	}
	if len(s.head) == headSize {
		more, err := io.ReadAll(io.LimitReader(s.rest, keyless))
		if err != nil {
			return err
		}
		s.head = append(s.head, more...)
	}
	if isPrivateKey(s.head) {
		f.found.add(match{rule: derKey, secret: string(s.head), shown: "••• (a key)"})
	}
	return nil
}

// mayBeKey says of files that are no text, are named as keys are and begin as DER
// does, what they may be; it returns an empty text for others.
func (f *file) mayBeKey(head []byte) string {
	if len(head) < 2 || head[0] != 0x30 || isPrivateKey(head) {
		return ""
	}
	switch f.extension() {
	case ".key", ".p8", ".pk8":
		return "This file may be a private key (DER) that cannot be looked into. Leave it out if it is one."
	case ".der":
		return "This file may be a certificate or a private key (DER) that cannot be looked into. Leave it out if it is a key."
	}
	return ""
}

// isPrivateKey tells whether bytes are a private key by their form alone: of PKCS 8
// (RFC 5208), the same locked with a password, of PKCS 1 (RFC 8017, A.1.2), SEC 1
// (RFC 5915) or OpenSSL's form for DSA. Certificates, public keys and time stamps
// have other forms.
func isPrivateKey(data []byte) bool {
	parts, err := sequence(data)
	if err != nil || len(parts) < 2 {
		return false
	}
	is := func(i, tag int) bool {
		return i < len(parts) && parts[i].Class == asn1.ClassUniversal && parts[i].Tag == tag
	}
	named := func(i int) bool { // an algorithm stands there
		if !is(i, asn1.TagSequence) {
			return false
		}
		inner, err := sequence(parts[i].FullBytes)
		return err == nil && len(inner) > 0 && inner[0].Class == asn1.ClassUniversal && inner[0].Tag == asn1.TagOID
	}
	if named(0) && len(parts) == 2 && is(1, asn1.TagOctetString) {
		return true // locked
	}
	if !is(0, asn1.TagInteger) || len(parts[0].Bytes) != 1 || parts[0].Bytes[0] > 1 {
		return false
	}
	integers := 0
	for integers < len(parts) && is(integers, asn1.TagInteger) {
		integers++
	}
	return named(1) && is(2, asn1.TagOctetString) || is(1, asn1.TagOctetString) || integers == 6 || integers >= 9
}

// sequence returns the parts of a sequence that is all of the bytes.
func sequence(data []byte) (parts []asn1.RawValue, err error) {
	var whole asn1.RawValue
	rest, err := asn1.Unmarshal(data, &whole)
	if err != nil {
		return nil, err
	}
	if len(bytes.TrimRight(rest, "\r\n\x00")) > 0 || !whole.IsCompound || whole.Tag != asn1.TagSequence {
		return nil, errors.New("no sequence")
	}
	for rest = whole.Bytes; len(rest) > 0 && len(parts) < 16; {
		var one asn1.RawValue
		if rest, err = asn1.Unmarshal(rest, &one); err != nil {
			return nil, err
		}
		parts = append(parts, one)
	}
	return parts, nil
}
