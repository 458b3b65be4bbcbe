package docx

import (
	"strings"

	"golang.org/x/net/html"
)

// node is an element or text of HTML.
type node struct {
	tag        string // empty for text
	text       string
	attributes []html.Attribute
	children   []*node
}

// parse builds the tree of HTML in which every element is closed, as ours is. A
// parser for browsers would stop at 512 levels and move elements about.
func parse(source string) *node {
	root := &node{}
	stack := []*node{root}
	tokens := html.NewTokenizer(strings.NewReader(source))
	for {
		kind := tokens.Next()
		top := stack[len(stack)-1]
		switch kind {
		case html.ErrorToken:
			return root
		case html.TextToken:
			top.children = append(top.children, &node{text: string(tokens.Text())})
		case html.StartTagToken, html.SelfClosingTagToken:
			t := tokens.Token()
			n := &node{tag: t.Data, attributes: t.Attr}
			top.children = append(top.children, n)
			if kind == html.StartTagToken && !void(n.tag) {
				stack = append(stack, n)
			}
		case html.EndTagToken:
			name, _ := tokens.TagName()
			if len(stack) > 1 && top.tag == string(name) {
				stack = stack[:len(stack)-1]
			}
		}
	}
}

// void reports whether an element has no content.
func void(tag string) bool { return tag == "br" || tag == "hr" || tag == "img" }

func (n *node) get(name string) string {
	for _, a := range n.attributes {
		if a.Key == name {
			return a.Val
		}
	}
	return ""
}

func (n *node) has(class string) bool {
	for c := range strings.FieldsSeq(n.get("class")) {
		if c == class {
			return true
		}
	}
	return false
}

// find calls a function for all elements of a tag below a node.
func (n *node) find(tag string, do func(*node)) {
	for _, c := range n.children {
		if c.tag == tag {
			do(c)
		}
		c.find(tag, do)
	}
}

// words returns the text below a node.
func (n *node) words() string {
	var b strings.Builder
	n.collect(&b)
	return b.String()
}

func (n *node) collect(b *strings.Builder) {
	b.WriteString(n.text)
	for _, c := range n.children {
		c.collect(b)
	}
}
