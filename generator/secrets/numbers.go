package secrets

import "strings"

// number reads the number of a person, an account or a phone that text begins with,
// in the ways that people write them. N is its length in text; 0 for none.
func number(text []byte) (kind int, value string, n int) {
	switch c := classes[text[0]]; {
	case c == '+':
		return phone(text)
	case c == 'L':
		if value, n := joined(text, " ", 34, "dL"); len(value) >= 15 && isIBAN(value) {
			return ibans, value, n
		} else if len(value) > 15 && classes[value[2]] == 'd' {
			// A word may follow an IBAN that stands in groups of four.
			if m := ibanLength(value[:2]); m > 0 && m < len(value) && isIBAN(value[:m]) {
				return ibans, value[:m], n
			}
		}
		if value, n := joined(text, "", 16, "dL"); isCodiceFiscale(value) || isNIE(value) {
			return nationals, value, n
		}
	case c == 'd':
		if value, n := joined(text, " -", 19, "d"); (len(value) == 16 || len(value) == 15) && isCard(value) {
			return cards, value, n
		} else if len(value) == 15 && isNIR(value) {
			return nationals, value, n
		}
		if value, n := joined(text, ".-", 13, "d"); len(value) == 13 && strings.HasPrefix(value, "756") && check13(value) {
			return nationals, value, n
		} else if len(value) == 9 && n == 11 && isSSN(string(text[:n])) {
			return nationals, value, n
		}
		if value, n := joined(text, "", 9, "dL"); isDNI(value) {
			return nationals, value, n
		}
		if text[0] == '0' {
			return phone(text)
		}
	}
	return 0, "", 0
}

// joined reads letters and digits of the classes, at most so many, between which one
// of the separators may stand, up to the end of a word.
func joined(text []byte, separators string, most int, allowed string) (string, int) {
	var value []byte
	i := 0
	for ; i < len(text); i++ {
		c := classes[text[i]]
		if c != 0 && strings.IndexByte(allowed, c) >= 0 {
			if value = append(value, text[i]); len(value) > most {
				return "", 0
			}
			continue
		}
		next := byte(0)
		if i+1 < len(text) {
			next = classes[text[i+1]]
		}
		if strings.IndexByte(separators, text[i]) < 0 || next == 0 || strings.IndexByte(allowed, next) < 0 {
			break
		}
	}
	if i < len(text) && (classes[text[i]] != 0 || text[i] == '_') {
		return "", 0
	}
	return string(value), i
}

// phone reads a number in the international way, +49 30 901820, or in the national
// one with a separator, 030 / 90 18 20 or 0171-1234567 (ITU-T E.123 and E.164:
// at most 15 digits). Digits alone are no phone number, since anything is.
func phone(text []byte) (int, string, int) {
	var digits []byte
	gaps, i := 0, 0
	international := text[0] == '+'
	if international {
		digits = append(digits, '+')
		i++
	}
	for last := byte('0'); i < len(text); i++ {
		c := text[i]
		if c >= '0' && c <= '9' {
			digits = append(digits, c)
		} else if c == ' ' || c == '-' || c == '/' || c == '(' || c == ')' || c == '.' {
			// At most two signs together, as in ") " or " (".
			if i+1 >= len(text) || last < '0' && i > 1 && text[i-2] < '0' {
				break
			}
			gaps++
		} else {
			break
		}
		last = c
	}
	end := i
	for end > 0 && (text[end-1] < '0' || text[end-1] > '9') {
		if strings.IndexByte(" -/().", text[end-1]) < 0 {
			break
		}
		end--
	}
	if end < len(text) && (classes[text[end]] == 'l' || classes[text[end]] == 'L') {
		return 0, "", 0
	}
	n := len(digits)
	if international {
		if n < 9 || n > 16 || digits[1] == '0' {
			return 0, "", 0
		}
		return phones, string(digits), end
	}
	if n > 8 && dated(text) {
		return 0, "", 0
	}
	if n < 9 || n > 12 || gaps == 0 || gaps > 5 || digits[1] == '0' && n > 11 {
		return 0, "", 0
	}
	return phones, string(digits), end
}

// dated tells whether text begins with a date such as 01.02.2026.
func dated(text []byte) bool {
	if len(text) < 10 || text[2] != text[5] || strings.IndexByte("./-", text[2]) < 0 {
		return false
	}
	for _, i := range []int{3, 4, 6, 7, 8, 9} {
		if text[i] < '0' || text[i] > '9' {
			return false
		}
	}
	return true
}
