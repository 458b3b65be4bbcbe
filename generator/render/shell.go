package render

import (
	"bytes"
	"encoding/json"
	"fmt"
	"html/template"
	"strings"
	"sync"

	"annex/generator/aims"
)

// shell is what stands around the content of a page. Pages of one section,
// class and depth share it, so it is rendered once: navigation costs no time in
// proportion to the size of the site. The two things that are each page's own
// are holes in it.
type shell struct {
	head []string // pieces; a hole follows each but the last
	hole []rune   // titleHole or printHole
	foot string
}

// Holes in a rendered shell. They are private use characters, which pass
// through the templates unchanged and which titles have no use for.
const (
	titleHole = '\ue000'
	printHole = '\ue001'
)

type shellKey struct {
	root    string // the way to the root of the site
	section string
	class   aims.Classification
	charts  bool
	script  string
}

// shells makes each shell once, for any number of goroutines.
type shells struct {
	mu   sync.Mutex
	made map[shellKey]*shell
}

func newShells() *shells { return &shells{made: map[shellKey]*shell{}} }

// shellView is what the templates "head" and "foot" get.
type shellView struct {
	Title, Print string
	Class        aims.Classification
	Nav          template.HTML
	Site         *siteView
	Charts       bool
	Script       string // of this page alone; empty for none
}

// siteView is what head and foot show of the site.
type siteView struct {
	Title, Organization, Language string
	AsOf                          aims.Date
	Root                          string // path to the root of the organization's pages: "", "../"
	Home                          string // path of the first page
	Assets                        string // path to the folder of styles and scripts
	Scripts                       bool
	Search                        bool   // whether there is a search index at Root
	About                         string // path of the page about the method
	Texts                         string // JSON, of the script
	Watermark                     string // of the audience; empty for none
}

// texts is what the script of the site says, by the names that it knows them by.
func (s *part) texts() string {
	texts := map[string]string{}
	for name, text := range map[string]string{
		"search": "Search", "found": "%d found", "more": "the first %d of %d", "nothing": "Nothing found",
		"filter": "Filter", "gaps": "Only with a gap", "all": "All", "rows": "%d of %d rows",
		"table": "Show as a table", "hide": "Hide the table",
	} {
		texts[name] = s.words.say(text)
	}
	data, err := json.Marshal(texts)
	if err != nil {
		panic("render: " + err.Error()) // texts are plain strings
	}
	return string(data)
}

func (s *part) shell(key shellKey) (*shell, error) {
	s.shells.mu.Lock()
	defer s.shells.mu.Unlock()
	if made := s.shells.made[key]; made != nil {
		return made, nil
	}
	root := key.root
	w := s.Workspace
	up := strings.Repeat("../", strings.Count(s.base, "/"))
	view := shellView{
		Title: string(titleHole), Print: string(printHole), Class: key.class, Nav: s.navigation(root, key.section), Charts: key.charts, Script: s.script(key.script),
		Site: &siteView{
			Title: whole(w.Site.Title), Organization: whole(s.holder()), Language: w.Site.Language,
			AsOf: s.AsOf, Root: root, Home: join(root, s.home()), Assets: root + up + "assets/", Scripts: s.hasScript, Search: !s.overall,
			About: root + s.about + "about.html", Texts: s.texts(), Watermark: whole(s.watermark()),
		},
	}
	var head, foot bytes.Buffer
	if err := s.bound[root].ExecuteTemplate(&head, "head", view); err != nil {
		return nil, fmt.Errorf("making the head of pages: %w", s.templates.Explain(err, "head", view))
	}
	if err := s.bound[root].ExecuteTemplate(&foot, "foot", view); err != nil {
		return nil, fmt.Errorf("making the foot of pages: %w", s.templates.Explain(err, "foot", view))
	}
	made := &shell{foot: foot.String()}
	rest := head.String()
	for {
		at := strings.IndexAny(rest, string(titleHole)+string(printHole))
		if at < 0 {
			break
		}
		hole := []rune(rest[at:])[0]
		made.head = append(made.head, rest[:at])
		made.hole = append(made.hole, hole)
		rest = rest[at+len(string(hole)):]
	}
	made.head = append(made.head, rest)
	s.shells.made[key] = made
	return made, nil
}

// whole takes the signs that mark holes out of a text.
func whole(text string) string {
	return strings.NewReplacer(string(titleHole), "", string(printHole), "").Replace(text)
}

// open writes what stands before the content of a page.
func (sh *shell) open(b *bytes.Buffer, title, print string) {
	for i, piece := range sh.head {
		b.WriteString(piece)
		if i == len(sh.hole) {
			break
		}
		text := title
		if sh.hole[i] == printHole {
			text = print
		}
		template.HTMLEscape(b, []byte(text))
	}
}

// watermark is what every page says to the audience that the site is for.
func (s *part) watermark() string {
	if s.Workspace.Cut == nil {
		return ""
	}
	return s.Workspace.Cut.Audience.Watermark
}

// home is the first page, from the root of the organization's pages: in a pack the
// one at its top.
func (s *part) home() string {
	if s.pack != nil {
		return s.top() + "index.html"
	}
	return "index.html"
}

// holder names the organization that the pages speak of.
func (s *part) holder() string {
	if s.base != "" {
		return s.report.Organization.Title
	}
	return s.Workspace.Organization.Name
}

// entity is the legal entity that the pages speak of. Where a workspace has
// several organizations, annex.toml speaks of none of them in particular.
func (s *part) entity() aims.Organization {
	if s.base != "" {
		return aims.Organization{Name: s.holder()}
	}
	return s.Workspace.Organization
}

// section is an entry of the navigation.
type section struct{ Name, Title, Path string }

// sectionList is the navigation. What there is several of, frameworks and
// Statements of Applicability, shares one entry.
func (s *part) sectionList() []section {
	list := []section{{"readiness", "Readiness", "index.html"}, {"next", "Next actions", "next.html"}, {"certification", "Certification", "certification.html"}, {"projects", "Projects", "projects/index.html"}}
	if s.Trend != nil {
		list = append(list, section{"trend", "Progress", "trend.html"})
	}
	if s.Changes != nil {
		list = append(list, section{"changes", "Changes", "changes.html"})
	}
	if s.base != "" {
		up := strings.Repeat("../", strings.Count(s.base, "/"))
		list = append([]section{{"organizations", "All organizations", up + "index.html"}}, list...)
	}
	if s.pack != nil {
		list = append([]section{{"start", "Start page", s.ownStart()}}, list...)
	}
	switch len(s.Statements) {
	case 0:
	case 1:
		list = append(list, section{"soa", "Applicability", soaPath(s.Statements[0].Framework)})
	default:
		list = append(list, section{"soa", "Applicability", "soa/index.html"})
	}
	if len(s.Workspace.Frameworks) == 1 {
		f := s.Workspace.Frameworks[0]
		list = append(list, section{"frameworks", f.Title, frameworkPath(f)})
	} else {
		list = append(list, section{"frameworks", "Frameworks", "frameworks/index.html"})
	}
	if s.Integration != nil {
		list = append(list, section{"integrated", "Integrated system", "integrated.html"})
	}
	list = append(list,
		section{"controls", "Controls", "controls/index.html"},
		section{"documents", "Documents", "documents/index.html"},
		section{"systems", "AI systems", "systems/index.html"},
		section{"risks", "Risks", "risks.html"},
		section{"objectives", "Objectives", "objectives.html"},
		section{"evidence", "Evidence", "evidence.html"},
		section{"audits", "Audits", "audits/index.html"},
		section{"reviews", "Reviews", "reviews.html"},
		section{"roles", "Roles", "roles.html"},
		section{"parties", "Parties", "parties.html"},
		section{"matrices", "Matrices", "matrices/index.html"},
		section{"exports", "Downloads", exportsDir + "index.html"},
	)
	if s.pack != nil {
		list = append(list, section{"sampling", "Sampling sheet", samplingPath}, section{"print", "Everything to print", printPath})
	}
	return append(list, section{"about", "Method", "about.html"})
}

// navigation renders the list of sections as seen from a page.
func (s *part) navigation(root, current string) template.HTML {
	var b strings.Builder
	for _, x := range s.sections {
		mark := ""
		if x.Name == current {
			mark = ` aria-current="true"`
		}
		fmt.Fprintf(&b, `<li><a href="%s"%s>%s</a></li>`, template.HTMLEscapeString(join(root, x.Path)), mark, template.HTMLEscapeString(s.words.say(x.Title)))
	}
	return template.HTML(b.String())
}
