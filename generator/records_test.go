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
	}) {
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
