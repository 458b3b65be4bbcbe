package audience

import (
	"cmp"
	"html"
	"slices"
	"strconv"
	"strings"

	"annex/generator/aims"
)

// head copies what every record has. Places become those of records, for names
// of files and folders are words too: document/ai-policy.
func (c *cutter) head(kind aims.Kind, x *aims.Record) aims.Record {
	y := aims.Record{ID: x.ID, Title: x.Title, Project: twin(c, x.Project), Classification: x.Classification, Withheld: x.Withheld}
	if why := c.why[x]; why != "" {
		y.Withheld = why
		if kind != aims.KindDecision { // that is named after its requirement
			y.ID, y.Title = c.ids[x], title(why)
		}
	}
	y.Origin = c.at(kind, x, x.Origin)
	return y
}

// at returns a place within a record. The line stays, for it tells issues on one
// record apart.
func (c *cutter) at(kind aims.Kind, x *aims.Record, o aims.Origin) aims.Origin {
	if !c.withhold {
		return o
	}
	id := c.id(x)
	if kind == aims.KindDecision { // there is one in each project
		id = c.id(&x.Project.Record) + "-" + id
	}
	o.Pos.Filename = string(kind) + "/" + id
	return o
}

// id returns the id of a record as the audience knows it.
func (c *cutter) id(x *aims.Record) string { return cmp.Or(c.ids[x], x.ID) }

// nth tells places apart that are not of one file.
func nth(file string, i int) string { return file + "-" + strconv.Itoa(i+1) }

// words returns a text of a record, or that it is withheld.
func (c *cutter) words(of *aims.Record, text string) string { return say(c.why[of], text) }

func say(why, text string) string {
	if why == "" || strings.TrimSpace(text) == "" {
		return text
	}
	return title(why)
}

// prose returns a text of a record, with its references and links as they are
// for the audience, or that it is withheld.
func (c *cutter) prose(of *aims.Record, p aims.Prose) aims.Prose {
	if p.IsZero() {
		return p
	}
	if why := c.why[of]; why != "" {
		return aims.Prose{HTML: "<p>" + html.EscapeString(title(why)) + ".</p>\n", Source: aims.DigestText([]byte(title(why)))}
	}
	names := c.rename(of, &p)
	out := aims.Prose{Source: p.Source}
	var b []byte
	last := 0
	for _, h := range p.Holes {
		b = append(b, names.in(c.alts(p.HTML[last:h.Offset]))...)
		last = h.Offset
		to := c.follow(of, h)
		switch {
		case to.lost && h.Kind == aims.Reference:
			b = append(b, html.EscapeString(to.text)...)
		case to.lost && h.Kind == aims.LinkAddress:
			b, last = unlink(b, last)
		case to.lost:
			b, last = c.unshow(b, p.HTML, last)
		default:
			to.hole.Offset = len(b)
			out.Holes = append(out.Holes, to.hole)
		}
	}
	b = append(b, names.in(c.alts(p.HTML[last:]))...)
	out.HTML = string(b)
	for _, h := range p.Headings {
		h.ID, h.Text = names.id(h.ID), names.text(h.ID, h.Text)
		out.Headings = append(out.Headings, h)
	}
	return out
}

const (
	linkOpen  = `<a href="`
	imageOpen = `<img src="`
	imageAlt  = `" alt="`
)

// unlink takes the address out of a link that has just been opened: a link
// without an address is a place where one could be. It returns where the text
// goes on.
func unlink(b []byte, at int) ([]byte, int) {
	b = append(b[:len(b)-len(linkOpen)], "<a"...)
	return b, at + len(`"`)
}

// unshow puts the words of an image in its place.
func (c *cutter) unshow(b []byte, text string, at int) ([]byte, int) {
	rest := text[at+len(imageAlt):]
	alt := c.clear(rest[:strings.IndexByte(rest, '"')])
	b = append(b[:len(b)-len(imageOpen)], alt...)
	return b, at + len(imageAlt) + strings.Index(rest, " />") + len(" />")
}

// end is what a hole of a text leads to for the audience.
type end struct {
	hole     aims.Hole
	lost     bool   // whether it leads nowhere any more
	text     string // of a reference that is lost
	withheld bool   // whether what it leads to is withheld
}

// follow returns what a hole leads to. The address of a file counts from the
// place of the text, see [cutter.head]: ../document/ai-policy.
func (c *cutter) follow(of *aims.Record, h aims.Hole) end {
	if h.Kind == aims.Reference {
		return c.refer(h)
	}
	if !c.withhold {
		return end{hole: h}
	}
	file := h.File
	h.Pos.Filename = ""
	if d := c.Before.DocumentAt(file); d != nil && h.Kind == aims.LinkAddress {
		h.File = c.at(aims.KindDocument, &d.Record, aims.Origin{}).Pos.Filename
		h.Target = "../" + h.File
		h.Fragment = c.anchor(d, h.Fragment)
		return end{hole: h, lost: c.why[&d.Record] != "", withheld: c.why[&d.Record] != ""}
	}
	h.Target = "../" + file
	if e := c.Before.EvidenceAt(file); e != nil {
		gone := c.hidden[file]
		return end{hole: h, lost: gone || !c.audience.Evidence, withheld: gone}
	}
	a := c.assetAt[file]
	if a == nil || !c.carries(of, a) {
		return end{lost: true, withheld: true}
	}
	c.shown[a] = true
	return end{hole: h}
}

// refer follows a reference. One to a framework that does not go along becomes
// text.
func (c *cutter) refer(h aims.Hole) end {
	text := h.Label
	if text == "" {
		text = h.Target
	}
	if c.withhold {
		h.Pos.Filename = ""
	}
	found := c.Before.Resolve(h.Target)
	if len(found) != 1 {
		return end{lost: true, text: text}
	}
	x := found[0]
	if x.Requirement != nil {
		return end{hole: h, lost: !c.audience.Wants(x.Requirement.Framework), text: text}
	}
	if c.why[x.Record] != "" {
		h.Target, h.Fragment = string(x.Kind)+":"+c.ids[x.Record], ""
		return end{hole: h, withheld: true}
	}
	h.Fragment = c.anchor(x.Document, h.Fragment)
	return end{hole: h}
}

// anchor returns what a heading of a document is called in the cut. One that
// there is not may have been named after what is withheld.
func (c *cutter) anchor(d *aims.Document, id string) string {
	if !c.withhold {
		return id
	}
	if d == nil || !slices.ContainsFunc(d.Body.Headings, func(h aims.Heading) bool { return h.ID == id }) {
		return ""
	}
	return c.anchors[&d.Record].id(id)
}
