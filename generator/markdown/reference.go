package markdown

import (
	"bytes"
	"strings"

	"github.com/yuin/goldmark/ast"
	"github.com/yuin/goldmark/parser"
	"github.com/yuin/goldmark/text"
)

// reference is [[target]], [[target#heading]] or [[target|own words]].
type reference struct {
	ast.BaseInline
	target, fragment, label string
	offset                  int
	hole                    int
}

// kindReference is a variable because goldmark numbers kinds when a program starts.
var kindReference = ast.NewNodeKind("Reference")

func (n *reference) Kind() ast.NodeKind { return kindReference }

func (n *reference) Dump(source []byte, level int) { ast.DumpHelper(n, source, level, nil, nil) }

// words is what the reference adds to the plain text.
func (n *reference) words() string {
	if n.label != "" {
		return n.label
	}
	return n.target
}

// referenceParser recognizes references.
type referenceParser struct{}

func (referenceParser) Trigger() []byte { return []byte{'['} }

func (referenceParser) Parse(_ ast.Node, block text.Reader, _ parser.Context) ast.Node {
	line, segment := block.PeekLine()
	if !bytes.HasPrefix(line, []byte("[[")) {
		return nil
	}
	end := bytes.Index(line, []byte("]]"))
	if end < 0 || end > 300 {
		return nil
	}
	inner := string(line[2:end])
	if strings.ContainsAny(inner, "[]\x00") {
		return nil
	}
	target, label, _ := strings.Cut(strings.ReplaceAll(inner, `\|`, "|"), "|") // in tables the sign is escaped
	target, fragment, _ := strings.Cut(target, "#")
	target = strings.TrimSpace(target)
	if target == "" || strings.ContainsAny(target, "()<>*`!\\\"") {
		return nil
	}
	block.Advance(end + 2)
	return &reference{
		target: target, fragment: strings.TrimSpace(fragment), label: strings.TrimSpace(label), offset: segment.Start,
	}
}
