package markdown

import (
	"bytes"
	"fmt"
	"strings"

	"github.com/yuin/goldmark/ast"
	extast "github.com/yuin/goldmark/extension/ast"
	"github.com/yuin/goldmark/renderer"
	"github.com/yuin/goldmark/util"
)

// nodes renders the nodes for which goldmark's own renderers do not serve:
// those with holes, refused ones, and those that need a class in place of a
// style.
type nodes struct{}

// RegisterFuncs puts the renderers in place of goldmark's.
func (nodes) RegisterFuncs(r renderer.NodeRendererFuncRegisterer) {
	r.Register(kindReference, renderReference)
	r.Register(ast.KindLink, renderLink)
	r.Register(ast.KindAutoLink, renderAutoLink)
	r.Register(ast.KindImage, renderImage)
	r.Register(ast.KindHTMLBlock, skip)
	r.Register(ast.KindRawHTML, skip)
	r.Register(ast.KindBlockquote, renderQuote)
	r.Register(ast.KindFencedCodeBlock, renderFenced)
	r.Register(extast.KindTable, renderTable)
	r.Register(extast.KindTableCell, renderCell)
}

func skip(util.BufWriter, []byte, ast.Node, bool) (ast.WalkStatus, error) {
	return ast.WalkSkipChildren, nil
}

func writeHole(w util.BufWriter, n int) { fmt.Fprintf(w, "%c%d%c", holeMark, n, holeMark) }

func renderReference(w util.BufWriter, _ []byte, n ast.Node, entering bool) (ast.WalkStatus, error) {
	if entering {
		writeHole(w, n.(*reference).hole)
	}
	return ast.WalkContinue, nil
}

func escape(b []byte) []byte { return util.EscapeHTML(b) }

func renderLink(w util.BufWriter, _ []byte, node ast.Node, entering bool) (ast.WalkStatus, error) {
	n := node.(*ast.Link)
	if _, refused := n.AttributeString(attrRefused); refused {
		return ast.WalkContinue, nil
	}
	if !entering {
		_, _ = w.WriteString("</a>")
		return ast.WalkContinue, nil
	}
	_, _ = w.WriteString(`<a href="`)
	if hole, ok := n.AttributeString(attrHole); ok {
		writeHole(w, hole.(int))
	} else {
		_, _ = w.Write(escape(util.URLEscape(n.Destination, true)))
	}
	_ = w.WriteByte('"')
	if n.Title != nil {
		fmt.Fprintf(w, ` title="%s"`, escape([]byte(resolve(n.Title))))
	}
	writeRel(w, n.Destination)
	_ = w.WriteByte('>')
	return ast.WalkContinue, nil
}

// writeRel keeps a page on the web from learning where its visitor came from.
func writeRel(w util.BufWriter, address []byte) {
	if kind, _, _ := classify(resolve(address)); kind == web && !bytes.HasPrefix(bytes.ToLower(address), []byte("mailto:")) {
		_, _ = w.WriteString(` rel="noopener noreferrer"`)
	}
}

func renderAutoLink(w util.BufWriter, source []byte, node ast.Node, entering bool) (ast.WalkStatus, error) {
	n := node.(*ast.AutoLink)
	if !entering {
		return ast.WalkContinue, nil
	}
	label := escape(n.Label(source))
	if _, refused := n.AttributeString(attrRefused); refused {
		_, _ = w.Write(label)
		return ast.WalkContinue, nil
	}
	address := n.URL(source)
	if n.AutoLinkType == ast.AutoLinkEmail && !bytes.HasPrefix(bytes.ToLower(address), []byte("mailto:")) {
		address = append([]byte("mailto:"), address...)
	}
	fmt.Fprintf(w, `<a href="%s"`, escape(util.URLEscape(address, false)))
	writeRel(w, address)
	fmt.Fprintf(w, ">%s</a>", label)
	return ast.WalkContinue, nil
}

func renderImage(w util.BufWriter, source []byte, node ast.Node, entering bool) (ast.WalkStatus, error) {
	n := node.(*ast.Image)
	if !entering {
		return ast.WalkContinue, nil
	}
	alt := escape([]byte(words(n, source)))
	hole, ok := n.AttributeString(attrHole)
	if !ok {
		_, _ = w.Write(alt)
		return ast.WalkSkipChildren, nil
	}
	_, _ = w.WriteString(`<img src="`)
	writeHole(w, hole.(int))
	fmt.Fprintf(w, `" alt="%s"`, alt)
	if n.Title != nil {
		fmt.Fprintf(w, ` title="%s"`, escape([]byte(resolve(n.Title))))
	}
	_, _ = w.WriteString(" />")
	return ast.WalkSkipChildren, nil
}

func renderQuote(w util.BufWriter, _ []byte, n ast.Node, entering bool) (ast.WalkStatus, error) {
	alert, ok := n.AttributeString(attrAlert)
	switch {
	case ok && entering:
		kind := alert.(string)
		fmt.Fprintf(w, "<div class=\"alert alert-%s\" role=\"note\">\n<p class=\"alert-title\">%s</p>\n", kind, strings.ToUpper(kind[:1])+kind[1:])
	case ok:
		_, _ = w.WriteString("</div>\n")
	case entering:
		_, _ = w.WriteString("<blockquote>\n")
	default:
		_, _ = w.WriteString("</blockquote>\n")
	}
	return ast.WalkContinue, nil
}

func renderFenced(w util.BufWriter, source []byte, node ast.Node, entering bool) (ast.WalkStatus, error) {
	n := node.(*ast.FencedCodeBlock)
	if !entering {
		_, _ = w.WriteString("</code></pre>\n")
		return ast.WalkContinue, nil
	}
	_, _ = w.WriteString("<pre><code")
	if language := languageClass(n.Language(source)); language != "" {
		fmt.Fprintf(w, ` class="language-%s"`, language)
	}
	_ = w.WriteByte('>')
	for i := range n.Lines().Len() {
		line := n.Lines().At(i)
		_, _ = w.Write(escape(bytes.ReplaceAll(line.Value(source), []byte{0}, []byte("\ufffd"))))
	}
	return ast.WalkContinue, nil
}

// languageClass keeps the letters of a language's name that are safe in a class.
func languageClass(name []byte) string {
	return strings.Map(func(r rune) rune {
		if r >= 'a' && r <= 'z' || r >= '0' && r <= '9' || r == '+' || r == '-' {
			return r
		}
		return -1
	}, strings.ToLower(string(name)))
}

func renderTable(w util.BufWriter, _ []byte, n ast.Node, entering bool) (ast.WalkStatus, error) {
	if entering {
		number, _ := n.AttributeString(attrNumber)
		fmt.Fprintf(w, "<section class=\"table-wrap\" tabindex=\"0\" aria-label=\"Table %v\"><table>\n", number)
	} else {
		_, _ = w.WriteString("</table></section>\n")
	}
	return ast.WalkContinue, nil
}

func renderCell(w util.BufWriter, _ []byte, node ast.Node, entering bool) (ast.WalkStatus, error) {
	n := node.(*extast.TableCell)
	tag := "td"
	if n.Parent().Kind() == extast.KindTableHeader && n.HasChildren() { // an empty corner heads nothing
		tag = "th"
	}
	if !entering {
		fmt.Fprintf(w, "</%s>\n", tag)
		return ast.WalkContinue, nil
	}
	fmt.Fprintf(w, "<%s", tag)
	if tag == "th" {
		_, _ = w.WriteString(` scope="col"`)
	}
	switch n.Alignment {
	case extast.AlignRight:
		_, _ = w.WriteString(` class="al-right"`)
	case extast.AlignCenter:
		_, _ = w.WriteString(` class="al-center"`)
	}
	_ = w.WriteByte('>')
	return ast.WalkContinue, nil
}
