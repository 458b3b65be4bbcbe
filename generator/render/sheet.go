package render

import (
	"bytes"
	"fmt"
	"html/template"
	"io"
	"net/url"
	"path"
	"slices"
	"strings"

	"golang.org/x/net/html"
)

// sheet makes a page of the site a part of a page to print. What stands in its
// main part is taken over as it is, but for what must not stand twice on a page or
// has no sense on paper: ids get that of the sheet in front, headings go two levels
// down, links to what is printed as well lead there, and downloads, pagers and
// contents are left out.
func sheet(x *printSheet, on string, at map[string]*printSheet) (template.HTML, error) {
	var whole, out bytes.Buffer
	if err := x.Page.Write(&whole); err != nil {
		return "", err
	}
	r := rewriter{of: x, on: on, at: at, out: &out}
	if err := r.run(html.NewTokenizer(&whole)); err != nil {
		return "", fmt.Errorf("putting %s on a page to print: %w", x.Page.Path, err)
	}
	return template.HTML(out.String()), nil
}

type rewriter struct {
	of  *printSheet
	on  string // the page to print
	at  map[string]*printSheet
	out *bytes.Buffer

	inside bool   // the main part
	skip   string // name of the element that is left out, empty for none
	depth  int    // of elements of that name within it
}

func (r *rewriter) run(z *html.Tokenizer) error {
	for {
		kind := z.Next()
		if kind == html.ErrorToken {
			if err := z.Err(); err != io.EOF {
				return err
			}
			return nil
		}
		raw := slices.Clone(z.Raw()) // reading the token changes them
		token := z.Token()
		switch {
		case token.Data == "main" && kind == html.StartTagToken:
			r.inside = true
		case token.Data == "main" && kind == html.EndTagToken:
			return nil
		case !r.inside:
		case r.skip != "":
			r.skipped(kind, token.Data)
		case kind == html.StartTagToken && left(token):
			r.skip, r.depth = token.Data, 1
		case kind == html.StartTagToken || kind == html.SelfClosingTagToken:
			r.open(kind, token, raw)
		case kind == html.EndTagToken && level(token.Data) > 0:
			fmt.Fprintf(r.out, "</h%d>", lower(token.Data))
		default:
			r.out.Write(raw)
		}
	}
}

func (r *rewriter) skipped(kind html.TokenType, name string) {
	switch {
	case name != r.skip:
	case kind == html.StartTagToken:
		r.depth++
	case kind == html.EndTagToken:
		if r.depth--; r.depth == 0 {
			r.skip = ""
		}
	}
}

// left reports whether an element is left out on paper.
func left(t html.Token) bool {
	for _, a := range t.Attr {
		if a.Key == "class" && slices.ContainsFunc(strings.Fields(a.Val), func(c string) bool {
			return slices.Contains([]string{"downloads", "crumb", "pager", "contents"}, c)
		}) {
			return true
		}
	}
	return false
}

// level returns the level of a heading, or 0.
func level(name string) int {
	if len(name) == 2 && name[0] == 'h' && name[1] >= '1' && name[1] <= '6' {
		return int(name[1] - '0')
	}
	return 0
}

// lower returns the level of a heading on the page to print, below those of the
// page and of the chapter.
func lower(name string) int { return min(6, level(name)+2) }

// open writes a tag: as it was where nothing in it depends on the page.
func (r *rewriter) open(kind html.TokenType, t html.Token, raw []byte) {
	name, changed := t.Data, t.Data == "details"
	if n := level(name); n > 0 {
		name, changed = fmt.Sprintf("h%d", lower(name)), true
	}
	attributes := t.Attr[:0:0]
	for _, a := range t.Attr {
		b, keep := r.attribute(t.Data, a)
		changed = changed || !keep || b != a
		if keep {
			attributes = append(attributes, b)
		}
	}
	if !changed {
		r.out.Write(raw)
		return
	}
	r.out.WriteString("<" + name)
	for _, a := range attributes {
		r.out.WriteString(" " + a.Key)
		if a.Val != "" || a.Key == "alt" || a.Key == "href" {
			r.out.WriteString(`="` + html.EscapeString(a.Val) + `"`)
		}
	}
	if t.Data == "details" && !slices.ContainsFunc(attributes, func(a html.Attribute) bool { return a.Key == "open" }) {
		r.out.WriteString(" open")
	}
	r.out.WriteString(">")
}

// attribute returns what an attribute is on the page to print, and whether it
// stays.
func (r *rewriter) attribute(element string, a html.Attribute) (html.Attribute, bool) {
	switch a.Key {
	case "id":
		a.Val = r.id(a.Val)
	case "for", "headers", "aria-describedby", "aria-controls":
		a.Val = r.ids(a.Val)
	case "aria-labelledby": // a section with a name is a landmark, and sheets have many of one name
		if element == "section" || element == "nav" {
			return a, false
		}
		a.Val = r.ids(a.Val)
	case "aria-label":
		a.Val += ", " + r.of.Name
	case "href", "src":
		a.Val = r.address(a.Val)
	case "class": // on paper tables are not filtered, and charts are their tables
		a.Val = strings.Join(slices.DeleteFunc(strings.Fields(a.Val), func(c string) bool { return c == "data" || c == "chart" }), " ")
		return a, a.Val != ""
	case "data-option", "data-links", "data-height", "data-gap", "data-gaps", "data-facet":
		return a, false
	}
	return a, true
}

func (r *rewriter) id(id string) string { return r.of.ID + "_" + id }

func (r *rewriter) ids(list string) string {
	ids := strings.Fields(list)
	for i, id := range ids {
		ids[i] = r.id(id)
	}
	return strings.Join(ids, " ")
}

// address returns where a link of the sheet leads from the page to print.
func (r *rewriter) address(to string) string {
	u, err := url.Parse(to)
	if err != nil || u.Scheme != "" || u.Host != "" || strings.HasPrefix(to, "/") {
		return to
	}
	file := r.of.Page.Path
	if u.Path != "" {
		file = path.Join(path.Dir(file), u.Path)
	}
	if printed := r.at[file]; printed != nil {
		anchor := "#" + printed.ID
		if u.Fragment != "" {
			anchor += "_" + u.EscapedFragment()
		}
		if printed.Path == r.on {
			return anchor
		}
		return printed.Path + anchor
	}
	u.Path = file
	return u.String()
}
