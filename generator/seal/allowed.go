package seal

import (
	"errors"
	"fmt"
	"regexp"
	"strings"
	"time"

	"golang.org/x/crypto/ssh"
)

// entry is a line of a list of allowed signers, as ssh-keygen(1) has it under
// ALLOWED SIGNERS: principals, options if any, algorithm, key. Only the principals
// are read before the line is needed: as with ssh-keygen, a line that is of no
// matter for a signature may hold what annex does not know.
type entry struct {
	line       int
	principals string // patterns with commas between
	rest       string
}

// entries reads the lines of a list.
func entries(content []byte) []entry {
	var list []entry
	number := 0
	for text := range strings.Lines(string(content)) {
		number++
		text = strings.TrimSpace(text)
		if text == "" || strings.HasPrefix(text, "#") {
			continue
		}
		principals, rest := cutField(text)
		list = append(list, entry{number, principals, rest})
	}
	return list
}

// cutField takes off the first field, which may stand in quotes.
func cutField(text string) (field, rest string) {
	if quoted, ok := strings.CutPrefix(text, `"`); ok {
		field, rest, _ = strings.Cut(quoted, `"`)
		return field, strings.TrimSpace(rest)
	}
	i := strings.IndexAny(text, " \t")
	if i < 0 {
		return text, ""
	}
	return text[:i], strings.TrimSpace(text[i:])
}

// allowance is what a line allows.
type allowance struct {
	key           ssh.PublicKey
	authority     bool
	namespaces    string // patterns; empty for any
	after, before time.Time
}

// allowance reads the rest of a line. Times without a zone are in the one given.
func (e entry) allowance(zone *time.Location) (allowance, error) {
	key, _, options, _, err := ssh.ParseAuthorizedKey([]byte(e.rest))
	if err != nil {
		return allowance{}, errors.New("it has no key that can be read")
	}
	a := allowance{key: key}
	seen := map[string]bool{}
	for _, option := range options {
		name, quoted, _ := strings.Cut(option, "=")
		name = strings.ToLower(name)
		value, ok := unquote(quoted)
		if seen[name] {
			return a, fmt.Errorf("the option %s stands there twice", name)
		}
		seen[name] = true
		switch {
		case name == "cert-authority" && quoted == "":
			a.authority = true
		case name == "namespaces" && ok:
			a.namespaces = value
		case name == "valid-after" && ok:
			a.after, err = moment(value, zone)
		case name == "valid-before" && ok:
			a.before, err = moment(value, zone)
		case name == "namespaces" || name == "valid-after" || name == "valid-before":
			return a, fmt.Errorf("the value of the option %s is not in quotes", name)
		default:
			return a, fmt.Errorf("the option %q is not known", clean(option))
		}
		if err != nil {
			return a, fmt.Errorf("the option %s: %w", name, err)
		}
	}
	if !a.after.IsZero() && !a.before.IsZero() && !a.after.Before(a.before) {
		return a, errors.New("valid-before is not after valid-after")
	}
	return a, nil
}

// unquote takes off the quotes that ssh-keygen asks for around values.
func unquote(value string) (string, bool) {
	if len(value) < 3 || value[0] != '"' || value[len(value)-1] != '"' {
		return "", false
	}
	return strings.ReplaceAll(value[1:len(value)-1], `\"`, `"`), true
}

// moment reads a time as ssh-keygen does: YYYYMMDD, YYYYMMDDHHMM or
// YYYYMMDDHHMMSS, and Z after it for UTC.
func moment(value string, zone *time.Location) (time.Time, error) {
	digits := value
	if cut, ok := strings.CutSuffix(value, "Z"); ok {
		digits, zone = cut, time.UTC
	}
	layout := map[int]string{8: "20060102", 12: "200601021504", 14: "20060102150405"}[len(digits)]
	t, err := time.ParseInLocation(layout, digits, zone)
	if layout == "" || err != nil {
		return t, fmt.Errorf("%q is no time; it is written YYYYMMDD or YYYYMMDDHHMM, with a Z after it for UTC", clean(value))
	}
	return t, nil
}

// matches reports whether a word matches a list of patterns, as ssh_config(5) has
// it under PATTERNS: * and ? stand for letters, and a pattern with ! before it
// forbids what it matches.
func matches(word, patterns string) bool {
	found := false
	for pattern := range strings.SplitSeq(patterns, ",") {
		pattern, forbids := strings.CutPrefix(pattern, "!")
		if !matchesOne(word, pattern) {
			continue
		}
		if forbids {
			return false
		}
		found = true
	}
	return found
}

func matchesOne(word, pattern string) bool {
	quoted := strings.NewReplacer(`\*`, ".*", `\?`, ".").Replace(regexp.QuoteMeta(pattern))
	re, err := regexp.Compile("^(?s:" + quoted + ")$")
	return err == nil && re.MatchString(word)
}
