package seal

import (
	"bytes"
	"encoding/base64"
	"strings"
)

// kind is what a file is that somebody took for a key.
type kind string

// The kinds. The text is what a message calls it.
const (
	unknown           kind = "nothing that annex knows as a key"
	empty             kind = "empty"
	wide              kind = "saved as UTF-16, as PowerShell does with >"
	zipped            kind = "a zip file"
	minisignSecret    kind = "a secret key of minisign"
	minisignPublic    kind = "a public key of minisign"
	minisignSignature kind = "a signature of minisign"
	signify           kind = "a key or signature of signify"
	sshPrivate        kind = "a private key of OpenSSH"
	sshToken          kind = "the OpenSSH handle of a key that is on a hardware token"
	sshPublic         kind = "an SSH public key"
	sshPublics        kind = "a list of several SSH public keys"
	sshSigners        kind = "a list of allowed signers"
	sshSignature      kind = "an SSH signature"
	ssh2Public        kind = "an SSH public key in the form of RFC 4716"
	putty             kind = "a private key of PuTTY"
	pemPrivate        kind = "a private key in PEM form, not in that of OpenSSH"
	pemPublic         kind = "a public key in PEM form, not in that of OpenSSH"
	certificate       kind = "an X.509 certificate"
	pgp               kind = "a file of PGP"
	ageSecret         kind = "an age secret key"
	agePlugin         kind = "an age key that needs a plugin"
	ageRecipient      kind = "an age public key"
	ageFile           kind = "a file that age encrypted"
)

// whole returns the text without the mark of byte order that editors on Windows
// put at its start.
func whole(content []byte) []byte { return bytes.TrimPrefix(content, []byte("\xef\xbb\xbf")) }

// recognise tells what a file is from its content alone.
func recognise(content []byte) kind {
	if bytes.HasPrefix(content, []byte("\xff\xfe")) || bytes.HasPrefix(content, []byte("\xfe\xff")) {
		return wide
	}
	text := strings.TrimSpace(string(whole(content)))
	starts := []struct {
		prefix string
		kind   kind
	}{
		{"age-encryption.org/", ageFile},
		{"-----BEGIN AGE ENCRYPTED FILE-----", ageFile},
		{"PK\x03\x04", zipped},
		{"PuTTY-User-Key-File-", putty},
		{"---- BEGIN SSH2 PUBLIC KEY ----", ssh2Public},
		{"-----BEGIN SSH SIGNATURE-----", sshSignature},
		{"-----BEGIN PGP ", pgp},
		{"-----BEGIN CERTIFICATE-----", certificate},
	}
	if text == "" {
		return empty
	}
	for _, s := range starts {
		if strings.HasPrefix(text, s.prefix) {
			return s.kind
		}
	}
	if label, ok := strings.CutPrefix(text, "-----BEGIN "); ok {
		return pemKind(label, text)
	}
	if k := minisignKind(text); k != unknown {
		return k
	}
	return lineKind(text)
}

// pemKind tells apart what lies between the lines of PEM by its label.
func pemKind(label, text string) kind {
	label, _, _ = strings.Cut(label, "-----")
	switch {
	case label == "OPENSSH PRIVATE KEY":
		if onToken([]byte(text)) {
			return sshToken
		}
		return sshPrivate
	case strings.HasSuffix(label, "PRIVATE KEY"):
		return pemPrivate
	case strings.HasSuffix(label, "PUBLIC KEY"):
		return pemPublic
	}
	return unknown
}

// minisignKind tells apart the files of minisign, whose first line is a comment
// and whose second is base64 that starts with the two letters of the algorithm.
// The comment may be missing: a public key is often given as base64 alone.
func minisignKind(text string) kind {
	lines := strings.Split(text, "\n")
	_, commented := strings.CutPrefix(lines[0], "untrusted comment:")
	if commented {
		lines = lines[1:]
	}
	if len(lines) == 0 {
		return unknown
	}
	raw, err := base64.StdEncoding.DecodeString(strings.TrimSpace(lines[0]))
	algorithm := ""
	if err == nil && len(raw) > 2 {
		algorithm = string(raw[:2])
	}
	switch {
	case algorithm == "Ed" && len(raw) == 158 && len(lines) == 1:
		return minisignSecret
	case algorithm == "Ed" && len(raw) == 42 && len(lines) == 1:
		return minisignPublic
	case (algorithm == "Ed" || algorithm == "ED") && len(raw) == 74 && len(lines) > 1:
		return minisignSignature
	case commented && algorithm == "Ed":
		return signify
	}
	return unknown
}

// lineKind tells apart what has a key in each line.
func lineKind(text string) kind {
	publics := 0
	for line := range strings.Lines(text) {
		line = strings.TrimSpace(line)
		fields := strings.Fields(line)
		switch {
		case len(fields) == 0 || strings.HasPrefix(line, "#"):
		case strings.HasPrefix(line, "AGE-SECRET-KEY-"):
			return ageSecret
		case strings.HasPrefix(line, "AGE-PLUGIN-"):
			return agePlugin
		case strings.HasPrefix(line, "age1"):
			return ageRecipient
		case isKey(fields):
			publics++
		default:
			for i := range fields {
				if isKey(fields[i:]) {
					return sshSigners
				}
			}
		}
	}
	switch publics {
	case 0:
		return unknown
	case 1:
		return sshPublic
	}
	return sshPublics
}

// isKey reports whether fields start with the name of an SSH algorithm and
// something that can be its key: all start with a length under 2^16 and so with
// these letters.
func isKey(fields []string) bool {
	if len(fields) < 2 || !strings.HasPrefix(fields[1], "AAAA") {
		return false
	}
	for _, prefix := range []string{"ssh-", "ecdsa-sha2-", "sk-ssh-", "sk-ecdsa-"} {
		if strings.HasPrefix(fields[0], prefix) {
			return true
		}
	}
	return false
}
