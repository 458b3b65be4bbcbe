package oscal

import (
	"fmt"
	"slices"
	"strings"

	"annex/generator/aims"
)

// branch is a node of a catalog while it is put together: a group or a control,
// with the entries below it.
type branch struct {
	entry *aims.Requirement
	below []*branch
}

// catalog makes a framework. Headings and areas are groups, what can be
// satisfied is a control.
func (e *export) catalog(f *aims.Framework) *catalog {
	d := e.document()
	for _, s := range f.Sources {
		id := e.names.uuid("source", f.ID, s)
		if d.first(id) {
			d.resources = append(d.resources, resource{UUID: id, Title: "Source of the catalog", Citation: &citation{paragraphs(s)}})
		}
	}
	c := &catalog{head: d.head(catalogFile(f), f.Title, f.Version), BackMatter: d.backMatter()}
	p := props(c.Metadata.Props)
	p.add("id", f.ID)
	p.add("kind", f.Kind)
	p.add("unit", f.Unit)
	p.add("edition", f.Edition)
	p.add("full_title", f.FullTitle)
	c.Metadata.Props = p
	for _, r := range d.resources {
		c.Metadata.Links = append(c.Metadata.Links, link{Href: "#" + r.UUID, Rel: "reference"})
	}
	c.Metadata.Remarks = remarks(f)
	c.Groups, c.Controls = e.split(trees(f))
	return c
}

// remarks says what a reader must know of a catalog.
func remarks(f *aims.Framework) string {
	list := []string{"What the entries ask is told in words of our own; the framework itself is to be had from its publisher."}
	if f.Note != "" {
		list = append(list, paragraphs(f.Note))
	}
	for _, doubt := range f.Doubts {
		list = append(list, "In doubt: "+paragraphs(doubt))
	}
	return strings.Join(list, "\n\n")
}

// trees returns the entries at the top of a framework with what is below them.
func trees(f *aims.Framework) []*branch {
	at := map[*aims.Requirement]*branch{}
	var top []*branch
	for _, q := range f.Requirements {
		at[q] = &branch{entry: q}
	}
	for _, q := range f.Requirements {
		if up := at[q.Parent]; up != nil {
			up.below = append(up.below, at[q])
		} else {
			top = append(top, at[q])
		}
	}
	return top
}

// split returns entries as groups or as controls. OSCAL lets a group hold only
// the one or the other; where there are both, each control stands in a group of
// its own, so that the order stays.
func (e *export) split(list []*branch) ([]*group, []*control) {
	var groups []*group
	var controls []*control
	mixed := slices.ContainsFunc(list, func(b *branch) bool { return !b.entry.Assessable() })
	for _, b := range list {
		switch {
		case !b.entry.Assessable():
			groups = append(groups, e.group(b))
		case mixed:
			id := e.names.tokens[b.entry]
			groups = append(groups, &group{
				ID: id + "_group", Class: "single", Title: line(b.entry.Title, b.entry.Ref),
				Props: e.label(b.entry), Controls: []*control{e.control(b)},
			})
		default:
			controls = append(controls, e.control(b))
		}
	}
	return groups, controls
}

func (e *export) group(b *branch) *group {
	q := b.entry
	id := e.names.tokens[q]
	p := e.label(q)
	p.add("objective", q.ObjectiveRef)
	addAll(&p, "class", q.Classes)
	g := &group{ID: id, Class: string(q.Kind), Title: line(q.Title, q.Ref), Props: p}
	g.Parts = append(g.Parts, part{ID: id + "_ovw", Name: "overview", Prose: paragraphs(q.Asks)})
	g.Parts = append(g.Parts, note(id, q)...)
	g.Groups, g.Controls = e.split(b.below)
	return g
}

// label returns the properties that name an entry and put it in its place.
func (e *export) label(q *aims.Requirement) props {
	var p props
	p.plainly("label", q.Ref)
	p.plainly("sort-id", fmt.Sprintf("%s-%04d", q.Framework.ID, e.names.places[q]))
	return p
}

func note(id string, q *aims.Requirement) []part {
	if q.Note == "" {
		return nil
	}
	return []part{{ID: id + "_note", Name: "note", NS: Namespace, Prose: paragraphs(q.Note)}}
}

func (e *export) control(b *branch) *control {
	q := b.entry
	id := e.names.tokens[q]
	p := e.label(q)
	addAll(&p, "addressee", q.Addressees)
	for _, a := range q.Applications {
		p.explain("applies-from", a.From.String(), "", paragraphs(a.Note))
	}
	if q.Prohibited() {
		p.add("prohibited", "true")
	}
	c := &control{ID: id, Class: string(q.Kind), Title: line(q.Title, q.Ref), Props: p}
	c.Parts = append(c.Parts, part{ID: statementID(id), Name: "statement", Prose: paragraphs(q.Asks)})
	if q.Guidance != "" {
		c.Parts = append(c.Parts, part{ID: id + "_gdn", Name: "guidance", Prose: "The framework itself guides on this in " + line(q.Guidance, "") + "."})
	}
	c.Parts = append(c.Parts, note(id, q)...)
	c.Parts = append(c.Parts, documented(id, q)...)
	c.Parts = append(c.Parts, objectives(id, q)...)
	c.Parts = append(c.Parts, examined(id, q)...)
	c.Parts = append(c.Parts, e.duties(id, q)...)
	for _, x := range b.below {
		if x.entry.Assessable() {
			c.Controls = append(c.Controls, e.control(x))
			continue
		}
		c.Parts = append(c.Parts, e.entries(x))
	}
	return c
}

// documented lists the documented information that an entry calls for.
func documented(id string, q *aims.Requirement) []part {
	var list []part
	for _, x := range q.Documented {
		var p props
		p.add("id", x.ID)
		p.add("kept_as", x.KeptAs)
		list = append(list, part{ID: id + "_doc." + token(x.ID), Name: "documented-information", NS: Namespace, Title: line(x.Title, x.ID), Props: p})
	}
	return list
}

// objectives lists what auditors look for.
func objectives(id string, q *aims.Requirement) []part {
	if len(q.Auditors) == 0 {
		return nil
	}
	top := part{ID: id + "_obj", Name: "assessment-objective", Prose: "Auditors look for:"}
	for i, text := range q.Auditors {
		top.Parts = append(top.Parts, part{ID: fmt.Sprintf("%s_obj.%d", id, i+1), Name: "assessment-objective", Prose: paragraphs(text)})
	}
	return []part{top}
}

// examined lists the typical evidence as what an examination is of.
func examined(id string, q *aims.Requirement) []part {
	if len(q.Evidence) == 0 {
		return nil
	}
	list := make([]string, len(q.Evidence))
	for i, text := range q.Evidence {
		list[i] = "- " + line(text, "-")
	}
	return []part{{
		ID: id + "_asm", Name: "assessment-method",
		Props: []prop{{Name: "method", NS: "http://csrc.nist.gov/ns/rmf", Value: "EXAMINE"}},
		Parts: []part{{ID: id + "_asm.objects", Name: "assessment-objects", Prose: strings.Join(list, "\n")}},
	}}
}

// duties lists the obligations of a law that follow from an entry.
func (e *export) duties(id string, q *aims.Requirement) []part {
	var list []part
	for _, o := range q.Framework.Obligations {
		if o.Requirement != q {
			continue
		}
		var p props
		p.add("id", o.ID)
		p.add("paragraph", o.Paragraph)
		addAll(&p, "role", o.Roles)
		addAll(&p, "class", o.Classes)
		for _, c := range o.Circumstances {
			p.add("circumstance", c.ID)
		}
		list = append(list, part{ID: id + "_duty." + token(o.ID), Name: "obligation", NS: Namespace, Title: line(o.Title, o.ID), Props: p, Prose: paragraphs(o.Note)})
	}
	return list
}

// entries tells of headings below a control, for which a control has no groups.
func (e *export) entries(b *branch) part {
	id := e.names.tokens[b.entry]
	p := part{ID: id, Name: "entry", NS: Namespace, Title: line(b.entry.Title, b.entry.Ref), Props: e.label(b.entry), Prose: paragraphs(b.entry.Asks)}
	for _, x := range b.below {
		p.Parts = append(p.Parts, e.entries(x))
	}
	return p
}
