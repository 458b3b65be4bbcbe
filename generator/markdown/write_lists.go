package markdown

import (
	"strconv"
	"strings"
)

// list writes a list. Before names the list that ends just above: two of one
// kind would become one list, so that this one takes another mark. It returns
// the name of this one.
func (w *writer) list(n *node, before string) (text, name string) {
	mark, other := "-", "*"
	if n.tag == "ol" {
		mark, other = ".", ")"
	}
	if before == n.tag+mark {
		mark = other
	}
	number := 1
	if start, err := strconv.Atoi(n.attrs["start"]); err == nil {
		number = start
	}
	items := n.elements()
	loose := false
	for _, item := range items {
		for _, k := range item.kids {
			loose = loose || k.tag == "p"
		}
	}
	var list []string
	for i, item := range items {
		bullet := mark
		if n.tag == "ol" {
			bullet = strconv.Itoa(number+i) + mark
		}
		inner := w.blocks(item, loose)
		if inner == "" {
			list = append(list, bullet)
			continue
		}
		if len(items) == 1 && loose && len(item.elements()) == 1 {
			inner += "\n\n[" + loosener + "]: #" // one paragraph alone makes no list loose
		}
		list = append(list, indent(inner, bullet+" ", strings.Repeat(" ", len(bullet)+1)))
	}
	return join(loose, list...), n.tag + mark
}

// loosener is the name of a link that nobody follows. It shows nowhere.
const loosener = "loose"

// definitions writes terms and what they mean.
func (w *writer) definitions(n *node) string {
	var b strings.Builder
	term := false // the line before is a term
	for _, k := range n.elements() {
		if k.tag == "dt" {
			if b.Len() > 0 && !term {
				b.WriteString("\n")
			}
			b.WriteString(strings.ReplaceAll(w.paragraph(k.kids), "\n", "&#10;") + "\n")
			term = true
			continue
		}
		loose := false
		for _, x := range k.kids {
			loose = loose || x.tag == "p"
		}
		if loose && b.Len() > 0 {
			b.WriteString("\n")
		}
		b.WriteString(indent(w.blocks(k, loose), ":   ", "    ") + "\n")
		term = false
	}
	return strings.TrimRight(b.String(), "\n")
}

// rows writes a table.
func (w *writer) rows(n *node) string {
	w.table = true
	defer func() { w.table = false }()
	var lines []string
	for _, part := range n.find("table").elements() { // thead and tbody
		for _, row := range part.elements() {
			line, rule := "|", "|"
			for _, cell := range row.elements() {
				text := strings.ReplaceAll(w.paragraph(cell.kids), "\n", "&#10;")
				line += " " + text + strings.Repeat(" ", min(len(text), 1)) + "|"
				rule += map[string]string{"al-right": " ---: |", "al-center": " :---: |"}[cell.attrs["class"]]
				if cell.attrs["class"] == "" {
					rule += " --- |"
				}
			}
			lines = append(lines, line)
			if part.tag == "thead" {
				lines = append(lines, rule)
			}
		}
	}
	return strings.Join(lines, "\n")
}
