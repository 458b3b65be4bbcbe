package merge

import (
	"strings"
	"unicode"
	"unicode/utf8"
)

// number is the number of an entry as somebody wrote it, in the form A.6.2.4.
type number struct {
	text     string
	lettered bool // whether it has a letter; 6.2.4 has none
}

// scan reads the number that a text begins with, A.6.2.4, a 6.2.4, A-6-2-4,
// A6.2.4 or 6.2.4, and returns what stands behind it. A blank parts the number
// from the rest: A.6.2 4 controls is A.6.2. The number is empty when the text
// begins with none.
func scan(text string) (n number, rest string) {
	const deepest = 6 // runs of digits
	rest = text
	joint := byte('.')
	if letter := text[:min(1, len(text))]; strings.ContainsAny(letter, "ABCDabcd") && letter != "" {
		rest = strings.TrimLeft(text[1:], ".:_ -")
		if gap := text[1 : len(text)-len(rest)]; gap == "-" {
			joint = '-'
		} else if gap == " " && letter != strings.ToUpper(letter) {
			return number{}, text // a 24 hour service
		}
		n = number{strings.ToUpper(letter), true}
	}
	for depth := 0; depth < deepest; depth++ {
		digits := len(rest) - len(strings.TrimLeft(rest, "0123456789"))
		if digits == 0 || digits > 4 {
			return number{}, text
		}
		if n.text != "" {
			n.text += "."
		}
		n.text += strings.TrimLeft(rest[:digits-1], "0") + rest[digits-1:digits]
		rest = rest[digits:]
		if len(rest) < 2 || rest[0] != joint || rest[1] < '0' || rest[1] > '9' {
			return n, rest
		}
		rest = rest[1:]
	}
	return number{}, text
}

// ends reports whether a number ends where rest begins, and is no part of a word.
func ends(rest string) bool {
	r, _ := utf8.DecodeRuneInString(rest)
	return rest == "" || !unicode.IsLetter(r) && !unicode.IsDigit(r) && r != '_'
}

// plainText is a text with all blanks and hyphens of one kind, and without signs
// that nobody sees. Lines stay apart.
func plainText(text string) string {
	text = strings.Map(func(r rune) rune {
		switch {
		case r == '\n':
			return r
		case unicode.IsSpace(r):
			return ' '
		case r == '\u2010', r == '\u2011':
			return '-'
		case unicode.Is(unicode.Cf, r):
			return -1
		}
		return r
	}, text)
	return strings.TrimSpace(text)
}

// begun takes signs before the first letter or digit away, such as brackets.
func begun(text string) string {
	return strings.TrimLeftFunc(text, func(r rune) bool { return !unicode.IsLetter(r) && !unicode.IsDigit(r) })
}
