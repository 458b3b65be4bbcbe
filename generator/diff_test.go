package generator_test

import (
	"archive/zip"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"testing/fstest"

	"annex/content"
	"annex/frameworks"
	"annex/generator"
	"annex/generator/aims"
	"annex/generator/audience"
	"annex/generator/load"
	"annex/generator/records"
	"annex/generator/sample"
)

// zipped writes files into a zip file.
func zipped(t *testing.T, files map[string]string) string {
	t.Helper()
	name := filepath.Join(t.TempDir(), "states.zip")
	f, err := os.Create(name)
	if err != nil {
		t.Fatal(err)
	}
	defer f.Close()
	z := zip.NewWriter(f)
	for path, text := range files {
		w, err := z.Create(path)
		if err != nil {
			t.Fatal(err)
		}
		if _, err := w.Write([]byte(text)); err != nil {
			t.Fatal(err)
		}
	}
	if err := z.Close(); err != nil {
		t.Fatal(err)
	}
	return name
}

func TestAZipFileIsAState(t *testing.T) {
	const config, project = "frameworks = [\"iso-42001\"]\n[organization]\nname = \"Test\"\n", "kind = \"organization\"\nid = \"test\"\ntitle = \"Test\"\n"
	whole := map[string]string{"annex.toml": config, "organization/project.toml": project}
	with := func(name, text string) map[string]string {
		files := map[string]string{name: text}
		for k, v := range whole {
			if files[k] == "" {
				files[k] = v
			}
		}
		return files
	}
	o := generator.Options{Dir: sample.Lay(t, content.Empty()), AsOf: aims.NewDate(2026, 11, 24)}
	for _, c := range []struct {
		name  string
		files map[string]string
		want  string // of the error; "" for none
	}{
		{"a workspace at its top", whole, ""},
		{"a workspace in a folder", map[string]string{"aims/annex.toml": config, "aims/organization/project.toml": project}, ""},
		{"no workspace", map[string]string{"readme.txt": "Hello."}, "holds no workspace"},
		{"records with errors", with("organization/r.toml", "[[control]]\nid = 1\n"), "has errors"},
		{"folders in folders", with(strings.Repeat("a/", 600)+"x.toml", ""), "a path of over 1024 characters"},
		{"a file that bursts", with("organization/big.md", strings.Repeat(" ", 300<<20)), "too large"},
	} {
		t.Run(c.name, func(t *testing.T) {
			_, err := generator.Diff(t.Context(), o, zipped(t, c.files), "")
			switch {
			case c.want == "" && err != nil:
				t.Error(err)
			case c.want != "" && (err == nil || !strings.Contains(err.Error(), c.want)):
				t.Errorf("got %v, want %q", err, c.want)
			}
		})
	}
}

// stage is a pack of the starter for a certifier, and with texts replaced.
func stage(t *testing.T, day aims.Date, old, next string) map[string]string {
	t.Helper()
	files := with(t, content.Starter(), "\n[[audience]]\nid = \"certifier\"\ntitle = \"Certifier Ltd\"\nceiling = \"confidential\"\n")
	w, _, err := load.Load(files, frameworks.Files())
	if err != nil {
		t.Fatal(err)
	}
	list, err := records.Files(audience.For(w, w.Audience("certifier")), records.Input{Day: day, Catalogs: frameworks.Files(), Own: files})
	if err != nil {
		t.Fatal(err)
	}
	pack := map[string]string{"README.txt": "Open index.html.", "evidence/some-control/annex.toml": "no workspace", "manifest.json": "{}"}
	found := old == ""
	for _, f := range list {
		text := string(f.Content)
		found = found || strings.Contains(text, old)
		pack["records/"+f.Path] = strings.ReplaceAll(text, old, next)
		if old == "" {
			pack["records/"+f.Path] = text
		}
	}
	if !found {
		t.Fatalf("no file has %q", old)
	}
	return pack
}

func TestPacksAreStates(t *testing.T) {
	first, later := aims.NewDate(2026, 11, 24), aims.NewDate(2027, 11, 24)
	o := generator.Options{AsOf: aims.NewDate(2030, 1, 1)} // which is nobody's business here
	one, two := zipped(t, stage(t, first, "", "")), zipped(t, stage(t, later, "", ""))
	c, err := generator.Diff(t.Context(), o, one, two)
	if err != nil {
		t.Fatal(err)
	}
	if c.Before.Day != "2026-11-24" || c.After.Day != "2027-11-24" {
		t.Errorf("the packs speak for %s and %s", c.Before.Day, c.After.Day)
	}
	if c.Before.Label != one || c.After.Label != two {
		t.Errorf("packs of one name are called %s and %s", c.Before.Label, c.After.Label)
	}
	if a := c.Before.Audience; a == nil || a.ID != "certifier" || a.Ceiling != aims.Confidential || len(c.Notes) == 0 || !strings.HasPrefix(c.Notes[0], "Both are for Certifier Ltd") {
		t.Errorf("the pack is for %v: %q", a, c.Notes)
	}
	for _, x := range c.Organizations {
		if len(x.Records) > 0 {
			t.Errorf("records changed: %v", x.Records)
		}
	}

	// Unpacked into a folder it is the same, called by the name of the folder.
	files := fstest.MapFS{}
	for name, text := range stage(t, first, "", "") {
		files["stage-1/"+name] = &fstest.MapFile{Data: []byte(text)}
	}
	dir := filepath.Join(sample.Lay(t, files), "stage-1")
	if c, err = generator.Diff(t.Context(), o, dir, two); err != nil || c.Before.Label != "stage-1" || c.Before.Day != "2026-11-24" || c.After.Label != "states.zip" {
		t.Errorf("%v %v", err, c)
	}
	// The folder of its records will do.
	if c, err = generator.Diff(t.Context(), o, filepath.Join(dir, "records"), two); err != nil || c.Before.Day != "2026-11-24" {
		t.Errorf("%v %v", err, c)
	}
	// So does a pack beside the workspace of today, with a word of caution.
	o.Dir = sample.Lay(t, content.Starter())
	if c, err = generator.Diff(t.Context(), o, one, ""); err != nil || c.After.Day != "2030-01-01" || !strings.Contains(c.Notes[0], "now is a whole workspace") {
		t.Errorf("%v %v", err, c)
	}
}

func TestPacksThatCannotBeRead(t *testing.T) {
	day := aims.NewDate(2026, 11, 24)
	whole := zipped(t, stage(t, day, "", ""))
	big := stage(t, day, "", "")
	big["evidence/some-control/log.md"] = strings.Repeat(" ", 300<<20)
	burst := stage(t, day, "", "")
	burst["records/organizations/x/documents/big.md"] = strings.Repeat(" ", 300<<20)
	for _, c := range []struct {
		name  string
		files map[string]string
		want  string
	}{
		{"a whole one", stage(t, day, "", ""), ""},
		{"one with large files beside its records", big, ""},
		{"one whose records burst", burst, "too large"},
		{"one that was changed", stage(t, day, "status = \"not-started\"", "status = \"done\""), "The pack was changed or is damaged"},
		{"one without its day", stage(t, day, "as_of = 2026-11-24\n", ""), "The pack was changed or is damaged"},
		{"one without its audience", stage(t, day, "[[audience]]\nid = \"certifier\"", "[[audience]]\nid = \"another\""), `there is no audience with the id "certifier"`},
		{"one of which only the site is left", map[string]string{"index.html": "", "manifest.json": "{}"}, "holds no workspace"},
	} {
		t.Run(c.name, func(t *testing.T) {
			_, err := generator.Diff(t.Context(), generator.Options{AsOf: day}, zipped(t, c.files), whole)
			switch {
			case c.want == "" && err != nil:
				t.Error(err)
			case c.want != "" && (err == nil || !strings.Contains(err.Error(), c.want)):
				t.Errorf("got %v, want %q", err, c.want)
			}
		})
	}
}

// TestNothingIsComparedBackwards builds for a day before the history begins.
func TestNothingIsComparedBackwards(t *testing.T) {
	dir := sample.Kept(t, content.Empty())
	out := filepath.Join(t.TempDir(), "site")
	if _, err := generator.Build(t.Context(), generator.Options{Dir: dir, Output: out, AsOf: aims.NewDate(2024, 6, 1), Version: "test"}); err != nil {
		t.Fatal(err)
	}
	page, err := os.ReadFile(filepath.Join(out, "changes.html"))
	if err != nil {
		t.Fatal(err)
	}
	if !strings.Contains(string(page), "begins after the as-of date") {
		t.Error("the page does not say that the history begins later")
	}
}
