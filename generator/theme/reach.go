package theme

import (
	"errors"
	"go/token"
	"html/template"
	"io"
	"path"
	"regexp"
	"slices"
	"strconv"
	"text/template/parse"
)

// calls lists the {{template}} instructions within a tree, in their order.
func calls(n parse.Node) []*parse.TemplateNode {
	var list []*parse.TemplateNode
	branch := func(b parse.BranchNode) {
		list = append(list, calls(b.List)...)
		list = append(list, calls(b.ElseList)...)
	}
	switch n := n.(type) {
	case *parse.ListNode:
		if n == nil {
			return nil
		}
		for _, x := range n.Nodes {
			list = append(list, calls(x)...)
		}
	case *parse.IfNode:
		branch(n.BranchNode)
	case *parse.RangeNode:
		branch(n.BranchNode)
	case *parse.WithNode:
		branch(n.BranchNode)
	case *parse.TemplateNode:
		list = append(list, n)
	}
	return list
}

// callsOf lists the {{template}} instructions of a template.
func (p *Templates) callsOf(name string) []*parse.TemplateNode {
	t := p.set.Lookup(name)
	if t == nil || t.Tree == nil {
		return nil
	}
	return calls(t.Tree.Root)
}

// reached returns the templates that others call, and these themselves.
func (p *Templates) reached(from ...string) []string {
	var list []string
	for len(from) > 0 {
		name := from[0]
		from = from[1:]
		if slices.Contains(list, name) {
			continue
		}
		list = append(list, name)
		for _, c := range p.callsOf(name) {
			from = append(from, c.Name)
		}
	}
	return list
}

// ownReached returns the templates of the workspace that a page is made from.
func (p *Templates) ownReached(page string) []string {
	return slices.DeleteFunc(p.reached(page), func(name string) bool { return !p.owns(p.fileOf(name)) })
}

// filesOf returns the files that define templates.
func (p *Templates) filesOf(names []string) []string {
	var list []string
	for _, name := range names {
		list = append(list, p.fileOf(name))
	}
	slices.Sort(list)
	return slices.Compact(list)
}

// called returns the place where one of the templates by calls a template.
func (p *Templates) called(name string, by []string) (token.Position, bool) {
	for _, caller := range by {
		for _, c := range p.callsOf(caller) {
			if c.Name != name {
				continue
			}
			where, _ := (*parse.Tree)(nil).ErrorContext(c)
			m := located.FindStringSubmatch(where)
			if m == nil {
				continue
			}
			line, _ := strconv.Atoi(m[2]) // digits
			column, _ := strconv.Atoi(m[3])
			return placeInLine(path.Join("templates", m[1]), p.texts[m[1]], line, column), true
		}
	}
	return token.Position{}, false
}

// alone returns what is wrong with the HTML of a template by itself, or nil.
// It is made of nothing: only whether that begins matters.
func (p *Templates) alone(name string) *template.Error {
	set, err := p.set.Clone()
	if err != nil {
		return nil
	}
	var wrong *template.Error
	errors.As(set.ExecuteTemplate(io.Discard, name, nil), &wrong)
	return wrong
}

// beginning finds where a part is defined.
func beginning(text, name string) (int, bool) {
	m := regexp.MustCompile(`\{\{-?\s*(?:define|block)\s+"` + regexp.QuoteMeta(name) + `"`).FindStringIndex(text)
	if m == nil {
		return 0, false
	}
	return m[0], true
}

// nextPart finds where another part is defined.
var nextPart = regexp.MustCompile(`\{\{-?\s*define\s`)

// region returns the part of a file in which a template is defined.
func region(text, file, name string) (from, to int) {
	if name == file {
		return 0, len(text)
	}
	from, ok := beginning(text, name)
	if !ok {
		return 0, len(text)
	}
	if next := nextPart.FindStringIndex(text[from+1:]); next != nil {
		return from, from + 1 + next[0]
	}
	return from, len(text)
}
