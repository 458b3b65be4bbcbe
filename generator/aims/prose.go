package aims

import (
	"go/token"
	"html"
	"strings"
)

// Prose is a Markdown text, compiled once. Its HTML is safe to show as it is
// but for holes: places where a link or a title depends on the site that shows
// it. Package markdown makes it; package render fills the holes.
type Prose struct {
	HTML     string   // escaped, without the holes' contents
	Source   [32]byte // DigestText of the Markdown; zero without a text
	Markdown string   // of a key of a record, as it is written; empty for a document and for an audience
	Holes    []Hole   // in ascending order of Offset
	Headings []Heading
}

// IsZero reports whether there is no text.
func (p *Prose) IsZero() bool { return p.HTML == "" && len(p.Holes) == 0 }

// Told returns the HTML with each reference in words: those that the text gives
// it, or the title of what it leads to.
func (p *Prose) Told(w *Workspace) string {
	var b strings.Builder
	from := 0
	for _, h := range p.Holes {
		b.WriteString(p.HTML[from:h.Offset])
		from = h.Offset
		if h.Kind != Reference {
			continue
		}
		label := h.Label
		if found := w.Resolve(h.Target); label == "" && len(found) == 1 {
			label = found[0].Title()
		}
		if label == "" {
			label = h.Target
		}
		b.WriteString(html.EscapeString(label))
	}
	b.WriteString(p.HTML[from:])
	return b.String()
}

// Heading is a heading of a text, with the id of its anchor.
type Heading struct {
	Level int // 2 to 6; the page title is the only heading of level 1
	ID    string
	Text  string
}

// HoleKind says what fills a hole.
type HoleKind uint8

const (
	// Reference is [[target]]: a whole link with the target's title, or
	// with Label when the text gave one.
	Reference HoleKind = iota
	// LinkAddress is the address of a link to a file of the workspace; it
	// stands inside a quoted href attribute.
	LinkAddress
	// ImageAddress is the address of an image; it stands inside a quoted
	// src attribute.
	ImageAddress
)

// Hole is a place in the HTML of a Prose that depends on the site.
type Hole struct {
	Offset   int // into HTML
	Kind     HoleKind
	Target   string // requirement, id or kind:id of a reference; path of a file
	File     string // path in the workspace that Target of an address leads to
	Fragment string // heading id without the number sign, if any
	Label    string // the text's own words for a reference, if any
	Pos      token.Position
}
