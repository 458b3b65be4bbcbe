package secrets

import (
	"crypto/sha256"
	"encoding/hex"
	"fmt"
	"strconv"
	"strings"
	"unicode/utf8"
)

// match is one place where a rule found something.
type match struct {
	rule   string
	secret string
	shown  string        // an excerpt that may be shown; empty to mask the secret
	place  func() string // nil for the whole file
}

// findings are the secrets of one file, each once.
type findings struct {
	list []one
	seen map[string]int // rule and digest to the index in list
	more int            // that are not kept
}

// one is a secret. The secret itself stays in here.
type one struct {
	match
	digest [sha256.Size]byte
	where  string
	count  int
}

// kept is how many different secrets of one file are told one by one: enough to
// see what the file is, few enough for memory.
const kept = 100

func (f *findings) add(m match) {
	digest := sha256.Sum256([]byte(m.secret))
	key := m.rule + "\x00" + string(digest[:])
	if i, ok := f.seen[key]; ok {
		f.list[i].count++
		return
	}
	if len(f.list) >= kept {
		f.more++
		return
	}
	if f.seen == nil {
		f.seen = map[string]int{}
	}
	where := ""
	if m.place != nil {
		where, m.place = m.place(), nil
	}
	f.seen[key] = len(f.list)
	f.list = append(f.list, one{match: m, digest: digest, where: where, count: 1})
}

// of returns the findings of the file with this name. What a rule for anything
// found is left out where a more exact rule found the same.
func (f *findings) of(name string) []Finding {
	var all []Finding
	for i, o := range f.list {
		if f.better(i) {
			continue
		}
		excerpt := o.shown
		if excerpt == "" {
			excerpt = mask(o.secret)
		}
		all = append(all, Finding{
			File: name, Place: o.where, Kind: Secret, Rule: o.rule, Sentence: sentence(o.rule),
			Excerpt: excerpt, Count: o.count, Name: name + "#" + o.rule + "-" + hex.EncodeToString(o.digest[:2]),
		})
	}
	if f.more > 0 {
		all = append(all, Finding{
			File: name, Kind: Secret, Rule: "more-secrets", Count: f.more, Name: name + "#more-secrets",
			Sentence: fmt.Sprintf("This file has more than %d secrets; the others are not told one by one.", kept),
		})
	}
	return all
}

// better tells whether another rule found the same secret and says more about it.
func (f *findings) better(i int) bool {
	rank := func(rule string) int {
		switch rule {
		case generic:
			return 0
		case "password", cutKey:
			return 1
		}
		return 2
	}
	for k, other := range f.list {
		same := strings.Contains(other.secret, f.list[i].secret) || strings.Contains(f.list[i].secret, other.secret)
		if k != i && same && (rank(other.rule) > rank(f.list[i].rule) || other.digest == f.list[i].digest && k < i && rank(other.rule) == rank(f.list[i].rule)) {
			return true
		}
	}
	return false
}

// mask shows of a secret how long it is and, of a long one, what it begins with:
// the first four letters of a token say whose it is, and those of 20 or more tell
// nobody the rest.
func mask(secret string) string {
	n, shown := utf8.RuneCountInString(secret), 0
	if n >= 20 {
		shown = 4
	}
	begin := []rune(secret)[:shown]
	for i, c := range begin {
		if c < ' ' || c > '~' {
			begin[i] = '•'
		}
	}
	return fmt.Sprintf("%s••• (%d characters)", string(begin), n)
}

func lineName(n int) string { return "line " + strconv.Itoa(n) }

// sentence says what a rule has found.
func sentence(rule string) string {
	has := func(part string) bool { return strings.Contains(rule, part) }
	switch {
	case keySentence(rule) != "":
		return keySentence(rule)
	case has("private-key"):
		return "This looks like a private key."
	case rule == "pkcs12-file":
		return "Files of this kind hold a private key."
	case rule == "password-in-address":
		return "This looks like an address with a password in it."
	case rule == "connection-string":
		return "This looks like the address of a database with its password."
	case has("curl"):
		return "This looks like a command with a password or a token in it."
	case has("password"):
		return "This looks like a password."
	case has("jwt"):
		return "This looks like a token that logs somebody in (JWT)."
	case rule == generic:
		return "This looks like a password or a key."
	}
	return "This looks like a key or a token for a service (" + strings.ReplaceAll(rule, "-", " ") + ")."
}
