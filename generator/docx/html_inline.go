package docx

import (
	"strconv"
	"strings"
)

// runs turns nodes within a line into runs, with white space as a browser shows
// it.
func (r *reader) runs(nodes []*node) []Run {
	var list []Run
	r.inline(nodes, Run{}, &list)
	end := true // white space before the end, or before a break, does not show
	for i := len(list) - 1; i >= 0; i-- {
		if end && !list[i].Code {
			list[i].Text = strings.TrimRight(list[i].Text, " \u00a0")
		}
		end = list[i].Break || end && list[i].blank()
	}
	out := list[:0]
	for _, x := range list {
		if !x.blank() {
			out = append(out, x)
		}
	}
	return out
}

// blank reports whether nothing of a run shows.
func (r Run) blank() bool { return r.Text == "" && !r.Break && r.Note == nil && r.Image == nil }

func (r *reader) inline(nodes []*node, look Run, list *[]Run) {
	for _, n := range nodes {
		to := look
		switch n.tag {
		case "":
			to.Text = n.text
			if !look.Code {
				to.Text = collapse(n.text, endsInSpace(*list))
			}
			if to.Text != "" {
				*list = append(*list, to)
			}
			continue
		case "br":
			*list = append(*list, Run{Break: true})
			continue
		case "img":
			to.Image = &Image{Alt: n.get("alt")}
			if address := n.get("src"); r.image != nil && address != "" {
				to.Image.Bytes = r.image(address)
			}
			*list = append(*list, to)
			continue
		case "em":
			to.Italic = true
		case "strong":
			to.Bold = true
		case "del":
			to.Strike = true
		case "code":
			to.Code = true
		case "sup":
			if id := noteOf(n); r.notes[id] != nil {
				*list = append(*list, r.noteMark(id))
				continue
			}
			to.Raised = true
		case "a":
			if n.has("footnote-backref") {
				continue
			}
			if _, ok := webAddress(n.get("href")); ok {
				to.Link = n.get("href")
			} else if anchor, ok := strings.CutPrefix(n.get("href"), "#"); ok {
				to.Anchor = anchor
			}
		}
		r.inline(n.children, to, list)
	}
}

// endsInSpace reports whether white space that follows runs would not show.
func endsInSpace(list []Run) bool {
	if len(list) == 0 {
		return true
	}
	last := list[len(list)-1]
	return last.Break || strings.HasSuffix(last.Text, " ")
}

// collapse makes one space of white space; none at the beginning after another.
func collapse(s string, after bool) string {
	var b strings.Builder
	for _, c := range s {
		space := c == ' ' || c == '\n' || c == '\t' || c == '\r'
		switch {
		case space && !after:
			b.WriteByte(' ')
		case !space:
			b.WriteRune(c)
		}
		after = space
	}
	return b.String()
}

// noteOf returns the id of the footnote that a raised mark leads to.
func noteOf(n *node) string {
	id := ""
	n.find("a", func(a *node) {
		if a.has("footnote-ref") {
			id = strings.TrimPrefix(a.get("href"), "#")
		}
	})
	return id
}

// noteMark returns a footnote, or the number or letter of one that stands
// elsewhere.
func (r *reader) noteMark(id string) Run {
	if r.within {
		if r.letters[id] == "" {
			r.letters[id] = letterOf(len(r.lettered))
			r.lettered = append(r.lettered, id)
		}
		return Run{Text: r.letters[id], Raised: true}
	}
	if n := r.placed[id]; n > 0 {
		return Run{Text: strconv.Itoa(n), Raised: true}
	}
	r.placed[id] = len(r.placed) + 1
	return Run{Note: r.noteText(r.notes[id])}
}

// letterOf returns what the n-th lettered note is called, counted from 0.
func letterOf(n int) string {
	s := ""
	for n++; n > 0; n = (n - 1) / 26 {
		s = string(rune('a'+(n-1)%26)) + s
	}
	return s
}
