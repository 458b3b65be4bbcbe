package secrets

import (
	"bytes"
	"html"
	"io"
)

// markup reads the text of an HTML or XML file: entities become letters. With tags
// kept, in pages, attributes are looked through as well; without, in office files,
// what a program has split over many elements is one word again, and cells and
// paragraphs stand apart. It knows no more of a language than that, needs little
// memory, and any bytes will do.
type markup struct {
	in    io.Reader
	tags  bool
	raw   [8 << 10]byte
	out   []byte // still to be handed out
	off   int
	err   error
	state int
	quote byte   // that ends an attribute
	name  []byte // of the tag, or the entity, so far
}

const (
	inText = iota
	inTag
	inEntity
)

// longestEntity is what may stand between & and ;.
const longestEntity = 32

func (m *markup) Read(p []byte) (int, error) {
	for m.off == len(m.out) {
		if m.err != nil {
			return 0, m.err
		}
		m.out, m.off = m.out[:0], 0
		n, err := m.in.Read(m.raw[:])
		for i := 0; i < n; i++ {
			m.take(m.raw[i])
		}
		if m.err = err; err != nil && m.state == inEntity {
			m.entity()
		}
	}
	n := copy(p, m.out[m.off:])
	m.off += n
	return n, nil
}

func (m *markup) take(c byte) {
	if m.state == inEntity {
		m.name = append(m.name, c)
		switch {
		case c == ';' || len(m.name) >= longestEntity:
			m.entity()
		case c == '<' || c == '&':
			m.name = m.name[:len(m.name)-1]
			m.entity()
			m.take(c)
		}
		return
	}
	if m.state == inTag {
		switch {
		case m.quote != 0:
			if c == m.quote {
				m.quote = 0
			}
		case c == '"' || c == '\'':
			m.quote = c
		case c == '>':
			m.state = inText
			m.out = append(m.out, separator(m.name)...)
		case len(m.name) < 64:
			m.name = append(m.name, c)
		}
		return
	}
	switch {
	case c == '&':
		m.state, m.name = inEntity, append(m.name[:0], c)
	case c == '<' && !m.tags:
		m.state, m.quote, m.name = inTag, 0, m.name[:0]
	default:
		m.out = append(m.out, c)
	}
}

func (m *markup) entity() {
	m.out = append(m.out, html.UnescapeString(string(m.name))...)
	m.state = inText
}

// separator returns what stands for a tag in the text. The texts of cells get a
// comma, as in CSV, since rules for secrets look for one between a name and its value.
func separator(tag []byte) string {
	closing := len(tag) > 0 && tag[0] == '/'
	name := bytes.TrimLeft(tag, "/")
	if i := bytes.IndexAny(name, " \t\r\n/"); i >= 0 {
		name = name[:i]
	}
	if i := bytes.IndexByte(name, ':'); i >= 0 {
		name = name[i+1:]
	}
	switch string(name) {
	case "si", "c", "tc", "table-cell":
		if closing {
			return ",\n"
		}
	case "p", "row", "tr", "br", "h", "table-row", "comment", "creator", "lastModifiedBy":
		return "\n"
	case "tab", "s":
		return " "
	}
	return ""
}
