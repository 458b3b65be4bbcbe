package export

import (
	"annex/generator/aims"
	"annex/generator/spreadsheet"
)

// Book is a workbook of some lists of an organization. Its cover says of whom it
// is, for what scope, from which catalogs, on which day and how confidential. A
// workbook of the whole can be read back; one for an audience cannot, since it
// does not hold all that is in the files.
func Book(p Part, title string, lists []List) spreadsheet.Book {
	return Books([]Part{p}, title, [][]List{lists})
}

// Books is a workbook of lists of several organizations, each list on a sheet of
// its own.
func Books(parts []Part, title string, lists [][]List) spreadsheet.Book {
	w := parts[0].Report.Workspace
	b := spreadsheet.Book{Title: title, Subject: w.Site.Title, Language: w.Site.Language, Day: parts[0].Report.AsOf}
	b.About = about(parts)
	var all []List
	for i, own := range lists {
		for _, l := range own {
			if len(parts) > 1 {
				l.Sheet += " " + parts[i].Report.Organization.ID
			}
			all = append(all, l)
			b.Tables = append(b.Tables, l.Table())
		}
	}
	if w.Cut == nil {
		b.Hidden, b.Notes = bases(parts, lists, all, b.Tables)
	}
	return b
}

// What lines of the cover begin with that tell who made a workbook, and for whom.
const (
	MadeBy  = "Made by"
	MadeFor = "Made for"
)

// about is the lines of the cover.
func about(parts []Part) []spreadsheet.Line {
	w := parts[0].Report.Workspace
	var lines []spreadsheet.Line
	add := func(name, value string) {
		if value != "" {
			lines = append(lines, spreadsheet.Line{Name: name, Value: spreadsheet.Text(value)})
		}
	}
	add("Organization", w.Organization.Name)
	add("Legal name", w.Organization.LegalName)
	add("Address", w.Organization.Address)
	for _, p := range parts {
		x := lister{p, p.Report.Workspace}
		name := ""
		if len(parts) > 1 {
			name = " of " + p.Report.Organization.Title
		}
		add("Scope"+name, x.plain(&p.Report.Organization.Scope))
		for _, s := range p.Statements {
			add("Statement for "+s.Framework.Title+name, approval(s.Approval))
		}
	}
	for _, f := range w.Frameworks {
		add("Catalog of "+f.Title, "version "+f.Version)
	}
	add("Classification", string(Class(parts)))
	if w.Cut != nil {
		add(MadeFor, w.Cut.Audience.Title)
		add("Watermark", w.Cut.Audience.Watermark)
	}
	add(MadeBy, "annex "+parts[0].Version)
	return lines
}

// approval says which version of a Statement of Applicability is approved.
func approval(s *aims.SoAApproval) string {
	if s == nil {
		return "not approved"
	}
	text := "version " + s.Version
	if s.Status != aims.Approved || s.ApprovedBy == nil {
		return text + ", not approved"
	}
	return text + ", approved by " + s.ApprovedBy.Title + " on " + s.ApprovedOn.String()
}

// Class is how confidential files of lists are: as the site as a whole, and as
// the highest of the records in it, though not above the ceiling of whom they
// are for.
func Class(parts []Part) aims.Classification {
	w := parts[0].Report.Workspace
	class := w.Site.Classification
	for _, p := range parts {
		for s := range p.Report.Workspace.Subjects() {
			if s.Record != nil && s.Record.Classification.Above(class) {
				class = s.Record.Classification
			}
		}
	}
	if w.Cut != nil {
		class = class.Lower(w.Cut.Audience.Ceiling)
	}
	return class
}
