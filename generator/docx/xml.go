package docx

import (
	"bytes"
	"unicode/utf8"
)

// markup is XML in the making. Names and values of attributes come from the
// code but for those that go through attr's value, which is escaped.
type markup struct {
	bytes.Buffer
	stack []string
}

const declaration = `<?xml version="1.0" encoding="UTF-8" standalone="yes"?>` + "\n"

// open begins an element with attributes given as name, value, name, value.
func (m *markup) open(name string, attributes ...string) {
	m.begin(name, attributes)
	m.WriteByte('>')
	m.stack = append(m.stack, name)
}

// empty writes an element without content.
func (m *markup) empty(name string, attributes ...string) {
	m.begin(name, attributes)
	m.WriteString("/>")
}

func (m *markup) begin(name string, attributes []string) {
	m.WriteByte('<')
	m.WriteString(name)
	for i := 0; i+1 < len(attributes); i += 2 {
		m.WriteByte(' ')
		m.WriteString(attributes[i])
		m.WriteString(`="`)
		m.text(attributes[i+1])
		m.WriteByte('"')
	}
}

// close ends the element that was opened last.
func (m *markup) close() {
	last := len(m.stack) - 1
	m.WriteString("</" + m.stack[last] + ">")
	m.stack = m.stack[:last]
}

// value writes an element with a w:val attribute.
func (m *markup) value(name, value string) { m.empty(name, "w:val", value) }

// element writes an element with a text in it.
func (m *markup) element(name, text string, attributes ...string) {
	m.open(name, attributes...)
	m.text(text)
	m.close()
}

// text writes characters, escaped. Those that XML cannot hold are left out;
// bytes that are no UTF-8 become U+FFFD.
func (m *markup) text(s string) {
	for i := 0; i < len(s); {
		r, n := utf8.DecodeRuneInString(s[i:])
		switch {
		case r == '&':
			m.WriteString("&amp;")
		case r == '<':
			m.WriteString("&lt;")
		case r == '>':
			m.WriteString("&gt;")
		case r == '"':
			m.WriteString("&quot;")
		case r == '\t' || r == '\n' || r == '\r':
			m.WriteByte(' ')
		case r == utf8.RuneError && n == 1:
			m.WriteString("\ufffd")
		case allowed(r):
			m.WriteString(s[i : i+n])
		}
		i += n
	}
}

// allowed reports whether XML 1.0 can hold a character above the space (its
// production 2).
func allowed(r rune) bool {
	return r >= 0x20 && r <= 0xD7FF || r >= 0xE000 && r <= 0xFFFD || r >= 0x10000
}
