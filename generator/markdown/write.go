package markdown

import (
	"go/token"
	"regexp"
	"strconv"
	"strings"

	"annex/generator/aims"
)

// Write returns a text in Markdown that a compiler of [Packed] makes the prose of
// again: the same HTML, headings with the same ids, the same references. It says
// nothing else. Comments, definitions of links that nobody follows and whatever
// else a compiler drops were in the Markdown that the prose was made of, and are
// not in this one.
//
// Address returns where the link or image of a hole leads to: the path of a file
// as the text is to have it, and the id of a heading in it or "". What leads
// nowhere (an a without an address) becomes the words that it holds.
//
// The converter of package oscal was tried for it
// (JohannesKaufmann/html-to-markdown): it knows neither references, alerts and
// footnotes of annex nor the limits of tables, and what it escapes does not
// always come back as it was.
func Write(p *aims.Prose, address func(aims.Hole) (file, fragment string)) string {
	first := ""
	for s := range habits {
		w := &writer{address: address, ids: newIDs().(*ids), habit: habit(s)}
		text := w.text(tree(p))
		if !w.doubt || agrees(p, text) {
			return text
		}
		if first == "" {
			first = text
		}
	}
	return first
}

// habit is how emphasis is marked that touches other marks. Which of them can be
// read depends on all that stands in the paragraph.
type habit int

const (
	mixed       habit = iota // underscores beside asterisks
	asterisks                // always
	underscores              // asterisks beside underscores
	habits
)

// agrees reports whether a text compiles to a prose.
func agrees(p *aims.Prose, text string) bool {
	q, _ := Packed().Compile([]byte(text), token.Position{})
	return len(q.Holes) == len(p.Holes) && q.HTML == unlinked.ReplaceAllString(p.HTML, "$1")
}

// unlinked is a place where a link could be, and is none.
var unlinked = regexp.MustCompile(`(?s)<a(?: title="[^"]*")?>(.*?)</a>`)

// writer writes one text.
type writer struct {
	address func(aims.Hole) (file, fragment string)
	ids     *ids
	habit   habit
	doubt   bool   // whether marks of emphasis touch each other
	notes   string // footnotes, for the end of the text
	table   bool   // whether it is in a table, where a | ends a cell
	heading bool   // whether it is in a heading, which has one line
}

func (w *writer) text(root *node) string {
	text := w.blocks(root, true)
	if w.notes != "" {
		text = join(true, text, strings.TrimSuffix(w.notes, "\n\n"))
	}
	if text == "" {
		return ""
	}
	return text + "\n"
}

// join puts blocks below each other, with an empty line between them or not.
func join(apart bool, blocks ...string) string {
	var list []string
	for _, b := range blocks {
		if b != "" {
			list = append(list, b)
		}
	}
	if apart {
		return strings.Join(list, "\n\n")
	}
	return strings.Join(list, "\n")
}

// indent puts a prefix before each line but the first, and before an empty one
// without the blanks at its end.
func indent(text, first, prefix string) string {
	lines := strings.Split(text, "\n")
	for i, line := range lines {
		p := prefix
		if i == 0 {
			p = first
		}
		if line == "" {
			p = strings.TrimRight(p, " ")
		}
		lines[i] = p + line
	}
	return strings.Join(lines, "\n")
}

// blocks writes the blocks of a node. Running text between them, as tight lists
// have it, is a block as well.
func (w *writer) blocks(n *node, apart bool) string {
	var list []string
	var run []*node
	flush := func() {
		if text := w.paragraph(run); text != "" {
			list = append(list, text)
		}
		run = nil
	}
	before := "" // kind and mark of the list just before
	for _, k := range n.kids {
		if k.inline() {
			run = append(run, k)
			if strings.TrimSpace(k.text) != "" || k.tag != "" {
				before = ""
			}
			continue
		}
		flush()
		text := ""
		switch k.tag {
		case "ul", "ol":
			text, before = w.list(k, before)
		default:
			text, before = w.block(k), ""
		}
		if !apart && k.tag == "p" && len(list) > 0 {
			text = "\n" + text
		}
		list = append(list, text)
	}
	flush()
	return join(apart, list...)
}

// block writes one block that is no list.
func (w *writer) block(n *node) string {
	switch n.tag {
	case "p":
		return w.paragraph(n.kids)
	case "h1", "h2", "h3", "h4", "h5", "h6":
		return w.title(n)
	case "hr":
		return "___" // dashes could be a heading, or a list
	case "pre":
		return fenced(n)
	case "blockquote":
		return indent(w.blocks(n, true), "> ", "> ")
	case "div":
		return w.division(n)
	case "section":
		return w.rows(n)
	case "dl":
		return w.definitions(n)
	}
	return w.blocks(n, true)
}

// title writes a heading. It gives it an id where it would get another.
func (w *writer) title(n *node) string {
	w.heading = true
	text := strings.ReplaceAll(w.paragraph(n.kids), "\n", "&#10;")
	w.heading = false
	if strings.HasSuffix(text, "#") && !strings.HasSuffix(text, `\#`) {
		text = text[:len(text)-1] + `\#`
	}
	if id := n.attrs["id"]; id != "" && w.ids.next([]byte(text)) != id {
		text = strings.TrimSpace(text + " {#" + id + "}")
	}
	w.ids.Generate([]byte(text), 0)
	level, _ := strconv.Atoi(n.tag[1:])
	return strings.TrimRight(strings.Repeat("#", level)+" "+text, " ")
}

// fenced writes a code block.
func fenced(n *node) string {
	code := n.words()
	language := ""
	if c := n.find("code"); c != nil {
		language = strings.TrimPrefix(c.attrs["class"], "language-")
	}
	fence := "```"
	for strings.Contains(code, fence) {
		fence += "`"
	}
	if code != "" && !strings.HasSuffix(code, "\n") {
		code += "\n"
	}
	return fence + language + "\n" + code + fence
}

// division writes an alert, or keeps the footnotes for the end.
func (w *writer) division(n *node) string {
	if n.attrs["class"] == "footnotes" {
		for _, note := range n.find("ol").elements() {
			unlink(note)
			_, number, _ := strings.Cut(note.attrs["id"], ":")
			w.notes += indent(w.blocks(note, true), "[^"+number+"]: ", "    ") + "\n\n"
		}
		return ""
	}
	kids := n.elements()
	kind := "[!" + strings.ToUpper(kids[0].words()) + "]"
	rest := &node{kids: kids[1:]}
	return indent(join(len(kids) > 1 && kids[1].tag != "p", kind, w.blocks(rest, true)), "> ", "> ")
}

// unlink takes the way back out of a footnote, with the blank before it.
func unlink(n *node) {
	var kids []*node
	for _, k := range n.kids {
		if k.tag == "a" && k.attrs["class"] == "footnote-backref" {
			if last := len(kids) - 1; last >= 0 && kids[last].tag == "" {
				kids[last].text = strings.TrimSuffix(kids[last].text, "\u00a0")
			}
			continue
		}
		unlink(k)
		kids = append(kids, k)
	}
	n.kids = kids
}
