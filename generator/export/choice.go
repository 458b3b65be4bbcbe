package export

import (
	"io"
	"net/url"
	"slices"
	"strings"

	"annex/generator/aims"
	"annex/generator/calendar"
	"annex/generator/docx"
	"annex/generator/ics"
	"annex/generator/oscal"
	"annex/generator/soa"
	"annex/generator/spreadsheet"
)

// choice is what one organization has of what was asked for.
type choice struct {
	Part
	root   string // of the organization's pages in the site: "" or organizations/<id>/
	what   string
	name   string // what with hyphens: soa-iso-42001 for soa:iso-42001
	offers []Offer
}

// choose finds what an organization has of what was asked for.
func (p Part) choose(what string) *choice {
	c := &choice{Part: p, root: p.root(), what: what, name: strings.ReplaceAll(what, ":", "-")}
	for _, o := range Offers(p) {
		if what == All || o.Group == what || o.File == c.name || o.Name == c.name {
			c.offers = append(c.offers, o)
		}
	}
	return c
}

// root returns the folder of the organization's pages in the site.
func (p Part) root() string {
	if len(p.Report.Workspace.Whole().Organizations()) > 1 {
		return "organizations/" + p.Report.Organization.ID + "/"
	}
	return ""
}

// files returns the files in one format.
func (c *choice) files(f Format) []File {
	switch f {
	case XLSX:
		return c.workbooks()
	case CSV:
		return c.each(CSV, func(w io.Writer, l List) error { return spreadsheet.WriteCSV(w, l.Table()) })
	case JSON:
		return c.each(JSON, c.json)
	case ICS:
		return []File{{Path: "calendar.ics", Write: c.calendar}}
	case OSCAL:
		return c.oscal()
	case PDF:
		return c.prints()
	case DOCX:
		return c.wordFiles()
	}
	return nil
}

// prints returns the pages that are printed. Who has a browser fills them in.
func (c *choice) prints() []File {
	var files []File
	print := func(name, page string) { files = append(files, File{Path: name + ".pdf", Page: c.root + page}) }
	if c.what == All || c.what == "readiness" {
		print("readiness", "index.html")
	}
	for _, s := range c.statements() {
		print("soa-"+s.Framework.ID, "soa/"+s.Framework.ID+".html")
	}
	for _, d := range c.documents() {
		print(c.documentName(d), "documents/"+d.ID+".html")
	}
	return files
}

// wordFiles returns the Word files.
func (c *choice) wordFiles() []File {
	m := c.Word()
	var files []File
	for _, s := range c.statements() {
		files = append(files, File{Path: "soa-" + s.Framework.ID + ".docx", Write: func(w io.Writer) error { return docx.Write(w, m.Statement(s)) }})
	}
	for _, d := range c.documents() {
		files = append(files, File{Path: c.documentName(d) + ".docx", Write: func(w io.Writer) error { return docx.Write(w, m.Document(d)) }})
	}
	return files
}

// statements returns the Statements of Applicability that were asked for.
func (c *choice) statements() []*soa.Statement {
	if c.what == All || c.what == "soa" {
		return c.Statements
	}
	return slices.DeleteFunc(slices.Clone(c.Statements), func(s *soa.Statement) bool { return c.what != "soa:"+s.Framework.ID })
}

// documents returns the documents that were asked for.
func (c *choice) documents() []*aims.Document {
	all := c.Report.Workspace.Documents
	if c.what == All || c.what == "documents" {
		return all
	}
	return slices.DeleteFunc(slices.Clone(all), func(d *aims.Document) bool { return c.what != "document:"+d.ID })
}

// documentName is the file of a document: among others in a folder of their own.
func (c *choice) documentName(d *aims.Document) string {
	if c.what == "document:"+d.ID {
		return c.name
	}
	return "documents/" + d.ID
}

// oscal returns all models of OSCAL: each leads to others.
func (c *choice) oscal() []File {
	var files []File
	in := oscal.Input{Report: c.Report, Statements: c.Statements, Issues: c.Issues, Version: c.Version}
	if c.Place != nil {
		in.Address = c.address(strings.Repeat("../", strings.Count(PackDir+c.root+oscalDir, "/")))
	}
	for _, f := range oscal.Files(in) {
		files = append(files, File{Path: oscalDir + f.Name, Write: f.Write})
	}
	return files
}

// oscalDir is the folder of the models of OSCAL.
const oscalDir = "oscal/"

// address returns the function that says where in a pack the page of a document or
// the file of evidence lies, as an address behind the way to the top of the pack.
func (c *choice) address(top string) func(aims.Subject) string {
	evidence := map[*aims.Record]*aims.Evidence{}
	for _, e := range c.Report.Workspace.Whole().Evidence {
		evidence[&e.Record] = e
	}
	return func(x aims.Subject) string {
		place := ""
		if e := evidence[x.Record]; e != nil {
			place = c.Place(e)
		} else if c.Page != nil {
			place = c.Page(x)
		}
		if place == "" {
			return ""
		}
		return (&url.URL{Path: top + place}).EscapedPath()
	}
}

// workbooks returns a workbook for each file that the lists stand in.
func (c *choice) workbooks() []File {
	var files []File
	for _, own := range ByFile(c.offers) {
		o := own[0]
		files = append(files, File{Path: o.File + ".xlsx", Write: func(w io.Writer) error {
			return spreadsheet.WriteXLSX(w, Book(c.Part, o.Title+", "+c.Report.Workspace.Organization.Name, Make(own)))
		}})
	}
	return files
}

// each returns a file for each list.
func (c *choice) each(f Format, write func(io.Writer, List) error) []File {
	var files []File
	for _, o := range c.offers {
		files = append(files, File{Path: o.Name + "." + string(f), Write: func(w io.Writer) error { return write(w, o.Make()) }})
	}
	return files
}

// calendar is everything that has a day.
func (c *choice) calendar(w io.Writer) error {
	o := ics.Options{Name: c.Report.Workspace.Organization.Name, Organization: c.Report.Organization.ID, AsOf: c.Report.AsOf, Version: c.Version}
	return ics.Write(w, calendar.Events(c.Report), o)
}
