package render

import (
	"bytes"
	"fmt"
	"html/template"
	"path"
	"strings"
	"text/template/parse"

	"annex/generator/aims"
	"annex/generator/readiness"
)

// asset is a file of the theme that the site carries as it is.
type asset struct {
	path string
	data []byte
}

// Names of the scripts that the front end of themes/ bundles.
const (
	scriptFile = "annex.js"
	chartFile  = "charts.js"
)

// packStyle is the style of the pages that only a pack has.
const packStyle = "6-pack.css"

// script returns a script of a single page, or none where the theme was built
// without it.
func (s *part) script(name string) string {
	for _, a := range s.assets {
		if a.path == "assets/"+name {
			return name
		}
	}
	return ""
}

// readAssets joins the styles of the theme into one file, in the order of
// their names, and reads the scripts that are there.
func (s *part) readAssets() error {
	var css strings.Builder
	for _, name := range s.Theme.Files("styles", ".css") {
		if s.pack == nil && path.Base(name) == packStyle {
			continue
		}
		data, err := s.Theme.Read(name)
		if err != nil {
			return err
		}
		css.Write(data)
		css.WriteByte('\n')
	}
	s.assets = append(s.assets, asset{"assets/annex.css", []byte(css.String())})
	for _, name := range s.Theme.Files("scripts", ".js") {
		if s.pack == nil && path.Base(name) == samplingScript {
			continue
		}
		data, err := s.Theme.Read(name)
		if err != nil {
			return err
		}
		s.hasScript = s.hasScript || path.Base(name) == scriptFile
		s.hasChart = s.hasChart || path.Base(name) == chartFile
		s.assets = append(s.assets, asset{"assets/" + path.Base(name), data})
	}
	return nil
}

func (s *part) assetPages(yield func(Page) bool) bool {
	for _, a := range s.assets {
		if !yield(Page{Path: a.path, Write: func(b *bytes.Buffer) error { b.Write(a.data); return nil }}) {
			return false
		}
	}
	return true
}

// parseTemplates parses the templates of the theme once, and binds a copy to
// each way from a page to the root of the site, so that links come out relative.
func (s *part) parseTemplates() error {
	var err error
	if s.templates, err = s.Theme.Parse(s.funcs("")); err != nil {
		return err
	}
	base := s.templates.Set()
	for _, t := range base.Templates() {
		if t.Tree != nil {
			s.say(t.Tree.Root)
		}
	}
	s.bound = map[string]*template.Template{}
	for _, root := range s.roots() {
		t, err := base.Clone()
		if err != nil {
			return fmt.Errorf("copying the templates of the theme: %w", err)
		}
		s.bound[root] = t.Funcs(s.funcs(root))
	}
	return nil
}

// say puts the fixed texts of a template, {{t "..."}}, into its tree, in the
// language of the site. A template is run thousands of times, its language
// never changes, and a call from a template is dear.
func (s *part) say(list *parse.ListNode) {
	if list == nil {
		return
	}
	for i, n := range list.Nodes {
		switch n := n.(type) {
		case *parse.ActionNode:
			if text, ok := fixedText(n.Pipe); ok {
				list.Nodes[i] = &parse.TextNode{NodeType: parse.NodeText, Pos: n.Pos, Text: []byte(template.HTMLEscapeString(s.words.say(text)))}
			}
		case *parse.IfNode:
			s.say(n.List)
			s.say(n.ElseList)
		case *parse.RangeNode:
			s.say(n.List)
			s.say(n.ElseList)
		case *parse.WithNode:
			s.say(n.List)
			s.say(n.ElseList)
		}
	}
}

// fixedText returns the text of a pipeline that is just t with a constant.
func fixedText(p *parse.PipeNode) (string, bool) {
	if len(p.Decl) > 0 || len(p.Cmds) != 1 || len(p.Cmds[0].Args) != 2 {
		return "", false
	}
	f, ok := p.Cmds[0].Args[0].(*parse.IdentifierNode)
	if !ok || f.Ident != "t" {
		return "", false
	}
	text, ok := p.Cmds[0].Args[1].(*parse.StringNode)
	if !ok {
		return "", false
	}
	return text.Text, true
}

// funcs is what templates may call. Root is the way to the root of the site.
func (s *part) funcs(root string) template.FuncMap {
	return template.FuncMap{
		"t":     s.words.say,
		"n":     s.words.count,
		"topic": s.topic,
		"word":  func(x any) string { return s.words.word(fmt.Sprint(x)) },
		"date":  func(d aims.Date) template.HTML { return s.time(d) },
		"url":   func(to string) string { return join(root, to) },
		"href":  func(x any) string { return root + s.paths.of(subject(x)) },
		"link":  func(x any) template.HTML { return s.link(root, x) },
		"links": func(list any) template.HTML { return s.links(root, list) },
		"brief": func(list []aims.Subject) template.HTML { return s.brief(root, list) },
		"prose": func(p aims.Prose, from *aims.Record) template.HTML { return s.fillProse(root, p, from) },
		"gap":   gap,
		"state": func(x readiness.State) template.HTML { return s.stateMark(x) },
		"flag":  func(f readiness.Flag) template.HTML { return s.flagMark(root, f) },
		"mark":  func(kind, text string) template.HTML { return s.mark(kind, text) },
		"share": s.share,
		"days":  s.days,
		"issues": func(x any) any {
			return s.issuesOn()[subjectKey(subject(x))]
		},
		"signoffs": func(x any) []signoffRow {
			if f, ok := x.(*aims.Framework); ok {
				return s.signedBy[f]
			}
			return s.signedBy[subjectKey(subject(x))]
		},
		"about":        leads,
		"revisions":    s.revisionsOf,
		"ownerHref":    func(r *aims.Role) string { return root + ownerPath(r.ID) },
		"daysTo":       func(d aims.Date) int { return s.AsOf.DaysUntil(d) },
		"soaHref":      func(f *aims.Framework) string { return root + soaPath(f) },
		"timelineHref": func(f *aims.Framework) string { return root + timelinePath(f) },
		"fwHref":       func(f *aims.Framework) string { return root + frameworkPath(f) },
		"projectHref": func(p *aims.Project) string {
			return root + s.paths.of(aims.Subject{Kind: aims.KindProject, Record: &p.Record})
		},
		"evidenceFile": func(e *aims.Evidence) string { return join(root, escaped(s.evidenceFile(e))) },
		"proof":        func(e *aims.Evidence) template.HTML { return s.proof(root, e) },
		"downloads":    func(file string) []download { return s.downloads(root, file) },
		"ownDownloads": func(r *aims.Role) []download { return s.downloadsOf(root, ownActions(r)) },
		"contents":     contents,
		"bytes":        byteSize,
		"cap":          capital,
		"add":          func(a, b int) int { return a + b },
		"args":         func(list ...any) []any { return list },
	}
}
