package markdown

import (
	"fmt"
	"go/token"
	"net/url"
	"path"
	"strings"
	"unicode"

	"github.com/yuin/goldmark/ast"
	extast "github.com/yuin/goldmark/extension/ast"
	"github.com/yuin/goldmark/util"

	"annex/generator/aims"
	"annex/generator/diag"
	"annex/generator/plain"
)

// walk goes over a parsed text once: it refuses what is unsafe, numbers the
// holes, and collects headings.
type walk struct {
	source   []byte
	at       token.Position
	title    string // of the document, if it is one
	packed   bool   // headings may say their ids
	lines    []int  // offsets at which lines begin
	diags    []diag.Diagnostic
	holes    []aims.Hole
	headings []aims.Heading
	tables   int
	inPage   []pageLink

	matches    []plain.Match // that the source may hold, in its order
	untestable []aims.UntestableWord
}

// pageLink is a link to a heading of the same text, checked at the end.
type pageLink struct {
	id     string
	offset int
}

// Attributes that the walk leaves on nodes for the renderer.
const (
	attrHole    = "annex-hole"    // number of the hole, an int
	attrRefused = "annex-refused" // the link is shown as its text alone
	attrAlert   = "annex-alert"   // kind of alert, a string
	attrNumber  = "annex-number"  // of the table in the text, an int
)

func (w *walk) document(root ast.Node) {
	if h, ok := root.FirstChild().(*ast.Heading); ok && h.Level == 1 && w.title != "" && words(h, w.source) == w.title {
		root.RemoveChild(root, h)
	}
	shift := w.shift(root)
	_ = ast.Walk(root, func(n ast.Node, entering bool) (ast.WalkStatus, error) {
		if !entering {
			return ast.WalkContinue, nil
		}
		switch n := n.(type) {
		case *ast.Heading:
			n.Level = min(n.Level+shift, 6)
			if id := w.own(n); id != "" {
				n.SetAttributeString("id", []byte(id))
			}
			id, _ := n.AttributeString("id")
			name, _ := id.([]byte)
			w.headings = append(w.headings, aims.Heading{Level: n.Level, ID: string(name), Text: words(n, w.source)})
		case *ast.HTMLBlock:
			w.html(blockStart(n), string(n.Lines().Value(w.source)))
		case *ast.RawHTML:
			w.html(n.Segments.At(0).Start, string(n.Segments.Value(w.source)))
		case *ast.Link:
			w.link(n, resolve(n.Destination), n.Pos(), aims.LinkAddress)
		case *ast.Image:
			w.link(n, resolve(n.Destination), n.Pos(), aims.ImageAddress)
		case *ast.AutoLink:
			w.autoLink(n)
		case *reference:
			w.reference(n)
		case *ast.Blockquote:
			w.alert(n)
		case *extast.Table:
			w.tables++
			n.SetAttributeString(attrNumber, w.tables)
		case *ast.Text:
			w.findUntestable(n)
		}
		return ast.WalkContinue, nil
	})
	w.checkPageLinks()
}

// shift is 1 when the text uses headings of level 1, which belong to the title
// of the page.
func (w *walk) shift(root ast.Node) (levels int) {
	_ = ast.Walk(root, func(n ast.Node, _ bool) (ast.WalkStatus, error) {
		if h, ok := n.(*ast.Heading); ok && h.Level == 1 {
			levels = 1
			return ast.WalkStop, nil
		}
		if n.Type() == ast.TypeInline {
			return ast.WalkSkipChildren, nil
		}
		return ast.WalkContinue, nil
	})
	return levels
}

// words returns the text of a node without mark-up.
func words(n ast.Node, source []byte) string {
	var b strings.Builder
	_ = ast.Walk(n, func(n ast.Node, entering bool) (ast.WalkStatus, error) {
		if entering {
			switch n := n.(type) {
			case *ast.Text:
				b.Write(n.Value(source))
			case *ast.String:
				b.Write(n.Value)
			case *reference:
				b.WriteString(n.words())
			}
		}
		return ast.WalkContinue, nil
	})
	return b.String()
}

func blockStart(n ast.Node) int {
	if n.Lines().Len() > 0 {
		return n.Lines().At(0).Start
	}
	return n.Pos()
}

func (w *walk) html(offset int, text string) {
	shown := strings.TrimSpace(text)
	if i := strings.IndexAny(shown, "\n"); i >= 0 {
		shown = shown[:i]
	}
	if len(shown) > 40 {
		shown = strings.ToValidUTF8(shown[:40], "") + "…"
	}
	w.report(diag.RawHTML, offset, fmt.Sprintf("the text holds raw HTML: %s", shown),
		"use Markdown, or put it between backquotes to show it as it is")
}

// link sorts an address: refused, in the page, to the web, or a hole.
func (w *walk) link(n ast.Node, address string, offset int, kind aims.HoleKind) {
	sort, target, fragment := classify(address)
	switch sort {
	case unsafe:
		n.SetAttributeString(attrRefused, true)
		w.report(diag.UnsafeURL, offset, fmt.Sprintf("the address %q is not safe to follow", shorten(address)),
			"use an address that begins with https:// or mailto:, or the path of a file of the workspace")
	case web:
		if kind == aims.ImageAddress {
			n.SetAttributeString(attrRefused, true)
			w.report(diag.UnsafeURL, offset, "the image would be loaded from the web",
				"put the image file beside the document and link to it by its path")
		}
	case inPage:
		w.inPage = append(w.inPage, pageLink{fragment, offset})
	case file:
		n.SetAttributeString(attrHole, len(w.holes))
		w.holes = append(w.holes, aims.Hole{Kind: kind, Target: target, File: path.Join(path.Dir(w.at.Filename), target), Fragment: fragment, Pos: w.position(offset)})
	}
}

func (w *walk) autoLink(n *ast.AutoLink) {
	address := string(n.URL(w.source))
	if n.AutoLinkType == ast.AutoLinkEmail {
		return
	}
	if sort, _, _ := classify(address); sort != web {
		n.SetAttributeString(attrRefused, true)
		w.report(diag.UnsafeURL, n.Pos(), fmt.Sprintf("the address %q is not safe to follow", shorten(address)),
			"use an address that begins with https:// or mailto:")
	}
}

func shorten(s string) string {
	if len(s) > 60 {
		return strings.ToValidUTF8(s[:60], "") + "…"
	}
	return s
}

// sort tells addresses apart.
type sort int

const (
	unsafe sort = iota
	web         // http, https, mailto
	inPage      // #heading
	file        // path in the workspace
)

// resolve returns an address with its escapes and entities resolved, as a
// browser would get it.
func resolve(address []byte) string {
	b := util.UnescapePunctuations(address)
	b = util.ResolveNumericReferences(b)
	return string(util.ResolveEntityNames(b))
}

// classify looks at an address that was resolved.
func classify(address string) (kind sort, target, fragment string) {
	if strings.ContainsFunc(address, unicode.IsControl) || strings.Contains(address, `\`) {
		return unsafe, "", ""
	}
	if rest, ok := strings.CutPrefix(address, "#"); ok {
		if decoded, err := url.PathUnescape(rest); err == nil {
			rest = decoded
		}
		return inPage, "", rest
	}
	if scheme, _, found := strings.Cut(address, ":"); found && !strings.ContainsAny(scheme, "/?#") {
		switch strings.ToLower(scheme) {
		case "http", "https", "mailto":
			return web, "", ""
		}
		return unsafe, "", ""
	}
	u, err := url.Parse(address)
	if err != nil || u.Host != "" || strings.HasPrefix(address, "//") || u.RawQuery != "" || path.IsAbs(u.Path) {
		return unsafe, "", ""
	}
	return file, u.Path, u.Fragment
}

func (w *walk) reference(n *reference) {
	n.hole = len(w.holes)
	w.holes = append(w.holes, aims.Hole{
		Kind: aims.Reference, Target: n.target, Fragment: n.fragment, Label: n.label, Pos: w.position(n.offset),
	})
}

func (w *walk) checkPageLinks() {
	for _, link := range w.inPage {
		known := false
		ids := make([]string, len(w.headings))
		for i, h := range w.headings {
			ids[i] = h.ID
			known = known || h.ID == link.id
		}
		if !known {
			w.report(diag.BrokenAnchor, link.offset, fmt.Sprintf("the text has no heading %q", link.id),
				"its headings are "+strings.Join(ids, ", "))
		}
	}
}

// alert recognizes a quote that begins with [!NOTE] or one of its kin.
func (w *walk) alert(n *ast.Blockquote) {
	p, ok := n.FirstChild().(*ast.Paragraph)
	if !ok || p.Lines().Len() == 0 {
		return
	}
	line := p.Lines().At(0)
	kind := strings.TrimSpace(string(line.Value(w.source)))
	switch kind {
	case "[!NOTE]", "[!TIP]", "[!IMPORTANT]", "[!WARNING]", "[!CAUTION]":
	default:
		return
	}
	for c := p.FirstChild(); c != nil; {
		next := c.NextSibling()
		t, ok := c.(*ast.Text)
		p.RemoveChild(p, c)
		if ok && (t.SoftLineBreak() || t.HardLineBreak()) {
			break
		}
		c = next
	}
	if p.ChildCount() == 0 {
		n.RemoveChild(n, p)
	}
	n.SetAttributeString(attrAlert, strings.ToLower(kind[2:len(kind)-1]))
}
