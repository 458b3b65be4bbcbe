package source

import (
	"strconv"
	"strings"
	"unicode/utf8"
)

// scanner finds where keys and values stand in TOML that is known to be valid.
// It walks the text in step with the decoded values and builds the tree of
// tables. It does not validate.
type scanner struct {
	path      string
	text      []byte
	at        int // offset of the next byte
	line      int
	lineStart int // offset at which the line begins
	counted   int // offset up to which the characters of the line are counted
	column    int // how many they are
	outline   *outline
}

// pos returns the place of the next byte. It counts on from the place before,
// so that a long line costs no more than several short ones.
func (s *scanner) pos() Place {
	if s.counted < s.lineStart || s.at < s.counted {
		s.counted, s.column = s.lineStart, 0
	}
	s.column += utf8.RuneCount(s.text[s.counted:s.at])
	s.counted = s.at
	return Place{int32(s.line), int32(s.column + 1)}
}

func (s *scanner) more() bool { return s.at < len(s.text) }

func (s *scanner) next() byte {
	if !s.more() {
		return 0
	}
	return s.text[s.at]
}

func (s *scanner) newline() {
	s.at++
	s.line++
	s.lineStart = s.at
}

// blank skips white space and comments; lines too when they are allowed.
func (s *scanner) blank(lines bool) {
	for s.more() {
		switch c := s.next(); {
		case c == ' ' || c == '\t' || c == '\r':
			s.at++
		case c == '\n' && lines:
			s.newline()
		case c == '#':
			for s.more() && s.next() != '\n' {
				s.at++
			}
		default:
			return
		}
	}
}

// document reads a whole file into root.
func (s *scanner) document(root *Table, values map[string]any) {
	table, in := root, values
	for {
		s.blank(true)
		if !s.more() {
			return
		}
		if s.next() != '[' {
			s.keyValue(table, in)
			continue
		}
		s.open(HeaderPart)
		s.at++
		array := s.next() == '['
		if array {
			s.at++
		}
		keys := s.keys()
		if array {
			table, in = s.element(root, values, keys)
		} else {
			table, in = s.header(root, values, keys)
		}
		for s.more() && s.next() == ']' {
			s.at++
		}
		s.close("", nil)
	}
}

// key is one part of a dotted key.
type key struct {
	name string
	pos  Place
}

// keys reads a dotted key.
func (s *scanner) keys() []key {
	var list []key
	for {
		s.blank(false)
		k := key{pos: s.pos()}
		start := s.at
		s.open(KeyPart)
		switch c := s.next(); c {
		case '"', '\'':
			s.quoted(c)
			k.name = unquote(string(s.text[start:s.at]))
		default:
			for s.more() && isBare(s.next()) {
				s.at++
			}
			k.name = string(s.text[start:s.at])
		}
		s.close(k.name, nil)
		if s.at == start { // cannot be in valid TOML; never loop
			return list
		}
		list = append(list, k)
		s.blank(false)
		if s.next() != '.' {
			return list
		}
		s.at++
	}
}

func isBare(c byte) bool {
	return c == '-' || c == '_' || c >= '0' && c <= '9' || c >= 'A' && c <= 'Z' || c >= 'a' && c <= 'z' || c >= utf8.RuneSelf
}

// unquote returns the name that a quoted key stands for.
func unquote(s string) string {
	if s[0] == '\'' {
		return strings.Trim(s, "'")
	}
	body := s[1 : len(s)-1]
	if !strings.Contains(body, `\`) {
		return body
	}
	if name, err := strconv.Unquote(strings.ReplaceAll(s, `\e`, `\x1b`)); err == nil {
		return name
	}
	return body
}

// quoted skips a string on one line, the quotes included.
func (s *scanner) quoted(quote byte) {
	for s.at++; s.more() && s.next() != quote; s.at++ {
		if quote == '"' && s.next() == '\\' {
			s.at++
		}
	}
	s.at++
}

// down goes from a table to a table below it, into the last element of an
// array of tables.
func (s *scanner) down(t *Table, in map[string]any, k key) (*Table, map[string]any) {
	e := t.entry(k.name)
	if e == nil {
		e = t.add(Entry{Key: k.name, Pos: k.pos, Value: Value{Pos: k.pos, Table: &Table{Path: s.path, Pos: k.pos}}})
	}
	if e.Value.List && len(e.Value.Items) > 0 {
		last := len(e.Value.Items) - 1
		return e.Value.Items[last].Table, element(in[k.name], last)
	}
	child, _ := in[k.name].(map[string]any)
	return e.Value.Table, child
}

// element returns the i-th table of a decoded array of tables.
func element(x any, i int) map[string]any {
	switch list := x.(type) {
	case []map[string]any:
		return list[i]
	case []any:
		m, _ := list[i].(map[string]any)
		return m
	}
	return nil
}

func (s *scanner) header(t *Table, in map[string]any, keys []key) (*Table, map[string]any) {
	for _, k := range keys {
		t, in = s.down(t, in, k)
	}
	if len(keys) > 0 {
		t.Pos = keys[len(keys)-1].pos
	}
	return t, in
}

// element adds a table to an array of tables.
func (s *scanner) element(t *Table, in map[string]any, keys []key) (*Table, map[string]any) {
	for _, k := range keys[:len(keys)-1] {
		t, in = s.down(t, in, k)
	}
	k := keys[len(keys)-1]
	e := t.entry(k.name)
	if e == nil {
		e = t.add(Entry{Key: k.name, Pos: k.pos, Value: Value{Pos: k.pos, List: true}})
	}
	table := &Table{Path: s.path, Pos: k.pos}
	e.Value.Items = append(e.Value.Items, Value{Pos: k.pos, Table: table})
	return table, element(in[k.name], len(e.Value.Items)-1)
}

// keyValue reads `key = value` into a table.
func (s *scanner) keyValue(t *Table, in map[string]any) {
	s.open(PairPart)
	keys := s.keys()
	if len(keys) == 0 { // cannot be in valid TOML; never loop
		s.at++
		s.close("", nil)
		return
	}
	for _, k := range keys[:len(keys)-1] {
		t, in = s.down(t, in, k)
	}
	s.blank(false)
	s.at++ // the equals sign
	s.blank(false)
	k := keys[len(keys)-1]
	t.add(Entry{Key: k.name, Pos: k.pos, Value: s.value(in[k.name])})
	s.close("", nil)
}

// value reads one value whose decoded form is x.
func (s *scanner) value(x any) Value {
	v := Value{Pos: s.pos(), Scalar: scalar(x)}
	s.open(ScalarPart)
	switch c := s.next(); c {
	case '"', '\'':
		v.Text = s.str(c)
	case '[':
		v.Scalar, v.List = nil, true
		s.list(&v, x)
	case '{':
		v.Scalar = nil
		in, _ := x.(map[string]any)
		v.Table = &Table{Path: s.path, Pos: v.Pos}
		s.inline(v.Table, in)
	default:
		for s.more() && !strings.ContainsRune(",]}#\n\r", rune(s.next())) {
			s.at++
		}
	}
	s.close("", v.Scalar)
	return v
}

// str skips a string of any form and returns the place of its contents.
func (s *scanner) str(quote byte) Place {
	if s.run(quote) < 3 {
		s.at++
		start := s.pos()
		s.at--
		s.quoted(quote)
		return start
	}
	s.at += 3
	if s.next() == '\r' {
		s.at++
	}
	if s.next() == '\n' {
		s.newline()
	}
	start := s.pos()
	for s.more() {
		switch c := s.next(); {
		case c == '\\' && quote == '"':
			s.at++
			if s.next() == '\n' {
				s.newline()
			} else {
				s.at++
			}
		case c == '\n':
			s.newline()
		case c == quote && s.run(quote) >= 3:
			s.at += min(s.run(quote), 5) // up to two quotes may belong to the text
			return start
		default:
			s.at++
		}
	}
	return start
}

// run counts equal bytes from here on.
func (s *scanner) run(c byte) int {
	n := 0
	for s.at+n < len(s.text) && s.text[s.at+n] == c {
		n++
	}
	return n
}

func (s *scanner) list(v *Value, x any) {
	s.at++
	for i := 0; ; i++ {
		s.blank(true)
		if !s.more() || s.next() == ']' {
			s.at++
			return
		}
		v.Items = append(v.Items, s.value(item(x, i)))
		s.blank(true)
		if s.next() == ',' {
			s.at++
		}
	}
}

func item(x any, i int) any {
	switch list := x.(type) {
	case []any:
		if i < len(list) {
			return list[i]
		}
	case []map[string]any:
		if i < len(list) {
			return list[i]
		}
	}
	return nil
}

func (s *scanner) inline(t *Table, in map[string]any) {
	s.at++
	for {
		s.blank(true)
		if !s.more() || s.next() == '}' {
			s.at++
			return
		}
		s.keyValue(t, in)
		s.blank(true)
		if s.next() == ',' {
			s.at++
		}
	}
}
