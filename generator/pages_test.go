package generator_test

import (
	"bytes"
	"compress/gzip"
	"io/fs"
	"net/url"
	"os"
	"path"
	"strings"
	"testing"

	"golang.org/x/net/html"

	"annex/content"
	"annex/generator/sample"
)

// tree is one parsed page.
type tree struct {
	name string
	root *html.Node
	ids  map[string]bool
}

func attr(n *html.Node, key string) (string, bool) {
	for _, a := range n.Attr {
		if a.Key == key {
			return a.Val, true
		}
	}
	return "", false
}

func text(n *html.Node) string {
	if n.Type == html.TextNode {
		return n.Data
	}
	var b strings.Builder
	for c := n.FirstChild; c != nil; c = c.NextSibling {
		b.WriteString(text(c))
	}
	return b.String()
}

// site is a built site, parsed.
type site struct {
	files fs.FS
	pages map[string]*tree
}

func parsed(t *testing.T, workspace fs.FS) site {
	t.Helper()
	out := t.TempDir()
	build(t, sample.Kept(t, workspace), out)
	return parsedSite(t, out)
}

// parsedSite reads a site that was built.
func parsedSite(t *testing.T, out string) site {
	t.Helper()
	s := site{os.DirFS(out), map[string]*tree{}}
	err := fs.WalkDir(s.files, ".", func(name string, d fs.DirEntry, err error) error {
		if err != nil || path.Ext(name) != ".html" {
			return err
		}
		data, err := fs.ReadFile(s.files, name)
		if err != nil {
			return err
		}
		root, err := html.Parse(bytes.NewReader(data))
		page := &tree{name, root, map[string]bool{}}
		for n := range root.Descendants() {
			if id, ok := attr(n, "id"); ok {
				if page.ids[id] {
					t.Errorf("%s: the id %q stands twice", name, id)
				}
				page.ids[id] = true
			}
		}
		s.pages[name] = page
		light(t, name, data)
		return err
	})
	if err != nil {
		t.Fatal(err)
	}
	return s
}

// light holds a page to 100 KB gzipped, but for those that hold many to print.
func light(t *testing.T, name string, data []byte) {
	t.Helper()
	if strings.HasPrefix(path.Base(name), "print") {
		return
	}
	var b bytes.Buffer
	z := gzip.NewWriter(&b)
	if _, err := z.Write(data); err != nil {
		t.Fatal(err)
	}
	if err := z.Close(); err != nil {
		t.Fatal(err)
	}
	if b.Len() > 100<<10 {
		t.Errorf("%s: %d KB gzipped", name, b.Len()>>10)
	}
}

// TestPagesHoldTheirPromises looks at every page of the workspaces that annex
// ships: links lead somewhere, tables are whole, headings are in order, and
// nothing stands in a page that its policy forbids.
func TestPagesHoldTheirPromises(t *testing.T) {
	for name, workspace := range map[string]fs.FS{"example": content.Example(), "starter": content.Starter(), "empty": content.Empty()} {
		t.Run(name, func(t *testing.T) {
			s := parsed(t, workspace)
			if len(s.pages) < 85 {
				t.Errorf("only %d pages", len(s.pages))
			}
			for _, p := range s.pages {
				s.links(t, p)
				tables(t, p)
				headings(t, p)
				policy(t, p)
			}
		})
	}
}

// links holds every link and source of a page to a file of the site, or to the
// web where a document leads there.
func (s site) links(t *testing.T, p *tree) {
	for n := range p.root.Descendants() {
		for _, key := range []string{"href", "src"} {
			to, ok := attr(n, key)
			if !ok {
				continue
			}
			u, err := url.Parse(to)
			switch {
			case err != nil:
				t.Errorf("%s: %s=%q: %v", p.name, key, to, err)
				continue
			case u.Scheme == "https" || u.Scheme == "http" || u.Scheme == "mailto":
				if n.Data != "a" {
					t.Errorf("%s: <%s %s=%q> would make a request", p.name, n.Data, key, to)
				}
				continue
			case u.Scheme != "" || strings.HasPrefix(to, "/"):
				t.Errorf("%s: %s=%q is not relative", p.name, key, to)
				continue
			}
			file := p.name
			if u.Path != "" {
				file = path.Join(path.Dir(p.name), u.Path)
			}
			if _, err := fs.Stat(s.files, file); err != nil {
				t.Errorf("%s: %s=%q leads nowhere", p.name, key, to)
			} else if target := s.pages[file]; u.Fragment != "" && target != nil && !target.ids[u.Fragment] {
				t.Errorf("%s: %q: %s has no id %q", p.name, to, file, u.Fragment)
			}
		}
	}
}

// tables holds tables to look.md: a caption, heads with a scope, as many cells
// in every row, and no empty cell.
func tables(t *testing.T, p *tree) {
	for n := range p.root.Descendants() {
		if n.Data != "table" || n.Type != html.ElementNode {
			continue
		}
		caption, columns := false, 0
		inDocument := false
		for up := n.Parent; up != nil; up = up.Parent {
			if class, _ := attr(up, "class"); strings.HasPrefix(class, "prose") {
				inDocument = true // its cells are its author's
			}
		}
		for x := range n.Descendants() {
			switch x.Data {
			case "caption":
				caption = true
			case "th":
				if scope, _ := attr(x, "scope"); scope != "col" && scope != "row" {
					t.Errorf("%s: a head without scope: %q", p.name, text(x))
				}
			case "tr":
				cells := 0
				for c := x.FirstChild; c != nil; c = c.NextSibling {
					if c.Type != html.ElementNode {
						continue
					}
					cells++
					if strings.TrimSpace(text(c)) == "" && !inDocument {
						t.Errorf("%s: an empty cell in the row %q", p.name, strings.TrimSpace(text(x)))
					}
				}
				if columns == 0 {
					columns = cells
				}
				if cells != columns {
					t.Errorf("%s: a row of %d cells in a table of %d: %q", p.name, cells, columns, text(x))
				}
			}
		}
		if !caption && !inDocument {
			t.Errorf("%s: a table without caption", p.name)
		}
	}
}

// headings holds a page to one h1 and no level left out.
func headings(t *testing.T, p *tree) {
	last, tops := 0, 0
	for n := range p.root.Descendants() {
		if n.Type != html.ElementNode || len(n.Data) != 2 || n.Data[0] != 'h' || n.Data[1] < '1' || n.Data[1] > '6' {
			continue
		}
		level := int(n.Data[1] - '0')
		if level == 1 {
			tops++
		}
		if level > last+1 {
			t.Errorf("%s: the heading %q of level %d follows one of level %d", p.name, text(n), level, last)
		}
		last = level
	}
	if tops != 1 {
		t.Errorf("%s: %d headings of level 1", p.name, tops)
	}
}

// policy holds a page to what its content security policy allows.
func policy(t *testing.T, p *tree) {
	strict := false
	for n := range p.root.Descendants() {
		for _, a := range n.Attr {
			if a.Key == "style" || strings.HasPrefix(a.Key, "on") {
				t.Errorf("%s: <%s %s=%q>", p.name, n.Data, a.Key, a.Val)
			}
		}
		switch n.Data {
		case "meta":
			if equiv, _ := attr(n, "http-equiv"); equiv == "Content-Security-Policy" {
				rule, _ := attr(n, "content")
				strict = strings.HasPrefix(rule, "default-src 'none';") && !strings.Contains(rule, "unsafe")
			}
		case "script":
			if _, ok := attr(n, "src"); !ok {
				t.Errorf("%s: a script in the page", p.name)
			}
		case "style", "iframe", "object", "embed", "form", "base":
			if n.Type == html.ElementNode {
				t.Errorf("%s: <%s>", p.name, n.Data)
			}
		}
	}
	if !strict {
		t.Errorf("%s: no strict policy", p.name)
	}
}
