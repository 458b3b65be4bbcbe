package markdown

import (
	"regexp"

	"github.com/yuin/goldmark/ast"
)

// Packed sets goldmark up for texts that [Write] wrote: in them a heading may
// say its id at its end.
//
//	## See [this](policy.md) {#see-this}
//
// The id of a heading is made of its Markdown. Where a reference in it leads to
// something else for an audience, or a file has another place in a pack, the
// heading would get another id, and links to it would lead nowhere. In texts
// that people write such an ending is text.
func Packed() *Compiler {
	c := New()
	c.packed = true
	return c
}

var ownID = regexp.MustCompile(`(^| )\{#([\p{L}\p{N}-]+)\}$`)

// own takes the id that a heading says out of its text; "" when it says none.
func (w *walk) own(h *ast.Heading) string {
	t, ok := h.LastChild().(*ast.Text)
	if !ok || !w.packed {
		return ""
	}
	value := t.Segment.Value(w.source)
	at := ownID.FindSubmatchIndex(value)
	if at == nil {
		return ""
	}
	t.Segment = t.Segment.WithStop(t.Segment.Start + at[0])
	return string(value[at[4]:at[5]])
}
