package secrets

import "io"

// oddByte tells whether a byte stands in no text of people: a control character other
// than blanks, line ends, form feeds and the escape of terminals.
func oddByte(c byte) bool {
	return c < ' ' && c != '\n' && c != '\r' && c != '\t' && c != '\f' && c != 0x1b
}

// plain tells whether bytes are mostly text, whatever they begin with: one byte is
// odd, or one in twenty, where of packed bytes it is one in nine; or seven in ten
// are ASCII's letters and signs, where of packed bytes it is four.
func plain(head []byte) bool {
	odd, letters := 0, 0
	for _, c := range head {
		switch {
		case oddByte(c):
			odd++
		case c < 0x7f:
			letters++
		}
	}
	return odd <= 1 || odd*20 <= len(head) || letters*10 >= len(head)*7
}

// few odd bytes are an accident in a text, more are a part that is none.
const few = 16

// tally counts the odd bytes of a text.
type tally struct {
	in       io.Reader
	odd, all int64
}

// partly tells whether a part of what was read is no text.
func (t *tally) partly() bool { return t.odd > few || t.odd > 1 && t.odd*20 > t.all }

func (t *tally) Read(p []byte) (int, error) {
	n, err := t.in.Read(p)
	t.all += int64(n)
	for _, c := range p[:n] {
		if oddByte(c) {
			t.odd++
		}
	}
	return n, err
}
