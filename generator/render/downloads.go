package render

import (
	"bytes"
	"slices"
	"strings"

	"annex/generator/aims"
	"annex/generator/docx"
	"annex/generator/export"
	"annex/generator/spreadsheet"
)

// exportsDir is the folder of everything that the site offers to download.
const exportsDir = "exports/"

// download is a file that a page offers.
type download struct {
	Path string
	Name string // of its form: XLSX
	Note string // what it holds, where that is not what the page shows
}

// exportPart is what lists are made from.
func (s *part) exportPart() export.Part {
	p := export.Part{Report: s.report, Statements: s.Statements, Matrices: s.Matrices, Issues: s.Issues, Version: s.Version, Texts: s.words.texts}
	if s.pack != nil {
		p.Place, p.Page = s.all.EvidencePlace, s.pagePlace
	}
	return p
}

// downloadPages yields each list as XLSX and CSV, the Statements of Applicability
// as DOCX, and the page that leads to all of them.
func (s *part) downloadPages(yield func(Page) bool) bool {
	if !yield(s.later(exportsDir+"index.html", "exports.html", func() page {
		return page{Title: "Downloads", Section: "exports", View: s.exportsView()}
	})) {
		return false
	}
	for _, own := range export.ByFile(s.offers) {
		if !yield(s.workbook(own[0].File, func() []export.List { return export.Make(own) })) {
			return false
		}
		for _, o := range own {
			if !yield(table(o.Name, o.Make)) {
				return false
			}
		}
	}
	for _, st := range s.Statements {
		write := func(b *bytes.Buffer) error { return docx.Write(b, s.exportPart().Word().Statement(st)) }
		if !yield(Page{Path: exportsDir + "soa-" + st.Framework.ID + ".docx", Write: write}) {
			return false
		}
	}
	for _, role := range s.Workspace.Roles {
		own := func() export.List { return export.ActionsOf(role, s.next()) }
		name := ownActions(role)
		if !yield(s.workbook(name, func() []export.List { return []export.List{own()} })) || !yield(table(name, own)) {
			return false
		}
	}
	return true
}

func ownActions(role *aims.Role) string { return "actions-" + role.ID }

// inFile returns the lists of one workbook.
func (s *part) inFile(file string) []export.Offer {
	return slices.DeleteFunc(slices.Clone(s.offers), func(o export.Offer) bool { return o.File != file })
}

func (s *part) workbook(file string, make func() []export.List) Page {
	return Page{Path: exportsDir + file + ".xlsx", Write: func(b *bytes.Buffer) error {
		lists := make()
		return spreadsheet.WriteXLSX(b, export.Book(s.exportPart(), lists[0].Title+", "+s.holder(), lists))
	}}
}

func table(name string, make func() export.List) Page {
	return Page{Path: exportsDir + name + ".csv", Write: func(b *bytes.Buffer) error {
		return spreadsheet.WriteCSV(b, make().Table())
	}}
}

// downloads returns what a page offers of the workbook with a name.
func (s *part) downloads(root, file string) []download {
	list := s.downloadsOf(root, file)[:1]
	if strings.HasPrefix(file, "soa-") {
		list = append(list, download{Path: root + exportsDir + file + ".docx", Name: "DOCX"})
	}
	for i, o := range s.inFile(file) {
		d := download{Path: root + exportsDir + o.Name + ".csv", Name: "CSV"}
		if i > 0 {
			d.Note = o.Title
		}
		list = append(list, d)
	}
	return list
}

// downloadsOf returns the files of a single list.
func (s *part) downloadsOf(root, name string) []download {
	return []download{{Path: root + exportsDir + name + ".xlsx", Name: "XLSX"}, {Path: root + exportsDir + name + ".csv", Name: "CSV"}}
}

// exportsView is everything there is to download.
type exportsView struct {
	Files []exportRow
}

type exportRow struct {
	Title string
	Files []download
}

func (s *part) exportsView() exportsView {
	var v exportsView
	for _, own := range export.ByFile(s.offers) {
		v.Files = append(v.Files, exportRow{own[0].Title, s.downloads("../", own[0].File)})
	}
	return v
}
