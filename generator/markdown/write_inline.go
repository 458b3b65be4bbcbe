package markdown

import (
	"regexp"
	"strconv"
	"strings"
	"unicode"
	"unicode/utf8"

	"annex/generator/aims"
)

// paragraph writes running text. Blanks at the ends of its lines, which a
// compiler would drop, become character references.
func (w *writer) paragraph(nodes []*node) string {
	var b strings.Builder
	w.run(&b, trimmed(nodes), "")
	return b.String()
}

// trimmed takes the line breaks at both ends of running text away: those between
// blocks.
func trimmed(nodes []*node) []*node {
	for len(nodes) > 0 && nodes[0].tag == "" {
		if text := strings.TrimLeft(nodes[0].text, "\n"); text != "" {
			nodes = append([]*node{{text: text}}, nodes[1:]...)
			break
		}
		nodes = nodes[1:]
	}
	for last := len(nodes) - 1; last >= 0 && nodes[last].tag == ""; last-- {
		if text := strings.TrimRight(nodes[last].text, "\n"); text != "" {
			return append(nodes[:last:last], &node{text: text})
		}
		nodes = nodes[:last]
	}
	return nodes
}

// run writes running text within an emphasis that is marked by a sign, or none.
func (w *writer) run(b *strings.Builder, nodes []*node, within string) {
	for i, n := range nodes {
		switch n.tag {
		case "":
			w.plain(b, nodes, i, within)
		case "em":
			w.emphasis(b, nodes, i, within, 1)
		case "strong":
			w.emphasis(b, nodes, i, within, 2)
		case "del":
			b.WriteString("~~")
			w.run(b, n.kids, "~~")
			b.WriteString("~~")
		case "code":
			b.WriteString(w.code(n.words()))
		case "br":
			switch {
			case w.heading: // it has one line
			case strings.HasSuffix(b.String(), `\`):
				b.WriteString("  ")
			default:
				b.WriteString(`\`)
			}
			if i+1 == len(nodes) || !strings.HasPrefix(nodes[i+1].text, "\n") {
				b.WriteString("\n")
			}
		case "a":
			w.link(b, n)
		case "img":
			w.image(b, n)
		case "sup":
			_, number, _ := strings.Cut(n.attrs["id"], ":")
			b.WriteString("[^" + number + "]")
		case holeTag:
			w.referTo(b, n.hole)
		}
	}
}

// emphasis writes a text between one or two marks.
func (w *writer) emphasis(b *strings.Builder, nodes []*node, i int, within string, times int) {
	sign, other := "*", "_"
	if w.habit == underscores {
		sign, other = other, sign
	}
	mark := strings.Repeat(sign, times)
	if text := b.String(); strings.HasSuffix(text, sign) && !strings.HasSuffix(text, `\`+sign) {
		w.doubt = true
		fits := len(within) == 1 && times == 2 || len(within) == 2 && (times == 2 || len(nodes) > 1)
		if w.habit != asterisks && (i > 0 || !fits) {
			mark = strings.Repeat(other, times)
		}
	}
	b.WriteString(mark)
	w.run(b, nodes[i].kids, mark)
	b.WriteString(mark)
}

// code writes a code span.
func (w *writer) code(text string) string {
	if w.table {
		text = strings.ReplaceAll(text, "|", `\|`)
	}
	fence := "`"
	for runOf(text, fence) {
		fence += "`"
	}
	blank := strings.TrimSpace(text) == ""
	if strings.HasPrefix(text, "`") || strings.HasSuffix(text, "`") || !blank && strings.HasPrefix(text, " ") && strings.HasSuffix(text, " ") {
		text = " " + text + " "
	}
	return fence + text + fence
}

// runOf reports whether a text has a run of just as many backquotes.
func runOf(text, fence string) bool {
	n := 0
	for i := range len(text) + 1 {
		if i < len(text) && text[i] == '`' {
			n++
			continue
		}
		if n == len(fence) {
			return true
		}
		n = 0
	}
	return false
}

func (w *writer) referTo(b *strings.Builder, h *aims.Hole) {
	s := h.Target
	if h.Fragment != "" {
		s += "#" + h.Fragment
	}
	if h.Label != "" {
		s += "|" + h.Label
	}
	if w.table {
		s = strings.ReplaceAll(s, "|", `\|`)
	}
	b.WriteString("[[" + s + "]]")
}

// plain writes a text so that it is nothing else than that text: the i-th of
// some nodes, within an emphasis or not.
func (w *writer) plain(b *strings.Builder, nodes []*node, i int, within string) {
	text := nodes[i].text
	first, last := i == 0, i == len(nodes)-1
	done := 0 // what was written of the text
	for at, r := range text {
		if r < utf8.RuneSelf && wordRune(r) {
			continue // letters and digits are never more than themselves
		}
		b.WriteString(text[done:at])
		done = at
		s := sign{r: r, rest: text[at:]}
		_, size := utf8.DecodeRuneInString(s.rest)
		done += size
		s.next, _ = utf8.DecodeRuneInString(s.rest[size:])
		s.before, _ = utf8.DecodeLastRuneInString(text[:at])
		s.end = at+size == len(text)
		s.start = b.Len() == 0 || strings.HasSuffix(b.String(), "\n")
		s.followed = !last
		edge := s.start || s.end && last || s.next == '\n' || s.end && nodes[i+1].tag == "br"
		flank := within != "" && (first && at == 0 || last && s.end)
		switch {
		case unicode.IsControl(r) && r != '\n' && r != '\t',
			r == '\n' && (s.start || s.end && last),
			(r == ' ' || r == '\t') && edge,
			unicode.IsSpace(r) && flank:
			byNumber(b, r)
		case w.special(s), (r == '.' || r == ')') && s.ends() && !w.table && !w.heading && digits(lineOf(b)):
			b.WriteString(`\`)
			b.WriteRune(r)
		default:
			b.WriteString(s.rest[:size])
		}
	}
	b.WriteString(text[done:])
}

// sign is a sign of a text with what is around it.
type sign struct {
	r, next, before rune   // RuneError where there is none
	rest            string // of the text, from the sign on
	start           bool   // whether it begins a line
	end             bool   // whether it ends the text
	followed        bool   // whether something follows the text
}

// ends reports whether a blank or nothing follows the sign.
func (s sign) ends() bool {
	return s.end || s.next == ' ' || s.next == '\t' || s.next == '\n'
}

func byNumber(b *strings.Builder, r rune) { b.WriteString("&#" + strconv.Itoa(int(r)) + ";") }

// lineOf returns what was written of the current line.
func lineOf(b *strings.Builder) string {
	s := b.String()
	return s[strings.LastIndexByte(s, '\n')+1:]
}

// digits reports whether a line is up to nine digits so far: with a dot it would
// begin a list.
func digits(line string) bool {
	return line != "" && len(line) < 10 && strings.Trim(line, "0123456789") == ""
}

var hashes = regexp.MustCompile(`^#{1,6}(\s|$)`)

// special reports whether a sign would be more than itself where it stands.
func (w *writer) special(s sign) bool {
	block := s.start && !w.table && !w.heading // whether it could begin a block
	switch s.r {
	case '*', '`', '[', ']', '~':
		return true
	case '_':
		return !wordRune(s.before) || !wordRune(s.next)
	case '\\':
		return s.end || s.next < utf8.RuneSelf && !wordRune(s.next)
	case '<':
		return s.end || s.next == '/' || s.next == '!' || s.next == '?' || s.next < utf8.RuneSelf && unicode.IsLetter(s.next)
	case '&':
		at := entity.FindStringIndex(s.rest)
		return at != nil && at[0] == 0
	case '!':
		return s.end && s.followed || s.next == '['
	case '|':
		return w.table || block
	case '{':
		return w.heading
	case ':':
		return block && (s.ends() || s.next == '-') || s.before == utf8.RuneError // behind a footnote it would define it
	case '#':
		return block && hashes.MatchString(s.rest) || w.heading && s.end
	case '>':
		return block
	case '-':
		return block && (s.ends() || strings.ContainsRune("-|:", s.next))
	case '+':
		return block && s.ends()
	case '=':
		return block && (s.ends() || s.next == '=')
	}
	return false
}

func wordRune(r rune) bool {
	return r != utf8.RuneError && (unicode.IsLetter(r) || unicode.IsDigit(r))
}
