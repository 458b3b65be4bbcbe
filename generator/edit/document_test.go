package edit_test

import (
	"fmt"
	"math/rand/v2"
	"strings"
)

// inventor writes odd but valid TOML: every style of text, lists in every
// layout, comments everywhere.
type inventor struct{ *rand.Rand }

// pick returns one of a few values.
func pick[T any](r *rand.Rand, list ...T) T { return list[r.IntN(len(list))] }

// document returns a file of records.
func (i inventor) document() string {
	var b strings.Builder
	i.comments(&b)
	for n := range i.IntN(3) {
		fmt.Fprintf(&b, "top%d = %s\n", n, i.value(1))
	}
	if i.IntN(3) == 0 {
		i.comments(&b)
		b.WriteString("party" + i.equals() + i.inlineTables() + i.comment() + "\n")
	}
	for range 1 + i.IntN(4) {
		kind := pick(i.Rand, "control", "risk", "finding", `"two words"`)
		i.comments(&b)
		b.WriteString(pick(i.Rand, "", "", "  ", "\t") + pick(i.Rand, "[["+kind+"]]", "[[ "+kind+"\t]]") + i.comment() + "\n")
		i.body(&b)
		for range i.IntN(3) {
			i.comments(&b)
			b.WriteString("[[" + kind + ".execution]]" + i.comment() + "\n")
			i.body(&b)
		}
		if i.IntN(3) == 0 {
			b.WriteString("[" + kind + " . impact]\n")
			i.body(&b)
		}
	}
	i.comments(&b)
	text := b.String()
	if i.IntN(4) == 0 {
		text = strings.TrimRight(text, "\n")
	}
	switch i.IntN(4) {
	case 0:
		text = strings.ReplaceAll(text, "\n", "\r\n")
	case 1:
		if i.IntN(2) == 0 { // mixed
			text = strings.Replace(text, "\n", "\r\n", i.IntN(8))
		}
	}
	if i.IntN(6) == 0 {
		text = "\ufeff" + text
	}
	return text
}

func (i inventor) comments(b *strings.Builder) {
	for range i.IntN(3) {
		b.WriteString(pick(i.Rand, "\n", " \t\n", "# a = [\"1\", '''\n", "  # [[control]] \"\"\"\n"))
	}
}

func (i inventor) comment() string {
	return pick(i.Rand, "", "", " ", "# c", " # it's \"so\" ]], [{", "\t#,")
}

func (i inventor) equals() string { return pick(i.Rand, " = ", " = ", "=", "\t=\t", "   = ", " =") }

// body writes the keys of one table.
func (i inventor) body(b *strings.Builder) {
	indent := pick(i.Rand, "", "", "  ", "\t")
	equals := i.equals()
	aligned := i.IntN(3) == 0
	for _, n := range i.Perm(8)[:i.IntN(8)] {
		key := []string{"id", "title", `"owner"`, "'on it'", "d.a", "d . b", "long-name_9", "e.f.g"}[n]
		i.comments(b)
		if aligned {
			key = fmt.Sprintf("%-12s", key)
		}
		b.WriteString(indent + key + equals + i.value(0) + i.comment() + "\n")
	}
}

func (i inventor) value(depth int) string {
	switch i.IntN(10) {
	case 0:
		return pick(i.Rand, "true", "false")
	case 1:
		return pick(i.Rand, "0", "-17", "1_000", "0xFF", "1.5", "-2e-3", "inf", "nan", "0o7")
	case 2:
		return pick(i.Rand, "2026-05-12", "2026-05-12T10:00:00Z", "2026-05-12 10:00:00", "07:32:00")
	case 3, 4, 5:
		return i.list()
	case 6:
		if depth == 0 {
			return i.inlineTable()
		}
	}
	return i.text(true)
}

// text returns a text in any style.
func (i inventor) text(lines bool) string {
	styles := 4
	if !lines {
		styles = 2
	}
	switch i.IntN(styles) {
	case 0:
		return pick(i.Rand, `""`, `"x"`, `"a\tb\"c\\"`, `"caf\u00e9 \U0001F600"`, `"one\ntwo"`, `"# no comment, ]"`, `"é ü 漢字"`, `"\e\x41"`)
	case 1:
		return pick(i.Rand, `''`, `'x'`, `'C:\dir'`, `'"""'`, `'# [x], '`)
	case 2:
		return `"""` + pick(i.Rand, "", "\n", "\\\n  ") + pick(i.Rand, "", "one", "one\ntwo", "a \\\n   b \\\n\n c", `""x""y`, `\"""z`, "\\u0041\n\n", "  indented\n\ttabbed") + pick(i.Rand, "", "\n", "\\\n", `"`, `""`) + `"""`
	}
	return `'''` + pick(i.Rand, "", "\n") + pick(i.Rand, "", "one", "one\ntwo", `a\b`, `''x`, `"""`) + pick(i.Rand, "", "\n", `''`) + `'''`
}

// list returns a list of texts, or of numbers by mistake.
func (i inventor) list() string {
	item := func() string { return i.text(i.IntN(5) == 0) }
	if i.IntN(12) == 0 {
		item = func() string { return pick(i.Rand, "1", "2026-01-01") }
	}
	n := i.IntN(5)
	lines := i.IntN(2) == 0
	gap := func() string {
		if !lines {
			return pick(i.Rand, "", " ")
		}
		return pick(i.Rand, "", " ", "\n", "\n    ", " # c, \"x\" ]\n  ", "\n# o\n\t")
	}
	var b strings.Builder
	b.WriteString("[")
	tidy := lines && i.IntN(2) == 0
	for k := range n {
		if tidy {
			b.WriteString("\n  " + item() + "," + pick(i.Rand, "", " # t"))
			continue
		}
		b.WriteString(gap() + item() + gap())
		if k < n-1 || i.IntN(3) == 0 {
			b.WriteString("," + gap())
		}
	}
	if tidy {
		b.WriteString("\n")
	} else {
		b.WriteString(gap())
	}
	return b.String() + "]"
}

func (i inventor) inlineTable() string {
	var pairs []string
	for _, n := range i.Perm(4)[:i.IntN(4)] {
		key := []string{"id", "title", `"o"`, "x.y"}[n]
		value := i.text(false)
		if i.IntN(4) == 0 {
			value = pick(i.Rand, "1", "true", `["a", "b"]`, "{}", "{ q = 1 }")
		}
		pairs = append(pairs, key+pick(i.Rand, " = ", "=")+value)
	}
	space := pick(i.Rand, "", " ")
	return "{" + space + strings.Join(pairs, pick(i.Rand, ", ", ",")) + space + "}"
}

func (i inventor) inlineTables() string {
	var list []string
	for range i.IntN(4) {
		list = append(list, i.inlineTable())
	}
	return "[" + strings.Join(list, pick(i.Rand, ", ", ",\n  ", " , # c\n")) + pick(i.Rand, "", "\n") + "]"
}

// words returns a text to write, which is often like another.
func (i inventor) words(like string) string {
	pieces := []string{"a", "word", " ", " ", "  ", "\n", "\n", "\t", `"`, `""`, `"""`, "'", "'''", `\`, `\n`, `\u0041`, "#", "=", "]", ",", "é", "e\u0301", "漢", "😀", "\r\n", "\r", "\x00", "\x1b", "\x7f", "\u0085", "\u2028", "\ufeff", "\ufffd", "[[control]]\n", "x = 1\n", "a longer piece of a text that goes on "}
	var b strings.Builder
	for range i.IntN(7) {
		b.WriteString(pieces[i.IntN(len(pieces))])
	}
	runes := []rune(like)
	if len(runes) == 0 || i.IntN(3) == 0 {
		return b.String()
	}
	from := i.IntN(len(runes) + 1)
	to := from + i.IntN(len(runes)-from+1)
	return string(runes[:from]) + b.String() + string(runes[to:])
}
