package generator_test

import (
	"fmt"
	"io/fs"
	"maps"
	"path"
	"regexp"
	"slices"
	"strings"
	"testing"

	"golang.org/x/net/html"

	"annex/frameworks"
	"annex/generator/diag"
	"annex/generator/load"
)

const (
	north = "organizations/north/"
	south = "organizations/south/"
)

func TestOrganizationsHaveASiteEach(t *testing.T) {
	s := parsed(t, workspaceOf(t, "organizations"))
	for _, p := range s.pages {
		tables(t, p)
		headings(t, p)
		policy(t, p)
		s.links(t, p)
		if p.name == "index.html" {
			continue // it stands over both
		}
		if !strings.HasPrefix(p.name, north) && !strings.HasPrefix(p.name, south) {
			t.Errorf("%s stands in the site of no organization", p.name)
		}
		if got := leads(p)["index.html"]; !slices.Contains(got, "All organizations") {
			t.Errorf("%s does not lead to the page of all organizations", p.name)
		}
	}
	root := leads(s.page(t, "index.html"))
	for _, base := range []string{north, south} {
		for _, to := range []string{"index.html", "next.html#blocks", "controls/index.html", "systems/index.html", "soa/iso-42001.html", "frameworks/iso-42001/index.html", "frameworks/group-charter/index.html"} {
			s.page(t, base+strings.TrimSuffix(to, "#blocks"))
			links := len(root[base+to])
			if links == 0 || to == "index.html" && links < 2 { // beside the one of the navigation
				t.Errorf("the page of all organizations does not lead to %s", base+to)
			}
		}
	}
	for _, c := range []struct{ own, of, other string }{
		{"systems/north-pricing.html", north, south},
		{"systems/south-vines.html", south, north},
		{"controls/north-watch.html", north, south},
		{"controls/south-data.html", south, north},
		{"projects/north.html", north, south},
		{"projects/south-vines.html", south, north},
		{"documents/north-handbook.html", north, south},
		{"documents/south-handbook.html", south, north},
	} {
		s.page(t, c.of+c.own)
		if s.pages[c.other+c.own] != nil {
			t.Errorf("%s stands below %s too", c.own, c.other)
		}
	}
}

// tiles returns the numbers on the first page of an organization.
func tiles(t *testing.T, s site, base string) []string {
	t.Helper()
	var list []string
	for n := range s.page(t, base+"index.html").root.Descendants() {
		if class, _ := attr(n, "class"); n.Data != "ul" || class != "tiles" {
			continue
		}
		for li := range n.ChildNodes() {
			if li.Data == "li" {
				list = append(list, said(li))
			}
		}
	}
	return list
}

// actions counts the next actions of an organization by class.
func actions(t *testing.T, s site, base, class string) int {
	t.Helper()
	count := 0
	for n := range s.page(t, base+"next.html").root.Descendants() {
		if by, _ := attr(n, "aria-labelledby"); n.Data != "section" || by != class {
			continue
		}
		for row := range n.Descendants() {
			if row.Data == "tr" && row.Parent.Data == "tbody" {
				count++
			}
		}
	}
	return count
}

// TestOrganizationsCountTheirOwnRecords follows the numbers from the page of all
// organizations to those of each and to the lists that make them.
func TestOrganizationsCountTheirOwnRecords(t *testing.T) {
	s := parsed(t, workspaceOf(t, "organizations"))
	for _, c := range []struct {
		base, title, stage, charter string
		todo                        []string
	}{
		{
			north, "Halvard North", "77 days to stage 1", "1 of 2 (50 %)",
			[]string{`The control "BorealWatch" was due on 1 Oct 2026`, `The finding "BorealFinding" was due on 15 Nov 2026`},
		},
		{
			south, "Halvard South", "202 days to stage 1", "0 of 2 (0 %)",
			[]string{`The evidence "AustralLog" expires on 10 Dec 2026`, "The Statement of Applicability for ISO/IEC 42001:2023 is not approved"},
		},
	} {
		t.Run(c.title, func(t *testing.T) {
			blocking, overdue, expiring := actions(t, s, c.base, "blocks"), actions(t, s, c.base, "overdue"), actions(t, s, c.base, "expiring")
			want := []string{c.title, fmt.Sprint(blocking), fmt.Sprint(overdue), fmt.Sprint(expiring), "3", "1"}
			if got := rows(s.page(t, "index.html"), c.title); len(got) != 1 || !slices.Equal(got[0], want) {
				t.Errorf("the page of all organizations says %q, want %q", got, want)
			}
			want = []string{fmt.Sprint(blocking, " blocking gaps"), fmt.Sprint(overdue, " overdue"), fmt.Sprint(expiring, " expiring in 30 days"), c.stage}
			if got := tiles(t, s, c.base); len(got) < 4 || !slices.Equal(got[:4], want) {
				t.Errorf("its first page says %q, want %q", got, want)
			}
			if got := rows(s.page(t, c.base+"index.html"), "Halvard charter on AI"); len(got) != 1 || got[0][1] != c.charter {
				t.Errorf("of the charter it says %q", got)
			}
			for _, what := range c.todo {
				if len(rows(s.page(t, c.base+"next.html"), what)) != 1 {
					t.Errorf("its next actions do not say %q once", what)
				}
			}
		})
	}
}

func TestOrganizationsStateApplicabilityEach(t *testing.T) {
	s := parsed(t, workspaceOf(t, "organizations"))
	const impact = "A.5.4 Assessing AI system impact on individuals or groups of individuals"
	for _, c := range []struct {
		name, base string
		want       []string
	}{
		{"a document of the one counts for both", north, []string{"A.2.2 AI policy", "Yes", "The charter of the group asks for it: BorealReason. (Policy)", "BorealPolicy", "Documented"}},
		{"by a reason of its own each", south, []string{"A.2.2 AI policy", "Yes", "The parent wants one policy: AustralReason. (Policy)", "BorealPolicy", "Documented"}},
		{"a system needs it", north, []string{impact, "Yes", "Needed by BorealPricing: Small carriers feel the price: BorealNeed. (Contractual)", "None", "Gap"}},
		{"a system of the other does not count", south, []string{impact, "Undecided", "None", "None", "Not assessed"}},
		{"an audit of its own verifies", north, []string{"A.6.2.4 AI system verification and validation", "Yes", "Ships would run aground: BorealGround. (Risk treatment)", "BorealValidation", "Verified", "BorealQuality", "BorealIce", "BorealPricing", "1 in force, newest 5 Oct 2026"}},
		{"an audit of the other does not", south, []string{"A.6.2.4 AI system verification and validation", "Yes", "Growers trust what is tested: AustralTrust. (Best practice)", "AustralValidation", "Operating", "AustralChief", "None", "None", "2 in force, newest 15 Sep 2026"}},
		{"a control and no exclusion", north, []string{"A.6.2.6 AI system operation and monitoring", "Yes", "Carriers ask for figures: BorealFigure. (Contractual)", "BorealWatch", "Implemented"}},
		{"an exclusion and no control", south, []string{"A.6.2.6 AI system operation and monitoring", "Excluded", "Models run once a year: AustralYear. (basis: Risk assessment)", "Not applicable", "Not applicable"}},
		{"excluded by the holder of the audit", north, []string{"A.10.3 Suppliers", "Excluded", "Nothing is bought: BorealNothing. (basis: No such activity)", "Not applicable", "Not applicable"}},
		{"an audit of the group that names both verifies", south, []string{"A.10.3 Suppliers", "Yes", "Weather data are bought: AustralWeather. (Contractual)", "AustralSuppliers", "Verified", "AustralChief", "BorealBlackout"}},
	} {
		t.Run(c.name, func(t *testing.T) {
			got := rows(s.page(t, c.base+"soa/iso-42001.html"), c.want[0])
			if len(got) != 1 || !slices.Equal(got[0][:len(c.want)], c.want) {
				t.Errorf("got  %q\nwant %q", got, c.want)
			}
		})
	}
	for base, want := range map[string][]string{
		north: {"Halvard North", "2.0 (Approved)", "BorealChief, 4 May 2026"},
		south: {"Halvard South", "0.3 (Draft)", "Not approved"},
	} {
		var head []string
		for n := range s.page(t, base+"soa/iso-42001.html").root.Descendants() {
			if n.Data == "dd" {
				head = append(head, said(n))
			}
		}
		for _, fact := range want {
			if !slices.Contains(head, fact) {
				t.Errorf("the head of the statement below %s does not say %q: %q", base, fact, head)
			}
		}
	}
}

var marker = regexp.MustCompile(`(Boreal|Austral)[A-Z][a-z]+`)

// markers returns the words of the records that the files below a folder have.
func markers(t *testing.T, files fs.FS, dir string) []string {
	t.Helper()
	seen := map[string]bool{}
	err := fs.WalkDir(files, dir, func(name string, d fs.DirEntry, err error) error {
		if err != nil || d.IsDir() {
			return err
		}
		data, err := fs.ReadFile(files, name)
		for _, word := range marker.FindAllString(string(data), -1) {
			seen[word] = true
		}
		return err
	})
	if err != nil {
		t.Fatal(err)
	}
	return slices.Sorted(maps.Keys(seen))
}

// of returns the words that begin with a prefix, and those added.
func of(list []string, prefix string, added ...string) []string {
	out := slices.Clone(added)
	for _, word := range list {
		if strings.HasPrefix(word, prefix) {
			out = append(out, word)
		}
	}
	slices.Sort(out)
	return out
}

// TestOrganizationsKeepTheirRecords looks for words of the records in every
// file of the site, search and evidence included. The south shows of the north
// what it shares, what records of the south refer to, and who owns that.
func TestOrganizationsKeepTheirRecords(t *testing.T) {
	workspace := workspaceOf(t, "organizations")
	s := parsed(t, workspace)
	all := markers(t, workspace, ".")
	if len(all) < 60 {
		t.Fatalf("only %d words in the records", len(all))
	}
	shown := []string{
		"BorealPolicy", "BorealPrinciples", "BorealChart", // shared, with its picture
		"BorealChief",                     // owns and approved it
		"BorealCertificate", "BorealSeal", // evidence of an execution, and its file
		"BorealSealer",                          // owns that
		"BorealBlackout",                        // a risk that a control treats
		"BorealKeeper",                          // owns the risk and the report
		"BorealGroupaudit", "BorealAuditreport", // an audit that names the south, and its report
		"BorealRegister", // a control that a text refers to
	}
	for dir, want := range map[string][]string{
		"organizations/north": of(all, "Boreal"),
		"organizations/south": of(all, "Austral", shown...),
		"organizations/south/search": {
			"AustralAudit", "AustralChief", "AustralData", "AustralFinding", "AustralGrowers", "AustralHail", "AustralHandbook",
			"AustralList", "AustralLog", "AustralRemark", "AustralReview", "AustralSteps", "AustralSuppliers", "AustralValidation",
			"AustralVines", "AustralYield", "BorealAuditreport", "BorealBlackout", "BorealCertificate", "BorealChief",
			"BorealGroupaudit", "BorealKeeper", "BorealPolicy", "BorealPrinciples", "BorealSealer",
		},
	} {
		got := markers(t, s.files, dir)
		for _, word := range got {
			if !slices.Contains(want, word) {
				t.Errorf("%s shows %s", dir, word)
			}
		}
		for _, word := range want {
			if !slices.Contains(got, word) {
				t.Errorf("%s does not show %s", dir, word)
			}
		}
	}
	if got := markers(t, s.files, "index.html"); len(got) > 0 {
		t.Errorf("the page of all organizations shows %q", got)
	}
	if got := leads(s.page(t, south+"controls/south-validation.html"))[north+"controls/north-register.html"]; !slices.Equal(got, []string{"BorealRegister"}) {
		t.Errorf("the text of the south leads to the control of the north with %q", got)
	}
}

func TestOrganizationsCountSharedDocuments(t *testing.T) {
	const sharing = "shared_documents = [\"group-policy\"]\n"
	const own, there, picture = south + "documents/group-policy.html", north + "documents/group-policy.html", south + "files/north/documents/boreal-chart.txt"
	const missing = "iso-42001:5.2 calls for documented information that is missing: AI policy"
	for _, c := range []struct {
		name   string
		edits  []edit
		state  string
		page   bool
		target string // of a reference in a text of the south
		gaps   int
	}{
		{"shared", nil, "Documented", true, own, 0},
		{"not shared", []edit{{"south/project.toml", sharing, ""}}, "Gap", false, there, 1},
	} {
		t.Run(c.name, func(t *testing.T) {
			workspace := workspaceOf(t, "organizations", c.edits...)
			s := parsed(t, workspace)
			if got := rows(s.page(t, south+"frameworks/iso-42001/index.html"), "5.2 AI policy"); len(got) != 1 || got[0][1] != c.state {
				t.Errorf("5.2 of the south: %q", got)
			}
			if got := rows(s.page(t, north+"frameworks/iso-42001/index.html"), "5.2 AI policy"); len(got) != 1 || got[0][1] != "Documented" {
				t.Errorf("5.2 of the north: %q", got)
			}
			if (s.pages[own] != nil) != c.page {
				t.Errorf("whether the south has a page for it: %t", !c.page)
			}
			if _, err := fs.Stat(s.files, picture); (err == nil) != c.page {
				t.Errorf("its picture: %v", err)
			}
			if got := leads(s.page(t, south+"documents/south-handbook.html"))[c.target]; !slices.Equal(got, []string{"BorealPolicy"}) {
				t.Errorf("the reference does not lead to %s: %q", c.target, leads(s.page(t, south+"documents/south-handbook.html")))
			}
			gaps := 0
			for _, d := range checked(t, workspace) {
				if d.Message == missing {
					gaps++
					if d.Pos.Filename != "south/project.toml" {
						t.Errorf("the gap stands in %s", d.Pos)
					}
				}
			}
			if gaps != c.gaps {
				t.Errorf("%d gaps, want %d", gaps, c.gaps)
			}
		})
	}
}

// TestOrganizationsShareFrameworks holds that one reading of a catalog
// serves all: its mistakes come up once, its requirements are the same.
func TestOrganizationsShareFrameworks(t *testing.T) {
	w, diags, err := load.Load(workspaceOf(t, "organizations"), frameworks.Files())
	if err != nil || diag.Count(diags).Errors > 0 {
		t.Fatalf("%v %+v", err, diags)
	}
	for _, o := range w.Organizations() {
		if got := w.Scope(o).Frameworks; len(got) != 2 || !slices.Equal(got, w.Frameworks) {
			t.Errorf("%s has frameworks of its own", o.ID)
		}
	}
	const file = "frameworks/group-charter.toml"
	want := file + ":6:8: AX0206: kind cannot be \"guidance\"\nit is one of standard, law, guideline, questionnaire"
	if got := errorsIn(checked(t, workspaceOf(t, "organizations", edit{file, `"guideline"`, `"guidance"`})), file); got != want {
		t.Errorf("got  %s\nwant %s", got, want)
	}

	s := parsed(t, workspaceOf(t, "organizations"))
	for base, want := range map[string]string{north: "Operating", south: "Gap"} {
		if got := rows(s.page(t, base+"frameworks/group-charter/index.html"), "G.1 Test what you sell"); len(got) != 1 || got[0][1] != want {
			t.Errorf("G.1 below %s: %q, want %s", base, got, want)
		}
		if text := mainText(s.page(t, base+"frameworks/group-charter/g-2.html")); !strings.Contains(text, "The parent hears of every serious failure on the same day.") {
			t.Errorf("G.2 below %s does not say what it asks", base)
		}
	}
}

func TestOrganizationsAreEachChecked(t *testing.T) {
	places := map[string]int{}
	for _, d := range checked(t, workspaceOf(t, "organizations")) {
		if strings.HasPrefix(d.Message, "there is no decision on iso-42001:A.5.2,") || strings.HasPrefix(d.Message, "nothing satisfies iso-42001:4.1,") {
			places[d.Pos.Filename]++
		}
	}
	if len(places) != 2 || places["north/project.toml"] != 2 || places["south/project.toml"] != 2 {
		t.Errorf("gaps of each organization stand in %v", places)
	}
}

func TestOrganizationsMistakesAreReported(t *testing.T) {
	for _, c := range []struct {
		name       string
		edit       edit
		want, help string
	}{
		{
			"a system does not say where it belongs",
			edit{"vines/project.toml", "organization = \"south\"\n", ""},
			`vines/project.toml:1:1: AX0204: the AI system "south-vines" does not say which organization it belongs to`,
			`add organization = "north", or another of north, south`,
		},
		{
			"a system belongs to an organization that there is not",
			edit{"vines/project.toml", `"south"`, `"souht"`},
			`vines/project.toml:4:16: AX0303: there is no organization project with the id "souht"`,
			"did you mean south?",
		},
		{
			"a system belongs to a system",
			edit{"vines/project.toml", `"south"`, `"north-pricing"`},
			`vines/project.toml:4:16: AX0303: there is no organization project with the id "north-pricing"`,
			"organization projects are north, south",
		},
		{
			"a document is shared that there is not",
			edit{"south/project.toml", `"group-policy"`, `"group-polcy"`},
			`south/project.toml:6:21: AX0303: there is no document with the id "group-polcy"`,
			"did you mean group-policy?",
		},
		{
			"two organizations have one id for a control",
			edit{"south/controls.toml", `"south-data"`, `"north-watch"`},
			`south/controls.toml:33:6: AX0209: the control id "north-watch" is given twice`,
			"give one of the two another id",
		},
	} {
		t.Run(c.name, func(t *testing.T) {
			file, _, _ := strings.Cut(c.want, ":")
			if got := errorsIn(checked(t, workspaceOf(t, "organizations", c.edit)), file); got != c.want+"\n"+c.help {
				t.Errorf("got  %s\nwant %s\n%s", got, c.want, c.help)
			}
		})
	}
}

// page returns a page of the site.
func (s site) page(t *testing.T, name string) *tree {
	t.Helper()
	p := s.pages[name]
	if p == nil {
		t.Fatalf("there is no page %s", name)
	}
	return p
}

// said is the text of a node with single spaces.
func said(n *html.Node) string { return strings.Join(strings.Fields(text(n)), " ") }

// mainText is the text of the main part of a page.
func mainText(p *tree) string {
	for n := range p.root.Descendants() {
		if n.Data == "main" {
			return said(n)
		}
	}
	return ""
}

// rows returns the texts of all cells in the rows that begin with a head.
func rows(p *tree, head string) [][]string {
	var list [][]string
	for n := range p.root.Descendants() {
		if n.Data != "tr" {
			continue
		}
		var cells []string
		for c := n.FirstChild; c != nil; c = c.NextSibling {
			if c.Type == html.ElementNode {
				cells = append(cells, said(c))
			}
		}
		if len(cells) > 0 && cells[0] == head {
			list = append(list, cells)
		}
	}
	return list
}

// leads returns the texts of the links of a page by the path that they lead to,
// as it is from the root of the site.
func leads(p *tree) map[string][]string {
	list := map[string][]string{}
	for n := range p.root.Descendants() {
		to, ok := attr(n, "href")
		if !ok || n.Data != "a" || strings.HasPrefix(to, "#") {
			continue
		}
		file, fragment, found := strings.Cut(to, "#")
		file = path.Join(path.Dir(p.name), file)
		if found {
			file += "#" + fragment
		}
		list[file] = append(list[file], said(n))
	}
	return list
}
