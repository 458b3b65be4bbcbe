package markdown

import (
	"strings"

	"golang.org/x/net/html"
	"golang.org/x/net/html/atom"
)

// Lines returns the words of HTML that this package made: each paragraph, heading,
// item and row on a line of its own.
func Lines(text string) string {
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
