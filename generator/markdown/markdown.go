// Package markdown compiles Markdown texts into safe HTML, with a diagnostic
// for everything it refuses.
//
//	prose, diags := markdown.New().Compile([]byte("See [[ai-policy]]."), at)
//	// prose.HTML  "<p>See .</p>\n", with a hole for the link after "See "
//
// The language is CommonMark with tables, strikethrough, footnotes, definition
// lists, alerts (> [!NOTE]) and references ([[id]]). HTML is built safe, not
// made safe afterwards: raw HTML and addresses other than http, https, mailto
// and files of the workspace are refused. What depends on the site, the address
// of a link to a record or file, stays a hole in the result.
//
// It is the only package that imports goldmark.
package markdown

import (
	"bytes"
	"cmp"
	"go/token"
	"slices"
	"strconv"
	"strings"
	"sync"
	"unicode/utf8"

	"github.com/yuin/goldmark"
	"github.com/yuin/goldmark/extension"
	"github.com/yuin/goldmark/parser"
	"github.com/yuin/goldmark/renderer"
	"github.com/yuin/goldmark/renderer/html"
	"github.com/yuin/goldmark/text"
	"github.com/yuin/goldmark/util"

	"annex/generator/aims"
	"annex/generator/diag"
	"annex/generator/plain"
)

// Compiler compiles texts. It is safe for use from several goroutines.
type Compiler struct {
	goldmark goldmark.Markdown
	packed   bool      // see Packed
	buffers  sync.Pool // of *buffer, for rendered HTML with the marks of its holes
}

// buffer is memory to render into; goldmark would put a buffer of its own
// before any other writer.
type buffer struct{ bytes.Buffer }

// Buffered, Flush and Available make it the kind of writer that goldmark uses.
func (*buffer) Buffered() int { return 0 }
func (*buffer) Flush() error  { return nil }

// New sets goldmark up.
func New() *Compiler {
	return &Compiler{buffers: sync.Pool{New: func() any { return new(buffer) }}, goldmark: goldmark.New(
		goldmark.WithExtensions(
			extension.NewTable(extension.WithTableCellAlignMethod(extension.TableCellAlignNone)),
			extension.Strikethrough, extension.Footnote, extension.DefinitionList,
		),
		goldmark.WithParserOptions(
			parser.WithAutoHeadingID(),
			parser.WithInlineParsers(util.Prioritized(referenceParser{}, 150)), // before links, which have 200
		),
		goldmark.WithRendererOptions(
			html.WithXHTML(),
			renderer.WithNodeRenderers(util.Prioritized(nodes{}, 10)), // before goldmark's own, which have 500 and more
		),
	)}
}

// Compile compiles one text that begins at a place. The result holds all that
// could be shown; diagnostics tell what could not.
func (c *Compiler) Compile(source []byte, at token.Position) (aims.Prose, []diag.Diagnostic) {
	return c.compile(&walk{source: source, at: at, packed: c.packed})
}

// CompileDocument compiles the text of a document. A heading at its top that
// only says the title again is left out, for the page has it already. With a
// lexicon it also returns the words of the text that nobody can test.
func (c *Compiler) CompileDocument(source []byte, title string, at token.Position, lexicon *plain.Lexicon) (aims.Prose, []aims.UntestableWord, []diag.Diagnostic) {
	w := &walk{source: source, at: at, title: title, packed: c.packed}
	if lexicon != nil {
		w.matches = lexicon.Scan(source)
	}
	prose, diags := c.compile(w)
	slices.SortFunc(w.untestable, func(a, b aims.UntestableWord) int { // the tree has footnotes last
		return cmp.Or(cmp.Compare(a.Line, b.Line), cmp.Compare(a.Column, b.Column))
	})
	return prose, w.untestable, diags
}

func (c *Compiler) compile(w *walk) (aims.Prose, []diag.Diagnostic) {
	source := w.source
	if w.refuse() {
		return aims.Prose{}, w.diags
	}
	root := c.goldmark.Parser().Parse(text.NewReader(source), parser.WithContext(parser.NewContext(parser.WithIDs(newIDs()))))
	w.document(root)
	b := c.buffers.Get().(*buffer)
	defer c.buffers.Put(b)
	b.Reset()
	if err := c.goldmark.Renderer().Render(b, source, root); err != nil {
		panic("markdown: writing to memory: " + err.Error()) // nothing here can fail
	}
	prose := aims.Prose{Headings: w.headings, Source: aims.DigestText(w.source)}
	prose.HTML, prose.Holes = cut(b.Bytes(), w.holes)
	return prose, w.diags
}

// holeMark brackets the number of a hole in rendered HTML. The sign cannot come
// from a text: CommonMark has it replaced.
const holeMark = '\x00'

// cut takes the marks of holes out of rendered HTML and notes where they were.
func cut(rendered []byte, holes []aims.Hole) (string, []aims.Hole) {
	if len(holes) == 0 {
		return string(rendered), nil
	}
	var out strings.Builder
	out.Grow(len(rendered))
	list := make([]aims.Hole, 0, len(holes))
	for {
		before, rest, found := bytes.Cut(rendered, []byte{holeMark})
		out.Write(before)
		if !found {
			return out.String(), list
		}
		number, after, _ := bytes.Cut(rest, []byte{holeMark})
		if n, err := strconv.Atoi(string(number)); err == nil && n < len(holes) {
			h := holes[n]
			h.Offset = out.Len()
			list = append(list, h)
		}
		rendered = after
	}
}

// position returns the place of an offset into the text.
func (w *walk) position(offset int) token.Position {
	if w.lines == nil {
		w.lines = append(w.lines, 0)
		for i, c := range w.source {
			if c == '\n' {
				w.lines = append(w.lines, i+1)
			}
		}
	}
	offset = min(max(offset, 0), len(w.source))
	line := 0
	for low, high := 0, len(w.lines); low < high; {
		middle := (low + high) / 2
		if w.lines[middle] <= offset {
			line, low = middle, middle+1
		} else {
			high = middle
		}
	}
	pos := token.Position{Filename: w.at.Filename, Line: w.at.Line + line}
	pos.Column = utf8.RuneCount(w.source[w.lines[line]:offset]) + 1
	if line == 0 {
		pos.Column += w.at.Column - 1
	}
	return pos
}

func (w *walk) report(code diag.Code, offset int, message, help string) {
	w.diags = append(w.diags, diag.New(code, w.position(offset), message, help))
}
