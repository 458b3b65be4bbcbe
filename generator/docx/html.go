package docx

import (
	"strconv"
)

// ParseHTML makes blocks of the HTML that package markdown compiles a text to.
// Its holes must be filled: references with the title of what they refer to.
// Links to http, https and mailto addresses and to headings of the text stay
// links; any other becomes its words. Image returns a picture by its address, or
// nil for none; it may be nil itself.
//
// Headings of HTML begin at level 2, below the title of a page, and become one
// level higher. Footnotes are put where they are referred to; those that the
// heads of tables and other footnotes refer to stand at the end, lettered.
func ParseHTML(source string, image func(address string) []byte) []Block {
	r := &reader{image: image, notes: map[string]*node{}, placed: map[string]int{}, letters: map[string]string{}}
	root := parse(source)
	var body []*node
	for _, n := range root.children {
		if n.tag == "div" && n.has("footnotes") {
			n.find("li", func(li *node) {
				if id := li.get("id"); id != "" {
					r.notes[id] = li
				}
			})
			continue
		}
		body = append(body, n)
	}
	list := r.blocks(body)
	for i := 0; i < len(r.lettered); i++ { // one may refer to another
		id := r.lettered[i]
		note := r.noteText(r.notes[id])
		mark := Run{Text: r.letters[id], Raised: true}
		if p, ok := note[0].(Paragraph); ok {
			note[0] = Paragraph{Style: Small, Runs: append([]Run{mark, {Text: " "}}, p.Runs...)}
		} else {
			note = append([]Block{Paragraph{Style: Small, Runs: []Run{mark}}}, note...)
		}
		list = append(list, note...)
	}
	return list
}

// reader turns nodes into blocks.
type reader struct {
	image    func(string) []byte
	notes    map[string]*node // by id
	placed   map[string]int   // numbers of footnotes that have their place
	letters  map[string]string
	lettered []string // ids of those that cannot be footnotes, in order
	within   bool     // within a footnote or the head of a table
}

// blocks turns nodes into blocks; text between them becomes a paragraph.
func (r *reader) blocks(nodes []*node) []Block {
	var list []Block
	var loose []*node
	flush := func() {
		if runs := r.runs(loose); len(runs) > 0 {
			list = append(list, Paragraph{Runs: runs})
		}
		loose = nil
	}
	for _, n := range nodes {
		if inline(n.tag) {
			loose = append(loose, n)
			continue
		}
		flush()
		list = append(list, r.block(n)...)
	}
	flush()
	return list
}

func inline(tag string) bool {
	switch tag {
	case "", "a", "em", "strong", "code", "del", "sup", "img", "br":
		return true
	}
	return false
}

func (r *reader) block(n *node) []Block {
	switch n.tag {
	case "p":
		if runs := r.runs(n.children); len(runs) > 0 {
			return []Block{Paragraph{Runs: runs}}
		}
		return nil
	case "h1", "h2", "h3", "h4", "h5", "h6":
		return []Block{Heading{Level: max(int(n.tag[1]-'0')-1, 1), ID: n.get("id"), Runs: r.runs(n.children)}}
	case "ul", "ol":
		return []Block{r.list(n)}
	case "pre":
		return []Block{Code{n.words()}}
	case "hr":
		return []Block{Rule{}}
	case "blockquote":
		return []Block{Container{Kind: Quote, Blocks: r.blocks(n.children)}}
	case "dt":
		return []Block{Paragraph{Style: Term, Runs: r.runs(n.children)}}
	case "dd":
		return []Block{Container{Kind: Definition, Blocks: r.blocks(n.children)}}
	case "div":
		if kind := alertKind(n); kind != Quote {
			return []Block{r.alert(n, kind)}
		}
	case "section":
		var list []Block
		n.find("table", func(t *node) { list = append(list, r.table(t, n.get("aria-label"))) })
		return list
	}
	return r.blocks(n.children)
}

func (r *reader) list(n *node) List {
	l := List{Ordered: n.tag == "ol", Start: 1}
	if start, err := strconv.Atoi(n.get("start")); err == nil {
		l.Start = start
	}
	for _, c := range n.children {
		if c.tag == "li" {
			l.Items = append(l.Items, r.blocks(c.children))
		}
	}
	return l
}

// alertKind returns Quote for what is no alert.
func alertKind(n *node) Kind {
	for kind, class := range map[Kind]string{Note: "alert-note", Tip: "alert-tip", Important: "alert-important", Warning: "alert-warning", Caution: "alert-caution"} {
		if n.has(class) {
			return kind
		}
	}
	return Quote
}

func (r *reader) alert(n *node, kind Kind) Container {
	c := Container{Kind: kind}
	var rest []*node
	for _, x := range n.children {
		if x.has("alert-title") {
			c.Title = r.runs(x.children)
			continue
		}
		rest = append(rest, x)
	}
	c.Blocks = r.blocks(rest)
	return c
}

func (r *reader) table(n *node, caption string) Table {
	t := Table{Caption: caption}
	n.find("tr", func(tr *node) {
		var row Row
		head := false
		before := r.within
		for _, c := range tr.children {
			if c.tag != "th" && c.tag != "td" {
				continue
			}
			head = head || c.tag == "th"
			r.within = before || len(t.Rows) == 0
			cell := Cell{Blocks: r.blocks(c.children)}
			switch {
			case c.has("al-right"):
				cell.Align = Right
			case c.has("al-center"):
				cell.Align = Center
			}
			row.Cells = append(row.Cells, cell)
		}
		r.within = before
		if len(t.Rows) == 0 && head {
			t.Heads = 1
		}
		t.Rows = append(t.Rows, row)
	})
	return t
}

// noteText returns the text of a footnote, never empty.
func (r *reader) noteText(n *node) []Block {
	before := r.within
	r.within = true
	list := r.blocks(n.children)
	r.within = before
	if len(list) == 0 {
		list = []Block{Paragraph{}}
	}
	return list
}
