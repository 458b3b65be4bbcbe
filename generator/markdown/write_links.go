package markdown

import (
	"net/url"
	"regexp"
	"strings"
	"unicode"

	"annex/generator/aims"
)

// link writes a link.
func (w *writer) link(b *strings.Builder, n *node) {
	to, given := n.attrs["href"]
	switch {
	case n.hole != nil:
		to = w.to(*n.hole)
	case !given:
		w.run(b, n.kids, "")
		return
	case n.attrs["title"] == "" && bare(to, n):
		b.WriteString("<" + n.words() + ">")
		return
	}
	b.WriteString("[")
	w.run(b, n.kids, "")
	b.WriteString("](" + destination(to) + w.caption(n) + ")")
}

var bareAddress = regexp.MustCompile(`^(https?|mailto):[!-;=?-\[\]-~]*$|^[a-zA-Z0-9.+-]+@[a-zA-Z0-9-]+(\.[a-zA-Z0-9-]+)+$`)

// bare reports whether a link only shows its own address.
func bare(to string, n *node) bool {
	text := n.words()
	return len(n.kids) == 1 && n.kids[0].tag == "" && bareAddress.MatchString(text) && (text == to || "mailto:"+text == to)
}

func (w *writer) image(b *strings.Builder, n *node) {
	alt := n.attrs["alt"] // as it was written: a compiler resolves nothing in it
	if strings.ContainsAny(alt, "*_~<[]`\n") && !strings.ContainsAny(alt, "`\\\n") {
		alt = "`" + alt + "`"
	}
	if w.table {
		alt = strings.ReplaceAll(alt, "|", `\|`)
	}
	to := n.attrs["src"]
	if n.hole != nil {
		to = w.to(*n.hole)
	}
	b.WriteString("![" + alt + "](" + destination(to) + w.caption(n) + ")")
}

// to returns the address of a file.
func (w *writer) to(h aims.Hole) string {
	file, fragment := w.address(h)
	to := (&url.URL{Path: file}).EscapedPath()
	if fragment != "" {
		to += "#" + (&url.URL{Fragment: fragment}).EscapedFragment()
	}
	return to
}

var entity = regexp.MustCompile(`&(#[0-9]{1,7}|#[xX][0-9a-fA-F]{1,6}|[A-Za-z][A-Za-z0-9]*);`)

// destination writes an address, between angle brackets where it would end too
// early otherwise.
func destination(to string) string {
	to = entity.ReplaceAllStringFunc(to, func(s string) string { return `\` + s })
	if to == "" || strings.ContainsAny(to, "() <>") || strings.ContainsFunc(to, unicode.IsControl) {
		return "<" + to + ">"
	}
	return to
}

// caption writes the title of a link or image.
func (w *writer) caption(n *node) string {
	title, given := n.attrs["title"]
	if !given {
		return ""
	}
	title = entity.ReplaceAllStringFunc(title, func(s string) string { return "&amp;" + s[1:] })
	title = strings.NewReplacer(`\`, `&#92;`, `"`, `&quot;`, "\n", "&#10;", "\r", "&#13;").Replace(title)
	if w.table {
		title = strings.ReplaceAll(title, "|", "&#124;")
	}
	return ` "` + title + `"`
}
