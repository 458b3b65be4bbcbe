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
	inner := make([]string, len(items))
	for i, item := range items {
		inner[i] = w.blocks(item, loose)
		if mark == "-" && inner[i] != "" && strings.Trim(inner[i], "- \n") == "" {
			mark = other // dashes alone would be a line across
		}
	}
	var list []string
	for i, text := range inner {
		bullet := mark
		if n.tag == "ol" {
			bullet = strconv.Itoa(number+i) + mark
		}
		if text == "" {
			list = append(list, bullet)
			continue
		}
		if len(items) == 1 && loose && len(items[i].elements()) == 1 {
			text += "\n\n[" + loosener + "]: #" // one paragraph alone makes no list loose
		}
		list = append(list, indent(text, bullet+" ", strings.Repeat(" ", len(bullet)+1)))
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
		loose := len(k.kids) > 0 && strings.HasPrefix(k.kids[0].text, "\n")
		if loose && b.Len() > 0 {
			b.WriteString("\n")
		}
		if inner := w.blocks(k, loose); inner != "" {
			b.WriteString(indent(inner, ":   ", "    ") + "\n")
		} else {
			b.WriteString(":   \n")
		}
		term = false
	}
	return strings.TrimRight(b.String(), "\n")
}

// rows writes a table.
func (w *writer) rows(n *node) string {
	w.table = true
	defer func() { w.table = false }()
	var lines []string
	var head []*node
	for _, part := range n.find("table").elements() { // thead and tbody
		for _, row := range part.elements() {
			cells := row.elements()
			if head == nil {
				head = cells
			}
			for last := len(cells) - 1; last > 0 && cells[last].kids == nil && cells[last].attrs["class"] != head[last].attrs["class"]; last-- {
				cells = cells[:last] // the row was shorter than the head
			}
			line := "|"
			for _, cell := range cells {
				text := strings.ReplaceAll(w.paragraph(cell.kids), "\n", "&#10;")
				line += " " + strings.TrimSpace(text+" |")
			}
			lines = append(lines, line)
		}
		if part.tag == "thead" {
			lines = append(lines, rule(head))
		}
	}
	return strings.Join(lines, "\n")
}

// rule writes the line between the head of a table and its rows.
func rule(head []*node) string {
	line := "|"
	for _, cell := range head {
		switch cell.attrs["class"] {
		case "al-right":
			line += " ---: |"
		case "al-center":
			line += " :---: |"
		default:
			line += " --- |"
		}
	}
	return line
}
