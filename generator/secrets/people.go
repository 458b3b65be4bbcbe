package secrets

import (
	"bytes"
	"strings"
)

// people counts personal data in a window.
func (f *file) people(w *window) {
	for at := w.from; ; at++ {
		i := bytes.IndexByte(w.text[at:], '@')
		if i < 0 {
			break
		}
		at += i
		start, end := mail(w.text, at)
		if start >= w.to {
			break
		}
		if start >= w.from && end > at {
			if address := strings.ToLower(string(w.text[start:end])); !reserved(address) {
				f.lists.add(mails, address, maskMail(address), func() string { return w.place(start) })
			}
		}
	}
	for i := w.from; i < w.to; i++ {
		c := classes[w.text[i]]
		if c == 0 {
			continue
		}
		// A number begins where a word does.
		if i > 0 && (classes[w.text[i-1]] != 0 || w.text[i-1] == '.' || w.text[i-1] == '-' || w.text[i-1] == '_') {
			continue
		}
		end := i
		if kind, value, n := number(w.text[i:min(len(w.text), i+64)]); n > 0 {
			f.lists.add(kind, value, maskNumber(value), func() string { return w.place(i) })
			end = i + n - 1
		}
		i = end
	}
}

// classes tells the signs that words and numbers are made of.
var classes = func() (t [256]byte) {
	for c := '0'; c <= '9'; c++ {
		t[c] = 'd'
	}
	for c := 'a'; c <= 'z'; c++ {
		t[c] = 'l'
	}
	for c := 'A'; c <= 'Z'; c++ {
		t[c] = 'L'
	}
	t['+'] = '+'
	return t
}()

// mail returns where the address around the @ at i begins and ends; an end of 0 for
// no address. Addresses that people have are made of these signs (RFC 5321 allows
// more).
func mail(text []byte, i int) (start, end int) {
	for start = i; start > 0 && i-start < 64 && (classes[text[start-1]] != 0 || strings.IndexByte("._%-'", text[start-1]) >= 0); start-- {
	}
	for start < i && (text[start] == '.' || text[start] == '\'' || text[start] == '-') {
		start++
	}
	dot, stop := 0, i+1
	for ; stop < len(text) && stop-i < 255; stop++ {
		switch c := classes[text[stop]]; {
		case text[stop] == '.' && text[stop-1] != '.' && stop > i+1:
			dot = stop
			continue
		case text[stop] == '-' || c != 0 && c != '+':
			continue
		}
		break
	}
	for stop > i && (text[stop-1] == '.' || text[stop-1] == '-') {
		if stop--; stop == dot {
			dot = bytes.LastIndexByte(text[i:stop], '.') + i
		}
	}
	if start == i || dot <= i || stop-dot < 3 {
		return start, 0
	}
	for _, c := range text[dot+1 : stop] {
		if classes[c] != 'l' && classes[c] != 'L' {
			return start, 0
		}
	}
	return start, stop
}

// reserved tells whether an address is of a domain for examples (RFC 2606 and 6761).
func reserved(address string) bool {
	domain := address[strings.LastIndexByte(address, '@')+1:]
	for _, d := range []string{"example.com", "example.org", "example.net", "example", "invalid", "test", "localhost"} {
		if domain == d || strings.HasSuffix(domain, "."+d) {
			return true
		}
	}
	return false
}
