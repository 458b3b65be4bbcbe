package records

import (
	"slices"
	"strconv"
	"strings"

	"annex/generator/aims"
)

// settings writes annex.toml.
func (e *writer) settings(day aims.Date) {
	var b strings.Builder
	b.WriteString("# The records of an audit pack, as its reader may see them. `annex diff` compares\n# them with those of another pack. They are not the files that people work in.\n\n")
	var list []aims.Field
	for _, f := range e.w.Settings() {
		switch {
		case strings.HasPrefix(f.Name, "audience."):
		case f.Name == "frameworks": // their order is that of the site
			var ids []string
			for _, x := range e.w.Frameworks {
				ids = append(ids, strconv.Quote(x.ID))
			}
			b.WriteString("frameworks = [" + strings.Join(ids, ", ") + "]\n")
		default:
			list = append(list, f)
		}
	}
	e.fields(&b, "", list, "")
	for _, a := range e.w.Audiences {
		b.WriteString("\n[[audience]]\n")
		fields := slices.DeleteFunc(a.Fields(), func(f aims.Field) bool { return f.Name == "accept" }) // names files, whoever may see them
		e.fields(&b, "audience", fields, "")
	}
	b.WriteString("\n[pack]\nas_of = " + day.String() + "\n")
	if cut := e.w.Cut; cut != nil {
		b.WriteString("audience = " + strconv.Quote(cut.Audience.ID) + "\n")
		for _, left := range cut.Left {
			b.WriteString("\n[[pack.left]]\nwhat = " + strconv.Quote(left.What) + "\ncount = " + strconv.Itoa(left.N) + "\n")
		}
	}
	e.add("annex.toml", []byte(b.String()), e.w.Site.Classification)
}

// project writes project.toml.
func (e *writer) project(p *aims.Project) {
	var b strings.Builder
	e.fields(&b, "", own(p), dir(p))
	for _, t := range p.Tables() {
		e.rows(&b, t.Name, t, dir(p))
	}
	e.add(dir(p)+"/project.toml", []byte(b.String()), higher(aims.Public, &p.Record))
}

// document writes a document with its front matter.
func (e *writer) document(d *aims.Document) {
	folder := dir(d.Project) + "/documents"
	var b, front strings.Builder
	var list []aims.Field
	for _, f := range own(d) {
		if f.Name != "text" {
			list = append(list, f)
		}
	}
	e.fields(&front, "", list, folder)
	if d.Impact != nil && !strings.Contains(front.String(), "\n[impact]\n") {
		e.header(&front, "", "impact")
	}
	for _, t := range d.Tables() {
		e.rows(&front, t.Name, t, folder)
	}
	b.WriteString("+++\n" + front.String() + "+++\n\n" + e.markdown(&d.Body, folder))
	e.add(folder+"/"+d.ID+".md", []byte(b.String()), higher(aims.Public, &d.Record))
}
