package markdown

import (
	"bytes"
	"cmp"
	"slices"

	"github.com/yuin/goldmark/ast"
	extast "github.com/yuin/goldmark/extension/ast"

	"annex/generator/aims"
	"annex/generator/plain"
)

// findUntestable keeps the matches that begin in a piece of running text and
// count there.
func (w *walk) findUntestable(n *ast.Text) {
	if len(w.matches) == 0 {
		return
	}
	i, _ := slices.BinarySearchFunc(w.matches, n.Segment.Start, func(m plain.Match, at int) int { return cmp.Compare(m.Start, at) })
	for ; i < len(w.matches) && w.matches[i].Start < n.Segment.Stop; i++ {
		m := w.matches[i]
		if from, to, ok := w.block(n); ok && m.Stands(w.source, from, to) {
			pos := w.position(m.Start)
			w.untestable = append(w.untestable, aims.UntestableWord{Word: m.Form(), Line: int32(pos.Line), Column: int32(pos.Column)})
		}
	}
}

// block returns the offsets between which the block lies that holds a text. It
// reports false for code and for what somebody else said.
func (w *walk) block(n ast.Node) (from, to int, ok bool) {
	for p := n.Parent(); p != nil; p = p.Parent() {
		switch p.Kind() {
		case ast.KindCodeSpan:
			return 0, 0, false
		case ast.KindBlockquote:
			if _, alert := p.AttributeString(attrAlert); !alert {
				return 0, 0, false
			}
		case extast.KindTableCell: // a row is one statement
			if to == 0 {
				at := n.(*ast.Text).Segment.Start
				from = bytes.LastIndexByte(w.source[:at], '\n') + 1
				to = len(w.source)
				if end := bytes.IndexByte(w.source[at:], '\n'); end >= 0 {
					to = at + end
				}
			}
		}
		if to == 0 && p.Type() == ast.TypeBlock && p.Lines().Len() > 0 {
			from, to = p.Lines().At(0).Start, p.Lines().At(p.Lines().Len()-1).Stop
		}
	}
	return from, to, to > 0
}
