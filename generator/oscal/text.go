package oscal

import (
	"html"
	"net/url"
	"strings"
	"unicode"
	"unicode/utf8"

	"github.com/JohannesKaufmann/html-to-markdown/v2/converter"
	"github.com/JohannesKaufmann/html-to-markdown/v2/plugin/base"
	"github.com/JohannesKaufmann/html-to-markdown/v2/plugin/commonmark"
	"github.com/JohannesKaufmann/html-to-markdown/v2/plugin/table"
	nethtml "golang.org/x/net/html"

	"annex/generator/aims"
)

// texts makes the strings of OSCAL, of which there are three kinds: plain ones of
// one line, Markdown of one line, and Markdown.
type texts struct {
	w        *aims.Workspace
	markdown *converter.Converter
}

func newTexts(w *aims.Workspace) texts {
	return texts{w, converter.NewConverter(converter.WithPlugins(base.NewBasePlugin(), commonmark.NewCommonmarkPlugin(), table.NewTablePlugin()))}
}

// clean takes out what no reader sees and no schema wants: control characters
// but for line ends, marks of direction, a byte order mark.
func clean(text string) string {
	return strings.Map(func(c rune) rune {
		switch {
		case c == '\n' || c == '\t':
			return c
		case c == '\r' || unicode.IsControl(c) || c == '\ufeff' || c == utf8.RuneError || unicode.Is(unicode.Bidi_Control, c):
			return -1
		case 0xe000 <= c && c < 0xe003: // that prose uses for itself
			return -1
		}
		return c
	}, text)
}

// plain returns a text as one line without markup. Empty stays empty.
func plain(text string) string {
	return strings.Join(strings.Fields(clean(text)), " ")
}

// line returns a text as one line of Markdown, or what stands for it when there
// is none.
func line(text, otherwise string) string {
	if text = plain(text); text == "" {
		text = otherwise
	}
	return escape(text)
}

// paragraphs returns a text without markup as Markdown.
func paragraphs(text string) string {
	lines := strings.Split(strings.TrimSpace(clean(text)), "\n")
	for i, l := range lines {
		lines[i] = escape(strings.TrimSpace(l))
	}
	return strings.Join(lines, "\n")
}

// escape keeps the characters of one line of text from being read as markup.
func escape(text string) string {
	if !strings.ContainsAny(text, "\\`*_[]<>&^~{#-+=|.)") {
		return text
	}
	letter := func(c rune) bool { return unicode.IsLetter(c) || unicode.IsNumber(c) }
	list := []rune(text)
	at := func(i int) rune {
		if i < 0 || i >= len(list) {
			return ' '
		}
		return list[i]
	}
	var b strings.Builder
	b.Grow(len(text) + 8)
	digits := true // so far there were only digits
	for i, c := range list {
		mark := false
		switch c {
		case '\\', '`', '[', ']', '^', '~':
			mark = true
		case '_':
			mark = !letter(at(i-1)) || !letter(at(i+1))
		case '*':
			mark = at(i-1) != ' ' || at(i+1) != ' ' || i == 0
		case '{':
			mark = at(i+1) == '{' || at(i-1) == '{'
		case '#', '-', '+', '=', '>', '|':
			mark = i == 0
		case '.', ')':
			mark = digits && i > 0 && (at(i+1) == ' ')
		case '<':
			b.WriteString("&lt;")
			continue
		case '&':
			if letter(at(i+1)) || at(i+1) == '#' {
				b.WriteString("&amp;")
				continue
			}
		}
		if mark {
			b.WriteByte('\\')
		}
		b.WriteRune(c)
		digits = digits && '0' <= c && c <= '9'
	}
	return b.String()
}

// capital returns a sentence with a capital letter at its beginning, unless that
// is a requirement such as iso-42001:A.2.
func capital(text string) string {
	first, _, _ := strings.Cut(text, " ")
	c, n := utf8.DecodeRuneInString(text)
	if n == 0 || strings.Contains(strings.TrimSuffix(first, ":"), ":") {
		return text
	}
	return string(unicode.ToUpper(c)) + text[n:]
}

// commands lets what stands between backticks in a sentence of annex be code
// again. One backtick alone is none.
func commands(text string) string {
	if strings.Count(text, "\\`")%2 == 1 {
		return text
	}
	return strings.ReplaceAll(text, "\\`", "`")
}

// prose returns a compiled text as Markdown. References become the words that
// they show, for they lead to pages of a site.
func (t texts) prose(p *aims.Prose) string {
	if p.IsZero() {
		return ""
	}
	var b strings.Builder
	last := 0
	for _, h := range p.Holes {
		b.WriteString(p.HTML[last:h.Offset])
		last = h.Offset
		if h.Kind == aims.Reference {
			b.WriteString(html.EscapeString(t.shown(h)))
		}
	}
	b.WriteString(p.HTML[last:])
	doc, err := nethtml.Parse(strings.NewReader(clean(b.String())))
	if err != nil {
		return "" // reading from memory does not fail
	}
	prepare(doc, false)
	out, err := t.markdown.ConvertNode(doc)
	if err != nil {
		return ""
	}
	text := strings.NewReplacer("\ue000", `\^`, "\ue001", `\~`, "\ue002", `\{`).Replace(string(out))
	return strings.TrimSpace(text)
}

// shown returns the words that a reference shows.
func (t texts) shown(h aims.Hole) string {
	if h.Label != "" {
		return h.Label
	}
	found := t.w.Resolve(h.Target)
	if len(found) == 0 {
		found = t.w.Whole().Resolve(h.Target)
	}
	if len(found) != 1 {
		return h.Target
	}
	return found[0].Title()
}

// prepare takes out the links and images that lead to files of the workspace,
// and sets aside what OSCAL reads as markup where CommonMark does not.
func prepare(n *nethtml.Node, code bool) {
	switch {
	case n.Type == nethtml.TextNode && !code:
		n.Data = strings.NewReplacer("^", "\ue000", "~", "\ue001", "{{", "\ue002\ue002").Replace(n.Data)
	case n.Type == nethtml.ElementNode:
		code = code || n.Data == "code" || n.Data == "pre"
		if n.Data == "a" && !absolute(n, "href") {
			n.Data, n.DataAtom, n.Attr = "span", 0, nil
		}
		if n.Data == "img" && !absolute(n, "src") {
			n.FirstChild = nil
			n.Type, n.DataAtom, n.Data = nethtml.TextNode, 0, attribute(n, "alt")
			n.Attr = nil
		}
	}
	for c := n.FirstChild; c != nil; c = c.NextSibling {
		prepare(c, code)
	}
}

func attribute(n *nethtml.Node, key string) string {
	for _, a := range n.Attr {
		if a.Key == key {
			return a.Val
		}
	}
	return ""
}

// absolute reports whether a link or image leads out of the workspace.
func absolute(n *nethtml.Node, key string) bool {
	u, err := url.Parse(attribute(n, key))
	return err == nil && u.Scheme != ""
}
