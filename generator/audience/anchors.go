package audience

import (
	"net/url"
	"regexp"
	"slices"
	"strings"

	"annex/generator/aims"
)

// anchors are the headings of a text that hold a reference to something that is
// withheld, or a link to a file. The id of a heading is made of its Markdown, the target of
// the reference and the path of the link included, and so it gets another.
type anchors map[string]heading

type heading struct {
	id       string
	replaced []string // words of the heading, and what stands in their place
}

// rename finds those headings.
func (c *cutter) rename(of *aims.Record, p *aims.Prose) anchors {
	if c.why[of] != "" || !c.withhold {
		return nil
	}
	list := anchors{}
	for i, h := range p.Headings {
		from := strings.Index(p.HTML, ` id="`+h.ID+`"`)
		if from < 0 {
			continue
		}
		to := from + strings.Index(p.HTML[from:], "</h")
		var replaced []string
		for _, hole := range p.Holes {
			if hole.Offset < from || hole.Offset > to {
				continue
			}
			if end := c.follow(of, hole); end.withheld || hole.Kind != aims.Reference {
				if hole.Kind != aims.Reference || hole.Label != "" {
					hole.Target = "" // the words of the text stay
				}
				replaced = append(replaced, hole.Target, "Withheld")
			}
		}
		if replaced == nil {
			continue
		}
		id := nth("withheld-heading", i)
		for slices.ContainsFunc(p.Headings, func(h aims.Heading) bool { return h.ID == id }) {
			id += "-x"
		}
		list[h.ID] = heading{id, replaced}
	}
	return list
}

// id returns what the anchor of a heading is called.
func (a anchors) id(old string) string {
	if h, ok := a[old]; ok {
		return h.id
	}
	return old
}

// text returns the words of a heading.
func (a anchors) text(id, text string) string {
	for i := 0; i+1 < len(a[id].replaced); i += 2 {
		if target := a[id].replaced[i]; target != "" {
			text = strings.ReplaceAll(text, target, a[id].replaced[i+1])
		}
	}
	return text
}

// in puts the new anchors into a piece of HTML.
func (a anchors) in(text string) string {
	for old, h := range a {
		text = strings.ReplaceAll(text, ` id="`+old+`"`, ` id="`+h.id+`"`)
		for _, written := range []string{old, url.PathEscape(old)} {
			text = strings.ReplaceAll(text, linkOpen+"#"+written+`"`, linkOpen+"#"+h.id+`"`)
		}
	}
	return text
}

var (
	altText = regexp.MustCompile(` alt="[^"]*"`)
	idWord  = regexp.MustCompile(`[a-z0-9]+(-[a-z0-9]+)*`)
)

// alts takes the ids of withheld records out of the words of images. There a
// reference is no link: its target stands as it was written.
func (c *cutter) alts(text string) string {
	if !c.withhold || !strings.Contains(text, ` alt="`) {
		return text
	}
	return altText.ReplaceAllStringFunc(text, func(alt string) string {
		return alt[:len(` alt="`)] + c.clear(alt[len(` alt="`):])
	})
}

// clear takes the ids of withheld records out of words.
func (c *cutter) clear(text string) string {
	return idWord.ReplaceAllStringFunc(text, func(word string) string {
		for _, x := range c.Before.Resolve(word) {
			if c.why[x.Record] != "" {
				return "withheld"
			}
		}
		return word
	})
}
