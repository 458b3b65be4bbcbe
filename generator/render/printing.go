package render

import (
	"bytes"
	"cmp"
	"fmt"
	"html/template"

	"annex/generator/aims"
	"annex/generator/walk"
)

// printPath is the page with everything that an auditor wants on paper.
const printPath = "print.html"

// mostSheets is how many pages of the site one page to print holds. With more
// there is one for each chapter, and for long chapters several.
const mostSheets = 250

// printView is a page to print: the contents of the whole, and the sheets of this
// page.
type printView struct {
	Entity   aims.Organization
	Cut      *aims.Cut // for an audience, else nil
	Whole    bool      // whether everything stands on this page
	First    bool      // whether it has the contents
	Contents []printChapter
	Chapters []printChapter // on this page
}

// printChapter is one step of the walk with what is printed of it.
type printChapter struct {
	*walk.Step
	N      int
	Groups []clauseGroup
	Path   string // of the page that it begins on
	Sheets []printSheet
}

// printSheet is one page of the site as a part of a page to print.
type printSheet struct {
	Title string
	Page  Page
	Class aims.Classification
	Path  string // of the page to print that it stands on
	ID    string // of its anchor there
	Name  string // its title, with a number where others have the same
	Body  template.HTML
}

// volume is one page to print.
type volume struct {
	path     string
	chapters []printChapter
}

func (s *part) printPages(yield func(Page) bool) bool {
	if s.pack == nil {
		return true
	}
	chapters := s.printChapters()
	volumes, at := bind(chapters)
	contents := make([]printChapter, len(chapters))
	for i, c := range chapters {
		contents[i] = c
		contents[i].Sheets = nil
		for _, x := range c.Sheets {
			x = *at[x.Page.Path]
			contents[i].Path = cmp.Or(contents[i].Path, x.Path)
			contents[i].Sheets = append(contents[i].Sheets, x)
		}
	}
	whole := len(volumes) == 1
	if !whole {
		volumes = append([]volume{{path: printPath}}, volumes...)
	}
	for _, v := range volumes {
		one := func(b *bytes.Buffer) error {
			view := printView{Entity: s.entity(), Cut: s.Workspace.Cut, Whole: whole, First: v.path == printPath, Contents: contents}
			class := s.Workspace.Site.Classification
			for _, c := range v.chapters {
				for i := range c.Sheets {
					x := &c.Sheets[i]
					body, err := sheet(x, v.path, at)
					if err != nil {
						return err
					}
					x.Body = body
					if x.Class.Above(class) {
						class = x.Class
					}
				}
				view.Chapters = append(view.Chapters, c)
			}
			return s.execute(b, s.base+v.path, "", "print.html", page{Title: "Everything to print", Section: "print", Class: class, View: view})
		}
		if !yield(Page{Path: v.path, Template: "print.html", Write: one}) {
			return false
		}
	}
	return true
}

// printChapters lists what is printed, in the order of the walk: the registers of
// each step and the full text of its documents.
func (s *part) printChapters() []printChapter {
	made := map[string]Page{}
	s.sitePages(func(p Page) bool { made[p.Path] = p; return true })
	var chapters []printChapter
	for i, step := range walk.Steps(s.report) {
		c := printChapter{Step: step, N: i + 1, Groups: byFramework(step.Clauses)}
		add := func(title, path string, class aims.Classification) {
			if p, ok := made[path]; ok {
				c.Sheets = append(c.Sheets, printSheet{Title: title, Page: p, Class: class})
			}
		}
		for _, r := range s.printRegisters(step.ID) {
			title := s.words.say(r.Title)
			add(title, r.Path+".html", "")
			for n := 1; made[shard(r.Path, n)].Path != ""; n++ {
				add(fmt.Sprintf("%s (%d)", title, n+1), shard(r.Path, n), "")
			}
		}
		for _, d := range step.Documents {
			add(d.Title, "documents/"+d.ID+".html", d.Classification)
		}
		chapters = append(chapters, c)
	}
	return chapters
}

// printRegisters are the pages that a step prints beside its documents, without
// the ending of their names.
func (s *part) printRegisters(step string) []startLink {
	switch step {
	case walk.Context:
		return []startLink{{Title: "Interested parties", Path: "parties"}}
	case walk.Roles:
		return []startLink{{Title: "Roles", Path: "roles"}}
	case walk.Applicability:
		var list []startLink
		for _, st := range s.Statements {
			list = append(list, startLink{Title: s.words.say("Statement of Applicability") + ", " + st.Framework.Title, Path: "soa/" + st.Framework.ID})
		}
		return list
	case walk.Risks:
		return []startLink{{Title: "Risks", Path: "risks"}}
	case walk.Impact:
		return []startLink{{Title: "AI systems", Path: "systems/index"}}
	case walk.Objectives:
		return []startLink{{Title: "Objectives", Path: "objectives"}}
	case walk.Documents:
		return []startLink{{Title: "Documents", Path: "documents/index"}}
	case walk.Operation:
		return []startLink{{Title: "Controls", Path: "controls/index"}, {Title: "Evidence", Path: "evidence"}}
	case walk.Audit:
		return []startLink{{Title: "Audits and findings", Path: "audits/index"}}
	case walk.Review:
		return []startLink{{Title: "Management reviews and signoffs", Path: "reviews"}}
	}
	return nil
}

// bind puts the chapters into pages to print, and returns the place of each page
// of the site by its path.
func bind(chapters []printChapter) (volumes []volume, at map[string]*printSheet) {
	at = map[string]*printSheet{}
	total := 0
	for _, c := range chapters {
		total += len(c.Sheets)
	}
	if total <= mostSheets {
		volumes = []volume{{printPath, chapters}}
	} else {
		for _, c := range chapters {
			for n, part := range chunks(c.Sheets, mostSheets) {
				one := c
				one.Sheets = part
				volumes = append(volumes, volume{shard("print-"+c.ID, n), []printChapter{one}})
			}
		}
	}
	names := map[string]int{}
	for _, v := range volumes {
		for _, c := range v.chapters {
			for i := range c.Sheets {
				x := &c.Sheets[i]
				x.Path, x.ID, x.Name = v.path, fmt.Sprintf("s%d", len(at)+1), x.Title
				if names[x.Title]++; names[x.Title] > 1 {
					x.Name = fmt.Sprintf("%s (%d)", x.Title, names[x.Title])
				}
				at[x.Page.Path] = x
			}
		}
	}
	return volumes, at
}
