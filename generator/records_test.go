package generator_test

import (
	"fmt"
	"io/fs"
	"maps"
	"path"
	"reflect"
	"regexp"
	"slices"
	"strings"
	"testing"
	"testing/fstest"

	"annex/content"
	"annex/frameworks"
	"annex/generator/aims"
	"annex/generator/audience"
	"annex/generator/check"
	"annex/generator/diag"
	"annex/generator/load"
	"annex/generator/readiness"
	"annex/generator/records"
	"annex/generator/sample"
)

// packOf writes the records of a workspace, and returns them as files.
func packOf(t testing.TB, w *aims.Workspace, own fs.FS) fstest.MapFS {
	t.Helper()
	files, err := records.Files(w, records.Input{Day: sample.Day(), Catalogs: frameworks.Files(), Own: own})
	if err != nil {
		t.Fatal(err)
	}
	all := fstest.MapFS{}
	for _, f := range files {
		if all[f.Path] != nil {
			t.Errorf("%s is written twice", f.Path)
		}
		all[f.Path] = &fstest.MapFile{Data: f.Content}
	}
	return all
}

// unpacked reads the records of a pack.
func unpacked(t testing.TB, files fs.FS) *aims.Workspace {
	t.Helper()
	w, diags, err := load.Pack(files, nil)
	if err != nil {
		t.Fatal(err)
	}
	for _, d := range diags {
		if d.Severity == diag.Error {
			t.Errorf("%s: %s %s (%s)", d.Pos, d.Code, d.Message, d.Help)
		}
	}
	if t.Failed() {
		t.FailNow()
	}
	return w
}

var noAddress = regexp.MustCompile(`(?s)<a(?: title="[^"]*")?>(.*?)</a>`)

// saying returns what a field says. The address of a document comes down to its
// id, and that of a file to its name: a pack has them in other places.
func saying(w *aims.Workspace, f aims.Field) string {
	v := f.Value
	if p := f.Prose(); p != nil {
		q := *p
		q.Holes = slices.Clone(p.Holes)
		for i, h := range q.Holes {
			if d := w.DocumentAt(h.File); d != nil && h.Kind == aims.LinkAddress {
				q.Holes[i].Target = d.ID
			} else if h.Kind != aims.Reference {
				q.Holes[i].Target = path.Base(h.Target)
			}
		}
		v = noAddress.ReplaceAllString(q.Canonical(), "$1")
	}
	if f.Name == "file" && strings.HasPrefix(v, "../") {
		v = "evidence/" + path.Base(v)
	}
	return f.Name + ": " + v
}

// recordsOf returns what every record of a workspace says, by kind and id.
func recordsOf(w *aims.Workspace) map[string]string {
	all := map[string]string{}
	add := func(kind string, x interface {
		Head() *aims.Record
		Fields() []aims.Field
	},
	) {
		h := x.Head()
		var b strings.Builder
		fmt.Fprintf(&b, "in %s, withheld %q\n", h.Project.ID, h.Withheld)
		for _, f := range x.Fields() {
			if !strings.HasPrefix(f.Name, "digest.") { // of what was written, see TestSignoffsOfAPack
				b.WriteString(saying(w, f) + "\n")
			}
		}
		if t, ok := x.(interface{ Tables() []aims.Table }); ok {
			for _, table := range t.Tables() {
				for _, row := range table.Rows {
					fmt.Fprintf(&b, "%s\n", table.Name)
					for _, f := range row {
						b.WriteString("  " + saying(w, f) + "\n")
					}
				}
			}
		}
		if e, ok := x.(*aims.Evidence); ok {
			fmt.Fprintf(&b, "apart %v\n", e.Apart)
		}
		if s, ok := x.(*aims.Signoff); ok {
			fmt.Fprintf(&b, "changed since %q\n", s.Changed(w))
		}
		key := kind + " " + h.ID
		if kind == "decision" {
			key = h.Project.ID + " " + key
		}
		all[key] = b.String()
	}
	for _, x := range w.Projects {
		add("project", x)
	}
	for _, x := range w.Documents {
		add("document", x)
	}
	for _, x := range w.Controls {
		add("control", x)
	}
	for _, x := range w.Decisions {
		add("decision", x)
	}
	for _, x := range w.Evidence {
		add("evidence", x)
	}
	for _, x := range w.Risks {
		add("risk", x)
	}
	for _, x := range w.Objectives {
		add("objective", x)
	}
	for _, x := range w.Roles {
		add("role", x)
	}
	for _, x := range w.Parties {
		add("party", x)
	}
	for _, x := range w.Audits {
		add("audit", x)
	}
	for _, x := range w.Findings {
		add("finding", x)
	}
	for _, x := range w.Reviews {
		add("review", x)
	}
	for _, x := range w.Signoffs {
		add("signoff", x)
	}
	for _, f := range w.Settings() {
		all["settings"] += saying(w, f) + "\n"
	}
	if w.Cut != nil {
		all["cut"] = fmt.Sprint(w.Cut.Audience.ID, w.Cut.Left)
	}
	return all
}

// places are those that a message names.
var places = regexp.MustCompile(` \([^ ]*:[0-9]+:[0-9]+\)`)

// issuesOf returns what is wrong with each organization of a workspace.
func issuesOf(w *aims.Workspace) (map[string]map[string]figures, []string) {
	all := map[string]map[string]figures{}
	var issues []string
	for _, o := range w.Organizations() {
		r := readiness.Assess(w.Scope(o), o, sample.Day())
		all[o.ID] = figuresOf(r)
		for _, i := range check.Run(r) {
			id := ""
			if i.Subject.Record != nil {
				id = i.Subject.Record.ID
			}
			owner := ""
			if i.Owner != nil {
				owner = i.Owner.ID
			}
			issues = append(issues, fmt.Sprintf("%s %v %s %s %s %s %s", i.Code, i.Class, id, owner, i.Due, places.ReplaceAllString(i.Message, ""), i.Help))
		}
	}
	slices.Sort(issues)
	return all, issues
}

// same reports where two workspaces differ.
func same(t *testing.T, want, got *aims.Workspace) {
	t.Helper()
	a, b := recordsOf(want), recordsOf(got)
	for _, key := range slices.Sorted(maps.Keys(a)) {
		if a[key] != b[key] {
			t.Errorf("%s was\n%s\nand is\n%s", key, a[key], b[key])
		}
	}
	if len(a) != len(b) {
		t.Errorf("there were %d records and are %d", len(a), len(b))
	}
	figures, issues := issuesOf(want)
	figuresNow, issuesNow := issuesOf(got)
	if !reflect.DeepEqual(figures, figuresNow) {
		t.Errorf("figures were\n%v\nand are\n%v", figures, figuresNow)
	}
	if !slices.Equal(issues, issuesNow) {
		for _, i := range issues {
			if !slices.Contains(issuesNow, i) {
				t.Errorf("lost: %s", i)
			}
		}
		for _, i := range issuesNow {
			if !slices.Contains(issues, i) {
				t.Errorf("new: %s", i)
			}
		}
	}
}

// TestAPackIsTheWorkspaceAgain writes workspaces, whole and cut for every audience
// of the tests, and reads them again.
func TestAPackIsTheWorkspaceAgain(t *testing.T) {
	t.Parallel()
	halves := audiencesOfAll[:strings.Index(audiencesOfAll, "[[audience]]\nid = \"two")] + `
[[audience]]
id = "one-half"
ceiling = "restricted"
projects = ["south"]
[[audience]]
id = "other-half"
ceiling = "internal"
frameworks = ["iso-42001"]
projects = ["north-pricing"]
`
	anybody := "\n[[audience]]\nid = \"anybody\"\nceiling = \"public\"\n[[audience]]\nid = \"staff\"\nceiling = \"internal\"\n"
	for name, files := range map[string]fs.FS{
		"example":       with(t, content.Example(), audiencesOfAll),
		"starter":       with(t, content.Starter(), anybody),
		"organizations": with(t, workspaceOf(t, "organizations"), halves),
		"questionnaire": with(t, workspaceOf(t, "questionnaire"), anybody),
		"canaries":      hatch(t).files,
	} {
		w, diags, err := load.Load(files, frameworks.Files())
		if err != nil || diag.Count(diags).Errors > 0 {
			t.Fatal(name, err, diags)
		}
		t.Run(name, func(t *testing.T) { same(t, w, unpacked(t, packOf(t, w, files))) })
		for _, a := range w.Audiences {
			t.Run(name+"/"+a.ID, func(t *testing.T) {
				cut := audience.For(w, a)
				pack := packOf(t, cut, files)
				again := unpacked(t, pack)
				same(t, cut, again)
				if again.AsOf != sample.Day() || again.Cut == nil {
					t.Error("the pack does not say for whom and for which day it is")
				}
				if twice := packOf(t, audience.For(w, a), files); !reflect.DeepEqual(pack, twice) {
					t.Error("the same workspace gives other files")
				}
			})
		}
	}
}

// with returns files with a text added to annex.toml.
func with(t *testing.T, files fs.FS, text string) fs.FS {
	t.Helper()
	all := fstest.MapFS{}
	err := fs.WalkDir(files, ".", func(name string, d fs.DirEntry, err error) error {
		if err != nil || d.IsDir() {
			return err
		}
		data, err := fs.ReadFile(files, name)
		all[name] = &fstest.MapFile{Data: data}
		return err
	})
	if err != nil {
		t.Fatal(err)
	}
	all["annex.toml"].Data = append(slices.Clone(all["annex.toml"].Data), "\n"+text...)
	return all
}

// TestRecordsOfAPackHoldNoCanary looks for canaries in every byte and path of the
// records of a pack.
func TestRecordsOfAPackHoldNoCanary(t *testing.T) {
	n := hatch(t)
	w, _, err := load.Load(n.files, frameworks.Files())
	if err != nil {
		t.Fatal(err)
	}
	written := func(w *aims.Workspace) string {
		var b strings.Builder
		for name, f := range packOf(t, w, n.files) {
			fmt.Fprintf(&b, "\n%s\n%s", name, f.Data)
		}
		return strings.ToLower(b.String())
	}
	whole := written(w)
	for _, r := range readers() {
		t.Run(r.id, func(t *testing.T) {
			text := written(audience.For(w, w.Audience(r.id)))
			seen, withheld := 0, 0
			for _, c := range n.canaries {
				found := strings.Contains(text, c.word)
				digest := c.in == "digest" && !r.evidence || c.in == `digest = { title = "$text" }`
				lost := c.in == `[a link $text]($uppath "title $text"), [a file]($upevidence), ![a picture $text]($upevidence)` // the title of a link that leads nowhere now
				switch {
				case found && !r.may(c):
					at := strings.Index(text, c.word)
					t.Errorf("%s (%s, %s) is written: %s", c.word, c.level.class, c.in, text[max(0, at-120):min(len(text), at+60)])
				case !found && r.must(c) && strings.Contains(whole, c.word) && !digest && !lost:
					t.Errorf("%s (%s, %s) is not written", c.word, c.level.class, c.in)
				case found:
					seen++
				case !r.may(c):
					withheld++
				}
			}
			t.Logf("%d written, %d withheld", seen, withheld)
			if seen < 50 || withheld == 0 && r.id != "restricted" {
				t.Error("the test looks at nothing")
			}
		})
	}
}

// TestClassesOfFiles holds that each file has the class of the highest record in
// it, and that none is above the ceiling.
func TestClassesOfFiles(t *testing.T) {
	files := with(t, content.Example(), audiencesOfAll)
	w, _, err := load.Load(files, frameworks.Files())
	if err != nil {
		t.Fatal(err)
	}
	class := regexp.MustCompile(`(?m)^classification = "(.*)"$`)
	for _, a := range w.Audiences {
		list, err := records.Files(audience.For(w, a), records.Input{Day: sample.Day(), Catalogs: frameworks.Files(), Own: files})
		if err != nil {
			t.Fatal(err)
		}
		for _, f := range list {
			if f.Classification.Above(a.Ceiling) {
				t.Errorf("for %s, %s is %s", a.ID, f.Path, f.Classification)
			}
			highest := aims.Public
			for _, part := range strings.Split("\n"+string(f.Content), "\n[[") {
				if m := class.FindStringSubmatch(part); m != nil && !strings.Contains(part, "\nwithheld = ") && aims.Classification(m[1]).Above(highest) {
					highest = aims.Classification(m[1])
				}
			}
			if highest != f.Classification {
				t.Errorf("for %s, %s holds what is %s, and is %s", a.ID, f.Path, highest, f.Classification)
			}
		}
	}
}

// TestAPackIsNoWorkspace holds that nobody builds or edits the records of a pack
// by accident, and that a workspace cannot say what only a pack says.
func TestAPackIsNoWorkspace(t *testing.T) {
	pack := packOf(t, sample.Load(t, ""), sample.Files(""))
	for name, read := range map[string]func(fs.FS, fs.FS) (*aims.Workspace, []diag.Diagnostic, error){"Load": load.Load, "Records": load.Records, "Outline": load.Outline} {
		w, diags, err := read(pack, frameworks.Files())
		if err != nil || w != nil || len(diags) != 1 || !strings.Contains(diags[0].Message, "these are the records of a pack") {
			t.Errorf("%s reads the records of a pack: %v %v", name, err, diags)
		}
	}
	for name, text := range map[string]string{
		"a stand-in":      "[[role]]\nid = \"x\"\ntitle = \"X\"\nwithheld = \"restricted\"\n",
		"a file apart":    "[[evidence]]\nid = \"x\"\ntitle = \"X\"\nnote = \"N\"\neffective = 2026-01-01\napart = true\n",
		"no file at all":  "[[evidence]]\nid = \"x\"\ntitle = \"X\"\neffective = 2026-01-01\n",
		"a missing link":  "[[role]]\nid = \"x\"\ntitle = \"X\"\ndescription = \"[x](y.pdf)\"\n",
		"a decision":      "[[decision]]\nrequirement = \"mini:A.1\"\nwithheld = \"restricted\"\n",
		"a document":      "-- organization/d.md --\n+++\nid = \"d\"\ntitle = \"D\"\nwithheld = \"draft\"\n+++\n",
		"an AI system":    "-- systems/x/project.toml --\nkind = \"system\"\nid = \"x\"\ntitle = \"X\"\nwithheld = \"draft\"\n",
		"a named heading": "-- organization/d.md --\n+++\nid = \"d\"\ntitle = \"D\"\n+++\n## One {#two}\n\n[x](#two)\n",
	} {
		for reader, read := range map[string]func(fs.FS, fs.FS) (*aims.Workspace, []diag.Diagnostic, error){"Load": load.Load, "Pack": load.Pack} {
			_, diags, err := read(sample.Files(text), frameworks.Files())
			if n := diag.Count(diags); err != nil || n.Errors+n.Warnings != 1 {
				t.Errorf("%s in a workspace, by %s: %v %v", name, reader, err, diags)
			}
		}
	}
}

// TestTheFolderOfAWithheldProjectHasNoName holds that evidence which is shown does
// not tell in which folder it is, where the project of that folder is withheld.
func TestTheFolderOfAWithheldProjectHasNoName(t *testing.T) {
	files := sample.Files(`-- systems/blackbird/project.toml --
kind = "system"
id = "x"
title = "X"
classification = "restricted"
-- systems/blackbird/evidence/log.txt --
Done.
-- systems/blackbird/records.toml --
[[evidence]]
id = "log"
title = "Log"
classification = "public"
file = "evidence/2026/log.txt"
effective = 2026-01-01
-- systems/blackbird/evidence/2026/log.txt --
Done.
`)
	delete(files, "systems/blackbird/evidence/log.txt")
	files["annex.toml"].Data = append(files["annex.toml"].Data, "\n[[audience]]\nid = \"anybody\"\nceiling = \"public\"\n"...)
	w := sample.LoadFiles(t, files)
	cut := audience.For(w, w.Audience("anybody"))
	for _, f := range cut.Evidence[0].Fields() {
		if strings.Contains(f.Value, "blackbird") {
			t.Errorf("the field %s names the folder: %s", f.Name, f.Value)
		}
	}
	pack := packOf(t, cut, files)
	for name, f := range pack {
		if strings.Contains(name+string(f.Data), "blackbird") {
			t.Errorf("%s names the folder", name)
		}
	}
	same(t, cut, unpacked(t, pack))
}

// TestOwnCatalogsLoseTheirComments holds that what people wrote beside the values
// of a catalog stays with them.
func TestOwnCatalogsLoseTheirComments(t *testing.T) {
	files := sample.Files("")
	files["frameworks/mini.toml"].Data = append([]byte("# for nobody else\n"), files["frameworks/mini.toml"].Data...)
	w := sample.LoadFiles(t, files)
	pack := packOf(t, w, files)
	if text := string(pack["frameworks/mini.toml"].Data); strings.Contains(text, "nobody") || !strings.Contains(text, "A.1") {
		t.Errorf("the catalog is\n%s", text)
	}
	same(t, w, unpacked(t, pack))
}

// TestOldPacksStayReadable holds that a pack brings its catalogs: annex may have
// others by the time that it is read.
func TestOldPacksStayReadable(t *testing.T) {
	w, _, err := load.Load(content.Starter(), frameworks.Files())
	if err != nil {
		t.Fatal(err)
	}
	pack := packOf(t, w, content.Starter())
	again, diags, err := load.Pack(pack, fstest.MapFS{})
	if err != nil || diag.Count(diags).Errors > 0 {
		t.Fatal(err, diags)
	}
	for i, f := range again.Frameworks {
		if own := w.Frameworks[i]; f.ID != own.ID || f.Version != own.Version || len(f.Requirements) != len(own.Requirements) {
			t.Errorf("%s is %s %s", own.ID, f.ID, f.Version)
		}
	}
	if len(again.Crosswalks) != len(w.Crosswalks) {
		t.Errorf("%d crosswalks of %d", len(again.Crosswalks), len(w.Crosswalks))
	}
}

func BenchmarkRecords(b *testing.B) {
	files := content.Example()
	w, _, err := load.Load(files, frameworks.Files())
	if err != nil {
		b.Fatal(err)
	}
	cut := audience.For(w, w.Audience("certifier"))
	b.ReportAllocs()
	for b.Loop() {
		if _, err := records.Files(cut, records.Input{Day: sample.Day(), Catalogs: frameworks.Files(), Own: files}); err != nil {
			b.Fatal(err)
		}
	}
}
