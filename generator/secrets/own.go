package secrets

import (
	"regexp"
	"strings"
	"unicode"

	"github.com/zricethezav/gitleaks/v8/config"
)

// own returns the rules that gitleaks lacks. They have its form.
func own() []rule {
	make := func(id, expression string, sound func(string) bool, keywords ...string) rule {
		return rule{Rule: config.Rule{RuleID: id, Regex: regexp.MustCompile(expression), Keywords: keywords}, sound: sound}
	}
	return append(privateKeys(), []rule{
		// postgres://app:PASSWORD@db.internal/records (RFC 3986, 3.2.1)
		make("password-in-address", `://[^\s/:@"'<>]{0,64}:([^\s/@"'<>]{3,128})@[\w.-]{1,253}`, filled, "://"),
		// Server=db;Database=records;User Id=app;Password=PASSWORD;
		make("connection-string", `(?i)(?:server|data source|host|user id|uid)=[^\n\r<>]{1,300}?\b(?:password|pwd)=([^;"'<>\s]{4,128})`, filled, "server=", "data source=", "host=", "user id=", "uid="),
		// password: PASSWORD, of which gitleaks finds only those without signs.
		make("password", `(?i)(?:password|passwd|pwd|passwort|kennwort|mot de passe|passphrase)["']?[ \t]{0,3}[:=][ \t]{0,3}["']?([^\s"'<>;,&()|]{8,64})`, mixed, "password", "passwd", "pwd", "passwort", "kennwort", "mot de passe", "passphrase"),
	}...)
}

// generic is the rule of gitleaks for what stands behind a word like key or token.
const generic = "generic-api-key"

// harmless tells whether what the generic rule found is what management systems are
// full of: an id of annex's own form, such as key-ceremony-2026-03, or the digest of
// a file in a list.
func harmless(secret, whole string) bool {
	parts := strings.Split(secret, "-")
	id := len(parts) > 1
	for _, p := range parts {
		letters := strings.Trim(p, "abcdefghijklmnopqrstuvwxyz") == "" && len(p) > 1
		digits := strings.Trim(p, "0123456789") == "" && len(p) <= 4
		id = id && (letters || digits)
	}
	digest := (len(secret) == 40 || len(secret) == 64 || len(secret) == 128) && strings.Trim(secret, "0123456789abcdef") == ""
	return id || digest && !strings.ContainsAny(whole, "=:")
}

// filled tells whether what stands where a password would is one, not a place to
// fill in, as in texts that explain.
func filled(secret string) bool {
	if strings.ContainsAny(secret, "{}[]<>…") || strings.HasPrefix(secret, "$") || strings.HasPrefix(secret, "%") {
		return false
	}
	switch strings.Trim(strings.ToLower(secret), "*x.-_") {
	case "", "password", "passwd", "pass", "pwd", "secret", "user", "token", "changeme", "example", "your-password", "your_password", "yourpassword":
		return false
	}
	return true
}

// mixed tells whether this is a password that somebody made up: letters in both
// cases, a digit, and a sign, or three of these and 12 characters.
func mixed(secret string) bool {
	var lower, upper, digit, sign int
	for _, c := range secret {
		switch {
		case unicode.IsLower(c):
			lower = 1
		case unicode.IsUpper(c):
			upper = 1
		case unicode.IsDigit(c):
			digit = 1
		case !strings.ContainsRune("/.:-_", c): // what links, paths and ids have too
			sign = 1
		}
	}
	kinds := lower + upper + digit + sign
	return filled(secret) && digit == 1 && (kinds == 4 || kinds == 3 && (sign == 1 || len(secret) >= 12))
}
