package export

import (
	"strings"

	"golang.org/x/net/html"
	"golang.org/x/net/html/atom"

	"annex/generator/aims"
)

// prose returns a text of a record: its Markdown, or its words where the
// Markdown does not go along.
func (x *lister) prose(p *aims.Prose) string {
	if p.Markdown != "" || p.IsZero() {
		return p.Markdown
	}
	return x.plain(p)
}

// plain returns the words of a text, each paragraph, heading, item and row on a
// line of its own.
func (x *lister) plain(p *aims.Prose) string {
	var b strings.Builder
	last := 0
	for _, h := range p.Holes {
		b.WriteString(p.HTML[last:h.Offset])
		last = h.Offset
		if h.Kind == aims.Reference {
			b.WriteString(html.EscapeString(x.label(h)))
		}
	}
	b.WriteString(p.HTML[last:])
	return lines(b.String())
}

// label is what a reference says: the words that the text gives it, or the title
// of what it leads to.
func (x *lister) label(h aims.Hole) string {
	if found := x.w.Whole().Resolve(h.Target); h.Label == "" && len(found) > 0 {
		return found[0].Title()
	}
	if h.Label != "" {
		return h.Label
	}
	return h.Target
}

// lines returns the words of HTML that annex made.
func lines(text string) string {
	var b strings.Builder
	z := html.NewTokenizer(strings.NewReader(text))
	for {
		switch z.Next() {
		case html.ErrorToken:
			return tidy(b.String())
		case html.TextToken:
			b.WriteString(strings.ReplaceAll(string(z.Text()), "\n", " "))
		case html.StartTagToken, html.SelfClosingTagToken:
			name, _ := z.TagName()
			switch atom.Lookup(name) {
			case atom.Li:
				b.WriteString("\n- ")
			case atom.Td, atom.Th:
				b.WriteString(" | ")
			case atom.P, atom.Br, atom.Tr, atom.Pre, atom.Blockquote, atom.H2, atom.H3, atom.H4, atom.H5, atom.H6, atom.Hr, atom.Dt, atom.Dd:
				b.WriteString("\n")
			}
		}
	}
}

// tidy drops blanks at both ends of lines, lines without words, and the lines
// between a bullet and its words.
func tidy(s string) string {
	var out []string
	bullet := ""
	for line := range strings.Lines(s) {
		line = strings.TrimSpace(line)
		if line == "-" {
			bullet = "- "
			continue
		}
		if line = strings.Trim(line, "| "); line != "" {
			out = append(out, bullet+strings.Join(strings.Fields(line), " "))
			bullet = ""
		}
	}
	return strings.Join(out, "\n")
}
