package aims

import (
	"html"
	"strings"
)

// Canonical returns the text as HTML in which each hole says what it is for,
// whatever site shows it:
//
//	<p>See <ref to="ai-policy" at="scope">our policy</ref>.</p>
//	<p><a href="forms/request.md#who">Ask</a></p>
//
// Signs of the text are escaped, so that a text cannot pass for a reference; and
// addresses of the web have a scheme, so that none can pass for a file.
func (p *Prose) Canonical() string {
	if len(p.Holes) == 0 {
		return p.HTML
	}
	var b strings.Builder
	from := 0
	for _, h := range p.Holes {
		b.WriteString(p.HTML[from:h.Offset])
		from = h.Offset
		target, fragment := html.EscapeString(h.Target), html.EscapeString(h.Fragment)
		switch {
		case h.Kind == Reference && fragment != "":
			b.WriteString(`<ref to="` + target + `" at="` + fragment + `">` + html.EscapeString(h.Label) + `</ref>`)
		case h.Kind == Reference:
			b.WriteString(`<ref to="` + target + `">` + html.EscapeString(h.Label) + `</ref>`)
		case fragment != "":
			b.WriteString(target + "#" + fragment)
		default:
			b.WriteString(target)
		}
	}
	b.WriteString(p.HTML[from:])
	return b.String()
}
