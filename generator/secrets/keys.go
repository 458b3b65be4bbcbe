package secrets

import (
	"encoding/base64"
	"regexp"
	"strings"

	"github.com/zricethezav/gitleaks/v8/config"
)

// Between the lines of a key stand line ends, or what JSON writes for them, and the
// marks of a quoted mail.
const (
	between = `(?:[\s>]|\\[rn]){1,8}`
	base64s = `[A-Za-z0-9+/]{16,}={0,2}(?:` + between + `[A-Za-z0-9+/]{16,}={0,2})*`
)

// The rules for private keys that gitleaks lacks.
const (
	minisignKey   = "minisign-private-key"
	puttyKey      = "putty-private-key"
	jwkKey        = "jwk-private-key"
	kubernetesKey = "kubernetes-private-key"
	encodedKey    = "private-key-in-base64"
	cutKey        = "private-key-cut-off"
	derKey        = "der-private-key"
)

// privateKeys returns the rules for private keys that gitleaks lacks.
func privateKeys() []rule {
	make := func(id, expression string, sound func(string) bool, keywords ...string) rule {
		return rule{Rule: config.Rule{RuleID: id, Regex: regexp.MustCompile(expression), Keywords: keywords}, sound: sound}
	}
	return []rule{
		// The comment and a line of base64, as minisign and signify write it; or the line
		// alone: Ed, then Sc or two NULs, then B2. Signatures have 100 letters, public keys 56.
		make(minisignKey, `untrusted comment:[^\r\n\\]{0,200}secret key[^\r\n\\]{0,100}`+between+`(RW[A-Za-z0-9+/]{110,400}={0,2})|(RW(?:RTY0Iy|QAAEIy)[A-Za-z0-9+/]{100,400}={0,2})`, nil, "untrusted comment:", "RWRTY0Iy", "RWQAAEIy"),
		// PuTTY-User-Key-File-3: ssh-ed25519 ... Private-Lines: 1
		make(puttyKey, `Private-Lines:[ \t]{0,8}[0-9]{1,4}`+between+`(`+base64s+`)`, nil, "Private-Lines:"),
		// {"kty": "EC", "d": "..."} in any order (RFC 7517, RFC 7518, 6); "k" is a key that two share.
		make(jwkKey, `"kty\\?"\s{0,8}:\s{0,8}\\?"[A-Za-z]{2,8}\\?"[^{}]*?"[dk]\\?"\s{0,8}:\s{0,8}\\?"([A-Za-z0-9_-]{20,})|"[dk]\\?"\s{0,8}:\s{0,8}\\?"([A-Za-z0-9_-]{20,})[^{}]*?"kty\\?"\s{0,8}:`, nil, `"kty"`, `"kty\"`, `"d"`, `"d\"`, `"k"`, `"k\"`),
		// client-key-data: LS0t... in a kubeconfig, in YAML or JSON.
		make(kubernetesKey, `client-key-data["'\\]{0,2}[ \t]{0,8}:[\s"'\\>|-]{0,40}(`+base64s+`)`, nil, "client-key-data"),
		make(encodedKey, `LS0tLS1CRUdJTi`+base64s+`|(?:`+strings.Join(encoded(), "|")+`)`+base64s, decoded, append(encoded(), "LS0tLS1CRUdJTi")...),
		// A block whose END is missing. The rule of gitleaks wants it.
		make(cutKey, `(?i)-----BEGIN[ A-Z0-9_-]{0,100}PRIVATE KEY(?: BLOCK)?-----`+between+`(?:[A-Z-]{4,20}:[^\r\n\\]{1,100}`+between+`){0,4}[A-Z0-9+/]{24}`+base64s, nil, "-----BEGIN"),
	}
}

// encoded returns what PRIVATE KEY is in base64: three texts, as it depends on how
// many bytes stand before.
func encoded() (all []string) {
	const words = " PRIVATE KEY-----"
	for before := range 3 {
		text := base64.RawStdEncoding.EncodeToString([]byte(strings.Repeat("x", before) + words))
		all = append(all, text[(before*8+5)/6:(before+len(words))*8/6])
	}
	return all
}

// decoded tells whether a text in base64 is that of a private key, not of a
// certificate, which begins alike.
func decoded(secret string) bool {
	for _, part := range encoded() {
		if strings.HasPrefix(secret, part) {
			return true
		}
	}
	joined := strings.Map(func(c rune) rune {
		if strings.ContainsRune("\r\n\t >", c) {
			return -1
		}
		return c
	}, strings.NewReplacer(`\r`, "", `\n`, "").Replace(secret))
	joined = strings.TrimRight(joined, "=")
	text, _ := base64.RawStdEncoding.DecodeString(joined) // what comes before an error counts
	return strings.Contains(string(text), "PRIVATE KEY")
}

// keySentence says what one of these rules has found; empty for other rules.
func keySentence(rule string) string {
	switch rule {
	case minisignKey:
		return "This looks like a private key of minisign or signify, by which files are signed."
	case puttyKey:
		return "This looks like a private key of PuTTY, by which one logs in to other machines."
	case jwkKey:
		return "This looks like a private key in JSON (JWK)."
	case kubernetesKey:
		return "This looks like a private key that opens a Kubernetes cluster (kubeconfig)."
	case encodedKey:
		return "This looks like a private key that is written in base64."
	case cutKey:
		return "This looks like the beginning of a private key. Its end is missing, but what is there may be enough to use it."
	case derKey:
		return "This file is a private key in bytes (DER)."
	}
	return ""
}
