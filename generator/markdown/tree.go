package markdown

import (
	"html"
	"strconv"
	"strings"

	nethtml "golang.org/x/net/html"

	"annex/generator/aims"
)

// node is an element or a text of HTML that this package made.
type node struct {
	tag   string // empty for a text
	text  string
	attrs map[string]string
	hole  *aims.Hole // of a reference, or of the address of a link or an image
	kids  []*node
}

// holeTag is the name that a reference has in a tree.
const holeTag = "ref"

// tree parses the HTML of a prose. All that this package makes is well formed,
// so that elements are just opened and closed.
func tree(p *aims.Prose) *node {
	root := &node{}
	open := []*node{root}
	z := nethtml.NewTokenizer(strings.NewReader(marked(p)))
	for {
		kind := z.Next()
		if kind == nethtml.ErrorToken {
			return root
		}
		above := open[len(open)-1]
		switch kind {
		case nethtml.TextToken:
			above.kids = append(above.kids, &node{text: html.UnescapeString(string(z.Raw()))})
		case nethtml.StartTagToken, nethtml.SelfClosingTagToken:
			n := element(z, p)
			above.kids = append(above.kids, n)
			if kind == nethtml.StartTagToken {
				open = append(open, n)
			}
		case nethtml.EndTagToken:
			if len(open) > 1 {
				open = open[:len(open)-1]
			}
		}
	}
}

// element reads a tag that opens.
func element(z *nethtml.Tokenizer, p *aims.Prose) *node {
	name, more := z.TagName()
	n := &node{tag: string(name)}
	for more {
		var key, value []byte
		key, value, more = z.TagAttr()
		if n.attrs == nil {
			n.attrs = map[string]string{}
		}
		n.attrs[string(key)] = string(value)
		if number, ok := strings.CutPrefix(string(value), holeAddress); ok {
			if i, err := strconv.Atoi(number); err == nil && i < len(p.Holes) {
				n.hole = &p.Holes[i]
			}
		}
	}
	return n
}

// holeAddress stands for a hole with the number that follows. No text has such
// an address: those of the web have other schemes, those of files are holes.
const holeAddress = "hole:"

// marked returns the HTML with its holes filled with their numbers.
func marked(p *aims.Prose) string {
	if len(p.Holes) == 0 {
		return p.HTML
	}
	var b strings.Builder
	from := 0
	for i, h := range p.Holes {
		b.WriteString(p.HTML[from:h.Offset])
		from = h.Offset
		mark := holeAddress + strconv.Itoa(i)
		if h.Kind == aims.Reference {
			mark = "<" + holeTag + ` is="` + mark + `" />`
		}
		b.WriteString(mark)
	}
	b.WriteString(p.HTML[from:])
	return b.String()
}

// words returns all texts of a node.
func (n *node) words() string {
	if n.tag == "" && n.kids == nil {
		return n.text
	}
	var b strings.Builder
	for _, k := range n.kids {
		b.WriteString(k.words())
	}
	return b.String()
}

// inline reports whether a node is a part of running text.
func (n *node) inline() bool {
	switch n.tag {
	case "", "em", "strong", "del", "code", "a", "img", "br", "sup", holeTag:
		return true
	}
	return false
}

// find returns the first element of a name within.
func (n *node) find(tag string) *node {
	for _, k := range n.kids {
		if k.tag == tag {
			return k
		}
		if found := k.find(tag); found != nil {
			return found
		}
	}
	return nil
}

// elements returns the children that are elements.
func (n *node) elements() []*node {
	var list []*node
	for _, k := range n.kids {
		if k.tag != "" {
			list = append(list, k)
		}
	}
	return list
}
